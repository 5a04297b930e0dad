//! Documents of courts: entered by one, compared with the original and applied by another.

use kernel::Lang;
use leptos::prelude::*;
use marriage::court::{KINDS, Notice as Document, State};
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Kind, Notice, Page, Pager, Radios, Shell, StatusTag, Tone, Values, Width,
    tr, url,
};

/// The documents of an organisation, and the form that enters one.
pub fn list(shell: &Shell, documents: &[Document], more: bool, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "法院婚姻文书", "Documents of courts");
    let next = match documents.last() {
        Some(last) if more => url::with(url::court_notices(), &[("before", &last.id.to_string())]),
        _ => String::new(),
    };
    let page = Page::staff(title).values(&values).back(url::desk());
    ui::render(shell, page, || {
        let columns = vec![
            Column::text(tr(lang, "文号", "Number")),
            Column::text(tr(lang, "法院", "Court")),
            Column::text(tr(lang, "内容", "What")),
            Column::text(tr(lang, "生效日期", "In effect from")),
            Column::text(tr(lang, "状态", "State")),
        ];
        let row = |one: &Document| {
            let (tone, word) = standing(lang, one.state);
            vec![
                Cell::link(url::court_notice(one.id), one.doc_no.clone()),
                Cell::text(&one.court),
                Cell::text(one.kind.name().get(lang)),
                Cell::text(one.effective_on.text(lang)),
                Cell::tag(tone, word),
            ]
        };
        let rows = documents.iter().map(row).collect();
        let empty = Empty::new(tr(lang, "还没有法院文书。", "No documents yet."));
        let kinds = KINDS.into_iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
        view! {
            <h1>{title}</h1>
            <DataTable caption=tr(lang, "收到的文书", "Documents received") columns rows empty/>
            <Pager next=next/>
            <h2>{tr(lang, "录入文书", "Enter a document")}</h2>
            <Form action=url::court_notices() values=values.clone() id="enter">
                <Field name="doc_no" label=tr(lang, "文号", "Number") width=Width::Medium autocomplete="off"/>
                <Field name="court" label=tr(lang, "法院", "Court")/>
                <Radios name="kind" legend=tr(lang, "内容", "What it says") options=kinds/>
                <Field name="effective_on" label=tr(lang, "生效日期", "In effect from") kind=Kind::Date/>
                <Field name="one" label=tr(lang, "一方身份证号码", "ID number of one party") kind=Kind::IdNumber/>
                <Field name="other" label=tr(lang, "另一方身份证号码", "ID number of the other") kind=Kind::IdNumber/>
                <Field name="cert_no" label=tr(lang, "结婚证字号", "Certificate number") width=Width::Medium autocomplete="off" optional=true/>
                <Button>{tr(lang, "录入，待核对", "Enter, to be checked")}</Button>
            </Form>
        }
    })
}

fn standing(lang: Lang, state: State) -> (Tone, &'static str) {
    match state {
        State::Entered => (Tone::Mind, tr(lang, "待核对", "to be checked")),
        State::Applied => (Tone::Good, tr(lang, "已执行", "applied")),
        State::Rejected => (Tone::Bad, tr(lang, "已退回", "rejected")),
    }
}

/// One document; whoever may check it sees both buttons.
pub fn page(shell: &Shell, document: &Document, may_check: bool, values: Values) -> String {
    let lang = shell.lang;
    let title = document.doc_no.clone();
    let page = Page::staff(title.clone()).values(&values).back(url::court_notices());
    ui::render(shell, page, || {
        let (tone, word) = standing(lang, document.state);
        let mut items = vec![
            Fact::new(tr(lang, "法院", "Court"), &document.court),
            Fact::new(tr(lang, "内容", "What it says"), document.kind.name().get(lang)),
            Fact::new(tr(lang, "生效日期", "In effect from"), document.effective_on.text(lang)),
            Fact::new(tr(lang, "当事人", "Parties"), format!("{} · {}", crate::grouped(&document.couple.one), crate::grouped(&document.couple.other))),
            Fact::new(tr(lang, "收到", "Received"), ui::moment(lang, document.received_at)),
        ];
        if !document.reason.is_empty() {
            items.push(Fact::new(tr(lang, "退回原因", "Why rejected"), &document.reason));
        }
        let about = document.old_file.map_or_else(|| url::registration(document.marriage), url::backentry_row);
        let check = may_check.then(|| check(lang, document, &values));
        let waits = (document.state == State::Entered && !may_check).then(|| {
            let text = tr(lang, "须由另一名工作人员与原件核对后执行。", "Somebody else has to compare it with the original and apply it.");
            view! { <p class="hint">{text}</p> }
        });
        view! {
            <h1>{title}</h1>
            <p><StatusTag tone word/></p>
            <Facts items/>
            <p><a href=about>{tr(lang, "相关登记", "The registration")}</a></p>
            {check}{waits}
        }
    })
}

fn check(lang: Lang, document: &Document, values: &Values) -> AnyView {
    let title = if document.kind.voids() {
        tr(lang, "执行后婚姻自始无效", "Applied, the marriage is void from the beginning")
    } else {
        tr(lang, "执行后婚姻自生效日终止", "Applied, the marriage ends on the day of effect")
    };
    view! {
        <Notice tone=Tone::Mind title=title>
            <p>{tr(lang, "双方的结婚证和电子证照立即失效，不能撤回。", "Both certificates and electronic certificates are out of force at once; this cannot be undone.")}</p>
        </Notice>
        <Form action=url::court_act(document.id, "apply")>
            <Button kind=ButtonKind::Danger>{tr(lang, "与原件一致，执行", "Same as the original: apply")}</Button>
        </Form>
        <Form action=url::court_act(document.id, "reject") values=values.clone() id="reject">
            <Field name="reason" label=tr(lang, "不一致之处", "What differs")/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "退回", "Reject")}</Button>
        </Form>
    }
    .into_any()
}
