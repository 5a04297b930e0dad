//! Long text. The only place where a textarea element is written: Leptos 0.8 does not escape its content.

use super::{
    field::{described_by, optional_mark},
    form::{id_of, values},
    summary::field_errors,
};
use crate::{escape, render::shell};
use leptos::prelude::*;

/// A labelled field for several lines.
#[component]
pub fn TextArea(
    /// The field's name; also its id.
    #[prop(into)]
    name: String,
    /// The question or the noun.
    #[prop(into)]
    label: String,
    /// Help that most people need, one sentence.
    #[prop(optional, into)]
    hint: String,
    /// Lines shown.
    #[prop(default = 5)]
    rows: u16,
    /// Marks what may be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let values = values();
    let errors = field_errors(shell().lang, &name, &label, &values);
    let (has_error, has_hint) = (errors.is_some(), !hint.is_empty());
    let id = id_of(&name);
    let content = escape::text_area(values.raw(&name));
    view! {
        <div class=if has_error { "field bad" } else { "field" }>
            <label for=id.clone()>{label}<span class="mark">{optional_mark(optional)}</span></label>
            {has_hint.then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {errors}
            <textarea class="input" id=id.clone() rows=rows aria-invalid=has_error.then_some("true")
                aria-describedby=described_by(&id, has_hint, has_error) name=name inner_html=content></textarea>
        </div>
    }
}
