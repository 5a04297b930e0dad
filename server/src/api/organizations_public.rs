//! The public register of organisations, for programs.

use axum::Json;
use axum::extract::{Path, Query};
use kernel::{Day, Instant};
use organizations::extract::{self, Extract, Verdict};
use organizations::public::{self, Change, Fact, Profile, Step};
use platform::Error;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ui::url;
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{ApiAnswer, Caller, base64};
use crate::http::{Access, Fault, Routes};

#[derive(OpenApi)]
#[openapi(
    paths(show, issue, found, verify, files, figures, figures_list),
    components(schemas(RegisterFiguresBody, RegisterFigureBody, RegisterShareBody, RegisterListBody, RegisterLineBody, OrganizationBody, OrganizationFactBody, OrganizationStepBody, OrganizationChangeBody, ExtractBody, ExtractInput, ExtractFile, ExtractVerdict, RegisterFilesBody, RegisterFileBody))
)]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/organizations/{uscc}", Access::Anyone, show)
        .post("/api/v1/organizations/{uscc}/extracts", Access::SignedIn, issue)
        .get("/api/v1/organization-extracts/{number}", Access::Anyone, found)
        .ask("/api/v1/organization-extracts/verify", Access::Anyone, verify)
        .get("/api/v1/organization-files", Access::Anyone, files)
        .get("/api/v1/organization-figures", Access::Anyone, figures)
        .get("/api/v1/organization-figures/list", Access::Anyone, figures_list)
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct AsOf {
    /// A past day: what had been recorded by its end. As it is now without it.
    #[param(required = false, example = "2026-07-01")]
    on: String,
}

/// An entry of the register.
#[derive(Serialize, ToSchema)]
struct OrganizationBody {
    /// Credit code.
    #[schema(example = "51990000YY9990013T")]
    uscc: String,
    /// The day as of which it was asked for.
    #[schema(value_type = Option<String>)]
    as_of: Option<Day>,
    /// The register knew it by then. Without it the rest is empty.
    recorded: bool,
    /// Version of the base data.
    version: Option<i64>,
    /// From when that version holds.
    #[schema(value_type = Option<String>)]
    effective_on: Option<Day>,
    /// When it was recorded.
    #[schema(value_type = Option<String>)]
    recorded_at: Option<Instant>,
    /// The base data, named as in the daily file.
    #[schema(value_type = Object)]
    base: Value,
    /// What supervision recorded in public.
    facts: Vec<OrganizationFactBody>,
    /// The last thirty versions up to then, the newest first.
    history: Vec<OrganizationStepBody>,
    /// Address of its page.
    page: String,
}

/// Something that stands, or stood, about an organisation.
#[derive(Serialize, ToSchema)]
struct OrganizationFactBody {
    /// `annual`, `level`, `fundraising`, `penalty` or `list`.
    kind: String,
    /// What it says, in Chinese.
    name_zh: String,
    /// The same in English.
    name_en: String,
    /// The year of a report.
    year: Option<i64>,
    /// From when it holds.
    #[schema(value_type = String)]
    effective_on: Day,
    /// Until when at most.
    #[schema(value_type = Option<String>)]
    until_on: Option<Day>,
    /// From when it no longer holds.
    #[schema(value_type = Option<String>)]
    ended_on: Option<Day>,
    /// When it was recorded.
    #[schema(value_type = String)]
    recorded_at: Instant,
    /// Number of the decision or certificate.
    number: String,
    /// What happened, or what was found.
    facts: String,
    /// Law and article.
    basis: String,
    /// A fine with what was confiscated, in fen.
    amount: Option<i64>,
}

impl From<Fact> for OrganizationFactBody {
    fn from(fact: Fact) -> Self {
        Self {
            kind: fact.kind,
            name_zh: fact.name.zh.into_owned(),
            name_en: fact.name.en.into_owned(),
            year: fact.year,
            effective_on: fact.effective_on,
            until_on: fact.until_on,
            ended_on: fact.ended_on,
            recorded_at: fact.recorded_at,
            number: fact.number,
            facts: fact.facts,
            basis: fact.basis,
            amount: fact.amount.map(|amount| amount.0),
        }
    }
}

