//! Complaints about organisations: the form for everybody, and the desk's list.

use leptos::prelude::*;
use organizations::supervision::{Complained, Kind as Proceeding};
use ui::{
    Button, Cell, Checkbox, Choice, Column, DataTable, Empty, Field, Form, Hidden, Kind, Page, Pager, Radios, Shell, TextArea, Values, tr, url,
};

/// The form: `code` and `name` are those of the organisation, `key` is that of the form.
pub fn complain(shell: &Shell, code: &str, name: &str, key: &str, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "投诉举报社会组织", "Complain of an organisation");
    let values = values.or("request_key", key).or("kind", "complain");
    let (code, name) = (code.to_owned(), name.to_owned());
    ui::render(shell, Page::public(heading).back(url::organization(&code)).values(&values), move || {
        let key = values.get("request_key").to_owned();
        let kinds = vec![
            Choice::new("complain", tr(lang, "投诉", "Complaint")),
            Choice::new("report", tr(lang, "举报违法行为（保密）", "Report of wrongdoing (kept secret)")),
        ];
        view! {
            <h1>{heading}</h1>
            <p>{name}</p>
            <Form action=url::organization_complain(&code) values>
                <Hidden name="request_key" value=key/>
                <Radios name="kind" legend=tr(lang, "是什么事？", "What is it?") options=kinds/>
                <Field name="title" label=tr(lang, "一句话说明", "In a few words")/>
                <TextArea name="words" label=tr(lang, "具体情况", "What happened?") rows=8 hint=tr(lang, "时间、地点、经过和您的要求，不超过2000字。", "When, where, what, and what you want; at most 2,000 characters.")/>
                <Field name="name" label=tr(lang, "您的姓名", "Your name")/>
                <Field name="phone" label=tr(lang, "您的手机号", "Your mobile number") kind=Kind::Tel hint=tr(lang, "用来告诉您进度。", "We tell you there how far it is.")/>
                <Checkbox name="anonymous" label=tr(lang, "举报不留姓名", "This is a report without my name")/>
                <Button>{tr(lang, "提交", "Send")}</Button>
            </Form>
        }
    })
}

/// The desk's list; `follows` is what the reader may lead a complaint into.
pub fn complaints(shell: &Shell, lines: Vec<Complained>, next: String, follows: Vec<Proceeding>) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "对社会组织的投诉举报", "Complaints about organisations");
    ui::render(shell, Page::staff(heading).back(url::desk_proceedings()), move || {
        let rows = lines
            .into_iter()
            .map(|line| {
                let came = match (line.proceeding, &line.uscc) {
                    (Some(id), _) => Cell::link(url::desk_proceeding(id), tr(lang, "查看处理", "What came of it")),
                    (None, Some(code)) => {
                        let (complaint, number) = (line.complaint.to_string(), line.number.clone());
                        let links: Vec<_> = follows
                            .iter()
                            .map(|kind| {
                                let query = [("kind_of", kind.code()), ("uscc", code), ("complaint", &complaint), ("number", &number)];
                                view! { <li><a href=url::with(url::desk_proceeding_new(), &query)>{kind.name().get(lang).to_owned()}</a></li> }
                            })
                            .collect();
                        Cell::view(view! { <ul class="link-list inline">{links}</ul> })
                    }
                    (None, None) => Cell::text(""),
                };
                vec![Cell::link(url::desk_complaint(line.complaint), line.number), Cell::text(line.name), came]
            })
            .collect();
        let columns = vec![Column::text(tr(lang, "编号", "Number")), Column::text(tr(lang, "社会组织", "Organisation")), Column::text(tr(lang, "转为", "Lead into"))];
        view! {
            <h1>{heading}</h1>
            <DataTable caption=tr(lang, "投诉举报，最近的在前", "Complaints, newest first") columns rows empty=Empty::new(tr(lang, "没有投诉举报。", "There are no complaints."))/>
            <Pager next/>
        }
    })
}
