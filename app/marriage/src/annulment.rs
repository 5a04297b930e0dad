//! Somebody asks at the counter that a marriage be undone: the answer, and where to go (R-MR-43).

use leptos::prelude::*;
use marriage::annulment::{DecidedBy, Ground, grounds};
use ui::{Button, Choice, Fact, Facts, Form, LinkButton, Notice, Page, Radios, Shell, Tone, Values, tr, url};

/// The question; `found` is the reason for which the authority itself has an item.
pub fn page(shell: &Shell, found: Option<&Ground>, values: &Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "要求撤销婚姻或者宣告婚姻无效", "Somebody wants a marriage undone");
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
        let items = grounds()
            .iter()
            .map(|ground| {
                let who = match ground.decided_by {
                    DecidedBy::Court => tr(lang, "人民法院", "The people’s court"),
                    DecidedBy::Authority => tr(lang, "婚姻登记机关", "The registration authority"),
                };
                let within = ground.within.as_ref().map(|within| within.get(lang).to_owned()).unwrap_or_default();
                Fact::new(ground.name.get(lang), format!("{who} · {} {within}", ground.law))
            })
            .collect::<Vec<_>>();
        view! {
            <h1>{title}</h1>
            {answer}
            <Form action=url::annulment() values=values.clone()>
                <Radios name="ground" legend=tr(lang, "什么原因", "For what reason") options/>
                <Button>{tr(lang, "告知由谁处理", "Say who decides")}</Button>
            </Form>
            <h2>{tr(lang, "由谁决定", "Who decides")}</h2>
            <Facts items/>
        }
    })
}
