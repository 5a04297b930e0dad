//! The two persons: what is entered, the form that enters or changes it, the second person's confirmation.

use islands::IdCheck;
use kernel::codes::{CodeList, ListName};
use kernel::{IdType, Lang};
use leptos::prelude::*;
use marriage::PartyFile;
use marriage::model::{Entry, Marital, PriorBasis, Sex, Side, ValidTo};
use marriage::ops::CaseView;
use marriage::parties::{PartyKind, foreign_countries, nationality};
use marriage::states::Action;
use ui::{Button, ButtonKind, Choice, Fact, Facts, Field, Form, Hidden, Kind, Method, Radios, Select, StatusTag, Tone, Values, Width, tr};

use super::{At, Typed, act, papers};

/// Both persons of a case, with what may be done with them.
pub(crate) struct Persons<'a> {
    /// The case.
    pub(crate) at: At,
    /// The man, the woman.
    pub(crate) people: [Option<&'a PartyFile>; 2],
    /// Data may be entered.
    pub(crate) enter: bool,
    /// A second person may confirm them.
    pub(crate) confirm: bool,
    /// The actor typed the man's, the woman's.
    pub(crate) is_typist: [bool; 2],
    /// What was before, and what else a party brings, is asked: not of who divorces.
    pub(crate) marries: bool,
}

impl<'a> Persons<'a> {
    /// Those of a marriage.
    pub(super) fn of(view: &'a CaseView) -> Self {
        let may = |action: Action| view.actions.contains(&action);
        Self {
            at: At::of(view),
            people: [view.file.a.as_ref(), view.file.b.as_ref()],
            enter: may(Action::EnterParty),
            confirm: may(Action::ConfirmParty),
            is_typist: view.is_typist,
            marries: true,
        }
    }

    fn party(&self, side: Side) -> Option<&'a PartyFile> {
        self.people[usize::from(side == Side::B)]
    }
}

/// Both persons beside each other.
pub(crate) fn persons(lang: Lang, both: &Persons<'_>, typed: &Typed) -> AnyView {
    let cards: Vec<_> = Side::BOTH.into_iter().map(|side| card(lang, both, side, typed)).collect();
    view! { <div class="desk-persons">{cards}</div> }.into_any()
}

fn card(lang: Lang, both: &Persons<'_>, side: Side, typed: &Typed) -> AnyView {
    let enter = if side == Side::A { act::ENTER_A } else { act::ENTER_B };
    let refused = typed.act == enter;
    let heading = side.name().get(lang).to_owned();
    let person = both.party(side);
    let facts = person.map(|person| facts(lang, person));
    let form = both.enter.then(|| {
        let values = if refused { typed.of(enter) } else { person.map_or_else(|| blank(side), known) };
        let chosen = PartyKind::from_code(&typed.kinds[usize::from(side == Side::B)]);
        let said = if refused { PartyKind::from_code(values.get(&side.field("kind"))) } else { person.map(|person| person.snapshot.kind) };
        let kind = chosen.or(said).unwrap_or(PartyKind::Mainland);
        let fields = fields(lang, both, side, kind, enter, values);
        let form = view! { {kinds(lang, both.at, side, kind)}{fields} };
        if person.is_some() && !refused && chosen.is_none() {
            view! { <details><summary>{tr(lang, "修改", "Change")}</summary>{form}</details> }.into_any()
        } else {
            form.into_any()
        }
    });
    let confirm = (both.confirm && person.is_some_and(|person| matches!(person.entry, Entry::Typed { .. })))
        .then(|| confirm(lang, both, side));
    view! { <section class="desk-person"><h2>{heading}</h2>{facts}{confirm}{form}</section> }.into_any()
}

/// Which kind of party is entered: each has its own fields, so the page is asked for again with those.
fn kinds(lang: Lang, at: At, side: Side, kind: PartyKind) -> AnyView {
    let name = if side == Side::A { "kind_a" } else { "kind_b" };
    let options = PartyKind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
    let values = Values::new().with(name, kind.code());
    view! {
        <Form action=at.page() method=Method::Get class="inline" values>
            <Select name label=tr(lang, "人员类别", "Kind of party") options/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "显示该类别的栏目", "Show its fields")}</Button>
        </Form>
    }
    .into_any()
}

