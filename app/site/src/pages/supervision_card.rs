//! Cards: lists, one card with all that was said, and raising one by hand.

use casework::supervision::{Card, CardFilter, CardLine, Colour, Delivered, Note, NoteKind, Rule, Standing};
use kernel::Lang;
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Event, Fact, Facts, Field, Form, Kind, Method, Page, Pager, Select, Shell, TextArea, Timeline, Tone,
    Values, tr, url,
};

/// The standings of the filter, with their codes.
const STANDINGS: [(&str, Standing); 4] =
    [("open", Standing::Open), ("late", Standing::AnswerLate), ("answered", Standing::Answered), ("cancelled", Standing::Cancelled)];

pub(crate) fn tone(colour: Colour) -> Tone {
    match colour {
        Colour::Yellow => Tone::Mind,
        Colour::Red => Tone::Bad,
    }
}

/// The page of the case that a card is about.
fn case_url(case: casework::CaseId, engine: bool) -> String {
    if engine { url::work_case(case) } else { url::case(case) }
}

/// How a card stands: what colours it, and in words.
pub(crate) fn standing(lang: Lang, card: &Card) -> (Tone, String) {
    let name = card.standing.name();
    match card.standing {
        Standing::Open => (Tone::Mind, lang.pick(format!("{}，{}前", name.zh, card.answer_due.zh()), format!("{} by {}", name.en, card.answer_due.en()))),
        Standing::AnswerLate => (Tone::Bad, name.get(lang).to_owned()),
        Standing::Answered | Standing::Cancelled => (Tone::Good, name.get(lang).to_owned()),
    }
}

fn table(lang: Lang, lines: Vec<CardLine>, caption: &'static str, empty: Empty) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "监察编号", "Number")),
        Column::text(tr(lang, "牌", "Card")),
        Column::text(tr(lang, "规则", "Rule")),
        Column::text(tr(lang, "单位", "Organisation")),
        Column::text(tr(lang, "办件", "Matter")),
        Column::text(tr(lang, "发牌时间", "Issued")),
        Column::text(tr(lang, "答复", "Answer")),
    ];
    let rows = lines
        .into_iter()
        .map(|CardLine { card, org_name, engine }| {
            let standing = standing(lang, &card);
            let content = card.content;
            let matter = content.case.map(|case| case_url(case, engine)).map_or_else(|| Cell::text(content.subject.clone()), |to| Cell::link(to, content.subject.clone()));
            vec![
                Cell::link(url::card(card.id), card.number),
                Cell::tag(tone(content.colour), content.colour.name().get(lang)),
                Cell::text(format!("{} {}", content.rule.code(), content.rule.name().get(lang))),
                Cell::text(org_name.get(lang)),
                matter,
                Cell::text(ui::moment(lang, card.issued_at)),
                Cell::tag(standing.0, standing.1),
            ]
        })
        .collect();
    view! { <DataTable caption columns rows empty/> }.into_any()
}

