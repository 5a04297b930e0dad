//! One case at the counter: its page, what is done with it, what is printed for it.

use axum::{
    extract::{Path, Query},
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use casework::CaseId;
use catalog::model::FormStep;
use kernel::{Issue, Text};
use marriage::model::Side;
use marriage::ops::{self, CaseFileKey, CaseView, Correction, InterviewInput, PaperInput, PartyInput, Registration, Signed, Spoiled, Verified};
use marriage::parameters::questions;
use marriage::parties::{Ask, PaperRules, PartyKind};
use marriage::states::Action;
use marriage_pages::case::{self, Typed, act, answer_field, paper_field};
use platform::{Error, Result};
use serde::Deserialize;
use ui::{Shell, Values, url};

use super::desk::COUNTER;
use super::{Answer, FormData, Page, Routes, help};
use crate::counter;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/cases/{id}", COUNTER, show)
        .get("/desk/cases/{id}/{part}", COUNTER, part)
        .upload("/desk/cases/{id}/{part}", COUNTER, act)
}

async fn show(page: Page, Path(id): Path<CaseId>, Query(kinds): Query<Kinds>) -> Answer {
    let view = ops::view(page.ctx(), &page.app().ports, id).await?;
    render(&page, view, kinds.typed()).await
}

async fn render(page: &Page, view: CaseView, typed: Typed) -> Answer {
    let lines = ops::cases_today(page.ctx(), view.file.office()?).await?;
    page.html(case::page(&shell(page).await?, view, &lines, &typed))
}

/// The frame with the questions that belong to the forms of the page.
async fn shell(page: &Page) -> Result<Shell> {
    help::beside(page, marriage::ITEM, &[FormStep::Party, FormStep::Statement]).await
}

/// Does what a form of the page asks for. A refusal, or somebody else's change in between, shows the page again with what was typed.
async fn act(page: Page, Path((id, part)): Path<(CaseId, String)>, form: FormData) -> Answer {
    match perform(&page, id, &part, &form).await {
        Ok(()) => page.go(url::case(id)),
        Err(error @ (Error::Refused(_) | Error::Stale(_))) => {
            let view = ops::view(page.ctx(), &page.app().ports, id).await?;
            let lines = ops::cases_today(page.ctx(), view.file.office()?).await?;
            let error = told(error, &view, seen(&form));
            let shell = shell(&page).await?;
            page.again(error, form.values(), |values| case::page(&shell, view, &lines, &Typed { act: part, values, ..Typed::default() }))
        }
        Err(other) => page.again(other, form.values(), |_| String::new()),
    }
}

/// `E-ST02` with what was changed meanwhile, as an issue of the page.
fn told(error: Error, view: &CaseView, seen: i64) -> Error {
    let Error::Stale(stale) = error else { return error };
    let since = view.log.iter().filter(|line| line.seq > seen);
    let (zh, en): (Vec<String>, Vec<String>) = since
        .map(|line| {
            let Text { zh, en } = Action::name_of(&line.verb);
            (format!("{} {}{zh}", line.at.hm(), line.actor_name), format!("{} {}: {en}", line.at.hm(), line.actor_name))
        })
        .unzip();
    let message = Text::new(
        format!("{}（{}）。您填写的内容仍在，请核对后再提交。", stale.message.zh, zh.join("，")),
        format!("{} ({}). What you typed is still here; check it and send it again.", stale.message.en, en.join(", ")),
    );
    Issue { message, ..stale }.into()
}

pub(super) fn seen(form: &FormData) -> i64 {
    form.get("seen").parse().unwrap_or_default()
}

pub(super) fn yes(form: &FormData, name: &str) -> bool {
    form.values().has(name, "yes")
}

async fn perform(page: &Page, id: CaseId, part: &str, form: &FormData) -> Result<()> {
    let (ctx, seen, ports) = (page.ctx(), seen(form), &page.app().ports);
    let values = form.values();
    match part {
        act::ENTER_A => ops::enter_party(ctx, ports, id, seen, Side::A, &party(values, Side::A)).await,
        act::ENTER_B => ops::enter_party(ctx, ports, id, seen, Side::B, &party(values, Side::B)).await,
        act::CONFIRM_A => ops::confirm_party(ctx, id, seen, Side::A).await,
        act::CONFIRM_B => ops::confirm_party(ctx, id, seen, Side::B).await,
        act::IDENTIFY => ops::identify(ctx, ports, id, seen, yes(form, "compared")).await,
        act::SIGN_A => sign(page, id, seen, Side::A, form).await,
        act::SIGN_B => sign(page, id, seen, Side::B, form).await,
        act::ACCEPT => ops::accept(ctx, ports, id, seen).await,
        act::CHECK => ops::network_check(ctx, ports, id, seen).await.map(|_| ()),
        act::INTERVIEW => ops::interview(ctx, id, seen, &interview(values)).await,
        act::PHOTO => photo(page, id, seen, form).await,
        act::CONFIRM_PHOTO => ops::confirm_photo(ctx, id, seen).await,
        act::EXAMINE => ops::examine(ctx, ports, id, seen).await.map(|_| ()),
        act::REGISTER => {
            let [serial_a, serial_b, confirmation] = ["serial_a", "serial_b", "confirmation"].map(|name| values.get(name).to_owned());
            ops::register(ctx, ports, Registration { case: id, seen, serial_a, serial_b, confirmation }).await.map(|_| ())
        }
        act::REFUSE => ops::refuse(ctx, ports, id, seen, values.get("refuse_reason")).await,
        act::ABORT => ops::abort(ctx, id, seen, values.get("abort_reason")).await,
        act::VERIFY => {
            let verified = Verified { note: values.get("verify_note").to_owned(), no_kinship: yes(form, "no_kinship") };
            ops::verify(ctx, id, seen, &verified).await.map(|_| ())
        }
        act::PRINTED => ops::printed(ctx, id, seen, side(values.get("holder"))?).await,
        act::SPOIL => {
            let (reason, serial) = (values.get("spoil_reason").to_owned(), values.get("new_serial").to_owned());
            ops::spoil(ctx, Spoiled { case: id, seen, holder: side(values.get("holder"))?, reason, serial }).await
        }
        act::CORRECT => correct(page, id, seen, values).await,
        _ => Err(Error::NotFound),
    }
}

