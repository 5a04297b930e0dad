//! Segments of credit codes: stock, what is used and spoiled, taking one in.

use kernel::Lang;
use leptos::prelude::*;
use organizations::segments::{Gone, Overview, Received, SegmentId};
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Field, FileField, Form, Hidden, LinkButton, Notice, Page, Pager, Shell, Tone, Values, Width, tr, url};

/// What the area is called in the administrator's overview, and what is done there.
pub fn area(lang: Lang) -> (&'static str, &'static str) {
    (tr(lang, "赋码码段", "Segments of credit codes"), tr(lang, "社会组织统一社会信用代码：导入、库存、作废", "Codes for organisations: taking in, stock, spoiled ones"))
}

/// The stock and the forms; `received`: what the table that was just sent brought.
pub fn page(shell: &Shell, overview: Overview, received: Option<Received>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "赋码码段", "Segments of credit codes");
    ui::render(shell, Page::staff(title).values(&values).back(url::admin()), move || {
        let columns = vec![
            Column::text(tr(lang, "码段", "Segment")),
            Column::number(tr(lang, "总数", "In all")),
            Column::number(tr(lang, "已用", "Used")),
            Column::number(tr(lang, "作废", "Spoiled")),
            Column::number(tr(lang, "剩余", "Left")),
            Column::text(tr(lang, "来源", "Source")),
            Column::text(tr(lang, "导入时间", "Taken in")),
        ];
        let rows = overview
            .segments
            .iter()
            .map(|segment| {
                vec![
                    Cell::link(url::code_segment(segment.id, ""), format!("{} — {}", segment.first, segment.last)),
                    Cell::text(segment.total),
                    Cell::text(segment.used),
                    Cell::text(segment.spoiled),
                    Cell::text(segment.left),
                    Cell::text(&segment.source),
                    Cell::text(ui::moment(lang, segment.received_at)),
                ]
            })
            .collect();
        let low = overview.low.then(|| {
            let words = match lang {
                Lang::Zh => format!("码段只剩{}个，请向赋码机构申领并导入；用完后不能准予登记。", overview.left),
                Lang::En => format!("{} codes are left: ask for a new segment and take it in. Without codes nothing can be registered.", overview.left),
            };
            view! { <Notice tone=Tone::Mind><p>{words}</p></Notice> }
        });
        let done = received.map(|Received { new, known }| {
            let words = match lang {
                Lang::Zh => format!("已导入{new}个码段；{known}个以前已经导入，没有变化。"),
                Lang::En => format!("{new} segments were taken in; {known} were here before and are as they were."),
            };
            view! { <Notice tone=Tone::Good><p>{words}</p></Notice> }
        });
        let table_values = values.clone();
        view! {
            <h1>{title}</h1>
            {done}
            {low}
            <DataTable caption=tr(lang, "本机关的码段，最近的在前", "Segments of this authority, newest first") columns rows
                empty=Empty::new(tr(lang, "还没有码段，在下面导入。", "There is none: take one in below."))/>
            <h2>{tr(lang, "导入码段", "Take a segment in")}</h2>
            <Form action=url::code_segments() values>
                <Field name="first" label=tr(lang, "起（8位主体标识码）", "First subject code (8 characters)")/>
                <Field name="last" label=tr(lang, "止（8位主体标识码）", "Last subject code (8 characters)")/>
                <Field name="source" label=tr(lang, "分配文号", "Paper of the allotment") width=Width::Full/>
                <Button>{tr(lang, "导入", "Take in")}</Button>
            </Form>
            <h2>{tr(lang, "从表格导入", "From a table")}</h2>
            <Form action=url::code_segment_table() values=table_values files=true>
                <FileField name="table" label=tr(lang, "表格", "Table") accept=".csv,.xlsx"
                    hint=tr(
                        lang,
                        "CSV 或 XLSX，首行为“起”“止”“分配文号”，最多1000行；有一行不对就一行也不导入，重复导入不会变化。",
                        "CSV or XLSX with the columns first, last, source; 1,000 lines at most. One wrong line and none is taken in; sent twice it changes nothing.",
                    )/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "上传并导入", "Send it")}</Button>
            </Form>
            <p><LinkButton href=url::code_spoil() kind=ButtonKind::Secondary>{tr(lang, "作废一个代码", "Spoil a code")}</LinkButton></p>
        }
    })
}

/// What left the stock of a segment; `after` is the last one on this page if there are more.
pub fn gone(shell: &Shell, segment: SegmentId, gone: Vec<Gone>, next: Option<String>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "已用和作废的代码", "Codes used and spoiled");
    ui::render(shell, Page::staff(title).back(url::code_segments()), move || {
        let columns = vec![
            Column::text(tr(lang, "主体标识码", "Subject code")),
            Column::text(tr(lang, "状态", "State")),
            Column::text(tr(lang, "统一社会信用代码", "Credit code")),
            Column::text(tr(lang, "原因", "Why")),
            Column::text(tr(lang, "时间", "When")),
        ];
        let rows = gone
            .into_iter()
            .map(|code| {
                let (tone, word) =
                    if code.spoiled { (Tone::Bad, tr(lang, "作废", "spoiled")) } else { (Tone::Good, tr(lang, "已用", "used")) };
                let uscc = if code.uscc.is_empty() { Cell::text("—") } else { Cell::link(url::organization(&code.uscc), code.uscc) };
                vec![Cell::text(code.subject), Cell::tag(tone, word), uscc, Cell::text(code.reason), Cell::text(ui::moment(lang, code.at))]
            })
            .collect();
        let next = next.map(|after| url::code_segment(segment, &after)).unwrap_or_default();
        view! {
            <h1>{title}</h1>
            <DataTable caption=tr(lang, "按代码排列", "In the order of the codes") columns rows empty=Empty::new(tr(lang, "这个码段还没有用过。", "Nothing of this segment has been used."))/>
            <Pager next/>
        }
    })
}

/// Asks which code is spoiled, and why; a second time to confirm.
pub fn spoil(shell: &Shell, values: Values, confirm: bool) -> String {
    let lang = shell.lang;
    let title = tr(lang, "作废代码", "Spoil a code");
    ui::render(shell, Page::staff(title).values(&values).back(url::code_segments()), move || {
        let ask = confirm.then(|| {
            view! {
                <Notice tone=Tone::Mind><p>{tr(lang, "作废后这个代码永远不再使用，请核对后再次确认。", "It will never be used again. Look once more, then confirm.")}</p></Notice>
            }
        });
        view! {
            <h1>{title}</h1>
            {ask}
            <Form action=url::code_spoil() values>
                <Field name="subject" label=tr(lang, "8位主体标识码", "Subject code (8 characters)")/>
                <Field name="reason" label=tr(lang, "原因", "Why") width=Width::Full/>
                {confirm.then(|| view! { <Hidden name="confirmed" value="yes"/> })}
                <Button kind=ButtonKind::Danger>{if confirm { tr(lang, "确认作废", "Yes, spoil it") } else { tr(lang, "作废", "Spoil it") }}</Button>
            </Form>
        }
    })
}
