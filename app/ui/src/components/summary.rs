//! What is wrong with a form: the summary at the top of the page and the message above a field.

use crate::{Values, tr};
use kernel::{Issue, Lang, Severity};
use leptos::prelude::*;

/// The summary at the top: takes the focus, links to each field. Nothing if nothing is wrong.
pub(crate) fn error_summary(lang: Lang, values: &Values) -> Option<AnyView> {
    if values.issues().is_empty() {
        return None;
    }
    let (class, title) = if values.has_errors() {
        ("summary", tr(lang, "请先改正下面几处", "Please put these right first"))
    } else {
        ("summary warn", tr(lang, "请留意", "Please note"))
    };
    let items: Vec<_> = values.issues().iter().map(|issue| item(lang, issue)).collect();
    Some(
        view! {
            <div class=class role="alert" id="summary" tabindex="-1" autofocus="" aria-labelledby="summary-title">
                <h2 id="summary-title">{title}</h2>
                <ul>{items}</ul>
            </div>
        }
        .into_any(),
    )
}

fn item(lang: Lang, issue: &Issue) -> AnyView {
    let text = issue.message.get(lang).to_owned();
    let why = why(lang, issue);
    match issue.field.clone() {
        Some(field) => view! { <li><a href=format!("#{field}")>{text}</a>{why}</li> }.into_any(),
        None => view! { <li>{text}{why}</li> }.into_any(),
    }
}

/// Rule and article, on demand.
fn why(lang: Lang, issue: &Issue) -> Option<AnyView> {
    let mut basis: Vec<String> = issue.legal_basis.iter().map(ToString::to_string).collect();
    if basis.is_empty() {
        return None;
    }
    basis.extend(issue.rule_id.iter().map(ToString::to_string));
    Some(
        view! {
            <details class="why"><summary>{tr(lang, "依据", "Why")}</summary><span>{basis.join(" · ")}</span></details>
        }
        .into_any(),
    )
}

/// The messages above a field, with the id that `aria-describedby` names.
pub(crate) fn field_errors(lang: Lang, id: &str, name: &str, values: &Values) -> Option<AnyView> {
    let messages: Vec<_> = values
        .issues_of(name)
        .map(|issue| {
            let class = if issue.severity == Severity::Error { "error" } else { "error warn" };
            view! {
                <span class=class>
                    <span class="visually-hidden">{tr(lang, "问题：", "Problem: ")}</span>{issue.message.get(lang).to_owned()}
                </span>
            }
        })
        .collect();
    (!messages.is_empty()).then(|| view! { <p class="errors" id=format!("{id}-error")>{messages}</p> }.into_any())
}
