//! A report, or the list behind one of its figures, to take along.

use interaction::ratings::Share;
use kernel::{Lang, Text};
use platform::{Ctx, Result, regions};

use super::list::part;
use super::read::{Answer, answer};
use crate::export::taken;
use crate::issues;
use crate::model::Asked;
use crate::rules::rules;
use crate::sheet::{Datum, Sheet};
use crate::table_sheet::title;

/// Lines read at once.
const AT_ONCE: usize = 1000;

/// What is taken along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// The report.
    Report,
    /// The list behind the figure with this code.
    List(String),
}

/// The sheet; who took it along is in the trail.
///
/// # Errors
/// Those of the page that shows the same; `E-STA03` for a list that is too long for one file.
pub async fn take(ctx: &Ctx, code: &str, asked: &Asked, what: Taken) -> Result<Sheet> {
    let sheet = match &what {
        Taken::Report => answer(ctx, code, asked).await?.sheet(),
        Taken::List(tally) => list(ctx, code, tally, asked).await?,
    };
    let name = match &what {
        Taken::Report => code.to_owned(),
        Taken::List(tally) => format!("{code}.{tally}"),
    };
    taken(ctx, asked, &name, sheet.rows.len()).await?;
    Ok(sheet)
}

impl Answer {
    /// The name of the region that it is about.
    pub fn region_name(&self) -> String {
        self.path.last().map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// The figures with their definitions, and the shares under them.
    pub fn sheet(&self) -> Sheet {
        let (report, count) = (self.report(), Datum::count);
        let text = |text: &Text| Datum::Text(text.clone());
        let figures = self.rows.iter().map(|row| {
            let [counted, adjusted, reported, before, year] = [row.counted, row.adjusted, row.reported, row.before, row.year].map(count);
            vec![text(&row.tally.name), text(&row.tally.unit), counted, adjusted, reported, before, year, text(&row.tally.definition)]
        });
        let shares = report.shares.iter().zip(&self.shares).map(|(share, value)| {
            let nothing = || Datum::Text(Text::same(""));
            let unit = value.map_or_else(|| Text::same("%"), Share::unit);
            vec![text(&share.name), Datum::Text(unit), nothing(), nothing(), Datum::share(*value), nothing(), nothing(), text(&share.definition)]
        });
        let rates = report.rates.iter().zip(&self.rates).filter_map(|(rate, value)| {
            let nothing = || Datum::Text(Text::same(""));
            let value = Datum::Text(Text::same((*value)?.text()));
            Some(vec![text(&rate.name), Datum::Text(Text::same("‰")), nothing(), nothing(), value, nothing(), nothing(), text(&rate.definition)])
        });
        Sheet {
            title: title(report.name.get(Lang::Zh), report.name.get(Lang::En), &self.asked, &self.region_name()),
            columns: vec![
                (Text::fixed("指标", "Figure"), false),
                (Text::fixed("单位", "Unit"), false),
                (Text::fixed("按发生日", "By its days"), true),
                (Text::fixed("更正", "Corrections"), true),
                (Text::fixed("上报数", "Reported"), true),
                (Text::fixed("上期", "Period before"), true),
                (Text::fixed("本年累计", "Year so far"), true),
                (Text::fixed("口径", "Definition"), false),
            ],
            rows: figures.chain(shares).chain(rates).collect(),
        }
    }
}

async fn list(ctx: &Ctx, code: &str, tally: &str, asked: &Asked) -> Result<Sheet> {
    let bound = rules().export_lines;
    let mut list = part(ctx, code, tally, asked, "", AT_ONCE).await?;
    while let Some(next) = list.next.take() {
        if list.lines.len() >= bound {
            return Err(issues::too_long(bound).into());
        }
        let more = part(ctx, code, tally, asked, &next, AT_ONCE).await?;
        list.lines.extend(more.lines);
        list.next = more.next;
    }
    let region = match list.asked.region {
        Some(code) => regions::find(ctx.db(), &code).await?.map_or_else(|| code.to_string(), |region| region.name),
        None => String::new(),
    };
    let rows = list.lines.iter().map(|line| {
        let day = Datum::Text(Text::same(line.day.to_string()));
        vec![Datum::Text(Text::same(line.number.clone())), day, Datum::Text(line.item.clone()), Datum::Text(line.org.clone()), Datum::Count(line.n)]
    });
    Ok(Sheet {
        title: title(&list.tally.name.zh, &list.tally.name.en, &list.asked, &region),
        columns: vec![
            (Text::fixed("受理编号", "Case number"), false),
            (Text::fixed("日期", "Day"), false),
            (Text::fixed("事项", "Item"), false),
            (Text::fixed("单位", "Organisation"), false),
            (Text::fixed("计数", "Counts"), true),
        ],
        rows: rows.collect(),
    })
}
