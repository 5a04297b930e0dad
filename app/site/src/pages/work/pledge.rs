//! What the check of a pledge found.

use casework::ops::CaseView;
use leptos::prelude::*;
use ui::{Button, Choice, Form, Notice, Page, Radios, Shell, TextArea, Tone, Values, tr, url};

/// The page.
pub fn page(shell: &Shell, view: CaseView, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "核查承诺", "Check the pledge");
    let id = view.head.id;
    ui::render(shell, Page::staff(title).back(url::work_case(id)).values(&values), move || {
        let text = super::case_parts::pledge(lang, &view);
        let options = vec![
            Choice::new("yes", tr(lang, "属实", "It is true")),
            Choice::new("no", tr(lang, "不属实", "It is not true")).hint(tr(lang, "记入失信记录，以后不适用告知承诺。", "It is recorded, and bars the applicant from the next pledge.")),
        ];
        let form = view.may.check_pledge.then(|| {
            view! {
                <Form action=url::work_pledge(id) values>
                    <Radios name="kept" legend=tr(lang, "承诺的内容", "What was pledged") options/>
                    <TextArea name="finding" label=tr(lang, "核查情况", "What was found")/>
                    <Button>{tr(lang, "记录核查结果", "Record it")}</Button>
                </Form>
            }
        });
        let closed = (!view.may.check_pledge).then(|| view! { <Notice tone=Tone::Plain>{tr(lang, "没有待核查的承诺。", "There is no pledge to check.")}</Notice> });
        view! { <h1>{title}</h1><p>{format!("{} {}", view.item.get(lang), view.head.case_no)}</p>{text}{closed}{form} }
    })
}
