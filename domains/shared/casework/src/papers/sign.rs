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

/// The authorities of this instance with their signs.
pub async fn signs(ctx: &Ctx) -> Result<Vec<Sign>> {
    ctx.require_role(&[Role::SystemAdmin])?;
    let fixed = table::signs(ctx.db()).await?;
    let all = regions::organisations(ctx.db(), &ctx.settings().region).await?;
    Ok(all
        .into_iter()
        .map(|org| {
            let own = fixed.iter().find(|(id, _)| *id == org.id).map(|(_, sign)| sign.clone());
            let (fixed, sign) = (own.is_some(), own.unwrap_or_else(|| from_name(&org.name.zh)));
            Sign { org: org.id, name: org.name, sign, fixed }
        })
        .collect())
}

/// Fixes the sign of an authority; numbers given before keep theirs.
///
/// # Errors
/// E-P213 when another authority has it, E-P214 when it cannot stand in a number.
pub async fn set_sign(ctx: &Ctx, org: OrgId, sign: &str) -> Result<()> {
    ctx.require_role(&[Role::SystemAdmin])?;
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
