//! What is to be done now in a divorce, in the order of the work: the next step has the page's one primary button.

use kernel::{Lang, Text};
use leptos::prelude::*;
use marriage::divorce::ops::View;
use marriage::divorce::states::{Action, StateKind};
use marriage::model::{Entry, Side, Suspicion};
use marriage::{DivorceEntry, PartyFile};
use ui::{
    Button, ButtonKind, Checkbox, Choice, Fact, Facts, Field, FileField, Form, Hidden, LinkButton, Notice, Radios, TextArea, Tone, Width, tr, url,
};

use super::agreement;
use super::case::act;
use crate::booklets::{Doors, file, print, sides};
use crate::case::{At, Typed, act as shared};

/// The step that comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Enter,
    Identify,
    Show,
    Talk,
    Agree,
    Sign,
    Accept,
    Claim,
    Register,
    Rest,
}

fn next(view: &View) -> Step {
    let file = &view.file;
    let waits = |party: &PartyFile| matches!(party.entry, Entry::Typed { .. });
    let signed = file.agreement().is_some_and(|version| version.signed.is_some());
    match view.state {
        StateKind::Precheck => {
            let (Some(a), Some(b)) = (&file.a, &file.b) else { return Step::Enter };
            if waits(a) || waits(b) {
                Step::Enter
            } else if a.identified.is_none() || b.identified.is_none() {
                Step::Identify
            } else if file.shown.is_none() {
                Step::Show
            } else if file.talk.is_none() {
                Step::Talk
            } else if file.agreement().is_none() {
                Step::Agree
            } else if !signed {
                Step::Sign
            } else {
                Step::Accept
            }
        }
        StateKind::Claimable | StateKind::NotRegistered => Step::Claim,
        StateKind::Examined if file.claim_talk.is_none() => Step::Talk,
        StateKind::Examined if !signed => Step::Sign,
        StateKind::Examined => Step::Register,
        _ => Step::Rest,
    }
}

/// The steps that the state and the actor's roles allow.
pub(super) fn steps(lang: Lang, view: &View, at: At, typed: &Typed) -> AnyView {
    let may = |action: Action| view.actions.contains(&action);
    let next = next(view);
    let kind = |step: Step| if next == step { ButtonKind::Primary } else { ButtonKind::Secondary };
    let both = view.file.parties().count() == 2;
    let identified = view.file.parties().all(|party| party.identified.is_some());
    view! {
        {papers(lang, view, at)}
        {(may(Action::Identify) && both && !identified).then(|| present(lang, at, shared::IDENTIFY, tr(lang, "确认双方身份", "Confirm both identities"), kind(Step::Identify)))}
        {may(Action::Claim).then(|| present(lang, at, act::CLAIM, tr(lang, "双方到场，开始领证审查", "Both are here: begin the claim"), kind(Step::Claim)))}
        {(may(Action::ShowMarriage) && both).then(|| show(lang, view, at, typed, kind(Step::Show)))}
        {(may(Action::Talk) && both).then(|| talk(lang, view, at, typed, kind(Step::Talk)))}
        {view.file.agreement().map(|version| agreement_head(lang, version))}
        {(may(Action::Agree) && both).then(|| agree(lang, view, at, typed, kind(Step::Agree)))}
        {may(Action::Sign).then(|| sign(lang, view, at, typed, kind(Step::Sign)))}
        {(may(Action::Accept) && both).then(|| simple(lang, at, act::ACCEPT, ("受理，三十日期间开始", "Accept: the thirty days begin"), kind(Step::Accept)))}
        {may(Action::Register).then(|| register(lang, view, at, typed, kind(Step::Register)))}
        {view.entry.as_ref().map(|entry| registered(lang, view, entry, at, typed))}
        {may(Action::Withdraw).then(|| withdraw(lang, at, typed))}
        {endings(lang, view, at, typed)}
    }
    .into_any()
}

fn simple(lang: Lang, at: At, act: &'static str, words: (&'static str, &'static str), kind: ButtonKind) -> AnyView {
    view! { <Form action=at.act(act) class="inline" id=act>{at.seen()}<Button kind>{tr(lang, words.0, words.1)}</Button></Form> }.into_any()
}

/// Papers that can be printed now.
fn papers(lang: Lang, view: &View, at: At) -> Option<AnyView> {
    let slip = view.file.withdrawn.is_some().then(|| {
        view! { <LinkButton href=at.act("slip.pdf") kind=ButtonKind::Secondary>{tr(lang, "打印撤回确认单", "Print the confirmation of the withdrawal")}</LinkButton> }
    });
    view.file.dates.map(|_| {
        view! {
            <p class="inline">
                <LinkButton href=at.act("receipt.pdf") kind=ButtonKind::Secondary>{tr(lang, "打印受理回执单", "Print the receipt")}</LinkButton>
                {slip}
            </p>
        }
        .into_any()
    })
}

