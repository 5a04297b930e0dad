//! One case: who, what and until when at the top, then what can be done, then everything that belongs to it.

use std::sync::Arc;

use casework::cross::CrossView;
use casework::ops::{Action, CaseView};
use casework::papers::Line;
use casework::supervision::CaseCard;
use casework::{Matter, Phase};
use kernel::{Day, Instant, Lang, Text, mask};
use leptos::prelude::*;
use ui::{ButtonKind, Fact, Facts, LimitBar, LinkButton, Notice, Page, Shell, StatusTag, Tone, Values, tr, url};

use super::case_parts;

/// What the page of a case shows.
pub struct CasePage {
    /// The case as of now.
    pub view: CaseView,
    /// Its declaration.
    pub matter: Arc<Matter>,
    /// Its documents.
    pub papers: Vec<Line>,
    /// The body that answers for it.
    pub org: Text,
    /// Name of who holds it; empty for nobody.
    pub holder: String,
    /// How it goes between two places, as of this moment, if it was taken in for another one.
    pub cross: Option<(CrossView, Instant)>,
    /// The cards that supervision has issued about it.
    pub cards: Vec<CaseCard>,
    /// Codes and names of the regions among its answers.
    pub regions: Vec<(String, String)>,
}

/// The page. `values` are those of the form that takes papers in.
pub fn page(shell: &Shell, case: CasePage, values: Values) -> String {
    let lang = shell.lang;
    let view = case.view;
    let title = format!("{} {}", view.item.get(lang), view.head.case_no);
    let id = view.head.id;
    let today = shell.today;
    ui::render(shell, Page::staff(title).wide().back(url::work()).values(&values), move || {
        let head = head(lang, &view, &case.org, &case.holder);
        let warned = warnings(lang, &view);
        let acts = acts(lang, &view);
        let periods = periods(lang, &view, today);
        let answers = case_parts::answers(lang, &case.matter.case_type, &view.answers, &case.regions);
        let facts = case_parts::facts(lang, &view);
        let materials = case_parts::materials(lang, &view, &case.matter.case_type, values);
        let parts = case_parts::children(lang, &view);
        let opinions = case_parts::opinions(lang, &view);
        let told = case_parts::corrections(lang, &view);
        let cards = case_parts::cards(lang, case.cards);
        let stopped = case_parts::suspensions(lang, &view);
        let pledge = case_parts::pledge(lang, &view);
        let log = case_parts::log(lang, &view);
        let cross = case.cross.map(|(cross, now)| {
            view! { {super::cross::block(lang, now, &cross)}<p><a href=url::cross_case(id)>{tr(lang, "材料包和签收", "Packets and signing in")}</a></p> }
        });
        view! {
            <header class="desk-head">
                <h1>{view.item.get(lang).to_owned()}</h1>
                <p>{view.head.case_no.clone()}" "<StatusTag tone=phase_tone(view.phase) word=view.state_name.get(lang)/></p>
            </header>
            {warned}{cards}
            <div class="work-columns">
                <aside class="work-do" aria-label=tr(lang, "办理", "What can be done")>
                    {acts}
                    {others(lang, &view, id)}
                </aside>
                <div class="work-case">
                    {head}{cross}{periods}
                    {parts}
                    <h2>{tr(lang, "申请内容", "What was applied for")}</h2>
                    {answers}{facts}
                    <h2 id="materials">{tr(lang, "材料", "Papers")}</h2>
                    {materials}
                    {pledge}{told}{stopped}{opinions}
                    <h2>{tr(lang, "文书", "Documents")}</h2>
                    {crate::pages::papers::table(lang, case.papers)}
                </div>
                <section class="work-log">
                    <h2>{tr(lang, "办理记录", "What was done")}</h2>
                    {log}
                </section>
            </div>
        }
    })
}

fn phase_tone(phase: Phase) -> Tone {
    match phase {
        Phase::Finished | Phase::Archived => Tone::Good,
        Phase::NotAccepted | Phase::Refused | Phase::Revoked | Phase::Terminated => Tone::Bad,
        Phase::Correction | Phase::Suspended => Tone::Mind,
        _ => Tone::Plain,
    }
}

fn head(lang: Lang, view: &CaseView, org: &Text, holder: &str) -> AnyView {
    let head = &view.head;
    let mut items = vec![
        Fact::new(tr(lang, "申请人", "Applicant"), head.applicant.name.clone()),
        Fact::new(tr(lang, "证件号码", "Document number"), mask::id_number(&head.applicant.number)),
    ];
    if let Some(phone) = &head.applicant.contact.phone {
        items.push(Fact::new(tr(lang, "联系电话", "Telephone"), phone.clone()));
    }
    if head.applicant.agent.is_some() {
        items.push(Fact::new(tr(lang, "办理方式", "How"), tr(lang, "由代理人凭委托书办理", "By an agent with a letter of authority")));
    }
    if head.pledge {
        items.push(Fact::new(tr(lang, "办理方式", "How"), tr(lang, "告知承诺", "By pledge")));
    }
    items.push(Fact::new(tr(lang, "办理机构", "Body"), org.get(lang)));
    items.push(Fact::new(tr(lang, "承办人", "Held by"), if holder.is_empty() { tr(lang, "无", "Nobody").to_owned() } else { holder.to_owned() }));
    items.push(Fact::new(tr(lang, "提交时间", "Submitted"), ui::moment(lang, head.opened_at)));
    if let Some(at) = view.state.accepted_at {
        let silent = if view.state.auto_accepted { tr(lang, "（逾期未告知，自收到之日起即为受理）", " (as of receipt: nobody told in time)") } else { "" };
        items.push(Fact::new(tr(lang, "受理时间", "Accepted"), format!("{}{silent}", ui::moment(lang, at))));
    }
    if let Some(parent) = head.parent {
        items.push(Fact::view(tr(lang, "并联总件", "Part of"), view! { <a href=url::work_case(parent)>{tr(lang, "查看总件", "The joint case")}</a> }));
    }
    view! { <Facts items/> }.into_any()
}