fn facts(lang: Lang, party: &PartyFile) -> AnyView {
    let person = &party.snapshot;
    let number = crate::grouped(&person.id_no);
    let valid_to = match person.id_valid_to {
        ValidTo::LongTerm => tr(lang, "长期", "long-term").to_owned(),
        ValidTo::Until(day) => day.text(lang),
    };
    let (tone, word) = match party.entry {
        Entry::Chip => (Tone::Good, tr(lang, "读卡取得", "read from the chip")),
        Entry::Confirmed { .. } => (Tone::Good, tr(lang, "已由第二人核对", "confirmed by a second person")),
        Entry::Typed { .. } => (Tone::Mind, tr(lang, "待第二人核对", "waits for a second person")),
    };
    let mut items = vec![
        Fact::new(tr(lang, "姓名", "Name"), &person.name),
        Fact::new(document(lang, &person.id_type), number),
        Fact::new(tr(lang, "性别", "Sex"), person.sex.text(lang)),
        Fact::new(tr(lang, "出生日期", "Born"), person.birth.text(lang)),
        Fact::new(tr(lang, "证件有效期至", "Document valid to"), valid_to),
        Fact::new(tr(lang, "婚姻状况", "Marital status"), person.marital.name().get(lang)),
        Fact::new(tr(lang, "手机号", "Phone"), &person.phone),
        Fact::view(tr(lang, "信息来源", "Source"), view! { <StatusTag tone word/> }),
    ];
    if person.kind != PartyKind::Mainland {
        items.insert(0, Fact::new(tr(lang, "人员类别", "Kind of party"), person.kind.name().get(lang)));
        items.insert(2, Fact::new(tr(lang, "国籍（地区）", "Nationality"), nationality(&person.nationality).get(lang)));
    }
    if !person.name_zh.is_empty() {
        items.push(Fact::new(tr(lang, "中文姓名", "Chinese name"), &person.name_zh));
    }
    items.extend(person.papers.iter().filter_map(|paper| papers::fact(lang, paper)));
    if let Some(prior) = &person.prior {
        let paper = format!("{} {}", prior.basis.name().get(lang), prior.doc_no);
        items.push(Fact::new(tr(lang, "前次婚姻终结依据", "How the last marriage ended"), paper));
    }
    view! { <Facts items/> }.into_any()
}

/// The name of a kind of document.
fn document(lang: Lang, id_type: &str) -> String {
    CodeList::builtin(ListName::IdType).get(id_type).map_or_else(|| id_type.to_owned(), |name| name.get(lang).to_owned())
}

fn confirm(lang: Lang, both: &Persons<'_>, side: Side) -> AnyView {
    let at = both.at;
    let mine = both.is_typist[usize::from(side == Side::B)];
    if mine {
        let text = tr(lang, "您录入的信息须由另一名工作人员登录后核对。", "A colleague has to sign in and confirm what you typed.");
        return view! { <p class="hint">{text}</p> }.into_any();
    }
    let act = if side == Side::A { act::CONFIRM_A } else { act::CONFIRM_B };
    view! {
        <Form action=at.act(act) class="inline">
            {at.seen()}
            <Button kind=ButtonKind::Secondary>{tr(lang, "与原件一致，确认", "Same as the original: confirm")}</Button>
        </Form>
    }
    .into_any()
}

fn blank(side: Side) -> Values {
    Values::new().with(&side.field("marital"), Marital::Never.code())
}

fn known(party: &PartyFile) -> Values {
    let (side, person) = (party.side, &party.snapshot);
    let valid_to = match person.id_valid_to {
        ValidTo::LongTerm => String::new(),
        ValidTo::Until(day) => day.to_string(),
    };
    let values = Values::new()
        .with(&side.field("name"), &person.name)
        .with(&side.field("name_zh"), &person.name_zh)
        .with(&side.field("nationality"), &person.nationality)
        .with(&side.field("id_type"), &person.id_type)
        .with(&side.field("id_no"), &person.id_no)
        .with(&side.field("birth"), person.birth.to_string())
        .with(&side.field("sex"), person.sex.code())
        .with(&side.field("id_valid_to"), valid_to)
        .with(&side.field("marital"), person.marital.code())
        .with(&side.field("phone"), &person.phone)
        .with(&side.field("hukou_region"), person.hukou_region.clone().unwrap_or_default())
        .with(&side.field("ethnicity"), person.ethnicity.clone().unwrap_or_default());
    let values = person.papers.iter().fold(values, |values, paper| papers::known(values, side, paper));
    match &person.prior {
        Some(prior) => values
            .with(&side.field("prior_basis"), prior.basis.code())
            .with(&side.field("prior_doc_no"), &prior.doc_no)
            .with(&side.field("prior_on"), prior.effective_on.map(|day| day.to_string()).unwrap_or_default()),
        None => values,
    }
}

