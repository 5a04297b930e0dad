//! Figures: counted from the rows of the business, written as differences, read by line.

use std::collections::{BTreeMap, HashMap};

use kernel::{Day, Id, Instant, RegionCode};
use platform::{Error, OrgId, Result};
use store::{Db, Query, Tx, q};

use super::window::{self, OWN, Reach, narrowed};
use crate::model::{ADDED, Asked, By, COLUMNS, Measure, SUMS, Side, Span, Sums, SumsRow};

/// Where a figure belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) side: Side,
    pub(crate) region: RegionCode,
    pub(crate) org: OrgId,
    pub(crate) item: String,
    pub(crate) channel: i64,
}

/// Counts of the rows of `statistic_case` on one of their days.
macro_rules! counted {
    ($measure:literal, $day:literal, $what:literal) => {
        concat!("SELECT '", $measure, "' AS measure, side, region, org, item, channel, CAST(", $what, " AS BIGINT) AS n FROM statistic_case \
             WHERE side IN ('owner', 'receiver') AND ", $day, " = $1 GROUP BY side, region, org, item, channel")
    };
}

const CASES: &str = concat!(
    counted!("received", "received_on", "COUNT(*)"), " UNION ALL ",
    counted!("returned", "returned_on", "COUNT(*)"), " UNION ALL ",
    counted!("corrected", "corrected_on", "COUNT(*)"), " UNION ALL ",
    counted!("accepted", "accepted_on", "COUNT(*)"), " UNION ALL ",
    counted!("rejected", "rejected_on", "COUNT(*)"), " UNION ALL ",
    counted!("refused", "refused_on", "COUNT(*)"), " UNION ALL ",
    counted!("withdrawn", "withdrawn_on", "COUNT(*)"), " UNION ALL ",
    counted!("finished", "finished_on", "COUNT(*)"), " UNION ALL ",
    counted!("on_time", "finished_on", "COUNT(CASE WHEN on_time THEN 1 END)"), " UNION ALL ",
    counted!("used_days", "finished_on", "SUM(used_days)"), " UNION ALL ",
    counted!("promised", "finished_on", "COUNT(promise_days)"), " UNION ALL ",
    counted!("promise_days", "finished_on", "COALESCE(SUM(promise_days), 0)"), " UNION ALL ",
    counted!("limited", "finished_on", "COUNT(legal_days)"), " UNION ALL ",
    counted!("legal_days", "finished_on", "COALESCE(SUM(legal_days), 0)")
);

const RATINGS: &str = "SELECT CASE r.level WHEN 1 THEN 'level_1' WHEN 2 THEN 'level_2' WHEN 3 THEN 'level_3' WHEN 4 THEN 'level_4' ELSE 'level_5' END \
     AS measure, 'owner' AS side, s.region, s.org, s.item, COALESCE(h.channel, 0) AS channel, COUNT(*) AS n FROM rating_subject s \
     JOIN rating r ON r.subject_id = s.id LEFT JOIN case_head h ON h.case_no = s.number \
     WHERE s.finished_on = $1 AND r.counted AND NOT r.removed GROUP BY r.level, s.region, s.org, s.item, COALESCE(h.channel, 0)";

const CARDS: &str = "SELECT CASE c.colour WHEN 'red' THEN 'cards_red' ELSE 'cards_yellow' END AS measure, 'owner' AS side, c.region, c.org, \
     c.item_code AS item, COALESCE(h.channel, 0) AS channel, COUNT(*) AS n FROM supervision_card c LEFT JOIN case_head h ON h.id = c.case_id \
     WHERE c.effective_on = $1 GROUP BY c.colour, c.region, c.org, c.item_code, COALESCE(h.channel, 0) \
     UNION ALL SELECT 'cards_cancelled', 'owner', c.region, c.org, c.item_code, COALESCE(h.channel, 0), COUNT(*) FROM supervision_card c \
     JOIN supervision_note n ON n.card_id = c.id AND n.kind = 'cancel' LEFT JOIN case_head h ON h.id = c.case_id \
     WHERE c.effective_on = $1 GROUP BY c.region, c.org, c.item_code, COALESCE(h.channel, 0)";

#[derive(sqlx::FromRow)]
struct CellRow {
    side: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org: OrgId,
    item: String,
    channel: i64,
}

impl TryFrom<CellRow> for Cell {
    type Error = Error;

