use catalog::ops::{Difference, History, StaffView};
use catalog::states::{Action, DraftState};
use kernel::{Day, Instant, Issue, Text};

use super::*;

fn sample(state: DraftState) -> StaffView {
    let guide = catalog::testing::sample_guide("marriage.registration");
    let version = guide.item.version;
    let draft = catalog::model::Draft {
        id: kernel::Id::new(1, [3; 10]),
        item: version.item,
        state,
        revision: 4,
        author: "somebody".to_owned(),
        effective_from: Some(Day::ymd(2026, 9, 1)),
        effective_to: None,
        opinion: Some("</textarea><script>alert(1)</script>".to_owned()),
        changed_at: Instant::at(Day::ymd(2026, 7, 1), 600),
        elements: version.elements.clone(),
    };
    StaffView {
        id: version.item,
        code: guide.item.code,
        basic_code: guide.item.basic_code,
        region: ("990102".to_owned(), "城东区".to_owned()),
        body: Some(Text::same("城东区民政局")),
        revision: 1,
        switch_reason: None,
        standing: Standing::UpdateDue,
        current: Some(version),
        draft: Some(draft),
        update: Some((Day::ymd(2026, 7, 15), Some(Day::ymd(2026, 9, 1)))),
    }
}

fn shown(lang: Lang, state: DraftState) -> String {
    let view = sample(state);
    let past = History { versions: view.current.clone().into_iter().collect(), reviews: Vec::new() };
    let data = ItemData {
        view: &view,
        past: &past,
        changes: vec![Difference { label: Text::same("承诺办结时限"), before: vec!["20".to_owned()], after: vec!["15".to_owned()] }],
        compared: None,
        open: vec![Issue::error("E-P101", "承诺办结时限不得超过法定办结时限", "Promised limit may not exceed the legal limit")],
        acts: state.actions().iter().map(|(action, _)| *action).collect(),
        may_open: true,
        may_switch: true,
    };
    item(&Shell::sample(lang), data, &Values::new())
}

#[test]
fn each_state_shows_the_buttons_of_its_table_and_no_others() {
    for state in DraftState::ALL {
        let html = shown(Lang::Zh, state);
        let has = |verb: &str| html.contains(&format!("/{verb}\""));
        let may = |action: Action| state.role(action).is_some();
        assert_eq!(has("submit"), may(Action::Submit), "{state:?}");
        assert_eq!(has("publish"), may(Action::Publish), "{state:?}");
        assert_eq!(has("review"), may(Action::Pass) || may(Action::Return), "{state:?}");
    }
}

#[test]
fn what_a_reviewer_wrote_is_shown_as_text_and_findings_with_their_codes() {
    for lang in [Lang::Zh, Lang::En] {
        let html = shown(lang, DraftState::Draft);
        assert!(!html.contains("<script>alert"));
        assert!(html.contains("E-P101") && html.contains("&lt;script&gt;"));
    }
}

#[test]
fn the_form_comes_filled_with_what_the_draft_says_and_shows_what_is_locked() {
    let view = sample(DraftState::Draft);
    let values = known(&view).with("place.note.zh", "</textarea><script>x</script>");
    let html = edit(&Shell::sample(Lang::Zh), &view, &values);
    assert!(html.contains("两人一起到任意一家婚姻登记处") && html.contains("value=\"2026-09-01\""));
    assert!(html.contains("上级锁定的要素") && !html.contains("<script>x"));
    let (local, from) = local(&values).expect("readable");
    assert_eq!(from, Some(Day::ymd(2026, 9, 1)));
    assert_eq!(local.offices, ["990102-01"]);
}

#[test]
fn the_list_keeps_its_filter_when_it_goes_on() {
    let line = AdminLine {
        code: "11990102YY9990101F4000711001001".to_owned(),
        name: Text::same("<b>结婚</b>"),
        region: "990102".to_owned(),
        body: None,
        standing: Standing::Live,
        version: Some(1),
        draft: None,
    };
    let html = list(&Shell::sample(Lang::Zh), vec![line], true, false, &Values::new().with("q", "结婚").with("after", "x"));
    assert!(html.contains("after=11990102YY9990101F4000711001001") && html.contains("q=%E7%BB%93%E5%A9%9A"));
    assert!(!html.contains("<b>结婚</b>"));
}
