//! The desk of questions and complaints: the list, one with its acts, and the draft of a publication.

use identity::Colleague;
use interaction::cards::Card;
use interaction::complaints::states::{Act, State};
use interaction::complaints::{ComplaintId, Ground, Kind, KindFigures, Page as Listed, PublicText, Reporter, View};
use kernel::Lang;
use leptos::prelude::*;
use platform::regions::Organisation;
use ui::{
    Button, ButtonKind, Cell, Checkbox, Checkboxes, Choice, Column, DataTable, Empty, Event, Fact, Facts, Field, Form, Hidden, LinkButton, Method, Notice, Page,
    Pager, Select, Shell, StatusTag, TextArea, Timeline, Tone, Values, tr, url,
};

use super::complaints::paragraphs;
use super::complaints_mine::tone;
use super::ratings_desk::{bounded, cards, exports};

/// The list. `values` holds the filters as they stand in the address.
pub fn list(shell: &Shell, page: Listed, issued: Vec<Card>, figures: Vec<KindFigures>, takes_calls: bool, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "咨询投诉", "Questions and complaints");
    ui::render(shell, Page::staff(heading), move || {
        let next = page.next.map(|id| {
            let (id, of) = (id.to_string(), |name: &str| values.get(name).to_owned());
            url::with(url::desk_complaints(), &[("show", &of("show")), ("state", &of("state")), ("kind", &of("kind")), ("before", &id)])
        });
        let rows = page
            .lines
            .into_iter()
            .map(|line| {
                let title = line.title.unwrap_or_else(|| tr(lang, "（保密）", "(secret)").to_owned());
                let state = line.state.name().get(lang).to_owned();
                let state = if line.supervised { format!("{state} · {}", tr(lang, "督办", "supervised")) } else { state };
                vec![
                    Cell::link(url::desk_complaint(line.id), title),
                    Cell::text(line.kind.name().get(lang)),
                    Cell::tag(tone(line.state), state),
                    Cell::text(line.due.map(|due| ui::date(lang, due)).unwrap_or_default()),
                    Cell::text(line.org.get(lang)),
                    Cell::text(line.unit.map(|unit| unit.get(lang).to_owned()).unwrap_or_default()),
                    Cell::text(line.number),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "标题", "Title")),
            Column::text(tr(lang, "种类", "Kind")),
            Column::text(tr(lang, "状态", "State")),
            Column::text(tr(lang, "应办日期", "Due")),
            Column::text(tr(lang, "反映的单位", "About")),
            Column::text(tr(lang, "承办单位", "Unit")),
            Column::text(tr(lang, "编号", "Number")),
        ];
        let exports = exports(lang, &url::desk_complaints_export(), &["show", "state", "kind"].map(|name| (name, values.get(name).to_owned())));
        let shows = [
            ("open", tr(lang, "全部", "All")),
            ("mine", tr(lang, "我承办的", "Mine")),
            ("overdue", tr(lang, "已逾期", "Overdue")),
            ("sampled", tr(lang, "待抽查的答复", "Replies to be checked")),
        ];
        let count = match lang {
            Lang::Zh => format!("共 {} 件", bounded(page.count)),
            Lang::En => format!("{} in all", bounded(page.count)),
        };
        let states = State::ALL.iter().map(|state| Choice::new(state.code(), state.name().get(lang))).collect();
        let kinds = Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
        view! {
            <h1>{heading}</h1>
            {takes_calls.then(|| view! { <p><LinkButton href=url::desk_complaint_new()>{tr(lang, "登记来电", "Enter a call")}</LinkButton></p> })}
            {cards(lang, issued)}
            <Form action=url::desk_complaints() method=Method::Get values class="inline">
                <Select name="show" label=tr(lang, "范围", "Which") options=shows.into_iter().map(|(code, word)| Choice::new(code, word)).collect()/>
                <Select name="state" label=tr(lang, "状态", "State") options=states empty=tr(lang, "全部", "All")/>
                <Select name="kind" label=tr(lang, "种类", "Kind") options=kinds empty=tr(lang, "全部", "All")/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "筛选", "Filter")}</Button>
            </Form>
            <p>{count}</p>
            <DataTable caption=heading columns rows empty=Empty::new(tr(lang, "没有符合条件的件。", "Nothing of the kind."))/>
            <Pager next=next.unwrap_or_default()/>
            {exports}
            {(!figures.is_empty()).then(|| month(lang, figures))}
        }
    })
}

