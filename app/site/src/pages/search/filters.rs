//! By what the results can be narrowed: regions, facets, days; and their order.

use kernel::Lang;
use leptos::prelude::*;
use search_index::{Kind, Sort};
use ui::{Button, ButtonKind, Choice, Field, Form, Hidden, Method, Select, Values, tr, url};

use super::{Facet, Search};

/// All of them; none when there is nothing to choose.
pub(super) fn all(lang: Lang, search: &Search) -> Option<AnyView> {
    let facets: Vec<_> = search.facets.iter().filter(|facet| !facet.values.is_empty()).map(|facet| values(lang, search, facet)).collect();
    let regions = regions(lang, search);
    let order = search.ordered.then(|| order(lang, search));
    if facets.is_empty() && regions.is_none() && order.is_none() {
        return None;
    }
    Some(view! { <div class="search-filters" id="filters">{order}{facets}{regions}</div> }.into_any())
}

/// The values that were chosen, each to be taken away again.
pub(super) fn taken(lang: Lang, search: &Search) -> Option<AnyView> {
    let chosen = search.facets.iter().flat_map(|facet| facet.values.iter().filter(|value| value.chosen).map(move |value| (facet, value)));
    let lines: Vec<_> = chosen
        .map(|(facet, value)| {
            let (href, words) = (search.toggled(&facet.key, &value.code), format!("{} · {}", facet.title.get(lang), value.name.get(lang)));
            let away = tr(lang, "，点按取消", ", take it away");
            view! { <li><a href=href>{words}<span aria-hidden="true">" ×"</span><span class="visually-hidden">{away}</span></a></li> }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <ul class="link-list inline search-taken" aria-label=tr(lang, "已选条件", "Filters chosen")>{lines}</ul> }.into_any())
}

/// What was chosen, as hidden fields of a form.
pub(super) fn chosen(search: &Search) -> Vec<AnyView> {
    let mut found = Vec::new();
    for facet in &search.facets {
        let codes: Vec<&str> = facet.values.iter().filter(|value| value.chosen).map(|value| value.code.as_str()).collect();
        if !codes.is_empty() {
            found.push(view! { <Hidden name=facet.key.clone() value=codes.join(",")/> }.into_any());
        }
    }
    found
}

/// The values of a facet: a link chooses one, or takes it away again.
fn values(lang: Lang, search: &Search, facet: &Facet) -> AnyView {
    let title = facet.title.get(lang).to_owned();
    let lines: Vec<_> = facet
        .values
        .iter()
        .map(|value| {
            let (href, name, count) = (search.toggled(&facet.key, &value.code), value.name.get(lang).to_owned(), value.count);
            let away = value.chosen.then(|| {
                let words = tr(lang, "，已选，点按取消", ", chosen; take it away");
                view! { <span aria-hidden="true">" ×"</span><span class="visually-hidden">{words}</span> }
            });
            let name = if value.chosen { view! { <strong>{name}</strong> }.into_any() } else { name.into_any() };
            view! { <li><a href=href>{name}{away}</a>" "<span class="count">{count}</span></li> }
        })
        .collect();
    let label = title.clone();
    view! {
        <nav class="search-regions" aria-label=label>
            <h2>{title}</h2>
            <ul>{lines}</ul>
        </nav>
    }
    .into_any()
}

/// The chosen regions as a way back, and those below with what they hold.
fn regions(lang: Lang, search: &Search) -> Option<AnyView> {
    if search.chosen.is_empty() && search.narrower.is_empty() {
        return None;
    }
    let last = search.chosen.len();
    let mut way = vec![(tr(lang, "全部地区", "All regions").to_owned(), search.in_region(""), last == 0)];
    way.extend(search.chosen.iter().enumerate().map(|(n, place)| (place.name.clone(), search.in_region(&place.code), n + 1 == last)));
    let way: Vec<_> = way
        .into_iter()
        .map(|(name, href, here)| {
            if here { view! { <li><strong aria-current="true">{name}</strong></li> }.into_any() } else { view! { <li><a href=href>{name}</a></li> }.into_any() }
        })
        .collect();
    let below: Vec<_> = search
        .narrower
        .iter()
        .map(|(place, count)| {
            let (href, name, count) = (search.in_region(&place.code), place.name.clone(), *count);
            view! { <li><a href=href>{name}</a>" "<span class="count">{count}</span></li> }
        })
        .collect();
    let below = (!below.is_empty()).then(|| view! { <ul class="search-narrower">{below}</ul> });
    Some(
        view! {
            <nav class="search-regions" aria-label=tr(lang, "按地区", "By region")>
                <h2>{tr(lang, "地区", "Region")}</h2>
                <ul class="search-way">{way}</ul>
                {below}
            </nav>
        }
        .into_any(),
    )
}

/// Days and order, as a form that keeps the rest.
fn order(lang: Lang, search: &Search) -> AnyView {
    let values = Values::new().with("sort", search.sort.as_str()).with("from", &search.from).with("to", &search.to);
    let question = search.text.clone();
    let kind = search.kind.map(Kind::as_str).unwrap_or_default();
    let region = search.region().to_owned();
    let hidden = chosen(search);
    let options = Sort::ALL.into_iter().map(|sort| Choice::new(sort.as_str(), name(lang, sort))).collect();
    view! {
        <Form action=url::search("") method=Method::Get values=values class="search-order">
            <Hidden name="q" value=question/>
            <Hidden name="kind" value=kind/>
            <Hidden name="region" value=region/>
            {hidden}
            <Select name="sort" label=tr(lang, "排序", "Order") options=options/>
            <Field name="from" label=tr(lang, "成立日期从", "Established from") kind=ui::Kind::Date optional=true/>
            <Field name="to" label=tr(lang, "到", "To") kind=ui::Kind::Date optional=true/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "应用", "Apply")}</Button>
        </Form>
    }
    .into_any()
}

fn name(lang: Lang, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => tr(lang, "最相关", "Best match"),
        Sort::Name => tr(lang, "名称（拼音）", "Name"),
        Sort::Newest => tr(lang, "成立日期，近的在前", "Newest first"),
        Sort::Oldest => tr(lang, "成立日期，早的在前", "Oldest first"),
        Sort::Level => tr(lang, "评估等级", "Level of evaluation"),
    }
}
