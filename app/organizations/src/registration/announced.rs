//! What was announced: establishments, changes, cancellations.

use kernel::Id;
use leptos::prelude::*;
use organizations::announcements::{Announced, AnnouncementMark};
use ui::{Cell, Column, DataTable, Empty, Page, Pager, Shell, tr, url};

/// The page; `next`: where the page after begins.
pub fn page(shell: &Shell, announced: Vec<Announced>, next: Option<Id<AnnouncementMark>>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "社会组织登记公告", "Announcements on social organisations");
    ui::render(shell, Page::public(title).wide().indexed(), move || {
        let columns = vec![
            Column::text(tr(lang, "组织", "Organisation")),
            Column::text(tr(lang, "事项", "What")),
            Column::text(tr(lang, "内容", "Details")),
            Column::text(tr(lang, "公告日期", "Announced")),
        ];
        let rows = announced
            .into_iter()
            .map(|entry| {
                let (colon, end) = (tr(lang, "：", ": "), tr(lang, "；", "; "));
                let lines: Vec<String> =
                    entry.what.lines.iter().map(|line| format!("{}{colon}{} → {}", line.what.get(lang), line.before, line.now)).collect();
                vec![
                    Cell::link(url::organization(&entry.what.uscc), entry.what.name),
                    Cell::text(entry.what.kind.name().get(lang)),
                    Cell::text(lines.join(end)),
                    Cell::text(ui::date(lang, entry.announced_on)),
                ]
            })
            .collect();
        let next = next.map(url::announcements_before).unwrap_or_default();
        view! {
            <h1>{title}</h1>
            <p>{tr(
                lang,
                "成立、注销和变更名称、住所、法定代表人，自作出决定之日起7个工作日内公告。",
                "Establishment, cancellation and changes of name, address and legal representative are announced within 7 working days of the decision.",
            )}</p>
            <DataTable caption=tr(lang, "公告，最近的在前", "Announcements, newest first") columns rows
                empty=Empty::new(tr(lang, "还没有公告。", "Nothing has been announced.")).act(url::search(""), tr(lang, "查询社会组织", "Look for an organisation"))/>
            <Pager next/>
        }
    })
}
