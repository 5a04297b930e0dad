//! The live identity check of both (R-MR-03): by camera where there is one and its score suffices, else by the registrar's own eyes.

use casework::CaseId;
use identity::PersonDraft;
use platform::{Ctx, Result, StaffId};
use ::store::Tx;

use super::{advance, begin, staff};
use crate::file::{PartyFile, PartyRowId};
use crate::model::{Identified, Side};
use crate::parameters::parameters;
use crate::ports::Ports;
use crate::states::Action;
use crate::{issues, persons, store};

/// Records that both persons stand at the counter and are who their documents name. A face score below the threshold is recorded, and
/// the registrar's own comparison stands for it: `compared` says that he made it.
pub async fn identify(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64, compared: bool) -> Result<()> {
    let file = begin(ctx, case, Action::Identify).await?;
    let by = staff(ctx)?;
    let found = look(ctx, ports, [file.a.as_ref(), file.b.as_ref()], by, compared).await?;
    let to = file.state.kind();
    ctx.db()
        .write(|tx| {
            let (ctx, file, found) = (ctx.clone(), file.clone(), found.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Identify, to, "").await?;
                write(&tx, &ctx, &found).await
            }
        })
        .await
}

/// A person who was looked at, ready to be written.
pub(crate) type Seen = (PartyRowId, PersonDraft, Identified);

/// Looks at both: by camera where its score suffices, else by the registrar who says that he compared them.
pub(crate) async fn look(ctx: &Ctx, ports: &Ports, parties: [Option<&PartyFile>; 2], by: StaffId, compared: bool) -> Result<Vec<Seen>> {
    let mut found = Vec::with_capacity(2);
    for (side, party) in Side::BOTH.into_iter().zip(parties) {
        let party = party.ok_or_else(|| issues::missing(side.field("name")))?;
        let score = ports.face.score(by, &party.snapshot.id_no).await?;
        let enough = score.is_some_and(|score| score >= parameters().face.threshold.value);
        if !enough && !compared {
            return Err(issues::not_present(side).into());
        }
        let person = persons::prepare(ctx, &party.snapshot)?;
        found.push((party.id, person, Identified { at: ctx.now(), by, face_score: score }));
    }
    Ok(found)
}

/// Writes who both are and when they were seen.
pub(crate) async fn write(tx: &Tx, ctx: &Ctx, found: &[Seen]) -> Result<()> {
    for (row, person, identified) in found {
        let id = persons::find_or_create(tx, ctx, person).await?;
        store::parties::identify(tx, *row, id, identified).await?;
    }
    Ok(())
}
