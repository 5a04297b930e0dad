//! The stock of organisations by kind, level of the authority, region and industry, and what became of it in the year (D.7).

use kernel::{Day, Lang, RegionCode};
use leptos::prelude::*;
use organizations::public::{self, Behind, Line, Selection, Stock, tiles};
use organizations::{Kind, Status, codes};
use ui::{
    Bar, BarChart, Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Form, Hidden, Method, Notice, Page, Pager, Select, Shell, Tile, TileMap, Tone,
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

/// The list behind a figure: what the register says is found by the search, what happened in the year has a list of its own.
fn behind(stock: &Stock, line: &Line) -> Option<String> {
    if line.n.is_none_or(|n| n == 0) {
        return None;
    }
    if public::has_list(&line.what) {
        let asked = query(&stock.selection, stock.region.as_str());
        return Some(url::with(url::register_figures_list(), &[asked.as_slice(), &[("figure", line.what.as_str())]].concat()));
    }
    let existing: Vec<&str> = Status::ALL.into_iter().filter(|status| status.exists()).map(Status::code).collect();
    let existing = existing.join(",");
    let kind = stock.selection.kind.map_or("", Kind::code);
    let (authority, industry) = (stock.selection.authority.as_str(), stock.selection.industry.as_str());
    let [from, to] = [(1, 1), (12, 31)].map(|(month, day)| Day::ymd(stock.day.year(), month, day).to_string());
    let mut asked = vec![("kind", "organization"), ("region", stock.region.as_str()), ("type", kind), ("status", existing.as_str()), ("authority", authority), ("industry", industry)];
    match line.what.split_once('/').unwrap_or((&line.what, "yes")) {
        ("stock", _) => {}
        ("kind", code) => asked[2] = ("type", code),
        ("status", code) => asked[3] = ("status", code),
        ("authority", code) => asked[4] = ("authority", code),
        ("industry", code) => asked[5] = ("industry", code),
        ("year", tally) => {
            // Whoever was registered in the year counts, whatever became of him since.
            let of = [("associations", Kind::Association), ("institutions", Kind::ServiceInstitution), ("foundations", Kind::Foundation)];
            match of.into_iter().find(|(code, _)| *code == tally) {
                Some((_, kind)) => asked[2] = ("type", kind.code()),
                None if tally == "established" => {}
                None => return None,
            }
            asked[3] = ("from", from.as_str());
            asked.push(("to", to.as_str()));
        }
        (key @ ("charity" | "fundraising" | "level" | "list"), code) => asked.push((key, code)),
        _ => return None,
    }
    Some(url::with(url::search(""), &asked))
}

fn bars(lang: Lang, lines: &[Line]) -> Vec<Bar> {
    lines.iter().map(|line| Bar::count(line.name.get(lang), u64::try_from(line.n.unwrap_or_default()).unwrap_or_default())).collect()
}

/// Organisations in existence by something, each figure with the list behind it.
fn chart(lang: Lang, stock: &Stock, title: &'static str, of: &'static str, lines: Vec<Line>) -> AnyView {
    let (bars, links) = (bars(lang, &lines), lines.iter().map(|line| behind(stock, line)).collect::<Vec<_>>());
    view! { <BarChart title of unit=tr(lang, "个", "organisations") bars links/> }.into_any()
}

/// Shares of what happened in the year, with their counts.
fn shares(lang: Lang, stock: &Stock) -> Option<AnyView> {
    let facts = stock.shares().into_iter().map(|(name, definition, share)| {
        let counts = lang.pick(format!("（{}/{}）", share.part, share.whole), format!(" ({} of {})", share.part, share.whole));
        let definition = definition.get(lang).to_owned();
        Fact::view(name.get(lang).to_owned(), view! { <strong>{share.text()}</strong>{counts}" "<span class="hint">{definition}</span> })
    });
    let items: Vec<Fact> = facts.collect();
    (!items.is_empty()).then(|| view! { <Facts items/> }.into_any())
}

/// What the report counts since the first of January.
fn year(lang: Lang, stock: &Stock) -> AnyView {
    let columns = vec![Column::text(tr(lang, "指标", "Figure")), Column::number(tr(lang, "数量", "Number")), Column::text(tr(lang, "单位", "Unit"))];
    let lines = stock.year();
    let few = lines.iter().any(|line| line.n.is_none());
    let number = |line: &Line| line.n.map_or_else(|| "*".to_owned(), |n| n.to_string());
    let figure = |line: &Line| match behind(stock, line) {
        Some(href) => Cell::link(href, number(line)),
        None => Cell::text(number(line)),
    };
    let rows = lines.iter().map(|line| vec![Cell::text(line.name.get(lang)), figure(line), Cell::text(line.unit.get(lang))]).collect();
    let caption = match lang {
        Lang::Zh => format!("{}年以来", stock.day.year()),
        Lang::En => format!("Since 1 January {}", stock.day.year()),
    };
    let few = few.then(|| view! { <p class="hint">{tr(lang, "已作结论的年度工作报告太少时，所填数额不公布，以 * 代替。", "Where few annual reports were concluded, what they say is not told: an asterisk stands for it.")}</p> });
    view! { <DataTable caption columns rows empty=Empty::new("")/>{few}{shares(lang, stock)} }.into_any()
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
    let evaluated = if stock.evaluated().iter().any(|line| line.n != Some(0)) {
        chart(lang, stock, tr(lang, "评估等级在有效期内的", "With an evaluation in force"), tr(lang, "等级", "Level"), stock.evaluated())
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
        {chart(lang, stock, tr(lang, "按类型", "By kind"), tr(lang, "类型", "Kind"), stock.kinds())}
        {chart(lang, stock, tr(lang, "按登记管理机关层级", "By level of the authority"), tr(lang, "层级", "Level"), stock.authorities())}
        {chart(lang, stock, tr(lang, "按行业", "By industry"), tr(lang, "行业", "Industry"), stock.industries())}
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

/// The list behind a figure of the year.
pub fn list(shell: &Shell, list: Behind) -> String {
    let lang = shell.lang;
    let Behind { stock, line, lines, next } = list;
    let title = line.name.get(lang).to_owned();
    let heading = format!("{title} · {} · {}", stock.name, stock.day.year());
    let asked = query(&stock.selection, stock.region.as_str());
    let figures = url::with(url::register_figures(), &asked);
    let next = next.map(|key| url::with(url::register_figures_list(), &[asked.as_slice(), &[("figure", line.what.as_str()), ("after", &key)]].concat()));
    let day = lang.pick(stock.day.zh_plain(), stock.day.en_plain());
    let of = match line.n {
        Some(n) => lang.pick(format!("截至{day}的每日数据文件：{n} {}", line.unit.zh), format!("As of the daily file of {day}: {n} {}", line.unit.en)),
        None => lang.pick(format!("截至{day}的每日数据文件，数额不公布"), format!("As of the daily file of {day}; the figure itself is not told")),
    };
    let columns = vec![
        Column::text(tr(lang, "名称", "Name")),
        Column::text(tr(lang, "日期", "Day")),
        Column::text(tr(lang, "结果", "What")),
        Column::text(tr(lang, "文号", "Number")),
    ];
    let rows = lines.into_iter().map(|one| {
        let name = if one.uscc.is_empty() { Cell::text(one.name) } else { Cell::link(url::organization(&one.uscc), one.name) };
        vec![name, Cell::text(lang.pick(one.day.zh_plain(), one.day.en_plain())), Cell::text(one.what.get(lang)), Cell::text(one.number)]
    });
    let rows: Vec<_> = rows.collect();
    let empty = Empty::new(tr(lang, "这个指标下现在没有数据。", "Nothing is counted by this figure now.")).act(figures.clone(), tr(lang, "回到统计", "Back to the figures"));
    ui::render(shell, Page::public(title).wide().back(figures), move || {
        view! {
            <h1>{heading}</h1>
            <p class="hint">{of}</p>
            <DataTable caption=tr(lang, "按日期排列", "By day") columns rows empty/>
            <Pager next=next.unwrap_or_default()/>
        }
    })
}
