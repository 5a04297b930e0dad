//! What is kept about the citizen who asks, and who looked at it (Personal Information Protection Law, article 45).

use kernel::{Instant, Text};
use platform::{Ctx, Error, Result};

use super::own_account;
use crate::{ContactOf, PersonView, persons, store as tables};

/// One act on the person's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Instant,
    /// Kind of actor: citizen, staff, program, system.
    pub who: String,
    /// Name of the member of staff.
    pub name: Option<String>,
    /// Where that member of staff works.
    pub org: Option<Text>,
    /// What was done: `noun.verb`.
    pub action: String,
    /// Reason or purpose that was given.
    pub reason: Option<String>,
}

/// Everything that this crate keeps about a citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyData {
    /// Phone, address, language.
    pub contact: ContactOf,
    /// Level of assurance.
    pub level: u8,
    /// Who vouched for name and number.
    pub vouched_by: Option<String>,
    /// Since when the account exists.
    pub since: Instant,
    /// Name and documents, after the real-name step.
    pub person: Option<PersonView>,
    /// Who did what with these data; the newest first.
    pub looks: Vec<Look>,
    /// Ask again with this moment for older ones.
    pub older: Option<Instant>,
}

/// Rows on a page.
const MOST: usize = 50;

/// The data of the citizen who asks, with the acts before `before`.
pub async fn my_data(ctx: &Ctx, before: Option<Instant>) -> Result<MyData> {
    let account = tables::account::load(ctx.db(), own_account(ctx)?).await?.ok_or(Error::SignIn)?;
    let person = match account.person()? {
        Some(person) => Some(persons::load(ctx, person).await?),
        None => None,
    };
    let before = before.unwrap_or(ctx.now().plus_secs(1));
    let looks = match &person {
        Some(person) => tables::look::of_person(ctx.db(), person.id, before, MOST as i64).await?,
        None => Vec::new(),
    };
    Ok(MyData {
        contact: account.contact(ctx.keys())?,
        level: u8::try_from(account.level).map_err(Error::internal)?,
        vouched_by: account.vouched_by.clone(),
        since: Instant::from_micros(account.created_at),
        person,
        older: (looks.len() == MOST).then(|| looks.last().map(|look| look.at)).flatten(),
        looks,
    })
}
