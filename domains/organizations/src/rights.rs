//! Who may act for an organisation: its legal representative, and those to whom he gives a right, for one item or all, from day to day.

use identity::facts::NumberHash;
use kernel::{Day, Id, IdNumber, Instant, Issues, text};
use platform::{Actor, CitizenActor, Ctx, Error, Result, audit};
use serde_json::json;

use crate::issues;
use crate::model::{Entry, OrganizationId};
use crate::register;
use crate::store::{posts, rights as rows};

/// Marker of a right.
#[derive(Debug)]
pub struct RightMark;
/// Id of a right.
pub type RightId = Id<RightMark>;

/// Rights that one organisation may have given at a time.
const MOST: usize = 100;

/// A right as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// Full name.
    pub name: String,
    /// Identity number.
    pub number: String,
    /// Basic code of the item; empty for all.
    pub item: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// A right about to be given.
#[derive(Debug, Clone)]
pub(crate) struct NewRight {
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) item: String,
    pub(crate) from: Day,
    pub(crate) to: Day,
}

/// A right that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its id.
    pub id: RightId,
    /// To whom.
    pub name: String,
    /// His number, masked.
    pub number: String,
    /// For which item; empty for all.
    pub item: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
}

/// An organisation of the person who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mine {
    /// The organisation.
    pub entry: Entry,
    /// Whether he is its legal representative; else he has a right.
    pub representative: bool,
}

/// By what a citizen is found in the register: the number of his document.
pub(crate) async fn number_of(ctx: &Ctx, citizen: &CitizenActor) -> Result<Option<NumberHash>> {
    let Some(person) = citizen.person else { return Ok(None) };
    let known = identity::persons::load(ctx, person).await?;
    Ok(known.documents.first().map(|(_, _, number)| NumberHash::of(ctx.keys(), number)))
}

async fn signed_in(ctx: &Ctx) -> Result<NumberHash> {
    let Actor::Citizen(citizen) = ctx.actor() else { return Err(Error::SignIn) };
    number_of(ctx, citizen).await?.ok_or_else(|| Error::Denied(issues::not_yours()))
}

/// Whether a citizen may act for an organisation in an item today.
pub(crate) async fn may_act(ctx: &Ctx, citizen: &CitizenActor, organization: OrganizationId, item: &str) -> Result<bool> {
    let Some(number) = number_of(ctx, citizen).await? else { return Ok(false) };
    Ok(posts::holds(ctx.db(), organization, &number).await? || rows::holds(ctx.db(), organization, &number, item, ctx.today()).await?)
}

/// The organisations for which the person who asks may act.
///
/// # Errors
/// `SignIn` for whoever is no citizen.
pub async fn mine(ctx: &Ctx) -> Result<Vec<Mine>> {
    let Actor::Citizen(citizen) = ctx.actor() else { return Err(Error::SignIn) };
    let Some(number) = number_of(ctx, citizen).await? else { return Ok(Vec::new()) };
    rows::organizations(ctx.db(), &number, ctx.today()).await
}

/// The organisation, if the person who asks is its legal representative.
async fn led(ctx: &Ctx, uscc: &str) -> Result<Entry> {
    let number = signed_in(ctx).await?;
    let entry = register::by_uscc(ctx.db(), uscc).await?.ok_or(Error::NotFound)?;
    if posts::holds(ctx.db(), entry.head.id, &number).await? { Ok(entry) } else { Err(Error::NotFound) }
}

/// The rights that an organisation has given, for its legal representative.
///
/// # Errors
/// `SignIn`; `NotFound` for everybody else.
pub async fn given(ctx: &Ctx, uscc: &str) -> Result<(Entry, Vec<Given>)> {
    let entry = led(ctx, uscc).await?;
    let rights = rows::list(ctx.db(), ctx.keys(), entry.head.id).await?;
    Ok((entry, rights))
}

/// Gives a right.
///
/// # Errors
/// `E-D68` for what is not whole, issues of the identity number; `NotFound` for everybody but the legal representative.
pub async fn give(ctx: &Ctx, uscc: &str, input: &Input) -> Result<RightId> {
    let entry = led(ctx, uscc).await?;
    let mut found = Issues::default();
    let name = text::name(&input.name);
    found.ensure(!name.is_empty(), || issues::grant_form("name", "请填写姓名", "Give the name"));
    let number = found.keep_at("number", IdNumber::parse(&input.number, ctx.today()));
    let item = input.item.trim().to_owned();
    let known = item.is_empty() || [crate::matters::CHANGE_ITEM, crate::matters::CANCELLATION_ITEM, crate::supervision::ITEM].contains(&item.as_str());
    found.ensure(known, || issues::grant_form("item", "请选择事项", "Choose an item"));
    let (from, to) = (input.from.trim().parse::<Day>().ok(), input.to.trim().parse::<Day>().ok());
    found.ensure(from.is_some(), || issues::grant_form("from", "请填写开始日期", "Give the first day"));
    let right = to.is_some_and(|to| to >= ctx.today() && from.is_none_or(|from| from <= to));
    found.ensure(right, || issues::grant_form("to", "结束日期应不早于开始日期和今天", "The last day is not before the first, nor before today"));
    let held = rows::list(ctx.db(), ctx.keys(), entry.head.id).await?;
    found.ensure(held.iter().filter(|right| right.revoked_at.is_none()).count() < MOST, || {
        issues::grant_form("name", "授权不能超过100项，请先撤销不用的", "No more than 100 rights; take back those that are not used")
    });
    found.finish()?;
    let (Some(number), Some(from), Some(to)) = (number, from, to) else { return Err(Error::internal("a checked right is whole")) };
    let id = ctx.id();
    let new = NewRight { name, number: number.as_str().to_owned(), item, from, to };
    let event = audit::Event::new("organization.give_right", crate::NOUN, entry.head.id).region(&entry.head.region);
    let event = event.detail(json!({ "item": new.item, "from": from, "to": to }));
    ctx.db()
        .write(|tx| {
            let (ctx, new, event, organization) = (ctx.clone(), new.clone(), event.clone(), entry.head.id);
            async move {
                rows::insert(&tx, &ctx, organization, id, &new).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(id)
}

/// Takes a right back.
///
/// # Errors
/// `NotFound` for everybody but the legal representative, and for a right that is not there.
pub async fn revoke(ctx: &Ctx, uscc: &str, right: RightId) -> Result<()> {
    let entry = led(ctx, uscc).await?;
    let event = audit::Event::new("organization.revoke_right", crate::NOUN, entry.head.id).region(&entry.head.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event, organization) = (ctx.clone(), event.clone(), entry.head.id);
            async move {
                if !rows::revoke(&tx, &ctx, organization, right).await? {
                    return Err(Error::NotFound);
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
