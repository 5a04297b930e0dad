//! Somebody at the counter, step by step: who he is, what is asked of him beside what is known already, his papers, and all of it to be checked.

use std::collections::BTreeSet;

use casework::cross::{Method, Mode};
use casework::ops::Offered;
use casework::{Answers, ApplicantKind, CaseType, CounterSheet, Field as Asked, Prefill, Section, form as declared};
use catalog::model::Elements;
use kernel::{Lang, Text, mask};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Checkbox, Choice, Fact, Facts, Field, Form, Hidden, Kind, LinkButton, Notice, Page, Radios, Select, Shell, Tone, Values, Width,
    tr, url,
};

use super::matters::apply::SEEN;
use super::matters::form::{self, Known};

/// A sheet of the counter with everything that its pages show.
pub struct Sheet {
    /// 实施编码.
    pub code: String,
    /// What the item says.
    pub elements: Elements,
    /// Its declaration.
    pub case_type: CaseType,
    /// The body that answers.
    pub body: Text,
    /// A word on where the case goes, if another body answers.
    pub directed: Option<Text>,
    /// How the case may cross the border, if it crosses one.
    pub modes: Vec<Mode>,
    /// Codes and names of the regions that a field may name.
    pub regions: Vec<(String, String)>,
    /// The sheet, once somebody was named.
    pub sheet: Option<CounterSheet>,
    /// The answers in their one form: they decide what else is asked.
    pub answers: Answers,
    /// What is known of the applicant.
    pub offered: Offered,
}

impl Sheet {
    /// The version that a page shows.
    pub fn seen(&self) -> i64 {
        self.sheet.as_ref().map_or(0, |sheet| sheet.version)
    }

    /// The sections that are asked at a counter, each with its fields: without what the applicant said by saying who he is.
    pub fn asked(&self) -> Vec<(&Section, Vec<&Asked>)> {
        let asked = declared::asked(&self.case_type, &self.answers).into_iter();
        let told = |field: &&Asked| !matches!(field.prefill, Some(Prefill::ApplicantName | Prefill::ApplicantNumber | Prefill::Phone));
        asked.map(|(section, fields)| (section, fields.into_iter().filter(told).collect::<Vec<_>>())).filter(|(_, fields)| !fields.is_empty()).collect()
    }
}

/// The steps, as the line above the title says them.
fn step(lang: Lang, sheet: &Sheet, at: usize) -> String {
    let name = sheet.elements.name.get(lang);
    match lang {
        Lang::Zh => format!("{name} · 第 {at} 步，共 4 步"),
        Lang::En => format!("{name} · Step {at} of 4"),
    }
}

/// For whom the sheet is, on every page after the first.
fn person(lang: Lang, sheet: &CounterSheet) -> AnyView {
    let words = format!("{} {}", sheet.form.name, mask::id_number(&sheet.form.number));
    let fact = Fact::new(tr(lang, "申请人", "Applicant"), words).change(url::desk_sheet_who(sheet.id), tr(lang, "更改", "Change"));
    view! { <Facts items=vec![fact]/> }.into_any()
}

/// First step: who has come, and how the case goes where it belongs.
pub fn who(shell: &Shell, data: &Sheet, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "谁来申请", "Who applies");
    let (action, back) = match &data.sheet {
        Some(sheet) => (url::desk_sheet_who(sheet.id), url::desk_sheet_check(sheet.id)),
        None => (url::intake_item(&data.code), url::desk_intake()),
    };
    ui::render(shell, Page::staff(title).back(back).values(&values), move || {
        let to = data.directed.as_ref().map(|words| words.get(lang).to_owned()).map(|words| view! { <Notice tone=Tone::Plain>{words}</Notice> });
        let (step, body) = (step(lang, data, 1), data.body.get(lang).to_owned());
        let (residence, seen) = (values.get("_residence").to_owned(), data.seen().to_string());
        let modes = data.modes.clone();
        view! {
            <p class="hint">{step}</p>
            <h1>{title}</h1>
            <p>{tr(lang, "办理机关：", "Body that answers: ")}{body}</p>
            {to}
            <Form action values>
                <Hidden name=SEEN value=seen/>
                <Hidden name="_residence" value=residence/>
                {applicant(lang)}
                {move || (!modes.is_empty()).then(|| crossing(lang, &modes))}
                <Button>{tr(lang, "保存并继续", "Save and continue")}</Button>
            </Form>
        }
    })
}