/// This month by kind and source.
fn month(lang: Lang, figures: Vec<KindFigures>) -> AnyView {
    let source = |code: &str| code.parse().ok().and_then(kernel::Channel::from_digit).map(|channel| channel.text().get(lang).to_owned()).unwrap_or_default();
    let rows = figures
        .into_iter()
        .map(|one| {
            vec![
                Cell::text(one.kind.name().get(lang)),
                Cell::text(source(&one.source)),
                Cell::text(one.received),
                Cell::text(one.accepted),
                Cell::text(one.refused),
                Cell::text(one.on_time.text()),
                Cell::text(one.satisfied.text()),
                Cell::text(one.reopened),
                Cell::text(one.supervised),
            ]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "种类", "Kind")),
        Column::text(tr(lang, "来源", "Source")),
        Column::number(tr(lang, "收到", "Received")),
        Column::number(tr(lang, "受理", "Accepted")),
        Column::number(tr(lang, "不予受理", "Refused")),
        Column::number(tr(lang, "按时", "In time")),
        Column::number(tr(lang, "满意", "Satisfied")),
        Column::number(tr(lang, "重办", "Again")),
        Column::number(tr(lang, "督办", "Supervised")),
    ];
    view! { <h2>{tr(lang, "本月统计", "This month")}</h2><DataTable caption=tr(lang, "按种类和来源", "By kind and source") columns rows empty=Empty::new("")/> }.into_any()
}

/// What the page of one complaint needs.
pub struct Case {
    /// The complaint.
    pub view: View,
    /// Earlier ones of the same person that are alike, with their likeness in percent.
    pub alike: Vec<(ComplaintId, String, u32)>,
    /// Units that may answer.
    pub units: Vec<Organisation>,
    /// Those who may handle it.
    pub handlers: Vec<Colleague>,
    /// Who wrote it, just asked for.
    pub reporter: Option<Reporter>,
}

/// One complaint. `values` belong to the form of the act `verb`.
pub fn show(shell: &Shell, case: Case, verb: &str, values: Values) -> String {
    let lang = shell.lang;
    let view = &case.view;
    let heading = view.title.clone().unwrap_or_else(|| tr(lang, "举报（保密）", "Report (secret)").to_owned());
    let page = Page::staff(heading.clone()).back(url::desk_complaints()).values(&values);
    let verb = verb.to_owned();
    ui::render(shell, page, move || {
        let facts = facts(lang, &case);
        let warning = case.view.warning.as_ref().map(|issue| {
            let text = issue.text(lang).to_owned();
            view! { <Notice tone=Tone::Mind><p>{text}</p></Notice> }
        });
        let words = case.view.words.as_deref().map(paragraphs);
        let replies: Vec<_> = case.view.replies.iter().map(|reply| reply_view(lang, &case.view, reply, &verb, &values)).collect();
        let events =
            case.view.events.iter().map(|event| Event::new(ui::moment(lang, event.at), event.what.get(lang)).who(event.who.clone()).note(event.note.clone())).collect();
        let publishes = case.view.may_publish && matches!(case.view.state, State::Replied | State::Closed);
        let id = case.view.id;
        let paper = (!case.view.replies.is_empty()).then(|| {
            view! { <p><a href=url::desk_complaint_reply(id)>{tr(lang, "答复意见书（PDF）", "The answer as a document (PDF)")}</a></p> }
        });
        let forms = super::complaints_desk_acts::acts(lang, &case, &verb, &values);
        view! {
            <h1>{heading}</h1>
            {warning}
            <Facts items=facts/>
            {words.map(|words| view! { <h2>{tr(lang, "内容", "What was written")}</h2>{words} })}
            {replies}
            {paper}
            {forms}
            {publishes.then(|| view! { <p><LinkButton href=url::desk_complaint_publish(id) kind=ButtonKind::Secondary>{tr(lang, "公开问答", "Publish question and answer")}</LinkButton></p> })}
            <h2>{tr(lang, "经过", "History")}</h2>
            <Timeline events/>
        }
    })
}

