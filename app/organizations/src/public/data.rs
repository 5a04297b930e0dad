//! The daily files of the register, and what their columns say.

use kernel::Lang;
use leptos::prelude::*;
use organizations::public::{Daily, Format, columns};
use ui::{Cell, Column, DataTable, Empty, Page, Shell, tr, url};

/// The size of a file in words that stay on one line.
fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes}\u{a0}B"),
        1_000..1_000_000 => format!("{}\u{a0}kB", bytes / 1_000),
        _ => format!("{}.{}\u{a0}MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// The page. The newest file is first.
pub fn page(shell: &Shell, files: Vec<Daily>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "社会组织登记数据", "Data of the register of social organisations");
    ui::render(shell, Page::public(title).indexed(), move || {
        let rows = files.iter().map(|file| {
            let link = |format: Format, bytes: i64| Cell::link(url::register_file(file.day, format.ending()), format!("{}\u{a0}{}", format.ending().to_uppercase(), size(bytes)));
            vec![
                Cell::text(ui::date(lang, file.day)),
                Cell::text(file.entries),
                link(Format::Csv, file.csv_bytes),
                link(Format::Json, file.json_bytes),
                Cell::text(ui::moment(lang, file.made_at)),
            ]
        });
        let files_of = vec![
            Column::text(tr(lang, "日期", "Day")),
            Column::number(tr(lang, "条数", "Entries")),
            Column::text("CSV"),
            Column::text("JSON"),
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

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn small_files_are_not_told_as_nothing() {
        assert_eq!([0, 999, 45_310, 1_250_000].map(size), ["0\u{a0}B", "999\u{a0}B", "45\u{a0}kB", "1.2\u{a0}MB"]);
    }
}
