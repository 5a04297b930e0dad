//! One move: it asks for exactly what the move needs, and says what cannot be taken back.

use std::sync::Arc;

use casework::ops::{Action, CaseView};
use casework::{Matter, Move, Need};
use identity::Colleague;
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Checkbox, Fact, Facts, Form, Hidden, LinkButton, Notice, Page, Shell, Tone, Values, tr, url};

use super::act_parts;
pub use super::act_parts::{FREE, papers};

/// Name of the box by which an act that cannot be taken back is confirmed.
pub const SURE: &str = "sure";

/// What the page of a move shows.
pub struct ActPage {
    /// The case as of now.
    pub view: CaseView,
    /// Its declaration.
    pub matter: Arc<Matter>,
    /// The move.
    pub verb: String,
    /// Colleagues who may be chosen, where the move needs some.
    pub colleagues: Vec<Colleague>,
    /// Whether somebody else has changed the case since the form was opened.
    pub changed: bool,
}

impl ActPage {
    /// What the reader may do of it now.
    fn action(&self) -> Option<&Action> {
        self.view.actions.iter().find(|action| action.mv.verb == self.verb)
    }
}

/// The page. What was typed is kept whatever has become of the case.
pub fn page(shell: &Shell, act: ActPage, values: Values) -> String {
    let lang = shell.lang;
    let mv = act.matter.life.moves.iter().find(|mv| mv.verb == act.verb);
    let title = mv.map_or_else(|| act.verb.clone(), |mv| mv.name.get(lang).to_owned());
    let id = act.view.head.id;
    let page = Page::staff(title.clone()).back(url::work_case(id)).values(&values);
    ui::render(shell, page, move || {
        let about = about(lang, &act.view);
        let changed = act.changed.then(|| changed(lang, &act.view));
        let body = match act.action().cloned() {
            Some(Action { mv, barred: None }) => form(lang, act, mv, values),
            Some(Action { barred: Some(why), .. }) => closed(lang, why.message.get(lang).to_owned(), &values, id),
            None => {
                let words = lang.pick(
                    format!("办件现在的状态是“{}”，您不能执行这一步。", act.view.state_name.zh),
                    format!("The case is now in the state '{}', in which you cannot do this.", act.view.state_name.en),
                );
                closed(lang, words, &values, id)
            }
        };
        view! { <h1>{title}</h1>{changed}{about}{body} }
    })
}

fn about(lang: Lang, view: &CaseView) -> AnyView {
    let items = vec![
        Fact::view(tr(lang, "办件", "Case"), view! { <a href=url::work_case(view.head.id)>{format!("{} {}", view.item.get(lang), view.head.case_no)}</a> }),
        Fact::new(tr(lang, "申请人", "Applicant"), view.head.applicant.name.clone()),
        Fact::new(tr(lang, "状态", "State"), view.state_name.get(lang)),
    ];
    view! { <Facts items/> }.into_any()
}

/// Somebody was first: what was done, before it is decided whether to go on.
fn changed(lang: Lang, view: &CaseView) -> AnyView {
    let last = view.log.last().map(|line| {
        let who = if line.actor.is_empty() { tr(lang, "申请人或系统", "The applicant or the program").to_owned() } else { line.actor.clone() };
        format!("{} {who}：{}", ui::moment(lang, line.at), line.name.get(lang))
    });
    let title = tr(lang, "办件已被他人更新，您的操作没有执行", "Somebody else has changed the case; nothing of yours was done");
    let words = tr(lang, "您填写的内容还在下面。请看清变化后再决定。", "What you typed is still below. Look at what happened before you decide.");
    view! { <Notice tone=Tone::Mind title><p>{last}</p><p>{words}</p></Notice> }.into_any()
}

/// Why it cannot be done, and what was typed, so that nothing of it is lost.
fn closed(lang: Lang, why: String, values: &Values, id: casework::CaseId) -> AnyView {
    let typed: Vec<_> = values
        .pairs()
        .filter(|(name, value)| !value.is_empty() && !matches!(*name, "seen" | SURE))
        .map(|(name, value)| Fact::new(act_parts::label(lang, name), value))
        .collect();
    let typed = (!typed.is_empty()).then(|| view! { <h2>{tr(lang, "您填写的内容", "What you typed")}</h2><Facts items=typed/> });
    view! {
        <Notice tone=Tone::Bad>{why}</Notice>
        {typed}
        <LinkButton href=url::work_case(id) kind=ButtonKind::Secondary>{tr(lang, "返回办件", "Back to the case")}</LinkButton>
    }
    .into_any()
}

fn form(lang: Lang, act: ActPage, mv: Move, values: Values) -> AnyView {
    let action = url::work_act(act.view.head.id, &act.verb);
    let version = act.view.head.version.to_string();
    // A refused form keeps the version that was seen, so that a change in between is noticed; one that was told of the change has the new one.
    let seen = if act.changed || values.get("seen").is_empty() { version } else { values.get("seen").to_owned() };
    let values = act_parts::prefilled(values, &mv, &act.view);
    let words = consequence(lang, &act, &mv);
    let destroys = mv.confirm && (mv.needs(Need::Remedies) || mv.to.as_deref().and_then(|to| act.matter.life.state(to)).is_some_and(|to| to.phase.is_closed()));
    let kind = if destroys { ButtonKind::Danger } else { ButtonKind::Primary };
    let name = mv.name.get(lang).to_owned();
    // The fields are made inside of the form: that is where they find what was typed.
    view! {
        <Form action values>
            <Hidden name="seen" value=seen/>
            {mv.needs.iter().map(|need| act_parts::field(lang, *need, &act)).collect::<Vec<_>>()}
            {(!mv.needs(Need::Reason)).then(|| act_parts::remark(lang))}
            {words}
            {mv.confirm.then(|| view! { <Checkbox name=SURE label=tr(lang, "我已核对，此操作不能撤销。", "I have checked it; this cannot be taken back.")/> })}
            <Button kind>{name}</Button>
        </Form>
    }
    .into_any()
}

/// Where the move leads and which document it leaves behind.
fn consequence(lang: Lang, act: &ActPage, mv: &Move) -> AnyView {
    let to = mv.to.as_deref().and_then(|to| act.matter.life.state(to)).map(|state| {
        lang.pick(format!("办理后状态为“{}”。", state.name.zh), format!("The state will be '{}'.", state.name.en))
    });
    let paper = mv.paper.map(|kind| {
        let name = kind.name();
        lang.pick(format!("将生成《{}》并告知申请人。", name.zh), format!("The {} is issued and the applicant is told.", name.en))
    });
    view! { <p class="hint">{to}" "{paper}</p> }.into_any()
}
