//! One's own ratings, questions and complaints as the copy of one's data has them.

use kernel::Text;
use platform::own::Section;
use platform::{Ctx, Result};

use crate::{complaints, ratings};

/// What the citizen who asks has rated and written.
///
/// # Errors
/// `SignIn`.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let columns = [("number", "编号", "Number"), ("item", "事项", "Item"), ("office", "办事处", "Office"), ("finished_on", "办结", "Finished"), ("level", "评价", "Rating")];
    let mut rated = Section::new("ratings", Text::fixed("评价", "Ratings"), &columns);
    let mut before = None;
    loop {
        let (matters, next) = ratings::mine(ctx, before).await?;
        for one in matters {
            let level = one.level.map(|level| level.name().zh.to_string()).unwrap_or_default();
            rated.add(one.finished_on, [one.number, one.item.zh.to_string(), one.office.zh.to_string(), one.finished_on.to_string(), level]);
        }
        before = next;
        if before.is_none() {
            break;
        }
    }
    let columns = [("number", "编号", "Number"), ("kind", "类别", "Kind"), ("title", "标题", "Title"), ("received_at", "收到", "Received"), ("state", "进度", "State")];
    let mut written = Section::new("complaints", Text::fixed("咨询投诉", "Questions and complaints"), &columns);
    let mut before = None;
    loop {
        let (mine, next) = complaints::mine(ctx, before).await?;
        for one in mine {
            let state = one.state.name().zh.to_string();
            written.add(one.received_at.day(), [one.number, one.kind.zh.to_string(), one.title, one.received_at.to_string(), state]);
        }
        before = next;
        if before.is_none() {
            return Ok(vec![rated, written]);
        }
    }
}
