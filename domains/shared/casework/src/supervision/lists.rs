//! Lists of cards, and one card with all that was said.

use std::collections::{BTreeMap, HashMap};

use kernel::{Day, Instant, RegionCode, Text};
use platform::{Ctx, Error, OrgId, Result, Role, Scope, regions};

use super::{Card, CardId, Colour, Note, Rule, store};

/// Who watches: the supervision and the heads.
pub(super) const WATCH: &[Role] = &[Role::Supervisor, Role::Head];
/// Rows a page.
pub(super) const PAGE: usize = 50;

/// What a list of cards is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardFilter {
    /// One region with everything below it.
    pub region: Option<RegionCode>,
    /// One organisation.
    pub org: Option<OrgId>,
    /// One rule.
    pub rule: Option<Rule>,
    /// One colour.
    pub colour: Option<Colour>,
    /// `open`, `late`, `answered`, `cancelled`; all if anything else.
    pub standing: String,
    /// Issued on this day or later.
    pub from: Option<Day>,
    /// Issued on this day or earlier.
    pub to: Option<Day>,
    /// Older than this card: the next page.
    pub before: Option<CardId>,
}

/// A card in a list.
#[derive(Debug, Clone)]
pub struct CardLine {
    /// The card.
    pub card: Card,
    /// Name of the organisation.
    pub org_name: Text,
    /// Whether its case has its page at the desk of all cases; others have it at the counter of their service.
    pub engine: bool,
}

/// A card on the page of its case.
#[derive(Debug, Clone)]
pub struct CaseCard {
    /// The card.
    pub card: Card,
    /// Whether the reader may open it.
    pub may_open: bool,
}

/// To whom a card was delivered.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// Name.
    pub name: String,
    /// clerk, head, supervisor.
    pub as_role: String,
    /// When.
    pub at: Instant,
    /// When it was opened.
    pub read_at: Option<Instant>,
}

/// Names of the organisations of this instance.
pub(super) async fn org_names(ctx: &Ctx) -> Result<BTreeMap<OrgId, Text>> {
    Ok(regions::organisations(ctx.db(), &ctx.settings().region).await?.into_iter().map(|org| (org.id, org.name)).collect())
}

pub(super) fn name_of(names: &BTreeMap<OrgId, Text>, org: OrgId) -> Text {
    names.get(&org).cloned().unwrap_or_else(|| Text::new("—", "—"))
}

/// One page of cards in the regions that the actor watches, the newest first, and whether there are more.
pub async fn cards(ctx: &Ctx, filter: &CardFilter) -> Result<(Vec<CardLine>, bool)> {
    ctx.require_role(WATCH)?;
    let roots = ctx.regions_of(WATCH);
    let rows = store::cards(ctx.db(), &roots, filter, ctx.today(), PAGE as i64 + 1).await?;
    lines(ctx, rows).await
}

/// One page of the cards delivered to the actor, the newest first, and whether there are more.
pub async fn mine(ctx: &Ctx, before: Option<CardId>) -> Result<(Vec<CardLine>, bool)> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?.id;
    let rows = store::delivered_to(ctx.db(), staff, before, PAGE as i64 + 1).await?;
    lines(ctx, rows).await
}

async fn lines(ctx: &Ctx, mut rows: Vec<store::CardRow>) -> Result<(Vec<CardLine>, bool)> {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let names = org_names(ctx).await?;
    let lines = rows
        .into_iter()
        .map(|row| {
            let engine = row.engine;
            let card = row.card(ctx.today())?;
            Ok(CardLine { org_name: name_of(&names, card.content.org), card, engine })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok((lines, more))
}

/// Lets those pass who watch where the card is.
pub(super) async fn may_read(ctx: &Ctx, card: &Card) -> Result<()> {
    let scope = Scope::region(card.content.region).org(card.content.org).item(card.content.item_code.clone());
    ctx.require(WATCH, &scope).await
}

/// One card with what was said and to whom it went. Whoever it was delivered to has read it from now on.
pub async fn open(ctx: &Ctx, id: CardId) -> Result<(CardLine, Vec<Note>, Vec<Delivered>)> {
    let row = store::row(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let engine = row.engine;
    let card = row.card(ctx.today())?;
    let staff = ctx.actor().staff().map(|staff| staff.id);
    let own = match staff {
        Some(staff) => store::delivered_as(ctx.db(), id, staff).await?.map(|_| staff),
        None => None,
    };
    match own {
        Some(staff) => {
            let now = ctx.now();
            ctx.db().write(|tx| async move { store::read(&tx, id, staff, now).await }).await?;
        }
        None => may_read(ctx, &card).await?,
    }
    let names = org_names(ctx).await?;
    let delivered = store::deliveries(ctx.db(), id)
        .await?
        .into_iter()
        .map(|row| Delivered { read_at: row.read(), name: row.name, as_role: row.as_role, at: row.delivered_at })
        .collect();
    Ok((CardLine { org_name: name_of(&names, card.content.org), card, engine }, store::notes(ctx.db(), id).await?, delivered))
}

/// The cards of a case, the newest first. For callers that have authorised the case; each says whether the reader may open it, too.
pub async fn of_case(ctx: &Ctx, case: crate::CaseId) -> Result<Vec<CaseCard>> {
    let rows = store::of_case(ctx.db(), case).await?;
    let Some(staff) = ctx.actor().staff().filter(|_| !rows.is_empty()) else { return Ok(Vec::new()) };
    let own = store::delivered_of_case(ctx.db(), case, staff.id).await?;
    let mut watched: HashMap<(RegionCode, OrgId), bool> = HashMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let card = row.card(ctx.today())?;
        let place = (card.content.region, card.content.org);
        let watches = match watched.get(&place) {
            Some(watches) => *watches,
            None => {
                let watches = may_read(ctx, &card).await.is_ok();
                watched.insert(place, watches);
                watches
            }
        };
        found.push(CaseCard { may_open: watches || own.contains(&card.id), card });
    }
    Ok(found)
}

/// Times that did not count, of these cases: from a day, counted again from a day.
pub(crate) async fn stood(ctx: &Ctx, cases: &[crate::CaseId]) -> Result<HashMap<crate::CaseId, Vec<(Day, Day)>>> {
    store::stood(ctx.db(), cases).await
}
