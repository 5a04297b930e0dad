//! Home and error pages, left in `target/tmp/site` to be looked at.

use std::fs;
use std::path::Path;

use kernel::{Day, Issue, Lang, Text};
use site::pages::{errors, home};
use ui::{Shell, ViewMode, Who, url};

fn sample() -> home::Home {
    let more = [("补领婚姻登记证", "Replace a certificate"), ("婚姻登记档案查询", "See a marriage record"), ("撤销受胁迫的婚姻", "Annul a coerced marriage")];
    home::Home {
        services: vec![
            home::ServiceLink::bookable(Text::new("结婚登记", "Marriage"), "990101"),
            home::ServiceLink::bookable(Text::new("离婚登记", "Divorce"), "990102"),
        ],
        more: more.map(|(zh, en)| (Text::new(zh, en), url::item("990103"))).to_vec(),
        notices: vec![home::HomeNotice {
            day: Day::ymd(2026, 6, 20),
            title: Text::new("端午节期间各登记处照常接待预约的新人", "Registration offices open over the Dragon Boat Festival"),
            href: String::new(),
        }],
    }
}

#[test]
fn the_pages_are_there_to_be_looked_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
    fs::create_dir_all(&folder).expect("the build folder is ours");
    for lang in Lang::ALL {
        for mode in [ViewMode::Normal, ViewMode::Large] {
            for who in [Who::Nobody, Who::Citizen { name: "李明".to_owned() }] {
                let signed = if who == Who::Nobody { "out" } else { "in" };
                let shell = Shell { mode, who, ..Shell::sample(lang) };
                let name = format!("home-{}-{}-{signed}.html", lang.code(), mode.code());
                fs::write(folder.join(name), home::page(&shell, &sample())).expect("written");
            }
        }
        let denied = errors::Trouble::Denied(Issue::error("E-P805", "无权访问城东区的数据", "No right to data of Chengdong"));
        let broken = errors::Trouble::Broken { request_id: "3m8qk2".to_owned() };
        for (name, trouble) in [("missing", errors::Trouble::NotFound), ("denied", denied), ("broken", broken)] {
            fs::write(folder.join(format!("{name}-{}.html", lang.code())), errors::page(&Shell::sample(lang), trouble)).expect("written");
        }
    }
}
