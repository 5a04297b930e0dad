//! What the person sees of a question or complaint: his list, and one with its replies and what he may say to them.

use interaction::complaints::{ComplaintId, Kind, Mine, Status, states::State};
use kernel::Lang;
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Column, DataTable, Empty, Event, Fact, Facts, Form, Hidden, Notice, Page, Pager, Shell, StatusTag, TextArea, Timeline, Tone, Values,
    tr, url,
};

use super::complaints::paragraphs;

/// How a state is coloured.
pub(crate) fn tone(state: State) -> Tone {
    match state {
        State::Closed | State::Replied => Tone::Good,
        State::Refused => Tone::Bad,
        State::Unclear | State::Returned => Tone::Mind,
        State::Registered | State::Accepted | State::Merged | State::ToSign | State::InHand => Tone::Plain,
    }
}

/// One's own.
pub fn list(shell: &Shell, mine: Vec<Mine>, next: Option<ComplaintId>) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "我提出的", "What I have written");
    ui::render(shell, Page::public(heading).back(url::me()), move || {
        let rows = mine
            .into_iter()
            .map(|one| {
                vec![
                    Cell::link(url::my_complaint(one.id), one.title),
                    Cell::text(one.kind.get(lang)),
                    Cell::tag(tone(one.state), one.state.name().get(lang).to_owned()),
                    Cell::text(ui::moment(lang, one.received_at)),
                    Cell::text(one.number),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "标题", "Title")),
            Column::text(tr(lang, "种类", "Kind")),
            Column::text(tr(lang, "进度", "State")),
            Column::text(tr(lang, "提出时间", "Written")),
            Column::text(tr(lang, "编号", "Number")),
        ];
        let next = next.map(|id| url::with(url::my_complaints(), &[("before", &id.to_string())])).unwrap_or_default();
        view! {
            <h1>{heading}</h1>
            <DataTable caption=tr(lang, "新的在前", "The newest first") columns rows
                empty=Empty::new(tr(lang, "您还没有提出过。", "You have not written to us yet.")).act(url::complaint_new(), tr(lang, "我要提出", "Write to us"))/>
            <Pager next/>
        }
    })
}

/// How the page's forms show that it is his: signed in, or by number and code.
#[derive(Clone)]
pub enum Door {
    /// Signed in.
    Mine,
    /// Number and code as typed.
    Code(String, String),
}

/// One of them. `values` belong to what was said last.
pub fn show(shell: &Shell, status: Status, door: Door, values: Values) -> String {
    let lang = shell.lang;
    let back = if matches!(door, Door::Mine) { url::my_complaints() } else { url::complaints() };
    let page = Page::public(status.title.clone()).back(back).values(&values);
    ui::render(shell, page, move || {
        let facts = vec![
            Fact::new(tr(lang, "受理编号", "Receipt number"), status.number.clone()),
            Fact::new(tr(lang, "种类", "Kind"), status.kind.name().get(lang)),
            Fact::new(tr(lang, "提出时间", "Written"), ui::moment(lang, status.received_at)),
            Fact::view(tr(lang, "进度", "State"), view! { <StatusTag tone=tone(status.state) word=status.state.name().get(lang)/> }),
        ];
        let due = status.due.map(|due| match lang {
            Lang::Zh => format!("我们会在{}前告诉您下一步。", ui::date(lang, due)),
            Lang::En => format!("You hear from us by {}.", ui::date(lang, due)),
        });
        let merged = status.merged_with.clone().map(|number| match lang {
            Lang::Zh => format!("与编号 {number} 内容相同，合并办理，答复同样发给您。"),
            Lang::En => format!("Handled together with {number}; you get the same answer."),
        });
        let told = (!status.told.is_empty()).then(|| {
            let title = match status.ground {
                Some(ground) => ground.name().get(lang).to_owned(),
                None => tr(lang, "请补充说明", "Please explain").to_owned(),
            };
            let told = paragraphs(&status.told);
            view! { <Notice tone=Tone::Mind title>{told}</Notice> }
        });
        let replies: Vec<_> = status
            .replies
            .iter()
            .map(|reply| {
                let basis = format!("{}{}", tr(lang, "依据：", "On the ground of: "), reply.basis);
                view! { <section><h2>{tr(lang, "答复", "Answer")}</h2><p class="hint">{ui::moment(lang, reply.at)}</p>{paragraphs(&reply.words)}<p>{basis}</p></section> }
            })
            .collect();
        let events = status.events.iter().map(|event| Event::new(ui::moment(lang, event.at), event.what.get(lang))).collect();
        let paper = (!status.replies.is_empty()).then(|| paper(lang, &status, &door));
        let say = say(lang, &status, door, values);
        view! {
            <h1>{status.title.clone()}</h1>
            <Facts items=facts/>
            {due.map(|due| view! { <p>{due}</p> })}
            {merged.map(|merged| view! { <Notice tone=Tone::Plain><p>{merged}</p></Notice> })}
            {told}
            {replies}
            {paper}
            {say}
            <h2>{tr(lang, "您写的内容", "What you wrote")}</h2>
            {paragraphs(&status.words)}
            <h2>{tr(lang, "经过", "History")}</h2>
            <Timeline events/>
        }
    })
}

