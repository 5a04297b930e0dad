//! Applying for an item, for programs that act for a citizen: the form with what is known already, the draft, its papers, and submitting it.

use axum::{Json, extract::Path};
use casework::ops::{self, Application, Attach, Save, Saved, Submit};
use casework::{Answers, Choice, Field, FieldKind, Held, Material, MaterialId, Owner, Party, Question, form};
use kernel::{Day, Instant};
use platform::{Ctx, Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{ApiAnswer, ApiVersioned, Caller, IfMatch, Versioned, base64, told};
use crate::http::{Access, Fault, Routes};

#[derive(OpenApi)]
#[openapi(paths(show, save, discard, attach, remove, submit))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/apply/{impl_code}", Access::Citizen, show)
        .put("/api/v1/apply/{impl_code}", Access::Citizen, save)
        .delete("/api/v1/apply/{impl_code}", Access::Citizen, discard)
        .upload("/api/v1/apply/{impl_code}/papers", Access::Citizen, attach)
        .delete("/api/v1/apply/{impl_code}/papers/{paper}", Access::Citizen, remove)
        .post("/api/v1/apply/{impl_code}/submit", Access::Citizen, submit)
}

/// An application as far as it has come.
#[derive(Debug, Serialize, ToSchema)]
struct ApplicationBody {
    /// Implementation code of the item.
    item: String,
    /// Name of the item in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
    /// The letter of authority under which it is made; absent for oneself.
    letter: Option<String>,
    /// Letters under which it may be made.
    letters: Vec<LetterChoice>,
    /// Answers so far, amounts in yuan.
    answers: Answers,
    /// Questions that decide what else is asked.
    questions: Vec<FieldBody>,
    /// The form as it is asked with these answers.
    sections: Vec<SectionBody>,
    /// The papers that are asked for.
    papers: Vec<PaperBody>,
    /// When it was last saved; absent where nothing has been.
    #[schema(value_type = Option<String>)]
    saved_at: Option<Instant>,
}

/// A letter that may be used.
#[derive(Debug, Serialize, ToSchema)]
struct LetterChoice {
    /// Id.
    id: String,
    /// Name of the principal.
    principal: String,
}

/// A page of the form.
#[derive(Debug, Serialize, ToSchema)]
struct SectionBody {
    /// Key.
    key: String,
    /// Heading in Chinese.
    title_zh: String,
    /// Heading in English.
    title_en: String,
    /// Its fields.
    fields: Vec<FieldBody>,
}

/// A field.
#[derive(Debug, Serialize, ToSchema)]
struct FieldBody {
    /// Key of the answer.
    key: String,
    /// Label in Chinese.
    label_zh: String,
    /// Label in English.
    label_en: String,
    /// `text`, `long_text`, `number`, `date`, `choice`, `yes_no`, `name`, `id_number`, `uscc`, `region`, `money`, `phone`, `email` or `upload`.
    kind: &'static str,
    /// Whether it has to be answered.
    required: bool,
    /// What may be chosen.
    choices: Vec<ChoiceBody>,
    /// What is known already: offered, to be sent as the answer if it is right.
    held: Option<HeldBody>,
}

/// One choice.
#[derive(Debug, Serialize, ToSchema)]
struct ChoiceBody {
    /// As sent.
    code: String,
    /// As shown in Chinese.
    name_zh: String,
    /// As shown in English.
    name_en: String,
}

/// An answer that is known.
#[derive(Debug, Serialize, ToSchema)]
struct HeldBody {
    /// The answer as one would type it.
    value: String,
    /// Where it is from.
    source: String,
    /// Since when it is known.
    #[schema(value_type = String)]
    on: Day,
}

/// A paper that is asked for.
#[derive(Debug, Serialize, ToSchema)]
struct PaperBody {
    /// Key, to be sent with the file.
    key: String,
    /// Name in Chinese.
    name_zh: String,
    /// Name in English.
    name_en: String,
    /// Whether it has to be sent before submission.
    required: bool,
    /// Whether it is asked of another body instead.
    shared: bool,
    /// The paper that is here.
    here: Option<FileBody>,
    /// Papers of earlier matters that may be used.
    earlier: Vec<FileBody>,
}

/// A paper that is here.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FileBody {
    /// Id.
    id: String,
    /// Key of the material.
    key: String,
    /// What the sender called it.
    name: String,
    /// Size in bytes.
    bytes: i64,
    /// `offered`, `received`, `defective` or `promised`.
    state: &'static str,
    /// When it came.
    #[schema(value_type = String)]
    received_at: Instant,
    /// Last day for a paper that was promised.
    #[schema(value_type = Option<String>)]
    promise_due: Option<Day>,
}

impl From<&Material> for FileBody {
    fn from(paper: &Material) -> Self {
        Self {
            id: paper.id.to_string(),
            key: paper.key.clone(),
            name: paper.file_name.clone(),
            bytes: paper.bytes,
            state: paper.state.code(),
            received_at: paper.received_at,
            promise_due: paper.promise_due,
        }
    }
}

