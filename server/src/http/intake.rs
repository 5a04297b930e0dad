//! One window: finding an item for whoever has come, and taking it in for the body that answers.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query};
use casework::cross::{self, Handover, Method, Mode};
use casework::ops::{self, Intake, Lacking, Paper};
use casework::{Answers, ApplicantKind, CaseType, Contact, FieldKind, form, matters};
use catalog::ItemView;
use catalog::model::Scope;
use kernel::{Channel, Day, IdType, Issue, RegionCode, Text};
use platform::{Ctx, Error, Result, Role, regions};
use search_index::{Kind, Request};
use serde::Deserialize;
use site::pages::intake::{self as pages, FoundItem};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const COUNTER: Access = Access::Staff(&[Role::Clerk]);
/// Items a list shows at most.
const MOST: usize = 100;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/intake", COUNTER, find)
        .get("/desk/intake/{code}", COUNTER, ask)
        .post("/desk/intake/{code}", COUNTER, take)
}

/// What the clerk looks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    residence: String,
}

async fn find(page: Page, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    let staff = ctx.actor().staff().cloned().ok_or(Error::SignIn)?;
    let residence = RegionCode::parse(&asked.residence).ok();
    let place = residence.unwrap_or(staff.region);
    let found = if regions::find(ctx.db(), &place).await?.is_some() { catalog::ops::list(ctx, &place).await? } else { Vec::new() };
    let wanted = wanted(&page, asked.q.trim()).await?;
    let known = matters::matters(ctx)?;
    let mut items = Vec::new();
    for item in found {
        let elements = &item.version.elements;
        let named = wanted.as_ref().is_none_or(|wanted| wanted.contains(&item.basic_code)) || says(&item, asked.q.trim());
        if items.len() < MOST && named && known.get(&elements.house.service).is_some_and(|matter| !matter.case_type.sections.is_empty()) {
            items.push(line(ctx, &staff, item).await?);
        }
    }
    items.sort_by_key(|item| !item.ours);
    let places = cross::residences(ctx).await?.into_iter().map(|(code, name)| (code.to_string(), name)).collect();
    let values = Values::new().with("q", &asked.q).with("residence", residence.map(|code| code.to_string()).unwrap_or_default());
    page.html(pages::find(page.shell(), pages::Find { places, items }, values))
}

/// Basic codes of what the index finds for these words or this pinyin; everything for none.
async fn wanted(page: &Page, text: &str) -> Result<Option<BTreeSet<String>>> {
    if text.is_empty() {
        return Ok(None);
    }
    let ctx = page.ctx();
    let below = regions::path(ctx.db(), &ctx.settings().region).await?.into_iter().map(|region| region.code.to_string()).collect();
    let request = Request { text: text.to_owned(), kind: Some(Kind::Item), region: Vec::new(), below, home: Vec::new(), offset: 0, limit: MOST, facets: Vec::new() };
    let found = page.app().search.answer(ctx, request, None).await?;
    Ok(Some(found.answer.hits.into_iter().filter_map(|hit| hit.entry.uid.split_once(':').map(|(_, code)| code.to_owned())).collect()))
}

/// Whether an item has these words in its name or this beginning of a code: what is so new that the index has not seen it.
fn says(item: &ItemView, text: &str) -> bool {
    let name = &item.version.elements.name;
    !text.is_empty() && (name.zh.contains(text) || name.en.to_lowercase().contains(&text.to_lowercase()) || item.code.starts_with(text) || item.basic_code.starts_with(text))
}

/// The scope that an item needs at this counter; `None` where no border is crossed.
async fn needed(ctx: &Ctx, staff: &platform::StaffActor, item: &ItemView) -> Result<Option<Scope>> {
    cross::needed(ctx, staff.region, item.region.parse().map_err(Error::internal)?).await
}

async fn line(ctx: &Ctx, staff: &platform::StaffActor, item: ItemView) -> Result<FoundItem> {
    let needed = needed(ctx, staff, &item).await?;
    let (code, open) = (item.code.clone(), item.standing.is_open());
    let elements = item.version.elements;
    let body = elements.body.as_ref().ok_or_else(|| Error::internal("an implementation without a body"))?;
    let org = regions::organisation(ctx.db(), staff.org).await?;
    Ok(FoundItem {
        code,
        name: elements.name,
        ours: org.is_some_and(|org| org.uscc == body.uscc),
        body: body.name.clone(),
        scope: needed.and(elements.online.scope),
        open: open && needed.is_none_or(|needed| cross::reaches(elements.online.scope, needed)),
    })
}

/// Everything that the form of an item shows.
async fn loaded(page: &Page, code: &str, values: &Values) -> Result<pages::Intake> {
    let ctx = page.ctx();
    let staff = ctx.actor().staff().cloned().ok_or(Error::SignIn)?;
    let item = catalog::ops::find(ctx, code).await?;
    let matter = matters::matter(ctx, &item.version.elements.house.service)?;
    if matter.case_type.sections.is_empty() {
        return Err(Error::NotFound);
    }
    let needed = needed(ctx, &staff, &item).await?;
    let elements = item.version.elements;
    let body = elements.body.clone().ok_or_else(|| Error::internal("an implementation without a body"))?;
    let org = regions::organisation(ctx.db(), staff.org).await?;
    let region = RegionCode::parse(&item.region).map_err(Error::internal)?;
    let area = regions::find(ctx.db(), &region).await?.map(|region| region.name).unwrap_or_default();
    let ours = org.is_some_and(|org| org.uscc == body.uscc);
    let modes = match needed {
        None => Vec::new(),
        Some(Scope::Provinces) => Mode::ALL.iter().copied().filter(|mode| *mode != Mode::Nearby).collect(),
        Some(_) => Mode::ALL.to_vec(),
    };
    let has_regions = matter.case_type.sections.iter().flat_map(|section| &section.fields).any(|field| field.kind == FieldKind::Region);
    let regions = if has_regions { cross::residences(ctx).await? } else { Vec::new() };
    Ok(pages::Intake {
        code: item.code,
        answers: form::normalise(&matter.case_type, &typed(&matter.case_type, values), ctx.today()),
        case_type: matter.case_type.clone(),
        directed: (!ours).then(|| cross::directed(&body.name, &area).message),
        body: body.name,
        modes,
        regions: regions.into_iter().map(|(code, name)| (code.to_string(), name)).collect(),
        elements,
    })
}

