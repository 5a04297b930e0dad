//! Every issue about archives, in one place.

use kernel::Issue;

/// E-P211: a file of a package is not as it was.
pub(crate) fn damaged(file: &str) -> Issue {
    Issue::error("E-P211", format!("归档包校验失败：{file}"), format!("Archive check failed: {file}")).rule("P2-12").param("file", file).field("package")
}

/// E-P246: only finished cases are archived.
pub(crate) fn not_finished() -> Issue {
    Issue::error("E-P246", "办件尚未办结，不能归档", "The case is not finished and cannot be archived").rule("P2-12")
}

/// E-P247: it is archived, or under way.
pub(crate) fn already() -> Issue {
    Issue::error("E-P247", "该办件已归档或正在归档", "The case is archived, or being archived").rule("P2-12")
}
