//! The table of figures: lines, their sum, the period before, the course, corrections, and the checks that it adds up.

use std::collections::BTreeMap;

use kernel::{Channel, Day, Instant, RegionCode, Text};
use platform::{Actor, Ctx, Error, OrgId, Result, Role, regions};

use crate::issues;
use crate::model::{Asked, Length, Measure, Sums};
use crate::rules::rules;
use crate::shown::{Shown, suppress};
use crate::store::figures::{self, Key};
use crate::store::runs;
use crate::store::window::{self, Reach, Window};

/// Who reads figures.
pub const READERS: &[Role] = &[Role::Statistician, Role::Leader, Role::Supervisor, Role::Head];

/// Those of them who see cases too; whoever only reads figures sees no applicant and no page of a case.
const CASES: &[Role] = &[Role::Leader, Role::Supervisor, Role::Head];

/// A reader with what he may see of a region.
pub(crate) struct Reader {
    pub(crate) reach: Reach,
    /// Whether he sees the cases themselves, in everything that he reaches.
    pub(crate) cases: bool,
    /// Whether nothing is hidden from him for being small: he sees the cases, or belongs to the office or to one above it.
    pub(crate) inside: bool,
}

/// What grants of these roles let through, as long as they hold.
fn windows(ctx: &Ctx, roles: &[Role]) -> Vec<Window> {
    let now = ctx.now();
    let mut windows: Vec<Window> = match ctx.actor() {
        Actor::System { .. } => vec![Window { region: ctx.settings().region, org: None, item: None }],
        actor => actor
            .grants()
            .iter()
            .filter(|grant| roles.contains(&grant.role) && grant.until.is_none_or(|until| now < until))
            .map(|grant| Window { region: grant.region, org: grant.org, item: grant.item.clone() })
            .collect(),
    };
    windows.sort();
    windows.dedup();
    windows
}

/// Lets those pass who may read the figures of a region; without one it is their own.
///
/// # Errors
/// `E-P805` for a region outside of every grant.
pub(crate) async fn reader(ctx: &Ctx, region: Option<RegionCode>) -> Result<Reader> {
    ctx.require_role(READERS)?;
    let (mut windows, cases) = (windows(ctx, READERS), windows(ctx, CASES));
    let own = ctx.actor().staff().map(|staff| staff.region);
    let first = windows.iter().find(|window| Some(window.region) == own).or(windows.first()).map(|window| window.region);
    let region = region.or(first).ok_or(Error::NotFound)?;
    let above = window::above(ctx.db(), region).await?;
    windows.retain(|window| above.contains(&window.region));
    if windows.is_empty() {
        return Err(Error::Denied(issues::foreign_region(region)));
    }
    // A program takes figures out of the house, whatever it may read.
    let here = !matches!(ctx.actor(), Actor::Program(_));
    let cases = here && windows.iter().all(|window| cases.contains(window));
    let inside = cases || own.is_some_and(|own| above.contains(&own));
    Ok(Reader { reach: Reach { region, windows }, cases, inside })
}

/// A line of the table.
#[derive(Debug, Clone)]
pub struct TableLine {
    /// What it is about.
    pub name: Text,
    /// The question that its figures answer: what their lists are asked with.
    pub asked: Asked,
    /// The region directly below, to which one may go on.
    pub below: bool,
    /// Whether its figures have lists: not where the channel is not known.
    pub listed: bool,
    /// Its figures.
    pub shown: Shown,
}

/// Something that must hold between the figures, and whether it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What must hold.
    pub what: Text,
    /// Whether it does.
    pub holds: bool,
}

/// A figure of closed months that has changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Which.
    pub measure: Measure,
    /// As it was when the months were closed.
    pub closed: i64,
    /// As it is now.
    pub now: i64,
}

