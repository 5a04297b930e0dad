//! Writing a draft.

use kernel::{Day, Issue, Text};
use platform::{Ctx, Error, Result, Role, audit};

use super::{check, draft, item, scope, upper};
use crate::inherit::rebase;
use crate::model::{Draft, Elements, Faq, ItemId, Limit, canonical_text};
use crate::rules;
use crate::states::Action;
use crate::store::drafts;

/// What a draft is to say.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The item.
    pub item: ItemId,
    /// The draft's revision that was edited.
    pub revision: i64,
    /// First day in force; the day of publication if absent.
    pub effective_from: Option<Day>,
    /// Last day in force.
    pub effective_to: Option<Day>,
    /// What it says, locked elements included: a change of one is refused, not ignored.
    pub elements: Elements,
}

/// The local elements of an implementation list, as its form has them.
#[derive(Debug, Clone)]
pub struct Local {
    /// One sentence in plain words.
    pub summary: Text,
    /// 承诺办结时限.
    pub promise: Limit,
    /// 到办事现场次数.
    pub visits: u32,
    /// 必须现场办理原因.
    pub visits_reason: Option<Text>,
    /// 承办机构.
    pub department: Option<Text>,
    /// Codes of the offices, the main one first.
    pub offices: Vec<String>,
    /// 窗口号.
    pub window: Option<Text>,
    /// What else one has to know of the place.
    pub note: Option<Text>,
    /// 监督投诉.
    pub complaint: Text,
    /// 常见问题.
    pub faq: Vec<Faq>,
}

/// Writes a draft. It may still have gaps, which [`preview`] tells; what it may not touch at all is refused, with everything else that is
/// wrong.
///
/// # Errors
/// `E-P108` for locked elements, `E-ST02` for an older revision, `E-ST01` while it is under review.
pub async fn edit(ctx: &Ctx, input: Edit) -> Result<()> {
    let item = item(ctx, input.item).await?;
    ctx.require(&[Role::ItemEditor], &scope(&item)).await?;
    let old = draft(ctx, input.item, input.revision).await?;
    if old.state.role(Action::Edit).is_none() {
        let label = old.state.label();
        return Err(Error::state(&label.zh, &label.en));
    }
    if let Some(upper) = upper(ctx, &item, input.effective_from.unwrap_or(ctx.today())).await?
        && rules::locked(&input.elements, &upper.elements).is_some()
    {
        check(ctx, &item, &input.elements, Some(&upper)).await?;
    }
    let new = Draft {
        author: ctx.actor().key(),
        effective_from: input.effective_from,
        effective_to: input.effective_to,
        changed_at: ctx.now(),
        elements: input.elements,
        ..old
    };
    let text = canonical_text(&new.elements).map_err(Error::internal)?;
    let event = audit::Event::new("catalog.edit", "item", &item.code).region(&item.region);
    ctx.db()
        .write(|tx| {
            let (ctx, new, text, event) = (ctx.clone(), new.clone(), text.clone(), event.clone());
            async move {
                if !drafts::write(&tx, &new, &text).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Writes the local elements of a list's draft. What the upper level holds is taken over as it is in force on the draft's first day.
///
/// # Errors
/// As [`edit`].
pub async fn edit_local(ctx: &Ctx, id: ItemId, revision: i64, from: Option<Day>, local: Local) -> Result<()> {
    let item = item(ctx, id).await?;
    ctx.require(&[Role::ItemEditor], &scope(&item)).await?;
    let old = draft(ctx, id, revision).await?;
    let mut elements = old.elements;
    if let Some(upper) = upper(ctx, &item, from.unwrap_or(ctx.today())).await? {
        elements = rebase(&elements, &upper.elements)?;
    }
    elements.summary = local.summary;
    elements.promise = Limit { note: elements.promise.note, ..local.promise };
    elements.visits.count = local.visits;
    elements.visits.reason = local.visits_reason;
    elements.place.offices = local.offices;
    elements.place.window = local.window;
    elements.place.note = local.note;
    elements.remedies.complaint = local.complaint;
    elements.faq = local.faq;
    if let Some(body) = &mut elements.body {
        body.department = local.department;
    }
    edit(ctx, Edit { item: id, revision, effective_from: from, effective_to: old.effective_to, elements }).await
}

/// Everything that still stands between a draft and its publication, in field order.
///
/// # Errors
/// As authorisation says.
pub async fn preview(ctx: &Ctx, id: ItemId) -> Result<Vec<Issue>> {
    let item = item(ctx, id).await?;
    ctx.require(&[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher], &scope(&item)).await?;
    let draft = drafts::of_item(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let upper = upper(ctx, &item, draft.effective_from.unwrap_or(ctx.today())).await?;
    match check(ctx, &item, &draft.elements, upper.as_ref()).await {
        Ok(()) => Ok(Vec::new()),
        Err(Error::Refused(refusal)) => Ok(refusal.0),
        Err(other) => Err(other),
    }
}
