//! Who may do what in a hall.

use ::store::{Tx, keys::Purpose};
use booking::{OfficeCard, OfficeId};
use platform::{Ctx, Error, Grant, Result, Role, Scope, StaffId};

use crate::model::{HallCard, Ticket, TicketId, WindowCard, WindowId};
use crate::{issues, store};

/// Roles that give out tickets and call.
const COUNTER: [Role; 2] = [Role::Clerk, Role::Registrar];
/// Roles that see the hall and its figures.
const READERS: [Role; 3] = [Role::Clerk, Role::Registrar, Role::Supervisor];

fn scope(office: &OfficeCard) -> Scope {
    Scope::region(office.region).org(office.org)
}

/// Lets counter staff of this office pass.
pub(crate) async fn counter(ctx: &Ctx, office: &OfficeCard) -> Result<()> {
    ctx.require(&COUNTER, &scope(office)).await
}

/// Lets those pass who see the hall.
pub(crate) async fn reader(ctx: &Ctx, office: &OfficeCard) -> Result<()> {
    ctx.require(&READERS, &scope(office)).await
}

/// The actor's grants by which he sees halls. One for a single item does not reach a hall, which serves several.
pub(crate) fn reading(ctx: &Ctx) -> impl Iterator<Item = &Grant> {
    let now = ctx.now();
    let counts = move |grant: &&Grant| READERS.contains(&grant.role) && grant.item.is_none() && grant.until.is_none_or(|until| now < until);
    ctx.actor().grants().iter().filter(counts)
}

/// Lets administrators of the office's region pass.
pub(crate) async fn admin(ctx: &Ctx, office: &OfficeCard) -> Result<()> {
    ctx.require(&[Role::SystemAdmin], &scope(office)).await
}

/// The hall of an office.
pub(crate) async fn hall(ctx: &Ctx, office: OfficeId) -> Result<HallCard> {
    store::halls::by_office(ctx.db(), office).await?.ok_or(Error::NotFound)
}

/// The hall whose kiosk or screen shows this key: whoever has the key stands in it.
pub(crate) async fn by_key(ctx: &Ctx, key: &str) -> Result<HallCard> {
    store::halls::by_key(ctx.db(), &key_hash(ctx, key)).await?.ok_or(Error::NotFound)
}

/// The keyed hash under which a device's key is found.
pub(crate) fn key_hash(ctx: &Ctx, key: &str) -> Vec<u8> {
    ctx.keys().hash(Purpose::Token, &format!("hall:{key}"))
}

/// A window and who acts at it: counter staff of its office.
pub(crate) async fn window(ctx: &Ctx, id: WindowId) -> Result<(WindowCard, OfficeCard)> {
    let window = store::windows::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let office = booking::ops::read::office_by_id(ctx, window.office).await?;
    counter(ctx, &office).await?;
    Ok((window, office))
}

/// A ticket and its office, for counter staff of that office.
pub(crate) async fn ticket(ctx: &Ctx, id: TicketId) -> Result<(Ticket, OfficeCard)> {
    let ticket = store::tickets::by_id(ctx.db(), ctx, id).await?.ok_or(Error::NotFound)?;
    let office = booking::ops::read::office_by_id(ctx, ticket.office).await?;
    counter(ctx, &office).await?;
    Ok((ticket, office))
}

/// The member of staff who acts.
pub(crate) fn staff(ctx: &Ctx) -> Result<(StaffId, String)> {
    let staff = ctx.actor().staff().ok_or_else(|| Error::from(issues::not_your_window()))?;
    Ok((staff.id, staff.name.clone()))
}

/// The window as it is now, if the actor sits at it (E-HL08).
pub(crate) async fn seated(tx: &Tx, ctx: &Ctx, id: WindowId) -> Result<WindowCard> {
    let (me, _) = staff(ctx)?;
    let window = store::windows::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    if window.is_open(ctx.now()) && window.staff == Some(me) { Ok(window) } else { Err(issues::not_your_window().into()) }
}

/// The ticket as it is now, if it is at the window at which the actor sits.
pub(crate) async fn at_my_window(tx: &Tx, ctx: &Ctx, id: TicketId) -> Result<Ticket> {
    let ticket = store::tickets::by_id(tx, ctx, id).await?.ok_or(Error::NotFound)?;
    match ticket.window {
        Some(window) => seated(tx, ctx, window).await.map(|_| ticket),
        None => Err(wrong_state(&ticket, ctx)),
    }
}

/// E-ST01 for the state that a ticket has.
pub(crate) fn wrong_state(ticket: &Ticket, ctx: &Ctx) -> Error {
    let name = ticket.state_at(ctx.now()).name();
    Error::state(&name.zh, &name.en)
}
