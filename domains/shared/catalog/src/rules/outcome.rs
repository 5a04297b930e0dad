//! P1-6: what is called a certificate is one.

use kernel::Issue;

use crate::issues;
use crate::model::{Elements, ResultKind};

pub(super) fn certificate_kind(elements: &Elements) -> Option<Issue> {
    (elements.result.name.zh.trim().ends_with('证') && elements.result.kind != ResultKind::Certificate).then(issues::certificate_kind)
}
