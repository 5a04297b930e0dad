//! Figures as a reader may see them: small ones are hidden from whoever does not belong to the office.

use interaction::ratings::Share;

use crate::model::{Measure, Sums};

/// A row of figures as it is shown; `None` is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    values: [Option<i64>; crate::model::COUNT],
    rated: Option<i64>,
}

impl Shown {
    /// All of it.
    pub fn whole(sums: &Sums) -> Self {
        Self { values: sums.0.map(Some), rated: Some(sums.rated()) }
    }

    /// One of the figures; `None` where it is hidden.
    pub fn get(&self, measure: Measure) -> Option<i64> {
        self.values[measure as usize]
    }

    /// Ratings that count.
    pub fn rated(&self) -> Option<i64> {
        self.rated
    }

    fn share(part: Option<i64>, whole: Option<i64>) -> Option<Share> {
        Some(Share { part: part?, whole: whole? })
    }

    /// 按时办结率.
    pub fn on_time(&self) -> Option<Share> {
        Self::share(self.get(Measure::OnTime), self.get(Measure::Finished))
    }

    /// 预审退回率: of what came in.
    pub fn returned(&self) -> Option<Share> {
        Self::share(self.get(Measure::Returned), self.get(Measure::Received))
    }

    /// 补正率: of what came in.
    pub fn corrected(&self) -> Option<Share> {
        Self::share(self.get(Measure::Corrected), self.get(Measure::Received))
    }

    /// 主动评价率.
    pub fn active(&self) -> Option<Share> {
        Self::share(self.rated, self.get(Measure::Finished))
    }

    /// 满意度: the three better levels of all ratings.
    pub fn satisfaction(&self) -> Option<Share> {
        let better: Option<i64> = Measure::LEVELS[..3].iter().map(|level| self.get(*level)).sum();
        Self::share(better, self.rated)
    }

    /// Use of the promised time: working days used of those promised, in cases with a promise.
    pub fn mean(&self, days: Measure, cases: Measure) -> Option<Mean> {
        Some(Mean { days: self.get(days)?, cases: self.get(cases)? })
    }
}

/// A mean of working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// The sum.
    pub days: i64,
    /// Of how many.
    pub cases: i64,
}

impl Mean {
    /// To a tenth, rounded half up: `3.5`; a dash of nothing.
    pub fn text(self) -> String {
        if self.cases <= 0 {
            return "—".to_owned();
        }
        let tenths = (self.days * 20 + self.cases) / (2 * self.cases);
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Hides what is too small in rows that stand under each other, so that no hidden figure can be reckoned from the sum above them.
pub fn suppress(rows: &[Sums], smallest: i64) -> Vec<Shown> {
    let mut shown: Vec<Shown> = rows.iter().map(Shown::whole).collect();
    for (at, measure) in Measure::ALL.iter().enumerate().filter(|(_, measure)| basis(**measure).is_none()) {
        let column: Vec<i64> = rows.iter().map(|row| row.get(*measure)).collect();
        for (row, hidden) in hidden(&column, smallest).into_iter().enumerate() {
            if hidden {
                shown[row].values[at] = None;
            }
        }
    }
    let rated: Vec<i64> = rows.iter().map(Sums::rated).collect();
    for (row, hidden) in hidden(&rated, smallest).into_iter().enumerate() {
        if hidden {
            shown[row].rated = None;
        }
    }
    for (row, sums) in shown.iter_mut().zip(rows) {
        for (at, measure) in Measure::ALL.iter().enumerate() {
            if let Some(basis) = basis(*measure)
                && row.get(basis).is_none()
            {
                row.values[at] = None;
            }
        }
        // Nearly all on time tells how few were late.
        if (1..smallest).contains(&(sums.get(Measure::Finished) - sums.get(Measure::OnTime))) {
            row.values[Measure::OnTime as usize] = None;
        }
        // One hidden level is what the others leave of the sum.
        if row.rated.is_some() && Measure::LEVELS.iter().filter(|level| row.get(**level).is_none()).count() == 1 {
            row.rated = None;
        }
    }
    shown
}

/// What a sum of days is the sum over.
fn basis(measure: Measure) -> Option<Measure> {
    match measure {
        Measure::UsedDays | Measure::OnTime => Some(Measure::Finished),
        Measure::PromiseDays => Some(Measure::Promised),
        Measure::LegalDays => Some(Measure::Limited),
        _ => None,
    }
}

/// Which figures of a column are hidden: those from 1 to below the smallest, and where that is a single one, the next larger too.
pub(crate) fn hidden(column: &[i64], smallest: i64) -> Vec<bool> {
    let mut hidden: Vec<bool> = column.iter().map(|n| (1..smallest).contains(n)).collect();
    if hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let next = (0..column.len()).filter(|at| !hidden[*at] && column[*at] > 0).min_by_key(|at| column[*at]);
        if let Some(at) = next {
            hidden[at] = true;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(finished: i64, on_time: i64) -> Sums {
        let mut sums = Sums::default();
        sums.add(Measure::Finished, finished);
        sums.add(Measure::OnTime, on_time);
        sums.add(Measure::UsedDays, finished * 3);
        sums
    }

    #[test]
    fn a_small_figure_cannot_be_reckoned_from_the_others() {
        let shown = suppress(&[row(3, 3), row(9, 9), row(40, 39), row(0, 0)], 5);
        let finished: Vec<_> = shown.iter().map(|row| row.get(Measure::Finished)).collect();
        assert_eq!(finished, [None, None, Some(40), Some(0)]);
        assert_eq!(shown[0].on_time(), None);
        assert_eq!(shown[1].mean(Measure::UsedDays, Measure::Finished), None);
        assert_eq!(shown[2].on_time(), None, "one late of forty would be told by the share");
    }

    #[test]
    fn p3_10_a_thousand_finished_four_hundred_rated_two_bad() {
        let mut sums = row(1000, 1000);
        sums.add(Measure::Level1, 398);
        sums.add(Measure::Level5, 2);
        let shown = Shown::whole(&sums);
        assert_eq!(shown.satisfaction().expect("shown").text(), "99.5 %");
        assert_eq!(shown.active().expect("shown").text(), "40 %");
        assert_eq!(shown.mean(Measure::UsedDays, Measure::Finished).expect("shown").text(), "3.0");
    }

    proptest! {
        #[test]
        fn never_is_a_single_figure_hidden_among_others(column in proptest::collection::vec(0i64..30, 1..12)) {
            let hidden = hidden(&column, 5);
            for (n, hidden) in column.iter().zip(&hidden) {
                prop_assert!(*hidden || *n == 0 || *n >= 5);
            }
            let (count, filled) = (hidden.iter().filter(|hidden| **hidden).count(), column.iter().filter(|n| **n > 0).count());
            prop_assert!(count != 1 || filled == 1);
        }
    }
}
