//! The catalogue for its editors, reviewers and publishers.

mod claim;
mod form;
mod item;
mod questions;

use catalog::ops::{AdminLine, ADMIN_PAGE};
use catalog::states::{DraftState, Standing};
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Field, Form, Kind, LinkButton, Method, Page, Pager, Select, Shell, Tone, Values, tr, url};

pub use claim::claim;
pub use form::{at_inputs, edit, known, local};
pub use item::{ItemData, item};

/// How a standing looks.
fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Live => Tone::Good,
        Standing::UpdateDue => Tone::Mind,
        Standing::Suspended | Standing::Cancelled => Tone::Bad,
        Standing::OutOfForce => Tone::Plain,
    }
}

/// The list. `values` are the filter, as it stands in the address.
pub fn list(shell: &Shell, lines: Vec<AdminLine>, more: bool, may_claim: bool, values: &Values) -> String {
    let lang = shell.lang;
    let claim = may_claim.then(|| {
        let word = tr(lang, "认领事项", "Take over an item");
        view! { <p><LinkButton href=claim::address() kind=ButtonKind::Secondary>{word}</LinkButton></p> }
    });
    let next = lines.last().filter(|_| more).map(|line| line.code.clone());
    let next = next.map(|after| {
        let keep: Vec<(&str, &str)> = values.pairs().filter(|(name, _)| *name != "after").collect();
        url::with(url::with(url::admin_items(), &keep), &[("after", &after)])
    });
    let columns = vec![
        Column::text(tr(lang, "事项", "Item")),
        Column::text(tr(lang, "编码", "Code")),
        Column::text(tr(lang, "实施主体", "Body")),
        Column::text(tr(lang, "状态", "State")),
        Column::number(tr(lang, "版本", "Version")),
        Column::text(tr(lang, "草稿", "Draft")),
    ];
    let rows = lines.into_iter().map(|line| row(lang, line)).collect();
    let title = tr(lang, "事项", "Items");
    ui::render(shell, Page::staff(title), move || {
        let filter = filter(lang, values.clone());
        view! {
            <h1>{title}</h1>
            {claim}
            {filter}
            <DataTable caption=format!("{} {ADMIN_PAGE}", tr(lang, "按编码排列，每页", "By code, a page of")) columns rows
                empty=Empty::new(tr(lang, "没有符合条件的事项。", "No item fits."))
                    .act(url::admin_items(), tr(lang, "看全部", "Show all"))/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}

fn filter(lang: Lang, values: Values) -> AnyView {
    let choice = |code: &str, text: kernel::Text| Choice::new(code, text.get(lang).to_owned());
    let drafts = DraftState::ALL.into_iter().map(|state| choice(state.code(), state.label())).collect::<Vec<_>>();
    let standings = [Standing::Live, Standing::UpdateDue, Standing::Suspended, Standing::Cancelled, Standing::OutOfForce];
    let standings = standings.into_iter().map(|standing| choice(standing.code(), standing.label())).collect::<Vec<_>>();
    let layers = vec![
        Choice::new("basic", tr(lang, "基本目录", "Basic catalogue")),
        Choice::new("implementation", tr(lang, "实施清单", "Implementation lists")),
    ];
    let any = tr(lang, "全部", "All");
    view! {
        <Form action=url::admin_items() method=Method::Get values class="inline filter">
            <Field name="q" kind=Kind::Search label=tr(lang, "名称或编码", "Name or code") optional=true/>
            <Select name="layer" label=tr(lang, "层级", "Layer") options=layers empty=any/>
            <Select name="standing" label=tr(lang, "状态", "State") options=standings empty=any/>
            <Select name="draft" label=tr(lang, "草稿", "Draft") options=drafts empty=any/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "筛选", "Filter")}</Button>
        </Form>
    }
    .into_any()
}

fn row(lang: Lang, line: AdminLine) -> Vec<Cell> {
    vec![
        Cell::link(url::admin_item(&line.code), line.name.get(lang)),
        Cell::text(&line.code),
        Cell::text(line.body.map_or(line.region, |body| body.get(lang).to_owned())),
        Cell::tag(tone(line.standing), line.standing.label().get(lang)),
        Cell::text(line.version.map_or(String::new(), |number| number.to_string())),
        Cell::text(line.draft.map_or(String::new(), |state| state.label().get(lang).to_owned())),
    ]
}

#[cfg(test)]
mod tests;
