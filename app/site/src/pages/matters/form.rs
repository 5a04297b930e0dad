//! The form of a matter as its declaration says it: questions, sections, fields of every kind, and the answers in words.
//!
//! It stands between a declaration and any page that asks: online, or at a counter. A field is named by its key, so that an issue finds it;
//! what a page sends along beside the fields begins with an underscore. Conditions are judged on the server: [`section`] shows what is asked
//! with the answers so far, and after each sending [`opened`] tells whether these have opened another field.
//!
//! # A page that asks, to copy
//! ```ignore
//! let asked = form::asked_of(&case_type, "shop", &answers);                 // the section and its fields, if it is asked
//! let values = form::values(&case_type, &answers);                          // stored answers, as a person writes them
//! view! { <Form action values>{form::section(lang, &section, &fields, &Known { held, regions, change })}</Form> }
//! // and when it comes back:
//! let answers = form::merged(&case_type, &fields, &before, sent.values(), &held);   // as typed, for `casework::ops::save`
//! ```

use std::collections::BTreeSet;

use casework::form::{as_typed, written};
use casework::{Answers, CaseType, Choice as Declared, Field as Asked, FieldKind, Held, Prefill, Question, Section};
use kernel::{Day, Fen, Lang, mask};
use leptos::prelude::*;
use ui::{Choice, Fact, Facts, Field, Kind, Notice, Radios, Select, TextArea, Tone, Values, Width, tr, url};

/// Choices up to this number are shown all at once, more in a list.
const FEW: usize = 7;

/// What is known beside the declaration when a form is shown.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Answers that are here already: shown with source and date, and not asked for.
    pub held: Vec<Held>,
    /// Keys of those that the person wants to give anew.
    pub change: BTreeSet<String>,
    /// Address of this page, to which `change` is added by a link; empty where nothing that is held may be given anew.
    pub here: String,
    /// Codes and names of the regions that a field may name.
    pub regions: Vec<(String, String)>,
}

impl Known {
    /// The held answer that stands in place of a field: unless the person gives it anew, has given another, or gave one that is wrong.
    fn stands<'k>(&'k self, field: &Asked, values: &Values) -> Option<&'k Held> {
        let held = stands(field, &self.held, values.get(&field.key))?;
        (!self.change.contains(&field.key) && values.issues_of(&field.key).next().is_none()).then_some(held)
    }
}

fn stands<'k>(field: &Asked, held: &'k [Held], typed: &str) -> Option<&'k Held> {
    let held = held.iter().find(|held| held.key == field.key)?;
    (typed.is_empty() || typed == written(&field.kind, &held.value)).then_some(held)
}

/// The section with this key and the fields that are asked in it with these answers; nothing if it is not asked.
pub fn asked_of<'t>(case_type: &'t CaseType, key: &str, answers: &Answers) -> Option<(&'t Section, Vec<&'t Asked>)> {
    casework::form::asked(case_type, answers).into_iter().find(|(section, _)| section.key == key)
}

/// Stored answers as a person writes them, as the values of a form.
pub fn values(case_type: &CaseType, answers: &Answers) -> Values {
    as_typed(case_type, answers).into_iter().fold(Values::new(), |values, (key, value)| values.with(&key, value))
}

/// All answers as typed, once `fields` have come back: what was typed, else what is held, and every other answer as it was before.
pub fn merged(case_type: &CaseType, fields: &[&Asked], before: &Answers, sent: &Values, held: &[Held]) -> Answers {
    let mut answers = as_typed(case_type, before);
    for field in fields {
        answers.remove(&field.key);
        let shown = sent.pairs().any(|(name, _)| name == field.key);
        let answer = match stands(field, held, "") {
            Some(held) if !shown => written(&field.kind, &held.value),
            _ => sent.raw(&field.key).to_owned(),
        };
        if !answer.trim().is_empty() {
            answers.insert(field.key.clone(), answer);
        }
    }
    answers
}

/// The fields that a register of the service fills in.
fn registered(case_type: &CaseType) -> impl Iterator<Item = &Asked> {
    case_type.sections.iter().flat_map(|section| &section.fields).filter(|field| field.prefill == Some(Prefill::Register))
}

