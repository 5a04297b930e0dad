//! The fields of moves, one for each need.

use casework::ops::CaseView;
use casework::{Material, MaterialState, Move, Need, Special, form};
use catalog::model::{Delivery, Necessity};
use kernel::{Lang, Text};
use leptos::prelude::*;
use ui::{Checkbox, Checkboxes, Choice, Field, Fieldset, Kind, Select, TextArea, Values, Width, tr};

use super::act::ActPage;
use super::people;

/// Lines of the list of corrections for what is to be mended beside the papers.
pub const FREE: usize = 3;

/// What the fields of a move are called, for what was typed and cannot be sent any more.
pub(super) fn label(lang: Lang, name: &str) -> String {
    let known = match name {
        "reason" => tr(lang, "理由", "Reason"),
        "opinion" => tr(lang, "意见", "Opinion"),
        "remedies" => tr(lang, "救济途径", "Remedies"),
        "right_body" => tr(lang, "有权办理的机关", "The body that is responsible"),
        "basis" => tr(lang, "依据", "Legal basis"),
        "name" => tr(lang, "签收人", "Receiver"),
        other => other,
    };
    known.to_owned()
}

/// Remedies come from the item: nobody types them.
pub(super) fn prefilled(values: Values, mv: &Move, view: &CaseView) -> Values {
    if !mv.needs(Need::Remedies) {
        return values;
    }
    let remedies = view.elements.as_ref().map(|elements| &elements.remedies);
    let lines: Vec<&str> = remedies.map(|all| [&all.review, &all.litigation].map(|text| text.zh.as_ref()).into_iter().filter(|text| !text.is_empty()).collect()).unwrap_or_default();
    values.or("remedies", lines.join("\n"))
}

/// The field, or fields, of one need.
pub(super) fn field(lang: Lang, need: Need, act: &ActPage) -> AnyView {
    match need {
        Need::Reason => view! { <TextArea name="reason" label=tr(lang, "理由", "Reason") hint=tr(lang, "写明事实，不写个人信息；申请人会看到。", "State the facts without personal data; the applicant sees it.")/> }.into_any(),
        Need::Opinion => view! { <TextArea name="opinion" label=tr(lang, "意见", "Opinion") hint=tr(lang, "查明的事实和结论。", "What was found, and what follows.")/> }.into_any(),
        Need::Remedies => view! { <TextArea name="remedies" label=tr(lang, "救济途径", "Remedies") hint=tr(lang, "取自事项，可以补充。", "From the item; you may add to it.")/> }.into_any(),
        Need::RightBody => view! { <Field name="right_body" label=tr(lang, "有权办理的机关", "The body that is responsible") hint=tr(lang, "写全称，申请人据此前往。", "Its full name: the applicant goes there.")/> }.into_any(),
        Need::Corrections => corrections(lang, act),
        Need::Materials => promises(lang, act),
        Need::Special => special(lang),
        Need::Inspectors => view! {
            <Checkboxes name="inspectors" legend=tr(lang, "核查人员", "Who inspected") options=people(&act.colleagues) hint=tr(lang, "不少于 2 人。", "Two at least.")/>
        }
        .into_any(),
        Need::Receiver => receiver(lang),
        Need::Holder => view! {
            <Select name="holder" label=tr(lang, "由谁继续办理", "Who goes on with it") options=people(&act.colleagues) empty=tr(lang, "请选择", "Choose")/>
        }
        .into_any(),
    }
}

/// Words for the log, where the move does not ask for any.
pub(super) fn remark(lang: Lang) -> AnyView {
    view! { <Field name="reason" label=tr(lang, "备注", "Remark") optional=true hint=tr(lang, "记入办理记录，不写个人信息。", "Kept in the log; no personal data.")/> }.into_any()
}

fn special(lang: Lang) -> AnyView {
    let kinds = (1..=9).map(|kind| Choice::new(kind, Special { kind, estimated_days: 0 }.name().get(lang))).collect();
    view! {
        <Select name="kind" label=tr(lang, "程序种类", "Kind of procedure") options=kinds empty=tr(lang, "请选择", "Choose")/>
        <Field name="basis" label=tr(lang, "依据", "Legal basis") hint=tr(lang, "法律名称和条款。", "Law and article.")/>
        <Field name="estimated_days" label=tr(lang, "预计天数", "Expected days") kind=Kind::Number width=Width::Short/>
    }
    .into_any()
}

