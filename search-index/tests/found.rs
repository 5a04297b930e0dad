//! Known items: what people type, and what they must find first.

mod kit;

use kit::Kit;
use search_index::{Kind, Request, Segment, Stage};

#[test]
fn chinese_words_parts_of_names_and_traditional_characters() {
    Kit::new().finds(
        Stage::Exact,
        &[
            ("结婚登记", "结婚登记"),
            ("結婚登記", "结婚登记"),
            ("「结婚」登记", "结婚登记"),
            ("离婚", "离婚登记"),
            ("離婚登記", "离婚登记"),
            ("领证", "结婚登记"),
            ("思明区婚姻登记", "厦门市思明区民政局婚姻登记处"),
            ("集美婚姻登记处", "厦门市集美区民政局婚姻登记处"),
            ("厦门集美婚姻登记处", "厦门市集美区民政局婚姻登记处"),
            ("思明 婚姻登记", "厦门市思明区民政局婚姻登记处"),
            ("广州慈善会", "广州市慈善会"),
            ("收养", "收养登记"),
            ("户口簿", "结婚登记要带户口簿吗"),
            ("养老院", "北京市朝阳区养老院"),
            ("湖滨南路", "厦门市思明区民政局婚姻登记处"),
        ],
    );
}

#[test]
fn pinyin_and_initials() {
    Kit::new().finds(
        Stage::Exact,
        &[
            ("jiehundengji", "结婚登记"),
            ("jie hun deng ji", "结婚登记"),
            ("jiehund", "结婚登记"),
            ("JieHun", "结婚登记"),
            ("jiéhūn", "结婚登记"),
            ("jhdj", "结婚登记"),
            ("lhdj", "离婚登记"),
            ("sydj", "收养登记"),
            ("xmjmmzj", "厦门市集美区民政局婚姻登记处"),
            ("simingqu hunyin", "厦门市思明区民政局婚姻登记处"),
            ("gzcsh", "广州市慈善会"),
        ],
    );
}

/// Written by hand from how the words are said, not from the table that made the index.
#[test]
fn polyphones_are_found_as_people_say_them() {
    Kit::new().finds(
        Stage::Exact,
        &[
            ("chongqing yuzhong", "重庆市渝中区民政局婚姻登记处"),
            ("cqyz", "重庆市渝中区民政局婚姻登记处"),
            ("changsha", "长沙市慈善会"),
            ("cscsh", "长沙市慈善会"),
            ("xiamen siming", "厦门市思明区民政局婚姻登记处"),
            ("xmsm", "厦门市思明区民政局婚姻登记处"),
            ("luan", "六安市救助管理站"),
            ("lajz", "六安市救助管理站"),
            ("yueqing", "乐清市社会福利院"),
            ("yqshfly", "乐清市社会福利院"),
            ("yinyue", "音乐类社会团体成立登记"),
            ("kuaiji", "会计师事务所备案"),
            ("kjssws", "会计师事务所备案"),
            ("changle", "福州市长乐区民政局婚姻登记处"),
            ("fzcl", "福州市长乐区民政局婚姻登记处"),
            ("changshou", "重庆市长寿区养老服务中心"),
            ("chaoyang", "北京市朝阳区养老院"),
            ("bjcy", "北京市朝阳区养老院"),
            ("zhongguo yinhang", "中国银行广州分行捐赠专户"),
        ],
    );
}

#[test]
fn letters_and_characters_together() {
    Kit::new().finds(
        Stage::Exact,
        &[
            ("xm集美婚姻", "厦门市集美区民政局婚姻登记处"),
            ("gz慈善", "广州市慈善会"),
            ("jiehun登记", "结婚登记"),
            ("结婚dj", "结婚登记"),
        ],
    );
}

