//! One's own entries in the register as the copy of one's data has them.

use kernel::Text;
use platform::own::Section;
use platform::{Ctx, Result};

use crate::{divorce, store};

/// Marriages and divorces under way of the citizen who asks; nothing of the other party.
///
/// # Errors
/// `SignIn`.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let columns = [("number", "结婚证字号", "Certificate"), ("started_on", "登记", "Registered"), ("state", "状态", "State"), ("ended_on", "终止", "Ended")];
    let mut marriages = Section::new("marriages", Text::fixed("婚姻登记", "Marriages"), &columns);
    if let Some(person) = ctx.actor().citizen().ok_or(platform::Error::SignIn)?.person {
        for (number, state, started_on, ended_on) in store::register::lines_of(ctx.db(), person).await? {
            let ended = ended_on.map(|day| day.to_string()).unwrap_or_default();
            marriages.add(started_on, [number.unwrap_or_default(), started_on.to_string(), state, ended]);
        }
    }
    let columns = [("case_no", "受理编号", "Number"), ("accepted_on", "受理", "Accepted")];
    let mut divorces = Section::new("divorces", Text::fixed("离婚登记", "Divorces"), &columns);
    for one in divorce::ops::mine(ctx).await? {
        divorces.add(one.dates.accepted, [one.case_no, one.dates.accepted.to_string()]);
    }
    Ok(vec![marriages, divorces])
}
