//! The public register, on both engines.

use ::store::db_test;
use kernel::Day;
use platform::Actor;

use super::*;
use crate::model::{Amendment, Kind, Status};
use crate::register;
use crate::testing::{World, registered, world};

async fn amended(w: &World, id: crate::OrganizationId, change: impl Fn(&mut crate::Content), effective_on: Day) {
    let ctx = w.p.system();
    let known = register::by_id(w.p.db(), id).await.expect("there");
    let mut content = known.content;
    change(&mut content);
    let amendment = Amendment { content, private: None, uscc: None, effective_on, reason: "change.base".to_owned() };
    let seen = known.head.version;
    ctx.db()
        .write(|tx| {
            let (ctx, amendment) = (ctx.clone(), amendment.clone());
            async move { register::amend(&tx, &ctx, id, seen, amendment).await }
        })
        .await
        .expect("amended");
}

db_test!(as_of_a_day_is_what_was_recorded_by_its_end_with_the_other_time_beside_it, |db| async move {
    let w = world(db).await;
    let id = registered(&w, "城东区邻里互助会", Kind::Association).await;
    let uscc = register::by_id(w.p.db(), id).await.expect("there").head.uscc.expect("a code");
    w.p.set_now(kernel::Instant::at(Day::ymd(2026, 7, 10), 23 * 60 + 59));
    // Recorded on the tenth at the last minute, in effect since the third.
    amended(&w, id, |content| content.name = "城东区邻里互助联合会".to_owned(), Day::ymd(2026, 7, 3)).await;
    w.p.set_now(kernel::Instant::at(Day::ymd(2026, 7, 20), 600));
    let visitor = w.p.as_actor(Actor::Anonymous);
    let name = |profile: &Profile| profile.said.as_ref().expect("known").version.content.name.clone();
    let then = profile(&visitor, &uscc, "2026-07-09").await.expect("shown");
    assert_eq!((name(&then).as_str(), then.said.as_ref().expect("known").history.len()), ("城东区邻里互助会", 1));
    let last = profile(&visitor, &uscc, "2026-07-10").await.expect("shown");
    assert_eq!((name(&last).as_str(), last.said.as_ref().expect("known").version.effective_on), ("城东区邻里互助联合会", Day::ymd(2026, 7, 3)));
    let steps = &last.said.as_ref().expect("known").history;
    assert_eq!((steps.len(), steps[0].changes.len(), steps[0].changes[0].field), (2, 1, "name"));
    assert!(profile(&visitor, &uscc, "2026-06-30").await.expect("shown").said.is_none(), "not recorded by then");
    for (on, code) in [("2026-07-20", "E-D32"), ("2027-01-01", "E-D32"), ("yesterday", "E-D31"), ("2026-02-30", "E-D31")] {
        assert!(profile(&visitor, &uscc, on).await.expect_err(on).has_code(code), "{on}");
    }
});

db_test!(d_6_a_code_is_read_however_it_is_typed_and_keeps_its_page_after_the_end, |db| async move {
    let w = world(db).await;
    let visitor = w.p.as_actor(Actor::Anonymous);
    let id = registered(&w, "城东区邻里互助会", Kind::Association).await;
    let uscc = register::by_id(w.p.db(), id).await.expect("there").head.uscc.expect("a code");
    let wide: String = uscc.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).expect("full width")).collect();
    for typed in [uscc.to_lowercase(), wide, format!(" {} {} ", &uscc[..8], &uscc[8..])] {
        assert_eq!(entry(&visitor, &typed).await.expect("found").head.id, id, "{typed}");
    }
    for (typed, code) in [("5199000YY9990013T", "E-USCC01"), ("51990000YI9990013T", "E-USCC02"), ("51990000YY9990013U", "E-USCC03"), ("99990102YY9990216L", "E-USCC04"), ("51990000YY9990013T", "E-D21")] {
        assert!(entry(&visitor, typed).await.expect_err(typed).has_code(code), "{typed}");
    }
    assert!(entry(&visitor, &"5".repeat(10_000)).await.expect_err("long").has_code("E-USCC01"));
    amended(&w, id, |content| content.status = Status::Deregistered, w.p.now().day()).await;
    let shown = profile(&visitor, &uscc, "").await.expect("shown");
    assert_eq!(shown.said.expect("known").version.content.status, Status::Deregistered);
});

