//! The check of a name before anybody applies: the form, and under it what came of it.

use kernel::{Instant, Issue};
use leptos::prelude::*;
use organizations::Kind;
use organizations::naming::Checked;
use ui::{Answer, Button, Choice, Fact, Facts, Field, Form, Page, Radios, Select, Shell, Tone, Values, Width, tr, url};

/// A name like the one that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// The name.
    pub name: String,
    /// Credit code.
    pub code: String,
}

/// What came of a check.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The name, what is wrong with it.
    pub checked: Checked,
    /// Organisations of the division with names like it, the nearest first.
    pub similar: Vec<Similar>,
    /// The moment of the answer.
    pub at: Instant,
}

/// The page; `regions` are codes and names to choose from.
pub fn page(shell: &Shell, regions: &[(String, String)], outcome: Option<Outcome>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "社会组织名称自查", "Check a name for an organisation");
    let places: Vec<Choice> = regions.iter().map(|(code, name)| Choice::new(code, name.clone())).collect();
    ui::render(shell, Page::public(title).values(&values).indexed(), move || {
        let kinds: Vec<Choice> = Kind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
        view! {
            <h1>{title}</h1>
            <p class="lead">{tr(
                lang,
                "申请成立之前先查一查名称：结构是否完整，区划是否正确，是否与已登记的相同。不用登录，查询不保留名称。",
                "See before you apply whether a name is complete, names the right place and is free. No sign-in; nothing is reserved by asking.",
            )}</p>
            {outcome.map(|outcome| view! { {answered(lang, outcome)}<h2>{tr(lang, "检查另一个名称", "Check another name")}</h2> })}
            <Form action=url::organization_name_check() values>
                <Radios name="kind" legend=tr(lang, "组织类型", "Kind of organisation") options=kinds/>
                <Select name="region" label=tr(lang, "在哪里登记", "Where it is to be registered") options=places empty=tr(lang, "请选择", "Choose")/>
                <Field name="name" label=tr(lang, "名称", "Name") width=Width::Full
                    hint=tr(lang, "写全称，例如“甲市摄影家协会”；市辖区的名称前加所在的市。", "The whole name; before a district comes its city.")/>
                <Button>{tr(lang, "检查", "Check")}</Button>
            </Form>
        }
    })
}

fn answered(lang: kernel::Lang, Outcome { checked, similar, at }: Outcome) -> AnyView {
    let moment = format!("{}{}", tr(lang, "查询时刻：", "As of "), ui::moment(lang, at));
    let free = checked.issues.is_empty();
    let (tone, word) = if free { (Tone::Good, tr(lang, "可以申请", "May be applied for")) } else { (Tone::Bad, tr(lang, "不能使用", "Not available")) };
    let told = |issue: Issue| {
        let law = issue.legal_basis.clone().map(|law| view! { " · "<span class="source">{law.to_string()}</span> });
        view! { <li>{issue.text(lang).to_owned()}" "<span class="source">{issue.code.to_string()}</span>{law}</li> }
    };
    let faults = (!free).then(|| view! { <ul>{checked.issues.into_iter().map(told).collect_view()}</ul> });
    let last = free.then(|| view! {
        <p>{tr(lang, "是否与其他名称近似、是否适当，由登记机关审查决定；查询不保留名称。", "Whether it is too like another, or improper, the authority decides; asking reserves nothing.")}</p>
        <p><a href=url::search("社会组织成立登记")>{tr(lang, "去申请成立登记", "Apply for the registration")}</a></p>
    });
    let parts = checked.parts.map(|parts| {
        let brand = (!parts.brand.is_empty()).then(|| Fact::new(tr(lang, "字号", "Name of its own"), parts.brand.clone()));
        let field = (!parts.field.is_empty()).then(|| Fact::new(tr(lang, "行（事）业领域或会员组成", "Field, or membership"), parts.field.clone()));
        let items: Vec<Fact> = [
            Some(Fact::new(tr(lang, "行政区划", "Area"), parts.area.clone())),
            brand,
            field,
            Some(Fact::new(tr(lang, "组织形式", "Organisational form"), parts.form.clone())),
        ]
        .into_iter()
        .flatten()
        .collect();
        view! { <h3>{tr(lang, "名称的组成", "Its parts")}</h3><Facts items/> }
    });
    let like = if similar.is_empty() {
        view! { <p>{tr(lang, "没有找到近似的名称。", "No name like it was found.")}</p> }.into_any()
    } else {
        let line = |one: Similar| view! { <li><a href=url::organization(&one.code)>{one.name}</a></li> };
        view! { <ul>{similar.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    view! {
        <h2>{checked.name}</h2>
        <Answer tone word moment>{faults}{last}</Answer>
        {parts}
        <h3>{tr(lang, "这一地区近似的名称", "Names like it in this area")}</h3>
        {like}
    }
    .into_any()
}
