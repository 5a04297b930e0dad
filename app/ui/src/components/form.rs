//! Forms and groups of fields.

use super::summary::field_errors;
use crate::{Values, render::shell};
use leptos::{context::Provider, prelude::*};

/// How a form is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Asks only; ends up in the address.
    Get,
    /// Changes something; carries the token.
    #[default]
    Post,
}

/// A form. Fields inside find their values and errors in `values`; a POST carries the token by itself.
#[component]
pub fn Form(
    /// Where it is sent: from `ui::url`.
    #[prop(into)]
    action: String,
    /// How it is sent.
    #[prop(optional)]
    method: Method,
    /// What was typed, and what is wrong with it.
    #[prop(optional)]
    values: Values,
    /// Whether files are sent.
    #[prop(optional)]
    files: bool,
    /// Extra classes, for instance `inline`.
    #[prop(optional, into)]
    class: String,
    /// Name for tests and styles when a page has several forms.
    #[prop(optional, into)]
    id: String,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let post = method == Method::Post;
    let token = post.then(|| shell().csrf);
    let id = (!id.is_empty()).then_some(id);
    view! {
        <form method=if post { "post" } else { "get" } action=action id=id class=format!("form {class}")
            enctype=files.then_some("multipart/form-data") novalidate="">
            {token.map(|token| view! { <input type="hidden" name="csrf" value=token/> })}
            <Provider value=values>{children()}</Provider>
        </form>
    }
}

/// A value that is sent along unseen.
#[component]
pub fn Hidden(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

/// A group of fields under one question: a date in parts, one of two people.
#[component]
pub fn Fieldset(
    /// The question.
    #[prop(into)]
    legend: String,
    /// Help under the question.
    #[prop(optional, into)]
    hint: String,
    /// Name under which issues of the whole group are reported.
    #[prop(optional, into)]
    name: String,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let errors = field_errors(shell().lang, &name, &legend, &values());
    let described = (!name.is_empty() && errors.is_some()).then(|| format!("{name}-error"));
    view! {
        <fieldset class="group" id=(!name.is_empty()).then_some(name) aria-describedby=described>
            <legend>{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            {errors}
            {children()}
        </fieldset>
    }
}

/// The values of the form around; an empty form outside of one.
pub(crate) fn values() -> Values {
    use_context::<Values>().unwrap_or_default()
}
