//! Questions to the registers about one person (联网核对): the form with one's own questions, and one answer.

use kernel::Lang;
use leptos::prelude::*;
use marriage::questions::{Answered, Said, Verdict};
use ui::{Button, Cell, Column, DataTable, Empty, Fact, Facts, Field, Form, Kind, Notice, Page, Pager, Shell, Tone, Values, Width, tr, url};

/// The form, and one's own questions.
pub fn list(shell: &Shell, mine: Vec<Answered>, more: bool, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "联网核对", "Ask the registers");
    let next = match mine.last() {
        Some(last) if more => url::with(url::network_questions(), &[("before", &last.id.to_string())]),
        _ => String::new(),
    };
    let page = Page::staff(title).values(&values).back(url::desk());
    ui::render(shell, page, move || {
        let columns = vec![
            Column::text(tr(lang, "证件号码", "Number")),
            Column::text(tr(lang, "结果", "Answer")),
            Column::text(tr(lang, "业务编号", "Matter")),
            Column::text(tr(lang, "用途", "For what")),
            Column::text(tr(lang, "时间", "When")),
        ];
        let row = |one: Answered| {
            let (tone, word) = verdict(lang, one.verdict);
            vec![
                Cell::link(url::network_question(one.id), one.number),
                Cell::tag(tone, word),
                Cell::text(one.case_no),
                Cell::text(one.purpose),
                Cell::text(ui::moment(lang, one.at)),
            ]
        };
        let rows = mine.into_iter().map(row).collect();
        view! {
            <h1>{title}</h1>
            <p class="hint">{tr(lang, "每次核对都记录用途、业务编号和被核对人，本人能看到。", "Purpose, matter and person are recorded; the person can see it.")}</p>
            <Form action=url::network_questions() values id="ask">
                <Field name="id_no" label=tr(lang, "身份证号码", "ID number") kind=Kind::IdNumber/>
                <Field name="case_no" label=tr(lang, "业务编号", "Number of the matter") width=Width::Medium autocomplete="off"/>
                <Field name="purpose" label=tr(lang, "用途", "For what")/>
                <Button>{tr(lang, "核对", "Ask")}</Button>
            </Form>
            <DataTable caption=tr(lang, "我的核对", "My questions") columns rows empty=Empty::new(tr(lang, "您还没有核对过。", "You have not asked yet."))/>
            <Pager next/>
        }
    })
}

fn verdict(lang: Lang, verdict: Verdict) -> (Tone, &'static str) {
    match verdict {
        Verdict::Valid => (Tone::Mind, tr(lang, "有一条有效记录", "one stands")),
        Verdict::None => (Tone::Good, tr(lang, "无", "none")),
        Verdict::Several => (Tone::Bad, tr(lang, "有多条", "several")),
        Verdict::NotAnswered => (Tone::Mind, tr(lang, "未答复", "not answered")),
    }
}

/// One question with what each register said.
pub fn page(shell: &Shell, answered: Answered) -> String {
    let lang = shell.lang;
    let title = tr(lang, "核对结果", "What the registers say");
    ui::render(shell, Page::staff(title).back(url::network_questions()), move || {
        let (tone, _) = verdict(lang, answered.verdict);
        let items = vec![
            Fact::new(tr(lang, "证件号码", "Number"), answered.number.clone()),
            Fact::new(tr(lang, "业务编号", "Matter"), answered.case_no.clone()),
            Fact::new(tr(lang, "用途", "For what"), answered.purpose.clone()),
            Fact::new(tr(lang, "时间", "When"), ui::moment(lang, answered.at)),
        ];
        let columns = vec![
            Column::text(tr(lang, "登记库", "Register")),
            Column::text(tr(lang, "答复", "Answer")),
            Column::text(tr(lang, "字号", "Numbers")),
        ];
        let row = |said: &Said| {
            let (tone, word) = verdict(lang, said.verdict);
            vec![Cell::text(said.register.get(lang)), Cell::tag(tone, word), Cell::text(said.numbers.join("、"))]
        };
        let rows = answered.said.iter().map(row).collect();
        let open = answered.said.iter().any(|said| said.verdict == Verdict::NotAnswered);
        let note = open.then(|| view! { <p>{tr(lang, "有登记库未答复，请稍后再核对；未答复不等于没有。", "A register did not answer: ask again later. Not answered is not “none”.")}</p> });
        view! {
            <h1>{title}</h1>
            <Notice tone title=answered.verdict.name().get(lang).to_owned()>{note}</Notice>
            <Facts items/>
            <DataTable caption=tr(lang, "各登记库的答复", "What each register said") columns rows empty=Empty::new("")/>
        }
    })
}
