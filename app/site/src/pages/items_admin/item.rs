//! One item: how it stands, its draft and what that changes, its past.

use catalog::model::Draft;
use catalog::ops::{Difference, History, StaffView};
use catalog::states::{Action, Standing};
use kernel::{Issue, Lang};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Checkbox, Column, DataTable, Empty, Event, Fact, Facts, Field, Form, Hidden, LinkButton, Notice, Page, Shell, StatusTag,
    TextArea, Timeline, Tone, Values, tr, url,
};

use super::tone;

/// What the page shows.
pub struct ItemData<'a> {
    /// The item.
    pub view: &'a StaffView,
    /// Versions and reviews.
    pub past: &'a History,
    /// What the draft changes, or two versions that were asked for.
    pub changes: Vec<Difference>,
    /// The numbers of the versions that were asked for.
    pub compared: Option<(i64, i64)>,
    /// What still stands between the draft and its publication.
    pub open: Vec<Issue>,
    /// What this person may do with the draft.
    pub acts: Vec<Action>,
    /// Whether this person may begin a draft.
    pub may_open: bool,
    /// Whether this person may suspend, resume and cancel.
    pub may_switch: bool,
}

/// The page.
pub fn item(shell: &Shell, data: ItemData<'_>, values: &Values) -> String {
    let lang = shell.lang;
    let view = data.view;
    let name = view.current.as_ref().map(|version| &version.elements).or(view.draft.as_ref().map(|draft| &draft.elements));
    let title = name.map_or_else(|| view.code.clone(), |elements| elements.name.get(lang).to_owned());
    let page = Page::staff(title.clone()).back(url::admin_items()).values(values);
    ui::render(shell, page, || {
        let (head, draft, switch) = (head(lang, view), draft(lang, &data, values), switch(lang, &data, values));
        let (changes, past) = (changes(lang, &data), past(lang, &data));
        view! { <h1>{title}</h1>{head}{draft}{changes}{switch}{past} }
    })
}

fn head(lang: Lang, view: &StaffView) -> AnyView {
    let mut facts = vec![
        Fact::new(tr(lang, "编码", "Code"), &view.code),
        Fact::new(tr(lang, "地区", "Region"), format!("{} {}", view.region.1, view.region.0)),
        Fact::view(tr(lang, "状态", "State"), view! { <StatusTag tone=tone(view.standing) word=view.standing.label().get(lang).to_owned()/> }),
    ];
    if let Some(body) = &view.body {
        facts.push(Fact::new(tr(lang, "实施主体", "Body"), body.get(lang)));
    }
    if let Some(version) = &view.current {
        let from = version.effective_from.text(lang);
        facts.push(Fact::new(tr(lang, "施行中的版本", "Version in force"), format!("{} · {from} · SM3 {}", version.number, version.text_hash)));
    }
    if let Some(reason) = view.switch_reason.clone().filter(|_| !view.standing.is_open()) {
        facts.push(Fact::new(tr(lang, "原因", "Reason"), reason));
    }
    let update = view.update.map(|(due, suspends)| {
        let day = |day: kernel::Day| day.text(lang);
        let line = match (lang, suspends) {
            (Lang::Zh, Some(on)) => format!("上级版本有变更，请在{}前更新；{}起未更新的，事项自动暂停。", day(due), day(on)),
            (Lang::Zh, None) => format!("上级版本有变更，请在{}前更新。", day(due)),
            (Lang::En, Some(on)) => format!("The upper level has changed. Update by {}; from {} on the item is suspended otherwise.", day(due), day(on)),
            (Lang::En, None) => format!("The upper level has changed. Update by {}.", day(due)),
        };
        view! { <Notice tone=Tone::Mind title=tr(lang, "待更新", "Update due")><p>{line}</p></Notice> }
    });
    view! { {update}<Facts items=facts/> }.into_any()
}

