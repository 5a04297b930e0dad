//! Halls for administrators.

use axum::extract::{Path, Query};
use hall::ops::setup::{self, GroupInput, WindowInput};
use hall::ops::read;
use platform::{Error, Role, Scope};
use serde::Deserialize;
use site::pages::hall_admin::{self as pages, Editing};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const SYSTEM: Access = Access::Staff(&[Role::SystemAdmin]);

pub(super) fn routes() -> Routes {
    Routes::new().get("/admin/halls/{code}", SYSTEM, show).post("/admin/halls/{code}/{part}", SYSTEM, change)
}

async fn hall_page(page: &Page, code: &str, editing: Editing, form: &str, values: Values) -> Result<String, Error> {
    let ctx = page.ctx();
    let office = booking::ops::read::office(ctx, code).await?;
    ctx.require(&[Role::SystemAdmin], &Scope::region(office.region).org(office.org)).await?;
    let key = match setup::key(ctx, code).await {
        Err(Error::NotFound) => return Ok(pages::closed(page.shell(), office)),
        other => other?,
    };
    let origin = &ctx.settings().public_origin;
    let kinds = booking::ops::read::profiles(ctx).await?.into_iter().map(|profile| (profile.item_kind, profile.name)).collect();
    let beside = pages::Beside { kiosk: format!("{origin}{}", url::kiosk(&key)), screen: format!("{origin}{}", url::screen(&key)), kinds };
    let (office, board) = read::public(ctx, code).await?;
    Ok(pages::page(page.shell(), office, board, beside, editing, form, values))
}

/// What is to be changed, by id.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    group: String,
    window: String,
}

async fn show(page: Page, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let editing = Editing { group: asked.group.parse().ok(), window: asked.window.parse().ok() };
    page.html(hall_page(&page, &code, editing, "", Values::new()).await?)
}

async fn change(page: Page, Path((code, part)): Path<(String, String)>, form: FormData) -> Answer {
    match apply(&page, &code, &part, &form).await {
        Ok(()) => page.go_with(url::admin_hall(&code), "saved"),
        Err(error) => {
            let editing = match part.as_str() {
                "groups" => Editing { group: form.get("id").parse().ok(), window: None },
                "windows" => Editing { group: None, window: form.get("id").parse().ok() },
                _ => Editing::default(),
            };
            let html = hall_page(&page, &code, editing, &part, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| html)
        }
    }
}

/// The thing that a form changes; a new one if it names none.
fn named<K>(form: &FormData) -> Result<Option<kernel::Id<K>>, Error> {
    match form.get("id") {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::NotFound),
    }
}

async fn apply(page: &Page, code: &str, part: &str, form: &FormData) -> Result<(), Error> {
    let (ctx, get) = (page.ctx(), |name: &str| form.get(name).to_owned());
    match part {
        "open" => setup::open_hall(ctx, code).await.map(drop),
        "key" => setup::renew_key(ctx, code).await,
        "groups" => {
            let input = GroupInput {
                letter: get("letter"),
                name_zh: get("name_zh"),
                name_en: get("name_en"),
                kinds: form.values().all("kinds").to_vec(),
                minutes: get("minutes"),
                active: form.values().has("active", "yes"),
            };
            setup::save_group(ctx, code, named(form)?, &input).await.map(drop)
        }
        "windows" => {
            let groups = form.values().all("groups").iter().filter_map(|id| id.parse().ok()).collect();
            setup::save_window(ctx, code, named(form)?, &WindowInput { no: get("no"), groups }).await.map(drop)
        }
        "numbers" => {
            // a version that is no number is as stale as any other
            let version = form.get("version").parse().unwrap_or(0);
            let known = |name: &str| !matches!(name, "version" | "source");
            let numbers: Vec<_> = form.values().pairs().filter(|(name, _)| known(name)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            setup::set_numbers(ctx, code, version, &numbers, form.get("source")).await
        }
        _ => Err(Error::NotFound),
    }
}
