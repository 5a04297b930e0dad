//! The import of a register that was kept elsewhere: a table of up to a million lines, CSV or XLSX.
//!
//! 1. [`send`] reads the table once and keeps its lines in pieces; nobody ever holds it as a whole.
//! 2. [`map`] says which column is what. It is guessed by the head, changed by hand, and kept for the next table with the same head.
//! 3. The dry run judges every line and changes nothing: what would be new, changed, the same, and what cannot be taken, and why.
//! 4. [`load`] does it, by the same judgement, a hundred lines a transaction together with how far it came. Whoever takes it up after a stop
//!    goes on behind the last of them.
//!
//! An organisation is known by its credit code. Sent again as it is a table changes nothing; sent again mended, what differs is the next
//! version. A cell that is empty leaves what stands in the register.

mod columns;
mod issues;
mod judge;
mod mapping;
mod row;
mod run;
mod send;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use columns::{Field, fields};
pub use mapping::{Mapping, load, map};
pub(crate) use run::job;
pub use run::run_all;
pub use send::{Sent, send};
pub use view::{Import, Line, Reject, import, imports, own_body, rejected_csv, rejects};

use kernel::{Id, Text};
use platform::{Ctx, Result, Role, Scope};

/// Marker of an import.
#[derive(Debug)]
pub struct ImportMark;
/// Id of an import.
pub type ImportId = Id<ImportMark>;
/// Marker of a line that cannot be taken.
#[derive(Debug)]
pub struct RejectMark;
/// Id of a line that cannot be taken.
pub type RejectId = Id<RejectMark>;

/// Who imports: the administrator of the authority.
pub const IMPORTS: [Role; 1] = [Role::SystemAdmin];

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Somebody has to say which column is what.
    Mapping,
    /// The dry run goes on.
    Checking,
    /// The dry run is over: it may be loaded.
    Checked,
    /// It is being loaded.
    Loading,
    /// Everything is in that can be.
    Done,
    /// It broke off.
    Failed,
    /// Given up before anything was loaded.
    Dropped,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Mapping, Self::Checking, Self::Checked, Self::Loading, Self::Done, Self::Failed, Self::Dropped];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mapping => "mapping",
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Loading => "loading",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Its name.
    pub fn name(self) -> Text {
        match self {
            Self::Mapping => Text::fixed("待对应列", "Columns to be named"),
            Self::Checking => Text::fixed("试运行中", "Dry run"),
            Self::Checked => Text::fixed("试运行完成，待导入", "Checked, to be loaded"),
            Self::Loading => Text::fixed("导入中", "Being loaded"),
            Self::Done => Text::fixed("已导入", "Loaded"),
            Self::Failed => Text::fixed("已中断", "Broken off"),
            Self::Dropped => Text::fixed("已放弃", "Given up"),
        }
    }

    /// Whether the job has something to do.
    pub fn runs(self) -> bool {
        matches!(self, Self::Checking | Self::Loading)
    }
}

/// Lets an administrator pass for the imports of a body.
async fn allowed(ctx: &Ctx, at: &store::Head) -> Result<()> {
    let scope = Scope::region(at.region).org(at.authority);
    match ctx.require(&IMPORTS, &scope).await {
        Err(platform::Error::Denied(_)) => Err(platform::Error::NotFound),
        other => other,
    }
}
