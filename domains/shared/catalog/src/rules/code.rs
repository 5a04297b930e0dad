//! P1-7: the implementation code says who does what at which level.

use kernel::Issue;

use super::Against;
use crate::issues;
use crate::model::{Elements, ImplCode};

pub(super) fn mismatch(elements: &Elements, against: &Against<'_>) -> Option<Issue> {
    if against.basic_code.kind_code() != elements.kind.code() {
        return Some(issues::basic_code().param("part", "kind"));
    }
    let text = against.impl_code?;
    let code = match ImplCode::parse(text) {
        Ok(code) => code,
        Err(issue) => return Some(issue),
    };
    let body = elements.body.as_ref()?;
    let part = if code.uscc() != body.uscc {
        "uscc"
    } else if code.level_code() != body.level.code() {
        "level"
    } else if code.basic() != *against.basic_code {
        "basic"
    } else {
        return None;
    };
    Some(issues::impl_code().param("part", part))
}
