//! Credit records of broken pledges.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use casework::{CreditId, ops};
use platform::Role;
use site::pages::work::credit;
use ui::{Values, url};

use super::super::{Access, Answer, FormData, Page, Routes};

const KEEPERS: Access = Access::Staff(&[Role::Head, Role::Supervisor]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/credit", KEEPERS, show)
        .get("/desk/credit/{id}/withdraw", KEEPERS, ask)
        .post("/desk/credit/{id}/withdraw", KEEPERS, withdraw)
}

async fn show(page: Page, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let before = query.get("before").and_then(|id| id.parse().ok());
    let (records, next) = ops::credit_records(page.ctx(), before).await?;
    page.html(credit::list(page.shell(), records, next))
}

async fn ask(page: Page, Path(id): Path<CreditId>) -> Answer {
    ops::may_withdraw_credit(page.ctx(), id).await?;
    page.html(credit::withdraw(page.shell(), id, Values::new()))
}

async fn withdraw(page: Page, Path(id): Path<CreditId>, form: FormData) -> Answer {
    match ops::withdraw_credit(page.ctx(), id, form.get("reason")).await {
        Ok(()) => page.go_with(url::credit(), "credit-withdrawn"),
        Err(error) => page.again(error, form.values(), |values| credit::withdraw(page.shell(), id, values)),
    }
}
