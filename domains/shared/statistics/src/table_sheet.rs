//! The table of figures as a sheet: page, export and interface show the same columns.

use kernel::Text;

use crate::list::List;
use crate::model::{Asked, Measure, Side};
use crate::read::Table;
use crate::sheet::{Datum, Sheet};
use crate::shown::Shown;

/// A column of the table.
pub struct Column {
    /// Its head.
    pub name: Text,
    /// The figure whose list it opens; none for shares and means.
    pub opens: Option<Measure>,
    /// What stands in it.
    pub of: fn(&Shown) -> Datum,
}

macro_rules! counted {
    ($measure:ident) => {
        Column { name: Measure::$measure.name(), opens: Some(Measure::$measure), of: |shown| Datum::count(shown.get(Measure::$measure)) }
    };
}

/// The columns of the table, in order.
pub fn columns() -> Vec<Column> {
    let derived = |zh, en, of| Column { name: Text::fixed(zh, en), opens: None, of };
    vec![
        counted!(Received),
        counted!(Returned),
        counted!(Corrected),
        counted!(Accepted),
        counted!(Rejected),
        counted!(Refused),
        counted!(Withdrawn),
        counted!(Finished),
        derived("按时办结率", "On time", |shown| Datum::share(shown.on_time())),
        derived("平均用时", "Mean days used", |shown| Datum::mean(shown.mean(Measure::UsedDays, Measure::Finished))),
        derived("平均承诺", "Mean days promised", |shown| Datum::mean(shown.mean(Measure::PromiseDays, Measure::Promised))),
        counted!(CardsYellow),
        counted!(CardsRed),
        derived("评价", "Rated", |shown| Datum::count(shown.rated())),
        derived("满意度", "Satisfaction", |shown| Datum::share(shown.satisfaction())),
    ]
}

/// The title of a sheet: what, of which region, over which time.
pub(crate) fn title(zh: &str, en: &str, asked: &Asked, region: &str) -> Text {
    let span = asked.span.name();
    let side = if asked.side == Side::Receiver { asked.side.name() } else { Text::same("") };
    Text::new(
        format!("{zh} · {region} · {} {}", span.zh, side.zh).trim_end().to_owned(),
        format!("{en} · {region} · {} {}", span.en, side.en).trim_end().to_owned(),
    )
}

impl Table {
    /// The name of the region that it is about.
    pub fn region_name(&self) -> &str {
        self.path.last().map_or("", |(_, name)| name.as_str())
    }

    /// The same as a sheet, with the sum last.
    pub fn sheet(&self) -> Sheet {
        let columns = columns();
        let row = |name: Text, shown: &Shown| -> Vec<Datum> { [Datum::Text(name)].into_iter().chain(columns.iter().map(|column| (column.of)(shown))).collect() };
        let mut rows: Vec<_> = self.lines.iter().map(|line| row(line.name.clone(), &line.shown)).collect();
        if !rows.is_empty() {
            rows.push(row(Text::fixed("合计", "Total"), &self.total));
        }
        Sheet {
            title: title("办件统计", "Cases", &self.asked, self.region_name()),
            columns: [(self.asked.by.name(), false)].into_iter().chain(columns.iter().map(|column| (column.name.clone(), true))).collect(),
            rows,
        }
    }
}

impl List {
    /// The lines as a sheet.
    pub fn sheet(&self, region: &str) -> Sheet {
        let name = self.measure.name();
        let head = [("日期", "Day"), ("编号", "Number"), ("申请人", "Applicant"), ("事项", "Item"), ("单位", "Organisation"), ("渠道", "Channel"), ("情况", "What")];
        let rows = self.lines.iter().map(|line| {
            let words = [Text::same(line.day.to_string()), Text::same(line.number.clone()), Text::same(line.applicant.clone())];
            words.into_iter().chain([line.item.clone(), line.org.clone(), line.channel.clone(), line.words.clone()]).map(Datum::Text).collect()
        });
        Sheet { title: title(&name.zh, &name.en, &self.asked, region), columns: head.map(|(zh, en)| (Text::fixed(zh, en), false)).to_vec(), rows: rows.collect() }
    }
}
