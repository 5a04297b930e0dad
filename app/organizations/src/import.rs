//! Imports of a register: the list, one of them from the mapping to the end, what cannot be taken.

use kernel::{Issue, Lang};
use leptos::prelude::*;
use organizations::import::{Field as Known, Import, Line, Reject, State, fields};
use ui::{Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, FileField, Form, LinkButton, Notice, Page, Pager, Select, Shell, StatusTag, Tone, Values, tr, url};

/// The area of administration: its name and what it is for.
pub fn area(lang: Lang) -> (&'static str, &'static str) {
    (
        tr(lang, "导入社会组织登记数据", "Import of a register"),
        tr(lang, "从表格导入已有的登记数据：对应列、试运行、导入", "Organisations from a table: columns, dry run, loading"),
    )
}

fn tone(state: State) -> Tone {
    match state {
        State::Mapping | State::Checked => Tone::Mind,
        State::Checking | State::Loading => Tone::Plain,
        State::Done => Tone::Good,
        State::Failed | State::Dropped => Tone::Bad,
    }
}

/// The imports of an authority, and a form to send another table.
pub fn list(shell: &Shell, lines: Vec<Line>, more: bool, values: Values) -> String {
    let lang = shell.lang;
    let (title, _) = area(lang);
    let next = match lines.last() {
        Some(last) if more => url::with(url::imports(), &[("before", &last.id.to_string())]),
        _ => String::new(),
    };
    ui::render(shell, Page::staff(title).values(&values).back(url::admin()), move || {
        let columns = vec![
            Column::text(tr(lang, "文件", "File")),
            Column::text(tr(lang, "进度", "Where it stands")),
            Column::number(tr(lang, "行数", "Lines")),
            Column::text(tr(lang, "上传人", "Sent by")),
            Column::text(tr(lang, "时间", "When")),
        ];
        let rows = lines
            .iter()
            .map(|line| {
                vec![
                    Cell::link(url::import(line.id), &line.file_name),
                    Cell::tag(tone(line.state), line.state.name().get(lang)),
                    Cell::text(line.total),
                    Cell::text(&line.sent_name),
                    Cell::text(ui::moment(lang, line.sent_at)),
                ]
            })
            .collect::<Vec<_>>();
        view! {
            <h1>{title}</h1>
            <Form action=url::imports() values files=true>
                <FileField name="table" label=tr(lang, "表格", "Table") accept=".csv,.xlsx"
                    hint=tr(lang, "CSV（UTF-8 或 GB18030）或 XLSX，首行为列名，文件最大 28 MB；更大的表格请用命令行导入，或者分成几个。", "CSV in UTF-8 or GB18030, or XLSX; the first line names the columns; at most 28 MB. Import larger ones on the command line, or in parts.")/>
                <Button>{tr(lang, "上传，下一步对应列", "Send it; columns come next")}</Button>
            </Form>
            <DataTable caption=tr(lang, "导入记录，新的在前", "Imports, the newest first") columns rows
                empty=Empty::new(tr(lang, "还没有导入过。先在上面上传表格。", "None yet: send a table above."))/>
            <Pager next/>
        }
    })
}

/// One import.
pub fn page(shell: &Shell, import: Import, rejects: (Vec<Reject>, bool), values: Values) -> String {
    let lang = shell.lang;
    let title = import.line.file_name.clone();
    let mut page = Page::staff(title.clone()).values(&values).back(url::imports());
    if import.line.state.runs() {
        page = page.refresh(5);
    }
    ui::render(shell, page, move || {
        let state = import.line.state;
        let word = state.name().get(lang).to_owned();
        let body = match state {
            State::Mapping => mapping(lang, &import, values),
            State::Checking | State::Loading => progress(lang, &import),
            State::Checked => view! { {found(lang, &import)}{confirm(lang, &import)}{rejected(lang, &import, rejects)}{again(lang, &import, values)} }.into_any(),
            State::Done | State::Failed | State::Dropped => view! { {found(lang, &import)}{rejected(lang, &import, rejects)} }.into_any(),
        };
        view! {
            <h1>{title}</h1>
            <p class="marks"><StatusTag tone=tone(state) word/><span class="hint">{format!("{} · {}", import.line.sent_name, ui::moment(lang, import.line.sent_at))}</span></p>
            {body}
        }
    })
}

fn mapping(lang: Lang, import: &Import, values: Values) -> AnyView {
    let (id, columns, known) = (import.line.id, import.columns.clone(), import.mapping.clone());
    let values = columns.iter().enumerate().fold(values, |values, (place, _)| values.or(&format!("column_{place}"), known.field(place)));
    let needed = fields().iter().filter(|field| field.needed).map(|field| field.name.get(lang).to_owned()).collect::<Vec<_>>().join(tr(lang, "、", ", "));
    let wrong: Vec<_> = values.issues_of("mapping").map(|issue: &Issue| view! { <p>{issue.text(lang).to_owned()}</p> }).collect();
    let wrong = (!wrong.is_empty()).then(|| view! { <div id="mapping"><Notice tone=Tone::Bad>{wrong}</Notice></div> });
    view! {
        <h2>{tr(lang, "表格的每一列是什么？", "What is in each column?")}</h2>
        <p>{format!("{}{needed}", tr(lang, "已按列名猜好，请核对。必须有：", "Guessed by the names: please check. Needed: "))}</p>
        {wrong}
        <Form action=url::import_map(id) values>
            {move || columns
                .iter()
                .enumerate()
                .map(|(place, header)| {
                    let label = match lang {
                        _ if !header.is_empty() => header.clone(),
                        Lang::Zh => format!("第{}列（没有列名）", place + 1),
                        Lang::En => format!("Column {} (without a name)", place + 1),
                    };
                    view! { <Select name=format!("column_{place}") label options=choices(lang) empty=tr(lang, "不导入", "Not imported")/> }
                })
                .collect::<Vec<_>>()}
            <Button>{tr(lang, "试运行（不改变登记数据）", "Dry run (changes nothing)")}</Button>
        </Form>
    }
    .into_any()
}

