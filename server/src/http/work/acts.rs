//! Moves of a case: what each needs, and the act. What was typed is kept whatever has become of the case meanwhile.

use axum::{extract::Path, http::StatusCode, response::{Html, IntoResponse}};
use casework::ops::{self, Act, CaseView, Receiver};
use casework::{CaseId, CorrectionItem, Fault, Matter, Need, Special, issues, matters};
use catalog::model::Delivery;
use identity::{Colleague, colleagues};
use kernel::{Day, Issue, Text};
use platform::{Error, Role};
use site::pages::work::act::{self, ActPage, SURE};
use ui::{Values, url};

use super::super::{Answer, FormData, Page, Routes};
use super::WORK;

pub(super) fn routes() -> Routes {
    Routes::new().get("/desk/work/{id}/{verb}", WORK, ask).post("/desk/work/{id}/{verb}", WORK, make)
}

async fn shown(page: &Page, id: CaseId, verb: &str, changed: bool) -> platform::Result<ActPage> {
    let view = ops::view(page.ctx(), id).await?;
    let matter = matters::matter(page.ctx(), &view.head.case_type)?;
    let mv = matter.life.moves.iter().find(|mv| mv.verb == verb).ok_or(Error::NotFound)?;
    let roles = if mv.needs(Need::Holder) {
        going_on(&matter, &view)
    } else if mv.needs(Need::Inspectors) {
        vec![Role::Examiner, Role::Inspector]
    } else {
        Vec::new()
    };
    let colleagues = of_body(page, &view, &roles).await?;
    Ok(ActPage { verb: verb.to_owned(), colleagues, changed, matter, view })
}

/// The roles that can act where the case is.
fn going_on(matter: &Matter, view: &CaseView) -> Vec<Role> {
    let mut roles: Vec<Role> = matter.life.moves.iter().filter(|mv| mv.leaves(&view.state.code)).flat_map(|mv| &mv.by).filter_map(|by| by.role()).collect();
    roles.retain(|role| *role != Role::Head);
    roles
}

async fn of_body(page: &Page, view: &CaseView, roles: &[Role]) -> platform::Result<Vec<Colleague>> {
    if roles.is_empty() { Ok(Vec::new()) } else { colleagues::holders(page.ctx(), roles, &view.head.region, Some(view.head.org)).await }
}

async fn ask(page: Page, Path((id, verb)): Path<(CaseId, String)>) -> Answer {
    page.html(act::page(page.shell(), shown(&page, id, &verb, false).await?, Values::new()))
}

async fn make(page: Page, Path((id, verb)): Path<(CaseId, String)>, form: FormData) -> Answer {
    let asked = shown(&page, id, &verb, false).await?;
    let confirm = asked.matter.life.moves.iter().any(|mv| mv.verb == verb && mv.confirm);
    let outcome = match read(&verb, &asked, form.values()) {
        Err(issue) => Err(issue.into()),
        Ok(_) if confirm && form.get(SURE) != "yes" => Err(Issue::error("E-P224", "请核对后勾选确认", "Check it and tick the box").field(SURE).into()),
        Ok(act) => ops::act(page.ctx(), id, act).await,
    };
    match outcome {
        Ok(_) => page.go_with(url::work_case(id), "case-moved"),
        Err(Error::Stale(issue)) => {
            let values = form.values().clone().with_issues([issue]);
            let html = act::page(page.shell(), shown(&page, id, &verb, true).await?, values);
            Ok((StatusCode::CONFLICT, Html(html)).into_response())
        }
        Err(error @ Error::Refused(_)) => {
            let now = shown(&page, id, &verb, false).await?;
            page.again(error, form.values(), |values| act::page(page.shell(), now, values))
        }
        Err(error) => page.again(error, form.values(), |_| String::new()),
    }
}

/// The move as it was typed.
fn read(verb: &str, asked: &ActPage, values: &Values) -> Result<Act, Issue> {
    let text = |name: &str| values.raw(name).trim().to_owned();
    let special = values.get("kind").parse().ok().map(|kind| {
        (Special { kind, estimated_days: values.get("estimated_days").parse().unwrap_or(0) }, text("basis"))
    });
    let receiver = Delivery::from_code(values.get("way")).map(|way| Receiver { name: text("name"), relation: text("relation"), way });
    Ok(Act {
        seen: values.get("seen").parse().unwrap_or(-1),
        verb: verb.to_owned(),
        reason: text("reason"),
        opinion: text("opinion"),
        remedies: text("remedies"),
        right_body: text("right_body"),
        corrections: corrections(asked, values),
        special,
        inspectors: values.all("inspectors").iter().filter_map(|id| id.parse().ok()).collect(),
        holder: values.get("holder").parse().ok(),
        receiver,
        promises: promises(asked, values)?,
        answers: None,
        query_code: None,
    })
}

/// What has to be mended: the papers that were ticked, and the lines that were filled in.
fn corrections(asked: &ActPage, values: &Values) -> Vec<CorrectionItem> {
    let item = |key: &str, fault: Fault, at: &str| CorrectionItem {
        key: key.to_owned(),
        fault,
        wrong: values.get(&format!("wrong.{at}")).to_owned(),
        mend: values.get(&format!("mend.{at}")).to_owned(),
        supplied_at: None,
    };
    let ticked = act::papers(asked).into_iter().filter(|(key, _)| values.get(&format!("fix.{key}")) == "yes").map(|(key, _)| {
        let fault = if values.get(&format!("fault.{key}")) == "defective" { Fault::Defective } else { Fault::Missing };
        item(&key, fault, &key)
    });
    let free = (1..=act::FREE).map(|n| n.to_string()).filter_map(|n| {
        let line = item(values.get(&format!("what.{n}")), Fault::Defective, &n);
        (!line.wrong.is_empty() || !line.mend.is_empty()).then_some(line)
    });
    ticked.chain(free).collect()
}

fn promises(asked: &ActPage, values: &Values) -> Result<Vec<(String, Day)>, Issue> {
    let ticked = act::papers(asked).into_iter().filter(|(key, _)| values.get(&format!("promise.{key}")) == "yes");
    ticked
        .map(|(key, name)| {
            let field = format!("due.{key}");
            let label = Text::new(format!("{}补交日期", name.zh), format!("Last day for {}", name.en));
            let due = values.get(&field).parse().map_err(|_| issues::answer_not_a_date(&field, &label))?;
            Ok((key, due))
        })
        .collect()
}
