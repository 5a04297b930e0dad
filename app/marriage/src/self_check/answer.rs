//! The answer: what bars and why, the first day, what to bring.

use catalog::model::Material;
use kernel::{Day, Issue, Lang};
use leptos::prelude::*;
use marriage::divorce::periods::Dates;
use marriage::rules::Finding;
use marriage::self_check::{Checked, Place, Service};
use ui::{Fact, Facts, LinkButton, Notice, Page, Shell, Tone, tr, url};

use super::{of, promise, title};

/// The answer.
pub fn answer(shell: &Shell, checked: &Checked) -> String {
    let lang = shell.lang;
    let service = checked.answers.service;
    let name = service.name().get(lang).to_owned();
    let item = checked.item.as_ref();
    let guide = item.map(|item| view! { <p><a href=url::item(&item.code)>{tr(lang, "看完整的办事指南", "Read the whole guide")}</a></p> });
    let bookable = item.filter(|_| service != Service::Reissue && checked.first_day.is_some());
    let book = bookable.map(|item| {
        let to = url::book(&item.code);
        let to = match &checked.place {
            Some(place) => url::with(to, &[("office", &place.office.code)]),
            None => to,
        };
        view! { <p><LinkButton href=to>{tr(lang, "预约", "Book")}</LinkButton></p> }
    });
    let page = Page::public(format!("{} · {name}", title(lang))).back(of(service));
    ui::render(shell, page, || {
        view! {
            <h1>{name}</h1>
            {verdict(lang, checked, shell.today)}
            {bars(lang, &checked.bars)}
            {days(lang, checked)}
            {papers(lang, checked)}
            {book}
            {guide}
            <p><a href=of(service)>{tr(lang, "换几个回答再查", "Answer again")}</a></p>
            {promise(lang)}
        }
    })
}

/// The one thing that everybody wants to know.
fn verdict(lang: Lang, checked: &Checked, today: Day) -> AnyView {
    let (tone, words) = match checked.first_day {
        Some(day) if day == today => (Tone::Good, tr(lang, "按您的回答，今天就可以办。", "By your answers you can come today.").to_owned()),
        Some(day) => {
            let (zh, en) = (format!("按您的回答，最早可以在{}来办。", day.text(Lang::Zh)), format!("By your answers the first day you can come is {}.", day.text(Lang::En)));
            (Tone::Good, lang.pick(zh, en))
        }
        None => (Tone::Bad, tr(lang, "按您的回答，现在不能办，原因在下面。", "By your answers it cannot be done now; the reasons are below.").to_owned()),
    };
    view! { <Notice tone><p><strong>{words}</strong></p></Notice> }.into_any()
}

fn bars(lang: Lang, bars: &[Finding]) -> Option<AnyView> {
    // What bars both of the two the same way is said once, with what was found of each.
    let mut reasons: Vec<(&Issue, &str, Vec<String>)> = Vec::new();
    for bar in bars {
        let Some(issue) = bar.issue.as_ref() else { continue };
        let found = format!("{}{}{}", bar.title.get(lang), tr(lang, "：", ": "), bar.found.get(lang));
        match reasons.iter_mut().find(|(other, ..)| other.code == issue.code && other.message == issue.message) {
            Some((.., of)) => of.push(found),
            None => reasons.push((issue, &bar.rule, vec![found])),
        }
    }
    let rows: Vec<_> = reasons
        .into_iter()
        .map(|(issue, rule, found)| {
            let message = issue.message.get(lang).to_owned();
            let law = issue.legal_basis.as_ref().map(|law| format!("{}{law} · ", tr(lang, "依据：", "Basis: "))).unwrap_or_default();
            let found: Vec<_> = found.into_iter().map(|words| view! { <p>{words}</p> }).collect();
            let written = format!("{law}{} · {rule}", issue.code);
            view! { <li><p>{message}</p>{found}<p class="reference">{written}</p></li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h2>{tr(lang, "现在有什么不符合", "What stands in the way today")}</h2>
            <ul class="plain-list reasons">{rows}</ul>
        }
        .into_any()
    })
}

