//! D.7: the stock of organisations and what became of them in the year, counted on the way through the daily file: by division, kind and
//! industry, and in each by status, level and list. The level of the registering authority is that of its division. Once all are counted, they are
//! added up for every region with all below it and kept in rows of their own, of which a page reads those of one region.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ::statistics::{Datum, Entry as Counted, ShareOf, Sheet, rules};
use interaction::ratings::Share;
use kernel::{Day, Id, Level, RegionCode, Text};
use platform::{Ctx, Error, Result, regions};
use serde::{Deserialize, Serialize};

use super::fields::{LEVELS, level};
use super::store;
use crate::model::{Entry, Kind, ListFlag, OrganizationId, Status};
use crate::statistics::{What, of, of_reports, shares, tallies};
use crate::store::counts;
use crate::codes;

/// Decisions on illegal organisations, and regions, read at once.
const READ: i64 = 500;
/// Rows written in one transaction.
const ROWS: usize = 200;

/// Counts by division, kind and industry (`990102/1/04`; a division alone for what is no organisation), and in each by what is counted: `stock`,
/// `status/40`, `level/5`, `list/abnormal`, `charity`, `fundraising`, and `year/…` for what the report counts since the first of January.
/// Levels, lists, charities and fundraising count those in existence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Figures(BTreeMap<String, BTreeMap<String, i64>>);

impl Figures {
    /// Counts entries, and what was published of them in the year.
    pub(super) async fn read(&mut self, ctx: &Ctx, day: Day, entries: &[Entry]) -> Result<()> {
        let ids: Vec<OrganizationId> = entries.iter().map(|entry| entry.head.id).collect();
        let mut facts: BTreeMap<Vec<u8>, Vec<What>> = BTreeMap::new();
        for (id, what) in counts::facts_of(ctx, &ids, Day::ymd(day.year(), 1, 1)).await? {
            facts.entry(id.to_vec()).or_default().push(what);
        }
        for entry in entries {
            let head = &entry.head;
            let cell = format!("{}/{}/{}", head.region, head.kind.code(), head.industry);
            let here = self.0.entry(cell).or_default();
            stock(here, entry);
            year(here, day, &What::Organization(head.kind, head.established_on, head.status, head.status_since));
            facts.remove(&head.id.to_vec()).unwrap_or_default().iter().for_each(|what| year(here, day, what));
        }
        Ok(())
    }

    /// Counts the illegal organisations that were dealt with in the year, where they acted.
    pub(super) async fn read_illegal(&mut self, ctx: &Ctx, day: Day) -> Result<()> {
        let mut after: Option<Id<Counted>> = None;
        loop {
            let some = counts::illegal(ctx.db(), after, READ).await?;
            let Some(last) = some.last() else { return Ok(()) };
            after = Some(last.id);
            for one in &some {
                year(self.0.entry(one.region.to_string()).or_default(), day, &one.what);
            }
        }
    }

    /// Adds them up for every region with all below it and keeps that as the figures of the day.
    pub(super) async fn keep(&self, ctx: &Ctx, day: Day) -> Result<()> {
        let rows = Arc::new(self.rows(ctx).await?);
        ctx.db().write(|tx| async move { store::clear_figures(&tx, day).await }).await?;
        for from in (0..rows.len()).step_by(ROWS) {
            let write = |tx| {
                let rows = rows.clone();
                async move { store::add_figures(&tx, day, &rows[from..rows.len().min(from + ROWS)]).await }
            };
            ctx.db().write(write).await?;
        }
        Ok(())
    }

