//! The files of an extract: made of what is kept, signed, stored.

use documents::Press;
use documents::shapes::{Extract as Shape, Row, Section};
use kernel::{Lang, Text};
use platform::ports::{FileId, MediaType};
use platform::{Ctx, Error, Result};
use serde_json::json;

use super::{Extract, Made, Statement, find};
use crate::public::{self, FIELDS};

/// A file of an extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// For people.
    Pdf,
    /// For programs.
    Json,
    /// Detached signature over the PDF, 64 bytes.
    PdfSignature,
    /// Detached signature over the JSON, 64 bytes.
    JsonSignature,
}

impl Part {
    /// The end of the name of its file.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Json => "json",
            Self::PdfSignature => "pdf.sig",
            Self::JsonSignature => "json.sig",
        }
    }

    /// The part whose file name ends so.
    pub fn from_ending(ending: &str) -> Option<Self> {
        [Self::Pdf, Self::Json, Self::PdfSignature, Self::JsonSignature].into_iter().find(|part| part.ending() == ending)
    }

    /// For `Content-Type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Json => "application/json",
            Self::PdfSignature | Self::JsonSignature => "application/octet-stream",
        }
    }
}

/// What stands beneath every extract.
const NOTICE: Text = Text::fixed(
    "本提取件载明登记机关截至上述日期已记录的登记信息；生效日期另行注明，可能早于或者晚于记录日期。签名为SM2（GM/T 0003），随文件另附。",
    "This extract tells what the register had recorded by the end of that day. From when it takes effect is told beside it and may be earlier or later. The signature is SM2 (GM/T 0003), in a file of its own.",
);

/// Reads a stored file.
pub(super) async fn stored(ctx: &Ctx, name: &str) -> Result<Vec<u8>> {
    let name = FileId::parse(name).ok_or_else(|| Error::internal("not the name of a file"))?;
    Ok(ctx.platform().files().get(&name).await?.0)
}

/// A file of the extract with this number.
///
/// # Errors
/// `NotFound`.
pub async fn file(ctx: &Ctx, press: &Press, number: &str, part: Part) -> Result<Vec<u8>> {
    let made = find(ctx, press, number).await?.made;
    let name = match part {
        Part::Pdf => made.pdf,
        Part::Json => made.json,
        Part::PdfSignature => made.pdf_signature,
        Part::JsonSignature => made.json_signature,
    };
    stored(ctx, &name).await
}

/// The address of the page of an extract.
fn address(ctx: &Ctx, number: &str) -> String {
    format!("{}/organizations/extracts/{number}", ctx.settings().public_origin.trim_end_matches('/'))
}

/// Makes both files, signs them and stores all four.
pub(super) async fn make(ctx: &Ctx, press: &Press, extract: &Extract) -> Result<Made> {
    let check = address(ctx, &extract.number);
    let json = json!({
        "number": extract.number,
        "issued_at": extract.issued_at,
        "as_of": extract.as_of,
        "statement": extract.statement,
        "check": check,
        "notice_zh": NOTICE.zh,
        "notice_en": NOTICE.en,
    });
    let json = serde_json::to_vec_pretty(&json).map_err(Error::internal)?;
    let pdf = press.render(shape(ctx, extract, check).job(extract.issued_at).map_err(Error::internal)?).await.map_err(Error::internal)?;
    let (signer, files) = (ctx.platform().signer(), ctx.platform().files());
    let (json_signature, pdf_signature) = (signer.sign(&json), signer.sign(&pdf));
    let (json, pdf) = (files.put(json, MediaType::Binary).await?, files.put(pdf, MediaType::Pdf).await?);
    let json_signature = files.put(json_signature, MediaType::Binary).await?;
    let pdf_signature = files.put(pdf_signature, MediaType::Binary).await?;
    let (signer_key, public_key) = super::key(ctx);
    Ok(Made {
        json: json.id.as_str().to_owned(),
        json_signature: json_signature.id.as_str().to_owned(),
        json_sm3: json.sm3,
        pdf: pdf.id.as_str().to_owned(),
        pdf_signature: pdf_signature.id.as_str().to_owned(),
        pdf_sm3: pdf.sm3,
        signer_key,
        public_key,
    })
}

/// What the PDF says.
fn shape(ctx: &Ctx, extract: &Extract, check: String) -> Shape {
    let lang = extract.lang;
    let tr = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    let Statement { uscc, version, effective_on, recorded_at, content, facts } = &extract.statement;
    let mut base = vec![Row::new(tr("统一社会信用代码", "Credit code"), uscc)];
    base.extend(FIELDS.iter().map(|field| Row::new(field.name().get(lang), field.of(content).get(lang))).filter(|row| !row.value.is_empty()));
    let mut sections = vec![Section { title: tr("登记信息", "Base data"), rows: base }];
    for (kind, name) in public::kinds() {
        let rows: Vec<Row> = facts.iter().filter(|fact| fact.kind == kind).map(|fact| Row::new(fact.title(lang), fact.line(lang))).collect();
        if !rows.is_empty() {
            sections.push(Section { title: name.get(lang).to_owned(), rows });
        }
    }
    Shape {
        lang,
        title: tr("社会组织登记信息提取件", "Extract from the register of social organisations"),
        name: content.name.clone(),
        number: extract.number.clone(),
        as_of: match lang {
            Lang::Zh => format!("截至{}（按记录）", extract.as_of.zh_plain()),
            Lang::En => format!("As recorded by the end of {}", extract.as_of.en_plain()),
        },
        facts: vec![
            Row::new(tr("编号", "Number"), &extract.number),
            Row::new(tr("出具时间", "Issued"), extract.issued_at.to_string()),
            Row::new(tr("出具机构", "Issued by"), ctx.settings().bureau.get(lang)),
            Row::new(tr("版本", "Version"), version.to_string()),
            Row::new(tr("生效日期", "In effect from"), tr(&effective_on.zh_plain(), &effective_on.en_plain())),
            Row::new(tr("记录时间", "Recorded"), recorded_at.to_string()),
        ],
        sections,
        notice: NOTICE.get(lang).to_owned(),
        check,
    }
}
