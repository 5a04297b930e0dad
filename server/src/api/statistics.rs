//! Figures for programs: the table, the list behind a figure, and files.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use kernel::{Day, Refusal};
use platform::Error;
use serde::{Deserialize, Serialize};
use ::statistics::{Asked, Measure, READERS, Shown};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Bytes, Caller};
use crate::http::{Access, Answer, Routes, statistics as files};

const READ: Access = Access::Staff(READERS);

#[derive(OpenApi)]
#[openapi(paths(figures, cases, export, report, report_cases))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/statistics", READ, figures)
        .get("/api/v1/statistics/cases", READ, cases)
        .get("/api/v1/statistics/export", READ, export)
        .get("/api/v1/statistics/reports/{code}", READ, report)
        .get("/api/v1/statistics/reports/{code}/cases", READ, report_cases)
}

/// A question about figures; what is left out is the present month of the caller's own region.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct StatisticsParams {
    /// `day`, `month`, `quarter` or `year`.
    #[param(required = false)]
    period: String,
    /// A day in the period, `2026-07-01`.
    #[param(required = false)]
    at: String,
    /// Code of a region, with everything below it.
    #[param(required = false)]
    region: String,
    /// `1`: only what belongs to that region itself.
    #[param(required = false)]
    only: String,
    /// Id of an organisation.
    #[param(required = false)]
    org: String,
    /// Basic code of an item.
    #[param(required = false)]
    item: String,
    /// Digit of a channel, 1 to 7.
    #[param(required = false)]
    channel: String,
    /// `owner` (where cases are handled) or `receiver` (where they were taken in for another place).
    #[param(required = false)]
    side: String,
    /// What the lines are: `region`, `org`, `item`, `channel`, `item_channel`.
    #[param(required = false)]
    by: String,
}

impl StatisticsParams {
    fn asked(&self, today: Day) -> Result<Asked, Error> {
        let get = |name: &str| match name {
            "period" => self.period.as_str(),
            "at" => &self.at,
            "region" => &self.region,
            "only" => &self.only,
            "org" => &self.org,
            "item" => &self.item,
            "channel" => &self.channel,
            "side" => &self.side,
            "by" => &self.by,
            _ => "",
        };
        Asked::read(get, today).map_err(|issues| Error::Refused(Refusal(issues)))
    }
}

/// A line of figures.
#[derive(Serialize, ToSchema)]
struct StatisticsLine {
    /// What it is about, in Chinese.
    name: String,
    /// The question that its list is asked with, as parameters.
    asked: BTreeMap<&'static str, String>,
    /// Figures by code; one that is hidden because it is small is `null`.
    figures: BTreeMap<&'static str, Option<i64>>,
}

fn figures_of(shown: &Shown) -> BTreeMap<&'static str, Option<i64>> {
    Measure::ALL.iter().map(|measure| (measure.code(), shown.get(*measure))).chain([("rated", shown.rated())]).collect()
}

fn parameters(asked: &Asked) -> BTreeMap<&'static str, String> {
    asked.query().into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A figure of closed months that has changed since.
#[derive(Serialize, ToSchema)]
struct StatisticsCorrection {
    /// Code of the figure.
    figure: &'static str,
    /// As it was when the months were closed.
    closed: i64,
    /// As it is now.
    now: i64,
}

/// The answer to a question.
#[derive(Serialize, ToSchema)]
struct StatisticsTable {
    /// First day of the period.
    #[schema(value_type = String)]
    from: Day,
    /// Last day.
    #[schema(value_type = String)]
    to: Day,
    /// Code of the region.
    region: String,
    /// The lines.
    lines: Vec<StatisticsLine>,
    /// Their sum.
    total: BTreeMap<&'static str, Option<i64>>,
    /// The sum of the period before.
    before: BTreeMap<&'static str, Option<i64>>,
    /// What has changed in closed months.
    corrections: Vec<StatisticsCorrection>,
    /// Whether the sums of lines and of days agree.
    adds_up: bool,
    /// Whether small figures are hidden from the caller.
    hidden: bool,
    /// Day of the last nightly count; absent before the first.
    #[schema(value_type = Option<String>)]
    counted_on: Option<Day>,
}

