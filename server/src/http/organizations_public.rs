//! The public register of organisations: an entry, its history, signed extracts, word of changes, the daily files.

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse};
use futures_util::stream;
use kernel::Day;
use organization_pages::public as pages;
use organizations::extract::{self, Part};
use organizations::follow;
use organizations::public::{self, Format};
use platform::Error;
use serde::Deserialize;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/organizations/extracts", Access::Anyone, check_extract)
        .upload("/organizations/extracts", Access::Anyone, verify_extract)
        .get("/organizations/extracts/{number}", Access::Anyone, extract_page)
        .get("/organizations/extracts/{number}/{file}", Access::Anyone, extract_file)
        .get("/organizations/follow/{token}", Access::Anyone, following)
        .post("/organizations/follow/{token}/{verb}", Access::Anyone, follow_act)
        .get("/organizations/statistics", Access::Anyone, figures)
        .get("/organizations/statistics/list", Access::Anyone, figures_list)
        .get("/organizations/statistics/{file}", Access::Anyone, figures_file)
        .get("/organizations/data", Access::Anyone, data)
        .get("/organizations/data/{file}", Access::Anyone, data_file)
        .get("/organizations/{uscc}", Access::Anyone, show)
        .get("/organizations/{uscc}/history", Access::Anyone, history)
        .post("/organizations/{uscc}/extract", Access::Anyone, issue)
        .post("/organizations/{uscc}/follow", Access::Anyone, ask)
}

/// The day and the place in the history that were asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    on: String,
    before: String,
}

/// What is said of a code that nobody has, or that is none; anything else is its own page.
fn not_there(page: &Page, typed: &str, error: Error) -> Answer {
    match error {
        Error::Refused(refusal) if refusal.0.iter().all(|issue| issue.field.as_deref() == Some("uscc")) => {
            let status = if refusal.0.iter().any(|issue| issue.code == "E-D21") { StatusCode::NOT_FOUND } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok((status, Html(pages::profile::unknown(page.shell(), typed, refusal.0))).into_response())
        }
        other => Err(other.into()),
    }
}

async fn show(page: Page, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let ctx = page.ctx();
    match public::readable(&code) {
        // One address for one organisation: links and search engines see the plain code.
        Ok(plain) if plain.as_str() != code => return page.go(url::with(url::organization(plain), &[("on", &asked.on)])),
        Ok(_) => {}
        Err(error) => return not_there(&page, &code, error),
    }
    match public::profile(ctx, &code, &asked.on).await {
        Ok(profile) => page.html(pages::profile::page(page.shell(), profile, Values::new())),
        Err(error) if error.issues().iter().any(|issue| issue.field.as_deref() == Some("on")) => {
            let profile = public::profile(ctx, &code, "").await?;
            page.again(error, &Values::new().with("on", &asked.on), |values| pages::profile::page(page.shell(), profile, values))
        }
        Err(error) => not_there(&page, &code, error),
    }
}

async fn history(page: Page, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let entry = match public::entry(page.ctx(), &code).await {
        Ok(entry) => entry,
        Err(error) => return not_there(&page, &code, error),
    };
    let before = asked.before.parse().unwrap_or(i64::MAX);
    let (steps, more) = public::history(page.ctx(), entry.head.id, before).await?;
    page.html(pages::profile::history(page.shell(), entry.head, steps, more))
}

async fn issue(page: Page, Path(code): Path<String>, form: FormData) -> Answer {
    match extract::issue(page.ctx(), &page.app().press, &code, form.get("on")).await {
        Ok(number) => page.go(url::extract(number)),
        Err(error) => not_there(&page, &code, error),
    }
}

async fn extract_page(page: Page, Path(number): Path<String>) -> Answer {
    let extract = extract::find(page.ctx(), &page.app().press, &number).await?;
    page.html(pages::extract::page(page.shell(), extract))
}

async fn extract_file(page: Page, Path((number, file)): Path<(String, String)>) -> Answer {
    let part = file.strip_prefix(&format!("{number}.")).and_then(Part::from_ending).ok_or(Error::NotFound)?;
    let bytes = extract::file(page.ctx(), &page.app().press, &number, part).await?;
    let headers = [(header::CONTENT_TYPE, part.media_type().to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\""))];
    Ok((headers, bytes).into_response())
}

async fn check_extract(page: Page) -> Answer {
    page.html(pages::extract::form(page.shell(), Values::new()))
}

