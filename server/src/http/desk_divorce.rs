//! Divorces at the counter: the list of an office, one case with its acts and papers; and each citizen's own.

use axum::{
    extract::{Path, Query},
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use casework::CaseId;
use catalog::model::FormStep;
use marriage::divorce::ops::{self, AgreementInput, ChildInput, Open, Registration, ShownInput, Spoiled, TalkInput, View, Withdrawal};
use marriage::divorce::states::StateKind;
use marriage::model::{Photo, Side};
use marriage_pages::case::{Typed, act as shared};
use marriage_pages::divorce::{CHILD_FIELDS, case, case::act, list, mine};
use platform::{Error, Result};
use ui::{Shell, Values, url};

use super::desk::{COUNTER, Where, for_abroad, offices};
use super::desk_case::{Kinds, Offset, party, seen, side, yes};
use super::{Access, Answer, FormData, Page, Routes, help};
use crate::counter;

/// Children that one agreement may name on the page.
const MOST_CHILDREN: usize = 12;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/divorces", COUNTER, show_list)
        .post("/desk/divorces", COUNTER, open)
        .get("/desk/divorces/{id}", COUNTER, show)
        .get("/desk/divorces/{id}/{part}", COUNTER, part)
        .upload("/desk/divorces/{id}/{part}", COUNTER, act_on)
        .get("/me/divorce", Access::Citizen, show_mine)
        .get("/me/divorce/{id}/calendar.ics", Access::Citizen, calendar)
}

async fn show_list(page: Page, Query(place): Query<Where>) -> Answer {
    let offices = offices(&page, &place.office).await?;
    let Some(office) = offices.first() else { return page.html(marriage_pages::desk::no_office(page.shell())) };
    let desk = ops::desk(page.ctx(), office.id, place.after.parse().ok().as_ref()).await?;
    page.html(list::page(page.shell(), desk, &offices, &Values::new()))
}

async fn open(page: Page, form: FormData) -> Answer {
    let offices = offices(&page, form.get("office")).await?;
    let office = offices.first().ok_or(Error::NotFound)?;
    let case = ops::open(page.ctx(), Open { office: office.id, booking: None, for_abroad: for_abroad(&form) }).await?;
    page.go(url::divorce(case))
}

async fn show(page: Page, Path(id): Path<CaseId>, Query(kinds): Query<Kinds>) -> Answer {
    let view = ops::view(page.ctx(), &page.app().ports, id).await?;
    page.html(case::page(&shell(&page, &view).await?, view, &kinds.typed()))
}

/// The frame with the questions that belong to the present visit.
async fn shell(page: &Page, view: &View) -> Result<Shell> {
    let steps: &[FormStep] = match view.state {
        StateKind::Precheck => &[FormStep::Party, FormStep::Application, FormStep::Agreement],
        StateKind::Cooling | StateKind::Claimable | StateKind::Examined => &[FormStep::SecondVisit],
        _ => return Ok(page.shell().clone()),
    };
    help::beside(page, marriage::divorce::ITEM, steps).await
}

/// Does what a form of the page asks for. A refusal, or somebody else's change in between, shows the page again with what was typed.
async fn act_on(page: Page, Path((id, part)): Path<(CaseId, String)>, form: FormData) -> Answer {
    if part == act::AGREE && form.get("row") == "add" {
        let view = ops::view(page.ctx(), &page.app().ports, id).await?;
        return page.html(case::page(&shell(&page, &view).await?, view, &Typed { act: part, values: one_more_child(form.values()), ..Typed::default() }));
    }
    match perform(&page, id, &part, &form).await {
        Ok(()) => page.go(url::divorce(id)),
        Err(error @ (Error::Refused(_) | Error::Stale(_))) => {
            let view: View = ops::view(page.ctx(), &page.app().ports, id).await?;
            let shell = shell(&page, &view).await?;
            page.again(error, form.values(), |values| case::page(&shell, view, &Typed { act: part, values, ..Typed::default() }))
        }
        Err(other) => page.again(other, form.values(), |_| String::new()),
    }
}

/// The same form with a row more.
fn one_more_child(values: &Values) -> Values {
    let rows = children(values).min(MOST_CHILDREN - 1) + 1;
    let mut more = Values::new().with("children", rows.to_string());
    for name in ["no_children", "property", "debts", "other"] {
        more = more.with(name, values.raw(name));
    }
    for n in 0..rows {
        for field in CHILD_FIELDS {
            let name = format!("child_{n}_{field}");
            more = more.with(&name, values.raw(&name));
        }
    }
    more
}

fn children(values: &Values) -> usize {
    values.get("children").parse().unwrap_or(1).clamp(1, MOST_CHILDREN)
}

