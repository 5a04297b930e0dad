//! The stock of organisations by kind, level of the authority, region and industry, and what became of it in the year (D.7).

use kernel::{Lang, RegionCode};
use leptos::prelude::*;
use organizations::public::{Line, Selection, Stock, tiles};
use organizations::{Kind, Status, codes};
use ui::{
    Bar, BarChart, Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Form, Hidden, Method, Notice, Page, Select, Shell, Tile, TileMap, Tone,
    Values, tr, url,
};

/// The page; nothing before the first daily file.
pub fn page(shell: &Shell, stock: Option<Stock>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "社会组织统计", "Social organisations in figures");
    ui::render(shell, Page::public(title).back(url::register_data()).indexed(), move || {
        let body = match stock {
            Some(stock) => figures(lang, &stock),
            None => view! { <Notice tone=Tone::Plain title=tr(lang, "还没有数据", "No figures yet")><p>{tr(lang, "数据每天生成一次，请稍后再来。", "They are made once a day: come back later.")}</p></Notice> }.into_any(),
        };
        view! { <h1>{title}</h1>{body} }
    })
}

/// The question of the page, for another region.
fn query<'a>(selection: &'a Selection, region: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![("region", region), ("kind", selection.kind.map_or("", Kind::code)), ("authority", &selection.authority), ("industry", &selection.industry)]
}

fn filters(lang: Lang, stock: &Stock) -> AnyView {
    let selection = &stock.selection;
    let values = query(selection, stock.region.as_str()).into_iter().fold(Values::new(), |values, (name, value)| values.with(name, value));
    let kinds = Kind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
    let authorities = Selection::authorities().map(|(code, name)| Choice::new(code, name.get(lang))).collect();
    let industries = codes::industries().iter().map(|industry| Choice::new(&industry.code, industry.name.get(lang))).collect();
    let (all, region) = (tr(lang, "全部", "All"), stock.region.to_string());
    view! {
        <Form action=url::register_figures() method=Method::Get values class="inline">
            <Hidden name="region" value=region/>
            <Select name="kind" label=tr(lang, "类型", "Kind") options=kinds empty=all/>
            <Select name="authority" label=tr(lang, "登记管理机关层级", "Level of the authority") options=authorities empty=all/>
            <Select name="industry" label=tr(lang, "行业", "Industry") options=industries empty=all/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "统计", "Count")}</Button>
        </Form>
    }
    .into_any()
}

/// The list behind a figure, where the public register can show it: it knows neither industries nor levels of authorities.
fn behind(stock: &Stock, line: &Line) -> Option<String> {
    if !stock.selection.authority.is_empty() || !stock.selection.industry.is_empty() || line.n.is_none_or(|n| n == 0) {
        return None;
    }
    let existing: Vec<&str> = Status::ALL.into_iter().filter(|status| status.exists()).map(Status::code).collect();
    let existing = existing.join(",");
    let kind = stock.selection.kind.map_or("", Kind::code);
    let mut asked = vec![("kind", "organization"), ("region", stock.region.as_str()), ("type", kind), ("status", existing.as_str())];
    match line.what.split_once('/').unwrap_or((&line.what, "yes")) {
        ("stock", _) => {}
        ("status", code) => asked[3] = ("status", code),
        (key @ ("charity" | "fundraising" | "level" | "list"), code) => asked.push((key, code)),
        _ => return None,
    }
    Some(url::with(url::search(""), &asked))
}

fn bars(lang: Lang, lines: Vec<Line>) -> Vec<Bar> {
    lines.into_iter().map(|line| Bar::count(line.name.get(lang), u64::try_from(line.n.unwrap_or_default()).unwrap_or_default())).collect()
}

/// What the report counts since the first of January.
fn year(lang: Lang, stock: &Stock) -> AnyView {
    let columns = vec![Column::text(tr(lang, "指标", "Figure")), Column::number(tr(lang, "数量", "Number")), Column::text(tr(lang, "单位", "Unit"))];
    let lines = stock.year();
    let few = lines.iter().any(|line| line.n.is_none());
    let number = |line: &Line| line.n.map_or_else(|| "*".to_owned(), |n| n.to_string());
    let rows = lines.iter().map(|line| vec![Cell::text(line.name.get(lang)), Cell::text(number(line)), Cell::text(line.unit.get(lang))]).collect();
    let caption = match lang {
        Lang::Zh => format!("{}年以来", stock.day.year()),
        Lang::En => format!("Since 1 January {}", stock.day.year()),
    };
    let few = few.then(|| view! { <p class="hint">{tr(lang, "已作结论的年度工作报告太少时，所填数额不公布，以 * 代替。", "Where few annual reports were concluded, what they say is not told: an asterisk stands for it.")}</p> });
    view! { <DataTable caption columns rows empty=Empty::new("")/>{few} }.into_any()
}

