//! What a citizen has begun: saved as he goes, resumed on any device, never overwritten by an older page.

use catalog::model::ItemView;
use kernel::{Id, Instant};
use platform::{AccountId, Ctx, Error, PersonId, Result, audit};

use crate::matters::{Matter, matter};
use crate::model::{Answers, Party};
use crate::store::{drafts as table, materials};
use crate::{form, issues};

/// Id of a draft.
pub type DraftId = Id<Draft>;

/// A draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Id.
    pub id: DraftId,
    /// Key of the matter.
    pub case_type: String,
    /// 实施编码.
    pub impl_code: String,
    /// The published version under which it was last saved; the one in force counts at submission.
    pub item_version: catalog::ItemVersionId,
    /// Whose it is.
    pub account: AccountId,
    /// The person behind the account.
    pub person: PersonId,
    /// Answers so far, also wrong ones.
    pub answers: Answers,
    /// For whom.
    pub party: Party,
    /// Grows with every save.
    pub version: i64,
    /// When it was last saved.
    pub updated_at: Instant,
}

/// What is saved.
#[derive(Debug, Clone)]
pub struct Save {
    /// 实施编码.
    pub impl_code: String,
    /// The version that the page showed; 0 where there was none yet.
    pub seen: i64,
    /// All answers so far, as typed.
    pub answers: Answers,
    /// For whom.
    pub party: Party,
}

/// What came of saving.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved {
    /// Saved.
    Draft(Draft),
    /// Another device saved in between: what it has, and what was not saved. The page shows both.
    Changed {
        /// What is saved now.
        theirs: Box<Draft>,
        /// What was typed here.
        mine: Answers,
    },
}

/// An item with its matter, and the citizen who asks.
pub(crate) type Opened = (ItemView, std::sync::Arc<Matter>, AccountId, PersonId);

/// The item with its matter, for a citizen at the level that the item asks for.
pub(crate) async fn open_item(ctx: &Ctx, impl_code: &str) -> Result<Opened> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    let item = catalog::ops::find(ctx, impl_code).await?;
    let matter = matter(ctx, &item.version.elements.house.service)?;
    let person = citizen.person.filter(|_| citizen.level >= item.version.elements.house.min_loa).ok_or_else(issues::level_too_low)?;
    if !item.standing.is_open() {
        return Err(issues::item_closed(item.standing.public_notice()).into());
    }
    Ok((item, matter, citizen.account, person))
}

/// Saves a draft, whatever is still wrong with it. The same again, as from a button pressed twice, changes nothing.
///
/// # Errors
/// `SignIn`; `E-P802` below the item's level; `E-P223` for an item that is not open; `NotFound` for an unknown item.
pub async fn save(ctx: &Ctx, input: Save) -> Result<Saved> {
    let (item, matter, account, person) = open_item(ctx, &input.impl_code).await?;
    let answers = form::normalise(&matter.case_type, &input.answers, ctx.today());
    let draft = Draft {
        id: ctx.id(),
        case_type: matter.case_type.key.clone(),
        impl_code: item.code.clone(),
        item_version: item.version.id,
        account,
        person,
        answers: answers.clone(),
        party: input.party,
        version: 1,
        updated_at: ctx.now(),
    };
    let seen = input.seen;
    ctx.db()
        .write(|tx| {
            let (ctx, draft) = (ctx.clone(), draft.clone());
            async move {
                let present = table::of_account(&tx, &ctx, draft.account, &draft.impl_code).await?;
                let Some(present) = present else {
                    if !table::insert(&tx, &ctx, &draft).await? {
                        return Err(Error::stale());
                    }
                    audit::record(&tx, &ctx, audit::Event::new("case.draft", "draft", draft.id).person(draft.person)).await?;
                    return Ok(Saved::Draft(draft));
                };
                if present.version != seen && present.answers == draft.answers && present.party == draft.party {
                    return Ok(Saved::Draft(present));
                }
                let next = Draft { id: present.id, version: present.version + 1, ..draft.clone() };
                if present.version != seen || !table::update(&tx, &ctx, &next, seen).await? {
                    return Ok(Saved::Changed { theirs: Box::new(present), mine: draft.answers });
                }
                Ok(Saved::Draft(next))
            }
        })
        .await
}

/// The citizen's own draft for an item, if there is one.
///
/// # Errors
/// `SignIn`.
pub async fn resume(ctx: &Ctx, impl_code: &str) -> Result<Option<Draft>> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    table::of_account(ctx.db(), ctx, citizen.account, impl_code).await
}

/// All drafts of the citizen, the newest first.
///
/// # Errors
/// `SignIn`.
pub async fn drafts(ctx: &Ctx) -> Result<Vec<Draft>> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    table::all_of_account(ctx.db(), ctx, citizen.account).await
}

/// The citizen's own draft with this id.
pub(crate) async fn own(ctx: &Ctx, id: DraftId) -> Result<Draft> {
    let citizen = ctx.actor().citizen().ok_or(Error::SignIn)?;
    table::by_id(ctx.db(), ctx, id).await?.filter(|draft| draft.account == citizen.account).ok_or(Error::NotFound)
}

/// Throws a draft away with its papers.
///
/// # Errors
/// `SignIn`, `NotFound`, `E-ST02` if another device has changed it.
pub async fn discard(ctx: &Ctx, id: DraftId, seen: i64) -> Result<()> {
    let draft = own(ctx, id).await?;
    ctx.db()
        .write(|tx| {
            let ctx = ctx.clone();
            async move {
                if !table::delete(&tx, id, seen).await? {
                    return Err(Error::Stale(issues::draft_changed()));
                }
                materials::forget_draft(&tx, id).await?;
                audit::record(&tx, &ctx, audit::Event::new("case.discard", "draft", id).person(draft.person)).await
            }
        })
        .await
}