fn applicant(lang: Lang) -> AnyView {
    let kinds = vec![
        Choice::new(ApplicantKind::Person.code(), tr(lang, "个人", "A person")),
        Choice::new(ApplicantKind::Organisation.code(), tr(lang, "单位", "An organisation")),
    ];
    view! {
        <Radios name="_kind" legend=tr(lang, "申请人类型", "Kind of applicant") options=kinds inline=true/>
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

/// Second step: the questions and the form, without what is known already.
pub fn facts(shell: &Shell, data: &Sheet, sheet: &CounterSheet, change: BTreeSet<String>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "申请内容", "What is applied for");
    let values = form::values(&data.case_type, &data.answers).over(values);
    ui::render(shell, Page::staff(title).back(url::desk_sheet_who(sheet.id)).values(&values), move || {
        let known = Known { held: data.offered.answers.clone(), change, here: url::desk_sheet(sheet.id), regions: data.regions.clone() };
        let sections: Vec<_> = data
            .asked()
            .into_iter()
            .map(|(asked, fields)| {
                let (asked, fields, known) = (asked.clone(), fields.into_iter().cloned().collect::<Vec<_>>(), known.clone());
                let heading = asked.title.get(lang).to_owned();
                view! { <h2>{heading}</h2>{move || form::section(lang, &asked, &fields.iter().collect::<Vec<_>>(), &known)} }
            })
            .collect();
        let questions = data.case_type.questions.clone();
        let (action, seen) = (url::desk_sheet(sheet.id), sheet.version.to_string());
        view! {
            <p class="hint">{step(lang, data, 2)}</p>
            <h1>{title}</h1>
            {person(lang, sheet)}
            <Form action values>
                <Hidden name=SEEN value=seen/>
                {move || form::questions(lang, &questions)}
                {sections}
                <Button>{tr(lang, "保存并继续", "Save and continue")}</Button>
            </Form>
        }
    })
}

/// Last step: everything, to be read to the applicant and taken in.
pub fn check(shell: &Shell, data: &Sheet, sheet: &CounterSheet, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "核对并收件", "Check and take in");
    ui::render(shell, Page::staff(title).back(url::desk_sheet_papers(sheet.id)).values(&values), move || {
        let change = tr(lang, "更改", "Change");
        let facts = url::desk_sheet(sheet.id);
        let keys = data.case_type.questions.iter().map(|question| question.key.clone());
        let questions: Vec<Fact> = form::question_facts(lang, &data.case_type, &data.answers, Some(&facts)).into_iter().zip(keys).map(|(fact, key)| fact.id(key)).collect();
        let sections: Vec<_> = data
            .asked()
            .into_iter()
            .map(|(section, fields)| {
                let lines = form::section_facts(lang, &fields, &data.answers, &data.regions, Some(&facts));
                let keys = fields.iter().filter(|field| !matches!(field.kind, casework::FieldKind::Upload { .. })).map(|field| field.key.clone());
                let items: Vec<Fact> = lines.into_iter().zip(keys).map(|(fact, key)| fact.id(key)).collect();
                view! { <h2>{section.title.get(lang).to_owned()}</h2><Facts items/> }
            })
            .collect();
        let papers: Vec<Fact> = declared::materials(&data.case_type, &data.elements, &data.answers)
            .into_iter()
            .map(|material| {
                let noted = sheet.form.papers.get(&material.key).cloned();
                let words = super::intake_papers::in_words(lang, noted.as_ref());
                Fact::new(material.name.get(lang), words).id(super::intake_papers::fields_of(&material.key)[0].clone()).change(url::desk_sheet_papers(sheet.id), change)
            })
            .collect();
        let none = papers.is_empty().then(|| view! { <p>{tr(lang, "不用提交任何材料。", "No paper is needed.")}</p> });
        let (action, seen) = (url::desk_sheet_check(sheet.id), sheet.version.to_string());
        let ready = !values.issues().iter().any(|issue| issue.code.starts_with("E-FORM"));
        view! {
            <p class="hint">{step(lang, data, 4)}</p>
            <h1>{title}</h1>
            <Facts items=who_facts(lang, data, sheet)/>
            {(!questions.is_empty()).then(|| view! { <Facts items=questions/> })}
            {sections}
            <h2>{tr(lang, "材料", "Papers")}</h2>
            {none}<Facts items=papers/>
            {ready.then(|| view! {
                <Form action values>
                    <Hidden name=SEEN value=seen/>
                    <p>{tr(lang, "请申请人确认以上内容属实，再收件。", "Let the applicant confirm that all of this is true; then take it in.")}</p>
                    <Button>{tr(lang, "核对无误，收件", "Checked: take it in")}</Button>
                </Form>
            })}
            <p><a href=url::desk_sheet_discard(sheet.id)>{tr(lang, "不办了，删除这份收件", "Not to be taken in: throw it away")}</a></p>
        }
    })
}

