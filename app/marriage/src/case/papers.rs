//! The papers that a kind of party brings beside his document (R-MR-14, 15): their fields, and what was shown.

use kernel::Lang;
use kernel::codes::{CodeList, ListName};
use leptos::prelude::*;
use marriage::model::Side;
use marriage::parties::{Ask, Named, Paper, PaperRules, PartyKind, authentications, nationality, paper, translations};
use ui::{Choice, Fact, Field, Fieldset, Kind, Radios, Select, Values, Width, tr};

/// The name of a field of a paper of one of the two.
pub fn field(side: Side, paper: &str, ask: Ask) -> String {
    side.field(&format!("{paper}_{}", ask.field()))
}

/// The fields of every paper of a kind of party.
pub(super) fn fields(lang: Lang, side: Side, kind: PartyKind) -> AnyView {
    let papers: Vec<_> = kind
        .papers()
        .map(|rules| {
            let asks: Vec<_> = rules.asks.iter().map(|ask| one(lang, side, rules, *ask)).collect();
            let hint = rules.hint.as_ref().map(|hint| hint.get(lang).to_owned()).unwrap_or_default();
            view! { <Fieldset legend=rules.name.get(lang).to_owned() hint>{asks}</Fieldset> }
        })
        .collect();
    view! { {papers} }.into_any()
}

fn one(lang: Lang, side: Side, rules: &PaperRules, ask: Ask) -> AnyView {
    let (name, label) = (field(side, &rules.code, ask), ask.name().get(lang).to_owned());
    let choices = |named: &[Named]| named.iter().map(|one| Choice::new(&one.code, one.name.get(lang))).collect::<Vec<_>>();
    match ask {
        Ask::Number | Ask::Issuer => view! { <Field name label width=Width::Medium autocomplete="off"/> }.into_any(),
        Ask::IssuedOn => {
            let hint = rules.months.as_ref().map(|months| match lang {
                Lang::Zh => format!("自出具之日起{}个月内有效。", months.value),
                Lang::En => format!("Counts for {} months from its issue.", months.value),
            });
            view! { <Field name label kind=Kind::Date hint=hint.unwrap_or_default()/> }.into_any()
        }
        Ask::Country => {
            let countries = CodeList::builtin(ListName::Country).iter().map(|(code, name)| Choice::new(code, name.get(lang))).collect();
            view! { <Select name label options=countries empty=tr(lang, "请选择", "Choose")/> }.into_any()
        }
        Ask::Authentication => {
            let mut ways = choices(authentications());
            ways.push(Choice::new("", tr(lang, "未经认证", "not authenticated")));
            view! { <Radios name legend=label options=ways/> }.into_any()
        }
        Ask::Translation => {
            let mut ways = choices(translations());
            ways.push(Choice::new("", tr(lang, "外文，没有译本", "in a foreign language, without translation")));
            view! { <Radios name legend=label options=ways/> }.into_any()
        }
    }
}

/// What was shown, as the form has it.
pub(super) fn known(values: Values, side: Side, paper: &Paper) -> Values {
    let said = [
        (Ask::Number, paper.number.clone()),
        (Ask::Issuer, paper.issuer.clone()),
        (Ask::IssuedOn, paper.issued_on.map(|day| day.to_string()).unwrap_or_default()),
        (Ask::Country, paper.country.clone()),
        (Ask::Authentication, paper.authentication.clone()),
        (Ask::Translation, paper.translation.clone()),
    ];
    said.into_iter().fold(values, |values, (ask, text)| values.with(&field(side, &paper.kind, ask), text))
}

/// What was shown, in one line.
pub(super) fn fact(lang: Lang, shown: &Paper) -> Option<Fact> {
    let rules = paper(&shown.kind)?;
    let country = (!shown.country.is_empty()).then(|| nationality(&shown.country).get(lang).to_owned());
    let way = authentications().iter().find(|way| way.code == shown.authentication).map(|way| way.name.get(lang).to_owned());
    let issued_on = shown.issued_on.map(|day| day.text(lang));
    let parts = [Some(shown.number.clone()), Some(shown.issuer.clone()), issued_on, country, way];
    let line: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Some(Fact::new(rules.name.get(lang), line.join(" · ")))
}