/// The newest answer as a document to keep: by a link where one is signed in, else by number and code, which stand in no address.
fn paper(lang: Lang, status: &Status, door: &Door) -> AnyView {
    let words = tr(lang, "下载答复意见书（PDF）", "The answer as a document (PDF)");
    match door.clone() {
        Door::Mine => view! { <p><a href=url::my_complaint_reply(status.id)>{words}</a></p> }.into_any(),
        Door::Code(number, code) => view! {
            <Form action=url::complaint_reply()>
                <Hidden name="number" value=number/>
                <Hidden name="code" value=code/>
                <Button kind=ButtonKind::Secondary>{words}</Button>
            </Form>
        }
        .into_any(),
    }
}

/// What the person may say now.
fn say(lang: Lang, status: &Status, door: Door, values: Values) -> Option<AnyView> {
    let unclear = status.state == State::Unclear;
    if !(status.may_judge || status.may_review || unclear) {
        return None;
    }
    let (action, number, code) = match door {
        Door::Mine => (url::my_complaint_say(status.id), None, None),
        Door::Code(number, code) => (url::complaint_say(), Some(number), Some(code)),
    };
    let label = if unclear { tr(lang, "补充说明", "Your explanation") } else { tr(lang, "不满意的原因，或申请复查的理由", "Why you are not satisfied, or why it should be reviewed") };
    let (judge, review) = (status.may_judge, status.may_review && status.kind == Kind::Petition);
    Some(
        view! {
            <h2>{if unclear { tr(lang, "补充说明", "Explain") } else { tr(lang, "您对答复满意吗？", "Are you satisfied with the answer?") }}</h2>
            <Form action values>
                {number.map(|number| view! { <Hidden name="number" value=number/> })}
                {code.map(|code| view! { <Hidden name="code" value=code/> })}
                <TextArea name="why" label optional=!unclear/>
                {judge.then(|| view! {
                    <Button name="say" value="satisfied">{tr(lang, "满意", "Yes")}</Button>
                    <Button kind=ButtonKind::Secondary name="say" value="unsatisfied">{tr(lang, "不满意，请重办", "No: handle it again")}</Button>
                })}
                {review.then(|| view! { <Button kind=ButtonKind::Secondary name="say" value="review">{tr(lang, "申请复查、复核", "Ask for a review")}</Button> })}
                {unclear.then(|| view! { <Button name="say" value="supply">{tr(lang, "提交说明", "Send")}</Button> })}
            </Form>
        }
        .into_any(),
    )
}