fn present(lang: Lang, at: At, act: &'static str, label: &'static str, kind: ButtonKind) -> AnyView {
    view! {
        <Form action=at.act(act) id=act>
            {at.seen()}
            <Hidden name="compared" value="yes"/>
            <p>{tr(lang, "双方都在现场，本人已将双方与证件照片当面比对。", "Both are here, and I have compared each with the photo on the document.")}</p>
            <Button kind>{label}</Button>
        </Form>
    }
    .into_any()
}

fn show(lang: Lang, view: &View, at: At, typed: &Typed, kind: ButtonKind) -> AnyView {
    let known = view.file.shown.as_ref();
    let values = match known {
        Some(shown) if typed.act != act::SHOW => typed
            .of(act::SHOW)
            .or("cert_no", shown.cert_no.clone())
            .or("place", if shown.mainland { "mainland" } else { "elsewhere" })
            .or("lost", if shown.lost { "yes" } else { "" }),
        _ => typed.of(act::SHOW).or("place", "mainland"),
    };
    let places = vec![
        Choice::new("mainland", tr(lang, "中国内地", "Mainland China")),
        Choice::new("elsewhere", tr(lang, "其他地方（含港澳台、国外）", "Elsewhere: Hong Kong, Macao, Taiwan, abroad")),
    ];
    let form = view! {
        <Form action=at.act(act::SHOW) values id=act::SHOW>
            {at.seen()}
            <h2>{tr(lang, "结婚证", "Marriage certificates")}</h2>
            <Radios name="place" legend=tr(lang, "结婚登记在哪里办的", "Where was the marriage registered?") options=places/>
            <Field name="cert_no" label=tr(lang, "结婚证字号", "Number of the certificate") width=Width::Medium autocomplete="off"/>
            <Checkbox name="lost" label=tr(lang, "结婚证遗失，已出具声明并查到登记档案", "Certificate lost: statement given, file found")/>
            <Button kind>{tr(lang, "保存", "Save")}</Button>
        </Form>
    };
    folded(known.is_some() && typed.act != act::SHOW, tr(lang, "结婚证已核对，修改", "Certificates seen: change"), form.into_any())
}

/// A form that was sent once: it folds away, to be sent again.
fn folded(done: bool, again: &'static str, form: AnyView) -> AnyView {
    if done { view! { <details><summary>{again}</summary>{form}</details> }.into_any() } else { form }
}

fn talk(lang: Lang, view: &View, at: At, typed: &Typed, kind: ButtonKind) -> AnyView {
    let yes_no = move || vec![Choice::new("yes", tr(lang, "是", "yes")), Choice::new("no", tr(lang, "否", "no"))];
    let questions = [("willing", Text::fixed("自愿离婚", "wants the divorce")), ("capable", Text::fixed("具有完全民事行为能力", "has full legal capacity"))];
    // Fields are made inside the form: there they find what was typed.
    let rows = move || {
        let each = questions.into_iter().flat_map(|(name, words)| Side::BOTH.map(|side| (name, words.clone(), side)));
        each.map(|(name, words, side)| {
            let legend = format!("{}：{}", side.name().get(lang), words.get(lang));
            view! { <Radios name=side.field(name) legend options=yes_no() inline=true/> }
        })
        .collect::<Vec<_>>()
    };
    let marks = Suspicion::ALL.into_iter().map(|mark| Choice::new(mark.code(), mark.name().get(lang))).collect();
    let form = view! {
        <Form action=at.act(act::TALK) values=typed.of(act::TALK).or("suspicion", "0") id=act::TALK>
            {at.seen()}
            <h2>{tr(lang, "询问", "Interview")}</h2>
            {rows()}
            <Radios name="suspicion" legend=tr(lang, "异常情形", "Anything unusual") options=marks inline=true/>
            <TextArea name="note" label=tr(lang, "登记员记录", "Registrar’s note") rows=2 optional=true/>
            <Button kind>{tr(lang, "保存询问记录", "Save the interview")}</Button>
        </Form>
    };
    let done = view.file.said().is_some() && typed.act != act::TALK;
    folded(done, tr(lang, "询问已记录，重新询问", "Interview recorded: ask again"), form.into_any())
}

fn agreement_head(lang: Lang, version: &marriage::divorce::model::Version) -> AnyView {
    let signed = version.signed.as_ref().map_or_else(
        || tr(lang, "尚未签名", "not signed").to_owned(),
        |(when, _)| format!("{} {}", tr(lang, "双方签名于", "signed by both"), ui::moment(lang, *when)),
    );
    let heading = match lang {
        Lang::Zh => format!("协议第{}版 · {signed}", version.number),
        Lang::En => format!("Agreement, version {} · {signed}", version.number),
    };
    view! { <details><summary>{heading}</summary>{agreement::read(lang, &version.content)}</details> }.into_any()
}

