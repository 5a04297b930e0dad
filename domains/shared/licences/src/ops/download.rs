//! The holder takes the file, or the signature beside it.

use platform::ports::{FileId, MediaType};
use platform::{Ctx, Error, PersonId, Result, audit};

use crate::issues;
use crate::model::{EntryId, Way};
use crate::store::entry;
use crate::store::uses;

/// Level of assurance that a download needs (P8).
pub(crate) const LEVEL: u8 = 3;

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The PDF.
    File,
    /// The detached SM2 signature (r ‖ s, 64 bytes) over it.
    Signature,
}

/// A file on its way to the holder.
#[derive(Debug)]
pub struct Download {
    /// Name to save it under: the number of the licence.
    pub name: String,
    /// Its type.
    pub media_type: MediaType,
    /// Its content.
    pub content: Vec<u8>,
}

/// Hands the file to its holder; every attempt is logged, that of somebody else as denied (P5-10, P5-12).
///
/// # Errors
/// `SignIn`; `NotFound` for what is not one's own; E-P802 below level 3; E-ST01 before the file is made.
pub async fn download(ctx: &Ctx, id: EntryId, part: Part) -> Result<Download> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?.clone();
    let row = entry::files(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let holder = row.holder_person.map(|person| PersonId::try_from(person).map_err(Error::internal)).transpose()?;
    if holder.is_none() || holder != citizen.person {
        log(ctx, id, holder, "denied").await?;
        return Err(Error::NotFound);
    }
    if citizen.level < LEVEL {
        log(ctx, id, holder, "level").await?;
        return Err(Error::Denied(issues::level_too_low()));
    }
    let (stored, ending) = match part {
        Part::File => (row.file, "pdf"),
        Part::Signature => (row.signature, "pdf.sm2"),
    };
    let stored = stored.ok_or_else(|| Error::state("文件制作中", "file being made"))?;
    let stored = FileId::parse(&stored).ok_or_else(|| Error::internal("not the name of a file"))?;
    let (content, media_type) = ctx.platform().files().get(&stored).await?;
    log(ctx, id, holder, ending).await?;
    Ok(Download { name: format!("{}.{ending}", row.number), media_type, content })
}

async fn log(ctx: &Ctx, id: EntryId, holder: Option<PersonId>, result: &'static str) -> Result<()> {
    let event =
        audit::Event::new("licence.download", "licence", id).person(holder).detail(serde_json::json!({ "result": result }));
    uses::log(ctx, Way::Download, Some(id), event, result).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{marriage, world};

    store::db_test!(p5_10_only_the_holder_at_level_3_takes_the_file, |db| async move {
        let world = world(db).await;
        let (me, other) = (world.person(), world.person());
        let mut new = marriage("J990101-2026-000001", "990101200405200017");
        new.holder.person = Some(me);
        let drawn = world.drawn();
        let id = world.issue_drawn(&drawn, new).await.expect("issued");
        let early = download(&world.citizen(me, 3), id, Part::File).await.expect_err("not made yet");
        assert!(early.has_code("E-ST01"), "{early}");
        world.make(id).await;
        let low = download(&world.citizen(me, 2), id, Part::File).await.expect_err("level 2");
        assert!(low.has_code("E-P802"), "{low}");
        let pdf = download(&world.citizen(me, 3), id, Part::File).await.expect("level 3");
        assert!(pdf.content.starts_with(b"%PDF-1.7") && pdf.name == "J990101-2026-000001.pdf");
        let signature = download(&world.citizen(me, 3), id, Part::Signature).await.expect("level 3");
        assert!(world.platform.signer().verify(&pdf.content, &signature.content));
        // Somebody else learns nothing, and the holder sees that it was tried.
        assert!(matches!(download(&world.citizen(other, 3), id, Part::File).await, Err(Error::NotFound)));
        assert!(matches!(download(&world.ctx, id, Part::File).await, Err(Error::SignIn)));
        let uses: Vec<String> = uses::of(&world.platform.db().clone(), id).await.expect("read").into_iter().map(|used| used.result).collect();
        assert_eq!(uses.iter().filter(|result| *result == "denied").count(), 1, "{uses:?}");
    });
}
