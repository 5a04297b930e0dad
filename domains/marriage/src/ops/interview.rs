//! 询问: the fixed questions put to both, and what the registrar noticed (R-MR-12).

use casework::CaseId;
use platform::{Ctx, Result};

use super::{advance, begin};
use crate::issues;
use crate::model::{Interview, Side, Suspicion};
use crate::parameters::questions;
use crate::states::Action;
use crate::store;

/// The interview as typed.
#[derive(Debug, Clone, Default)]
pub struct InterviewInput {
    /// Question, party, answer yes; a question without entry was not answered.
    pub answers: Vec<(String, Side, bool)>,
    /// Code of what was noticed (Z.1).
    pub suspicion: String,
    /// The registrar's own words.
    pub note: String,
    /// Both were told of the voluntary medical examination and the duty to disclose serious illness.
    pub medical_told: bool,
}

/// Records the interview, sealed. A "no" or a suspicion is recorded as it is; it then stops the examination.
pub async fn interview(ctx: &Ctx, case: CaseId, seen: i64, input: &InterviewInput) -> Result<()> {
    let file = begin(ctx, case, Action::Interview).await?;
    let answered = |id: &str, side: Side| input.answers.iter().any(|(question, who, _)| question == id && *who == side);
    let all = questions().questions.iter().all(|question| Side::BOTH.into_iter().all(|side| answered(&question.id, side)));
    if !all {
        return Err(issues::not_willing("interview").into());
    }
    let suspicion = Suspicion::from_code(input.suspicion.trim()).unwrap_or(Suspicion::None);
    let record = Interview {
        version: questions().version.clone(),
        answers: input.answers.clone(),
        suspicion,
        note: kernel::text::lines(&input.note),
    };
    let plain = serde_json::to_vec(&record).expect("plain data");
    let sealed = ctx.keys().seal("marriage_case", "interview", &case.to_vec(), &plain);
    let stops = suspicion != Suspicion::None || record.answers.iter().any(|(_, _, yes)| !yes);
    let (told, to) = (input.medical_told, file.state.kind());
    ctx.db()
        .write(|tx| {
            let (ctx, file, sealed) = (ctx.clone(), file.clone(), sealed.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Interview, to, "").await?;
                store::cases::set_interview(&tx, case, sealed, stops, told, ctx.now()).await
            }
        })
        .await
}
