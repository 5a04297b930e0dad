//! What is to be done now, in the order of the work: the next step has the page's one primary button.

use kernel::{Lang, Text};
use leptos::prelude::*;
use marriage::model::{Entry, Side, Suspicion};
use marriage::ops::CaseView;
use marriage::parameters::questions;
use marriage::states::{Action, StateKind};
use ui::{
    Button, ButtonKind, Checkbox, Choice, Field, FileField, Form, Hidden, LinkButton, Notice, Radios, TextArea, Tone, Width, tr, url,
};

use super::{At, Typed, act, closed};

/// The steps that the state and the actor's roles allow.
pub(super) fn steps(lang: Lang, view: &CaseView, typed: &Typed) -> AnyView {
    let may = |action: Action| view.actions.contains(&action);
    let state = view.file.state.kind();
    let next = next(view);
    let primary = |step: Step| if next == step { ButtonKind::Primary } else { ButtonKind::Secondary };
    view! {
        {pending(lang, state)}
        {may(Action::Identify).then(|| identify(lang, view, primary(Step::Identify)))}
        {may(Action::Sign).then(|| Side::BOTH.map(|side| sign(lang, view, side, typed, primary(Step::Sign(side)))).into_iter().collect_view())}
        {(may(Action::Accept) && next != Step::Enter).then(|| simple(lang, view, act::ACCEPT, "a", ("受理", "Accept the case"), primary(Step::Accept)))}
        {may(Action::NetworkCheck).then(|| simple(lang, view, act::CHECK, "c", ("联网核对", "Check with the registers"), primary(Step::Check)))}
        {may(Action::Interview).then(|| interview(lang, view, typed, primary(Step::Interview)))}
        {may(Action::Photo).then(|| photo(lang, view, typed, primary(Step::Photo)))}
        {may(Action::Examine).then(|| simple(lang, view, act::EXAMINE, "e", ("审查", "Examine"), primary(Step::Examine)))}
        {may(Action::Register).then(|| register(lang, view, typed, primary(Step::Register)))}
        {may(Action::Verify).then(|| verify(lang, view, typed))}
        {closed::registered(lang, view, typed)}
        {(state == StateKind::NotAccepted).then(|| closed::notice(lang, view))}
        {endings(lang, view, typed)}
    }
    .into_any()
}

/// The step that comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Enter,
    Identify,
    Sign(Side),
    Accept,
    Check,
    Interview,
    Photo,
    Examine,
    Register,
}

fn next(view: &CaseView) -> Step {
    let file = &view.file;
    let waits = |party: &marriage::PartyFile| matches!(party.entry, Entry::Typed { .. });
    match file.state.kind() {
        StateKind::Precheck => {
            let (Some(a), Some(b)) = (&file.a, &file.b) else { return Step::Enter };
            if waits(a) || waits(b) {
                Step::Enter
            } else if a.identified.is_none() || b.identified.is_none() {
                Step::Identify
            } else if let Some(party) = file.parties().find(|party| party.signed_at.is_none()) {
                Step::Sign(party.side)
            } else {
                Step::Accept
            }
        }
        StateKind::Accepted if file.check.is_none() => Step::Check,
        StateKind::Accepted if file.interview.is_none() => Step::Interview,
        StateKind::Accepted => Step::Examine,
        StateKind::Examined if file.photo.as_ref().is_none_or(|photo| !photo.confirmed) => Step::Photo,
        _ => Step::Register,
    }
}

fn pending(lang: Lang, state: StateKind) -> Option<AnyView> {
    (state == StateKind::PendingVerify).then(|| {
        let title = tr(lang, "待核实，暂不能登记", "To be verified: cannot be registered yet");
        let text = tr(
            lang,
            "请告知双方正在核实什么。当日核实完可继续；隔日须重新声明、核对证件并联网核对。",
            "Tell the couple what is being verified. Within the day the case goes on; on a later day declarations, documents and checks are repeated.",
        );
        view! { <Notice tone=Tone::Mind title=title><p>{text}</p></Notice> }.into_any()
    })
}

fn simple(lang: Lang, view: &CaseView, act: &'static str, key: &'static str, words: (&'static str, &'static str), kind: ButtonKind) -> AnyView {
    let at = At::of(view);
    view! {
        <Form action=at.act(act) class="inline" id=act>
            {at.seen()}
            <Button kind key>{tr(lang, words.0, words.1)}</Button>
        </Form>
    }
    .into_any()
}

fn identify(lang: Lang, view: &CaseView, kind: ButtonKind) -> Option<AnyView> {
    let at = At::of(view);
    let both = view.file.a.is_some() && view.file.b.is_some();
    let done = view.file.parties().all(|party| party.identified.is_some());
    (both && !done).then(|| {
        view! {
            <Form action=at.act(act::IDENTIFY) id=act::IDENTIFY>
                {at.seen()}
                <Hidden name="compared" value="yes"/>
                <p>{tr(lang, "双方都在现场，本人已将双方与证件照片当面比对。", "Both are here, and I have compared each with the photo on the document.")}</p>
                <Button kind key="i">{tr(lang, "确认双方身份", "Confirm both identities")}</Button>
            </Form>
        }
        .into_any()
    })
}

