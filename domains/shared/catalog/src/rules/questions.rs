//! Questions that people ask: each has an address of its own, so its key is one and of a shape that can stand there.

use std::collections::BTreeSet;

use kernel::Issue;

use crate::issues;
use crate::model::Elements;

/// Most characters of a key.
const KEY: usize = 40;

/// Keys that are no part of an address, or stand twice. Questions of versions from before there were keys have none.
pub(super) fn keys(elements: &Elements) -> Vec<Issue> {
    let mut seen = BTreeSet::new();
    let given = elements.faq.iter().enumerate().filter(|(_, faq)| !faq.key.is_empty());
    given
        .filter_map(|(place, faq)| {
            let fits = faq.key.len() <= KEY && faq.key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            (!fits || !seen.insert(&faq.key)).then(|| issues::question_key(place))
        })
        .collect()
}
