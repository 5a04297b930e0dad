//! One's own divorce: where it stands and what comes next, in words.

use leptos::prelude::*;
use kernel::Lang;
use marriage::divorce::ops::Mine;
use marriage::divorce::states::StateKind;
use ui::{Fact, Facts, LinkButton, Page, Shell, StatusTag, tr, url};

use super::{dates, tone};

/// The page.
pub fn page(shell: &Shell, mine: Vec<Mine>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "我的离婚登记", "My divorce");
    ui::render(shell, Page::public(title).back(url::me()), || {
        let cases: Vec<_> = mine.into_iter().map(|case| one(lang, case)).collect();
        let none = cases.is_empty().then(|| {
            view! {
                <div class="empty">
                    <p>{tr(lang, "没有已受理的离婚登记申请。", "No application for divorce has been accepted.")}</p>
                    <p>{tr(lang, "双方到登记处申请并受理后，可以在这里看各个日期和下一步。", "Once the two of you have applied at an office and it has accepted, the dates and the next step stand here.")}</p>
                </div>
            }
        });
        view! { <h1>{title}</h1>{none}{cases} }
    })
}

fn one(lang: Lang, case: Mine) -> AnyView {
    let word = case.state.name().get(lang).to_owned();
    let mut items = vec![
        Fact::view(tr(lang, "状态", "State"), view! { <StatusTag tone=tone(case.state) word/> }),
        Fact::new(tr(lang, "受理回执编号", "Receipt number"), &case.case_no),
    ];
    items.extend(dates(lang, &case.dates));
    items.push(Fact::new(tr(lang, "办理地点", "Where"), case.office.name.get(lang)));
    let next = next(lang, case.state);
    let book = matches!(case.state, StateKind::Cooling | StateKind::Claimable | StateKind::NotRegistered).then(|| {
        view! { <p><LinkButton href=url::office(&case.office.code)>{tr(lang, "看登记处的地址和时间", "Address and hours of the office")}</LinkButton></p> }
    });
    let calendar = case.may_be_claimed().then(|| {
        let href = url::my_divorce_calendar(case.id);
        view! { <p><a href=href download="">{tr(lang, "把领证日期存到日历", "Save the dates of the claim to a calendar")}</a></p> }
    });
    view! { <section><Facts items/><p>{next}</p>{book}{calendar}</section> }.into_any()
}

fn next(lang: Lang, state: StateKind) -> &'static str {
    match state {
        StateKind::Cooling => tr(
            lang,
            "三十日期间内，任何一方可以带身份证到受理的登记处撤回申请，不需要说明理由。",
            "Within the thirty days either of you may withdraw in person at this office, with the identity card and without giving a reason.",
        ),
        StateKind::Claimable | StateKind::Examined | StateKind::NotRegistered => tr(
            lang,
            "现在双方可以带身份证、结婚证和回执单共同到受理的登记处领证；到期没有领的，视为撤回。",
            "Both of you can now claim the certificate at this office, with identity cards, marriage certificates and the receipt. What is not claimed in time counts as withdrawn.",
        ),
        StateKind::Registered => tr(lang, "离婚登记已完成。", "The divorce is registered."),
        _ => tr(lang, "申请已终止，婚姻关系不因此改变。需要时可以重新申请。", "The application has ended and did not change the marriage. A new one can be made."),
    }
}
