//! The list behind a figure of the year: the ends, decisions and conclusions that were counted, by day. What is counted of the register as it stands
//! is found by the search instead.

use kernel::{Day, Text};
use platform::{Ctx, Error, Result};

use super::figures::{Line, Selection, Stock, stock_of};
use super::store::{self, CountedRow, Window};
use crate::model::Status;
use crate::statistics::of_reports;
use crate::supervision::{AnnualResult, Detail, Disposition, FactId, FactKind, List};

/// Lines of a page.
const PAGE: usize = 50;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The day on which it counts.
    pub day: Day,
    /// Of whom.
    pub name: String,
    /// Its credit code; empty for an illegal organisation.
    pub uscc: String,
    /// What it came to: the status, the list, the result, what was done.
    pub what: Text,
    /// Number of the decision; empty where there is none.
    pub number: String,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Behind {
    /// The figures of which it is one.
    pub stock: Stock,
    /// The figure.
    pub line: Line,
    /// The lines, by day.
    pub lines: Vec<Counted>,
    /// The key of the next page; none at the end.
    pub next: Option<String>,
}

/// What a figure of the year counts.
enum Rows {
    /// Organisations that ended so.
    Ended(&'static [Status]),
    /// Published facts with one of these codes; with any where none is named.
    Facts(FactKind, Vec<&'static str>),
    /// Illegal organisations.
    Illegal,
}

/// Of a figure of the year, by the code of its tally. What annual reports say is added up from the reports; which of them were late is not public.
fn rows(tally: &str) -> Option<Rows> {
    Some(match tally {
        "deregistered" => Rows::Ended(&[Status::Deregistered]),
        "revoked" => Rows::Ended(&[Status::Withdrawn, Status::Revoked, Status::FraudUndone]),
        "abnormal" => Rows::Facts(FactKind::List, vec![List::Abnormal.code()]),
        "serious" => Rows::Facts(FactKind::List, vec![List::Serious.code()]),
        "penalties" => Rows::Facts(FactKind::Penalty, Vec::new()),
        "reports_passed" => Rows::Facts(FactKind::Annual, vec![AnnualResult::Passed.code(), AnnualResult::Basic.code()]),
        "reports" => Rows::Facts(FactKind::Annual, Vec::new()),
        "illegal" => Rows::Illegal,
        other if of_reports(other) => Rows::Facts(FactKind::Annual, Vec::new()),
        _ => return None,
    })
}

/// Whether a figure, for instance `year/penalties`, has a list here.
pub fn has_list(figure: &str) -> bool {
    figure.strip_prefix("year/").is_some_and(|tally| rows(tally).is_some())
}

/// A page of the list behind a figure of a region and a selection, after the line with the key `after`.
///
/// # Errors
/// `NotFound` for a region that this site does not know, for a figure without a list, and before the first daily file.
pub async fn behind(ctx: &Ctx, code: &str, selection: Selection, figure: &str, after: &str) -> Result<Behind> {
    let rows = figure.strip_prefix("year/").and_then(rows).ok_or(Error::NotFound)?;
    let stock = stock_of(ctx, code, selection).await?.ok_or(Error::NotFound)?;
    let line = stock.year().into_iter().find(|line| line.what == figure).ok_or(Error::NotFound)?;
    let window = Window {
        year: stock.day.year(),
        region: stock.region,
        selection: &stock.selection,
        after: place(after),
        limit: i64::try_from(PAGE + 1).map_err(Error::internal)?,
    };
    let mut found = match &rows {
        Rows::Ended(ways) => store::ended(ctx.db(), &window, ways).await?,
        Rows::Facts(kind, codes) => store::facts(ctx.db(), &window, *kind, codes).await?,
        Rows::Illegal => store::illegal(ctx.db(), &window).await?,
    };
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let last = found.last().filter(|_| more);
    let next = last.map(|row| FactId::try_from(row.id.clone()).map(|id| format!("{}.{id}", row.day))).transpose().map_err(Error::internal)?;
    let mut lines = Vec::with_capacity(found.len());
    for row in found {
        lines.extend(told(&rows, row)?);
    }
    Ok(Behind { stock, line, lines, next })
}

/// The line with this key.
fn place(after: &str) -> Option<(Day, Vec<u8>)> {
    let (day, id) = after.split_once('.')?;
    Some((day.parse().ok()?, id.parse::<FactId>().ok()?.to_vec()))
}

/// A line; none of what was annulled, which counts nowhere.
fn told(rows: &Rows, row: CountedRow) -> Result<Option<Counted>> {
    let code = row.code.as_str();
    let detail = match rows {
        Rows::Facts(..) => serde_json::from_str(&row.detail).map_err(Error::internal)?,
        _ => Detail::default(),
    };
    if detail.void {
        return Ok(None);
    }
    let what = match rows {
        Rows::Ended(_) => Status::from_code(code).map(Status::name),
        Rows::Facts(FactKind::List, _) => List::from_code(code).map(List::name),
        Rows::Facts(FactKind::Annual, _) => AnnualResult::from_code(code).map(AnnualResult::name),
        Rows::Facts(kind, _) => Some(kind.name()),
        Rows::Illegal => Disposition::from_code(code).map(Disposition::name),
    };
    let what = what.ok_or_else(|| Error::internal("a figure of the register: unknown code"))?;
    Ok(Some(Counted { day: row.day, name: row.name, uscc: row.uscc, what, number: detail.number }))
}

#[cfg(test)]
mod tests {
    use platform::{Actor, Role};

    use super::*;
    use crate::model::{Content, Kind};
    use crate::supervision::{self, Input, Kind as Proceeding};
    use crate::testing::{World, content, enters, registered, world};

    /// Opens a proceeding, and does what follows.
    async fn runs(w: &World, kind: Proceeding, about: Option<crate::OrganizationId>, typed: &[(&str, &str)], acts: &[(&Ctx, &str, &[(&str, &str)])]) {
        let input = |fields: &[(&str, &str)]| fields.iter().fold(Input::default(), |input, (name, value)| input.with(name, value));
        let id = supervision::open(&w.as_staff(&w.clerk), kind, about, &input(typed)).await.expect("opened").id;
        for (seen, (ctx, act, fields)) in (1..).zip(acts) {
            supervision::act(ctx, id, seen, act, &input(fields).with("sure", "yes")).await.expect(act);
        }
    }

    ::store::db_test!(d_7_a_figure_of_the_year_opens_its_list_with_the_same_count, |db| async move {
        let w = world(db).await;
        for (name, status) in [("甲市城东区一协会", Status::Deregistered), ("甲市城东区二协会", Status::Revoked), ("甲市城东区三协会", Status::Active)] {
            let content = Content { status, established_on: Some(Day::ymd(2026, 3, 2)), ..content(name, Kind::Association) };
            enters(&w.p.system(), (w.authority, w.region), content, None).await;
        }
        let (examiner, reviewer, approver) = (w.as_staff(&w.examiner), w.as_staff(&w.reviewer), w.as_staff(&w.approver));
        let inspector = w.as_staff(&identity::testing::staff_of(&w.p, w.authority, w.region, &[Role::Inspector]).await);
        let report = [("year", "2025"), ("activities", "举办社区活动12次"), ("income", "120000"), ("cost", "100000"), ("assets", "60000"), ("staff", "6"), ("members", "80")];
        for (name, result) in [("甲市城东区康乐协会", "1"), ("甲市城东区安宁协会", "3")] {
            let org = registered(&w, name, Kind::Association).await;
            let concluded = [("result", result), ("facts", "审查结论")];
            runs(&w, Proceeding::Annual, Some(org), &report, &[(&reviewer, "agree", &[]), (&examiner, "conclude", &concluded)]).await;
        }
        let known = [("name", "甲市养生联合总会"), ("kind", "unregistered"), ("clue", "以协会名义收费"), ("region", "990102")];
        let decided = [("disposition", "ban"), ("facts", "未经登记，以社会团体名义开展活动")];
        runs(&w, Proceeding::Illegal, None, &known, &[(&inspector, "investigate", &[]), (&approver, "decide", &decided), (&approver, "publish", &[])]).await;
        (crate::public::daily_job().run)(w.p.system()).await.expect("made");

        let visitor = w.p.as_actor(Actor::Anonymous);
        let stock = stock_of(&visitor, "", Selection::default()).await.expect("shown").expect("made");
        let mut counted = Vec::new();
        for line in stock.year().into_iter().filter(|line| has_list(&line.what)) {
            let list = behind(&visitor, "", Selection::default(), &line.what, "").await.expect("a list");
            let tally = line.what.trim_start_matches("year/").to_owned();
            if of_reports(&tally) {
                assert_eq!((line.n, list.lines.len()), (None, 2), "{tally}: of so few reports only which they are");
                continue;
            }
            let n = line.n.expect("told");
            assert_eq!(i64::try_from(list.lines.len()), Ok(n), "{tally}");
            counted.push((tally, n));
        }
        counted.retain(|(_, n)| *n > 0);
        let of = |tally: &str, n| (tally.to_owned(), n);
        assert_eq!(counted, [of("deregistered", 1), of("revoked", 1), of("illegal", 1), of("reports", 2), of("reports_passed", 1)]);
        let (.., share) = stock.shares().remove(0);
        assert_eq!((share.part, share.whole, share.percent()), (1, 2, Some(50.0)));
        let file = String::from_utf8(stock.sheet().csv(kernel::Lang::Zh).expect("a file")).expect("text");
        assert!(file.contains("年度检查合格率,%（1/2）,50 %"), "{file}");
        // A selection narrows the list as it narrows the figure; what is not public, or no figure of the year, has none.
        let city = behind(&visitor, "", Selection::read("", "city", ""), "year/deregistered", "").await.expect("a list");
        assert_eq!((city.line.n, city.lines.len()), (Some(0), 0));
        let ended = behind(&visitor, "990102", Selection::read("1", "county", "04"), "year/revoked", "").await.expect("a list");
        assert_eq!((ended.line.n, ended.lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>()), (Some(1), vec!["甲市城东区二协会"]));
        for figure in ["year/reports_late", "stock", "year/nothing"] {
            assert!(matches!(behind(&visitor, "", Selection::default(), figure, "").await, Err(Error::NotFound)), "{figure}");
        }
    });

    #[test]
    fn the_key_of_a_page_comes_back_and_nonsense_is_the_beginning() {
        let id = FactId::new(1, [7; 10]);
        let key = format!("2026-07-01.{id}");
        assert_eq!(place(&key), Some((Day::ymd(2026, 7, 1), id.to_vec())));
        assert_eq!((place(""), place("2026-07-01.x"), place("x.y")), (None, None, None));
    }
}
