//! How marriage registration is booked: the declaration that `booking` works by (MFA A.3).

use booking::{OwnCode, Profile, Unit};
use kernel::Text;
use platform::{Ctx, Result};

/// Kind of business at offices that register marriages of mainland residents.
pub const KIND_DOMESTIC: &str = "marriage.domestic";

/// Kind of business at offices designated for parties from Hong Kong, Macao, Taiwan, overseas Chinese and foreigners.
pub const KIND_FOREIGN: &str = "marriage.foreign";

/// Kind of business at offices that register divorces; both visits are booked under it.
pub const KIND_DIVORCE: &str = "marriage.divorce";

/// The same at offices designated for parties from abroad.
pub const KIND_FOREIGN_DIVORCE: &str = "marriage.foreign_divorce";

/// Declares the booking of marriage registration; called at every start, the same again changes nothing.
///
/// # Errors
/// Those of the database.
pub async fn declare(ctx: &Ctx) -> Result<()> {
    booking::profiles::declare(ctx, vec![domestic(), foreign(), divorce(), foreign_divorce()]).await
}

/// A couple, up to thirty calendar days ahead, released at eight.
fn domestic() -> Profile {
    couple(KIND_DOMESTIC, crate::ITEM, Text::new("结婚登记", "Marriage registration"))
}

/// The same for a divorce, of which messages name no more than the office.
fn divorce() -> Profile {
    Profile { discreet: true, ..couple(KIND_DIVORCE, crate::divorce::ITEM, Text::new("离婚登记", "Divorce registration")) }
}

/// A couple of whom one is from abroad, at a designated office.
fn foreign() -> Profile {
    couple(KIND_FOREIGN, crate::ITEM_FOREIGN, Text::new("涉外结婚登记", "Marriage with a party from abroad"))
}

/// The same for a divorce.
fn foreign_divorce() -> Profile {
    let name = Text::new("涉外离婚登记", "Divorce with a party from abroad");
    Profile { discreet: true, ..couple(KIND_FOREIGN_DIVORCE, crate::divorce::ITEM_FOREIGN, name) }
}

fn couple(kind: &str, item: &str, name: Text) -> Profile {
    let own = |code: &str, zh: &'static str, en: &'static str| OwnCode { code: code.to_owned(), message: Text::new(zh, en), rule: "R-MR-44".to_owned() };
    let mut profile = Profile {
        basic_codes: vec![item.to_owned()],
        couple: true,
        unit: Unit::CalendarDays,
        days_ahead: 30,
        ..Profile::p9(kind, name)
    };
    profile.sources.insert("days_ahead".to_owned(), "P9-1".to_owned());
    profile.codes.insert("E-P905".to_owned(), own("MR-E44", "该时段已约满", "This slot is full"));
    profile.codes.insert("E-P904".to_owned(), own("MR-E44b", "您已有未使用的预约", "You already have an open booking"));
    profile
}

#[cfg(test)]
mod tests {
    use super::*;

    ::store::db_test!(the_declaration_is_sound_and_serves_the_item, |db| async move {
        let p = platform::testing::platform(db);
        for _ in 0..2 {
            declare(&p.system()).await.expect("declared");
        }
        let impl_code = format!("11990102YY9990101F4{}", crate::ITEM);
        let profile = booking::ops::read::profile_for(&p.system(), &impl_code).await.expect("found by the item");
        assert!(profile.couple && profile.days_ahead == 30);
    });
}
