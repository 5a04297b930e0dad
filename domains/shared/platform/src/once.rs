//! Writing calls of programs happen once: the first call with a key runs, and its answer is kept for whoever repeats it.
//!
//! Only what changed something is kept. A call that was refused has changed nothing; it lets its key go and may be tried again.

use std::time::Duration;

use kernel::{Id, Instant};
use store::{keys::Purpose, q};

use crate::{Ctx, Error, Job, Result, Service};

/// Hours for which an answer is kept.
const KEPT_HOURS: i64 = 24;
/// Seconds after which a call that neither ended nor let go is taken for lost.
const LOST_SECONDS: i64 = 120;

/// Marker of a kept answer.
#[derive(Debug)]
pub struct KeptAnswer;

/// The answer of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Media type of the content.
    pub kind: String,
    /// `ETag`, if there was one.
    pub tag: Option<String>,
    /// The content.
    pub content: Vec<u8>,
}

/// What a key turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// New: the call runs, and [`keep`] or [`release`] ends it.
    Run(Id<KeptAnswer>),
    /// The call ran already; this was its answer.
    Done(Reply),
    /// The same call is running at this moment.
    Running,
    /// The key was used for another call.
    Other,
}

/// The columns of keyed hashes of this crate.
pub const HASHES: &[store::HashColumn] = &[store::HashColumn::kept(("kept_answer", "key_hash"), "the key of a call is not kept, and its answer only for a day")];

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<KeptAnswer>,
    request: Vec<u8>,
    #[sqlx(try_from = "i64")]
    begun_at: Instant,
    status: Option<i64>,
    kind: Option<String>,
    tag: Option<String>,
    content: Option<Vec<u8>>,
}

/// Claims a key of the caller for the call that `request` describes.
///
/// # Errors
/// Those of the database.
pub async fn claim(ctx: &Ctx, key: &str, request: &[u8]) -> Result<Claim> {
    let (key, request) = (ctx.keys().hash(Purpose::Token, key), ctx.keys().hash_bytes(Purpose::Token, request));
    let id: Id<KeptAnswer> = ctx.id();
    ctx.db()
        .write_note(|tx| {
            let (ctx, key, request) = (ctx.clone(), key.clone(), request.clone());
            async move {
                let (kept_since, lost_since) = (ctx.now().plus_hours(-KEPT_HOURS), ctx.now().plus_secs(-LOST_SECONDS));
                // What is too old to be told again, or was lost, is taken over; a row of another call is not touched.
                let claimed = q("INSERT INTO kept_answer (id, caller, key_hash, request, begun_at) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (caller, key_hash) DO UPDATE SET id = excluded.id, request = excluded.request, begun_at = excluded.begun_at, \
                     status = NULL, kind = NULL, tag = NULL, content = NULL \
                     WHERE kept_answer.begun_at < $6 OR (kept_answer.status IS NULL AND kept_answer.begun_at < $7)")
                .bind(id)
                .bind(ctx.actor().key())
                .bind(key.clone())
                .bind(request.clone())
                .bind(ctx.now())
                .bind(kept_since)
                .bind(lost_since)
                .exec(&tx)
                .await?;
                if claimed == 1 {
                    return Ok(Claim::Run(id));
                }
                let row: Row = q("SELECT id, request, begun_at, status, kind, tag, content FROM kept_answer WHERE caller = $1 AND key_hash = $2")
                    .bind(ctx.actor().key())
                    .bind(key)
                    .one(&tx)
                    .await?;
                if row.request != request {
                    return Ok(Claim::Other);
                }
                Ok::<_, Error>(reply(&ctx, row)?.map_or(Claim::Running, Claim::Done))
            }
        })
        .await
}

fn reply(ctx: &Ctx, row: Row) -> Result<Option<Reply>> {
    let (Some(status), Some(sealed)) = (row.status, row.content) else {
        tracing::debug!(begun_at = %row.begun_at, "a call was repeated while it ran");
        return Ok(None);
    };
    let content = ctx.keys().open("kept_answer", "content", &row.id.to_vec(), &sealed).map_err(Error::internal)?;
    Ok(Some(Reply { status: u16::try_from(status).map_err(Error::internal)?, kind: row.kind.unwrap_or_default(), tag: row.tag, content }))
}

