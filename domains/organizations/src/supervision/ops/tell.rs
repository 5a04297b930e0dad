//! Word to the legal representative of what the authority did: the prior notice, the decision, what was returned or published.

use kernel::{Day, DocumentNumber, IdNumber, Text};
use notices::{Notice, To, Topic};
use platform::{Actor, Ctx, Result};

use super::own::told;
use crate::supervision::states::Act;
use crate::supervision::store::proceedings::{EventId, Row};
use crate::{Entry, register};

/// The notice of an act of staff or of a job, if the organisation is told of the proceeding and its legal representative is known here.
pub(super) async fn notice(ctx: &Ctx, row: &Row, act: &Act, entry: Option<&Entry>, event: EventId) -> Result<Option<Notice>> {
    let Some(entry) = entry.filter(|_| told(row.kind, row.state) && !matches!(ctx.actor(), Actor::Citizen(_))) else { return Ok(None) };
    let number = register::private(ctx, entry.head.id).await?.map(|private| private.legal_representative_no).unwrap_or_default();
    let Ok(number) = IdNumber::parse(&number, Day::MAX) else { return Ok(None) };
    let Some(person) = identity::persons::find(ctx.db(), ctx.keys(), &DocumentNumber::from(number), "CHN").await? else { return Ok(None) };
    let (kind, did, state) = (row.kind.name(), act.name(), row.state.name());
    let title = Text::new(format!("{}：{}", kind.zh, did.zh), format!("{}: {}", kind.en, did.en));
    let due = row.due.map_or_else(Text::default, |due| Text::new(format!("期限：{}。", due.zh_plain()), format!(" Until {}.", due.en_plain())));
    let body = Text::new(
        format!("{}的{}现为“{}”。{}", row.subject, kind.zh, state.zh, due.zh),
        format!("{} of {}: {}.{}", kind.en, row.subject, state.en, due.en),
    );
    let code = entry.head.uscc.clone().unwrap_or_default();
    let link = format!("/me/organizations/{code}/supervision/{}", row.id);
    Ok(Some(Notice::new(To::Person(person), Topic::Decision, format!("supervision-{event}"), title, body).link(link)))
}
