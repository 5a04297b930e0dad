//! The daily file: every entry with its public fields, as CSV and as JSON, for whoever wants all of it.
//!
//! It is made in parts, each in a transaction with how far it came, and sent part by part: nobody ever holds the whole.

use std::time::Duration;

use kernel::{Day, Instant};
use platform::ports::{FileId, MediaType};
use platform::{Ctx, Error, Job, JobFuture, Result};
use serde::Serialize;

use super::fields::{cells, columns, level};
use super::figures::Figures;
use super::{parameters, store};
use crate::model::{Content, Entry, Head};

/// Entries of one part.
const PART: usize = 20_000;
/// Entries read at once.
const READ: i64 = 500;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV in UTF-8, its head in Chinese.
    Csv,
    /// A list of objects.
    Json,
}

impl Format {
    /// The ending of the name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The format with this ending.
    pub fn from_ending(ending: &str) -> Option<Self> {
        [Self::Csv, Self::Json].into_iter().find(|format| format.ending() == ending)
    }

    /// For `Content-Type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// A daily file that can be taken.
#[derive(Debug, Clone)]
pub struct Daily {
    /// Its day.
    pub day: Day,
    /// Entries in it.
    pub entries: i64,
    /// Bytes as CSV.
    pub csv_bytes: i64,
    /// Bytes as JSON.
    pub json_bytes: i64,
    /// When it was done.
    pub made_at: Instant,
}

/// An entry in JSON.
#[derive(Debug, Clone, Serialize)]
pub struct DailyLine<'a> {
    /// Credit code.
    pub uscc: &'a str,
    /// Code of the division.
    pub region: String,
    /// Since when the status holds.
    pub status_since: Day,
    /// It is a charity.
    pub charity: bool,
    /// It may raise funds in public.
    pub fundraising: bool,
    /// The evaluation in force, `5A`; empty without.
    pub level: String,
    /// `abnormal` or `serious`; empty without.
    pub list: &'static str,
    /// Of the base data.
    pub version: i64,
    /// When it was last written.
    pub updated_at: Instant,
    /// The base data.
    #[serde(flatten)]
    pub content: &'a Content,
}

impl<'a> DailyLine<'a> {
    /// An entry.
    pub fn new(head: &'a Head, content: &'a Content) -> Self {
        Self {
            uscc: head.uscc.as_deref().unwrap_or_default(),
            region: head.region.to_string(),
            status_since: head.status_since,
            charity: head.flags.charity,
            fundraising: head.flags.fundraising,
            level: level(head.flags.level),
            list: head.flags.list.code(),
            version: head.version,
            updated_at: head.updated_at,
            content,
        }
    }
}

/// Rows as CSV; with the head where they are the first.
pub(super) fn csv(entries: &[Entry], first: bool) -> Result<Vec<u8>> {
    let mut out = sheets::Csv::new(Vec::new()).map_err(Error::internal)?;
    if first {
        out.row(columns().into_iter().map(|column| column.name.zh)).map_err(Error::internal)?;
    }
    for entry in entries {
        out.row(cells(&entry.head, &entry.content)).map_err(Error::internal)?;
    }
    let mut bytes = out.finish().map_err(Error::internal)?;
    if !first {
        // Only the beginning of a file carries the mark.
        bytes.drain(..'\u{feff}'.len_utf8());
    }
    Ok(bytes)
}

/// Objects with commas between them, as they stand within the brackets.
pub(super) fn json(entries: &[Entry], first: bool) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        out.extend_from_slice(if first && at == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut out, &DailyLine::new(&entry.head, &entry.content)).map_err(Error::internal)?;
    }
    Ok(out)
}

/// Makes the file of the day and forgets old ones.
pub(crate) fn job() -> Job {
    Job { name: "organizations.daily", every: Duration::from_secs(1800), run }
}

fn run(ctx: Ctx) -> JobFuture {
    Box::pin(async move {
        make(&ctx).await?;
        forget(&ctx).await
    })
}

