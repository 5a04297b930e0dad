//! Guides of items, as pages, on paper, as PDF and as plain text.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query},
    http::header,
    response::IntoResponse,
};
use booking::OfficeCard;
use catalog::ops::{self, Guide};
use documents::shapes::{self, Material, Question, Row, Step};
use kernel::{Lang, RegionCode};
use platform::{Ctx, Error, Result, regions};
use site::pages::guide::{self, GuideData, Items, Line, Sheet};
use ui::url;

use super::{Access, Answer, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/items", Access::Anyone, list)
        .get("/items/{code}", Access::Anyone, show)
        .get("/items/{code}/print", Access::Anyone, print)
        .get("/items/{code}/guide.pdf", Access::Anyone, pdf)
        .get("/items/{code}/guide.txt", Access::Anyone, text)
}

type Asked = Query<BTreeMap<String, String>>;

/// The region that was asked for, if it is one of this instance's.
async fn region(ctx: &Ctx, asked: &BTreeMap<String, String>) -> Result<Option<RegionCode>> {
    let Some(code) = asked.get("region").and_then(|code| RegionCode::parse(code).ok()) else { return Ok(None) };
    Ok(regions::find(ctx.db(), &code).await?.map(|region| region.code))
}

/// The region of this site itself, then those of [`choices`].
pub(super) async fn all_regions(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let own = regions::path(ctx.db(), &ctx.settings().region).await?.pop();
    let own = own.map(|region| (region.code.to_string(), region.name));
    Ok(own.into_iter().chain(choices(ctx).await?).collect())
}

/// The regions to choose from: cities, each with its counties.
pub(super) async fn choices(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for city in regions::children(ctx.db(), &ctx.settings().region).await? {
        found.push((city.code.to_string(), city.name.clone()));
        let counties = regions::children(ctx.db(), &city.code).await?;
        found.extend(counties.into_iter().map(|county| (county.code.to_string(), format!("{} {}", city.name, county.name))));
    }
    Ok(found)
}

async fn list(page: Page, Query(asked): Asked) -> Answer {
    let ctx = page.ctx();
    let chosen = region(ctx, &asked).await?.unwrap_or(ctx.settings().region);
    let data = Items { items: ops::list(ctx, &chosen).await?, region: chosen.to_string(), regions: choices(ctx).await? };
    page.html(guide::list(page.shell(), &data))
}

/// A guide with the offices that it names; those that are closed down are left out.
async fn load(ctx: &Ctx, code: &str) -> Result<(Guide, Vec<OfficeCard>)> {
    let guide = ops::guide(ctx, code).await?;
    let mut offices = Vec::new();
    for code in &guide.item.version.elements.place.offices {
        match booking::ops::read::office(ctx, code).await {
            Ok(office) if office.active => offices.push(office),
            Ok(_) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok((guide, offices))
}

fn address(ctx: &Ctx, guide: &Guide) -> String {
    format!("{}{}", ctx.settings().public_origin, url::item(&guide.item.code))
}

async fn show(page: Page, Path(code): Path<String>, Query(asked): Asked) -> Answer {
    let ctx = page.ctx();
    if let Some(region) = region(ctx, &asked).await? {
        let here = ops::find(ctx, &code).await?;
        let there = ops::nearest(ctx, &region, &here.basic_code).await?;
        return page.go(url::item(&there.code));
    }
    let (guide, offices) = load(ctx, &code).await?;
    let (address, regions) = (address(ctx, &guide), choices(ctx).await?);
    // A matter without a form is handled at the counter.
    let matter = casework::matters::matter(ctx, &guide.item.version.elements.house.service);
    let apply = matter.is_ok_and(|matter| !matter.case_type.sections.is_empty());
    page.html(guide::page(page.shell(), GuideData { guide: &guide, offices: &offices, regions: &regions, address: &address, apply }))
}

async fn print(page: Page, Path(code): Path<String>) -> Answer {
    let (guide, offices) = load(page.ctx(), &code).await?;
    let address = address(page.ctx(), &guide);
    page.html(guide::print(page.shell(), GuideData { guide: &guide, offices: &offices, regions: &[], address: &address, apply: false }))
}

async fn pdf(page: Page, Path(code): Path<String>) -> Answer {
    let ctx = page.ctx();
    let (guide, offices) = load(ctx, &code).await?;
    let sheet = Sheet::new(page.lang(), &guide, &offices);
    let shape = shape(page.lang(), &guide, sheet, address(ctx, &guide));
    let job = shape.job(guide.item.version.published_at).map_err(Error::internal)?;
    let bytes = page.app().press.render(job).await.map_err(Error::internal)?;
    let name = format!("inline; filename=\"{}.pdf\"", guide.item.basic_code);
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

async fn text(page: Page, Path(code): Path<String>) -> Answer {
    let ctx = page.ctx();
    let (guide, offices) = load(ctx, &code).await?;
    let words = guide::plain(page.lang(), &Sheet::new(page.lang(), &guide, &offices), &address(ctx, &guide));
    let name = format!("attachment; filename=\"{}.txt\"", guide.item.basic_code);
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], words).into_response())
}

/// The sheet as the press takes it.
fn shape(lang: Lang, guide: &Guide, sheet: Sheet, url: String) -> shapes::Guide {
    let rows = |lines: Vec<Line>| lines.into_iter().map(|(name, text)| Row::new(name, text)).collect::<Vec<_>>();
    let papers = |lines: Vec<Line>| lines.into_iter().map(|(name, note)| Material { name, note }).collect();
    let mut card = rows(sheet.card(lang));
    card.extend(rows(sheet.result));
    let offices = sheet.offices.into_iter().map(|office| Row::new(office.name, [vec![office.address, office.hours], office.phones].concat().join("  ")));
    let mut contacts: Vec<Row> = offices.collect();
    contacts.extend(rows(sheet.remedies));
    shapes::Guide {
        lang,
        title: sheet.title,
        code: guide.item.code.clone(),
        card,
        bring: papers(sheet.bring),
        not_needed: papers(sheet.not_needed),
        steps: sheet.steps.into_iter().map(|(title, text)| Step { title, text }).collect(),
        legal: sheet.legal.into_iter().map(|(law, says)| format!("{law}  {says}")).collect(),
        faq: sheet.faq.into_iter().map(|(question, answer)| Question { question, answer }).collect(),
        contacts,
        url,
        printed: sheet.version,
    }
}
