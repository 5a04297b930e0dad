//! The nightly run at 00:05: writes down the lights that changed and issues the cards that became due.
//!
//! It reads open cases in batches by key and writes at most [`ROWS`] rows a transaction. It decides nothing: begun again after it broke
//! off, or missed for days, it issues the same cards with the day on which each became due.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kernel::{Calendar, Day, Instant, RegionCode};
use platform::{Ctx, OrgId, Result, StaffId, calendars};

use super::raise::{self, Ready};
use super::store::{self, LightChange, OpenCase};
use super::thresholds::Cache;
use super::{Clock, Colour, Finding, Light, NewCard, Rule, Workdays, findings, light};
use crate::clock::General;
use crate::{CaseId, Phase};

/// Cases read at once.
const BATCH: i64 = 2000;
/// Rows written in one transaction.
pub(super) const ROWS: usize = 200;
/// Minute of the day at which the run begins.
const BEGINS: u16 = 5;
/// Refusals of so many days are looked at for a missing reason: a run that was missed makes it up.
const REFUSALS_DAYS: i64 = 30;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ran {
    /// Open cases looked at.
    pub cases: u64,
    /// Lights that changed.
    pub lights: u64,
    /// Cards issued.
    pub cards: u64,
}

/// The run of the day, once it is time and unless it was finished.
pub(super) async fn when_due(ctx: &Ctx) -> Result<()> {
    if ctx.now().minute_of_day() < BEGINS || store::finished(ctx.db(), ctx.today()).await? {
        return Ok(());
    }
    let ran = run(ctx).await?;
    tracing::info!(supervision.cases = ran.cases, supervision.lights = ran.lights, supervision.cards = ran.cards, "the nightly supervision run is finished");
    Ok(())
}

/// One run as of the context's day.
pub async fn run(ctx: &Ctx) -> Result<Ran> {
    ctx.require_role(&[])?;
    let today = ctx.today();
    let workdays = Workdays::around(calendars::current(ctx.db()).await?, today);
    let mut cache = Cache::default();
    let mut ran = Ran::default();
    let mut after: Vec<u8> = Vec::new();
    begin(ctx, today).await?;
    // First what moved on: a case accepted because nobody told has the card of its notice once.
    ran.cards += overruns(ctx, &workdays, &mut cache).await?;
    loop {
        let batch = store::open_cases(ctx.db(), &after, BATCH).await?;
        let (Some(first), Some(last)) = (batch.first(), batch.last()) else { break };
        let span = (first.id, last.id);
        after = last.id.to_vec();
        ran.cases += batch.len() as u64;
        let (changes, cards) = judge(ctx, &batch, span, &workdays, &mut cache).await?;
        ran.lights += changes.len() as u64;
        write_lights(ctx, changes).await?;
        ran.cards += write_cards(ctx, cards).await?;
    }
    forget_closed(ctx).await?;
    ran.cards += refusals(ctx, &workdays, &mut cache).await?;
    ran.cards += packets(ctx, &workdays, &mut cache).await?;
    finish(ctx, today, ran).await?;
    Ok(ran)
}

/// What one batch asks for: lights that differ from the stored ones, and cards that are not there yet.
async fn judge(ctx: &Ctx, batch: &[OpenCase], span: (CaseId, CaseId), workdays: &Workdays, cache: &mut Cache) -> Result<(Vec<LightChange>, Vec<Ready>)> {
    let mut stood: HashMap<CaseId, Vec<(Day, Day)>> = HashMap::new();
    for (case, from, until) in store::suspensions(ctx.db(), span.0, span.1).await? {
        stood.entry(case).or_default().push((from, until));
    }
    let known = Known::between(ctx, span).await?;
    let (mut changes, mut cards) = (Vec::new(), Vec::new());
    for case in batch {
        let thresholds = cache.of(ctx, case.region).await?;
        let clock = clock_of(case, stood.remove(&case.id).unwrap_or_default(), workdays.calendar());
        let now = light(&clock, thresholds, workdays, ctx.today());
        let due = clock.promise_due.or(clock.step_due);
        if now != case.light() || (now != Light::Green && case.light_due != due) {
            changes.push(LightChange { case: case.id, light: now, due });
        }
        for finding in findings(&clock, thresholds, workdays, ctx.today()) {
            let subject = Subject::of(case);
            if !subject.has_card(&known, &finding, clock.silent_after.is_some()) {
                cards.push(Ready::new(ctx, subject.card(&finding), thresholds.answer_workdays, workdays));
            }
        }
    }
    Ok((changes, cards))
}

