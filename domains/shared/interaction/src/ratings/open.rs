//! Something is finished and can be rated from now on.

use kernel::{Instant, Lang};
use platform::{Ctx, Error, Result};
use ::store::Tx;

use super::{Subject, SubjectId, invite};
use crate::limits::{Limit, Limits};
use crate::store::subjects::{self, NewSubject};
use crate::{numbers, people};

/// Earliest and latest minute of a day at which people are written to.
const AWAKE: (u16, u16) = (8 * 60, 21 * 60);

/// Everything that opening a subject needs, gathered before the transaction.
#[derive(Debug, Clone)]
pub struct Opening {
    row: NewSubject,
    token: String,
    phone: Option<String>,
}

impl Opening {
    /// Draws the token and finds where the invitation goes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn new(ctx: &Ctx, subject: Subject) -> Result<Opening> {
        let id: SubjectId = ctx.id();
        let limits = Limits::of(ctx.db(), &subject.region).await?;
        let token = numbers::token(ctx);
        let people: Vec<_> = subject.applicants.iter().copied().chain(subject.agent).collect();
        let mut phone = subject.phone.filter(|phone| !phone.is_empty());
        let (mut lang, mut rest) = (ctx.lang(), people.iter());
        while let (None, Some(person)) = (&phone, rest.next()) {
            if let Some(found) = people::reach(ctx, *person).await? {
                (phone, lang) = (found.phone, found.lang);
            }
        }
        let most = i64::from(limits.amount(Limit::RatingInvites)?);
        let invited = i64::from(phone.is_some()).min(most);
        let again = ctx.now().plus_days(i64::from(limits.amount(Limit::RatingRemind)?));
        let row = NewSubject {
            id,
            kind: subject.kind,
            reference: subject.id,
            point: subject.point,
            number: subject.number,
            item: subject.item,
            item_name: subject.item_name,
            org: subject.org,
            region: subject.region,
            office: subject.office,
            office_name: subject.office_name,
            staff: subject.staff,
            token_hash: numbers::token_hash(ctx, &token),
            token: ctx.keys().seal_text("rating_subject", "token", &id.to_vec(), &token),
            phone: phone.as_ref().map(|phone| ctx.keys().seal_text("rating_subject", "phone", &id.to_vec(), phone)),
            lang,
            finished_at: subject.finished_at,
            invited,
            invite_at: (invited > 0 && invited < most).then(|| awake(again)),
            people,
        };
        Ok(Opening { row, token, phone })
    }

    /// The last part of the page's address: for the receipt and its QR symbol.
    pub fn token(&self) -> &str {
        &self.token
    }
}

/// Opens it for rating in the transaction that finishes it, and invites (P3-12). Opening it again changes nothing.
///
/// # Errors
/// Those of the database.
pub async fn open(tx: &Tx, ctx: &Ctx, opening: &Opening) -> Result<()> {
    if !subjects::insert(tx, &opening.row).await? {
        return Ok(());
    }
    match &opening.phone {
        Some(phone) if opening.row.invited > 0 => {
            let letter = invite::Letter {
                subject: opening.row.id,
                nth: 1,
                person: opening.row.people.first().copied(),
                phone,
                office: opening.row.office_name.clone(),
                token: &opening.token,
                lang: opening.row.lang,
            };
            invite::send(tx, ctx, letter).await
        }
        _ => Ok::<_, Error>(()),
    }
}

/// That moment, or the next morning.
pub(crate) fn awake(at: Instant) -> Instant {
    match at.minute_of_day() {
        minute if minute < AWAKE.0 => Instant::at(at.day(), AWAKE.0),
        minute if minute >= AWAKE.1 => Instant::at(at.day().plus_days(1), AWAKE.0),
        _ => at,
    }
}

/// The language as stored.
pub(crate) fn lang_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// The stored language.
pub(crate) fn lang_from(code: &str) -> Lang {
    if code == "en" { Lang::En } else { Lang::Zh }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Day;

    #[test]
    fn p3_12_nobody_is_woken() {
        let day = Day::ymd(2026, 7, 1);
        assert_eq!(awake(Instant::at(day, 5)), Instant::at(day, 480));
        assert_eq!(awake(Instant::at(day, 600)), Instant::at(day, 600));
        assert_eq!(awake(Instant::at(day, 1300)), Instant::at(day.plus_days(1), 480));
    }
}
