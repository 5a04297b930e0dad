//! One window (一窗受理): a clerk finds the item that somebody has come for, takes it in for whichever body answers, and hands out the number.

use std::collections::BTreeMap;

use casework::cross::{Method, Mode};
use casework::form;
use casework::ops::TakenIn;
use casework::{Answers, ApplicantKind, CaseType, Field as Asked, Prefill};
use catalog::model::{Elements, Material, Necessity, Scope};
use kernel::{Instant, Lang, Text};
use leptos::prelude::*;
use ui::{
    Answer, Button, ButtonKind, Cell, Checkbox, Choice, Column, DataTable, Empty, Fact, Facts, Field, Fieldset, Form, Hidden, Kind, LinkButton,
    Method as Send, Notice, Page, PrintButton, Qr, Radios, Select, Shell, Tone, Values, Width, tr, url,
};

use super::matters::form::{Known, questions, section};

/// An item that can be taken in.
pub struct FoundItem {
    /// 实施编码.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// The body that answers.
    pub body: Text,
    /// Whether that is the clerk's own.
    pub ours: bool,
    /// How far an applicant may come from.
    pub scope: Option<Scope>,
    /// Whether this counter may take it in.
    pub open: bool,
}

/// What the clerk looks for.
pub struct Find {
    /// Cities and counties in which an applicant may live.
    pub places: Vec<(String, String)>,
    /// What was found; the own items stand first.
    pub items: Vec<FoundItem>,
}

/// Finds an item by words, pinyin or code, for somebody who lives here or elsewhere.
pub fn find(shell: &Shell, found: Find, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "一窗受理", "One window");
    ui::render(shell, Page::staff(title).wide(), move || {
        let residence = values.get("residence").to_owned();
        let rows = found.items.into_iter().map(|item| row(lang, item, &residence)).collect();
        let columns = vec![
            Column::text(tr(lang, "事项", "Item")),
            Column::text(tr(lang, "办理机关", "Body that answers")),
            Column::text(tr(lang, "受理方式", "How")),
        ];
        let empty = Empty::new(tr(lang, "没有找到可以在窗口受理的事项。换一个词，或者换申请人所在地。", "Nothing found. Try another word, or another place of residence."));
        let places = found.places.into_iter().map(|(code, name)| Choice::new(code, name)).collect();
        view! {
            <h1>{title}</h1>
            <Form action=url::desk_intake() method=Send::Get values class="inline">
                <Field name="q" label=tr(lang, "事项", "Item") hint=tr(lang, "名称、拼音或者编码", "Name, pinyin or code") kind=Kind::Search optional=true/>
                <Select name="residence" label=tr(lang, "申请人户籍或者住所地", "Where the applicant lives") options=places
                    empty=tr(lang, "本地", "Here") optional=true/>
                <Button>{tr(lang, "查找", "Find")}</Button>
            </Form>
            <DataTable caption=tr(lang, "可以受理的事项", "Items that can be taken in") columns rows empty/>
        }
    })
}

fn row(lang: Lang, item: FoundItem, residence: &str) -> Vec<Cell> {
    let here = url::with(url::intake_item(&item.code), &[("residence", residence)]);
    let name = item.name.get(lang).to_owned();
    let how = match (item.ours, item.open) {
        (true, _) => Cell::tag(Tone::Good, tr(lang, "本机关受理", "Ours")),
        (false, true) => Cell::tag(Tone::Plain, item.scope.map_or_else(|| tr(lang, "一窗受理", "One window").to_owned(), |scope| scope.label().get(lang).to_owned())),
        (false, false) => Cell::tag(Tone::Mind, tr(lang, "不支持在本地受理", "Not to be had here")),
    };
    vec![if item.open { Cell::link(here, name) } else { Cell::text(name) }, Cell::text(item.body.get(lang)), how]
}

/// An item about to be taken in.
pub struct Intake {
    /// 实施编码.
    pub code: String,
    /// What it says.
    pub elements: Elements,
    /// Its declaration.
    pub case_type: CaseType,
    /// The answers so far: they decide what else is asked.
    pub answers: Answers,
    /// The body that answers.
    pub body: Text,
    /// Whether another body answers, with a word on where the case goes.
    pub directed: Option<Text>,
    /// How the case may cross the border, if it crosses one.
    pub modes: Vec<Mode>,
    /// Codes and names of the regions that a field may name.
    pub regions: Vec<(String, String)>,
}

