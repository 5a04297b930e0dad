//! Annotated copies (加注件, P5-6): the holder makes one for one user and one purpose, and whoever gets it can check that.

use documents::Press;
use documents::shapes::Row;
use kernel::{Issue, Issues, Lang, text};
use platform::ports::MediaType;
use platform::{Ctx, Error, PersonId, Result, audit};

use crate::issues;
use crate::model::{EntryId, Way};
use crate::ops::check::{Answered, Checks};
use crate::ops::download::Download;
use crate::ops::make::{open_face, print};
use crate::store::copy::{self as rows, NewCopy};
use crate::store::entry;
use crate::store::uses::{self, NewUse};
use crate::token::Secret;
use crate::hashes;

/// How long a copy may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
}

impl Lifetime {
    /// Every choice, shortest first.
    pub const ALL: [Lifetime; 3] = [Self::Week, Self::Month, Self::Quarter];

    /// In days.
    pub fn days(self) -> i64 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// What the copy is for.
#[derive(Clone, Debug)]
pub struct Copying {
    /// 使用方: who gets it, field `used_by`.
    pub used_by: String,
    /// 用途, field `purpose`.
    pub purpose: String,
    /// How long it may be used.
    pub lifetime: Lifetime,
}

/// Makes a copy that says across the page for whom, for what and until when. It is not stored; its QR symbol answers like
/// the licence's own until its last day.
///
/// # Errors
/// `SignIn`; `NotFound` for what is not one's own; E-P802 below level 3; E-P507 without user or purpose; E-ST01 when the
/// licence is no longer in force.
pub async fn copy(ctx: &Ctx, press: &Press, id: EntryId, wanted: &Copying) -> Result<Download> {
    let (file, _) = make(ctx, press, id, wanted).await?;
    Ok(file)
}

/// The copy, and the token in its QR symbol.
async fn make(ctx: &Ctx, press: &Press, id: EntryId, wanted: &Copying) -> Result<(Download, Secret)> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?.clone();
    let row = entry::to_copy(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let holder = row.holder_person.clone().map(|person| PersonId::try_from(person).map_err(Error::internal)).transpose()?;
    if holder.is_none() || holder != citizen.person {
        return Err(Error::NotFound);
    }
    if citizen.level < crate::ops::download::LEVEL {
        return Err(Error::Denied(issues::level_too_low()));
    }
    if !row.in_force(ctx.today())? {
        return Err(Error::state("失效", "no longer in force"));
    }
    let (used_by, purpose) = (text::line(&wanted.used_by), text::line(&wanted.purpose));
    let mut found = Issues::default();
    found.ensure(!used_by.is_empty(), || {
        Issue::error("E-P507", "须填写使用方", "State who will use it").field("used_by").rule("P5-6")
    });
    found.ensure(!purpose.is_empty(), || issues::cause_missing("purpose"));
    found.finish()?;
    let token = Secret::new(ctx.random());
    let valid_to = ctx.today().plus_days(wanted.lifetime.days());
    let mut face = open_face(ctx, id, &token, &row.face)?;
    face.annotation = vec![
        Row::new("使用方 For", &used_by),
        Row::new("用途 Purpose", &purpose),
        Row::new("有效期至 Until", valid_to.text(Lang::Zh)),
    ];
    let content = print(ctx, press, &face, &row.template, row.photo.as_deref(), ctx.now()).await?;
    let copy = NewCopy {
        id: ctx.id(),
        of: id,
        token_hash: hashes::secret(ctx.keys(), "licence token", &token),
        used_by: used_by.clone(),
        purpose: purpose.clone(),
        made_at: ctx.now(),
        valid_to,
    };
    let used = NewUse { id: ctx.id(), way: Way::Copy, actor_kind: ctx.actor().kind(), actor_name: used_by, item: String::new(), cause: purpose, basis: String::new() };
    let event = audit::Event::new("licence.copy", "licence", id).person(holder).detail(serde_json::json!({ "until": valid_to.to_string() }));
    ctx.db()
        .write(|tx| {
            let (ctx, copy, used, event) = (ctx.clone(), copy.clone(), used.clone(), event.clone());
            async move {
                rows::insert(&tx, copy).await?;
                uses::insert(&tx, Some(id), ctx.now(), used, "made").await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok((Download { name: format!("{}-copy.pdf", row.number), media_type: MediaType::Pdf, content }, token))
}

/// Checks an annotated copy for the purpose that it is shown for. Open to everybody, limited and logged as a scan.
///
/// # Errors
/// E-P504 when the copy is past its last day or was made for another purpose; `TooMany`.
pub async fn check_copy(ctx: &Ctx, checks: &Checks, token: &str, purpose: &str) -> Result<Answered> {
    let answered = checks.by_token(ctx, token).await?;
    let secret: Secret = token.parse().unwrap_or_else(|_| Secret::new(ctx.random()));
    let made_for = rows::by_token(ctx.db(), hashes::secret(ctx.keys(), "licence token", &secret)).await?;
    let fits = made_for.is_none_or(|(_, made_for, last)| made_for == text::line(purpose) && ctx.today() <= last);
    if fits { Ok(answered) } else { Err(issues::wrong_copy().into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::check::Answer;
    use crate::ops::testing::{PRESS, marriage, world};

    store::db_test!(p5_6_a_copy_is_for_one_purpose_and_some_days, |db| async move {
        let world = world(db).await;
        let (me, other) = (world.person(), world.person());
        let mut new = marriage("J990101-2026-000001", "990101200405200017");
        new.holder.person = Some(me);
        let id = world.issue(new).await.expect("issued");
        let wanted = Copying { used_by: "某银行".into(), purpose: "银行开户".into(), lifetime: Lifetime::Week };
        let silent = Copying { used_by: String::new(), purpose: " ".into(), lifetime: Lifetime::Week };
        let refused = copy(&world.citizen(me, 3), &PRESS, id, &silent).await.expect_err("for nobody and nothing");
        assert_eq!(refused.issues().len(), 2);
        assert!(matches!(copy(&world.citizen(other, 3), &PRESS, id, &wanted).await, Err(Error::NotFound)));
        assert!(copy(&world.citizen(me, 2), &PRESS, id, &wanted).await.expect_err("level 2").has_code("E-P802"));
        let (made, token) = make(&world.citizen(me, 3), &PRESS, id, &wanted).await.expect("made");
        assert!(made.content.starts_with(b"%PDF-1.7"));

        let token = token.to_string();
        let checks = Checks::default();
        let ask = |purpose: &'static str| {
            let (ctx, checks, token) = (world.platform.as_actor(platform::Actor::Anonymous), checks.clone(), token.clone());
            async move { check_copy(&ctx, &checks, &token, purpose).await }
        };
        assert_eq!(ask("银行开户").await.expect("its purpose").answer, Answer::Valid);
        assert!(ask("招投标").await.expect_err("another purpose").has_code("E-P504"));
        assert_eq!(checks.by_token(&world.ctx, &token).await.expect("scanned").answer, Answer::Valid);
        world.platform.set_now(kernel::Instant::at(kernel::Day::ymd(2026, 7, 9), 0));
        assert!(ask("银行开户").await.expect_err("a day late").has_code("E-P504"));
        let late = world.platform.as_actor(platform::Actor::Anonymous);
        assert_eq!(checks.by_token(&late, &token).await.expect("scanned").answer, Answer::NoLongerValid);
    });
}
