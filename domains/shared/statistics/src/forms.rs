//! The forms of the monthly and yearly reports: CASE-1, CASE-2, EVAL-1, CMP-1, HALL-1.

use std::collections::{BTreeMap, HashMap};

use casework::supervision::Rule;
use interaction::complaints::Kind;
use interaction::ratings::Share;
use kernel::Text;
use platform::{Ctx, OrgId, Result, regions};

use crate::complaints::{Counted, Which};
use crate::issues;
use crate::model::{Asked, By, Length, Measure, Sums};
use crate::read::{Names, Reader, channel_name, reader, table};
use crate::rules::rules;
use crate::sheet::{Datum, Sheet};
use crate::shown::{Mean, Shown, hidden};
use crate::store::{figures, forms as rows};
use crate::table_sheet::title;

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Cases by item and channel.
    Case1,
    /// Cards by rule and body.
    Case2,
    /// Ratings and what became of the bad ones, by body.
    Eval1,
    /// Questions and complaints by kind and source.
    Cmp1,
    /// Halls.
    Hall1,
}

impl Form {
    /// All of them.
    pub const ALL: [Form; 5] = [Self::Case1, Self::Case2, Self::Eval1, Self::Cmp1, Self::Hall1];

    /// As in addresses, and as its number on paper.
    pub fn code(self) -> &'static str {
        match self {
            Self::Case1 => "CASE-1",
            Self::Case2 => "CASE-2",
            Self::Eval1 => "EVAL-1",
            Self::Cmp1 => "CMP-1",
            Self::Hall1 => "HALL-1",
        }
    }

    /// The form with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// Its name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Case1 => Text::fixed("办件情况（事项和渠道）", "Cases by item and channel"),
            Self::Case2 => Text::fixed("电子监察发牌情况", "Cards by rule and body"),
            Self::Eval1 => Text::fixed("好差评情况", "Ratings and their follow-up"),
            Self::Cmp1 => Text::fixed("咨询投诉情况", "Questions and complaints"),
            Self::Hall1 => Text::fixed("大厅服务情况", "Halls"),
        }
    }
}

/// Fills a form in.
///
/// # Errors
/// `E-P805` for a region outside of every grant; `E-STA05` for halls over more than a month.
pub async fn form(ctx: &Ctx, asked: &Asked, form: Form) -> Result<Sheet> {
    if form == Form::Hall1 && matches!(asked.span.length, Length::Quarter | Length::Year) {
        return Err(issues::halls_by_month().into());
    }
    if form == Form::Case1 {
        return case_1(ctx, asked).await;
    }
    let Reader { reach, inside, .. } = reader(ctx, asked.region).await?;
    let asked = Asked { region: Some(reach.region), by: By::Org, ..asked.clone() };
    let db = ctx.db();
    let orgs = regions::organisations(db, &reach.region).await?;
    let names = Names { regions: &[], orgs: &orgs, items: BTreeMap::new() };
    let mut sheet = match form {
        Form::Case2 => case_2(rows::rules(db, &reach, &asked).await?, &names),
        Form::Eval1 => eval_1(figures::lines(db, &reach, &asked).await?, rows::follow_ups(db, &reach, &asked).await?, &names),
        Form::Cmp1 => cmp_1(rows::complaints(db, &reach, &asked).await?),
        Form::Hall1 | Form::Case1 => hall_1(rows::halls(db, &reach, &asked).await?, rows::booked(db, &reach, &asked).await?),
    };
    sheet.title = title(&format!("{} {}", form.code(), form.name().zh), &format!("{} {}", form.code(), form.name().en), &asked, &region_name(ctx, &asked).await?);
    if !inside {
        hide(&mut sheet, rules().smallest_cell);
    }
    Ok(sheet)
}

async fn region_name(ctx: &Ctx, asked: &Asked) -> Result<String> {
    let Some(code) = asked.region else { return Ok(String::new()) };
    Ok(regions::find(ctx.db(), &code).await?.map_or_else(|| code.to_string(), |region| region.name))
}

fn text(zh: &'static str, en: &'static str) -> (Text, bool) {
    (Text::fixed(zh, en), false)
}

fn figure(zh: &'static str, en: &'static str) -> (Text, bool) {
    (Text::fixed(zh, en), true)
}

