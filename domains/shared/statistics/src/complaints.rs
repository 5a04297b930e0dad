//! Questions and complaints behind a count of CMP-1: the very rows, without title and person.

use interaction::complaints::states::State;
use interaction::complaints::{ComplaintId, Kind};
use kernel::{Day, Text};
use platform::{Ctx, Error, OrgId, Result, audit, regions};

use crate::issues;
use crate::list::PAGE;
use crate::model::Asked;
use crate::read::{Names, Reader, channel_name, reader};
use crate::rules::rules;
use crate::sheet::{Datum, Sheet};
use crate::store::forms;
use crate::table_sheet::title;

/// What is counted of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What came in.
    Received,
    /// What was accepted.
    Accepted,
    /// What was not accepted.
    Refused,
    /// What had to be handled again.
    Reopened,
    /// What supervision has.
    Supervised,
}

impl Which {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Received, Self::Accepted, Self::Refused, Self::Reopened, Self::Supervised];

    /// As in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Reopened => "reopened",
            Self::Supervised => "supervised",
        }
    }

    /// The count with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.code() == code)
    }

    /// Its name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Received => Text::fixed("收到", "Received"),
            Self::Accepted => Text::fixed("受理", "Accepted"),
            Self::Refused => Text::fixed("不予受理", "Not accepted"),
            Self::Reopened => Text::fixed("重办", "Reopened"),
            Self::Supervised => Text::fixed("督办", "Supervised"),
        }
    }
}

/// A count of CMP-1: of one kind and source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Code of the kind.
    pub kind: String,
    /// Digit of the channel.
    pub source: String,
    /// What is counted.
    pub what: Which,
}

impl Counted {
    /// Kind, source and count in words.
    pub fn name(&self) -> Text {
        let kind = Kind::from_code(&self.kind).map_or_else(|| Text::same(self.kind.clone()), Kind::name);
        let source = self.source.parse().map_or_else(|_| Text::same("—"), channel_name);
        let what = self.what.name();
        Text::new(format!("{} · {} · {}", kind.zh, source.zh, what.zh), format!("{} · {} · {}", kind.en, source.en, what.en))
    }
}

/// A line of the list.
#[derive(Debug, Clone)]
pub struct ComplaintLine {
    /// The complaint; its page opens for whoever handles or supervises it.
    pub id: ComplaintId,
    /// Receipt number.
    pub number: String,
    /// The day on which it came in.
    pub day: Day,
    /// Where it stands.
    pub state: Text,
    /// What it is about.
    pub org: Text,
    /// Who answers; empty while nobody does.
    pub unit: Text,
    /// Whether supervision has it.
    pub supervised: bool,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct ComplaintList {
    /// The question, with the region that it was answered for.
    pub asked: Asked,
    /// The count.
    pub counted: Counted,
    /// The lines.
    pub lines: Vec<ComplaintLine>,
    /// The key of the next page.
    pub next: Option<String>,
}

/// A page of the list behind a count, after the line with the key `after`.
///
/// # Errors
/// `E-P805` for a region outside of every grant; `E-STA04` for a reader outside of the office.
pub async fn complaints(ctx: &Ctx, asked: &Asked, counted: &Counted, after: &str) -> Result<ComplaintList> {
    part(ctx, asked, counted, after, PAGE).await
}

/// The whole list to take along; who took what is in the trail.
///
/// # Errors
/// As [`complaints`]; `E-STA03` for a list that is too long for one file.
pub async fn complaints_sheet(ctx: &Ctx, asked: &Asked, counted: &Counted) -> Result<Sheet> {
    let bound = rules().export_lines;
    let list = part(ctx, asked, counted, "", bound).await?;
    if list.next.is_some() {
        return Err(issues::too_long(bound).into());
    }
    let event = audit::Event::new("statistics.export", "statistics", "complaints").detail(serde_json::json!({ "lines": list.lines.len() }));
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    let text = |zh: &'static str, en: &'static str| (Text::fixed(zh, en), false);
    let name = counted.name();
    let region = list.asked.region.map(|code| code.to_string()).unwrap_or_default();
    let row = |line: ComplaintLine| {
        let day = Text::new(line.day.zh(), line.day.en());
        let supervised = if line.supervised { Text::fixed("是", "Yes") } else { Text::fixed("否", "No") };
        [Text::same(line.number), day, line.state, line.org, line.unit, supervised].map(Datum::Text).to_vec()
    };
    Ok(Sheet {
        title: title(&name.zh, &name.en, &list.asked, &region),
        columns: vec![
            text("受理编号", "Receipt number"),
            text("收到日期", "Received"),
            text("进度", "State"),
            text("反映的单位", "About"),
            text("承办单位", "Unit"),
            text("督办", "Supervised"),
        ],
        rows: list.lines.into_iter().map(row).collect(),
    })
}

fn place(after: &str) -> Option<(Day, ComplaintId)> {
    let (day, id) = after.split_once('.')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

async fn part(ctx: &Ctx, asked: &Asked, counted: &Counted, after: &str, length: usize) -> Result<ComplaintList> {
    let Reader { reach, inside, .. } = reader(ctx, asked.region).await?;
    if !inside {
        return Err(Error::Denied(issues::list_elsewhere()));
    }
    let asked = Asked { region: Some(reach.region), ..asked.clone() };
    let limit = i64::try_from(length + 1).map_err(Error::internal)?;
    let orgs = regions::organisations(ctx.db(), &reach.region).await?;
    let names = Names { regions: &[], orgs: &orgs, items: Default::default() };
    let rows = forms::complaints_behind(ctx.db(), &reach, &asked, counted, place(after), limit).await?;
    let mut lines = Vec::new();
    for row in rows {
        let unit: Option<OrgId> = row.unit.map(OrgId::try_from).transpose().map_err(Error::internal)?;
        lines.push(ComplaintLine {
            id: row.id,
            number: row.number,
            day: row.received_on,
            state: State::from_code(&row.state).map_or_else(Text::default, State::name),
            org: names.org(row.org),
            unit: unit.map(|unit| names.org(unit)).unwrap_or_default(),
            supervised: row.supervised,
        });
    }
    let more = lines.len() > length;
    lines.truncate(length);
    let next = lines.last().filter(|_| more).map(|line| format!("{}.{}", line.day, line.id));
    Ok(ComplaintList { asked, counted: counted.clone(), lines, next })
}
