//! Lists of cards and of cases by their light, and one card with all that was said.

use std::collections::BTreeMap;

use kernel::{Day, Instant, RegionCode, Text};
use platform::{Ctx, Error, OrgId, Result, Role, Scope, calendars, regions};

use super::thresholds::Cache;
use super::{Card, CardId, Colour, Light, Note, Rule, Workdays, light, run, store};

/// Who watches: the supervision and the heads.
pub(super) const WATCH: &[Role] = &[Role::Supervisor, Role::Head];
/// Rows a page.
pub(super) const PAGE: usize = 50;
/// Cases looked through for one page of yellow lights.
const LOOKED_THROUGH: usize = 2000;

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
}

/// A case in a list by light.
#[derive(Debug, Clone)]
pub struct CaseLine {
    /// The case.
    pub id: crate::CaseId,
    /// Its number.
    pub case_no: String,
    /// Name of the organisation.
    pub org_name: Text,
    /// Code of its phase.
    pub phase: String,
    /// Last day of the promise.
    pub due: Day,
    /// Working days left; negative when over.
    pub left: i64,
    /// The light.
    pub light: Light,
    /// Key of the row, to go on after it.
    pub key: String,
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

fn name_of(names: &BTreeMap<OrgId, Text>, org: OrgId) -> Text {
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
            let card = row.card(ctx.today())?;
            Ok(CardLine { org_name: name_of(&names, card.content.org), card })
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
    let card = store::card(ctx.db(), id, ctx.today()).await?.ok_or(Error::NotFound)?;
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
    Ok((CardLine { org_name: name_of(&names, card.content.org), card }, store::notes(ctx.db(), id).await?, delivered))
}

/// One page of open cases that are warned or over, those due first at the top; with the key to go on after, if there are more.
/// The lights are counted now, whether or not the nightly run took place.
pub async fn late_cases(ctx: &Ctx, only: Option<Light>, org: Option<OrgId>, after: &str) -> Result<(Vec<CaseLine>, Option<String>)> {
    ctx.require_role(WATCH)?;
    let roots = ctx.regions_of(WATCH);
    let today = ctx.today();
    let workdays = Workdays::around(calendars::current(ctx.db()).await?, today);
    let names = org_names(ctx).await?;
    // Nobody is warned of what is due beyond this day: a light turns at the latest when the shown share of the longest limit is left.
    let until = if only == Some(Light::Late) { today.plus_days(-1) } else { today.plus_years(1) };
    let mut key = read_key(after);
    if only == Some(Light::Yellow) && key.0 < today.to_string() {
        key = (today.plus_days(-1).to_string(), vec![0xFF; 16]);
    }
    let (mut cache, mut found, mut looked) = (Cache::default(), Vec::new(), 0);
    loop {
        let batch = store::by_promise(ctx.db(), &roots, org, until, (&key.0, &key.1), 200).await?;
        let Some(last) = batch.last() else { return Ok((found, None)) };
        key = (last.promise_due.map(|due| due.to_string()).unwrap_or_default(), last.id.to_vec());
        looked += batch.len();
        let mut stood: BTreeMap<crate::CaseId, Vec<(Day, Day)>> = BTreeMap::new();
        let ids = || batch.iter().map(|case| case.id);
        if let (Some(first), Some(last)) = (ids().min(), ids().max()) {
            for (case, from, until) in store::suspensions(ctx.db(), first, last).await? {
                stood.entry(case).or_default().push((from, until));
            }
        }
        for case in &batch {
            let Some(due) = case.promise_due else { continue };
            let clock = run::clock_of(case, stood.remove(&case.id).unwrap_or_default(), workdays.calendar());
            let light = light(&clock, cache.of(ctx, case.region).await?, &workdays, today);
            if light == Light::Green || only.is_some_and(|only| only != light) {
                continue;
            }
            let row_key = format!("{due}~{}", case.id);
            found.push(CaseLine {
                id: case.id,
                case_no: case.case_no.clone(),
                org_name: name_of(&names, case.org),
                phase: case.phase.clone(),
                due,
                left: workdays.between(today, due),
                light,
                key: row_key.clone(),
            });
            if found.len() == PAGE {
                return Ok((found, Some(row_key)));
            }
        }
        if looked >= LOOKED_THROUGH {
            let id = crate::CaseId::try_from(key.1).map_err(Error::internal)?;
            return Ok((found, Some(format!("{}~{id}", key.0))));
        }
    }
}

/// The last day and id of the row after which a page begins; anything unreadable begins at the top.
fn read_key(after: &str) -> (String, Vec<u8>) {
    let parsed = after.split_once('~').and_then(|(due, id)| Some((due.parse::<Day>().ok()?, id.parse::<crate::CaseId>().ok()?)));
    parsed.map_or_else(|| (String::new(), Vec::new()), |(due, id)| (due.to_string(), id.to_vec()))
}
