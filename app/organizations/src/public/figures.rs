//! The stock of organisations: by kind, region, industry, level and list.

use kernel::{Lang, Text};
use leptos::prelude::*;
use organizations::public::{LEVELS, Stock, level, tiles};
use organizations::{Kind, Status, codes};
use ui::{Bar, BarChart, Fact, Facts, Notice, Page, Shell, Tile, TileMap, Tone, tr, url};

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

fn bars(lang: Lang, stock: &Stock, cells: impl IntoIterator<Item = (String, Text)>) -> Vec<Bar> {
    cells.into_iter().map(|(what, name)| Bar::count(name.get(lang), u64::try_from(stock.count(&what)).unwrap_or_default())).collect()
}

fn figures(lang: Lang, stock: &Stock) -> AnyView {
    let total = stock.count("stock");
    let (organisations, region) = (tr(lang, "个", "organisations"), tr(lang, "地区", "Region"));
    let ended = Status::ALL.into_iter().filter(|status| status.ended());
    let kinds = bars(lang, stock, Kind::ALL.into_iter().map(|kind| (format!("kind/{}", kind.code()), kind.name())));
    let industries = bars(lang, stock, codes::industries().iter().map(|industry| (format!("industry/{}", industry.code), industry.name.clone())));
    let levels = bars(lang, stock, LEVELS.into_iter().map(|one| (format!("level/{one}"), Text::same(level(one)))));
    let mut facts = vec![
        Fact::new(tr(lang, "存续", "In existence"), total.to_string()),
        Fact::new(tr(lang, "慈善组织", "Charities"), stock.count("charity").to_string()),
        Fact::new(tr(lang, "具有公开募捐资格", "May raise funds in public"), stock.count("fundraising").to_string()),
        Fact::new(tr(lang, "活动异常名录", "On the list of abnormal activity"), stock.count("list/abnormal").to_string()),
        Fact::new(tr(lang, "严重违法失信名单", "On the list of serious breaches"), stock.count("list/serious").to_string()),
    ];
    facts.extend(ended.map(|status| Fact::new(status.name().get(lang), stock.count(&format!("status/{}", status.code())).to_string())));
    let found = match lang {
        Lang::Zh => format!("{}有存续的社会组织 {total} 个", stock.name),
        Lang::En => format!("{total} organisations in existence in {}", stock.name),
    };
    let day = match lang {
        Lang::Zh => format!("截至{}的每日数据文件", stock.day.zh_plain()),
        Lang::En => format!("As of the daily file of {}", stock.day.en_plain()),
    };
    let places = tiles(&stock.region, stock.below.iter().map(|(code, ..)| code));
    let tiles: Vec<Tile> = stock
        .below
        .iter()
        .enumerate()
        .map(|(index, (code, name, n))| Tile {
            bar: Bar::count(name, u64::try_from(*n).unwrap_or_default()),
            href: url::with(url::register_figures(), &[("region", code.as_str())]),
            place: places.as_ref().map(|places| places[index]),
        })
        .collect();
    let map = (!tiles.is_empty()).then(|| view! { <TileMap title=tr(lang, "各地区存续的社会组织", "Organisations in existence by region") of=region unit=organisations tiles/> });
    let evaluated = if levels.iter().any(|bar| bar.value > 0.0) {
        view! { <BarChart title=tr(lang, "评估等级在有效期内的", "With an evaluation in force") of=tr(lang, "等级", "Level") unit=organisations bars=levels/> }.into_any()
    } else {
        view! { <p>{tr(lang, "现在没有评估等级在有效期内的社会组织。", "No organisation has an evaluation in force now.")}</p> }.into_any()
    };
    let above = stock.above.map(|above| {
        let href = url::with(url::register_figures(), &[("region", above.as_str())]);
        view! { <p><a href=href>{tr(lang, "看上一级地区", "The region above")}</a></p> }
    });
    let list = url::with(url::search(""), &[("kind", "organization"), ("region", stock.region.as_str())]);
    view! {
        <p class="lead">{found}</p>
        <p class="hint">{day}</p>
        {above}
        <Facts items=facts tiles=true/>
        {map}
        <BarChart title=tr(lang, "按类型", "By kind") of=tr(lang, "类型", "Kind") unit=organisations bars=kinds/>
        <BarChart title=tr(lang, "按行业", "By industry") of=tr(lang, "行业", "Industry") unit=organisations bars=industries/>
        {evaluated}
        <p><a href=list>{tr(lang, "看这些组织", "See them")}</a>" · "<a href=url::register_data()>{tr(lang, "数据下载", "Data")}</a></p>
    }
    .into_any()
}
