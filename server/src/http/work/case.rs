//! One case, and its papers.

use axum::{
    extract::Path,
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use casework::ops::{self, Attach, CaseView, Judge};
use casework::{CaseId, FieldKind, Matter, MaterialId, Owner, form, matters, papers};
use kernel::{Issue, RegionCode};
use platform::{Ctx, Error, regions};
use site::pages::work::{case, paper};
use ui::{Values, url};

use super::super::{Answer, FormData, Page, Routes};
use super::WORK;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/work/{id}", WORK, show)
        .upload("/desk/work/{id}/materials", WORK, take)
        .get("/desk/work/{id}/materials/{paper}", WORK, show_paper)
        .post("/desk/work/{id}/materials/{paper}", WORK, judge)
        .get("/desk/work/{id}/materials/{paper}/file", WORK, content)
}

/// Everything that the page of a case shows beside the case: a number of questions that does not grow with its log.
async fn loaded(page: &Page, id: CaseId, values: Values) -> platform::Result<String> {
    let ctx = page.ctx();
    let view = ops::view(ctx, id).await?;
    let matter = matters::matter(ctx, &view.head.case_type)?;
    let org = regions::organisation(ctx.db(), view.head.org).await?.map(|org| org.name).unwrap_or_default();
    let holder = match view.state.holder {
        Some(holder) => identity::colleagues::colleague(ctx, holder).await?.map(|colleague| colleague.name).unwrap_or_default(),
        None => String::new(),
    };
    let cross = match view.head.intake {
        Some(_) => casework::cross::of_case(ctx, id).await?.map(|cross| (cross, ctx.now())),
        None => None,
    };
    let cards = casework::supervision::of_case(ctx, id).await?;
    let shown = case::CasePage { cross, cards, papers: papers::of_case(ctx, id).await?, regions: places(ctx, &matter, &view).await?, org, holder, matter, view };
    Ok(case::page(page.shell(), shown, values))
}

/// Names of the regions among the answers.
async fn places(ctx: &Ctx, matter: &Matter, view: &CaseView) -> platform::Result<Vec<(String, String)>> {
    let mut named = Vec::new();
    for (_, fields) in form::asked(&matter.case_type, &view.answers) {
        for field in fields.iter().filter(|field| field.kind == FieldKind::Region) {
            let code = view.answers.get(&field.key).and_then(|code| RegionCode::parse(code).ok());
            if let Some(code) = code
                && let Some(region) = regions::find(ctx.db(), &code).await?
            {
                named.push((code.to_string(), region.name));
            }
        }
    }
    Ok(named)
}

async fn show(page: Page, Path(id): Path<CaseId>) -> Answer {
    page.html(loaded(&page, id, Values::new()).await?)
}

async fn take(page: Page, Path(id): Path<CaseId>, form: FormData) -> Answer {
    let outcome = match form.file("file") {
        Some(file) => {
            let input = Attach { to: Owner::Case(id), key: form.get("key").to_owned(), file_name: file.name.clone(), bytes: file.bytes.to_vec() };
            ops::attach(page.ctx(), input).await.map(drop)
        }
        None => Err(Issue::error("E-P224", "请选择扫描件", "Choose the scan").field("file").into()),
    };
    match outcome {
        Ok(()) => page.go_with(url::work_case(id), "paper-taken"),
        Err(error @ Error::Refused(_)) => {
            let shown = loaded(&page, id, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
        Err(error) => Err(error.into()),
    }
}

async fn paper_page(page: &Page, id: CaseId, material: MaterialId, values: Values) -> platform::Result<String> {
    let view = ops::view(page.ctx(), id).await?;
    let found = view.materials.iter().find(|paper| paper.id == material).cloned().ok_or(Error::NotFound)?;
    Ok(paper::page(page.shell(), view, found, values))
}

async fn show_paper(page: Page, Path((id, material)): Path<(CaseId, MaterialId)>) -> Answer {
    page.html(paper_page(&page, id, material, Values::new()).await?)
}

async fn judge(page: Page, Path((id, material)): Path<(CaseId, MaterialId)>, form: FormData) -> Answer {
    let number = |name: &str| form.get(name).parse().unwrap_or(0);
    let input = Judge {
        case: id,
        paper: material,
        good: form.get("good") == "yes",
        originals: number("originals"),
        copies: number("copies"),
        note: form.get("note").to_owned(),
    };
    match ops::judge(page.ctx(), input).await {
        Ok(()) => page.go_with(url::work_case(id), "paper-judged"),
        Err(error @ Error::Refused(_)) => {
            let shown = paper_page(&page, id, material, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
        Err(error) => Err(error.into()),
    }
}

async fn content(page: Page, Path((id, material)): Path<(CaseId, MaterialId)>) -> Answer {
    let (paper, bytes, kind) = ops::content(page.ctx(), Owner::Case(id), material).await?;
    let disposition = HeaderValue::from_str(&format!("inline; filename*=UTF-8''{}", url::segment(&paper.file_name))).map_err(Error::internal)?;
    let headers: [(HeaderName, HeaderValue); 2] =
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind.name())), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}