fn agree(lang: Lang, view: &View, at: At, typed: &Typed, kind: ButtonKind) -> AnyView {
    let newest = view.file.agreement().map(|version| &version.content);
    let form = agreement::form(lang, at, newest, typed, kind);
    folded(newest.is_some() && typed.act != act::AGREE, tr(lang, "修改协议（成为新的一版）", "Change the agreement: a new version"), form)
}

fn sign(lang: Lang, view: &View, at: At, typed: &Typed, kind: ButtonKind) -> Option<AnyView> {
    let version = view.file.agreement()?;
    if version.signed.is_some() && typed.act != act::SIGN {
        return None;
    }
    Some(
        view! {
            <Form action=at.act(act::SIGN) values=typed.of(act::SIGN) files=true id=act::SIGN>
                {at.seen()}
                <h2>{tr(lang, "申请书和协议书签名", "Application and agreement: signatures")}</h2>
                <p><LinkButton href=at.act("application.pdf") kind=ButtonKind::Secondary>{tr(lang, "打印申请书和协议书", "Print application and agreement")}</LinkButton></p>
                <FileField name="scan" label=tr(lang, "双方签名后的扫描件", "Scan signed by both") accept="image/jpeg,image/png,application/pdf" camera=true
                    hint=tr(lang, "JPEG、PNG 或 PDF，20 MB 以内。", "JPEG, PNG or PDF, up to 20 MB.")/>
                <Button kind>{tr(lang, "双方已当面签名", "Both signed before me")}</Button>
            </Form>
        }
        .into_any(),
    )
}

fn register(lang: Lang, view: &View, at: At, typed: &Typed, kind: ButtonKind) -> AnyView {
    let serial = |n: usize| view.serials.get(n).cloned().unwrap_or_default();
    let values = typed.of(act::REGISTER).or("serial_a", serial(0)).or("serial_b", serial(1));
    let names: Vec<String> = view.file.parties().map(|party| party.snapshot.name.clone()).collect();
    let hint = format!("{}{}", tr(lang, "请输入：", "Type: "), names.join(" "));
    let stock = (view.serials.len() < 2).then(|| {
        let title = tr(lang, "空白离婚证不足两本", "Fewer than two booklets in stock");
        let href = url::with(url::stock(), &[("kind", "L")]);
        view! { <Notice tone=Tone::Mind title=title><p><a href=href>{tr(lang, "办理入库", "Take in a delivery")}</a></p></Notice> }
    });
    view! {
        <Form action=at.act(act::REGISTER) values files=true id=act::REGISTER>
            {at.seen()}
            <h2>{tr(lang, "离婚登记", "Register the divorce")}</h2>
            {stock}
            <Field name="serial_a" label=tr(lang, "男方证印制号", "Serial of his booklet") width=Width::Medium autocomplete="off"/>
            <Field name="serial_b" label=tr(lang, "女方证印制号", "Serial of her booklet") width=Width::Medium autocomplete="off"/>
            <FileField name="photo_a" label=tr(lang, "男方近期单人照", "A recent photo of him") accept="image/jpeg,image/png" camera=true optional=true
                hint=tr(lang, "单人、免冠、竖幅，10 MB 以内；印在本人的电子离婚证上。", "One person, bareheaded, portrait, up to 10 MB; it is on his electronic certificate.")/>
            <FileField name="photo_b" label=tr(lang, "女方近期单人照", "A recent photo of her") accept="image/jpeg,image/png" camera=true optional=true
                hint=tr(lang, "单人、免冠、竖幅，10 MB 以内；印在本人的电子离婚证上。", "One person, bareheaded, portrait, up to 10 MB; it is on her electronic certificate.")/>
            <Checkbox name="photos_ok" label=tr(lang, "我确认照片均为本人近期单人免冠照", "I find the photos recent, bareheaded and each of its holder alone")/>
            <Field name="confirmation" label=tr(lang, "双方姓名（确认登记）", "Both names, to confirm") hint autocomplete="off"/>
            <p class="hint">{tr(lang, "登记后婚姻关系即解除，原结婚证当即失效。", "With it the marriage ends and both marriage certificates are void at once.")}</p>
            <Button kind>{tr(lang, "登记离婚", "Register the divorce")}</Button>
        </Form>
    }
    .into_any()
}

