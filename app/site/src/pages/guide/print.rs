//! The guide on paper: nothing folded, the address as a code, and type of 16 points and more for everybody's eyes.

use kernel::Lang;
use leptos::prelude::*;
use ui::{Fact, Facts, Page, PrintButton, Qr, Shell, tr, url};

use super::{GuideData, Line, Sheet};

/// The print page.
pub fn print(shell: &Shell, data: GuideData<'_>) -> String {
    let lang = shell.lang;
    let sheet = Sheet::new(lang, data.guide, data.offices);
    let (title, address) = (sheet.title.clone(), data.address.to_owned());
    let back = url::item(&data.guide.item.code);
    ui::render(shell, Page::print(title.clone()).back(back), move || {
        view! {
            <PrintButton/>
            <article class="guide-sheet">
                <h1>{title}</h1>
                <p class="lead">{sheet.summary.clone()}</p>
                <Facts items=facts(&card(lang, &sheet))/>
                {part(tr(lang, "要带", "Bring"), &sheet.bring)}
                {part(tr(lang, "不用带", "No need to bring"), &sheet.not_needed)}
                {part(tr(lang, "怎么办", "How it goes"), &sheet.steps)}
                {part(tr(lang, "受理条件", "Conditions"), &plain(&sheet.conditions))}
                {part(tr(lang, "不予办理的情形", "When it is refused"), &plain(&sheet.refusals))}
                {part(tr(lang, "办理结果", "What you get"), &sheet.result)}
                {part(tr(lang, "法律依据", "Legal basis"), &sheet.legal)}
                {part(tr(lang, "常见问题", "Questions people ask"), &sheet.faq)}
                {part(tr(lang, "投诉、复议和诉讼", "Complaints and remedies"), &sheet.remedies)}
                {part(tr(lang, "事项要素和编码", "Elements and codes"), &sheet.elements)}
                <Qr address=address label=tr(lang, "本指南的网址", "Address of this guide")/>
                <p class="guide-version">{sheet.version.clone()}</p>
            </article>
        }
    })
}

/// Who, where, how long, cost, as lines: also the head of the PDF.
pub(super) fn card(lang: Lang, sheet: &Sheet) -> Vec<Line> {
    let place = |office: &super::OfficeLines| {
        let mut parts = vec![office.name.clone(), office.address.clone(), office.hours.clone()];
        parts.extend(office.phones.iter().cloned());
        parts.retain(|part| !part.is_empty());
        parts.join(tr(lang, "，", ", "))
    };
    let mut places: Vec<String> = sheet.scope.iter().cloned().collect();
    places.extend(sheet.offices.iter().map(place));
    vec![
        (tr(lang, "谁可以办", "Who").to_owned(), sheet.who.clone()),
        (tr(lang, "到哪里办", "Where").to_owned(), places.join(tr(lang, "；", "; "))),
        (tr(lang, "要多久", "How long").to_owned(), sheet.how_long.clone()),
        (tr(lang, "多少钱", "Cost").to_owned(), sheet.cost.clone()),
    ]
}

impl Sheet {
    /// Who, where, how long, cost, as lines.
    pub fn card(&self, lang: Lang) -> Vec<Line> {
        card(lang, self)
    }
}

fn facts(lines: &[Line]) -> Vec<Fact> {
    lines.iter().map(|(name, text)| Fact::new(name, text)).collect()
}

fn plain(lines: &[String]) -> Vec<Line> {
    lines.iter().map(|line| (line.clone(), String::new())).collect()
}

fn part(title: &'static str, lines: &[Line]) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let rows: Vec<_> = lines
        .iter()
        .map(|(name, text)| {
            let text = (!text.is_empty()).then(|| view! { <p class="note">{text.clone()}</p> });
            view! { <li><strong>{name.clone()}</strong>{text}</li> }
        })
        .collect();
    Some(view! { <section><h2>{title}</h2><ul>{rows}</ul></section> }.into_any())
}
