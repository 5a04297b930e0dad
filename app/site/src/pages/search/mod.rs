//! The search page: one box, tabs by kind, filters with what they hold, and results with what was asked for marked in them.
//!
//! What can be filtered is handed in ([`Facet`]): the page knows no service. Every filter is a link, days and order are a form.

mod filters;

use islands::SearchBox;
use kernel::{Day, Lang, Text};
use leptos::prelude::*;
use search_index::{Answer, Hit, Kind, MAX_OFFSET, Segment, Sort, Stage};
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

/// A dimension by which results can be narrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// As it stands in an address and in the index.
    pub key: String,
    /// What it is called.
    pub title: Text,
    /// Its values that occur or were chosen, in the order in which they are offered.
    pub values: Vec<Value>,
}

/// A value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// As it stands in an address and in the index.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// Results that have it.
    pub count: usize,
    /// Whether only results with it are shown.
    pub chosen: bool,
}

/// What a facet of a result is called beside its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// `dimension/value`.
    pub facet: String,
    /// What it is called.
    pub name: Text,
    /// How it is to be taken.
    pub tone: Tone,
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
    /// By what else the results can be narrowed.
    pub facets: Vec<Facet>,
    /// What the facets of the results are called; others are not shown.
    pub words: Vec<Word>,
    /// Only what was established on or after this day, as it was typed.
    pub from: String,
    /// Only what was established on or before this day, as it was typed.
    pub to: String,
    /// In which order.
    pub sort: Sort,
    /// Whether days and order can be chosen here.
    pub ordered: bool,
    /// The answer; none before the first question.
    pub answer: Option<Answer>,
    /// The page shown, from 1.
    pub page: usize,
    /// Whether the database answered with exact names and codes only, because the index is being made.
    pub only_exact: bool,
    /// Whether the visitor's own last change may still be missing.
    pub behind: bool,
    /// How many entries the index that is being made has so far.
    pub made: Option<usize>,
}

impl Search {
    /// Whether anything but the question and the kind narrows the results.
    fn is_filtered(&self) -> bool {
        !self.chosen.is_empty() || !self.from.is_empty() || !self.to.is_empty() || self.facets.iter().any(|facet| facet.values.iter().any(|value| value.chosen))
    }

    fn region(&self) -> &str {
        self.chosen.last().map(|place| place.code.as_str()).unwrap_or_default()
    }

    /// The same question of another kind; the filters of the kind that is left are left behind.
    fn of_kind(&self, kind: Option<Kind>) -> String {
        let kind = kind.map(Kind::as_str).unwrap_or_default();
        url::with(url::search(&self.text), &[("kind", kind), ("region", self.region())])
    }

    /// The same question in another region.
    fn in_region(&self, region: &str) -> String {
        self.address(region, None, 1)
    }

    /// The same question with a value chosen, or not any more.
    fn toggled(&self, facet: &str, value: &str) -> String {
        self.address(self.region(), Some((facet, value)), 1)
    }

    /// Another page of the same.
    fn on_page(&self, page: usize) -> String {
        self.address(self.region(), None, page)
    }

    fn address(&self, region: &str, toggle: Option<(&str, &str)>, page: usize) -> String {
        let kind = self.kind.map(Kind::as_str).unwrap_or_default();
        self.narrowed(url::with(url::search(&self.text), &[("kind", kind), ("region", region)]), toggle, page)
    }

    /// All that is found, to take along.
    fn export(&self, ending: &str) -> String {
        self.narrowed(url::with(url::organizations_export(ending), &[("q", &self.text), ("kind", "organization"), ("region", self.region())]), None, 1)
    }

