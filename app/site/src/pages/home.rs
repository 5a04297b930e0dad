//! The home page: understood in five seconds.

use islands::SearchBox;
use kernel::{Day, Lang, Text};
use leptos::prelude::*;
use ui::{Button, Form, Glyph, Icon, Method, Page, Shell, Who, tr, url};

/// What the home page shows besides its frame.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// What most people come for, in that order.
    pub services: Vec<ServiceLink>,
    /// Everything else in the catalogue: name and guide.
    pub more: Vec<(Text, String)>,
    /// The newest notices of whoever is signed in.
    pub notices: Vec<HomeNotice>,
}

/// A service as a plain link, with what people come for.
#[derive(Clone, Debug)]
pub struct ServiceLink {
    /// Its name.
    pub name: Text,
    /// Where it leads.
    pub href: String,
    /// The two things most people want of it: words and address.
    pub wanted: Vec<(Text, String)>,
}

impl ServiceLink {
    /// An item that can be booked: its guide, a booking, what to bring.
    pub fn bookable(name: Text, impl_code: &str) -> Self {
        let wanted = vec![
            (Text::fixed("预约办理时间", "Book a time"), url::book(impl_code)),
            (Text::fixed("要带什么、去哪里", "What to bring, where to go"), url::item(impl_code)),
        ];
        Self { name, href: url::item(impl_code), wanted }
    }

    /// An item for which no time is booked: its guide.
    pub fn guided(name: Text, impl_code: &str) -> Self {
        let wanted = vec![(Text::fixed("要带什么、去哪里", "What to bring, where to go"), url::item(impl_code))];
        Self { name, href: url::item(impl_code), wanted }
    }
}

/// A dated line.
#[derive(Clone, Debug)]
pub struct HomeNotice {
    /// When it was told.
    pub day: Day,
    /// What it says.
    pub title: Text,
    /// Where all of it is; empty if the line is all.
    pub href: String,
}

/// The page.
pub fn page(shell: &Shell, home: &Home) -> String {
    let lang = shell.lang;
    let (services, notices) = (services(lang, home), notices(lang, home));
    let (mine, phone) = (mine(shell), phone(shell));
    let region = shell.site.region.get(lang).to_owned();
    ui::render(shell, Page::public("").wide().indexed(), move || {
        view! {
            <section class="home-head">
                {(!region.is_empty()).then(|| view! { <p class="home-region"><Icon glyph=Glyph::Pin/>{region}</p> })}
                <h1>{tr(lang, "您要办什么事？", "What do you need to do?")}</h1>
                {search(lang)}
            </section>
            {mine}
            {services}
            <div class="home-foot">{notices}{phone}</div>
        }
    })
}

fn search(lang: Lang) -> AnyView {
    view! {
        <Form action=url::search("") method=Method::Get class="search">
            <SearchBox lang label=tr(lang, "搜索事项、办事地点", "Search services and offices").to_owned() value=String::new()
                hint=tr(lang, "例如：结婚登记、jhdj、补领结婚证", "For example: marriage, 结婚登记, jhdj").to_owned()/>
            <Button><Icon glyph=Glyph::Search/>{tr(lang, "搜索", "Search")}</Button>
        </Form>
    }
    .into_any()
}

/// One's own matters, when signed in.
fn mine(shell: &Shell) -> Option<AnyView> {
    let lang = shell.lang;
    let (href, title, line, notices) = match &shell.who {
        Who::Nobody => return None,
        Who::Citizen { .. } => (
            url::me(),
            tr(lang, "我的事", "My matters"),
            tr(lang, "看预约、证件和办理进度", "Your bookings, certificates and progress"),
            url::notices(),
        ),
        Who::Staff { desk: true, .. } => {
            (url::desk(), tr(lang, "工作台", "Desk"), tr(lang, "今天的预约和现场受理", "Today’s bookings and walk-ins"), url::desk_notices())
        }
        who @ Who::Staff { .. } => (who.start(), tr(lang, "工作台", "Desk"), tr(lang, "等您办理的事", "What waits for you"), url::desk_notices()),
    };
    let unread = (shell.unread > 0).then(|| super::notices::unread(lang, shell.unread));
    Some(
        view! {
            <section class="home-mine">
                <h2><a href=href>{title}</a></h2>
                <p>{line}</p>
                {unread.map(|words| view! { <p><a href=notices>{words}</a></p> })}
            </section>
        }
        .into_any(),
    )
}

