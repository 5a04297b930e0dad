//! Open cases that are warned or over, counted now, whether or not the nightly run took place.

use std::collections::BTreeMap;

use kernel::{Calendar, Day, RegionCode, Text};
use platform::{Ctx, Error, OrgId, Result, calendars};

use super::lists::{PAGE, WATCH, name_of, org_names};
use super::rules::{promise_light, step_over};
use super::store::{self, OpenCase};
use super::thresholds::Cache;
use super::{Clock, Light, Workdays, run};

/// Cases looked through for one page of lights.
const LOOKED_THROUGH: usize = 2000;
/// Beginning of the keys of cases that stand in the list for a step that is over.
const STEP: &str = "step~";

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
    /// Last day of the promise, or of the step that is over.
    pub due: Day,
    /// Whether the light is that of a step, not of the promise.
    pub step: bool,
    /// Whether it has its page at the desk of all cases; others have it at the counter of their service.
    pub engine: bool,
    /// Working days left; negative when over.
    pub left: i64,
    /// The light.
    pub light: Light,
    /// Key of the row, to go on after it.
    pub key: String,
}

/// What a page is made with.
struct Looking<'c> {
    ctx: &'c Ctx,
    roots: Vec<RegionCode>,
    org: Option<OrgId>,
    only: Option<Light>,
    today: Day,
    workdays: Workdays,
    names: BTreeMap<OrgId, Text>,
    cache: Cache,
    found: Vec<CaseLine>,
    looked: usize,
}

/// One page of open cases that are warned or over; with the key to go on after, if there are more. Those of which a step is over come
/// first, then those with a promise, due first at the top.
pub async fn late_cases(ctx: &Ctx, only: Option<Light>, org: Option<OrgId>, after: &str) -> Result<(Vec<CaseLine>, Option<String>)> {
    ctx.require_role(WATCH)?;
    let today = ctx.today();
    let mut looking = Looking {
        ctx,
        roots: ctx.regions_of(WATCH),
        org,
        only,
        today,
        workdays: Workdays::around(calendars::current(ctx.db()).await?, today),
        names: org_names(ctx).await?,
        cache: Cache::default(),
        found: Vec::new(),
        looked: 0,
    };
    let step = after.strip_prefix(STEP);
    if only != Some(Light::Late)
        && (after.is_empty() || step.is_some())
        && let Some(key) = looking.steps(read_key(step.unwrap_or_default())).await?
    {
        return Ok((looking.found, Some(format!("{STEP}{key}"))));
    }
    let key = looking.promises(read_key(if step.is_some() { "" } else { after })).await?;
    Ok((looking.found, key))
}

impl Looking<'_> {
    /// Cases of which the office has missed the limit of a step, and that nothing else has put into the list.
    async fn steps(&mut self, mut key: (String, Vec<u8>)) -> Result<Option<String>> {
        loop {
            let batch = store::by_step(self.ctx.db(), &self.roots, self.org, self.today, (&key.0, &key.1), 200).await?;
            let Some(last) = batch.last() else { return Ok(None) };
            key = (last.step_due.map(|due| due.to_string()).unwrap_or_default(), last.id.to_vec());
            let clocks = self.clocks(&batch).await?;
            for (case, clock) in batch.iter().zip(clocks) {
                let of_promise = promise_light(&clock, self.cache.of(self.ctx, case.region).await?, &self.workdays, self.today);
                if let Some(due) = step_over(&clock, self.today).filter(|_| of_promise == Light::Green)
                    && let Some(key) = self.add(case, due, Light::Yellow, true)
                {
                    return Ok(Some(key));
                }
            }
            self.looked += batch.len();
            if self.looked >= LOOKED_THROUGH {
                return ended(key).map(Some);
            }
        }
    }

    /// Cases by the last day of their promise.
    async fn promises(&mut self, mut key: (String, Vec<u8>)) -> Result<Option<String>> {
        // Nobody is warned of what is due beyond this day: a light turns at the latest when the shown share of the longest limit is left.
        let until = if self.only == Some(Light::Late) { self.today.plus_days(-1) } else { self.today.plus_years(1) };
        if self.only == Some(Light::Yellow) && key.0 < self.today.to_string() {
            key = (self.today.plus_days(-1).to_string(), vec![0xFF; 16]);
        }
        loop {
            let batch = store::by_promise(self.ctx.db(), &self.roots, self.org, until, (&key.0, &key.1), 200).await?;
            let Some(last) = batch.last() else { return Ok(None) };
            key = (last.promise_due.map(|due| due.to_string()).unwrap_or_default(), last.id.to_vec());
            let clocks = self.clocks(&batch).await?;
            for (case, clock) in batch.iter().zip(clocks) {
                let Some(due) = case.promise_due else { continue };
                let light = promise_light(&clock, self.cache.of(self.ctx, case.region).await?, &self.workdays, self.today);
                if light != Light::Green
                    && self.only.is_none_or(|only| only == light)
                    && let Some(key) = self.add(case, due, light, false)
                {
                    return Ok(Some(key));
                }
            }
            self.looked += batch.len();
            if self.looked >= LOOKED_THROUGH {
                return ended(key).map(Some);
            }
        }
    }

    /// The clocks of a batch, in its order.
    async fn clocks(&self, batch: &[OpenCase]) -> Result<Vec<Clock>> {
        let ids: Vec<_> = batch.iter().map(|case| case.id).collect();
        let mut stood = store::stood(self.ctx.db(), &ids).await?;
        let calendar: &Calendar = self.workdays.calendar();
        Ok(batch.iter().map(|case| run::clock_of(case, stood.remove(&case.id).unwrap_or_default(), calendar)).collect())
    }

    /// Adds a line; its key if the page is full.
    fn add(&mut self, case: &OpenCase, due: Day, light: Light, step: bool) -> Option<String> {
        let key = format!("{due}~{}", case.id);
        self.found.push(CaseLine {
            id: case.id,
            case_no: case.case_no.clone(),
            org_name: name_of(&self.names, case.org),
            phase: case.phase.clone(),
            due,
            step,
            engine: case.engine,
            left: self.workdays.between(self.today, due),
            light,
            key: key.clone(),
        });
        (self.found.len() == PAGE).then_some(key)
    }
}

fn ended((due, id): (String, Vec<u8>)) -> Result<String> {
    let id = crate::CaseId::try_from(id).map_err(Error::internal)?;
    Ok(format!("{due}~{id}"))
}

/// The last day and id of the row after which a page begins; anything unreadable begins at the top.
fn read_key(after: &str) -> (String, Vec<u8>) {
    let parsed = after.split_once('~').and_then(|(due, id)| Some((due.parse::<Day>().ok()?, id.parse::<crate::CaseId>().ok()?)));
    parsed.map_or_else(|| (String::new(), Vec::new()), |(due, id)| (due.to_string(), id.to_vec()))
}
