//! Somebody asks at the counter that a marriage be undone: the answer, and where to go (R-MR-43).

use leptos::prelude::*;
use marriage::annulment::{DecidedBy, Ground, grounds};
use ui::{Button, Choice, Fact, Facts, Form, LinkButton, Notice, Page, Radios, Shell, Tone, Values, tr, url};

/// The question; `found` is the reason for which the authority itself has an item.
pub fn page(shell: &Shell, found: Option<&Ground>, values: &Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "要求撤销婚姻或者宣告婚姻无效", "Somebody wants a marriage undone");
    // That a court decides is an answer, not something to be put right in the form.
    let asked = grounds().iter().find(|ground| ground.code == values.get("ground"));
    let court = asked.filter(|ground| ground.decided_by == DecidedBy::Court && values.has_errors());
    let values = &match court {
        Some(ground) => Values::new().with("ground", &ground.code),
        None => values.clone(),
    };
    let page = Page::staff(title).values(values).back(url::desk());
    ui::render(shell, page, || {
        let options = grounds().iter().map(|ground| Choice::new(&ground.code, ground.name.get(lang))).collect();
        let answer = found.map(|ground| {
            let item = url::search(&ground.name.zh);
            view! {
                <Notice tone=Tone::Good title=tr(lang, "由婚姻登记机关办理", "The registration authority decides")>
                    <p><LinkButton href=item>{tr(lang, "查看事项和材料", "See the item and what it needs")}</LinkButton></p>
                </Notice>
            }
        });
        let court = court.map(|ground| {
            let within = ground.within.as_ref().map(|within| view! { <p>{within.get(lang).to_owned()}</p> });
            let law = format!("{}{}", tr(lang, "依据：", "Basis: "), ground.law);
            view! {
                <div role="status">
                    <Notice tone=Tone::Mind title=tr(lang, "应当向人民法院提出", "The people’s court decides: turn to it")>
                        {within}
                        <p class="reference">{law}</p>
                    </Notice>
                </div>
            }
        });
        let items = grounds()
            .iter()
            .map(|ground| {
                let who = match ground.decided_by {
                    DecidedBy::Court => tr(lang, "人民法院", "The people’s court"),
                    DecidedBy::Authority => tr(lang, "婚姻登记机关", "The registration authority"),
                };
                let within = ground.within.as_ref().map(|within| format!(" · {}", within.get(lang))).unwrap_or_default();
                let law = format!("{}{within}", ground.law);
                Fact::view(ground.name.get(lang), view! { <strong>{who}</strong><span class="reference">{law}</span> })
            })
            .collect::<Vec<_>>();
        view! {
            <h1>{title}</h1>
            {answer}{court}
            <Form action=url::annulment() values=values.clone()>
                <Radios name="ground" legend=tr(lang, "什么原因", "For what reason") options/>
                <Button>{tr(lang, "告知由谁处理", "Say who decides")}</Button>
            </Form>
            <h2>{tr(lang, "由谁决定", "Who decides")}</h2>
            <Facts items/>
        }
    })
}
