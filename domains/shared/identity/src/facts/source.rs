//! For which kinds of fact this instance can answer "none".

use kernel::{Instant, Issue};
use platform::{Ctx, Result, Role, audit};
use store::Db;

use super::{FactKind, store as tables};

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
    ctx.require_role(&[Role::SystemAdmin, Role::SecurityAdmin])?;
    let note = kernel::text::line(note);
    if note.is_empty() {
        return Err(Issue::error("C-E10", "请写明原因", "please give the reason").field("note").into());
    }
    let (ctx, db) = (ctx.clone(), ctx.db().clone());
    db.write(move |tx| {
        let (ctx, note) = (ctx.clone(), note.clone());
        async move {
            tables::set_source(&tx, kind.code(), answers, &note, &ctx.actor().key(), ctx.now()).await?;
            audit::record(&tx, &ctx, audit::Event::new("facts.source", "fact_source", kind.code()).reason(note)).await
        }
    })
    .await
}

/// The state of every kind that was ever set.
pub async fn sources(db: &Db) -> Result<Vec<SourceState>> {
    tables::sources(db).await
}

/// The kinds that are answered now.
pub(super) async fn answering(db: &Db) -> Result<Vec<FactKind>> {
    Ok(tables::answering(db).await?.iter().filter_map(|code| FactKind::from_code(code)).collect())
}
