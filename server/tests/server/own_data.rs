//! The copy of his own data that a citizen takes away.

use kernel::{Day, Instant, Text};
use platform::own::Section;
use server::own_data::{CopyBody, paper};

#[test]
fn p8_the_copy_says_what_there_is_what_there_is_not_and_how_long_it_stays() {
    let mut bookings = Section::new("bookings", Text::fixed("预约", "Bookings"), &[("number", "预约号", "Number")]);
    bookings.add(Day::ymd(2026, 7, 1), ["9901022026070110000017".to_owned()]);
    let none = Section::new("drafts", Text::fixed("草稿", "Drafts"), &[("item", "事项编码", "Item")]);
    let now = Instant::at(Day::ymd(2026, 7, 1), 600);
    let paper = paper("测试省民政厅", now, &[bookings.clone(), none.clone()]);
    assert_eq!(paper.parts.len(), 1);
    assert_eq!(paper.closing, ["没有保存：草稿。"]);
    assert!(paper.parts[0].text[0].starts_with("依法保存至2027年7月1日"), "{:?}", paper.parts[0].text);
    let body = serde_json::to_value(CopyBody::new(now, vec![bookings, none])).expect("JSON");
    assert_eq!(body["sections"][0]["rows"][0][0], "9901022026070110000017");
    assert_eq!((body["sections"][0]["stays_until"].as_str(), body["sections"][1]["must_stay"].as_bool()), (Some("2027-07-01"), Some(false)));
}
