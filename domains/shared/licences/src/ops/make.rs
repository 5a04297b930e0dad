//! Makes the file of a licence: PDF, digest, detached signature. Called by the outbox, as often as it likes.

use documents::Press;
use documents::shapes::Certificate;
use kernel::Instant;
use platform::outbox::Handler;
use platform::ports::{BoxFuture, FileId, MediaType, PortError};
use platform::{Ctx, Error, Result, audit};

use crate::model::{EntryId, State};
use crate::ops::issue::MakePayload;
use crate::ops::report;
use crate::store::entry::{self, Made, ToMake};
use crate::token::Secret;
use crate::hashes;

/// The handler of `licence.make`.
pub(crate) struct Make {
    pub(crate) press: Press,
}

impl Handler for Make {
    fn handle<'a>(&'a self, ctx: &'a Ctx, _dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, Result<(), PortError>> {
        Box::pin(async move {
            let payload: MakePayload = serde_json::from_value(payload).map_err(permanent)?;
            let token: Secret = payload.token.parse().map_err(permanent)?;
            make(ctx, &self.press, payload.id, &token).await.map_err(|error| PortError::Temporary(error.to_string()))
        })
    }
}

fn permanent(error: impl std::fmt::Display) -> PortError {
    PortError::Permanent(error.to_string())
}

/// Makes what is not made yet. The same entry gives the same PDF, so a second run changes nothing.
async fn make(ctx: &Ctx, press: &Press, id: EntryId, token: &Secret) -> Result<()> {
    let row = entry::to_make(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    if State::from_code(&row.state) != State::ToMake {
        return Ok(());
    }
    if row.token_hash != hashes::secret(ctx.keys(), "licence token", token) {
        return Err(Error::internal("the token is not the one of this licence"));
    }
    let pdf = render(ctx, press, id, token, &row).await?;
    let signer = ctx.platform().signer();
    let signature = signer.sign(&pdf);
    let files = ctx.platform().files();
    let stored = files.put(pdf, MediaType::Pdf).await?;
    let beside = files.put(signature, MediaType::Binary).await?;
    let made = Made {
        file: stored.id.as_str().to_owned(),
        sm3: stored.sm3,
        signature: beside.id.as_str().to_owned(),
        signer_key: signer.key_id(),
        at: ctx.now(),
    };
    let event = audit::Event::new("licence.make", "licence", id).detail(serde_json::json!({ "identifier": row.identifier, "sm3": made.sm3 }));
    let row = std::sync::Arc::new(row);
    ctx.db()
        .write(|tx| {
            let (ctx, made, event, row) = (ctx.clone(), made.clone(), event.clone(), row.clone());
            async move {
                if entry::made(&tx, id, made).await? {
                    crate::notices::ready(&tx, &ctx, id, &row).await?;
                    report::due(&tx, &ctx, id, State::Valid).await?;
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

async fn render(ctx: &Ctx, press: &Press, id: EntryId, token: &Secret, row: &ToMake) -> Result<Vec<u8>> {
    let face = open_face(ctx, id, token, &row.face)?;
    print(ctx, press, &face, &row.template, row.photo.as_deref(), Instant::from_micros(row.issued_at)).await
}

/// The face of an entry with the address of its check.
pub(crate) fn open_face(ctx: &Ctx, id: EntryId, token: &Secret, sealed: &[u8]) -> Result<Certificate> {
    let face = ctx.keys().open_text("lic", "face", &id.to_vec(), sealed).map_err(Error::internal)?;
    let mut face: Certificate = serde_json::from_str(&face).map_err(Error::internal)?;
    // A service with a page of its own for checks has put its address there.
    if face.check_url.is_empty() {
        face.check_url = format!("{}/c/{token}", ctx.settings().public_origin.trim_end_matches('/'));
    }
    Ok(face)
}

/// The page, as PDF.
pub(crate) async fn print(ctx: &Ctx, press: &Press, face: &Certificate, template: &str, photo: Option<&str>, at: Instant) -> Result<Vec<u8>> {
    let photo = match photo.map(|photo| FileId::parse(photo).ok_or_else(|| Error::internal("not the name of a file"))) {
        Some(photo) => Some(ctx.platform().files().get(&photo?).await?.0),
        None => None,
    };
    let job = face.job(template, photo, at).map_err(Error::internal)?;
    press.render(job).await.map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{marriage, world};

    store::db_test!(p5_7_the_file_is_made_once_signed_and_registered_by_its_digest, |db| async move {
        let world = world(db).await;
        let id = world.issue(marriage("J990101-2026-000001", "990101200405200017")).await.expect("issued");
        assert_eq!(world.row(id).await.state, "make");
        world.make(id).await;
        let first = world.row(id).await;
        assert_eq!(first.state, "01");
        world.make(id).await;
        assert_eq!(world.row(id).await.file, first.file, "a second run changes nothing");
        let files = world.platform.files();
        let file = FileId::parse(first.file.as_deref().expect("made")).expect("well formed");
        let (pdf, kind) = files.get(&file).await.expect("stored");
        assert_eq!(kind, MediaType::Pdf);
        let signature = FileId::parse(first.signature.as_deref().expect("signed")).expect("well formed");
        let (signature, _) = files.get(&signature).await.expect("stored");
        assert!(world.platform.signer().verify(&pdf, &signature));
        assert!(!world.platform.signer().verify(&pdf[1..], &signature));
    });

    store::db_test!(a_licence_that_ended_meanwhile_gets_no_file, |db| async move {
        let world = world(db).await;
        let id = world.issue(marriage("J990101-2026-000002", "990101200405200017")).await.expect("issued");
        world.end(id).await;
        world.make(id).await;
        let row = world.row(id).await;
        assert_eq!((row.state.as_str(), row.file), ("08", None));
    });
}
