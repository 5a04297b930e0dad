//! One proceeding, and the form that opens one.

use kernel::Lang;
use leptos::prelude::*;
use organizations::supervision::states::Act;
use organizations::supervision::{Attachment, Kind, PaperLine, ProceedingId, Service, View, numbers, to_serve};
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Event, Fact, Facts, Field, FileField, Form, Hidden, Method, Notice, Page, Select, Shell, StatusTag, Timeline, Tone, Values, tr, url,
};

use super::content::facts;
use super::form::{Offered, Officers, fields, of_act};
use super::list::{kind, tone};

fn head(lang: Lang, view: &View) -> Vec<Fact> {
    let mut items = vec![
        Fact::new(tr(lang, "种类", "Kind"), kind(lang, view.kind, view.year)),
        Fact::view(tr(lang, "状态", "State"), {
            let state = view.state;
            view! { <StatusTag tone=tone(state) word=state.name().get(lang)/> }
        }),
    ];
    if let Some(due) = view.due {
        items.push(Fact::new(tr(lang, "应办日期", "Due"), ui::date(lang, due)));
    }
    if let Some(code) = view.entry.as_ref().and_then(|entry| entry.head.uscc.clone()) {
        let href = url::organization(&code);
        items.push(Fact::view(tr(lang, "统一社会信用代码", "Credit code"), view! { <a href=href>{code}</a> }));
    }
    items
}

/// Names the form of files among those of the acts.
pub const ATTACH: &str = "attachments";

/// Who reads the page of a proceeding.
pub enum Reader {
    /// The desk.
    Desk,
    /// The organisation itself, by its credit code.
    Own(String),
}

/// One proceeding. `values` belong to the form of the act `act`.
pub fn show(shell: &Shell, view: View, reader: Reader, act: &str, values: Values) -> String {
    let lang = shell.lang;
    let page = match &reader {
        Reader::Desk => Page::staff(format!("{} · {}", kind(lang, view.kind, view.year), view.subject)).back(url::desk_proceedings()),
        Reader::Own(code) => Page::public(kind(lang, view.kind, view.year)).back(url::own_supervision(code)),
    };
    let act = act.to_owned();
    ui::render(shell, page.values(&values), move || {
        let mut items = head(lang, &view);
        items.extend(facts(lang, &view));
        let overdue = (view.overdue && matches!(reader, Reader::Desk))
            .then(|| view! { <Notice tone=Tone::Mind><p>{tr(lang, "已超过应办日期，请尽快办理。", "The day by which this had to be done is over.")}</p></Notice> });
        let officers = view.officers.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
        let offered = Offered { officers, papers: to_serve(&view.papers) };
        let address = |code: &str| match &reader {
            Reader::Desk => url::desk_proceeding_act(view.id, code),
            Reader::Own(own) => url::own_proceeding_act(own, view.id, code),
        };
        let forms: Vec<_> = view
            .may
            .iter()
            .enumerate()
            .map(|(place, one)| {
                let values = if one.code == act { values.clone() } else { Values::new() };
                of_act(lang, one, address(one.code), view.version, offered.clone(), values, place == 0)
            })
            .collect();
        let events = view.events.iter().map(|event| Event::new(ui::moment(lang, event.at), event.what.get(lang)).who(event.who.clone()).note(event.note.clone())).collect();
        let heading = view.subject.clone();
        let documents = papers(lang, &reader, view.papers);
        let typed = if act == ATTACH { values } else { Values::new() };
        let files = attachments(lang, &reader, (view.id, view.attaches), view.attachments, typed);
        let history = view! { <section><h2>{tr(lang, "经过", "History")}</h2><Timeline events/></section> };
        // The desk has what can be done beside what is known, as with every case.
        let body = match reader {
            Reader::Desk => view! {
                <div class="work-columns">
                    <aside class="work-do" aria-label=tr(lang, "办理", "What can be done")>{forms}</aside>
                    <div class="work-case"><Facts items/>{documents}{files}</div>
                    <div class="work-log">{history}</div>
                </div>
            }
            .into_any(),
            Reader::Own(_) => view! { <Facts items/>{documents}{forms}{files}{history} }.into_any(),
        };
        view! {
            <h1>{heading}</h1>
            {overdue}
            {body}
        }
    })
}

/// The files of a proceeding, and the form that puts another to it.
fn attachments(lang: Lang, reader: &Reader, (id, attaches): (ProceedingId, bool), files: Vec<Attachment>, values: Values) -> Option<AnyView> {
    if files.is_empty() && !attaches {
        return None;
    }
    let columns = vec![Column::text(tr(lang, "附件", "File")), Column::number(tr(lang, "大小", "Size")), Column::text(tr(lang, "提交人", "Sent by")), Column::text(tr(lang, "时间", "When"))];
    let rows = files
        .into_iter()
        .map(|file| {
            let href = match reader {
                Reader::Desk => url::desk_proceeding_attachment(file.id),
                Reader::Own(code) => url::own_proceeding_attachment(code, file.id),
            };
            vec![Cell::link(href, file.title), Cell::text(ui::size(file.bytes)), Cell::text(file.who), Cell::text(ui::moment(lang, file.at))]
        })
        .collect();
    let action = match reader {
        Reader::Desk => url::desk_proceeding_attach(id),
        Reader::Own(code) => url::own_proceeding_attach(code, id),
    };
    let prefix = if values.issues().is_empty() { ATTACH } else { "" };
    let form = attaches.then(|| {
        view! {
            <Form action files=true prefix values>
                <Field name="title" label=tr(lang, "附件名称", "What is it?") hint=tr(lang, "例如：现场照片、陈述申辩书。", "For instance: photos of the place, a written answer.")/>
                <FileField name="file" label=tr(lang, "文件", "The file") accept="image/jpeg,image/png,application/pdf"
                    hint=tr(lang, "照片（JPG、PNG）或 PDF，不超过 20 MB。提交后不能删除。", "A photo (JPG, PNG) or a PDF, 20 MB at most. It cannot be taken back.")/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "提交附件", "Send the file")}</Button>
            </Form>
        }
    });
    let empty = Empty::new(tr(lang, "还没有附件。", "There are none."));
    Some(view! { <section><h2>{tr(lang, "附件", "Files")}</h2><DataTable caption=tr(lang, "附件", "Files") columns rows empty/>{form}</section> }.into_any())
}

