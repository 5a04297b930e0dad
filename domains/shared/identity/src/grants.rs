//! Which roles one person may not hold together (OVP P8.2).

use platform::{Ctx, Grant, Result, Role, StaffId};

use crate::{NewGrant, store as tables};

/// Pairs that exclude each other for the same item.
const EXCLUSIVE: [(Role, Role); 8] = [
    (Role::Clerk, Role::Approver),
    (Role::Precheck, Role::Approver),
    (Role::Examiner, Role::Approver),
    (Role::Reviewer, Role::Approver),
    (Role::Maker, Role::Sealer),
    (Role::ItemEditor, Role::ItemReviewer),
    (Role::ItemEditor, Role::ItemPublisher),
    (Role::SystemAdmin, Role::SecurityAdmin),
];

/// The grants of a member of staff in force now: for whoever stands in for him, and to see whom he may hand something to.
///
/// # Errors
/// Those of the database.
pub async fn grants_of(ctx: &Ctx, staff: StaffId) -> Result<Vec<Grant>> {
    Ok(tables::staff::grants(ctx.db(), staff, ctx.now()).await?.into_iter().map(|view| view.grant).collect())
}

/// The first of the held roles that the new one conflicts with: 受理×决定, 审查×决定, 审核×决定, 制证×签章, 编制×审核, 编制×发布, the three
/// administrators among each other, and the audit administrator with everything.
///
/// Two grants meet only if they can concern the same item. Whether acceptor and decider of one *case* must differ is an element
/// of the published item and checked there.
pub fn conflict(held: &[NewGrant], new: &NewGrant) -> Option<Role> {
    held.iter().find(|old| exclude(old.role, new.role) && meet(old, new)).map(|old| old.role)
}

fn exclude(a: Role, b: Role) -> bool {
    if a == b {
        return false;
    }
    let audit = a == Role::AuditAdmin || b == Role::AuditAdmin;
    audit || EXCLUSIVE.contains(&(a, b)) || EXCLUSIVE.contains(&(b, a))
}

fn meet(a: &NewGrant, b: &NewGrant) -> bool {
    match (&a.item, &b.item) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, item: Option<&str>) -> NewGrant {
        let region = "990102".parse().expect("written here");
        NewGrant { item: item.map(str::to_owned), ..NewGrant::new(role, region) }
    }

    #[test]
    fn c_20_conflicting_roles_exclude_each_other_both_ways() {
        for (a, b) in [(Role::Clerk, Role::Approver), (Role::Reviewer, Role::Approver), (Role::ItemEditor, Role::ItemPublisher), (Role::SystemAdmin, Role::SecurityAdmin)] {
            assert_eq!(conflict(&[grant(a, None)], &grant(b, None)), Some(a));
            assert_eq!(conflict(&[grant(b, None)], &grant(a, None)), Some(b));
        }
        assert_eq!(conflict(&[grant(Role::Clerk, None)], &grant(Role::Registrar, None)), None);
        assert_eq!(conflict(&[grant(Role::Clerk, None)], &grant(Role::Clerk, None)), None);
    }

    #[test]
    fn the_audit_administrator_is_nothing_else() {
        for role in Role::ALL.into_iter().filter(|role| *role != Role::AuditAdmin) {
            assert!(conflict(&[grant(role, None)], &grant(Role::AuditAdmin, None)).is_some(), "{role:?}");
        }
    }

    #[test]
    fn roles_for_different_items_do_not_meet() {
        let held = [grant(Role::Clerk, Some("000711001001"))];
        assert_eq!(conflict(&held, &grant(Role::Approver, Some("000711001002"))), None);
        assert_eq!(conflict(&held, &grant(Role::Approver, Some("000711001001"))), Some(Role::Clerk));
        assert_eq!(conflict(&held, &grant(Role::Approver, None)), Some(Role::Clerk));
    }
}