/// Cards by region and organisation; `filter` as asked for, `more` whether there are older ones.
pub fn list(shell: &Shell, values: Values, lines: Vec<CardLine>, more: bool) -> String {
    let lang = shell.lang;
    let title = tr(lang, "黄牌和红牌", "Cards");
    let kept: Vec<(&str, &str)> = values.pairs().filter(|(name, value)| *name != "before" && !value.is_empty()).collect();
    let last = lines.last().map(|line| line.card.id.to_string()).unwrap_or_default();
    let next = if more { url::with(url::with(url::supervision_cards(), &kept), &[("before", &last)]) } else { String::new() };
    let colours = [Colour::Yellow, Colour::Red].into_iter().map(|colour| Choice::new(colour.code(), colour.name().get(lang))).collect();
    let rules = Rule::ALL.iter().map(|rule| Choice::new(rule.code(), format!("{} {}", rule.code(), rule.name().get(lang)))).collect();
    let standings = STANDINGS.into_iter().map(|(code, standing)| Choice::new(code, standing.name().get(lang))).collect();
    let empty = Empty::new(tr(lang, "没有符合条件的牌。", "Nothing matches.")).act(url::supervision_cards(), tr(lang, "查看全部", "Show everything"));
    let org = values.get("org").to_owned();
    ui::render(shell, Page::staff(title).wide().back(url::supervision()), move || {
        view! {
            <h1>{title}</h1>
            <Form action=url::supervision_cards() method=Method::Get values class="inline">
                <Field name="region" label=tr(lang, "区划代码", "Region code") optional=true/>
                <Select name="colour" label=tr(lang, "颜色", "Colour") options=colours empty=tr(lang, "全部", "All") optional=true/>
                <Select name="rule" label=tr(lang, "规则", "Rule") options=rules empty=tr(lang, "全部", "All") optional=true/>
                <Select name="standing" label=tr(lang, "答复", "Answer") options=standings empty=tr(lang, "全部", "All") optional=true/>
                <Field name="from" label=tr(lang, "从", "From") kind=Kind::Date optional=true/>
                <Field name="to" label=tr(lang, "到", "To") kind=Kind::Date optional=true/>
                <ui::Hidden name="org" value=org/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "查找", "Find")}</Button>
            </Form>
            {table(lang, lines, tr(lang, "牌，新的在前", "Cards, the newest first"), empty)}
            <Pager next/>
            <p><a href=url::supervision_raise()>{tr(lang, "手工发牌", "Issue a card by hand")}</a></p>
        }
    })
}

/// The cards that the reader has received.
pub fn mine(shell: &Shell, lines: Vec<CardLine>, more: bool) -> String {
    let lang = shell.lang;
    let title = tr(lang, "我收到的监察牌", "Cards that I received");
    let last = lines.last().map(|line| line.card.id.to_string()).unwrap_or_default();
    let next = if more { url::with(url::my_cards(), &[("before", &last)]) } else { String::new() };
    let empty = Empty::new(tr(lang, "您没有收到监察牌。", "You have received no card."));
    ui::render(shell, Page::staff(title).wide(), move || view! { <h1>{title}</h1>{table(lang, lines, title, empty)}<Pager next/> })
}

