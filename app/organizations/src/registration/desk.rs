//! The register of an authority as its staff read it.

use leptos::prelude::*;
use organizations::{Entry, Head, OrganizationId, Private, Status};
use ui::{Button, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Method, Page, Pager, Select, Shell, Values, tr, url};

use super::tone;

/// The list; `text` and `status` are what was looked for.
pub fn list(shell: &Shell, found: Vec<Head>, next: Option<OrganizationId>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "社会组织登记", "Register of organisations");
    ui::render(shell, Page::staff(title).back(url::desk()), move || {
        let columns = vec![
            Column::text(tr(lang, "名称", "Name")),
            Column::text(tr(lang, "统一社会信用代码", "Credit code")),
            Column::text(tr(lang, "类型", "Kind")),
            Column::text(tr(lang, "状态", "Status")),
            Column::text(tr(lang, "法定代表人", "Legal representative")),
        ];
        let rows = found
            .into_iter()
            .map(|head| {
                vec![
                    Cell::link(url::desk_organization(head.id), head.name),
                    Cell::text(head.uscc.unwrap_or_default()),
                    Cell::text(head.kind.name().get(lang)),
                    Cell::tag(tone(head.status), head.status.name().get(lang)),
                    Cell::text(head.legal_representative),
                ]
            })
            .collect();
        let statuses: Vec<Choice> = Status::ALL.into_iter().map(|status| Choice::new(status.code(), status.name().get(lang))).collect();
        let query = [("text", values.get("text").to_owned()), ("status", values.get("status").to_owned())];
        let next = next.map(|id| url::with(url::desk_organizations(), &[("text", &query[0].1), ("status", &query[1].1), ("before", &id.to_string())]));
        view! {
            <h1>{title}</h1>
            <Form action=url::desk_organizations() method=Method::Get values class="inline">
                <Field name="text" label=tr(lang, "全称或者统一社会信用代码", "Whole name or credit code") optional=true/>
                <Select name="status" label=tr(lang, "状态", "Status") options=statuses empty=tr(lang, "全部", "All") optional=true/>
                <Button>{tr(lang, "查找", "Find")}</Button>
            </Form>
            <DataTable caption=tr(lang, "本机关登记的组织，最近的在前", "Organisations of this authority, newest first") columns rows
                empty=Empty::new(tr(lang, "没有符合条件的组织。", "There is none."))/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}

/// One organisation with what is kept beside the public data.
pub fn view(shell: &Shell, entry: Entry, private: Private) -> String {
    let lang = shell.lang;
    let heading = entry.head.name.clone();
    ui::render(shell, Page::staff(heading.clone()).back(url::desk_organizations()), move || {
        let (head, content) = (entry.head, entry.content);
        let code = head.uscc.clone().unwrap_or_default();
        let version = content.certificate.as_ref().map_or_else(String::new, |certificate| format!("{} / {}", certificate.no, certificate.version));
        let facts = vec![
            Fact::new(tr(lang, "统一社会信用代码", "Credit code"), code.clone()),
            Fact::new(tr(lang, "状态", "Status"), head.status.name().get(lang)),
            Fact::new(tr(lang, "类型", "Kind"), head.kind.name().get(lang)),
            Fact::new(tr(lang, "业务范围", "Scope"), content.scope.clone()),
            Fact::new(tr(lang, "住所", "Address"), content.address.clone()),
            Fact::new(tr(lang, "注册资金", "Registered funds"), format!("{} {}", content.funds, tr(lang, "元", "yuan"))),
            Fact::new(tr(lang, "业务主管单位", "Supervising unit"), content.supervisor.clone()),
            Fact::new(tr(lang, "法定代表人", "Legal representative"), content.legal_representative.clone()),
            Fact::new(tr(lang, "证书 / 版本", "Certificate / version"), version),
        ];
        let kept = vec![
            Fact::new(tr(lang, "法定代表人身份证号码", "Identity number of the legal representative"), private.legal_representative_no),
            Fact::new(tr(lang, "联系人", "Whom to call"), private.contact_name),
            Fact::new(tr(lang, "联系电话", "Telephone"), private.contact_phone),
        ];
        view! {
            <h1>{heading}</h1>
            <Facts items=facts/>
            <h2>{tr(lang, "不公开的信息", "What is not public")}</h2>
            <Facts items=kept/>
            <p><a href=url::organization(&code)>{tr(lang, "公开页面、变更记录", "The public page and its history")}</a></p>
            <p><a href=url::with(url::desk_proceedings(), &[("uscc", &code)])>{tr(lang, "监督管理", "Supervision")}</a></p>
        }
    })
}
