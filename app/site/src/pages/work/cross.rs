//! How a case goes between the place that took it in and the body that answers: a block for the page of a case, and a page of its own for the
//! place that may only see how far it is.

use casework::cross::{CrossView, Method, Packet, Place, Sheet, Stage, StepLine};
use casework::CaseId;
use kernel::{Instant, Lang};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Choice, Fact, Facts, Field, Form, Hidden, Notice, Page, Select, Shell, StatusTag, Step, StepState, StepTrack, TextArea, Tone, Values,
    Width, tr, url,
};

use crate::pages::packets::limit;

/// The page of a case that was handed over.
pub fn page(shell: &Shell, now: Instant, case: CaseId, case_no: String, view: CrossView, values: Values) -> String {
    let lang = shell.lang;
    let title = format!("{} {case_no}", tr(lang, "跨域办件", "Handed-over case"));
    ui::render(shell, Page::staff(title.clone()).back(url::desk_packets()).values(&values), move || {
        let may = view.may;
        let acts = (may.send || may.sign).then(|| acts(lang, case, &view, values));
        let receipt = may.send.then(|| view! { <p><a href=url::work_receipt(case)>{tr(lang, "补打收件凭证", "Print the receipt again")}</a></p> });
        view! { <h1>{title}</h1>{block(lang, now, &view)}{acts}{receipt} }
    })
}

/// The block: mode, places, the way with its limits, checks of identity.
pub fn block(lang: Lang, now: Instant, view: &CrossView) -> AnyView {
    let mut facts = vec![
        Fact::new(tr(lang, "办理方式", "How it is handled"), view.case.mode.name().get(lang)),
        Fact::new(tr(lang, "收件地", "Taken in at"), view.service.get(lang)),
        Fact::new(tr(lang, "办理机关", "Decided by"), view.decision.get(lang)),
        Fact::new(tr(lang, "结果送达", "Result"), view.case.delivery.name().get(lang)),
    ];
    if let Some(check) = &view.case.identity {
        facts.push(Fact::new(tr(lang, "身份核验", "Identity"), format!("{} · {} · {}", check.method.name().get(lang), check.name, ui::moment(lang, check.at))));
    }
    if let Some(check) = &view.case.recheck {
        facts.push(Fact::new(tr(lang, "再次核验", "Second check"), format!("{} · {} · {}", check.reason, check.name, ui::moment(lang, check.at))));
    }
    for (body, code, on) in &view.before {
        facts.push(Fact::new(tr(lang, "区划变更前", "Before the merger"), format!("{}（{code}） {}", body.get(lang), on.text(lang))));
    }
    if let Some(digest) = view.packets.iter().rev().map(|packet| &packet.digest).find(|digest| !digest.is_empty()) {
        facts.push(Fact::new(tr(lang, "材料包摘要（SM3）", "Digest of the packet (SM3)"), digest.clone()));
    }
    let tone = match view.stage {
        Stage::Failed => Tone::Bad,
        Stage::Signed => Tone::Good,
        _ => Tone::Plain,
    };
    let here = view.steps.iter().position(|step| step.done.is_none());
    let steps = view.steps.iter().enumerate().map(|(at, step)| station(lang, now, step, here == Some(at))).collect();
    view! {
        <section class="cross">
            <h2>{tr(lang, "跨区域办理", "Between two places")}</h2>
            <p><StatusTag tone word=view.stage.name().get(lang)/></p>
            <Facts items=facts/>
            <StepTrack steps/>
        </section>
    }
    .into_any()
}

fn station(lang: Lang, now: Instant, step: &StepLine, here: bool) -> Step {
    let place = match step.place {
        Place::Service => tr(lang, "收件地", "Receiving place"),
        Place::Decision => tr(lang, "办理地", "Deciding body"),
    };
    let note = match (step.done, step.due) {
        (Some(at), _) => ui::moment(lang, at),
        (None, Some(by)) => limit(lang, by, by <= now),
        (None, None) => String::new(),
    };
    let state = match (step.done, here) {
        (Some(_), _) => StepState::Done,
        (None, true) => StepState::Here,
        (None, false) => StepState::Ahead,
    };
    Step::new(format!("{place}：{}", step.name.get(lang)), note, state)
}

fn acts(lang: Lang, case: CaseId, view: &CrossView, values: Values) -> AnyView {
    let may = view.may;
    let waiting: Vec<_> = view.packets.iter().filter(|packet| may.send && packet.stage() == Stage::TakenIn).map(|packet| send(lang, packet, values.clone())).collect();
    let arrived: Vec<_> = view.packets.iter().filter(|packet| may.sign && packet.stage() == Stage::Sent).map(|packet| sign(lang, packet)).collect();
    let identify = (may.send && view.case.identity.is_none()).then(|| {
        let methods = Method::ALL.iter().map(|method| Choice::new(method.code(), method.name().get(lang))).collect();
        view! {
            <Form action=url::cross_identify(case) values=values.clone() class="inline">
                <Select name="method" label=tr(lang, "身份核验方式", "How identity was checked") options=methods/>
                <Button>{tr(lang, "记录核验", "Record the check")}</Button>
            </Form>
        }
    });
    let failed = view.stage == Stage::Failed;
    let again = (may.send && matches!(view.stage, Stage::Failed | Stage::Signed)).then(|| {
        let words = if failed { tr(lang, "重新生成材料包", "Make the packet again") } else { tr(lang, "补正材料再发送一包", "Another packet with what was mended") };
        view! {
            {failed.then(|| view! { <Notice tone=Tone::Bad>{tr(lang, "材料包校验失败，请重新传输", "Packet check failed; resend")}</Notice> })}
            <Form action=url::cross_again(case) class="inline">
                <Hidden name="kind" value=Sheet::Scan.code()/>
                <Button kind=ButtonKind::Secondary>{words}</Button>
            </Form>
        }
    });
    let recheck = (may.sign && view.case.identity.is_some() && view.case.recheck.is_none()).then(|| {
        view! {
            <details>
                <summary>{tr(lang, "再次核验申请人身份", "Check identity again")}</summary>
                <Form action=url::cross_recheck(case) values=values.clone()>
                    <TextArea name="reason" label=tr(lang, "为什么需要再次核验", "Why the first check is not enough")/>
                    <Button kind=ButtonKind::Secondary>{tr(lang, "记录再次核验", "Record it")}</Button>
                </Form>
            </details>
        }
    });
    view! { <h2>{tr(lang, "办理", "What can be done")}</h2>{identify}{waiting}{arrived}{again}{recheck} }.into_any()
}

fn send(lang: Lang, packet: &Packet, values: Values) -> AnyView {
    let posted = packet.sheet == Sheet::Paper;
    let name = packet.sheet.name().get(lang).to_owned();
    view! {
        <Form action=url::packet_send(packet.id) values class="inline">
            {posted.then(|| view! { <Field name="express_no" label=tr(lang, "快递单号", "Number of the post") width=Width::Medium/> })}
            <Button kind=if posted { ButtonKind::Secondary } else { ButtonKind::Primary }>{tr(lang, "发送", "Send ")}{name}</Button>
        </Form>
    }
    .into_any()
}

fn sign(lang: Lang, packet: &Packet) -> AnyView {
    let name = packet.sheet.name().get(lang).to_owned();
    view! { <Form action=url::packet_sign(packet.id) class="inline"><Button>{tr(lang, "校验并签收", "Verify and sign in ")}{name}</Button></Form> }.into_any()
}
