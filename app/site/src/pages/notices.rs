//! Notices: the list, one of them, and what one wants to be told by which way.

use kernel::{Instant, Lang};
use leptos::prelude::*;
use notices::ops::{Found, Opened, Preferences, Search, Summary, UNREAD_MOST};
use notices::{Channel, Delivered, State, Topic};
use ui::{
    Button, ButtonKind, Checkbox, Checkboxes, Choice, Fact, Facts, Form, LinkButton, Page, Pager, Radios, Shell, StatusTag, Tab, Tabs, Tone,
    Values, Who, tr, url,
};

/// In the frame that belongs to the reader.
fn frame(shell: &Shell, title: &str) -> Page {
    match shell.who {
        Who::Staff { .. } => Page::staff(title),
        Who::Citizen { .. } | Who::Nobody => Page::public(title),
    }
}

/// Where the reader's list is.
fn home(shell: &Shell) -> String {
    match shell.who {
        Who::Staff { .. } => url::desk_notices(),
        Who::Citizen { .. } | Who::Nobody => url::notices(),
    }
}

fn is_staff(shell: &Shell) -> bool {
    matches!(shell.who, Who::Staff { .. })
}

/// `7`, or `99+`.
fn bounded(count: i64) -> String {
    if count >= UNREAD_MOST { format!("{}+", UNREAD_MOST - 1) } else { count.to_string() }
}

/// How many are unread, in words.
pub(super) fn unread(lang: Lang, count: i64) -> String {
    lang.pick(format!("{}条未读通知", bounded(count)), if count == 1 { "1 unread notice".to_owned() } else { format!("{} unread notices", bounded(count)) })
}

/// The list, newest first.
pub fn list(shell: &Shell, search: Search, found: Found) -> String {
    let (lang, staff, base) = (shell.lang, is_staff(shell), home(shell));
    let title = if staff { tr(lang, "工作提醒", "Notices for your work") } else { tr(lang, "我的通知", "My notices") };
    let tabs = tabs(lang, &base, search, &found);
    let next = found.next.map(|last| address(&base, Search { before: Some(last), ..search })).unwrap_or_default();
    let newest = search.before.map(|_| address(&base, Search { before: None, ..search }));
    let unread = found.unread;
    let notices = found.notices;
    let page = frame(shell, title);
    let page = if staff { page } else { page.back(url::me()) };
    ui::render(shell, page, move || {
        view! {
            <h1>{title}</h1>
            <div class="notices-head">
                <p>{if unread == 0 {
                    tr(lang, "没有未读的通知。", "You have read everything.").to_owned()
                } else {
                    self::unread(lang, unread)
                }}</p>
                {(unread > 0).then(|| view! {
                    <Form action=if staff { url::desk_notices_read() } else { url::notices_read() } class="inline">
                        <Button kind=ButtonKind::Secondary>{tr(lang, "全部标为已读", "Mark all as read")}</Button>
                    </Form>
                })}
                {(!staff).then(|| view! { <a href=url::notice_preferences()>{tr(lang, "通知设置", "Settings")}</a> })}
            </div>
            <Tabs label=tr(lang, "按类型查看", "By topic") items=tabs/>
            {notices.is_empty().then(|| empty(lang, search))}
            <ul class="notices">{notices.into_iter().map(|notice| row(lang, staff, notice)).collect::<Vec<_>>()}</ul>
            {newest.map(|href| view! { <p><a href=href>{tr(lang, "回到最新", "Back to the newest")}</a></p> })}
            <Pager next/>
        }
    })
}

/// The list with this search; what is not asked for is left out.
fn address(base: &str, search: Search) -> String {
    let before = search.before.map(|id| id.to_string());
    let mut query = Vec::new();
    query.extend(search.topic.map(|topic| ("topic", topic.code())));
    query.extend(search.unread.then_some(("unread", "yes")));
    query.extend(before.as_deref().map(|before| ("before", before)));
    url::with(base.to_owned(), &query)
}

