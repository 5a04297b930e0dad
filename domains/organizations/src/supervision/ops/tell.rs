//! Word to the legal representative of what the authority did: the prior notice, the decision, what was returned or published, an end that has
//! moved.

use kernel::{Day, DocumentNumber, IdNumber, Text};
use notices::{Notice, To, Topic};
use platform::{Actor, Ctx, PersonId, Result};

use super::own::told;
use crate::supervision::clocks::Clock;
use crate::supervision::states::Act;
use crate::supervision::store::proceedings::{EventId, Row};
use crate::{Entry, register};

/// The notice of an act of staff or of a job, if the organisation is told of the proceeding or receives a document, and its legal
/// representative is known here.
pub(super) async fn notice(ctx: &Ctx, row: &Row, act: &Act, entry: Option<&Entry>, event: EventId) -> Result<Option<Notice>> {
    let told = told(row.kind, row.state) || act.paper.is_some();
    let Some(entry) = entry.filter(|_| told && !matches!(ctx.actor(), Actor::Citizen(_))) else { return Ok(None) };
    let Some(person) = leader(ctx, entry).await? else { return Ok(None) };
    let (kind, did, state) = (row.kind.name(), act.name(), row.state.name());
    let title = Text::new(format!("{}：{}", kind.zh, did.zh), format!("{}: {}", kind.en, did.en));
    let due = row.due.map_or_else(Text::default, |due| Text::new(format!("期限：{}。", due.zh_plain()), format!(" Until {}.", due.en_plain())));
    let body = Text::new(
        format!("{}的{}现为“{}”。{}", row.subject, kind.zh, state.zh, due.zh),
        format!("{} of {}: {}.{}", kind.en, row.subject, state.en, due.en),
    );
    Ok(Some(addressed(row, entry, person, format!("supervision-{event}"), title, body)))
}

/// The notice of an end that has moved, if it is told of the proceeding and that end is the one by which somebody has to act.
pub(super) async fn moved(ctx: &Ctx, row: &Row, clock: Clock, entry: Option<&Entry>, due: Day, key: &str) -> Result<Option<Notice>> {
    let Some(entry) = entry.filter(|_| told(row.kind, row.state) && row.due == Some(due)) else { return Ok(None) };
    let Some(person) = leader(ctx, entry).await? else { return Ok(None) };
    let (kind, what) = (row.kind.name(), clock.name());
    let title = Text::new(format!("{}：{}改变", kind.zh, what.zh), format!("{}: another last day", kind.en));
    let body = Text::new(
        format!("节假日安排已经公布，{}的{}重新计算，改为{}。", row.subject, what.zh, due.zh_plain()),
        format!("The holidays of the year were published. {} of {} was counted again and ends on {}.", what.en, row.subject, due.en_plain()),
    );
    Ok(Some(addressed(row, entry, person, format!("supervision-moved-{key}"), title, body)))
}

/// The legal representative, if he is known here.
async fn leader(ctx: &Ctx, entry: &Entry) -> Result<Option<PersonId>> {
    let number = register::private(ctx, entry.head.id).await?.map(|private| private.legal_representative_no).unwrap_or_default();
    let Ok(number) = IdNumber::parse(&number, Day::MAX) else { return Ok(None) };
    identity::persons::find(ctx.db(), ctx.keys(), &DocumentNumber::from(number), "CHN").await
}

fn addressed(row: &Row, entry: &Entry, person: PersonId, key: String, title: Text, body: Text) -> Notice {
    let code = entry.head.uscc.clone().unwrap_or_default();
    let link = format!("/me/organizations/{code}/supervision/{}", row.id);
    Notice::new(To::Person(person), Topic::Decision, key, title, body).link(link)
}
