//! How far a matter is, for whoever holds its number and a proof.

use casework::ops::Found;
use kernel::Lang;
use leptos::prelude::*;
use ui::{Answer, Button, Fact, Facts, Field, Form, Kind, Page, Shell, Values, Width, tr, url};

use super::mine::tone;

/// The form, and the answer once there is one.
pub fn page(shell: &Shell, found: Option<Found>, moment: String, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "查办件进度", "Where does my matter stand?");
    ui::render(shell, Page::public(title).values(&values), move || {
        let hint = tr(lang, "收件回执或者通知上的 22 位数字。", "The 22 digits on your receipt or notice.");
        let proof = tr(lang, "申请人证件号码的后四位，或者提交时给您的 6 位查询码。", "The last four characters of the applicant's document number, or the 6-digit query code.");
        view! {
            <h1>{title}</h1>
            {found.map(|found| answer(lang, found, moment))}
            <Form action=url::progress() values>
                <Field name="case_no" label=tr(lang, "受理编号", "Case number") kind=Kind::Number width=Width::Full hint=hint/>
                <Field name="proof" label=tr(lang, "证件号码后四位或者查询码", "Last four characters or query code") kind=Kind::Text width=Width::Short autocomplete="off" hint=proof/>
                <Button>{tr(lang, "查询", "Look it up")}</Button>
            </Form>
            <p><a href=url::my_matters()>{tr(lang, "有账号？登录后看全部办件", "With an account you see all of yours")}</a></p>
        }
    })
}

fn answer(lang: Lang, found: Found, moment: String) -> AnyView {
    let mut items = vec![
        Fact::new(tr(lang, "受理编号", "Case number"), found.case_no),
        Fact::new(tr(lang, "事项", "Matter"), found.item.get(lang)),
        Fact::new(tr(lang, "从哪天起", "Since"), ui::date(lang, found.since)),
    ];
    if !found.phase.is_closed() {
        items.extend(found.periods.iter().map(|(name, words)| Fact::new(name.get(lang), words.get(lang))));
    }
    let moment = format!("{}{moment}", tr(lang, "查询时间：", "As of "));
    view! {
        <Answer tone=tone(found.phase) word=found.state.get(lang) moment>
            <Facts items/>
            <p>{tr(lang, "这里只显示进度，不显示申请人信息和决定内容。", "This shows the progress only, neither the person nor the decision.")}</p>
        </Answer>
    }
    .into_any()
}
