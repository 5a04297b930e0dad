//! Opening the parts of a joint case.

use casework::ops::CaseView;
use kernel::Text;
use leptos::prelude::*;
use ui::{Button, Checkboxes, Choice, Form, Notice, Page, Shell, Tone, Values, tr, url};

/// The page; `items` are the published items that may be parts, by their code.
pub fn page(shell: &Shell, view: CaseView, items: Vec<(String, Text)>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "发起并联事项", "Open the parts");
    let id = view.head.id;
    ui::render(shell, Page::staff(title).back(url::work_case(id)).values(&values), move || {
        let parts = super::case_parts::children(lang, &view);
        let none = items.is_empty();
        let options = items.into_iter().map(|(code, name)| Choice::new(code, name.get(lang))).collect();
        let form = (view.may.open_parts && !none).then(|| {
            view! {
                <Form action=url::work_parts(id) values>
                    <Checkboxes name="parts" legend=tr(lang, "要办理的事项", "Which parts") options
                        hint=tr(lang, "每个事项由负责的机构同时办理；申请内容取自总件。", "Each is handled by its own body at the same time, with the answers of this case.")/>
                    <Button>{tr(lang, "发起", "Open them")}</Button>
                </Form>
            }
        });
        let closed = (none || !view.may.open_parts).then(|| view! { <Notice tone=Tone::Plain>{tr(lang, "没有可以发起的事项。", "There is nothing to open.")}</Notice> });
        view! { <h1>{title}</h1><p>{format!("{} {}", view.item.get(lang), view.head.case_no)}</p>{parts}{closed}{form} }
    })
}
