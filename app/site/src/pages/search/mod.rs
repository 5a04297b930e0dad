//! The search page: one box, tabs by kind, the region, and results with what was asked for marked in them.

use islands::SearchBox;
use kernel::Lang;
use leptos::prelude::*;
use search_index::{Answer, Hit, Kind, Segment, Stage};
use ui::{Button, ButtonKind, Form, Glyph, Hidden, Icon, LinkButton, Method, Notice, Page, Pager, Shell, StatusTag, Tab, Tabs, Tone, tr, url};

/// Results of one page.
pub const PER_PAGE: usize = 20;

/// Code and name of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// The dimension of facets that says how far an item is to be had beyond its own office.
pub const REACH: &str = "reach";

/// 通办: how far an item is to be had beyond its own office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// 全省通办: anywhere in the province.
    Province,
    /// 跨省通办: in other provinces too.
    Provinces,
}

impl Reach {
    /// Both, the nearer first.
    pub const ALL: [Self; 2] = [Self::Province, Self::Provinces];

    /// As it stands in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Provinces => "provinces",
        }
    }

    /// The value that stands in an address as `code`.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.code() == code)
    }

    /// The facet of entries that have it.
    pub fn facet(self) -> String {
        format!("{REACH}/{}", self.code())
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Province => tr(lang, "全省通办", "Anywhere in the province"),
            Self::Provinces => tr(lang, "跨省通办", "Across provinces"),
        }
    }
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What was asked; empty before the first question.
    pub text: String,
    /// The tab; all kinds without one.
    pub kind: Option<Kind>,
    /// The regions from below that of the site down to the one chosen; empty for everywhere.
    pub chosen: Vec<Place>,
    /// Regions one level below, with the number of results in each.
    pub narrower: Vec<(Place, usize)>,
    /// Only what is to be had this far.
    pub reach: Option<Reach>,
    /// The answer; none before the first question.
    pub answer: Option<Answer>,
    /// The page shown, from 1.
    pub page: usize,
    /// Whether the database answered with exact names and codes only, because the index is being made.
    pub only_exact: bool,
    /// Whether the visitor's own last change may still be missing.
    pub behind: bool,
}

/// The page.
pub fn page(shell: &Shell, search: &Search) -> String {
    let lang = shell.lang;
    let title = match search.text.as_str() {
        "" => tr(lang, "搜索", "Search").to_owned(),
        text => format!("{text} – {}", tr(lang, "搜索", "Search")),
    };
    ui::render(shell, Page::public(title).wide(), || {
        let body = match &search.answer {
            None => tips(lang, None),
            Some(answer) => results(lang, search, answer),
        };
        view! {
            <div class="search-page">
                <h1>{tr(lang, "搜索", "Search")}</h1>
                {form(lang, search)}
                {notices(lang, search)}
                {body}
            </div>
        }
    })
}

fn form(lang: Lang, search: &Search) -> AnyView {
    let value = search.text.clone();
    let kind = search.kind.map(|kind| view! { <Hidden name="kind" value=kind.as_str()/> });
    let reach = search.reach.map(|reach| view! { <Hidden name="reach" value=reach.code()/> });
    let region = search.chosen.last().map(|place| view! { <Hidden name="region" value=place.code.clone()/> });
    view! {
        <search>
            <Form action=url::search("") method=Method::Get class="search">
                <SearchBox lang=lang label=tr(lang, "搜索事项、办事地点", "Search services and offices").to_owned()
                    hint=tr(lang, "可以输入汉字、拼音、首字母或编号", "Chinese, pinyin, initials, English or a code").to_owned() value=value/>
                {kind}
                {region}
                {reach}
                <Button><Icon glyph=Glyph::Search/>{tr(lang, "搜索", "Search")}</Button>
            </Form>
        </search>
    }
    .into_any()
}

