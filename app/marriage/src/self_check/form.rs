//! The questions of a service, and what was answered.

use booking::OfficeCard;
use kernel::{Lang, Text};
use leptos::prelude::*;
use marriage::model::Side;
use marriage::parties::PartyKind;
use marriage::self_check::{Certificate, Input, PersonInput, Relation, Service, Standing};
use ui::{Button, Checkboxes, Choice, Field, Fieldset, Form, Hidden, Kind, Page, Radios, Select, Shell, Values, tr, url};

use super::{promise, title};

fn choices<T: Copy>(lang: Lang, all: &[T], code: fn(T) -> &'static str, name: fn(T) -> Text) -> Vec<Choice> {
    all.iter().map(|one| Choice::new(code(*one), name(*one).get(lang).to_owned())).collect()
}

fn yes_or_no(lang: Lang) -> Vec<Choice> {
    vec![Choice::new("yes", tr(lang, "是", "Yes")), Choice::new("no", tr(lang, "否", "No"))]
}

/// The questions.
pub fn form(shell: &Shell, service: Service, offices: &[OfficeCard], values: Values) -> String {
    let lang = shell.lang;
    let name = service.name().get(lang).to_owned();
    let places: Vec<Choice> = offices.iter().map(|office| Choice::new(&office.code, office.name.get(lang))).collect();
    let page = Page::public(format!("{} · {name}", title(lang))).values(&values).back(url::self_check());
    ui::render(shell, page, move || {
        let typed = values.clone();
        view! {
            <h1>{name}</h1>
            {promise(lang)}
            <Form action=url::self_check() values>
                <Hidden name="service" value=service.code()/>
                {match service {
                    Service::Marriage => marriage(lang, &typed),
                    Service::Divorce => divorce(lang),
                    Service::Reissue => reissue(lang),
                }}
                <Select name="office" label=tr(lang, "想去哪个登记处", "Which office you have in mind") options=places
                    empty=tr(lang, "还没想好", "Not decided yet") optional=true/>
                <Button>{tr(lang, "看结果", "See the result")}</Button>
            </Form>
        }
    })
}

fn kinds(lang: Lang, side: Side, label: &'static str) -> AnyView {
    let kinds = choices(lang, &PartyKind::ALL, PartyKind::code, PartyKind::name);
    view! { <Select name=side.field("kind") label options=kinds/> }.into_any()
}

/// What each of the two is called.
fn called(lang: Lang, side: Side) -> &'static str {
    match side {
        Side::A => tr(lang, "一方", "One of you"),
        Side::B => tr(lang, "另一方", "The other"),
    }
}

fn person(lang: Lang, side: Side, values: &Values) -> AnyView {
    let (legend, first) = (called(lang, side), if side == Side::A { "male" } else { "female" });
    let court = side.field("effective_on");
    let told = !values.get(&court).is_empty() || values.issues_of(&court).next().is_some();
    let mut sexes = vec![Choice::new("male", tr(lang, "男", "Male")), Choice::new("female", tr(lang, "女", "Female"))];
    sexes.sort_by_key(|choice| choice.value != first);
    let standings = choices(lang, Standing::ALL, Standing::code, Standing::name);
    view! {
        <Fieldset legend>
            <Select name=side.field("sex") label=tr(lang, "性别", "Sex") options=sexes/>
            <Field name=side.field("birth") label=tr(lang, "出生日期", "Date of birth") kind=Kind::Date/>
            {kinds(lang, side, tr(lang, "人员类别", "Who this is"))}
            <Select name=side.field("standing") label=tr(lang, "现在的婚姻状况", "Marital status now") options=standings/>
            <details open=told>
                <summary>{tr(lang, "法院判决、调解离婚的填写", "After a judgment or a court’s mediation")}</summary>
                <Field name=court label=tr(lang, "判决书、调解书的生效日期", "Day from which the court’s paper has effect") kind=Kind::Date optional=true/>
            </details>
            <Field name=side.field("id_valid_to") label=tr(lang, "身份证件有效期至", "Identity document valid to") kind=Kind::Date optional=true
                hint=tr(lang, "长期有效的不填。", "Leave empty if it has no end.")/>
        </Fieldset>
    }
    .into_any()
}

