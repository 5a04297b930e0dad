//! 清算备案和注销登记 (D-R14, D-R15, D-R16).

use casework::model::Outcome;
use casework::ops::Act;
use casework::{Answers, Asked, CaseHead, Decided, Held, Hooks};
use kernel::Issue;
use licences::model::Ending;
use platform::ports::BoxFuture;
use platform::{Ctx, Error, Result};
use ::store::Tx;

use super::acting::{self, organization};
use super::read::Read;
use super::{CANCELLATION_ITEM, refusal_is_whole};
use crate::announcements::{self, Announcement};
use crate::model::Status;
use crate::registration::registration;
use crate::store::organization as rows;
use crate::{certificate, founding, issues, register, supervision};

/// The hooks of this matter.
pub(super) struct Cancellation;

impl Hooks for Cancellation {
    fn check<'a>(&'a self, ctx: &'a Ctx, asked: &'a Asked, answers: &'a Answers) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(faults(ctx, asked, answers))
    }

    fn known<'a>(&'a self, ctx: &'a Ctx, unit: Option<&'a str>, answers: &'a Answers) -> BoxFuture<'a, Result<Vec<Held>>> {
        Box::pin(acting::known(ctx, unit, answers, CANCELLATION_ITEM))
    }

    fn before<'a>(&'a self, ctx: &'a Ctx, case: &'a CaseHead, answers: &'a Answers, act: &'a Act) -> BoxFuture<'a, Result<Vec<Issue>>> {
        Box::pin(async move {
            if act.verb != "approve" {
                return Ok(refusal_is_whole(act).into_iter().collect());
            }
            let issues = faults(ctx, &Asked { org: case.org, region: case.region }, answers).await?;
            // How late it came was explained or not when it was filed.
            Ok(issues.into_iter().filter(|issue| issue.field.as_deref() != Some("late_reason")).collect())
        })
    }

    fn on_decide<'a>(&'a self, tx: &'a Tx, ctx: &'a Ctx, case: &'a Decided) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { if case.outcome == Some(Outcome::Granted) { end(tx, ctx, case).await } else { Ok(()) } })
    }
}

async fn faults(ctx: &Ctx, asked: &Asked, answers: &Answers) -> Result<Vec<Issue>> {
    let entry = match organization(ctx, asked, answers, CANCELLATION_ITEM).await? {
        Ok(entry) => entry,
        Err(issue) => return Ok(vec![issue]),
    };
    let (read, status) = (Read(answers), entry.head.status);
    if read.text("step") == "liquidation" {
        return Ok(if matches!(status, Status::Active | Status::Suspended) { Vec::new() } else { vec![issues::status_bars(status)] });
    }
    let mut found = Vec::new();
    match status {
        // Whom supervision has ended liquidates under that status, and is struck off afterwards like any other.
        Status::Liquidating | Status::Withdrawn | Status::Revoked => {}
        Status::Active => found.push(issues::not_liquidating()),
        _ => found.push(issues::status_bars(status)),
    }
    let limit = &registration().cancel;
    if read.day("liquidated_on").is_some_and(|ended| ctx.today() > ended.plus_days(limit.days)) && read.given("late_reason").is_none() {
        found.push(issues::liquidation_late(limit.days, &limit.source));
    }
    found.extend(founding::returned(|key| read.given(key)).err());
    Ok(found)
}

/// Liquidation, or the end: the entry, the certificate and the announcement, in the transaction of the decision.
async fn end(tx: &Tx, ctx: &Ctx, case: &Decided) -> Result<()> {
    let read = Read(&case.answers);
    let uscc = read.uscc("uscc").ok_or_else(|| Error::internal("a cancellation without credit code"))?;
    let entry = rows::load_by_code(tx, uscc.as_str()).await?.ok_or(Error::NotFound)?;
    let (id, today) = (entry.head.id, ctx.today());
    if read.text("step") == "liquidation" {
        register::set_status(tx, ctx, id, Status::Liquidating, today, "liquidation").await?;
        return Ok(());
    }
    register::set_status(tx, ctx, id, Status::Deregistered, today, "cancellation").await?;
    supervision::ended(tx, ctx, id, (entry.head.status, Status::Deregistered), &case.case_no, today).await?;
    certificate::end(tx, ctx, entry.head.kind, uscc.as_str(), Ending::Cancelled, &case.case_no, today).await?;
    let announcement = Announcement { kind: announcements::Kind::Cancelled, name: entry.content.name, uscc: uscc.to_string(), lines: Vec::new() };
    announcements::announce(tx, ctx, id, &announcement).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::testing::{registered, world};

    store::db_test!(d_3_whose_registration_was_revoked_is_struck_off_after_its_liquidation, |db| async move {
        let w = world(db).await;
        let id = registered(&w, "甲市城东区康乐协会", Kind::Association).await;
        let becomes = |status| {
            let ctx = w.p.system();
            async move {
                ctx.db()
                    .write(|tx| {
                        let ctx = ctx.clone();
                        async move { register::set_status(&tx, &ctx, id, status, ctx.today(), "test").await }
                    })
                    .await
            }
        };
        becomes(Status::Withdrawn).await.expect("revoked");
        let uscc = register::by_id(w.p.db(), id).await.expect("there").head.uscc.expect("a code");
        let typed = [("step", "cancel"), ("uscc", uscc.as_str()), ("liquidated_on", "2026-06-25"), ("certificate", "returned"), ("seals", "returned"), ("vouchers", "returned")];
        let answers = |step: &str| {
            let mut answers: Answers = typed.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            answers.insert("step".to_owned(), step.to_owned());
            answers
        };
        let (clerk, asked) = (w.as_staff(&w.clerk), Asked { org: w.authority, region: w.region });
        assert_eq!(faults(&clerk, &asked, &answers("cancel")).await.expect("looked at"), [], "its liquidation needs no leave of its own");
        let filed = faults(&clerk, &asked, &answers("liquidation")).await.expect("looked at");
        assert_eq!(filed.first().map(|issue| issue.code.to_string()), Some("E-D15".to_owned()), "it is not put back into liquidation");
        becomes(Status::Deregistered).await.expect("struck off");
        assert!(becomes(Status::Active).await.expect_err("an end").has_code("E-ST01"));
    });
}
