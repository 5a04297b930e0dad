//! The register as the staff of an authority read it: its organisations, and one of them with what is kept beside the public data.

use kernel::text;
use platform::{Ctx, Error, OrgId, Result, Role, Scope, audit};
use ::store::Tx;

use crate::model::{Entry, Head, OrganizationId, Private, Status};
use crate::store::organization as rows;
use crate::{NOUN, register};

/// Who reads the register of his authority.
pub const READERS: &[Role] =
    &[Role::Clerk, Role::Precheck, Role::Examiner, Role::Reviewer, Role::Approver, Role::Inspector, Role::Maker, Role::Head, Role::Leader];

/// Organisations on one page.
const PAGE: i64 = 50;

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A whole name or credit code; empty for all.
    pub text: String,
    /// Only of this status.
    pub status: Option<Status>,
    /// Below this one: the last of the page before.
    pub before: Option<OrganizationId>,
}

fn authority(ctx: &Ctx) -> Result<OrgId> {
    ctx.actor().staff().map(|staff| staff.org).ok_or(Error::SignIn)
}

/// Organisations of the reader's authority, newest first, and where the next page begins.
///
/// # Errors
/// `E-P805` for whoever has none of the roles.
pub async fn list(ctx: &Ctx, filter: &Filter) -> Result<(Vec<Head>, Option<OrganizationId>)> {
    ctx.require_role(READERS)?;
    let wanted = text::line(&filter.text);
    let mut found = rows::of_authority(ctx.db(), authority(ctx)?, &wanted, filter.status, filter.before, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| last.id);
    Ok((found, next))
}

/// One organisation with what is kept beside the public data; the look is in the audit trail.
///
/// # Errors
/// `E-P805` for whoever has none of the roles for its authority; `NotFound`.
pub async fn view(ctx: &Ctx, id: OrganizationId) -> Result<(Entry, Private)> {
    ctx.require_role(READERS)?;
    let entry = register::by_id(ctx.db(), id).await?;
    ctx.require(READERS, &Scope::region(entry.head.region).org(entry.head.authority)).await?;
    let event = audit::Event::new("organization.read", NOUN, id).region(&entry.head.region);
    ctx.db()
        .write(|tx: Tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    let private = register::private(ctx, id).await?.unwrap_or_default();
    Ok((entry, private))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use crate::testing::{registered, world};

    store::db_test!(staff_read_the_register_of_their_own_authority, |db| async move {
        let w = world(db).await;
        let id = registered(&w, "甲市城东区摄影家协会", Kind::Association).await;
        let ctx = w.as_staff(&w.clerk);
        let (all, next) = list(&ctx, &Filter::default()).await.expect("the list");
        assert_eq!((all.len(), next), (1, None));
        let named = Filter { text: "甲市城东区摄影家协会".into(), status: Some(Status::Active), before: None };
        assert_eq!(list(&ctx, &named).await.expect("by name").0[0].id, id);
        assert!(list(&ctx, &Filter { text: "摄影".into(), ..Filter::default() }).await.expect("no such name").0.is_empty());
        assert_eq!(view(&ctx, id).await.expect("the organisation").1.legal_representative_no, "990102199003070011");
        let elsewhere = identity::testing::staff(&w.p, "990101", &[Role::Clerk]).await;
        let ctx = w.as_staff(&elsewhere);
        assert!(list(&ctx, &Filter::default()).await.expect("empty").0.is_empty());
        assert!(view(&ctx, id).await.expect_err("another authority").has_code("E-P805"));
        assert!(list(&w.as_staff(&w.administrator), &Filter::default()).await.is_err(), "administrators see no business data");
    });
}
