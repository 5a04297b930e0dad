//! Staff and their roles, for the security administrator.

use identity::{Enrolment, GrantView, StaffView};
use kernel::Lang;
use leptos::prelude::*;
use platform::Role;
use platform::regions::{Organisation, Region};
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Kind, LinkButton, Notice, Page, Pager, Qr, Select, Shell,
    StatusTag, Tone, Values, Width, tr, url,
};

/// The list, by user name.
pub fn list(shell: &Shell, staff: Vec<StaffView>, next: String) -> String {
    let lang = shell.lang;
    let columns = vec![
        Column::text(tr(lang, "用户名", "User name")),
        Column::text(tr(lang, "姓名", "Name")),
        Column::text(tr(lang, "机构", "Organisation")),
        Column::text(tr(lang, "岗位", "Roles")),
        Column::text(tr(lang, "状态", "State")),
    ];
    let rows = staff.into_iter().map(|person| row(lang, person)).collect();
    ui::render(shell, Page::staff(tr(lang, "人员与权限", "Staff and roles")).back(url::admin()), move || {
        view! {
            <h1>{tr(lang, "人员与权限", "Staff and roles")}</h1>
            <p><LinkButton href=url::admin_staff_new()>{tr(lang, "新增人员", "Add a member of staff")}</LinkButton></p>
            <DataTable caption=tr(lang, "人员", "Staff") columns rows
                empty=Empty::new(tr(lang, "还没有人员。", "There is nobody yet.")).act(url::admin_staff_new(), tr(lang, "新增人员", "Add a member of staff"))/>
            <Pager next/>
        }
    })
}

fn row(lang: Lang, person: StaffView) -> Vec<Cell> {
    let roles: Vec<String> = person.grants.iter().map(|held| held.grant.role.name().get(lang).to_owned()).collect();
    vec![
        Cell::link(url::admin_person(person.id), person.username),
        Cell::text(person.name),
        Cell::text(person.org_name.get(lang)),
        Cell::text(if roles.is_empty() { "—".to_owned() } else { roles.join(lang.pick("、", ", ")) }),
        state(lang, person.suspended_at.is_some()),
    ]
}

fn state(lang: Lang, suspended: bool) -> Cell {
    let (tone, word) = words_of_state(lang, suspended);
    Cell::tag(tone, word)
}

fn words_of_state(lang: Lang, suspended: bool) -> (Tone, &'static str) {
    if suspended { (Tone::Bad, tr(lang, "已停用", "Suspended")) } else { (Tone::Good, tr(lang, "在用", "In use")) }
}

/// Adding somebody: who, where, first password and first role.
pub fn new(shell: &Shell, organisations: Vec<Organisation>, regions: Vec<Region>, values: Values) -> String {
    let lang = shell.lang;
    let page = Page::staff(tr(lang, "新增人员", "Add a member of staff")).values(&values).back(url::admin_staff());
    let organisations = organisations.into_iter().map(|org| Choice::new(&org.uscc, format!("{} {}", org.name.get(lang), org.uscc))).collect();
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "新增人员", "Add a member of staff")}</h1>
            <Form action=url::admin_staff_new() values>
                <Field name="username" label=tr(lang, "用户名", "User name") width=Width::Medium autocomplete="off"
                    hint=tr(lang, "3–32个小写字母、数字、点、横线或下划线。", "3–32 small letters, digits, dots, dashes or underscores.")/>
                <Field name="name" label=tr(lang, "姓名", "Name") width=Width::Medium autocomplete="off"/>
                <Select name="org" label=tr(lang, "所在机构", "Organisation") options=organisations empty=tr(lang, "请选择", "Choose")/>
                <Field name="password" label=tr(lang, "初始密码", "First password") kind=Kind::Password autocomplete="new-password"
                    hint=tr(lang, "至少10个字符，含大写、小写、数字、符号中的三类。", "At least 10 characters of three kinds: capitals, small letters, digits, others.")/>
                {grant_fields(lang, &regions, true)}
                <Button>{tr(lang, "新增", "Add")}</Button>
            </Form>
        }
    })
}

