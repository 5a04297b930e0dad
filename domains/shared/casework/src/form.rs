//! The form of a matter: what is asked, what an answer may be, which papers belong to it. Pure.

use catalog::model::{Elements, Material, Necessity};
use kernel::{Day, Email, IdNumber, Issue, Phone, RegionCode, Uscc, text};

use crate::issues;
use crate::model::{Answers, CaseType, Choice, Field, FieldKind, Section, When};

/// Whether all conditions hold.
pub fn holds(conditions: &[When], answers: &Answers) -> bool {
    conditions.iter().all(|when| answers.get(&when.answer).is_some_and(|answer| when.is.contains(answer)))
}

/// The sections that are asked with these answers, each with the fields that are.
pub fn asked<'t>(case_type: &'t CaseType, answers: &Answers) -> Vec<(&'t Section, Vec<&'t Field>)> {
    let sections = case_type.sections.iter().filter(|section| holds(&section.when, answers));
    sections.map(|section| (section, section.fields.iter().filter(|field| holds(&field.when, answers)).collect())).collect()
}

/// The item's materials that are asked for with these answers.
pub fn materials<'e>(case_type: &CaseType, elements: &'e Elements, answers: &Answers) -> Vec<&'e Material> {
    let asked = |material: &&Material| {
        let rule = case_type.materials.iter().find(|rule| rule.key == material.key);
        rule.is_none_or(|rule| holds(&rule.when, answers))
    };
    elements.materials.iter().filter(asked).collect()
}

/// Whether a paper has to be there before the case is accepted, unless it is promised.
pub fn is_required(material: &Material) -> bool {
    material.to_bring() && matches!(material.necessity, Necessity::Required | Necessity::Later)
}

/// The papers that are missing: asked for with these answers, not allowed to follow, and not here.
pub fn missing(case_type: &CaseType, elements: &Elements, answers: &Answers, here: impl Fn(&str) -> bool) -> Vec<Issue> {
    let may_follow = |material: &Material| elements.online.tolerance && material.necessity == Necessity::Later;
    let asked = materials(case_type, elements, answers).into_iter();
    let missing = asked.filter(|material| is_required(material) && !may_follow(material) && !here(&material.key));
    missing.map(|material| issues::material_missing(&material.key, &material.name)).collect()
}

/// An answer in its one form as a person writes it: amounts in yuan, everything else as it is.
pub fn written(kind: &FieldKind, value: &str) -> String {
    match (kind, value.parse::<i64>()) {
        (FieldKind::Money { .. }, Ok(fen)) => kernel::Fen(fen).to_string(),
        _ => value.to_owned(),
    }
}

/// Stored answers as a person writes them, to be shown for a change and sent again with it.
pub fn as_typed(case_type: &CaseType, answers: &Answers) -> Answers {
    let field = |key: &str| case_type.sections.iter().flat_map(|section| &section.fields).find(|field| field.key == key);
    let one = |(key, value): (&String, &String)| (key.clone(), field(key).map_or_else(|| value.clone(), |field| written(&field.kind, value)));
    answers.iter().map(one).collect()
}

/// Brings typed answers into their one form. What cannot be read stays as it was typed, to be shown again.
pub fn normalise(case_type: &CaseType, typed: &Answers, today: Day) -> Answers {
    let field = |key: &str| case_type.sections.iter().flat_map(|section| &section.fields).find(|field| field.key == key);
    let one = |(key, value): (&String, &String)| {
        let value = match field(key).map(|field| &field.kind) {
            Some(FieldKind::LongText { .. }) => text::lines(value),
            Some(FieldKind::Name) => text::name(value),
            Some(kind) => read(kind, &text::line(value), today).unwrap_or_else(|()| text::line(value)),
            None => text::line(value),
        };
        (key.clone(), value)
    };
    typed.iter().map(one).filter(|(_, value)| !value.is_empty()).collect()
}

/// Everything that is wrong with the answers, in the order of the form; answers have been brought into their form before.
pub fn check(case_type: &CaseType, answers: &Answers, today: Day) -> Vec<Issue> {
    let mut found = Vec::new();
    for question in &case_type.questions {
        match answers.get(&question.key) {
            Some(answer) if question.choices.iter().any(|choice| choice.code == *answer) => {}
            _ => found.push(issues::answer_no_choice(&question.key, &question.text)),
        }
    }
    for (_, fields) in asked(case_type, answers) {
        for field in fields {
            match answers.get(&field.key) {
                None if field.required && !matches!(field.kind, FieldKind::Upload { .. }) => found.push(issues::answer_missing(&field.key, &field.label)),
                None => {}
                Some(answer) => found.extend(wrong(field, answer, today)),
            }
        }
    }
    let known = |key: &String| {
        case_type.questions.iter().any(|question| question.key == *key)
            || case_type.sections.iter().flat_map(|section| &section.fields).any(|field| field.key == *key)
    };
    found.extend(answers.keys().filter(|key| !known(key)).map(|key| issues::answer_unknown(key)));
    found
}

