//! One row beside its page image: what the cell said, what it was read as, and what the second person does.

use kernel::Lang;
use leptos::prelude::*;
use marriage::backentry::{COLUMNS, Clash, ClashKind, RowView, State, With, Written};
use marriage::model::EndKind;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Kind, LinkButton, Notice, Page, Select, Shell, StatusTag, Tone,
    Values, tr, url,
};

/// One row.
pub fn page(shell: &Shell, row: RowView, values: Values) -> String {
    let lang = shell.lang;
    let title = format!("{} {}", tr(lang, "档案", "File"), row.archive_no);
    let page = Page::staff(title.clone()).values(&values).back(url::backentry_batch(row.batch)).wide();
    ui::render(shell, page, move || {
        let mut facts = vec![
            Fact::new(tr(lang, "来源", "Source"), row.source.name().get(lang)),
            Fact::new(tr(lang, "完整程度", "Complete"), row.class.name().get(lang)),
            Fact::new(tr(lang, "录入人", "Keyed by"), row.keyed_name.clone()),
            Fact::new(tr(lang, "版本", "Version"), row.version.to_string()),
        ];
        if let Some((name, at)) = &row.checked {
            facts.push(Fact::new(tr(lang, "复核人", "Checked by"), format!("{name} · {}", ui::moment(lang, *at))));
        }
        if !row.reason.is_empty() {
            facts.push(Fact::new(tr(lang, "复核意见", "What the second person said"), row.reason.clone()));
        }
        facts.extend(published(lang, &row));
        let next = row.next.map(|next| view! { <p><LinkButton href=url::backentry_row(next) kind=ButtonKind::Secondary>{tr(lang, "下一件待复核", "Next to be checked")}</LinkButton></p> });
        view! {
            <h1>{title.clone()}</h1>
            <p><StatusTag tone=super::tone(row.state) word=row.state.name().get(lang).to_owned()/></p>
            {clashes(lang, &row.clashes)}
            <Facts items=facts/>
            {images(lang, &row)}
            {fields(lang, &row.fields)}
            {decide(lang, &row, &values)}
            {next}
        }
    })
}

fn published(lang: Lang, row: &RowView) -> Vec<Fact> {
    let Some(fact) = &row.fact else { return Vec::new() };
    let state = if fact.stands { tr(lang, "有效", "stands").to_owned() } else { over(lang, fact.end_kind, fact.ended_on.map(|date| date.to_string()), &fact.basis) };
    vec![
        Fact::new(tr(lang, "入库的婚姻记录", "The published marriage"), state),
        Fact::new(tr(lang, "可信度", "Confidence"), format!("{}/100", fact.confidence)),
    ]
}

fn over(lang: Lang, kind: Option<EndKind>, on: Option<String>, basis: &str) -> String {
    let words = [kind.map(|kind| kind.name().get(lang).to_owned()), on, Some(basis.to_owned())];
    let known: Vec<String> = words.into_iter().flatten().filter(|word| !word.is_empty()).collect();
    format!("{}：{}", tr(lang, "已终止", "over"), known.join(" · "))
}

fn clashes(lang: Lang, clashes: &[Clash]) -> Option<AnyView> {
    if clashes.is_empty() {
        return None;
    }
    let lines: Vec<_> = clashes
        .iter()
        .map(|clash| {
            let what = match clash.kind {
                ClashKind::Number => tr(lang, "同一证件号码已有有效婚姻记录", "the number is that of somebody who is married"),
                ClashKind::Likeness => tr(lang, "姓名、出生日期相近的人已有有效婚姻记录，其中一方缺证件号码", "somebody alike in name and birth is married; one of the two has no number"),
                ClashKind::OtherName => tr(lang, "该证件号码属于另一姓名的人", "the number belongs to somebody of another name"),
            };
            let link = match clash.with {
                With::Marriage(id) => Some(view! { <a href=url::registration(id)>{tr(lang, "查看登记", "The registration")}</a> }.into_any()),
                With::Row(id) => Some(view! { <a href=url::backentry_row(id)>{tr(lang, "查看档案", "The file")}</a> }.into_any()),
                With::Person => None,
            };
            view! { <li>{clash.side.name().get(lang).to_owned()}"："{what}" "{link}</li> }
        })
        .collect();
    let title = tr(lang, "补录数据与现有婚姻记录冲突，须人工核实", "This file conflicts with a marriage on record; a person has to look into it");
    Some(view! { <Notice tone=Tone::Mind title=title><ul>{lines}</ul></Notice> }.into_any())
}

/// What a column is called; its code if there is no such column.
pub(super) fn column_name(lang: Lang, code: &str) -> String {
    let column = COLUMNS.iter().find(|column| column.code == code);
    column.map_or(code, |column| lang.pick(column.zh, column.en)).to_owned()
}

fn fields(lang: Lang, fields: &[Written]) -> AnyView {
    let columns =
        vec![Column::text(tr(lang, "项目", "Field")), Column::text(tr(lang, "原文", "As written")), Column::text(tr(lang, "识别为", "Read as"))];
    let row = |field: &Written| {
        let name = column_name(lang, field.column);
        let value = match (&field.value, field.derived) {
            (None, _) => Cell::view(view! { <span class="reference">{tr(lang, "不详", "unknown")}</span> }),
            (Some(value), false) => Cell::text(value),
            (Some(value), true) => Cell::view(view! { {value.clone()}" "<StatusTag tone=Tone::Mind word=tr(lang, "推定值 MR-W39", "derived, MR-W39")/> }),
        };
        vec![Cell::text(name), Cell::text(&field.original), value]
    };
    let rows = fields.iter().map(row).collect();
    view! { <DataTable caption=tr(lang, "原文与识别结果", "As written, and read as") columns rows empty=Empty::new("")/> }.into_any()
}