#[test]
fn one_character_wrong_missing_or_swapped_is_found_and_called_near() {
    Kit::new().finds(
        Stage::Near,
        &[
            ("结昏登记", "结婚登记"),
            ("婚结登记", "结婚登记"),
            ("离昏登记", "离婚登记"),
            ("广洲慈善会", "广州市慈善会"),
            ("长沙慈擅会", "长沙市慈善会"),
            ("六安救助管里站", "六安市救助管理站"),
            ("jiehumdengji", "结婚登记"),
            ("jiehundenji", "结婚登记"),
            ("marrige registration", "结婚登记"),
        ],
    );
}

#[test]
fn codes_by_beginning_in_any_width_and_with_one_wrong_character() {
    let kit = Kit::new();
    kit.finds(
        Stage::Exact,
        &[
            ("11350000MB0001232C4350711002000", "收养登记"),
            ("11350000mb0001232c4350711002000", "收养登记"),
            ("1135 0000 MB00 0123 2C43 5071 1002 000", "收养登记"),
            ("３５０２０３０００１", "厦门市思明区民政局婚姻登记处"),
            ("350203", "厦门市思明区民政局婚姻登记处"),
            ("4401000002", "中国银行广州分行捐赠专户"),
        ],
    );
    kit.finds(Stage::Near, &[("11350000MB0001232C4350711002O00", "收养登记"), ("3502830001", "厦门市思明区民政局婚姻登记处")]);
    assert_eq!(kit.ask("3502030001").total, 1, "an exact code brings nothing near with it");
}

#[test]
fn english_words_and_their_beginnings() {
    Kit::new().finds(
        Stage::Exact,
        &[
            ("Marriage registration", "结婚登记"),
            ("divorce", "离婚登记"),
            ("adopt", "收养登记"),
            ("replacement certif", "补领婚姻登记证"),
        ],
    );
}

#[test]
fn garbage_finds_nothing_and_breaks_nothing() {
    let kit = Kit::new();
    for text in
        ["", " ", "（）", "\u{0}", "魑魅魍魉", "\" OR 1=1 --", "<script>alert(1)</script>", "*:*", "kind:(", "🎉", "zzzzqqqq", "￥％…", "''"]
    {
        let answer = kit.ask(text);
        assert!(answer.hits.len() <= 20, "{text:?}");
    }
    for text in ["", "（）", "魑魅魍魉", "zzzzqqqq"] {
        assert_eq!(kit.ask(text).stage, Stage::Nothing, "{text:?}");
        assert!(kit.index.suggest(text, &[], 8).expect("answers").is_empty(), "{text:?}");
    }
    let long = kit.ask(&"婚姻登记".repeat(1_000));
    assert!(long.cut);
    kit.ask(&"a".repeat(10_000));
    kit.ask(&"1".repeat(10_000));
}

#[test]
fn limits_hold_whatever_is_asked() {
    let kit = Kit::new();
    let all = Request { limit: usize::MAX, offset: usize::MAX, ..Request::new("登记") };
    assert!(kit.index.search(&all).expect("answers").hits.is_empty());
    let page = |offset| {
        let request = Request { limit: 2, offset, ..Request::new("登记") };
        kit.index.search(&request).expect("answers").hits.into_iter().map(|hit| hit.entry.uid).collect::<Vec<_>>()
    };
    let total = kit.ask("登记").total;
    let mut seen: Vec<String> = (0..total).step_by(2).flat_map(page).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), total);
}

