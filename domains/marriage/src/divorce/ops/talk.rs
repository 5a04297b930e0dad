//! What the couple shows and says: the marriage certificates, will and capacity of each.

use casework::CaseId;
use kernel::Issues;
use platform::{Ctx, Result};

use super::super::issues;
use super::super::model::{Shown, Talk};
use super::super::states::{Action, StateKind};
use super::{advance, begin};
use crate::model::Suspicion;
use crate::rules::certificate::printed_number;
use crate::store;

/// The marriage certificates as typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ShownInput {
    /// Number of the certificate.
    pub cert_no: String,
    /// `mainland` or `elsewhere`.
    pub place: String,
    /// The certificates are lost; a statement of loss stands for them.
    pub lost: bool,
}

/// Takes in what the marriage certificates say. A number is asked for only where the marriage was registered in mainland China.
///
/// # Errors
/// `MR-E51` where nothing was chosen, `MR-E32` for a malformed number.
pub async fn show_marriage(ctx: &Ctx, case: CaseId, seen: i64, input: &ShownInput) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::ShowMarriage).await?;
    let mut found = Issues::default();
    let mainland = input.place.trim() == "mainland";
    found.ensure(mainland || input.place.trim() == "elsewhere", || issues::missing("place", "请选择结婚登记地", "choose where the marriage was registered"));
    let cert_no = if mainland { found.keep(printed_number(&input.cert_no)) } else { Some(kernel::text::line(&input.cert_no)) };
    found.finish()?;
    let shown = Shown { cert_no: cert_no.unwrap_or_default(), mainland, lost: input.lost };
    let sealed = store::divorce::seal(ctx.keys(), "shown", case, &shown);
    ctx.db()
        .write(|tx| {
            let (ctx, file, sealed) = (ctx.clone(), file.clone(), sealed.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::ShowMarriage, file.written, "").await?;
                store::divorce::set_shown(&tx, case, sealed).await
            }
        })
        .await
}

/// The interview as typed; what was not answered is none.
#[derive(Debug, Clone, Default)]
pub struct TalkInput {
    /// The man, then the woman: wants the divorce.
    pub willing: [Option<bool>; 2],
    /// The man, then the woman: has full capacity.
    pub capable: [Option<bool>; 2],
    /// Code of what was noticed (Z.1).
    pub suspicion: String,
    /// The registrar's own words.
    pub note: String,
}

/// Records the interview, sealed: at the application, and again at the claim. A "no" is recorded as it is.
///
/// # Errors
/// `MR-E51` for a question without answer.
pub async fn talk(ctx: &Ctx, case: CaseId, seen: i64, input: &TalkInput) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::Talk).await?;
    let ([Some(wants_a), Some(wants_b)], [Some(able_a), Some(able_b)]) = (input.willing, input.capable) else {
        return Err(issues::missing("a_willing", "请逐项询问双方并记录回答", "put every question to both and record the answers").into());
    };
    let talk = Talk {
        willing: [wants_a, wants_b],
        capable: [able_a, able_b],
        suspicion: Suspicion::from_code(input.suspicion.trim()).unwrap_or(Suspicion::None),
        note: kernel::text::lines(&input.note),
    };
    let at_claim = file.written == StateKind::Examined;
    let sealed = store::divorce::seal(ctx.keys(), if at_claim { "claim_talk" } else { "talk" }, case, &talk);
    ctx.db()
        .write(|tx| {
            let (ctx, file, sealed) = (ctx.clone(), file.clone(), sealed.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Talk, file.written, "").await?;
                if at_claim {
                    store::divorce::set_claim_talk(&tx, case, sealed).await
                } else {
                    store::divorce::set_talk(&tx, case, sealed).await
                }
            }
        })
        .await
}
