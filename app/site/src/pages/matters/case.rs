//! One's own matter: where it stands, what has to be done, its papers and documents, and what happened.

use casework::ops::CaseView;
use casework::papers::Line;
use casework::{CaseType, Material, MaterialState, Outcome};
use kernel::{Lang, mask};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Event, Fact, Facts, Form, Hidden, LinkButton, Page, Shell, StatusTag, TextArea, Timeline, Tone, Values, tr, url};

use super::apply::{SEEN, all_facts};
use super::mine::tone;
use super::{apply_papers, case_mend};

/// A matter with what its page shows.
pub struct Shown {
    /// The case.
    pub view: CaseView,
    /// Its declaration.
    pub case_type: CaseType,
    /// Its documents.
    pub documents: Vec<Line>,
    /// Codes and names of the regions that its form may name.
    pub regions: Vec<(String, String)>,
    /// Opens its progress together with the number, for whoever has no account.
    pub query_code: Option<String>,
}

impl Shown {
    /// Whether the applicant may withdraw it.
    pub fn may_withdraw(&self) -> bool {
        self.view.actions.iter().any(|action| action.mv.verb == "withdraw")
    }

    /// What a paper is called.
    pub(crate) fn material(&self, key: &str, lang: Lang) -> String {
        let known = self.view.elements.iter().flat_map(|elements| &elements.materials).find(|material| material.key == key);
        known.map_or_else(|| key.to_owned(), |material| material.name.get(lang).to_owned())
    }
}

/// The page. `values` belong to what was last sent from it.
pub fn show(shell: &Shell, shown: Shown, values: Values) -> String {
    let lang = shell.lang;
    let title = shown.view.item.get(lang).to_owned();
    ui::render(shell, Page::public(title.clone()).back(url::my_matters()).values(&values), move || {
        let view = &shown.view;
        let withdraw = shown.may_withdraw().then(|| {
            view! { <p><LinkButton kind=ButtonKind::Secondary href=url::my_matter_withdraw(view.head.id)>{tr(lang, "撤回申请", "Withdraw the application")}</LinkButton></p> }
        });
        let events = view.log.iter().rev().map(|line| event(lang, line)).collect();
        view! {
            <h1>{title}</h1>
            <Facts items=facts(lang, view, shown.query_code.clone())/>
            {case_mend::to_do(lang, &shown, &values)}
            {periods(lang, view)}
            {papers(lang, &shown)}
            <h2>{tr(lang, "通知和决定", "Notices and decisions")}</h2>
            {super::super::papers::table(lang, shown.documents.clone())}
            <details><summary>{tr(lang, "我填写的内容", "What I filled in")}</summary>{all_facts(lang, &shown.case_type, &view.answers, &shown.regions)}</details>
            <h2>{tr(lang, "办理经过", "History")}</h2>
            <Timeline events/>
            {withdraw}
        }
    })
}

fn facts(lang: Lang, view: &CaseView, query_code: Option<String>) -> Vec<Fact> {
    let head = &view.head;
    let (name, number) = (head.applicant.name.clone(), mask::id_number(&head.applicant.number));
    let mut items = vec![
        Fact::view(tr(lang, "进度", "State"), view! { <StatusTag tone=tone(view.phase) word=view.state_name.get(lang)/> }),
        Fact::new(tr(lang, "受理编号", "Case number"), head.case_no.clone()),
        Fact::new(tr(lang, "申请人", "Applicant"), format!("{name} {number}")),
        Fact::new(tr(lang, "提交时间", "Submitted"), ui::moment(lang, head.opened_at)),
    ];
    if let Some(code) = query_code {
        let how = tr(lang, "不登录也可以凭编号和查询码查进度", "Number and code show the progress without signing in");
        items.insert(2, Fact::view(tr(lang, "查询码", "Query code"), view! { {code}<span class="source"><a href=url::progress()>{how}</a></span> }));
    }
    if let Some(at) = view.state.accepted_at {
        items.push(Fact::new(tr(lang, "受理日期", "Accepted"), ui::date(lang, at.day())));
    }
    if let Some(outcome) = view.state.outcome {
        let (tone, word) = match outcome {
            Outcome::Granted => (Tone::Good, tr(lang, "准予", "Granted")),
            Outcome::Refused => (Tone::Bad, tr(lang, "不予", "Refused")),
        };
        items.push(Fact::view(tr(lang, "决定", "Decision"), view! { <StatusTag tone word/> }));
    }
    if let Some(pledge) = &view.pledge {
        let checked = format!("{}{}", tr(lang, "核查不晚于", "Checked by "), ui::date(lang, pledge.check_due));
        items.push(Fact::view(tr(lang, "告知承诺", "Pledge"), view! { {pledge.text.get(lang).to_owned()}<span class="source">{checked}</span> }));
    }
    items
}

