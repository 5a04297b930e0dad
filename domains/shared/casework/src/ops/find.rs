//! Progress for somebody without an account: number with the last four of the document, or with the query code (P2.2).

use identity::guard;
use kernel::{CaseNo, Text, text};
use platform::{Ctx, Result};

use super::setting::Setting;
use super::settle::as_of_now;
use crate::store::cases;
use crate::{Phase, issues};

/// What proves that somebody may ask.
#[derive(Debug, Clone)]
pub enum Proof {
    /// The last four characters of the applicant's document number.
    LastFour(String),
    /// The code that came with the receipt.
    QueryCode(String),
}

impl Proof {
    /// What somebody typed: the last four characters, or else the code.
    pub fn read(typed: &str) -> Self {
        let code = text::code(typed);
        if code.chars().count() == 4 { Self::LastFour(code) } else { Self::QueryCode(code) }
    }
}

/// How far a case is; nothing about the person.
#[derive(Debug, Clone)]
pub struct Found {
    /// The number.
    pub case_no: String,
    /// The item; the office alone for discreet items.
    pub item: Text,
    /// The state.
    pub state: Text,
    /// Its phase.
    pub phase: Phase,
    /// Since when.
    pub since: kernel::Day,
    /// The running periods in words.
    pub periods: Vec<(Text, Text)>,
}

/// How far the case with this number is.
///
/// # Errors
/// `E-P201` for a number whose check digit is wrong; `E-P222` if number and proof do not go together, the same whichever is wrong;
/// `E-P803` after too many tries, whether there is such a number or not.
pub async fn find(ctx: &Ctx, typed: &str, proof: &Proof) -> Result<Found> {
    let number = CaseNo::parse(typed)?;
    guard::progress_of_network().attempt(ctx, &ctx.meta().network()).await?;
    guard::progress().attempt(ctx, number.as_str()).await?;
    let nothing = || issues::not_found_by_number().into();
    let Some((case, query_hash)) = cases::by_number(ctx.db(), number.as_str()).await? else { return Err(nothing()) };
    let head = match cases::by_id(ctx.db(), ctx, case).await {
        Ok(head) => head,
        Err(platform::Error::NotFound) => return Err(nothing()),
        Err(error) => return Err(error),
    };
    let proven = match proof {
        Proof::LastFour(typed) => {
            let typed = text::code(typed);
            typed.len() == 4 && head.applicant.number.ends_with(&typed)
        }
        Proof::QueryCode(typed) => query_hash.is_some_and(|hash| hash == cases::query_hash(ctx.keys(), number.as_str(), &text::code(typed))),
    };
    if !proven {
        return Err(nothing());
    }
    guard::progress().forget(ctx, number.as_str()).await?;
    let setting = Setting::of(ctx, &head).await?;
    let loaded = setting.load(ctx.db(), ctx, case).await?;
    let state = as_of_now(&setting, loaded.legal, loaded.state, ctx)?;
    let at = setting.matter.life.state(&state.code).ok_or(platform::Error::NotFound)?;
    let discreet = setting.elements().is_some_and(|elements| elements.house.discreet);
    Ok(Found {
        case_no: head.case_no,
        item: if discreet { Text::new("办件", "Case") } else { setting.item_name().clone() },
        state: at.name.clone(),
        phase: at.phase,
        since: state.since,
        periods: setting.ends(&state).explain(),
    })
}