/// The answers that count: those to what is asked. A condition that no longer holds drops what hung on it.
pub fn counted(case_type: &CaseType, answers: &Answers) -> Answers {
    let mut kept: Answers = case_type.questions.iter().filter_map(|question| answers.get_key_value(&question.key)).map(own).collect();
    for (_, fields) in asked(case_type, answers) {
        kept.extend(fields.into_iter().filter_map(|field| answers.get_key_value(&field.key)).map(own));
    }
    kept
}

fn own((key, value): (&String, &String)) -> (String, String) {
    (key.clone(), value.clone())
}

fn wrong(field: &Field, answer: &str, today: Day) -> Option<Issue> {
    let (key, label) = (field.key.as_str(), &field.label);
    let longer = |max: usize| answer.chars().count() > max;
    match &field.kind {
        FieldKind::Text { max } | FieldKind::LongText { max } => longer(*max).then(|| issues::answer_too_long(key, label, *max)),
        FieldKind::Name => longer(NAME).then(|| issues::answer_too_long(key, label, NAME)),
        FieldKind::Number { min, max } => {
            let good = answer.parse::<i64>().is_ok_and(|number| (*min..=*max).contains(&number));
            (!good).then(|| issues::answer_not_in_range(key, label, &min.to_string(), &max.to_string()))
        }
        FieldKind::Money { max } => {
            let good = answer.parse::<i64>().is_ok_and(|fen| (0..=*max).contains(&fen));
            (!good).then(|| issues::answer_not_in_range(key, label, "0", &kernel::Fen(*max).to_string()))
        }
        FieldKind::Date => Day::try_from(answer.to_owned()).err().map(|_| issues::answer_not_a_date(key, label)),
        FieldKind::Choice { choices } => none_of(choices, answer).then(|| issues::answer_no_choice(key, label)),
        FieldKind::YesNo => (!matches!(answer, "yes" | "no")).then(|| issues::answer_no_choice(key, label)),
        FieldKind::IdNumber => IdNumber::parse(answer, today).err().and_then(first).map(|issue| issue.field(key)),
        FieldKind::Uscc => Uscc::parse(answer).err().and_then(first).map(|issue| issue.field(key)),
        FieldKind::Region => RegionCode::parse(answer).err().map(|_| issues::answer_no_choice(key, label)),
        FieldKind::Phone => Phone::parse(answer).err().map(|issue| issue.field(key)),
        FieldKind::Email => Email::parse(answer).err().map(|issue| issue.field(key)),
        FieldKind::Upload { .. } => Some(issues::answer_unknown(key)),
    }
}

/// The longest name, in characters.
const NAME: usize = 100;

fn none_of(choices: &[Choice], answer: &str) -> bool {
    !choices.iter().any(|choice| choice.code == answer)
}

fn first(refusal: kernel::Refusal) -> Option<Issue> {
    refusal.0.into_iter().next()
}

/// The one form of an answer, if it can be read.
fn read(kind: &FieldKind, typed: &str, today: Day) -> Result<String, ()> {
    let plain = || Ok(typed.to_owned());
    match kind {
        FieldKind::Number { .. } => signed(typed).parse::<i64>().map(|number| number.to_string()).map_err(drop),
        FieldKind::Money { .. } => fen(typed).map(|fen| fen.to_string()).ok_or(()),
        FieldKind::Date => Day::try_from(signed(typed)).map(|day| day.to_string()).map_err(drop),
        FieldKind::IdNumber => IdNumber::parse(typed, today).map(|number| number.as_str().to_owned()).map_err(drop),
        FieldKind::Uscc => Uscc::parse(typed).map(|code| code.as_str().to_owned()).map_err(drop),
        FieldKind::Phone => Phone::parse(typed).map(|phone| phone.as_str().to_owned()).map_err(drop),
        FieldKind::Email => Email::parse(typed).map(|mail| mail.as_str().to_owned()).map_err(drop),
        _ => plain(),
    }
}

/// A number or date with its dashes, which `text::code` takes out of codes.
fn signed(typed: &str) -> String {
    typed.split(['-', '－', '−']).map(text::code).collect::<Vec<_>>().join("-")
}

/// Yuan with at most two decimals, as fen.
fn fen(typed: &str) -> Option<i64> {
    let typed = signed(typed).replace([',', '，', '¥', '￥'], "");
    let (yuan, cents) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if yuan.is_empty() || yuan.len() > 13 || cents.len() > 2 || !digits(yuan) || !digits(cents) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}