/// A version of the base data.
#[derive(Serialize, ToSchema)]
struct OrganizationStepBody {
    /// Its number.
    version: i64,
    /// From when it holds.
    #[schema(value_type = String)]
    effective_on: Day,
    /// When it was recorded.
    #[schema(value_type = String)]
    recorded_at: Instant,
    /// Why, in Chinese.
    reason_zh: String,
    /// The same in English.
    reason_en: String,
    /// What it changed.
    changes: Vec<OrganizationChangeBody>,
}

/// A field that changed.
#[derive(Serialize, ToSchema)]
struct OrganizationChangeBody {
    /// Name of the field.
    field: &'static str,
    /// What it said before, in Chinese.
    before: String,
    /// What it says, in Chinese.
    after: String,
}

impl From<Change> for OrganizationChangeBody {
    fn from(change: Change) -> Self {
        let [before, after] = change.filed;
        Self { field: change.field, before, after }
    }
}

impl From<Step> for OrganizationStepBody {
    fn from(step: Step) -> Self {
        Self {
            version: step.version,
            effective_on: step.effective_on,
            recorded_at: step.recorded_at,
            reason_zh: step.reason.zh.into_owned(),
            reason_en: step.reason.en.into_owned(),
            changes: step.changes.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Profile> for OrganizationBody {
    fn from(profile: Profile) -> Self {
        let uscc = profile.head.uscc.unwrap_or_default();
        let page = url::organization(&uscc);
        let Some(said) = profile.said else {
            return Self { uscc, as_of: profile.on, recorded: false, version: None, effective_on: None, recorded_at: None, base: Value::Object(serde_json::Map::new()), facts: Vec::new(), history: Vec::new(), page };
        };
        Self {
            uscc,
            as_of: profile.on,
            recorded: true,
            version: Some(said.version.version),
            effective_on: Some(said.version.effective_on),
            recorded_at: Some(said.version.recorded_at),
            base: serde_json::to_value(&said.version.content).expect("plain data"),
            facts: said.facts.into_iter().map(Into::into).collect(),
            history: said.history.into_iter().map(Into::into).collect(),
            page,
        }
    }
}

/// A code that nobody has is no fault of the question: nothing is there (`E-D21`).
fn absent(error: Error) -> Fault {
    match error {
        Error::Refused(refusal) if refusal.0.iter().all(|issue| issue.code == "E-D21") => refusal.0.into_iter().next().map_or(Error::NotFound.into(), Fault::Absent),
        other => other.into(),
    }
}

/// An entry of the register, as it is or as of the end of a past day. Codes in lower case or full width are read too.
#[utoipa::path(get, path = "/api/v1/organizations/{uscc}", tag = "organizations", params(("uscc" = String, Path), AsOf),
    responses((status = 200, body = OrganizationBody)))]
async fn show(caller: Caller, Path(uscc): Path<String>, Query(asked): Query<AsOf>) -> ApiAnswer<OrganizationBody> {
    Ok(Json(public::profile(caller.ctx(), &uscc, &asked.on).await.map_err(absent)?.into()))
}

/// What is asked for.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
struct ExtractInput {
    /// A past day; empty for now.
    #[schema(example = "2026-07-01")]
    on: String,
}

/// A signed extract.
#[derive(Serialize, ToSchema)]
struct ExtractBody {
    /// Its number.
    #[schema(example = "TQ-2026-000001")]
    number: String,
    /// Credit code of the organisation.
    uscc: String,
    /// The day as of which it tells, as recorded.
    #[schema(value_type = String)]
    as_of: Day,
    /// When it was issued.
    #[schema(value_type = String)]
    issued_at: Instant,
    /// SM3 of the PDF.
    pdf_sm3: String,
    /// SM3 of the JSON.
    json_sm3: String,
    /// Names the key that signed.
    signer_key: String,
    /// The public key (SM2, uncompressed point, hexadecimal).
    public_key: String,
    /// Addresses of PDF, JSON and their detached signatures.
    files: Vec<String>,
}

impl From<Extract> for ExtractBody {
    fn from(extract: Extract) -> Self {
        let files = ["pdf", "json", "pdf.sig", "json.sig"].map(|ending| url::extract_file(&extract.number, ending)).to_vec();
        Self {
            uscc: extract.statement.uscc,
            as_of: extract.as_of,
            issued_at: extract.issued_at,
            pdf_sm3: extract.made.pdf_sm3,
            json_sm3: extract.made.json_sm3,
            signer_key: extract.made.signer_key,
            public_key: extract.made.public_key,
            files,
            number: extract.number,
        }
    }
}

/// Issues a signed extract. The same asked again on the same day is the same extract.
#[utoipa::path(post, path = "/api/v1/organizations/{uscc}/extracts", tag = "organizations", params(("uscc" = String, Path)),
    request_body = ExtractInput, responses((status = 200, body = ExtractBody)))]
