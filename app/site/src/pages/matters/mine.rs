//! One's own matters: what is begun, and what is under way or done.

use casework::Phase;
use casework::ops::{Draft, MyLine, MyPage};
use kernel::{Lang, Text};
use leptos::prelude::*;
use ui::{Cell, Column, DataTable, Empty, LinkButton, Page, Pager, Shell, Tone, tr, url};

/// How a phase is coloured, for the person whose matter it is.
pub(crate) fn tone(phase: Phase) -> Tone {
    match phase {
        Phase::Correction => Tone::Mind,
        Phase::Finished | Phase::Archived | Phase::Making | Phase::Delivery => Tone::Good,
        Phase::NotAccepted | Phase::Revoked => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// What one has begun, each with the name of its matter, and a page of one's cases.
pub fn list(shell: &Shell, drafts: Vec<(Draft, Text)>, page: MyPage) -> String {
    let lang = shell.lang;
    let title = tr(lang, "我的办件", "My applications");
    let next = page.next.map(|(at, id)| url::with(url::my_matters(), &[("at", &at.micros().to_string()), ("before", &id.to_string())]));
    ui::render(shell, Page::public(title).back(url::me()), move || {
        let rows = page.lines.into_iter().map(|line| row(lang, line)).collect();
        let columns = vec![
            Column::text(tr(lang, "事项", "Matter")),
            Column::text(tr(lang, "进度", "State")),
            Column::text(tr(lang, "提交", "Submitted")),
            Column::text(tr(lang, "承诺办结", "Promised by")),
        ];
        let empty = Empty::new(tr(lang, "您还没有提交过申请。", "You have not applied for anything yet.")).act(url::items(), tr(lang, "看看能办什么", "See what there is"));
        view! {
            <h1>{title}</h1>
            {begun(lang, drafts)}
            <DataTable caption=tr(lang, "已提交的，新的在前", "Submitted, the newest first") columns rows empty/>
            <Pager next=next.unwrap_or_default()/>
            <p>
                <a href=url::my_letters()>{tr(lang, "委托与代办", "Letters of authority")}</a>
                " · "<a href=url::my_papers()>{tr(lang, "我的文书", "My documents")}</a>
                " · "<a href=url::progress()>{tr(lang, "按编号查进度", "Progress by number")}</a>
            </p>
        }
    })
}

fn row(lang: Lang, line: MyLine) -> Vec<Cell> {
    let name = match (line.as_agent, lang) {
        (false, _) => line.item.get(lang).to_owned(),
        (true, Lang::Zh) => format!("{}（代办）", line.item.zh),
        (true, Lang::En) => format!("{} (for somebody)", line.item.en),
    };
    vec![
        Cell::view(view! { <a href=url::my_matter(line.id)>{name}</a><span class="note">{line.case_no}</span> }),
        Cell::tag(tone(line.phase), line.state.get(lang)),
        Cell::text(ui::date(lang, line.opened_at.day())),
        Cell::text(line.promise_due.map(|day| ui::date(lang, day)).unwrap_or_default()),
    ]
}

fn begun(lang: Lang, drafts: Vec<(Draft, Text)>) -> Option<AnyView> {
    if drafts.is_empty() {
        return None;
    }
    let rows: Vec<_> = drafts
        .into_iter()
        .map(|(draft, name)| {
            let saved = format!("{}{}", tr(lang, "保存于", "Saved on "), ui::moment(lang, draft.updated_at));
            view! {
                <li>
                    <h3>{name.get(lang).to_owned()}</h3>
                    <p class="hint">{saved}</p>
                    <p class="actions">
                        <LinkButton href=url::apply(&draft.impl_code)>{tr(lang, "接着填", "Go on")}</LinkButton>
                        <a href=url::apply_discard(&draft.impl_code)>{tr(lang, "删除草稿", "Throw it away")}</a>
                    </p>
                </li>
            }
        })
        .collect();
    Some(view! { <section><h2>{tr(lang, "还没有提交的", "Not submitted yet")}</h2><ul class="plain-list">{rows}</ul></section> }.into_any())
}
