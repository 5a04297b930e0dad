//! The form of an implementation list's local elements, and what is read from it.

use catalog::model::{Elements, Limit, LimitUnit};
use catalog::ops::{Local, StaffView};
use kernel::{Day, Issue, Issues, Lang, Refusal, Text};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Choice, Fact, Facts, Field, Fieldset, Form, Hidden, Kind, Page, Select, Shell, TextArea, Values, Width, tr, url};

use super::questions;

/// The form. `values` are what was typed, or [`known`].
pub fn edit(shell: &Shell, view: &StaffView, values: &Values) -> String {
    let lang = shell.lang;
    let Some(draft) = &view.draft else { return super::list(shell, Vec::new(), false, false, values) };
    let locked = locked(lang, &draft.elements);
    let title = format!("{} · {}", draft.elements.name.get(lang), tr(lang, "本级要素", "local elements"));
    let action = url::admin_item_edit(&view.code);
    let units: Vec<_> = LimitUnit::ALL.iter().map(|unit| Choice::new(unit.code(), unit.name().get(lang).to_owned())).collect();
    let values = values.clone();
    let page = Page::staff(title.clone()).back(url::admin_item(&view.code)).values(&values);
    ui::render(shell, page, move || {
        let (revision, asked) = (values.get("revision").to_owned(), values.clone());
        view! {
            <h1>{title}</h1>
            <details><summary>{tr(lang, "上级锁定的要素（不可修改）", "Elements that the upper level holds")}</summary><Facts items=locked/></details>
            <Form action values>
                <Hidden name="revision" value=revision/>
                <Field name="effective_from" kind=Kind::Date label=tr(lang, "计划生效日期", "First day in force") optional=true
                    hint=tr(lang, "不填为发布当天。", "The day of publication if left empty.")/>
                {pair(lang, "summary", "一句话说明", "In one sentence")}
                <Fieldset legend=tr(lang, "承诺办结时限", "Promised limit") hint=tr(lang, "0 为当场办结；不得晚于法定时限和上级承诺。", "0 is on the spot; never later than the law and the upper level.")>
                    <Field name="promise.value" kind=Kind::Number label=tr(lang, "数值", "Figure")/>
                    <Select name="promise.unit" label=tr(lang, "单位", "Unit") options=units/>
                </Fieldset>
                <Field name="visits.count" kind=Kind::Number label=tr(lang, "到现场次数", "Visits")/>
                {pair(lang, "visits.reason", "必须到现场的原因", "Why a visit is needed")}
                <TextArea name="place.offices" rows=3 label=tr(lang, "办理地点", "Offices")
                    hint=tr(lang, "地点编号，一行一个，主要的在前。地址、时间和电话取自地点本身。", "Codes of offices, one a line, the main one first. Address, hours and phones are the office’s own.")/>
                {pair(lang, "place.window", "窗口号（选填）", "Window (optional)")}
                {pair(lang, "place.note", "地点说明（选填）", "Notes on the place (optional)")}
                {pair(lang, "body.department", "承办机构（选填）", "Department (optional)")}
                {pair(lang, "remedies.complaint", "监督投诉", "Complaints")}
                {questions::groups(lang, &asked)}
                <Button name="then" value="submit">{tr(lang, "保存并提交审核", "Save and send to review")}</Button>
                " "
                <Button kind=ButtonKind::Secondary name="then" value="keep">{tr(lang, "只保存", "Save only")}</Button>
            </Form>
        }
    })
}

/// A text in both languages.
fn pair(lang: Lang, name: &'static str, zh: &'static str, en: &'static str) -> AnyView {
    view! {
        <Fieldset legend=tr(lang, zh, en)>
            <Field name=format!("{name}.zh") label=tr(lang, "中文", "Chinese") width=Width::Full/>
            <Field name=format!("{name}.en") label=tr(lang, "英文", "English") width=Width::Full/>
        </Fieldset>
    }
    .into_any()
}

fn locked(lang: Lang, elements: &Elements) -> Vec<Fact> {
    let list = |texts: Vec<&Text>| texts.into_iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(tr(lang, "；", "; "));
    vec![
        Fact::new(tr(lang, "事项名称", "Name"), elements.name.get(lang)),
        Fact::new(tr(lang, "事项类型", "Kind"), elements.kind.name().get(lang)),
        Fact::new(tr(lang, "设定依据", "Legal basis"), list(elements.bases.iter().map(|basis| &basis.law).collect())),
        Fact::new(tr(lang, "受理条件", "Conditions"), list(elements.conditions.iter().collect())),
        Fact::new(tr(lang, "法定办结时限", "Legal limit"), elements.legal_limit.text(lang)),
        Fact::new(tr(lang, "办件类型", "Handling"), elements.handling.name().get(lang)),
        Fact::new(tr(lang, "申请材料", "Materials"), list(elements.materials.iter().map(|material| &material.name).collect())),
        Fact::new(tr(lang, "结果名称", "Result"), elements.result.name.get(lang)),
    ]
}