async fn issue(caller: Caller, Path(uscc): Path<String>, Json(input): Json<ExtractInput>) -> ApiAnswer<ExtractBody> {
    let press = &caller.app().press;
    let number = extract::issue(caller.ctx(), press, &uscc, &input.on).await.map_err(absent)?;
    Ok(Json(extract::find(caller.ctx(), press, &number).await?.into()))
}

/// A signed extract by its number.
#[utoipa::path(get, path = "/api/v1/organization-extracts/{number}", tag = "organizations", params(("number" = String, Path)),
    responses((status = 200, body = ExtractBody)))]
async fn found(caller: Caller, Path(number): Path<String>) -> ApiAnswer<ExtractBody> {
    Ok(Json(extract::find(caller.ctx(), &caller.app().press, &number).await?.into()))
}

/// A file that somebody showed.
#[derive(Deserialize, ToSchema)]
struct ExtractFile {
    /// PDF or JSON, Base64.
    file: String,
}

/// Whether it is as we issued it.
#[derive(Serialize, ToSchema)]
struct ExtractVerdict {
    /// It is one of ours, unchanged.
    genuine: bool,
    /// Which one.
    extract: Option<ExtractBody>,
}

/// Looks whether a file is an extract as it was issued.
#[utoipa::path(post, path = "/api/v1/organization-extracts/verify", tag = "organizations", request_body = ExtractFile,
    responses((status = 200, body = ExtractVerdict)))]
async fn verify(caller: Caller, Json(body): Json<ExtractFile>) -> ApiAnswer<ExtractVerdict> {
    let bytes = base64("file", &body.file)?;
    let extract = match extract::verify(caller.ctx(), &bytes).await? {
        Verdict::Genuine(extract) => Some((*extract).into()),
        Verdict::Unknown => None,
    };
    Ok(Json(ExtractVerdict { genuine: extract.is_some(), extract }))
}

/// The daily files that can be taken.
#[derive(Serialize, ToSchema)]
struct RegisterFilesBody {
    /// The newest first.
    files: Vec<RegisterFileBody>,
}

/// A daily file.
#[derive(Serialize, ToSchema)]
struct RegisterFileBody {
    /// Its day.
    #[schema(value_type = String)]
    day: Day,
    /// Entries in it.
    entries: i64,
    /// Address of the CSV.
    csv: String,
    /// Address of the JSON.
    json: String,
    /// When it was made.
    #[schema(value_type = String)]
    made_at: Instant,
}

/// The daily files of everything public in the register.
#[utoipa::path(get, path = "/api/v1/organization-files", tag = "organizations", responses((status = 200, body = RegisterFilesBody)))]
async fn files(caller: Caller) -> ApiAnswer<RegisterFilesBody> {
    let files = public::dailies(caller.ctx()).await?.into_iter().map(|file| RegisterFileBody {
        csv: url::register_file(file.day, "csv"),
        json: url::register_file(file.day, "json"),
        day: file.day,
        entries: file.entries,
        made_at: file.made_at,
    });
    Ok(Json(RegisterFilesBody { files: files.collect() }))
}

/// Of which organisations the figures are.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct OfWhich {
    /// Code of a division; all of this site without it.
    #[param(required = false, example = "990100")]
    region: String,
    /// 1 association, 2 service institution, 3 foundation.
    #[param(required = false, example = "1")]
    kind: String,
    /// Level of the registering authority: `province`, `city`, `county`.
    #[param(required = false, example = "city")]
    authority: String,
    /// Code of an industry.
    #[param(required = false, example = "05")]
    industry: String,
}

/// Figures of the register as of the newest daily file.
#[derive(Serialize, ToSchema)]
struct RegisterFiguresBody {
    /// The day of the file; absent before the first.
    #[schema(value_type = Option<String>)]
    day: Option<Day>,
    /// The figures.
    figures: Vec<RegisterFigureBody>,
    /// Shares of what happened since the first of January.
    shares: Vec<RegisterShareBody>,
}

