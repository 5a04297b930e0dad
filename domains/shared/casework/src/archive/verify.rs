//! Verifying a package: every file against the list of digests, the list against its signature.

use platform::ports::FileId;
use platform::{Ctx, Error, Result, Scope, audit};

use super::{MAY, issues, store, tar};
use crate::CaseId;

/// The list of digests.
pub(super) const LIST: &str = "sm3.txt";
/// Its signature.
pub(super) const SIGNATURE: &str = "sm3.txt.sm2";

/// The digest of a content, hexadecimal.
pub(super) fn digest(content: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&<sm3::Sm3 as sm3::Digest>::digest(content))
}

/// The list of digests of files, in order: `<digest>  <name>`.
pub(super) fn list_of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    files.into_iter().map(|(name, content)| format!("{}  {name}\n", digest(content))).collect()
}

/// Looks through a package. `Err` is the first file that is not as it was.
pub(super) fn look(ctx: &Ctx, package: &[u8]) -> Result<(), String> {
    let files = tar::read(package)?;
    let content = |wanted: &str| files.iter().find(|(name, _)| name == wanted).map(|(_, content)| *content).ok_or_else(|| wanted.to_owned());
    let (list, signature) = (content(LIST)?, content(SIGNATURE)?);
    if !ctx.platform().signer().verify(list, signature) {
        return Err(LIST.to_owned());
    }
    let list = std::str::from_utf8(list).map_err(|_| LIST.to_owned())?;
    let mut listed = list.lines();
    for (name, content) in files.iter().filter(|(name, _)| name != LIST && name != SIGNATURE) {
        let line = listed.next().ok_or_else(|| name.clone())?;
        if line != format!("{}  {name}", digest(content)) {
            return Err(name.clone());
        }
    }
    match listed.next() {
        None => Ok(()),
        Some(line) => Err(line.split("  ").nth(1).unwrap_or(LIST).to_owned()),
    }
}

async fn authorised(ctx: &Ctx, case: CaseId) -> Result<store::PackageRow> {
    let row = store::package(ctx.db(), case).await?.ok_or(Error::NotFound)?;
    ctx.require(MAY, &Scope::region(row.region).org(row.org)).await?;
    Ok(row)
}

/// The package as it lies in the store of files; `None` when it cannot even be read.
async fn stored(ctx: &Ctx, row: &store::PackageRow) -> Option<Vec<u8>> {
    let file = FileId::parse(&row.file)?;
    ctx.platform().files().get(&file).await.ok().map(|(content, _)| content)
}

/// Verifies the stored package of a case and writes down how it came out.
///
/// # Errors
/// E-P211 with the first file that is not as it was.
pub async fn verify(ctx: &Ctx, case: CaseId) -> Result<()> {
    let row = authorised(ctx, case).await?;
    let outcome = match stored(ctx, &row).await {
        Some(package) => compare(ctx, &row, &package),
        None => Err("package.tar".to_owned()),
    };
    let damaged = outcome.as_ref().err().cloned().unwrap_or_default();
    let event = audit::Event::new("archive.verify", "case", case).region(&row.region).detail(serde_json::json!({ "damaged": damaged }));
    let now = ctx.now();
    ctx.db()
        .write(|tx| {
            let (ctx, damaged, event) = (ctx.clone(), damaged.clone(), event.clone());
            async move {
                store::verified(&tx, case, &damaged, now).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    outcome.map_err(|file| issues::damaged(&file).into())
}

/// A package that is whole in itself may still be another one: its list is compared with the registered one.
fn compare(ctx: &Ctx, row: &store::PackageRow, package: &[u8]) -> Result<(), String> {
    look(ctx, package)?;
    let list = tar::read(package)?.into_iter().find(|(name, _)| name == LIST).map(|(_, content)| digest(content));
    if list.as_deref() == Some(row.listed_sm3.as_str()) { Ok(()) } else { Err(LIST.to_owned()) }
}

/// Verifies a package that somebody brings back.
///
/// # Errors
/// E-P211 with the first file that is not as it was.
pub fn verify_file(ctx: &Ctx, package: &[u8]) -> Result<()> {
    ctx.require_role(MAY)?;
    look(ctx, package).map_err(|file| issues::damaged(&file).into())
}

/// The package for the archivist; every download is in the trail.
pub async fn download(ctx: &Ctx, case: CaseId) -> Result<(String, Vec<u8>)> {
    let row = authorised(ctx, case).await?;
    let package = stored(ctx, &row).await.ok_or_else(|| Error::from(issues::damaged("package.tar")))?;
    let event = audit::Event::new("archive.download", "case", case).region(&row.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    Ok((format!("{}.tar", row.case_no), package))
}