async fn make(ctx: &Ctx) -> Result<()> {
    let (today, now) = (ctx.today(), ctx.now());
    loop {
        let daily = ctx.db().write(|tx| async move { store::begin(&tx, today, now).await }).await?;
        if daily.state != "making" {
            return Ok(());
        }
        let (mut entries, mut cursor) = (Vec::new(), daily.cursor.clone());
        let mut figures: Figures = serde_json::from_str(&daily.figures).map_err(Error::internal)?;
        while entries.len() < PART {
            let some = store::entries(ctx.db(), &cursor, READ).await?;
            let Some(last) = some.last() else { break };
            cursor = last.head.uscc.clone().unwrap_or_default();
            figures.read(ctx, daily.day, &some).await?;
            entries.extend(some);
        }
        let last = entries.len() < PART;
        if last {
            figures.read_illegal(ctx, daily.day).await?;
            figures.keep(ctx, daily.day).await?;
        }
        add(ctx, &daily, entries, cursor, figures, last).await?;
    }
}

async fn add(ctx: &Ctx, daily: &store::DailyRow, entries: Vec<Entry>, cursor: String, figures: Figures, last: bool) -> Result<()> {
    let (first, now) = (daily.cursor.is_empty(), ctx.now());
    let (csv, json) = (csv(&entries, first)?, json(&entries, first)?);
    let size = |bytes: &[u8]| i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let (csv_bytes, json_bytes) = (size(&csv), size(&json));
    let files = ctx.platform().files();
    let part = store::NewPart {
        day: daily.day,
        behind: daily.cursor.clone(),
        cursor,
        figures: serde_json::to_string(&figures).map_err(Error::internal)?,
        entries: i64::try_from(entries.len()).unwrap_or(i64::MAX),
        csv: (files.put(csv, MediaType::Binary).await?.id.as_str().to_owned(), csv_bytes),
        json: (files.put(json, MediaType::Binary).await?.id.as_str().to_owned(), json_bytes),
    };
    ctx.db()
        .write(|tx| {
            let part = part.clone();
            async move {
                store::add_part(&tx, &part).await?;
                if last { store::done(&tx, part.day, now).await } else { Ok(()) }
            }
        })
        .await
}

async fn forget(ctx: &Ctx) -> Result<()> {
    let today = ctx.today();
    ctx.db().write(|tx| async move { store::forget_figures(&tx, today).await }).await?;
    let from = today.plus_days(1 - parameters().kept_days.value);
    for day in store::kept_before(ctx.db(), from).await? {
        let alone = ctx.db().write(|tx| async move { store::forget(&tx, day).await }).await?;
        for file in alone {
            ctx.platform().files().remove(&FileId::parse(&file).ok_or_else(|| Error::internal("not the name of a file"))?).await?;
        }
    }
    Ok(())
}

/// The files that can be taken, the newest first.
///
/// # Errors
/// Those of the database.
pub async fn dailies(ctx: &Ctx) -> Result<Vec<Daily>> {
    let told = |row: store::DoneRow| Daily { day: row.day, entries: row.entries, csv_bytes: row.csv_bytes, json_bytes: row.json_bytes, made_at: row.made_at };
    Ok(store::dailies(ctx.db()).await?.into_iter().map(told).collect())
}

/// A part of the file of a day, from 1 on; none behind the last. In JSON the brackets around all of them are whoever's who sends it.
///
/// # Errors
/// Those of the database and of the store of files.
pub async fn part(ctx: &Ctx, day: Day, format: Format, number: i64) -> Result<Option<Vec<u8>>> {
    let Some((csv, json)) = store::part(ctx.db(), day, number).await? else { return Ok(None) };
    let name = match format {
        Format::Csv => csv,
        Format::Json => json,
    };
    let name = FileId::parse(&name).ok_or_else(|| Error::internal("not the name of a file"))?;
    Ok(Some(ctx.platform().files().get(&name).await?.0))
}