/// Whether a register of the service fills in any field.
pub fn has_register(case_type: &CaseType) -> bool {
    registered(case_type).next().is_some()
}

/// Answers that only said what was held follow it: what the register says of one organisation is not carried over to another. What was typed by
/// hand stays.
pub fn follow(case_type: &CaseType, answers: &mut Answers, before: &[Held], now: &[Held]) {
    for field in registered(case_type) {
        let said = |held: &[Held]| held.iter().find(|held| held.key == field.key).map(|held| written(&field.kind, &held.value));
        let (was, is) = (said(before), said(now));
        if was.is_some() && was != is && answers.get(&field.key) == was.as_ref() {
            answers.remove(&field.key);
            answers.extend(is.map(|value| (field.key.clone(), value)));
        }
    }
}

/// All answers as typed, once the questions have come back.
pub fn answered(case_type: &CaseType, before: &Answers, sent: &Values) -> Answers {
    let mut answers = as_typed(case_type, before);
    for question in &case_type.questions {
        answers.insert(question.key.clone(), sent.get(&question.key).to_owned());
    }
    answers.retain(|_, value| !value.is_empty());
    answers
}

/// Whether the answers have opened a field of a section that was not among those shown.
pub fn opened(case_type: &CaseType, key: &str, shown: &[&Asked], answers: &Answers) -> bool {
    let now = asked_of(case_type, key, answers).map(|(_, fields)| fields).unwrap_or_default();
    now.iter().any(|field| !shown.iter().any(|before| before.key == field.key))
}

/// The questions that decide what else is asked.
pub fn questions(lang: Lang, questions: &[Question]) -> AnyView {
    let asked: Vec<_> = questions
        .iter()
        .map(|question| {
            view! { <Radios name=question.key.clone() legend=question.text.get(lang).to_owned() options=choices(lang, &question.choices)/> }
        })
        .collect();
    view! { {asked} }.into_any()
}

/// What to know before a section is filled in, what is known of it already, and the fields that are asked. To be made inside a form.
pub fn section(lang: Lang, section: &Section, fields: &[&Asked], known: &Known) -> AnyView {
    let values = use_context::<Values>().unwrap_or_default();
    let help = section.help.as_ref().map(|help| view! { <p>{help.get(lang).to_owned()}</p> });
    let (here, open): (Vec<&Asked>, Vec<&Asked>) = fields.iter().partition(|field| known.stands(field, &values).is_some());
    let facts: Vec<_> = here.iter().filter_map(|field| Some(held_fact(lang, field, known.stands(field, &values)?, known))).collect();
    let held = (!facts.is_empty()).then(|| {
        view! {
            <section class="known">
                <h2>{tr(lang, "已有的信息，不用再填", "Known already: nothing to fill in")}</h2>
                <Facts items=facts/>
            </section>
        }
    });
    let open: Vec<_> = open.into_iter().map(|field| one(lang, field, known)).collect();
    view! { {help}{held}{open} }.into_any()
}

fn held_fact(lang: Lang, field: &Asked, held: &Held, known: &Known) -> Fact {
    let source = match lang {
        Lang::Zh => format!("来自{}，{}", held.source.zh, held.on.zh()),
        Lang::En => format!("From {}, {}", held.source.en, held.on.en()),
    };
    // The applicant's own number is known to whoever may read this; it need not stand on the screen whole.
    let value = match field.kind {
        FieldKind::IdNumber => mask::id_number(&held.value),
        _ => shown(lang, field, &held.value, &known.regions),
    };
    let fact = Fact::view(field.label.get(lang).to_owned(), view! { {value}<span class="source">{source}</span> });
    let fixed = matches!(field.prefill, Some(Prefill::ApplicantName | Prefill::ApplicantNumber));
    if fixed || known.here.is_empty() { fact } else { fact.change(url::with(known.here.clone(), &[("change", &field.key)]), tr(lang, "更改", "Change")) }
}