/// The fields that belong to a kind of party.
fn fields(lang: Lang, both: &Persons<'_>, side: Side, kind: PartyKind, act: &'static str, values: Values) -> AnyView {
    let at = both.at;
    let marries = both.marries;
    view! {
        <Form action=at.act(act) values id=act>
            {at.seen()}
            <Hidden name=side.field("kind") value=kind.code()/>
            <Field name=side.field("name") label=tr(lang, "姓名", "Name") autocomplete="off" width=Width::Medium
                hint=if kind == PartyKind::Foreign { tr(lang, "按护照上的拼写。", "As the passport spells it.") } else { "" }/>
            {(kind == PartyKind::Foreign).then(|| foreign(lang, side))}
            {number(lang, side, kind)}
            <Field name=side.field("id_valid_to") label=tr(lang, "证件有效期至", "Document valid to") kind=Kind::Date
                hint=tr(lang, "长期有效的留空。", "Leave empty for long-term.") optional=true/>
            <Field name=side.field("phone") label=tr(lang, "手机号", "Phone") kind=Kind::Tel autocomplete="off"/>
            {marries.then(|| before(lang, side))}
            {marries.then(|| papers::fields(lang, side, kind))}
            <details>
                <summary>{tr(lang, "统计用信息", "For statistics")}</summary>
                <Field name=side.field("hukou_region") label=tr(lang, "户籍地区划代码", "Region of registered residence") kind=Kind::Number optional=true/>
                <Field name=side.field("ethnicity") label=tr(lang, "民族代码", "Ethnicity, code") kind=Kind::Number optional=true/>
            </details>
            <Button kind=ButtonKind::Secondary>{tr(lang, "保存", "Save")}</Button>
        </Form>
    }
    .into_any()
}

/// What only a foreign national is asked.
fn foreign(lang: Lang, side: Side) -> AnyView {
    let countries = foreign_countries().map(|(code, name)| Choice::new(code, name.get(lang))).collect();
    view! {
        <Field name=side.field("name_zh") label=tr(lang, "中文姓名", "Chinese name") autocomplete="off" width=Width::Medium optional=true/>
        <Select name=side.field("nationality") label=tr(lang, "国籍", "Nationality") options=countries empty=tr(lang, "请选择", "Choose")/>
    }
    .into_any()
}

/// Kind and number of the document; sex and date of birth where the number does not tell them.
fn number(lang: Lang, side: Side, kind: PartyKind) -> AnyView {
    let types = &kind.rules().id_types;
    if types.iter().all(|code| code == IdType::RESIDENT.as_str()) {
        return view! {
            <Field name=side.field("id_no") label=tr(lang, "身份证号码", "ID number") kind=Kind::IdNumber
                hint=tr(lang, "性别和出生日期由号码得出。", "Sex and date of birth follow from the number.")>
                <IdCheck lang input=side.field("id_no") today=ui::today()/>
            </Field>
        }
        .into_any();
    }
    let documents = types.iter().map(|code| Choice::new(code, document(lang, code))).collect();
    let sexes = [Sex::Male, Sex::Female].map(|sex| Choice::new(sex.code(), sex.text(lang))).into();
    view! {
        <Radios name=side.field("id_type") legend=tr(lang, "证件", "Document") options=documents/>
        <Field name=side.field("id_no") label=tr(lang, "证件号码", "Number of the document") kind=Kind::IdNumber/>
        <Field name=side.field("birth") label=tr(lang, "出生日期", "Date of birth") kind=Kind::Date/>
        <Radios name=side.field("sex") legend=tr(lang, "性别", "Sex") options=sexes inline=true/>
    }
    .into_any()
}

/// What was before this marriage.
fn before(lang: Lang, side: Side) -> AnyView {
    let marital = Marital::ALL.into_iter().map(|status| Choice::new(status.code(), status.name().get(lang))).collect();
    let papers = PriorBasis::ALL.into_iter().map(|basis| Choice::new(basis.code(), basis.name().get(lang))).collect();
    view! {
        <Radios name=side.field("marital") legend=tr(lang, "婚姻状况", "Marital status") options=marital inline=true/>
        <details>
            <summary>{tr(lang, "离婚或者丧偶的填写", "If divorced or widowed")}</summary>
            <Select name=side.field("prior_basis") label=tr(lang, "前次婚姻终结依据", "How the last marriage ended") options=papers
                empty=tr(lang, "无", "none") optional=true/>
            <Field name=side.field("prior_doc_no") label=tr(lang, "文号或证号", "Number of the paper") optional=true width=Width::Medium/>
            <Field name=side.field("prior_on") label=tr(lang, "生效日期", "In force from") kind=Kind::Date optional=true/>
        </details>
    }
    .into_any()
}
