//! Lists: within the reader's grants, in pages, with bounded counts.

use kernel::{Day, RegionCode};
use platform::Role;

use crate::ops::{self, Act, DeskFilter, DeskSection};
use crate::testing::world;

fn region(code: &str) -> DeskFilter {
    DeskFilter { section: DeskSection::Region(RegionCode::parse(code).expect("a region")), ..DeskFilter::default() }
}

::store::db_test!(a_list_shows_what_lies_below_and_nothing_beside, |db| async move {
    let w = world(db).await;
    let case = w.accepted().await;
    let city = identity::testing::staff(&w.p, "990100", &[Role::Supervisor]).await;
    let other = identity::testing::staff(&w.p, "990202", &[Role::Supervisor]).await;
    for (staff, code, seen) in [(&city, "990100", 1), (&city, "990102", 1), (&city, "990126", 0), (&city, "990000", 1), (&other, "990000", 0), (&other, "990102", 0)] {
        let page = ops::desk(&w.as_staff(staff), &region(code)).await.expect("a list");
        assert_eq!((page.lines.len(), page.count.n), (seen, seen as i64), "{code}");
    }
    let mine = DeskFilter { section: DeskSection::Office, ..DeskFilter::default() };
    let page = ops::desk(&w.as_staff(&w.clerk), &mine).await.expect("a list");
    assert_eq!(page.lines[0].id, case);
    assert!(page.lines[0].applicant.contains('*'), "masked: {}", page.lines[0].applicant);
    assert_eq!(page.lines[0].due, Some(Day::ymd(2026, 7, 29)));
    assert!(ops::desk(&w.as_citizen(), &mine).await.is_err(), "no desk for citizens");
});

::store::db_test!(a_list_is_narrowed_and_paged_by_what_is_due_first, |db| async move {
    let w = world(db).await;
    let mut declared = crate::testing::shop_sign();
    declared.duplicates = crate::Duplicates::Allowed;
    crate::install(&w.p, vec![crate::Declaration::data(declared)]).expect("declared anew");
    let mut cases = Vec::new();
    for day in 0..3 {
        w.at(Day::ymd(2026, 7, 1).plus_days(day), 600);
        cases.push(w.submitted().await.case);
    }
    w.moves(&w.clerk, cases[0], Act::new("receive", 0)).await.expect("received");
    let here = region("990102");
    let page = ops::desk(&w.as_staff(&w.clerk), &here).await.expect("a list");
    assert_eq!(page.lines.len(), 3);
    assert!(page.lines.is_sorted_by_key(|line| line.rank) && page.next.is_none());
    let after = DeskFilter { after: Some((page.lines[0].rank, page.lines[0].id)), ..here.clone() };
    let rest = ops::desk(&w.as_staff(&w.clerk), &after).await.expect("the rest");
    assert_eq!(rest.lines.iter().map(|line| line.id).collect::<Vec<_>>(), page.lines[1..].iter().map(|line| line.id).collect::<Vec<_>>());
    assert_eq!(rest.count.n, 3, "the count is of the whole list");
    let phase = DeskFilter { phase: Some(crate::Phase::Received), ..here.clone() };
    assert_eq!(ops::desk(&w.as_staff(&w.clerk), &phase).await.expect("a list").lines.len(), 1);
    let name = DeskFilter { name: Some(w.citizen.name.clone()), ..here.clone() };
    assert_eq!(ops::desk(&w.as_staff(&w.clerk), &name).await.expect("a list").lines.len(), 3);
    let nobody = DeskFilter { name: Some("无此人".into()), ..here.clone() };
    assert!(ops::desk(&w.as_staff(&w.clerk), &nobody).await.expect("a list").lines.is_empty());
    let seen = w.version(cases[1]).await;
    ops::act(&w.as_citizen(), cases[1], Act::new("withdraw", seen)).await.expect("withdrawn");
    let closed = DeskFilter { closed: true, ..here };
    assert_eq!(ops::desk(&w.as_staff(&w.clerk), &closed).await.expect("a list").lines.len(), 1);
    assert_eq!(ops::mine(&w.as_citizen(), None).await.expect("my matters").lines.len(), 3);
});