/// What the visitor has to know about the answer as a whole.
fn notices(lang: Lang, search: &Search) -> Vec<AnyView> {
    let mut found = Vec::new();
    let Some(answer) = &search.answer else { return found };
    if answer.cut {
        let words = tr(lang, "您输入的内容较长，只搜索了前 64 个字。", "That was long: only the first 64 characters were searched.");
        found.push(view! { <Notice tone=Tone::Plain>{words}</Notice> }.into_any());
    }
    if search.only_exact {
        let words = tr(
            lang,
            "搜索正在整理，现在只能按完整的名称或编号查找。请过几分钟再试一次。",
            "Search is being prepared: for now only whole names and codes are found. Try again in a few minutes.",
        );
        found.push(view! { <Notice tone=Tone::Mind>{words}</Notice> }.into_any());
    }
    if search.behind {
        let words = tr(lang, "您刚才的修改还在更新，可能稍后才能搜到。", "Your last change is still being taken in and may not be found yet.");
        found.push(view! { <Notice tone=Tone::Mind>{words}</Notice> }.into_any());
    }
    if answer.stage == Stage::Near && answer.total > 0 {
        let words = tr(lang, "没有完全匹配的结果，为您显示相近的。", "Nothing matches exactly. These come close.");
        found.push(view! { <Notice tone=Tone::Plain>{words}</Notice> }.into_any());
    }
    found
}

fn results(lang: Lang, search: &Search, answer: &Answer) -> AnyView {
    let anything = answer.kinds.iter().any(|(_, count)| *count > 0);
    if !anything && search.reach.is_none() {
        return tips(lang, Some(search));
    }
    let tabs = tabs(lang, search, answer);
    let filters = match (reaches(lang, search, answer), regions(lang, search)) {
        (None, None) => None,
        (reaches, regions) => Some(view! { <div class="search-filters">{reaches}{regions}</div> }),
    };
    let list = if answer.hits.is_empty() { none_here(lang, search) } else { list(lang, answer) };
    let (previous, next) = neighbours(search, answer);
    let count = match lang {
        Lang::Zh => format!("共 {} 条结果", answer.total),
        Lang::En => format!("{} {}", answer.total, if answer.total == 1 { "result" } else { "results" }),
    };
    view! {
        {tabs}
        <div class="search-body">
            {filters}
            <section aria-labelledby="results">
                <h2 id="results" class="visually-hidden">{tr(lang, "结果", "Results")}</h2>
                <p class="search-count" role="status">{count}</p>
                {list}
                <Pager previous=previous next=next/>
            </section>
        </div>
    }
    .into_any()
}

fn tabs(lang: Lang, search: &Search, answer: &Answer) -> AnyView {
    let all = answer.kinds.iter().map(|(_, count)| *count as u64).sum();
    let mut items = vec![Tab::new(tr(lang, "全部", "All"), address(search, None, region(search), 1), search.kind.is_none()).count(all)];
    for (kind, count) in &answer.kinds {
        let here = search.kind == Some(*kind);
        items.push(Tab::new(kind_name(lang, *kind), address(search, Some(*kind), region(search), 1), here).count(*count as u64));
    }
    view! { <Tabs label=tr(lang, "结果类别", "Kinds of results") items=items/> }.into_any()
}

