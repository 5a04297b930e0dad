//! Indicators (P3-10, form EVAL-1).

use kernel::{Day, RegionCode, Text};
use platform::{Ctx, Result, Scope};

use super::{Level, READERS};
use crate::limits::{Limit, Limits};
use crate::store::months::{self, Counts, Handled};

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: i64,
    /// The whole.
    pub whole: i64,
}

impl Share {
    /// Tenths of a percent, rounded half up; there is a whole.
    fn tenths(self) -> i64 {
        (self.part * 2000 + self.whole) / (2 * self.whole)
    }

    /// What stands beside it where units stand: percent, with both counts.
    pub fn unit(self) -> Text {
        Text::new(format!("%（{}/{}）", self.part, self.whole), format!("% ({}/{})", self.part, self.whole))
    }

    /// In percent with one decimal, as programs read it; none where there is no whole.
    pub fn percent(self) -> Option<f64> {
        (self.whole > 0).then(|| self.tenths() as f64 / 10.0)
    }

    /// In percent with one decimal, rounded half up: `99.5 %`; a dash where there is no whole.
    ///
    /// ```
    /// use interaction::ratings::Share;
    /// assert_eq!(Share { part: 398, whole: 400 }.text(), "99.5 %");
    /// assert_eq!(Share { part: 400, whole: 1000 }.text(), "40 %");
    /// assert_eq!(Share { part: 0, whole: 0 }.text(), "—");
    /// assert_eq!(Share { part: 398, whole: 400 }.percent(), Some(99.5));
    /// ```
    pub fn text(self) -> String {
        if self.whole <= 0 {
            return "—".to_owned();
        }
        let tenths = self.tenths();
        if tenths % 10 == 0 { format!("{} %", tenths / 10) } else { format!("{}.{} %", tenths / 10, tenths % 10) }
    }
}

/// The figures of a region or an office and a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Matters finished.
    pub finished: i64,
    /// Ratings that count.
    pub rated: i64,
    /// How many of each level, the best first.
    pub levels: [i64; 5],
    /// Matters without a rating that count as fairly satisfied, where the region says so.
    pub assumed: i64,
    /// Anonymous ratings, and how many of them are bad.
    pub anonymous: (i64, i64),
    /// Bad ratings that are followed up.
    pub bad: i64,
    /// Of these closed.
    pub closed: i64,
    /// Of these contacted in time.
    pub contacted_in_time: i64,
    /// Of these put right or explained.
    pub fixed: i64,
    /// Of these in time.
    pub fixed_in_time: i64,
    /// Of these called back.
    pub called_back: i64,
}

impl Figures {
    pub(super) fn new(finished: i64, counts: Counts, handled: Handled, anonymous: (i64, i64), unrated: Option<Level>) -> Figures {
        Figures {
            finished,
            rated: counts.rated,
            levels: [counts.level_1, counts.level_2, counts.level_3, counts.level_4, counts.level_5],
            assumed: unrated.map_or(0, |_| (finished - counts.rated - anonymous.0).max(0)),
            anonymous,
            bad: handled.bad,
            closed: handled.closed,
            contacted_in_time: handled.contacted_in_time,
            fixed: handled.fixed,
            fixed_in_time: handled.fixed_in_time,
            called_back: handled.called_back,
        }
    }

    /// 满意度: the first three levels of all that count.
    pub fn satisfaction(&self) -> Share {
        let part = self.levels[..3].iter().sum::<i64>() + self.assumed;
        Share { part, whole: self.levels.iter().sum::<i64>() + self.assumed }
    }

    /// 主动评价率: ratings of all that was finished; what is only assumed is nobody's rating.
    pub fn active(&self) -> Share {
        Share { part: self.rated, whole: self.finished }
    }

    /// 差评整改率.
    pub fn mended(&self) -> Share {
        Share { part: self.closed, whole: self.bad }
    }

    /// 按期联系率.
    pub fn contacted(&self) -> Share {
        Share { part: self.contacted_in_time, whole: self.bad }
    }

    /// 按期整改率.
    pub fn mended_in_time(&self) -> Share {
        Share { part: self.fixed_in_time, whole: self.fixed }
    }

    /// 回访率.
    pub fn called_back(&self) -> Share {
        Share { part: self.called_back, whole: self.bad }
    }
}

/// The figures of the matters that were finished in these days, of a region and all below it, of one office where one is given.
pub async fn figures(ctx: &Ctx, region: RegionCode, office: &str, from: Day, to: Day) -> Result<Figures> {
    ctx.require(&READERS, &Scope::region(region)).await?;
    let db = ctx.db();
    let unrated = i64::from(Limits::of(db, &region).await?.amount(Limit::RatingUnrated)?);
    Ok(Figures::new(
        months::finished(db, &region, office, from, to).await?,
        months::counts(db, &region, office, from, to).await?,
        months::handled(db, &region, office, from, to).await?,
        months::anonymous(db, &region, office, from, to).await?,
        // 满意 or better is never assumed, whatever the table says.
        Level::from_number(unrated).filter(|level| *level == Level::Fair),
    ))
}
