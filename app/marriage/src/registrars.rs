//! Registrars with their examinations (R-MR-19), and which outside sources of facts answer: for administrators.

use booking::OfficeCard;
use identity::StaffView;
use identity::facts::{FactKind, SourceState};
use kernel::Lang;
use leptos::prelude::*;
use marriage::Registrar;
use marriage::rules::exam_holds_until;
use ui::{Button, ButtonKind, Cell, Checkbox, Choice, Column, DataTable, Empty, Field, Form, Hidden, Kind, Page, Select, Shell, Tone, Values, Width, tr, url};

/// What the area is called in the administrator's overview, and what is done there.
pub fn area(lang: Lang) -> (&'static str, &'static str) {
    (tr(lang, "登记员与联网来源", "Registrars and sources"), tr(lang, "登记员资格、哪些数据库已联通", "Qualifications, and which bases answer"))
}

/// Everything the page shows.
pub struct Registrars {
    /// The offices that register marriages.
    pub offices: Vec<OfficeCard>,
    /// The registrars of these offices.
    pub registrars: Vec<Registrar>,
    /// Members of staff who may become one.
    pub staff: Vec<StaffView>,
    /// Which kinds of fact are answered.
    pub sources: Vec<SourceState>,
}

/// The page.
pub fn page(shell: &Shell, data: Registrars, today: kernel::Day, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "婚姻登记员和外部信息", "Registrars and outside sources");
    let page = Page::staff(title).values(&values);
    ui::render(shell, page, || {
        let table = table(lang, &data, today);
        let staff = data.staff.iter().map(|person| Choice::new(person.id, format!("{} · {}", person.name, person.username))).collect();
        let offices = data.offices.iter().map(|office| Choice::new(&office.code, office.name.get(lang))).collect();
        let sources: Vec<_> = FactKind::ALL.into_iter().map(|kind| source(lang, kind, &data.sources, values.clone())).collect();
        view! {
            <h1>{title}</h1>
            {table}
            <h2>{tr(lang, "录入或更新登记员", "Enter or update a registrar")}</h2>
            <Form action=url::admin_registrars() values=values.clone()>
                <Hidden name="act" value="registrar"/>
                <Select name="staff" label=tr(lang, "工作人员", "Member of staff") options=staff empty=tr(lang, "请选择", "Choose")/>
                <Select name="office" label=tr(lang, "登记处", "Office") options=offices/>
                <Field name="registrar_no" label=tr(lang, "登记员编号", "Registrar’s number") width=Width::Medium/>
                <Field name="exam_on" label=tr(lang, "最近一次考核日期", "Day of the last examination") kind=Kind::Date/>
                <Checkbox name="on_duty" label=tr(lang, "在岗", "On duty")/>
                <Button>{tr(lang, "保存", "Save")}</Button>
            </Form>
            <h2>{tr(lang, "外部信息来源", "Outside sources")}</h2>
            <p>{tr(lang, "未接通的来源一律按“未答复”处理，不当作“没有”。", "A source that is not connected counts as “not answered”, never as “none”.")}</p>
            {sources}
        }
    })
}

fn table(lang: Lang, data: &Registrars, today: kernel::Day) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "登记员编号", "Number")),
        Column::text(tr(lang, "姓名", "Name")),
        Column::text(tr(lang, "资格有效期至", "Qualified until")),
        Column::text(tr(lang, "状态", "State")),
    ];
    let rows = data
        .registrars
        .iter()
        .map(|registrar| {
            let name = data.staff.iter().find(|person| person.id == registrar.staff).map_or("—", |person| person.name.as_str());
            let until = exam_holds_until(registrar.exam_on);
            let (tone, word) = match (registrar.on_duty, until >= today) {
                (true, true) => (Tone::Good, tr(lang, "在岗", "on duty")),
                (true, false) => (Tone::Bad, tr(lang, "考核已过期", "examination expired")),
                (false, _) => (Tone::Mind, tr(lang, "停岗", "suspended")),
            };
            vec![Cell::text(&registrar.registrar_no), Cell::text(name), Cell::text(until.text(lang)), Cell::tag(tone, word)]
        })
        .collect();
    let empty = Empty::new(tr(lang, "还没有登记员。", "No registrars yet."));
    view! { <DataTable caption=tr(lang, "婚姻登记员", "Registrars") columns rows empty/> }.into_any()
}

fn source(lang: Lang, kind: FactKind, states: &[SourceState], values: Values) -> AnyView {
    let state = states.iter().find(|state| state.kind == kind.code());
    let answers = state.is_some_and(|state| state.answers);
    let note = state.map(|state| state.note.clone()).unwrap_or_default();
    let word = if answers { tr(lang, "已接通", "answers") } else { tr(lang, "未接通", "does not answer") };
    let act = if answers { tr(lang, "标为未接通", "Mark as not answering") } else { tr(lang, "标为已接通", "Mark as answering") };
    let name = kind.name().get(lang).to_owned();
    view! {
        <section>
            <h3>{name}"："{word}</h3>
            <p class="hint">{note}</p>
            <Form action=url::admin_registrars() class="inline" values>
                <Hidden name="act" value="source"/>
                <Hidden name="kind" value=kind.code()/>
                <Hidden name="answers" value=if answers { "no" } else { "yes" }/>
                <Field name=format!("note_{}", kind.code()) label=tr(lang, "原因", "Reason")/>
                <Button kind=ButtonKind::Secondary>{act}</Button>
            </Form>
        </section>
    }
    .into_any()
}