fn choices(lang: Lang) -> Vec<Choice> {
    fields().iter().map(|field: &Known| Choice::new(&field.code, field.name.get(lang))).collect()
}

fn progress(lang: Lang, import: &Import) -> AnyView {
    let (done, total) = (import.done, import.line.total);
    let words = match lang {
        Lang::Zh => format!("已处理 {done} 行，共 {total} 行。本页每 5 秒自动更新，可以离开。"),
        Lang::En => format!("{done} of {total} lines. This page renews itself every five seconds; you may leave it."),
    };
    let (value, max) = (done.to_string(), total.max(1).to_string());
    view! { <p><label for="progress">{words}</label></p><progress id="progress" value=value max=max></progress>{found(lang, import)} }.into_any()
}

fn found(lang: Lang, import: &Import) -> AnyView {
    let done = matches!(import.line.state, State::Loading | State::Done);
    let items = vec![
        Fact::new(if done { tr(lang, "新增", "New") } else { tr(lang, "将新增", "Would be new") }, import.fresh.to_string()),
        Fact::new(if done { tr(lang, "变更", "Changed") } else { tr(lang, "将变更", "Would change") }, import.changed.to_string()),
        Fact::new(tr(lang, "没有变化", "As they are"), import.same.to_string()),
        Fact::new(tr(lang, "不能导入", "Cannot be taken"), import.refused.to_string()),
    ];
    view! { <Facts items tiles=true/> }.into_any()
}

fn confirm(lang: Lang, import: &Import) -> AnyView {
    if import.fresh + import.changed == 0 {
        return view! { <Notice tone=Tone::Plain title=tr(lang, "没有可以导入的", "There is nothing to load")><p>{tr(lang, "表格与登记数据一致，或者没有能导入的行。", "The table says what the register says, or no line can be taken.")}</p></Notice> }.into_any();
    }
    let href = url::import_load(import.line.id);
    view! { <p><LinkButton href>{tr(lang, "导入……", "Load it…")}</LinkButton></p> }.into_any()
}

/// Asks once more: what is recorded in a register is not taken out of it again.
pub fn ask(shell: &Shell, import: Import) -> String {
    let lang = shell.lang;
    let title = tr(lang, "确认导入", "Load it?");
    let back = url::import(import.line.id);
    ui::render(shell, Page::staff(title).back(back.clone()), move || {
        let action = url::import_load(import.line.id);
        let words = match lang {
            Lang::Zh => format!("将新增 {} 个、变更 {} 个组织的登记信息。登记信息只增加版本，不能撤回。", import.fresh, import.changed),
            Lang::En => format!("{} organisations are entered and {} changed. Versions of the register are only added, never taken back.", import.fresh, import.changed),
        };
        view! {
            <h1>{title}</h1>
            <p class="lead">{words}</p>
            {found(lang, &import)}
            <Form action><Button>{tr(lang, "导入", "Load")}</Button></Form>
            <p><LinkButton href=back kind=ButtonKind::Secondary>{tr(lang, "返回", "Back")}</LinkButton></p>
        }
    })
}

fn again(lang: Lang, import: &Import, values: Values) -> AnyView {
    view! { <details><summary>{tr(lang, "列对应错了？改过以后再试运行", "Are columns wrong? Change them and run again")}</summary>{mapping(lang, import, values)}</details> }.into_any()
}

fn rejected(lang: Lang, import: &Import, (rejects, more): (Vec<Reject>, bool)) -> AnyView {
    if import.refused == 0 {
        return ().into_any();
    }
    let columns = vec![Column::number(tr(lang, "行", "Line")), Column::text(tr(lang, "原因", "Why")), Column::text(tr(lang, "内容", "Content"))];
    let next = match rejects.last() {
        Some(last) if more => url::import_rejects(import.line.id, last.line),
        _ => String::new(),
    };
    let rows = rejects
        .into_iter()
        .map(|reject| {
            let why = reject.issues.iter().map(|issue| format!("[{}] {}", issue.code, issue.text(lang))).collect::<Vec<_>>().join(tr(lang, "；", "; "));
            let content: String = reject.cells.join(" | ").chars().take(160).collect();
            vec![Cell::text(reject.line), Cell::text(why), Cell::text(content)]
        })
        .collect::<Vec<_>>();
    let file = url::import_rejected(import.line.id);
    view! {
        <h2>{tr(lang, "不能导入的行", "Lines that cannot be taken")}</h2>
        <p><a href=file>{tr(lang, "下载为 CSV，改好后再上传", "Download them as CSV, mend and send them again")}</a></p>
        <DataTable caption=tr(lang, "不能导入的行，按行号", "By the number of the line") columns rows empty=Empty::new(tr(lang, "没有更多。", "No more."))/>
        <Pager next/>
    }
    .into_any()
}
