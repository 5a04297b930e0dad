//! The desk of ratings: the list with figures and cards, and one rating with what is done about it.

use interaction::cards::{Card, Colour, Object};
use interaction::ratings::states::{Act, State};
use interaction::ratings::{Figures, Page as Listed, View};
use kernel::Lang;
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Checkbox, Choice, Column, DataTable, Empty, Event, Fact, Facts, Form, Hidden, Method, Notice, Page, Pager, Select, Shell,
    StatusTag, TextArea, Timeline, Tone, Values, tr, url,
};

use super::ratings::tone;

/// A count that stops at a thousand.
pub(crate) fn bounded(count: i64) -> String {
    if count > 1000 { "1,000+".to_owned() } else { count.to_string() }
}

/// The list as a file, with the filters of the page.
pub(crate) fn exports(lang: Lang, to: &str, filters: &[(&str, String)]) -> AnyView {
    let file = |format: &'static str| {
        let query: Vec<_> = filters.iter().map(|(name, value)| (*name, value.as_str())).chain([("format", format)]).collect();
        url::with(to.to_owned(), &query)
    };
    let (xlsx, csv) = (file("xlsx"), file("csv"));
    view! {
        <ul class="link-list">
            <li><a href=xlsx>{tr(lang, "导出 Excel（XLSX）", "Export to Excel (XLSX)")}</a></li>
            <li><a href=csv>{tr(lang, "导出 CSV", "Export as CSV")}</a></li>
        </ul>
    }
    .into_any()
}

/// Cards that were delivered to the reader, each with a button to say that it was seen.
pub(crate) fn cards(lang: Lang, cards: Vec<Card>) -> Option<AnyView> {
    let rows: Vec<_> = cards
        .into_iter()
        .map(|card| {
            let href = match card.object {
                Some(Object::Rating(id)) => url::desk_rating(id),
                Some(Object::Complaint(id)) => url::desk_complaint(id),
                None => url::desk_complaints(),
            };
            let tone = if card.colour == Colour::Yellow { Tone::Mind } else { Tone::Bad };
            let seen = card.id.to_string();
            vec![
                Cell::link(href, card.number.clone()),
                Cell::tag(tone, card.colour.name().get(lang).to_owned()),
                Cell::text(card.what().get(lang)),
                Cell::text(ui::date(lang, card.due)),
                Cell::view(view! {
                    <Form action=url::desk_card_seen() class="inline">
                        <Hidden name="card" value=seen/>
                        <Button kind=ButtonKind::Secondary>{tr(lang, "已阅", "Seen")}</Button>
                    </Form>
                }),
            ]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "编号", "Number")),
        Column::text(tr(lang, "牌别", "Card")),
        Column::text(tr(lang, "事由", "Why")),
        Column::text(tr(lang, "应办日期", "Was due")),
        Column::text(tr(lang, "签阅", "Seen")),
    ];
    (!rows.is_empty()).then(|| {
        view! { <DataTable caption=tr(lang, "发给您的监察牌", "Cards for you") columns rows empty=Empty::new("")/> }.into_any()
    })
}

/// The list. `values` holds the filters as they stand in the address.
pub fn list(shell: &Shell, page: Listed, figures: Option<Figures>, issued: Vec<Card>, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "好差评", "Ratings");
    ui::render(shell, Page::staff(heading), move || {
        let next = page.next.map(|id| {
            let id = id.to_string();
            url::with(url::desk_ratings(), &[("show", values.get("show")), ("state", values.get("state")), ("before", &id)])
        });
        let exports = exports(lang, &url::desk_ratings_export(), &["show", "state"].map(|name| (name, values.get(name).to_owned())));
        let rows = page
            .lines
            .into_iter()
            .map(|line| {
                vec![
                    Cell::link(url::desk_rating(line.id), line.number),
                    Cell::tag(tone(line.level), line.level.name().get(lang).to_owned()),
                    Cell::text(line.item.get(lang)),
                    Cell::text(line.office.get(lang)),
                    Cell::text(ui::date(lang, line.rated_on)),
                    Cell::text(line.state.map_or_else(|| if line.named { "—".to_owned() } else { tr(lang, "匿名", "anonymous").to_owned() }, |state| state.name().get(lang).to_owned())),
                    Cell::text(line.due.map(|due| ui::date(lang, due)).unwrap_or_default()),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "编号", "Number")),
            Column::text(tr(lang, "评价", "Rating")),
            Column::text(tr(lang, "事项", "Matter")),
            Column::text(tr(lang, "办理地点", "Office")),
            Column::text(tr(lang, "日期", "Day")),
            Column::text(tr(lang, "处理状态", "Follow-up")),
            Column::text(tr(lang, "应办日期", "Due")),
        ];
        let states = State::ALL.iter().map(|state| Choice::new(state.code(), state.name().get(lang))).collect();
        let shows = [
            ("bad", tr(lang, "差评", "Bad ones")),
            ("overdue", tr(lang, "已逾期", "Overdue")),
            ("all", tr(lang, "全部", "All")),
            ("removed", tr(lang, "已剔除（监察）", "Taken out (supervision)")),
        ];
        let count = match lang {
            Lang::Zh => format!("共 {} 条", bounded(page.count)),
            Lang::En => format!("{} in all", bounded(page.count)),
        };
        view! {
            <h1>{heading}</h1>
            {cards(lang, issued)}
            {figures.map(|figures| view! { <h2>{tr(lang, "本月办结的事项", "Matters finished this month")}</h2><Facts items=facts(lang, &figures) tiles=true/> })}
            <h2>{tr(lang, "评价", "Ratings")}</h2>
            <Form action=url::desk_ratings() method=Method::Get values class="inline">
                <Select name="show" label=tr(lang, "范围", "Which") options=shows.into_iter().map(|(code, word)| Choice::new(code, word)).collect()/>
                <Select name="state" label=tr(lang, "处理状态", "Follow-up") options=states empty=tr(lang, "全部", "All")/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "筛选", "Filter")}</Button>
            </Form>
            <p>{count}</p>
            <DataTable caption=heading columns rows empty=Empty::new(tr(lang, "没有符合条件的评价。", "No such ratings."))/>
            <Pager next=next.unwrap_or_default()/>
            {exports}
        }
    })
}

