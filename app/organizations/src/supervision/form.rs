//! The form of an act, made from what the table of acts says that it asks.

use kernel::{Lang, Text};
use leptos::prelude::*;
use organizations::supervision::numbers::limits;
use organizations::supervision::{Kind as Proceeding, options};
use organizations::supervision::states::{Act, Ask, Field as Asked};
use ui::{Button, ButtonKind, Checkbox, Checkboxes, Choice, Field, Fieldset, Form, Hidden, Kind, Select, TextArea, Values, tr};

/// Officers that can be chosen: id and name.
pub(super) type Officers = Vec<(String, String)>;

/// What can be chosen in this proceeding alone.
#[derive(Clone, Default)]
pub(super) struct Offered {
    /// Officers.
    pub(super) officers: Officers,
    /// Documents to be served.
    pub(super) papers: Vec<organizations::supervision::Choice>,
}

/// The fields of an act, those of a group under its legend. Call it between the tags of the form.
pub(super) fn fields(lang: Lang, act: &'static Act, offered: &Offered) -> Vec<AnyView> {
    let groups = act.fields.chunk_by(|one, next| one.legend() == next.legend());
    groups.map(|group| grouped(lang, act, group, offered.clone())).collect()
}

fn grouped(lang: Lang, act: &'static Act, group: &'static [Asked], offered: Offered) -> AnyView {
    let fields = move || group.iter().map(|field| one(lang, act, field, &offered)).collect::<Vec<_>>();
    match group.first().and_then(Asked::legend) {
        Some(legend) => view! { <Fieldset legend=legend.get(lang)>{fields()}</Fieldset> }.into_any(),
        None => view! { {fields()} }.into_any(),
    }
}

fn choices(lang: Lang, options: Vec<organizations::supervision::Choice>) -> Vec<Choice> {
    options.into_iter().map(|choice| Choice::new(choice.code, choice.name.get(lang))).collect()
}

fn one(lang: Lang, act: &Act, field: &Asked, offered: &Offered) -> AnyView {
    let (name, optional) = (field.name, field.optional);
    let label = field.label().get(lang).to_owned();
    let line = |kind: Kind, label: String| view! { <Field name label kind optional/> }.into_any();
    match field.ask {
        Ask::Line => line(Kind::Text, label),
        Ask::Day => line(Kind::Date, label),
        Ask::Time => line(Kind::Time, label),
        Ask::Number => line(Kind::Number, label),
        Ask::Amount => line(Kind::Amount, label),
        Ask::Words => view! { <TextArea name label rows=4 optional/> }.into_any(),
        Ask::Yes => view! { <Checkbox name label/> }.into_any(),
        Ask::Officers => {
            let options = offered.officers.iter().map(|(id, name)| Choice::new(id, name.clone())).collect();
            view! { <Checkboxes name legend=label options hint=at_least(lang, act.kind)/> }.into_any()
        }
        Ask::Penalties => view! { <Checkboxes name legend=label options=choices(lang, options(field.ask))/> }.into_any(),
        Ask::Papers => view! { <Select name label options=choices(lang, offered.papers.clone()) empty=tr(lang, "请选择", "Choose")/> }.into_any(),
        Ask::Reasons | Ask::Results | Ask::Levels | Ask::IllegalKinds | Ask::Dispositions | Ask::Ways => {
            view! { <Select name label options=choices(lang, options(field.ask)) empty=tr(lang, "请选择", "Choose")/> }.into_any()
        }
    }
}

/// How many officers the law wants.
fn at_least(lang: Lang, kind: Proceeding) -> String {
    let numbers = limits();
    let least = if kind == Proceeding::Inspection { &numbers.inspection_officers } else { &numbers.penalty_officers }.text();
    let words = Text::new(format!("不少于{}人。", least.zh), format!("At least {}.", least.en));
    words.get(lang).to_owned()
}

/// The form of an act on a proceeding as it was seen.
pub(super) fn of_act(lang: Lang, act: &'static Act, action: String, seen: i64, offered: Offered, values: Values, first: bool) -> AnyView {
    let heading: Text = act.name();
    let heading = heading.get(lang).to_owned();
    let kind = match (act.sure, first) {
        (true, _) => ButtonKind::Danger,
        (false, true) => ButtonKind::Primary,
        (false, false) => ButtonKind::Secondary,
    };
    let button = heading.clone();
    // What comes next stands open, and what was refused; the rest is a line each.
    let open = first || values.has_errors();
    // Several forms of the page ask under the same names; the one that was refused keeps them, for the summary links there.
    let prefix = if values.issues().is_empty() { act.code } else { "" };
    let form = view! {
        <Form action prefix values>
            <Hidden name="seen" value=seen.to_string()/>
            {fields(lang, act, &offered)}
            {act.sure.then(|| view! { <Checkbox name="sure" label=tr(lang, "我已核对，作出后不能撤回", "I have checked it; it cannot be taken back")/> })}
            <Button kind>{button}</Button>
        </Form>
    };
    if open {
        view! { <section><h2>{heading}</h2>{form}</section> }.into_any()
    } else {
        view! { <details><summary>{heading}</summary>{form}</details> }.into_any()
    }
}