fn sign(lang: Lang, view: &CaseView, side: Side, typed: &Typed, kind: ButtonKind) -> Option<AnyView> {
    let at = At::of(view);
    let party = view.file.party(side)?;
    if view.file.a.is_none() || view.file.b.is_none() || party.signed_at.is_some() {
        return None;
    }
    let act = if side == Side::A { act::SIGN_A } else { act::SIGN_B };
    let values = typed.of(act);
    let print = if side == Side::A { "statement-a.pdf" } else { "statement-b.pdf" };
    let who = side.name().get(lang).to_owned();
    Some(
        view! {
            <Form action=at.act(act) values files=true id=act>
                {at.seen()}
                <h2>{tr(lang, "声明书：", "Declaration of ")}{who}</h2>
                <p><LinkButton href=at.act(print) kind=ButtonKind::Secondary>{tr(lang, "打印声明书", "Print the declaration")}</LinkButton></p>
                <Checkbox name=side.field("no_spouse") label=tr(lang, "当面声明：没有配偶", "Declared before me: no spouse")/>
                <Checkbox name=side.field("no_kin") label=tr(lang, "当面声明：双方没有直系血亲和三代以内旁系血亲关系", "Declared before me: no kinship in direct line or within three generations")/>
                <FileField name=side.field("statement") label=tr(lang, "签名后的扫描件", "Scan of the signed paper") accept="image/jpeg,image/png,application/pdf" camera=true
                    hint=tr(lang, "JPEG、PNG 或 PDF，20 MB 以内。", "JPEG, PNG or PDF, up to 20 MB.")/>
                <Button kind>{tr(lang, "录入声明书", "Take in the declaration")}</Button>
            </Form>
        }
        .into_any(),
    )
}

fn interview(lang: Lang, view: &CaseView, typed: &Typed, kind: ButtonKind) -> AnyView {
    let at = At::of(view);
    let asked = view.file.interview.is_some() && typed.act != act::INTERVIEW;
    let values = typed.of(act::INTERVIEW);
    // Fields are made inside the form: there they find what was typed.
    let rows = move || {
        let asked = questions().questions.iter().flat_map(|question| Side::BOTH.map(|side| (question, side)));
        asked
            .map(|(question, side)| {
                let legend = format!("{}：{}", side.name().get(lang), Text::new(question.zh.clone(), question.en.clone()).get(lang));
                let options = vec![Choice::new("yes", tr(lang, "是", "yes")), Choice::new("no", tr(lang, "否", "no"))];
                view! { <Radios name=answer_field(&question.id, side) legend options inline=true/> }
            })
            .collect::<Vec<_>>()
    };
    let marks = Suspicion::ALL.into_iter().map(|mark| Choice::new(mark.code(), mark.name().get(lang))).collect();
    let form = view! {
        <Form action=at.act(act::INTERVIEW) values=values.or("suspicion", "0") id=act::INTERVIEW>
            {at.seen()}
            <h2>{tr(lang, "询问", "Interview")}</h2>
            <div id="interview">{rows()}</div>
            <Checkbox name="medical_told" label=tr(lang, "已告知：婚前医学检查自愿参加，重大疾病须如实告知对方", "Both were told: the medical examination is voluntary, serious illness must be disclosed")/>
            <Radios name="suspicion" legend=tr(lang, "异常情形", "Anything unusual") options=marks inline=true/>
            <TextArea name="note" label=tr(lang, "登记员记录", "Registrar’s note") rows=3 optional=true/>
            <Button kind>{tr(lang, "保存询问记录", "Save the interview")}</Button>
        </Form>
    };
    if asked {
        view! { <details><summary>{tr(lang, "询问已记录，重新询问", "Interview recorded: ask again")}</summary>{form}</details> }.into_any()
    } else {
        form.into_any()
    }
}

/// The name of the field for one party's answer to a question.
pub fn answer_field(question: &str, side: Side) -> String {
    side.field(&format!("q_{question}"))
}

fn photo(lang: Lang, view: &CaseView, typed: &Typed, kind: ButtonKind) -> AnyView {
    let at = At::of(view);
    let (open, values) = (typed.act == act::PHOTO, typed.of(act::PHOTO));
    let present = view.file.photo.as_ref().map(|photo| {
        let src = at.act("photo.jpg");
        let confirm = (!photo.confirmed).then(|| {
            view! {
                <Form action=at.act(act::CONFIRM_PHOTO) class="inline">
                    {at.seen()}
                    <Button kind>{tr(lang, "确认是近期双人免冠半身照", "Confirm: both, recent, bareheaded")}</Button>
                </Form>
            }
        });
        view! { <figure class="desk-photo"><img src=src alt=tr(lang, "双方合影", "Photo of the couple") width="240"/></figure>{confirm} }
    });
    let (has, confirmed) = (view.file.photo.is_some(), view.file.photo.as_ref().is_some_and(|photo| photo.confirmed));
    let form = view! {
        <Form action=at.act(act::PHOTO) values files=true id=act::PHOTO>
            {at.seen()}
            <FileField name="photo" label=tr(lang, "拍摄或选择合影", "Take or choose the joint photo") accept="image/jpeg,image/png" camera=true
                hint=tr(lang, "双人、免冠、横幅，10 MB 以内。", "Both, bareheaded, landscape, up to 10 MB.")/>
            <Button kind=if has { ButtonKind::Secondary } else { kind }>{tr(lang, "保存照片", "Save the photo")}</Button>
        </Form>
    };
    let form = if has {
        view! { <details open=open><summary>{tr(lang, "换一张", "Take another")}</summary>{form}</details> }.into_any()
    } else {
        form.into_any()
    };
    let heading = if confirmed { tr(lang, "合影（已确认）", "Joint photo (confirmed)") } else { tr(lang, "合影", "Joint photo") };
    view! { <section><h2>{heading}</h2>{present}{form}</section> }.into_any()
}