fn services(lang: Lang, home: &Home) -> AnyView {
    let rows: Vec<_> = home
        .services
        .iter()
        .map(|service| {
            let wanted: Vec<_> = service
                .wanted
                .iter()
                .map(|(words, href)| view! { <li><a href=href.clone()>{words.get(lang).to_owned()}</a></li> })
                .collect();
            view! {
                <li>
                    <h3><a href=service.href.clone()>{service.name.get(lang).to_owned()}</a></h3>
                    <ul>{wanted}</ul>
                </li>
            }
        })
        .collect();
    view! {
        <section class="home-services" aria-labelledby="services">
            <h2 id="services">{tr(lang, "可以办的事", "What you can do here")}</h2>
            <ul class="service-list">
                {rows}
                <li>
                    <h3><a href=url::check()>{tr(lang, "核验证件", "Check a certificate")}</a></h3>
                    <ul><li>{tr(lang, "有没有效，当场就知道", "Valid or not, at once")}</li></ul>
                </li>
                <li>
                    <h3><a href=url::help()>{tr(lang, "办事问答", "Questions and answers")}</a></h3>
                    <ul><li><a href=url::self_check()>{tr(lang, "先查一查能不能办、带什么、哪天能来", "Check what applies to you, what to bring, and from when")}</a></li></ul>
                </li>
                <li>
                    <h3><a href=url::offices()>{tr(lang, "办事地点", "Offices")}</a></h3>
                    <ul><li>{tr(lang, "地址、电话、办公时间", "Addresses, telephones, opening hours")}</li></ul>
                </li>
            </ul>
            {more(lang, home)}
        </section>
    }
    .into_any()
}

fn more(lang: Lang, home: &Home) -> Option<AnyView> {
    let rows: Vec<_> =
        home.more.iter().map(|(name, href)| view! { <li><a href=href.clone()>{name.get(lang).to_owned()}</a></li> }).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h2 id="more">{tr(lang, "其他事项", "Everything else")}</h2>
            <ul class="service-more" aria-labelledby="more">{rows}</ul>
        }
        .into_any()
    })
}

fn notices(lang: Lang, home: &Home) -> Option<AnyView> {
    if home.notices.is_empty() {
        return None;
    }
    let rows: Vec<_> = home
        .notices
        .iter()
        .map(|notice| {
            let title = notice.title.get(lang).to_owned();
            let words = if notice.href.is_empty() { title.into_any() } else { view! { <a href=notice.href.clone()>{title}</a> }.into_any() };
            view! { <li><time datetime=notice.day.to_string()>{notice.day.short(lang)}</time>{words}</li> }
        })
        .collect();
    Some(
        view! {
            <section class="home-notices" aria-labelledby="notices">
                <h2 id="notices">{tr(lang, "我的通知", "My notices")}</h2>
                <ul>{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn phone(shell: &Shell) -> Option<AnyView> {
    let (lang, number) = (shell.lang, shell.site.phone.clone());
    (!number.is_empty()).then(|| {
        view! {
            <section class="home-phone" aria-labelledby="phone">
                <h2 id="phone">{tr(lang, "找人帮忙", "Talk to a person")}</h2>
                <p><a class="phone" href=url::telephone(&number)><Icon glyph=Glyph::Phone/>{number.clone()}</a></p>
                <p>{tr(lang, "也可以带身份证到任何窗口办理。", "Or come to any counter with your identity card.")}</p>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p11_the_large_type_switch_is_the_second_stop_after_the_skip_link() {
        let html = page(&Shell::sample(Lang::Zh), &Home::default());
        let stops: Vec<usize> = ["class=\"skip\"", "class=\"brand\"", "name=\"mode\""].iter().map(|s| html.find(s).expect("is there")).collect();
        assert!(stops.is_sorted(), "{stops:?}");
        let between = &html[stops[1]..stops[2]];
        assert_eq!(between.matches("<a ").count() + between.matches("<button").count(), 1, "only the switch itself: {between}");
    }

    #[test]
    fn it_is_small() {
        let html = page(&Shell::sample(Lang::Zh), &Home::default());
        assert!(html.len() < 30_000, "{} bytes", html.len());
    }
}
