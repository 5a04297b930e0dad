//! 认领: a body takes over a basic item.

use catalog::model::Level;
use leptos::prelude::*;
use platform::regions::Organisation;
use ui::{Button, Choice, Field, Form, Kind, Page, Select, Shell, TextArea, Values, tr, url};

/// Where the form is and where it is sent: beside the items, under a name that no code has.
pub(super) fn address() -> String {
    url::admin_item("claim")
}

/// The form, with the bodies that the editor works for.
pub fn claim(shell: &Shell, bodies: &[Organisation], values: &Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "认领事项", "Take over an item");
    let bodies: Vec<_> = bodies.iter().map(|body| Choice::new(&body.uscc, format!("{} {}", body.name.get(lang), body.uscc))).collect();
    let levels: Vec<_> = Level::ALL.iter().map(|level| Choice::new(level.code(), level.name().get(lang).to_owned())).collect();
    let values = values.clone();
    let page = Page::staff(title).back(url::admin_items()).values(&values);
    ui::render(shell, page, move || {
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "认领后得到一份实施清单草稿：上级锁定的要素照录，本级要素由您填写。", "This makes a draft of an implementation list: what the upper level holds is copied, the local elements are yours to fill in.")}</p>
            <Form action=address() values>
                <Field name="basic" kind=Kind::Code label=tr(lang, "基本编码", "Basic code") hint=tr(lang, "12 位数字。", "12 digits.")/>
                <Select name="uscc" label=tr(lang, "实施主体", "Body") options=bodies/>
                <Select name="level" label=tr(lang, "行使层级", "Level") options=levels/>
                <TextArea name="offices" rows=3 label=tr(lang, "办理地点", "Offices")
                    hint=tr(lang, "地点编号，一行一个，主要的在前。", "Codes of offices, one a line, the main one first.")/>
                <Button>{tr(lang, "认领", "Take over")}</Button>
            </Form>
        }
    })
}
