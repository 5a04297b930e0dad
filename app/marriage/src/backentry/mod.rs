//! Back-entry of old files: batches with their progress, rejected lines, conflicts, and one row beside its page image.

mod row;

use kernel::Lang;
use leptos::prelude::*;
use marriage::backentry::{BatchLine, BatchView, COLUMNS, Part, Reject, RowLine, Source, State};
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, FileField, Form, LinkButton, Notice, Page, Pager, Radios, Shell, StatusTag,
    Tab, Tabs, Tone, Values, Width, tr, url,
};

pub use row::page as row;

/// The batches, and the form that opens one.
pub fn list(shell: &Shell, batches: Vec<BatchLine>, more: bool, may_key: bool, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "历史档案补录", "Back-entry of old files");
    let next = match batches.last() {
        Some(last) if more => url::with(url::backentry(), &[("before", &last.id.to_string())]),
        _ => String::new(),
    };
    let columns = vec![
        Column::text(tr(lang, "批次", "Batch")),
        Column::text(tr(lang, "来源", "Source")),
        Column::text(tr(lang, "状态", "State")),
        Column::number(tr(lang, "已读行数", "Lines read")),
        Column::number(tr(lang, "退回过的行", "Refused so far")),
        Column::text(tr(lang, "建立", "Opened")),
    ];
    let row = |batch: BatchLine| {
        let (tone, word) = if batch.reading { (Tone::Mind, tr(lang, "读取中", "being read")) } else { (Tone::Plain, tr(lang, "已读完", "read")) };
        vec![
            Cell::link(url::backentry_batch(batch.id), batch.name),
            Cell::text(batch.source.name().get(lang)),
            Cell::tag(tone, word),
            Cell::text(batch.lines),
            Cell::text(batch.refused),
            Cell::text(format!("{} · {}", batch.opened_name, ui::moment(lang, batch.opened_at))),
        ]
    };
    let rows = batches.into_iter().map(row).collect();
    let page = Page::staff(title).values(&values).back(url::desk());
    ui::render(shell, page, move || {
        let sources = Source::ALL.iter().map(|source| Choice::new(source.code(), source.name().get(lang))).collect();
        let open = may_key.then(|| {
            view! {
                <h2>{tr(lang, "建立一批", "Open a batch")}</h2>
                <Form action=url::backentry() values=values.or("source", "paper") id="open">
                    <Field name="name" label=tr(lang, "批次号", "Name of the batch") width=Width::Medium autocomplete="off"
                        hint=tr(lang, "例如：1987-结婚-01。", "For example the year, the kind and a number.")/>
                    <Radios name="source" legend=tr(lang, "数据来源", "Where the data come from") options=sources inline=true/>
                    <Button>{tr(lang, "建立", "Open")}</Button>
                </Form>
            }
        });
        view! {
            <h1>{title}</h1>
            <p><a href=url::backentry_conflicts()>{tr(lang, "待核实的冲突", "Conflicts to be looked into")}</a></p>
            <DataTable caption=tr(lang, "批次，新的在前", "Batches, the newest first") columns rows
                empty=Empty::new(tr(lang, "还没有批次。建立后上传表格和图像，由另一人复核。", "None yet. Open one, send tables and page images; another person checks."))/>
            <Pager next/>
            {open}
            {help(lang)}
        }
    })
}

