//! The check for strangers (R-MR-48): 有效, 失效 or 不存在, and nothing else.
//!
//! Whatever is asked, the same statements run: one look-up by a keyed hash, one write of use and audit. So the time of an
//! answer tells nothing, and neither does being limited.

use std::sync::Arc;

use kernel::{Day, Instant, Issues, Text};
use platform::{Ctx, Error, Result, audit};

use crate::limits::{Limiter, Limits, Rate, Wait};
use crate::model::Way;
use crate::store::entry::{self, Checked};
use crate::store::uses;
use crate::token::Secret;
use crate::{hashes, issues};

/// What a stranger is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 有效.
    Valid,
    /// 失效: there was such a licence; why and since when is not said.
    NoLongerValid,
    /// 不存在: no licence carries these elements together.
    Unknown,
}

impl Answer {
    /// The code in the API and the log.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::NoLongerValid => "no_longer_valid",
            Self::Unknown => "unknown",
        }
    }

    /// The word in both languages.
    pub fn word(self) -> Text {
        let (zh, en) = match self {
            Self::Valid => ("有效", "Valid"),
            Self::NoLongerValid => ("失效", "No longer valid"),
            Self::Unknown => ("不存在", "Not found"),
        };
        Text::new(zh, en)
    }

    fn of(found: Option<&Checked>, today: Day) -> Answer {
        match found {
            None => Self::Unknown,
            Some(entry) if entry.state.on(today, entry.valid_to).in_force() => Self::Valid,
            Some(_) => Self::NoLongerValid,
        }
    }
}

/// An answer and its moment: it says nothing about the time after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// When it was given.
    pub at: Instant,
}

/// The three elements, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elements {
    /// 证件字号, field `number`.
    pub number: String,
    /// Whole number of the holder's identity document, field `holder_no`.
    pub holder_no: String,
    /// 发证日期 as `2026-05-20`, field `issued_on`.
    pub issued_on: String,
}

/// The public checks with their limits. One a process; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Checks(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    limits: Limits,
    limiter: Limiter,
}

impl Checks {
    /// With limits of one's own.
    pub fn new(limits: Limits) -> Checks {
        Checks(Arc::new(Inner { limits, limiter: Limiter::default() }))
    }

    /// Answers about the licence that carries the three elements. Open to everybody.
    ///
    /// # Errors
    /// MR-E48 at each element that is missing or not whole; `TooMany`.
    pub async fn by_elements(&self, ctx: &Ctx, typed: &Elements) -> Result<Answered> {
        let (number, holder) = (kernel::text::code(&typed.number), kernel::text::code(&typed.holder_no));
        let mut found = Issues::default();
        found.ensure(!number.is_empty(), || issues::element("number", "请填写证件字号", "enter the certificate number"));
        found.ensure(!holder.is_empty(), || {
            issues::element("holder_no", "请填写持证人的完整证件号码", "enter the holder’s whole ID number")
        });
        let issued_on = kernel::text::line(&typed.issued_on).parse::<Day>();
        let issued_on = found
            .keep(issued_on.map_err(|_| issues::element("issued_on", "请填写发证日期，年月日齐全", "enter the whole date of issue")));
        found.finish()?;
        let issued_on = issued_on.expect("an unreadable date was refused above");
        self.limit(ctx, Way::Elements, hashes::subject(ctx.keys(), &number)).await?;
        let found = entry::by_elements(ctx.db(), hashes::elements(ctx.keys(), &number, &holder, issued_on)).await?;
        log(ctx, Way::Elements, found).await
    }

    /// Answers about the licence whose QR symbol holds the token. Open to everybody.
    ///
    /// # Errors
    /// `TooMany`.
    pub async fn by_token(&self, ctx: &Ctx, typed: &str) -> Result<Answered> {
        self.limit(ctx, Way::Token, hashes::subject(ctx.keys(), typed)).await?;
        // Something that is no token at all is looked up all the same, as one that nobody has.
        let secret = typed.parse().unwrap_or_else(|_| Secret::new(ctx.random()));
        let found = entry::by_token(ctx.db(), hashes::secret(ctx.keys(), "licence token", &secret)).await?;
        log(ctx, Way::Token, found).await
    }

