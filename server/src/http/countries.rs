//! Lists of countries, for administrators.

use marriage::countries::{self, EntryInput, List};
use marriage_pages::countries as pages;
use platform::{Result, Role};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const ADMIN: Access = Access::Staff(&[Role::SystemAdmin, Role::SecurityAdmin]);

pub(super) fn routes() -> Routes {
    Routes::new().get("/admin/countries", ADMIN, show).post("/admin/countries", ADMIN, set)
}

async fn load(page: &Page) -> Result<Vec<(List, Vec<countries::Entry>)>> {
    let mut lists = Vec::with_capacity(List::ALL.len());
    for list in List::ALL {
        lists.push((list, countries::entries(page.ctx(), list).await?));
    }
    Ok(lists)
}

async fn show(page: Page) -> Answer {
    let lists = load(&page).await?;
    page.html(pages::page(page.shell(), lists, page.ctx().today(), Values::new()))
}

async fn set(page: Page, form: FormData) -> Answer {
    let [list, country, from, to, source] = ["list", "country", "from", "to", "source"].map(|name| form.get(name).to_owned());
    match countries::set(page.ctx(), &EntryInput { list, country, from, to, source }).await {
        Ok(()) => page.go_with(url::admin_countries(), "saved"),
        Err(error) => {
            let lists = load(&page).await?;
            page.again(error, form.values(), |values| pages::page(page.shell(), lists, page.ctx().today(), values))
        }
    }
}