/// One card. `may_cancel` where the reader is of the supervision.
pub fn card(shell: &Shell, line: CardLine, notes: Vec<Note>, delivered: Vec<Delivered>, may_cancel: bool, values: Values) -> String {
    let lang = shell.lang;
    let CardLine { card, org_name, engine } = line;
    let content = card.content;
    let title = format!("{} {}", content.colour.name().get(lang), card.number);
    let mut facts = vec![
        Fact::new(tr(lang, "规则", "Rule"), format!("{} {}", content.rule.code(), content.rule.name().get(lang))),
        Fact::new(tr(lang, "责任部门", "Organisation"), org_name.get(lang)),
        match content.case {
            Some(case) => Fact::view(tr(lang, "办件", "Matter"), view! { <a href=case_url(case, engine)>{content.subject.clone()}</a> }),
            None => Fact::new(tr(lang, "办件", "Matter"), content.subject.clone()),
        },
        Fact::new(tr(lang, "情况", "What happened"), content.words.clone()),
        Fact::new(tr(lang, "应发牌日", "Became due on"), content.effective_on.text(lang)),
        Fact::new(tr(lang, "发牌时间", "Issued"), ui::moment(lang, card.issued_at)),
        Fact::new(tr(lang, "答复期限", "Answer by"), card.answer_due.text(lang)),
        Fact::new(tr(lang, "状态", "State"), card.standing.name().get(lang)),
    ];
    if let Some(due) = content.due {
        facts.insert(4, Fact::new(tr(lang, "错过的期限", "Limit that was missed"), due.text(lang)));
    }
    let events: Vec<Event> = notes
        .into_iter()
        .map(|note| {
            let what = match note.kind {
                NoteKind::Answer => tr(lang, "答复", "Answer"),
                NoteKind::Cancel => tr(lang, "撤销", "Cancelled"),
            };
            Event::new(ui::moment(lang, note.at), what).who(note.author_name).note(note.text)
        })
        .collect();
    let receivers = delivered
        .into_iter()
        .map(|to| {
            let role = match to.as_role.as_str() {
                "clerk" => tr(lang, "经办人", "Clerk"),
                "head" => tr(lang, "负责人", "Head"),
                _ => tr(lang, "监察", "Supervision"),
            };
            let read = to.read_at.map_or_else(|| tr(lang, "未读", "Not read").to_owned(), |at| ui::moment(lang, at));
            vec![Cell::text(to.name), Cell::text(role), Cell::text(ui::moment(lang, to.at)), Cell::text(read)]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "送达", "Delivered to")),
        Column::text(tr(lang, "身份", "As")),
        Column::text(tr(lang, "时间", "When")),
        Column::text(tr(lang, "阅读", "Read")),
    ];
    let (id, open) = (card.id, card.standing != Standing::Cancelled);
    let page = Page::staff(title.clone()).values(&values).back(if may_cancel { url::supervision_cards() } else { url::my_cards() });
    ui::render(shell, page, move || {
        let answer = (open && !may_cancel).then(|| {
            view! {
                <h2>{tr(lang, "答复", "Answer")}</h2>
                <Form action=url::card_answer(id) values=values.clone()>
                    <TextArea name="answer" label=tr(lang, "原因和措施", "Why, and what is done")/>
                    <Button>{tr(lang, "提交答复", "Answer")}</Button>
                </Form>
            }
        });
        let cancel = (open && may_cancel).then(|| {
            view! {
                <details>
                    <summary>{tr(lang, "撤销此牌", "Cancel this card")}</summary>
                    <Form action=url::card_cancel(id) values=values.clone()>
                        <p>{tr(lang, "原牌和理由都会保留。撤销后不能恢复。", "The card and the reason are kept. This cannot be undone.")}</p>
                        <TextArea name="reason" label=tr(lang, "撤销理由", "Reason")/>
                        <Button kind=ButtonKind::Danger>{tr(lang, "确认撤销", "Cancel the card")}</Button>
                    </Form>
                </details>
            }
        });
        let said = (!events.is_empty()).then(|| view! { <h2>{tr(lang, "答复与处理", "What was said")}</h2><Timeline events/> });
        view! {
            <h1>{title}</h1>
            <Facts items=facts/>
            {said}{answer}{cancel}
            <DataTable caption=tr(lang, "送达情况", "Deliveries") columns rows=receivers empty=Empty::new(tr(lang, "正在送达。", "Being delivered."))/>
        }
    })
}

/// Issuing a card for what no clock tells.
pub fn raise(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "手工发牌", "Issue a card by hand");
    let rules = Rule::ALL
        .iter()
        .filter_map(|rule| Some((rule, rule.by_hand()?)))
        .map(|(rule, colour)| Choice::new(rule.code(), format!("{} {} · {}", rule.code(), rule.name().get(lang), colour.name().get(lang))))
        .collect();
    ui::render(shell, Page::staff(title).values(&values).back(url::supervision_cards()), move || {
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "超期由系统自动发牌。这里只登记系统看不到的情况。", "What is late is found by the program. This is for what no clock tells.")}</p>
            <Form action=url::supervision_raise() values>
                <Select name="rule" label=tr(lang, "规则", "Rule") options=rules/>
                <Field name="case_no" label=tr(lang, "受理编号", "Case number")/>
                <TextArea name="words" label=tr(lang, "发现的问题（不写个人信息）", "What was found, without personal data")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "发牌", "Issue the card")}</Button>
            </Form>
        }
    })
}

/// The filter of an address, as typed; what cannot be read does not narrow.
pub fn filter(values: &Values) -> CardFilter {
    CardFilter {
        region: values.get("region").parse().ok(),
        org: values.get("org").parse().ok(),
        rule: Rule::from_code(values.get("rule")),
        colour: Colour::from_code(values.get("colour")),
        standing: values.get("standing").to_owned(),
        from: values.get("from").parse().ok(),
        to: values.get("to").parse().ok(),
        before: values.get("before").parse().ok(),
    }
}
