//! Makes the package. Called by the outbox, as often as it likes.

use platform::outbox::Handler;
use platform::ports::{BoxFuture, MediaType, PortError};
use platform::{Ctx, Error, Result, audit};

use super::contents::{Content, gather, index, metadata};
use super::store::{self, CaseRow, NewPackage};
use super::verify::{LIST, SIGNATURE, digest, list_of, look};
use super::{Terms, tar};
use crate::CaseId;
use crate::ops::{self, Act};

/// The handler of `archive.pack`.
pub(super) struct Pack;

impl Handler for Pack {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let case: CaseId = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            let temporary = |error: Error| PortError::Temporary(error.to_string());
            let row = store::case(ctx.db(), case).await.map_err(temporary)?.ok_or_else(|| PortError::Permanent("no such case".to_owned()))?;
            if store::package(ctx.db(), case).await.map_err(temporary)?.is_none() {
                let contents = gather(ctx, case).await.map_err(temporary)?;
                let contents = contents.ok_or_else(|| PortError::Temporary("a document of the case is not made yet".to_owned()))?;
                pack(ctx, &row, contents).await.map_err(temporary)?;
            }
            close(ctx, &row).await.map_err(temporary)
        })
    }
}

async fn pack(ctx: &Ctx, row: &CaseRow, contents: Vec<Content>) -> Result<()> {
    let finished_on = row.closed().ok_or(Error::NotFound)?.day();
    let authority = store::authority(ctx.db(), row.org).await?;
    let entries: Vec<_> = contents.iter().map(Content::entry).collect();
    let mut files: Vec<(String, Vec<u8>)> = contents.into_iter().map(|content| (content.file, content.bytes)).collect();
    files.push(("metadata.xml".to_owned(), metadata(row, &authority, &entries)));
    files.push(("index.html".to_owned(), index(row, &authority, &entries)));
    let list = list_of(files.iter().map(|(name, content)| (name.as_str(), content.as_slice()))).into_bytes();
    let listed_sm3 = digest(&list);
    files.push((SIGNATURE.to_owned(), ctx.platform().signer().sign(&list)));
    files.push((LIST.to_owned(), list));
    let package = tar::write(&files);
    look(ctx, &package).map_err(|file| Error::internal(format!("a package that is not whole when it is made: {file}")))?;
    let stored = ctx.platform().files().put(package, MediaType::Binary).await?;
    let new = NewPackage {
        case: row.id,
        region: row.region,
        org: row.org,
        finished_on,
        due_on: Terms::carried().due(finished_on),
        file: stored.id.as_str().to_owned(),
        listed_sm3,
        bytes: i64::try_from(stored.bytes).map_err(Error::internal)?,
        files: i64::try_from(files.len()).map_err(Error::internal)?,
        at: ctx.now(),
        by: ctx.actor().key(),
    };
    let event = audit::Event::new("archive.pack", "case", row.id).region(&row.region).detail(serde_json::json!({ "list": new.listed_sm3 }));
    ctx.db()
        .write(|tx| {
            let (ctx, new, event) = (ctx.clone(), new.clone(), event.clone());
            async move {
                if store::insert(&tx, &new).await? {
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

/// Moves a case of the engine to its last state, where its matter has that move. Others stay finished; the package says the rest.
async fn close(ctx: &Ctx, row: &CaseRow) -> Result<()> {
    if row.case_type.is_empty() {
        return Ok(());
    }
    let seen = store::version(ctx.db(), row.id).await?;
    match ops::act(ctx, row.id, Act::new("archive", seen)).await {
        // A refused or withdrawn case has no such move.
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