/// The clock of a row.
pub(super) fn clock_of(case: &OpenCase, stood: Vec<(Day, Day)>, calendar: &Calendar) -> Clock {
    let silent_after = case.accepted_on.filter(|_| case.auto_accepted).map(|received| last_day_to_tell(received, calendar));
    let told = case.corrected_on.zip(case.received_on.map(|received| last_day_to_tell(received, calendar)));
    Clock {
        phase: Phase::from_code(&case.phase),
        accepted_on: case.accepted_on,
        silent_after,
        told,
        promise_due: case.promise_due,
        legal_due: case.legal_due,
        step_due: case.step_due,
        notice_due: case.notice_due,
        stood,
    }
}

/// The last day on which corrections may be told, for papers that arrived on a day.
fn last_day_to_tell(received: Day, calendar: &Calendar) -> Day {
    General::carried().notice.limit.period().map_or(received, |period| calendar.due(received, period).day)
}

/// A case about which a card speaks.
struct Subject<'a> {
    case: CaseId,
    case_no: &'a str,
    item_code: &'a str,
    region: RegionCode,
    org: OrgId,
    holder: Option<StaffId>,
}

impl<'a> Subject<'a> {
    fn of(case: &'a OpenCase) -> Self {
        Self { case: case.id, case_no: &case.case_no, item_code: &case.item_code, region: case.region, org: case.org, holder: case.holder }
    }

    fn cause(&self, finding: &Finding) -> String {
        format!("{}:{}", self.case, finding.due)
    }

    /// Whether the card is there. What happens to a case once at most has one card, from whichever moment its end was counted: the receipt
    /// after closing time counts from the next day, and the head keeps the moment alone.
    fn has_card(&self, known: &Known, finding: &Finding, silent: bool) -> bool {
        let once = finding.rule == Rule::ToldLate || (finding.rule == Rule::NotAccepted && silent);
        match once {
            true => known.once.contains(&(finding.rule, self.case.to_string())),
            false => known.cards.contains(&(finding.rule, finding.colour, self.cause(finding))),
        }
    }

    fn card(&self, finding: &Finding) -> NewCard {
        NewCard {
            rule: finding.rule,
            colour: finding.colour,
            cause: self.cause(finding),
            case: Some(self.case),
            subject: self.case_no.to_owned(),
            region: self.region,
            org: self.org,
            item_code: self.item_code.to_owned(),
            clerk: self.holder,
            effective_on: finding.effective_on,
            due: Some(finding.due),
            over: finding.over,
            words: format!("{}：期限{}，已超{}个工作日", finding.rule.name().zh, finding.due.zh(), finding.over),
        }
    }
}

/// The cards that there are of some cases.
struct Known {
    /// By rule, colour and cause.
    cards: HashSet<(Rule, Colour, String)>,
    /// By rule and case.
    once: HashSet<(Rule, String)>,
}

impl Known {
    async fn between(ctx: &Ctx, (first, last): (CaseId, CaseId)) -> Result<Self> {
        let (mut cards, mut once) = (HashSet::new(), HashSet::new());
        for (rule, colour, cause) in store::known(ctx.db(), first, last).await? {
            if let Some((rule, colour)) = Rule::from_code(&rule).zip(Colour::from_code(&colour)) {
                once.insert((rule, cause.split(':').next().unwrap_or_default().to_owned()));
                cards.insert((rule, colour, cause));
            }
        }
        Ok(Self { cards, once })
    }
}

