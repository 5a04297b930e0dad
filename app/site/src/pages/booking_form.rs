//! Booking, second part: the two people, and checking what was entered.

use booking::{BookingCard, OfficeCard, PartyDetails, Profile};
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Fact, Facts, Field, Fieldset, Form, Hidden, Kind, Notice, Page, Shell, TextArea, Tone, Values, tr, url};

/// What both pages show.
#[derive(Clone)]
pub struct Held {
    /// The hold.
    pub booking: BookingCard,
    /// Where.
    pub office: OfficeCard,
    /// How the service books.
    pub profile: Profile,
    /// What is known of the booker, with the number masked.
    pub own: PartyDetails,
}

/// The fields that a person fills in, in the order of the form.
pub const FIELDS: [&str; 5] = ["a_phone", "b_name", "b_id_no", "b_phone", "needs"];

fn summary(lang: Lang, held: &Held) -> Vec<Fact> {
    let slot = &held.booking.slot;
    let choose = url::with(url::book(&held.booking.impl_code), &[("office", &held.office.code), ("day", &slot.day.to_string())]);
    vec![
        Fact::new(tr(lang, "事项", "Matter"), held.profile.name.get(lang)),
        Fact::new(tr(lang, "地点", "Where"), held.office.name.get(lang)),
        Fact::new(tr(lang, "时间", "When"), ui::time_range(lang, slot.start, slot.end)).change(choose, tr(lang, "更改", "Change")),
    ]
}

fn kept(lang: Lang, held: &Held) -> impl IntoView + use<> {
    held.booking.hold_until.map(|until| {
        let text = match lang {
            Lang::Zh => format!("这个时间为您保留到 {}。", until.hm()),
            Lang::En => format!("This time is kept for you until {}.", until.hm()),
        };
        view! { <Notice tone=Tone::Plain><p>{text}</p></Notice> }
    })
}

/// Asks for what is not known: the booker's phone and the other person.
pub fn details(shell: &Shell, held: Held, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "填写双方信息", "The two of you");
    let heading = if held.profile.couple { heading } else { tr(lang, "填写您的信息", "Your details") };
    let values = values.or("a_phone", &held.own.phone);
    ui::render(shell, Page::public(heading).values(&values), move || {
        let own = vec![Fact::new(tr(lang, "姓名", "Name"), held.own.name.clone()), Fact::new(tr(lang, "证件号码", "Document number"), held.own.id_no.clone())];
        let couple = held.profile.couple;
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "第 3 步，共 3 步。", "Step 3 of 3.")}</p>
            {kept(lang, &held)}
            <Facts items=summary(lang, &held)/>
            <Form action=url::booking_details(held.booking.id) values>
                <Fieldset legend=tr(lang, "您本人", "You") hint=tr(lang, "来自您的实名信息。", "From your checked identity.")>
                    <Facts items=own/>
                    <Field name="a_phone" label=tr(lang, "手机号", "Mobile phone") kind=Kind::Tel
                        hint=tr(lang, "用来收预约短信和提醒。", "For the confirmation and the reminder.")/>
                </Fieldset>
                {couple.then(|| partner(lang))}
                <TextArea name="needs" label=tr(lang, "到场需要的帮助", "Help you need there") optional=true
                    hint=tr(lang, "例如轮椅、手语翻译。", "For instance a wheelchair or sign language.")/>
                <Button name="step" value="check">{tr(lang, "继续", "Continue")}</Button>
            </Form>
            <Form action=url::booking_cancel(held.booking.id) class="inline">
                <Button kind=ButtonKind::Secondary>{tr(lang, "放弃，放回名额", "Give the place back")}</Button>
            </Form>
        }
    })
}

/// The fields of the other person; made inside the form, so that they find what was typed.
fn partner(lang: Lang) -> impl IntoView {
    view! {
        <Fieldset legend=tr(lang, "另一方", "The other person")
            hint=tr(lang, "我们只核对格式。另一方确认之前，不会查询其任何信息。", "We check only the form of the number. Nothing is looked up before the other person confirms.")>
            <Field name="b_name" label=tr(lang, "姓名", "Name") autocomplete="off"/>
            <Field name="b_id_no" label=tr(lang, "身份证号码", "Identity card number") kind=Kind::IdNumber/>
            <Field name="b_phone" label=tr(lang, "手机号", "Mobile phone") kind=Kind::Tel autocomplete="off" optional=true
                hint=tr(lang, "填写后，我们把确认码发给另一方。", "If given, we send the confirmation code there.")/>
        </Fieldset>
    }
}

/// Shows what was entered before it is sent.
pub fn check(shell: &Shell, held: Held, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "请核对", "Check your answers");
    ui::render(shell, Page::public(heading).values(&values), move || {
        let mut items = summary(lang, &held);
        items.push(Fact::new(tr(lang, "您", "You"), format!("{} {}", held.own.name, held.own.id_no)));
        items.push(Fact::new(tr(lang, "手机号", "Mobile phone"), values.get("a_phone")));
        if held.profile.couple {
            items.push(Fact::new(tr(lang, "另一方", "The other person"), values.get("b_name")));
            items.push(Fact::new(tr(lang, "其身份证号码", "Identity card number"), values.get("b_id_no")));
            if !values.get("b_phone").is_empty() {
                items.push(Fact::new(tr(lang, "其手机号", "Their mobile phone"), values.get("b_phone")));
            }
        }
        if !values.get("needs").is_empty() {
            items.push(Fact::new(tr(lang, "需要的帮助", "Help needed"), values.get("needs")));
        }
        let hidden = |values: &Values| FIELDS.map(|name| view! { <Hidden name value=values.raw(name).to_owned()/> }).collect_view();
        let (send, back) = (hidden(&values), hidden(&values));
        view! {
            <h1>{heading}</h1>
            {kept(lang, &held)}
            <Facts items/>
            <Form action=url::booking_confirm(held.booking.id)>
                {send}
                <Button>{tr(lang, "确认预约", "Confirm the booking")}</Button>
            </Form>
            <Form action=url::booking_details(held.booking.id) class="inline">
                {back}
                <Button kind=ButtonKind::Secondary name="step" value="edit">{tr(lang, "返回修改", "Go back and change")}</Button>
            </Form>
        }
    })
}
