//! A thing that is offered in many places is found once, and leads to the place that suits.

mod kit;

use kit::Kit;
use search_index::{Change, Entry, Kind, Offer, Request, Segment};

fn path(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn offer(code: &str, region: &[&str], names: &str, open: bool) -> Offer {
    Offer { code: code.to_owned(), region: path(region), names: names.to_owned(), open, url: format!("/items/{code}") }
}

/// The kit with two items of many places, neither of which is named as people call it.
fn kit() -> Kit {
    let mut kit = Kit::new();
    let offers = vec![
        offer("113502030001", &["350000", "350200", "350203"], "福建省厦门市思明区", true),
        offer("113502110001", &["350000", "350200", "350211"], "福建省厦门市集美区", true),
        offer("113501120001", &["350000", "350100", "350112"], "福建省福州市长乐区", true),
        offer("113501110001", &["350000", "350100", "350111"], "福建省福州市晋安区", false),
    ];
    let first = &offers[0];
    let item = |id: &str, title: &str, aliases: &[&str]| Entry {
        aliases: path(aliases),
        code: first.code.clone(),
        region: first.region.clone(),
        url: first.url.clone(),
        prior: 9,
        text: "两人一起到。收养人应当有抚养能力，当场领收养证。".to_owned(),
        text_en: "Both come in person. The adopter can raise a child, and the 收养 paper is given at once.".to_owned(),
        ..Entry::new(Kind::Item, id, title)
    };
    let many = Entry { offers: offers.clone(), ..item("1", "内地居民申办证明", &["公证证明", "开公证", "办公证书"]) };
    let rival = Entry { code: "999".to_owned(), ..item("2", "补办公证证明", &[]) };
    kit.writer.apply(&[Change::put(many), Change::put(rival)]).expect("taken in");
    kit.writer.commit(2).expect("shown");
    kit
}

fn ask(kit: &Kit, request: Request) -> search_index::Answer {
    kit.index.search(&request).expect("answers")
}

#[test]
fn it_is_counted_once_in_every_region_above_its_places() {
    let kit = kit();
    let below = |codes: &[&str]| {
        let mut found = ask(&kit, Request { below: path(codes), ..Request::new("内地居民申办证明") }).regions;
        found.sort();
        found
    };
    assert_eq!(below(&["350000"]), [("350100".to_owned(), 1), ("350200".to_owned(), 1)]);
    assert_eq!(below(&["350000", "350200"]), [("350203".to_owned(), 1), ("350211".to_owned(), 1)]);
    assert_eq!(ask(&kit, Request::new("内地居民申办证明")).total, 1);
}

#[test]
fn it_leads_to_the_code_asked_for_else_to_the_region_chosen_else_home() {
    let kit = kit();
    let leads = |request: Request| ask(&kit, request).hits.first().map(|hit| (hit.entry.url.clone(), hit.places));
    let (jimei, changle) = (path(&["350000", "350200", "350211"]), path(&["350000", "350100", "350112"]));
    let question = || Request::new("公证证明");
    assert_eq!(leads(question()), Some(("/items/113502030001".to_owned(), 3)));
    assert_eq!(leads(Request { home: jimei.clone(), ..question() }), Some(("/items/113502110001".to_owned(), 3)));
    assert_eq!(leads(Request { region: changle.clone(), home: jimei.clone(), ..question() }), Some(("/items/113501120001".to_owned(), 1)));
    assert_eq!(leads(Request { region: path(&["350000", "350100"]), ..question() }).map(|(_, places)| places), Some(1));
    for code in ["113501120001", "1135 0112", "113501110001"] {
        let found = ask(&kit, Request { home: jimei.clone(), ..Request::new(code) });
        assert_eq!(found.total, 1, "{code}");
        assert!(found.hits[0].entry.code.starts_with(&code.replace(' ', "")), "{code}");
        assert!(found.hits[0].code.iter().any(|piece| piece.hit), "{code}");
    }
    assert_eq!(kit.index.suggest("公证", &changle, 1).expect("answers")[0].url, "/items/113501120001");
}

#[test]
fn another_name_that_is_exactly_the_question_stands_before_a_name_that_has_it_inside() {
    let found = ask(&kit(), Request::new("公证证明"));
    let titles: Vec<_> = found.hits.iter().map(|hit| hit.entry.title.as_str()).collect();
    assert_eq!(titles[..2], ["内地居民申办证明", "补办公证证明"]);
}

#[test]
fn names_of_places_help_to_find_it() {
    let found = ask(&kit(), Request::new("集美申办证明"));
    assert_eq!(found.hits[0].entry.title, "内地居民申办证明");
    assert!(found.hits[0].excerpt.is_empty());
}

#[test]
fn excerpts_are_of_one_language_and_begin_with_a_sentence() {
    let found = ask(&kit(), Request { kind: Some(Kind::Item), ..Request::new("收养") });
    let hit = found.hits.iter().find(|hit| hit.entry.id() == "1").expect("found");
    let text = |pieces: &[Segment]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    assert_eq!(text(&hit.excerpt), "收养人应当有抚养能力，当场领收养证。");
    assert_eq!(text(&hit.excerpt_en), "The adopter can raise a child, and the 收养 paper is given at once.");
}
