//! Taking a ticket (P9-9, P9-10, P9-13): at the kiosk, from a clerk, from a terminal.

use booking::ops::{desk, present, read as bookings};
use booking::ops::present::Proof;
use booking::{BookingCard, OfficeCard, Profile};
use kernel::age::{LeapPolicy, is_at_least};
use kernel::document::{DocumentNumber, IdType};
use kernel::id_number::IdNumber;
use platform::{Actor, Ctx, Error, Result, audit};

use super::access;
use crate::board::Board;
use crate::model::{Class, GroupCard, GroupId, HallCard, Source, State, Ticket, TicketId, label};
use crate::rules::{ELDERLY, minutes_left};
use crate::store::{self, tickets::New};
use crate::issues;

/// Longest name that is taken down for calling, in characters.
const NAME_MAX: usize = 50;

/// What somebody has come with.
#[derive(Clone)]
pub enum For {
    /// A booking.
    Booking(Proof),
    /// No booking: the group of items.
    WalkIn(GroupId),
}

/// A ticket to be taken.
#[derive(Clone)]
pub struct Take {
    /// Booked or walk-in.
    pub what: For,
    /// Code of the reason for going first; empty for none. It is recorded, and shown by a document at the window.
    pub ground: String,
    /// Whom to call, where a clerk writes a name down; may be empty.
    pub name: String,
    /// The caller's idempotency key: the same again gives the same ticket.
    pub request_key: String,
}

/// What was scanned or typed into one field: the address of a receipt, the number of a booking, or, where `card` says that
/// somebody holds the document in hand, the number of a resident's card.
pub fn proof(ctx: &Ctx, typed: &str, last4: &str, card: bool) -> Proof {
    if let Some(receipt) = typed.trim().rsplit_once("/bookings/").and_then(|(_, id)| id.parse().ok()) {
        return Proof::Receipt(receipt);
    }
    match DocumentNumber::parse(IdType::RESIDENT, typed, ctx.today()) {
        Ok(document) if card => Proof::Document(document),
        _ => Proof::Number { number: typed.to_owned(), last4: last4.to_owned() },
    }
}

/// Takes a ticket at the kiosk whose address has this key: without sign-in, by booking or for a group. A document is no proof
/// here: whoever types a number has not shown it.
///
/// # Errors
/// [`Error::NotFound`] for a key that no longer works, and those of [`at_counter`].
pub async fn at_kiosk(ctx: &Ctx, key: &str, take: Take) -> Result<Ticket> {
    if matches!(&take.what, For::Booking(Proof::Document(_))) {
        return Err(Error::NotFound);
    }
    let hall = access::by_key(ctx, key).await?;
    let office = bookings::office_by_id(ctx, hall.office).await?;
    give(ctx, hall, office, Source::Kiosk, Take { name: String::new(), ..take }).await
}

/// Takes a ticket for somebody: a clerk at the counter (P9-16) or a terminal with a token.
///
/// # Errors
/// E-P909 too early, E-P911 when the hall closes before his turn, E-BK10 when no booking fits, E-HL01 … E-HL04, E-BK01 (MR-E47) on a day on
/// which the office does not open, E-P910 and E-HL12 for a booking whose ticket was passed.
pub async fn at_counter(ctx: &Ctx, code: &str, take: Take) -> Result<Ticket> {
    let office = bookings::office(ctx, code).await?;
    access::counter(ctx, &office).await?;
    let hall = access::hall(ctx, office.id).await?;
    let source = if matches!(ctx.actor(), Actor::Program(_)) { Source::Program } else { Source::Counter };
    give(ctx, hall, office, source, take).await
}

/// What is known before the transaction.
struct Ready {
    office: OfficeCard,
    profile: Profile,
    group: GroupCard,
    new: New,
}