/// A part of a whole.
#[derive(Serialize, ToSchema)]
struct RegisterShareBody {
    /// Its name in Chinese.
    name_zh: String,
    /// Its name in English.
    name_en: String,
    /// The figure above the line.
    part: i64,
    /// The figure below.
    whole: i64,
    /// The part of the whole in percent, with one decimal.
    #[schema(example = 99.5)]
    percent: Option<f64>,
}

/// A figure.
#[derive(Serialize, ToSchema)]
struct RegisterFigureBody {
    /// What is counted: `stock`, `kind/1`, `authority/city`, `industry/05`, `level/5`, `list/abnormal`, `status/40`; `year/…` since the first of January.
    #[schema(example = "stock")]
    figure: String,
    /// How many; absent where so few annual reports were added up that single ones would be told.
    n: Option<i64>,
}

/// The stock of organisations by kind, level of the authority, area and industry, and what became of it in the year.
#[utoipa::path(get, path = "/api/v1/organization-figures", tag = "organizations", params(OfWhich), responses((status = 200, body = RegisterFiguresBody)))]
async fn figures(caller: Caller, Query(asked): Query<OfWhich>) -> ApiAnswer<RegisterFiguresBody> {
    let stock = public::stock_of(caller.ctx(), &asked.region, asked.selection()).await?;
    let lines = stock.iter().flat_map(|stock| [stock.standing(), stock.kinds(), stock.authorities(), stock.industries(), stock.evaluated(), stock.year()]);
    let figures = lines.flatten().map(|line| RegisterFigureBody { figure: line.what, n: line.n }).collect();
    let shares = stock.iter().flat_map(public::Stock::shares).map(|(name, _, share)| RegisterShareBody {
        name_zh: name.zh.into_owned(),
        name_en: name.en.into_owned(),
        part: share.part,
        whole: share.whole,
        percent: share.percent(),
    });
    Ok(Json(RegisterFiguresBody { day: stock.as_ref().map(|stock| stock.day), figures, shares: shares.collect() }))
}

impl OfWhich {
    fn selection(&self) -> public::Selection {
        public::Selection::read(&self.kind, &self.authority, &self.industry)
    }
}

/// Which list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ListOf {
    /// A figure of the year: `year/deregistered`, `year/revoked`, `year/abnormal`, `year/serious`, `year/penalties`, `year/reports`,
    /// `year/reports_passed`, `year/illegal`, or one that is added up from reports.
    #[param(example = "year/penalties")]
    figure: String,
    /// `next` of the page before.
    #[param(required = false)]
    after: String,
}

/// A page of the list behind a figure.
#[derive(Serialize, ToSchema)]
struct RegisterListBody {
    /// The figure as of the newest daily file; absent where it is not told.
    n: Option<i64>,
    /// The lines by day, 50 a page.
    lines: Vec<RegisterLineBody>,
    /// Where the next page begins; absent at the end.
    next: Option<String>,
}

/// A line of it.
#[derive(Serialize, ToSchema)]
struct RegisterLineBody {
    /// The day on which it counts.
    #[schema(value_type = String)]
    day: Day,
    /// Name of the organisation.
    name: String,
    /// Its credit code; empty for an illegal one.
    uscc: String,
    /// What it came to, in Chinese.
    what_zh: String,
    /// The same in English.
    what_en: String,
    /// Number of the decision; empty where there is none.
    number: String,
}

/// The list behind a figure of the year. What is counted of the register as it stands is found by the search.
#[utoipa::path(get, path = "/api/v1/organization-figures/list", tag = "organizations", params(OfWhich, ListOf), responses((status = 200, body = RegisterListBody)))]
async fn figures_list(caller: Caller, Query(asked): Query<OfWhich>, Query(list): Query<ListOf>) -> ApiAnswer<RegisterListBody> {
    let behind = public::behind(caller.ctx(), &asked.region, asked.selection(), &list.figure, &list.after).await?;
    let line = |line: public::Counted| RegisterLineBody {
        day: line.day,
        name: line.name,
        uscc: line.uscc,
        what_zh: line.what.zh.into_owned(),
        what_en: line.what.en.into_owned(),
        number: line.number,
    };
    Ok(Json(RegisterListBody { n: behind.line.n, lines: behind.lines.into_iter().map(line).collect(), next: behind.next }))
}