fn tabs(lang: Lang, base: &str, search: Search, found: &Found) -> Vec<Tab> {
    let of = |topic, unread| Search { topic, unread, before: None };
    let shown = |other: Search| Search { before: None, ..search } == other;
    let (all, unread) = (of(None, false), of(None, true));
    let mut tabs = vec![
        Tab::new(tr(lang, "全部", "All"), address(base, all), shown(all)),
        Tab::new(tr(lang, "未读", "Unread"), address(base, unread), shown(unread)),
    ];
    tabs.extend(found.counts.iter().map(|(topic, count)| {
        let one = of(Some(*topic), false);
        Tab::new(topic.facts().name().get(lang), address(base, one), shown(one)).count(count.unsigned_abs())
    }));
    tabs
}

fn empty(lang: Lang, search: Search) -> AnyView {
    let words = match search {
        Search { before: Some(_), .. } => tr(lang, "没有更早的通知了。", "There are no older notices."),
        Search { unread: true, .. } => tr(lang, "都读过了。", "Everything has been read."),
        Search { topic: Some(_), .. } => tr(lang, "这一类还没有通知。", "Nothing under this topic yet."),
        Search { .. } => tr(lang, "还没有通知。预约、办件有进展时，会记在这里。", "Nothing yet. What happens with your bookings and matters will stand here."),
    };
    view! { <p class="empty">{words}</p> }.into_any()
}

fn row(lang: Lang, staff: bool, notice: Summary) -> AnyView {
    let href = if staff { url::desk_notice(notice.id) } else { url::notice(notice.id) };
    view! {
        <li class=if notice.read { "notice-row" } else { "notice-row unread" }>
            <p class="notice-line">
                <a href=href>{notice.words.title.get(lang).to_owned()}</a>
                {(!notice.read).then(|| view! { <StatusTag tone=Tone::Mind word=tr(lang, "未读", "Unread")/> })}
            </p>
            <p class="hint">{notice.topic.facts().name().get(lang).to_owned()}" · "{ui::moment(lang, notice.told_at)}</p>
        </li>
    }
    .into_any()
}

/// One notice, with how it went out.
pub fn show(shell: &Shell, opened: Opened) -> String {
    let (lang, base, staff) = (shell.lang, home(shell), is_staff(shell));
    let Opened { notice, deliveries } = opened;
    let read = (!notice.read).then(|| if staff { url::desk_notice_read(notice.id) } else { url::notice_read(notice.id) });
    let title = notice.words.title.get(lang).to_owned();
    let paragraphs: Vec<_> =
        notice.words.body.get(lang).lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    let facts = vec![
        Fact::new(tr(lang, "时间", "When"), ui::moment(lang, notice.told_at)),
        Fact::new(tr(lang, "类型", "Topic"), notice.topic.facts().name().get(lang).to_owned()),
    ];
    ui::render(shell, frame(shell, &title).back(base), move || {
        view! {
            <h1>{title.clone()}</h1>
            {paragraphs}
            {notice.link.map(|link| view! { <p><LinkButton href=url::local(&link)>{tr(lang, "去看看", "Go to it")}</LinkButton></p> })}
            {read.map(|action| view! {
                <Form action class="inline"><Button kind=ButtonKind::Secondary>{tr(lang, "知道了，标为已读", "Mark as read")}</Button></Form>
            })}
            <Facts items=facts/>
            {sent(lang, deliveries)}
        }
    })
}

fn sent(lang: Lang, deliveries: Vec<Delivered>) -> Option<AnyView> {
    if deliveries.is_empty() {
        return None;
    }
    let here = Fact::new(tr(lang, "本页", "This page"), tr(lang, "已显示", "Shown"));
    let channels = deliveries.into_iter().map(|delivery| {
        let address = delivery.address.map(|address| format!("{address}　")).unwrap_or_default();
        Fact::new(delivery.channel.name().get(lang).to_owned(), format!("{address}{}", state(lang, delivery.state)))
    });
    let facts: Vec<_> = std::iter::once(here).chain(channels).collect();
    Some(view! { <h2>{tr(lang, "送达情况", "How it reached you")}</h2><Facts items=facts/> }.into_any())
}

