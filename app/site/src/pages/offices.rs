//! Offices for the public: the list of a region, and one office with its hours.

use booking::hours::{DayRule, Opening, Week};
use booking::{OfficeCard, Profile, WEEKDAYS};
use kernel::{Day, Instant, Lang};
use leptos::prelude::*;
use platform::regions::Region;
use ui::{Cell, Column, DataTable, Empty, Fact, Facts, LinkButton, Page, Shell, Tone, tr, url};

/// The offices of a region.
pub struct List {
    /// From the whole area down to the chosen region.
    pub path: Vec<Region>,
    /// The regions below it.
    pub below: Vec<Region>,
    /// The offices, by code.
    pub offices: Vec<OfficeCard>,
    /// Code after which the next page begins, if there is one.
    pub next: Option<String>,
}

/// The list of offices.
pub fn list(shell: &Shell, data: List) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "办事处", "Offices");
    ui::render(shell, Page::public(heading).indexed(), move || {
        let at = |code: &str| url::with(url::offices(), &[("region", code)]);
        let path: Vec<_> = data.path.iter().map(|region| view! { <li><a href=at(region.code.as_str())>{region.name.clone()}</a></li> }).collect();
        let below: Vec<_> = data.below.iter().map(|region| view! { <li><a href=at(region.code.as_str())>{region.name.clone()}</a></li> }).collect();
        let here = data.path.last().map(|region| region.code.as_str().to_owned()).unwrap_or_default();
        let next = data.next.map(|after| url::with(url::offices(), &[("region", &here), ("after", &after)])).unwrap_or_default();
        let rows = data
            .offices
            .into_iter()
            .map(|office| {
                vec![
                    Cell::link(url::office(&office.code), office.name.get(lang)),
                    Cell::text(office.address.get(lang)),
                    Cell::text(office.phones.join("、")),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "名称", "Name")),
            Column::text(tr(lang, "地址", "Address")),
            Column::text(tr(lang, "电话", "Telephone")),
        ];
        view! {
            <h1>{heading}</h1>
            <nav aria-label=tr(lang, "地区", "Region")>
                <ul class="crumbs">{path}</ul>
                {(!below.is_empty()).then(|| view! { <ul class="chips">{below}</ul> })}
            </nav>
            <DataTable caption=heading columns rows
                empty=Empty::new(tr(lang, "这个地区没有登记的办事处。", "There are no offices in this region.")).act(url::offices(), tr(lang, "查看全部", "See all"))/>
            <ui::Pager next/>
        }
    })
}

/// One office.
pub struct Detail {
    /// The office.
    pub office: OfficeCard,
    /// Today, and whether the office opens.
    pub today: (Day, Opening),
    /// Days to come that differ from the week.
    pub special: Vec<DayRule>,
    /// What is done here, with the item's address where it is booked and the start of the next free place.
    pub business: Vec<(Profile, Option<String>, Option<Instant>)>,
    /// Whether tickets are given out in its hall.
    pub hall: bool,
}

/// The page of an office.
pub fn detail(shell: &Shell, data: Detail) -> String {
    let lang = shell.lang;
    let heading = data.office.name.get(lang).to_owned();
    ui::render(shell, Page::public(heading.clone()).back(url::offices()).indexed(), move || {
        let office = &data.office;
        let phones: Vec<_> = office.phones.iter().map(|phone| view! { <a href=url::telephone(phone)>{phone.clone()}</a>" " }).collect();
        let mut items = vec![
            Fact::new(tr(lang, "今天", "Today"), today(lang, &data.today.1)),
            Fact::new(tr(lang, "地址", "Address"), office.address.get(lang)),
            Fact::view(tr(lang, "电话", "Telephone"), phones),
            Fact::new(tr(lang, "窗口", "Counters"), office.counters.to_string()),
        ];
        if !office.active {
            items.insert(0, Fact::new(tr(lang, "状态", "State"), tr(lang, "已停止对外服务", "No longer serves the public")));
        }
        let business: Vec<_> = data.business.into_iter().map(|line| business(lang, &office.code, line)).collect();
        let special = special(lang, data.special);
        let waits = data.hall.then(|| url::hall(&office.code));
        view! {
            <h1>{heading}</h1>
            <Facts items/>
            <h2>{tr(lang, "可以办理", "What is done here")}</h2>
            {business}
            <p>{tr(lang, "不预约也可以直接来办理。", "You can also come without a booking.")}</p>
            {waits.map(|href| view! { <p><a href=href>{tr(lang, "大厅现在的等候情况", "How long people wait now")}</a></p> })}
            <h2>{tr(lang, "办公时间", "Hours")}</h2>
            {week(lang, &office.week)}
            {special}
        }
    })
}

fn today(lang: Lang, opening: &Opening) -> String {
    match opening {
        Opening::Open(hours) => format!("{} {hours}", tr(lang, "办公", "Open")),
        Opening::Rest => tr(lang, "不办公", "Closed").to_owned(),
        Opening::Closed(why) => format!("{} {}", tr(lang, "不办公：", "Closed:"), why.get(lang)),
    }
}

fn business(lang: Lang, office: &str, (profile, item, next): (Profile, Option<String>, Option<Instant>)) -> impl IntoView + use<> {
    let name = profile.name.get(lang).to_owned();
    let free = match next {
        Some(at) => format!("{} {}", tr(lang, "最早可约", "Next free:"), ui::moment(lang, at)),
        None => tr(lang, "网上暂无名额", "Nothing free online at present").to_owned(),
    };
    let book = item.map(|code| {
        let href = url::with(url::book(code), &[("office", office)]);
        view! { <p><LinkButton href>{tr(lang, "预约", "Book")}</LinkButton></p> }
    });
    view! { <section><h3>{name}</h3><p>{free}</p>{book}</section> }
}

/// The hours of the week as a table.
pub fn week(lang: Lang, week: &Week) -> impl IntoView + use<> {
    let rows = WEEKDAYS
        .into_iter()
        .zip(&week.0)
        .map(|(day, hours)| {
            let hours = if hours.is_empty() { tr(lang, "不办公", "closed").to_owned() } else { hours.to_string() };
            vec![Cell::text(day.text(lang)), Cell::text(hours)]
        })
        .collect();
    let columns = vec![Column::text(tr(lang, "星期", "Day")), Column::text(tr(lang, "时间", "Hours"))];
    view! { <DataTable caption=tr(lang, "法定节假日不办公", "Closed on public holidays") columns rows empty=Empty::new("")/> }
}

/// The days that differ from the week.
pub fn special(lang: Lang, rules: Vec<DayRule>) -> impl IntoView {
    let rows: Vec<_> = rules
        .into_iter()
        .map(|rule| {
            let (tone, word) = if rule.hours.is_empty() {
                (Tone::Bad, tr(lang, "不办公", "Closed").to_owned())
            } else {
                (Tone::Good, format!("{} {}", tr(lang, "开放", "Open"), rule.hours))
            };
            vec![Cell::text(ui::date(lang, rule.day)), Cell::tag(tone, word), Cell::text(rule.note.get(lang))]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let columns = vec![Column::text(tr(lang, "日期", "Day")), Column::text(tr(lang, "安排", "Hours")), Column::text(tr(lang, "说明", "Why"))];
        view! { <DataTable caption=tr(lang, "特别安排", "Days that differ") columns rows empty=Empty::new("")/> }
    })
}
