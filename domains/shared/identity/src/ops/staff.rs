//! What the security administrator does with accounts of staff.

use kernel::{Issues, Uscc, text};
use platform::{Actor, Ctx, Error, Result, Role, Scope, StaffId, audit, regions};

use crate::password::{self, Holder};
use crate::policy::POLICY;
use crate::store::password::NewPasswordRow;
use crate::store::token::Owner;
use crate::totp::{self, Enrolment};
use crate::{GrantId, NewGrant, conflict, issues, store as tables};

/// A new member of staff.
#[derive(Clone)]
pub struct AddStaff {
    /// Name to sign in with.
    pub username: String,
    /// Name that the desk and the audit trail show.
    pub name: String,
    /// Credit code of the organisation.
    pub org: String,
    /// First password. One that an administrator thought of is changed at the first sign-in.
    pub password: String,
    /// What he may do.
    pub grants: Vec<NewGrant>,
    /// From the command line alone: makes him system and security administrator of the whole instance. Both together are the
    /// one exception to their separation, since somebody has to let the second administrator in.
    pub admin: bool,
}

/// A member of staff who was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// His id.
    pub id: StaffId,
    /// The second factor, shown once.
    pub enrolment: Enrolment,
}

/// Adds a member of staff.
pub async fn add_staff(ctx: &Ctx, input: AddStaff) -> Result<Added> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    let from_outside = !matches!(ctx.actor(), Actor::System { .. });
    let (username, name) = (text::line(&input.username).to_lowercase(), text::name(&input.name));
    let mut found = Issues::default();
    found.ensure(is_username(&username), issues::username_form);
    found.ensure(!name.is_empty(), || issues::name_missing("name"));
    found.keep(password::check(Holder::Staff, &input.password, if username.is_empty() { "\0" } else { &username }));
    let org = match Uscc::parse(&input.org) {
        Ok(uscc) => regions::organisation_by_uscc(ctx.db(), uscc.as_str()).await?,
        Err(_) => None,
    };
    found.ensure(org.is_some(), issues::org_unknown);
    for (place, grant) in input.grants.iter().enumerate() {
        if let Some(held) = conflict(&input.grants[..place], grant) {
            found.add(issues::conflicting_roles(held, grant.role));
        }
        found.ensure(grant.until.is_none_or(|until| until > ctx.now()), issues::grant_ended);
    }
    found.finish()?;
    let org = org.ok_or_else(|| Error::internal("checked above"))?;
    ctx.require(&[Role::SecurityAdmin], &Scope::region(org.region)).await?;
    for grant in &input.grants {
        ctx.require(&[Role::SecurityAdmin], &Scope::region(grant.region)).await?;
        known_region(ctx, grant).await?;
    }
    let mut grants = input.grants;
    if input.admin && !from_outside {
        let whole = ctx.settings().region;
        grants.extend([NewGrant::new(Role::SystemAdmin, whole), NewGrant::new(Role::SecurityAdmin, whole)]);
    }
    let id: StaffId = ctx.id();
    let secret = ctx.random::<{ totp::SECRET }>();
    let first = NewPasswordRow { id: ctx.id(), hash: password::hash(ctx, &input.password).await? };
    let staff = tables::staff::NewStaff {
        id,
        username: username.clone(),
        name,
        org: org.id,
        password: first.hash.clone(),
        password_at: (!from_outside).then(|| ctx.now()),
        totp: ctx.keys().seal("staff", "totp", &id.to_vec(), &secret),
    };
    let grants: Vec<(GrantId, NewGrant)> = grants.into_iter().map(|grant| (ctx.id(), grant)).collect();
    ctx.db()
        .write(|tx| {
            let (ctx, staff, grants, first) = (ctx.clone(), staff.clone(), grants.clone(), first.clone());
            async move {
                if !tables::staff::insert(&tx, &staff, ctx.now()).await? {
                    return Err(issues::username_taken().into());
                }
                tables::password::remember(&tx, id, &first, ctx.now()).await?;
                for (grant_id, grant) in &grants {
                    tables::staff::grant(&tx, *grant_id, id, grant, &ctx.actor().key(), ctx.now()).await?;
                }
                let roles: Vec<&str> = grants.iter().map(|(_, grant)| grant.role.code()).collect();
                let event = audit::Event::new("staff.add", "staff", id).detail(serde_json::json!({ "roles": roles }));
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(Added { id, enrolment: Enrolment::new(&secret, &username) })
}

/// Gives a role (E-P806 when it conflicts with one that is held).
pub async fn grant(ctx: &Ctx, staff: StaffId, new: NewGrant) -> Result<GrantId> {
    administer(ctx, staff).await?;
    ctx.require(&[Role::SecurityAdmin], &Scope::region(new.region)).await?;
    known_region(ctx, &new).await?;
    if new.until.is_some_and(|until| until <= ctx.now()) {
        return Err(issues::grant_ended().into());
    }
    let id: GrantId = ctx.id();
    ctx.db()
        .write(|tx| {
            let (ctx, new) = (ctx.clone(), new.clone());
            async move {
                tables::staff::lock(&tx, staff).await?;
                let held: Vec<NewGrant> = tables::staff::grants(&tx, staff, ctx.now()).await?.into_iter().map(as_new).collect();
                if let Some(other) = conflict(&held, &new) {
                    return Err(issues::conflicting_roles(other, new.role).into());
                }
                tables::staff::grant(&tx, id, staff, &new, &ctx.actor().key(), ctx.now()).await?;
                let event = audit::Event::new("staff.grant", "staff", staff).region(&new.region);
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "role": new.role.code(), "item": new.item }))).await
            }
        })
        .await?;
    Ok(id)
}