fn state(lang: Lang, state: State) -> String {
    let at = |at: Instant| ui::moment(lang, at);
    match state {
        State::Waiting(due) => lang.pick(format!("等待发送，不早于{}", at(due)), format!("waiting, not before {}", at(due))),
        State::Sent(when) => lang.pick(format!("已发送，{}", at(when)), format!("sent, {}", at(when))),
        State::Failed(when, why) => {
            let why = why.words();
            lang.pick(format!("未送达，{}。{}", at(when), why.zh), format!("not delivered, {}. {}", at(when), why.en))
        }
        State::Unwanted => tr(lang, "您已关闭", "switched off by you").to_owned(),
        State::Nowhere => tr(lang, "没有登记号码或地址", "no number or address").to_owned(),
    }
}

/// What the form of the preferences shows.
pub fn preference_values(preferences: &Preferences, lang: Lang) -> Values {
    let chosen = preferences.topics.iter().flat_map(|choice| {
        Channel::ALL.into_iter().filter(|channel| choice.by(*channel)).map(|channel| (choice.topic.code(), channel.code()))
    });
    let quiet = preferences.quiet.then_some(("quiet", "yes"));
    Values::from_pairs(chosen.chain(quiet).chain([("lang", lang.code())]).map(|(name, value)| (name.to_owned(), value.to_owned())))
}

/// The topics that can be switched off, each with its channels. They find what was chosen in the form around them.
fn choosable(lang: Lang) -> Vec<AnyView> {
    let channels = || Channel::ALL.map(|channel| Choice::new(channel.code(), channel.name().get(lang))).to_vec();
    Topic::of_citizens()
        .filter(|topic| !topic.facts().required)
        .map(|topic| {
            let (name, about) = (topic.facts().name(), topic.facts().about());
            view! { <Checkboxes name=topic.code() legend=name.get(lang) hint=about.get(lang) options=channels()/> }.into_any()
        })
        .collect()
}

/// Topics by channels, quiet hours, language of messages.
pub fn preferences(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "通知设置", "Settings of notices");
    let page = Page::public(title).values(&values).back(url::notices());
    let required: Vec<_> = Topic::of_citizens()
        .filter(|topic| topic.facts().required)
        .map(|topic| {
            let facts = topic.facts();
            view! { <li><strong>{facts.name().get(lang).to_owned()}</strong>{tr(lang, "：", ": ")}{facts.about().get(lang).to_owned()}</li> }
        })
        .collect();
    let quiet = notices::quiet();
    let quiet = lang.pick(
        format!("晚上{}到早上{}不发短信和邮件，急事除外", quiet.from, quiet.until),
        format!("No messages from {} to {}, unless it is urgent", quiet.from, quiet.until),
    );
    let languages = vec![Choice::new("zh", "中文"), Choice::new("en", "English")];
    ui::render(shell, page, move || {
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "所有通知都会记在“我的通知”里。这里选择还要怎样告诉您。", "Every notice stands under “My notices”. Choose how else we tell you.")}</p>
            <Form action=url::notice_preferences() values>
                {choosable(lang)}
                <h2>{tr(lang, "始终发送", "Always sent")}</h2>
                <p>{tr(lang, "下列通知涉及您的权利、期限或账号安全，不能关闭。", "These concern your rights, time limits or the safety of your account, and cannot be switched off.")}</p>
                <ul>{required}</ul>
                <h2>{tr(lang, "时间和语言", "Time and language")}</h2>
                <Checkbox name="quiet" label=quiet/>
                <Radios name="lang" legend=tr(lang, "短信和邮件的语言", "Language of messages") options=languages/>
                <Button>{tr(lang, "保存", "Save")}</Button>
            </Form>
        }
    })
}
