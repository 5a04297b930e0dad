//! Older licences on paper become entries of the catalogue: one person enters a table, another compares it with the papers.

use kernel::Lang;
use leptos::prelude::*;
use licences::stock::{BatchView, COLUMNS, RefusedLine, SampleLine, Stage};
use ui::{Button, Cell, Column, DataTable, Empty, Fact, Facts, Field, FileField, Form, Kind, Notice, Page, Pager, Shell, StatusTag, Tone, Values, Width, tr, url};

/// The batches, and the form for another one.
pub fn list(shell: &Shell, batches: Vec<BatchView>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "存量证照转换", "Older licences");
    let columns = vec![
        Column::text(tr(lang, "批次", "Batch")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "录入", "Entered")),
        Column::number(tr(lang, "行数", "Lines")),
        Column::number(tr(lang, "不能入库", "Refused")),
        Column::number(tr(lang, "已入库", "Loaded")),
    ];
    let row = |batch: BatchView| {
        vec![
            Cell::link(url::licence_batch(batch.id), batch.name),
            Cell::tag(tone(batch.stage), batch.stage.name().get(lang)),
            Cell::text(format!("{} · {}", batch.entered_name, ui::moment(lang, batch.entered_at))),
            Cell::text(batch.lines),
            Cell::text(batch.refused),
            Cell::text(batch.loaded),
        ]
    };
    let rows = batches.into_iter().map(row).collect();
    let hint = format!("{} {}", tr(lang, "UTF-8 编码的 CSV，首行为列名：", "CSV in UTF-8; the first line names the columns:"), COLUMNS.join(", "));
    ui::render(shell, Page::staff(title).values(&values), move || {
        view! {
            <h1>{title}</h1>
            <DataTable caption=tr(lang, "批次，新的在前", "Batches, the newest first") columns rows
                empty=Empty::new(tr(lang, "还没有批次。录入表格后由另一人核对。", "None yet. Enter a table; another person compares it."))/>
            <h2>{tr(lang, "录入一批", "Enter a batch")}</h2>
            <Form action=url::licence_stock() values files=true>
                <Field name="name" label=tr(lang, "批次名称", "Name of the batch")/>
                <Field name="origin" label=tr(lang, "数据来源", "Where the data come from") hint=tr(lang, "例如：城东区民政局 2010 年纸质档案。", "For example the paper files of a bureau.")/>
                <FileField name="table" label=tr(lang, "表格", "Table") hint accept=".csv,text/csv"/>
                <Button>{tr(lang, "录入并检查", "Enter and check")}</Button>
            </Form>
        }
    })
}

fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Done => Tone::Good,
        Stage::Refused => Tone::Bad,
        Stage::Reading | Stage::Waiting | Stage::Loading => Tone::Mind,
    }
}

/// One batch: figures, what cannot be loaded, and what the second person has to do.
pub fn batch(shell: &Shell, batch: BatchView, sample: Vec<SampleLine>, refused: Vec<RefusedLine>, values: Values) -> String {
    let lang = shell.lang;
    let mut page = Page::staff(batch.name.clone()).values(&values).back(url::licence_stock());
    if batch.stage == Stage::Loading {
        page = page.refresh(5);
    }
    let next = (refused.len() >= 200).then(|| refused.last().map(|last| last.line.to_string())).flatten();
    let next = next.map(|after| url::with(url::licence_batch(batch.id), &[("after", &after)])).unwrap_or_default();
    ui::render(shell, page, move || {
        let state = batch.stage.name().get(lang).to_owned();
        view! {
            <h1>{batch.name.clone()}" "<StatusTag tone=tone(batch.stage) word=state/></h1>
            <Facts items=facts(lang, &batch)/>
            {review(lang, &batch, sample, values)}
            <h2>{tr(lang, "不能入库的行", "Lines that cannot be loaded")}</h2>
            {refused_table(lang, refused)}
            <Pager next/>
        }
    })
}

