//! P1-3, P1-4, P1-5: who has to come is told why; who need not has another way in.

use kernel::Issue;

use crate::fields::is_blank;
use crate::issues;
use crate::model::{Channel, Elements, OnlineGrade};

pub(super) fn check(elements: &Elements) -> Vec<Issue> {
    let mut found = Vec::new();
    let visits = &elements.visits;
    let reason = serde_json::to_value(&visits.reason).unwrap_or_default();
    if visits.count > 0 && is_blank(&reason) {
        found.push(issues::visits_without_reason());
    }
    if visits.count == 0 && !elements.online.available && !elements.channels.contains(&Channel::Courier) {
        found.push(issues::no_way_in());
    }
    if elements.online.grade == OnlineGrade::Four && visits.count > 0 {
        found.push(issues::online_with_visits());
    }
    found
}
