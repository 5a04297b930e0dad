//! P1-1 and P1-2: a promise is never later than the law, on whatever day somebody comes.

use kernel::{Day, Issue};

use crate::issues;
use crate::model::{Counts, Elements, Handling, Limit};

/// A limit of more units than this is a slip of the pen: it is later than anything, and nothing is counted.
const MOST_UNITS: u32 = 3_660;

/// P1-1, for every start day of the loaded calendars: the first day on which the promise is later.
pub(super) fn promise_over_law(elements: &Elements, calendar: &dyn Counts) -> Option<Issue> {
    let (start, promised, legal) = first_later(&elements.promise, &elements.legal_limit, calendar)?;
    Some(issues::promise_over_law(start, promised, legal))
}

/// P1-2.
pub(super) fn handling(elements: &Elements) -> Option<Issue> {
    (!elements.promise.is_immediate() && elements.handling == Handling::Immediate).then(issues::handling_not_promised)
}

/// The first start day on which `limit` ends after `bound`, with both last days.
///
/// Comparing the days, not the figures, is what makes working days and natural days comparable: a long holiday can make
/// a promise late that is in time for the rest of the year.
pub(super) fn first_later(limit: &Limit, bound: &Limit, calendar: &dyn Counts) -> Option<(Day, Day, Day)> {
    if limit.is_immediate() || (limit.unit == bound.unit && limit.value <= bound.value) {
        return None;
    }
    let (first, last) = calendar.starts();
    if limit.value > MOST_UNITS {
        return Some((first, Day::MAX, first));
    }
    if bound.value > MOST_UNITS {
        return None;
    }
    let ends = calendar.last_days(first, last, limit).zip(calendar.last_days(first, last, bound));
    let (start, (ours, theirs)) = (0..).zip(ends).find(|(_, (ours, theirs))| ours > theirs)?;
    Some((first.plus_days(start), ours, theirs))
}