/// Figures of a region and period, by line.
#[utoipa::path(get, path = "/api/v1/statistics", tag = "statistics", params(StatisticsParams), responses((status = 200, body = StatisticsTable)))]
async fn figures(caller: Caller, Query(params): Query<StatisticsParams>) -> ApiAnswer<StatisticsTable> {
    let table = ::statistics::table(caller.ctx(), &params.asked(caller.ctx().today())?).await?;
    let line = |line: &::statistics::TableLine| StatisticsLine {
        name: line.name.zh.clone().into_owned(),
        asked: parameters(&line.asked),
        figures: figures_of(&line.shown),
    };
    Ok(Json(StatisticsTable {
        from: table.asked.span.from,
        to: table.asked.span.to,
        region: table.asked.region.map(|region| region.to_string()).unwrap_or_default(),
        lines: table.lines.iter().map(line).collect(),
        total: figures_of(&table.total),
        before: figures_of(&table.before),
        corrections: table.corrected.iter().map(|one| StatisticsCorrection { figure: one.measure.code(), closed: one.closed, now: one.now }).collect(),
        adds_up: table.checks.iter().all(|check| check.holds),
        hidden: table.hidden,
        counted_on: table.run.map(|(day, _)| day),
    }))
}

/// Which list.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Code of the figure, for instance `finished`; `received` if left out.
    #[param(required = false)]
    figure: String,
    /// `next` of the page before.
    #[param(required = false)]
    after: String,
}

/// A line behind a figure.
#[derive(Serialize, ToSchema)]
struct StatisticsCase {
    /// The day by which it is counted.
    #[schema(value_type = String)]
    day: Day,
    /// Number of the case or card; empty for ratings.
    number: String,
    /// The applicant, masked; empty where the caller sees no cases.
    applicant: String,
    /// The item, in Chinese.
    item: String,
    /// The body, in Chinese.
    org: String,
    /// The channel, in Chinese.
    channel: String,
    /// Phase of the case, words of the card, service point of the rating.
    words: String,
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
struct StatisticsList {
    /// The figure: as many as the whole list has lines, or the sum of their days.
    figure: i64,
    /// The lines, 50 a page.
    lines: Vec<StatisticsCase>,
    /// Where the next page begins; absent at the end.
    next: Option<String>,
}

/// The list behind one figure, in the order of days.
#[utoipa::path(get, path = "/api/v1/statistics/cases", tag = "statistics", params(StatisticsParams, ListParams), responses((status = 200, body = StatisticsList)))]
async fn cases(caller: Caller, Query(params): Query<StatisticsParams>, Query(which): Query<ListParams>) -> ApiAnswer<StatisticsList> {
    let measure = if which.figure.is_empty() { Measure::Received } else { Measure::from_code(&which.figure).ok_or(Error::NotFound)? };
    let list = ::statistics::list(caller.ctx(), &params.asked(caller.ctx().today())?, measure, &which.after).await?;
    let line = |line: ::statistics::ListLine| StatisticsCase {
        day: line.day,
        number: line.number,
        applicant: line.applicant,
        item: line.item.zh.into_owned(),
        org: line.org.zh.into_owned(),
        channel: line.channel.zh.into_owned(),
        words: line.words.zh.into_owned(),
    };
    Ok(Json(StatisticsList { figure: list.figure, lines: list.lines.into_iter().map(line).collect(), next: list.next }))
}

/// What is taken along.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ExportParams {
    /// `table`, a form (`CASE-1`, `CASE-2`, `EVAL-1`, `CMP-1`, `HALL-1`) or the code of a figure for its list.
    #[param(required = false)]
    what: String,
    /// `csv` or `xlsx`.
    #[param(required = false)]
    format: String,
}

/// Figures, a form or a list as a file; who took it along is in the trail.
#[utoipa::path(get, path = "/api/v1/statistics/export", tag = "statistics", params(StatisticsParams, ExportParams),
    responses((status = 200, body = Bytes, content_type = "text/csv")))]
async fn export(caller: Caller, Query(params): Query<StatisticsParams>, Query(which): Query<ExportParams>) -> Answer {
    let what = files::what(&which.what).ok_or(Error::NotFound)?;
    let sheet = ::statistics::export(caller.ctx(), &params.asked(caller.ctx().today())?, what).await?;
    files::file(&sheet, &which.format, caller.ctx().lang())
}

/// A figure of a report; what is hidden because it is small is `null`.
#[derive(Serialize, ToSchema)]
struct ReportFigure {
    /// Its code.
    #[schema(example = "pairs")]
    code: String,
    /// Its name in Chinese.
    name_zh: String,
    /// Its name in English.
    name_en: String,
    /// What exactly is counted, in Chinese.
    definition_zh: String,
    /// The same in English.
    definition_en: String,
    /// By the days on which it happened: what its list has.
    counted: Option<i64>,
    /// What corrections add in this period.
    adjusted: Option<i64>,
    /// The figure that is reported.
    reported: Option<i64>,
    /// Reported in the period before.
    before: Option<i64>,
    /// Reported since the first of January.
    year: Option<i64>,
}

