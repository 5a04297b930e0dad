//! Applying, second part: the papers. Each is sent by itself, or taken over from an earlier matter.

use casework::Material as Here;
use casework::ops::{Application, Offered};
use catalog::model::{Material, Necessity};
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Fact, Facts, FileField, Form, Hidden, LinkButton, Page, Shell, StatusTag, Tone, Values, tr, url};

use super::apply::{At, after, heading, place};

/// Name of the hidden field that says which paper a form is about.
pub const KEY: &str = "_key";
/// Name of the hidden field with a paper that is here.
pub const PAPER: &str = "_paper";
/// Name of the buttons.
pub const ACT: &str = "_act";
/// What is accepted, for the browser's chooser.
const ACCEPT: &str = "image/jpeg,image/png,application/pdf";

/// The name of the field in which a paper is sent; issues name it.
pub fn field(key: &str) -> String {
    format!("material.{key}")
}

/// Every paper that is asked for with the answers so far.
pub fn papers(shell: &Shell, app: &Application, offered: &Offered, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "材料", "Papers");
    let (step, back) = place(lang, app, At::Papers);
    let elements = &app.item.version.elements;
    let asked = casework::form::materials(&app.matter.case_type, elements, app.answers());
    let (shared, own): (Vec<&Material>, Vec<&Material>) = asked.into_iter().partition(|material| material.shared_by.is_some());
    ui::render(shell, Page::public(title).back(back).values(&values), move || {
        let none = own.is_empty().then(|| view! { <p>{tr(lang, "不用提交任何材料。", "No paper is needed.")}</p> });
        let rows: Vec<_> = own.into_iter().map(|material| one(lang, app, offered, material, &values)).collect();
        view! {
            {heading(lang, app, title, step)}
            {none}{rows}
            {known(lang, &shared)}
            <p class="actions"><LinkButton href=after(app, At::Papers)>{tr(lang, "继续", "Continue")}</LinkButton></p>
        }
    })
}

/// What is asked of other bodies instead of the person.
fn known(lang: Lang, shared: &[&Material]) -> Option<AnyView> {
    if shared.is_empty() {
        return None;
    }
    let row = |material: &&Material| {
        let by = material.shared_by.as_ref().map(|by| by.get(lang).to_owned()).unwrap_or_default();
        Fact::new(material.name.get(lang), format!("{}{by}", tr(lang, "查询：", "From: ")))
    };
    let items: Vec<Fact> = shared.iter().map(row).collect();
    Some(view! { <section><h2>{tr(lang, "不用提交，我们自己查", "Not needed: we look it up")}</h2><Facts items/></section> }.into_any())
}

fn one(lang: Lang, app: &Application, offered: &Offered, material: &Material, values: &Values) -> AnyView {
    let here = app.papers.iter().find(|paper| paper.key == material.key);
    let (tone, word) = match (here.is_some(), material.necessity) {
        (true, _) => (Tone::Good, tr(lang, "已提交", "Here")),
        (false, Necessity::Required) => (Tone::Mind, tr(lang, "必须提交", "Needed")),
        (false, Necessity::Later) if app.item.version.elements.online.tolerance => (Tone::Plain, tr(lang, "可以以后补交", "May follow later")),
        (false, Necessity::Later) => (Tone::Mind, tr(lang, "必须提交", "Needed")),
        (false, Necessity::Optional) => (Tone::Plain, tr(lang, "选交", "Optional")),
    };
    let code = app.item.code.clone();
    let sent = here.map(|paper| sent(lang, &code, paper));
    let earlier = here.is_none().then(|| earlier(lang, &code, offered, &material.key));
    let upload = upload(lang, url::apply_papers(&code), &material.key, here.is_some(), values);
    view! {
        <section class="material">
            <h2>{material.name.get(lang).to_owned()}</h2>
            <p><StatusTag tone word/></p>
            {words(lang, material)}
            {sent}{earlier}{upload}
        </section>
    }
    .into_any()
}

/// What to know about a paper, a line each.
pub(crate) fn words(lang: Lang, material: &Material) -> AnyView {
    let lines = [&material.when, &material.note, &material.standard, &material.spec].into_iter().flatten();
    let lines: Vec<_> = lines.map(|text| view! { <p class="hint">{text.get(lang).to_owned()}</p> }).collect();
    view! { {lines} }.into_any()
}

/// The form that sends a paper.
pub(crate) fn upload(lang: Lang, action: String, key: &str, again: bool, values: &Values) -> AnyView {
    let label = if again { tr(lang, "换一份", "Send another instead") } else { tr(lang, "选择文件", "Choose the file") };
    let (name, key, values) = (field(key), key.to_owned(), values.clone());
    view! {
        <Form action files=true values>
            <Hidden name=KEY value=key/>
            <FileField name label accept=ACCEPT hint=tr(lang, "照片（JPG、PNG）或 PDF，不超过 20 MB。", "A photo (JPG, PNG) or a PDF, 20 MB at most.")/>
            <Button kind=ButtonKind::Secondary name=ACT value="send">{tr(lang, "上传", "Send")}</Button>
        </Form>
    }
    .into_any()
}

/// Name, size and day of a paper that is here.
pub(crate) fn about(lang: Lang, paper: &Here) -> String {
    format!("{} · {}", ui::size(paper.bytes), ui::moment(lang, paper.received_at))
}

fn sent(lang: Lang, code: &str, paper: &Here) -> AnyView {
    let (href, name, about) = (url::apply_paper(code, paper.id), file_name(lang, paper), about(lang, paper));
    let (action, id) = (url::apply_papers(code), paper.id.to_string());
    view! {
        <p><a href=href>{name}</a><span class="source">{about}</span></p>
        <Form action files=true class="inline">
            <Hidden name=PAPER value=id/>
            <Button kind=ButtonKind::Secondary name=ACT value="remove">{tr(lang, "删除", "Remove")}</Button>
        </Form>
    }
    .into_any()
}

/// What the sender called a paper.
pub(crate) fn file_name(lang: Lang, paper: &Here) -> String {
    if paper.file_name.is_empty() { tr(lang, "未命名文件", "Unnamed file").to_owned() } else { paper.file_name.clone() }
}

/// Papers of earlier matters that serve here too.
fn earlier(lang: Lang, code: &str, offered: &Offered, key: &str) -> AnyView {
    let of_key = offered.papers.iter().filter(|(paper, _)| paper.key == key).take(3);
    let rows: Vec<_> = of_key
        .map(|(paper, case_no)| {
            let day = ui::date(lang, paper.received_at.day());
            let source = match lang {
                Lang::Zh => format!("{day}在办件 {case_no} 中提交"),
                Lang::En => format!("Sent on {day} for case {case_no}"),
            };
            let (action, key, id, name) = (url::apply_papers(code), key.to_owned(), paper.id.to_string(), file_name(lang, paper));
            view! {
                <Form action files=true class="inline">
                    <Hidden name=KEY value=key/>
                    <Hidden name=PAPER value=id/>
                    <p>{name}<span class="source">{source}</span></p>
                    <Button kind=ButtonKind::Secondary name=ACT value="hold">{tr(lang, "用这一份", "Use this one")}</Button>
                </Form>
            }
        })
        .collect();
    view! { {rows} }.into_any()
}
