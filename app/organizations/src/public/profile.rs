//! The entry of an organisation: what it is, as of when, what happened to it, and proof of it.

use kernel::{Day, Issue, Lang};
use leptos::prelude::*;
use organizations::public::{self, FIELDS, Profile, Said};
use organizations::{Head, Status};
use ui::{Button, ButtonKind, Fact, Facts, Field, Form, Hidden, Kind, Method, Notice, Page, Pager, Shell, StatusTag, Timeline, Tone, Values, tr, url};

use super::told;

/// How a status is marked.
fn tone(status: Status) -> Tone {
    match status {
        Status::Active => Tone::Good,
        Status::Preparing | Status::Examined => Tone::Plain,
        Status::Suspended | Status::Liquidating => Tone::Mind,
        Status::Deregistered | Status::Withdrawn | Status::Revoked | Status::FraudUndone => Tone::Bad,
    }
}

/// The page of an organisation.
pub fn page(shell: &Shell, profile: Profile, values: Values) -> String {
    let lang = shell.lang;
    let name = profile.said.as_ref().map_or_else(|| profile.head.name.clone(), |said| said.version.content.name.clone());
    let page = Page::public(name.clone()).values(&values).back(url::search(""));
    // What stood on a past day is not what a search engine should show.
    let page = if profile.on.is_none() { page.indexed() } else { page };
    ui::render(shell, page, move || {
        let Profile { head, on, said, first_recorded, at } = profile;
        let code = head.uscc.clone().unwrap_or_default();
        let when = match on {
            Some(day) => past(lang, day, &code),
            None => view! { <p class="hint">{format!("{}{}", tr(lang, "查询时刻：", "As of "), ui::moment(lang, at))}</p> }.into_any(),
        };
        let marks = said.as_ref().map(|said| marks(lang, &head, on, said));
        let body = match said {
            Some(said) => entry(lang, &head, said),
            None => unknown_then(lang, first_recorded.day()),
        };
        let proof = proof(lang, &code, on);
        let tell = (on.is_none()).then(|| follow(lang, &code, values.clone()));
        view! {
            <h1>{name}</h1>
            {marks}
            <p>{tr(lang, "统一社会信用代码：", "Credit code: ")}<strong class="number whole">{code.clone()}</strong></p>
            {when}
            {as_of(lang, &code, on, values.clone())}
            {body}
            {proof}
            {tell}
            {elsewhere(lang, &code)}
        }
    })
}

fn past(lang: Lang, day: Day, code: &str) -> AnyView {
    let words = match lang {
        Lang::Zh => format!("这是截至{}已经记录的登记信息。生效日期在旁注明，可能早于或者晚于记录日期。", day.zh_plain()),
        Lang::En => format!("This is what had been recorded by the end of {}. From when it takes effect stands beside it and may be earlier or later.", day.en_plain()),
    };
    let now = url::organization(code);
    view! {
        <Notice tone=Tone::Mind title=tr(lang, "您在看过去的登记信息", "You are looking at the past")>
            <p>{words}" "<a href=now>{tr(lang, "看现在的", "See it as it is now")}</a></p>
        </Notice>
    }
    .into_any()
}

fn unknown_then(lang: Lang, first: Day) -> AnyView {
    let words = match lang {
        Lang::Zh => format!("登记系统到这一天为止还没有记录该组织；最早的记录在{}。", first.zh_plain()),
        Lang::En => format!("Nothing had been recorded of it by that day; the first record is of {}.", first.en_plain()),
    };
    view! { <Notice tone=Tone::Plain title=tr(lang, "当时没有记录", "Not recorded then")><p>{words}</p></Notice> }.into_any()
}

/// Asks for another day.
fn as_of(lang: Lang, code: &str, on: Option<Day>, values: Values) -> AnyView {
    let values = values.or("on", on.map(|day| day.to_string()).unwrap_or_default());
    let action = url::organization(code);
    view! {
        <Form action method=Method::Get values class="inline" id="as-of">
            <Field name="on" label=tr(lang, "看某一天的登记信息", "See it as of a day") kind=Kind::Date/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "查看", "Show")}</Button>
        </Form>
    }
    .into_any()
}

/// Its status, and today's lists and qualifications.
fn marks(lang: Lang, head: &Head, on: Option<Day>, said: &Said) -> AnyView {
    let status = said.version.content.status;
    let word = status.name().get(lang).to_owned();
    let mut marks = vec![view! { <StatusTag tone=tone(status) word/> }.into_any()];
    if on.is_none() {
        let flags = head.flags;
        let mut add = |yes: bool, tone, word: String| {
            if yes {
                marks.push(view! { " "<StatusTag tone word/> }.into_any());
            }
        };
        add(!flags.list.code().is_empty(), Tone::Bad, flags.list.name().get(lang).to_owned());
        add(flags.charity, Tone::Good, tr(lang, "慈善组织", "Charity").to_owned());
        add(flags.fundraising, Tone::Good, tr(lang, "具有公开募捐资格", "May raise funds in public").to_owned());
        add(flags.level > 0, Tone::Good, format!("{} {}", tr(lang, "评估等级", "Evaluation"), public::level(flags.level)));
    }
    view! { <p class="marks">{marks}</p> }.into_any()
}