/// The chosen regions as a way back, and those below with what they hold.
fn regions(lang: Lang, search: &Search) -> Option<AnyView> {
    if search.chosen.is_empty() && search.narrower.is_empty() {
        return None;
    }
    let last = search.chosen.len();
    let mut way = vec![(tr(lang, "全部地区", "All regions").to_owned(), address(search, search.kind, "", 1), last == 0)];
    way.extend(search.chosen.iter().enumerate().map(|(n, place)| (place.name.clone(), address(search, search.kind, &place.code, 1), n + 1 == last)));
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
            let href = address(search, search.kind, &place.code, 1);
            view! { <li><a href=href>{place.name.clone()}</a>" "<span class="count">{*count}</span></li> }
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

/// 通办 as a filter, with what it holds.
fn reaches(lang: Lang, search: &Search, answer: &Answer) -> Option<AnyView> {
    if search.reach.is_none() && answer.counts(REACH).is_empty() {
        return None;
    }
    let to = |reach: Option<Reach>| address(&Search { reach, ..search.clone() }, search.kind, region(search), 1);
    let line = |name: &'static str, href: String, here: bool, count: Option<usize>| {
        let count = count.map(|count| view! { " "<span class="count">{count}</span> });
        if here { view! { <li><strong aria-current="true">{name}</strong>{count}</li> }.into_any() } else { view! { <li><a href=href>{name}</a>{count}</li> }.into_any() }
    };
    let mut lines = vec![line(tr(lang, "不限", "Anything"), to(None), search.reach.is_none(), None)];
    for reach in Reach::ALL {
        let count = answer.counts(REACH).iter().find(|(code, _)| code == reach.code()).map(|(_, count)| *count);
        if count.is_some() || search.reach == Some(reach) {
            lines.push(line(reach.name(lang), to(Some(reach)), search.reach == Some(reach), count));
        }
    }
    Some(
        view! {
            <nav class="search-regions" aria-label=tr(lang, "按通办范围", "By reach")>
                <h2>{tr(lang, "通办", "Where it can be had")}</h2>
                <ul>{lines}</ul>
            </nav>
        }
        .into_any(),
    )
}

/// The hits; a line stands between those that match and those that are only close.
fn list(lang: Lang, answer: &Answer) -> AnyView {
    let exact: Vec<_> = answer.hits.iter().filter(|hit| !hit.near).map(|hit| result(lang, hit)).collect();
    let near: Vec<_> = answer.hits.iter().filter(|hit| hit.near).map(|hit| result(lang, hit)).collect();
    let divided = answer.stage == Stage::ExactAndNear && !near.is_empty();
    view! {
        {(!exact.is_empty()).then(|| view! { <ol class="search-list">{exact}</ol> })}
        {divided.then(|| view! { <h2 class="search-near">{tr(lang, "相近的结果", "Close to what you typed")}</h2> })}
        {(!near.is_empty()).then(|| view! { <ol class="search-list">{near}</ol> })}
    }
    .into_any()
}

fn result(lang: Lang, hit: &Hit) -> AnyView {
    let entry = &hit.entry;
    let english = (lang == Lang::En && !entry.title_en.is_empty()).then(|| view! { " "<span lang="en">{pieces(&hit.title_en)}</span> });
    let alias = hit.alias.as_ref().map(|alias| view! { <p class="search-alias">{tr(lang, "又称：", "Also called ")}<span lang="zh-CN">{pieces(alias)}</span></p> });
    let passage = match lang {
        Lang::Zh => &hit.excerpt,
        Lang::En => &hit.excerpt_en,
    };
    let far = Reach::ALL.into_iter().rev().find(|reach| entry.facets.contains(&reach.facet()));
    let far = far.map(|reach| view! { " "<StatusTag tone=Tone::Plain word=reach.name(lang)/> });
    let excerpt = (!passage.is_empty()).then(|| view! { <p class="search-excerpt">{pieces(passage)}</p> });
    let places = (hit.places > 1).then(|| {
        let words = match lang {
            Lang::Zh => format!("{} 个地点可办", hit.places),
            Lang::En => format!("Offered at {} places", hit.places),
        };
        view! { <p class="search-places">{words}</p> }
    });
    // Of many places, the code of one says nothing unless it was asked for.
    let tells = hit.places <= 1 || hit.code.iter().any(|piece| piece.hit);
    let code = (tells && !entry.code.is_empty()).then(|| view! { <p class="search-code">{tr(lang, "编号 ", "Code ")}<span class="code">{pieces(&hit.code)}</span></p> });
    view! {
        <li>
            <p class="search-kind">{kind_name(lang, entry.kind)}{far}</p>
            <h3><a href=entry.url.clone()><span lang="zh-CN">{pieces(&hit.title)}</span>{english}</a></h3>
            {alias}
            {excerpt}
            {places}
            {code}
        </li>
    }
    .into_any()
}