fn figures(lang: Lang, stock: &Stock) -> AnyView {
    let total = stock.count("stock");
    let (organisations, region) = (tr(lang, "个", "organisations"), tr(lang, "地区", "Region"));
    let facts = stock.standing().into_iter().chain(stock.evaluated().into_iter().filter(|line| line.n != Some(0))).map(|line| {
        let (name, n) = (line.name.get(lang).to_owned(), line.n.unwrap_or_default().to_string());
        match behind(stock, &line) {
            Some(href) => Fact::view(name, view! { <a href=href>{n}</a> }),
            None => Fact::new(name, n),
        }
    });
    let facts: Vec<Fact> = facts.collect();
    let found = match lang {
        Lang::Zh => format!("{}有存续的社会组织 {total} 个", stock.name),
        Lang::En => format!("{total} organisations in existence in {}", stock.name),
    };
    let day = match lang {
        Lang::Zh => format!("截至{}的每日数据文件", stock.day.zh_plain()),
        Lang::En => format!("As of the daily file of {}", stock.day.en_plain()),
    };
    let selected = |region: &RegionCode| url::with(url::register_figures(), &query(&stock.selection, region.as_str()));
    let places = tiles(&stock.region, stock.below.iter().map(|(code, ..)| code));
    let tiles: Vec<Tile> = stock
        .below
        .iter()
        .enumerate()
        .map(|(index, (code, name, n))| Tile {
            bar: Bar::count(name, u64::try_from(*n).unwrap_or_default()),
            href: selected(code),
            place: places.as_ref().map(|places| places[index]),
        })
        .collect();
    let map = (!tiles.is_empty()).then(|| view! { <TileMap title=tr(lang, "各地区存续的社会组织", "Organisations in existence by region") of=region unit=organisations tiles/> });
    let evaluated = bars(lang, stock.evaluated());
    let evaluated = if evaluated.iter().any(|bar| bar.value > 0.0) {
        view! { <BarChart title=tr(lang, "评估等级在有效期内的", "With an evaluation in force") of=tr(lang, "等级", "Level") unit=organisations bars=evaluated/> }.into_any()
    } else {
        view! { <p>{tr(lang, "现在没有评估等级在有效期内的社会组织。", "No organisation has an evaluation in force now.")}</p> }.into_any()
    };
    let above = stock.above.map(|above| view! { <p><a href=selected(&above)>{tr(lang, "看上一级地区", "The region above")}</a></p> });
    let file = |ending: &str| url::with(url::register_figures_file(ending), &query(&stock.selection, stock.region.as_str()));
    view! {
        <p class="lead">{found}</p>
        <p class="hint">{day}</p>
        {above}
        {filters(lang, stock)}
        <Facts items=facts tiles=true/>
        {map}
        <BarChart title=tr(lang, "按类型", "By kind") of=tr(lang, "类型", "Kind") unit=organisations bars=bars(lang, stock.kinds())/>
        <BarChart title=tr(lang, "按登记管理机关层级", "By level of the authority") of=tr(lang, "层级", "Level") unit=organisations bars=bars(lang, stock.authorities())/>
        <BarChart title=tr(lang, "按行业", "By industry") of=tr(lang, "行业", "Industry") unit=organisations bars=bars(lang, stock.industries())/>
        {evaluated}
        {year(lang, stock)}
        <ul class="link-list">
            <li><a href=file("xlsx")>{tr(lang, "导出 Excel（XLSX）", "Export to Excel (XLSX)")}</a></li>
            <li><a href=file("csv")>{tr(lang, "导出 CSV", "Export as CSV")}</a></li>
            <li><a href=url::register_data()>{tr(lang, "数据下载", "Data")}</a></li>
        </ul>
    }
    .into_any()
}