    fn try_from(row: CellRow) -> Result<Self> {
        let side = Side::from_code(&row.side).ok_or_else(|| Error::internal("an unknown side"))?;
        Ok(Self { side, region: row.region, org: row.org, item: row.item, channel: row.channel })
    }
}

#[derive(sqlx::FromRow)]
struct CountRow {
    measure: String,
    #[sqlx(flatten)]
    cell: CellRow,
    n: i64,
}

/// What the rows of the business say of a day.
pub(crate) async fn count_day(db: &Db, day: Day) -> Result<BTreeMap<Cell, Sums>> {
    let mut cells: BTreeMap<Cell, Sums> = BTreeMap::new();
    for text in [CASES, RATINGS, CARDS] {
        let rows: Vec<CountRow> = q(text).bind(day).all(db).await?;
        for row in rows {
            let measure = Measure::from_code(&row.measure).ok_or_else(|| Error::internal("an unknown figure"))?;
            cells.entry(row.cell.try_into()?).or_default().add(measure, row.n);
        }
    }
    Ok(cells)
}

#[derive(sqlx::FromRow)]
struct StoredRow {
    #[sqlx(flatten)]
    cell: CellRow,
    #[sqlx(flatten)]
    sums: SumsRow,
}

/// What is stored of a day.
pub(crate) async fn stored_day(db: &Db, day: Day) -> Result<HashMap<Cell, Sums>> {
    let rows: Vec<StoredRow> = q("SELECT ")
        .sql(COLUMNS)
        .sql("side, region, org, item, channel FROM statistic_figure WHERE grain = 'day' AND start = ")
        .arg(day)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok((row.cell.try_into()?, row.sums.into()))).collect()
}

/// A change of a figure of a day.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) cell: Cell,
    /// What is added; negative where it became less.
    pub(crate) by: Sums,
    /// What was stored before.
    pub(crate) before: Sums,
}

/// Adds changes to a day and to its month.
pub(crate) async fn add(tx: &Tx, day: Day, changes: &[Change]) -> Result<()> {
    let mut insert = q("INSERT INTO statistic_figure (").sql(COLUMNS).sql("grain, start, side, region, org, item, channel) VALUES ");
    let grains = [("day", day), ("month", day.first_of_month())];
    for (n, ((grain, start), change)) in grains.iter().flat_map(|grain| changes.iter().map(move |change| (grain, change))).enumerate() {
        insert = insert.sql(if n == 0 { "(" } else { ", (" });
        for value in change.by.0 {
            insert = insert.arg(value).sql(", ");
        }
        let cell = &change.cell;
        insert = insert.arg(*grain).sql(", ").arg(*start).sql(", ").arg(cell.side.code()).sql(", ").arg(cell.region).sql(", ").arg(cell.org);
        insert = insert.sql(", ").arg(&cell.item).sql(", ").arg(cell.channel).sql(")");
    }
    insert
        .sql(" ON CONFLICT (grain, start, side, region, org, item, channel) DO UPDATE SET ")
        .sql(ADDED)
        .sql("channel = excluded.channel")
        .exec(tx)
        .await?;
    Ok(())
}

/// Marker of a correction.
#[derive(Debug)]
pub(crate) struct Correction;

/// Notes what changed in a closed month.
pub(crate) async fn note_corrections(tx: &Tx, day: Day, changes: &[Change], ids: &[Id<Correction>], now: Instant) -> Result<()> {
    let mut insert = q("INSERT INTO statistic_correction (id, month, day, side, region, org, item, channel, measure, before, after, noted_at) VALUES ");
    let mut ids = ids.iter();
    let mut first = true;
    for change in changes {
        for measure in Measure::ALL.iter().filter(|measure| change.by.get(**measure) != 0) {
            let id = *ids.next().ok_or_else(|| Error::internal("more corrections than ids"))?;
            let (cell, before) = (&change.cell, change.before.get(*measure));
            insert = insert.sql(if first { "(" } else { ", (" }).arg(id).sql(", ").arg(day.first_of_month()).sql(", ").arg(day);
            insert = insert.sql(", ").arg(cell.side.code()).sql(", ").arg(cell.region).sql(", ").arg(cell.org).sql(", ").arg(&cell.item);
            insert = insert.sql(", ").arg(cell.channel).sql(", ").arg(measure.code()).sql(", ").arg(before);
            insert = insert.sql(", ").arg(before + change.by.get(*measure)).sql(", ").arg(now).sql(")");
            first = false;
        }
    }
    if !first {
        insert.exec(tx).await?;
    }
    Ok(())
}

