//! Choosing from a list.

use super::{
    field::{described_by, optional_mark},
    form::{id_of, values},
    summary::field_errors,
};
use crate::render::shell;
use leptos::prelude::*;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second line; empty for none.
    pub hint: String,
}

impl Choice {
    /// A choice of one line.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: String::new() }
    }

    /// Adds a second line.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A drop-down list: for more than seven choices that people know.
#[component]
pub fn Select(
    /// The field's name; also its id.
    #[prop(into)]
    name: String,
    /// The question or the noun.
    #[prop(into)]
    label: String,
    /// What there is to choose.
    options: Vec<Choice>,
    /// The first, empty line (“请选择”); without it the first choice is taken.
    #[prop(optional, into)]
    empty: String,
    /// Help that most people need, one sentence.
    #[prop(optional, into)]
    hint: String,
    /// Marks what may be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let values = values();
    let errors = field_errors(shell().lang, &name, &label, &values);
    let (has_error, has_hint) = (errors.is_some(), !hint.is_empty());
    let id = id_of(&name);
    let rows: Vec<_> = options
        .into_iter()
        .map(|choice| {
            let selected = values.has(&name, &choice.value);
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect();
    view! {
        <div class=if has_error { "field bad" } else { "field" }>
            <label for=id.clone()>{label}<span class="mark">{optional_mark(optional)}</span></label>
            {has_hint.then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {errors}
            <select class="input" id=id.clone() aria-invalid=has_error.then_some("true")
                aria-describedby=described_by(&id, has_hint, has_error) name=name>
                {(!empty.is_empty()).then(|| view! { <option value="">{empty}</option> })}
                {rows}
            </select>
        </div>
    }
}

/// One of a few.
#[component]
pub fn Radios(
    /// The field's name; the id of the first button.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// What there is to choose.
    options: Vec<Choice>,
    /// Help that most people need, one sentence.
    #[prop(optional, into)]
    hint: String,
    /// Beside each other: for two or three short ones.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    choices("radio", name, legend, options, hint, inline)
}

/// Any of a few.
#[component]
pub fn Checkboxes(
    /// The field's name; the id of the first box.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// What there is to choose.
    options: Vec<Choice>,
    /// Help that most people need, one sentence.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    choices("checkbox", name, legend, options, hint, false)
}

/// One statement to agree to; sends `yes`.
#[component]
pub fn Checkbox(
    /// The field's name; also its id.
    #[prop(into)]
    name: String,
    /// The statement, in the first person.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let values = values();
    let errors = field_errors(shell().lang, &name, &label, &values);
    let has_error = errors.is_some();
    let checked = values.has(&name, "yes");
    let id = id_of(&name);
    view! {
        <div class=if has_error { "field bad" } else { "field" }>
            {errors}
            <div class="choice">
                <input type="checkbox" id=id.clone() value="yes" checked=checked aria-invalid=has_error.then_some("true")
                    aria-describedby=described_by(&id, false, has_error) name=name/>
                <label for=id>{label}</label>
            </div>
        </div>
    }
}

fn choices(kind: &'static str, name: String, legend: String, options: Vec<Choice>, hint: String, inline: bool) -> AnyView {
    let values = values();
    let errors = field_errors(shell().lang, &name, &legend, &values);
    let (has_error, has_hint) = (errors.is_some(), !hint.is_empty());
    let first = id_of(&name);
    let rows: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let id = if index == 0 { first.clone() } else { format!("{first}-{}", index + 1) };
            let checked = values.has(&name, &choice.value);
            let has_line = !choice.hint.is_empty();
            view! {
                <div class="choice">
                    <input type=kind id=id.clone() value=choice.value checked=checked name=name.clone()
                        aria-describedby=described_by(&id, has_line, false)/>
                    <label for=id.clone()>{choice.label}</label>
                    {has_line.then(|| view! { <p class="hint" id=format!("{id}-hint")>{choice.hint}</p> })}
                </div>
            }
        })
        .collect();
    let group = format!("{first}-group");
    view! {
        <fieldset class=if has_error { "field bad" } else { "field" }
            aria-describedby=described_by(&group, has_hint, has_error)>
            <legend>{legend}</legend>
            {has_hint.then(|| view! { <p class="hint" id=format!("{group}-hint")>{hint}</p> })}
            {errors.map(|errors| view! { <div id=format!("{group}-error")>{errors}</div> })}
            <div class=if inline { "choices inline" } else { "choices" }>{rows}</div>
        </fieldset>
    }
    .into_any()
}
