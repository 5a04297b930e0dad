//! The list behind a figure: the very rows that it counts, within what the reader may see.

use casework::supervision::CardId;
use casework::{ApplicantKind, CaseId, Phase};
use kernel::{Day, Text, mask};
use platform::{Ctx, Error, Result, regions};

use crate::issues;
use crate::model::{Asked, Measure, Side};
use crate::read::{Names, Reader, channel_name, reader};
use crate::store::{figures, lists, window};

/// Lines a page.
pub const PAGE: usize = 50;

/// What a line is about, for the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// A case whose page the reader may ask for.
    Case(CaseId),
    /// A card of supervision.
    Card(CardId),
    /// Nothing with a page of its own.
    Nothing,
}

/// A line of a list.
#[derive(Debug, Clone)]
pub struct ListLine {
    /// The day by which it is counted.
    pub day: Day,
    /// Number of the case or card; empty for ratings.
    pub number: String,
    /// What it is about.
    pub behind: Behind,
    /// The applicant, masked; empty where the reader sees no cases.
    pub applicant: String,
    /// The item.
    pub item: Text,
    /// The body.
    pub org: Text,
    /// How it came in.
    pub channel: Text,
    /// The phase of a case, the words of a card, the office of a rating.
    pub words: Text,
    key: Vec<u8>,
}

impl ListLine {
    /// Where the next page begins after this line.
    pub fn key(&self) -> String {
        place_after(self.day, &self.key)
    }
}

/// The key of a line, after which a page begins.
pub(crate) fn place_after(day: Day, key: &[u8]) -> String {
    let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{day}.{key}")
}