fn who_facts(lang: Lang, data: &Sheet, sheet: &CounterSheet) -> Vec<Fact> {
    let (form, here, change) = (&sheet.form, url::desk_sheet_who(sheet.id), tr(lang, "更改", "Change"));
    let given = |text: &str| if text.is_empty() { tr(lang, "未填写", "Not given").to_owned() } else { text.to_owned() };
    let mut items = vec![
        Fact::new(tr(lang, "姓名或者名称", "Name"), form.name.clone()).id("_name").change(here.clone(), change),
        Fact::new(tr(lang, "证件号码", "Document number"), mask::id_number(&form.number)).id("_number").change(here.clone(), change),
        Fact::new(tr(lang, "手机号", "Mobile number"), given(&form.phone)).id("_phone").change(here.clone(), change),
        Fact::new(tr(lang, "办理机关", "Body that answers"), data.body.get(lang)),
    ];
    if !data.modes.is_empty() {
        let mode = form.mode.map(|mode| mode.name().get(lang).to_owned()).unwrap_or_default();
        let identity = form.identity.map_or_else(|| tr(lang, "发送前再核验", "Later, before sending").to_owned(), |method| method.name().get(lang).to_owned());
        items.push(Fact::new(tr(lang, "办理方式", "How it is handled"), given(&mode)).id("_mode").change(here.clone(), change));
        items.push(Fact::new(tr(lang, "身份核验方式", "How identity was checked"), identity).id("_identity").change(here, change));
    }
    items
}

/// Whether to throw a sheet away.
pub fn discard(shell: &Shell, sheet: &CounterSheet) -> String {
    let lang = shell.lang;
    let title = tr(lang, "删除这份收件？", "Throw this away?");
    ui::render(shell, Page::staff(title).back(url::desk_intake()), move || {
        let (action, seen) = (url::desk_sheet_discard(sheet.id), sheet.version.to_string());
        let (of, keep) = (format!("{} · {}", mask::name(&sheet.form.name), sheet.form.item.get(lang)), url::desk_sheet_check(sheet.id));
        view! {
            <h1>{title}</h1>
            <p>{of}</p>
            <p>{tr(lang, "填写的内容和扫描的材料会一起删除，不能恢复。", "What was filled in and scanned goes with it. This cannot be undone.")}</p>
            <Form action>
                <Hidden name=SEEN value=seen/>
                <Button kind=ButtonKind::Danger>{tr(lang, "删除", "Throw it away")}</Button>
                <LinkButton kind=ButtonKind::Secondary href=keep>{tr(lang, "不删除", "Keep it")}</LinkButton>
            </Form>
        }
    })
}
