//! The scenarios of OVP P1.6 that need a database, on both engines.

use kernel::{Day, Instant, Lang, RegionCode};
use platform::testing::{TestPlatform, platform};
use platform::{Actor, OrgId, Role};
use store::db_test;

use super::*;
use crate::model::{FormStep, ItemView, ItemVersionId, LimitUnit};
use crate::states::Standing;
use crate::testing::{self, staff};
use crate::{jobs, seed};

const REVOCATION: &str = "marriage.revocation";
const MARRIAGE: &str = "marriage.registration";

async fn basic(world: &TestPlatform, code: &str) -> ItemId {
    staff_view(&world.system(), code).await.expect("a basic item").id
}

/// The province publishes a version of the revocation item with another promise, to begin on `from`.
async fn province_promises(world: &TestPlatform, working_days: u32, from: Day) -> ItemVersionId {
    let ctx = world.system();
    let id = basic(world, "000711003001").await;
    open(&ctx, id, Some(from)).await.expect("opened");
    let draft = staff_view(&ctx, "000711003001").await.expect("found").draft.expect("a draft");
    let mut elements = draft.elements;
    elements.promise.value = working_days;
    edit(&ctx, Edit { item: id, revision: 1, effective_from: Some(from), effective_to: None, elements }).await.expect("edited");
    seed::approve(&ctx, id).await.expect("published")
}

async fn item_of(world: &TestPlatform, service: &str) -> ItemView {
    of_service(&world.system(), service, &testing::region()).await.expect("listed").remove(0)
}

fn at(day: Day, minute: u16) -> Instant {
    Instant::at(day, minute)
}

/// The local elements of a view as its form has them.
fn local_of(elements: &Elements) -> Local {
    Local {
        summary: elements.summary.clone(),
        promise: elements.promise.clone(),
        visits: elements.visits.count,
        visits_reason: elements.visits.reason.clone(),
        department: None,
        offices: elements.place.offices.clone(),
        window: None,
        note: None,
        complaint: elements.remedies.complaint.clone(),
        faq: elements.faq.clone(),
    }
}

async fn three(world: &TestPlatform) -> (OrgId, Actor, Actor, Actor) {
    let org = testing::body(world).await.expect("a body");
    let one = |roles: &[Role], n| staff(org, "990102", roles, n);
    (org, one(&[Role::ItemEditor], 1), one(&[Role::ItemReviewer], 2), one(&[Role::ItemPublisher], 3))
}

// Scenario 7.
db_test!(p1_8_a_county_cannot_edit_what_the_province_holds, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let (_, editor, ..) = three(&world).await;
    let ctx = world.as_actor(editor);
    open(&ctx, view.id, None).await.expect("opened");
    let mut elements = view.version.elements.clone();
    elements.conditions.clear();
    let refused = edit(&ctx, Edit { item: view.id, revision: 1, effective_from: None, effective_to: None, elements }).await.expect_err("locked");
    assert!(refused.has_code("E-P108"), "{refused:?}");
});

// Scenario 10, the job not run: at 23:59:59 the item is open, at 00:00 it is suspended.
db_test!(an_update_that_is_not_made_suspends_the_item_on_its_day, |db| async move {
    let world = platform(db);
    testing::item(&world, REVOCATION).await.expect("published");
    let from = Day::ymd(2026, 9, 1);
    province_promises(&world, 15, from).await;
    assert_eq!(item_of(&world, REVOCATION).await.standing, Standing::UpdateDue);
    world.set_now(Instant::from_micros(at(from, 0).micros() - 1_000_000));
    assert_eq!(item_of(&world, REVOCATION).await.standing, Standing::UpdateDue, "23:59:59 of the day before");
    world.set_now(at(from, 0));
    let view = item_of(&world, REVOCATION).await;
    assert_eq!(view.standing, Standing::Suspended);
    let shown = guide(&world.system(), &view.code).await.expect("a guide");
    let notice = shown.notice.expect("a notice");
    assert_eq!((notice.get(Lang::Zh), notice.get(Lang::En)), ("事项调整中", "Item being updated"));
});

// Scenario 10, taken over in time.
db_test!(an_update_made_in_time_keeps_the_item_open, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, REVOCATION).await.expect("published");
    let from = Day::ymd(2026, 9, 1);
    province_promises(&world, 15, from).await;
    let ctx = world.system();
    open(&ctx, view.id, Some(from)).await.expect("opened");
    let found = preview(&ctx, view.id).await.expect("checked");
    assert_eq!(found.iter().map(|issue| issue.code.as_ref()).collect::<Vec<_>>(), ["E-P101"], "20 days are more than the province's 15 now");
    let mut local = local_of(&view.version.elements);
    local.promise.value = 12;
    edit_local(&ctx, view.id, 1, Some(from), local).await.expect("edited");
    seed::approve(&ctx, view.id).await.expect("published");
    assert_eq!(item_of(&world, REVOCATION).await.standing, Standing::UpdateDue, "the new version is not in force yet");
    world.set_now(at(from, 0));
    let now = item_of(&world, REVOCATION).await;
    assert_eq!((now.standing, now.version.number, now.version.elements.promise.value), (Standing::Live, 2, 12));
});

