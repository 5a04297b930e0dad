//! The second person: confirms a row or sends it back, and looks into conflicts.
//!
//! What is confirmed is published at once unless it is in conflict (R-MR-37). Every decision names the version of the row that was seen.

use identity::PersonDraft;
use identity::facts::{LocalFacts, NumberHash};
use kernel::{Day, Issues};
use platform::{Ctx, Error, PersonId, Result, audit};
use store::Tx;

use super::clashes::{self, Clash, Kind};
use super::model::{PaperDate, RowId, State};
use super::{CHECKS, issues, scope};
use crate::deaths;
use crate::model::{EndKind, Side};
use crate::ops::end_fact::{Ending, end_fact};
use crate::store::backfacts::{self, NewFact, NewParty, Over};
use crate::store::backrows::{self as rows, Loaded};
use crate::store::backentry::images_of;

/// The row, for whoever may check it and did not key it (R-MR-38).
async fn checking(ctx: &Ctx, id: RowId, seen: i64, from: &[State]) -> Result<Loaded> {
    let row = rows::load(ctx.db(), ctx.keys(), id).await?;
    match ctx.require(&CHECKS, &scope(row.region, row.org)).await {
        Ok(()) => {}
        Err(Error::Denied(_)) => return Err(Error::NotFound),
        Err(other) => return Err(other),
    }
    if row.keyed_by == ctx.actor().key() {
        return Err(issues::own_row().into());
    }
    if row.version != seen {
        return Err(Error::stale());
    }
    if !from.contains(&row.state) {
        let name = row.state.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    Ok(row)
}

/// Confirms a row that was compared with its page: it is published, or becomes a conflict.
///
/// # Errors
/// `MR-E38` for whoever keyed it, and while a page is missing; `E-ST02` when it is no longer at `seen`.
pub async fn confirm(ctx: &Ctx, id: RowId, seen: i64) -> Result<State> {
    let row = checking(ctx, id, seen, &[State::Keyed]).await?;
    let names = row.record.images.value.clone().unwrap_or_default();
    let there = images_of(ctx.db(), id, &names).await?;
    let mut found = Issues::default();
    for name in &names {
        found.ensure(there.iter().any(|(one, ..)| one == name), || issues::no_image(name));
    }
    found.finish()?;
    let clashes = clashes::find(ctx, &row.record).await?;
    if !clashes.is_empty() {
        decide(ctx, &row, State::Conflict, "", &clashes).await?;
        return Ok(State::Conflict);
    }
    publish(ctx, &row, "", None).await?;
    Ok(State::Published)
}

/// Sends a row back to whoever keyed it, to be mended and sent again.
///
/// # Errors
/// `MR-E51` without a reason; otherwise as [`confirm`].
pub async fn send_back(ctx: &Ctx, id: RowId, seen: i64, reason: &str) -> Result<()> {
    let row = checking(ctx, id, seen, &[State::Keyed, State::Conflict]).await?;
    let reason = given(reason, "reason")?;
    decide(ctx, &row, State::SentBack, &reason, &[]).await
}

/// How a conflict is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = BackEntryResolution)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// The likeness is another person: publish as it stands.
    Publish,
    /// The marriage is over by a paper that was found: publish it as ended.
    Ended,
    /// Do not publish.
    Apart,
}

impl Resolution {
    /// The resolution with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "publish" => Some(Self::Publish),
            "ended" => Some(Self::Ended),
            "apart" => Some(Self::Apart),
            _ => None,
        }
    }
}

/// What a person found out about a conflict, as typed.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = BackEntryResolve)]
#[serde(default)]
pub struct Resolve {
    /// What was found, in words.
    pub reason: String,
    /// For a marriage that is over: the day, ISO.
    pub ended_on: String,
    /// For a marriage that is over: code of the end (Z.1).
    pub end_kind: String,
}

/// Resolves a conflict.
///
/// # Errors
/// `MR-E37` while somebody would be married twice; `MR-E51`, `MR-E39` at the entries; otherwise as [`confirm`].
pub async fn resolve(ctx: &Ctx, id: RowId, seen: i64, how: Resolution, found: &Resolve) -> Result<State> {
    let row = checking(ctx, id, seen, &[State::Conflict]).await?;
    let reason = given(&found.reason, "reason")?;
    match how {
        Resolution::Apart => {
            decide(ctx, &row, State::Apart, &reason, &row.clashes).await?;
            Ok(State::Apart)
        }
        Resolution::Ended => {
            let (on, kind) = end(ctx, found)?;
            let over = Over { on: Some(PaperDate::of(on)), kind: Some(kind), basis: Some(reason.clone()) };
            publish(ctx, &row, &reason, Some(over)).await?;
            Ok(State::Published)
        }
        Resolution::Publish => {
            let left = clashes::find(ctx, &row.record).await?;
            if left.iter().any(|clash| clash.kind != Kind::Likeness) {
                return Err(issues::conflict().into());
            }
            publish(ctx, &row, &reason, None).await?;
            Ok(State::Published)
        }
    }
}

/// Notes by a paper that a published marriage is over: both are free from then on.
///
/// # Errors
/// `E-ST01` for what is not published; `E-ST02` when it was over already; `MR-E51`, `MR-E39` at the entries.
pub async fn note_end(ctx: &Ctx, id: RowId, seen: i64, found: &Resolve) -> Result<()> {
    let row = checking(ctx, id, seen, &[State::Published]).await?;
    let reason = given(&found.reason, "reason")?;
    let (on, kind) = end(ctx, found)?;
    ctx.db()
        .write(|tx| {
            let (ctx, row, reason) = (ctx.clone(), row.clone(), reason.clone());
            async move {
                let marriage = backfacts::id_of(&tx, row.id).await?.ok_or(Error::NotFound)?;
                let ending = Ending { kind, on, basis: reason.clone() };
                end_fact(&tx, &ctx, marriage, &ending).await?.ok_or_else(Error::stale)?;
                let detail = serde_json::json!({ "end_kind": kind.code(), "on": on.to_string() });
                audit::record(&tx, &ctx, event("marriage.backentry.end", &row, &reason).detail(detail)).await
            }
        })
        .await
}