/// Control sums of a day: ratings, their levels, cards of both colours, cancellations.
pub(crate) type Control = [i64; 5];

type ControlRow = (String, i64, i64, i64, i64, i64);

fn controls(rows: Vec<ControlRow>, into: &mut BTreeMap<Day, Control>) -> Result<()> {
    for (day, a, b, c, d, e) in rows {
        let day = window::day(&day)?;
        let sums = into.entry(day).or_default();
        sums.iter_mut().zip([a, b, c, d, e]).for_each(|(own, n)| *own += n);
    }
    Ok(())
}

/// Control sums of what changes without a case: as the rows of the business have them, and as the figures do.
pub(crate) async fn control(db: &Db) -> Result<(BTreeMap<Day, Control>, BTreeMap<Day, Control>)> {
    let (mut business, mut figures) = (BTreeMap::new(), BTreeMap::new());
    let ratings: Vec<ControlRow> = q("SELECT s.finished_on, COUNT(*), CAST(SUM(r.level) AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), \
         CAST(0 AS BIGINT) FROM rating r JOIN rating_subject s ON s.id = r.subject_id WHERE r.counted AND NOT r.removed GROUP BY s.finished_on")
    .all(db)
    .await?;
    controls(ratings, &mut business)?;
    let cards: Vec<ControlRow> = q("SELECT c.effective_on, CAST(0 AS BIGINT), CAST(0 AS BIGINT), COUNT(CASE WHEN c.colour <> 'red' THEN 1 END), \
         COUNT(CASE WHEN c.colour = 'red' THEN 1 END), COUNT(n.id) FROM supervision_card c \
         LEFT JOIN supervision_note n ON n.card_id = c.id AND n.kind = 'cancel' GROUP BY c.effective_on")
    .all(db)
    .await?;
    controls(cards, &mut business)?;
    let stored: Vec<ControlRow> = q("SELECT start, CAST(SUM(level_1 + level_2 + level_3 + level_4 + level_5) AS BIGINT), \
         CAST(SUM(level_1 + 2 * level_2 + 3 * level_3 + 4 * level_4 + 5 * level_5) AS BIGINT), CAST(SUM(cards_yellow) AS BIGINT), \
         CAST(SUM(cards_red) AS BIGINT), CAST(SUM(cards_cancelled) AS BIGINT) FROM statistic_figure WHERE grain = 'day' AND side = 'owner' GROUP BY start")
    .all(db)
    .await?;
    controls(stored, &mut figures)?;
    figures.retain(|_, sums| *sums != Control::default());
    Ok((business, figures))
}

/// A line of figures with the key that names it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Code of the region, id of the body, basic code; empty for channels.
    pub(crate) key: Key,
    pub(crate) channel: Option<i64>,
    pub(crate) sums: Sums,
}

/// What names a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    Region(RegionCode),
    Org(OrgId),
    Item(String),
    None,
}

fn grain(span: Span) -> &'static str {
    if span.from == span.to { "day" } else { "month" }
}

fn from_figures(query: Query, grain: &'static str, from: Day, to: Day, asked: &Asked) -> Query {
    query.sql(" WHERE f.grain = ").arg(grain).sql(" AND f.start >= ").arg(from).sql(" AND f.start <= ").arg(to).sql(" AND f.side = ").arg(asked.side.code())
}

/// Joins the regions directly below the one asked for.
const BELOW: &str = " LEFT JOIN (SELECT c.ancestor, c.descendant FROM region_closure c JOIN region r ON r.code = c.ancestor WHERE r.parent = ";

#[derive(sqlx::FromRow)]
struct TextLine {
    #[sqlx(flatten)]
    sums: SumsRow,
    label: String,
    channel: i64,
}

#[derive(sqlx::FromRow)]
struct OrgLine {
    #[sqlx(flatten)]
    sums: SumsRow,
    #[sqlx(try_from = "Vec<u8>")]
    label: OrgId,
}

/// Most lines of a table.
pub(crate) const LINES: i64 = 1000;