fn choices(declared: &[Choice]) -> Vec<ChoiceBody> {
    let one = |choice: &Choice| ChoiceBody { code: choice.code.clone(), name_zh: choice.name.zh.clone().into_owned(), name_en: choice.name.en.clone().into_owned() };
    declared.iter().map(one).collect()
}

impl From<&Question> for FieldBody {
    fn from(question: &Question) -> Self {
        Self {
            key: question.key.clone(),
            label_zh: question.text.zh.clone().into_owned(),
            label_en: question.text.en.clone().into_owned(),
            kind: "choice",
            required: true,
            choices: choices(&question.choices),
            held: None,
        }
    }
}

fn field(field: &Field, held: &[Held]) -> FieldBody {
    let (kind, choices) = match &field.kind {
        FieldKind::Text { .. } => ("text", Vec::new()),
        FieldKind::LongText { .. } => ("long_text", Vec::new()),
        FieldKind::Number { .. } => ("number", Vec::new()),
        FieldKind::Date => ("date", Vec::new()),
        FieldKind::Choice { choices: declared } => ("choice", choices(declared)),
        FieldKind::YesNo => ("yes_no", Vec::new()),
        FieldKind::Name => ("name", Vec::new()),
        FieldKind::IdNumber => ("id_number", Vec::new()),
        FieldKind::Uscc => ("uscc", Vec::new()),
        FieldKind::Region => ("region", Vec::new()),
        FieldKind::Money { .. } => ("money", Vec::new()),
        FieldKind::Phone => ("phone", Vec::new()),
        FieldKind::Email => ("email", Vec::new()),
        FieldKind::Upload { .. } => ("upload", Vec::new()),
    };
    let held = held.iter().find(|held| held.key == field.key);
    FieldBody {
        key: field.key.clone(),
        label_zh: field.label.zh.clone().into_owned(),
        label_en: field.label.en.clone().into_owned(),
        kind,
        required: field.required,
        choices,
        held: held.map(|held| HeldBody { value: form::written(&field.kind, &held.value), source: held.source.zh.clone().into_owned(), on: held.on }),
    }
}

async fn body(ctx: &Ctx, app: &Application) -> Result<Versioned<ApplicationBody>> {
    let offered = ops::offered(ctx, &app.item.code, &app.party()).await?;
    let (case_type, elements) = (&app.matter.case_type, &app.item.version.elements);
    let sections = form::asked(case_type, app.answers()).into_iter().map(|(section, fields)| SectionBody {
        key: section.key.clone(),
        title_zh: section.title.zh.clone().into_owned(),
        title_en: section.title.en.clone().into_owned(),
        fields: fields.into_iter().map(|one| field(one, &offered.answers)).collect(),
    });
    let papers = form::materials(case_type, elements, app.answers()).into_iter().map(|material| PaperBody {
        key: material.key.clone(),
        name_zh: material.name.zh.clone().into_owned(),
        name_en: material.name.en.clone().into_owned(),
        required: form::is_required(material),
        shared: material.shared_by.is_some(),
        here: app.papers.iter().find(|paper| paper.key == material.key).map(FileBody::from),
        earlier: offered.papers.iter().filter(|(paper, _)| paper.key == material.key).map(|(paper, _)| FileBody::from(paper)).collect(),
    });
    let body = ApplicationBody {
        item: app.item.code.clone(),
        name_zh: elements.name.zh.clone().into_owned(),
        name_en: elements.name.en.clone().into_owned(),
        letter: match app.party() {
            Party::Own => None,
            Party::Letter(id) => Some(id.to_string()),
        },
        letters: app.letters.iter().map(|letter| LetterChoice { id: letter.id.to_string(), principal: letter.principal_name.clone() }).collect(),
        answers: form::as_typed(case_type, app.answers()),
        questions: case_type.questions.iter().map(FieldBody::from).collect(),
        sections: sections.collect(),
        papers: papers.collect(),
        saved_at: app.draft.as_ref().map(|draft| draft.updated_at),
    };
    Ok(Versioned { version: app.seen(), body })
}

async fn load(ctx: &Ctx, code: &str) -> Result<Versioned<ApplicationBody>> {
    body(ctx, &ops::application(ctx, code).await?).await
}

/// The form of an item with what is known and saved. The `ETag` is `"0"` where nothing has been saved.
#[utoipa::path(get, path = "/api/v1/apply/{impl_code}", tag = "apply", params(("impl_code" = String, Path, description = "Implementation code")),
    responses((status = 200, body = ApplicationBody)))]
async fn show(caller: Caller, Path(code): Path<String>) -> ApiVersioned<ApplicationBody> {
    Ok(load(caller.ctx(), &code).await?)
}

/// What is saved.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct SaveBody {
    /// All answers so far as typed, also wrong ones; amounts in yuan.
    answers: Answers,
    /// The letter of authority under which it is made; oneself without it.
    letter: String,
}

/// Saves the draft, whatever is still wrong with it.
#[utoipa::path(put, path = "/api/v1/apply/{impl_code}", tag = "apply", request_body = SaveBody,
    params(("impl_code" = String, Path, description = "Implementation code"), IfMatch), responses((status = 200, body = ApplicationBody)))]
