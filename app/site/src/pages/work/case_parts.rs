//! What belongs to a case, part by part.

use casework::form;
use casework::supervision::CaseCard;
use casework::ops::CaseView;
use casework::{Answers, CaseType, CorrectionKind, Fault, Material, MaterialSource, Special};
use kernel::{Lang, Text};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Event, Fact, Facts, FileField, Form, Select, Timeline, Tone, Values, tr, url,
};

use crate::pages::matters::form as shown;
use crate::pages::supervision_card;

/// The answers by the sections of the declaration.
pub(super) fn answers(lang: Lang, case_type: &CaseType, answers: &Answers, regions: &[(String, String)]) -> AnyView {
    let questions = shown::question_facts(lang, case_type, answers, None);
    let questions = (!questions.is_empty()).then(|| view! { <Facts items=questions/> });
    let sections: Vec<_> = form::asked(case_type, answers)
        .into_iter()
        .map(|(section, fields)| {
            let items = shown::section_facts(lang, &fields, answers, regions, None);
            view! { <h3>{section.title.get(lang).to_owned()}</h3><Facts items/> }
        })
        .collect();
    view! { {questions}{sections} }.into_any()
}

/// What the service adds for the clerk.
pub(super) fn facts(lang: Lang, view: &CaseView) -> AnyView {
    let items: Vec<_> = view.facts.iter().map(|(name, words)| Fact::new(name.get(lang), words.get(lang))).collect();
    (!items.is_empty()).then(|| view! { <h3>{tr(lang, "系统核查", "What the program found")}</h3><Facts items/> }).into_any()
}

/// Name of a material of the item, by its key.
pub(super) fn material_name(view: &CaseView, key: &str) -> Text {
    let named = view.elements.as_ref().and_then(|elements| elements.materials.iter().find(|material| material.key == key));
    named.map_or_else(|| Text::same(key.to_owned()), |material| material.name.clone())
}

/// How a paper stands, as a tag.
pub(super) fn standing(lang: Lang, paper: &Material) -> (Tone, String) {
    use casework::MaterialState::{Defective, Offered, Promised, Received, Replaced};
    let word = paper.state.name().get(lang).to_owned();
    match paper.state {
        Received => (Tone::Good, word),
        Defective => (Tone::Bad, word),
        Promised => (Tone::Mind, paper.promise_due.map_or(word.clone(), |due| format!("{word} {}", due.text(lang)))),
        Offered | Replaced => (Tone::Plain, word),
    }
}

/// How a paper came.
pub(super) fn source(lang: Lang, paper: &Material) -> &'static str {
    match paper.source {
        MaterialSource::Upload => tr(lang, "申请人上传", "Sent by the applicant"),
        MaterialSource::Held => tr(lang, "以前办件的材料", "From an earlier matter"),
        MaterialSource::Shared => tr(lang, "其他机构共享", "From another body"),
        MaterialSource::Counter => tr(lang, "窗口收取", "Taken in at the counter"),
    }
}

/// Papers as a table, and the form that takes another in.
pub(super) fn materials(lang: Lang, view: &CaseView, case_type: &CaseType, values: Values) -> AnyView {
    let id = view.head.id;
    let columns = vec![
        Column::text(tr(lang, "材料", "Paper")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "来源", "From")),
        Column::number(tr(lang, "原件", "Originals")),
        Column::number(tr(lang, "复印件", "Copies")),
        Column::text(tr(lang, "备注", "Note")),
    ];
    let rows = view
        .materials
        .iter()
        .map(|paper| {
            let (tone, word) = standing(lang, paper);
            vec![
                Cell::link(url::work_paper(id, paper.id), material_name(view, &paper.key).get(lang)),
                Cell::tag(tone, word),
                Cell::text(source(lang, paper)),
                Cell::text(paper.originals),
                Cell::text(paper.copies),
                Cell::text(&paper.note),
            ]
        })
        .collect();
    let asked: Vec<Choice> = view
        .elements
        .as_ref()
        .map(|elements| form::materials(case_type, elements, &view.answers).into_iter().map(|material| Choice::new(&material.key, material.name.get(lang))).collect())
        .unwrap_or_default();
    let add = (view.may.judge && !asked.is_empty()).then(|| {
        let opened = values.has_errors();
        view! {
            <details open=opened>
                <summary>{tr(lang, "收取一份材料", "Take a paper in")}</summary>
                <Form action=url::work_papers(id) files=true values>
                    <Select name="key" label=tr(lang, "材料", "Which paper") options=asked/>
                    <FileField name="file" label=tr(lang, "扫描件", "The scan") accept="image/jpeg,image/png,application/pdf"
                        hint=tr(lang, "照片（JPG、PNG）或 PDF，不超过 20 MB。", "A photo (JPG, PNG) or a PDF, 20 MB at most.")/>
                    <Button kind=ButtonKind::Secondary>{tr(lang, "收取", "Take it in")}</Button>
                </Form>
            </details>
        }
    });
    let empty = Empty::new(tr(lang, "没有材料。", "There are no papers."));
    view! { <DataTable caption=tr(lang, "材料，先到的在前", "Papers, the earliest first") columns rows empty/>{add} }.into_any()
}

