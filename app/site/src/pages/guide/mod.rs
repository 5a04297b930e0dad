//! The guide of an item (办事指南): who, where, bring, how long, cost at a glance, all the rest folded below.

mod list;
mod plain;
mod print;
mod sheet;

use booking::OfficeCard;
use catalog::ops::Guide;
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Choice, Fact, Facts, Form, Glyph, Icon, LinkButton, Method, Notice, Page, Select, Shell, StatusTag, StepState, StepTrack, Tone, Values, tr, url};

pub use list::{Items, list};
pub use plain::plain;
pub use print::print;
pub use sheet::{Line, OfficeLines, Sheet};

/// What the page shows.
#[derive(Clone, Copy)]
pub struct GuideData<'a> {
    /// The guide.
    pub guide: &'a Guide,
    /// The offices that the item names, in its order.
    pub offices: &'a [OfficeCard],
    /// Regions to choose from, code and name.
    pub regions: &'a [(String, String)],
    /// The full address of the page, for the code on paper.
    pub address: &'a str,
    /// Whether it can be applied for here.
    pub apply: bool,
}

/// The page.
pub fn page(shell: &Shell, data: GuideData<'_>) -> String {
    let lang = shell.lang;
    let sheet = Sheet::new(lang, data.guide, data.offices);
    let item = &data.guide.item;
    let notice = data.guide.notice.as_ref().map(|text| text.get(lang).to_owned());
    let book = (item.standing.is_open() && item.version.elements.online.booking).then(|| url::book(&item.code));
    let apply = (data.apply && item.standing.is_open() && item.version.elements.online.available).then(|| url::apply(&item.code));
    let code = item.code.clone();
    let title = sheet.title.clone();
    ui::render(shell, Page::public(title).indexed().back(url::items()), move || {
        let parts = folded(lang, &sheet);
        let choose = choose(lang, &item.code, &item.region, data.regions);
        let suspended = notice.is_some();
        view! {
            <article class="guide">
                <h1>{sheet.title.clone()}</h1>
                <p class="lead">{sheet.summary.clone()}</p>
                {notice.map(|text| view! {
                    <Notice tone=Tone::Mind title=text>
                        <p>{tr(lang, "暂时不能预约或申请，已经受理的照常办理。", "No bookings or applications for now; those already accepted go on.")}</p>
                    </Notice>
                })}
                {card(lang, &sheet)}
                {papers(lang, &sheet)}
                <section class="guide-steps" aria-labelledby="steps">
                    <h2 id="steps">{tr(lang, "怎么办", "How it goes")}</h2>
                    <StepTrack steps=sheet.steps.iter().map(|(title, note)| ui::Step::new(title, note, StepState::Ahead)).collect()/>
                </section>
                {apply.filter(|_| !suspended).map(|href| view! {
                    <p class="guide-act no-print"><LinkButton href><Icon glyph=Glyph::Document/>{tr(lang, "网上申请", "Apply online")}</LinkButton></p>
                })}
                {book.filter(|_| !suspended).map(|href| view! {
                    <p class="guide-act no-print"><LinkButton href><Icon glyph=Glyph::Calendar/>{tr(lang, "预约", "Book a time")}</LinkButton></p>
                })}
                {choose}
                <section class="guide-more" aria-label=tr(lang, "更多", "More")>{parts}</section>
                <p class="guide-links no-print">
                    <a href=url::item_print(&code)><Icon glyph=Glyph::Printer/>{tr(lang, "打印版", "To print")}</a>
                    " "
                    <a href=url::item_pdf(&code)><Icon glyph=Glyph::Document/>{tr(lang, "下载 PDF", "PDF")}</a>
                    " "
                    <a href=url::item_text(&code)><Icon glyph=Glyph::Document/>{tr(lang, "下载纯文本（可转盲文）", "Plain text, ready for Braille")}</a>
                </p>
                <p class="guide-version">{sheet.version.clone()}</p>
            </article>
        }
    })
}

/// Who, where, how long, cost.
fn card(lang: Lang, sheet: &Sheet) -> AnyView {
    let facts = vec![
        Fact::new(tr(lang, "谁可以办", "Who"), sheet.who.clone()),
        Fact::view(tr(lang, "到哪里办", "Where"), place(lang, sheet)),
        Fact::new(tr(lang, "要多久", "How long"), sheet.how_long.clone()),
        Fact::new(tr(lang, "多少钱", "Cost"), sheet.cost.clone()),
    ];
    view! { <section class="guide-card" aria-label=tr(lang, "一看就懂", "At a glance")><Facts items=facts/></section> }.into_any()
}