/// Limits that were over when their case moved on, each looked at once, as of the day on which it did.
async fn overruns(ctx: &Ctx, workdays: &Workdays, cache: &mut Cache) -> Result<u64> {
    let mut written = 0;
    loop {
        let batch = store::overruns(ctx.db(), BATCH).await?;
        let (Some((first, ..)), Some((last, ..))) = (batch.first(), batch.last()) else { return Ok(written) };
        let known = Known::between(ctx, (first.case, last.case)).await?;
        let mut cards = Vec::new();
        for (overrun, case_no, item_code) in &batch {
            let thresholds = cache.of(ctx, overrun.region).await?;
            let subject = Subject { case: overrun.case, case_no, item_code, region: overrun.region, org: overrun.org, holder: overrun.holder };
            for finding in findings(&overrun.clock(), thresholds, workdays, overrun.left_on) {
                if !subject.has_card(&known, &finding, false) {
                    cards.push(Ready::new(ctx, subject.card(&finding), thresholds.answer_workdays, workdays));
                }
            }
        }
        written += write_cards(ctx, cards).await?;
        let seen: Arc<Vec<_>> = Arc::new(batch.iter().map(|(overrun, ..)| (overrun.case, overrun.seq)).collect());
        for part in seen.chunks(ROWS) {
            let part = Arc::new(part.to_vec());
            ctx.db()
                .write(|tx| {
                    let part = part.clone();
                    async move { store::judged(&tx, &part).await }
                })
                .await?;
        }
    }
}

async fn begin(ctx: &Ctx, day: Day) -> Result<()> {
    let now = ctx.now();
    ctx.db().write(|tx| async move { store::begin(&tx, day, now).await }).await
}

async fn finish(ctx: &Ctx, day: Day, ran: Ran) -> Result<()> {
    let now: Instant = ctx.platform().clock().now();
    ctx.db().write(|tx| async move { store::finish(&tx, day, now, ran).await }).await
}

async fn write_lights(ctx: &Ctx, changes: Vec<LightChange>) -> Result<()> {
    let today = ctx.today();
    for part in changes.chunks(ROWS) {
        let part = Arc::new(part.to_vec());
        ctx.db()
            .write(|tx| {
                let part = part.clone();
                async move { store::write_lights(&tx, &part, today).await }
            })
            .await?;
    }
    Ok(())
}

/// A card is three rows: itself, its trail, its delivery.
async fn write_cards(ctx: &Ctx, cards: Vec<Ready>) -> Result<u64> {
    let mut written = 0;
    for part in cards.chunks(ROWS / 3) {
        let part = Arc::new(part.to_vec());
        written += ctx
            .db()
            .write(|tx| {
                let (ctx, part) = (ctx.clone(), part.clone());
                async move { raise::write(&tx, &ctx, &part).await }
            })
            .await?;
    }
    Ok(written)
}

/// Lights of cases that are over.
async fn forget_closed(ctx: &Ctx) -> Result<()> {
    loop {
        let gone = ctx.db().write(|tx| async move { store::forget_closed(&tx).await }).await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

/// Refusals that tell neither reason nor remedies.
async fn refusals(ctx: &Ctx, workdays: &Workdays, cache: &mut Cache) -> Result<u64> {
    let since = ctx.now().plus_days(-REFUSALS_DAYS);
    let mut cards = Vec::new();
    for case in store::refused_without_reason(ctx.db(), since).await? {
        let days = cache.of(ctx, case.region).await?.answer_workdays;
        let card = NewCard {
            rule: Rule::NoReason,
            colour: Colour::Red,
            cause: case.id.to_string(),
            case: Some(case.id),
            subject: case.case_no,
            region: case.region,
            org: case.org,
            item_code: case.item_code,
            clerk: case.holder,
            effective_on: ctx.today(),
            due: None,
            over: 0,
            words: "不予决定未说明理由、未告知救济途径".to_owned(),
        };
        cards.push(Ready::new(ctx, card, days, workdays));
    }
    write_cards(ctx, cards).await
}

/// Packets between two places that one of them was late with.
async fn packets(ctx: &Ctx, workdays: &Workdays, cache: &mut Cache) -> Result<u64> {
    let mut cards = Vec::new();
    for card in crate::cross::cards(ctx, workdays).await? {
        let days = cache.of(ctx, card.region).await?.answer_workdays;
        cards.push(Ready::new(ctx, card, days, workdays));
    }
    write_cards(ctx, cards).await
}

impl From<Ran> for (i64, i64, i64) {
    fn from(ran: Ran) -> Self {
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        (count(ran.cases), count(ran.lights), count(ran.cards))
    }
}

