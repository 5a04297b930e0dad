//! What the pages of a marriage and of a divorce say of the printed certificates: print one, say that it was printed well.

use kernel::Lang;
use leptos::prelude::*;
use marriage::Printed;
use marriage::model::Side;
use ui::{Button, ButtonKind, Choice, Field, Form, Hidden, Kind, Method, Values, Width, tr};

/// Where the forms about a certificate go.
pub(crate) struct Doors {
    /// The page that prints into the booklet.
    pub(crate) print: String,
    /// The act that says that it was printed.
    pub(crate) printed: String,
    /// The version that was seen.
    pub(crate) seen: AnyView,
}

/// The file in which a holder's booklet is printed.
pub(crate) fn file(side: Side) -> &'static str {
    if side == Side::A { "booklet-a.pdf" } else { "booklet-b.pdf" }
}

/// Both parties to choose from.
pub(crate) fn sides(lang: Lang) -> Vec<Choice> {
    Side::BOTH.into_iter().map(|side| Choice::new(side.code(), side.name().get(lang))).collect()
}

/// A holder's certificate; the forms only where they lead somewhere. Printing is the first thing to do until it was done.
pub(crate) fn print(lang: Lang, certificates: &[Printed], side: Side, doors: Option<Doors>) -> AnyView {
    let current = certificates.iter().find(|certificate| certificate.holder == side.code());
    let serial = current.map(|certificate| certificate.print_serial.clone()).unwrap_or_default();
    let printed = current.is_some_and(|certificate| certificate.printed_at.is_some());
    let heading = format!("{} · {serial}", side.name().get(lang));
    let done = printed.then(|| view! { <p>{tr(lang, "已打印。", "Printed.")}</p> });
    let forms = doors.map(|doors| {
        view! {
            <Form action=doors.print method=Method::Get class="inline" values=Values::new()>
                <Field name="x" label=tr(lang, "右移毫米", "Right by mm") kind=Kind::Number width=Width::Short optional=true/>
                <Field name="y" label=tr(lang, "下移毫米", "Down by mm") kind=Kind::Number width=Width::Short optional=true/>
                <Button kind=if printed { ButtonKind::Secondary } else { ButtonKind::Primary }>{tr(lang, "打印到证上", "Print into the booklet")}</Button>
            </Form>
            <Form action=doors.printed class="inline">
                {doors.seen}
                <Hidden name="holder" value=side.code()/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "已打印好", "It was printed well")}</Button>
            </Form>
        }
    });
    view! { <section><h2>{heading}</h2>{done}{forms}</section> }.into_any()
}
