//! The public list of illegal organisations.

use leptos::prelude::*;
use organizations::supervision::{IllegalLine, ProceedingId};
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Field, Form, Kind, Method, Page, Pager, Select, Shell, Values, tr, url};

use super::places;

/// The list; `regions` are codes and names to choose from, `values` holds what was looked for.
pub fn illegal(shell: &Shell, lines: Vec<IllegalLine>, next: Option<ProceedingId>, regions: &[(String, String)], values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "非法社会组织名单", "Illegal organisations");
    let places = places(regions);
    ui::render(shell, Page::public(heading).wide().indexed(), move || {
        let next = next.map(|id| {
            let (before, name, region) = (id.to_string(), values.get("name").to_owned(), values.get("region").to_owned());
            url::with(url::illegal_organizations(), &[("name", &name), ("region", &region), ("before", &before)])
        });
        let rows = lines
            .into_iter()
            .map(|line| {
                vec![
                    Cell::text(line.name),
                    Cell::text(line.region_name),
                    Cell::text(line.kind.name().get(lang)),
                    Cell::text(line.disposition.name().get(lang)),
                    Cell::text(ui::date(lang, line.decided_on)),
                    Cell::text(line.facts),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "名称", "Name")),
            Column::text(tr(lang, "活动地", "Where")),
            Column::text(tr(lang, "情形", "What makes it illegal")),
            Column::text(tr(lang, "处理", "What was done")),
            Column::text(tr(lang, "决定日期", "Decided")),
            Column::text(tr(lang, "事实", "Facts")),
        ];
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "只公布已经作出处理决定的组织。", "Only those about which a decision was made are here. ")}
                <a href=url::with(url::search(""), &[("kind", "organization")])>{tr(lang, "查询一个组织是否合法登记", "See whether another organisation is registered")}</a></p>
            <Form action=url::illegal_organizations() method=Method::Get values class="inline">
                <Field name="name" label=tr(lang, "名称中的字", "Part of the name") kind=Kind::Search optional=true/>
                <Select name="region" label=tr(lang, "活动地", "Where") options=places empty=tr(lang, "全部", "All") optional=true/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "查询", "Find")}</Button>
            </Form>
            <DataTable caption=tr(lang, "名单，最近公布的在前", "The list, newest first") columns rows
                empty=Empty::new(tr(lang, "没有符合条件的组织。不在名单上，不等于已经登记。", "None matches. Not to stand here does not mean to be registered."))/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}
