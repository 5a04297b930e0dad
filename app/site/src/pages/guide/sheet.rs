//! What a guide says, in one language and in its order: page, print and PDF show the same sheet.

use booking::OfficeCard;
use booking::hours::{Hours, Week};
use catalog::model::{Elements, LegalBasis, Limit, Material};
use catalog::ops::{Guide, NotNeeded};
use kernel::{Fen, Lang, Text, Weekday};
use ui::tr;

/// A line with its name.
pub type Line = (String, String);

/// A guide in words.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Name of the item.
    pub title: String,
    /// What it is for, in a sentence.
    pub summary: String,
    /// Who may ask for it.
    pub who: String,
    /// How long it takes.
    pub how_long: String,
    /// What it costs.
    pub cost: String,
    /// Whether any office will do, or which kind.
    pub scope: Option<String>,
    /// Whether somebody has to come.
    pub in_person: bool,
    /// Offices: name, then lines of address, hours and phone.
    pub offices: Vec<OfficeLines>,
    /// What to bring: name, and how many, by whom.
    pub bring: Vec<Line>,
    /// What need not be brought: name, and who tells us instead.
    pub not_needed: Vec<Line>,
    /// The way through.
    pub steps: Vec<Line>,
    /// Conditions of acceptance.
    pub conditions: Vec<String>,
    /// Grounds of refusal.
    pub refusals: Vec<String>,
    /// Result, validity, delivery.
    pub result: Vec<Line>,
    /// Legal basis.
    pub legal: Vec<Line>,
    /// Questions and answers.
    pub faq: Vec<Line>,
    /// Complaint, review, litigation.
    pub remedies: Vec<Line>,
    /// Elements that the standard names: codes, kind, limits, online grade.
    pub elements: Vec<Line>,
    /// Version and hash of the text, the same wherever the guide is shown.
    pub version: String,
}

/// An office as the guide shows it.
#[derive(Clone, Debug, Default)]
pub struct OfficeLines {
    /// Its code, for its address on the site.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Street address.
    pub address: String,
    /// Hours of an ordinary week.
    pub hours: String,
    /// Phones.
    pub phones: Vec<String>,
}

impl Sheet {
    /// The sheet of a guide. `offices` are those that the item names, in their order.
    pub fn new(lang: Lang, guide: &Guide, offices: &[OfficeCard]) -> Self {
        let elements = &guide.item.version.elements;
        Self {
            title: word(lang, &elements.name),
            summary: word(lang, &elements.summary),
            who: word(lang, &elements.who),
            how_long: how_long(lang, &elements.promise),
            cost: cost(lang, elements),
            scope: elements.online.scope.map(|scope| word(lang, &scope.name())),
            in_person: elements.visits.count > 0,
            offices: offices.iter().map(|office| office_lines(lang, office)).collect(),
            bring: guide.to_bring().map(|material| (word(lang, &material.name), bring_note(lang, material))).collect(),
            not_needed: guide.not_needed().into_iter().map(|paper| (word(lang, &paper.name), shared_note(lang, paper))).collect(),
            steps: elements.steps.iter().map(|step| (word(lang, &step.name), step_note(lang, step))).collect(),
            conditions: elements.conditions.iter().map(|text| word(lang, text)).collect(),
            refusals: elements.refusals.iter().map(|text| word(lang, text)).collect(),
            result: result(lang, elements),
            legal: elements.bases.iter().map(|basis| (legal_name(lang, basis), word(lang, &basis.says))).collect(),
            faq: elements.faq.iter().map(|faq| (word(lang, &faq.q), word(lang, &faq.a))).collect(),
            remedies: remedies(lang, elements),
            elements: standard_elements(lang, guide),
            version: version(lang, guide),
        }
    }
}

fn word(lang: Lang, text: &Text) -> String {
    text.get(lang).to_owned()
}

fn how_long(lang: Lang, limit: &Limit) -> String {
    match &limit.note {
        Some(note) => format!("{}{}{}", limit.text(lang), tr(lang, "。", ". "), note.get(lang)),
        None => limit.text(lang),
    }
}

fn cost(lang: Lang, elements: &Elements) -> String {
    if elements.fee.charges.is_empty() {
        return tr(lang, "免费", "Free").to_owned();
    }
    let lines = elements.fee.charges.iter().map(|charge| {
        let unit = charge.unit.as_ref().map_or(String::new(), |unit| format!("/{}", unit.get(lang)));
        format!("{} {} {}{unit}", charge.name.get(lang), Fen(charge.fen), tr(lang, "元", "yuan"))
    });
    lines.collect::<Vec<_>>().join(tr(lang, "；", "; "))
}

fn bring_note(lang: Lang, material: &Material) -> String {
    let mut parts = vec![material.count_text(lang)];
    parts.extend([&material.when, &material.spec, &material.standard, &material.note].into_iter().flatten().map(|text| word(lang, text)));
    ui::sentences(lang, &parts)
}

fn shared_note(lang: Lang, paper: NotNeeded) -> String {
    let by = paper.shared_by.map(|by| format!("{}{}", tr(lang, "我们查：", "We look it up: "), by.get(lang)));
    let parts: Vec<String> = by.into_iter().chain(paper.note.map(|note| word(lang, &note))).collect();
    ui::sentences(lang, &parts)
}

fn step_note(lang: Lang, step: &catalog::model::Step) -> String {
    match &step.limit {
        Some(limit) if !limit.is_immediate() => format!("{}{}{}{}", step.text.get(lang), tr(lang, "（", " ("), limit.text(lang), tr(lang, "）", ")")),
        _ => word(lang, &step.text),
    }
}