fn facts(lang: Lang, figures: &Figures) -> Vec<Fact> {
    vec![
        Fact::new(tr(lang, "办结 / 评价", "Finished / rated"), format!("{} / {}", figures.finished, figures.rated)),
        Fact::new(tr(lang, "主动评价率", "Share rated"), figures.active().text()),
        Fact::new(tr(lang, "满意度", "Satisfied"), figures.satisfaction().text()),
        Fact::new(tr(lang, "差评整改率", "Bad ones closed"), figures.mended().text()),
        Fact::new(tr(lang, "按期联系率", "Contacted in time"), figures.contacted().text()),
        Fact::new(tr(lang, "按期整改率", "Put right in time"), figures.mended_in_time().text()),
        Fact::new(tr(lang, "回访率", "Called back"), figures.called_back().text()),
        Fact::new(tr(lang, "匿名评价（其中差评）", "Anonymous (of these bad)"), format!("{} ({})", figures.anonymous.0, figures.anonymous.1)),
    ]
}

/// One rating.
pub fn show(shell: &Shell, rating: View, values: Values) -> String {
    let lang = shell.lang;
    let heading = match lang {
        Lang::Zh => format!("评价 {}", rating.number),
        Lang::En => format!("Rating {}", rating.number),
    };
    ui::render(shell, Page::staff(heading.clone()).back(url::desk_ratings()).values(&values), move || {
        let tags: Vec<String> = rating.tags.iter().map(|tag| tag.name().get(lang).to_owned()).collect();
        let mut facts = vec![
            Fact::view(tr(lang, "评价", "Rating"), view! { <StatusTag tone=tone(rating.level) word=rating.level.name().get(lang)/> }),
            Fact::new(tr(lang, "原因", "Because of"), tags.join(tr(lang, "、", ", "))),
            Fact::new(tr(lang, "内容", "Words"), rating.words.clone()),
            Fact::new(tr(lang, "时间", "When"), ui::moment(lang, rating.rated_at)),
            Fact::new(tr(lang, "渠道", "Channel"), rating.channel.name().get(lang)),
            Fact::new(tr(lang, "事项", "Matter"), rating.item.get(lang)),
            Fact::new(tr(lang, "办理地点", "Office"), rating.office.get(lang)),
        ];
        facts.extend(rating.state.map(|state| Fact::new(tr(lang, "处理状态", "Follow-up"), state.name().get(lang))));
        if let Some(rater) = &rating.rater {
            facts.push(Fact::new(tr(lang, "评价人", "Rated by"), rater.names.join(tr(lang, "、", ", "))));
            facts.push(Fact::new(tr(lang, "联系电话", "Telephone"), rater.phone.clone().unwrap_or_default()));
        }
        let events = rating.events.into_iter().map(|event| Event::new(ui::moment(lang, event.at), event.what.get(lang)).who(event.who).note(event.note)).collect();
        let unnamed = (!rating.named).then(|| view! { <Notice tone=Tone::Plain><p>{tr(lang, "匿名评价，只作趋势分析，不回访。", "Anonymous: for the trend only, nobody is called back.")}</p></Notice> });
        let warning = rating.warning.map(|issue| view! { <Notice tone=Tone::Mind><p>{issue.text(lang).to_owned()}</p></Notice> });
        view! {
            <h1>{heading}</h1>
            {warning}{unnamed}
            <Facts items=facts/>
            {acts(lang, rating.id, rating.version, &rating.may, values)}
            <h2>{tr(lang, "经过", "History")}</h2>
            <Timeline events/>
        }
    })
}

/// One form for everything that may be done: what was found, and a button for each act.
fn acts(lang: Lang, id: interaction::ratings::RatingId, version: i64, may: &[Act], values: Values) -> Option<AnyView> {
    if may.is_empty() {
        return None;
    }
    let (needs_note, removes) = (*may != [Act::Take], may.contains(&Act::Remove));
    let may = may.to_vec();
    let button = move |(n, act): (usize, Act)| {
        let kind = match (n, act) {
            (_, Act::Remove) => ButtonKind::Danger,
            (0, _) => ButtonKind::Primary,
            _ => ButtonKind::Secondary,
        };
        view! { <Button kind name="act" value=act.code()>{act.name().get(lang).to_owned()}</Button> }
    };
    Some(
        view! {
            <h2>{tr(lang, "处理", "What to do")}</h2>
            <Form action=url::desk_rating(id) values>
                <Hidden name="seen" value=version.to_string()/>
                {needs_note.then(|| view! { <TextArea name="text" label=tr(lang, "核实与处理情况", "What was found and done")/> })}
                {removes.then(|| view! { <Checkbox name="sure" label=tr(lang, "我已核对依据；剔除后不能恢复", "I have checked the grounds; taking it out cannot be undone")/> })}
                {may.into_iter().enumerate().map(button).collect_view()}
            </Form>
        }
        .into_any(),
    )
}
