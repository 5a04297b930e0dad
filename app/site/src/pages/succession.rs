//! A region is merged into another: what is asked, what will follow, what has followed.

use casework::cross::{Followed, Following};
use kernel::Lang;
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Checkbox, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Kind, Notice, Page, Select, Shell, Tone, Values, Width, tr,
    url,
};

/// Name of the box by which it is confirmed.
pub const SURE: &str = "sure";

fn title(lang: Lang) -> &'static str {
    tr(lang, "区划并入", "A region merged into another")
}

/// Asks which region goes where; below, what was done before.
pub fn ask(shell: &Shell, done: Vec<Followed>, values: Values) -> String {
    let lang = shell.lang;
    let columns = vec![
        Column::text(tr(lang, "原区划", "Region")),
        Column::text(tr(lang, "并入", "Merged into")),
        Column::text(tr(lang, "生效日期", "Since")),
        Column::number(tr(lang, "承接办件", "Cases")),
        Column::text(tr(lang, "文件", "Paper")),
    ];
    let rows = done
        .into_iter()
        .map(|one| vec![Cell::text(one.from), Cell::text(one.to), Cell::text(one.on.text(lang)), Cell::text(one.cases), Cell::text(one.reason)])
        .collect();
    let empty = Empty::new(tr(lang, "还没有办件因区划变更而移交。", "No case has followed a change of boundaries yet."));
    ui::render(shell, Page::staff(title(lang)).values(&values).back(url::admin()), move || {
        view! {
            <h1>{title(lang)}</h1>
            <p>{tr(
                lang,
                "区划并入另一区划后，在办件由继受区划的机构继续办理；已办结的办件、受理编号和办理记录保留原区划。",
                "When a region is merged into another, a body of the successor goes on with the open cases. Closed cases, numbers and records keep the old region.",
            )}</p>
            <Form action=url::admin_succession() values>
                <Field name="from" label=tr(lang, "原区划代码", "Code of the region that is no more") width=Width::Short/>
                <Field name="to" label=tr(lang, "继受区划代码", "Code of its successor") width=Width::Short/>
                <Field name="on" label=tr(lang, "生效日期", "In force since") kind=Kind::Date/>
                <Field name="reason" label=tr(lang, "区划变更文件", "The paper that changes the boundaries")/>
                <Button>{tr(lang, "查看将移交的办件", "See what will follow")}</Button>
            </Form>
            <DataTable caption=tr(lang, "已经移交的", "What has followed before") columns rows empty/>
        }
    })
}

/// What will follow, and the confirmation. `names` are those of both regions.
pub fn confirm(shell: &Shell, following: Following, names: [String; 2], values: Values) -> String {
    let lang = shell.lang;
    let (from, to, on) = (values.get("from").to_owned(), values.get("to").to_owned(), values.get("on").to_owned());
    let reason = values.raw("reason").to_owned();
    let day = on.parse::<kernel::Day>().map(|day| day.text(lang)).unwrap_or_default();
    let total = following.total();
    let [from_name, to_name] = names;
    let facts = vec![
        Fact::new(tr(lang, "原区划", "Region"), format!("{from_name} {from}")),
        Fact::new(tr(lang, "并入", "Merged into"), format!("{to_name} {to}")),
        Fact::new(tr(lang, "生效日期", "Since"), day),
        Fact::new(tr(lang, "文件", "Paper"), reason.clone()),
        Fact::new(tr(lang, "将移交的在办件", "Open cases that will follow"), total.to_string()),
        Fact::new(tr(lang, "其中在途材料包", "Packets under way among them"), following.packets.to_string()),
    ];
    let columns = vec![Column::text(tr(lang, "事项", "Matter")), Column::number(tr(lang, "在办件", "Open cases"))];
    let rows = following.cases.into_iter().map(|(name, n)| vec![Cell::text(name.get(lang)), Cell::text(n)]).collect();
    let bodies: Vec<Choice> = following.bodies.into_iter().map(|body| Choice::new(body.id.to_string(), body.name.get(lang))).collect();
    let (nothing, nobody) = (total == 0, bodies.is_empty());
    ui::render(shell, Page::staff(title(lang)).values(&values).back(url::admin_succession()), move || {
        let form = (!nothing && !nobody).then(|| {
            view! {
                <Form action=url::admin_succession() values>
                    <Hidden name="from" value=from/>
                    <Hidden name="to" value=to/>
                    <Hidden name="on" value=on/>
                    <Hidden name="reason" value=reason/>
                    <Hidden name="step" value="confirm"/>
                    <Select name="to_org" label=tr(lang, "继续办理的机构", "The body that goes on with them") options=bodies/>
                    <Checkbox name=SURE label=tr(lang, "我已核对，移交后不能撤销。", "I have checked it; this cannot be taken back.")/>
                    <Button kind=ButtonKind::Danger>{tr(lang, "移交", "Let them follow")}</Button>
                </Form>
            }
        });
        let why = match (nothing, nobody) {
            (true, _) => Some(tr(lang, "原区划没有在办件，不需要移交。", "The region has no open case: nothing has to follow.")),
            (false, true) => Some(tr(lang, "继受区划没有登记机构，请先登记。", "No body is registered in the successor: register one first.")),
            _ => None,
        };
        let why = why.map(|why| view! { <Notice tone=Tone::Mind>{why}</Notice> });
        view! {
            <h1>{title(lang)}</h1>
            <Facts items=facts/>
            <DataTable caption=tr(lang, "将移交的在办件", "Open cases that will follow") columns rows empty=Empty::new(tr(lang, "没有在办件。", "There are no open cases."))/>
            {why}{form}
        }
    })
}
