//! Reading one's own notices.

use kernel::Instant;
use platform::{Ctx, Error, Result};

use super::holders;
use crate::model::{Delivered, NoticeId, Words};
use crate::store::{deliveries, notices};
use crate::topics::Topic;

/// Notices on a page.
const ON_A_PAGE: i64 = 20;
/// Topics are counted among so many of the newest notices.
const COUNTED: i64 = 1000;
/// What is unread is counted up to this; whoever has more is told so.
pub const UNREAD_MOST: i64 = 100;

/// Which notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Only of this topic.
    pub topic: Option<Topic>,
    /// Only what has not been read.
    pub unread: bool,
    /// Those before this one: the last of the page before.
    pub before: Option<NoticeId>,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Id.
    pub id: NoticeId,
    /// Topic.
    pub topic: Topic,
    /// Title and text.
    pub words: Words,
    /// The page it is about.
    pub link: Option<String>,
    /// Whether it could not wait.
    pub urgent: bool,
    /// When it was told.
    pub told_at: Instant,
    /// Whether it has been read.
    pub read: bool,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Newest first.
    pub notices: Vec<Summary>,
    /// The last of this page, if there are more.
    pub next: Option<NoticeId>,
    /// Topics with how many notices each has among the newest thousand; in the order of [`Topic::ALL`], those without left out.
    pub counts: Vec<(Topic, i64)>,
    /// How many are unread, up to [`UNREAD_MOST`].
    pub unread: i64,
}

/// A notice with how it went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The notice.
    pub notice: Summary,
    /// Its channels beside the page; none for staff.
    pub deliveries: Vec<Delivered>,
}

/// The own notices, newest first: three queries however many there are.
///
/// # Errors
/// `SignIn`; `E-N01` for programs.
pub async fn list(ctx: &Ctx, search: Search) -> Result<Found> {
    let holders = holders(ctx)?;
    let rows = notices::list(ctx.db(), &holders, search.topic, search.unread, search.before, ctx.now(), ON_A_PAGE + 1).await?;
    let more = rows.len() > ON_A_PAGE as usize;
    let shown = rows.iter().take(ON_A_PAGE as usize).map(|row| summary(ctx, row)).collect::<Result<Vec<_>>>()?;
    let next = if more { shown.last().map(|last| last.id) } else { None };
    let counted = notices::counts(ctx.db(), &holders, ctx.now(), COUNTED).await?;
    let count = |topic: Topic| counted.iter().find(|(code, _)| code == topic.code()).map(|(_, count)| (topic, *count));
    let unread = notices::unread(ctx.db(), &holders, ctx.now(), UNREAD_MOST).await?;
    Ok(Found { notices: shown, next, counts: Topic::ALL.into_iter().filter_map(count).collect(), unread })
}

/// The last few of the own notices. One query.
///
/// # Errors
/// `SignIn`; `E-N01` for programs.
pub async fn newest(ctx: &Ctx, most: i64) -> Result<Vec<Summary>> {
    let rows = notices::list(ctx.db(), &holders(ctx)?, None, false, None, ctx.now(), most).await?;
    rows.iter().map(|row| summary(ctx, row)).collect()
}

/// How many are unread, up to [`UNREAD_MOST`]; none for whoever has no notices. One query.
///
/// # Errors
/// Of the database.
pub async fn unread(ctx: &Ctx) -> Result<i64> {
    if ctx.actor().citizen().is_none() && ctx.actor().staff().is_none() {
        return Ok(0);
    }
    notices::unread(ctx.db(), &holders(ctx)?, ctx.now(), UNREAD_MOST).await
}

/// One of the own notices.
///
/// # Errors
/// `SignIn`; `NotFound` for somebody else's, too.
pub async fn open(ctx: &Ctx, id: NoticeId) -> Result<Opened> {
    let row = notices::find(ctx.db(), &holders(ctx)?, id, ctx.now()).await?.ok_or(Error::NotFound)?;
    Ok(Opened { notice: summary(ctx, &row)?, deliveries: deliveries::of(ctx.db(), id).await? })
}

fn summary(ctx: &Ctx, row: &notices::Row) -> Result<Summary> {
    Ok(Summary {
        id: row.id,
        topic: Topic::from_code(&row.topic).ok_or_else(|| Error::internal("a notice of an unknown topic"))?,
        words: row.words(ctx)?,
        link: row.link.clone(),
        urgent: row.urgent,
        told_at: row.told_at,
        read: row.read_at.is_some(),
    })
}
