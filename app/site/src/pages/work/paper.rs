//! One paper of a case: what it is, its content, and what a clerk found of it.

use casework::Material;
use casework::ops::CaseView;
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Choice, Fact, Facts, Field, Form, Kind, LinkButton, Page, Radios, Shell, StatusTag, Values, Width, tr, url,
};

use super::case_parts;

/// The page of a paper.
pub fn page(shell: &Shell, view: CaseView, paper: Material, values: Values) -> String {
    let lang = shell.lang;
    let name = case_parts::material_name(&view, &paper.key).get(lang).to_owned();
    let id = view.head.id;
    let page = Page::staff(name.clone()).back(url::work_case(id)).values(&values);
    ui::render(shell, page, move || {
        let (tone, word) = case_parts::standing(lang, &paper);
        let mut items = vec![
            Fact::new(tr(lang, "办件", "Case"), format!("{} {}", view.item.get(lang), view.head.case_no)),
            Fact::view(tr(lang, "状态", "State"), view! { <StatusTag tone word/> }),
            Fact::new(tr(lang, "来源", "From"), case_parts::source(lang, &paper)),
            Fact::new(tr(lang, "收到时间", "Came"), ui::moment(lang, paper.received_at)),
        ];
        if !paper.file_name.is_empty() {
            items.push(Fact::new(tr(lang, "文件名", "File"), paper.file_name.clone()));
        }
        if let Some(sm3) = &paper.sm3 {
            items.push(Fact::new(tr(lang, "SM3 摘要", "SM3 digest"), sm3.clone()));
        }
        if !paper.note.is_empty() {
            items.push(Fact::new(tr(lang, "备注", "Note"), paper.note.clone()));
        }
        let open = paper.file.is_some().then(|| {
            view! { <p><LinkButton href=url::work_paper_file(id, paper.id) kind=ButtonKind::Secondary>{tr(lang, "打开材料", "Open it")}</LinkButton></p> }
        });
        let judge = (view.may.judge && paper.state != casework::MaterialState::Replaced).then(|| {
            let options = vec![Choice::new("yes", tr(lang, "符合要求", "In order")), Choice::new("no", tr(lang, "不符合要求", "Not in order"))];
            let values = values.clone().or("good", "yes").or("originals", paper.originals).or("copies", paper.copies).or("note", &paper.note);
            view! {
                <h2>{tr(lang, "核对", "What you found")}</h2>
                <Form action=url::work_paper(id, paper.id) values>
                    <Radios name="good" legend=tr(lang, "这份材料", "This paper is") options inline=true/>
                    <Field name="originals" label=tr(lang, "收取原件（份）", "Originals taken in") kind=Kind::Number width=Width::Short/>
                    <Field name="copies" label=tr(lang, "收取复印件（份）", "Copies taken in") kind=Kind::Number width=Width::Short/>
                    <Field name="note" label=tr(lang, "原因或备注", "Reason or note") optional=true hint=tr(lang, "不符合要求的，写明原因；不写个人信息。", "Say what is wrong, without personal data.")/>
                    <Button>{tr(lang, "记录核对结果", "Record it")}</Button>
                </Form>
            }
        });
        view! { <h1>{name}</h1><Facts items/>{open}{judge} }
    })
}
