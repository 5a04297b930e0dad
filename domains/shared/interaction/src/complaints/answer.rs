//! Handling in the unit: extension, reply, and the quality check of replies (P4-2, P4-9).

use kernel::{Issues, text};
use platform::{Ctx, Error, Result, Role, Scope};

use super::act::{Change, Ready, begin, commit, load, staff};
use super::notices::What;
use super::states::{Act, State};
use super::{ComplaintId, ReplyId};
use crate::limits::Limit;
use crate::store::complaints::Row;
use crate::store::replies::{self, NewReply};
use crate::issues;

/// Extends once, by the head of the unit, with the reason told.
///
/// # Errors
/// E-P204 the second time.
pub async fn extend(ctx: &Ctx, id: ComplaintId, seen: i64, reason: &str) -> Result<()> {
    let (file, next) = begin(ctx, id, Act::Extend).await?;
    let longer = file.row.kind.extension().filter(|_| !file.row.extended && file.row.stage == 0).ok_or_else(issues::extended)?;
    let reason = text::lines(reason);
    if reason.is_empty() {
        return Err(issues::missing("reason", "延期理由", "the reason").into());
    }
    let (period, more) = (file.limits.period(file.row.kind.limit(file.row.stock))?, file.limits.period(longer)?);
    let from = file.row.clock_from;
    let row = Row { state: next, version: seen, extended: true, ..file.row.clone() };
    commit(ctx, &file, Change::new(row, Act::Extend.code(), reason).clock("reply", from, period).longer(more).notice(What::Extended)).await
}

/// A reply as typed.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// Findings and result.
    pub words: String,
    /// The item, or the law with its article.
    pub basis: String,
}

/// Replies: to the person and to everybody whose complaint was merged with it.
///
/// # Errors
/// E-P406 when it is too short or cites nothing.
pub async fn reply(ctx: &Ctx, id: ComplaintId, seen: i64, typed: &Reply) -> Result<()> {
    let (file, next) = begin(ctx, id, Act::Reply).await?;
    let (words, basis) = (text::lines(&typed.words), text::line(&typed.basis));
    let least = file.limits.amount(Limit::Reply)?;
    let mut found = Issues::default();
    found.ensure(words.chars().filter(|c| !c.is_whitespace()).count() >= least as usize, || issues::reply_poor("words", least));
    found.ensure(basis.chars().count() >= 2, || issues::reply_poor("basis", least));
    found.finish()?;
    let reply: ReplyId = ctx.id();
    let [a, b] = ctx.random::<2>();
    let new = NewReply {
        id: reply,
        staff: staff(ctx)?.id,
        words: ctx.keys().seal_text("complaint_reply", "words", &reply.to_vec(), &words),
        basis,
        sampled: u32::from(u16::from_be_bytes([a, b])) * 100 / 0x1_0000 < file.limits.amount(Limit::Sample)?,
    };
    let mut row = Row { state: next, version: seen, ..file.row.clone() };
    row.on_time = row.on_time.or_else(|| row.due().map(|due| ctx.today() <= due));
    row.set_replied(ctx.today());
    let change = Change::new(row, Act::Reply.code(), "").clock("confirm", ctx.today(), file.limits.period(Limit::Confirm)?).notice(What::Replied);
    let ready = Ready::new(ctx, &file, change);
    ctx.db()
        .write(|tx| {
            let (ctx, ready, new) = (ctx.clone(), ready.clone(), new.clone());
            async move {
                ready.write(&tx, &ctx).await?;
                replies::insert(&tx, id, &new, ctx.now()).await
            }
        })
        .await
}

/// The quality check of a reply that was drawn: one that does not pass is written anew.
pub async fn check_reply(ctx: &Ctx, id: ComplaintId, seen: i64, reply: ReplyId, passed: bool, note: &str) -> Result<()> {
    let file = load(ctx, id).await?;
    ctx.require(&[Role::Supervisor], &Scope::region(file.row.desk_region)).await?;
    let note = text::lines(note);
    if !passed && note.is_empty() {
        return Err(issues::missing("note", "抽查意见", "what is wrong with it").into());
    }
    let again = !passed && file.row.state == State::Replied && file.row.unit().is_some();
    let mut row = Row { version: seen, ..file.row.clone() };
    let mut change_clock = None;
    if again {
        row.state = State::InHand;
        row.clock_from = ctx.today();
        change_clock = Some(file.limits.period(row.kind.limit(row.stock))?);
    }
    let mut change = Change::new(row, if passed { "check-passed" } else { "check-failed" }, note);
    if let Some(period) = change_clock {
        change = change.clock("reply", ctx.today(), period);
    }
    let ready = Ready::new(ctx, &file, change);
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                if !replies::set_passed(&tx, id, reply, passed).await? {
                    return Err(Error::stale());
                }
                ready.write(&tx, &ctx).await
            }
        })
        .await
}