/// The form at the counter: who, how, what, and the papers on the counter.
pub fn form(shell: &Shell, data: Intake, values: Values) -> String {
    let lang = shell.lang;
    let title = data.elements.name.get(lang).to_owned();
    ui::render(shell, Page::staff(title.clone()).back(url::desk_intake()).values(&values), move || {
        let Intake { code, elements, case_type, answers, body, directed, modes, regions } = data;
        let to = directed.map(|words| view! { <Notice tone=Tone::Plain>{words.get(lang).to_owned()}</Notice> });
        let known = Known { regions, ..Known::default() };
        let residence = values.get("_residence").to_owned();
        let crosses = !modes.is_empty();
        let ours = to.is_none();
        let asked = form::asked(&case_type, &answers).into_iter().map(|(asked, fields)| (asked.clone(), fields.into_iter().filter(|field| !is_told(field)).cloned().collect::<Vec<_>>()));
        let sections: Vec<_> = asked
            .filter(|(_, fields)| !fields.is_empty())
            .map(|(asked, fields)| {
                let (known, heading) = (known.clone(), asked.title.get(lang).to_owned());
                view! { <h2>{heading}</h2>{move || section(lang, &asked, &fields.iter().collect::<Vec<_>>(), &known)} }
            })
            .collect();
        let papers: Vec<_> = form::materials(&case_type, &elements, &answers).into_iter().map(|material| paper(lang, material, &elements, ours)).collect();
        let asked = case_type.questions.clone();
        let more = !asked.is_empty();
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "办理机关：", "Body that answers: ")}{body.get(lang).to_owned()}</p>
            {to}
            <Form action=url::intake_item(&code) values>
                <Hidden name="_residence" value=residence/>
                <h2>{tr(lang, "申请人", "Applicant")}</h2>
                {applicant(lang)}
                {crosses.then(|| crossing(lang, &modes))}
                {more.then(|| view! { <h2>{tr(lang, "办理情形", "What it is about")}</h2>{questions(lang, &asked)} })}
                {sections}
                <h2>{tr(lang, "材料", "Papers")}</h2>
                {papers}
                <Button>{tr(lang, "核对无误，收件", "Checked: take it in")}</Button>
            </Form>
        }
    })
}

/// Whether the applicant has said it by saying who he is.
fn is_told(field: &Asked) -> bool {
    matches!(field.prefill, Some(Prefill::ApplicantName | Prefill::ApplicantNumber | Prefill::Phone))
}

fn applicant(lang: Lang) -> AnyView {
    let kinds = vec![
        Choice::new(ApplicantKind::Person.code(), tr(lang, "个人", "A person")),
        Choice::new(ApplicantKind::Organisation.code(), tr(lang, "单位", "An organisation")),
    ];
    view! {
        <Radios name="_kind" legend=tr(lang, "谁来申请", "Who applies") options=kinds inline=true/>
        <Field name="_number" label=tr(lang, "身份证号码或者统一社会信用代码", "ID number or credit code") kind=Kind::IdNumber autocomplete="off"/>
        <Field name="_name" label=tr(lang, "姓名或者名称", "Name") width=Width::Medium autocomplete="off"/>
        <Field name="_phone" label=tr(lang, "手机号", "Mobile number") hint=tr(lang, "没有手机可以不填，凭受理编号和查询码查进度。", "May be left empty: the number and the query code open the progress.")
            kind=Kind::Tel autocomplete="off" optional=true/>
    }
    .into_any()
}

/// How the case goes to the body that answers.
fn crossing(lang: Lang, modes: &[Mode]) -> AnyView {
    let modes = modes.iter().map(|mode| Choice::new(mode.code(), mode.name().get(lang)).hint(mode.hint().get(lang))).collect();
    let methods = Method::ALL.iter().map(|method| Choice::new(method.code(), method.name().get(lang))).collect();
    view! {
        <h2>{tr(lang, "跨区域办理", "For another place")}</h2>
        <Radios name="_mode" legend=tr(lang, "办理方式", "How it is handled") options=modes/>
        <Select name="_identity" label=tr(lang, "身份核验方式", "How identity was checked") options=methods
            hint=tr(lang, "办理机关采信本窗口的核验，不再重复核验。", "The body that answers relies on this check.") empty=tr(lang, "发送前再核验", "Later, before sending")/>
        <Checkbox name="_originals" label=tr(lang, "纸质材料随后寄送", "Papers follow by post")/>
    }
    .into_any()
}

/// Names of the fields of a material.
pub fn fields_of(key: &str) -> [String; 4] {
    ["_has", "_originals", "_copies", "_due"].map(|name| format!("{name}.{key}"))
}