async fn case_1(ctx: &Ctx, asked: &Asked) -> Result<Sheet> {
    let table = table(ctx, &Asked { by: By::ItemChannel, ..asked.clone() }).await?;
    let row = |name: Text, shown: &Shown| {
        let mut row = vec![Datum::Text(name)];
        row.extend([Measure::Received, Measure::Accepted, Measure::Rejected, Measure::Corrected, Measure::Finished].map(|of| Datum::count(shown.get(of))));
        row.push(Datum::share(shown.on_time()));
        row.extend(
            [(Measure::UsedDays, Measure::Finished), (Measure::PromiseDays, Measure::Promised), (Measure::LegalDays, Measure::Limited)]
                .map(|(days, cases)| Datum::mean(shown.mean(days, cases))),
        );
        row
    };
    let mut lines: Vec<_> = table.lines.iter().map(|line| row(line.name.clone(), &line.shown)).collect();
    if !lines.is_empty() {
        lines.push(row(Text::fixed("合计", "Total"), &table.total));
    }
    let region = table.path.last().map(|(_, name)| name.clone()).unwrap_or_default();
    Ok(Sheet {
        title: title(&format!("CASE-1 {}", Form::Case1.name().zh), &format!("CASE-1 {}", Form::Case1.name().en), &table.asked, &region),
        columns: vec![
            text("事项（渠道）", "Item (channel)"),
            figure("收件", "Received"),
            figure("受理", "Accepted"),
            figure("不予受理", "Not accepted"),
            figure("补正", "To be corrected"),
            figure("办结", "Finished"),
            figure("按时办结率", "On time"),
            figure("平均用时", "Mean working days used"),
            figure("平均承诺", "Mean promised"),
            figure("平均法定", "Mean by law"),
        ],
        rows: lines,
    })
}

fn case_2(rows: Vec<rows::RuleRow>, names: &Names<'_>) -> Sheet {
    let line = |row: rows::RuleRow| {
        let rule = Rule::from_code(&row.rule).map_or_else(|| Text::same(row.rule.clone()), |rule| {
            let name = rule.name();
            Text::new(format!("{} {}", row.rule, name.zh), format!("{} {}", row.rule, name.en))
        });
        vec![Datum::Text(names.org(row.org)), Datum::Text(rule), Datum::Count(row.yellow), Datum::Count(row.red), Datum::Count(row.cancelled)]
    };
    Sheet {
        title: Text::same(""),
        columns: vec![text("单位", "Organisation"), text("规则", "Rule"), figure("黄牌", "Yellow cards"), figure("红牌", "Red cards"), figure("其中撤销", "Of both, cancelled")],
        rows: rows.into_iter().map(line).collect(),
    }
}

fn eval_1(lines: Vec<figures::Line>, follow_ups: Vec<rows::FollowRow>, names: &Names<'_>) -> Sheet {
    let mut followed: HashMap<OrgId, rows::FollowRow> = follow_ups.into_iter().map(|row| (row.org, row)).collect();
    let mut rows = Vec::new();
    for line in lines {
        let figures::Key::Org(org) = line.key else { continue };
        rows.push(eval_row(names.org(org), &line.sums, followed.remove(&org)));
    }
    Sheet {
        title: Text::same(""),
        columns: vec![
            text("单位", "Organisation"),
            figure("办结", "Finished"),
            figure("评价", "Rated"),
            figure("非常满意", "Very satisfied"),
            figure("满意", "Satisfied"),
            figure("基本满意", "Fairly satisfied"),
            figure("不满意", "Dissatisfied"),
            figure("非常不满意", "Very dissatisfied"),
            figure("满意度", "Satisfaction"),
            figure("主动评价率", "Share that rated"),
            figure("差评按期联系率", "Bad: contacted in time"),
            figure("按期整改率", "Bad: put right in time"),
            figure("回访率", "Bad: called back"),
        ],
        rows,
    }
}

fn eval_row(name: Text, sums: &Sums, followed: Option<rows::FollowRow>) -> Vec<Datum> {
    let rated = sums.rated();
    let better: i64 = Measure::LEVELS[..3].iter().map(|level| sums.get(*level)).sum();
    let mut row = vec![Datum::Text(name), Datum::Count(sums.get(Measure::Finished)), Datum::Count(rated)];
    row.extend(Measure::LEVELS.map(|level| Datum::Count(sums.get(level))));
    let share = |part, whole| Datum::Share(Share { part, whole });
    row.push(share(better, rated));
    row.push(share(rated, sums.get(Measure::Finished)));
    let of = |part: fn(&rows::FollowRow) -> i64, whole: fn(&rows::FollowRow) -> i64| followed.as_ref().map_or((0, 0), |row| (part(row), whole(row)));
    for (part, whole) in [of(|row| row.contacted_in_time, |row| row.bad), of(|row| row.fixed_in_time, |row| row.fixed), of(|row| row.called_back, |row| row.bad)] {
        row.push(share(part, whole));
    }
    row
}

