//! The copy of his own data that a citizen takes away, as JSON and as a document; what the services hand in stands in `registry`.

use documents::Press;
use documents::shapes::{Paper, Part, Row};
use kernel::{Day, Instant, Lang};
use platform::own::Section;
use platform::{Ctx, Error, Result};
use serde::Serialize;
use utoipa::ToSchema;

/// The template of the document; a bureau may put its own in its place.
const TEMPLATE: &str = "own-data";

/// Everything that is kept about a citizen.
#[derive(Debug, Serialize, ToSchema)]
pub struct CopyBody {
    /// When the copy was made.
    #[schema(value_type = String)]
    made_at: Instant,
    /// What is kept, by kind.
    sections: Vec<SectionBody>,
}

/// Rows of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SectionBody {
    /// Stable key.
    key: &'static str,
    /// What it is, in Chinese.
    title_zh: String,
    /// The same in English.
    title_en: String,
    /// Its columns, in order.
    columns: Vec<ColumnBody>,
    /// Its rows, each with as many texts as there are columns.
    rows: Vec<Vec<String>>,
    /// Whether something of it has to stay when the account is closed.
    must_stay: bool,
    /// The last day of that; absent where it stays for good.
    #[schema(value_type = Option<String>, format = Date)]
    stays_until: Option<Day>,
    /// The rule that says so, in Chinese.
    stays_by: Option<String>,
}

/// A column.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColumnBody {
    /// Stable key.
    key: &'static str,
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
}

impl CopyBody {
    /// The copy as of a moment.
    pub fn new(made_at: Instant, sections: Vec<Section>) -> Self {
        Self { made_at, sections: sections.into_iter().map(SectionBody::from).collect() }
    }
}

impl From<Section> for SectionBody {
    fn from(section: Section) -> Self {
        let columns = section.columns.into_iter().map(|(key, name)| ColumnBody { key, name_zh: name.zh.into_owned(), name_en: name.en.into_owned() });
        Self {
            key: section.key,
            title_zh: section.title.zh.into_owned(),
            title_en: section.title.en.into_owned(),
            columns: columns.collect(),
            rows: section.rows,
            must_stay: section.kept.is_some(),
            stays_until: section.kept.as_ref().and_then(|kept| kept.until),
            stays_by: section.kept.map(|kept| kept.source.zh.into_owned()),
        }
    }
}

/// The copy as a file.
///
/// # Errors
/// Only that it could not be printed.
pub async fn pdf(ctx: &Ctx, press: &Press, sections: Vec<Section>) -> Result<Vec<u8>> {
    let paper = paper(&ctx.settings().bureau.zh, ctx.now(), &sections);
    let job = paper.job(TEMPLATE, ctx.now()).map_err(Error::internal)?;
    press.render(job).await.map_err(Error::internal)
}

/// The copy as a document, in Chinese like every other one. Kinds without a row are named at the end.
pub fn paper(issuer: &str, made_at: Instant, sections: &[Section]) -> Paper {
    let (filled, empty): (Vec<&Section>, Vec<&Section>) = sections.iter().partition(|section| !section.rows.is_empty());
    let none = empty.iter().map(|section| section.title.zh.as_ref()).collect::<Vec<_>>().join("、");
    Paper {
        title: "个人信息副本".to_owned(),
        issuer: issuer.to_owned(),
        opening: vec!["以下是平台保存的您本人的全部信息，依据个人信息保护法第四十五条提供。".to_owned()],
        facts: vec![Row::new("生成时间", made_at.to_string())],
        parts: filled.into_iter().map(part).collect(),
        closing: if none.is_empty() { Vec::new() } else { vec![format!("没有保存：{none}。")] },
        date: made_at.day().text(Lang::Zh),
        ..Paper::default()
    }
}

fn part(section: &Section) -> Part {
    let head: Vec<&str> = section.columns.iter().map(|(_, name)| name.zh.as_ref()).collect();
    let stays = section.kept.as_ref().map(|kept| match kept.until {
        Some(day) => format!("依法保存至{}（{}）", day.zh_plain(), kept.source.zh),
        None => format!("依法永久保存（{}）", kept.source.zh),
    });
    Part { text: stays.into_iter().collect(), ..Part::table(section.title.zh.as_ref(), &head, section.rows.clone()) }
}
