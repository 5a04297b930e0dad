//! Files in proceedings.

use kernel::{Id, Instant};
use platform::{Ctx, Error, Result, StaffId};
use ::store::{Db, Tx, q};

use crate::supervision::model::ProceedingId;

/// Marker of a file in a proceeding.
#[derive(Debug)]
pub struct AttachmentMark;
/// Id of a file in a proceeding.
pub type AttachmentId = Id<AttachmentMark>;

/// A file about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewRow {
    pub(crate) id: AttachmentId,
    pub(crate) proceeding: ProceedingId,
    pub(crate) own: bool,
    pub(crate) title: String,
    pub(crate) file_name: String,
    pub(crate) file: String,
    pub(crate) bytes: i64,
    pub(crate) sm3: String,
    pub(crate) staff: Option<StaffId>,
    pub(crate) who: String,
}

/// A file as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: AttachmentId,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) proceeding: ProceedingId,
    pub(crate) own: bool,
    title: Vec<u8>,
    file_name: Vec<u8>,
    pub(crate) file: String,
    pub(crate) bytes: i64,
    #[sqlx(try_from = "i64")]
    pub(crate) at: Instant,
    pub(crate) who: String,
}

impl Row {
    /// What the sender says it is.
    pub(crate) fn title(&self, ctx: &Ctx) -> Result<String> {
        ctx.keys().open_text("organization_attachment", "title", &self.id.to_vec(), &self.title).map_err(Error::internal)
    }

    /// As he called it.
    pub(crate) fn file_name(&self, ctx: &Ctx) -> Result<String> {
        ctx.keys().open_text("organization_attachment", "file_name", &self.id.to_vec(), &self.file_name).map_err(Error::internal)
    }
}

/// Writes one.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, new: &NewRow) -> Result<()> {
    let sealed = |column, text: &str| ctx.keys().seal_text("organization_attachment", column, &new.id.to_vec(), text);
    q("INSERT INTO organization_attachment (id, proceeding, own, title, file_name, file, bytes, sm3, at, staff, who) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(new.id)
        .bind(new.proceeding)
        .bind(new.own)
        .bind(sealed("title", &new.title))
        .bind(sealed("file_name", &new.file_name))
        .bind(new.file.as_str())
        .bind(new.bytes)
        .bind(new.sm3.as_str())
        .bind(ctx.now())
        .bind(new.staff)
        .bind(new.who.as_str())
        .exec(tx)
        .await?;
    Ok(())
}

/// How many a proceeding has.
pub(crate) async fn count(tx: &Tx, proceeding: ProceedingId) -> Result<i64> {
    let (n,): (i64,) = q("SELECT COUNT(*) FROM organization_attachment WHERE proceeding = $1").bind(proceeding).one(tx).await?;
    Ok(n)
}

/// One of them.
pub(crate) async fn by_id(db: &Db, id: AttachmentId) -> Result<Option<Row>> {
    Ok(q("SELECT id, proceeding, own, title, file_name, file, bytes, at, who FROM organization_attachment WHERE id = $1").bind(id).opt(db).await?)
}

/// Those of a proceeding, the oldest first; as many as it may have.
pub(crate) async fn of(db: &Db, proceeding: ProceedingId, most: i64) -> Result<Vec<Row>> {
    Ok(q("SELECT id, proceeding, own, title, file_name, file, bytes, at, who FROM organization_attachment WHERE proceeding = $1 ORDER BY id LIMIT $2")
        .bind(proceeding)
        .bind(most)
        .all(db)
        .await?)
}
