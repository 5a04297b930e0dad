//! The agreement: its newest version to read, and the form that writes the next one. Rows for children are added by a button of the form,
//! without JavaScript.

use kernel::Lang;
use kernel::money::Fen;
use leptos::prelude::*;
use marriage::divorce::model::{Agreement, Custody};
use ui::{Button, ButtonKind, Cell, Checkbox, Choice, Column, DataTable, Empty, Field, Fieldset, Form, Hidden, Kind, Select, TextArea, Values, Width, tr};

use super::case::act;
use crate::case::{At, Typed};

/// The fields of a child's row, each after `child_<n>_`.
pub const CHILD_FIELDS: [&str; 7] = ["name", "id_no", "custody", "support", "frequency", "until", "visits"];

/// What was agreed, to read.
pub(super) fn read(lang: Lang, agreement: &Agreement) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "子女", "Child")),
        Column::text(tr(lang, "抚养", "Brought up by")),
        Column::text(tr(lang, "抚养费", "Support")),
        Column::text(tr(lang, "至", "Until")),
        Column::text(tr(lang, "探望", "Visits")),
    ];
    let rows = agreement
        .children
        .iter()
        .map(|child| {
            vec![
                Cell::text(&child.name),
                Cell::text(child.custody.name().get(lang)),
                Cell::text(format!("{} {} · {}", Fen(child.support_fen), tr(lang, "元", "yuan"), child.frequency)),
                Cell::text(&child.until),
                Cell::text(&child.visits),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "没有未成年子女。", "No child under age."));
    let text = |heading: &'static str, text: &str| view! { <h3>{heading}</h3><p class="prewrap">{text.to_owned()}</p> };
    let other = (!agreement.other.is_empty()).then(|| text(tr(lang, "其他", "Other"), &agreement.other));
    view! {
        <DataTable caption=tr(lang, "子女抚养", "Children") columns rows empty/>
        {text(tr(lang, "财产", "Property"), &agreement.property)}
        {text(tr(lang, "债务", "Debts"), &agreement.debts)}
        {other}
    }
    .into_any()
}

/// The form, filled with what was typed or else with the newest version.
pub(super) fn form(lang: Lang, at: At, newest: Option<&Agreement>, typed: &Typed, kind: ButtonKind) -> AnyView {
    let values = if typed.act == act::AGREE { typed.values.clone() } else { newest.map_or_else(Values::new, known) };
    let count: usize = values.get("children").parse().unwrap_or(0).clamp(1, 12);
    view! {
        <Form action=at.act(act::AGREE) values id=act::AGREE>
            {at.seen()}
            <Hidden name="children" value=count.to_string()/>
            <h2>{tr(lang, "离婚协议", "Agreement")}</h2>
            <p class="hint">{tr(lang, "没有的写“无”。不要子女的一行就清空它。", "Where there is nothing, write “none”. To leave a child out, empty its row.")}</p>
            <Checkbox name="no_children" label=tr(lang, "双方没有未成年子女", "They have no child under age")/>
            {(0..count).map(|n| child(lang, n)).collect::<Vec<_>>()}
            <Button kind=ButtonKind::Secondary name="row" value="add">{tr(lang, "再加一个子女", "Another child")}</Button>
            <TextArea name="property" label=tr(lang, "财产处理", "Property") rows=4/>
            <TextArea name="debts" label=tr(lang, "债务处理", "Debts") rows=3/>
            <TextArea name="other" label=tr(lang, "其他约定", "Anything else") rows=2 optional=true/>
            <Button kind>{tr(lang, "保存协议", "Save the agreement")}</Button>
        </Form>
    }
    .into_any()
}

fn child(lang: Lang, n: usize) -> AnyView {
    let field = move |name: &str| format!("child_{n}_{name}");
    let custody = Custody::ALL.into_iter().map(|way| Choice::new(way.code(), way.name().get(lang))).collect();
    let legend = format!("{} {}", tr(lang, "子女", "Child"), n + 1);
    view! {
        <Fieldset legend>
            <Field name=field("name") label=tr(lang, "姓名", "Name") width=Width::Medium autocomplete="off" optional=true/>
            <Field name=field("id_no") label=tr(lang, "身份证号码", "ID number") kind=Kind::IdNumber optional=true/>
            <Select name=field("custody") label=tr(lang, "由谁抚养", "Brought up by") options=custody empty=tr(lang, "请选择", "Choose") optional=true/>
            <Field name=field("support") label=tr(lang, "抚养费（元）", "Support, yuan") kind=Kind::Number width=Width::Short optional=true/>
            <Field name=field("frequency") label=tr(lang, "支付方式", "How often") hint=tr(lang, "如：每月10日前", "For instance: monthly, by the 10th") optional=true/>
            <Field name=field("until") label=tr(lang, "支付至", "Until") hint=tr(lang, "如：年满18周岁", "For instance: 18 years of age") optional=true/>
            <Field name=field("visits") label=tr(lang, "探望方式", "Visits") optional=true/>
        </Fieldset>
    }
    .into_any()
}

fn known(agreement: &Agreement) -> Values {
    let mut values = Values::new()
        .with("children", agreement.children.len().max(1).to_string())
        .with("no_children", if agreement.no_children { "yes" } else { "" })
        .with("property", &agreement.property)
        .with("debts", &agreement.debts)
        .with("other", &agreement.other);
    for (n, child) in agreement.children.iter().enumerate() {
        let support = Fen(child.support_fen).to_string();
        let cells: [&str; 7] = [&child.name, &child.id_no, child.custody.code(), &support, &child.frequency, &child.until, &child.visits];
        for (name, cell) in CHILD_FIELDS.into_iter().zip(cells) {
            values = values.with(&format!("child_{n}_{name}"), cell);
        }
    }
    values
}
