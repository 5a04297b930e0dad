//! P1-9 and P1-10: nothing is asked for that a body can look up, and nothing that nobody can name.

use kernel::{Issue, Text};

use crate::issues;
use crate::model::{Elements, Necessity};

/// Wordings that leave open what is asked for (P1-10).
const CATCH_ALL: [&str; 8] = ["其他材料", "其他相关材料", "相关材料", "其它材料", "其他资料", "相关资料", "其他文件", "等材料"];

pub(super) fn shared_but_required(elements: &Elements) -> Vec<Issue> {
    elements
        .materials
        .iter()
        .enumerate()
        .filter(|(_, material)| material.shared_by.is_some() && material.necessity == Necessity::Required)
        .map(|(place, material)| issues::shared_but_required(&material.name, format!("materials.{place}.necessity")))
        .collect()
}

pub(super) fn catch_all(elements: &Elements) -> Vec<Issue> {
    let conditions = elements.conditions.iter().enumerate().map(|(place, text)| (format!("conditions.{place}"), text));
    let names = elements.materials.iter().enumerate().map(|(place, material)| (format!("materials.{place}.name"), &material.name));
    conditions.chain(names).filter_map(|(field, text)| Some(issues::catch_all(word_in(text)?, field))).collect()
}

fn word_in(text: &Text) -> Option<&'static str> {
    let plain: String = text.zh.chars().filter(|c| !c.is_whitespace()).collect();
    CATCH_ALL.into_iter().filter(|word| plain.contains(word)).max_by_key(|word| word.len())
}
