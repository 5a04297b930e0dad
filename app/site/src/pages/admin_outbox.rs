//! The outbox, as the administrator sees it: what waits, what was given up, and what to do about it.

use leptos::prelude::*;
use platform::outbox::admin::{Dead, Overview};
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Fact, Facts, Field, Form, Page, Pager, Shell, Values, tr, url};

/// The figures and one page of what was given up. `values` belong to the dismissal of the message that they name.
pub fn outbox(shell: &Shell, overview: &Overview, dead: Vec<Dead>, values: &Values) -> String {
    let lang = shell.lang;
    let figures = vec![
        Fact::new(tr(lang, "待处理", "Waiting"), figure(overview.waiting)),
        Fact::new(
            tr(lang, "最早一条应于", "Oldest due since"),
            overview.oldest_due.map_or_else(|| tr(lang, "没有积压", "nothing is late").to_owned(), |at| ui::moment(lang, at)),
        ),
        Fact::new(tr(lang, "已放弃", "Given up"), figure(overview.dead)),
    ];
    let columns = vec![
        Column::text(tr(lang, "类型", "Kind")),
        Column::text(tr(lang, "产生时间", "Since")),
        Column::number(tr(lang, "尝试次数", "Tries")),
        Column::text(tr(lang, "最后的错误", "Last error")),
        Column::text(tr(lang, "处理", "Act")),
    ];
    let next = if dead.len() >= 200 { dead.last().map(|m| url::with(url::admin_outbox(), &[("before", &m.id.to_string())])) } else { None };
    let page = Page::staff(tr(lang, "待发消息", "Outbox")).wide().values(values);
    ui::render(shell, page, || {
        // Made in here, because the forms of the rows ask for the page's token.
        let rows = dead.into_iter().map(|message| row(shell, message, values)).collect();
        view! {
            <h1>{tr(lang, "待发消息", "Outbox")}</h1>
            <Facts items=figures/>
            <h2>{tr(lang, "多次失败、已放弃的", "Given up after many tries")}</h2>
            <DataTable caption=tr(lang, "已放弃的消息，新的在前", "Messages given up, the newest first") columns rows
                empty=Empty::new(tr(lang, "没有。消息都已送出或正在重试。", "None. Everything has been sent or is being tried."))/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}

fn figure(count: i64) -> String {
    if count > 1000 { "1,000+".to_owned() } else { count.to_string() }
}

fn row(shell: &Shell, message: Dead, values: &Values) -> Vec<Cell> {
    let lang = shell.lang;
    let id = message.id.to_string();
    let mine = if values.get("id") == id { values.clone() } else { Values::new().with("id", &id) };
    let (retry, dismiss) = (id.clone(), id);
    let act = view! {
        <Form action=url::outbox_retry() class="inline">
            <ui::Hidden name="id" value=retry/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "再试一次", "Try again")}</Button>
        </Form>
        <details>
            <summary>{tr(lang, "不再发送", "Let it be")}</summary>
            <Form action=url::outbox_dismiss() values=mine>
                <ui::Hidden name="id" value=dismiss/>
                <Field name="reason" label=tr(lang, "原因", "Reason")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "确认不再发送", "Do not send it")}</Button>
            </Form>
        </details>
    };
    vec![
        Cell::text(message.kind),
        Cell::text(ui::moment(lang, message.created_at)),
        Cell::text(message.attempts),
        Cell::text(message.last_error.unwrap_or_default()),
        Cell::view(act),
    ]
}