/// The answers among what was typed.
fn typed(case_type: &CaseType, values: &Values) -> Answers {
    let fields = case_type.sections.iter().flat_map(|section| &section.fields).map(|field| &field.key);
    let keys = case_type.questions.iter().map(|question| &question.key).chain(fields);
    keys.map(|key| (key.clone(), values.raw(key).to_owned())).filter(|(_, value)| !value.trim().is_empty()).collect()
}

async fn ask(page: Page, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let values = Values::new().with("_residence", &asked.residence).with("_kind", ApplicantKind::Person.code());
    let data = loaded(&page, &code, &values).await?;
    let values = data.elements.materials.iter().fold(values, |values, material| {
        let [has, originals, copies, _] = pages::fields_of(&material.key);
        values.with(&has, "here").with(&originals, material.originals).with(&copies, material.copies)
    });
    page.html(pages::form(page.shell(), data, values))
}

async fn take(page: Page, Path(code): Path<String>, sent: FormData) -> Answer {
    let values = sent.values();
    let data = loaded(&page, &code, values).await?;
    let outcome = match read(&page, &data, values) {
        Ok(input) => {
            let received = input.papers.iter().map(|paper| (paper.key.clone(), (paper.originals, paper.copies))).collect::<BTreeMap<_, _>>();
            ops::take_in(page.ctx(), input).await.map(|taken| (taken, received))
        }
        Err(issue) => Err(issue.into()),
    };
    match outcome {
        Ok((taken, received)) => {
            let progress = format!("{}{}", page.ctx().settings().public_origin.trim_end_matches('/'), url::progress());
            let papers = pages::received(&data.elements, &received);
            page.html(pages::done(page.shell(), taken, data.elements.name.clone(), papers, progress, page.ctx().now()))
        }
        Err(Error::Refused(refusal)) => {
            let refusal = kernel::Refusal(refusal.0.into_iter().map(at_the_counter).collect());
            page.again(refusal.into(), values, |values| pages::form(page.shell(), data, values))
        }
        Err(error) => page.again(error, values, |_| String::new()),
    }
}

/// What is wrong with the applicant, the way or a paper stands at the fields of the counter, whose names are apart from those of the matter.
fn at_the_counter(mut issue: Issue) -> Issue {
    let ours = match issue.field.as_deref() {
        Some(field @ ("number" | "mode")) => Some(format!("_{field}")),
        Some("name") if issue.code == "E-P224" => Some("_name".to_owned()),
        Some(field) => field.strip_prefix("material.").map(|key| format!("_has.{key}")),
        None => None,
    };
    if ours.is_some() {
        issue.field = ours;
    }
    issue
}

/// What was typed, as the operation takes it.
fn read(page: &Page, data: &pages::Intake, values: &Values) -> Result<Intake, Issue> {
    let at = page.ctx().actor().staff().map(|staff| staff.region).ok_or_else(|| Issue::error("E-P801", "请先登录", "Sign in first"))?;
    let (mut papers, mut lacking) = (Vec::new(), Vec::new());
    for material in form::materials(&data.case_type, &data.elements, &data.answers) {
        let [has, originals, copies, due] = pages::fields_of(&material.key);
        let count = |name: &str| values.get(name).parse().unwrap_or(0);
        match values.get(&has) {
            "here" => papers.push(Paper { key: material.key.clone(), originals: count(&originals), copies: count(&copies) }),
            "promised" => lacking.push(Lacking { key: material.key.clone(), promised: Some(promised(&due, &material.name, values)?) }),
            _ if form::is_required(material) => lacking.push(Lacking { key: material.key.clone(), promised: None }),
            _ => {}
        }
    }
    let phone = Some(values.get("_phone").to_owned()).filter(|phone| !phone.is_empty());
    let phone = phone.map(|phone| kernel::Phone::parse(&phone).map_err(|issue| issue.field("_phone"))).transpose()?.map(|phone| phone.as_str().to_owned());
    let handover = Mode::from_code(values.get("_mode")).filter(|_| !data.modes.is_empty()).map(|mode| Handover {
        mode,
        identity: Method::from_code(values.get("_identity")),
        papers: values.has("_originals", "yes"),
        delivery: None,
    });
    Ok(Intake {
        impl_code: data.code.clone(),
        kind: ApplicantKind::from_code(values.get("_kind")).unwrap_or(ApplicantKind::Person),
        name: values.get("_name").to_owned(),
        number: values.get("_number").to_owned(),
        id_type: IdType::RESIDENT,
        contact: Contact { phone, ..Contact::default() },
        answers: typed(&data.case_type, values),
        papers,
        lacking,
        channel: Channel::Counter,
        at,
        residence: RegionCode::parse(values.get("_residence")).ok(),
        handover,
    })
}

fn promised(field: &str, name: &Text, values: &Values) -> Result<Day, Issue> {
    let label = Text::new(format!("{}补交日期", name.zh), format!("Last day for {}", name.en));
    values.get(field).parse().map_err(|_| casework::issues::answer_not_a_date(field, &label))
}
