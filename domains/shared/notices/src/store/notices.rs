//! The notices themselves.

use kernel::Instant;
use platform::{Ctx, Error, Result};
use store::{Db, Tx, q};

use crate::model::{Notice, NoticeId, To, Words};
use crate::topics::Topic;

/// A notice as read.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: NoticeId,
    pub(crate) topic: String,
    words: Vec<u8>,
    pub(crate) link: Option<String>,
    pub(crate) urgent: bool,
    #[sqlx(try_from = "i64")]
    pub(crate) told_at: Instant,
    pub(crate) read_at: Option<i64>,
}

impl Row {
    pub(crate) fn words(&self, ctx: &Ctx) -> Result<Words> {
        let json = ctx.keys().open("notice", "words", &self.id.to_vec(), &self.words).map_err(Error::internal)?;
        serde_json::from_slice(&json).map_err(Error::internal)
    }
}

/// Writes a notice. False if its key is known.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, id: NoticeId, notice: &Notice, visible_at: Instant) -> Result<bool> {
    let holder = match notice.to {
        To::Account(account) => Some(account.to_vec()),
        To::Person(person) => Some(person.to_vec()),
        To::Staff(staff) => Some(staff.to_vec()),
        To::Address => None,
    };
    let words = serde_json::to_vec(&notice.words).map_err(Error::internal)?;
    let added = q("INSERT INTO notice (id, holder, topic, dedupe, words, link, urgent, told_at, visible_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (dedupe) DO NOTHING")
        .bind(id)
        .bind(holder)
        .bind(notice.topic.code())
        .bind(&notice.dedupe)
        .bind(ctx.keys().seal("notice", "words", &id.to_vec(), &words))
        .bind(notice.link.clone())
        .bind(notice.urgent)
        .bind(ctx.now())
        .bind(visible_at)
        .exec(tx)
        .await?;
    Ok(added == 1)
}

/// The newest notices of these holders before `before`.
pub(crate) async fn list(
    db: &Db,
    holders: &[Vec<u8>],
    topic: Option<Topic>,
    unread: bool,
    before: Option<NoticeId>,
    now: Instant,
    most: i64,
) -> Result<Vec<Row>> {
    let mut query = q("SELECT id, topic, words, link, urgent, told_at, read_at FROM notice WHERE holder IN (")
        .list(holders.iter())
        .sql(") AND visible_at <= ")
        .arg(now);
    if let Some(topic) = topic {
        query = query.sql(" AND topic = ").arg(topic.code());
    }
    if unread {
        query = query.sql(" AND read_at IS NULL");
    }
    if let Some(before) = before {
        query = query.sql(" AND id < ").arg(before);
    }
    Ok(query.sql(" ORDER BY id DESC LIMIT ").arg(most).all(db).await?)
}

/// How many of the newest `most` notices there are by topic.
pub(crate) async fn counts(db: &Db, holders: &[Vec<u8>], now: Instant, most: i64) -> Result<Vec<(String, i64)>> {
    Ok(q("SELECT topic, COUNT(*) FROM (SELECT topic FROM notice WHERE holder IN (")
        .list(holders.iter())
        .sql(") AND visible_at <= ")
        .arg(now)
        .sql(" ORDER BY id DESC LIMIT ")
        .arg(most)
        .sql(") AS newest GROUP BY topic")
        .all(db)
        .await?)
}

/// How many have not been read, counted up to `most`.
pub(crate) async fn unread(db: &Db, holders: &[Vec<u8>], now: Instant, most: i64) -> Result<i64> {
    let (count,): (i64,) = q("SELECT COUNT(*) FROM (SELECT id FROM notice WHERE read_at IS NULL AND holder IN (")
        .list(holders.iter())
        .sql(") AND visible_at <= ")
        .arg(now)
        .sql(" LIMIT ")
        .arg(most)
        .sql(") AS unread")
        .one(db)
        .await?;
    Ok(count)
}

/// One notice of these holders.
pub(crate) async fn find(db: &Db, holders: &[Vec<u8>], id: NoticeId, now: Instant) -> Result<Option<Row>> {
    Ok(q("SELECT id, topic, words, link, urgent, told_at, read_at FROM notice WHERE holder IN (")
        .list(holders.iter())
        .sql(") AND id = ")
        .arg(id)
        .sql(" AND visible_at <= ")
        .arg(now)
        .opt(db)
        .await?)
}

/// Marks as read: one notice, or all that were told until now. The first reading counts.
pub(crate) async fn mark_read(tx: &Tx, holders: &[Vec<u8>], id: Option<NoticeId>, now: Instant) -> Result<u64> {
    let mut query = q("UPDATE notice SET read_at = ").arg(now).sql(" WHERE read_at IS NULL AND holder IN (").list(holders.iter()).sql(") AND visible_at <= ").arg(now);
    if let Some(id) = id {
        query = query.sql(" AND id = ").arg(id);
    }
    Ok(query.exec(tx).await?)
}

/// The notice with this key, while nobody can have seen it.
pub(crate) async fn unseen(tx: &Tx, dedupe: &str, now: Instant) -> Result<Option<NoticeId>> {
    let row: Option<(Vec<u8>,)> = q("SELECT id FROM notice WHERE dedupe = $1 AND visible_at > $2").bind(dedupe).bind(now).opt(tx).await?;
    row.map(|(id,)| NoticeId::try_from(id).map_err(Error::internal)).transpose()
}

/// Notices of a topic from before a moment.
pub(crate) async fn told_before(db: &Db, topic: Topic, before: Instant, most: i64) -> Result<Vec<NoticeId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT id FROM notice WHERE topic = $1 AND told_at < $2 ORDER BY told_at LIMIT $3")
        .bind(topic.code())
        .bind(before)
        .bind(most)
        .all(db)
        .await?;
    rows.into_iter().map(|(id,)| NoticeId::try_from(id).map_err(Error::internal)).collect()
}

/// Removes notices with their deliveries.
pub(crate) async fn remove(tx: &Tx, ids: &[NoticeId]) -> Result<()> {
    q("DELETE FROM notice_delivery WHERE notice_id IN (").list(ids.iter().copied()).sql(")").exec(tx).await?;
    q("DELETE FROM notice WHERE id IN (").list(ids.iter().copied()).sql(")").exec(tx).await?;
    Ok(())
}