fn marriage(lang: Lang, values: &Values) -> AnyView {
    let relations = choices(lang, Relation::ALL, Relation::code, Relation::name);
    view! {
        {person(lang, Side::A, values)}
        {person(lang, Side::B, values)}
        <Radios name="relation" legend=tr(lang, "你们有血缘关系吗？", "Are you related by blood?") options=relations/>
    }
    .into_any()
}

fn registered(lang: Lang) -> AnyView {
    let places = vec![
        Choice::new("mainland", tr(lang, "中国内地的登记处", "At an office in mainland China")),
        Choice::new("elsewhere", tr(lang, "其他地方", "Elsewhere")),
    ];
    view! { <Radios name="registered" legend=tr(lang, "在哪里登记的？", "Where was it registered?") options=places/> }.into_any()
}

fn divorce(lang: Lang) -> AnyView {
    let agreed = vec![
        Choice::new("children", tr(lang, "子女抚养（没有未成年子女的，写明没有）", "Children (or that there are none under age)")),
        Choice::new("property", tr(lang, "财产", "Property")),
        Choice::new("debts", tr(lang, "债务（没有的，写明没有）", "Debts (or that there are none)")),
    ];
    view! {
        {registered(lang)}
        <Radios name="willing" legend=tr(lang, "双方都愿意离婚吗？", "Do both of you want it?") options=yes_or_no(lang) inline=true/>
        <Radios name="capable" legend=tr(lang, "双方都有完全民事行为能力吗？", "Have both of you full legal capacity?") options=yes_or_no(lang) inline=true
            hint=tr(lang, "成年，并且能够辨认自己的行为。", "Of age, and able to understand what you do.")/>
        <Radios name="applied" legend=tr(lang, "已经在哪个登记处申请过、还没办完吗？", "Is an application of yours under way already?") options=yes_or_no(lang) inline=true/>
        <Checkboxes name="agreed" legend=tr(lang, "离婚协议已经写好了哪些？", "What does your agreement say already?") options=agreed/>
        <Fieldset legend=tr(lang, "双方的人员类别", "Who you are") class="pairs">{kinds(lang, Side::A, called(lang, Side::A))}{kinds(lang, Side::B, called(lang, Side::B))}</Fieldset>
    }
    .into_any()
}

fn reissue(lang: Lang) -> AnyView {
    let certificates = choices(lang, Certificate::ALL, Certificate::code, Certificate::name);
    view! {
        <Radios name="certificate" legend=tr(lang, "要补哪一种？", "Which certificate?") options=certificates inline=true/>
        {registered(lang)}
        <Radios name="over" legend=tr(lang, "这段婚姻已经结束了吗？", "Is that marriage over?") options=yes_or_no(lang) inline=true/>
        <Radios name="agent" legend=tr(lang, "由别人代办吗？", "Will somebody else come for you?") options=yes_or_no(lang) inline=true/>
    }
    .into_any()
}

/// What the form says.
pub fn read(values: &Values) -> Input {
    let get = |name: &str| values.get(name).to_owned();
    let person = |side: Side| {
        let of = |name: &str| get(&side.field(name));
        PersonInput {
            sex: of("sex"),
            birth: of("birth"),
            kind: of("kind"),
            standing: of("standing"),
            effective_on: of("effective_on"),
            id_valid_to: of("id_valid_to"),
        }
    };
    Input {
        service: get("service"),
        office: get("office"),
        a: person(Side::A),
        b: person(Side::B),
        relation: get("relation"),
        registered: get("registered"),
        willing: get("willing"),
        capable: get("capable"),
        applied: get("applied"),
        agreed: values.all("agreed").to_vec(),
        certificate: get("certificate"),
        over: get("over"),
        agent: get("agent"),
    }
}
