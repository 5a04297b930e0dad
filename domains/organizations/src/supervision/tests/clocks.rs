//! Ends of periods that move with the calendar.

use kernel::Day;

use super::penalties::filed;
use super::{Desk, code, desk, does, opens};
use crate::model::Kind as Class;
use crate::supervision::{Content, Kind, ProceedingId, view};
use crate::testing::registered;

/// 4 to 8 January 2027 off, which nobody knew before.
const NOTICE: &str = "2027-01-01,holiday,元旦\n2027-01-04,holiday,元旦\n2027-01-05,holiday,元旦\n2027-01-06,holiday,元旦\n2027-02-05,holiday,春节\n2027-02-06,holiday,春节\n\
    2027-02-07,holiday,春节\n2027-02-08,holiday,春节\n2027-04-05,holiday,清明\n2027-05-01,holiday,劳动节\n2027-05-02,holiday,劳动节\n2027-06-09,holiday,端午\n\
    2027-09-15,holiday,中秋\n2027-10-01,holiday,国庆\n2027-10-02,holiday,国庆\n2027-10-03,holiday,国庆\n";

/// Forgets that periods were registered, as in a proceeding from before they were.
async fn unregistered(desk: &Desk) {
    desk.w.p.db().write(|tx| async move { crate::supervision::store::proceedings::forget_periods(&tx).await }).await.expect("forgotten");
}

async fn job(desk: &Desk) {
    let job = crate::supervision::jobs().into_iter().find(|job| job.name == "organizations.periods").expect("a job");
    (job.run)(desk.w.p.system()).await.expect("run");
}

async fn published(desk: &Desk) {
    platform::calendars::import(&desk.w.p.system(), 2027, "测试通知", NOTICE).await.expect("imported");
    platform::outbox::Worker::new(&[crate::service()]).drain(&desk.w.p).await.expect("told");
}

async fn due(desk: &Desk, id: ProceedingId) -> Option<Day> {
    view(&desk.head(), id).await.expect("read").due
}

::store::db_test!(d_r18_a_published_calendar_moves_the_end_of_a_notice_and_what_may_be_done_before_it, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2026, 12, 24));
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = opens(&desk.examiner(), Kind::Listing, org, &[("reason", "unreachable"), ("facts", "两次专用信函无人签收")]).await;
    does(&desk.clerk(), id, "notice", &[]).await.expect("notified");
    let told = due(&desk, id).await.expect("a day");
    published(&desk).await;
    let now = due(&desk, id).await.expect("a day");
    assert!(now > told, "{told} became {now}");
    assert!(matches!(view(&desk.head(), id).await.expect("read").content, Content::Listing(listing) if listing.statement_until == Some(now)));
    desk.at(told.plus_days(1));
    assert_eq!(code(does(&desk.approver(), id, "list", &[]).await), "E-D26", "it may still answer");
    desk.at(now.plus_days(1));
    does(&desk.approver(), id, "list", &[]).await.expect("listed");
});

::store::db_test!(d_r22_a_period_that_was_extended_by_hand_stays_and_one_that_is_over_is_not_told_of, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2026, 10, 6));
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let (counted, extended, dropped) = (filed(&desk, org).await, filed(&desk, org).await, filed(&desk, org).await);
    assert_eq!(due(&desk, counted).await, Some(Day::ymd(2027, 1, 4)), "90 days");
    does(&desk.head(), extended, "extend", &[("until", "2027-01-05"), ("outcome", "案情复杂")]).await.expect("extended");
    does(&desk.head(), dropped, "drop", &[("outcome", "没有违法事实")]).await.expect("dropped");
    published(&desk).await;
    assert_eq!(due(&desk, counted).await, Some(Day::ymd(2027, 1, 7)));
    assert_eq!(due(&desk, extended).await, Some(Day::ymd(2027, 1, 5)));
    assert_eq!(due(&desk, dropped).await, None);
});

::store::db_test!(k1_a_period_from_before_they_were_registered_moves_with_the_calendar_once_the_job_has_run, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2026, 10, 6));
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let (before, extended) = (filed(&desk, org).await, filed(&desk, org).await);
    does(&desk.head(), extended, "extend", &[("until", "2027-01-05"), ("outcome", "案情复杂")]).await.expect("extended");
    desk.at(Day::ymd(2026, 12, 24));
    let listing = opens(&desk.examiner(), Kind::Listing, org, &[("reason", "unreachable"), ("facts", "两次专用信函无人签收")]).await;
    does(&desk.clerk(), listing, "notice", &[]).await.expect("notified");
    let told = due(&desk, listing).await.expect("a day");
    unregistered(&desk).await;
    job(&desk).await;
    assert_eq!((due(&desk, before).await, due(&desk, listing).await), (Some(Day::ymd(2027, 1, 4)), Some(told)), "registering moves nothing by itself");
    published(&desk).await;
    assert_eq!(due(&desk, before).await, Some(Day::ymd(2027, 1, 7)));
    assert!(due(&desk, listing).await > Some(told));
    assert_eq!(due(&desk, extended).await, Some(Day::ymd(2027, 1, 5)), "what was set by hand stays");
});

::store::db_test!(k1_an_end_that_was_told_under_an_old_calendar_is_told_anew_when_it_is_registered, |db| async move {
    let desk = desk(db).await;
    desk.at(Day::ymd(2026, 10, 6));
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = filed(&desk, org).await;
    unregistered(&desk).await;
    published(&desk).await;
    assert_eq!(due(&desk, id).await, Some(Day::ymd(2027, 1, 4)), "nobody knew of it");
    job(&desk).await;
    platform::outbox::Worker::new(&[crate::service()]).drain(&desk.w.p).await.expect("told");
    assert_eq!(due(&desk, id).await, Some(Day::ymd(2027, 1, 7)));
});
