//! Who may act for an organisation: its legal representative, and those to whom he gives a right, for one item or all, from day to day. A right
//! that has ended stays for its term of retention, for what was done by it, and is deleted then (Personal Information Protection Law, article 47).

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use identity::facts::NumberHash;
use kernel::{Day, Id, IdNumber, Instant, Issues, text};
use platform::{Actor, CitizenActor, Ctx, Error, Job, Result, audit};
use serde::Deserialize;
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

/// Full years for which a right stays after its end, of `data/accounts/retention.json`.
static KEPT_YEARS: LazyLock<i32> = LazyLock::new(|| {
    let mut terms: BTreeMap<String, Term> = serde_json::from_str(include_str!("../../../data/accounts/retention.json")).expect("a test reads the file that is carried");
    terms.remove("organization_rights").and_then(|term| term.years).expect("a test reads the file that is carried")
});

#[derive(Deserialize)]
struct Term {
    years: Option<i32>,
}

/// Full years for which a right stays after its end.
pub fn kept_years() -> i32 {
    *KEPT_YEARS
}

/// Deletes the rights whose term of retention is over, once a day.
pub(crate) fn job() -> Job {
    Job { name: "organizations.rights", every: Duration::from_secs(86_400), run: |ctx| Box::pin(async move { forget(&ctx).await }) }
}

async fn forget(ctx: &Ctx) -> Result<()> {
    let before = ctx.today().plus_years(-kept_years());
    loop {
        let gone = ctx.db().write(|tx| async move { rows::forget(&tx, before).await }).await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

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
    found.ensure(to.is_some(), || issues::grant_form("to", "请填写截止日期", "Give the last day"));
    let ahead = to.is_none_or(|to| to >= ctx.today() && from.is_none_or(|from| from <= to));
    found.ensure(ahead, || issues::grant_form("to", "截止日期不能早于开始日期，也不能早于今天", "The last day lies before the first, or before today"));
    let held = rows::list(ctx.db(), ctx.keys(), entry.head.id).await?;
    found.ensure(held.iter().filter(|right| right.revoked_at.is_none() && right.to >= ctx.today()).count() < MOST, || {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use crate::testing::{content, enters, world};

    store::db_test!(pipl_47_a_right_ends_with_its_term_and_is_gone_when_nothing_keeps_it, |db| async move {
        let w = world(db).await;
        let (head, helper) = (identity::testing::citizen(&w.p, 2).await, identity::testing::citizen(&w.p, 2).await);
        let (_, code) = enters(&w.p.system(), (w.authority, w.region), content("甲市城东区摄影家协会", Kind::Association), Some(&head.number)).await;
        let right = |to: &str| Input { name: helper.name.clone(), number: helper.number.clone(), item: String::new(), from: "2026-07-01".into(), to: to.into() };
        let leads = w.p.as_actor(head.actor());
        give(&leads, &code, &right("2026-07-31")).await.expect("given");
        let revoked = give(&leads, &code, &right("2036-07-31")).await.expect("given");
        revoke(&leads, &code, revoked).await.expect("taken back");
        let standing = give(&leads, &code, &right("2036-07-31")).await.expect("given");
        revoke(&leads, &code, standing).await.expect("taken back");
        give(&leads, &code, &right("2036-07-31")).await.expect("given");
        let number = NumberHash::of(w.p.keys(), &helper.number);
        let left = || async {
            (job().run)(w.p.system()).await.expect("a run");
            rows::of_person(w.p.db(), &number).await.expect("read").len()
        };
        let at = |day: Day| w.p.set_now(Instant::at(day, 600));
        assert_eq!(left().await, 4, "none before its term is over");
        let organization = register::by_uscc(w.p.db(), &code).await.expect("read").expect("there").head.id;
        assert!(rows::holds(w.p.db(), organization, &number, "", Day::ymd(2036, 7, 31)).await.expect("read"));
        assert!(!rows::holds(w.p.db(), organization, &number, "", Day::ymd(2036, 8, 1)).await.expect("read"), "it ends with its term");
        at(Day::ymd(2026, 7, 1).plus_years(kept_years()));
        assert_eq!(left().await, 4, "the last day");
        at(Day::ymd(2026, 7, 2).plus_years(kept_years()));
        assert_eq!(left().await, 2, "those taken back are over");
        at(Day::ymd(2026, 8, 1).plus_years(kept_years()));
        assert_eq!(left().await, 1, "what still stands stays");
    });
}