// Scenario 11.
db_test!(a_case_keeps_its_version_for_ever, |db| async move {
    let world = platform(db);
    let before = testing::item(&world, REVOCATION).await.expect("published");
    let ctx = world.system();
    open(&ctx, before.id, None).await.expect("opened");
    let mut local = local_of(&before.version.elements);
    local.promise = crate::model::Limit::new(5, LimitUnit::WorkingDay);
    edit_local(&ctx, before.id, 1, None, local).await.expect("edited");
    seed::approve(&ctx, before.id).await.expect("published");
    let now = item_of(&world, REVOCATION).await;
    assert_eq!((now.version.number, now.version.elements.promise.value), (2, 5));
    let kept = find_version(&ctx, before.version.id).await.expect("kept");
    assert_eq!(kept, before.version);
    let changed = differences(&kept.elements, &now.version.elements).expect("compared");
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].label.get(Lang::Zh), "承诺办结时限");
});

// Scenario 12: one version and one hash wherever the guide is shown.
db_test!(the_hash_is_that_of_the_text_that_is_shown, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let shown = guide(&world.system(), &view.code).await.expect("a guide");
    let version = &shown.item.version;
    assert_eq!(version.id, view.version.id);
    assert_eq!(version.text_hash.len(), 64);
    assert_eq!(version.text_hash, crate::model::text_hash(&crate::model::public_text(&version.elements).expect("a text")));
});

db_test!(a_published_version_cannot_be_changed_even_by_sql, |db| async move {
    let world = platform(db.clone());
    testing::item(&world, MARRIAGE).await.expect("published");
    for attempt in 0..2 {
        let refused = db
            .write(|tx| async move {
                match attempt {
                    0 => store::q("UPDATE catalog_version SET number = 7").exec(&tx).await,
                    _ => store::q("DELETE FROM catalog_version").exec(&tx).await,
                }
            })
            .await;
        assert!(refused.is_err(), "{refused:?}");
    }
});

db_test!(review_takes_three_people_and_never_the_author, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let (org, editor, reviewer, publisher) = three(&world).await;
    let all = staff(org, "990102", &[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher], 9);
    let id = view.id;
    open(&world.as_actor(all.clone()), id, None).await.expect("opened");
    submit(&world.as_actor(all.clone()), id, 1).await.expect("submitted");
    let pass = |revision| Review { item: id, revision, pass: true, opinion: None };
    assert!(review(&world.as_actor(all.clone()), pass(2)).await.expect_err("his own draft").has_code("E-P806"));
    assert!(review(&world.as_actor(publisher.clone()), pass(2)).await.expect_err("not his role").has_code("E-P805"));
    assert!(review(&world.as_actor(reviewer.clone()), pass(1)).await.expect_err("an old page").has_code("E-ST02"));
    review(&world.as_actor(reviewer.clone()), pass(2)).await.expect("department");
    assert!(review(&world.as_actor(reviewer.clone()), pass(2)).await.expect_err("posted twice").has_code("E-ST02"));
    let silent = Review { item: id, revision: 3, pass: false, opinion: None };
    assert!(review(&world.as_actor(reviewer.clone()), silent).await.expect_err("no opinion").has_code("E-P111"));
    review(&world.as_actor(reviewer.clone()), pass(3)).await.expect("legal");
    assert!(publish(&world.as_actor(all), id, 4).await.expect_err("his own draft").has_code("E-P806"));
    assert!(publish(&world.as_actor(editor), id, 4).await.expect_err("not his role").has_code("E-P805"));
    publish(&world.as_actor(publisher.clone()), id, 4).await.expect("published");
    assert!(matches!(publish(&world.as_actor(publisher.clone()), id, 4).await, Err(Error::NotFound)), "posted twice");
    let past = history(&world.as_actor(publisher), id).await.expect("a past");
    assert_eq!(past.versions.len(), 2);
    let count = |action: &str| past.reviews.iter().filter(|line| line.action == action).count();
    assert_eq!((count("submit"), count("pass"), count("publish"), count("return")), (2, 4, 2, 0));
});

