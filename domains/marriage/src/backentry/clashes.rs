//! With what a file is in conflict (R-MR-37): by number where the paper has one, else by name and birth, which is never more than a likeness.

use identity::facts::{LocalFacts, NumberHash};
use kernel::{DocumentNumber, IdNumber};
use platform::{Ctx, Result};
use serde::{Deserialize, Serialize};

use super::model::{PaperDate, PartyRecord, Record, RowId};
use crate::deaths;
use crate::model::{MarriageId, Side};
use crate::store::{backfacts, register};

/// Country of the numbers on these papers.
pub(super) const COUNTRY: &str = "CHN";

/// How a conflict was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = BackEntryClashKind)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person with this number is married.
    Number,
    /// A married person has the same name and may have the same birth; one of the two has no number.
    Likeness,
    /// The number belongs to a person of another name.
    OtherName,
}

/// With what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum With {
    /// An entry of this program's register.
    Marriage(MarriageId),
    /// A published row.
    Row(RowId),
    /// A person as such.
    Person,
}

/// One conflict of one party. It names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// Whose.
    pub side: Side,
    /// How it was found.
    pub kind: Kind,
    /// With what.
    pub with: With,
}

/// The document of a party, where the paper has a number.
pub(super) fn document(party: &PartyRecord, ctx: &Ctx) -> Result<Option<DocumentNumber>> {
    let Some(number) = &party.id_no.value else { return Ok(None) };
    Ok(Some(DocumentNumber::from(IdNumber::parse(&number.key, ctx.today())?)))
}

/// Everything with which a file is in conflict now; nothing for one that tells that the marriage is over.
pub(super) async fn find(ctx: &Ctx, record: &Record) -> Result<Vec<Clash>> {
    let mut clashes = Vec::new();
    if record.is_over() {
        return Ok(clashes);
    }
    for side in Side::BOTH {
        let party = record.party(side);
        let birth_year = party.birth.value.map(PaperDate::year);
        let name = party.name.value.as_deref().map(|name| identity::persons::name_hash(ctx.keys(), name));
        if let Some(number) = &party.id_no.value {
            let hash = NumberHash::of(ctx.keys(), &number.key);
            let over = deaths::over(ctx, &LocalFacts, &hash).await?;
            let ended = |id: MarriageId| over.iter().any(|(marriage, _)| *marriage == id);
            let held = register::of_number(ctx.db(), &hash).await?.into_iter().filter(|held| held.state == "valid" && !ended(held.id));
            clashes.extend(held.map(|held| Clash { side, kind: Kind::Number, with: With::Marriage(held.id) }));
            let rows = backfacts::standing_of_number(ctx.db(), &hash).await?.into_iter().filter(|(id, _)| !ended(*id));
            clashes.extend(rows.map(|(_, row)| Clash { side, kind: Kind::Number, with: With::Row(row) }));
            if is_of_another(ctx, party).await? {
                clashes.push(Clash { side, kind: Kind::OtherName, with: With::Person });
            }
        } else if let Some(name) = &name {
            let held = register::standing_of_name(ctx.db(), name, birth_year).await?;
            clashes.extend(held.into_iter().map(|id| Clash { side, kind: Kind::Likeness, with: With::Marriage(id) }));
        }
        if let Some(name) = &name {
            let numbered = party.id_no.value.is_some();
            let rows = backfacts::standing_of_name(ctx.db(), name, birth_year, numbered).await?;
            clashes.extend(rows.into_iter().map(|row| Clash { side, kind: Kind::Likeness, with: With::Row(row) }));
        }
    }
    Ok(clashes)
}

async fn is_of_another(ctx: &Ctx, party: &PartyRecord) -> Result<bool> {
    let (Some(name), Some(document)) = (&party.name.value, document(party, ctx)?) else { return Ok(false) };
    match identity::persons::find(ctx.db(), ctx.keys(), &document, COUNTRY).await? {
        Some(person) => Ok(identity::persons::load(ctx, person).await?.name != *name),
        None => Ok(false),
    }
}
