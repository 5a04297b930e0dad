//! The adapter over our own tables.

use std::collections::BTreeMap;

use platform::{Ctx, Error, Result};
use serde::{Deserialize, Serialize};

use super::{
    Ancestor, Answer, Asking, CourtPaper, Death, DivorceCase, FactKind, Facts, NumberHash, OtherMarriage, PersonFacts, source,
    store::{self as tables, Row},
};

/// Answers from `person_fact`; says "none" only for kinds whose source is switched on.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalFacts;

/// The part of a fact that is sealed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Detail {
    /// Number of the certificate or paper.
    #[serde(default)]
    pub(super) doc_no: String,
    /// The person's number: with it the keyed hash can be computed again.
    #[serde(default)]
    pub(crate) number: Option<String>,
    /// The other person's.
    #[serde(default)]
    pub(crate) other_number: Option<String>,
}

impl PersonFacts for LocalFacts {
    fn about<'a>(&'a self, ctx: &'a Ctx, person: &'a NumberHash) -> Asking<'a, Facts> {
        Box::pin(look_up(ctx, person))
    }
}

async fn look_up(ctx: &Ctx, person: &NumberHash) -> Result<Facts> {
    let answering = source::answering(ctx.db()).await?;
    let rows = tables::of_person(ctx.db(), person).await?;
    let mut by_kind: BTreeMap<String, Vec<(Row, Detail)>> = BTreeMap::new();
    for row in rows {
        let detail = ctx
            .keys()
            .open("person_fact", "detail", &row.id, &row.detail)
            .map_err(Error::internal)
            .and_then(|plain| serde_json::from_slice(&plain).map_err(Error::internal))?;
        by_kind.entry(row.kind.clone()).or_default().push((row, detail));
    }
    let grandparents = tables::grandparents(ctx.db(), person).await?;
    let mut take = |kind: FactKind| by_kind.remove(kind.code()).unwrap_or_default();
    let said = |kind: FactKind| answering.contains(&kind);
    let ancestors = take(FactKind::Parent)
        .into_iter()
        .filter_map(|(row, _)| row.other_hash)
        .map(|hash| Ancestor { person: NumberHash(hash), degree: 1 })
        .chain(grandparents.into_iter().map(|person| Ancestor { person, degree: 2 }))
        .collect::<Vec<_>>();
    Ok(Facts {
        death: first(take(FactKind::Death), said(FactKind::Death), |row, _| Death { on: row.valid_on, source: row.source }),
        ancestors: match ancestors.is_empty() {
            false => Answer::Yes(ancestors),
            true if said(FactKind::Parent) => Answer::None,
            true => Answer::NotAnswered,
        },
        court_papers: every(take(FactKind::CourtPaper), said(FactKind::CourtPaper), |row, detail| CourtPaper {
            doc_no: detail.doc_no,
            effective_on: row.valid_on,
            source: row.source,
        }),
        marriages: every(take(FactKind::Marriage), said(FactKind::Marriage), |row, detail| OtherMarriage {
            cert_no: detail.doc_no,
            spouse: row.other_hash.map(NumberHash),
            started_on: row.valid_on,
            ended_on: row.ended_on.and_then(|day| day.parse().ok()),
            source: row.source,
        }),
        divorce: first(
            take(FactKind::DivorceCase).into_iter().filter(|(row, _)| row.ended_on.is_none()).collect(),
            said(FactKind::DivorceCase),
            |row, _| DivorceCase { accepted_on: row.valid_on, source: row.source },
        ),
    })
}

fn first<T>(rows: Vec<(Row, Detail)>, answers: bool, make: impl Fn(Row, Detail) -> T) -> Answer<T> {
    match every(rows, answers, make) {
        Answer::Yes(found) => found.into_iter().next().map_or(Answer::None, Answer::Yes),
        Answer::OnPaper(found) => found.into_iter().next().map_or(Answer::None, Answer::OnPaper),
        Answer::None => Answer::None,
        Answer::NotAnswered => Answer::NotAnswered,
    }
}

/// A record outranks a paper; without either, "none" needs a source that answers.
fn every<T>(rows: Vec<(Row, Detail)>, answers: bool, make: impl Fn(Row, Detail) -> T) -> Answer<Vec<T>> {
    let recorded = rows.iter().any(|(row, _)| row.basis == "record");
    let found: Vec<T> = rows.into_iter().map(|(row, detail)| make(row, detail)).collect();
    match (found.is_empty(), recorded, answers) {
        (false, true, _) => Answer::Yes(found),
        (false, false, _) => Answer::OnPaper(found),
        (true, _, true) => Answer::None,
        (true, _, false) => Answer::NotAnswered,
    }
}

/// The numbers of the living children whom our tables give to a person. The caller has the right to ask, and records that he did.
///
/// # Errors
/// Those of the database.
pub async fn children_of(ctx: &Ctx, parent: &NumberHash) -> Result<Vec<String>> {
    let mut numbers = Vec::new();
    for (id, sealed) in tables::children(ctx.db(), parent).await? {
        let plain = ctx.keys().open("person_fact", "detail", &id, &sealed).map_err(Error::internal)?;
        let detail: Detail = serde_json::from_slice(&plain).map_err(Error::internal)?;
        numbers.extend(detail.number);
    }
    Ok(numbers)
}
