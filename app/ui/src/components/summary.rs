//! What is wrong with a form: the summary at the top of the page and the message above a field.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{Issue, Lang, Severity};
use leptos::prelude::*;

use crate::{Values, tr};

/// What the fields of the page that is being rendered are called, of those with which something is wrong.
#[derive(Clone, Default)]
pub(crate) struct Labels(Arc<Mutex<BTreeMap<String, String>>>);

impl Labels {
    fn note(&self, field: &str, label: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(field.to_owned(), label.trim_end_matches(['？', '?', '。', '.']).to_owned());
    }

    fn of(&self, field: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(field).cloned()
    }
}

/// The summary at the top: takes the focus, links to each field and calls it by its name (`E-P1102`). Nothing if nothing is wrong.
/// The fields must have been rendered before.
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
            <div class=class role="alert" id="summary" tabindex="-1" autofocus="" aria-labelledby="summary-title" data-code="E-P1102">
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
        Some(field) => view! { <li><a href=format!("#{field}")>{named(lang, &field, text)}</a>{why}</li> }.into_any(),
        None => view! { <li>{text}{why}</li> }.into_any(),
    }
}

/// The reason after the field's name, unless it says the name itself.
fn named(lang: Lang, field: &str, reason: String) -> String {
    match use_context::<Labels>().and_then(|labels| labels.of(field)) {
        Some(label) if !label.is_empty() && !reason.to_lowercase().contains(&label.to_lowercase()) => lang.pick(format!("{label}：{reason}"), format!("{label}: {reason}")),
        _ => reason,
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

/// The messages above a field, with the id that `aria-describedby` names. `label` is what the summary calls the field.
pub(crate) fn field_errors(lang: Lang, name: &str, label: &str, values: &Values) -> Option<AnyView> {
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
    if messages.is_empty() {
        return None;
    }
    if let Some(labels) = use_context::<Labels>() {
        labels.note(name, label);
    }
    Some(view! { <p class="errors" id=format!("{name}-error")>{messages}</p> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, Form, Page, Shell};

    fn page(lang: Lang, label: &'static str) -> String {
        let wrong = Issue::error("C-E01", "应为18位", "has 18 characters").field("id_no").rule("C-01");
        let values = Values::new().with("id_no", "1234").with_issues([wrong]);
        crate::render(&Shell::sample(lang), Page::public("x").values(&values), move || {
            view! { <Form action="/x" values><Field name="id_no" label/></Form> }
        })
    }

    #[test]
    fn p11_4_the_summary_takes_the_focus_and_names_and_links_each_field() {
        let html = page(Lang::Zh, "身份证号码");
        let summary = html.find("id=\"summary\"").expect("a summary");
        assert!(summary < html.find("<form class=\"form \"").or(html.find("id=\"id_no\"")).expect("the field"), "at the top");
        for part in ["role=\"alert\"", "autofocus", "tabindex=\"-1\"", "href=\"#id_no\"", "身份证号码：应为18位", "aria-invalid=\"true\"", "aria-describedby=\"id_no-error\"", "id=\"id_no-error\"", "value=\"1234\""] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(page(Lang::En, "Your number?").contains("Your number: has 18 characters"));
        assert!(page(Lang::Zh, "18位").contains(">应为18位"), "what names its field is not named twice");
    }
}
