//! Numbered documents: one's own, one in words (the twin of its file), and the answer to the symbol on it.

use casework::papers::{Checked, Line, PaperId, ServiceLine, Shown, Stand, Way};
use documents::shapes::{Paper, Part};
use kernel::{Day, Lang};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, LinkButton, Notice, Page, Pager, Radios, Shell, Tone,
    Values, tr, url,
};

/// Documents a page holds; a full page may have another after it.
const PAGE: usize = 50;

/// One's own documents, the newest first.
pub fn mine(shell: &Shell, lines: Vec<Line>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "我的文书", "My documents");
    let next = if lines.len() == PAGE { lines.last().map(|line| url::with(url::my_papers(), &[("before", &line.id.to_string())])) } else { None };
    ui::render(shell, Page::public(title).back(url::me()), move || {
        view! { <h1>{title}</h1>{table(lang, lines)}<Pager next=next.unwrap_or_default()/> }
    })
}

/// The documents of a case as a table, for the pages of cases.
pub fn table(lang: Lang, lines: Vec<Line>) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "文书", "Document")),
        Column::text(tr(lang, "文号", "Number")),
        Column::text(tr(lang, "日期", "Date")),
        Column::text(tr(lang, "送达", "Service")),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            let (tone, word) = stand(lang, line.stand);
            vec![
                Cell::link(url::paper(line.id), line.kind.name().get(lang)),
                Cell::text(line.number),
                Cell::text(line.issued_at.day().text(lang)),
                Cell::tag(tone, word),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "还没有文书。办理中产生的通知和决定都会放在这里。", "There are none. Notices and decisions appear here."));
    view! { <DataTable caption=tr(lang, "文书，新的在前", "Documents, the newest first") columns rows empty/> }.into_any()
}

fn stand(lang: Lang, stand: Stand) -> (Tone, String) {
    match stand {
        Stand::Issued => (Tone::Mind, tr(lang, "未送达", "Not served").to_owned()),
        Stand::Served(at) => (Tone::Good, format!("{} {}", tr(lang, "已送达", "Served"), at.day().text(lang))),
        Stand::Voided(at) => (Tone::Bad, format!("{} {}", tr(lang, "已作废", "Void"), at.day().text(lang))),
    }
}

/// A document in words. Staff also see its services and may record one.
pub fn show(shell: &Shell, shown: Shown, values: Values) -> String {
    let lang = shell.lang;
    let Shown { line, words, void_reason, services, for_staff, .. } = shown;
    let title = format!("{} {}", words.title, words.number);
    let page = if for_staff { Page::staff(title) } else { Page::public(title).back(url::my_papers()) };
    let (tone, word) = stand(lang, line.stand);
    let voided = matches!(line.stand, Stand::Voided(_));
    let id = line.id;
    let made = line.made;
    let typed = values.clone();
    ui::render(shell, page.values(&values), move || {
        let file = if made {
            view! {
                <p class="actions">
                    <LinkButton href=url::paper_file(id) kind=ButtonKind::Secondary>{tr(lang, "下载 PDF", "Download the PDF")}</LinkButton>
                    <a href=url::paper_signature(id)>{tr(lang, "电子签名", "Signature")}</a>
                </p>
            }
            .into_any()
        } else {
            view! { <p class="hint">{tr(lang, "PDF 正在生成，请过一会儿刷新。", "The PDF is being made; reload in a moment.")}</p> }.into_any()
        };
        let official = (lang == Lang::En).then(|| view! { <p class="hint">"The Chinese text of the PDF is the official one."</p> });
        let gone = voided.then(|| {
            let words = format!("{}{void_reason}", tr(lang, "本文书已作废：", "This document is void: "));
            view! { <Notice tone=Tone::Bad>{words}</Notice> }
        });
        let staff = (for_staff && line.kind.is_for_applicant()).then(|| service(lang, id, services, voided, typed.clone()));
        view! { {gone}{body(words)}<p><ui::StatusTag tone word/></p>{official}{file}{staff} }
    })
}

/// A document that a service keeps itself, as its page shows it.
pub struct Official {
    /// Its words in the reader's language.
    pub words: Paper,
    /// From when it no longer counts.
    pub voided_on: Option<Day>,
    /// Where its PDF is.
    pub file: String,
    /// Where the signature beside it is.
    pub signature: String,
    /// The page that it belongs to.
    pub back: String,
    /// Whether the reader is staff.
    pub for_staff: bool,
}

