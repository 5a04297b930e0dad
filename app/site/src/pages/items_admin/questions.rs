//! The questions of an item in its form: one group of fields each, and empty ones to add more.

use catalog::model::{Faq, FormStep};
use kernel::{Issue, Issues, Lang, Text};
use leptos::prelude::*;
use ui::{Checkboxes, Choice, Field, Fieldset, Hidden, TextArea, Values, Width, tr};

/// Questions that one form takes.
const MOST: usize = 40;
/// Empty groups after those that are there.
const EMPTY: usize = 2;

fn field(n: usize, name: &str) -> String {
    format!("faq.{n}.{name}")
}

/// How many groups a form has.
fn count(values: &Values) -> usize {
    values.get("faq.count").parse().unwrap_or(EMPTY).clamp(EMPTY, MOST)
}

/// The groups of fields. To be called inside the form.
pub(super) fn groups(lang: Lang, values: &Values) -> AnyView {
    let groups: Vec<_> = (0..count(values)).map(|n| group(lang, n)).collect();
    view! {
        <Hidden name="faq.count" value=count(values).to_string()/>
        <h2>{tr(lang, "常见问题", "Questions people ask")}</h2>
        <p class="hint">{tr(lang, "中文问题留空的不保存；要删去一个问题，清空它的中文问题。", "A group without a question in Chinese is not kept: to take a question away, empty it.")}</p>
        {groups}
    }
    .into_any()
}

fn group(lang: Lang, n: usize) -> AnyView {
    let steps: Vec<_> = FormStep::ALL.iter().map(|step| Choice::new(step.code(), step.name().get(lang))).collect();
    view! {
        <Fieldset legend=format!("{} {}", tr(lang, "问题", "Question"), n + 1)>
            <Field name=field(n, "key") label=tr(lang, "编号", "Key") hint=tr(lang, "小写字母、数字和连字符，是网址的一部分，不要再改。", "Lower-case letters, figures, hyphens; part of the address, so do not change it later.")/>
            <Field name=field(n, "q.zh") label=tr(lang, "问题（中文）", "Question (Chinese)") width=Width::Full/>
            <Field name=field(n, "q.en") label=tr(lang, "问题（英文）", "Question (English)") width=Width::Full/>
            <TextArea name=field(n, "a.zh") rows=3 label=tr(lang, "回答（中文）", "Answer (Chinese)")/>
            <TextArea name=field(n, "a.en") rows=3 label=tr(lang, "回答（英文）", "Answer (English)")/>
            <Field name=field(n, "basis.zh") label=tr(lang, "依据（中文，选填）", "Legal basis (Chinese, optional)") width=Width::Full/>
            <Field name=field(n, "basis.en") label=tr(lang, "依据（英文，选填）", "Legal basis (English, optional)") width=Width::Full/>
            <Checkboxes name=field(n, "steps") legend=tr(lang, "在哪些步骤旁边显示", "Beside which steps it is shown") options=steps/>
        </Fieldset>
    }
    .into_any()
}

/// The form as a draft has it.
pub(super) fn known(mut values: Values, faq: &[Faq]) -> Values {
    values = values.with("faq.count", (faq.len() + EMPTY).min(MOST));
    for (n, one) in faq.iter().enumerate() {
        values = values.with(&field(n, "key"), &one.key);
        for (name, text) in [("q", Some(&one.q)), ("a", Some(&one.a)), ("basis", one.basis.as_ref())] {
            if let Some(text) = text {
                values = values.with(&field(n, &format!("{name}.zh")), &text.zh).with(&field(n, &format!("{name}.en")), &text.en);
            }
        }
        for step in &one.steps {
            values = values.also(&field(n, "steps"), step.code());
        }
    }
    values
}

/// What the form says. A question needs both languages and an answer.
pub(super) fn read(values: &Values, issues: &mut Issues) -> Vec<Faq> {
    let asked = (0..count(values)).filter(|n| !values.get(&field(*n, "q.zh")).is_empty());
    asked
        .map(|n| {
            let text = |name: &str| {
                let part = |lang: &str| kernel::text::lines(values.raw(&field(n, &format!("{name}.{lang}"))));
                Text::new(part("zh"), part("en"))
            };
            let steps = values.all(&field(n, "steps")).iter().filter_map(|code| FormStep::from_code(code)).collect();
            let basis = Some(text("basis")).filter(|basis| !basis.zh.is_empty() || !basis.en.is_empty());
            let faq = Faq { key: values.get(&field(n, "key")).to_owned(), q: text("q"), a: text("a"), basis, steps };
            for (name, text) in [("q", Some(&faq.q)), ("a", Some(&faq.a)), ("basis", faq.basis.as_ref())] {
                for (lang, part) in text.into_iter().flat_map(|text| [("zh", &text.zh), ("en", &text.en)]) {
                    if part.is_empty() {
                        let issue = Issue::error("E-P111", "请用两种语言填写", "Fill in both languages").rule("P1-11");
                        issues.add(issue.field(field(n, &format!("{name}.{lang}"))));
                    }
                }
            }
            faq
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_draft_has_comes_back_from_its_form_and_an_empty_group_is_no_question() {
        let faq = catalog::testing::sample_guide("marriage.registration").item.version.elements.faq;
        let values = known(Values::new(), &faq);
        let mut issues = Issues::default();
        assert_eq!(read(&values, &mut issues), faq);
        issues.finish().expect("nothing wrong");
    }

    #[test]
    fn a_question_in_one_language_says_so_at_the_field() {
        let values = Values::new().with("faq.count", 3).with("faq.1.q.zh", "要预约吗？").with("faq.1.a.zh", "不用。");
        let mut issues = Issues::default();
        read(&values, &mut issues);
        let refused = issues.finish().expect_err("two fields");
        let fields: Vec<_> = refused.0.iter().filter_map(|issue| issue.field.as_deref()).collect();
        assert_eq!(fields, ["faq.1.q.en", "faq.1.a.en"]);
    }
}
