//! Rows of `organization_announcement`.

use kernel::{Day, Id};
use platform::{Ctx, Error, Result};
use ::store::{Db, Tx, q};

use crate::announcements::{Announcement, AnnouncementMark, Announced};
use crate::model::OrganizationId;

/// Announces.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, organization: OrganizationId, new: &Announcement, due_on: Day) -> Result<()> {
    let id: Id<AnnouncementMark> = ctx.id();
    q("INSERT INTO organization_announcement (id, organization, kind, decided_on, due_on, announced_on, name, uscc, detail) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(id)
    .bind(organization)
    .bind(new.kind.code())
    .bind(ctx.today())
    .bind(due_on)
    .bind(ctx.today())
    .bind(&new.name)
    .bind(&new.uscc)
    .bind(serde_json::to_string(&new.lines).expect("plain data"))
    .exec(tx)
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<AnnouncementMark>,
    kind: String,
    #[sqlx(try_from = "String")]
    decided_on: Day,
    #[sqlx(try_from = "String")]
    due_on: Day,
    #[sqlx(try_from = "String")]
    announced_on: Day,
    name: String,
    uscc: String,
    detail: String,
}

/// Newest first, below a row where one is given; `limit` at most.
pub(crate) async fn newest(db: &Db, before: Option<Id<AnnouncementMark>>, limit: i64) -> Result<Vec<Announced>> {
    let mut query = q("SELECT id, kind, decided_on, due_on, announced_on, name, uscc, detail FROM organization_announcement");
    if let Some(before) = before {
        query = query.sql(" WHERE id < ").arg(before);
    }
    let rows: Vec<Row> = query.sql(" ORDER BY id DESC LIMIT ").arg(limit).all(db).await?;
    let announced = |row: Row| {
        Ok(Announced {
            id: row.id,
            decided_on: row.decided_on,
            due_on: row.due_on,
            announced_on: row.announced_on,
            what: Announcement {
                kind: crate::announcements::Kind::from_code(&row.kind).ok_or_else(|| Error::internal("an announcement of no kind"))?,
                name: row.name,
                uscc: row.uscc,
                lines: serde_json::from_str(&row.detail).map_err(Error::internal)?,
            },
        })
    };
    rows.into_iter().map(announced).collect()
}
