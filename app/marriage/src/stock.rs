//! Blank certificates: what is there, deliveries, spoiled and returned ones.

use booking::OfficeCard;
use kernel::Lang;
use leptos::prelude::*;
use marriage::BookletKind;
use marriage::ops::Stock;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Notice, Page, Radios, Shell, Tone, Values,
    Width, tr, url,
};

/// The stock of one office, of one kind of booklet.
pub fn page(shell: &Shell, office: &OfficeCard, kind: BookletKind, stock: Stock, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "空白证库存", "Blank certificates");
    let name = office.name.get(lang).to_owned();
    let page = Page::staff(title).values(&values);
    ui::render(shell, page, || {
        let low = stock.low.then(|| {
            let title = tr(lang, "库存不足，请申领", "Stock is low: order more");
            view! { <Notice tone=Tone::Mind title=title><p>{tr(lang, "没有空白证时不能登记。", "Without booklets nothing can be registered.")}</p></Notice> }
        });
        let figures = vec![
            Fact::new(tr(lang, "在库", "In stock"), stock.figures.stock.to_string()),
            Fact::new(tr(lang, "已用", "Used"), stock.figures.used.to_string()),
            Fact::new(tr(lang, "作废", "Spoiled"), stock.figures.spoiled.to_string()),
            Fact::new(tr(lang, "退回", "Returned"), stock.figures.returned.to_string()),
            Fact::new(tr(lang, "下一本", "Next"), stock.next.first().cloned().unwrap_or_else(|| "—".to_owned())),
        ];
        let (delivered, gone) = (deliveries(lang, &stock), gone(lang, &stock));
        let (code, code_again) = (office.code.clone(), office.code.clone());
        let kinds = kinds(lang, office, kind);
        let fates = vec![Choice::new("spoiled", tr(lang, "作废", "spoiled")), Choice::new("returned", tr(lang, "退回", "returned"))];
        view! {
            <h1>{title}" · "{name}</h1>
            {kinds}
            {low}
            <Facts items=figures/>
            <h2>{tr(lang, "入库", "Take in a delivery")}</h2>
            <Form action=url::stock() values=values.clone()>
                <Hidden name="office" value=code/>
                <Hidden name="act" value="receive"/>
                <Hidden name="kind" value=kind.code()/>
                <Field name="first_serial" label=tr(lang, "起号", "First serial") width=Width::Medium autocomplete="off"/>
                <Field name="last_serial" label=tr(lang, "止号", "Last serial") width=Width::Medium autocomplete="off"/>
                <Button>{tr(lang, "入库", "Take in")}</Button>
            </Form>
            <h2>{tr(lang, "空白证作废或退回", "Spoil or return a blank")}</h2>
            <Form action=url::stock() values=values.clone().or("fate", "spoiled")>
                <Hidden name="office" value=code_again/>
                <Hidden name="act" value="take"/>
                <Hidden name="kind" value=kind.code()/>
                <Field name="serial" label=tr(lang, "印制号", "Serial") width=Width::Medium autocomplete="off"/>
                <Radios name="fate" legend=tr(lang, "怎样", "How") options=fates inline=true/>
                <Field name="reason" label=tr(lang, "原因", "Why")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "出库", "Take out of stock")}</Button>
            </Form>
            {delivered}
            {gone}
        }
    })
}

/// The two kinds of booklet, each with its own stock.
fn kinds(lang: Lang, office: &OfficeCard, here: BookletKind) -> AnyView {
    let links: Vec<_> = BookletKind::ALL
        .into_iter()
        .map(|kind| {
            let href = url::with(url::stock(), &[("office", &office.code), ("kind", kind.code())]);
            let current = (kind == here).then_some("page");
            view! { <li><a href=href aria-current=current>{kind.name().get(lang).to_owned()}</a></li> }
        })
        .collect();
    view! { <nav class="desk-offices" aria-label=tr(lang, "种类", "Kinds")><ul>{links}</ul></nav> }.into_any()
}

fn deliveries(lang: Lang, stock: &Stock) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "起号", "First")),
        Column::text(tr(lang, "止号", "Last")),
        Column::number(tr(lang, "数量", "Count")),
        Column::text(tr(lang, "时间", "When")),
    ];
    let rows = stock
        .deliveries
        .iter()
        .map(|delivery| {
            vec![
                Cell::text(&delivery.first_serial),
                Cell::text(&delivery.last_serial),
                Cell::text(delivery.count),
                Cell::text(ui::moment(lang, delivery.received_at)),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "还没有入库记录。", "No deliveries yet."));
    view! { <DataTable caption=tr(lang, "入库记录", "Deliveries") columns rows empty/> }.into_any()
}

fn gone(lang: Lang, stock: &Stock) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "印制号", "Serial")),
        Column::text(tr(lang, "去向", "Where to")),
        Column::text(tr(lang, "原因", "Why")),
        Column::text(tr(lang, "时间", "When")),
    ];
    let rows = stock
        .gone
        .iter()
        .map(|gone| {
            let fate = if gone.state == "spoiled" { tr(lang, "作废", "spoiled") } else { tr(lang, "退回", "returned") };
            vec![Cell::text(&gone.serial), Cell::text(fate), Cell::text(&gone.reason), Cell::text(ui::moment(lang, gone.moved_at))]
        })
        .collect();
    let empty = Empty::new(tr(lang, "没有作废或退回的空白证。", "Nothing spoiled or returned."));
    view! { <DataTable caption=tr(lang, "作废和退回", "Spoiled and returned") columns rows empty/> }.into_any()
}
