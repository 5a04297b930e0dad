//! Sending a case to the body that answers for it.

use casework::ops::CaseView;
use kernel::Text;
use leptos::prelude::*;
use platform::OrgId;
use ui::{Button, Choice, Form, Hidden, Notice, Page, Select, Shell, TextArea, Tone, Values, tr, url};

/// The page; `bodies` are those to which it may go, `changed` whether somebody else has changed the case since.
pub fn page(shell: &Shell, view: CaseView, bodies: Vec<(OrgId, Text)>, changed: bool, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "转送其他机构", "Send to another body");
    let id = view.head.id;
    let seen = if changed || values.get("seen").is_empty() { view.head.version.to_string() } else { values.get("seen").to_owned() };
    let options = bodies.into_iter().map(|(org, name)| Choice::new(org, name.get(lang))).collect();
    ui::render(shell, Page::staff(title).back(url::work_case(id)).values(&values), move || {
        let moved = changed.then(|| {
            let words = tr(lang, "办件已被他人更新，您的操作没有执行。请看清变化后再决定。", "Somebody else has changed the case; nothing was done. Look at it before you decide.");
            view! { <Notice tone=Tone::Mind>{words}</Notice> }
        });
        let form = view.may.transfer.then(|| {
            view! {
                <Form action=url::work_transfer(id) values>
                    <Hidden name="seen" value=seen/>
                    <Select name="org" label=tr(lang, "转送到", "To") options empty=tr(lang, "请选择", "Choose")/>
                    <TextArea name="reason" label=tr(lang, "理由", "Reason") hint=tr(lang, "为什么由对方办理。", "Why it is theirs.")/>
                    <p class="hint">{tr(lang, "期限继续计算，转送后您不能再办理。", "The time limits go on; after that it is no longer yours.")}</p>
                    <Button>{tr(lang, "转送", "Send")}</Button>
                </Form>
            }
        });
        let closed = (!view.may.transfer).then(|| {
            view! { <Notice tone=Tone::Bad>{tr(lang, "受理以后不能转送。", "Once it is accepted, a case stays where it is.")}</Notice> }
        });
        view! { <h1>{title}</h1><p>{format!("{} {}", view.item.get(lang), view.head.case_no)}</p>{moved}{closed}{form} }
    })
}
