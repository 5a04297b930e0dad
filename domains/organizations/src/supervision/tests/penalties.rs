//! Penalties: D-R21, D-R22.

use kernel::{Day, Fen};

use licences::model::State as LicenceState;

use super::{Desk, HANDED, code, desk, does, input, opens};
use crate::model::{Kind as Class, Status};
use crate::supervision::rules::penalty::{check_fine, owed};
use crate::supervision::{Content, Filter, Kind, Penalty, ProceedingId, State, act, list, public_facts, standing, view};
use crate::testing::registered;
use crate::{OrganizationId, certificate, register};

const FOUND: [(&str, &str); 4] = [("facts", "超出章程规定的业务范围收费"), ("evidence", "收据、询问笔录"), ("basis", "《社会团体登记管理条例》第三十条"), ("kinds", "7")];

/// A case that has been opened.
pub(super) async fn filed(desk: &Desk, organization: OrganizationId) -> ProceedingId {
    let id = opens(&desk.clerk(), Kind::Penalty, organization, &[("clue", "违规收费")]).await;
    act(&desk.head(), id, 1, "file", &desk.officers(input(&[]))).await.expect("opened");
    id
}

async fn informed(desk: &Desk, organization: OrganizationId, more: &[(&str, &str)]) -> ProceedingId {
    let id = filed(desk, organization).await;
    does(&desk.inspector(), id, "findings", &[&FOUND[..], more].concat()).await.expect("found");
    does(&desk.reviewer(), id, "pass", &[]).await.expect("reviewed");
    id
}

async fn decided(desk: &Desk, organization: OrganizationId, more: &[(&str, &str)]) -> ProceedingId {
    let id = informed(desk, organization, more).await;
    does(&desk.clerk(), id, "statement", &[("statement", "无异议")]).await.expect("heard");
    does(&desk.approver(), id, "decide", &[]).await.expect("decided");
    id
}

#[test]
fn d_r21_the_multiple_of_a_fine_is_checked() {
    let check = |fine| check_fine(Class::Association, Fen::yuan(fine), None, Some(Fen::yuan(20_000)));
    let over = check(110_000).expect_err("5.5 times");
    assert_eq!((over.code.as_ref(), over.message.zh.as_ref()), ("E-D18", "罚款倍数5.5超出法定幅度3～5倍"));
    assert!(check(60_000).is_ok() && check(100_000).is_ok() && check(59_999).is_err());
    let barely = check_fine(Class::Association, Fen(10_000_001), None, Some(Fen::yuan(20_000))).expect_err("over");
    assert_eq!(barely.params["x"], "5.1", "what is over never reads as within");
    let turnover = |fine| check_fine(Class::Association, Fen::yuan(fine), Some(Fen::yuan(20_000)), None);
    assert!(turnover(60_000).is_ok() && turnover(60_001).is_err() && turnover(19_999).is_err());
}

#[test]
fn d_r22_the_surcharge_is_three_percent_a_day_and_never_more_than_the_fine() {
    let content = Penalty { fine: Fen::yuan(10_000), pay_by: Some(Day::ymd(2026, 7, 16)), ..Penalty::default() };
    let on = |day| owed(&content, day);
    assert_eq!(on(Day::ymd(2026, 7, 16)), Fen::yuan(10_000));
    assert_eq!(on(Day::ymd(2026, 7, 17)), Fen::yuan(10_300));
    assert_eq!(on(Day::ymd(2026, 8, 18)), Fen::yuan(19_900));
    assert_eq!(on(Day::ymd(2026, 8, 19)), Fen::yuan(20_000));
    assert_eq!(on(Day::ymd(2030, 1, 1)), Fen::yuan(20_000));
}

::store::db_test!(d_r21_a_fine_out_of_the_range_is_refused_at_its_field, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = filed(&desk, org).await;
    let with = |fine: &'static str| [&FOUND[..], &[("gain", "20000"), ("fine", fine)]].concat();
    let refused = does(&desk.inspector(), id, "findings", &with("110000")).await.expect_err("over");
    assert_eq!((refused.issues()[0].code.as_ref(), refused.issues()[0].field.as_deref()), ("E-D18", Some("fine")));
    does(&desk.inspector(), id, "findings", &with("60000")).await.expect("within");
});