fn entry(lang: Lang, head: &Head, said: Said) -> AnyView {
    let content = &said.version.content;
    let mut facts: Vec<Fact> = FIELDS
        .iter()
        .filter(|field| !matches!(field.code, "name" | "status"))
        .map(|field| (field.name(), field.of(content)))
        .filter(|(_, value)| !value.get(lang).is_empty())
        .map(|(name, value)| Fact::new(name.get(lang), value.get(lang)))
        .collect();
    facts.push(Fact::new(tr(lang, "生效日期", "In effect from"), ui::date(lang, said.version.effective_on)));
    facts.push(Fact::new(tr(lang, "记录时间", "Recorded"), ui::moment(lang, said.version.recorded_at)));
    let supervision = told::sections(lang, &said.facts);
    let code = head.uscc.clone().unwrap_or_default();
    let older = match said.history.last() {
        Some(last) if said.more => url::with(url::organization_history(&code), &[("before", &last.version.to_string())]),
        _ => String::new(),
    };
    let history = told::events(lang, said.history);
    view! {
        <section id="base"><h2>{tr(lang, "登记信息", "Base data")}</h2><Facts items=facts/>
            <p class="hint">{tr(lang, "自然人只公示法定代表人姓名。", "Of people only the name of the legal representative is public.")}</p>
        </section>
        {supervision}
        <section id="history"><h2>{tr(lang, "变更历史", "History")}</h2><Timeline events=history/><Pager next=older/></section>
    }
    .into_any()
}

/// A signed extract of what the page says.
fn proof(lang: Lang, code: &str, on: Option<Day>) -> AnyView {
    let action = url::organization_extract(code);
    let day = on.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <section id="proof">
            <h2>{tr(lang, "开具证明", "Proof")}</h2>
            <p>{tr(lang, "提取件载明上面的登记信息，有编号和电子签名，可供他人核验。", "An extract tells what stands above, with a number and a signature that others can check.")}</p>
            <Form action><Hidden name="on" value=day/><Button>{tr(lang, "出具签名提取件", "Get a signed extract")}</Button></Form>
        </section>
    }
    .into_any()
}

fn follow(lang: Lang, code: &str, values: Values) -> AnyView {
    let action = url::organization_follow(code);
    view! {
        <section id="follow">
            <h2>{tr(lang, "变更时告诉我", "Tell me when it changes")}</h2>
            <Form action values>
                <Field name="email" label=tr(lang, "电子邮箱", "E-mail address") kind=Kind::Email
                    hint=tr(lang, "我们先发一封确认邮件；随时可以退订，退订后不留您的邮箱。", "We send a mail to confirm first. You can stop at any time; your address is deleted then.")/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "发送确认邮件", "Send me the mail")}</Button>
            </Form>
        </section>
    }
    .into_any()
}

/// What else can be done with it, and the other lists.
fn elsewhere(lang: Lang, code: &str) -> AnyView {
    let links = [
        (url::organization_complain(code), tr(lang, "投诉举报该组织", "Complain of it")),
        (url::announcements(), tr(lang, "登记公告", "Announcements")),
        (url::illegal_organizations(), tr(lang, "非法社会组织名单", "Illegal organisations")),
        (url::organization_name_check(), tr(lang, "名称自查", "Check a name")),
        (url::register_data(), tr(lang, "全部登记信息的数据文件", "Daily files of the whole register")),
    ];
    let links: Vec<_> = links.into_iter().map(|(href, word)| view! { <li><a href=href>{word}</a></li> }).collect();
    view! { <section id="elsewhere"><h2>{tr(lang, "相关服务", "See also")}</h2><ul class="link-list">{links}</ul></section> }.into_any()
}

/// Older versions of an entry.
pub fn history(shell: &Shell, head: Head, steps: Vec<public::Step>, more: bool) -> String {
    let lang = shell.lang;
    let code = head.uscc.clone().unwrap_or_default();
    let title = format!("{} · {}", tr(lang, "变更历史", "History"), head.name);
    let page = Page::public(title.clone()).back(url::organization(&code));
    ui::render(shell, page, move || {
        let next = match steps.last() {
            Some(last) if more => url::with(url::organization_history(&code), &[("before", &last.version.to_string())]),
            _ => String::new(),
        };
        let events = told::events(lang, steps);
        view! { <h1>{title}</h1><Timeline events/><Pager next/> }
    })
}

/// Nobody has the code, or it is none: why, and the ways on.
pub fn unknown(shell: &Shell, typed: &str, issues: Vec<Issue>) -> String {
    let lang = shell.lang;
    let shown: String = typed.chars().take(64).collect();
    let title = tr(lang, "没有查到", "Not found");
    let phone = shell.site.phone.clone();
    ui::render(shell, Page::public(title).back(url::search("")), move || {
        let lines: Vec<_> = issues.iter().map(|issue| view! { <p>{issue.text(lang).to_owned()}" "<span class="code">{issue.code.to_string()}</span></p> }).collect();
        let search = url::search(&shown);
        view! {
            <h1>{title}</h1>
            <Notice tone=Tone::Mind title=shown.clone()>{lines}</Notice>
            <h2>{tr(lang, "您可以", "What you can do")}</h2>
            <ul>
                <li><a href=search>{tr(lang, "按名称或者部分代码搜索", "Search by name or part of the code")}</a></li>
                <li>{tr(lang, "代码共18位，没有字母 I、O、S、V、Z；请对照证书再看一遍。", "A code has 18 characters and never I, O, S, V or Z: compare it with the certificate.")}</li>
                {(!phone.is_empty()).then(|| view! { <li>{tr(lang, "怀疑是非法社会组织，请拨打 ", "If it may be illegal, call ")}<a href=url::telephone(&phone)>{phone.clone()}</a></li> })}
            </ul>
        }
    })
}
