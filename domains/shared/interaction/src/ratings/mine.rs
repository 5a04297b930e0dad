//! What a citizen may rate and has rated.

use kernel::{Day, Text};
use platform::{Ctx, Error, Result};

use super::{Level, SubjectId};
use crate::store::subjects;

/// Lines on a page.
const PAGE: i64 = 30;

/// One matter of mine.
#[derive(Debug, Clone)]
pub struct MyMatter {
    /// Its key in the list.
    pub id: SubjectId,
    /// Its number.
    pub number: String,
    /// The item.
    pub item: Text,
    /// The office.
    pub office: Text,
    /// When it was finished.
    pub finished_on: Day,
    /// The last part of the page's address.
    pub token: String,
    /// How I rated it.
    pub level: Option<Level>,
}

/// My finished matters, the newest first, and the key of the next page.
pub async fn mine(ctx: &Ctx, before: Option<SubjectId>) -> Result<(Vec<MyMatter>, Option<SubjectId>)> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    let Some(person) = citizen.person else { return Ok((Vec::new(), None)) };
    let mut rows = subjects::of_person(ctx.db(), person, before, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    let mut matters = Vec::new();
    for row in rows {
        matters.push(MyMatter {
            token: ctx.keys().open_text("rating_subject", "token", &row.id.to_vec(), &row.token).map_err(Error::internal)?,
            id: row.id,
            number: row.number,
            item: Text::new(row.item_zh, row.item_en),
            office: Text::new(row.office_zh, row.office_en),
            finished_on: row.finished_on,
            level: row.level.and_then(Level::from_number),
        });
    }
    Ok((matters, next))
}
