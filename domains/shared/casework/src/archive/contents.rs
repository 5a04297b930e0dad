//! What goes into a package.

use platform::ports::FileId;
use platform::{Ctx, Error, Result};

use super::store::{self, CaseRow};
use super::verify::digest;
use crate::papers::{Entry, Kind};
use crate::store::{action, materials};
use crate::{CaseId, MaterialState};

/// A file of a package.
pub(super) struct Content {
    pub(super) file: String,
    pub(super) title: String,
    pub(super) bytes: Vec<u8>,
}

impl Content {
    pub(super) fn entry(&self) -> Entry {
        Entry { file: self.file.clone(), title: self.title.clone(), bytes: self.bytes.len() as u64, sm3: digest(&self.bytes) }
    }
}

async fn stored(ctx: &Ctx, file: &str) -> Result<(Vec<u8>, &'static str)> {
    let file = FileId::parse(file).ok_or_else(|| Error::internal("not the name of a file"))?;
    let (bytes, kind) = ctx.platform().files().get(&file).await?;
    let ending = match kind {
        platform::ports::MediaType::Jpeg => "jpg",
        platform::ports::MediaType::Png => "png",
        platform::ports::MediaType::Pdf => "pdf",
        platform::ports::MediaType::Binary => "bin",
    };
    Ok((bytes, ending))
}

/// Documents with their signatures, handed-in papers, and the log; `None` while a document is not made yet.
pub(super) async fn gather(ctx: &Ctx, case: CaseId) -> Result<Option<Vec<Content>>> {
    let mut contents = Vec::new();
    for (at, paper) in store::papers(ctx.db(), case).await?.into_iter().enumerate() {
        let (Some(file), Some(signature)) = (paper.file, paper.signature) else { return Ok(None) };
        let kind = Kind::from_code(&paper.kind).ok_or_else(|| Error::internal("a document of an unknown kind"))?;
        let name = format!("papers/{:02}-{}.pdf", at + 1, kind.code());
        let voided = if paper.voided { "（作废）" } else { "" };
        let title = format!("{} {}{voided}", kind.name().zh, paper.number);
        contents.push(Content { file: format!("{name}.sm2"), title: format!("{title} 签名"), bytes: stored(ctx, &signature).await?.0 });
        contents.push(Content { file: name, title, bytes: stored(ctx, &file).await?.0 });
    }
    let handed_in = materials::of_case(ctx.db(), ctx, case).await?;
    for (at, material) in handed_in.iter().filter(|material| material.state != MaterialState::Promised).enumerate() {
        let Some(file) = &material.file else { continue };
        let (bytes, ending) = stored(ctx, file.as_str()).await?;
        let title = if material.file_name.is_empty() { material.key.clone() } else { material.file_name.clone() };
        contents.push(Content { file: format!("materials/{:02}.{ending}", at + 1), title, bytes });
    }
    let log = serde_json::to_vec_pretty(&action::actions_of(ctx.db(), case).await?).map_err(Error::internal)?;
    contents.push(Content { file: "log.json".to_owned(), title: "办理过程记录".to_owned(), bytes: log });
    contents.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(Some(contents))
}

/// The metadata of the case and its files as XML.
pub(super) fn metadata(case: &CaseRow, authority: &str, entries: &[Entry]) -> Vec<u8> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<archive version=\"1\">\n");
    let fields = [
        ("caseNo", case.case_no.clone()),
        ("service", case.service.clone()),
        ("itemCode", case.item_code.clone()),
        ("implCode", case.impl_code.clone()),
        ("region", case.region.to_string()),
        ("authority", authority.to_owned()),
        ("phase", case.phase.clone()),
        ("openedAt", case.opened_at.to_string()),
        ("closedAt", case.closed().map(|at| at.to_string()).unwrap_or_default()),
    ];
    for (name, value) in fields {
        xml.push_str(&format!("  <{name}>{}</{name}>\n", escaped(&value)));
    }
    xml.push_str("  <files>\n");
    for entry in entries {
        let (file, title) = (escaped(&entry.file), escaped(&entry.title));
        xml.push_str(&format!("    <file name=\"{file}\" title=\"{title}\" bytes=\"{}\" sm3=\"{}\"/>\n", entry.bytes, entry.sm3));
    }
    xml.push_str("  </files>\n</archive>\n");
    xml.into_bytes()
}

/// The same for people: a page that opens in any browser, without script.
pub(super) fn index(case: &CaseRow, authority: &str, entries: &[Entry]) -> Vec<u8> {
    let mut rows = String::new();
    for entry in entries {
        let (file, title) = (escaped(&entry.file), escaped(&entry.title));
        rows.push_str(&format!("<tr><td><a href=\"{file}\">{title}</a></td><td>{}</td><td><code>{}</code></td></tr>\n", entry.bytes, entry.sm3));
    }
    let (number, authority) = (escaped(&case.case_no), escaped(authority));
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>归档目录 {number}</title></head><body>\n<h1>归档目录</h1>\n\
         <p>受理编号 {number}，{authority}</p>\n<table><thead><tr><th>题名</th><th>字节</th><th>SM3</th></tr></thead><tbody>\n{rows}</tbody></table>\n</body></html>\n"
    )
    .into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