/// How a table is made.
fn help(lang: Lang) -> AnyView {
    let columns: Vec<_> = COLUMNS
        .iter()
        .map(|column| {
            let name = if lang == Lang::Zh { column.zh.to_owned() } else { format!("{} ({})", column.en, column.zh) };
            let mark = if column.needed { tr(lang, "，必备", ", needed") } else { "" };
            view! { <li>{name}{mark}</li> }
        })
        .collect();
    view! {
        <details>
            <summary>{tr(lang, "表格怎么填", "How to fill the table")}</summary>
            <ul>
                <li>{tr(lang, "CSV（UTF-8或GB18030）或 XLSX，首行为列名，每个表格最多10万行，文件最大24MB；号码列请设为文本格式。", "CSV in UTF-8 or GB18030, or XLSX, the first line names the columns; at most 100,000 rows and 24 MB a table. Make columns of numbers text.")}</li>
                <li>{tr(lang, "一对一卷：一个档号一行。档号写成“全宗号-年度-类别-卷号”。", "One couple, one volume, one row. The archive number is fonds-year-class-volume.")}</li>
                <li>{tr(lang, "图像写文件名，几张用分号隔开；图像在本批上传。", "Images are named by file, several with semicolons; they are sent to the batch.")}</li>
                <li>{tr(lang, "纸上没有或者看不清的填“不详”，不要推测。日期看得到几位写几位：1987、1987-05、1987-05-20。", "Where the paper does not tell, write 不详; never guess. Write dates as far as they can be read: 1987, 1987-05, 1987-05-20.")}</li>
                <li>{tr(lang, "同一表格再次发送不会重复；退回的行下载后改好，可以发到原批或者新批。", "The same table again changes nothing. Rejected lines are downloaded, mended and sent again, to this batch or another.")}</li>
            </ul>
            <p>{tr(lang, "列：", "Columns:")}</p>
            <ul>{columns}</ul>
            <p><a href=url::backentry_template()>{tr(lang, "下载空表格", "An empty table")}</a></p>
        </details>
    }
    .into_any()
}

/// What the page of a batch shows beside the batch.
pub struct Shown {
    /// The state whose rows are listed.
    pub state: State,
    /// Rows of that state, and whether there are more.
    pub rows: (Vec<RowLine>, bool),
    /// Rejected lines, and whether there are more.
    pub rejects: (Vec<Reject>, bool),
}

/// One batch: progress, figures, rows by state, rejected lines.
pub fn batch(shell: &Shell, batch: BatchView, shown: Shown, values: Values) -> String {
    let lang = shell.lang;
    let mut page = Page::staff(batch.name.clone()).values(&values).back(url::backentry());
    if batch.parts.iter().any(|part| part.reading) {
        page = page.refresh(5);
    }
    ui::render(shell, page, move || {
        let figures = vec![
            Fact::new(tr(lang, "未更正的退回行", "Rejected, not mended"), batch.counts.rejects.to_string()),
            Fact::new(tr(lang, "图像", "Page images"), batch.counts.images.to_string()),
        ];
        let origin = format!("{} · {} · {}", batch.source.name().get(lang), batch.opened_name, ui::moment(lang, batch.opened_at));
        let check = batch.next.map(|row| view! { <p><LinkButton href=url::backentry_row(row)>{tr(lang, "开始复核", "Start checking")}</LinkButton></p> });
        let progress: Vec<_> = batch.parts.iter().filter(|part| part.reading).map(|part| progress(lang, part)).collect();
        let send = batch.may_key.then(|| send(lang, &batch, &values));
        view! {
            <h1>{batch.name.clone()}</h1>
            <p class="hint">{origin}</p>
            {progress}
            {check}
            <Facts items=figures tiles=true/>
            {parts(lang, &batch.parts)}
            {send}
            {rows(lang, &batch, shown.state, shown.rows)}
            {rejects(lang, &batch, shown.rejects)}
        }
    })
}

fn progress(lang: Lang, part: &Part) -> AnyView {
    let words = match (part.total, lang) {
        (Some(total), Lang::Zh) => format!("{}：已读 {} 行，共 {total} 行。本页每5秒自动更新，可以离开。", part.file_name, part.done),
        (Some(total), Lang::En) => format!("{}: {} of {total} lines read. This page renews itself; you may leave it.", part.file_name, part.done),
        (None, Lang::Zh) => format!("{}：等待读取。", part.file_name),
        (None, Lang::En) => format!("{}: waits to be read.", part.file_name),
    };
    let id = format!("part-{}", part.number);
    let bar = part.total.map(|total| {
        let id = id.clone();
        view! { <progress aria-labelledby=id max=total value=part.done></progress> }
    });
    view! { <div class="field"><p id=id role="status">{words}</p>{bar}</div> }.into_any()
}