    async fn rows(&self, ctx: &Ctx) -> Result<Vec<store::FigureRow>> {
        let divisions: BTreeSet<&str> = self.0.keys().map(|cell| parts(cell)[0]).collect();
        let divisions: Vec<String> = divisions.into_iter().map(str::to_owned).collect();
        let mut above: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for some in divisions.chunks(usize::try_from(READ).unwrap_or(1)) {
            for (division, region) in store::above(ctx.db(), some).await? {
                above.entry(division).or_default().push(region);
            }
        }
        let mut sums: BTreeMap<[&str; 4], BTreeMap<&str, i64>> = BTreeMap::new();
        for (cell, figures) in &self.0 {
            let [division, kind, industry] = parts(cell);
            let authority = authority(&RegionCode::parse(division).map_err(Error::internal)?);
            for region in above.get(division).into_iter().flatten() {
                let sum = sums.entry([region.as_str(), kind, authority, industry]).or_default();
                figures.iter().for_each(|(what, n)| *sum.entry(what.as_str()).or_default() += n);
            }
        }
        let row = |([region, kind, authority, industry], sum): ([&str; 4], BTreeMap<&str, i64>)| -> Result<store::FigureRow> {
            Ok(store::FigureRow {
                region: region.to_owned(),
                kind: kind.to_owned(),
                authority: authority.to_owned(),
                industry: industry.to_owned(),
                stock: sum.get("stock").copied().unwrap_or_default(),
                counts: serde_json::to_string(&sum).map_err(Error::internal)?,
            })
        };
        sums.into_iter().map(row).collect()
    }
}

/// Division, kind and industry of a cell.
fn parts(cell: &str) -> [&str; 3] {
    let mut parts = cell.splitn(3, '/');
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

fn stock(here: &mut BTreeMap<String, i64>, entry: &Entry) {
    let (head, flags) = (&entry.head, entry.head.flags);
    let mut one = |what: String| *here.entry(what).or_default() += 1;
    one(format!("status/{}", head.status.code()));
    if !head.status.exists() {
        return;
    }
    one("stock".to_owned());
    if flags.level > 0 {
        one(format!("level/{}", flags.level));
    }
    if !flags.list.code().is_empty() {
        one(format!("list/{}", flags.list.code()));
    }
    if flags.charity {
        one("charity".to_owned());
    }
    if flags.fundraising {
        one("fundraising".to_owned());
    }
}

fn year(here: &mut BTreeMap<String, i64>, day: Day, what: &What) {
    for count in of(what).into_iter().filter(|count| count.day.year() == day.year()) {
        *here.entry(format!("year/{}", count.tally)).or_default() += count.n;
    }
}

/// Levels of registering authorities, each with its code.
const AUTHORITIES: [(&str, Level, &str, &str); 3] =
    [("province", Level::Province, "省级", "Province"), ("city", Level::City, "市级", "City"), ("county", Level::County, "县级", "County")];

/// The code of the level of the authorities of a division; empty where none register there.
pub fn authority(division: &RegionCode) -> &'static str {
    AUTHORITIES.iter().find(|(_, level, ..)| *level == division.level()).map_or("", |(code, ..)| code)
}

/// What of all organisations is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Registered by authorities of the level with this code; empty for all.
    pub authority: String,
    /// Of this industry; empty for all.
    pub industry: String,
}

impl Selection {
    /// As an address has it. What is on no list selects nothing.
    pub fn read(kind: &str, authority: &str, industry: &str) -> Self {
        let of_level = AUTHORITIES.iter().find(|(code, ..)| *code == authority).map(|(code, ..)| (*code).to_owned());
        let of_industry = codes::industries().iter().find(|known| known.code == industry).map(|known| known.code.clone());
        Self { kind: Kind::from_code(kind), authority: of_level.unwrap_or_default(), industry: of_industry.unwrap_or_default() }
    }

    /// Codes and names of the levels of authorities.
    pub fn authorities() -> impl Iterator<Item = (&'static str, Text)> {
        AUTHORITIES.into_iter().map(|(code, _, zh, en)| (code, Text::fixed(zh, en)))
    }

    fn takes(&self, row: &store::FigureRow) -> bool {
        self.kind.is_none_or(|wanted| wanted.code() == row.kind)
            && (self.authority.is_empty() || self.authority == row.authority)
            && (self.industry.is_empty() || self.industry == row.industry)
    }
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is counted, for instance `kind/1`.
    pub what: String,
    /// Its name.
    pub name: Text,
    /// What one of it is.
    pub unit: Text,
    /// How many; none where so few reports were added up that single ones would be told.
    pub n: Option<i64>,
}

