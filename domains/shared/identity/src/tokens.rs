//! Bearer tokens of programs: organisation ∧ items ∧ region, expiring, revocable, stored as a keyed hash. Those of other systems are
//! given by the security administrator; everybody makes [personal](issue_personal) ones himself.

mod personal;

use kernel::{Instant, Issue, RegionCode, text};
use platform::{AccountId, Actor, Ctx, Error, Grant, OrgId, ProgramActor, Result, Role, StaffId, TokenId, audit};

use crate::model::{secret, secret_hash};
use crate::session;
use crate::store::token::{NewTokenRow, Owner, TokenRow};
use crate::{TokenView, issues, store as tables};

pub use personal::{LONGEST_DAYS as LONGEST_PERSONAL_DAYS, NewPersonal, issue_personal, own, revoke_own};

/// Days for which a token lasts at most.
pub const LONGEST_DAYS: i64 = 366;
/// Seconds between two notes that a token is used.
const NOTE_EVERY: i64 = 60;
/// Roles that no program may hold: it would give itself rights, or sign in a registrar's place.
const NEVER: [Role; 4] = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin, Role::Registrar];

/// Roles that a program may hold, in the order in which pages list them.
pub fn allowed_roles() -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| !NEVER.contains(role)).collect()
}

/// What a system may do with its token.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Which system uses it.
    pub name: String,
    /// What it may be.
    pub roles: Vec<Role>,
    /// The region, with everything below it.
    pub region: RegionCode,
    /// Only for this organisation.
    pub org: Option<OrgId>,
    /// Only for these basic codes (基本编码) of items; all if empty.
    pub items: Vec<String>,
    /// Days for which it lasts.
    pub days: i64,
}

/// A token that was made. The secret is shown once and stored nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub id: TokenId,
    /// What the program sends as `Authorization: Bearer …`.
    pub secret: String,
}

impl std::fmt::Debug for Issued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Issued({})", self.id)
    }
}

/// Makes a token for another system.
pub async fn issue(ctx: &Ctx, new: NewToken) -> Result<Issued> {
    ctx.require(&[Role::SecurityAdmin], &platform::Scope::region(new.region)).await?;
    let name = text::line(&new.name);
    let mut found = kernel::Issues::default();
    found.ensure(!name.is_empty(), || issues::name_missing("name"));
    found.ensure(!new.roles.is_empty() && !new.roles.iter().any(|role| NEVER.contains(role)), || {
        Issue::error("E-ID41", "请选择接口可以使用的岗位", "Choose roles that a program may hold").field("roles")
    });
    found.ensure((1..=LONGEST_DAYS).contains(&new.days), || {
        Issue::error("E-ID42", "有效期为1至366天", "A token lasts 1 to 366 days").field("days").param("most", LONGEST_DAYS)
    });
    found.finish()?;
    let secret = secret(ctx);
    let roles: Vec<String> = new.roles.iter().map(|role| role.code().to_owned()).collect();
    let row = NewTokenRow {
        id: ctx.id(),
        name,
        token_hash: secret_hash(ctx.keys(), &secret),
        owner: Owner::System,
        region: Some(new.region),
        org: new.org,
        items: json(&new.items),
        roles: json(&roles),
        until: ctx.now().plus_days(new.days),
    };
    let id = row.id;
    write(ctx, row).await?;
    Ok(Issued { id, secret })
}

async fn write(ctx: &Ctx, row: NewTokenRow) -> Result<()> {
    ctx.db()
        .write(|tx| {
            let (ctx, row) = (ctx.clone(), row.clone());
            async move {
                tables::token::insert(&tx, &row, &ctx.actor().key(), ctx.now()).await?;
                audit::record(&tx, &ctx, audit::Event::new("token.issue", "api_token", row.id)).await
            }
        })
        .await
}

fn json(codes: &[String]) -> String {
    serde_json::to_string(codes).expect("a list of texts")
}

/// Who acts with a bearer token, if it is in force: a system, a program of a citizen, or a member of staff with what the token leaves
/// of his own grants. Notes its use at most once a minute.
pub async fn find(ctx: &Ctx, bearer: &str) -> Result<Option<Actor>> {
    let now = ctx.now();
    let Some(row) = tables::token::find(ctx.db(), &secret_hash(ctx.keys(), bearer.trim()), now).await? else { return Ok(None) };
    let Some(actor) = actor(ctx, &row).await? else { return Ok(None) };
    if row.last_used.is_none_or(|last| Instant::from_micros(last).secs_until(now) >= NOTE_EVERY) {
        let id = row.id;
        ctx.db().write_note(|tx| async move { tables::token::used(&tx, id, now).await }).await?;
    }
    Ok(Some(actor))
}

async fn actor(ctx: &Ctx, row: &TokenRow) -> Result<Option<Actor>> {
    let codes = |json: &str| serde_json::from_str::<Vec<String>>(json).map_err(Error::internal);
    let (region, items) = (row.region.as_deref().and_then(|region| region.parse::<RegionCode>().ok()), codes(&row.items)?);
    if let Some(staff) = &row.staff_id {
        let staff = StaffId::try_from(staff.clone()).map_err(Error::internal)?;
        let Some((mut staff, false)) = session::staff_actor(ctx, staff).await? else { return Ok(None) };
        staff.grants = personal::narrowed(ctx, &staff.grants, region, &items, row.until).await?;
        staff.token = Some(row.id);
        return Ok(Some(Actor::Staff(staff)));
    }
    let mut program = ProgramActor { token: row.id, name: row.name.clone(), grants: Vec::new(), citizen: None };
    if let Some(account) = &row.account_id {
        let account = AccountId::try_from(account.clone()).map_err(Error::internal)?;
        let Some((Actor::Citizen(citizen), _)) = session::citizen(ctx, account).await? else { return Ok(None) };
        program.citizen = Some(citizen);
        return Ok(Some(Actor::Program(program)));
    }
    let Some(region) = region else { return Ok(None) };
    let org = row.org_id.clone().map(OrgId::try_from).transpose().map_err(Error::internal)?;
    let items: Vec<Option<String>> = if items.is_empty() { vec![None] } else { items.into_iter().map(Some).collect() };
    for role in codes(&row.roles)?.iter().filter_map(|code| Role::from_code(code)) {
        for item in &items {
            program.grants.push(Grant { role, org, region, item: item.clone(), until: Some(row.until) });
        }
    }
    Ok(Some(Actor::Program(program)))
}

/// Revokes a token, at once.
pub async fn revoke(ctx: &Ctx, id: TokenId) -> Result<()> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                if !tables::token::revoke(&tx, id, ctx.now()).await? {
                    return Err(Error::NotFound);
                }
                audit::record(&tx, &ctx, audit::Event::new("token.revoke", "api_token", id)).await
            }
        })
        .await
}

/// The tokens of systems, the newest first.
pub async fn list(ctx: &Ctx) -> Result<Vec<TokenView>> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    tables::token::list(ctx.db()).await
}
