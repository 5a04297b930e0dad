//! Load of the staff, absences with delegation.

use axum::extract::Path;
use casework::AbsenceId;
use casework::ops::{self, DeclareAbsence};
use identity::{Colleague, colleagues};
use kernel::Day;
use platform::{Error, Result, Role, StaffId};
use site::pages::work::{absences, load};
use ui::{Values, url};

use super::super::{Answer, FormData, Page, Routes};
use super::super::session::CASES;
use super::{HEADS, WORK};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/load", HEADS, show_load)
        .get("/desk/absences", WORK, show)
        .post("/desk/absences", WORK, declare)
        .post("/desk/absences/{id}/end", WORK, end)
}

async fn show_load(page: Page) -> Answer {
    page.html(load::page(page.shell(), ops::load(page.ctx()).await?))
}

/// One's own absences, or those of the unit for its head.
async fn shown(page: &Page, values: Values) -> Result<String> {
    let ctx = page.ctx();
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    let head = ctx.require_role(&[Role::Head]).is_ok();
    let colleagues = colleagues::holders(ctx, &CASES, &staff.region, Some(staff.org)).await?;
    let absences = if head { ops::absences_of_unit(ctx).await? } else { ops::absences(ctx, staff.id).await? };
    let mut ids: Vec<StaffId> = absences.iter().flat_map(|absence| [absence.staff, absence.delegate]).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = colleagues::names_of(ctx, &ids).await?;
    let myself = Colleague { id: staff.id, name: staff.name.clone(), org: staff.org };
    let who = if head { colleagues.clone() } else { vec![myself] };
    Ok(absences::page(page.shell(), absences::AbsencesPage { absences, names, who, delegates: colleagues }, values))
}

async fn show(page: Page) -> Answer {
    let today = page.ctx().today();
    page.html(shown(&page, Values::new().with("from", today)).await?)
}

async fn declare(page: Page, form: FormData) -> Answer {
    let staff = page.ctx().actor().staff().ok_or(Error::SignIn)?.id;
    let day = |name: &str| form.get(name).parse::<Day>();
    let outcome = match (form.get("delegate").parse(), day("from"), day("until")) {
        (Err(_), ..) => Err(casework::issues::needed("delegate", "代理人", "who stands in").into()),
        (_, Err(_), _) => Err(casework::issues::needed("from", "开始日期", "the first day").into()),
        (_, _, Err(_)) => Err(casework::issues::needed("until", "结束日期", "the last day").into()),
        (Ok(delegate), Ok(from), Ok(until)) => {
            let input = DeclareAbsence { staff: form.get("staff").parse().unwrap_or(staff), delegate, from, until, reason: form.get("reason").to_owned() };
            ops::declare_absence(page.ctx(), input).await.map(drop)
        }
    };
    match outcome {
        Ok(()) => page.go_with(url::absences(), "absence-declared"),
        Err(error @ Error::Refused(_)) => {
            let again = shown(&page, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| again)
        }
        Err(error) => Err(error.into()),
    }
}

async fn end(page: Page, Path(id): Path<AbsenceId>, _form: FormData) -> Answer {
    ops::end_absence(page.ctx(), id).await?;
    page.go_with(url::absences(), "absence-ended")
}