/// The parts of a joint case.
pub(super) fn children(lang: Lang, view: &CaseView) -> AnyView {
    if view.children.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::text(tr(lang, "受理编号", "Case number")),
        Column::text(tr(lang, "事项", "Matter")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "期限", "Due")),
    ];
    let rows = view
        .children
        .iter()
        .map(|part| {
            let due = part.due.map_or_else(|| tr(lang, "未开始计算", "Not counted yet").to_owned(), |due| due.text(lang));
            vec![
                Cell::link(url::work_case(part.id), part.case_no.clone()),
                Cell::text(part.item.get(lang)),
                Cell::tag(if part.phase.is_closed() { Tone::Good } else { Tone::Plain }, part.state.get(lang)),
                Cell::text(due),
            ]
        })
        .collect();
    view! {
        <h2>{tr(lang, "并联事项", "Parts of this joint case")}</h2>
        <DataTable caption=tr(lang, "全部办结后才能作出总决定", "The whole is decided when all of them are") columns rows empty=Empty::new("")/>
    }
    .into_any()
}

/// Opinions, the oldest first.
pub(super) fn opinions(lang: Lang, view: &CaseView) -> AnyView {
    let events: Vec<_> = view
        .opinions
        .iter()
        .map(|opinion| {
            let name = view.log.iter().find(|line| line.seq == opinion.seq).map_or_else(|| opinion.verb.clone(), |line| line.name.get(lang).to_owned());
            let remedies = if opinion.remedies.is_empty() { String::new() } else { format!(" {}{}", tr(lang, "救济途径：", "Remedies: "), opinion.remedies) };
            Event::new(ui::moment(lang, opinion.at), name).who(opinion.author_name.clone()).note(format!("{}{remedies}", opinion.opinion))
        })
        .collect();
    (!events.is_empty()).then(|| view! { <h2>{tr(lang, "意见", "Opinions")}</h2><Timeline events/> }).into_any()
}

/// What the applicant was told to mend.
pub(super) fn corrections(lang: Lang, view: &CaseView) -> AnyView {
    let lists: Vec<_> = view
        .corrections
        .iter()
        .map(|list| {
            let kind = match list.kind {
                CorrectionKind::Notice => tr(lang, "补正告知", "Told to correct"),
                CorrectionKind::Precheck => tr(lang, "退回修改", "Sent back"),
            };
            let heading = lang.pick(
                format!("{kind}：{}告知，{}前补齐", list.told_on.zh_plain(), list.due.zh_plain()),
                format!("{kind} on {}, by {}", list.told_on.en_plain(), list.due.en_plain()),
            );
            let items: Vec<_> = list
                .items
                .iter()
                .map(|item| {
                    let fault = match item.fault {
                        Fault::Missing => tr(lang, "缺少", "missing"),
                        Fault::Defective => tr(lang, "不符合要求", "not in order"),
                    };
                    let came = item.supplied_at.map(|at| format!(" · {}{}", tr(lang, "已补 ", "supplied "), ui::moment(lang, at))).unwrap_or_default();
                    view! { <li><strong>{material_name(view, &item.key).get(lang).to_owned()}</strong>{format!("（{fault}）{}；{}{came}", item.wrong, item.mend)}</li> }
                })
                .collect();
            view! { <h3>{heading}</h3><ul>{items}</ul> }
        })
        .collect();
    (!lists.is_empty()).then(|| view! { <h2>{tr(lang, "补正", "Corrections")}</h2>{lists} }).into_any()
}

