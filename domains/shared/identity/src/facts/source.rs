//! For which kinds of fact this instance can answer "none".

use kernel::{Instant, Issue};
use platform::{Ctx, Result, Role, audit};
use store::{Db, q};

use super::FactKind;

/// Whether a kind of fact is answered.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SourceState {
    /// Code of the kind.
    pub kind: String,
    /// Whether the base is connected and complete enough to say "none".
    pub answers: bool,
    /// What an officer reads beside the answer.
    pub note: String,
    /// Who set it.
    pub set_by: String,
    /// When.
    #[sqlx(try_from = "i64")]
    pub set_at: Instant,
}

/// Switches the answers of one kind on or off, with the reason; an administrator's act.
pub async fn set_source(ctx: &Ctx, kind: FactKind, answers: bool, note: &str) -> Result<()> {
    ctx.require_role(&[Role::SystemAdmin])?;
    let note = kernel::text::line(note);
    if note.is_empty() {
        return Err(Issue::error("C-E10", "请写明原因", "please give the reason").field("note").into());
    }
    let (ctx, db) = (ctx.clone(), ctx.db().clone());
    db.write(move |tx| {
        let (ctx, note) = (ctx.clone(), note.clone());
        async move {
            q("INSERT INTO fact_source (kind, answers, note, set_by, set_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (kind) DO UPDATE SET answers = $2, note = $3, set_by = $4, set_at = $5")
            .bind(kind.code())
            .bind(answers)
            .bind(note.as_str())
            .bind(ctx.actor().key())
            .bind(ctx.now())
            .exec(&tx)
            .await?;
            audit::record(&tx, &ctx, audit::Event::new("facts.source", "fact_source", kind.code()).reason(note)).await
        }
    })
    .await
}

/// The state of every kind that was ever set.
pub async fn sources(db: &Db) -> Result<Vec<SourceState>> {
    Ok(q("SELECT kind, answers, note, set_by, set_at FROM fact_source ORDER BY kind").all(db).await?)
}

/// The kinds that are answered now.
pub(super) async fn answering(db: &Db) -> Result<Vec<FactKind>> {
    let rows: Vec<(String,)> = q("SELECT kind FROM fact_source WHERE answers").all(db).await?;
    Ok(rows.into_iter().filter_map(|(kind,)| FactKind::from_code(&kind)).collect())
}