db_test!(a_draft_that_is_sent_back_keeps_what_was_written, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let (_, editor, reviewer, _) = three(&world).await;
    let ctx = world.as_actor(editor);
    open(&ctx, view.id, None).await.expect("opened");
    let mut local = local_of(&view.version.elements);
    local.note = Some(kernel::Text::new("从北门进 <script>", "North gate <script>"));
    edit_local(&ctx, view.id, 1, None, local).await.expect("edited");
    submit(&ctx, view.id, 2).await.expect("submitted");
    let mut local = local_of(&view.version.elements);
    local.note = None;
    assert!(edit_local(&ctx, view.id, 3, None, local).await.expect_err("under review").has_code("E-ST01"));
    let back = Review { item: view.id, revision: 3, pass: false, opinion: Some("请写清楚楼层".to_owned()) };
    review(&world.as_actor(reviewer), back).await.expect("sent back");
    let draft = staff_view(&ctx, &view.code).await.expect("found").draft.expect("kept");
    assert_eq!(draft.opinion.as_deref(), Some("请写清楚楼层"));
    assert_eq!(draft.elements.place.note.expect("kept").zh, "从北门进 <script>");
});

db_test!(p1_11_submitting_tells_every_gap_at_once, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let ctx = world.system();
    open(&ctx, view.id, None).await.expect("opened");
    let mut local = local_of(&view.version.elements);
    local.offices.clear();
    local.visits_reason = None;
    local.summary = kernel::Text::new("", "");
    edit_local(&ctx, view.id, 1, None, local).await.expect("a draft may have gaps");
    let refused = submit(&ctx, view.id, 2).await.expect_err("gaps");
    assert!(refused.has_code("E-P111") && refused.has_code("E-P103"), "{refused:?}");
    assert_eq!(preview(&ctx, view.id).await.expect("checked").len(), refused.issues().len());
});

db_test!(the_internal_item_is_never_public, |db| async move {
    let world = platform(db);
    let public = testing::all(&world).await.expect("published");
    assert!(public.iter().all(|view| view.version.elements.house.public));
    let ctx = world.system();
    let internal = of_service(&ctx, "marriage.back_entry", &testing::region()).await.expect("listed").remove(0);
    assert!(matches!(find(&ctx, &internal.code).await, Err(Error::NotFound)));
    assert!(matches!(guide(&ctx, &internal.code).await, Err(Error::NotFound)));
    let listed = list(&ctx, &testing::region()).await.expect("a list");
    assert!(listed.iter().all(|view| view.code != internal.code));
    assert_eq!(listed.len(), public.len());
});

db_test!(a_suspended_item_says_so_and_may_be_resumed_and_a_cancelled_one_stays, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let (_, editor, _, publisher) = three(&world).await;
    let set = |revision, to, reason: &str| SwitchItem { item: view.id, revision, to, reason: reason.to_owned() };
    let ctx = world.as_actor(publisher);
    assert!(switch(&world.as_actor(editor), set(1, SwitchTo::Suspended, "x")).await.expect_err("not his role").has_code("E-P805"));
    assert!(switch(&ctx, set(1, SwitchTo::Suspended, " ")).await.expect_err("no reason").has_code("E-P111"));
    switch(&ctx, set(1, SwitchTo::Suspended, "系统检修")).await.expect("suspended");
    assert!(switch(&ctx, set(1, SwitchTo::Suspended, "系统检修")).await.expect_err("posted twice").has_code("E-ST02"));
    assert_eq!(find(&ctx, &view.code).await.expect("found").standing, Standing::Suspended);
    switch(&ctx, set(2, SwitchTo::On, "检修完成")).await.expect("resumed");
    assert_eq!(find(&ctx, &view.code).await.expect("found").standing, Standing::Live);
    switch(&ctx, set(3, SwitchTo::Cancelled, "依法取消")).await.expect("cancelled");
    assert!(switch(&ctx, set(4, SwitchTo::On, "恢复")).await.expect_err("for good").has_code("E-ST01"));
    assert_eq!(find(&ctx, &view.code).await.expect("found").standing, Standing::Cancelled);
});

db_test!(a_body_claims_an_item_once_and_at_its_level, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let (org, editor, ..) = three(&world).await;
    let ctx = world.as_actor(editor);
    let code = BasicCode::parse(&view.basic_code).expect("a code");
    let again = |level| Claim { basic: code.clone(), org, level, offices: Vec::new() };
    assert!(claim(&ctx, again(crate::model::Level::County)).await.expect_err("twice").has_code("E-ST03"));
    assert!(claim(&ctx, again(crate::model::Level::Province)).await.expect_err("wrong level").has_code("E-P107"));
    assert!(matches!(claim(&world.as_actor(Actor::Anonymous), again(crate::model::Level::County)).await, Err(Error::SignIn)));
});