fn given(typed: &str, field: &str) -> Result<String> {
    let plain = kernel::text::line(typed);
    if plain.is_empty() { Err(crate::issues::missing(field.to_owned()).into()) } else { Ok(plain) }
}

fn end(ctx: &Ctx, found: &Resolve) -> Result<(Day, EndKind)> {
    let mut wrong = Issues::default();
    let on = found.ended_on.trim().parse::<Day>().ok().filter(|day| *day <= ctx.today());
    wrong.ensure(on.is_some(), || issues::unreadable("ended_on"));
    let kind = EndKind::from_code(found.end_kind.trim());
    wrong.ensure(kind.is_some(), || crate::issues::missing("end_kind".to_owned()));
    wrong.finish()?;
    Ok((on.expect("refused above"), kind.expect("refused above")))
}

fn event(action: &'static str, row: &Loaded, reason: &str) -> audit::Event {
    let event = audit::Event::new(action, "back_row", row.id).region(&row.region);
    if reason.is_empty() { event } else { event.reason(reason) }
}

async fn decide(ctx: &Ctx, row: &Loaded, to: State, reason: &str, clashes: &[Clash]) -> Result<()> {
    let action = match to {
        State::SentBack => "marriage.backentry.back",
        State::Apart => "marriage.backentry.apart",
        _ => "marriage.backentry.conflict",
    };
    ctx.db()
        .write(|tx| {
            let (ctx, row, reason, clashes) = (ctx.clone(), row.clone(), reason.to_owned(), clashes.to_vec());
            async move {
                if !rows::decide(&tx, &ctx, &row, to, &reason, &clashes).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event(action, &row, &reason)).await
            }
        })
        .await
}

/// Writes the marriage to the base. A person who is married by now makes the whole stale: it is looked at anew.
async fn publish(ctx: &Ctx, row: &Loaded, reason: &str, over: Option<Over>) -> Result<()> {
    let record = &row.record;
    let told = record.is_over().then(|| Over {
        on: record.ended_on.value,
        kind: record.end_kind.value,
        basis: record.end_basis.value.clone(),
    });
    let over = over.or(told);
    let binds = over.is_none() && row.class.binds();
    let fact = NewFact {
        id: ctx.id(),
        row: row.id,
        region: row.region,
        org: row.org,
        binds,
        confidence: row.class.confidence(),
        cert_no: record.cert_no.value.clone(),
        started_on: record.registered_on.value,
        over,
        parties: [party(ctx, row, Side::A), party(ctx, row, Side::B)],
    };
    let mut over = Vec::new();
    for number in fact.parties.iter().filter_map(|party| party.number.as_ref()) {
        over.extend(deaths::over(ctx, &LocalFacts, number).await?);
    }
    let drafts = if binds { [draft(ctx, row, Side::A)?, draft(ctx, row, Side::B)?] } else { [None, None] };
    ctx.db()
        .write(|tx| {
            let (ctx, row, fact, drafts, reason) = (ctx.clone(), row.clone(), fact.clone(), drafts.clone(), reason.to_owned());
            let over = over.clone();
            async move {
                if !rows::decide(&tx, &ctx, &row, State::Published, &reason, &[]).await? {
                    return Err(Error::stale());
                }
                deaths::end(&tx, &ctx, &over).await?;
                let persons = [ensured(&tx, &ctx, &drafts[0]).await?, ensured(&tx, &ctx, &drafts[1]).await?];
                if !backfacts::insert(&tx, &ctx, &fact, persons).await? {
                    return Err(Error::stale());
                }
                let mut bound: Vec<Option<PersonId>> = persons.into_iter().filter(Option::is_some).collect();
                if bound.is_empty() {
                    bound.push(None);
                }
                for person in bound {
                    audit::record(&tx, &ctx, event("marriage.backentry.publish", &row, &reason).person(person)).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

fn party(ctx: &Ctx, row: &Loaded, side: Side) -> NewParty {
    let party = row.record.party(side);
    NewParty {
        id: ctx.id::<backfacts::FactParty>(),
        side,
        number: party.id_no.value.as_ref().map(|number| NumberHash::of(ctx.keys(), &number.key)),
        name_hash: party.name.value.as_deref().map(|name| identity::persons::name_hash(ctx.keys(), name)),
        birth_year: party.birth.value.map(|date| i64::from(date.year())),
    }
}

/// A person whom a marriage binds; none where the name is unknown, whose number is found all the same.
fn draft(ctx: &Ctx, row: &Loaded, side: Side) -> Result<Option<PersonDraft>> {
    let party = row.record.party(side);
    let (Some(name), Some(document)) = (&party.name.value, clashes::document(party, ctx)?) else { return Ok(None) };
    Ok(Some(PersonDraft::new(ctx, name, &document, clashes::COUNTRY, None)?))
}

async fn ensured(tx: &Tx, ctx: &Ctx, draft: &Option<PersonDraft>) -> Result<Option<PersonId>> {
    match draft {
        Some(draft) => identity::persons::ensure(tx, ctx, draft).await.map(Some),
        None => Ok(None),
    }
}
