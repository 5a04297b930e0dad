//! Messages to the person: the receipt number and where to read on, never what it is about.

use identity::ContactOf;
use kernel::Text;
use notices::{Notice, To, Topic};
use platform::{Ctx, Result};
use ::store::Tx;

use super::act::opened;
use crate::ratings::lang_from;
use crate::store::complaints::Row;

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// Taken in; the query code is told once.
    Received,
    /// Accepted.
    Accepted,
    /// Not accepted.
    Refused,
    /// Something has to be made clear.
    Unclear,
    /// The reply takes longer.
    Extended,
    /// Answered.
    Replied,
    /// The last day of the reply has moved because the calendar has changed.
    Moved,
}

/// Tells the person, where a number is known. Whoever reported wrongdoing is told by the same words: they say nothing of it.
pub(crate) async fn send(tx: &Tx, ctx: &Ctx, row: &Row, what: What, key: &str) -> Result<()> {
    let Some(sealed) = &row.phone else { return Ok(()) };
    let phone = opened(ctx, row.id, "phone", sealed)?;
    let (number, to) = (&row.number, format!("{}/complaints", ctx.settings().public_origin.trim_end_matches('/')));
    let due = row.due();
    let day_zh = due.map(|due| due.zh_plain()).unwrap_or_default();
    let day_en = due.map(|due| due.en_plain()).unwrap_or_default();
    let (zh, en) = match what {
        What::Received => {
            let code = opened(ctx, row.id, "code", &row.code)?;
            (format!("已收到，受理编号{number}，查询码{code}。查询进度：{to}"), format!("Received: number {number}, code {code}. Follow it at {to}"))
        }
        What::Accepted => (format!("编号{number}已受理，将于{day_zh}前答复。{to}"), format!("{number} is accepted and answered by {day_en}. {to}")),
        What::Refused => (format!("编号{number}未予受理，理由和办理途径请查看：{to}"), format!("{number} is not accepted. Read why, and where to turn, at {to}")),
        What::Unclear => (format!("编号{number}需要您补充说明，请查看：{to}"), format!("{number} needs an explanation from you: {to}")),
        What::Extended | What::Moved => (format!("编号{number}的答复期限改为{day_zh}。{to}"), format!("{number} will be answered by {day_en}. {to}")),
        What::Replied => (format!("编号{number}已答复，请查看并评价：{to}"), format!("{number} is answered. Read it and say whether you are satisfied: {to}")),
    };
    let to = row.person().map_or(To::Address, To::Person);
    let reach = ContactOf { phone: phone.parse().ok(), email: None, lang: lang_from(&row.lang) };
    let words = Text::new(zh, en);
    let notice = Notice::new(to, Topic::Complaint, format!("complaint-{}-{key}", row.id), Text::fixed("咨询投诉进展", "Your question or complaint"), words.clone());
    notices::tell(tx, ctx, notice.discreet(ctx.settings().bureau.clone()).by_sms(words.clone()).by_mail(words).link("/complaints").reach(&reach)).await
}
