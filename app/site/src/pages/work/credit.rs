//! Credit records of broken pledges.

use casework::{Credit, CreditId};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Form, Page, Pager, Shell, TextArea, Tone, Values, tr, url};

/// The list; `next` is the last record of the page if there are more.
pub fn list(shell: &Shell, records: Vec<Credit>, next: Option<CreditId>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "失信记录", "Credit records");
    let next = next.map(|id| url::with(url::credit(), &[("before", &id.to_string())])).unwrap_or_default();
    let columns = vec![
        Column::text(tr(lang, "受理编号", "Case number")),
        Column::text(tr(lang, "申请人", "Applicant")),
        Column::text(tr(lang, "核查情况", "What was found")),
        Column::text(tr(lang, "自", "Since")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "撤销", "Withdraw")),
    ];
    let rows = records
        .into_iter()
        .map(|record| {
            let (state, act) = match record.withdrawn_at {
                Some(at) => {
                    let words = format!("{} {} {}", tr(lang, "已撤销", "Withdrawn"), at.day().text(lang), record.withdrawn_reason);
                    (Cell::tag(Tone::Plain, words), Cell::text(""))
                }
                None => (Cell::tag(Tone::Bad, tr(lang, "有效", "Stands")), Cell::link(url::credit_withdraw(record.id), tr(lang, "撤销", "Withdraw"))),
            };
            vec![
                Cell::link(url::work_case(record.case), record.case_no),
                Cell::text(record.applicant),
                Cell::text(record.reason),
                Cell::text(record.from.text(lang)),
                state,
                act,
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "没有失信记录。承诺核查不属实的，会记在这里。", "There are none. A pledge that was found untrue is recorded here."));
    ui::render(shell, Page::staff(title).wide().back(url::work()), move || {
        view! {
            <h1>{title}</h1>
            <DataTable caption=tr(lang, "失信记录，新的在前", "Credit records, the newest first") columns rows empty/>
            <Pager next/>
        }
    })
}

/// Whether to withdraw a record, and why.
pub fn withdraw(shell: &Shell, id: CreditId, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "撤销失信记录", "Withdraw a credit record");
    ui::render(shell, Page::staff(title).back(url::credit()).values(&values), move || {
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "撤销后申请人可以再次适用告知承诺。记录和理由保留，不能恢复。", "The applicant may pledge again. Record and reason are kept; this cannot be undone.")}</p>
            <Form action=url::credit_withdraw(id) values>
                <TextArea name="reason" label=tr(lang, "撤销理由", "Reason")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "撤销", "Withdraw")}</Button>
            </Form>
        }
    })
}
