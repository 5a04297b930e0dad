//! Every refusal of this crate.

use kernel::Issue;
use platform::Error;

/// Programs and jobs have no notices.
pub(crate) fn nobody() -> Error {
    Error::Denied(Issue::error("E-N01", "程序没有自己的通知", "Programs have no notices of their own"))
}

/// A topic that cannot be switched off.
pub(crate) fn required(topic: &str) -> Issue {
    Issue::error("E-N02", "这类通知不能关闭", "Notices of this kind cannot be switched off").field(topic.to_owned())
}
