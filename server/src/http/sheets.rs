//! Taking somebody in at the counter: who he is, what is asked, his papers, the check, the receipt. Saved after every step.

use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse};
use casework::cross::{self, Method, Mode};
use casework::ops::{self, Offered};
use casework::{Answers, ApplicantKind, CaseId, CounterForm, CounterPaper, CounterSheet, FieldKind, Here, MaterialId, SheetId, form, issues, matters};
use catalog::model::Scope;
use kernel::{Issue, RegionCode, Refusal};
use platform::{Error, Result, Role, regions};
use serde::Deserialize;
use site::pages::intake::{self as receipts, Printed};
use site::pages::intake_papers::{self, ACT, fields_of, scan_field};
use site::pages::intake_sheet::{self as pages, Sheet};
use site::pages::matters::apply::SEEN;
use site::pages::matters::form as fields;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes, intake};

const COUNTER: Access = Access::Staff(&[Role::Clerk]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/intake/{code}", COUNTER, begin)
        .post("/desk/intake/{code}", COUNTER, name)
        .get("/desk/sheets/{id}", COUNTER, facts)
        .post("/desk/sheets/{id}", COUNTER, fill)
        .get("/desk/sheets/{id}/who", COUNTER, who)
        .post("/desk/sheets/{id}/who", COUNTER, rename)
        .get("/desk/sheets/{id}/papers", COUNTER, papers)
        .upload("/desk/sheets/{id}/papers", COUNTER, note)
        .get("/desk/sheets/{id}/papers/{key}", COUNTER, scan)
        .get("/desk/sheets/{id}/check", COUNTER, check)
        .post("/desk/sheets/{id}/check", COUNTER, take)
        .get("/desk/sheets/{id}/discard", COUNTER, ask_discard)
        .post("/desk/sheets/{id}/discard", COUNTER, discard)
        .get("/desk/work/{id}/receipt", COUNTER, receipt)
}

/// Everything that the pages of an item at the counter show.
async fn loaded(page: &Page, code: &str, sheet: Option<CounterSheet>) -> Result<Sheet> {
    let ctx = page.ctx();
    let staff = ctx.actor().staff().cloned().ok_or(Error::SignIn)?;
    let item = catalog::ops::find(ctx, code).await?;
    let matter = matters::matter(ctx, &item.version.elements.house.service)?;
    if matter.case_type.sections.is_empty() {
        return Err(Error::NotFound);
    }
    let modes = match intake::needed(ctx, &staff, &item).await? {
        None => Vec::new(),
        Some(Scope::Provinces) => Mode::ALL.iter().copied().filter(|mode| *mode != Mode::Nearby).collect(),
        Some(_) => Mode::ALL.to_vec(),
    };
    let elements = item.version.elements;
    let body = elements.body.clone().ok_or_else(|| Error::internal("an implementation without a body"))?;
    let org = regions::organisation(ctx.db(), staff.org).await?;
    let region = RegionCode::parse(&item.region).map_err(Error::internal)?;
    let area = regions::find(ctx.db(), &region).await?.map(|region| region.name).unwrap_or_default();
    let has_regions = matter.case_type.sections.iter().flat_map(|section| &section.fields).any(|field| field.kind == FieldKind::Region);
    let regions = if has_regions { cross::residences(ctx).await? } else { Vec::new() };
    let offered = match &sheet {
        Some(sheet) => ops::known_at_counter(ctx, sheet).await?,
        None => Offered::default(),
    };
    let answers = sheet.as_ref().map(|sheet| form::normalise(&matter.case_type, &sheet.form.answers, ctx.today())).unwrap_or_default();
    Ok(Sheet {
        code: item.code,
        directed: org.is_none_or(|org| org.uscc != body.uscc).then(|| cross::directed(&body.name, &area).message),
        case_type: matter.case_type.clone(),
        elements,
        body: body.name,
        modes,
        regions: regions.into_iter().map(|(code, name)| (code.to_string(), name)).collect(),
        sheet,
        answers,
        offered,
    })
}

/// A sheet with everything that its pages show.
async fn of(page: &Page, id: SheetId) -> Result<(Sheet, CounterSheet)> {
    let sheet = ops::sheet(page.ctx(), id).await?;
    Ok((loaded(page, &sheet.impl_code, Some(sheet.clone())).await?, sheet))
}

/// A page again because another one was faster: what was typed is in it.
fn conflict(html: String) -> Answer {
    Ok((StatusCode::CONFLICT, Html(html)).into_response())
}

fn seen(sent: &FormData) -> i64 {
    sent.get(SEEN).parse().unwrap_or_default()
}

