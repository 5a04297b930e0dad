//! One's own entries in the register as the copy of one's data has them.

use identity::facts::NumberHash;
use kernel::Text;
use kernel::id_number::IdNumber;
use platform::own::Section;
use platform::{Ctx, Result};

use crate::{divorce, store};

/// Marriages, registered here or entered from old files, and divorces under way of the citizen who asks; nothing of the other party.
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
    let columns = [("archive_no", "档号", "File"), ("number", "结婚证字号", "Certificate"), ("started_on", "登记", "Registered"), ("state", "状态", "State"), ("ended_on", "终止", "Ended")];
    let mut files = Section::new("old_files", Text::fixed("补录的婚姻登记档案", "Marriages entered from old files"), &columns);
    for one in store::backfacts::own(ctx.db(), &own_numbers(ctx).await?).await? {
        let told = |date: Option<String>| date.unwrap_or_default();
        files.add(one.published_on, [one.archive_no, told(one.cert_no), told(one.started_on), one.state, told(one.ended_on)]);
    }
    let columns = [("case_no", "受理编号", "Number"), ("accepted_on", "受理", "Accepted")];
    let mut divorces = Section::new("divorces", Text::fixed("离婚登记", "Divorces"), &columns);
    for one in divorce::ops::mine(ctx).await? {
        divorces.add(one.dates.accepted, [one.case_no, one.dates.accepted.to_string()]);
    }
    Ok(vec![marriages, files, divorces])
}

/// By what the citizen who asks is found in a file: the numbers of his documents.
async fn own_numbers(ctx: &Ctx) -> Result<Vec<NumberHash>> {
    let Some(person) = ctx.actor().citizen().ok_or(platform::Error::SignIn)?.person else { return Ok(Vec::new()) };
    let documents = identity::persons::load(ctx, person).await?.documents;
    let hash = |number: &str| match IdNumber::parse(number, ctx.today()) {
        Ok(parsed) => NumberHash::of(ctx.keys(), parsed.search_key()),
        Err(_) => NumberHash::of(ctx.keys(), number),
    };
    Ok(documents.iter().map(|(_, _, number)| hash(number)).collect())
}
