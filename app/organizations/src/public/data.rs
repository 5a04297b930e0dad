//! The daily files of the register, and what their columns say.

use kernel::{Day, Lang};
use leptos::prelude::*;
use organizations::public::{Daily, Format, columns};
use ui::{Cell, Column, DataTable, Empty, Page, Shell, tr, url};

/// The page. The newest file is first.
pub fn page(shell: &Shell, files: Vec<Daily>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "社会组织登记数据", "Data of the register of social organisations");
    ui::render(shell, Page::public(title).indexed().wide(), move || {
        let whole = |day: Day| view! { <span class="whole">{lang.pick(day.zh_plain(), day.en_plain())}</span> };
        let rows = files.iter().map(|file| {
            let link = |format: Format, bytes: i64| Cell::link(url::register_file(file.day, format.ending()), format!("{}\u{a0}{}", format.ending().to_uppercase(), ui::size(bytes)));
            vec![
                Cell::view(whole(file.day)),
                Cell::text(file.entries),
                link(Format::Csv, file.csv_bytes),
                link(Format::Json, file.json_bytes),
                Cell::view((whole(file.made_at.day()), format!(" {}", file.made_at.hm()))),
            ]
        });
        let files_of = vec![
            Column::text(tr(lang, "日期", "Day")),
            Column::number(tr(lang, "条数", "Entries")),
            Column::number("CSV"),
            Column::number("JSON"),
            Column::text(tr(lang, "生成时间", "Made")),
        ];
        let rows: Vec<_> = rows.collect();
        let explained: Vec<_> = columns()
            .into_iter()
            .map(|column| {
                let heading = if lang == Lang::Zh { column.name.zh.to_string() } else { format!("{} ({})", column.name.en, column.name.zh) };
                vec![Cell::text(heading), Cell::text(column.code), Cell::text(column.about.get(lang))]
            })
            .collect();
        let fields = vec![Column::text(tr(lang, "CSV 列名", "Column in CSV")), Column::text(tr(lang, "JSON 名", "Name in JSON")), Column::text(tr(lang, "说明", "What it says"))];
        view! {
            <h1>{title}</h1>
            <p class="lead">{tr(lang, "每天一个文件，含全部已登记和已终止组织的公示信息。", "One file a day with everything public, of organisations in existence and of those that ended.")}</p>
            <DataTable caption=tr(lang, "文件", "Files") columns=files_of rows
                empty=Empty::new(tr(lang, "今天的文件正在生成，请稍后再来。", "Today’s file is being made: come back later."))/>
            <p><a href=url::register_figures()>{tr(lang, "统计图表", "In figures")}</a></p>
            <ul>
                <li>{tr(lang, "CSV 为 UTF-8，首行为列名。", "CSV is UTF-8, its first line names the columns.")}</li>
                <li>{tr(lang, "自然人只有法定代表人的姓名。", "Of people only the legal representative’s name is in it.")}</li>
                <li>{tr(lang, "使用时请注明来源和日期。", "Name source and day when you use it.")}</li>
            </ul>
            <DataTable caption=tr(lang, "各列说明", "What the columns say") columns=fields rows=explained empty=Empty::new("")/>
        }
    })
}