/// The second factor of somebody, shown once.
pub fn enrolment(shell: &Shell, username: &str, enrolment: Enrolment) -> String {
    let lang = shell.lang;
    let username = username.to_owned();
    ui::render(shell, Page::staff(tr(lang, "动态口令", "Second factor")).back(url::admin_staff()), move || {
        view! {
            <h1>{tr(lang, "动态口令", "Second factor")}</h1>
            <Notice tone=Tone::Mind title=tr(lang, "只显示这一次", "Shown only this once")>
                <p>{tr(
                    lang,
                    "请由本人当面用身份验证器应用扫描，离开本页后无法再看。",
                    "The person scans it now with an authenticator app; it cannot be seen again after this page.",
                )}</p>
            </Notice>
            <Facts items=vec![Fact::new(tr(lang, "用户名", "User name"), username), Fact::new(tr(lang, "密钥", "Secret"), enrolment.secret)]/>
            <Qr address=enrolment.url label=tr(lang, "身份验证器二维码", "QR code for the authenticator app")/>
            <p><LinkButton href=url::admin_staff()>{tr(lang, "已扫描，返回列表", "Scanned: back to the list")}</LinkButton></p>
        }
    })
}

/// What ends something for a member of staff, and is asked before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A password for one sign-in.
    Password,
    /// Another second factor.
    Totp,
    /// The end of every session.
    Sessions,
    /// Keeping him out.
    Suspend,
}

impl Act {
    /// In the order of the page.
    const ALL: [Self; 4] = [Self::Password, Self::Totp, Self::Sessions, Self::Suspend];

    /// As it stands in the address.
    fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Totp => "totp",
            Self::Sessions => "sessions",
            Self::Suspend => "suspend",
        }
    }

    /// What it is called, and what follows from it.
    fn words(self, lang: Lang) -> (&'static str, &'static str) {
        match self {
            Self::Password => (
                tr(lang, "发放一次性密码", "Give a one-time password"),
                tr(
                    lang,
                    "原密码、所有登录和个人令牌立即失效。新密码只显示一次，本人首次登录后必须修改。",
                    "The old password, every session and every personal token end at once. The new one is shown once and has to be changed at the first sign-in.",
                ),
            ),
            Self::Totp => (
                tr(lang, "重置动态口令", "New second factor"),
                tr(
                    lang,
                    "原动态口令、所有登录和个人令牌立即失效。请本人在场扫描新的二维码。",
                    "The old one, every session and every personal token end at once. The person has to be here to scan the new code.",
                ),
            ),
            Self::Sessions => (
                tr(lang, "结束所有登录", "End every session"),
                tr(lang, "在所有设备上立即退出，未提交的内容不会保存；可以重新登录。", "Signed out on every device at once; what was not sent is not saved. Signing in again is possible."),
            ),
            Self::Suspend => (
                tr(lang, "停用账号", "Suspend the account"),
                tr(lang, "立即退出并不能再登录，直到恢复使用。岗位保留。", "Signed out at once and kept out until let in again. Roles stay."),
            ),
        }
    }
}

/// The question before such an act.
pub fn confirm(shell: &Shell, person: &StaffView, act: Act) -> String {
    let lang = shell.lang;
    let (title, consequence) = act.words(lang);
    let id = person.id;
    let facts = vec![
        Fact::new(tr(lang, "用户名", "User name"), person.username.clone()),
        Fact::new(tr(lang, "姓名", "Name"), person.name.clone()),
        Fact::new(tr(lang, "机构", "Organisation"), person.org_name.get(lang)),
    ];
    ui::render(shell, Page::staff(title).back(url::admin_person(id)), move || {
        view! {
            <h1>{title}</h1>
            <Facts items=facts/>
            <p>{consequence}</p>
            <Form action=url::admin_person_act(id, act.code())><Button kind=ButtonKind::Danger>{title}</Button></Form>
            <p><LinkButton href=url::admin_person(id) kind=ButtonKind::Secondary>{tr(lang, "不作更改", "Leave it as it is")}</LinkButton></p>
        }
    })
}

/// A password for one sign-in, shown once.
pub fn given_password(shell: &Shell, username: &str, password: String) -> String {
    let lang = shell.lang;
    let title = tr(lang, "一次性密码", "One-time password");
    let facts = vec![Fact::new(tr(lang, "用户名", "User name"), username), Fact::new(tr(lang, "密码", "Password"), password)];
    ui::render(shell, Page::staff(title).back(url::admin_staff()), move || {
        view! {
            <h1>{title}</h1>
            <Notice tone=Tone::Mind title=tr(lang, "只显示这一次", "Shown only this once")>
                <p>{tr(lang, "请当面交给本人；首次登录后必须修改。", "Hand it over in person; it has to be changed at the first sign-in.")}</p>
            </Notice>
            <Facts items=facts/>
            <p><LinkButton href=url::admin_staff()>{tr(lang, "已交付，返回列表", "Handed over: back to the list")}</LinkButton></p>
        }
    })
}

