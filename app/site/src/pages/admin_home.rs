//! The administrator's overview: what he may look after.

use leptos::prelude::*;
use platform::Role;
use ui::{Page, Shell, tr, url};

/// Links to the areas that one of the reader's roles opens.
pub fn overview(shell: &Shell, roles: &[Role]) -> String {
    let lang = shell.lang;
    let areas = [
        (&[Role::SystemAdmin][..], url::admin_offices(), tr(lang, "登记处与号源", "Offices and slots"), tr(lang, "办公时间、特殊开放日、放号计划", "Hours, special openings, slot plans")),
        (
            &[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher],
            url::admin_items(),
            tr(lang, "事项", "Items"),
            tr(lang, "实施清单的编制、审核与发布", "Editing, reviewing and publishing items"),
        ),
        (&[Role::SecurityAdmin], url::admin_staff(), tr(lang, "人员与权限", "Staff and roles"), tr(lang, "账号、岗位、动态口令", "Accounts, roles, second factors")),
        (
            &[Role::SecurityAdmin],
            url::admin_registrars(),
            tr(lang, "登记员与联网来源", "Registrars and sources"),
            tr(lang, "登记员资格、哪些数据库已联通", "Qualifications, and which bases answer"),
        ),
        (&[Role::SecurityAdmin], url::admin_tokens(), tr(lang, "接口令牌", "Tokens for programs"), tr(lang, "其他系统的访问权限", "What other systems may do")),
        (&[Role::SystemAdmin], url::admin_calendars(), tr(lang, "工作日历", "Working days"), tr(lang, "导入年度放假安排", "Import the notice of a year")),
        (&[Role::SystemAdmin], url::admin_outbox(), tr(lang, "待发消息", "Outbox"), tr(lang, "发送情况与失败重试", "What is being sent, and what failed")),
        (&[Role::AuditAdmin], url::admin_audit(), tr(lang, "审计日志", "Audit trail"), tr(lang, "谁在何时做了什么", "Who did what, and when")),
    ];
    let areas: Vec<_> = areas
        .into_iter()
        .filter(|(may, ..)| may.iter().any(|role| roles.contains(role)))
        .map(|(_, href, name, what)| view! { <li><a href=href>{name}</a><p class="hint">{what}</p></li> })
        .collect();
    let nothing = areas.is_empty();
    ui::render(shell, Page::staff(tr(lang, "管理", "Administration")), move || {
        view! {
            <h1>{tr(lang, "管理", "Administration")}</h1>
            {nothing.then(|| view! { <p>{tr(lang, "您没有管理方面的权限。", "You have no administrative roles.")}</p> })}
            <ul class="link-list">{areas}</ul>
        }
    })
}