/// The stock of a region as of the last daily file, and what became of it since the first of January.
#[derive(Debug, Clone)]
pub struct Stock {
    /// The day of the file.
    pub day: Day,
    /// The region.
    pub region: RegionCode,
    /// Its name.
    pub name: String,
    /// The region above, if it is one of this site.
    pub above: Option<RegionCode>,
    /// What of it is counted.
    pub selection: Selection,
    /// What is counted in all of it.
    counts: BTreeMap<String, i64>,
    /// The regions directly below, with those in existence in each.
    pub below: Vec<(RegionCode, String, i64)>,
}

impl Stock {
    /// A count, for instance `kind/1`.
    pub fn count(&self, what: &str) -> i64 {
        self.counts.get(what).copied().unwrap_or_default()
    }

    fn line(&self, what: String, name: Text) -> Line {
        let n = Some(self.count(&what));
        Line { what, name, unit: Text::fixed("个", "organisations"), n }
    }

    /// Those in existence, with what distinguishes some of them; and those that have ended, by how.
    pub fn standing(&self) -> Vec<Line> {
        let lists = [ListFlag::Abnormal, ListFlag::Serious].map(|list| (format!("list/{}", list.code()), list.name()));
        let ended = Status::ALL.into_iter().filter(|status| status.ended()).map(|status| (format!("status/{}", status.code()), status.name()));
        let first = [
            ("stock".to_owned(), Text::fixed("存续", "In existence")),
            ("charity".to_owned(), Text::fixed("慈善组织", "Charities")),
            ("fundraising".to_owned(), Text::fixed("具有公开募捐资格", "May raise funds in public")),
        ];
        first.into_iter().chain(lists).chain(ended).map(|(what, name)| self.line(what, name)).collect()
    }

    /// Those in existence by kind.
    pub fn kinds(&self) -> Vec<Line> {
        Kind::ALL.into_iter().map(|kind| self.line(format!("kind/{}", kind.code()), kind.name())).collect()
    }

    /// Those in existence by the level of the registering authority.
    pub fn authorities(&self) -> Vec<Line> {
        Selection::authorities().map(|(code, name)| self.line(format!("authority/{code}"), name)).collect()
    }

    /// Those in existence by industry.
    pub fn industries(&self) -> Vec<Line> {
        codes::industries().iter().map(|industry| self.line(format!("industry/{}", industry.code), industry.name.clone())).collect()
    }

    /// Those in existence with an evaluation in force, by its level.
    pub fn evaluated(&self) -> Vec<Line> {
        LEVELS.into_iter().map(|one| self.line(format!("level/{one}"), Text::same(level(one)))).collect()
    }

    /// What the report on organisations counts, since the first of January. Illegal organisations have neither kind nor industry.
    pub fn year(&self) -> Vec<Line> {
        let few = self.count("year/reports") < rules().smallest_cell;
        let organised = self.selection.kind.is_some() || !self.selection.industry.is_empty();
        let shown = tallies().iter().filter(|tally| !(organised && tally.code == "illegal"));
        shown
            .map(|tally| {
                let n = Some(self.count(&format!("year/{}", tally.code))).filter(|_| !(few && of_reports(&tally.code)));
                Line { what: format!("year/{}", tally.code), name: tally.name.clone(), unit: tally.unit.clone(), n }
            })
            .collect()
    }

    /// Shares of what the year counts, with what they say; none before anything is counted.
    pub fn shares(&self) -> Vec<(Text, Text, Share)> {
        let of = |tally: &str| self.count(&format!("year/{tally}"));
        let share = |share: &ShareOf| (share.name.clone(), share.definition.clone(), Share { part: of(&share.part), whole: of(&share.whole) });
        shares().iter().map(share).filter(|(.., share)| share.whole > 0).collect()
    }

