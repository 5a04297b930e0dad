//! Declaring how services book.

use platform::{Ctx, Error, Result, audit};

use crate::{Profile, store};

/// Puts a service's declarations into the database at the start of the program; the same again changes nothing.
///
/// # Errors
/// [`Error::Internal`] for a declaration that makes no sense.
pub async fn declare(ctx: &Ctx, profiles: Vec<Profile>) -> Result<()> {
    for profile in profiles {
        check(&profile)?;
        if store::profiles::by_kind(ctx.db(), &profile.item_kind).await?.as_ref() == Some(&profile) {
            continue;
        }
        let event = audit::Event::new("booking.declare", "booking_profile", &profile.item_kind);
        ctx.db()
            .write(|tx| {
                let (ctx, profile, event) = (ctx.clone(), profile.clone(), event.clone());
                async move {
                    store::profiles::put(&tx, &profile).await?;
                    audit::record(&tx, &ctx, event).await
                }
            })
            .await?;
    }
    Ok(())
}

fn check(profile: &Profile) -> Result<()> {
    let sound = profile.online_percent <= 100
        && profile.release_minute < 1440
        && profile.days_ahead > 0
        && profile.min_lead <= profile.days_ahead
        && (1..=3).contains(&profile.min_level)
        && profile.max_active > 0
        && profile.hold_minutes > 0
        && profile.basic_codes.iter().all(|code| code.len() == 12);
    if sound { Ok(()) } else { Err(Error::internal(format!("booking profile {}", profile.item_kind))) }
}