async fn perform(page: &Page, id: CaseId, part: &str, form: &FormData) -> Result<()> {
    let (ctx, seen, ports) = (page.ctx(), seen(form), &page.app().ports);
    let values = form.values();
    match part {
        shared::ENTER_A => ops::enter_party(ctx, ports, id, seen, Side::A, &party(values, Side::A)).await,
        shared::ENTER_B => ops::enter_party(ctx, ports, id, seen, Side::B, &party(values, Side::B)).await,
        shared::CONFIRM_A => ops::confirm_party(ctx, id, seen, Side::A).await,
        shared::CONFIRM_B => ops::confirm_party(ctx, id, seen, Side::B).await,
        shared::IDENTIFY => ops::identify(ctx, ports, id, seen, yes(form, "compared")).await,
        act::SHOW => {
            let shown = ShownInput { cert_no: values.get("cert_no").to_owned(), place: values.get("place").to_owned(), lost: yes(form, "lost") };
            ops::show_marriage(ctx, id, seen, &shown).await
        }
        act::TALK => ops::talk(ctx, id, seen, &talk(values)).await,
        act::AGREE => ops::agree(ctx, id, seen, &agreement(form)).await,
        act::SIGN => {
            let scan = match form.file("scan") {
                Some(upload) => counter::scan(ctx, "scan", upload.bytes.to_vec()).await?,
                None => String::new(),
            };
            ops::sign(ctx, id, seen, &scan).await
        }
        act::ACCEPT => ops::accept(ctx, ports, id, seen).await.map(|_| ()),
        act::REFUSE => ops::refuse(ctx, id, seen, values.get("refuse_reason")).await,
        act::ABORT => ops::abort(ctx, id, seen, values.get("abort_reason")).await,
        act::WITHDRAW => {
            let withdrawal = Withdrawal { side: side(values.get("side"))?, compared: yes(form, "compared"), receipt: yes(form, "receipt") };
            ops::withdraw(ctx, id, seen, withdrawal).await
        }
        act::CLAIM => ops::claim(ctx, ports, id, seen, yes(form, "compared")).await,
        act::REGISTER => {
            let [serial_a, serial_b, confirmation] = ["serial_a", "serial_b", "confirmation"].map(|name| values.get(name).to_owned());
            let mut photos = [None, None];
            for (photo, field) in photos.iter_mut().zip(["photo_a", "photo_b"]) {
                if let Some(upload) = form.file(field) {
                    let taken = counter::photo_at(ctx, field, upload.bytes.to_vec()).await?;
                    *photo = Some(Photo { confirmed: yes(form, "photos_ok"), ..taken });
                }
            }
            ops::register(ctx, ports, Registration { case: id, seen, serial_a, serial_b, confirmation, photos }).await.map(|_| ())
        }
        act::NOT_REGISTER => ops::not_register(ctx, id, seen, values.get("not_register_reason")).await,
        act::PRINTED => ops::printed(ctx, id, seen, side(values.get("holder"))?).await,
        act::SPOIL => {
            let (reason, serial) = (values.get("spoil_reason").to_owned(), values.get("new_serial").to_owned());
            ops::spoil(ctx, Spoiled { case: id, seen, holder: side(values.get("holder"))?, reason, serial }).await
        }
        _ => Err(Error::NotFound),
    }
}

fn talk(values: &Values) -> TalkInput {
    let answer = |side: Side, name: &str| match values.get(&side.field(name)) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    TalkInput {
        willing: Side::BOTH.map(|side| answer(side, "willing")),
        capable: Side::BOTH.map(|side| answer(side, "capable")),
        suspicion: values.get("suspicion").to_owned(),
        note: values.raw("note").to_owned(),
    }
}

fn agreement(form: &FormData) -> AgreementInput {
    let values = form.values();
    let child = |n: usize| {
        let [name, id_no, custody, support, frequency, until, visits] = CHILD_FIELDS.map(|field| values.get(&format!("child_{n}_{field}")).to_owned());
        ChildInput { name, id_no, custody, support, frequency, until, visits }
    };
    AgreementInput {
        children: (0..children(values)).map(child).collect(),
        no_children: yes(form, "no_children"),
        property: values.raw("property").to_owned(),
        debts: values.raw("debts").to_owned(),
        other: values.raw("other").to_owned(),
    }
}

/// What is printed for a case. Every one is an audited read.
async fn part(page: Page, Path((id, part)): Path<(CaseId, String)>, Query(offset): Query<Offset>) -> Answer {
    let bytes = counter::divorce_paper(page.ctx(), &page.app().press, id, &part, counter::offset(&offset.x, &offset.y)).await?;
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}

async fn show_mine(page: Page) -> Answer {
    let cases = ops::mine(page.ctx()).await?;
    page.html(mine::page(page.shell(), cases))
}

/// The days of the claim as a calendar file; of whatever else a calendar shows, it names the office only.
async fn calendar(page: Page, Path(id): Path<CaseId>) -> Answer {
    let case = ops::mine(page.ctx()).await?.into_iter().find(|case| case.id == id).ok_or(Error::NotFound)?;
    let (lang, (start, end)) = (page.lang(), case.claim());
    let file = booking::ics::file(&booking::ics::Event {
        uid: format!("{id}@claim"),
        sequence: case.version,
        stamp: case.accepted_at,
        start,
        end,
        summary: case.office.name.get(lang),
        location: case.office.address.get(lang),
        description: ui::tr(lang, "详情请登录查看。", "Sign in for details."),
        cancelled: !case.may_be_claimed(),
    });
    let headers = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"office.ics\"")];
    Ok((headers, file).into_response())
}