fn one(lang: Lang, field: &Asked, known: &Known) -> AnyView {
    let (name, label) = (field.key.clone(), field.label.get(lang).to_owned());
    let hint = field.help.as_ref().map(|help| help.get(lang).to_owned()).unwrap_or_default();
    let optional = !field.required;
    let plain = |kind: Kind, width: Option<Width>, hint: String| {
        let (name, label) = (name.clone(), label.clone());
        match width {
            Some(width) => view! { <Field name label kind hint optional width=width autocomplete=autocomplete(field)/> }.into_any(),
            None => view! { <Field name label kind hint optional autocomplete=autocomplete(field)/> }.into_any(),
        }
    };
    match &field.kind {
        FieldKind::Text { max } if *max <= 20 => plain(Kind::Text, Some(Width::Medium), hint),
        FieldKind::Text { .. } => plain(Kind::Text, None, hint),
        FieldKind::LongText { .. } => view! { <TextArea name label hint optional/> }.into_any(),
        FieldKind::Number { min, max } => plain(Kind::Number, None, or_bounds(lang, hint, &min.to_string(), &max.to_string())),
        FieldKind::Money { .. } => plain(Kind::Amount, None, if hint.is_empty() { tr(lang, "单位：元，可以到分。", "In yuan, with two decimals at most.").to_owned() } else { hint }),
        FieldKind::Date => plain(Kind::Date, None, hint),
        FieldKind::Choice { choices: all } if all.len() <= FEW => view! { <Radios name legend=label hint options=choices(lang, all)/> }.into_any(),
        FieldKind::Choice { choices: all } => view! { <Select name label hint optional options=choices(lang, all) empty=tr(lang, "请选择", "Choose")/> }.into_any(),
        FieldKind::YesNo => view! { <Radios name legend=label hint inline=true options=yes_no(lang)/> }.into_any(),
        FieldKind::Name => plain(Kind::Text, Some(Width::Medium), hint),
        FieldKind::IdNumber | FieldKind::Uscc => plain(Kind::IdNumber, None, hint),
        FieldKind::Region => {
            let options = known.regions.iter().map(|(code, name)| Choice::new(code, name.clone())).collect();
            view! { <Select name label hint optional options empty=tr(lang, "请选择", "Choose")/> }.into_any()
        }
        FieldKind::Phone => plain(Kind::Tel, None, hint),
        FieldKind::Email => plain(Kind::Email, None, hint),
        FieldKind::Upload { .. } => {
            let later = tr(lang, "在“材料”一步提交。", "You send it in the step 'Papers'.");
            view! { <Notice tone=Tone::Plain title=label><p>{hint}{later}</p></Notice> }.into_any()
        }
    }
}

/// Auto-fill for what is the applicant's own; other people's data are not filled in by a browser.
fn autocomplete(field: &Asked) -> &'static str {
    match (&field.kind, &field.prefill) {
        (FieldKind::Name, Some(Prefill::ApplicantName)) => "name",
        (FieldKind::Phone, Some(Prefill::Phone)) => "tel",
        (FieldKind::Email, Some(Prefill::Email)) => "email",
        _ => "off",
    }
}

fn or_bounds(lang: Lang, hint: String, min: &str, max: &str) -> String {
    if !hint.is_empty() {
        return hint;
    }
    match lang {
        Lang::Zh => format!("{min}至{max}之间的整数"),
        Lang::En => format!("A whole number from {min} to {max}"),
    }
}

fn choices(lang: Lang, declared: &[Declared]) -> Vec<Choice> {
    declared.iter().map(|choice| Choice::new(&choice.code, choice.name.get(lang))).collect()
}

fn yes_no(lang: Lang) -> Vec<Choice> {
    vec![Choice::new("yes", tr(lang, "是", "Yes")), Choice::new("no", tr(lang, "否", "No"))]
}