fn receiver(lang: Lang) -> AnyView {
    let ways = Delivery::ALL.iter().map(|way| Choice::new(way.code(), way.name().get(lang))).collect();
    view! {
        <Select name="way" label=tr(lang, "送达方式", "Way of delivery") options=ways/>
        <Field name="name" label=tr(lang, "签收人", "Who received it")/>
        <Field name="relation" label=tr(lang, "与申请人的关系", "Relation to the applicant") optional=true hint=tr(lang, "本人签收可以不填。", "Leave empty for the applicant.")/>
    }
    .into_any()
}

/// The papers that are asked for in this case.
pub fn papers(act: &ActPage) -> Vec<(String, Text)> {
    let elements = act.view.elements.as_ref();
    let asked = elements.map(|elements| form::materials(&act.matter.case_type, elements, &act.view.answers)).unwrap_or_default();
    asked.into_iter().map(|material| (material.key.clone(), material.name.clone())).collect()
}

/// Everything that has to be mended, told at once: papers to be ticked, and lines for the rest.
fn corrections(lang: Lang, act: &ActPage) -> AnyView {
    let faults = move || vec![Choice::new("missing", tr(lang, "缺少", "Missing")), Choice::new("defective", tr(lang, "不符合要求", "Not in order"))];
    let ticked: Vec<_> = papers(act)
        .into_iter()
        .map(|(key, name)| {
            let here = act.view.materials.iter().rfind(|paper| paper.key == key && paper.state != MaterialState::Replaced);
            let stands = here.map_or_else(|| tr(lang, "没有收到", "not here").to_owned(), |paper| paper.state.name().get(lang).to_owned());
            let legend = lang.pick(format!("{}（{stands}）", name.zh), format!("{} ({stands})", name.en));
            view! {
                <Fieldset legend class="work-fault">
                    <Checkbox name=format!("fix.{key}") label=tr(lang, "需要补正", "Has to be mended")/>
                    <Select name=format!("fault.{key}") label=tr(lang, "问题种类", "Kind") options=faults()/>
                    <Field name=format!("wrong.{key}") label=tr(lang, "问题", "What is wrong") optional=true/>
                    <Field name=format!("mend.{key}") label=tr(lang, "补正方法", "How to mend it") optional=true/>
                </Fieldset>
            }
        })
        .collect();
    let fields: Vec<Choice> = form::asked(&act.matter.case_type, &act.view.answers)
        .into_iter()
        .flat_map(|(_, fields)| fields)
        .map(|field| Choice::new(&field.key, field.label.get(lang)))
        .chain([Choice::new("other", tr(lang, "其他", "Something else"))])
        .collect();
    let free: Vec<_> = (1..=FREE)
        .map(|n| {
            let options = fields.clone();
            let legend = lang.pick(format!("表单内容 {n}"), format!("Entry of the form {n}"));
            view! {
                <Fieldset legend class="work-fault">
                    <Select name=format!("what.{n}") label=tr(lang, "栏目", "Which entry") options/>
                    <Field name=format!("wrong.{n}") label=tr(lang, "问题", "What is wrong") optional=true/>
                    <Field name=format!("mend.{n}") label=tr(lang, "补正方法", "How to mend it") optional=true/>
                </Fieldset>
            }
        })
        .collect();
    view! {
        <Fieldset name="corrections" legend=tr(lang, "需要补正的内容", "What has to be mended") hint=tr(lang, "一次告知全部内容，以后不能再次告知。", "Tell everything at once: it cannot be told again.")>
            {ticked}{free}
        </Fieldset>
    }
    .into_any()
}

/// Papers that may follow, each with the day until which it is promised.
fn promises(lang: Lang, act: &ActPage) -> AnyView {
    let Some(elements) = act.view.elements.as_ref().filter(|elements| elements.online.tolerance) else { return ().into_any() };
    let here = |paper: &&Material| matches!(paper.state, MaterialState::Offered | MaterialState::Received);
    let open: Vec<_> = form::materials(&act.matter.case_type, elements, &act.view.answers)
        .into_iter()
        .filter(|material| material.necessity == Necessity::Later && !act.view.materials.iter().any(|paper| paper.key == material.key && here(&paper)))
        .map(|material| {
            let (legend, key) = (material.name.get(lang).to_owned(), material.key.clone());
            view! {
                <Fieldset legend>
                    <Checkbox name=format!("promise.{key}") label=tr(lang, "容缺受理，申请人承诺以后补交", "Accept without it; the applicant promises to bring it")/>
                    <Field name=format!("due.{key}") label=tr(lang, "最晚补交日期", "Last day to bring it") kind=Kind::Date optional=true/>
                </Fieldset>
            }
        })
        .collect();
    view! { {open} }.into_any()
}