fn place(lang: Lang, sheet: &Sheet) -> AnyView {
    let scope = sheet.scope.clone().map(|word| view! { <p><StatusTag tone=Tone::Good word/></p> });
    let offices: Vec<_> = sheet
        .offices
        .iter()
        .map(|office| {
            let phones: Vec<_> = office
                .phones
                .iter()
                .map(|phone| view! { <a class="phone" href=url::telephone(phone)><Icon glyph=Glyph::Phone/>{phone.clone()}</a>" " })
                .collect();
            view! {
                <li>
                    <a href=url::office(&office.code)>{office.name.clone()}</a>
                    <p>{office.address.clone()}</p>
                    {(!office.hours.is_empty()).then(|| view! { <p>{office.hours.clone()}</p> })}
                    <p>{phones}</p>
                </li>
            }
        })
        .collect();
    if !sheet.in_person {
        return view! { {scope}<p>{tr(lang, "网上办理，不用到场。", "Online; you need not come.")}</p> }.into_any();
    }
    if offices.is_empty() {
        return view! { {scope}<p><a href=url::offices()>{tr(lang, "看办事地点", "See the offices")}</a></p> }.into_any();
    }
    view! { {scope}<ul class="guide-offices">{offices}</ul> }.into_any()
}

/// What to bring and, as prominent, what not.
fn papers(lang: Lang, sheet: &Sheet) -> AnyView {
    let bring = paper_list(&sheet.bring, Glyph::Document, tr(lang, "什么都不用带。", "Nothing to bring."));
    let not = paper_list(&sheet.not_needed, Glyph::Check, tr(lang, "没有其他要求。", "Nothing else is asked for."));
    view! {
        <div class="guide-papers">
            <section class="guide-bring" aria-labelledby="bring"><h2 id="bring">{tr(lang, "要带", "Bring")}</h2>{bring}</section>
            <section class="guide-leave" aria-labelledby="leave"><h2 id="leave">{tr(lang, "不用带", "No need to bring")}</h2>{not}</section>
        </div>
    }
    .into_any()
}

fn paper_list(lines: &[Line], glyph: Glyph, none: &'static str) -> AnyView {
    if lines.is_empty() {
        return view! { <p>{none}</p> }.into_any();
    }
    let rows: Vec<_> = lines
        .iter()
        .map(|(name, note)| {
            let note = (!note.is_empty()).then(|| view! { <p class="note">{note.clone()}</p> });
            view! { <li><Icon glyph/><div><strong>{name.clone()}</strong>{note}</div></li> }
        })
        .collect();
    view! { <ul class="paper-list">{rows}</ul> }.into_any()
}

/// The same item at another office.
fn choose(lang: Lang, code: &str, region: &str, regions: &[(String, String)]) -> Option<AnyView> {
    if regions.len() < 2 {
        return None;
    }
    let options = regions.iter().map(|(code, name)| Choice::new(code, name.clone())).collect::<Vec<_>>();
    let values = Values::new().with("region", region);
    let action = url::item(code);
    Some(
        view! {
            <section class="guide-elsewhere no-print">
                <Form action method=Method::Get values class="inline">
                    <Select name="region" label=tr(lang, "换一个地方办", "Somewhere else") options/>
                    <Button kind=ButtonKind::Secondary>{tr(lang, "看那里的指南", "Show that guide")}</Button>
                </Form>
            </section>
        }
        .into_any(),
    )
}

/// Everything else, folded.
fn folded(lang: Lang, sheet: &Sheet) -> AnyView {
    let conditions = bullets(&sheet.conditions);
    let refusals = (!sheet.refusals.is_empty()).then(|| view! {
        <h3>{tr(lang, "不予办理的情形", "When it is refused")}</h3>
        {bullets(&sheet.refusals)}
    });
    let rows = |lines: &[Line]| view! { <Facts items=lines.iter().map(|(name, text)| Fact::new(name, text)).collect()/> };
    let faq = (!sheet.faq.is_empty()).then(|| view! {
        <details><summary>{tr(lang, "常见问题", "Questions people ask")}</summary>{rows(&sheet.faq)}</details>
    });
    view! {
        <details><summary>{tr(lang, "受理条件", "Conditions")}</summary>{conditions}{refusals}</details>
        <details><summary>{tr(lang, "办理结果", "What you get")}</summary>{rows(&sheet.result)}</details>
        {faq}
        <details><summary>{tr(lang, "法律依据", "Legal basis")}</summary>{rows(&sheet.legal)}</details>
        <details><summary>{tr(lang, "投诉、复议和诉讼", "Complaints and remedies")}</summary>{rows(&sheet.remedies)}</details>
        <details><summary>{tr(lang, "事项要素和编码", "Elements and codes")}</summary>{rows(&sheet.elements)}</details>
    }
    .into_any()
}

fn bullets(lines: &[String]) -> AnyView {
    let rows: Vec<_> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    view! { <ul>{rows}</ul> }.into_any()
}

#[cfg(test)]
mod tests;