/// The lines of a table.
pub(crate) async fn lines(db: &Db, reach: &Reach, asked: &Asked) -> Result<Vec<Line>> {
    let (span, mut query) = (asked.span, q("SELECT ").sql(SUMS));
    let head = match asked.by {
        By::Region => "COALESCE(k.ancestor, f.region) AS label, CAST(0 AS BIGINT) AS channel",
        By::Org => "f.org AS label",
        By::Item => "f.item AS label, CAST(0 AS BIGINT) AS channel",
        By::Channel => "'' AS label, f.channel AS channel",
        By::ItemChannel => "f.item AS label, f.channel AS channel",
    };
    query = query.sql(head).sql(" FROM statistic_figure f");
    if asked.by == By::Region {
        query = query.sql(BELOW).arg(reach.region).sql(") k ON k.descendant = f.region");
    }
    query = narrowed(from_figures(query, grain(span), span.from, span.to, asked), OWN, reach, asked).sql(" GROUP BY ").sql(window::label(asked.by));
    query = if asked.by == By::ItemChannel { query.sql(", f.channel ORDER BY f.item, f.channel") } else { query.sql(" ORDER BY ").sql(window::label(asked.by)) };
    query = query.sql(" LIMIT ").arg(LINES);
    if asked.by == By::Org {
        let rows: Vec<OrgLine> = query.all(db).await?;
        return Ok(rows.into_iter().map(|row| Line { key: Key::Org(row.label), channel: None, sums: row.sums.into() }).collect());
    }
    let rows: Vec<TextLine> = query.all(db).await?;
    rows.into_iter()
        .map(|row| {
            let (key, channel) = match asked.by {
                By::Region => (Key::Region(RegionCode::parse(&row.label).map_err(Error::internal)?), None),
                By::Channel => (Key::None, Some(row.channel)),
                By::ItemChannel => (Key::Item(row.label), Some(row.channel)),
                By::Item | By::Org => (Key::Item(row.label), None),
            };
            Ok(Line { key, channel, sums: row.sums.into() })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct StartLine {
    #[sqlx(flatten)]
    sums: SumsRow,
    label: String,
}

/// Sums by day or by month of a period, in order; added up without the lines.
pub(crate) async fn course(db: &Db, reach: &Reach, asked: &Asked, grain: &'static str, from: Day, to: Day) -> Result<Vec<(Day, Sums)>> {
    let query = q("SELECT ").sql(SUMS).sql("f.start AS label FROM statistic_figure f");
    let query = narrowed(from_figures(query, grain, from, to, asked), OWN, reach, asked).sql(" GROUP BY f.start ORDER BY f.start");
    let rows: Vec<StartLine> = query.all(db).await?;
    rows.into_iter().map(|row| Ok((window::day(&row.label)?, row.sums.into()))).collect()
}

/// Items that have figures at all, by code.
pub(crate) async fn items(db: &Db, reach: &Reach, asked: &Asked, from: Day, to: Day) -> Result<Vec<String>> {
    let query = from_figures(q("SELECT DISTINCT f.item FROM statistic_figure f"), "month", from, to, asked);
    let rows: Vec<(String,)> = narrowed(query, OWN, reach, &Asked { item: None, org: None, channel: None, ..asked.clone() }).sql(" ORDER BY f.item LIMIT 500").all(db).await?;
    Ok(rows.into_iter().map(|(item,)| item).collect())
}

/// What changed in closed months: by figure, how much in all.
pub(crate) async fn corrections(db: &Db, reach: &Reach, asked: &Asked) -> Result<Vec<(Measure, i64)>> {
    let query = q("SELECT f.measure, CAST(SUM(f.after - f.before) AS BIGINT) FROM statistic_correction f WHERE f.month >= ")
        .arg(asked.span.from.first_of_month())
        .sql(" AND f.month <= ")
        .arg(asked.span.to)
        .sql(" AND f.day >= ")
        .arg(asked.span.from)
        .sql(" AND f.day <= ")
        .arg(asked.span.to)
        .sql(" AND f.side = ")
        .arg(asked.side.code());
    let rows: Vec<(String, i64)> = narrowed(query, OWN, reach, asked).sql(" GROUP BY f.measure").all(db).await?;
    let mut all: Vec<_> = rows.into_iter().filter(|(_, by)| *by != 0).filter_map(|(code, by)| Some((Measure::from_code(&code)?, by))).collect();
    all.sort();
    Ok(all)
}
