//! Cases of every service, for staff.

mod acts;
mod case;
mod credit;
mod load;
mod special;

use std::collections::BTreeMap;

use axum::extract::Query;
use kernel::Text;
use platform::{Error, Role, regions};
use site::pages::work::list;
use ui::Values;

use super::session::CASES;
use super::{Access, Answer, Page, Routes};

/// Whoever does something in cases; which ones is decided by the operation.
const WORK: Access = Access::Staff(&CASES);
/// Whoever looks after those who do.
const HEADS: Access = Access::Staff(&[Role::Head, Role::Supervisor, Role::Leader]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/work", WORK, show)
        .merge(load::routes())
        .merge(credit::routes())
        .merge(special::routes())
        .merge(case::routes())
        .merge(acts::routes())
}

async fn show(page: Page, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let staff = page.ctx().actor().staff().ok_or(Error::SignIn)?;
    let values = Values::from_pairs(query);
    let found = casework::ops::desk(page.ctx(), &list::filter(&values, staff.region)).await?;
    let matters = casework::matters::matters(page.ctx())?;
    let items: Vec<(String, Text)> = matters.iter().map(|matter| (matter.case_type.item_code.clone(), matter.case_type.name.clone())).collect();
    let mut places: Vec<(String, Text)> = Vec::new();
    if values.get("section") == "region" {
        places.extend(regions::find(page.ctx().db(), &staff.region).await?.map(|region| (region.code.to_string(), Text::same(region.name))));
        places.extend(regions::children(page.ctx().db(), &staff.region).await?.into_iter().map(|region| (region.code.to_string(), Text::same(region.name))));
    }
    let head = page.ctx().require_role(&[Role::Head, Role::Supervisor, Role::Leader]).is_ok();
    page.html(list::list(page.shell(), values, found, items, places, head))
}