/// The documents of a proceeding, once there are any.
fn papers(lang: Lang, reader: &Reader, papers: Vec<PaperLine>) -> Option<AnyView> {
    if papers.is_empty() {
        return None;
    }
    let columns = vec![
        Column::text(tr(lang, "文书", "Document")),
        Column::text(tr(lang, "文号", "Number")),
        Column::text(tr(lang, "日期", "Date")),
        Column::text(tr(lang, "送达", "Served")),
        Column::text(tr(lang, "效力", "Validity")),
    ];
    let rows = papers
        .into_iter()
        .map(|paper| {
            let href = match reader {
                Reader::Desk => url::desk_organization_paper(paper.id),
                Reader::Own(code) => url::own_organization_paper(code, paper.id),
            };
            let (tone, word) = match (paper.voided_on, paper.over, paper.until_on) {
                (Some(_), ..) => (Tone::Bad, tr(lang, "已撤销", "No longer counts").to_owned()),
                (None, true, _) => (Tone::Plain, tr(lang, "已过有效期", "Its time is over").to_owned()),
                (None, false, Some(until)) => (Tone::Good, format!("{}{}", tr(lang, "有效至", "Valid until "), ui::date(lang, until))),
                (None, false, None) => (Tone::Good, tr(lang, "有效", "Valid").to_owned()),
            };
            let served = paper.service.as_ref().map(|service| served(lang, service)).unwrap_or_default();
            vec![
                Cell::link(href, paper.kind.name().get(lang)),
                Cell::text(paper.number),
                Cell::text(ui::date(lang, paper.issued_at.day())),
                Cell::text(served),
                Cell::tag(tone, word),
            ]
        })
        .collect();
    Some(view! { <DataTable caption=tr(lang, "文书", "Documents") columns rows empty=Empty::new("")/> }.into_any())
}

/// When, how and on whom a document was served.
fn served(lang: Lang, service: &Service) -> String {
    let way = numbers::service_way(&service.way).map(|way| way.name()).unwrap_or_default();
    let parts = [ui::date(lang, service.served_on), way.get(lang).to_owned(), service.receiver.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(tr(lang, "，", ", "))
}

/// The form that opens one: first which kind, then what its act asks. `officers` are those who inspect in the region of the organisation.
pub fn new(shell: &Shell, opens: Vec<&'static Act>, officers: Officers, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "新建监管事项", "Open a proceeding");
    let offered = Offered { officers, papers: Vec::new() };
    ui::render(shell, Page::staff(heading).back(url::desk_proceedings()).values(&values), move || {
        let kinds: Vec<Choice> = opens.iter().map(|act| Choice::new(act.kind.code(), format!("{} — {}", act.kind.name().get(lang), act.name().get(lang)))).collect();
        let chosen = opens.into_iter().find(|act| act.kind.code() == values.get("kind_of"));
        let choose = values.clone();
        let ask = view! {
            <Form action=url::desk_proceeding_new() method=Method::Get values=choose class="inline">
                <Select name="kind_of" label=tr(lang, "事项", "What is it?") options=kinds empty=tr(lang, "请选择", "Choose")/>
                <Field name="uscc" label=tr(lang, "社会组织的统一社会信用代码（非法社会组织不填）", "Credit code of the organisation (none for an illegal one)") optional=true/>
                <Button>{tr(lang, "下一步", "Go on")}</Button>
            </Form>
        };
        let form = chosen.map(|act| {
            let (uscc, complaint, button) = (values.get("uscc").to_owned(), values.get("complaint").to_owned(), act.name().get(lang).to_owned());
            let heading = button.clone();
            let subject = values.get("subject").to_owned();
            let needs_code = act.kind != Kind::Illegal;
            view! {
                <h2>{heading}</h2>
                {needs_code.then(|| view! { <p>{subject}</p> })}
                <Form action=url::desk_proceeding_new() values>
                    <Hidden name="kind_of" value=act.kind.code()/>
                    <Hidden name="uscc" value=uscc/>
                    <Hidden name="complaint" value=complaint/>
                    {fields(lang, act, &offered)}
                    <Button>{button}</Button>
                </Form>
            }
        });
        let asks = form.is_none();
        view! {
            <h1>{heading}</h1>
            {asks.then_some(ask)}
            {form}
        }
    })
}