/// The form as a draft has it.
pub fn known(view: &StaffView) -> Values {
    let Some(draft) = &view.draft else { return Values::new() };
    let elements = &draft.elements;
    let department = elements.body.as_ref().and_then(|body| body.department.as_ref());
    let mut values = Values::new()
        .with("revision", draft.revision)
        .with("effective_from", draft.effective_from.map(|day| day.to_string()).unwrap_or_default())
        .with("promise.value", elements.promise.value)
        .with("promise.unit", elements.promise.unit.code())
        .with("visits.count", elements.visits.count)
        .with("place.offices", elements.place.offices.join("\n"));
    let texts = [
        ("summary", Some(&elements.summary)),
        ("visits.reason", elements.visits.reason.as_ref()),
        ("place.window", elements.place.window.as_ref()),
        ("place.note", elements.place.note.as_ref()),
        ("body.department", department),
        ("remedies.complaint", Some(&elements.remedies.complaint)),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            values = values.with(&format!("{name}.zh"), &text.zh).with(&format!("{name}.en"), &text.en);
        }
    }
    questions::known(values, &elements.faq)
}

/// What the form says: the local elements and the first day in force.
///
/// # Errors
/// Everything that cannot be read, at its field.
pub fn local(values: &Values) -> Result<(Local, Option<Day>), Refusal> {
    let mut issues = Issues::default();
    let mut number = |name: &str| {
        // `code` reads full-width figures and takes hyphens away: a minus is none of them.
        let typed = values.get(name);
        let figure = kernel::text::code(typed).parse::<u32>().ok().filter(|_| !typed.contains(['-', '－']));
        figure.unwrap_or_else(|| {
            issues.add(Issue::error("E-P111", "请填写整数，例如 5", "Give a whole number, such as 5").field(name).rule("P1-11"));
            0
        })
    };
    let (value, visits) = (number("promise.value"), number("visits.count"));
    let unit = LimitUnit::from_code(values.get("promise.unit")).unwrap_or(LimitUnit::WorkingDay);
    let typed_day = values.get("effective_from");
    let from = match (typed_day.is_empty(), typed_day.parse::<Day>()) {
        (true, _) => None,
        (false, Ok(day)) => Some(day),
        (false, Err(_)) => {
            let message = "请按 2026-05-20 的样子填写日期";
            issues.add(Issue::error("E-P111", message, "Write the date as 2026-05-20").field("effective_from").rule("P1-11"));
            None
        }
    };
    let faq = questions::read(values, &mut issues);
    issues.finish()?;
    let text = |name: &str| {
        let part = |lang: &str| kernel::text::lines(values.raw(&format!("{name}.{lang}")));
        Text::new(part("zh"), part("en"))
    };
    let optional = |name: &str| Some(text(name)).filter(|text| !text.zh.is_empty() || !text.en.is_empty());
    let offices = values.raw("place.offices").lines().map(kernel::text::line).filter(|line| !line.is_empty());
    let local = Local {
        summary: text("summary"),
        promise: Limit::new(value, unit),
        visits,
        visits_reason: optional("visits.reason"),
        department: optional("body.department"),
        offices: offices.collect(),
        window: optional("place.window"),
        note: optional("place.note"),
        complaint: text("remedies.complaint"),
        faq,
    };
    Ok((local, from))
}

/// Brings issues to the inputs of this form: an element in two languages is reported at its Chinese input, a list of gaps at each.
pub fn at_inputs(issues: Vec<Issue>) -> Vec<Issue> {
    let mut placed = Vec::new();
    for issue in issues {
        match issue.params.get("list").cloned() {
            Some(list) => placed.extend(list.split(',').map(|field| issue.clone().field(input(field)))),
            None => {
                let field = issue.field.as_deref().map(input);
                placed.push(match field {
                    Some(field) => issue.field(field),
                    None => issue,
                });
            }
        }
    }
    placed
}

/// The input in which an element begins.
fn input(field: &str) -> String {
    match field {
        "promise" => "promise.value".to_owned(),
        "visits" => "visits.count".to_owned(),
        "summary" | "visits.reason" | "place.window" | "place.note" | "body.department" | "remedies.complaint" => format!("{field}.zh"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p1_11_every_gap_is_shown_at_its_input() {
        let gap = Issue::error("E-P111", "必填要素缺失：一句话说明、办理地点", "Missing elements").field("summary").param("list", "summary,place.offices");
        let fields: Vec<_> = at_inputs(vec![gap]).into_iter().filter_map(|issue| issue.field).collect();
        assert_eq!(fields, ["summary.zh", "place.offices"]);
    }

    #[test]
    fn a_form_that_cannot_be_read_says_so_at_each_field() {
        let values = Values::new().with("promise.value", "五").with("visits.count", "-1").with("effective_from", "<script>");
        let refusal = local(&values).expect_err("three fields");
        let fields: Vec<_> = refusal.0.iter().filter_map(|issue| issue.field.as_deref()).collect();
        assert_eq!(fields, ["promise.value", "visits.count", "effective_from"]);
    }

    #[test]
    fn full_width_figures_and_codes_a_line_are_read() {
        let values = Values::new().with("promise.value", "１５").with("visits.count", "1").with("place.offices", " 990102-01 \r\n\n990102-02");
        let (local, from) = local(&values).expect("readable");
        assert_eq!((local.promise.value, local.offices, from), (15, vec!["990102-01".to_owned(), "990102-02".to_owned()], None));
    }
}