fn registered(lang: Lang, view: &View, entry: &DivorceEntry, at: At, typed: &Typed) -> AnyView {
    let items = vec![
        Fact::new(tr(lang, "离婚证字号", "Certificate number"), &entry.cert_no),
        Fact::new(tr(lang, "登记时间", "Registered"), ui::moment(lang, entry.registered_at)),
        Fact::new(tr(lang, "失效的结婚证", "Marriage certificate, now void"), &entry.content.marriage_cert_no),
    ];
    let may = |action: Action| view.actions.contains(&action);
    let prints: Vec<_> = Side::BOTH.into_iter().map(|side| {
        let doors = may(Action::Print).then(|| Doors { print: at.act(file(side)), printed: at.act(act::PRINTED), seen: at.seen().into_any() });
        print(lang, &entry.certificates, side, doors)
    }).collect();
    let spoil = may(Action::Spoil).then(|| {
        let open = typed.act == act::SPOIL;
        let values = typed.of(act::SPOIL).or("holder", "A").or("new_serial", view.serials.first().cloned().unwrap_or_default());
        view! {
            <details open=open>
                <summary>{tr(lang, "证打坏了，换一本", "A booklet is spoiled: use another")}</summary>
                <Form action=at.act(act::SPOIL) values id=act::SPOIL>
                    {at.seen()}
                    <Radios name="holder" legend=tr(lang, "谁的证", "Whose") options=sides(lang) inline=true/>
                    <Field name="new_serial" label=tr(lang, "新证印制号", "Serial of the new booklet") width=Width::Medium autocomplete="off"/>
                    <Field name="spoil_reason" label=tr(lang, "作废原因", "Why it is spoiled")/>
                    <Button kind=ButtonKind::Danger>{tr(lang, "作废旧证", "Spoil the old one")}</Button>
                </Form>
            </details>
        }
    });
    let title = tr(lang, "已登记离婚，原结婚证已失效", "Divorce registered; the marriage certificates are void");
    view! {
        <Notice tone=Tone::Good title=title>
            <p>{tr(lang, "请在原结婚证上加盖“双方离婚，证件失效”印章后退还。", "Stamp the marriage certificates as void and give them back.")}</p>
        </Notice>
        <Facts items/>
        {prints}
        {spoil}
    }
    .into_any()
}

fn withdraw(lang: Lang, at: At, typed: &Typed) -> AnyView {
    let open = typed.act == act::WITHDRAW;
    view! {
        <details open=open>
            <summary>{tr(lang, "一方撤回申请", "One of them withdraws")}</summary>
            <Form action=at.act(act::WITHDRAW) values=typed.of(act::WITHDRAW).or("side", "A") id=act::WITHDRAW>
                {at.seen()}
                <p>{tr(lang, "由本人亲自到场，不需要对方同意，也不需要说明理由。撤回后不能恢复，重新申请的三十日重新计算。",
                    "In person; neither the other's consent nor a reason is needed. It cannot be undone, and a new application starts a new thirty days.")}</p>
                <Radios name="side" legend=tr(lang, "谁撤回", "Who withdraws") options=sides(lang) inline=true/>
                <Checkbox name="compared" label=tr(lang, "本人已将其与身份证件当面比对", "I have compared the person with the document")/>
                <Checkbox name="receipt" label=tr(lang, "已核对受理回执单，或者已收遗失声明", "Receipt seen, or a statement that it is lost")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "撤回申请", "Withdraw the application")}</Button>
            </Form>
        </details>
    }
    .into_any()
}

fn endings(lang: Lang, view: &View, at: At, typed: &Typed) -> Option<AnyView> {
    let may = |action: Action| view.actions.contains(&action);
    let reason = |act: &'static str, name: &'static str, label: &'static str, button: &'static str| {
        view! {
            <Form action=at.act(act) values=typed.of(act) id=act>
                {at.seen()}
                <TextArea name=name label=label rows=2/>
                <Button kind=ButtonKind::Danger>{button}</Button>
            </Form>
        }
        .into_any()
    };
    let refuse = may(Action::Refuse).then(|| reason(act::REFUSE, "refuse_reason", tr(lang, "不予受理的理由", "Why it is not accepted"), tr(lang, "不予受理", "Do not accept")));
    let later = may(Action::NotRegister)
        .then(|| reason(act::NOT_REGISTER, "not_register_reason", tr(lang, "本次不予登记的理由", "Why it is not registered this time"), tr(lang, "本次不予登记", "Do not register this time")));
    let abort = may(Action::Abort).then(|| {
        view! {
            <Form action=at.act(act::ABORT) values=typed.of(act::ABORT) id=act::ABORT>
                {at.seen()}
                <Field name="abort_reason" label=tr(lang, "放弃办理的说明", "Note on giving up") optional=true/>
                <Button kind=ButtonKind::Danger>{tr(lang, "当事人放弃办理", "The couple gives up")}</Button>
            </Form>
        }
    });
    let any = refuse.is_some() || later.is_some() || abort.is_some();
    let open = [act::REFUSE, act::ABORT, act::NOT_REGISTER].contains(&typed.act.as_str());
    any.then(|| view! { <details open=open><summary>{tr(lang, "不办了", "Not now, or not at all")}</summary>{refuse}{later}{abort}</details> }.into_any())
}
