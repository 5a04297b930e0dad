//! After the decision: certificates to print, booklets to replace, a typing error to correct; or the notice of a refusal.

use kernel::Lang;
use leptos::prelude::*;
use marriage::RegisterEntry;
use marriage::model::{Kind as Registration, Side};
use marriage::ops::CaseView;
use marriage::states::Action;
use ui::{
    Button, ButtonKind, Fact, Facts, Field, Form, Kind, LinkButton, Notice, Radios, TextArea, Tone, Width, tr,
};

use super::{At, Typed, act};
use crate::booklets::{Doors, file, print, sides};

/// A registered case.
pub(super) fn registered(lang: Lang, view: &CaseView, typed: &Typed) -> Option<AnyView> {
    let entry = view.entry.as_ref()?;
    let items = vec![
        Fact::new(tr(lang, "结婚证字号", "Certificate number"), &entry.cert_no),
        Fact::new(tr(lang, "登记时间", "Registered"), ui::moment(lang, entry.registered_at)),
        Fact::new(tr(lang, "登记种类", "Kind"), Registration::name_of(&entry.kind).get(lang)),
        Fact::new(tr(lang, "版本", "Version"), entry.version.to_string()),
    ];
    let may = |action: Action| view.actions.contains(&action);
    let prints: Vec<_> = Side::BOTH.into_iter().map(|side| {
        let at = At::of(view);
        let doors = may(Action::Print).then(|| Doors { print: at.act(file(side)), printed: at.act(act::PRINTED), seen: at.seen().into_any() });
        print(lang, &entry.certificates, side, doors)
    }).collect();
    let spoil = may(Action::Spoil).then(|| spoil(lang, view, typed));
    let correct = may(Action::Correct).then(|| correct(lang, view, entry, typed));
    let title = tr(lang, "已登记，婚姻关系自登记时确立", "Registered: the marriage exists from this moment");
    Some(
        view! {
            <Notice tone=Tone::Good title=title>
                <p>{tr(lang, "电子证照正在制作，双方可在“我的证照”查看。", "The electronic certificates are being made; both find them under their certificates.")}</p>
            </Notice>
            <Facts items/>
            {prints}
            {spoil}
            {correct}
        }
        .into_any(),
    )
}

fn spoil(lang: Lang, view: &CaseView, typed: &Typed) -> AnyView {
    let at = At::of(view);
    let open = typed.act == act::SPOIL;
    let values = typed.of(act::SPOIL).or("holder", "A").or("new_serial", view.serials.first().cloned().unwrap_or_default());
    view! {
        <details open=open>
            <summary>{tr(lang, "证打坏了，换一本", "A booklet is spoiled: use another")}</summary>
            <p><a href=at.act("booklet-test.pdf")>{tr(lang, "先打一张校准页", "Print a test page first")}</a></p>
            <Form action=at.act(act::SPOIL) values id=act::SPOIL>
                {at.seen()}
                <Radios name="holder" legend=tr(lang, "谁的证", "Whose")  options=sides(lang) inline=true/>
                <Field name="new_serial" label=tr(lang, "新证印制号", "Serial of the new booklet") width=Width::Medium autocomplete="off"/>
                <Field name="spoil_reason" label=tr(lang, "作废原因", "Why it is spoiled")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "作废旧证", "Spoil the old one")}</Button>
            </Form>
        </details>
    }
    .into_any()
}

fn correct(lang: Lang, view: &CaseView, entry: &RegisterEntry, typed: &Typed) -> AnyView {
    let at = At::of(view);
    let serial = |n: usize| view.serials.get(n).cloned().unwrap_or_default();
    let names = format!("{} · {}", entry.content.a.name, entry.content.b.name);
    let open = typed.act == act::CORRECT;
    let values = typed.of(act::CORRECT).or("correct_side", "A").or("correct_serial_a", serial(0)).or("correct_serial_b", serial(1));
    view! {
        <details open=open>
            <summary>{tr(lang, "更正录入差错", "Correct a typing error")}</summary>
            <Form action=at.act(act::CORRECT) values id=act::CORRECT>
                {at.seen()}
                <p class="hint">{names}</p>
                <Radios name="correct_side" legend=tr(lang, "谁的信息", "Whose data") options=sides(lang) inline=true/>
                <Field name="correct_name" label=tr(lang, "正确的姓名", "The right name") optional=true
                    hint=tr(lang, "只更正差错；婚后更名不更正。", "Only an error; a name changed after the marriage is no error.")/>
                <Field name="correct_id_no" label=tr(lang, "正确的身份证号码", "The right ID number") kind=Kind::IdNumber optional=true/>
                <TextArea name="correct_reason" label=tr(lang, "差错和依据", "What was wrong, and what shows it") rows=2/>
                <Field name="correct_serial_a" label=tr(lang, "男方新证印制号", "Serial of his new booklet") width=Width::Medium/>
                <Field name="correct_serial_b" label=tr(lang, "女方新证印制号", "Serial of her new booklet") width=Width::Medium/>
                <Button kind=ButtonKind::Danger>{tr(lang, "更正并换证", "Correct, with new booklets")}</Button>
            </Form>
        </details>
    }
    .into_any()
}

/// A refused case.
pub(super) fn notice(lang: Lang, view: &CaseView) -> AnyView {
    let at = At::of(view);
    view! {
        <p><LinkButton href=at.act("notice.pdf")>{tr(lang, "打印不予登记告知书", "Print the notice")}</LinkButton></p>
    }
    .into_any()
}