fn pieces(segments: &[Segment]) -> Vec<AnyView> {
    segments
        .iter()
        .map(|segment| {
            let text = segment.text.clone();
            if segment.hit { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
        })
        .collect()
}

/// Other tabs have results, this one has none.
fn none_here(lang: Lang, search: &Search) -> AnyView {
    view! {
        <p class="empty">{tr(lang, "这一类没有结果，其他类别有。", "Nothing of this kind; there is something under the others.")}</p>
        <LinkButton kind=ButtonKind::Secondary href=address(search, None, region(search), 1)>{tr(lang, "看全部结果", "Show all results")}</LinkButton>
    }
    .into_any()
}

/// Before the first question, and where nothing was found: what to try.
fn tips(lang: Lang, nothing_for: Option<&Search>) -> AnyView {
    let head = nothing_for.map(|search| {
        let words = match lang {
            Lang::Zh => format!("没有找到“{}”", search.text),
            Lang::En => format!("Nothing found for “{}”", search.text),
        };
        let everywhere = (!search.chosen.is_empty()).then(|| {
            view! { <p><LinkButton kind=ButtonKind::Secondary href=address(search, search.kind, "", 1)>{tr(lang, "在全部地区里找", "Look in all regions")}</LinkButton></p> }
        });
        view! { <h2>{words}</h2>{everywhere} }
    });
    let examples = [
        ("结婚登记", tr(lang, "事项的名称或其中几个字", "A name, or a part of it")),
        ("jiehun", tr(lang, "拼音", "Pinyin")),
        ("jhdj", tr(lang, "拼音首字母", "Initials")),
        ("婚姻登记处", tr(lang, "办事地点", "An office")),
        ("户口簿", tr(lang, "要用的材料", "A paper that is needed")),
    ];
    let rows: Vec<_> =
        examples.into_iter().map(|(example, what)| view! { <li><a href=url::search(example) lang="zh-CN">{example}</a>" "<span class="hint">{what}</span></li> }).collect();
    view! {
        <section class="search-tips">
            {head}
            <h2>{tr(lang, "可以这样搜", "You can search like this")}</h2>
            <ul>{rows}</ul>
            <p>{tr(lang, "也可以", "Or ")}<a href=url::offices()>{tr(lang, "按地区看办事地点", "see the offices by region")}</a>{tr(lang, "。", ".")}</p>
        </section>
    }
    .into_any()
}

fn neighbours(search: &Search, answer: &Answer) -> (String, String) {
    let to = |page| address(search, search.kind, region(search), page);
    let previous = if search.page > 1 { to(search.page - 1) } else { String::new() };
    let next = if search.page * PER_PAGE < answer.total { to(search.page + 1) } else { String::new() };
    (previous, next)
}

fn region(search: &Search) -> &str {
    search.chosen.last().map(|place| place.code.as_str()).unwrap_or_default()
}

/// The same question with other filters.
fn address(search: &Search, kind: Option<Kind>, region: &str, page: usize) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    let kind = kind.map(Kind::as_str).unwrap_or_default();
    url::with(url::search(&search.text), &[("kind", kind), ("region", region), ("reach", search.reach.map_or("", Reach::code)), ("page", &page)])
}