/// A document of a service in words, with its file.
pub fn official(shell: &Shell, shown: Official) -> String {
    let lang = shell.lang;
    let title = format!("{} {}", shown.words.title, shown.words.number);
    let page = if shown.for_staff { Page::staff(title) } else { Page::public(title) };
    ui::render(shell, page.back(shown.back), move || {
        let void = shown.voided_on.map(|day| {
            let words = format!("{}{}", tr(lang, "本文书已撤销，撤销日期：", "This document no longer counts, since "), day.text(lang));
            view! { <Notice tone=Tone::Bad>{words}</Notice> }
        });
        let official = (lang == Lang::En).then(|| view! { <p class="hint">"The Chinese text of the PDF is the official one."</p> });
        view! {
            {void}
            {body(shown.words)}
            {official}
            <p class="actions">
                <LinkButton href=shown.file kind=ButtonKind::Secondary>{tr(lang, "下载 PDF", "Download the PDF")}</LinkButton>
                <a href=shown.signature>{tr(lang, "电子签名", "Signature")}</a>
            </p>
        }
    })
}

/// The words of a document, in the order of the sheet.
fn body(words: Paper) -> AnyView {
    let to = (!words.to.is_empty()).then(|| view! { <p>{words.to}</p> });
    let opening: Vec<_> = words.opening.into_iter().map(|text| view! { <p>{text}</p> }).collect();
    let facts: Vec<_> = words.facts.into_iter().map(|row| Fact::new(row.label, row.value)).collect();
    let parts: Vec<_> = words.parts.into_iter().map(part).collect();
    let closing: Vec<_> = words.closing.into_iter().map(|text| view! { <p>{text}</p> }).collect();
    view! {
        <p>{words.issuer.clone()}</p>
        <h1>{words.title}</h1>
        <p>{words.number}</p>
        {to}{opening}{parts}<Facts items=facts/>{closing}
        <p>{words.issuer}<br/>{words.date}</p>
        <p class="hint">{words.foot}</p>
    }
    .into_any()
}

fn part(part: Part) -> AnyView {
    let text: Vec<_> = part.text.into_iter().map(|text| view! { <p>{text}</p> }).collect();
    let points: Vec<_> = part.points.into_iter().map(|text| view! { <li>{text}</li> }).collect();
    let list = (!points.is_empty()).then(|| view! { <ol>{points}</ol> });
    let heading = (!part.heading.is_empty() && part.rows.is_empty()).then(|| view! { <h2>{part.heading.clone()}</h2> });
    let table = (!part.rows.is_empty()).then(|| {
        let columns = part.head.into_iter().map(Column::text).collect();
        let rows = part.rows.into_iter().map(|row| row.into_iter().map(Cell::text).collect()).collect();
        view! { <DataTable caption=part.heading columns rows empty=Empty::new("")/> }
    });
    view! { {heading}{text}{list}{table} }.into_any()
}

