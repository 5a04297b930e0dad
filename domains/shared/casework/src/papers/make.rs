//! Makes the file of a document and tells the addressees. Called by the outbox, as often as it likes.

use documents::Press;
use kernel::Lang;
use platform::outbox::Handler;
use platform::ports::{BoxFuture, MediaType, PortError};
use platform::{Ctx, Error, Result};

use super::check::open_head;
use super::issue::{MakePayload, token_hash};
use super::{Content, Head, PaperId, compose, post};
use super::store::{self as table, Made, Row};

/// The handler of `paper.make`.
pub(crate) struct Make {
    pub(crate) press: Press,
}

impl Handler for Make {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let payload: MakePayload = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            make(ctx, &self.press, &payload).await.map_err(|error| PortError::Temporary(error.to_string()))
        })
    }
}

/// Makes what is not made yet. The same row gives the same bytes, and the messages carry keys of their own: a second run after
/// a worker has died changes nothing that anybody sees.
async fn make(ctx: &Ctx, press: &Press, payload: &MakePayload) -> Result<()> {
    let row = table::one(ctx.db(), payload.id).await?.ok_or(Error::NotFound)?;
    if row.file.is_some() {
        return Ok(());
    }
    if row.token_hash != token_hash(ctx.keys(), &payload.token) {
        return Err(Error::internal("the token is not the one of this document"));
    }
    let (head, content) = open(ctx, &row)?;
    let mut sheet = compose(&head, &content, &row.number, row.issued_at, Lang::Zh);
    sheet.check_url = format!("{}/d/{}", ctx.settings().public_origin.trim_end_matches('/'), payload.token);
    let job = sheet.job(&content.kind().template(), row.issued_at).map_err(Error::internal)?;
    let pdf = press.render(job).await.map_err(Error::internal)?;
    let signer = ctx.platform().signer();
    let (signature, signer_key) = (signer.sign(&pdf), signer.key_id());
    let files = ctx.platform().files();
    let stored = files.put(pdf, MediaType::Pdf).await?;
    let beside = files.put(signature, MediaType::Binary).await?;
    let made = Made { file: stored.id.as_str().to_owned(), sm3: stored.sm3, signature: beside.id.as_str().to_owned(), signer_key, at: ctx.now() };
    let notices = post::notices(ctx, payload.id, &head).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, made, notices, id) = (ctx.clone(), made.clone(), notices.clone(), payload.id);
            async move {
                if table::made(&tx, id, &made).await? {
                    post::tell(&tx, &ctx, notices).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

/// Head and content of a row.
pub(super) fn open(ctx: &Ctx, row: &Row) -> Result<(Head, Content)> {
    let id: PaperId = row.id;
    let content = ctx.keys().open_text("paper", "content", &id.to_vec(), &row.content).map_err(Error::internal)?;
    Ok((open_head(ctx, id, &row.head)?, serde_json::from_str(&content).map_err(Error::internal)?))
}
