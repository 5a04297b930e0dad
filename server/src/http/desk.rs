//! The counter's day, walk-ins and blank certificates.

use axum::extract::Query;
use booking::{BookingId, OfficeCard};
use kernel::RegionCode;
use marriage::{BookletKind, KIND_DIVORCE, KIND_DOMESTIC, KIND_FOREIGN, KIND_FOREIGN_DIVORCE};
use marriage::ops::{self, Open};
use marriage_pages::{desk, stock};
use platform::{Error, Role};
use serde::Deserialize;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes, desk_case, desk_divorce};

/// Whoever works at a counter or looks after one.
pub(super) const COUNTER: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Reviewer, Role::Supervisor, Role::Archivist]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk", COUNTER, day)
        .get("/desk/walk-in", COUNTER, day)
        .post("/desk/walk-in", COUNTER, open)
        .get("/desk/stock", COUNTER, show_stock)
        .post("/desk/stock", COUNTER, change_stock)
        .merge(desk_case::routes())
        .merge(desk_divorce::routes())
}

/// Which office, by its public code.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Where {
    pub(super) office: String,
    /// Where a list goes on; from its beginning without it.
    pub(super) after: String,
    /// Which booklets; of marriages without it.
    kind: String,
}

/// The offices of the actor's organisation that register marriages, the chosen one first.
pub(super) async fn offices(page: &Page, code: &str) -> Result<Vec<OfficeCard>, Error> {
    let staff = page.ctx().actor().staff().ok_or(Error::SignIn)?;
    let mut mine = registering(page, &staff.region).await?;
    mine.retain(|office| office.org == staff.org);
    mine.sort_by_key(|office| office.code != code);
    Ok(mine)
}

/// The offices within a region that register marriages, of residents or of parties from abroad.
pub(super) async fn registering(page: &Page, region: &RegionCode) -> Result<Vec<OfficeCard>, Error> {
    let mut all = booking::ops::read::offices(page.ctx(), region, Some(KIND_DOMESTIC), "", 200).await?;
    let designated = booking::ops::read::offices(page.ctx(), region, Some(KIND_FOREIGN), "", 200).await?;
    all.extend(designated.into_iter().filter(|office| !office.kinds.iter().any(|kind| kind == KIND_DOMESTIC)));
    Ok(all)
}

/// Whether a form opens a case for parties of whom one is from abroad; not said by a form of an office that does only one.
pub(super) fn for_abroad(form: &FormData) -> Option<bool> {
    match form.get("for_abroad") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

async fn day(page: Page, Query(place): Query<Where>) -> Answer {
    show_day(&page, &place.office, Values::new()).await
}

async fn show_day(page: &Page, code: &str, values: Values) -> Answer {
    let offices = offices(page, code).await?;
    let Some(office) = offices.first() else { return page.html(desk::no_office(page.shell())) };
    let day = ops::desk(page.ctx(), office.id).await?;
    page.html(desk::page(page.shell(), day, &offices, page.ctx().now(), values))
}

/// Opens a case, for an appointment or a couple who walked in. The same appointment twice is the same case.
async fn open(page: Page, form: FormData) -> Answer {
    let offices = offices(&page, form.get("office")).await?;
    let office = offices.first().ok_or(Error::NotFound)?;
    let booking = match form.get("booking") {
        "" => None,
        id => Some(id.parse::<BookingId>().map_err(|_| Error::NotFound)?),
    };
    let ctx = page.ctx();
    if let Some(id) = booking
        && [KIND_DIVORCE, KIND_FOREIGN_DIVORCE].contains(&booking::ops::read::booking(ctx, id).await?.item_kind.as_str())
    {
        let case = marriage::divorce::ops::open(ctx, marriage::divorce::ops::Open { office: office.id, booking, for_abroad: None }).await?;
        return page.go(url::divorce(case));
    }
    let case = ops::open(ctx, Open { office: office.id, booking, for_abroad: for_abroad(&form) }).await?;
    page.go(url::case(case))
}

/// Which booklets an address or a form means.
fn booklets(code: &str) -> BookletKind {
    BookletKind::from_code(code).unwrap_or_default()
}

async fn show_stock(page: Page, Query(place): Query<Where>) -> Answer {
    let offices = offices(&page, &place.office).await?;
    let Some(office) = offices.first() else { return page.html(desk::no_office(page.shell())) };
    let kind = booklets(&place.kind);
    let figures = ops::stock(page.ctx(), office.id, kind).await?;
    page.html(stock::page(page.shell(), office, kind, figures, Values::new()))
}

async fn change_stock(page: Page, form: FormData) -> Answer {
    let offices = offices(&page, form.get("office")).await?;
    let office = offices.first().ok_or(Error::NotFound)?;
    let (ctx, kind) = (page.ctx(), booklets(form.get("kind")));
    let done = match (form.get("act"), form.get("fate")) {
        ("receive", _) => ops::receive_booklets(ctx, office.id, kind, form.get("first_serial"), form.get("last_serial")).await.map(|_| ()),
        (_, "returned") => ops::return_booklet(ctx, office.id, kind, form.get("serial"), form.get("reason")).await,
        _ => ops::spoil_blank(ctx, office.id, kind, form.get("serial"), form.get("reason")).await,
    };
    match done {
        Ok(()) => page.go_with(url::with(url::stock(), &[("office", &office.code), ("kind", kind.code())]), "saved"),
        Err(error) => {
            let figures = ops::stock(ctx, office.id, kind).await?;
            page.again(error, form.values(), |values| stock::page(page.shell(), office, kind, figures, values))
        }
    }
}
