//! The audit trail, as the auditor reads it.

use leptos::prelude::*;
use platform::audit::Entry;
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Field, Form, Kind, Method, Page, Pager, Shell, Values, Width, tr, url};

/// One page of the trail; `values` are the filters as typed, `more` whether there are older entries.
pub fn trail(shell: &Shell, values: Values, entries: &[Entry], more: bool) -> String {
    let lang = shell.lang;
    let kept: Vec<(&str, &str)> = values.pairs().filter(|(name, value)| *name != "before" && !value.is_empty()).collect();
    let last = entries.last().map(|entry| entry.id.to_string()).unwrap_or_default();
    let mut older = kept.clone();
    older.push(("before", &last));
    let next = if more { url::with(url::admin_audit(), &older) } else { String::new() };
    let first = if values.get("before").is_empty() { String::new() } else { url::with(url::admin_audit(), &kept) };
    let columns = vec![
        Column::text(tr(lang, "时间", "When")),
        Column::text(tr(lang, "谁", "Who")),
        Column::text(tr(lang, "做了什么", "Did what")),
        Column::text(tr(lang, "对象", "To what")),
        Column::text(tr(lang, "事由", "Reason")),
        Column::text(tr(lang, "来源地址", "From")),
    ];
    let rows = entries
        .iter()
        .map(|entry| {
            let who = entry.actor_name.clone().unwrap_or_else(|| actor(shell, entry));
            vec![
                Cell::text(ui::moment(lang, entry.at)),
                Cell::text(who),
                Cell::text(&entry.action),
                Cell::text(format!("{} {}", entry.object_kind, entry.object_id)),
                Cell::text(entry.reason.clone().unwrap_or_default()),
                Cell::text(entry.ip.clone().unwrap_or_default()),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "没有符合条件的记录。", "Nothing matches.")).act(url::admin_audit(), tr(lang, "查看全部", "Show everything"));
    let page = Page::staff(tr(lang, "审计日志", "Audit trail")).wide();
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "审计日志", "Audit trail")}</h1>
            <Form action=url::admin_audit() method=Method::Get values class="inline">
                <Field name="day" label=tr(lang, "日期", "Day") kind=Kind::Date optional=true/>
                <Field name="action" label=tr(lang, "动作", "Action") width=Width::Medium optional=true hint=tr(lang, "如 booking 或 booking.book", "booking, or booking.book")/>
                <Field name="object" label=tr(lang, "对象编号", "Id of the thing") width=Width::Medium optional=true/>
                <Field name="actor" label=tr(lang, "操作者编号", "Id of the actor") width=Width::Medium optional=true/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "查找", "Find")}</Button>
            </Form>
            <DataTable caption=tr(lang, "记录，新的在前", "Entries, the newest first") columns rows empty/>
            <Pager previous=first next/>
        }
    })
}

fn actor(shell: &Shell, entry: &Entry) -> String {
    let kind = match entry.actor_kind.as_str() {
        "citizen" => tr(shell.lang, "群众", "Citizen"),
        "program" => tr(shell.lang, "程序", "Program"),
        "system" => tr(shell.lang, "系统", "System"),
        "staff" => tr(shell.lang, "工作人员", "Staff"),
        _ => tr(shell.lang, "访客", "Visitor"),
    };
    format!("{kind} {}", entry.actor_id)
}