db_test!(the_daily_file_has_every_code_once_and_nothing_that_is_sealed, |db| async move {
    let w = world(db).await;
    for n in 0..7 {
        registered(&w, &format!("=城东区第{n}协会"), Kind::Association).await;
    }
    let job = daily_job();
    (job.run)(w.p.system()).await.expect("made");
    (job.run)(w.p.system()).await.expect("made once");
    let visitor = w.p.as_actor(Actor::Anonymous);
    let files = dailies(&visitor).await.expect("listed");
    assert_eq!((files.len(), files[0].entries), (1, 7));
    let csv = String::from_utf8(part(&visitor, files[0].day, Format::Csv, 1).await.expect("read").expect("there")).expect("text");
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() == 8 && csv.contains("'=城东区第0协会"));
    assert!(!csv.contains("990102199003070011"), "a number of a person");
    let json = part(&visitor, files[0].day, Format::Json, 1).await.expect("read").expect("there");
    let json: Vec<serde_json::Value> = serde_json::from_slice(&[b"[".as_slice(), &json, b"]"].concat()).expect("a list");
    assert_eq!(json.len(), 7);
    assert!(part(&visitor, files[0].day, Format::Csv, 2).await.expect("read").is_none());
    // Old ones go.
    w.p.set_now(w.p.now().plus_days(7));
    (job.run)(w.p.system()).await.expect("made");
    assert_eq!(dailies(&visitor).await.expect("listed").iter().map(|file| file.day).collect::<Vec<_>>(), [w.p.now().day()]);
});

#[test]
fn every_code_that_an_act_writes_into_the_register_has_words() {
    let matters = crate::matters::matters();
    let what = matters.iter().flat_map(|matter| &matter.case_type.questions).find(|question| question.key == "what").expect("the question of a change");
    let changes = what.choices.iter().map(|choice| format!("change.{}", choice.code));
    let acts = crate::supervision::Kind::ALL.iter().map(|kind| format!("{}.decide", kind.code()));
    let others = ["establishment", "liquidation", "cancellation", "import"].map(str::to_owned);
    for code in changes.chain(acts).chain(others) {
        assert_ne!(reason(&code).zh, code.as_str(), "{code}");
    }
}

#[test]
fn days_are_said_in_words_to_people_and_as_numbers_to_programs() {
    let certificate = crate::model::CertificateRef { no: "社证字第1号".to_owned(), version: 2, issued_on: Day::ymd(2025, 10, 19), valid_from: Day::ymd(2025, 10, 19), valid_to: Some(Day::ymd(2029, 10, 18)) };
    let content = crate::Content { certificate: Some(certificate), ..crate::testing::content("城东区邻里互助会", Kind::Association) };
    let field = |code: &str| FIELDS.iter().find(|field| field.code == code).expect("a field");
    let (founded, certificate) = (field("established_on"), field("certificate"));
    assert_eq!((founded.of(&content).zh.as_ref(), founded.of(&content).en.as_ref(), founded.filed(&content)), ("2020年3月2日", "2 March 2020", "2020-03-02".to_owned()));
    assert_eq!(certificate.of(&content).zh, "社证字第1号（第2版，2025年10月19日发，有效期至2029年10月18日）");
    assert_eq!(certificate.of(&content).en, "社证字第1号 (version 2, issued 19 October 2025, valid to 18 October 2029)");
    assert_eq!(certificate.filed(&content), "社证字第1号（第2版，2025-10-19发，有效期至2029-10-18）");
    let renamed = crate::Content { established_on: Some(Day::ymd(2021, 3, 2)), ..content.clone() };
    let change = profile::changes(&content, &renamed).remove(0);
    assert_eq!((change.before.zh.as_ref(), change.filed), ("2020年3月2日", ["2020-03-02".to_owned(), "2021-03-02".to_owned()]));
}