/// Keeps the answer of a call that changed something.
///
/// # Errors
/// Those of the database.
pub async fn keep(ctx: &Ctx, id: Id<KeptAnswer>, reply: &Reply) -> Result<()> {
    let sealed = ctx.keys().seal("kept_answer", "content", &id.to_vec(), &reply.content);
    ctx.db()
        .write_note(|tx| {
            let (reply, sealed) = (reply.clone(), sealed.clone());
            async move {
                q("UPDATE kept_answer SET status = $2, kind = $3, tag = $4, content = $5 WHERE id = $1")
                    .bind(id)
                    .bind(i64::from(reply.status))
                    .bind(reply.kind)
                    .bind(reply.tag)
                    .bind(sealed)
                    .exec(&tx)
                    .await?;
                Ok::<_, Error>(())
            }
        })
        .await
}

/// Lets the key of a call go that changed nothing.
///
/// # Errors
/// Those of the database.
pub async fn release(ctx: &Ctx, id: Id<KeptAnswer>) -> Result<()> {
    ctx.db()
        .write_note(|tx| async move {
            q("DELETE FROM kept_answer WHERE id = $1 AND status IS NULL").bind(id).exec(&tx).await?;
            Ok::<_, Error>(())
        })
        .await
}

/// Forgets what is older than answers are kept.
async fn forget(ctx: Ctx) -> Result<()> {
    let before = ctx.now().plus_hours(-KEPT_HOURS);
    ctx.db()
        .write(|tx| async move {
            q("DELETE FROM kept_answer WHERE begun_at < $1").bind(before).exec(&tx).await?;
            Ok::<_, Error>(())
        })
        .await
}

/// Forgetting old answers.
pub fn service() -> Service {
    let forgetting = Job { name: "once.forget", every: Duration::from_secs(3600), run: |ctx| Box::pin(forget(ctx)) };
    Service { name: "once", jobs: vec![forgetting], handlers: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply() -> Reply {
        Reply { status: 200, kind: "application/json".to_owned(), tag: Some("\"3\"".to_owned()), content: b"{}".to_vec() }
    }

    store::db_test!(a_call_runs_once_for_a_key_and_its_answer_is_told_again, |db| async move {
        let platform = crate::testing::platform(db);
        let ctx = platform.system();
        let Claim::Run(id) = claim(&ctx, "key-0001", b"POST /x {}").await.expect("claimed") else { panic!("a new key runs") };
        assert_eq!(claim(&ctx, "key-0001", b"POST /x {}").await.expect("claimed"), Claim::Running);
        keep(&ctx, id, &reply()).await.expect("kept");
        assert_eq!(claim(&ctx, "key-0001", b"POST /x {}").await.expect("claimed"), Claim::Done(reply()));
        assert_eq!(claim(&ctx, "key-0001", b"POST /y {}").await.expect("claimed"), Claim::Other);
        platform.set_now(ctx.now().plus_hours(KEPT_HOURS + 1));
        assert!(matches!(claim(&platform.system(), "key-0001", b"POST /y {}").await.expect("claimed"), Claim::Run(_)));
    });

    store::db_test!(a_call_that_changed_nothing_or_was_lost_lets_its_key_go, |db| async move {
        let platform = crate::testing::platform(db);
        let ctx = platform.system();
        let Claim::Run(id) = claim(&ctx, "key-0002", b"a").await.expect("claimed") else { panic!("a new key runs") };
        release(&ctx, id).await.expect("released");
        assert!(matches!(claim(&ctx, "key-0002", b"b").await.expect("claimed"), Claim::Run(_)));
        platform.set_now(ctx.now().plus_secs(LOST_SECONDS + 1));
        let later = platform.system();
        assert!(matches!(claim(&later, "key-0002", b"b").await.expect("claimed"), Claim::Run(_)));
        forget(later).await.expect("forgotten");
    });
}