db_test!(staff_of_another_city_can_neither_see_nor_change_a_draft, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let (org, ..) = three(&world).await;
    let stranger = staff(org, "990200", &[Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher], 7);
    let ctx = world.as_actor(stranger);
    assert!(open(&ctx, view.id, None).await.expect_err("not his").has_code("E-P805"));
    assert!(staff_view(&ctx, &view.code).await.expect_err("not his").has_code("E-P805"));
    assert!(history(&ctx, view.id).await.expect_err("not his").has_code("E-P805"));
    assert!(admin_list(&ctx, &AdminFilter::default()).await.expect("a list").0.is_empty());
});

db_test!(p10_2_a_citizen_sees_the_nearest_office, |db| async move {
    let world = platform(db);
    let view = testing::item(&world, MARRIAGE).await.expect("published");
    let ctx = world.as_actor(Actor::Anonymous);
    for region in ["990102", "990101", "990100", "990202", "990000"] {
        let region = RegionCode::parse(region).expect("a region");
        assert_eq!(nearest(&ctx, &region, &view.basic_code).await.expect("found").code, view.code, "{region}");
    }
    let unknown = RegionCode::parse("110101").expect("a region");
    assert!(matches!(list(&ctx, &unknown).await, Err(Error::NotFound)));
});

db_test!(the_job_tells_the_index_of_what_the_clock_has_decided, |db| async move {
    let world = platform(db.clone());
    testing::item(&world, REVOCATION).await.expect("published");
    let from = Day::ymd(2026, 9, 1);
    province_promises(&world, 15, from).await;
    world.set_now(at(from, 1));
    let waiting = items::to_show(&db, from).await.expect("read");
    assert_eq!(waiting.len(), 2, "the basic version that came into force and the list that was suspended");
    jobs::dates(&world.system()).await.expect("a run");
    assert!(items::to_show(&db, from).await.expect("read").is_empty(), "nothing is told twice");
});

db_test!(strange_codes_are_not_found, |db| async move {
    let world = platform(db);
    let ctx = world.system();
    for code in ["", "<script>alert(1)</script>", "11990102YY9990101F4000711001001", "' OR 1=1 --"] {
        assert!(matches!(guide(&ctx, code).await, Err(Error::NotFound)), "{code}");
    }
    assert!(matches!(guide(&ctx, &"9".repeat(10_000)).await, Err(Error::NotFound)));
});

// Questions are elements like any other: edited by the editor, read by a reviewer, published by the publisher, and kept in each version.
db_test!(p1_3_an_answer_is_edited_published_and_stands_beside_its_step, |db| async move {
    let world = platform(db);
    let before = testing::item(&world, MARRIAGE).await.expect("published");
    let asked = beside(&world.system(), &before.code, &[FormStep::Booking]).await.expect("read").expect("there are some").questions;
    assert!(asked.iter().all(|faq| faq.steps.contains(&FormStep::Booking)));
    let key = asked[0].key.clone();
    let (_, editor, reviewer, publisher) = three(&world).await;
    let (editor, reviewer, publisher) = (world.as_actor(editor), world.as_actor(reviewer), world.as_actor(publisher));
    open(&editor, before.id, None).await.expect("opened");
    let mut local = local_of(&before.version.elements);
    let answer = local.faq.iter_mut().find(|faq| faq.key == key).expect("the same question");
    answer.a = kernel::Text::new("可以，先取号。", "Yes; take a number first.");
    let mut twice = local.clone();
    twice.faq.push(twice.faq[0].clone());
    edit_local(&editor, before.id, 1, None, twice).await.expect("a draft may be wrong");
    let wrong = preview(&editor, before.id).await.expect("checked");
    assert_eq!(wrong.iter().map(|issue| issue.code.as_ref()).collect::<Vec<_>>(), ["E-P111"], "one key, one question");
    edit_local(&editor, before.id, 2, None, local).await.expect("edited");
    assert_ne!(topic(&editor, &before.basic_code).await.expect("a topic").question(&key).expect("there").a.en, "Yes; take a number first.");
    submit(&editor, before.id, 3).await.expect("sent");
    for revision in [4, 5] {
        review(&reviewer, Review { item: before.id, revision, pass: true, opinion: None }).await.expect("passed");
    }
    assert!(publish(&editor, before.id, 6).await.is_err(), "who wrote it does not publish it");
    publish(&publisher, before.id, 6).await.expect("published");
    let now = topic(&world.system(), &before.basic_code).await.expect("a topic");
    assert_eq!(now.question(&key).expect("there").a.en, "Yes; take a number first.");
    let old = find_version(&world.system(), before.version.id).await.expect("kept");
    assert_eq!(old, before.version, "what was published stays");
});
