//! What the pages of an application work with: the item, its declaration, what the citizen has begun, and the papers of it.

use std::sync::Arc;

use catalog::model::ItemView;
use platform::{Ctx, Result};

use super::draft::{self, Draft};
use crate::matters::Matter;
use crate::model::{Answers, Letter, Material, MaterialState, Party};
use crate::store::{drafts, letters, materials};

/// An application that a citizen may make, as far as he has come with it.
#[derive(Debug, Clone)]
pub struct Application {
    /// The item as it stands today.
    pub item: ItemView,
    /// Its declaration.
    pub matter: Arc<Matter>,
    /// What has been saved.
    pub draft: Option<Draft>,
    /// The papers of the draft, the oldest first; those that a later one has replaced are left out.
    pub papers: Vec<Material>,
    /// Letters by which the citizen may act for somebody else in this item today.
    pub letters: Vec<Letter>,
}

impl Application {
    /// What has been answered so far.
    pub fn answers(&self) -> &Answers {
        static NONE: Answers = Answers::new();
        self.draft.as_ref().map_or(&NONE, |draft| &draft.answers)
    }

    /// For whom it is, as far as it has been said.
    pub fn party(&self) -> Party {
        self.draft.as_ref().map(|draft| draft.party.clone()).unwrap_or_default()
    }

    /// The version that a page shows; 0 where nothing has been saved.
    pub fn seen(&self) -> i64 {
        self.draft.as_ref().map_or(0, |draft| draft.version)
    }
}

/// The citizen's application for an item.
///
/// # Errors
/// As for saving a draft of the item.
pub async fn application(ctx: &Ctx, impl_code: &str) -> Result<Application> {
    let (item, matter, account, person) = draft::open_item(ctx, impl_code).await?;
    let draft = drafts::of_account(ctx.db(), ctx, account, &item.code).await?;
    let mut papers = match &draft {
        Some(draft) => materials::of_draft(ctx.db(), ctx, draft.id).await?,
        None => Vec::new(),
    };
    papers.retain(|paper| paper.state != MaterialState::Replaced);
    let mut letters = letters::of_agent(ctx.db(), ctx, person).await?;
    letters.retain(|letter| letter.covers(&item.basic_code, ctx.today()));
    Ok(Application { item, matter, draft, papers, letters })
}
