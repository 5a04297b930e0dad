//! Sessions: from sign-in to the end by sign-out, idleness or the clock.

use kernel::Instant;
use platform::{AccountId, Actor, CitizenActor, Ctx, Error, Result, StaffActor, StaffId, audit};
use store::Tx;

use crate::model::{secret, secret_hash};
use crate::policy::LIMITS;
use crate::{SessionId, place, store as tables};

/// Hours after which every session ends.
pub fn longest_hours() -> i64 {
    LIMITS.session.longest_hours
}

/// Seconds between two notes that a session is used.
const NOTE_EVERY: i64 = 60;

/// Whose session it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A citizen.
    Account(AccountId),
    /// A member of staff.
    Staff(StaffId),
}

/// A session that has begun. The token goes into the cookie and is stored nowhere.
#[derive(Clone)]
pub struct Started {
    /// The secret.
    pub token: String,
    /// When it ends whatever is done.
    pub ends_at: Instant,
    row: tables::session::NewSession,
}

impl std::fmt::Debug for Started {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Started({}, ends {})", self.row.id, self.ends_at)
    }
}

/// A session that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who acts.
    pub actor: Actor,
    /// How the frame of the page names him: staff by name, citizens masked.
    pub name: String,
    /// Its id.
    pub id: SessionId,
    /// Staff: the password was given for one sign-in, or is too old; nothing may be done before it is changed.
    pub must_change: bool,
    /// When the session ends unless it is used again.
    pub until: Instant,
}

/// Draws the secrets of a session, before the transaction that begins it.
pub(crate) fn draw(ctx: &Ctx, subject: Subject) -> Started {
    let token = secret(ctx);
    let ends_at = ctx.now().plus_hours(longest_hours());
    let (account, staff) = match subject {
        Subject::Account(id) => (Some(id), None),
        Subject::Staff(id) => (None, Some(id)),
    };
    let row = tables::session::NewSession { id: ctx.id(), token_hash: secret_hash(ctx.keys(), &token), account, staff, ends_at };
    Started { token, ends_at, row }
}

/// Begins the session in the transaction of the sign-in, with its audit row; a citizen who comes from where he never was is told.
pub(crate) async fn begin(tx: &Tx, ctx: &Ctx, started: &Started) -> Result<()> {
    tables::session::insert(tx, &started.row, ctx.now()).await?;
    let event = match (started.row.account, started.row.staff) {
        (Some(account), _) => {
            place::note(tx, ctx, account).await?;
            audit::Event::new("session.start", "account", account)
        }
        (None, Some(staff)) => audit::Event::new("session.start", "staff", staff),
        (None, None) => return Err(Error::internal("a session of nobody")),
    };
    audit::record(tx, ctx, event).await
}

/// Begins a session. Whoever calls it has established who the subject is.
pub async fn start(ctx: &Ctx, subject: Subject) -> Result<Started> {
    let started = draw(ctx, subject);
    ctx.db()
        .write(|tx| {
            let (ctx, started) = (ctx.clone(), started.clone());
            async move { begin(&tx, &ctx, &started).await }
        })
        .await?;
    Ok(started)
}

/// The session of a cookie, if it is still on. Notes its use at most once a minute.
pub async fn find(ctx: &Ctx, token: &str) -> Result<Option<Found>> {
    let now = ctx.now();
    let Some(row) = tables::session::find(ctx.db(), &secret_hash(ctx.keys(), token)).await? else { return Ok(None) };
    let idle = if row.staff_id.is_some() { LIMITS.session.idle_staff_minutes } else { LIMITS.session.idle_citizen_minutes };
    if row.ends_at <= now || row.last_seen.plus_minutes(idle) <= now {
        return Ok(None);
    }
    let mut must_change = false;
    let found = match (&row.account_id, &row.staff_id) {
        (Some(account), _) => citizen(ctx, AccountId::try_from(account.clone()).map_err(Error::internal)?).await?,
        (None, Some(staff)) => staff_actor(ctx, StaffId::try_from(staff.clone()).map_err(Error::internal)?).await?.map(|(mut staff, overdue)| {
            must_change = overdue;
            if overdue {
                staff.grants.clear();
            }
            let name = staff.name.clone();
            (Actor::Staff(staff), name)
        }),
        (None, None) => None,
    };
    let Some((actor, name)) = found else { return Ok(None) };
    let mut last_seen = row.last_seen;
    if row.last_seen.secs_until(now) >= NOTE_EVERY {
        let id = row.id;
        ctx.db().write_note(|tx| async move { tables::session::seen(&tx, id, now).await }).await?;
        last_seen = now;
    }
    let until = row.ends_at.min(last_seen.plus_minutes(idle));
    Ok(Some(Found { actor, name, id: row.id, must_change, until }))
}

/// Ends the session of a cookie.
pub async fn end(ctx: &Ctx, token: &str) -> Result<()> {
    let hash = secret_hash(ctx.keys(), token);
    ctx.db()
        .write(|tx| {
            let (ctx, hash) = (ctx.clone(), hash.clone());
            async move {
                if tables::session::end(&tx, &hash).await? {
                    audit::record(&tx, &ctx, audit::Event::new("session.end", ctx.actor().kind(), ctx.actor().key())).await?;
                }
                Ok(())
            }
        })
        .await
}

/// A citizen as actor, with the name that a page shows him.
pub(crate) async fn citizen(ctx: &Ctx, id: AccountId) -> Result<Option<(Actor, String)>> {
    let Some(account) = tables::account::load(ctx.db(), id).await? else { return Ok(None) };
    let person = account.person()?;
    let name = match person {
        Some(person) => crate::persons::load(ctx, person).await?.masked_name(),
        None => {
            let contact = account.contact(ctx.keys())?;
            contact.phone.map(|phone| phone.masked()).or(contact.email.map(|email| email.masked())).unwrap_or_default()
        }
    };
    let level = u8::try_from(account.level).map_err(Error::internal)?;
    Ok(Some((Actor::Citizen(CitizenActor { account: id, person, level }), name)))
}

/// A member of staff as actor, unless suspended, and whether he has to change his password before anything else.
pub(crate) async fn staff_actor(ctx: &Ctx, id: StaffId) -> Result<Option<(StaffActor, bool)>> {
    let Some(staff) = tables::staff::load(ctx.db(), id).await?.filter(|staff| staff.suspended_at.is_none()) else { return Ok(None) };
    let grants = tables::staff::grants(ctx.db(), id, ctx.now()).await?.into_iter().map(|view| view.grant).collect();
    let overdue = staff.overdue(ctx);
    let actor = StaffActor { id, name: staff.name, org: staff.org_id, region: staff.region, grants, token: None };
    Ok(Some((actor, overdue)))
}
