//! Supervision as an organisation itself sees it.

use kernel::{Issue, Lang, Text};
use leptos::prelude::*;
use organizations::supervision::numbers::limits;
use organizations::supervision::states::Act;
use organizations::supervision::{Kind, Opening, Owed, Own};
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Form, LinkButton, Notice, Page, Shell, Tone, Values, tr, url};

use super::form::{Offered, fields};
use super::list::{kind, tone};

/// Its reports, applications and what it has been told of.
pub fn own(shell: &Shell, own: Own) -> String {
    let lang = shell.lang;
    let heading = own.entry.head.name.clone();
    let title = format!("{} · {heading}", tr(lang, "年报、评估和监管", "Reports and supervision"));
    ui::render(shell, Page::public(title).back(url::my_organizations()), move || {
        let code = own.entry.head.uscc.clone().unwrap_or_default();
        let rows = own
            .lines
            .into_iter()
            .map(|line| {
                vec![
                    Cell::link(url::own_proceeding(&code, line.id), kind(lang, line.kind, line.year)),
                    Cell::tag(tone(line.state), line.state.name().get(lang)),
                    Cell::text(line.due.map(|due| ui::date(lang, due)).unwrap_or_default()),
                ]
            })
            .collect();
        let columns = vec![Column::text(tr(lang, "事项", "What")), Column::text(tr(lang, "状态", "State")), Column::text(tr(lang, "应办日期", "Due"))];
        let (owed, report) = (own.report.is_some(), own.report.map(|owed| owes(lang, owed)));
        let (open, barred): (Vec<_>, Vec<_>) = own.opens.into_iter().partition(|opening| opening.bars.is_empty());
        let links: Vec<_> = open
            .into_iter()
            .map(|Opening { act, .. }| {
                let button = if owed && act.kind == Kind::Annual { ButtonKind::Primary } else { ButtonKind::Secondary };
                view! { <LinkButton href=url::own_proceeding_new(&code, act.kind.code()) kind=button>{act.name().get(lang).to_owned()}</LinkButton>" " }
            })
            .collect();
        let barred = (!barred.is_empty()).then(|| {
            let each: Vec<_> = barred.into_iter().map(|opening| view! { <li>{reasons(lang, &opening.bars)}</li> }).collect();
            view! { <h2>{tr(lang, "暂不能申请", "Not yet open to it")}</h2><ul>{each}</ul> }
        });
        view! {
            <h1>{heading}</h1>
            {report}
            <p>{links}</p>
            <DataTable caption=tr(lang, "报告、申请和监管事项", "Reports, applications and proceedings") columns rows
                empty=Empty::new(tr(lang, "还没有报送或者申请。", "Nothing has been filed or applied for."))/>
            {barred}
        }
    })
}

/// The report that is still to be filed.
fn owes(lang: Lang, Owed { year, due, late }: Owed) -> impl IntoView {
    let due = ui::date(lang, due);
    let words = match (lang, late) {
        (Lang::Zh, false) => format!("{year}年度工作报告请在{due}前报送。"),
        (Lang::Zh, true) => format!("{year}年度工作报告应在{due}前报送，已经逾期，请尽快补报。"),
        (Lang::En, false) => format!("File the annual report {year} by {due}."),
        (Lang::En, true) => format!("The annual report {year} was due on {due}. File it as soon as you can."),
    };
    view! { <Notice tone=Tone::Mind><p>{words}</p></Notice> }
}

/// What bars something, as one sentence.
fn reasons(lang: Lang, bars: &[Issue]) -> String {
    bars.iter().map(|bar| bar.message.get(lang)).collect::<Vec<_>>().join(tr(lang, "；", "; "))
}

/// What is asked of whoever files or applies, and what comes next.
fn lead(kind: Kind) -> Text {
    let numbers = limits();
    match kind {
        Kind::Evaluation => {
            let (age, valid) = (numbers.evaluation_age.text(), numbers.evaluation_valid.text());
            Text::new(
                format!("登记满{}、上年度年度检查合格的组织可以申请。等级由低到高为1A至5A，有效期{}。", age.zh, valid.zh),
                format!("Open to organisations registered for {} whose last annual report passed. Levels go from 1A to 5A and hold for {}.", age.en, valid.en),
            )
        }
        Kind::Fundraising => {
            let (age, decided) = (numbers.fundraising_age.text(), numbers.fundraising_decide.text());
            let (share, supervisors) = (numbers.fundraising_share.value(), numbers.fundraising_supervisors.text());
            Text::new(
                format!("登记或者认定为慈善组织满{}可以申请。理事中来自同一组织或者有关联关系的、非内地居民的，各不超过1/{share}；监事不少于{}人。受理后{}内作出决定。", age.zh, supervisors.zh, decided.zh),
                format!("Open to charities of {} and more. Of the council no more than 1/{share} may come from one or related organisations, nor from abroad; {} supervisors at least. It is decided within {}.", age.en, supervisors.en, decided.en),
            )
        }
        _ => Text::fixed(
            "有业务主管单位的，先由业务主管单位初审；登记管理机关作出结论后向社会公布。报送后被退回的，修改后可以重新报送。",
            "The supervising unit, where there is one, looks at it first; the registration authority concludes and publishes. If it is returned, you can file it again.",
        ),
    }
}

/// Filing or applying for something.
pub fn own_new(shell: &Shell, own: Own, act: &'static Act, values: Values) -> String {
    let lang = shell.lang;
    let code = own.entry.head.uscc.clone().unwrap_or_default();
    let heading = act.name().get(lang).to_owned();
    let values = match own.report {
        Some(owed) if act.kind == Kind::Annual => values.or("year", owed.year),
        _ => values,
    };
    let opening = own.opens.iter().find(|opening| opening.act.kind == act.kind);
    if opening.is_none() && !values.has_errors() {
        return held(shell, &code, heading, own.entry.head.name);
    }
    let barred = opening.filter(|_| !values.has_errors()).map(|opening| reasons(lang, &opening.bars)).filter(|bars| !bars.is_empty());
    ui::render(shell, Page::public(heading.clone()).back(url::own_supervision(&code)).values(&values), move || {
        let (name, button) = (own.entry.head.name.clone(), heading.clone());
        view! {
            <h1>{heading}</h1>
            <p>{name}</p>
            {barred.map(|bars| view! { <Notice tone=Tone::Mind><p>{bars}</p></Notice> })}
            <p>{lead(act.kind).get(lang).to_owned()}</p>
            <Form action=url::own_proceeding_new(&code, act.kind.code()) values>
                {fields(lang, act, &Offered::default())}
                <Button>{button}</Button>
            </Form>
        }
    })
}

/// Instead of the form, where there is nothing to apply for.
fn held(shell: &Shell, code: &str, heading: String, name: String) -> String {
    let lang = shell.lang;
    ui::render(shell, Page::public(heading.clone()).back(url::own_supervision(code)), move || {
        view! {
            <h1>{heading}</h1>
            <p>{name}</p>
            <Notice tone=Tone::Mind><p>{tr(lang, "已经取得，不需要再次申请。", "It has been granted: there is nothing to apply for.")}</p></Notice>
        }
    })
}