::store::db_test!(d_r22_two_investigate_others_review_and_decide, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = opens(&desk.clerk(), Kind::Penalty, org, &[("clue", "违规收费")]).await;
    let one = input(&[]).with("officers", desk.inspectors[0].id);
    assert_eq!(code(act(&desk.head(), id, 1, "file", &one).await), "E-D28");
    act(&desk.head(), id, 1, "file", &desk.officers(input(&[]))).await.expect("opened");
    let seen = view(&desk.head(), id).await.expect("read");
    assert_eq!(seen.due, Some(Day::ymd(2026, 9, 29)), "90 days from 1 July");
    assert!(standing(desk.w.p.db(), org, Day::ymd(2026, 7, 1)).await.expect("read").investigated);
    assert_eq!(code(does(&desk.reviewer(), id, "findings", &FOUND).await), "E-P805");
    let stranger = identity::testing::staff_of(&desk.w.p, desk.w.authority, desk.w.region, &[platform::Role::Inspector, platform::Role::Reviewer, platform::Role::Approver]).await;
    assert_eq!(code(does(&desk.w.as_staff(&stranger), id, "findings", &FOUND).await), "E-D28", "not one of the two");
    desk.at(Day::ymd(2026, 9, 30));
    assert!(view(&desk.head(), id).await.expect("read").overdue);
    assert_eq!(code(does(&desk.head(), id, "extend", &[("until", "2026-09-01"), ("outcome", "案情复杂")]).await), "E-D26");
    does(&desk.head(), id, "extend", &[("until", "2026-10-30"), ("outcome", "案情复杂")]).await.expect("extended");
    assert!(!view(&desk.head(), id).await.expect("read").overdue);
});

::store::db_test!(d_r22_a_hearing_is_asked_for_in_time_and_announced_in_time, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = informed(&desk, org, &[("gain", "20000"), ("fine", "60000")]).await;
    assert_eq!(view(&desk.head(), id).await.expect("read").due, Some(Day::ymd(2026, 7, 8)), "five working days");
    assert_eq!(code(does(&desk.approver(), id, "decide", &[]).await), "E-D26", "it may still ask for a hearing");
    desk.at(Day::ymd(2026, 7, 9));
    assert_eq!(code(does(&desk.clerk(), id, "hearing", &[]).await), "E-D27");
    does(&desk.clerk(), id, "hearing", &[("on", "2026-07-08")]).await.expect("asked on the last day");
    assert_eq!(code(does(&desk.reviewer(), id, "summon", &[("hearing_on", "2026-07-17")]).await), "E-D26");
    does(&desk.reviewer(), id, "summon", &[("hearing_on", "2026-07-20")]).await.expect("seven working days before");
    assert_eq!(code(does(&desk.reviewer(), id, "held", &[("statement", "双方陈述")]).await), "E-D26", "not before its day");
    desk.at(Day::ymd(2026, 7, 20));
    does(&desk.reviewer(), id, "held", &[("statement", "双方陈述")]).await.expect("held");
    assert_eq!(code(does(&desk.reviewer(), id, "decide", &[]).await), "E-P805");
    does(&desk.approver(), id, "decide", &[]).await.expect("decided");
});

::store::db_test!(d_r22_served_paid_published_and_withdrawn, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = decided(&desk, org, &[("gain", "20000"), ("fine", "60000")]).await;
    assert_eq!(view(&desk.head(), id).await.expect("read").due, Some(Day::ymd(2026, 7, 10)), "served within seven working days");
    does(&desk.clerk(), id, "serve", &HANDED).await.expect("served");
    assert_eq!(view(&desk.head(), id).await.expect("read").due, Some(Day::ymd(2026, 7, 16)), "paid within 15 days");
    desk.at(Day::ymd(2026, 7, 17));
    assert_eq!(code(does(&desk.clerk(), id, "pay", &[("paid", "61800.01")]).await), "E-D90");
    does(&desk.clerk(), id, "pay", &[("paid", "60000")]).await.expect("a part");
    assert_eq!(view(&desk.head(), id).await.expect("read").owed, Some(Fen::yuan(1_800)), "one day's surcharge");
    does(&desk.clerk(), id, "pay", &[("paid", "1800")]).await.expect("the rest");
    assert_eq!(view(&desk.head(), id).await.expect("read").state, State::Performed);
    assert!(public_facts(desk.w.p.db(), org, None).await.expect("read").penalties.is_empty(), "not published yet");
    does(&desk.examiner(), id, "publish", &[]).await.expect("published");
    let fact = public_facts(desk.w.p.db(), org, None).await.expect("read").penalties.remove(0);
    assert_eq!((fact.detail.number.as_str(), fact.detail.amount), ("测试民政罚〔2026〕1号", Some(Fen::yuan(60_000))));
    does(&desk.head(), id, "annul", &[("outcome", "行政复议决定撤销")]).await.expect("annulled");
    assert!(public_facts(desk.w.p.db(), org, None).await.expect("read").penalties.is_empty(), "withdrawn at once");
    assert!(standing(desk.w.p.db(), org, Day::ymd(2026, 7, 17)).await.expect("read").penalties.is_empty());
});