/// A part of a whole.
#[derive(Serialize, ToSchema)]
struct ReportShare {
    /// Its name in Chinese.
    name_zh: String,
    /// Its name in English.
    name_en: String,
    /// The figure above the line.
    part: Option<i64>,
    /// The figure below.
    whole: Option<i64>,
    /// The part of the whole in percent, with one decimal.
    #[schema(example = 99.5)]
    percent: Option<f64>,
}

/// The report of a service.
#[derive(Serialize, ToSchema)]
struct ReportBody {
    /// First day of the period.
    #[schema(value_type = String)]
    from: Day,
    /// Last day.
    #[schema(value_type = String)]
    to: Day,
    /// Code of the region.
    region: String,
    /// The figures.
    figures: Vec<ReportFigure>,
    /// The shares.
    shares: Vec<ReportShare>,
    /// Whether everything adds up that must.
    adds_up: bool,
}

/// The report of a service by month, quarter or year.
#[utoipa::path(get, path = "/api/v1/statistics/reports/{code}", tag = "statistics",
    params(("code" = String, Path, description = "Code of the report, for instance `marriage`"), StatisticsParams), responses((status = 200, body = ReportBody)))]
async fn report(caller: Caller, Path(code): Path<String>, Query(params): Query<StatisticsParams>) -> ApiAnswer<ReportBody> {
    let answer = ::statistics::answer(caller.ctx(), &code, &params.asked(caller.ctx().today())?).await?;
    let figure = |row: &::statistics::Row| ReportFigure {
        code: row.tally.code.clone(),
        name_zh: row.tally.name.zh.to_string(),
        name_en: row.tally.name.en.to_string(),
        definition_zh: row.tally.definition.zh.to_string(),
        definition_en: row.tally.definition.en.to_string(),
        counted: row.counted,
        adjusted: row.adjusted,
        reported: row.reported,
        before: row.before,
        year: row.year,
    };
    let shares = answer.report().shares.iter().zip(&answer.shares).map(|(share, value)| ReportShare {
        name_zh: share.name.zh.to_string(),
        name_en: share.name.en.to_string(),
        part: value.map(|value| value.part),
        whole: value.map(|value| value.whole),
        percent: value.and_then(|value| value.percent()),
    });
    Ok(Json(ReportBody {
        from: answer.asked.span.from,
        to: answer.asked.span.to,
        region: answer.asked.region.map(|region| region.to_string()).unwrap_or_default(),
        figures: answer.rows.iter().map(figure).collect(),
        shares: shares.collect(),
        adds_up: answer.checks.iter().all(|check| check.holds),
    }))
}

/// A line behind a figure of a report.
#[derive(Serialize, ToSchema)]
struct ReportLine {
    /// The day on which it counts.
    #[schema(value_type = String)]
    day: Day,
    /// Number of the case; empty for what is no case.
    number: String,
    /// How much it counts.
    n: i64,
    /// The item, in Chinese.
    item: String,
    /// The body, in Chinese.
    org: String,
}

/// A page of such a list.
#[derive(Serialize, ToSchema)]
struct ReportList {
    /// The lines, 50 a page.
    lines: Vec<ReportLine>,
    /// Where the next page begins; absent at the end.
    next: Option<String>,
}

/// The list behind one figure of a report, in the order of days.
#[utoipa::path(get, path = "/api/v1/statistics/reports/{code}/cases", tag = "statistics",
    params(("code" = String, Path, description = "Code of the report, for instance `marriage`"), StatisticsParams, ListParams), responses((status = 200, body = ReportList)))]
async fn report_cases(
    caller: Caller,
    Path(code): Path<String>,
    Query(params): Query<StatisticsParams>,
    Query(which): Query<ListParams>,
) -> ApiAnswer<ReportList> {
    let asked = params.asked(caller.ctx().today())?;
    let list = ::statistics::counted(caller.ctx(), &code, &which.figure, &asked, &which.after).await?;
    let line = |line: ::statistics::CountLine| ReportLine {
        day: line.day,
        number: line.number,
        n: line.n,
        item: line.item.zh.into_owned(),
        org: line.org.zh.into_owned(),
    };
    Ok(Json(ReportList { lines: list.lines.into_iter().map(line).collect(), next: list.next }))
}
