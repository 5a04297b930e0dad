//! Absences: declared, listed, ended.

use std::collections::HashMap;

use casework::Absence;
use identity::Colleague;
use leptos::prelude::*;
use platform::StaffId;
use ui::{Button, Cell, Column, DataTable, Empty, Field, Form, Kind, Page, Select, Shell, TextArea, Values, tr, url};

use super::people;

/// What the page shows.
pub struct AbsencesPage {
    /// Absences that are not over.
    pub absences: Vec<Absence>,
    /// Names of everybody in them.
    pub names: HashMap<StaffId, String>,
    /// Whose absence may be declared: the reader's own, or that of his unit.
    pub who: Vec<Colleague>,
    /// Who may stand in.
    pub delegates: Vec<Colleague>,
}

/// The page.
pub fn page(shell: &Shell, data: AbsencesPage, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "请假与代理", "Absence and delegation");
    let AbsencesPage { absences, names, who, delegates } = data;
    let columns = vec![
        Column::text(tr(lang, "请假人", "Who is away")),
        Column::text(tr(lang, "代理人", "Who stands in")),
        Column::text(tr(lang, "从", "From")),
        Column::text(tr(lang, "到", "To")),
        Column::text(tr(lang, "理由", "Reason")),
        Column::text(tr(lang, "结束", "End it")),
    ];
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let rows = absences
        .into_iter()
        .map(|absence| {
            vec![
                Cell::text(name(absence.staff)),
                Cell::text(name(absence.delegate)),
                Cell::text(absence.from.text(lang)),
                Cell::text(absence.until.text(lang)),
                Cell::text(absence.reason),
                Cell::act(url::absence_end(absence.id), Vec::new(), tr(lang, "提前结束", "End it now")),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "没有进行中或将来的请假。", "Nobody is away or will be."));
    ui::render(shell, Page::staff(title).wide().back(url::work()).values(&values), move || {
        view! {
            <h1>{title}</h1>
            <DataTable caption=tr(lang, "请假，先开始的在前", "Absences, the earliest first") columns rows empty/>
            <h2>{tr(lang, "登记请假", "Declare an absence")}</h2>
            <p>{tr(lang, "代理人在此期间可以办理请假人的办件，最长 30 日。岗位互斥的人不能代理。", "The delegate can act in the cases of whoever is away, 30 days at most, unless their roles exclude each other.")}</p>
            <Form action=url::absences() values>
                <Select name="staff" label=tr(lang, "请假人", "Who is away") options=people(&who)/>
                <Select name="delegate" label=tr(lang, "代理人", "Who stands in") options=people(&delegates) empty=tr(lang, "请选择", "Choose")/>
                <Field name="from" label=tr(lang, "从", "From") kind=Kind::Date/>
                <Field name="until" label=tr(lang, "到（含）", "To, that day included") kind=Kind::Date/>
                <TextArea name="reason" label=tr(lang, "理由", "Reason") rows=2/>
                <Button>{tr(lang, "登记", "Declare it")}</Button>
            </Form>
        }
    })
}
