//! How an organisation stands: what the public reads of it, also as of a past moment, and what bars it from something.

use std::collections::BTreeMap;

use kernel::{Day, Instant};
use platform::Result;
use ::store::{Db, Target};

use super::model::{AnnualResult, Fact, FactId, FactKind, Level, List};
use super::rules::listing::counts_on;
use super::store;
use crate::OrganizationId;

/// The reason of an entry that has become a serious one by time.
pub(super) const TWO_YEARS: &str = "two_years";

/// What supervision says of an organisation in public, each list the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct PublicFacts {
    /// 年度工作报告结论
    pub annual: Vec<Fact>,
    /// 评估等级
    pub levels: Vec<Fact>,
    /// 公开募捐资格
    pub fundraising: Vec<Fact>,
    /// 行政处罚
    pub penalties: Vec<Fact>,
    /// 活动异常名录, 严重违法失信名单
    pub lists: Vec<Fact>,
}

impl PublicFacts {
    /// All of them with their kinds, in the order of a page.
    pub fn sections(&self) -> [(FactKind, &[Fact]); 5] {
        [
            (FactKind::Annual, &self.annual),
            (FactKind::Level, &self.levels),
            (FactKind::Fundraising, &self.fundraising),
            (FactKind::Penalty, &self.penalties),
            (FactKind::List, &self.lists),
        ]
    }
}

/// What the public reads of an organisation, or read at a past moment: what was entered and published by then, and not taken back by then.
///
/// # Errors
/// Those of the database.
pub async fn public_facts(db: &Db, id: OrganizationId, as_of: Option<Instant>) -> Result<PublicFacts> {
    let mut public = PublicFacts::default();
    for mut fact in store::facts::of(db, id).await? {
        let at = as_of.unwrap_or(Instant::from_micros(i64::MAX));
        if fact.published_at.is_none_or(|published| published > at) {
            continue;
        }
        match fact.ended_at {
            Some(ended) if ended <= at && fact.detail.void => continue,
            Some(ended) if ended > at => {
                // Nobody knew then that it would end.
                (fact.ended_at, fact.ended_on) = (None, None);
                fact.detail.ended.clear();
                fact.detail.void = false;
            }
            _ => {}
        }
        match fact.kind {
            FactKind::Annual => public.annual.push(fact),
            FactKind::Level => public.levels.push(fact),
            FactKind::Fundraising => public.fundraising.push(fact),
            FactKind::Penalty => public.penalties.push(fact),
            FactKind::List => public.lists.push(fact),
        }
    }
    Ok(public)
}

/// A penalty that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalised {
    /// When.
    pub on: Day,
    /// Codes of its kinds, separated by spaces.
    pub kinds: String,
}

/// A level that was published and not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// What it is.
    pub level: Level,
    /// From when.
    pub since: Day,
    /// Until when at most.
    pub until: Day,
    pub(super) fact: FactId,
}

/// What bars an organisation from something, or helps it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The list on which it stands, and since when, by the date: whether or not a job has run.
    pub list: Option<(List, Day)>,
    /// A penalty case is open that has been filed and not decided and served.
    pub investigated: bool,
    /// Penalties that stand, the newest first.
    pub penalties: Vec<Penalised>,
    /// Conclusions on its reports by year.
    pub annual: BTreeMap<i64, AnnualResult>,
    /// The last level, which may have run out.
    pub level: Option<Rated>,
    /// Whether it may raise funds in public.
    pub fundraising: bool,
}

impl Standing {
    /// The level that holds on a day.
    pub fn level_on(&self, day: Day) -> Option<Level> {
        self.level.as_ref().filter(|rated| rated.since <= day && day <= rated.until).map(|rated| rated.level)
    }

    /// What the facts say on a day, with whether a case is open.
    pub(super) fn of(facts: &[Fact], investigated: bool, today: Day) -> Self {
        let mut standing = Self { investigated, ..Self::default() };
        for fact in facts.iter().filter(|fact| fact.ended_at.is_none()) {
            match fact.kind {
                FactKind::List => {
                    let list = List::from_code(&fact.code).map(|list| counts_on(list, fact.effective_on, today));
                    // The graver list counts where there are two entries.
                    standing.list = standing.list.max(list);
                }
                FactKind::Penalty => standing.penalties.push(Penalised { on: fact.effective_on, kinds: fact.code.clone() }),
                FactKind::Annual => {
                    if let (Some(year), Some(result)) = (fact.detail.year, AnnualResult::from_code(&fact.code)) {
                        standing.annual.entry(year).or_insert(result);
                    }
                }
                FactKind::Level if standing.level.is_none() => {
                    let until = fact.until_on.unwrap_or(Day::MAX);
                    standing.level = Level::from_code(&fact.code).map(|level| Rated { level, since: fact.effective_on, until, fact: fact.id });
                }
                FactKind::Level => {}
                FactKind::Fundraising => standing.fundraising = true,
            }
        }
        standing
    }
}

/// How an organisation stands on a day.
///
/// # Errors
/// Those of the database.
pub async fn standing(db: &Db, id: OrganizationId, today: Day) -> Result<Standing> {
    let facts = store::facts::of(Target::from(db), id).await?;
    Ok(Standing::of(&facts, store::proceedings::investigated(db, id).await?, today))
}
