//! A program fetches the file of a licence from its issuer (P5-8, P5-11).

use kernel::{LicenceId, text};
use platform::ports::FileId;
use platform::{Ctx, Error, PersonId, Result, audit};

use crate::issues;
use crate::model::EntryId;
use crate::ops::right::Claim;
use crate::store::entry::{self, Shared};
use crate::store::uses;

/// What a program asks.
#[derive(Clone, Debug)]
pub struct ShareFile {
    /// 证照标识.
    pub identifier: String,
    /// 事项.
    pub item: String,
    /// 事由.
    pub cause: String,
    /// The code that the holder gave for this read; empty under a mandate.
    pub consent: String,
}

/// The file with its signature.
#[derive(Debug)]
pub struct SharedFile {
    /// Name to save it under.
    pub name: String,
    /// The PDF.
    pub content: Vec<u8>,
    /// The detached SM2 signature over it.
    pub signature: Vec<u8>,
}

/// Hands the file to a program that has the holder's consent or a mandate by law. Every attempt is logged.
///
/// # Errors
/// As `share`; E-P501 for an identifier that is not well formed; `NotFound`; E-ST01 before the file is made.
pub async fn share_file(ctx: &Ctx, asked: &ShareFile) -> Result<SharedFile> {
    let claim = Claim::new(ctx, &asked.item, &asked.cause, &asked.consent)?;
    let identifier = LicenceId::parse(&text::line(&asked.identifier))?;
    let row = entry::to_share(ctx.db(), &identifier).await?.ok_or(Error::NotFound)?;
    let (Some(file), Some(signature)) = (row.file.clone(), row.signature.clone()) else {
        return Err(Error::state("文件制作中", "file being made"));
    };
    let allowed = ctx
        .db()
        .write(|tx| {
            let (ctx, claim, row) = (ctx.clone(), claim.clone(), row.clone());
            async move { permit(&tx, &ctx, &claim, &row).await }
        })
        .await?;
    if !allowed {
        return Err(issues::consent_missing().into());
    }
    let files = ctx.platform().files();
    let named = |name: &str| FileId::parse(name).ok_or_else(|| Error::internal("not the name of a file"));
    let (content, _) = files.get(&named(&file)?).await?;
    let (signature, _) = files.get(&named(&signature)?).await?;
    Ok(SharedFile { name: format!("{}.pdf", row.number), content, signature })
}

/// Settles the claim and logs how it came out; either way something is committed.
async fn permit(tx: &store::Tx, ctx: &Ctx, claim: &Claim, row: &Shared) -> Result<bool> {
    let id = EntryId::try_from(row.id.clone()).map_err(Error::internal)?;
    let holder = row.holder_person.clone().map(|person| PersonId::try_from(person).map_err(Error::internal)).transpose()?;
    let right = claim.settle(tx, ctx, &row.type_code).await?.filter(|right| right.covers(holder));
    let (result, basis) = right.map_or(("denied", String::new()), |right| ("pdf", right.basis()));
    let mut used = claim.row.clone();
    used.basis.clone_from(&basis);
    uses::insert(tx, Some(id), ctx.now(), used, result).await?;
    let event = audit::Event::new("licence.share_file", "licence", id)
        .person(holder)
        .reason(&claim.row.cause)
        .detail(serde_json::json!({ "item": claim.row.item, "result": result, "basis": basis }));
    audit::record(tx, ctx, event).await?;
    Ok(result == "pdf")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MARRIAGE;
    use crate::ops::give_consent;
    use crate::ops::testing::{marriage, world};

    store::db_test!(p5_11_a_file_is_fetched_by_its_identifier_with_a_consent_of_its_own, |db| async move {
        let world = world(db).await;
        let me = world.person();
        let mut new = marriage("J990101-2026-000001", "990101200405200017");
        new.holder.person = Some(me);
        let id = world.issue(new).await.expect("issued");
        let identifier = world.row(id).await.identifier;
        let bank = world.program("公积金中心");
        let ask = |consent: &str| ShareFile { identifier: identifier.clone(), item: "提取".into(), cause: "核验".into(), consent: consent.into() };
        assert!(share_file(&bank, &ask("")).await.expect_err("not made yet").has_code("E-ST01"));
        world.make(id).await;
        assert!(share_file(&bank, &ask("")).await.expect_err("no consent").has_code("E-P503"));
        let code = give_consent(&world.citizen(me, 2), MARRIAGE).await.expect("given").code;
        let got = share_file(&bank, &ask(&code)).await.expect("with consent");
        assert!(got.content.starts_with(b"%PDF-1.7") && world.platform.signer().verify(&got.content, &got.signature));
        assert!(share_file(&bank, &ask(&code)).await.expect_err("used twice").has_code("E-P503"));
        let wrong = ShareFile { identifier: format!("{}Q", &identifier[..identifier.len() - 1]), ..ask(&code) };
        assert!(!share_file(&bank, &wrong).await.expect_err("not its check character, or another").issues().is_empty());
        assert!(share_file(&bank, &ShareFile { cause: " ".into(), ..ask(&code) }).await.expect_err("no cause").has_code("E-P507"));
        assert_eq!(world.uses().await, 3, "two refused, one given");
    });
}