/// One member of staff: roles, another role, suspension, second factor.
pub fn person(shell: &Shell, person: StaffView, regions: Vec<Region>, values: Values) -> String {
    let lang = shell.lang;
    let page = Page::staff(person.name.clone()).values(&values).back(url::admin_staff());
    let (id, suspended) = (person.id, person.suspended_at.is_some());
    let (tone, word) = words_of_state(lang, suspended);
    let facts = vec![
        Fact::new(tr(lang, "用户名", "User name"), person.username.clone()),
        Fact::new(tr(lang, "机构", "Organisation"), person.org_name.get(lang)),
        Fact::view(tr(lang, "状态", "State"), view! { <StatusTag tone word/> }),
    ];
    let (name, grants) = (person.name, person.grants);
    let nothing = grants.is_empty();
    ui::render(shell, page, move || {
        let acts: Vec<_> = Act::ALL
            .into_iter()
            .filter(|act| *act != Act::Suspend || !suspended)
            .map(|act| view! { <li><a href=url::admin_person_act(id, act.code())>{act.words(lang).0}</a></li> })
            .collect();
        let held = grants.into_iter().map(|grant| held_row(lang, id, grant)).collect::<Vec<_>>();
        view! {
            <h1>{name}</h1>
            <Facts items=facts/>
            <h2>{tr(lang, "现有岗位", "Roles held")}</h2>
            {nothing.then(|| view! { <p>{tr(lang, "没有岗位。", "None.")}</p> })}
            <ul class="link-list">{held}</ul>
            <h2>{tr(lang, "授予岗位", "Grant a role")}</h2>
            <Form action=url::admin_person_act(id, "grant") values>
                {grant_fields(lang, &regions, false)}
                <Button>{tr(lang, "授予", "Grant")}</Button>
            </Form>
            <h2>{tr(lang, "账号", "Account")}</h2>
            <ul class="link-list">{acts}</ul>
            {suspended.then(|| view! {
                <Form action=url::admin_person_act(id, "resume") class="inline">
                    <Button kind=ButtonKind::Secondary>{tr(lang, "恢复使用", "Let in again")}</Button>
                </Form>
            })}
        }
    })
}

fn held_row(lang: Lang, staff: platform::StaffId, held: GrantView) -> impl IntoView + use<> {
    let grant = held.grant;
    let mut words = format!("{} · {}", grant.role.name().get(lang), grant.region);
    if let Some(item) = &grant.item {
        words += &format!(" · {item}");
    }
    if let Some(until) = grant.until {
        words += &format!(" · {} {}", tr(lang, "至", "until"), ui::date(lang, until.plus_secs(-1).day()));
    }
    let label = format!("{} {words}", tr(lang, "收回", "Revoke"));
    view! {
        <li>
            <span>{words}</span>
            <Form action=url::admin_person_act(staff, "revoke") class="inline">
                <Hidden name="grant" value=held.id.to_string()/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "收回", "Revoke")}<span class="visually-hidden">{label}</span></Button>
            </Form>
        </li>
    }
}

/// Role, region, item and end of a grant.
fn grant_fields(lang: Lang, regions: &[Region], optional: bool) -> impl IntoView + use<> {
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Partner).map(|role| Choice::new(role.code(), role.name().get(lang))).collect();
    let regions = regions.iter().map(|region| Choice::new(region.code, format!("{} {}", region.name, region.code))).collect();
    let none = if optional { tr(lang, "暂不授予", "None for now") } else { tr(lang, "请选择", "Choose") };
    view! {
        <Select name="role" label=tr(lang, "岗位", "Role") options=roles empty=none optional/>
        <Select name="region" label=tr(lang, "区域（含下级）", "Region, with everything below") options=regions/>
        <Field name="item" label=tr(lang, "事项基本编码", "Basic code of the item") width=Width::Medium optional=true
            hint=tr(lang, "12位；不填为全部事项。", "12 characters; empty means every item.")/>
        <Field name="until" label=tr(lang, "截止日期", "Last day") kind=Kind::Date optional=true/>
    }
}
