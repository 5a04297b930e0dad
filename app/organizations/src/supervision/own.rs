//! Supervision as an organisation itself sees it.

use leptos::prelude::*;
use organizations::supervision::states::Act;
use organizations::supervision::{Kind, Own};
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Form, LinkButton, Notice, Page, Shell, Tone, Values, tr, url};

use super::form::{Offered, fields};
use super::list::{kind, tone};

/// Its reports, applications and what it has been told of.
pub fn own(shell: &Shell, own: Own) -> String {
    let lang = shell.lang;
    let heading = own.entry.head.name.clone();
    let title = format!("{} · {heading}", tr(lang, "年报、评估和监管", "Reports and supervision"));
    ui::render(shell, Page::public(title).back(url::my_organizations()), move || {
        let code = own.entry.head.uscc.clone().unwrap_or_default();
        let rows = own
            .lines
            .into_iter()
            .map(|line| {
                vec![
                    Cell::link(url::own_proceeding(&code, line.id), kind(lang, line.kind, line.year)),
                    Cell::tag(tone(line.state), line.state.name().get(lang)),
                    Cell::text(line.due.map(|due| ui::date(lang, due)).unwrap_or_default()),
                ]
            })
            .collect();
        let columns = vec![Column::text(tr(lang, "事项", "What")), Column::text(tr(lang, "状态", "State")), Column::text(tr(lang, "应办日期", "Due"))];
        let report = own.report.map(|(year, due)| {
            let until = due.map(|due| ui::date(lang, due)).unwrap_or_default();
            let words = match lang {
                kernel::Lang::Zh => format!("{year}年度工作报告请在{until}前报送。"),
                kernel::Lang::En => format!("File the annual report {year} by {until}."),
            };
            view! { <Notice tone=Tone::Mind><p>{words}</p></Notice> }
        });
        let links: Vec<_> = own
            .opens
            .into_iter()
            .map(|act| {
                let button = if act.kind == Kind::Annual { ButtonKind::Primary } else { ButtonKind::Secondary };
                view! { <LinkButton href=url::own_proceeding_new(&code, act.kind.code()) kind=button>{act.name().get(lang).to_owned()}</LinkButton>" " }
            })
            .collect();
        view! {
            <h1>{heading}</h1>
            {report}
            <p>{links}</p>
            <DataTable caption=tr(lang, "报告、申请和监管事项", "Reports, applications and proceedings") columns rows
                empty=Empty::new(tr(lang, "还没有报送或者申请。", "Nothing has been filed or applied for."))/>
        }
    })
}

/// Filing or applying for something.
pub fn own_new(shell: &Shell, own: Own, act: &'static Act, values: Values) -> String {
    let lang = shell.lang;
    let code = own.entry.head.uscc.clone().unwrap_or_default();
    let heading = act.name().get(lang).to_owned();
    let values = match own.report {
        Some((year, _)) if act.kind == Kind::Annual => values.or("year", year),
        _ => values,
    };
    ui::render(shell, Page::public(heading.clone()).back(url::own_supervision(&code)).values(&values), move || {
        let (name, button) = (own.entry.head.name.clone(), heading.clone());
        view! {
            <h1>{heading}</h1>
            <p>{name}</p>
            <Form action=url::own_proceeding_new(&code, act.kind.code()) values>
                {fields(lang, act, &Offered::default())}
                <Button>{button}</Button>
            </Form>
        }
    })
}
