//! The administrator's overview: what he may look after.

use leptos::prelude::*;
use platform::Role;
use ui::{Page, Shell, tr, url};

/// An area that a service adds to the overview.
pub struct Area {
    /// Any of these roles opens it.
    pub may: &'static [Role],
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub name: &'static str,
    /// What is done there, in one line.
    pub what: &'static str,
}

/// Links to the areas that one of the reader's roles opens; those `of_services` come last.
pub fn overview(shell: &Shell, roles: &[Role], of_services: Vec<Area>) -> String {
    let lang = shell.lang;
    let areas = [
        (&[Role::SystemAdmin][..], url::admin_offices(), tr(lang, "办事处与号源", "Offices and slots"), tr(lang, "办公时间、特殊开放日、放号计划", "Hours, special openings, slot plans")),
        (&[Role::SystemAdmin], url::admin_releases(), tr(lang, "定时放号", "Timed releases"), tr(lang, "热门日期的排队与抽签", "Order or draw for sought-after days")),
        (
            &[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher],
            url::admin_items(),
            tr(lang, "事项", "Items"),
            tr(lang, "实施清单的编制、审核与发布", "Editing, reviewing and publishing items"),
        ),
        (&[Role::SecurityAdmin], url::admin_staff(), tr(lang, "人员与权限", "Staff and roles"), tr(lang, "账号、岗位、动态口令", "Accounts, roles, second factors")),
        (&[Role::SecurityAdmin], url::admin_tokens(), tr(lang, "接口令牌", "Tokens for programs"), tr(lang, "其他系统的访问权限", "What other systems may do")),
        (
            &[Role::SystemAdmin, Role::SecurityAdmin],
            url::admin_licences(),
            tr(lang, "电子证照", "Electronic licences"),
            tr(lang, "目录上报情况、依法调用的系统", "Reports to the catalogue above, programs that read under a law"),
        ),
        (
            &[Role::Archivist],
            url::licence_stock(),
            tr(lang, "存量证照转换", "Older licences"),
            tr(lang, "录入、两人核对、入库", "Entering, comparing by two persons, loading"),
        ),
        (&[Role::SystemAdmin], url::admin_calendars(), tr(lang, "工作日历", "Working days"), tr(lang, "导入年度放假安排", "Import the notice of a year")),
        (
            &[Role::SystemAdmin],
            url::admin_succession(),
            tr(lang, "区划并入", "Merged regions"),
            tr(lang, "在办件移交继受区划", "Open cases follow to the successor"),
        ),
        (&[Role::SystemAdmin], url::admin_outbox(), tr(lang, "待发消息", "Outbox"), tr(lang, "发送情况与失败重试", "What is being sent, and what failed")),
        (&[Role::SystemAdmin], url::admin_signs(), tr(lang, "机关代字", "Signs of authorities"), tr(lang, "文号前的机关代字", "What stands before document numbers")),
        (&[Role::Supervisor, Role::Head], url::supervision(), tr(lang, "电子监察", "Supervision"), tr(lang, "亮灯、发牌、答复", "Lights, cards, answers")),
        (&Role::ALL, url::my_cards(), tr(lang, "我收到的监察牌", "Cards that I received"), tr(lang, "查看并答复", "Read and answer them")),
        (&[Role::Archivist], url::archive(), tr(lang, "归档", "Archive"), tr(lang, "待归档办件、归档包、校验", "What is due, packages, verification")),
        (&[Role::AuditAdmin], url::admin_audit(), tr(lang, "审计日志", "Audit trail"), tr(lang, "谁在何时做了什么", "Who did what, and when")),
    ];
    let areas: Vec<_> = areas
        .into_iter()
        .chain(of_services.into_iter().map(|area| (area.may, area.href, area.name, area.what)))
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