async fn verify_extract(page: Page, form: FormData) -> Answer {
    let bytes = form.file("file").map(|file| file.bytes.to_vec()).unwrap_or_default();
    match extract::verify(page.ctx(), &bytes).await {
        Ok(verdict) => page.html(pages::extract::verdict(page.shell(), verdict, page.ctx().now())),
        Err(error) => page.again(error, form.values(), |values| pages::extract::form(page.shell(), values)),
    }
}

async fn ask(page: Page, Path(code): Path<String>, form: FormData) -> Answer {
    let ctx = page.ctx();
    match follow::ask(ctx, &code, form.get("email")).await {
        Ok(()) => page.html(pages::follow::asked(page.shell(), &code)),
        Err(error) if error.issues().iter().any(|issue| issue.field.as_deref() == Some("email")) => {
            let profile = public::profile(ctx, &code, "").await?;
            page.again(error, form.values(), |values| pages::profile::page(page.shell(), profile, values))
        }
        Err(error) => not_there(&page, &code, error),
    }
}

async fn following(page: Page, Path(token): Path<String>) -> Answer {
    let following = follow::show(page.ctx(), &token).await?;
    page.html(pages::follow::page(page.shell(), &token, following))
}

async fn follow_act(page: Page, Path((token, verb)): Path<(String, String)>, _: FormData) -> Answer {
    let done = match verb.as_str() {
        "confirm" => follow::confirm(page.ctx(), &token).await?,
        "stop" => follow::stop(page.ctx(), &token).await?,
        _ => return Err(Error::NotFound.into()),
    };
    page.html(pages::follow::done(page.shell(), done, verb == "stop"))
}

/// Whose stock is shown, and what of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Where {
    region: String,
    kind: String,
    authority: String,
    industry: String,
}

impl Where {
    fn selection(&self) -> public::Selection {
        public::Selection::read(&self.kind, &self.authority, &self.industry)
    }

    async fn stock(&self, page: &Page) -> Result<Option<public::Stock>, Error> {
        public::stock_of(page.ctx(), &self.region, self.selection()).await
    }
}

async fn figures(page: Page, Query(asked): Query<Where>) -> Answer {
    page.html(pages::figures::page(page.shell(), asked.stock(&page).await?))
}

/// Which list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Behind {
    figure: String,
    after: String,
}

async fn figures_list(page: Page, Query(asked): Query<Where>, Query(list): Query<Behind>) -> Answer {
    let behind = public::behind(page.ctx(), &asked.region, asked.selection(), &list.figure, &list.after).await?;
    page.html(pages::figures::list(page.shell(), behind))
}

async fn figures_file(page: Page, Path(file): Path<String>, Query(asked): Query<Where>) -> Answer {
    let format = file.strip_prefix("figures.").filter(|ending| ["csv", "xlsx"].contains(ending)).ok_or(Error::NotFound)?;
    let stock = asked.stock(&page).await?.ok_or(Error::NotFound)?;
    super::statistics::file(&stock.sheet(), format, page.lang())
}

async fn data(page: Page) -> Answer {
    page.html(pages::data::page(page.shell(), public::dailies(page.ctx()).await?))
}

/// A daily file, part by part: it is never held as a whole.
async fn data_file(page: Page, Path(file): Path<String>) -> Answer {
    let (day, format) = file.split_once('.').and_then(|(day, ending)| Some((day.parse::<Day>().ok()?, Format::from_ending(ending)?))).ok_or(Error::NotFound)?;
    let ctx = page.ctx().clone();
    let first = public::part(&ctx, day, format, 1).await?.ok_or(Error::NotFound)?;
    let name = format!("attachment; filename=\"organizations-{file}\"");
    let headers = [(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)];
    let begin = if format == Format::Json { [b"[".as_slice(), &first].concat() } else { first };
    let body = Body::from_stream(stream::unfold(Some((begin, 2)), move |next| {
        let ctx = ctx.clone();
        async move {
            let (bytes, number) = next?;
            let rest = public::part(&ctx, day, format, number).await.transpose();
            Some(match rest {
                Some(Ok(part)) => (Ok(bytes), Some((part, number + 1))),
                Some(Err(error)) => (Err(error), None),
                None if format == Format::Json => (Ok([bytes.as_slice(), b"\n]\n"].concat()), None),
                None => (Ok(bytes), None),
            })
        }
    }));
    Ok((headers, body).into_response())
}
