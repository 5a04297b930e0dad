//! Takes in a declaration signed before the registrar (R-MR-06, R-MR-17).

use casework::CaseId;
use kernel::Issues;
use platform::{Ctx, Result};

use super::{advance, begin};
use crate::issues;
use crate::model::Side;
use crate::states::Action;
use crate::store;

/// A signed declaration.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Whose.
    pub side: Side,
    /// He declared that he has no spouse.
    pub no_spouse: bool,
    /// He declared that there is no forbidden kinship.
    pub no_kin: bool,
    /// Key of the scan.
    pub scan: String,
}

/// Records a signed declaration. Without both declarations there is none.
pub async fn sign(ctx: &Ctx, case: CaseId, seen: i64, input: Signed) -> Result<()> {
    let file = begin(ctx, case, Action::Sign).await?;
    let side = input.side;
    let party = file.party(side).ok_or_else(|| issues::missing(side.field("name")))?;
    let mut found = Issues::default();
    found.ensure(input.no_spouse, || issues::statement_incomplete(side).field(side.field("no_spouse")));
    found.ensure(input.no_kin, || issues::kin(side).field(side.field("no_kin")));
    found.ensure(!input.scan.is_empty(), || issues::statement_incomplete(side));
    found.finish()?;
    let (row, to) = (party.id, file.state.kind());
    ctx.db()
        .write(|tx| {
            let (ctx, file, input) = (ctx.clone(), file.clone(), input.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Sign, to, side.name().zh.as_ref()).await?;
                store::parties::sign(&tx, row, &input.scan, ctx.now()).await
            }
        })
        .await
}