async fn give(ctx: &Ctx, hall: HallCard, office: OfficeCard, source: Source, take: Take) -> Result<Ticket> {
    if let Some(same) = store::tickets::by_request(ctx.db(), hall.office, &take.request_key).await? {
        return by_id(ctx, same).await;
    }
    let groups = store::halls::groups(ctx.db(), hall.office).await?;
    let claimed = match take.ground.as_str() {
        "" => None,
        code => Some(hall.rules.ground(code).cloned().ok_or_else(issues::no_such_ground)?),
    };
    let (group, booked) = match &take.what {
        For::WalkIn(id) => (groups.iter().find(|group| group.id == *id && group.active).cloned(), None),
        For::Booking(proof) => {
            let card = present::present(ctx, hall.office, proof).await?;
            if let Some(same) = existing(ctx, &hall, &card).await? {
                return Ok(same);
            }
            (groups.iter().find(|group| group.kinds.contains(&card.item_kind)).cloned(), Some(card))
        }
    };
    let group = group.ok_or_else(issues::no_group)?;
    let kind = booked.as_ref().map(|card| card.item_kind.as_str()).or(group.kinds.first().map(String::as_str)).ok_or_else(issues::no_group)?;
    let profile = bookings::profile_of_kind(ctx, kind).await?;
    let elderly = booked.as_ref().filter(|card| is_elderly(ctx, &hall, card)).and_then(|_| hall.rules.ground(ELDERLY)).cloned();
    let ground = claimed.or(elderly);
    let class = ground.as_ref().map_or(if booked.is_some() { Class::Booked } else { Class::WalkIn }, crate::rules::Ground::class);
    match &booked {
        Some(card) => in_time(ctx, &hall, &office, card).await?,
        None => still_open(ctx, &hall, &office, &profile, (group.id, class)).await?,
    }
    let new = New {
        id: ctx.id(),
        office: hall.office,
        group: group.id,
        class,
        ground: ground.map(|ground| ground.code).unwrap_or_default(),
        source,
        token: data_encoding::BASE32_NOPAD.encode(&ctx.random::<16>()).to_ascii_lowercase(),
        request_key: take.request_key.clone(),
        booking: booked.as_ref().map(|card| card.id),
        slot_start: booked.as_ref().map(|card| card.slot.start),
        name: called_name(&profile, booked.as_ref(), &take.name),
    };
    let ready = std::sync::Arc::new(Ready { office, profile, group, new });
    let id = match insert(ctx, &ready).await {
        // somebody else took it for the same booking or request at this moment: now it is there
        Err(Error::Stale(_)) => insert(ctx, &ready).await?,
        other => other?,
    };
    by_id(ctx, id).await
}

async fn by_id(ctx: &Ctx, id: TicketId) -> Result<Ticket> {
    store::tickets::by_id(ctx.db(), ctx, id).await?.ok_or(Error::NotFound)
}

/// The ticket that a booking has; one that was passed is not given out again (E-P910).
async fn existing(ctx: &Ctx, hall: &HallCard, card: &BookingCard) -> Result<Option<Ticket>> {
    let Some(id) = store::tickets::by_booking(ctx.db(), card.id).await? else { return Ok(None) };
    let ticket = by_id(ctx, id).await?;
    match ticket.state_at(ctx.now()) {
        State::Waiting | State::Called | State::Serving => Ok(Some(ticket)),
        State::Passed => {
            let board = super::read::board_of(ctx, hall.clone()).await?;
            Err(issues::passed(board.requeue_after(ticket.group).map(Ticket::label).as_deref()).into())
        }
        State::Void => Err(issues::void().into()),
        State::Done => Err(access::wrong_state(&ticket, ctx)),
    }
}

/// Whether one of the people of a booking is of the age that goes first.
fn is_elderly(ctx: &Ctx, hall: &HallCard, card: &BookingCard) -> bool {
    let years = hall.rules.numbers.elderly_years.value;
    let births = card.parties.iter().filter_map(|party| IdNumber::parse(&party.details.id_no, ctx.today()).ok()).map(|number| number.birth());
    births.into_iter().any(|birth| is_at_least(birth, years, ctx.today(), LeapPolicy::default()))
}

/// The name to be called: of who booked, or as a clerk wrote it down; none for discreet business (only the number is called).
fn called_name(profile: &Profile, booked: Option<&BookingCard>, typed: &str) -> Option<String> {
    let typed = kernel::text::name(typed);
    let name = booked.and_then(|card| card.parties.first()).map_or(typed, |party| party.details.name.clone());
    let fits = (1..=NAME_MAX).contains(&name.chars().count());
    (fits && !profile.discreet).then_some(name)
}