fn parts(lang: Lang, parts: &[Part]) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "表格", "Table")),
        Column::text(tr(lang, "状态", "State")),
        Column::number(tr(lang, "行数", "Lines")),
        Column::number(tr(lang, "收下", "Taken")),
        Column::number(tr(lang, "无变化", "Unchanged")),
        Column::number(tr(lang, "退回", "Refused")),
        Column::text(tr(lang, "录入", "Keyed")),
    ];
    let row = |part: &Part| {
        let state = match &part.problem {
            Some(problem) => Cell::view(view! { <StatusTag tone=Tone::Bad word=tr(lang, "无法读取", "cannot be read")/>" "{problem.text(lang).to_owned()}" "{problem.code.to_string()} }),
            None if part.reading => Cell::tag(Tone::Mind, tr(lang, "读取中", "being read")),
            None => Cell::tag(Tone::Good, tr(lang, "已读完", "read")),
        };
        vec![
            Cell::text(format!("{}. {}", part.number, part.file_name)),
            state,
            Cell::text(part.total.unwrap_or(part.done)),
            Cell::text(part.taken),
            Cell::text(part.same),
            Cell::text(part.refused),
            Cell::text(format!("{} · {}", part.keyed_name, ui::moment(lang, part.keyed_at))),
        ]
    };
    let rows = parts.iter().map(row).collect();
    let empty = Empty::new(tr(lang, "还没有表格。", "No table yet."));
    view! { <DataTable caption=tr(lang, "表格", "Tables") columns rows empty/> }.into_any()
}

fn send(lang: Lang, batch: &BatchView, values: &Values) -> AnyView {
    view! {
        <h2>{tr(lang, "发送表格和图像", "Send tables and page images")}</h2>
        <Form action=url::backentry_table(batch.id) values=values.clone() files=true id="table-form">
            <FileField name="table" label=tr(lang, "表格", "Table") accept=".csv,.xlsx,text/csv"
                hint=tr(lang, "CSV（UTF-8或GB18030）或 XLSX，最大24MB。", "CSV in UTF-8 or GB18030, or XLSX, at most 24 MB.")/>
            <Button>{tr(lang, "发送表格", "Send the table")}</Button>
        </Form>
        <Form action=url::backentry_images(batch.id) values=values.clone() files=true id="images-form">
            <FileField name="images" label=tr(lang, "图像", "Page images") accept="image/jpeg,image/png,application/pdf" multiple=true
                hint=tr(lang, "JPG、PNG 或 PDF，可一次选几张；文件名与表格中一致。", "JPEG, PNG or PDF, several at once; named as in the table.")/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "发送图像", "Send the images")}</Button>
        </Form>
        {help(lang)}
    }
    .into_any()
}

/// How a state is coloured.
fn tone(state: State) -> Tone {
    match state {
        State::Published => Tone::Good,
        State::Conflict | State::SentBack => Tone::Mind,
        State::Keyed | State::Apart => Tone::Plain,
    }
}

fn row_table(lang: Lang, caption: &'static str, lines: Vec<RowLine>, empty: Empty) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "档号", "Archive number")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "完整程度", "Complete")),
        Column::text(tr(lang, "录入人", "Keyed by")),
    ];
    let row = |line: RowLine| {
        vec![
            Cell::link(url::backentry_row(line.id), line.archive_no),
            Cell::tag(tone(line.state), line.state.name().get(lang)),
            Cell::text(line.class.name().get(lang)),
            Cell::text(line.keyed_name),
        ]
    };
    let rows = lines.into_iter().map(row).collect();
    view! { <DataTable caption=caption columns rows empty/> }.into_any()
}

