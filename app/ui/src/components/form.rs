//! Forms and groups of fields.

use super::summary::{Legend, field_errors};
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
    /// What was typed, and what is wrong with it. A form without it has buttons only: a field in it would lose what was typed.
    #[prop(optional)]
    values: Option<Values>,
    /// Whether files are sent.
    #[prop(optional)]
    files: bool,
    /// Extra classes, for instance `inline`.
    #[prop(optional, into)]
    class: String,
    /// Name for tests and styles when a page has several forms.
    #[prop(optional, into)]
    id: String,
    /// What the ids of its fields begin with, where another form of the page asks under the same names. Leave it out of the form that was
    /// refused: the summary links to its fields by their names.
    #[prop(optional, into)]
    prefix: String,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let post = method == Method::Post;
    let token = post.then(|| shell().csrf);
    let id = (!id.is_empty()).then_some(id);
    let prefix = Prefix(prefix);
    let inside = match values {
        Some(values) => view! { <Provider value=values><Provider value=prefix>{children()}</Provider></Provider> }.into_any(),
        None => children(),
    };
    view! {
        <form method=if post { "post" } else { "get" } action=action id=id class=format!("form {class}")
            enctype=files.then_some("multipart/form-data") novalidate="">
            {token.map(|token| view! { <input type="hidden" name="csrf" value=token/> })}
            {inside}
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
    /// Extra classes, for what stands beside each other.
    #[prop(optional, into)]
    class: String,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let errors = field_errors(shell().lang, &name, &legend, &values());
    let id = (!name.is_empty()).then(|| id_of(&name));
    let described = id.as_ref().filter(|_| errors.is_some()).map(|id| format!("{id}-error"));
    let around = Legend(legend.clone());
    view! {
        <fieldset class=format!("group {class}") id=id aria-describedby=described>
            <legend>{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            {errors}
            <Provider value=around>{children()}</Provider>
        </fieldset>
    }
}

/// What the ids of the fields of the form around begin with.
#[derive(Clone, Default)]
struct Prefix(String);

/// The id of a field in the form around: its name, after what the form puts before it.
pub(crate) fn id_of(name: &str) -> String {
    match use_context::<Prefix>() {
        Some(Prefix(prefix)) if !prefix.is_empty() => format!("{prefix}-{name}"),
        _ => name.to_owned(),
    }
}

/// The values of the form around.
///
/// A field that is made before its form, and put into it afterwards, would find none: what was typed and what is wrong
/// with it would be lost without a word. Builds with assertions, and so every test that renders a page, stop there.
#[track_caller]
pub(crate) fn values() -> Values {
    let around = use_context::<Values>();
    debug_assert!(around.is_some(), "a field is made outside of its form: make it between the form's tags");
    around.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, Page, Shell};
    use kernel::Lang;

    #[test]
    fn a_field_made_inside_of_its_form_finds_what_was_typed() {
        let html = crate::render(&Shell::sample(Lang::Zh), Page::public("x"), || {
            let field = || view! { <Field name="who" label="谁"/> };
            view! { <Form action="/x" values=Values::new().with("who", "王某")>{field()}</Form> }
        });
        assert!(html.contains("王某"), "{html}");
    }

    #[test]
    fn p11_4_two_forms_that_ask_under_one_name_have_two_ids() {
        let html = crate::render(&Shell::sample(Lang::Zh), Page::public("x"), || {
            let hinted = || view! { <Field name="on" label="日期" hint="不填为今天"/> };
            view! {
                <Form action="/x" values=Values::new()>{hinted()}</Form>
                <Form action="/y" prefix="serve" values=Values::new()>{hinted()}<crate::Checkbox name="sure" label="已核对"/></Form>
            }
        });
        for part in ["id=\"on\"", "for=\"serve-on\"", "id=\"serve-on\"", "id=\"serve-on-hint\"", "aria-describedby=\"serve-on-hint\"", "id=\"serve-sure\"", "name=\"sure\""] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert_eq!(html.matches(" id=\"on\"").count(), 1);
    }

    #[test]
    #[should_panic(expected = "outside of its form")]
    fn a_field_made_before_its_form_is_noticed() {
        crate::render(&Shell::sample(Lang::Zh), Page::public("x"), || {
            let field = view! { <Field name="who" label="谁"/> };
            view! { <Form action="/x" values=Values::new().with("who", "王某")>{field}</Form> }
        });
    }
}
