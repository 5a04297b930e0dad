//! Cases of every service, for staff: lists, one case, one page a move, load, absences, credit records.

pub mod absences;
pub mod act;
mod act_parts;
pub mod case;
mod case_parts;
pub mod credit;
pub mod cross;
pub mod list;
pub mod load;
pub mod paper;
pub mod parts;
pub mod pledge;
pub mod transfer;

use identity::Colleague;
use ui::Choice;

/// Colleagues to choose from.
fn people(colleagues: &[Colleague]) -> Vec<Choice> {
    colleagues.iter().map(|colleague| Choice::new(colleague.id, colleague.name.clone())).collect()
}