fn cmp_1(rows: Vec<rows::ComplaintRow>) -> Sheet {
    let line = |row: rows::ComplaintRow| {
        let kind = Kind::from_code(&row.kind).map_or_else(|| Text::same(row.kind.clone()), Kind::name);
        let counted = |n: i64, what: Which| Datum::Complaints(n, Counted { kind: row.kind.clone(), source: row.source.clone(), what });
        let source = row.source.parse().map_or_else(|_| Text::same("—"), channel_name);
        vec![
            Datum::Text(kind),
            Datum::Text(source),
            counted(row.received, Which::Received),
            counted(row.accepted, Which::Accepted),
            counted(row.refused, Which::Refused),
            Datum::Share(Share { part: row.on_time, whole: row.answered }),
            Datum::Share(Share { part: row.satisfied, whole: row.judged }),
            counted(row.reopened, Which::Reopened),
            counted(row.supervised, Which::Supervised),
        ]
    };
    Sheet {
        title: Text::same(""),
        columns: vec![
            text("类别", "Kind"),
            text("来源", "Source"),
            figure("收到", "Received"),
            figure("受理", "Accepted"),
            figure("不予受理", "Not accepted"),
            figure("按时答复率", "Answered in time"),
            figure("满意率", "Satisfied"),
            figure("重办", "Reopened"),
            figure("督办", "Supervised"),
        ],
        rows: rows.into_iter().map(line).collect(),
    }
}

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;

fn hall_1(halls: Vec<rows::HallRow>, booked: Vec<rows::BookedRow>) -> Sheet {
    let mut offices: BTreeMap<String, (Text, Option<rows::HallRow>, Option<rows::BookedRow>)> = BTreeMap::new();
    for row in halls {
        let name = Text::new(row.name_zh.clone(), row.name_en.clone());
        let code = row.code.clone();
        offices.entry(code).or_insert((name, None, None)).1 = Some(row);
    }
    for row in booked {
        let name = Text::new(row.name_zh.clone(), row.name_en.clone());
        let code = row.code.clone();
        offices.entry(code).or_insert((name, None, None)).2 = Some(row);
    }
    let rows = offices.into_values().map(|(name, hall, booked)| {
        let of = |get: fn(&rows::HallRow) -> i64| hall.as_ref().map_or(0, get);
        let booking = |get: fn(&rows::BookedRow) -> i64| booked.as_ref().map_or(0, get);
        let (came, missed) = (booking(|row| row.came), booking(|row| row.missed));
        vec![
            Datum::Text(name),
            Datum::Count(of(|row| row.tickets)),
            Datum::Count(booking(|row| row.booked)),
            Datum::Share(Share { part: came, whole: came + missed }),
            Datum::Mean(Mean { days: of(|row| row.wait) / MINUTE, cases: of(|row| row.called) }),
            Datum::Mean(Mean { days: of(|row| row.service) / MINUTE, cases: of(|row| row.served) }),
            Datum::Count(of(|row| row.priority)),
            Datum::Count(booking(|row| row.complaints)),
        ]
    });
    Sheet {
        title: Text::same(""),
        columns: vec![
            text("大厅", "Hall"),
            figure("取号", "Tickets"),
            figure("预约", "Appointments"),
            figure("到场率", "Came"),
            figure("平均等候（分钟）", "Mean wait, minutes"),
            figure("平均办理（分钟）", "Mean visit, minutes"),
            figure("优先服务", "Priority served"),
            figure("投诉", "Complaints"),
        ],
        rows: rows.collect(),
    }
}

/// Hides what is too small in the columns of a form.
fn hide(sheet: &mut Sheet, smallest: i64) {
    let small = |n: i64| (1..smallest).contains(&n);
    for at in 0..sheet.columns.len() {
        let column: Vec<i64> = sheet.rows.iter().map(|row| if let Datum::Count(n) | Datum::Complaints(n, _) = row[at] { n } else { 0 }).collect();
        for (row, hidden) in sheet.rows.iter_mut().zip(hidden(&column, smallest)) {
            let small = match &row[at] {
                Datum::Share(share) => small(share.whole) || small(share.part) || small(share.whole - share.part),
                Datum::Mean(mean) => small(mean.cases),
                Datum::Count(_) | Datum::Complaints(..) => hidden,
                Datum::Text(_) | Datum::Hidden => false,
            };
            if small {
                row[at] = Datum::Hidden;
            }
        }
    }
}
