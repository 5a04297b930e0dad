//! Bearer tokens of programs: organisation ∧ items ∧ region, expiring, revocable, stored as a keyed hash.

use kernel::{Issue, RegionCode, text};
use platform::{Actor, Ctx, Error, Grant, OrgId, ProgramActor, Result, Role, TokenId, audit};

use crate::model::{secret, secret_hash};
use crate::session;
use crate::{TokenView, issues, store as tables};

/// Days for which a token lasts at most.
pub const LONGEST_DAYS: i64 = 366;
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
    write(ctx, name, Scope::System(new)).await
}

/// Makes a personal token, with which a program acts for the citizen who asks.
pub async fn issue_personal(ctx: &Ctx, name: &str, days: i64) -> Result<Issued> {
    let Actor::Citizen(citizen) = ctx.actor() else { return Err(Error::SignIn) };
    let name = text::line(name);
    let mut found = kernel::Issues::default();
    found.ensure(!name.is_empty(), || issues::name_missing("name"));
    found.ensure((1..=90).contains(&days), || {
        Issue::error("E-ID42", "有效期为1至90天", "A personal token lasts 1 to 90 days").field("days").param("most", 90)
    });
    found.finish()?;
    write(ctx, name, Scope::Personal(citizen.account, days)).await
}

enum Scope {
    System(NewToken),
    Personal(platform::AccountId, i64),
}

async fn write(ctx: &Ctx, name: String, scope: Scope) -> Result<Issued> {
    let secret = secret(ctx);
    let list = |codes: Vec<String>| serde_json::to_string(&codes).expect("a list of texts");
    let base = tables::token::NewTokenRow {
        id: ctx.id(),
        name,
        token_hash: secret_hash(ctx.keys(), &secret),
        account: None,
        region: None,
        org: None,
        items: list(Vec::new()),
        roles: list(Vec::new()),
        until: ctx.now(),
    };
    let row = match scope {
        Scope::System(new) => tables::token::NewTokenRow {
            region: Some(new.region),
            org: new.org,
            items: list(new.items),
            roles: list(new.roles.iter().map(|role| role.code().to_owned()).collect()),
            until: ctx.now().plus_days(new.days),
            ..base
        },
        Scope::Personal(account, days) => {
            tables::token::NewTokenRow { account: Some(account), until: ctx.now().plus_days(days), ..base }
        }
    };
    let id = row.id;
    ctx.db()
        .write(|tx| {
            let (ctx, row) = (ctx.clone(), row.clone());
            async move {
                tables::token::insert(&tx, &row, &ctx.actor().key(), ctx.now()).await?;
                audit::record(&tx, &ctx, audit::Event::new("token.issue", "api_token", row.id)).await
            }
        })
        .await?;
    Ok(Issued { id, secret })
}

/// The program of a bearer token, if the token is in force.
pub async fn find(ctx: &Ctx, bearer: &str) -> Result<Option<Actor>> {
    let Some(row) = tables::token::find(ctx.db(), &secret_hash(ctx.keys(), bearer.trim()), ctx.now()).await? else { return Ok(None) };
    let mut program = ProgramActor { token: row.id, name: row.name, grants: Vec::new(), citizen: None };
    if let Some(account) = row.account_id {
        let account = platform::AccountId::try_from(account).map_err(Error::internal)?;
        let Some((Actor::Citizen(citizen), _)) = session::citizen(ctx, account).await? else { return Ok(None) };
        program.citizen = Some(citizen);
        return Ok(Some(Actor::Program(program)));
    }
    let Some(region) = row.region.and_then(|region| region.parse::<RegionCode>().ok()) else { return Ok(None) };
    let org = row.org_id.map(OrgId::try_from).transpose().map_err(Error::internal)?;
    let codes = |json: &str| serde_json::from_str::<Vec<String>>(json).map_err(Error::internal);
    let items = codes(&row.items)?;
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