    fn narrowed(&self, mut found: String, toggle: Option<(&str, &str)>, page: usize) -> String {
        for facet in &self.facets {
            let here = |value: &&Value| value.chosen != (toggle == Some((facet.key.as_str(), value.code.as_str())));
            let chosen: Vec<&str> = facet.values.iter().filter(here).map(|value| value.code.as_str()).collect();
            found = url::with(found, &[(facet.key.as_str(), &chosen.join(","))]);
        }
        let sort = if self.sort == Sort::Relevance { "" } else { self.sort.as_str() };
        let page = if page > 1 { page.to_string() } else { String::new() };
        url::with(found, &[("from", &self.from), ("to", &self.to), ("sort", sort), ("page", &page)])
    }
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
    let region = search.chosen.last().map(|place| view! { <Hidden name="region" value=place.code.clone()/> });
    let chosen = filters::chosen(search);
    view! {
        <search>
            <Form action=url::search("") method=Method::Get class="search">
                <SearchBox lang=lang label=tr(lang, "搜索事项、办事地点、社会组织", "Search services, offices and organisations").to_owned()
                    hint=tr(lang, "可以输入汉字、拼音、首字母或编号", "Chinese, pinyin, initials, English or a code").to_owned() value=value/>
                {kind}
                {region}
                {chosen}
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
        let made = search.made.map(|made| match lang {
            Lang::Zh => format!("已整理 {made} 条。"),
            Lang::En => format!(" {made} entries are ready."),
        });
        found.push(view! { <Notice tone=Tone::Mind>{words}{made}</Notice> }.into_any());
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
    if !anything && !search.is_filtered() {
        return tips(lang, (!search.text.is_empty()).then_some(search));
    }
    let tabs = tabs(lang, search, answer);
    let filters = filters::all(lang, search);
    let list = if answer.hits.is_empty() { none_here(lang, search, answer) } else { list(lang, search, answer) };
    let (previous, next) = neighbours(search, answer);
    // On a phone the filters stand beneath the results.
    let to_filters = filters.is_some().then(|| view! { <p class="search-to-filters"><a href="#filters">{tr(lang, "筛选和排序", "Filters and order")}</a></p> });
    let export = (search.kind == Some(Kind::Organization) && answer.total > 0).then(|| export(lang, search));
    let count = match lang {
        Lang::Zh => format!("共 {} 条结果", answer.total),
        Lang::En => format!("{} {}", answer.total, if answer.total == 1 { "result" } else { "results" }),
    };
    view! {
        {tabs}
        <div class="search-body">
            <section aria-labelledby="results">
                <h2 id="results" class="visually-hidden">{tr(lang, "结果", "Results")}</h2>
                {filters::taken(lang, search)}
                <p class="search-count" role="status">{count}</p>
                {to_filters}
                {list}
                <Pager previous=previous next=next/>
                {export}
            </section>
            {filters}
        </div>
    }
    .into_any()
}

/// Taking along what was found, and all of the register.
fn export(lang: Lang, search: &Search) -> AnyView {
    view! {
        <p>
            {tr(lang, "下载这些结果（最多一万条）：", "Download these results (ten thousand at most): ")}
            <a href=search.export("csv")>"CSV"</a>" "<a href=search.export("json")>"JSON"</a>
            {tr(lang, "。全部登记信息见", ". For the whole register see ")}<a href=url::register_data()>{tr(lang, "每日数据文件", "the daily files")}</a>
        </p>
    }
    .into_any()
}

fn tabs(lang: Lang, search: &Search, answer: &Answer) -> AnyView {
    let all = answer.kinds.iter().map(|(_, count)| *count as u64).sum();
    let mut items = vec![Tab::new(tr(lang, "全部", "All"), search.of_kind(None), search.kind.is_none()).count(all)];
    for (kind, count) in &answer.kinds {
        items.push(Tab::new(kind_name(lang, *kind), search.of_kind(Some(*kind)), search.kind == Some(*kind)).count(*count as u64));
    }
    view! { <Tabs label=tr(lang, "结果类别", "Kinds of results") items=items/> }.into_any()
}

/// The hits; a line stands between those that match and those that are only close.
fn list(lang: Lang, search: &Search, answer: &Answer) -> AnyView {
    let exact: Vec<_> = answer.hits.iter().filter(|hit| !hit.near).map(|hit| result(lang, search, hit)).collect();
    let near: Vec<_> = answer.hits.iter().filter(|hit| hit.near).map(|hit| result(lang, search, hit)).collect();
    let divided = answer.stage == Stage::ExactAndNear && !near.is_empty();
    view! {
        {(!exact.is_empty()).then(|| view! { <ol class="search-list">{exact}</ol> })}
        {divided.then(|| view! { <h2 class="search-near">{tr(lang, "相近的结果", "Close to what you typed")}</h2> })}
        {(!near.is_empty()).then(|| view! { <ol class="search-list">{near}</ol> })}
    }
    .into_any()
}

fn result(lang: Lang, search: &Search, hit: &Hit) -> AnyView {
    let entry = &hit.entry;
    let english = (lang == Lang::En && !entry.title_en.is_empty()).then(|| view! { " "<span lang="en">{pieces(&hit.title_en)}</span> });
    let alias = hit.alias.as_ref().map(|alias| view! { <p class="search-alias">{tr(lang, "又称：", "Also called ")}<span lang="zh-CN">{pieces(alias)}</span></p> });
    let passage = match lang {
        Lang::Zh => &hit.excerpt,
        Lang::En => &hit.excerpt_en,
    };
    let words = search.words.iter().filter(|word| entry.facets.contains(&word.facet));
    let words: Vec<_> = words.map(|word| view! { " "<StatusTag tone=word.tone word=word.name.get(lang).to_owned()/> }).collect();
    let since = entry.since.and_then(|day| Day::from_compact(&day.to_string())).map(|day| {
        view! { <p class="search-since">{match lang { Lang::Zh => format!("成立日期 {}", day.text(lang)), Lang::En => format!("Established {}", day.text(lang)) }}</p> }
    });
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
            <p class="search-kind">{kind_name(lang, entry.kind)}{words}</p>
            <h3><a href=entry.url.clone()><span lang="zh-CN">{pieces(&hit.title)}</span>{english}</a></h3>
            {alias}
            {excerpt}
            {places}
            {since}
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

/// There is something, but not here: beyond the last page, under other tabs, or without the filters.
fn none_here(lang: Lang, search: &Search, answer: &Answer) -> AnyView {
    let (words, to, label) = if answer.total > 0 {
        (tr(lang, "没有这么多页。", "There are not so many pages."), search.on_page(1), tr(lang, "回到第一页", "Back to the first page"))
    } else if search.is_filtered() {
        let clear = url::with(url::search(&search.text), &[("kind", search.kind.map(Kind::as_str).unwrap_or_default())]);
        let words = tr(lang, "按所选条件没有结果。去掉一些条件，或者换一个说法。", "Nothing with these filters. Take some away, or ask in other words.");
        (words, clear, tr(lang, "去掉全部条件", "Take all filters away"))
    } else {
        (tr(lang, "这一类没有结果，其他类别有。", "Nothing of this kind; there is something under the others."), search.of_kind(None), tr(lang, "看全部结果", "Show all results"))
    };
    view! {
        <p class="empty">{words}</p>
        <LinkButton kind=ButtonKind::Secondary href=to>{label}</LinkButton>
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
            view! { <p><LinkButton kind=ButtonKind::Secondary href=search.in_region("")>{tr(lang, "在全部地区里找", "Look in all regions")}</LinkButton></p> }
        });
        view! { <h2>{words}</h2>{everywhere} }
    });
    let examples = [
        ("结婚登记", tr(lang, "事项的名称或其中几个字", "A name, or a part of it")),
        ("jiehun", tr(lang, "拼音", "Pinyin")),
        ("jhdj", tr(lang, "拼音首字母", "Initials")),
        ("婚姻登记处", tr(lang, "办事地点", "An office")),
        ("户口簿", tr(lang, "要用的材料", "A paper that is needed")),
        ("志愿者协会", tr(lang, "社会组织的名称或统一社会信用代码", "An organisation, or its credit code")),
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
    let reachable = answer.total.min(MAX_OFFSET);
    let previous = if search.page > 1 && !answer.hits.is_empty() { search.on_page(search.page - 1) } else { String::new() };
    let next = if search.page * PER_PAGE < reachable { search.on_page(search.page + 1) } else { String::new() };
    (previous, next)
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

    fn organizations() -> Search {
        let entry = Entry {
            code: "51990000YY9990013T".to_owned(),
            facets: vec!["type/1".to_owned(), "list/abnormal".to_owned()],
            since: Some(20_200_302),
            url: url::organization("51990000YY9990013T"),
            ..Entry::new(Kind::Organization, "1", "测试省软件行业协会")
        };
        let value = |code: &str, zh: &'static str, chosen| Value { code: code.to_owned(), name: Text::fixed(zh, "x"), count: 1, chosen };
        Search {
            kind: Some(Kind::Organization),
            facets: vec![Facet { key: "type".to_owned(), title: Text::fixed("类型", "Type"), values: vec![value("1", "社会团体", true), value("2", "社会服务机构", false)] }],
            words: vec![Word { facet: "list/abnormal".to_owned(), name: Text::fixed("活动异常名录", "x"), tone: Tone::Bad }],
            sort: Sort::Newest,
            ordered: true,
            ..found("软件", Stage::Exact, vec![Hit::exact(entry, &Request::new("软件"))])
        }
    }

    #[test]
    fn a_filter_is_a_link_that_keeps_the_others() {
        let html = page(&Shell::sample(Lang::Zh), &organizations());
        let question = url::segment("软件");
        assert!(html.contains(&format!("/search?q={question}&amp;kind=organization&amp;type=1%2C2&amp;sort=newest")), "{html}");
        assert!(html.contains(&format!("/search?q={question}&amp;kind=organization&amp;sort=newest")), "{html}");
        assert!(html.contains("活动异常名录") && html.contains("2020年3月2日") && html.contains("name=\"from\""), "{html}");
    }

    #[test]
    fn a_page_far_beyond_the_last_leads_back() {
        let mut search = organizations();
        search.page = 500;
        if let Some(answer) = &mut search.answer {
            answer.hits.clear();
        }
        let html = page(&Shell::sample(Lang::En), &search);
        assert!(html.contains("not so many pages") && html.contains("first page"), "{html}");
    }
}