/// A booked ticket is taken at its office, from half an hour before its slot until its end (P9-9).
async fn in_time(ctx: &Ctx, hall: &HallCard, office: &OfficeCard, card: &BookingCard) -> Result<()> {
    if card.office != office.id {
        return Err(issues::elsewhere(&bookings::office_by_id(ctx, card.office).await?.name).into());
    }
    match card.state_at(ctx.now()) {
        booking::State::Booked if !card.displaced() => {}
        booking::State::Arrived => {}
        booking::State::NoShow => return Err(issues::slot_over().into()),
        over => {
            let name = if card.displaced() { kernel::Text::new("该时段已关闭", "closed for that time") } else { over.name() };
            return Err(Error::state(&name.zh, &name.en));
        }
    }
    let from = card.slot.start.plus_minutes(-i64::from(hall.rules.numbers.early_minutes.value));
    if ctx.now() < from {
        return Err(issues::too_early("number", from, ctx.today()).into());
    }
    if card.slot.end <= ctx.now() { Err(issues::slot_over().into()) } else { Ok(()) }
}

/// Somebody without booking gets a ticket while the hall is open long enough to serve him (P9-13).
async fn still_open(ctx: &Ctx, hall: &HallCard, office: &OfficeCard, profile: &Profile, (group, class): (GroupId, Class)) -> Result<()> {
    let hours = desk::hours_today(ctx, office, profile).await?;
    let opens = hours.spans().first().map_or(0, |span| span.from());
    let from = kernel::Instant::at(ctx.today(), opens).plus_minutes(-i64::from(hall.rules.numbers.early_minutes.value));
    if ctx.now() < from {
        return Err(issues::too_early("group", from, ctx.today()).into());
    }
    let board: Board = super::read::board_of(ctx, hall.clone()).await?;
    let (_, wait) = board.wait_of_newcomer(group, class);
    let left = minutes_left(&hours, ctx.now());
    if left == 0 || wait > left { Err(issues::no_more_today(wait, left).into()) } else { Ok(()) }
}

/// One transaction: the booking's person has come (and is no no-show, P9-7) or a walk-in takes a place on site if one is left; then the
/// number, last. The same booking or request again is the same ticket.
async fn insert(ctx: &Ctx, ready: &std::sync::Arc<Ready>) -> Result<TicketId> {
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let Ready { office, profile, group, new } = &*ready;
                let same = match new.booking {
                    Some(booking) => store::tickets::by_booking(&tx, booking).await?,
                    None => store::tickets::by_request(&tx, office.id, &new.request_key).await?,
                };
                if let Some(same) = same {
                    return Ok(same);
                }
                let place = match new.booking {
                    Some(booking) => {
                        desk::arrive_in(&tx, &ctx, booking).await?;
                        None
                    }
                    None => desk::take_place_in(&tx, &ctx, office.id, profile).await?,
                };
                let number = store::tickets::next_number(&tx, group.id, ctx.today()).await?;
                if !store::tickets::insert(&tx, &ctx, new, number, place).await? {
                    return Err(Error::stale());
                }
                let detail = serde_json::json!({
                    "no": label(&group.letter, number), "class": new.class, "ground": new.ground, "source": new.source.code(), "placed": place.is_some(),
                });
                audit::record(&tx, &ctx, audit::Event::new("hall.ticket", "hall_ticket", new.id).region(&office.region).detail(detail)).await?;
                Ok(new.id)
            }
        })
        .await
}

/// Gives a waiting ticket another class: the clerk has seen the document, or it was claimed by mistake (P9-10).
///
/// # Errors
/// E-HL04 for an unknown reason, E-P912 without words, E-ST01 once it has been called.
pub async fn classify(ctx: &Ctx, id: TicketId, ground: &str, reason: &str) -> Result<()> {
    let (ticket, office) = access::ticket(ctx, id).await?;
    let hall = access::hall(ctx, ticket.office).await?;
    let class = match ground {
        "" if ticket.booking.is_some() => Class::Booked,
        "" => Class::WalkIn,
        code => hall.rules.ground(code).ok_or_else(issues::no_such_ground)?.class(),
    };
    let reason = kernel::text::line(reason);
    if reason.is_empty() {
        return Err(issues::reason_needed().into());
    }
    let detail = serde_json::json!({ "no": ticket.label(), "from": ticket.class, "to": class, "ground": ground });
    let event = audit::Event::new("hall.classify", "hall_ticket", id).region(&office.region).reason(reason).detail(detail);
    let ready = std::sync::Arc::new((ticket, ground.to_owned(), event));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (ticket, ground, event) = &*ready;
                if ticket.state_at(ctx.now()) != State::Waiting || !store::tickets::classify(&tx, id, class, ground).await? {
                    return Err(access::wrong_state(ticket, &ctx));
                }
                audit::record(&tx, &ctx, event.clone()).await
            }
        })
        .await
}
