//! Enters what another body told about a person, or what a paper showed.

use identity::facts::FactKind;
use leptos::prelude::*;
use ui::{Button, Choice, Field, Form, Kind, Page, Radios, Select, Shell, Values, Width, tr, url};

/// The form.
pub fn page(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "录入外部信息", "Enter what others hold");
    let kinds = FactKind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
    let bases = vec![
        Choice::new("record", tr(lang, "登记机关告知", "a register told us")),
        Choice::new("paper", tr(lang, "当事人出示原件", "an original was shown")),
    ];
    let page = Page::staff(title).values(&values).back(url::desk());
    ui::render(shell, page, move || {
        view! {
            <h1>{title}</h1>
            <Form action=url::facts() values=values.or("basis", "record")>
                <Select name="kind" label=tr(lang, "种类", "Kind") options=kinds/>
                <Field name="number" label=tr(lang, "本人身份证号码", "The person’s ID number") kind=Kind::IdNumber/>
                <Field name="other_number" label=tr(lang, "对方（配偶、父母）身份证号码", "The other’s ID number: spouse or parent") kind=Kind::IdNumber optional=true/>
                <Field name="doc_no" label=tr(lang, "文号或证号", "Number of the paper") width=Width::Medium optional=true/>
                <Field name="valid_on" label=tr(lang, "死亡、生效或开始日期", "Day of death, effect or start") kind=Kind::Date/>
                <Field name="ended_on" label=tr(lang, "结束日期", "Day of the end") kind=Kind::Date optional=true/>
                <Field name="source" label=tr(lang, "信息来源", "Who said so")/>
                <Radios name="basis" legend=tr(lang, "依据", "Basis") options=bases inline=true/>
                <Button>{tr(lang, "录入", "Enter")}</Button>
            </Form>
        }
    })
}