#[test]
fn counts_follow_the_filters_and_tabs_show_what_they_would_find() {
    let kit = Kit::new();
    let all = kit.ask("婚姻登记");
    let tab = |kind| all.kinds.iter().find(|(k, _)| *k == kind).map_or(0, |(_, count)| *count);
    for kind in Kind::ALL {
        let one = kit.index.search(&Request { kind: Some(kind), ..Request::new("婚姻登记") }).expect("answers");
        assert_eq!(one.total, tab(kind), "{kind:?}");
        assert_eq!(one.kinds, all.kinds);
        assert!(one.hits.iter().all(|hit| hit.entry.kind == kind));
    }
    let fujian = vec!["350000".to_owned()];
    let inside = kit.index.search(&Request { region: fujian.clone(), below: fujian, ..Request::new("婚姻登记处") }).expect("answers");
    let mut regions = inside.regions.clone();
    regions.sort();
    assert_eq!(regions, [("350100".to_owned(), 2), ("350200".to_owned(), 2)]);
    assert!(inside.hits.iter().all(|hit| hit.entry.region[0] == "350000"));
    let facet = Request { facets: vec!["service/marriage".to_owned()], ..Request::new("登记") };
    assert!(kit.index.search(&facet).expect("answers").hits.iter().all(|hit| hit.entry.kind == Kind::Item));
}

#[test]
fn the_visitors_own_region_comes_first_among_equals() {
    let kit = Kit::new();
    for (home, expected) in [("350211", "厦门市集美区民政局婚姻登记处"), ("350203", "厦门市思明区民政局婚姻登记处")] {
        let home = vec!["350000".to_owned(), "350200".to_owned(), home.to_owned()];
        let request = Request { home, kind: Some(Kind::Office), ..Request::new("婚姻登记处") };
        let answer = kit.index.search(&request).expect("answers");
        assert_eq!(answer.hits[0].entry.title, expected);
    }
}

fn shown(segments: &[Segment]) -> String {
    segments.iter().map(|s| if s.hit { format!("[{}]", s.text) } else { s.text.clone() }).collect()
}

#[test]
fn marks_stand_on_what_was_meant() {
    let kit = Kit::new();
    for (question, expected) in [
        ("結婚", "[结婚]登记"),
        ("jiehun", "[结婚]登记"),
        ("jhdj", "[结婚登记]"),
        ("结昏登记", "[结婚登记]"),
        ("婚结登记", "[结婚登记]"),
        ("集美婚姻登记处", "厦门市[集美]区民政局[婚姻登记处]"),
        ("广州慈善会", "[广州]市[慈善会]"),
        ("gzcsh", "[广州]市[慈善会]"),
        ("cqyz", "[重庆]市[渝中]区民政局婚姻登记处"),
        ("xm集美", "[厦门]市[集美]区民政局婚姻登记处"),
    ] {
        assert_eq!(shown(&kit.ask(question).hits[0].title), expected, "{question}");
    }
    let code = kit.ask("3502 03");
    assert_eq!(shown(&code.hits[0].code), "[350203]0001");
    let slip = kit.ask("11350000MB0001232C4350711002O00");
    assert_eq!(shown(&slip.hits[0].code), "[11350000MB0001232C4350711002]0[00]");
    let english = kit.ask("marriage reg");
    assert_eq!(shown(&english.hits[0].title_en), "[Marriage] [reg]istration");
    let alias = kit.ask("领证");
    assert_eq!(alias.hits[0].alias.as_deref().map(shown).as_deref(), Some("[领证]"));
    let text = kit.ask("全国通办");
    assert_eq!(shown(&text.hits[0].excerpt), "2025年5月起可以[全国通办]，不用出示户口簿。");
}

#[test]
fn suggestions_come_with_every_letter() {
    let kit = Kit::new();
    let first = |typed: &str| {
        let found = kit.index.suggest(typed, &[], 8).expect("answers");
        found.first().map(|s| s.title.iter().map(|p| p.text.as_str()).collect::<String>())
    };
    for typed in ["结", "结婚", "结婚登", "结婚登记", "結婚", "jieh", "jiehun", "jiehundengj", "jh", "jhdj", "marr", "Marriage reg"] {
        let found = first(typed).unwrap_or_default();
        assert!(found.starts_with("结婚登记"), "{typed}: {found}");
    }
    assert_eq!(first("350211").as_deref(), Some("厦门市集美区民政局婚姻登记处"));
    assert!(first("婚姻登记处").is_some());
}