fn facts(lang: Lang, batch: &BatchView) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(tr(lang, "数据来源", "Origin"), batch.origin.clone()),
        Fact::new(tr(lang, "录入人", "Entered by"), format!("{} · {}", batch.entered_name, ui::moment(lang, batch.entered_at))),
        Fact::new(tr(lang, "行数", "Lines"), batch.lines.to_string()),
        Fact::new(tr(lang, "不能入库", "Refused"), batch.refused.to_string()),
        Fact::new(tr(lang, "已入库", "Loaded"), batch.loaded.to_string()),
    ];
    if let (Some(name), Some(at), Some((compared, wrong))) = (&batch.reviewed_name, batch.reviewed_at, batch.compared) {
        facts.push(Fact::new(tr(lang, "复核人", "Compared by"), format!("{name} · {}", ui::moment(lang, at))));
        let rate = wrong as f64 * 100.0 / compared.max(1) as f64;
        let words = match lang {
            Lang::Zh => format!("核对 {compared} 行，差错 {wrong} 行（{rate:.2}%）"),
            Lang::En => format!("{wrong} of {compared} lines wrong ({rate:.2} %)"),
        };
        facts.push(Fact::new(tr(lang, "差错率", "Errors"), words));
    }
    facts
}

fn review(lang: Lang, batch: &BatchView, sample: Vec<SampleLine>, values: Values) -> Option<AnyView> {
    if batch.stage != Stage::Waiting {
        return None;
    }
    if batch.own {
        let words = tr(lang, "您录入了这一批，须由另一人核对。", "You entered this batch: another person has to compare it.");
        return Some(view! { <Notice tone=Tone::Mind title=tr(lang, "等待另一人", "Waits for another person")><p>{words}</p></Notice> }.into_any());
    }
    let columns = vec![
        Column::number(tr(lang, "行号", "Line")),
        Column::text(tr(lang, "证照编号", "Number")),
        Column::text(tr(lang, "持证主体", "Holder")),
        Column::text(tr(lang, "主体代码", "Holder's number")),
        Column::text(tr(lang, "颁发机构", "Issuer")),
        Column::text(tr(lang, "颁发日期", "Issued")),
    ];
    let row = |line: SampleLine| {
        let issued = ui::date(lang, line.issued_on);
        vec![Cell::text(line.line), Cell::text(line.number), Cell::text(line.holder), Cell::text(line.holder_no), Cell::text(line.issuer), Cell::text(issued)]
    };
    let rows = sample.into_iter().map(row).collect();
    let least = batch.least_compared();
    let hint = match lang {
        Lang::Zh => format!("至少 {least} 行。"),
        Lang::En => format!("At least {least}."),
    };
    Some(
        view! {
            <h2>{tr(lang, "与纸质证照核对", "Compare with the papers")}</h2>
            <p>{tr(
                lang,
                "差错不超过千分之一才能入库，否则整批退回更正。",
                "With at most one error in a thousand the batch is loaded; otherwise all of it goes back.",
            )}</p>
            <DataTable caption=tr(lang, "抽取的行", "Lines drawn") columns rows empty=Empty::new(tr(lang, "没有可入库的行。", "No line can be loaded."))/>
            <Form action=url::licence_batch_review(batch.id) values>
                <Field name="compared" label=tr(lang, "核对了多少行", "Lines compared") kind=Kind::Number width=Width::Short hint/>
                <Field name="wrong" label=tr(lang, "其中有差错的行数", "Of them wrong") kind=Kind::Number width=Width::Short/>
                <Button>{tr(lang, "确认核对结果", "Record the comparison")}</Button>
            </Form>
        }
        .into_any(),
    )
}

fn refused_table(lang: Lang, refused: Vec<RefusedLine>) -> AnyView {
    let columns = vec![
        Column::number(tr(lang, "行号", "Line")),
        Column::text(tr(lang, "列", "Column")),
        Column::text(tr(lang, "原因", "Why")),
        Column::text(tr(lang, "代码", "Code")),
    ];
    let row = |line: RefusedLine| {
        let field = line.issue.field.clone().unwrap_or_else(|| "—".to_owned());
        vec![Cell::text(line.line), Cell::text(field), Cell::text(line.issue.text(lang)), Cell::text(line.issue.code)]
    };
    let rows = refused.into_iter().map(row).collect();
    view! { <DataTable caption=tr(lang, "按行号", "By line") columns rows empty=Empty::new(tr(lang, "没有。", "None."))/> }.into_any()
}
