//! The live identity check of both (R-MR-03): by camera where there is one and its score suffices, else by the registrar's own eyes.

use casework::CaseId;
use platform::{Ctx, Result};

use super::{advance, begin, staff};
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
    let mut found = Vec::with_capacity(2);
    for side in Side::BOTH {
        let party = file.party(side).ok_or_else(|| issues::missing(side.field("name")))?;
        let score = ports.face.score(by, &party.snapshot.id_no).await?;
        let enough = score.is_some_and(|score| score >= parameters().face.threshold.value);
        if !enough && !compared {
            return Err(issues::not_present(side).into());
        }
        let person = persons::prepare(ctx, &party.snapshot)?;
        found.push((party.id, person, Identified { at: ctx.now(), by, face_score: score }));
    }
    let to = file.state.kind();
    ctx.db()
        .write(|tx| {
            let (ctx, file, found) = (ctx.clone(), file.clone(), found.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Identify, to, "").await?;
                for (row, person, identified) in &found {
                    let id = persons::find_or_create(&tx, &ctx, person).await?;
                    store::parties::identify(&tx, *row, id, identified).await?;
                }
                Ok(())
            }
        })
        .await
}
