//! The register for officers: looking a registration up, one registration, certificates of record.

use kernel::codes::{CodeList, ListName};
use kernel::{IdType, Lang};
use leptos::prelude::*;
use marriage::Held;
use marriage::model::Side;
use marriage::parties::PartyKind;
use marriage::records::{Asker, Sheet, uses};
use ui::{
    Button, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Kind, Notice, Page, Radios, Select, Shell, Tone, Values, Width, tr, url,
};

/// The documents beside the identity card by which parties are known.
pub(crate) fn documents(lang: Lang) -> Vec<Choice> {
    let mut codes: Vec<&str> = PartyKind::ALL.iter().flat_map(|kind| &kind.rules().id_types).map(String::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    let known = CodeList::builtin(ListName::IdType);
    let other = codes.into_iter().filter(|code| *code != IdType::RESIDENT.as_str());
    other.filter_map(|code| Some(Choice::new(code, known.get(code)?.get(lang)))).collect()
}

fn question(lang: Lang) -> AnyView {
    let askers = Asker::ALL.into_iter().map(|asker| Choice::new(asker.code(), asker.name().get(lang))).collect();
    view! {
        <Field name="id_no" label=tr(lang, "证件号码", "Number of the document") kind=Kind::IdNumber optional=true/>
        <Select name="id_type" label=tr(lang, "证件类型", "Kind of document") options=documents(lang) empty=tr(lang, "居民身份证", "Resident identity card") optional=true/>
        <Field name="cert_no" label=tr(lang, "证件字号", "Certificate number") width=Width::Medium autocomplete="off" optional=true/>
        <Radios name="asker" legend=tr(lang, "谁来查询", "Who asks") options=askers/>
        <Field name="asker_name" label=tr(lang, "查询人姓名或单位", "Name of whoever asks") optional=true/>
        <Field name="purpose" label=tr(lang, "查询目的", "For what")/>
        <Field name="legal_doc" label=tr(lang, "法律文书编号", "Number of the legal document") optional=true
            hint=tr(lang, "非当事人查询必填：调查函、立案材料、公证委托书等。", "Needed from others than the party: letter of inquiry, case papers, notarised authority.")/>
    }
    .into_any()
}

/// The question, and what it found.
pub fn page(shell: &Shell, found: Option<&[Held]>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "婚姻登记档案", "Register of marriages");
    let page = Page::staff(title).values(&values).back(url::desk());
    ui::render(shell, page, || {
        let list = found.map(|held| table(lang, held));
        let values = values.clone().or("asker", "party");
        view! {
            <h1>{title}</h1>
            <p class="hint">{tr(lang, "每次查询都会记录，当事人能看到。", "Every look is recorded and shown to both persons.")}</p>
            <Form action=url::registry() values id="find">
                {question(lang)}
                <Button>{tr(lang, "查询", "Look up")}</Button>
            </Form>
            {list}
            <ul class="link-list"><li><a href=url::registry_none()>{none_title(lang)}</a></li></ul>
        }
    })
}

fn none_title(lang: Lang) -> &'static str {
    tr(lang, "出具（无）婚姻登记记录证明", "Certify that there is no record")
}

/// The certificate that there is no record.
pub fn none(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let title = none_title(lang);
    let page = Page::staff(title).values(&values).back(url::registry());
    ui::render(shell, page, || {
        let choices = uses().iter().map(|one| Choice::new(one.code.as_str(), if lang == Lang::Zh { one.zh.as_str() } else { one.en.as_str() })).collect();
        let countries = CodeList::builtin(ListName::Country).iter().map(|(code, name)| Choice::new(code, name.get(lang))).collect();
        let values = values.clone().or("asker", "party");
        view! {
            <h1>{title}</h1>
            <p class="hint">{tr(lang, "仅限列出的用途；只说明查过的登记机关和截止时间。", "For listed uses only; it says what was searched, and until when.")}</p>
            <Form action=url::registry_none() values id="none">
                {question(lang)}
                <Select name="usage" label=tr(lang, "用途", "Use") options=choices empty=tr(lang, "其他", "other") optional=true/>
                <Select name="country" label=tr(lang, "用于哪个国家", "For which country") options=countries empty=tr(lang, "不适用", "none") optional=true
                    hint=tr(lang, "用于附件所列国家的填写。", "For the use for a listed country.")/>
                <Button>{tr(lang, "出具", "Certify")}</Button>
            </Form>
        }
    })
}