fn draft(lang: Lang, data: &ItemData<'_>, values: &Values) -> AnyView {
    let code = data.view.code.clone();
    let Some(draft) = &data.view.draft else {
        let open = data.may_open.then(|| view! {
            <Form action=url::admin_item_act(&code, "open") class="inline" values=values.clone()>
                <Field name="effective_from" kind=ui::Kind::Date label=tr(lang, "计划生效日期", "First day in force") optional=true/>
                <Button>{tr(lang, "开始变更", "Begin a change")}</Button>
            </Form>
        });
        return view! { <section><h2>{tr(lang, "变更", "Change")}</h2><p>{tr(lang, "没有草稿。", "There is no draft.")}</p>{open}</section> }.into_any();
    };
    let opinion = draft.opinion.clone().map(|text| view! {
        <Notice tone=Tone::Mind title=tr(lang, "审核退回", "Sent back")><p>{text}</p></Notice>
    });
    let open: Vec<_> = data.open.iter().map(|issue| view! { <li><strong>{issue.code.to_string()}</strong>" "{issue.text(lang).to_owned()}</li> }).collect();
    let count = open.len();
    let gaps = if count == 0 {
        view! { <Notice tone=Tone::Good><p>{tr(lang, "规则检查全部通过。", "Every rule is kept.")}</p></Notice> }.into_any()
    } else {
        let title = match lang {
            Lang::Zh => format!("离发布还差 {count} 处"),
            Lang::En => format!("{count} to be put right before publication"),
        };
        view! { <Notice tone=Tone::Bad title><ul>{open}</ul></Notice> }.into_any()
    };
    let state = draft.state.label().get(lang).to_owned();
    let acts = acts(lang, &code, draft, &data.acts, values);
    view! {
        <section>
            <h2>{tr(lang, "草稿", "Draft")}" "<StatusTag tone=Tone::Plain word=state/></h2>
            {opinion}{gaps}{acts}
        </section>
    }
    .into_any()
}

/// Buttons for what the state allows and the person may: the server asks the same table.
fn acts(lang: Lang, code: &str, draft: &Draft, acts: &[Action], values: &Values) -> AnyView {
    let revision = draft.revision.to_string();
    let editing = acts.contains(&Action::Edit).then(|| {
        let (edit, submit, revision) = (url::admin_item_edit(code), url::admin_item_act(code, "submit"), revision.clone());
        view! {
            <p><LinkButton href=edit kind=ButtonKind::Secondary>{tr(lang, "编辑本级要素", "Edit local elements")}</LinkButton></p>
            <Form action=submit>
                <Hidden name="revision" value=revision/>
                <Button>{tr(lang, "提交审核", "Send to review")}</Button>
            </Form>
        }
    });
    let publishing = acts.contains(&Action::Publish).then(|| {
        let (action, revision, values) = (url::admin_item_act(code, "publish"), revision.clone(), values.clone());
        view! {
            <Form action values>
                <Hidden name="revision" value=revision/>
                <Checkbox name="sure" label=tr(lang, "我已核对下面的差异，发布后不能修改", "I have read the differences below; what is published cannot be changed")/>
                <Button>{tr(lang, "发布", "Publish")}</Button>
            </Form>
        }
    });
    let reviewing = (acts.contains(&Action::Pass) || acts.contains(&Action::Return)).then(|| {
        let (action, revision, values) = (url::admin_item_act(code, "review"), revision.clone(), values.clone());
        let pass = acts.contains(&Action::Pass).then(|| view! { <Button name="pass" value="yes">{tr(lang, "通过", "Pass")}</Button>" " });
        view! {
            <Form action values>
                <Hidden name="revision" value=revision/>
                <TextArea name="reason" label=tr(lang, "审核意见（退回时必填）", "Opinion (needed to send it back)") rows=3/>
                {pass}
                <Button kind=ButtonKind::Secondary name="pass" value="no">{tr(lang, "退回", "Send back")}</Button>
            </Form>
        }
    });
    view! { {editing}{publishing}{reviewing} }.into_any()
}

