//! The pages of the register in both languages.

use kernel::{Day, Id, Instant, Lang, RegionCode, Text};
use organizations::public::{Change, Profile, Said, Step};
use organizations::{Flags, Head, Kind, Status, Version, testing};
use ui::{Shell, Values};

use super::profile;

fn sample(on: Option<Day>) -> Profile {
    let at = Instant::at(Day::ymd(2026, 7, 1), 600);
    let content = testing::content("甲市<b>摄影</b>协会", Kind::Association);
    let (before, after) = (Text::default(), Text::same("<script>".to_owned()));
    let change = Change { field: "address", name: Text::fixed("住所", "Address"), before, after, filed: Default::default() };
    let step = Step { version: 2, effective_on: at.day(), recorded_at: at, reason: Text::fixed("变更登记", "Change registered"), changes: vec![change] };
    Profile {
        head: Head {
            id: Id::new(1, [1; 10]),
            uscc: Some("51990100YY9990021T".to_owned()),
            name: content.name.clone(),
            kind: content.kind,
            subtype: content.subtype.clone(),
            industry: content.industry.clone(),
            region: RegionCode::parse("990100").expect("a region"),
            authority: Id::new(1, [2; 10]),
            supervisor: String::new(),
            status: Status::Active,
            status_since: at.day(),
            established_on: content.established_on,
            flags: Flags { charity: true, level: 5, ..Flags::default() },
            legal_representative: content.legal_representative.clone(),
            funds: content.funds,
            version: 2,
            updated_at: at,
        },
        on,
        said: Some(Said {
            version: Version { version: 2, effective_on: at.day(), recorded_at: at, reason: "change".to_owned(), content },
            history: vec![step],
            more: true,
            facts: Vec::new(),
        }),
        first_recorded: at,
        at,
    }
}

#[test]
fn an_entry_says_what_it_is_in_both_languages_and_writes_no_markup_of_others() {
    for (lang, words) in [(Lang::Zh, ["存续", "慈善组织", "变更历史", "出具签名提取件", "评估等级 5A"]), (Lang::En, ["In existence", "Charity", "History", "Get a signed extract", "Evaluation 5A"])] {
        let html = profile::page(&Shell::sample(lang), sample(None), Values::new());
        for word in words {
            assert!(html.contains(word), "{word}");
        }
        assert!(!html.contains("<b>摄影") && !html.contains("<script>（") && html.contains("/history?before=2"));
    }
}

#[test]
fn a_past_day_says_that_it_is_past_and_offers_no_mail() {
    let html = profile::page(&Shell::sample(Lang::Zh), sample(Some(Day::ymd(2026, 6, 30))), Values::new());
    assert!(html.contains("截至2026年6月30日") && html.contains("看现在的"));
    assert!(!html.contains("发送确认邮件"));
}

#[test]
fn a_day_of_the_register_is_said_as_on_every_page_in_both_languages() {
    for (lang, day) in [(Lang::Zh, "2020年3月2日"), (Lang::En, "2 March 2020")] {
        let html = profile::page(&Shell::sample(lang), sample(None), Values::new());
        assert!(html.contains(day) && !html.contains("2020-03-02"), "{day}");
    }
}