fn days(lang: Lang, checked: &Checked) -> Option<AnyView> {
    let mut facts = Vec::new();
    if let Some(place) = &checked.place {
        facts.extend(at(lang, place, checked.first_day));
    }
    if let Some(dates) = &checked.dates {
        facts.extend(periods(lang, dates));
    }
    let provisional = checked.dates.is_some_and(|dates| dates.provisional).then(|| {
        let words = tr(
            lang,
            "有一年的放假安排还没有公布，日期是暂定的，公布后可能变动。",
            "The holidays of a year are not published yet: the dates are provisional and may move.",
        );
        view! { <Notice tone=Tone::Mind><p>{words}</p></Notice> }
    });
    (!facts.is_empty()).then(|| {
        view! {
            <h2>{tr(lang, "时间和地点", "When and where")}</h2>
            <Facts items=facts/>
            {provisional}
        }
        .into_any()
    })
}

fn at(lang: Lang, place: &Place, first: Option<Day>) -> Vec<Fact> {
    let mut facts = vec![Fact::new(tr(lang, "登记处", "Office"), place.office.name.get(lang)), Fact::new(tr(lang, "地址", "Address"), place.office.address.get(lang))];
    if let Some(day) = first {
        facts.push(Fact::new(tr(lang, "这个登记处最早哪天办公", "First day on which it is open for you"), day.text(lang)));
    }
    if let Some(slot) = &place.slot {
        facts.push(Fact::new(tr(lang, "最早的空位", "First free place"), ui::moment(lang, slot.start)));
    }
    if let Some((day, minute)) = place.bookable_from {
        let words = format!("{} {:02}:{:02}", day.text(lang), minute / 60, minute % 60);
        facts.push(Fact::new(tr(lang, "从什么时候起可以预约", "Can be booked from"), words));
    }
    facts
}

/// Both periods of a divorce that is applied for on the first day.
fn periods(lang: Lang, dates: &Dates) -> Vec<Fact> {
    let span = |from: Day, to: Day| format!("{}{}{}", from.text(lang), tr(lang, " 至 ", " to "), to.text(lang));
    vec![
        Fact::new(tr(lang, "第一次到场申请", "First visit: apply"), dates.accepted.text(lang)),
        Fact::new(tr(lang, "任何一方可以撤回", "Either may withdraw"), span(dates.accepted, dates.cool_end)),
        Fact::new(tr(lang, "第二次到场领证", "Second visit: the certificate"), span(dates.claim_from(), dates.claim_end)),
    ]
}

fn papers(lang: Lang, checked: &Checked) -> AnyView {
    if checked.item.is_none() {
        let words = tr(lang, "本地区还没有公布这一事项，要带什么请向登记处咨询。", "This service is not published here yet: ask the office what to bring.");
        return view! { <p>{words}</p> }.into_any();
    }
    let list = |papers: &[Material]| papers.iter().map(|paper| paper_line(lang, paper)).collect::<Vec<_>>();
    let looked_up = (!checked.looked_up.is_empty()).then(|| {
        view! {
            <h2>{tr(lang, "不用带，由我们查", "Not needed: we look it up")}</h2>
            <ul>{list(&checked.looked_up)}</ul>
        }
    });
    view! {
        <h2>{tr(lang, "要带什么", "What to bring")}</h2>
        <ul>{list(&checked.bring)}</ul>
        {looked_up}
    }
    .into_any()
}

fn paper_line(lang: Lang, paper: &Material) -> AnyView {
    let note: Vec<String> = [&paper.when, &paper.note].into_iter().flatten().map(|text| text.get(lang).to_owned()).collect();
    let note = ui::sentences(lang, &note);
    let shared = paper.shared_by.as_ref().map(|by| format!("{}{}", tr(lang, "查询：", "From: "), by.get(lang)));
    let count = format!("（{}）", paper.count_text(lang));
    let count = if paper.to_bring() { lang.pick(count.clone(), count.replace('（', " (").replace('）', ")")) } else { String::new() };
    view! {
        <li>
            {paper.name.get(lang).to_owned()}{count}
            {(!note.is_empty()).then(|| view! { <p class="hint">{note}</p> })}
            {shared.map(|words| view! { <p class="hint">{words}</p> })}
        </li>
    }
    .into_any()
}
