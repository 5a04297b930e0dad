//! How somebody wants to see the pages.

use platform::Result;
use store::{Db, Tx, q};

/// A row: language, size of type, contrast.
pub(crate) type ViewRow = (Option<String>, Option<String>, Option<String>);

/// What was chosen.
pub(crate) async fn find(db: &Db, holder: &[u8]) -> Result<Option<ViewRow>> {
    Ok(q("SELECT lang, mode, contrast FROM view_choice WHERE holder = $1").bind(holder).opt(db).await?)
}

/// Forgets what was chosen.
pub(crate) async fn forget(tx: &Tx, holder: &[u8]) -> Result<()> {
    q("DELETE FROM view_choice WHERE holder = $1").bind(holder).exec(tx).await?;
    Ok(())
}

/// Keeps what was chosen; what is absent stays as it is.
pub(crate) async fn put(tx: &Tx, holder: &[u8], (lang, mode, contrast): ViewRow) -> Result<()> {
    q("INSERT INTO view_choice (holder, lang, mode, contrast) VALUES ($1, $2, $3, $4) ON CONFLICT (holder) DO UPDATE SET \
       lang = COALESCE(excluded.lang, view_choice.lang), mode = COALESCE(excluded.mode, view_choice.mode), \
       contrast = COALESCE(excluded.contrast, view_choice.contrast)")
    .bind(holder)
    .bind(lang)
    .bind(mode)
    .bind(contrast)
    .exec(tx)
    .await?;
    Ok(())
}