/// Special procedures: times that do not count.
pub(super) fn suspensions(lang: Lang, view: &CaseView) -> AnyView {
    let items: Vec<_> = view
        .suspensions
        .iter()
        .map(|stop| {
            let name = Special { kind: stop.kind.parse().unwrap_or(9), estimated_days: 0 }.name();
            let until = stop.until.map_or_else(|| tr(lang, "进行中", "under way").to_owned(), |until| until.text(lang));
            let words = lang.pick(
                format!("自{}至{until}，预计 {} 天。依据：{}。{}", stop.from.zh_plain(), stop.estimated_days, stop.basis, stop.outcome),
                format!("From {} to {until}, {} days expected. Basis: {}. {}", stop.from.en_plain(), stop.estimated_days, stop.basis, stop.outcome),
            );
            Fact::new(name.get(lang), words)
        })
        .collect();
    (!items.is_empty()).then(|| view! { <h2>{tr(lang, "特别程序", "Special procedures")}</h2><Facts items/> }).into_any()
}

/// 告知承诺.
pub(super) fn pledge(lang: Lang, view: &CaseView) -> AnyView {
    let Some(pledge) = &view.pledge else { return ().into_any() };
    let (tone, word) = match pledge.kept {
        None => (Tone::Mind, lang.pick(format!("应于{}前核查", pledge.check_due.zh_plain()), format!("To be checked by {}", pledge.check_due.en_plain()))),
        Some(true) => (Tone::Good, tr(lang, "核查属实", "Found true").to_owned()),
        Some(false) => (Tone::Bad, tr(lang, "核查不实，已记入失信记录", "Found untrue and recorded").to_owned()),
    };
    view! {
        <h2>{tr(lang, "告知承诺", "Pledge")}</h2>
        <p>{pledge.text.get(lang).to_owned()}</p>
        <p>{ui::moment(lang, pledge.signed_at)}" "<ui::StatusTag tone word/></p>
    }
    .into_any()
}

/// The cards of the case; those that the reader may open lead to their page.
pub(super) fn cards(lang: Lang, cards: Vec<CaseCard>) -> AnyView {
    if cards.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::text(tr(lang, "监察编号", "Number")),
        Column::text(tr(lang, "牌", "Card")),
        Column::text(tr(lang, "规则", "Rule")),
        Column::text(tr(lang, "应发牌日", "Became due on")),
        Column::text(tr(lang, "答复", "Answer")),
    ];
    let rows = cards
        .into_iter()
        .map(|CaseCard { card, may_open }| {
            let (tone, words) = supervision_card::standing(lang, &card);
            let content = card.content;
            vec![
                if may_open { Cell::link(url::card(card.id), card.number) } else { Cell::text(card.number) },
                Cell::tag(supervision_card::tone(content.colour), content.colour.name().get(lang)),
                Cell::text(content.rule.name().get(lang)),
                Cell::text(content.effective_on.text(lang)),
                Cell::tag(tone, words),
            ]
        })
        .collect();
    view! { <DataTable caption=tr(lang, "监察牌，新的在前", "Supervision cards, the newest first") columns rows empty=Empty::new("")/> }.into_any()
}

/// The log, the newest first.
pub(super) fn log(lang: Lang, view: &CaseView) -> AnyView {
    let events: Vec<_> = view
        .log
        .iter()
        .rev()
        .map(|line| {
            let note = if line.reason.is_empty() { line.state.get(lang).to_owned() } else { format!("{} · {}", line.state.get(lang), line.reason) };
            Event::new(ui::moment(lang, line.at), line.name.get(lang)).who(line.actor.clone()).note(note)
        })
        .collect();
    view! { <Timeline events/> }.into_any()
}