pub(super) fn side(code: &str) -> Result<Side> {
    Side::from_code(code).ok_or(Error::NotFound)
}

pub(super) fn party(values: &Values, side: Side) -> PartyInput {
    let get = |name: &str| values.get(&side.field(name)).to_owned();
    let kind = PartyKind::from_code(&get("kind")).unwrap_or(PartyKind::Mainland);
    let paper = |rules: &PaperRules| {
        let get = |ask: Ask| values.get(&paper_field(side, &rules.code, ask)).to_owned();
        PaperInput {
            kind: rules.code.clone(),
            number: get(Ask::Number),
            issuer: get(Ask::Issuer),
            issued_on: get(Ask::IssuedOn),
            country: get(Ask::Country),
            authentication: get(Ask::Authentication),
            translation: get(Ask::Translation),
        }
    };
    PartyInput {
        name: get("name"),
        id_no: get("id_no"),
        birth: get("birth"),
        sex: get("sex"),
        id_valid_to: get("id_valid_to"),
        ethnicity: get("ethnicity"),
        hukou_region: get("hukou_region"),
        marital: get("marital"),
        prior_basis: get("prior_basis"),
        prior_doc_no: get("prior_doc_no"),
        prior_on: get("prior_on"),
        phone: get("phone"),
        kind: get("kind"),
        id_type: get("id_type"),
        nationality: get("nationality"),
        name_zh: get("name_zh"),
        papers: kind.papers().map(paper).collect(),
    }
}

/// Of which kinds of party the fields are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Kinds {
    kind_a: String,
    kind_b: String,
}

impl Kinds {
    /// As the page takes them.
    pub(super) fn typed(self) -> Typed {
        Typed { kinds: [self.kind_a, self.kind_b], ..Typed::default() }
    }
}

fn interview(values: &Values) -> InterviewInput {
    let answers = questions()
        .questions
        .iter()
        .flat_map(|question| Side::BOTH.map(|side| (question.id.clone(), side)))
        .filter_map(|(id, side)| match values.get(&answer_field(&id, side)) {
            "yes" => Some((id, side, true)),
            "no" => Some((id, side, false)),
            _ => None,
        })
        .collect();
    InterviewInput {
        answers,
        suspicion: values.get("suspicion").to_owned(),
        note: values.raw("note").to_owned(),
        medical_told: values.has("medical_told", "yes"),
    }
}

async fn sign(page: &Page, id: CaseId, seen: i64, side: Side, form: &FormData) -> Result<()> {
    let field = if side == Side::A { "a_statement" } else { "b_statement" };
    let scan = match form.file(field) {
        Some(upload) => counter::scan(page.ctx(), field, upload.bytes.to_vec()).await?,
        None => String::new(),
    };
    let (no_spouse, no_kin) = (yes(form, &side.field("no_spouse")), yes(form, &side.field("no_kin")));
    ops::sign(page.ctx(), id, seen, Signed { side, no_spouse, no_kin, scan }).await
}

async fn photo(page: &Page, id: CaseId, seen: i64, form: &FormData) -> Result<()> {
    let bytes = form.file("photo").map(|upload| upload.bytes.to_vec()).unwrap_or_default();
    let photo = counter::photo(page.ctx(), bytes).await?;
    ops::photo(page.ctx(), id, seen, photo).await
}

async fn correct(page: &Page, id: CaseId, seen: i64, values: &Values) -> Result<()> {
    let side = side(values.get("correct_side"))?;
    let snapshot = counter::corrected(page.ctx(), id, side, values.get("correct_name"), values.get("correct_id_no")).await?;
    let [reason, serial_a, serial_b] = ["correct_reason", "correct_serial_a", "correct_serial_b"].map(|name| values.get(name).to_owned());
    ops::correct(page.ctx(), Correction { case: id, seen, side, snapshot, reason, serial_a, serial_b }).await
}

/// Millimetres by which a counter's printer is off.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Offset {
    pub(super) x: String,
    pub(super) y: String,
}

/// What is printed for a case, and its pictures. Every one is an audited read.
async fn part(page: Page, Path((id, part)): Path<(CaseId, String)>, Query(offset): Query<Offset>) -> Answer {
    let (bytes, media_type) = match part.as_str() {
        "photo.jpg" => counter::picture(page.ctx(), id, CaseFileKey::Photo).await?,
        "scan-a" => counter::picture(page.ctx(), id, CaseFileKey::Statement(Side::A)).await?,
        "scan-b" => counter::picture(page.ctx(), id, CaseFileKey::Statement(Side::B)).await?,
        name => {
            let offset = counter::offset(&offset.x, &offset.y);
            (counter::paper(page.ctx(), &page.app().press, id, name, offset).await?, "application/pdf")
        }
    };
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