    pub(crate) async fn limit(&self, ctx: &Ctx, way: Way, subject: Vec<u8>) -> Result<()> {
        let Limits { network: by_network, subject: by_subject } = self.0.limits;
        self.take(ctx, way, "network", ctx.meta().network().into_bytes(), by_network).await?;
        self.take(ctx, way, "subject", subject, by_subject).await
    }

    async fn take(&self, ctx: &Ctx, way: Way, kind: &'static str, key: Vec<u8>, rate: Rate) -> Result<()> {
        let key = [kind.as_bytes(), b":", &key].concat();
        let Err(Wait { secs, first }) = self.0.limiter.take(key, rate, ctx.now()) else { return Ok(()) };
        if first {
            let detail = serde_json::json!({ "way": way.code(), "limit": kind });
            let event = audit::Event::new("licence.check_limited", "licence", "-").detail(detail);
            ctx.db()
                .write(|tx| {
                    let (ctx, event) = (ctx.clone(), event.clone());
                    async move { audit::record(&tx, &ctx, event).await }
                })
                .await?;
        }
        Err(Error::TooMany { wait_secs: secs, issue: issues::too_many(secs) })
    }
}

async fn log(ctx: &Ctx, way: Way, found: Option<Checked>) -> Result<Answered> {
    let answer = Answer::of(found.as_ref(), ctx.today());
    let id = found.map(|entry| entry.id);
    let object = id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    let event = audit::Event::new("licence.check", "licence", object)
        .detail(serde_json::json!({ "way": way.code(), "answer": answer.code() }));
    uses::log(ctx, way, id, event, answer.code()).await?;
    Ok(Answered { answer, at: ctx.now() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{marriage, world};

    fn elements(number: &str, holder_no: &str, issued_on: &str) -> Elements {
        Elements { number: number.into(), holder_no: holder_no.into(), issued_on: issued_on.into() }
    }

    store::db_test!(r_mr_48_answers_only_valid_no_longer_valid_or_not_found, |db| async move {
        let world = world(db).await;
        let (checks, ctx) = (Checks::default(), world.ctx.clone());
        let id = world.issue(marriage("J990101-2026-000001", "990101200405200017")).await.expect("issued");
        let right = elements("J990101-2026-000001", "990101200405200017", "2026-07-01");
        assert_eq!(checks.by_elements(&ctx, &right).await.expect("asked").answer, Answer::Valid, "before its file is made");
        let typed = elements(" Ｊ990101－2026－000001", "990101 20040520 0017", "2026-07-01");
        assert_eq!(checks.by_elements(&ctx, &typed).await.expect("asked").answer, Answer::Valid, "spaces and full width");
        for wrong in [
            elements("J990101-2026-000002", "990101200405200017", "2026-07-01"),
            elements("J990101-2026-000001", "990101200603110020", "2026-07-01"),
            elements("J990101-2026-000001", "990101200405200017", "2026-07-02"),
        ] {
            assert_eq!(checks.by_elements(&ctx, &wrong).await.expect("asked").answer, Answer::Unknown, "{wrong:?}");
        }
        world.end(id).await;
        assert_eq!(checks.by_elements(&ctx, &right).await.expect("asked").answer, Answer::NoLongerValid);
    });

    store::db_test!(r_mr_48_incomplete_elements_are_refused_at_each_field, |db| async move {
        let world = world(db).await;
        let error = Checks::default().by_elements(&world.ctx, &elements(" ", "", "2026-02-30")).await.expect_err("nothing given");
        let fields: Vec<_> = error.issues().iter().map(|issue| (issue.code.to_string(), issue.field.clone().unwrap_or_default())).collect();
        assert_eq!(fields.iter().map(|(_, field)| field.as_str()).collect::<Vec<_>>(), ["number", "holder_no", "issued_on"]);
        assert!(fields.iter().all(|(code, _)| code == "MR-E48"));
        assert_eq!(world.uses().await, 0, "nothing was looked up");
    });

    store::db_test!(p5_7_a_newer_version_keeps_the_old_elements_valid, |db| async move {
        let world = world(db).await;
        let old = world.issue(marriage("J990101-2026-000001", "990101200405200017")).await.expect("issued");
        world.supersede(old, marriage("J990101-2026-000001", "990101200405200017")).await.expect("corrected");
        let asked = elements("J990101-2026-000001", "990101200405200017", "2026-07-01");
        assert_eq!(Checks::default().by_elements(&world.ctx, &asked).await.expect("asked").answer, Answer::Valid);
    });

    store::db_test!(p5_7_expired_at_midnight_though_no_job_has_run, |db| async move {
        let world = world(db).await;
        let mut new = marriage("K-1", "990101200405200017");
        new.valid_to = Some(Day::ymd(2026, 7, 1));
        world.issue(new).await.expect("issued");
        let asked = elements("K-1", "990101200405200017", "2026-07-01");
        world.platform.set_now(Instant::at(Day::ymd(2026, 7, 2), 0).plus_secs(-1));
        let before = world.platform.as_actor(platform::Actor::Anonymous);
        assert_eq!(Checks::default().by_elements(&before, &asked).await.expect("asked").answer, Answer::Valid);
        world.platform.set_now(Instant::at(Day::ymd(2026, 7, 2), 0));
        let after = world.platform.as_actor(platform::Actor::Anonymous);
        assert_eq!(Checks::default().by_elements(&after, &asked).await.expect("asked").answer, Answer::NoLongerValid);
    });

    store::db_test!(p5_12_every_check_is_logged_found_or_not_and_the_token_answers_alike, |db| async move {
        let world = world(db).await;
        let checks = Checks::default();
        let drawn = world.drawn();
        world.issue_drawn(&drawn, marriage("J990101-2026-000001", "990101200405200017")).await.expect("issued");
        let token = drawn.token();
        assert_eq!(checks.by_token(&world.ctx, &token).await.expect("asked").answer, Answer::Valid);
        for wrong in ["", "abc", "zzzzzzzzzzzzzzzzzzzzzzzzzz", "../../etc/passwd", "' OR 1=1 --"] {
            assert_eq!(checks.by_token(&world.ctx, wrong).await.expect("asked").answer, Answer::Unknown, "{wrong}");
        }
        assert_eq!(world.uses().await, 6);
        assert_eq!(world.audited("licence.check").await, 6);
    });

    store::db_test!(r_mr_48_a_guesser_is_limited_whether_or_not_the_certificate_exists, |db| async move {
        let world = world(db).await;
        world.issue(marriage("J990101-2026-000001", "990101200405200017")).await.expect("issued");
        let limits = Limits { network: Rate { burst: 100, per_minute: 60 }, subject: Rate { burst: 3, per_minute: 1 } };
        let checks = Checks::new(limits);
        for number in ["J990101-2026-000001", "J990101-2026-999999"] {
            for day in ["2026-01-01", "2026-01-02", "2026-01-03"] {
                checks.by_elements(&world.ctx, &elements(number, "990101200405200017", day)).await.expect("within the limit");
            }
            let over = checks.by_elements(&world.ctx, &elements(number, "990101200405200017", "2026-07-01")).await;
            assert!(matches!(over, Err(Error::TooMany { wait_secs: 60, .. })), "{number}: {over:?}");
            let again = checks.by_elements(&world.ctx, &elements(number, "990101200405200017", "2026-07-01")).await;
            assert!(matches!(again, Err(Error::TooMany { .. })));
        }
        assert_eq!(world.audited("licence.check_limited").await, 2, "the first refusal of each, not the flood");
    });
}
