//! What is wrong with a form: the summary at the top of the page and the message above a field.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{Issue, Lang, Severity};
use leptos::prelude::*;

use super::form::id_of;
use crate::{Values, tr};

/// The legend of the group that a field stands in.
#[derive(Clone, Default)]
pub(crate) struct Legend(pub(crate) String);

/// What a field is called, and the legend of its group.
struct Name {
    label: String,
    legend: String,
}

/// What the fields of the page that is being rendered are called, of those with which something is wrong.
#[derive(Clone, Default)]
pub(crate) struct Labels(Arc<Mutex<BTreeMap<String, Name>>>);

impl Labels {
    fn note(&self, field: &str, label: &str) {
        let bare = |words: &str| words.trim_end_matches(['？', '?', '。', '.']).to_owned();
        let legend = use_context::<Legend>().unwrap_or_default();
        let name = Name { label: bare(label), legend: bare(&legend.0) };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(field.to_owned(), name);
    }

    /// The label; with the legend before it where another field has the same label, as with two people.
    fn of(&self, field: &str) -> Option<String> {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Name { label, legend } = names.get(field)?;
        let twice = names.values().filter(|name| name.label == *label).count() > 1;
        Some(if twice && !legend.is_empty() { format!("{legend} · {label}") } else { label.clone() })
    }
}

/// Where the summary goes. It is written when every field of the page stands there: only then are their names and their order known.
const PLACE: &str = "<template id=\"summary\"></template>";

/// Keeps the summary's place, if something is wrong.
pub(crate) fn place(values: &Values) -> Option<AnyView> {
    (!values.issues().is_empty()).then(|| view! { <template id="summary"></template> }.into_any())
}

/// The page with the summary in its place.
pub(crate) fn fill(lang: Lang, values: &Values, page: String) -> String {
    if values.issues().is_empty() {
        return page;
    }
    debug_assert!(page.contains(PLACE), "the frame keeps the summary's place");
    let summary = error_summary(lang, values, &page).to_html();
    page.replacen(PLACE, &summary, 1)
}

/// The summary at the top: takes the focus, links to each field and calls it by its name (`E-P1102`), in the order of the fields in the
/// page. What is said of the whole comes first, what is said of a field that is not there last.
fn error_summary(lang: Lang, values: &Values, page: &str) -> AnyView {
    let mut issues: Vec<&Issue> = values.issues().iter().collect();
    issues.sort_by_cached_key(|issue| issue.field.as_ref().map(|field| page.find(&format!(" id=\"{field}\"")).unwrap_or(usize::MAX)));
    let (class, title) = if values.has_errors() {
        ("summary", tr(lang, "请先改正下面几处", "Please put these right first"))
    } else {
        ("summary warn", tr(lang, "请留意", "Please note"))
    };
    let items: Vec<_> = issues.into_iter().map(|issue| item(lang, issue)).collect();
    view! {
        <div class=class role="alert" id="summary" tabindex="-1" autofocus="" aria-labelledby="summary-title" data-code="E-P1102">
            <h2 id="summary-title">{title}</h2>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
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
    Some(view! { <p class="errors" id=format!("{}-error", id_of(name))>{messages}</p> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, Fieldset, Form, Page, Shell};

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

    #[test]
    fn p11_4_of_two_fields_with_one_label_the_summary_says_whose_they_are() {
        let wrong = |field: &'static str| Issue::error("E", "请填写此项", "needed").field(field);
        let values = Values::new().with_issues([wrong("a_birth"), wrong("b_birth"), wrong("day")]);
        let html = crate::render(&Shell::sample(Lang::Zh), Page::public("x").values(&values), move || {
            view! {
                <Form action="/x" values>
                    <Fieldset legend="一方"><Field name="a_birth" label="出生日期"/></Fieldset>
                    <Fieldset legend="另一方"><Field name="b_birth" label="出生日期"/></Fieldset>
                    <Fieldset legend="登记"><Field name="day" label="日期"/></Fieldset>
                </Form>
            }
        });
        for part in [">一方 · 出生日期：", ">另一方 · 出生日期：", ">日期：请填写此项"] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn p11_4_the_summary_lists_what_is_wrong_in_the_order_of_the_fields() {
        let found = ["phone", "nowhere", "name", "", "id_no"];
        let issues = found.map(|field| {
            let wrong = Issue::error("E", format!("错{field}"), "wrong");
            if field.is_empty() { wrong } else { wrong.field(field) }
        });
        let values = Values::new().with_issues(issues);
        let html = crate::render(&Shell::sample(Lang::Zh), Page::public("x").values(&values), move || {
            // A part that is made late, as many are, is a field of its place all the same.
            view! { <Form action="/x" values>{move || view! { <Field name="name" label="姓名"/> }}<Field name="id_no" label="号码"/><Field name="phone" label="手机"/></Form> }
        });
        let (_, summary) = html.split_once("id=\"summary\"").expect("a summary");
        let (summary, _) = summary.split_once("</ul>").expect("its end");
        let places = ["<li>错", "#name", "#id_no", "#phone", "#nowhere"].map(|part| summary.find(part).unwrap_or_else(|| panic!("{part} is not in {summary}")));
        assert!(places.is_sorted(), "{summary}");
        assert!(summary.contains("姓名：错name") && !html.contains("<template"), "{html}");
    }
}
