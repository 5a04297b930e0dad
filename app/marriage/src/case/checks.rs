//! What each rule found and why it blocks, with rule and article on demand; and what was done so far.

use kernel::{Lang, Text};
use leptos::prelude::*;
use marriage::ops::CaseView;
use marriage::rules::{Finding, Outcome};
use marriage::states::{Action, StateKind};
use ui::{StatusTag, Tone, tr};

/// The checks of an open case; nothing once it is closed.
pub(crate) fn findings(lang: Lang, found: &[Finding]) -> Option<AnyView> {
    if found.is_empty() {
        return None;
    }
    let mut sorted = found.to_vec();
    sorted.sort_by_key(|finding| weight(finding.outcome));
    let open = sorted.iter().filter(|finding| finding.outcome != Outcome::Pass).count();
    let rows: Vec<_> = sorted.into_iter().map(|finding| row(lang, finding)).collect();
    let head = match (lang, open) {
        (Lang::Zh, 0) => "核对：全部通过".to_owned(),
        (Lang::Zh, n) => format!("核对：还有{n}项"),
        (Lang::En, 0) => "Checks: all passed".to_owned(),
        (Lang::En, n) => format!("Checks: {n} left"),
    };
    Some(view! { <h2>{head}</h2><ul class="findings">{rows}</ul> }.into_any())
}

fn weight(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail => 0,
        Outcome::Warn => 1,
        Outcome::NotAnswered => 2,
        Outcome::Open => 3,
        Outcome::Pass => 4,
    }
}

fn row(lang: Lang, finding: Finding) -> AnyView {
    let (tone, word) = match finding.outcome {
        Outcome::Pass => (Tone::Good, tr(lang, "通过", "passed")),
        Outcome::Fail => (Tone::Bad, tr(lang, "不符合", "not kept")),
        Outcome::Warn => (Tone::Mind, tr(lang, "待核实", "to be verified")),
        Outcome::Open => (Tone::Plain, tr(lang, "待办", "to do")),
        Outcome::NotAnswered => (Tone::Mind, tr(lang, "未答复", "no answer")),
    };
    let shown = !matches!(finding.outcome, Outcome::Pass | Outcome::Open);
    let blocks = finding.issue.as_ref().filter(|_| shown).map(|issue| {
        view! { <p class="finding-issue">{issue.message.get(lang).to_owned()}</p> }
    });
    let law = finding.issue.as_ref().and_then(|issue| issue.legal_basis.clone()).unwrap_or_default();
    let title = finding.title.get(lang).to_owned();
    let found = finding.found.get(lang).to_owned();
    view! {
        <li>
            <p class="finding-head"><StatusTag tone word/>" "<strong>{title}</strong></p>
            <p>{found}</p>
            {blocks}
            <details class="why"><summary>{tr(lang, "依据", "Why")}</summary><span>{finding.rule}" "{law}</span></details>
        </li>
    }
    .into_any()
}

/// What was done, newest last.
pub(super) fn log(lang: Lang, view: &CaseView) -> AnyView {
    let done = done(lang, &view.log, Action::name_of, |code| StateKind::from_code(code).map(StateKind::name));
    let checks: Vec<_> = view
        .checks
        .iter()
        .map(|check| {
            let result = check.result.as_ref().map(|result| result.get(lang).to_owned()).unwrap_or_default();
            view! { <li><span class="log-at">{ui::moment(lang, check.at)}</span>" "{stage(lang, &check.stage)}"："{result}</li> }
        })
        .collect();
    view! {
        {done}
        <details><summary>{tr(lang, "核对记录", "Checks that were run")}</summary><ol class="log">{checks}</ol></details>
    }
    .into_any()
}

/// The log of a case, newest last, in the words of its kind.
pub(crate) fn done(lang: Lang, log: &[casework::Action], verb: impl Fn(&str) -> Text, state: impl Fn(&str) -> Option<Text>) -> AnyView {
    let rows: Vec<_> = log
        .iter()
        .map(|line| {
            let verb = verb(&line.verb).get(lang).to_owned();
            let moved = (line.state_from != line.state_to).then(|| state(&line.state_to).map(|state| format!(" → {}", state.get(lang)))).flatten();
            let reason = (!line.reason.is_empty()).then(|| format!("：{}", line.reason));
            view! { <li><span class="log-at">{ui::moment(lang, line.at)}</span>" "{line.actor_name.clone()}" "{verb}{moved}{reason}</li> }
        })
        .collect();
    view! { <details><summary>{tr(lang, "办理记录", "What was done")}</summary><ol class="log">{rows}</ol></details> }.into_any()
}

fn stage(lang: Lang, code: &str) -> &'static str {
    match code {
        "accept" => tr(lang, "受理核对", "at acceptance"),
        "network" => tr(lang, "联网核对", "network check"),
        "register" => tr(lang, "登记核对", "at registration"),
        _ => tr(lang, "不予登记核对", "at refusal"),
    }
}