    /// All of it, to take along.
    pub fn sheet(&self) -> Sheet {
        let groups = [
            (Text::fixed("存量", "Stock"), self.standing()),
            (Text::fixed("按类型", "By kind"), self.kinds()),
            (Text::fixed("按登记管理机关层级", "By level of the authority"), self.authorities()),
            (Text::fixed("按行业", "By industry"), self.industries()),
            (Text::fixed("按评估等级", "By evaluation"), self.evaluated()),
            (Text::new(format!("{}年以来", self.day.year()), format!("Since 1 January {}", self.day.year())), self.year()),
        ];
        let cell = |text: &Text| Datum::Text(text.clone());
        let lines = groups.iter().flat_map(|(group, lines)| lines.iter().map(move |line| vec![cell(group), cell(&line.name), cell(&line.unit), Datum::count(line.n)]));
        let shares = self.shares().into_iter().map(|(name, _, share)| vec![cell(&groups[5].0), Datum::Text(name), Datum::Text(share.unit()), Datum::Share(share)]);
        let (group, unit) = (Text::fixed("按地区", "By region"), Text::fixed("个", "organisations"));
        let below = self.below.iter().map(|(_, name, n)| vec![cell(&group), Datum::Text(Text::same(name.clone())), cell(&unit), Datum::Count(*n)]);
        let title = Text::new(format!("社会组织统计 · {} · {}", self.name, self.day), format!("Social organisations in figures · {} · {}", self.name, self.day));
        let columns = [("分组", "Group", false), ("指标", "Figure", false), ("单位", "Unit", false), ("数量", "Number", true)];
        Sheet { title, columns: columns.map(|(zh, en, figure)| (Text::fixed(zh, en), figure)).into(), rows: lines.chain(shares).chain(below).collect() }
    }
}

/// The stock of a region with all below it; of that of this site without one. None before the first daily file.
///
/// # Errors
/// `NotFound` for a region that this site does not know.
pub async fn stock_of(ctx: &Ctx, code: &str, selection: Selection) -> Result<Option<Stock>> {
    let top = ctx.settings().region;
    let region = if code.is_empty() { top } else { RegionCode::parse(code).map_err(|_| Error::NotFound)? };
    let here = regions::find(ctx.db(), &region).await?.ok_or(Error::NotFound)?;
    let Some(day) = store::figured(ctx.db()).await? else { return Ok(None) };
    let mut counts = BTreeMap::<String, i64>::new();
    for row in store::figures(ctx.db(), day, &region).await?.iter().filter(|row| selection.takes(row)) {
        let figures: BTreeMap<String, i64> = serde_json::from_str(&row.counts).map_err(Error::internal)?;
        let groups = [("kind", &row.kind), ("authority", &row.authority), ("industry", &row.industry)];
        let by = groups.into_iter().filter(|(_, code)| !code.is_empty()).map(|(group, code)| (format!("{group}/{code}"), row.stock));
        for (what, n) in figures.into_iter().chain(by) {
            *counts.entry(what).or_default() += n;
        }
    }
    let stocks: BTreeMap<RegionCode, i64> = store::stocks(ctx.db(), day, &region, &selection).await?.into_iter().collect();
    let children = regions::children(ctx.db(), &region).await?;
    let below = children.into_iter().map(|child| (child.code, child.name, stocks.get(&child.code).copied().unwrap_or_default())).collect();
    Ok(Some(Stock { day, region, name: here.name, above: here.parent.filter(|_| region != top), selection, counts, below }))
}

#[cfg(test)]
mod tests {
    use platform::Actor;

    use super::*;
    use crate::testing::{content, enters, world};