fn changes(lang: Lang, data: &ItemData<'_>) -> Option<AnyView> {
    let title = match (data.compared, &data.view.draft) {
        (Some((old, new)), _) => format!("{} {old} → {new}", tr(lang, "版本差异", "Differences of versions")),
        (None, Some(_)) => tr(lang, "与已发布版本的差异", "Differences to what is published").to_owned(),
        (None, None) => return None,
    };
    let columns = vec![Column::text(tr(lang, "要素", "Element")), Column::text(tr(lang, "原来", "Before")), Column::text(tr(lang, "现在", "Now"))];
    let lines = |lines: &[String]| {
        let rows: Vec<_> = lines.iter().map(|line| view! { <p>{line.clone()}</p> }).collect();
        Cell::view(rows)
    };
    let rows = data.changes.iter().map(|change| vec![Cell::text(change.label.get(lang)), lines(&change.before), lines(&change.after)]).collect();
    Some(view! { <section><DataTable caption=title columns rows empty=Empty::new(tr(lang, "没有差异。", "No difference."))/></section> }.into_any())
}

/// Suspend, resume, cancel: with a reason and a typed consent, folded away.
fn switch(lang: Lang, data: &ItemData<'_>, values: &Values) -> Option<AnyView> {
    if !data.may_switch || data.view.standing == Standing::Cancelled || data.view.current.is_none() {
        return None;
    }
    let (code, revision) = (data.view.code.clone(), data.view.revision.to_string());
    let suspended = data.view.standing == Standing::Suspended;
    let (main, word) = if suspended { ("on", tr(lang, "恢复", "Resume")) } else { ("suspended", tr(lang, "暂停", "Suspend")) };
    let open = values.pairs().any(|(name, _)| name == "to").then_some("");
    let values = values.clone();
    Some(
        view! {
            <details open=open.is_some()>
                <summary>{tr(lang, "暂停、恢复、取消", "Suspend, resume, cancel")}</summary>
                <Form action=url::admin_item_act(&code, "switch") values>
                    <Hidden name="revision" value=revision/>
                    <TextArea name="reason" label=tr(lang, "原因", "Reason") rows=3/>
                    <Field name="typed" label=tr(lang, "请输入事项编码的后四位以确认", "Type the last four characters of the code to confirm") kind=ui::Kind::Code/>
                    <Button kind=ButtonKind::Secondary name="to" value=main>{word}</Button>
                    " "
                    <Button kind=ButtonKind::Danger name="to" value="cancelled">{tr(lang, "取消事项，不可恢复", "Cancel for good")}</Button>
                </Form>
            </details>
        }
        .into_any(),
    )
}

fn past(lang: Lang, data: &ItemData<'_>) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "版本", "Version")),
        Column::text(tr(lang, "施行", "In force from")),
        Column::text(tr(lang, "发布", "Published")),
        Column::text("SM3"),
    ];
    let rows = data.past.versions.iter().map(|version| {
        let number = version.number.to_string();
        let href = url::with(url::admin_item(&data.view.code), &[("compare", &number)]);
        vec![
            Cell::link(href, number),
            Cell::text(version.effective_from.text(lang)),
            Cell::text(ui::moment(lang, version.published_at)),
            Cell::text(version.text_hash.get(..12).unwrap_or_default()),
        ]
    });
    let rows = rows.collect();
    let events = data.past.reviews.iter().map(|line| {
        let event = Event::new(ui::moment(lang, line.at), format!("{} · {}", line.state.label().get(lang), action(lang, &line.action)));
        event.who(&line.actor).note(line.opinion.clone().unwrap_or_default())
    });
    let events = events.collect();
    view! {
        <section><DataTable caption=tr(lang, "版本，点版本号看它改了什么", "Versions; follow a number to see what it changed") columns rows
            empty=Empty::new(tr(lang, "还没有发布过。", "Nothing has been published yet."))/></section>
        <section><h2>{tr(lang, "经过", "What was done")}</h2><Timeline events/></section>
    }
    .into_any()
}

fn action(lang: Lang, code: &str) -> &'static str {
    match code {
        "submit" => tr(lang, "提交审核", "sent to review"),
        "pass" => tr(lang, "通过", "passed"),
        "return" => tr(lang, "退回", "sent back"),
        _ => tr(lang, "发布", "published"),
    }
}
