//! The wall: figures by organisation, no personal data, counted now; and the cards of a period by rule (CASE-2).

use std::collections::{BTreeMap, HashMap};

use kernel::{Day, Instant, Text};
use platform::{Ctx, OrgId, Result, calendars};

use super::lists::{WATCH, org_names};
use super::{Clock, Colour, Light, Rule, Workdays, light, store, thresholds};

/// Figures of one organisation, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Open cases with a green light.
    pub green: i64,
    /// With a yellow light.
    pub yellow: i64,
    /// Over their promise.
    pub late: i64,
    /// Yellow cards this month that stand.
    pub yellow_cards: i64,
    /// Red cards this month that stand.
    pub red_cards: i64,
    /// Cards this month that nobody has answered or cancelled.
    pub unanswered: i64,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.green += other.green;
        self.yellow += other.yellow;
        self.late += other.late;
        self.yellow_cards += other.yellow_cards;
        self.red_cards += other.red_cards;
        self.unanswered += other.unanswered;
    }
}

/// One organisation on the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Which.
    pub org: OrgId,
    /// Its name.
    pub name: Text,
    /// Its figures.
    pub figures: Figures,
}

/// The wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wall {
    /// All together.
    pub all: Figures,
    /// By organisation, those with most that is overdue first.
    pub offices: Vec<Office>,
    /// When it was counted.
    pub at: Instant,
    /// When the last nightly run was finished.
    pub last_run: Option<Instant>,
}

/// Cards of a period by organisation and rule (CASE-2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// Which organisation.
    pub org: OrgId,
    /// Its name.
    pub name: Text,
    /// The rule.
    pub rule: Rule,
    /// Yellow cards issued.
    pub yellow: i64,
    /// Red cards issued.
    pub red: i64,
    /// Of both, cancelled with a reason.
    pub cancelled: i64,
}

/// Counts the regions that the actor watches.
pub async fn wall(ctx: &Ctx) -> Result<Wall> {
    ctx.require_role(WATCH)?;
    let roots = ctx.regions_of(WATCH);
    let today = ctx.today();
    let workdays = Workdays::around(calendars::current(ctx.db()).await?, today);
    let names = org_names(ctx).await?;
    let orgs: HashMap<OrgId, kernel::RegionCode> =
        platform::regions::organisations(ctx.db(), &ctx.settings().region).await?.into_iter().map(|org| (org.id, org.region)).collect();
    let mut stood: HashMap<crate::CaseId, Vec<(Day, Day)>> = HashMap::new();
    for (case, from, until) in store::all_suspensions(ctx.db()).await? {
        stood.entry(case).or_default().push((from, until));
    }
    let mut cache = thresholds::Cache::default();
    let mut figures: BTreeMap<OrgId, Figures> = BTreeMap::new();
    for group in store::alike(ctx.db(), &roots).await? {
        let clock = Clock {
            accepted_on: group.accepted_on(),
            promise_due: Some(group.promise_due),
            stood: group.alone()?.and_then(|case| stood.get(&case).cloned()).unwrap_or_default(),
            ..Clock::default()
        };
        let region = orgs.get(&group.org).copied().unwrap_or(ctx.settings().region);
        let of = figures.entry(group.org).or_default();
        match light(&clock, cache.of(ctx, region).await?, &workdays, today) {
            Light::Green => of.green += group.count,
            Light::Yellow => of.yellow += group.count,
            Light::Late => of.late += group.count,
        }
    }
    // A step that is over turns a green light yellow, and lights one where no promise runs yet.
    for group in store::steps_over(ctx.db(), &roots, today).await? {
        let clock = Clock {
            accepted_on: group.accepted_on(),
            promise_due: group.promise_due()?,
            stood: group.alone()?.and_then(|case| stood.get(&case).cloned()).unwrap_or_default(),
            ..Clock::default()
        };
        let region = orgs.get(&group.org).copied().unwrap_or(ctx.settings().region);
        let of = figures.entry(group.org).or_default();
        if light(&clock, cache.of(ctx, region).await?, &workdays, today) == Light::Green {
            of.yellow += group.count;
            of.green -= if clock.promise_due.is_some() { group.count } else { 0 };
        }
    }
    let (from, to) = (Instant::at(today.first_of_month(), 0), Instant::at(today.plus_days(1), 0));
    for sum in store::sums(ctx.db(), &roots, from, to).await? {
        let of = figures.entry(sum.org).or_default();
        let standing = sum.count - sum.cancelled;
        if sum.colour == Colour::Red.code() {
            of.red_cards += standing;
        } else {
            of.yellow_cards += standing;
        }
        of.unanswered += (standing - sum.answered).max(0);
    }
    let mut all = Figures::default();
    let mut offices: Vec<Office> = figures
        .into_iter()
        .map(|(org, figures)| {
            all.add(figures);
            Office { org, name: names.get(&org).cloned().unwrap_or_else(|| Text::new("—", "—")), figures }
        })
        .collect();
    offices.sort_by_key(|office| std::cmp::Reverse((office.figures.late, office.figures.red_cards, office.figures.yellow)));
    Ok(Wall { all, offices, at: ctx.now(), last_run: store::last_run(ctx.db()).await? })
}

/// Cards issued from one day to another, by organisation and rule.
pub async fn by_rule(ctx: &Ctx, from: Day, to: Day) -> Result<Vec<RuleRow>> {
    ctx.require_role(WATCH)?;
    let names = org_names(ctx).await?;
    let sums = store::sums(ctx.db(), &ctx.regions_of(WATCH), Instant::at(from, 0), Instant::at(to.plus_days(1), 0)).await?;
    let mut rows: BTreeMap<(OrgId, Rule), RuleRow> = BTreeMap::new();
    for sum in sums {
        let Some(rule) = Rule::from_code(&sum.rule) else { continue };
        let name = names.get(&sum.org).cloned().unwrap_or_else(|| Text::new("—", "—"));
        let row = rows.entry((sum.org, rule)).or_insert_with(|| RuleRow { org: sum.org, name, rule, yellow: 0, red: 0, cancelled: 0 });
        if sum.colour == Colour::Red.code() {
            row.red += sum.count;
        } else {
            row.yellow += sum.count;
        }
        row.cancelled += sum.cancelled;
    }
    Ok(rows.into_values().collect())
}
