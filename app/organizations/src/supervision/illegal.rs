//! The public list of illegal organisations.

use leptos::prelude::*;
use organizations::supervision::{IllegalLine, ProceedingId};
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Field, Form, Kind, Method, Page, Pager, Shell, Values, tr, url};

/// The list; `values` holds what was looked for.
pub fn illegal(shell: &Shell, lines: Vec<IllegalLine>, next: Option<ProceedingId>, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "非法社会组织名单", "Illegal organisations");
    ui::render(shell, Page::public(heading).indexed(), move || {
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
            <p>{tr(lang, "只公布已经作出处理决定的组织。名单以外的组织是否合法登记，请在社会组织登记簿中查询。", "Only decided cases are here. Whether another organisation is registered, the register tells.")}</p>
            <Form action=url::illegal_organizations() method=Method::Get values class="inline">
                <Field name="name" label=tr(lang, "名称中的字", "Part of the name") kind=Kind::Search optional=true/>
                <Field name="region" label=tr(lang, "区划代码", "Region code") kind=Kind::Code optional=true/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "查询", "Look")}</Button>
            </Form>
            <DataTable caption=heading columns rows empty=Empty::new(tr(lang, "没有符合条件的组织。", "There is none of the kind."))/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}