fn rows(lang: Lang, batch: &BatchView, state: State, (lines, more): (Vec<RowLine>, bool)) -> AnyView {
    let here = |one: State| url::with(url::backentry_batch(batch.id), &[("state", one.code())]);
    let tab = |(one, count): &(State, i64)| Tab::new(one.name().get(lang), here(*one), *one == state).count(count.unsigned_abs());
    let items = batch.counts.states.iter().map(tab).collect();
    let next = match lines.last() {
        Some(last) if more => url::with(here(state), &[("after", &last.archive_no)]),
        _ => String::new(),
    };
    let table = row_table(lang, tr(lang, "按档号", "By archive number"), lines, Empty::new(tr(lang, "没有这个状态的档案。", "No file in this state.")));
    view! { <h2>{tr(lang, "档案", "Files")}</h2><Tabs label=tr(lang, "状态", "State") items/>{table}<Pager next/> }.into_any()
}

fn rejects(lang: Lang, batch: &BatchView, (lines, more): (Vec<Reject>, bool)) -> AnyView {
    let next = match lines.last() {
        Some(last) if more => url::with(url::backentry_batch(batch.id), &[("rejected", &format!("{}-{}", last.part, last.line))]),
        _ => String::new(),
    };
    let columns = vec![
        Column::text(tr(lang, "表格-行", "Table-line")),
        Column::text(tr(lang, "档号", "Archive number")),
        Column::text(tr(lang, "原因", "Why")),
    ];
    let row = |reject: &Reject| {
        let why = reject.issues.iter().map(|issue| {
            let name = issue.field.as_deref().map(|code| row::column_name(lang, code)).unwrap_or_default();
            let code = issue.code.to_string();
            view! { <li>{name}{tr(lang, "：", ": ")}{issue.text(lang).to_owned()}" "<span class="reference whole">{code}</span></li> }
        });
        let archive_no = reject.cells.first().cloned().unwrap_or_default();
        vec![
            Cell::text(format!("{}-{}", reject.part, reject.line)),
            Cell::view(view! { <span class="whole">{archive_no}</span> }),
            Cell::view(view! { <ul class="checks">{why.collect::<Vec<_>>()}</ul> }),
        ]
    };
    let rows = lines.iter().map(row).collect();
    let file = (!lines.is_empty()).then(|| {
        view! {
            <p><a href=url::backentry_rejected(batch.id)>{tr(lang, "下载退回行（CSV），改好后再发送", "Download the rejected lines (CSV), mend them and send them again")}</a></p>
        }
    });
    let empty = Empty::new(tr(lang, "没有退回的行。", "No rejected lines."));
    view! {
        <h2>{tr(lang, "退回的行", "Rejected lines")}</h2>
        {file}
        <DataTable caption=tr(lang, "未更正的退回行", "Rejected and not yet mended") columns rows empty/>
        <Pager next/>
    }
    .into_any()
}

/// The rows that a person has to look into.
pub fn conflicts(shell: &Shell, lines: Vec<RowLine>, more: bool) -> String {
    let lang = shell.lang;
    let title = tr(lang, "待核实的冲突", "Conflicts to be looked into");
    let next = match lines.last() {
        Some(last) if more => url::with(url::backentry_conflicts(), &[("after", &last.archive_no)]),
        _ => String::new(),
    };
    ui::render(shell, Page::staff(title).back(url::backentry()), move || {
        let table = row_table(lang, title, lines, Empty::new(tr(lang, "没有待核实的冲突。", "Nothing has to be looked into.")));
        view! {
            <h1>{title}</h1>
            <Notice tone=Tone::Plain title=tr(lang, "冲突的档案不入库", "What is in conflict is not published")>
                <p>{tr(lang, "同一人不能有两条有效婚姻记录。请查阅档案后逐件处理。", "Nobody can have two marriages that stand. Look into the files and decide each.")}</p>
            </Notice>
            {table}
            <Pager next/>
        }
    })
}