/// What is wrong stands at the fields of the counter, whose names are apart from those of the matter.
fn at_the_counter(error: Error) -> Error {
    let moved = |mut issue: Issue| {
        let ours = match issue.field.as_deref() {
            Some(field @ ("number" | "mode" | "phone")) => Some(format!("_{field}")),
            Some("name") if issue.code == "E-P224" => Some("_name".to_owned()),
            Some(field) => field.strip_prefix("material.").map(|key| format!("_has.{key}")).or_else(|| field.strip_prefix("due.").map(|key| format!("_due.{key}"))),
            None => None,
        };
        issue.field = ours.or(issue.field);
        issue
    };
    match error {
        Error::Refused(refusal) => Error::Refused(Refusal(refusal.0.into_iter().map(moved).collect())),
        other => other,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    residence: String,
    change: String,
}

async fn begin(page: Page, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let values = Values::new().with("_residence", &asked.residence).with("_kind", ApplicantKind::Person.code());
    page.html(pages::who(page.shell(), &loaded(&page, &code, None).await?, values))
}

/// Who has come, as typed, over what stands on the sheet already.
fn named(values: &Values, data: &Sheet, before: CounterForm) -> CounterForm {
    let crosses = !data.modes.is_empty();
    CounterForm {
        kind: ApplicantKind::from_code(values.get("_kind")),
        name: values.get("_name").to_owned(),
        number: values.get("_number").to_owned(),
        phone: values.get("_phone").to_owned(),
        residence: RegionCode::parse(values.get("_residence")).ok(),
        mode: Mode::from_code(values.get("_mode")).filter(|_| crosses),
        identity: Method::from_code(values.get("_identity")).filter(|_| crosses),
        papers_follow: crosses && values.has("_originals", "yes"),
        ..before
    }
}

async fn name(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let data = loaded(&page, &code, None).await?;
    match ops::begin_sheet(page.ctx(), &code, named(sent.values(), &data, CounterForm::default())).await {
        Ok(sheet) => page.go(url::desk_sheet(sheet.id)),
        Err(error) => page.again(at_the_counter(error), sent.values(), |values| pages::who(page.shell(), &data, values)),
    }
}

async fn who(page: Page, Path(id): Path<SheetId>) -> Answer {
    let (data, sheet) = of(&page, id).await?;
    let form = &sheet.form;
    let values = Values::new()
        .with("_kind", form.kind().code())
        .with("_name", &form.name)
        .with("_number", &form.number)
        .with("_phone", &form.phone)
        .with("_residence", form.residence.map(|code| code.to_string()).unwrap_or_default())
        .with("_mode", form.mode.map(Mode::code).unwrap_or_default())
        .with("_identity", form.identity.map(Method::code).unwrap_or_default())
        .with("_originals", if form.papers_follow { "yes" } else { "" });
    page.html(pages::who(page.shell(), &data, values))
}

async fn rename(page: Page, Path(id): Path<SheetId>, sent: FormData) -> Answer {
    let (data, sheet) = of(&page, id).await?;
    match ops::change_applicant(page.ctx(), id, seen(&sent), named(sent.values(), &data, sheet.form)).await {
        Ok(_) => page.go(url::desk_sheet(id)),
        Err(Error::Stale(issue)) => conflict(pages::who(page.shell(), &data, sent.values().clone().with_issues([issue]))),
        Err(error) => page.again(at_the_counter(error), sent.values(), |values| pages::who(page.shell(), &data, values)),
    }
}

async fn facts(page: Page, Path(id): Path<SheetId>, Query(asked): Query<Asked>) -> Answer {
    let (data, sheet) = of(&page, id).await?;
    let change = [asked.change].into_iter().filter(|key| !key.is_empty()).collect();
    page.html(pages::facts(page.shell(), &data, &sheet, change, Values::new()))
}

async fn fill(page: Page, Path(id): Path<SheetId>, sent: FormData) -> Answer {
    let (mut data, sheet) = of(&page, id).await?;
    let mut form = CounterForm { answers: merged(&data, &sent), ..sheet.form.clone() };
    let shown: BTreeSet<String> = asked_keys(&data);
    if fields::has_register(&data.case_type) {
        let now = ops::known_at_counter(page.ctx(), &CounterSheet { form: form.clone(), ..sheet.clone() }).await?;
        fields::follow(&data.case_type, &mut form.answers, &data.offered.answers, &now.answers);
        data.offered = now;
    }
    let saved = match ops::save_sheet(page.ctx(), id, seen(&sent), form).await {
        Ok(saved) => saved,
        Err(Error::Stale(issue)) => {
            let values = sent.values().clone().with_issues([issue]);
            return conflict(pages::facts(page.shell(), &data, &sheet, BTreeSet::new(), values));
        }
        Err(error) => return page.again(error, sent.values(), |values| pages::facts(page.shell(), &data, &sheet, BTreeSet::new(), values)),
    };
    data.answers = form::normalise(&data.case_type, &saved.form.answers, page.ctx().today());
    let wrong: Vec<Issue> = faults(&page, &data).into_iter().filter(|issue| issue.field.as_ref().is_some_and(|field| shown.contains(field))).collect();
    if !wrong.is_empty() {
        return page.again(Error::Refused(Refusal(wrong)), sent.values(), |values| pages::facts(page.shell(), &data, &saved, BTreeSet::new(), values));
    }
    // An answer that has opened another question: it is asked before going on.
    page.go(if asked_keys(&data).is_subset(&shown) { url::desk_sheet_papers(id) } else { url::desk_sheet(id) })
}

/// Keys of everything that is asked with the answers so far.
fn asked_keys(data: &Sheet) -> BTreeSet<String> {
    let questions = data.case_type.questions.iter().map(|question| question.key.clone());
    questions.chain(data.asked().into_iter().flat_map(|(_, fields)| fields).map(|field| field.key.clone())).collect()
}

/// All answers, once the form has come back: as typed, as held, or as before.
fn merged(data: &Sheet, sent: &FormData) -> Answers {
    let asked: Vec<_> = data.asked().into_iter().flat_map(|(_, fields)| fields).collect();
    let mut answers = fields::merged(&data.case_type, &asked, &data.answers, sent.values(), &data.offered.answers);
    answers.extend(data.case_type.questions.iter().map(|question| (question.key.clone(), sent.get(&question.key).to_owned())));
    answers.retain(|_, value| !value.is_empty());
    answers
}

/// What is wrong with the answers to what is asked at a counter. Nobody is refused for want of an address to write to.
fn faults(page: &Page, data: &Sheet) -> Vec<Issue> {
    let asked = asked_keys(data);
    let email = |key: &str| data.asked().iter().flat_map(|(_, fields)| fields).any(|field| field.key == key && field.prefill == Some(casework::Prefill::Email));
    let found = form::check(&data.case_type, &data.answers, page.ctx().today()).into_iter();
    found.filter(|issue| issue.field.as_deref().is_some_and(|key| asked.contains(key) && (data.answers.contains_key(key) || !email(key)))).collect()
}

async fn papers(page: Page, Path(id): Path<SheetId>) -> Answer {
    let (data, sheet) = of(&page, id).await?;
    page.html(intake_papers::papers(page.shell(), &data, &sheet, Values::new()))
}

/// What is noted of every paper that is asked for.
fn noted(data: &Sheet, sheet: &CounterSheet, values: &Values) -> CounterForm {
    let mut next = sheet.form.clone();
    for material in form::materials(&data.case_type, &data.elements, &data.answers) {
        let [has, originals, copies, due] = fields_of(&material.key);
        let count = |name: &str| values.get(name).parse().unwrap_or(0);
        let scan = next.papers.remove(&material.key).and_then(|paper| paper.scan);
        let here = Here::from_code(values.get(&has)).unwrap_or_default();
        next.papers.insert(material.key.clone(), CounterPaper { here, originals: count(&originals), copies: count(&copies), due: values.get(&due).to_owned(), scan });
    }
    next
}

/// Saves what is noted, then the scans that came with it, then the one act that was asked for.
async fn noted_and_scanned(page: &Page, data: &Sheet, sheet: &CounterSheet, sent: &FormData) -> Result<&'static str> {
    let ctx = page.ctx();
    let mut seen = ops::save_sheet(ctx, sheet.id, seen(sent), noted(data, sheet, sent.values())).await?.version;
    for material in form::materials(&data.case_type, &data.elements, &data.answers) {
        let field = scan_field(&material.key);
        if let Some(file) = sent.file(&field) {
            let taken = ops::scan(ctx, sheet.id, seen, &material.key, &file.name, file.bytes.to_vec()).await;
            seen = taken.map_err(|error| error.at(&field))?.version;
        }
    }
    let mut words = sent.get(ACT).split(' ');
    match (words.next().unwrap_or_default(), words.next(), words.next()) {
        ("hold", Some(key), Some(paper)) => {
            let paper: MaterialId = paper.parse().map_err(|_| Error::NotFound)?;
            ops::scan_held(ctx, sheet.id, seen, key, paper).await.map(|_| "stay")
        }
        ("drop", Some(key), None) => ops::unscan(ctx, sheet.id, seen, key).await.map(|_| "stay"),
        ("scan", ..) => Ok("stay"),
        _ => Ok("on"),
    }
}