fn images(lang: Lang, row: &RowView) -> AnyView {
    let lines: Vec<_> = row
        .images
        .iter()
        .map(|image| match image.id {
            Some(id) => {
                let hash = format!("SM3 {}", image.sm3);
                view! { <li><a href=url::backentry_image(id)>{image.name.clone()}</a><p class="reference">{hash}</p></li> }.into_any()
            }
            None => view! { <li>{image.name.clone()}" "<StatusTag tone=Tone::Bad word=tr(lang, "尚未上传", "not here yet")/></li> }.into_any(),
        })
        .collect();
    view! { <h2>{tr(lang, "图像", "Page images")}</h2><ul>{lines}</ul> }.into_any()
}

fn decide(lang: Lang, row: &RowView, values: &Values) -> AnyView {
    if row.own && matches!(row.state, State::Keyed | State::Conflict) {
        return view! { <Notice tone=Tone::Plain><p>{tr(lang, "这是您录入的，须由另一人复核。", "You keyed this; somebody else checks it.")}</p></Notice> }.into_any();
    }
    if !row.may_check {
        return ().into_any();
    }
    match row.state {
        State::Keyed => view! { {confirm(lang, row)}{back(lang, row, values)} }.into_any(),
        State::Conflict => view! { {resolve(lang, row, values)}{back(lang, row, values)} }.into_any(),
        State::Published if row.fact.as_ref().is_some_and(|fact| fact.stands) => {
            view! {
                <details>
                    <summary>{tr(lang, "记录婚姻已终止", "Note that the marriage is over")}</summary>
                    {ended(lang, row, values, "end")}
                </details>
            }
            .into_any()
        }
        State::Published | State::SentBack | State::Apart => ().into_any(),
    }
}

fn seen(row: &RowView) -> String {
    row.version.to_string()
}

fn confirm(lang: Lang, row: &RowView) -> AnyView {
    let seen = seen(row);
    view! {
        <h2>{tr(lang, "复核", "Check")}</h2>
        <p>{tr(lang, "请与图像逐项核对。确认后入库；如与现有婚姻记录冲突，则转入待核实。", "Compare every field with the page. Confirmed, it is published, or listed as a conflict.")}</p>
        <Form action=url::backentry_act(row.id, "confirm")>
            <Hidden name="seen" value=seen/>
            <Button key="y">{tr(lang, "与图像一致，入库", "As on the page: publish")}</Button>
        </Form>
    }
    .into_any()
}

fn back(lang: Lang, row: &RowView, values: &Values) -> AnyView {
    let seen = seen(row);
    view! {
        <Form action=url::backentry_act(row.id, "back") values=values.clone() id="back">
            <Hidden name="seen" value=seen/>
            <Field name="back_reason" label=tr(lang, "哪里不一致", "What differs")/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "退回更正", "Send back")}</Button>
        </Form>
    }
    .into_any()
}

fn resolve(lang: Lang, row: &RowView, values: &Values) -> AnyView {
    let likeness = row.clashes.iter().all(|clash| clash.kind == ClashKind::Likeness);
    let words = if likeness {
        tr(lang, "核实为不同的人，入库", "It is another person: publish")
    } else {
        tr(lang, "冲突已消除，入库", "The conflict is gone: publish")
    };
    let (seen, again) = (seen(row), seen(row));
    view! {
        <h2>{tr(lang, "核实结果", "What was found")}</h2>
        <Form action=url::backentry_act(row.id, "publish") values=values.clone() id="publish">
            <Hidden name="seen" value=seen/>
            <Field name="publish_reason" label=tr(lang, "核实说明", "What was found")/>
            <Button>{words}</Button>
        </Form>
        <details>
            <summary>{tr(lang, "这段婚姻已终止，按已终止入库", "This marriage is over: publish it so")}</summary>
            {ended(lang, row, values, "ended")}
        </details>
        <details>
            <summary>{tr(lang, "不入库", "Do not publish")}</summary>
            <Form action=url::backentry_act(row.id, "apart") values=values.clone() id="apart">
                <Hidden name="seen" value=again/>
                <Field name="apart_reason" label=tr(lang, "原因", "Why")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "不入库", "Keep it apart")}</Button>
            </Form>
        </details>
    }
    .into_any()
}

fn ended(lang: Lang, row: &RowView, values: &Values, verb: &'static str) -> AnyView {
    let kinds = EndKind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
    let seen = seen(row);
    view! {
        <Form action=url::backentry_act(row.id, verb) values=values.clone() id=verb>
            <Hidden name="seen" value=seen/>
            <Field name="ended_on" label=tr(lang, "终止日期", "Ended on") kind=Kind::Date/>
            <Select name="end_kind" label=tr(lang, "终止原因", "Why it ended") options=kinds empty=tr(lang, "请选择", "choose")/>
            <Field name="ended_reason" label=tr(lang, "依据的证件或者文书", "By which paper")/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "记录终止", "Record the end")}</Button>
        </Form>
    }
    .into_any()
}