/// The line with this key.
pub(crate) fn place(after: &str) -> Option<(Day, Vec<u8>)> {
    let (day, key) = after.split_once('.')?;
    let bytes = (0..key.len() / 2).map(|at| key.get(2 * at..2 * at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()));
    Some((day.parse().ok()?, bytes.collect::<Option<_>>()?))
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct List {
    /// The question, with the region that it was answered for.
    pub asked: Asked,
    /// The figure.
    pub measure: Measure,
    /// The figure itself: as many as the whole list has lines, or the sum of their days.
    pub figure: i64,
    /// The lines.
    pub lines: Vec<ListLine>,
    /// The key of the next page; absent at the end.
    pub next: Option<String>,
    /// Whether applicants are shown.
    pub applicants: bool,
}

/// A page of the list behind a figure, in the order of days, after the line with the key `after`.
///
/// # Errors
/// `E-P805` for a region outside of every grant; `E-STA04` for a reader outside of the office.
pub async fn list(ctx: &Ctx, asked: &Asked, measure: Measure, after: &str) -> Result<List> {
    part(ctx, asked, measure, after, PAGE).await
}

/// The same with another length of the page: for exports.
pub(crate) async fn part(ctx: &Ctx, asked: &Asked, measure: Measure, after: &str, length: usize) -> Result<List> {
    let Reader { reach, inside, cases: applicants } = reader(ctx, asked.region).await?;
    if !inside {
        return Err(Error::Denied(issues::list_elsewhere()));
    }
    let asked = Asked { region: Some(reach.region), ..asked.clone() };
    let (db, after, limit) = (ctx.db(), place(after), i64::try_from(length + 1).map_err(Error::internal)?);
    let orgs = regions::organisations(db, &reach.region).await?;
    let total = figures::course(db, &reach, &asked, if asked.span.from == asked.span.to { "day" } else { "month" }, asked.span.from, asked.span.to).await?;
    let rows = Rows::read(db, &reach, &asked, measure, after, limit).await?;
    let codes = rows.items();
    let names = Names { regions: &[], orgs: &orgs, items: catalog::ops::names(ctx, &codes).await? };
    let mut lines = rows.lines(ctx, &names, applicants)?;
    let more = lines.len() > length;
    lines.truncate(length);
    Ok(List {
        figure: total.iter().map(|(_, sums)| sums.get(measure)).sum(),
        next: lines.last().filter(|_| more).map(ListLine::key),
        lines,
        asked,
        measure,
        applicants,
    })
}

/// Rows of either kind.
enum Rows {
    Cases(Vec<lists::CaseRow>),
    Cards(Vec<lists::OtherRow>),
    Ratings(Vec<lists::OtherRow>),
}

impl Rows {
    async fn read(db: &store::Db, reach: &window::Reach, asked: &Asked, measure: Measure, after: Option<(Day, Vec<u8>)>, limit: i64) -> Result<Self> {
        if let Some(day) = lists::day_of(measure) {
            let after = after.and_then(|(on, key)| Some((on, CaseId::try_from(key).ok()?)));
            return Ok(Self::Cases(lists::cases(db, reach, asked, measure, day, after, limit).await?));
        }
        // Whoever takes papers in for another body has neither cards nor ratings for them.
        if asked.side == Side::Receiver {
            return Ok(Self::Ratings(Vec::new()));
        }
        match Measure::LEVELS.iter().zip(1..).find(|(level, _)| **level == measure) {
            Some((_, level)) => Ok(Self::Ratings(lists::ratings(db, reach, asked, level, after, limit).await?)),
            None => Ok(Self::Cards(lists::cards(db, reach, asked, measure, after, limit).await?)),
        }
    }

    fn items(&self) -> Vec<String> {
        let mut codes: Vec<String> = match self {
            Self::Cases(rows) => rows.iter().map(|row| row.item.clone()).collect(),
            Self::Cards(rows) | Self::Ratings(rows) => rows.iter().map(|row| row.item.clone()).collect(),
        };
        codes.sort();
        codes.dedup();
        codes
    }

    fn lines(self, ctx: &Ctx, names: &Names<'_>, applicants: bool) -> Result<Vec<ListLine>> {
        let is_card = matches!(self, Self::Cards(_));
        match self {
            Self::Cases(rows) => rows.into_iter().map(|row| case_line(ctx, names, row, applicants)).collect(),
            Self::Cards(rows) | Self::Ratings(rows) => rows
                .into_iter()
                .map(|row| {
                    let behind = if is_card { Behind::Card(CardId::try_from(row.id.clone()).map_err(Error::internal)?) } else { Behind::Nothing };
                    Ok(ListLine {
                        day: row.day,
                        number: row.label,
                        behind,
                        applicant: String::new(),
                        item: names.item(&row.item),
                        org: names.org(row.org),
                        channel: channel_name(row.channel),
                        words: Text::same(row.words),
                        key: row.id,
                    })
                })
                .collect(),
        }
    }
}

fn case_line(ctx: &Ctx, names: &Names<'_>, row: lists::CaseRow, applicants: bool) -> Result<ListLine> {
    // A service that keeps its own rows has its own desk; only cases of the engine have a page that everybody here may ask for.
    let has_page = row.applicant_name.is_some();
    let applicant = match row.applicant_name.filter(|_| applicants) {
        None => String::new(),
        Some(sealed) => {
            let name = ctx.keys().open_text("case_head", "applicant_name", &row.id.to_vec(), &sealed).map_err(Error::internal)?;
            if ApplicantKind::from_code(&row.applicant_kind) == Some(ApplicantKind::Organisation) { name } else { mask::name(&name) }
        }
    };
    let phase = Phase::from_code(&row.phase).ok_or_else(|| Error::internal("an unknown phase"))?;
    Ok(ListLine {
        day: row.day,
        number: row.case_no,
        behind: if applicants && has_page { Behind::Case(row.id) } else { Behind::Nothing },
        applicant,
        item: names.item(&row.item),
        org: names.org(row.org),
        channel: channel_name(row.channel),
        words: phase.name(),
        key: row.id.to_vec(),
    })
}
