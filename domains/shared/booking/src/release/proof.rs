//! What anybody can check of a draw: the list, and that somebody is on it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use platform::{Ctx, Error, Result};

use super::draw::{Hash, Side, Tree};
use super::{EntryId, Release};
use crate::store;

/// Receipts of one page of the list.
pub const PAGE: i64 = 10_000;
/// Trees that are kept; a closed list never changes.
const KEPT: usize = 4;

/// That a receipt is on the closed list.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The receipt.
    pub receipt: EntryId,
    /// Its number on the list, from 0.
    pub leaf: i64,
    /// The neighbours on the way to the root.
    pub path: Vec<(Side, Hash)>,
}

/// One page of the closed list, in its order.
///
/// # Errors
/// [`Error::NotFound`] until the list is closed.
pub async fn receipts(ctx: &Ctx, release: &Release, from: i64) -> Result<Vec<EntryId>> {
    release.draw.as_ref().and_then(|draw| draw.closed.as_ref()).ok_or(Error::NotFound)?;
    store::entries::listed(ctx.db(), release.id, from, PAGE).await
}

/// The whole list.
pub(super) async fn all(ctx: &Ctx, release: &Release) -> Result<Vec<EntryId>> {
    let mut all = Vec::new();
    loop {
        let next = i64::try_from(all.len()).map_err(Error::internal)?;
        let page = store::entries::listed(ctx.db(), release.id, next, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// The proof for a receipt of the list; none if it is not on it.
///
/// # Errors
/// [`Error::NotFound`] until the list is closed.
pub async fn of_receipt(ctx: &Ctx, release: &Release, receipt: EntryId) -> Result<Option<Proof>> {
    let (_, root) = release.draw.as_ref().and_then(|draw| draw.closed.as_ref()).ok_or(Error::NotFound)?;
    let Some(leaf) = store::entries::leaf_of(ctx.db(), release.id, receipt).await? else { return Ok(None) };
    let tree = tree(ctx, release, root).await?;
    Ok(Some(Proof { receipt, leaf, path: tree.path(usize::try_from(leaf).map_err(Error::internal)?) }))
}

/// The tree with this root, kept: it is asked for by everybody on the day of the draw.
async fn tree(ctx: &Ctx, release: &Release, root: &[u8]) -> Result<Arc<Tree>> {
    static TREES: Mutex<VecDeque<Arc<Tree>>> = Mutex::new(VecDeque::new());
    let known = TREES.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|tree| tree.root().as_slice() == root).cloned();
    if let Some(tree) = known {
        return Ok(tree);
    }
    let tree = Arc::new(Tree::new(all(ctx, release).await?.iter().map(ToString::to_string)));
    let mut trees = TREES.lock().unwrap_or_else(PoisonError::into_inner);
    trees.truncate(KEPT - 1);
    trees.push_front(tree.clone());
    Ok(tree)
}