/// What is wrong with the papers: received without anything being there, or promised by a day that is missing or cannot be read.
fn wrong_papers(data: &Sheet, form: &CounterForm) -> Vec<Issue> {
    let asked = form::materials(&data.case_type, &data.elements, &data.answers).into_iter();
    let promised = |key: &str| form.papers.get(key).is_some_and(|paper| paper.here == Here::Promised);
    let wrong = asked.filter_map(|material| match promised(&material.key) {
        true => form.promised(&material.key, &material.name).err(),
        false => form.empty(&material.key),
    });
    wrong.collect()
}

async fn note(page: Page, Path(id): Path<SheetId>, sent: FormData) -> Answer {
    let (data, sheet) = of(&page, id).await?;
    let outcome = noted_and_scanned(&page, &data, &sheet, &sent).await;
    // What was saved before something went wrong is on the sheet.
    let saved = ops::sheet(page.ctx(), id).await?;
    match outcome {
        Ok("on") => {
            let wrong = wrong_papers(&data, &saved.form);
            if wrong.is_empty() {
                return page.go(url::desk_sheet_check(id));
            }
            let error = at_the_counter(Error::Refused(Refusal(wrong)));
            page.again(error, sent.values(), |values| intake_papers::papers(page.shell(), &data, &saved, values))
        }
        Ok(_) => page.go_with(url::desk_sheet_papers(id), "saved"),
        Err(Error::Stale(issue)) => conflict(intake_papers::papers(page.shell(), &data, &saved, sent.values().clone().with_issues([issue]))),
        Err(error) => page.again(error, sent.values(), |values| intake_papers::papers(page.shell(), &data, &saved, values)),
    }
}