fn register(lang: Lang, view: &CaseView, typed: &Typed, kind: ButtonKind) -> AnyView {
    let at = At::of(view);
    let serial = |n: usize| view.serials.get(n).cloned().unwrap_or_default();
    let values = typed.of(act::REGISTER).or("serial_a", serial(0)).or("serial_b", serial(1));
    let empty = view.serials.len() < 2;
    let names: Vec<String> = view.file.parties().map(|party| party.snapshot.name.clone()).collect();
    let hint = format!("{}{}", tr(lang, "请输入：", "Type: "), names.join(" "));
    let stock = empty.then(|| {
        let title = tr(lang, "空白证不足两本", "Fewer than two booklets in stock");
        view! { <Notice tone=Tone::Mind title=title><p><a href=url::stock()>{tr(lang, "办理入库", "Take in a delivery")}</a></p></Notice> }
    });
    view! {
        <Form action=at.act(act::REGISTER) values id=act::REGISTER>
            {at.seen()}
            <h2>{tr(lang, "登记", "Register")}</h2>
            {stock}
            <Field name="serial_a" label=tr(lang, "男方证印制号", "Serial of his booklet") width=Width::Medium autocomplete="off"/>
            <Field name="serial_b" label=tr(lang, "女方证印制号", "Serial of her booklet") width=Width::Medium autocomplete="off"/>
            <Field name="confirmation" label=tr(lang, "双方姓名（确认登记）", "Both names, to confirm") hint autocomplete="off"/>
            <Button kind key="r">{tr(lang, "登记结婚", "Register the marriage")}</Button>
        </Form>
    }
    .into_any()
}

fn verify(lang: Lang, view: &CaseView, typed: &Typed) -> AnyView {
    let at = At::of(view);
    let (open, values) = (typed.act == act::VERIFY, typed.of(act::VERIFY));
    let pending = view.file.state.kind() == StateKind::PendingVerify;
    let form = view! {
        <Form action=at.act(act::VERIFY) values id=act::VERIFY>
            {at.seen()}
            <TextArea name="verify_note" label=tr(lang, "核实了什么、怎样核实", "What was verified, and how") rows=3/>
            <Checkbox name="no_kinship" label=tr(lang, "已核实：双方不属于禁止结婚的亲属", "Looked into: no forbidden kinship")/>
            <Button kind=if pending { ButtonKind::Primary } else { ButtonKind::Secondary }>{tr(lang, "核实完毕，继续办理", "Verified: go on")}</Button>
        </Form>
    };
    if pending {
        form.into_any()
    } else {
        view! { <details open=open><summary>{tr(lang, "隔日继续办理", "Go on from an earlier day")}</summary>{form}</details> }.into_any()
    }
}

fn endings(lang: Lang, view: &CaseView, typed: &Typed) -> Option<AnyView> {
    let at = At::of(view);
    let may = |action: Action| view.actions.contains(&action);
    if !may(Action::Refuse) && !may(Action::Abort) {
        return None;
    }
    let refuse = may(Action::Refuse).then(|| {
        let values = typed.of(act::REFUSE);
        view! {
            <Form action=at.act(act::REFUSE) values id=act::REFUSE>
                {at.seen()}
                <TextArea name="refuse_reason" label=tr(lang, "不予登记的补充理由", "Further reason for refusing") rows=2 optional=true
                    hint=tr(lang, "右侧不符合的各项自动列入告知书。", "Rules that are not kept go into the notice by themselves.")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "不予登记", "Refuse")}</Button>
            </Form>
        }
    });
    let abort_values = typed.of(act::ABORT);
    let abort = may(Action::Abort).then(|| {
        view! {
            <Form action=at.act(act::ABORT) values=abort_values id=act::ABORT>
                {at.seen()}
                <Field name="abort_reason" label=tr(lang, "放弃办理的说明", "Note on giving up") optional=true/>
                <Button kind=ButtonKind::Danger>{tr(lang, "当事人放弃办理", "The couple gives up")}</Button>
            </Form>
        }
    });
    let open = typed.act == act::REFUSE || typed.act == act::ABORT;
    Some(view! { <details open=open><summary>{tr(lang, "不予登记、放弃办理", "Refuse or give up")}</summary>{refuse}{abort}</details> }.into_any())
}