/// A stored answer in words.
pub fn shown(lang: Lang, field: &Asked, answer: &str, regions: &[(String, String)]) -> String {
    let chosen = |all: &[Declared]| all.iter().find(|choice| choice.code == answer).map(|choice| choice.name.get(lang).to_owned());
    let words = match &field.kind {
        FieldKind::Choice { choices } => chosen(choices),
        FieldKind::YesNo => yes_no(lang).into_iter().find(|choice| choice.value == answer).map(|choice| choice.label),
        FieldKind::Money { .. } => answer.parse().ok().map(|fen| format!("{} {}", Fen(fen), tr(lang, "元", "yuan"))),
        FieldKind::Date => answer.parse::<Day>().ok().map(|day| day.text(lang)),
        FieldKind::Region => regions.iter().find(|(code, _)| code == answer).map(|(_, name)| name.clone()),
        FieldKind::IdNumber => Some(mask::id_number(answer)),
        FieldKind::Phone => Some(mask::phone(answer)),
        _ => None,
    };
    words.unwrap_or_else(|| answer.to_owned())
}

/// The answers of the questions in words; `change` gives the address at which they are asked.
pub fn question_facts(lang: Lang, case_type: &CaseType, answers: &Answers, change: Option<&str>) -> Vec<Fact> {
    let line = |question: &Question| {
        let answer = answers.get(&question.key);
        let chosen = answer.and_then(|answer| question.choices.iter().find(|choice| choice.code == *answer));
        let words = chosen.map_or_else(|| tr(lang, "未回答", "Not answered").to_owned(), |choice| choice.name.get(lang).to_owned());
        with_change(lang, Fact::new(question.text.get(lang), words), change)
    };
    case_type.questions.iter().map(line).collect()
}

/// The answers of a section in words; `change` gives the address at which it is asked.
pub fn section_facts(lang: Lang, fields: &[&Asked], answers: &Answers, regions: &[(String, String)], change: Option<&str>) -> Vec<Fact> {
    let line = |field: &&Asked| {
        let words = match answers.get(&field.key) {
            Some(answer) => shown(lang, field, answer, regions),
            None => tr(lang, "未填写", "Not given").to_owned(),
        };
        with_change(lang, Fact::new(field.label.get(lang), words), change)
    };
    fields.iter().filter(|field| !matches!(field.kind, FieldKind::Upload { .. })).map(line).collect()
}

fn with_change(lang: Lang, fact: Fact, change: Option<&str>) -> Fact {
    match change {
        Some(href) => fact.change(href, tr(lang, "更改", "Change")),
        None => fact,
    }
}

#[cfg(test)]
mod tests {
    use kernel::Text;

    use super::*;

    #[test]
    fn what_a_register_said_follows_the_code_and_what_was_typed_by_hand_stays() {
        let mut case_type = casework::testing::shop_sign();
        assert!(!has_register(&case_type));
        for field in case_type.sections.iter_mut().flat_map(|section| &mut section.fields).filter(|field| ["sign", "rent", "street"].contains(&field.key.as_str())) {
            field.prefill = Some(Prefill::Register);
        }
        assert!(has_register(&case_type));
        let held = |pairs: &[(&str, &str)]| -> Vec<Held> {
            let one = |(key, value): &(&str, &str)| Held { key: (*key).to_owned(), value: (*value).to_owned(), source: Text::default(), on: Day::ymd(2026, 7, 1) };
            pairs.iter().map(one).collect()
        };
        let typed = |pairs: &[(&str, &str)]| -> Answers { pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect() };
        let (one, other) = (held(&[("sign", "甲"), ("rent", "500000"), ("street", "一号")]), held(&[("sign", "乙"), ("rent", "900000")]));
        let mut answers = typed(&[("sign", "甲"), ("rent", "5,000.00"), ("street", "手写的"), ("phone", "甲")]);
        follow(&case_type, &mut answers, &one, &other);
        assert_eq!(answers, typed(&[("sign", "乙"), ("rent", "9,000.00"), ("street", "手写的"), ("phone", "甲")]));
        // Of one that the register does not know, or that he may not ask about, it says nothing.
        follow(&case_type, &mut answers, &other, &[]);
        assert_eq!(answers, typed(&[("street", "手写的"), ("phone", "甲")]));
    }
}
