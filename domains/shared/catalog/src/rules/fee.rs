//! P1-12: a charge rests on a law, and is not made where a law forbids it.

use kernel::Issue;

use crate::issues;
use crate::model::Elements;

pub(super) fn check(elements: &Elements) -> Vec<Issue> {
    let fee = &elements.fee;
    if fee.charges.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    if fee.basis.is_none() || fee.charges.iter().any(|charge| charge.fen <= 0) {
        found.push(issues::fee_without_basis());
    }
    if let Some(ban) = &fee.ban {
        found.push(
            Issue::error(ban.code.clone(), ban.message.zh.clone(), ban.message.en.clone())
                .field("fee")
                .rule("P1-12")
                .law(ban.law.clone()),
        );
    }
    found
}