fn paper(lang: Lang, material: &Material, elements: &Elements, ours: bool) -> AnyView {
    let [has, originals, copies, due] = fields_of(&material.key);
    let later = ours && elements.online.tolerance && material.necessity == Necessity::Later;
    let mut options = vec![Choice::new("here", tr(lang, "已收到", "Here"))];
    let missing = if ours && form::is_required(material) { tr(lang, "未提交，一次性告知补正", "Missing: to be supplied") } else { tr(lang, "未提交", "Missing") };
    options.push(Choice::new("missing", missing));
    if later {
        options.push(Choice::new("promised", tr(lang, "容缺后补", "Promised")));
    }
    let name = material.name.get(lang).to_owned();
    view! {
        <Fieldset legend=name.clone()>
            <Radios name=has legend=tr(lang, "是否收到", "Is it here") options inline=true/>
            <div class="form inline">
                <Field name=originals label=tr(lang, "原件（份）", "Originals") kind=Kind::Number width=Width::Short optional=true/>
                <Field name=copies label=tr(lang, "复印件（份）", "Copies") kind=Kind::Number width=Width::Short optional=true/>
            </div>
            {later.then(|| view! { <Field name=due.clone() label=tr(lang, "承诺补交日期", "Promised by") kind=Kind::Date optional=true/> })}
        </Fieldset>
    }
    .into_any()
}

/// What the applicant takes home: number, query code, where to look, what was received.
pub fn done(shell: &Shell, taken: TakenIn, item: Text, papers: Vec<(Text, i64, i64)>, progress: String, now: Instant) -> String {
    let lang = shell.lang;
    let own = taken.directed.is_none();
    let moment = ui::moment(lang, now);
    let title = tr(lang, "收件凭证", "Receipt");
    ui::render(shell, Page::staff(title), move || {
        let rows = papers
            .into_iter()
            .map(|(name, originals, copies)| vec![Cell::text(name.get(lang)), Cell::text(originals), Cell::text(copies)])
            .collect();
        let columns = vec![
            Column::text(tr(lang, "材料", "Paper")),
            Column::number(tr(lang, "原件", "Originals")),
            Column::number(tr(lang, "复印件", "Copies")),
        ];
        let facts = vec![
            Fact::new(tr(lang, "受理编号", "Case number"), taken.case_no.clone()),
            Fact::new(tr(lang, "查询码", "Query code"), taken.query_code.clone()),
            Fact::new(tr(lang, "事项", "Item"), item.get(lang)),
            Fact::new(tr(lang, "办理机关", "Body that answers"), taken.body.get(lang)),
        ];
        let directed = taken.directed.as_ref().map(|issue| {
            let words = lang.pick(issue.message.zh.to_string(), issue.message.en.to_string());
            view! { <Notice tone=Tone::Plain>{words}</Notice> }
        });
        let next = if own { url::work_case(taken.case) } else { url::cross_case(taken.case) };
        view! {
            <h1>{title}</h1>
            <Answer tone=Tone::Good word=tr(lang, "已收件", "Taken in") moment=moment>
                <p>{tr(lang, "请把这一页打印给申请人。没有手机的，凭受理编号和查询码可以在任何窗口或者网页查询。",
                    "Print this page for the applicant. The number and the query code open the progress at any counter or online.")}</p>
            </Answer>
            {directed}
            <Facts items=facts/>
            <DataTable caption=tr(lang, "收到的材料", "Papers received") columns rows empty=Empty::new(tr(lang, "没有收取材料。", "None."))/>
            <Qr address=progress label=tr(lang, "查询进度的网址", "Address of the progress page")/>
            <p class="actions">
                <PrintButton/>" "
                <LinkButton href=next kind=ButtonKind::Secondary>{tr(lang, "查看办件", "Open the case")}</LinkButton>" "
                <LinkButton href=url::desk_intake() kind=ButtonKind::Secondary>{tr(lang, "受理下一件", "The next one")}</LinkButton>
            </p>
        }
    })
}

/// Papers of a form as they were received, by the names that the item gives them.
pub fn received(elements: &Elements, papers: &BTreeMap<String, (i64, i64)>) -> Vec<(Text, i64, i64)> {
    let named = |key: &String| elements.materials.iter().find(|material| material.key == *key).map(|material| material.name.clone()).unwrap_or_default();
    papers.iter().map(|(key, (originals, copies))| (named(key), *originals, *copies)).collect()
}