fn kind_name(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Item => tr(lang, "事项", "Services"),
        Kind::Guide => tr(lang, "问答", "Questions"),
        Kind::Office => tr(lang, "办事地点", "Offices"),
        Kind::Organization => tr(lang, "社会组织", "Organisations"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use search_index::{Entry, Offer, Request};

    fn found(text: &str, stage: Stage, hits: Vec<Hit>) -> Search {
        let total = hits.len();
        let kinds = Kind::ALL.map(|kind| (kind, hits.iter().filter(|hit| hit.entry.kind == kind).count())).to_vec();
        let answer = Answer { hits, total, stage, kinds, regions: Vec::new(), facets: Vec::new(), cut: false };
        Search { text: text.to_owned(), answer: Some(answer), page: 1, ..Search::default() }
    }

    fn item(text: &str, title: &str) -> Hit {
        let entry = Entry { title_en: "Marriage registration".to_owned(), url: "/items/1".to_owned(), ..Entry::new(Kind::Item, "1", title) };
        Hit::exact(entry, &Request::new(text))
    }

    #[test]
    fn what_was_asked_for_is_marked_and_markup_is_not_believed() {
        let html = page(&Shell::sample(Lang::Zh), &found("结婚", Stage::Exact, vec![item("结婚", "结婚<script>登记")]));
        assert!(html.contains("<mark>结婚"), "{html}");
        assert!(!html.contains("<script>登记"));
        let hostile = "\"><script>alert(1)</script>";
        let html = page(&Shell::sample(Lang::En), &found(hostile, Stage::Nothing, Vec::new()));
        assert!(!html.contains("<script>alert"), "{html}");
    }

    #[test]
    fn an_item_of_many_places_says_how_many_and_quotes_the_language_of_the_page() {
        let offer = |n: u8| Offer {
            code: format!("{n}00"),
            region: Vec::new(),
            names: String::new(),
            open: n > 1,
            url: format!("/items/{n}00"),
        };
        let entry = Entry {
            code: "100".to_owned(),
            text: "领结婚证。".to_owned(),
            text_en: "结婚 means to marry.".to_owned(),
            offers: (1..=4).map(offer).collect(),
            ..Entry::new(Kind::Item, "0001", "结婚登记")
        };
        let hit = || vec![Hit::exact(entry.clone(), &Request::new("结婚"))];
        let shown = |lang, text: &str, hits| page(&Shell::sample(lang), &found(text, Stage::Exact, hits)).replace("<!>", "");
        let html = shown(Lang::Zh, "结婚", hit());
        assert!(html.contains("3 个地点可办") && html.contains("领<mark>结婚</mark>证") && !html.contains("means to marry"), "{html}");
        assert!(!html.contains("search-code"), "{html}");
        let html = shown(Lang::En, "结婚", hit());
        assert!(html.contains("Offered at 3 places") && html.contains("means to marry") && !html.contains("结婚</mark>证"), "{html}");
        let html = shown(Lang::Zh, "200", vec![Hit::exact(entry, &Request::new("200"))]);
        assert!(html.contains("search-code") && html.contains("/items/200"), "{html}");
    }

    #[test]
    fn near_results_are_called_so_and_an_empty_answer_says_what_to_try() {
        let mut hit = item("结昏", "结婚登记");
        hit.near = true;
        let html = page(&Shell::sample(Lang::Zh), &found("结昏", Stage::Near, vec![hit]));
        assert!(html.contains("没有完全匹配"));
        let html = page(&Shell::sample(Lang::Zh), &found("魑魅", Stage::Nothing, Vec::new()));
        assert!(html.contains("没有找到“魑魅”") && html.contains("可以这样搜"));
    }

    #[test]
    fn paging_and_tabs_keep_the_question_and_the_region() {
        let mut search = found("登记", Stage::Exact, vec![item("登记", "结婚登记")]);
        search.chosen = vec![Place { code: "350200".to_owned(), name: "厦门市".to_owned() }];
        search.page = 2;
        if let Some(answer) = &mut search.answer {
            answer.total = 50;
        }
        let html = page(&Shell::sample(Lang::Zh), &search);
        let question = url::segment("登记");
        assert!(html.contains(&format!("/search?q={question}&amp;region=350200&amp;page=3")), "{html}");
        assert!(html.contains(&format!("/search?q={question}&amp;kind=office&amp;region=350200")));
    }
}
