//! Pages of registration: what a scanned certificate says, announcements, one's own organisations, the desk's register, segments of codes.

pub mod announced;
pub mod codes;
pub mod desk;
pub mod mine;
pub mod naming;
pub mod scanned;

use organizations::Status;
use ui::Tone;

/// How a status is marked.
fn tone(status: Status) -> Tone {
    match status {
        Status::Active => Tone::Good,
        Status::Preparing | Status::Examined => Tone::Plain,
        Status::Suspended | Status::Liquidating => Tone::Mind,
        Status::Deregistered | Status::Withdrawn | Status::Revoked | Status::FraudUndone => Tone::Bad,
    }
}