/// The periods that run, in words; the promise as a bar.
fn periods(lang: Lang, view: &CaseView, today: Day) -> AnyView {
    let due = if view.children.is_empty() { view.ends.promise.as_ref().map(|end| end.day()) } else { view.head.promise_due };
    let from = view.state.limits.as_ref().map(|limits| limits.from);
    let days = |from: Day, to: Day| u32::try_from(from.days_until(to)).unwrap_or_default();
    let bar = from.zip(due).map(|(from, due)| {
        let words = if today > due {
            lang.pick(format!("已超过{}，请尽快办结", due.zh()), format!("Over since {}", due.en()))
        } else {
            lang.pick(format!("至{}，还有 {} 天", due.zh(), today.days_until(due)), format!("Until {}, {} days left", due.en(), today.days_until(due)))
        };
        view! { <LimitBar used=days(from, today.min(due)) total=days(from, due).max(1) words/> }
    });
    let mut items: Vec<Fact> = view.explain(lang).into_iter().map(|(name, words)| Fact::new(name, words)).collect();
    if let (false, Some(due)) = (view.children.is_empty(), view.head.promise_due) {
        items.insert(0, Fact::new(tr(lang, "并联办理期限", "Limit of all parts"), due.text(lang)));
    }
    if let Some(due) = view.ends.paper {
        items.push(Fact::new(tr(lang, "容缺材料期限", "Promised papers by"), due.text(lang)));
    }
    if let Some(since) = view.state.suspended_since {
        items.push(Fact::new(tr(lang, "计时", "The clock"), lang.pick(format!("自{}起中止", since.zh()), format!("stands still since {}", since.en()))));
    }
    let facts = (!items.is_empty()).then(|| view! { <h2>{tr(lang, "期限", "Time limits")}</h2>{bar}<Facts items/> });
    view! { {facts} }.into_any()
}

fn warnings(lang: Lang, view: &CaseView) -> AnyView {
    let nobody = (!view.unmanned.is_empty()).then(|| {
        let names: Vec<_> = view.unmanned.iter().map(|role| role.name().get(lang).to_owned()).collect();
        let names = names.join(tr(lang, "、", ", "));
        let words = lang.pick(
            format!("本单位没有人担任“{names}”，办件不能继续。已通知负责人安排人员。"),
            format!("Nobody at this unit has the role {names}, so the case cannot go on. The head has been told."),
        );
        view! { <Notice tone=Tone::Mind>{words}</Notice> }
    });
    let waits = (view.state.paper_due.is_some() && !view.phase.is_closed()).then(|| {
        let due = view.state.paper_due.map(|due| due.text(lang)).unwrap_or_default();
        let words = lang.pick(format!("容缺材料应于{due}24时前补齐，逾期视为撤回。"), format!("A promised paper is due by {due}, 24:00; without it the case counts as withdrawn."));
        view! { <Notice tone=Tone::Mind>{words}</Notice> }
    });
    view! { {nobody}{waits} }.into_any()
}

/// What the table allows, as buttons; what somebody else has to do, with the reason.
fn acts(lang: Lang, view: &CaseView) -> AnyView {
    let id = view.head.id;
    let (open, barred): (Vec<&Action>, Vec<&Action>) = view.actions.iter().partition(|action| action.barred.is_none());
    let buttons: Vec<_> = open
        .into_iter()
        .enumerate()
        .map(|(at, action)| {
            let kind = if at == 0 { ButtonKind::Primary } else { ButtonKind::Secondary };
            let (href, name) = (url::work_act(id, &action.mv.verb), action.mv.name.get(lang).to_owned());
            view! { <li><LinkButton href kind>{name}</LinkButton></li> }
        })
        .collect();
    let closed: Vec<_> = barred
        .into_iter()
        .filter_map(|action| {
            let why = action.barred.as_ref()?.message.get(lang).to_owned();
            Some(view! { <li><strong>{action.mv.name.get(lang).to_owned()}</strong>"："{why}</li> })
        })
        .collect();
    let none = (buttons.is_empty() && closed.is_empty()).then(|| view! { <p class="hint">{tr(lang, "在当前状态下，您不需要办理。", "In this state there is nothing for you to do.")}</p> });
    let closed = (!closed.is_empty()).then(|| view! { <p class="hint">{tr(lang, "须由他人办理：", "Somebody else has to do:")}</p><ul class="work-barred">{closed}</ul> });
    view! { <h2>{tr(lang, "办理", "What can be done")}</h2><ul class="work-acts">{buttons}</ul>{none}{closed} }.into_any()
}

/// What can be done beside the moves of the table.
fn others(lang: Lang, view: &CaseView, id: casework::CaseId) -> AnyView {
    let links = [
        (view.may.transfer, url::work_transfer(id), tr(lang, "转送其他机构", "Send to another body")),
        (view.may.open_parts, url::work_parts(id), tr(lang, "发起并联事项", "Open the parts of this joint case")),
        (view.may.check_pledge, url::work_pledge(id), tr(lang, "核查承诺", "Check the pledge")),
        (view.may.receipt, url::work_receipt(id), tr(lang, "补打收件凭证", "Print the receipt again")),
    ];
    let links: Vec<_> = links.into_iter().filter(|(may, ..)| *may).map(|(_, href, words)| view! { <li><a href=href>{words}</a></li> }).collect();
    (!links.is_empty()).then(|| view! { <ul class="link-list">{links}</ul> }).into_any()
}