/// Takes a role away.
pub async fn revoke_grant(ctx: &Ctx, staff: StaffId, id: GrantId) -> Result<()> {
    administer(ctx, staff).await?;
    change(ctx, staff, "staff.revoke", move |tx, ctx| async move {
        let whose = tables::staff::revoke(&tx, id, ctx.now()).await?;
        if whose == Some(staff) { Ok(()) } else { Err(Error::NotFound) }
    })
    .await
}

/// Keeps a member of staff out, at once, or lets him in again.
pub async fn suspend(ctx: &Ctx, staff: StaffId, out: bool) -> Result<()> {
    administer(ctx, staff).await?;
    let action = if out { "staff.suspend" } else { "staff.resume" };
    change(ctx, staff, action, move |tx, ctx| async move {
        tables::staff::suspend(&tx, staff, out.then(|| ctx.now())).await?;
        tables::session::end_of_staff(&tx, staff).await
    })
    .await
}

/// Makes a new second factor; the old one, every session and every personal token end.
pub async fn reset_totp(ctx: &Ctx, staff: StaffId) -> Result<Enrolment> {
    let row = administer(ctx, staff).await?;
    let secret = ctx.random::<{ totp::SECRET }>();
    let sealed = ctx.keys().seal("staff", "totp", &staff.to_vec(), &secret);
    change(ctx, staff, "staff.reset_totp", move |tx, ctx| {
        let sealed = sealed.clone();
        async move {
            tables::staff::set_totp(&tx, staff, &sealed).await?;
            tables::token::revoke_all(&tx, Owner::Staff(staff), ctx.now()).await?;
            tables::session::end_of_staff(&tx, staff).await
        }
    })
    .await?;
    Ok(Enrolment::new(&secret, &row.username))
}

/// Ends every session of a member of staff, who may sign in again at once.
pub async fn end_sessions(ctx: &Ctx, staff: StaffId) -> Result<()> {
    administer(ctx, staff).await?;
    change(ctx, staff, "staff.end_sessions", move |tx, _| async move { tables::session::end_of_staff(&tx, staff).await }).await
}

/// Gives a password for one sign-in, after which its holder chooses his own. Every session and every personal token end. The password
/// is shown once and stored nowhere.
pub async fn give_password(ctx: &Ctx, staff: StaffId) -> Result<String> {
    administer(ctx, staff).await?;
    let word = password::one_time(ctx.random());
    let new = NewPasswordRow { id: ctx.id(), hash: password::hash(ctx, &word).await? };
    change(ctx, staff, "staff.password", move |tx, ctx| {
        let new = new.clone();
        async move {
            tables::password::set(&tx, staff, &new, None, ctx.now(), POLICY.staff.history).await?;
            tables::token::revoke_all(&tx, Owner::Staff(staff), ctx.now()).await?;
            tables::session::end_of_staff(&tx, staff).await
        }
    })
    .await?;
    Ok(word)
}

/// The member of staff, if the actor may administer him; nobody administers himself.
async fn administer(ctx: &Ctx, staff: StaffId) -> Result<tables::staff::StaffRow> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    let row = tables::staff::load(ctx.db(), staff).await?.ok_or(Error::NotFound)?;
    ctx.require(&[Role::SecurityAdmin], &Scope::region(row.region)).await?;
    if ctx.actor().staff().is_some_and(|actor| actor.id == staff) {
        return Err(issues::own_account().into());
    }
    Ok(row)
}

/// One change with its audit row.
async fn change<F, Fut>(ctx: &Ctx, staff: StaffId, action: &'static str, body: F) -> Result<()>
where
    F: Fn(store::Tx, Ctx) -> Fut,
    Fut: Future<Output = Result<()>> + Send,
{
    ctx.db()
        .write(|tx| {
            let changed = body(tx.clone(), ctx.clone());
            let ctx = ctx.clone();
            async move {
                changed.await?;
                audit::record(&tx, &ctx, audit::Event::new(action, "staff", staff)).await
            }
        })
        .await
}

async fn known_region(ctx: &Ctx, grant: &NewGrant) -> Result<()> {
    regions::find(ctx.db(), &grant.region).await?.map(drop).ok_or_else(|| issues::region_unknown().into())
}

fn as_new(view: crate::GrantView) -> NewGrant {
    let grant = view.grant;
    NewGrant { role: grant.role, region: grant.region, org: grant.org, item: grant.item, until: grant.until }
}

fn is_username(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
    (3..=32).contains(&name.len()) && name.bytes().all(allowed) && name.as_bytes()[0].is_ascii_alphanumeric()
}
