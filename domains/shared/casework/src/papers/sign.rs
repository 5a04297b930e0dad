//! 机关代字: what stands for an authority in the numbers of its documents.

use platform::{Ctx, Error, OrgId, Result, Role, audit, regions};

use super::issues;
use super::store as table;

/// An authority with its sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// The authority.
    pub org: OrgId,
    /// Its name.
    pub name: kernel::Text,
    /// The sign in force.
    pub sign: String,
    /// Whether the bureau fixed it; otherwise it is made from the name.
    pub fixed: bool,
}

/// The sign of an authority that has fixed none: its name without the word for an office.
pub(crate) fn from_name(name: &str) -> String {
    name.strip_suffix('局').or_else(|| name.strip_suffix('厅')).unwrap_or(name).to_owned()
}

/// Which authorities are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignQuery {
    /// Words of the name, or the sign; empty for all.
    pub words: String,
    /// Only those whose sign is fixed, or only those whose sign is made from the name.
    pub fixed: Option<bool>,
    /// The authority after which the page begins.
    pub after: Option<OrgId>,
}

/// A page of authorities.
#[derive(Debug, Clone)]
pub struct SignPage {
    /// The authorities, by region.
    pub lines: Vec<Sign>,
    /// After which authority the next page begins.
    pub next: Option<OrgId>,
}

/// Authorities a page.
const PAGE: usize = 50;
/// Who keeps the signs.
const KEEPER: [Role; 1] = [Role::SystemAdmin];

/// Every authority of the actor's regions with its sign.
async fn all(ctx: &Ctx) -> Result<Vec<Sign>> {
    ctx.require_role(&KEEPER)?;
    let own = table::signs(ctx.db()).await?;
    let mut found: Vec<Sign> = Vec::new();
    for root in ctx.regions_of(&KEEPER) {
        for org in regions::organisations(ctx.db(), &root).await? {
            let fixed = own.iter().find(|(id, _)| *id == org.id).map(|(_, sign)| sign.clone());
            if found.iter().all(|known| known.org != org.id) {
                found.push(Sign { org: org.id, fixed: fixed.is_some(), sign: fixed.unwrap_or_else(|| from_name(&org.name.zh)), name: org.name });
            }
        }
    }
    Ok(found)
}

/// The authorities of the actor's regions that fit, with their signs.
pub async fn signs(ctx: &Ctx, asked: &SignQuery) -> Result<SignPage> {
    let words = kernel::text::line(&asked.words).to_lowercase();
    let fits = |sign: &Sign| {
        let named = [&*sign.name.zh, &*sign.name.en, &sign.sign].iter().any(|text| text.to_lowercase().contains(&words));
        named && asked.fixed.is_none_or(|fixed| fixed == sign.fixed)
    };
    let mut lines: Vec<Sign> = all(ctx).await?.into_iter().filter(fits).collect();
    if let Some(at) = asked.after.and_then(|after| lines.iter().position(|sign| sign.org == after)) {
        lines.drain(..=at);
    }
    let next = lines.get(PAGE - 1).filter(|_| lines.len() > PAGE).map(|last| last.org);
    lines.truncate(PAGE);
    Ok(SignPage { lines, next })
}

/// One authority of the actor's regions with its sign.
///
/// # Errors
/// `NotFound` for every other one.
pub async fn sign_of(ctx: &Ctx, org: OrgId) -> Result<Sign> {
    all(ctx).await?.into_iter().find(|sign| sign.org == org).ok_or(Error::NotFound)
}

/// Fixes the sign of an authority; numbers given before keep theirs.
///
/// # Errors
/// `NotFound` for an authority of other regions, E-P213 when another authority has it, E-P214 when it cannot stand in a number.
pub async fn set_sign(ctx: &Ctx, org: OrgId, sign: &str) -> Result<()> {
    sign_of(ctx, org).await?;
    let sign = kernel::text::line(sign);
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    if sign.is_empty() || sign.chars().count() > 8 || !sign.chars().all(han) {
        return Err(issues::sign_malformed().into());
    }
    let (actor, now) = (ctx.actor().key(), ctx.now());
    let event = audit::Event::new("paper.sign", "organisation", org).detail(serde_json::json!({ "sign": sign }));
    ctx.db()
        .write(|tx| {
            let (ctx, sign, actor, event) = (ctx.clone(), sign.clone(), actor.clone(), event.clone());
            async move {
                if table::sign_of_another(&tx, org, &sign).await? {
                    return Err(Error::from(issues::sign_taken(&sign)));
                }
                table::set_sign(&tx, org, &sign, &actor, now).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