/// The periods that run, in words: nothing once it is over.
fn periods(lang: Lang, view: &CaseView) -> Option<AnyView> {
    let running = if view.phase.is_closed() { Vec::new() } else { view.explain(lang) };
    if running.is_empty() {
        return None;
    }
    let items: Vec<Fact> = running.into_iter().map(|(name, words)| Fact::new(name, words)).collect();
    Some(view! { <h2>{tr(lang, "期限", "Time limits")}</h2><Facts items/> }.into_any())
}

fn papers(lang: Lang, shown: &Shown) -> AnyView {
    let case = shown.view.head.id;
    let here = shown.view.materials.iter().filter(|paper| paper.state != MaterialState::Replaced);
    let rows = here
        .map(|paper| {
            let (name, file) = (shown.material(&paper.key, lang), paper.file.is_some());
            let first = if file { Cell::link(url::my_matter_paper(case, paper.id), name) } else { Cell::text(name) };
            vec![first, state(lang, paper), Cell::text(if file { apply_papers::about(lang, paper) } else { "—".to_owned() }), Cell::text(note(lang, paper))]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "材料", "Paper")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "收到", "Received")),
        Column::text(tr(lang, "说明", "Note")),
    ];
    view! {
        <h2>{tr(lang, "材料", "Papers")}</h2>
        <DataTable caption=tr(lang, "提交的材料", "What was handed in") columns rows empty=Empty::new(tr(lang, "没有提交材料。", "Nothing was handed in."))/>
    }
    .into_any()
}

fn state(lang: Lang, paper: &Material) -> Cell {
    let tone = match paper.state {
        MaterialState::Received => Tone::Good,
        MaterialState::Defective => Tone::Bad,
        MaterialState::Promised => Tone::Mind,
        MaterialState::Offered | MaterialState::Replaced => Tone::Plain,
    };
    Cell::tag(tone, paper.state.name().get(lang))
}

fn note(lang: Lang, paper: &Material) -> String {
    match paper.promise_due {
        Some(due) if paper.state == MaterialState::Promised => format!("{}{}", tr(lang, "补交不晚于", "To follow by "), ui::date(lang, due)),
        _ if paper.note.is_empty() => "—".to_owned(),
        _ => paper.note.clone(),
    }
}

fn event(lang: Lang, line: &casework::ops::LogLine) -> Event {
    let event = Event::new(ui::moment(lang, line.at), line.name.get(lang)).who(line.actor.clone());
    let reason = if line.reason.is_empty() { String::new() } else { format!("：{}", line.reason) };
    event.note(format!("{}{reason}", line.state.get(lang)))
}

/// Whether to withdraw, once more.
pub fn withdraw(shell: &Shell, view: &CaseView, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "撤回这件申请？", "Withdraw this application?");
    let id = view.head.id;
    let (item, number, seen) = (view.item.get(lang).to_owned(), view.head.case_no.clone(), view.head.version.to_string());
    ui::render(shell, Page::public(title).back(url::my_matter(id)).values(&values), move || {
        view! {
            <h1>{title}</h1>
            <Facts items=vec![Fact::new(tr(lang, "事项", "Matter"), item), Fact::new(tr(lang, "受理编号", "Case number"), number)]/>
            <p>{tr(lang, "撤回后不再办理，不能恢复；可以重新申请。", "Nothing more is done about it and it cannot be undone. You may apply again.")}</p>
            <Form action=url::my_matter_withdraw(id) values>
                <Hidden name=SEEN value=seen/>
                <TextArea name="reason" label=tr(lang, "撤回的原因", "Why") rows=3 optional=true/>
                <Button kind=ButtonKind::Danger>{tr(lang, "撤回申请", "Withdraw")}</Button>
                <LinkButton kind=ButtonKind::Secondary href=url::my_matter(id)>{tr(lang, "不撤回", "Do not withdraw")}</LinkButton>
            </Form>
        }
    })
}
