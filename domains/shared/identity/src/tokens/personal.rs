//! Personal tokens: a program acts as whoever made the token, and may do no more than he may.

use kernel::{Instant, Issue, RegionCode, text};
use platform::{Actor, Ctx, Error, Grant, Result, Role, StaffActor, TokenId, audit, regions};

use super::Issued;
use crate::model::{secret, secret_hash};
use crate::store::token::{NewTokenRow, Owner};
use crate::{TokenView, issues, store as tables};

/// Days for which a personal token lasts at most.
pub const LONGEST_DAYS: i64 = 90;
/// Roles that no token carries, whosever it is: it could give itself rights, or read the trail that watches it.
const NEVER: [Role; 2] = [Role::SecurityAdmin, Role::AuditAdmin];

/// A personal token as its owner wants it.
#[derive(Clone, Debug)]
pub struct NewPersonal {
    /// What it is for.
    pub name: String,
    /// Staff: only within this region. A citizen's token has none.
    pub region: Option<RegionCode>,
    /// Staff: only for these basic codes (基本编码) of items; all of his own if empty.
    pub items: Vec<String>,
    /// Days for which it lasts.
    pub days: i64,
}

impl NewPersonal {
    /// A token that may do whatever its owner may.
    pub fn new(name: impl Into<String>, days: i64) -> NewPersonal {
        NewPersonal { name: name.into(), region: None, items: Vec::new(), days }
    }
}

/// Makes a personal token of the citizen or the member of staff who asks. Nobody makes one through another.
pub async fn issue_personal(ctx: &Ctx, new: NewPersonal) -> Result<Issued> {
    let owner = owner(ctx)?;
    let until = ctx.now().plus_days(new.days.clamp(0, LONGEST_DAYS));
    let name = text::line(&new.name);
    let mut found = kernel::Issues::default();
    found.ensure(!name.is_empty(), || issues::name_missing("name"));
    found.ensure((1..=LONGEST_DAYS).contains(&new.days), || {
        let (zh, en) = (format!("有效期为1至{LONGEST_DAYS}天"), format!("A personal token lasts 1 to {LONGEST_DAYS} days"));
        Issue::error("E-ID42", zh, en).field("days").param("most", LONGEST_DAYS)
    });
    if let Some(staff) = ctx.actor().staff() {
        let left = narrowed(ctx, &staff.grants, new.region, &new.items, until).await?;
        found.ensure(!left.is_empty(), || {
            Issue::error("E-ID43", "您在该区域没有可由接口办理的岗位和事项", "You hold no role for these items there that a token may carry").field("region")
        });
    }
    found.finish()?;
    let secret = secret(ctx);
    let personal = matches!(owner, Owner::Staff(_));
    let row = NewTokenRow {
        id: ctx.id(),
        name,
        token_hash: secret_hash(ctx.keys(), &secret),
        owner,
        region: new.region.filter(|_| personal),
        org: None,
        items: super::json(&if personal { new.items } else { Vec::new() }),
        roles: super::json(&[]),
        until,
    };
    let id = row.id;
    super::write(ctx, row).await?;
    Ok(Issued { id, secret })
}

/// One's own tokens, the newest first.
pub async fn own(ctx: &Ctx) -> Result<Vec<TokenView>> {
    tables::token::of_owner(ctx.db(), owner(ctx)?).await
}

/// Revokes one of one's own tokens, at once.
///
/// # Errors
/// [`Error::NotFound`] for a token of somebody else, or one that was revoked already.
pub async fn revoke_own(ctx: &Ctx, id: TokenId) -> Result<()> {
    let owner = owner(ctx)?;
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                if !tables::token::revoke_own(&tx, id, owner, ctx.now()).await? {
                    return Err(Error::NotFound);
                }
                audit::record(&tx, &ctx, audit::Event::new("token.revoke", "api_token", id)).await
            }
        })
        .await
}

/// Whose tokens the actor looks after. A program looks after none.
fn owner(ctx: &Ctx) -> Result<Owner> {
    match ctx.actor() {
        Actor::Citizen(citizen) => Ok(Owner::Citizen(citizen.account)),
        Actor::Staff(StaffActor { token: None, id, .. }) => Ok(Owner::Staff(*id)),
        Actor::Anonymous => Err(Error::SignIn),
        Actor::Staff(_) | Actor::Program(_) | Actor::System { .. } => Err(issues::owner_only()),
    }
}

/// What is left of somebody's grants under a token: each of them within the token's region, for its items, until its end.
pub(crate) async fn narrowed(ctx: &Ctx, held: &[Grant], region: Option<RegionCode>, items: &[String], until: Instant) -> Result<Vec<Grant>> {
    let mut left = Vec::new();
    for grant in held.iter().filter(|grant| !NEVER.contains(&grant.role)) {
        let Some(region) = inner(ctx, grant.region, region.unwrap_or(grant.region)).await? else { continue };
        let until = Some(grant.until.map_or(until, |end| end.min(until)));
        let narrow = |item: Option<String>| Grant { region, item, until, ..grant.clone() };
        match &grant.item {
            _ if items.is_empty() => left.push(narrow(grant.item.clone())),
            None => left.extend(items.iter().cloned().map(Some).map(narrow)),
            Some(item) => left.extend(items.contains(item).then(|| narrow(grant.item.clone()))),
        }
    }
    Ok(left)
}

/// The smaller of two regions of which one contains the other.
async fn inner(ctx: &Ctx, a: RegionCode, b: RegionCode) -> Result<Option<RegionCode>> {
    if a == b || regions::contains(ctx.db(), &a, &b).await? {
        return Ok(Some(b));
    }
    Ok(regions::contains(ctx.db(), &b, &a).await?.then_some(a))
}