fn table(lang: Lang, held: &[Held]) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "字号", "Number")),
        Column::text(tr(lang, "登记日期", "Registered on")),
        Column::text(tr(lang, "状态", "State")),
    ];
    let row = |one: &Held| {
        let (tone, word) = standing(lang, &one.state, one.end_kind.map(|kind| kind.name().get(lang).to_owned()));
        vec![Cell::link(url::registration(one.id), one.cert_no.clone()), Cell::text(one.started_on.text(lang)), Cell::tag(tone, word)]
    };
    let rows = held.iter().map(row).collect();
    let empty = Empty::new(tr(lang, "没有查到登记档案。", "No registration was found.")).act(url::reissues(), tr(lang, "向档案馆查档", "Ask the archive"));
    view! { <DataTable caption=tr(lang, "查到的登记", "Registrations found") columns rows empty/> }.into_any()
}

fn standing(lang: Lang, state: &str, why: Option<String>) -> (Tone, String) {
    match state {
        "valid" => (Tone::Good, tr(lang, "有效", "stands").to_owned()),
        "ended" => (Tone::Plain, why.unwrap_or_default()),
        _ => (Tone::Bad, why.unwrap_or_default()),
    }
}

/// One registration. What is void has a red note that only officers see (R-MR-42).
pub fn sheet(shell: &Shell, sheet: &Sheet, values: Values) -> String {
    let lang = shell.lang;
    let entry = &sheet.entry;
    let title = format!("{} {}", tr(lang, "登记", "Registration"), entry.cert_no);
    let page = Page::staff(title.clone()).values(&values).back(url::registry());
    ui::render(shell, page, || {
        let note = entry.end_kind.map(|kind| {
            let tone = if kind.voids() { Tone::Bad } else { Tone::Mind };
            let on = entry.ended_on.map(|day| day.text(lang)).unwrap_or_default();
            let title = if kind.voids() {
                format!("{}，{}", kind.name().get(lang), tr(lang, "自始没有法律约束力", "of no effect from the beginning"))
            } else {
                format!("{} · {on}", kind.name().get(lang))
            };
            view! { <Notice tone title=title><p>{tr(lang, "公开核验一律答复“失效”。", "Every public check answers “no longer valid”.")}</p></Notice> }
        });
        let items = vec![
            Fact::new(tr(lang, "登记日期", "Registered on"), entry.registered_at.day().text(lang)),
            Fact::new(tr(lang, "男方", "The man"), format!("{} · {}", entry.content.a.name, crate::grouped(&entry.content.a.id_no))),
            Fact::new(tr(lang, "女方", "The woman"), format!("{} · {}", entry.content.b.name, crate::grouped(&entry.content.b.id_no))),
            Fact::new(tr(lang, "版本", "Version"), entry.version.to_string()),
        ];
        let certificates = certificates(lang, sheet);
        let made = made(lang, sheet);
        let values = values.clone().or("asker", "party");
        view! {
            <h1>{title}</h1>
            {note}
            <Facts items/>
            <p><a href=url::case(entry.case)>{tr(lang, "登记时的业务", "The case that registered it")}</a></p>
            {certificates}
            <h2>{tr(lang, "出具婚姻登记记录证明", "Certify the record")}</h2>
            <Form action=url::registration(entry.id) values id="certify">
                {question(lang)}
                <Button>{tr(lang, "出具记录证明", "Make the certificate")}</Button>
            </Form>
            {made}
        }
    })
}

fn certificates(lang: Lang, sheet: &Sheet) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "持证人", "Holder")),
        Column::text(tr(lang, "字号", "Number")),
        Column::text(tr(lang, "印制号", "Serial")),
        Column::text(tr(lang, "发证日期", "Issued on")),
    ];
    let rows = sheet.entry.certificates.iter().map(|one| {
        let holder = Side::from_code(&one.holder).map(|side| side.name().get(lang).to_owned()).unwrap_or_default();
        vec![Cell::text(holder), Cell::text(&one.cert_no), Cell::text(&one.print_serial), Cell::text(one.issued_on.text(lang))]
    });
    let empty = Empty::new(tr(lang, "没有有效的证件。", "No certificate is in force."));
    view! { <DataTable caption=tr(lang, "有效证件", "Certificates in force") columns rows=rows.collect() empty/> }.into_any()
}

fn made(lang: Lang, sheet: &Sheet) -> AnyView {
    let columns = vec![Column::text(tr(lang, "编号", "Number")), Column::text(tr(lang, "谁要的", "For whom")), Column::text(tr(lang, "时间", "When"))];
    let rows = sheet.made.iter().map(|one| {
        let asker = one.asker.map(|asker| asker.name().get(lang).to_owned()).unwrap_or_default();
        vec![Cell::link(url::record_paper(one.id), one.number.clone()), Cell::text(asker), Cell::text(ui::moment(lang, one.at))]
    });
    let empty = Empty::new(tr(lang, "还没有出具过记录证明。", "None was made yet."));
    view! { <DataTable caption=tr(lang, "已出具的记录证明", "Certificates of this record") columns rows=rows.collect() empty/> }.into_any()
}