/// The answer to a question.
#[derive(Debug, Clone)]
pub struct Table {
    /// The question, with the region that it was answered for.
    pub asked: Asked,
    /// That region and all above it that the reader may see, the highest first.
    pub path: Vec<(RegionCode, String)>,
    /// The regions directly below.
    pub below: Vec<(RegionCode, String)>,
    /// Bodies to choose from.
    pub orgs: Vec<(OrgId, Text)>,
    /// Items to choose from.
    pub items: Vec<(String, Text)>,
    /// The lines.
    pub lines: Vec<TableLine>,
    /// Their sum, added up for itself.
    pub total: Shown,
    /// The sum of the period before.
    pub before: Shown,
    /// Sums by day of a month, by month of a longer period.
    pub course: Vec<(Day, Shown)>,
    /// Months of the period that are closed, with the moment.
    pub closed: Vec<(Day, Instant)>,
    /// What has changed in them since.
    pub corrected: Vec<Corrected>,
    /// What must hold between the figures.
    pub checks: Vec<Check>,
    /// Whether the reader belongs to the office: he sees everything, and the lists behind.
    pub inside: bool,
    /// Whether anything is hidden because it is small.
    pub hidden: bool,
    /// Day and moment of the last run.
    pub run: Option<(Day, Instant)>,
    /// Codes and names of the reports of services.
    pub reports: Vec<(String, Text)>,
}

/// Answers a question.
///
/// # Errors
/// `E-P805` for a region outside of every grant.
pub async fn table(ctx: &Ctx, asked: &Asked) -> Result<Table> {
    let Reader { reach, inside, .. } = reader(ctx, asked.region).await?;
    let asked = Asked { region: Some(reach.region), ..asked.clone() };
    let (db, span) = (ctx.db(), asked.span);
    let known = window::regions(db, reach.region).await?;
    let orgs = regions::organisations(db, &reach.region).await?;
    let lines = figures::lines(db, &reach, &asked).await?;
    let grain = if span.length == Length::Day { "day" } else { "month" };
    let sums = figures::course(db, &reach, &asked, grain, span.before().from, span.to).await?;
    let sum = |from: Day, to: Day| {
        let mut all = Sums::default();
        sums.iter().filter(|(day, _)| (from..=to).contains(day)).for_each(|(_, one)| all.plus(one));
        all
    };
    let (total, before) = (sum(span.from, span.to), sum(span.before().from, span.before().to));
    let course = match span.length {
        Length::Day => Vec::new(),
        Length::Month => figures::course(db, &reach, &asked, "day", span.from, span.to).await?,
        Length::Quarter | Length::Year => sums.iter().filter(|(day, _)| *day >= span.from).copied().collect(),
    };
    let codes = figures::items(db, &reach, &asked, span.before().from.first_of_month(), span.to).await?;
    let names = Names { regions: &known, orgs: &orgs, items: catalog::ops::names(ctx, &codes).await? };
    let corrected = figures::corrections(db, &reach, &asked).await?;
    let checks = checks(&lines, &course, &total);
    let hide = |rows: &[Sums]| if inside { rows.iter().map(Shown::whole).collect() } else { suppress(rows, rules().smallest_cell) };
    let shown = hide(&lines.iter().map(|line| line.sums).collect::<Vec<_>>());
    let sums_shown = hide(&[total]);
    let hidden = !inside && shown.iter().chain(&sums_shown).any(|row| Measure::ALL.iter().any(|measure| row.get(*measure).is_none()));
    let course_shown = hide(&course.iter().map(|(_, sums)| *sums).collect::<Vec<_>>());
    let below: Vec<(RegionCode, String)> =
        known.iter().filter(|(_, _, parent)| *parent == Some(reach.region)).map(|(code, name, _)| (*code, name.clone())).collect();
    Ok(Table {
        lines: lines.iter().zip(shown).map(|(line, shown)| names.line(&asked, &below, line, shown)).collect(),
        path: path(&known, &reach),
        below,
        items: codes.iter().map(|code| (code.clone(), names.item(code))).collect(),
        orgs: orgs.iter().map(|org| (org.id, org.name.clone())).collect(),
        total: sums_shown[0],
        before: hide(&[before])[0],
        course: course.iter().map(|(day, _)| *day).zip(course_shown).collect(),
        closed: if span.length == Length::Day { Vec::new() } else { runs::closed(db, span.from, span.to).await? },
        corrected: if inside {
            corrected.into_iter().map(|(measure, by)| Corrected { measure, closed: total.get(measure) - by, now: total.get(measure) }).collect()
        } else {
            Vec::new()
        },
        checks,
        inside,
        hidden,
        run: runs::last(db).await?,
        reports: crate::report::reports(ctx),
        asked,
    })
}