    ::store::db_test!(the_figures_of_a_region_are_few_rows_of_the_newest_day, |db| async move {
        let w = world(db).await;
        for n in 0..40 {
            let content = crate::Content { established_on: Some(Day::ymd(2026, 3, 2)), ..content(&format!("第{n}协会"), Kind::Association) };
            enters(&w.p.system(), (w.authority, w.region), content, None).await;
        }
        let ctx = w.p.system();
        assert!(stock_of(&ctx, "", Selection::default()).await.expect("asked").is_none(), "before the first file");
        for _ in 0..2 {
            (crate::public::daily_job().run)(w.p.system()).await.expect("made");
            w.p.set_now(w.p.now().plus_days(1));
        }
        let newest = store::figured(ctx.db()).await.expect("read").expect("made");
        assert_eq!(newest, w.p.now().day().plus_days(-1));
        for region in ["990000", "990100", "990102"].map(|code| RegionCode::parse(code).expect("a region")) {
            let rows = store::figures(ctx.db(), newest, &region).await.expect("read");
            assert_eq!(rows.iter().map(|row| row.stock).collect::<Vec<_>>(), [40], "{region}: one kind, one level, one industry");
            assert!(store::figures(ctx.db(), newest.plus_days(-1), &region).await.expect("read").is_empty(), "the day before is forgotten");
        }
    });

    ::store::db_test!(d_7_the_stock_is_told_by_kind_level_of_the_authority_area_and_industry, |db| async move {
        let w = world(db).await;
        let county = (w.authority, w.region);
        let city = RegionCode::parse("990100").expect("a test region");
        let city = (identity::testing::organisation(&w.p.system(), city).await, city);
        for (n, (at, kind, industry, founded)) in [
            (county, Kind::Association, "05", 2026),
            (county, Kind::Association, "05", 2020),
            (county, Kind::Foundation, "04", 2026),
            (city, Kind::Association, "04", 2026),
        ]
        .into_iter()
        .enumerate()
        {
            let content = crate::Content { industry: industry.to_owned(), established_on: Some(Day::ymd(founded, 3, 2)), ..content(&format!("第{n}协会"), kind) };
            enters(&w.p.system(), at, content, None).await;
        }
        (crate::public::daily_job().run)(w.p.system()).await.expect("made");
        let visitor = w.p.as_actor(Actor::Anonymous);
        let told = |region: &'static str, kind: &'static str, authority: &'static str, industry: &'static str| {
            let visitor = visitor.clone();
            async move { stock_of(&visitor, region, Selection::read(kind, authority, industry)).await.expect("shown").expect("made") }
        };
        let all = told("", "", "", "").await;
        let counts = |stock: &Stock, what: &[&str]| what.iter().map(|what| stock.count(what)).collect::<Vec<_>>();
        let what = ["stock", "kind/1", "kind/3", "authority/city", "authority/county", "industry/04", "industry/05", "year/established"];
        assert_eq!(counts(&all, &what), [4, 3, 1, 1, 3, 2, 2, 3]);
        assert_eq!(all.below.iter().map(|(code, _, n)| (code.as_str(), *n)).collect::<Vec<_>>(), [("990100", 4), ("990200", 0)], "in the order of their codes");
        assert_eq!(counts(&told("990100", "1", "", "").await, &what), [3, 3, 0, 1, 2, 1, 2, 2]);
        assert_eq!(counts(&told("", "1", "county", "05").await, &what), [2, 2, 0, 0, 2, 0, 2, 1]);
        assert_eq!(counts(&told("990200", "", "", "").await, &what), [0; 8]);
        // What single reports say is not told, and no kind has illegal organisations.
        let shown = |stock: &Stock, tally: &str| stock.year().into_iter().find(|line| line.what == format!("year/{tally}")).map(|line| line.n);
        assert_eq!((shown(&all, "assets"), shown(&all, "illegal")), (Some(None), Some(Some(0))));
        assert_eq!(shown(&told("", "1", "", "").await, "illegal"), None);
        let file = String::from_utf8(all.sheet().csv(kernel::Lang::Zh).expect("a file")).expect("text");
        assert!(file.contains("按登记管理机关层级,市级,个,1\r\n") && file.contains("按地区,甲市,个,4\r\n"), "{file}");
    });
}
