//! One's own notices as the copy of one's data has them, and letting go of them.

use kernel::Text;
use platform::own::Section;
use platform::{Ctx, Result};

use super::{Search, list};
use crate::model::NoticeId;
use crate::store::notices;

/// Every notice, the newest first.
///
/// # Errors
/// As [`list`].
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let columns = [("at", "时间", "When"), ("title", "标题", "Title"), ("words", "内容", "Text")];
    let mut section = Section::new("notices", Text::fixed("通知", "Notices"), &columns);
    let mut search = Search::default();
    loop {
        let found = list(ctx, search).await?;
        for notice in found.notices {
            section.add(notice.told_at.day(), [notice.told_at.to_string(), notice.words.title.zh.to_string(), notice.words.body.zh.to_string()]);
        }
        if found.next.is_none() {
            return Ok(vec![section]);
        }
        search.before = found.next;
    }
}

/// Removes them all: whoever closes his account is told nothing more here.
///
/// # Errors
/// As [`list`].
pub async fn forget(ctx: &Ctx) -> Result<()> {
    loop {
        let ids: Vec<NoticeId> = list(ctx, Search::default()).await?.notices.into_iter().map(|notice| notice.id).collect();
        if ids.is_empty() {
            return Ok(());
        }
        ctx.db()
            .write(|tx| {
                let ids = ids.clone();
                async move { notices::remove(&tx, &ids).await }
            })
            .await?;
    }
}