async fn save(caller: Caller, Path(code): Path<String>, seen: IfMatch, Json(asked): Json<SaveBody>) -> ApiVersioned<ApplicationBody> {
    let ctx = caller.ctx();
    let party = match asked.letter.as_str() {
        "" => Party::Own,
        id => Party::Letter(id.parse().map_err(|_| Error::NotFound)?),
    };
    match ops::save(ctx, Save { impl_code: code.clone(), seen: seen.0, answers: asked.answers, party }).await? {
        Saved::Draft(_) => Ok(load(ctx, &code).await?),
        Saved::Changed { .. } => Err(told(Error::stale(), seen.0, load(ctx, &code)).await),
    }
}

/// The draft that there is.
async fn begun(ctx: &Ctx, code: &str) -> Result<casework::ops::Draft> {
    ops::application(ctx, code).await?.draft.ok_or(Error::NotFound)
}

/// Throws the draft away with its papers.
#[utoipa::path(delete, path = "/api/v1/apply/{impl_code}", tag = "apply",
    params(("impl_code" = String, Path, description = "Implementation code"), IfMatch), responses((status = 200, body = ApplicationBody)))]
async fn discard(caller: Caller, Path(code): Path<String>, seen: IfMatch) -> ApiVersioned<ApplicationBody> {
    let ctx = caller.ctx();
    match ops::discard(ctx, begun(ctx, &code).await?.id, seen.0).await {
        Ok(()) => Ok(load(ctx, &code).await?),
        Err(error) => Err(told(error, seen.0, load(ctx, &code)).await),
    }
}

/// A file, or one of an earlier matter.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct AttachBody {
    /// Key of the material.
    #[schema(example = "bank_card")]
    pub(super) key: String,
    /// What the file is called.
    pub(super) name: String,
    /// The content in Base64: JPEG, PNG or PDF.
    pub(super) content: String,
    /// Id of a paper of an earlier matter, instead of a content.
    pub(super) earlier: String,
}

/// Takes a paper in for a draft or a case.
pub(super) async fn take(ctx: &Ctx, to: Owner, body: AttachBody) -> std::result::Result<MaterialId, Fault> {
    if body.earlier.is_empty() {
        let file = Attach { to, key: body.key, file_name: body.name, bytes: base64("content", &body.content)? };
        return Ok(ops::attach(ctx, file).await?);
    }
    let earlier = body.earlier.parse().map_err(|_| Error::NotFound)?;
    Ok(ops::attach_held(ctx, to, &body.key, earlier).await?)
}

/// Sends a paper, or takes one of an earlier matter.
#[utoipa::path(post, path = "/api/v1/apply/{impl_code}/papers", tag = "apply", request_body = AttachBody,
    params(("impl_code" = String, Path, description = "Implementation code")), responses((status = 200, body = ApplicationBody)))]
async fn attach(caller: Caller, Path(code): Path<String>, Json(asked): Json<AttachBody>) -> ApiVersioned<ApplicationBody> {
    let ctx = caller.ctx();
    take(ctx, Owner::Draft(begun(ctx, &code).await?.id), asked).await?;
    Ok(load(ctx, &code).await?)
}

/// Takes a paper out of the draft.
#[utoipa::path(delete, path = "/api/v1/apply/{impl_code}/papers/{paper}", tag = "apply",
    params(("impl_code" = String, Path, description = "Implementation code"), ("paper" = String, Path, description = "Id of the paper")),
    responses((status = 200, body = ApplicationBody)))]
async fn remove(caller: Caller, Path((code, paper)): Path<(String, MaterialId)>) -> ApiVersioned<ApplicationBody> {
    let ctx = caller.ctx();
    ops::remove(ctx, begun(ctx, &code).await?.id, paper).await?;
    Ok(load(ctx, &code).await?)
}

/// Submitting.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct SubmitBody {
    /// Whether the pledge was shown and signed (告知承诺).
    pledge: bool,
}

/// What was submitted.
#[derive(Debug, Serialize, ToSchema)]
struct SubmittedBody {
    /// Id of the case.
    case: String,
    /// Its number.
    case_no: String,
    /// Opens its progress together with the number; told once.
    query_code: String,
}

/// Submits the draft: it becomes a case.
#[utoipa::path(post, path = "/api/v1/apply/{impl_code}/submit", tag = "apply", request_body = SubmitBody,
    params(("impl_code" = String, Path, description = "Implementation code"), IfMatch), responses((status = 200, body = SubmittedBody)))]
async fn submit(caller: Caller, Path(code): Path<String>, seen: IfMatch, Json(asked): Json<SubmitBody>) -> ApiAnswer<SubmittedBody> {
    let ctx = caller.ctx();
    let draft = begun(ctx, &code).await?;
    match ops::submit(ctx, Submit { draft: draft.id, seen: seen.0, pledge: asked.pledge }).await {
        Ok(done) => Ok(Json(SubmittedBody { case: done.case.to_string(), case_no: done.case_no, query_code: done.query_code })),
        Err(error) => Err(told(error, seen.0, load(ctx, &code)).await),
    }
}