fn facts(lang: Lang, case: &Case) -> Vec<Fact> {
    let view = &case.view;
    let mut facts = vec![
        Fact::new(tr(lang, "受理编号", "Receipt number"), view.number.clone()),
        Fact::new(tr(lang, "种类", "Kind"), view.kind.name().get(lang)),
        Fact::view(tr(lang, "状态", "State"), view! { <StatusTag tone=tone(view.state) word=view.state.name().get(lang)/> }),
        Fact::new(tr(lang, "收到", "Received"), ui::moment(lang, view.received_at)),
        Fact::new(tr(lang, "反映的单位", "About"), view.org.get(lang)),
    ];
    let mut add = |label: &'static str, value: Option<String>| facts.extend(value.map(|value| Fact::new(label, value)));
    add(tr(lang, "被反映的人员", "The person concerned"), view.target.clone());
    add(tr(lang, "提出人", "Written by"), view.asker.clone());
    add(tr(lang, "承办单位", "Unit"), view.unit.as_ref().map(|unit| unit.get(lang).to_owned()));
    add(tr(lang, "承办人", "Handled by"), view.handler.clone());
    add(tr(lang, "答复期限", "Reply due"), view.due.map(|due| ui::date(lang, due)));
    add(tr(lang, "合并的件", "Merged"), (!view.merged.is_empty()).then(|| view.merged.join(tr(lang, "、", ", "))));
    add(tr(lang, "可查看举报人", "May see who reported"), (view.secret && !view.officers.is_empty()).then(|| view.officers.join(tr(lang, "、", ", "))));
    add(tr(lang, "督办", "Supervision"), view.supervised.then(|| tr(lang, "已列入督办", "under supervision").to_owned()));
    if let Some(reporter) = &case.reporter {
        add(tr(lang, "姓名", "Name"), Some(reporter.name.clone()));
        add(tr(lang, "联系电话", "Telephone"), Some(reporter.phone.clone()));
    }
    facts
}

/// A reply, with its quality check where it was drawn.
fn reply_view(lang: Lang, view: &View, reply: &interaction::complaints::Replied, verb: &str, values: &Values) -> AnyView {
    let check = (reply.sampled && reply.passed.is_none() && view.supervises).then(|| {
        let values = if verb == "check" { values.clone() } else { Values::new() };
        let (action, seen, id) = (url::desk_complaint_act(view.id, "check"), view.version.to_string(), reply.id.to_string());
        view! {
            <Form action values>
                <Hidden name="seen" value=seen/>
                <Hidden name="reply" value=id/>
                <Field name="note" label=tr(lang, "抽查意见", "What the check found") optional=true/>
                <Button kind=ButtonKind::Secondary name="passed" value="yes">{tr(lang, "合格", "It passes")}</Button>
                <Button kind=ButtonKind::Secondary name="passed" value="no">{tr(lang, "不合格，重新答复", "It does not: write it anew")}</Button>
            </Form>
        }
    });
    let basis = format!("{}{}", tr(lang, "依据：", "On the ground of: "), reply.basis);
    view! { <section><h2>{tr(lang, "答复", "Answer")}</h2><p class="hint">{ui::moment(lang, reply.at)}</p>{paragraphs(&reply.words)}<p>{basis}</p>{check}</section> }.into_any()
}

/// The draft of a publication, to be read and shortened.
pub fn publish(shell: &Shell, id: ComplaintId, draft: PublicText, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "公开问答", "Publish question and answer");
    let values = values.or("title", draft.title).or("question", draft.question).or("answer", draft.answer);
    ui::render(shell, Page::staff(heading).back(url::desk_complaint(id)).values(&values), move || {
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "姓名、电话和证件号码已自动隐去，请再检查地址等能认出人的内容。", "Names, telephone and document numbers were taken out. Look for addresses and whatever else tells who it is.")}</p>
            <Form action=url::desk_complaint_publish(id) values>
                <Field name="title" label=tr(lang, "标题", "Title")/>
                <TextArea name="question" label=tr(lang, "问题", "Question") rows=6/>
                <TextArea name="answer" label=tr(lang, "答复", "Answer") rows=8/>
                <Button>{tr(lang, "公开", "Publish")}</Button>
            </Form>
        }
    })
}

/// Choices of the desk's forms.
pub(crate) fn grounds(lang: Lang) -> Vec<Choice> {
    Ground::ALL.iter().map(|ground| Choice::new(ground.code(), ground.name().get(lang))).collect()
}

/// The boxes for officers.
pub(crate) fn officers(lang: Lang, handlers: &[Colleague]) -> AnyView {
    let options = handlers.iter().map(|one| Choice::new(one.id, one.name.clone())).collect();
    view! { <Checkboxes name="officers" legend=tr(lang, "可以查看举报人的人员", "Who may see who reported") options hint=tr(lang, "不超过2人。", "At most two.")/> }.into_any()
}

/// Whether the reader may do this now.
pub(crate) fn may(view: &View, act: Act) -> bool {
    view.may.contains(&act)
}

/// The tick before what cannot be undone.
pub(crate) fn sure(lang: Lang) -> impl IntoView {
    view! { <Checkbox name="sure" label=tr(lang, "我已核对，作出后不能撤回", "I have checked it; it cannot be taken back")/> }
}
