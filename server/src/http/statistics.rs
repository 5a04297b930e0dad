//! Figures: the page, its print view, the lists behind, the forms, and what is taken along.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query},
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use ::statistics::{Asked, Counted, Export, Form, Measure, Sheet, Taken, Which};
use kernel::{Issue, Lang, Refusal};
use platform::Error;
use site::pages::{statistics as pages, statistics_list as lists, statistics_report as reports};
use ui::{Values, url};

use super::{Access, Answer, Page, Routes};

const READ: Access = Access::Staff(::statistics::READERS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/statistics", READ, show)
        .get("/statistics/print", READ, print)
        .get("/statistics/cases", READ, list)
        .get("/statistics/complaints", READ, complaints)
        .get("/statistics/complaints/export", READ, complaints_file)
        .get("/statistics/forms", READ, form)
        .get("/statistics/export", READ, export)
        .get("/statistics/reports/{code}", READ, report)
        .get("/statistics/reports/{code}/cases", READ, report_list)
        .get("/statistics/reports/{code}/export", READ, report_file)
}

type Pairs = Query<BTreeMap<String, String>>;

/// The question of an address. What cannot be read is told at its field; the present month is shown instead.
fn question(page: &Page, query: BTreeMap<String, String>) -> (Values, Asked, Vec<Issue>) {
    let today = page.ctx().today();
    let values = Values::from_pairs(query);
    let read = Asked::read(|name| values.get(name), today);
    match read {
        Ok(asked) => (values, asked, Vec::new()),
        Err(issues) => (values, Asked::month_of(today), issues),
    }
}

fn refused(issues: Vec<Issue>) -> Error {
    Error::Refused(Refusal(issues))
}

async fn show(page: Page, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    let table = ::statistics::table(page.ctx(), &asked).await?;
    if issues.is_empty() {
        return page.html(pages::page(page.shell(), Values::new(), table));
    }
    page.again(refused(issues), &values, |values| pages::page(page.shell(), values, table))
}

async fn print(page: Page, Query(query): Pairs) -> Answer {
    let (_, asked, _) = question(&page, query);
    page.html(pages::print(page.shell(), ::statistics::table(page.ctx(), &asked).await?))
}

async fn list(page: Page, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    if !issues.is_empty() {
        let table = ::statistics::table(page.ctx(), &asked).await?;
        return page.again(refused(issues), &values, |values| pages::page(page.shell(), values, table));
    }
    let measure = match values.get("figure") {
        "" => Measure::Received,
        code => Measure::from_code(code).ok_or(Error::NotFound)?,
    };
    page.html(lists::list(page.shell(), ::statistics::list(page.ctx(), &asked, measure, values.get("after")).await?))
}

async fn form(page: Page, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    let form = match values.get("form") {
        "" => Form::Case1,
        code => Form::from_code(code).ok_or(Error::NotFound)?,
    };
    let answer = if issues.is_empty() { ::statistics::form(page.ctx(), &asked, form).await } else { Err(refused(issues)) };
    match answer {
        Ok(sheet) => page.html(lists::form(page.shell(), form, &asked, values, Some(sheet))),
        Err(error) => page.again(error, &values, |values| lists::form(page.shell(), form, &asked, values, None)),
    }
}

/// The count of questions and complaints that an address names.
fn counted(values: &Values) -> Option<Counted> {
    let what = match values.get("count") {
        "" => Which::Received,
        code => Which::from_code(code)?,
    };
    Some(Counted { kind: values.get("kind").to_owned(), source: values.get("source").to_owned(), what })
}

async fn complaints(page: Page, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    if !issues.is_empty() {
        let table = ::statistics::table(page.ctx(), &asked).await?;
        return page.again(refused(issues), &values, |values| pages::page(page.shell(), values, table));
    }
    let counted = counted(&values).ok_or(Error::NotFound)?;
    page.html(lists::complaints(page.shell(), ::statistics::complaints(page.ctx(), &asked, &counted, values.get("after")).await?))
}

async fn complaints_file(page: Page, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    let counted = counted(&values).ok_or(Error::NotFound)?;
    if !issues.is_empty() {
        return Err(refused(issues).into());
    }
    file(&::statistics::complaints_sheet(page.ctx(), &asked, &counted).await?, values.get("format"), page.lang())
}

/// What is asked to be taken along.
pub(crate) fn what(code: &str) -> Option<Export> {
    match code {
        "" | "table" => Some(Export::Table),
        code => Form::from_code(code).map(Export::Form).or_else(|| Measure::from_code(code).map(Export::List)),
    }
}

async fn export(page: Page, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    let what = what(values.get("what")).ok_or(Error::NotFound)?;
    let sheet = if issues.is_empty() { ::statistics::export(page.ctx(), &asked, what).await } else { Err(refused(issues)) };
    match sheet {
        Ok(sheet) => file(&sheet, values.get("format"), page.lang()),
        Err(error @ Error::Refused(_)) => {
            let table = ::statistics::table(page.ctx(), &asked).await?;
            page.again(error, &values, |values| pages::page(page.shell(), values, table))
        }
        Err(error) => Err(error.into()),
    }
}

async fn report(page: Page, Path(code): Path<String>, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    let answer = if issues.is_empty() { ::statistics::answer(page.ctx(), &code, &asked).await } else { Err(refused(issues)) };
    match answer {
        Ok(answer) => page.html(reports::report(page.shell(), &code, &asked, values, Some(&answer))),
        Err(error) => page.again(error, &values, |values| reports::report(page.shell(), &code, &asked, values, None)),
    }
}

async fn report_list(page: Page, Path(code): Path<String>, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    if !issues.is_empty() {
        return page.again(refused(issues), &values, |values| reports::report(page.shell(), &code, &asked, values, None));
    }
    let list = ::statistics::counted(page.ctx(), &code, values.get("figure"), &asked, values.get("after")).await?;
    page.html(reports::cases(page.shell(), &list))
}

/// What of a report is asked to be taken along.
pub(crate) fn taken(figure: &str) -> Taken {
    if figure.is_empty() { Taken::Report } else { Taken::List(figure.to_owned()) }
}

async fn report_file(page: Page, Path(code): Path<String>, Query(query): Pairs) -> Answer {
    let (values, asked, issues) = question(&page, query);
    if !issues.is_empty() {
        return Err(refused(issues).into());
    }
    let sheet = ::statistics::take(page.ctx(), &code, &asked, taken(values.get("what"))).await?;
    file(&sheet, values.get("format"), page.lang())
}

/// A sheet as a file, CSV unless the other format is asked for.
pub(crate) fn file(sheet: &Sheet, format: &str, lang: Lang) -> Answer {
    let (ending, kind, content) = match format {
        "xlsx" => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.xlsx(lang)?),
        _ => ("csv", "text/csv; charset=utf-8", sheet.csv(lang)?),
    };
    let name = format!("{}.{ending}", sheet.title.get(lang).replace(" · ", "-"));
    let disposition = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}", url::segment(&name))).map_err(Error::internal)?;
    let headers: [(HeaderName, HeaderValue); 2] = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, content).into_response())
}
