//! The closed list of ways in which an operation can end badly. Turned into a page or an API answer once, in `server`.

use kernel::{Issue, Refusal};

/// What every operation returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule of the field says no; every issue is meant for the person (HTTP 422).
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The actor may not do this here (HTTP 403); the issue says what is missing.
    #[error("denied: {}", .0.code)]
    Denied(Issue),
    /// Nobody is signed in, and somebody has to be (HTTP 401, or the sign-in page).
    #[error("sign-in needed")]
    SignIn,
    /// There is no such thing, or not for this actor (HTTP 404).
    #[error("not found")]
    NotFound,
    /// Somebody else changed it in between (HTTP 409, `E-ST02`).
    #[error("stale: {}", .0.code)]
    Stale(Issue),
    /// Asked too often (HTTP 429).
    #[error("too many, again in {wait_secs} s")]
    TooMany {
        /// Seconds to wait, at least 1.
        wait_secs: u32,
        /// What the person is told.
        issue: Issue,
    },
    /// The database failed (HTTP 500).
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Something that should not happen (HTTP 500); the text is for the log alone.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// The error for "somebody else was here first" (`E-ST02`).
    pub fn stale() -> Self {
        Self::Stale(Issue::error("E-ST02", "数据已被他人更新，请刷新后重试", "Changed by someone else; please reload"))
    }

    /// The error for an action that the present state does not allow (`E-ST01`).
    pub fn state(state_zh: &str, state_en: &str) -> Self {
        Self::Refused(
            Issue::error("E-ST01", format!("当前状态“{state_zh}”不允许此操作"), format!("Operation not allowed in state '{state_en}'")).into(),
        )
    }

    /// An internal error with a text for the log.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }

    /// The issues that a person may read, if there are any.
    pub fn issues(&self) -> &[Issue] {
        match self {
            Self::Refused(refusal) => &refusal.0,
            Self::Denied(issue) | Self::Stale(issue) | Self::TooMany { issue, .. } => std::slice::from_ref(issue),
            Self::SignIn | Self::NotFound | Self::Store(_) | Self::Internal(_) => &[],
        }
    }

    /// A refusal at this field of whoever asked, instead of the operation's own.
    #[must_use]
    pub fn at(self, field: &str) -> Self {
        match self {
            Self::Refused(refusal) => Self::Refused(Refusal(refusal.0.into_iter().map(|issue| issue.field(field)).collect())),
            other => other,
        }
    }

    /// Whether one of the issues has this code.
    pub fn has_code(&self, code: &str) -> bool {
        self.issues().iter().any(|issue| issue.code == code)
    }
}

impl From<Issue> for Error {
    fn from(issue: Issue) -> Self {
        Self::Refused(issue.into())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
