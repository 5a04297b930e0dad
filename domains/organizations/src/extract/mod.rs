//! Signed extracts: what the register said at the end of a day, as PDF and as JSON, each with a detached signature (SM2) beside it.
//!
//! * The content is fixed and numbered in one transaction; the files are made of it afterwards, and made again if that was cut off. The same
//!   question asked again on the same day gets the same extract.
//! * It is as recorded, and says so. An extract stays true about its day whatever comes later.
//! * Whoever is shown one compares the file with [`verify`], or verifies the signature himself with the public key that [`key`] tells.

mod files;
mod store;
#[cfg(test)]
mod tests;

pub use files::{Part, file};

use documents::Press;
use identity::guard;
use kernel::{Day, Id, Instant, Lang};
use platform::{Ctx, Error, Result, audit};
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

use crate::model::{Content, OrganizationId};
use crate::public::{self, Fact};

/// Marker of an extract.
#[derive(Debug)]
pub struct ExtractMark;
/// Id of an extract.
pub type ExtractId = Id<ExtractMark>;

/// What the register said.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Statement {
    /// Credit code.
    pub uscc: String,
    /// Version of the base data.
    pub version: i64,
    /// From when it holds.
    pub effective_on: Day,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The base data.
    pub content: Content,
    /// What supervision had recorded.
    pub facts: Vec<Fact>,
}

/// An extract as its page shows it.
#[derive(Debug, Clone)]
pub struct Extract {
    /// Its id.
    pub id: ExtractId,
    /// Its number.
    pub number: String,
    /// The organisation.
    pub organization: OrganizationId,
    /// The day as of which it tells.
    pub as_of: Day,
    /// Language of the PDF.
    pub lang: Lang,
    /// What the register said.
    pub statement: Statement,
    /// When it was issued.
    pub issued_at: Instant,
    /// The files and how they are signed.
    pub made: Made,
}

/// The files of an extract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Name of the stored JSON.
    pub(crate) json: String,
    /// Name of its stored signature.
    pub(crate) json_signature: String,
    /// SM3 of the JSON.
    pub json_sm3: String,
    /// Name of the stored PDF.
    pub(crate) pdf: String,
    /// Name of its stored signature.
    pub(crate) pdf_signature: String,
    /// SM3 of the PDF.
    pub pdf_sm3: String,
    /// Names the key.
    pub signer_key: String,
    /// The public key, hexadecimal.
    pub public_key: String,
}

/// The key that signs now, and its public part as an uncompressed point, hexadecimal.
pub fn key(ctx: &Ctx) -> (String, String) {
    let signer = ctx.platform().signer();
    (signer.key_id(), data_encoding::HEXLOWER.encode(&signer.public_key()))
}

/// Issues an extract as of the end of a day; without one, as of now. The same asked again on the same day is the same extract.
///
/// # Errors
/// Those of [`public::profile`]; `NotFound` where the register did not know the organisation by then; `E-P803` for too many.
pub async fn issue(ctx: &Ctx, press: &Press, code: &str, on: &str) -> Result<String> {
    guard::extracts_of_network().attempt(ctx, &ctx.meta().network()).await?;
    let profile = public::profile(ctx, code, on).await?;
    let said = profile.said.ok_or(Error::NotFound)?;
    let statement = Statement {
        uscc: profile.head.uscc.unwrap_or_default(),
        version: said.version.version,
        effective_on: said.version.effective_on,
        recorded_at: said.version.recorded_at,
        content: said.version.content,
        facts: said.facts,
    };
    let as_of = profile.on.unwrap_or(ctx.today());
    let content = serde_json::to_string(&statement).map_err(Error::internal)?;
    let asked = format!("{}\n{as_of}\n{}\n{:?}\n{content}", profile.head.id, ctx.today(), ctx.lang());
    let fingerprint = data_encoding::HEXLOWER.encode(&Sm3::digest(asked.as_bytes()));
    let new = store::NewExtract { id: ctx.id(), organization: profile.head.id, as_of, content, fingerprint };
    let event = audit::Event::new("organization.extract", crate::NOUN, profile.head.id).region(&profile.head.region);
    let number = ctx
        .db()
        .write(|tx| {
            let (ctx, new, event) = (ctx.clone(), new.clone(), event.clone());
            async move {
                if let Some(there) = store::number_of(&tx, &new.fingerprint).await? {
                    return Ok(there);
                }
                let number = store::insert(&tx, &ctx, &new).await?;
                audit::record(&tx, &ctx, event.reason(&number)).await?;
                Ok::<_, Error>(number)
            }
        })
        .await?;
    find(ctx, press, &number).await?;
    Ok(number)
}

/// The extract with this number; its files are made where they are not yet.
///
/// # Errors
/// `NotFound`.
pub async fn find(ctx: &Ctx, press: &Press, number: &str) -> Result<Extract> {
    let number: String = kernel::text::line(number).to_uppercase().chars().take(32).collect();
    let extract = store::by_number(ctx.db(), &number).await?.ok_or(Error::NotFound)?;
    if extract.made != Made::default() {
        return Ok(extract);
    }
    let made = files::make(ctx, press, &extract).await?;
    let id = extract.id;
    ctx.db()
        .write(|tx| {
            let made = made.clone();
            async move { store::made(&tx, id, &made).await }
        })
        .await?;
    // Another request may have made them first: what is kept counts.
    store::by_number(ctx.db(), &number).await?.ok_or(Error::NotFound)
}

/// What a file turned out to be.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// One of ours, unchanged; whether the register has changed since stands on its page.
    Genuine(Box<Extract>),
    /// Not as we issued it, or never issued.
    Unknown,
}

/// Looks whether a file is an extract as it was issued: by its digest, and by the signature that is kept.
///
/// # Errors
/// `E-FILE01` without a file, `E-P803` for too many.
pub async fn verify(ctx: &Ctx, bytes: &[u8]) -> Result<Verdict> {
    if bytes.is_empty() {
        return Err(kernel::Issue::error("E-FILE01", "请选择文件", "Choose a file").field("file").into());
    }
    guard::extracts_of_network().attempt(ctx, &ctx.meta().network()).await?;
    let digest = data_encoding::HEXLOWER.encode(&Sm3::digest(bytes));
    let Some(extract) = store::by_digest(ctx.db(), &digest).await? else { return Ok(Verdict::Unknown) };
    let signed = if digest == extract.made.pdf_sm3 { &extract.made.pdf_signature } else { &extract.made.json_signature };
    let signature = files::stored(ctx, signed).await?;
    let key = data_encoding::HEXLOWER.decode(extract.made.public_key.as_bytes()).map_err(Error::internal)?;
    Ok(if platform::ports::verify_with(&key, bytes, &signature) { Verdict::Genuine(Box::new(extract)) } else { Verdict::Unknown })
}