::store::db_test!(d_r21_and_d_r19_a_stop_changes_the_status_and_calls_for_the_list, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let mut stop = vec![("kinds", "4"), ("stop_from", "2026-07-05"), ("stop_to", "2026-10-04")];
    stop.extend_from_slice(&FOUND[..3]);
    let id = filed(&desk, org).await;
    does(&desk.inspector(), id, "findings", &stop).await.expect("found");
    does(&desk.reviewer(), id, "pass", &[]).await.expect("reviewed");
    does(&desk.clerk(), id, "statement", &[("statement", "无异议")]).await.expect("heard");
    does(&desk.approver(), id, "decide", &[]).await.expect("decided");
    does(&desk.clerk(), id, "serve", &HANDED).await.expect("served");
    let status = || async { register::by_id(desk.w.p.db(), org).await.expect("there").head.status };
    assert_eq!(status().await, Status::Suspended);
    let proposed = list(&desk.examiner(), &Filter { kind: Some(Kind::Listing), ..Filter::default() }).await.expect("listed").lines;
    let listing = view(&desk.examiner(), proposed[0].id).await.expect("read");
    assert!(matches!(listing.content, Content::Listing(content) if content.reason == "stopped"));
    assert_eq!(code(does(&desk.approver(), id, "resume", &[("outcome", "已整改")]).await), "E-D26", "not before the term is over");
    desk.at(Day::ymd(2026, 10, 5));
    does(&desk.approver(), id, "resume", &[("outcome", "已整改")]).await.expect("goes on");
    assert_eq!(status().await, Status::Active);
});

/// A certificate in force, which a citizen finds among his.
async fn certified(desk: &Desk, organization: OrganizationId, holder: platform::PersonId) {
    let ctx = desk.w.p.system();
    let entry = register::by_id(ctx.db(), organization).await.expect("there");
    let uscc = entry.head.uscc.expect("a code");
    let content = crate::Content { certificate: Some(certificate::next(&uscc, None, Day::ymd(2026, 1, 5))), ..entry.content };
    let authority = kernel::Uscc::parse("11990102YY9990101F").expect("a code");
    ctx.db()
        .write(|tx| {
            let (ctx, content, authority) = (ctx.clone(), content.clone(), authority.clone());
            async move {
                let cause = certificate::Cause { case_no: "9901022026010510000011", person: Some(holder), region: entry.head.region, authority: &authority };
                certificate::issue(&tx, &ctx, &content, &cause).await
            }
        })
        .await
        .expect("issued");
}

/// A case with these kinds of penalty, decided and served.
async fn served(desk: &Desk, organization: OrganizationId, kind: &str) -> ProceedingId {
    let id = filed(desk, organization).await;
    let fields = [&FOUND[..3], &[("kinds", kind)]].concat();
    does(&desk.inspector(), id, "findings", &fields).await.expect("found");
    does(&desk.reviewer(), id, "pass", &[]).await.expect("reviewed");
    does(&desk.clerk(), id, "statement", &[("statement", "无异议")]).await.expect("heard");
    does(&desk.approver(), id, "decide", &[]).await.expect("decided");
    does(&desk.clerk(), id, "serve", &HANDED).await.expect("served");
    id
}

::store::db_test!(d_r21_a_certificate_ends_with_the_registration_by_the_decision_that_ended_it, |db| async move {
    let desk = desk(db).await;
    for (kind, status, state) in [("9", Status::Withdrawn, LicenceState::Revoked), ("8", Status::Revoked, LicenceState::Withdrawn)] {
        let org = registered(&desk.w, &format!("甲市城东区第{kind}协会"), Class::Association).await;
        let holder = identity::testing::citizen(&desk.w.p, 2).await;
        let his = desk.w.p.as_actor(holder.actor());
        certified(&desk, org, holder.person.expect("known")).await;
        let held = || async { licences::ops::mine(&his).await.expect("his").into_iter().map(|held| (held.state, held.ended_on)).collect::<Vec<_>>() };
        assert_eq!(held().await, [(LicenceState::ToMake, None)], "in force");
        let id = served(&desk, org, kind).await;
        let head = register::by_id(desk.w.p.db(), org).await.expect("there").head;
        assert_eq!(head.status, status);
        assert_eq!(held().await, [(state, Some(Day::ymd(2026, 7, 1)))]);
        let anyone = desk.w.p.as_actor(platform::Actor::Anonymous);
        let said = certificate::check(&anyone, &head.uscc.expect("a code"), &certificate::Scanned::default()).await.expect("answered").issue.expect("it has ended");
        assert_eq!((said.code.as_ref(), said.params["status"].as_str()), ("E-D93", status.code()));
        does(&desk.head(), id, "annul", &[("outcome", "行政复议决定撤销")]).await.expect("annulled");
        assert_eq!(register::by_id(desk.w.p.db(), org).await.expect("there").head.status, status, "nothing leads back from an end");
    }
});