async fn scan(page: Page, Path((id, key)): Path<(SheetId, String)>) -> Answer {
    let (scan, bytes, kind) = ops::scanned(page.ctx(), id, &key).await?;
    let disposition = format!("attachment; filename*=UTF-8''{}", url::segment(&scan.file_name));
    let headers = [(header::CONTENT_TYPE, kind.name().to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

async fn check(page: Page, Path(id): Path<SheetId>) -> Answer {
    let (data, sheet) = of(&page, id).await?;
    let found = faults(&page, &data);
    page.html(pages::check(page.shell(), &data, &sheet, Values::new().with_issues(found)))
}

async fn take(page: Page, Path(id): Path<SheetId>, sent: FormData) -> Answer {
    // Sent twice: the first has made the case of it.
    let (data, sheet) = match of(&page, id).await {
        Err(Error::NotFound) => return page.go_with(url::desk_intake(), "sheet-gone"),
        other => other?,
    };
    match ops::take_in_sheet(page.ctx(), id, seen(&sent)).await {
        Ok(taken) => {
            let case = if taken.directed.is_none() { url::work_case(taken.case) } else { url::cross_case(taken.case) };
            printed(&page, taken.case, case, taken.directed, false).await
        }
        Err(Error::Stale(_)) => conflict(pages::check(page.shell(), &data, &sheet, sent.values().clone().with_issues([issues::draft_changed()]))),
        Err(error) => page.again(at_the_counter(error), sent.values(), |values| pages::check(page.shell(), &data, &sheet, values)),
    }
}

/// The receipt, to be printed.
async fn printed(page: &Page, id: CaseId, case: String, directed: Option<Issue>, again: bool) -> Answer {
    let progress = format!("{}{}", page.ctx().settings().public_origin.trim_end_matches('/'), url::progress());
    let receipt = ops::receipt(page.ctx(), id).await?;
    page.html(receipts::receipt(page.shell(), Printed { receipt, directed, again, progress, case }))
}

async fn receipt(page: Page, Path(id): Path<CaseId>) -> Answer {
    let staff = page.ctx().actor().staff().ok_or(Error::SignIn)?;
    let owner = casework::head(page.ctx().db(), id).await?.org == staff.org;
    let case = if owner { url::work_case(id) } else { url::cross_case(id) };
    printed(&page, id, case, None, true).await
}

async fn ask_discard(page: Page, Path(id): Path<SheetId>) -> Answer {
    page.html(pages::discard(page.shell(), &ops::sheet(page.ctx(), id).await?))
}

async fn discard(page: Page, Path(id): Path<SheetId>, sent: FormData) -> Answer {
    ops::discard_sheet(page.ctx(), id, seen(&sent)).await?;
    page.go_with(url::desk_intake(), "sheet-discarded")
}
