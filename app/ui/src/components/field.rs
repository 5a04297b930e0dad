//! One-line fields.

use super::{
    form::{id_of, values},
    summary::field_errors,
};
use crate::{render::shell, tr};
use leptos::prelude::*;

/// What is typed into a field. It sets keyboard and auto-fill; the server accepts spaces and full-width digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    #[default]
    Text,
    /// A password: never shown again.
    Password,
    /// A telephone number.
    Tel,
    /// A mail address.
    Email,
    /// A date, `2026-05-20`.
    Date,
    /// A time of day, `09:30`.
    Time,
    /// A day and a time of day, `2026-05-20 09:30`; sent with a `T` between them.
    Moment,
    /// A whole number.
    Number,
    /// An amount of money in yuan.
    Amount,
    /// A search.
    Search,
    /// A number of an identity document: letters and digits.
    IdNumber,
    /// A short code sent to the person.
    Code,
}

impl Kind {
    fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Number | Self::Amount | Self::IdNumber | Self::Code => "text",
            Self::Password => "password",
            Self::Tel => "tel",
            Self::Email => "email",
            Self::Date => "date",
            Self::Time => "time",
            Self::Moment => "datetime-local",
            Self::Search => "search",
        }
    }

    fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Number | Self::Code => Some("numeric"),
            Self::Amount => Some("decimal"),
            _ => None,
        }
    }

    fn auto_complete(self) -> Option<&'static str> {
        match self {
            Self::Tel => Some("tel"),
            Self::Email => Some("email"),
            Self::Code => Some("one-time-code"),
            Self::IdNumber | Self::Search => Some("off"),
            _ => None,
        }
    }

    fn default_width(self) -> Width {
        match self {
            Self::Date | Self::Time | Self::Number | Self::Amount | Self::Code => Width::Short,
            Self::Tel | Self::IdNumber | Self::Moment => Width::Medium,
            _ => Width::Full,
        }
    }
}

/// How wide a field is: as wide as what belongs into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// About 10 characters.
    Short,
    /// About 20 characters.
    Medium,
    /// The whole line.
    Full,
}

impl Width {
    fn class(self) -> &'static str {
        match self {
            Self::Short => "input short",
            Self::Medium => "input medium",
            Self::Full => "input",
        }
    }
}

/// Ids that a field's input is described by.
pub(crate) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

/// The label's second part for what may be left empty.
pub(crate) fn optional_mark(optional: bool) -> Option<&'static str> {
    optional.then(|| tr(shell().lang, "（选填）", " (optional)"))
}

/// A labelled field on one line.
#[component]
pub fn Field(
    /// The field's name; also its id.
    #[prop(into)]
    name: String,
    /// The question or the noun.
    #[prop(into)]
    label: String,
    /// What is typed into it.
    #[prop(optional)]
    kind: Kind,
    /// Help that most people need, one sentence.
    #[prop(optional, into)]
    hint: String,
    /// Where a value that is already there comes from: “来自您的实名信息”.
    #[prop(optional, into)]
    source: String,
    /// The HTML auto-fill token, where the kind's own does not fit.
    #[prop(optional, into)]
    autocomplete: String,
    /// How wide, where the kind's own does not fit.
    #[prop(optional)]
    width: Option<Width>,
    /// Marks what may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Shown but not to be changed.
    #[prop(optional)]
    readonly: bool,
    /// Something after the input: an island, a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let values = values();
    let errors = field_errors(shell().lang, &name, &label, &values);
    let (has_error, has_hint) = (errors.is_some(), !hint.is_empty());
    let id = id_of(&name);
    let value = match kind {
        Kind::Password => None,
        Kind::Moment => Some(values.raw(&name).replacen(' ', "T", 1)),
        _ => Some(values.raw(&name).to_owned()),
    };
    let complete = if autocomplete.is_empty() { kind.auto_complete().map(str::to_owned) } else { Some(autocomplete) };
    let spell = matches!(kind, Kind::IdNumber | Kind::Code | Kind::Email | Kind::Password).then_some("false");
    view! {
        <div class=if has_error { "field bad" } else { "field" }>
            <label for=id.clone()>{label}<span class="mark">{optional_mark(optional)}</span></label>
            {has_hint.then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {errors}
            <input class=width.unwrap_or(kind.default_width()).class() id=id.clone() type=kind.input_type()
                inputmode=kind.input_mode() autocomplete=complete spellcheck=spell value=value readonly=readonly
                aria-invalid=has_error.then_some("true") aria-describedby=described_by(&id, has_hint, has_error) name=name/>
            {(!source.is_empty()).then(|| view! { <p class="source">{source}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

/// A file to send. The form around needs `files=true`.
#[component]
pub fn FileField(
    /// The field's name; also its id.
    #[prop(into)]
    name: String,
    /// What to choose.
    #[prop(into)]
    label: String,
    /// Kinds and size that are accepted, in words.
    #[prop(optional, into)]
    hint: String,
    /// Media types or endings, for instance `image/jpeg,image/png`.
    #[prop(optional, into)]
    accept: String,
    /// Opens the camera on a phone.
    #[prop(optional)]
    camera: bool,
    /// Several may be chosen at once.
    #[prop(optional)]
    multiple: bool,
    /// Marks what may be left out.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let errors = field_errors(shell().lang, &name, &label, &values());
    let (has_error, has_hint) = (errors.is_some(), !hint.is_empty());
    let id = id_of(&name);
    view! {
        <div class=if has_error { "field bad" } else { "field" }>
            <label for=id.clone()>{label}<span class="mark">{optional_mark(optional)}</span></label>
            {has_hint.then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {errors}
            <input class="file" id=id.clone() type="file" multiple=multiple accept=(!accept.is_empty()).then_some(accept)
                capture=camera.then_some("environment") aria-invalid=has_error.then_some("true")
                aria-describedby=described_by(&id, has_hint, has_error) name=name/>
        </div>
    }
}