fn result(lang: Lang, elements: &Elements) -> Vec<Line> {
    let outcome = &elements.result;
    let delivery = outcome.delivery.iter().map(|way| word(lang, &way.name())).collect::<Vec<_>>().join(tr(lang, "、", ", "));
    let mut lines = vec![(tr(lang, "结果", "Result").to_owned(), word(lang, &outcome.name))];
    if let Some(valid) = &outcome.valid {
        lines.push((tr(lang, "有效期", "Valid").to_owned(), word(lang, valid)));
    }
    lines.push((tr(lang, "领取方式", "How you get it").to_owned(), delivery));
    if elements.online.elicence {
        lines.push((tr(lang, "电子证照", "Electronic certificate").to_owned(), tr(lang, "同时生成", "made at the same time").to_owned()));
    }
    lines
}

/// A law as it is printed: its number, and the article only when its number is certain.
fn legal_name(lang: Lang, basis: &LegalBasis) -> String {
    let law = match lang {
        Lang::Zh => format!("《{}》", basis.law.zh),
        Lang::En => format!("{} (《{}》)", basis.law.en, basis.law.zh),
    };
    let number = basis.doc_no.as_ref().map_or(String::new(), |number| format!(" {number}"));
    match (basis.printable_article(), &basis.article) {
        (Some(article), _) => format!("{law}{number} {}", article.get(lang)),
        (None, Some(_)) => format!("{law}{number}{}", tr(lang, "（条款号待核）", " (article number to be verified)")),
        (None, None) => format!("{law}{number}"),
    }
}

fn remedies(lang: Lang, elements: &Elements) -> Vec<Line> {
    let remedies = &elements.remedies;
    vec![
        (tr(lang, "监督投诉", "Complaints").to_owned(), word(lang, &remedies.complaint)),
        (tr(lang, "行政复议", "Administrative review").to_owned(), word(lang, &remedies.review)),
        (tr(lang, "行政诉讼", "Litigation").to_owned(), word(lang, &remedies.litigation)),
    ]
}

fn standard_elements(lang: Lang, guide: &Guide) -> Vec<Line> {
    let elements = &guide.item.version.elements;
    let list = |labels: Vec<Text>| labels.iter().map(|text| word(lang, text)).collect::<Vec<_>>().join(tr(lang, "、", ", "));
    let mut lines = vec![
        (tr(lang, "实施编码", "Implementation code").to_owned(), guide.item.code.clone()),
        (tr(lang, "基本编码", "Basic code").to_owned(), guide.item.basic_code.clone()),
        (tr(lang, "事项类型", "Kind").to_owned(), word(lang, &elements.kind.name())),
        (tr(lang, "服务对象", "For").to_owned(), list(elements.audience.iter().map(|kind| kind.name()).collect())),
        (tr(lang, "办件类型", "Handling").to_owned(), word(lang, &elements.handling.name())),
        (tr(lang, "法定办结时限", "Legal limit").to_owned(), how_long(lang, &elements.legal_limit)),
        (tr(lang, "承诺办结时限", "Promised limit").to_owned(), how_long(lang, &elements.promise)),
        (tr(lang, "到现场次数", "Visits").to_owned(), visits(lang, elements)),
        (tr(lang, "办理形式", "Ways to apply").to_owned(), list(elements.channels.iter().map(|way| way.name()).collect())),
        (tr(lang, "网上办理深度", "Online").to_owned(), word(lang, &elements.online.grade.name())),
    ];
    if let Some(body) = &elements.body {
        lines.insert(0, (tr(lang, "实施主体", "Body").to_owned(), word(lang, &body.name)));
    }
    let situations = guide.situations.iter().map(|(code, name)| (format!("{} {code}", tr(lang, "业务办理项", "Situation")), word(lang, name)));
    lines.extend(situations);
    lines
}

fn visits(lang: Lang, elements: &Elements) -> String {
    let count = elements.visits.count;
    let times = match lang {
        Lang::Zh => format!("{count} 次"),
        Lang::En => count.to_string(),
    };
    match &elements.visits.reason {
        Some(reason) if count > 0 => format!("{times}{}{}", tr(lang, "。", ". "), reason.get(lang)),
        _ => times,
    }
}

fn version(lang: Lang, guide: &Guide) -> String {
    let version = &guide.item.version;
    let from = version.effective_from.text(lang);
    match lang {
        Lang::Zh => format!("第 {} 版，{from}起施行。版本号 {}，文本校验 SM3 {}", version.number, version.id, version.text_hash),
        Lang::En => format!("Version {}, in force from {from}. Version id {}, text check SM3 {}", version.number, version.id, version.text_hash),
    }
}

fn office_lines(lang: Lang, office: &OfficeCard) -> OfficeLines {
    OfficeLines {
        code: office.code.clone(),
        name: word(lang, &office.name),
        address: word(lang, &office.address),
        hours: week(lang, &office.week),
        phones: office.phones.clone(),
    }
}

/// The hours of a week, days with the same hours together: 「周一至周五 08:30-12:00 13:30-17:00」.
fn week(lang: Lang, week: &Week) -> String {
    let mut runs: Vec<(Weekday, Weekday, &Hours)> = Vec::new();
    for day in Weekday::ALL {
        let hours = week.of(day);
        match runs.last_mut() {
            Some((_, last, same)) if *same == hours => *last = day,
            _ => runs.push((day, day, hours)),
        }
    }
    let open = runs.into_iter().filter(|(_, _, hours)| !hours.is_empty()).map(|(first, last, hours)| {
        let days = if first == last {
            first.text(lang).to_owned()
        } else {
            format!("{}{}{}", first.text(lang), tr(lang, "至", "–"), last.text(lang))
        };
        format!("{days} {hours}")
    });
    open.collect::<Vec<_>>().join(tr(lang, "；", "; "))
}
