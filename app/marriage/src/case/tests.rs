//! The page of a case in both languages, with markup typed into every field.

use casework::Head;
use kernel::{Id, Instant, Issue, Text};
use marriage::CaseFile;
use marriage::states::{State, actions_for};
use platform::Role;

use super::*;

const MARKUP: &str = "</textarea><script>alert(1)</script>\"'";

fn view() -> CaseView {
    let head = Head {
        id: Id::new(1, [1; 10]),
        case_no: "9901012026052020000017".to_owned(),
        service: marriage::SERVICE.to_owned(),
        item_code: marriage::ITEM.to_owned(),
        region: "990101".to_owned(),
        org: Id::new(1, [2; 10]),
        office: vec![3; 16],
        phase: "precheck".to_owned(),
        version: 3,
        opened_at: Instant::from_micros(0),
    };
    let file = CaseFile {
        head,
        state: State::Precheck,
        booking: None,
        statement_version: "2025-05-10".to_owned(),
        check: None,
        interview: None,
        medical_told: false,
        photo: None,
        kin_cleared: false,
        a: None,
        b: None,
    };
    CaseView {
        actions: actions_for(file.state.kind(), &[Role::Registrar]),
        file,
        findings: Vec::new(),
        log: Vec::new(),
        checks: Vec::new(),
        entry: None,
        office: Text::new("城中区民政局婚姻登记处", "Chengzhong Marriage Registry"),
        serials: Vec::new(),
        is_typist: [false, false],
    }
}

#[test]
fn an_error_loses_nothing_and_markup_stays_text() {
    let issue = Issue::error("C-E01", "身份证号码校验位不正确", "ID number checksum is wrong").field("a_id_no");
    let values = Values::new().with("a_name", MARKUP).with("a_id_no", MARKUP).with_issues([issue]);
    for lang in [Lang::Zh, Lang::En] {
        let html = page(&Shell::sample(lang), view(), &[], &Typed { act: act::ENTER_A.to_owned(), values: values.clone(), ..Typed::default() });
        assert!(!html.contains("<script>alert"), "{lang:?}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "what was typed is still there");
        assert!(html.contains("href=\"#a_id_no\""), "the summary links to the field");
        assert!(html.contains("name=\"seen\" value=\"3\""), "the form is of the present version");
        assert!(!html.contains(" style="), "the policy forbids inline styles");
    }
}

#[test]
fn only_what_the_table_allows_has_a_button() {
    let clerk = CaseView { actions: actions_for(marriage::states::StateKind::Precheck, &[Role::Clerk]), ..view() };
    let html = page(&Shell::sample(Lang::Zh), clerk, &[], &Typed::default());
    assert!(html.contains("/enter-a\"") && html.contains("/abort\""));
    assert!(!html.contains("/accept\"") && !html.contains("/refuse\""));
}

#[test]
fn the_form_has_the_fields_of_the_kind_of_party() {
    let fields = ["a_id_type", "a_birth", "a_nationality", "a_local_id_number", "a_no_spouse_authentication", "a_military_certificate_issuer"];
    for (kind, shown) in [("", [false; 6]), ("2", [true, true, false, true, false, false]), ("6", [true, true, true, false, true, false]), ("7", [false, false, false, false, false, true])] {
        let typed = Typed { kinds: [kind.to_owned(), String::new()], ..Typed::default() };
        let html = page(&Shell::sample(Lang::Zh), view(), &[], &typed);
        for (field, shown) in fields.into_iter().zip(shown) {
            assert_eq!(html.contains(&format!("name=\"{field}\"")), shown, "{field} of {kind:?}");
        }
    }
}