/// What staff see and do about serving a document.
fn service(lang: Lang, id: PaperId, services: Vec<ServiceLine>, voided: bool, values: Values) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "方式", "Way")),
        Column::text(tr(lang, "签收人", "Receiver")),
        Column::text(tr(lang, "邮件号", "Tracking number")),
        Column::text(tr(lang, "时间", "When")),
        Column::text(tr(lang, "状态", "State")),
    ];
    let under_way: Vec<_> = services.iter().filter(|line| line.state == "sent").map(|line| (line.id, line.tracking_no.clone())).collect();
    let rows = services
        .into_iter()
        .map(|line| {
            let (tone, word) = match line.state.as_str() {
                "sent" => (Tone::Mind, tr(lang, "在途", "Under way")),
                "served" => (Tone::Good, tr(lang, "已送达", "Served")),
                _ => (Tone::Bad, tr(lang, "已退回", "Returned")),
            };
            vec![
                Cell::text(line.way.get(lang)),
                Cell::text(line.receiver),
                Cell::text(line.tracking_no),
                Cell::text(ui::moment(lang, line.ended_at.unwrap_or(line.sent_at))),
                Cell::tag(tone, word),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "还没有线下送达。当事人在网页上打开即为送达。", "None on paper yet. Opening it on the page serves it."));
    let arrivals: Vec<_> = under_way
        .into_iter()
        .map(|(service, number)| {
            let values = values.clone();
            view! {
                <h3>{format!("{}{number}", tr(lang, "邮件回执：", "From the post: "))}</h3>
                <Form action=url::paper_arrived(id) values>
                    <Hidden name="service" value=service.to_string()/>
                    {receiver(lang)}
                    <Button name="outcome" value="served" kind=ButtonKind::Secondary>{tr(lang, "已妥投", "It arrived")}</Button>
                    <Button name="outcome" value="returned" kind=ButtonKind::Secondary>{tr(lang, "已退回", "It came back")}</Button>
                </Form>
            }
        })
        .collect();
    let ways = Way::ALL.into_iter().filter(|way| *way != Way::Post).map(|way| Choice::new(way.code(), way.name().get(lang))).collect();
    let forms = (!voided).then(|| {
        view! {
            {arrivals}
            <details>
                <summary>{tr(lang, "记录当面送达", "Record that it was handed over")}</summary>
                <Form action=url::paper_serve(id) values=values.clone().or("way", 1)>
                    <Radios name="way" legend=tr(lang, "送达方式", "Way") options=ways/>
                    {receiver(lang)}
                    <Button>{tr(lang, "记录并生成送达回证", "Record and issue the record of service")}</Button>
                </Form>
            </details>
            <details>
                <summary>{tr(lang, "登记邮寄", "Record that it was posted")}</summary>
                <Form action=url::paper_send(id) values=values.clone()>
                    <Field name="tracking_no" label=tr(lang, "邮件号", "Tracking number")/>
                    <Button kind=ButtonKind::Secondary>{tr(lang, "登记交邮", "Record")}</Button>
                </Form>
            </details>
            <details>
                <summary>{tr(lang, "作废", "Make it void")}</summary>
                <Form action=url::paper_void(id) values=values.clone()>
                    <p>{tr(lang, "作废后文号保留，不再使用，也不能恢复。", "The number stays and is not used again. This cannot be undone.")}</p>
                    <Field name="reason" label=tr(lang, "作废原因", "Reason")/>
                    <Button kind=ButtonKind::Danger>{tr(lang, "确认作废", "Make it void")}</Button>
                </Form>
            </details>
        }
    });
    view! {
        <h2>{tr(lang, "送达", "Service")}</h2>
        <DataTable caption=tr(lang, "线下送达", "Services on paper") columns rows empty/>
        {forms}
    }
    .into_any()
}

fn receiver(lang: Lang) -> AnyView {
    view! {
        <Field name="receiver" label=tr(lang, "签收人姓名", "Receiver’s name")/>
        <Field name="relation" label=tr(lang, "与当事人的关系", "Relation to the addressee") hint=tr(lang, "如本人、配偶、单位收发室。", "For example the addressee, the spouse.")/>
        <Field name="receiver_id" label=tr(lang, "签收人证件号码", "Receiver’s document number") optional=true hint=tr(lang, "只保留遮盖后的号码。", "Only its mask is kept.")/>
    }
    .into_any()
}

/// The answer to somebody who scanned the symbol of a sheet.
pub fn checked(shell: &Shell, checked: Option<Checked>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "文书核验结果", "Result of the check");
    let now = format!("{}{}", tr(lang, "查询日期：", "As of "), shell.today.text(lang));
    let (tone, word) = match &checked {
        Some(found) if found.stands => (Tone::Good, tr(lang, "有效", "Valid")),
        Some(_) => (Tone::Bad, tr(lang, "已作废", "Void")),
        None => (Tone::Plain, tr(lang, "不存在", "Not found")),
    };
    ui::render(shell, Page::public(format!("{word} · {title}")), move || {
        let facts = checked.map(|found| {
            let mut items = vec![
                Fact::new(tr(lang, "文书", "Document"), found.name.get(lang)),
                Fact::new(tr(lang, "文号", "Number"), found.number),
                Fact::new(tr(lang, "出具机关", "Authority"), found.issuer.get(lang)),
                Fact::new(tr(lang, "日期", "Date"), found.issued_on.text(lang)),
            ];
            if let Some(sm3) = found.sm3 {
                items.push(Fact::new(tr(lang, "PDF 的 SM3 摘要", "SM3 digest of the PDF"), sm3));
            }
            view! { <Facts items/> }
        });
        let compare = tr(lang, "请与手中的文书逐项核对；摘要可以用来核对电子文件。", "Compare each line with the sheet; the digest is for the file.");
        view! { <h1>{title}</h1><ui::Answer tone word moment=now>{facts}<p>{compare}</p></ui::Answer> }
    })
}