/// The region asked for and those above it that a grant of the reader covers, the highest first.
pub(crate) fn path(known: &[(RegionCode, String, Option<RegionCode>)], reach: &Reach) -> Vec<(RegionCode, String)> {
    let mut path = Vec::new();
    let mut next = Some(reach.region);
    while let Some((code, name, parent)) = next.and_then(|code| known.iter().find(|(own, ..)| *own == code)) {
        path.push((*code, name.clone()));
        next = if reach.windows.iter().all(|window| window.region == *code) { None } else { *parent };
    }
    path.reverse();
    path
}

/// What must hold between the figures of one answer.
fn checks(lines: &[figures::Line], course: &[(Day, Sums)], total: &Sums) -> Vec<Check> {
    let add = |rows: &mut dyn Iterator<Item = Sums>| {
        let mut all = Sums::default();
        rows.for_each(|one| all.plus(&one));
        all
    };
    let mut checks = Vec::new();
    if (lines.len() as i64) < figures::LINES {
        let holds = add(&mut lines.iter().map(|line| line.sums)) == *total;
        checks.push(Check { what: Text::fixed("合计等于各行之和", "The sum is that of the lines"), holds });
    }
    if !course.is_empty() {
        let holds = add(&mut course.iter().map(|(_, sums)| *sums)) == *total;
        checks.push(Check { what: Text::fixed("合计等于各日（月）之和", "The sum is that of the days or months"), holds });
    }
    checks.push(Check { what: Text::fixed("办结数不少于评价数", "No more ratings than finished cases"), holds: total.get(Measure::Finished) >= total.rated() });
    checks.push(Check {
        what: Text::fixed("按时办结数不多于办结数", "No more on time than finished"),
        holds: total.get(Measure::OnTime) <= total.get(Measure::Finished),
    });
    checks
}

/// Names of what lines are about.
pub(crate) struct Names<'a> {
    pub(crate) regions: &'a [(RegionCode, String, Option<RegionCode>)],
    pub(crate) orgs: &'a [regions::Organisation],
    pub(crate) items: BTreeMap<String, Text>,
}

impl Names<'_> {
    pub(crate) fn item(&self, code: &str) -> Text {
        self.items.get(code).cloned().unwrap_or_else(|| Text::same(code.to_owned()))
    }

    pub(crate) fn org(&self, id: OrgId) -> Text {
        self.orgs.iter().find(|org| org.id == id).map_or_else(|| Text::same("—"), |org| org.name.clone())
    }

    fn line(&self, asked: &Asked, below: &[(RegionCode, String)], line: &figures::Line, shown: Shown) -> TableLine {
        let channel = line.channel.map(|digit| (u8::try_from(digit).ok().and_then(Channel::from_digit), channel_name(digit)));
        let mut own = asked.clone();
        own.channel = channel.as_ref().map_or(asked.channel, |(channel, _)| *channel);
        let (name, is_below) = match &line.key {
            Key::Region(code) => {
                let name = self.regions.iter().find(|(own, ..)| own == code).map_or_else(|| code.to_string(), |(_, name, _)| name.clone());
                own.region = Some(*code);
                if Some(*code) == asked.region && !below.is_empty() {
                    own.only = true;
                    (Text::new(format!("{name}本级"), format!("{name} itself")), false)
                } else {
                    (Text::same(name), Some(*code) != asked.region)
                }
            }
            Key::Org(org) => {
                own.org = Some(*org);
                (self.org(*org), false)
            }
            Key::Item(code) => {
                own.item = Some(code.clone());
                let name = self.item(code);
                match &channel {
                    Some((_, channel)) => (Text::new(format!("{}（{}）", name.zh, channel.zh), format!("{} ({})", name.en, channel.en)), false),
                    None => (name, false),
                }
            }
            Key::None => (channel.map(|(_, name)| name).unwrap_or_else(|| Text::same("—")), false),
        };
        TableLine { name, asked: own, below: is_below, listed: line.channel != Some(0), shown }
    }
}

/// The name of the channel with this digit.
pub(crate) fn channel_name(digit: i64) -> Text {
    u8::try_from(digit).ok().and_then(Channel::from_digit).map_or_else(|| Text::fixed("不详", "Not known"), Channel::text)
}
