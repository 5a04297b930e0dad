//! Service of documents (送达回证): D-R22.

use kernel::Day;

use super::papers::{led, papers};
use super::penalties::filed;
use super::{Desk, HANDED, code, desk, does, opens};
use crate::OrganizationId;
use crate::model::Kind as Class;
use crate::supervision::{Content, Door, Filter, Kind, PaperKind, PaperLine, ProceedingId, State, complaints, list, own_view, paper, view, windows};
use crate::testing::registered;

async fn decided(desk: &Desk, org: OrganizationId) -> ProceedingId {
    let id = filed(desk, org).await;
    let found = [("facts", "超出业务范围收费"), ("evidence", "收据"), ("basis", "《社会团体登记管理条例》第三十条"), ("kinds", "7"), ("gain", "20000"), ("fine", "60000")];
    does(&desk.inspector(), id, "findings", &found).await.expect("found");
    does(&desk.reviewer(), id, "pass", &[]).await.expect("informed");
    does(&desk.clerk(), id, "statement", &[("statement", "无异议")]).await.expect("heard");
    does(&desk.approver(), id, "decide", &[]).await.expect("decided");
    id
}

fn of(papers: &[PaperLine], kind: PaperKind) -> &PaperLine {
    papers.iter().find(|paper| paper.kind == kind).expect("issued")
}

/// Codes with their fields.
fn told<T: std::fmt::Debug>(outcome: platform::Result<T>) -> Vec<String> {
    let error = outcome.expect_err("refused");
    error.issues().iter().map(|issue| format!("{} {}", issue.code, issue.field.as_deref().unwrap_or_default())).collect()
}

::store::db_test!(d_r22_the_service_of_a_decision_has_a_numbered_record_of_whom_how_where_and_when, |db| async move {
    let desk = desk(db).await;
    let (org, uscc, leader) = led(&desk, "甲市城东区康乐协会").await;
    let id = decided(&desk, org).await;
    assert_eq!(told(does(&desk.clerk(), id, "serve", &[]).await), ["E-D80 way", "E-D80 place"]);
    desk.at(Day::ymd(2026, 7, 3));
    let early = [&HANDED[..], &[("on", "2026-06-30")]].concat();
    assert_eq!(told(does(&desk.clerk(), id, "serve", &early).await), ["E-D26 on"], "not before it was issued");
    assert_eq!(told(does(&desk.clerk(), id, "serve", &[&HANDED[..], &[("time", "25:00")]].concat()).await), ["E-D96 time"]);
    does(&desk.clerk(), id, "serve", &[&HANDED[..], &[("on", "2026-07-02"), ("time", "09:30")]].concat()).await.expect("served");
    let seen = view(&desk.head(), id).await.expect("read");
    assert!(seen.state == State::Served && seen.due == Some(Day::ymd(2026, 7, 17)), "15 days from its service");
    let note = |act: &str| seen.events.iter().find(|event| event.what.zh == act).expect("done").note.clone();
    assert_eq!((note("立案").as_str(), note("调查终结，拟处罚").as_str()), ("", "超出业务范围收费\n收据\n《社会团体登记管理条例》第三十条\n违法所得：20000\n罚款：60000"));
    assert_eq!(note("送达"), "张测试\n法定代表人\n甲市城东区和平路1号\n送达或者公告日期：2026-07-02\n时间：09:30");
    let (decision, record) = (of(&seen.papers, PaperKind::PenaltyDecision), of(&seen.papers, PaperKind::Service));
    assert_eq!(record.number, "测试民政回证〔2026〕1号");
    let service = decision.service.as_ref().expect("served");
    assert_eq!((service.receiver.as_str(), service.served_on, service.servers.len()), ("张测试", Day::ymd(2026, 7, 2), 1));
    let words = format!("{:?}", paper(&desk.head(), Door::Desk, record.id).await.expect("read").words);
    for word in ["行政处罚决定书 测试民政罚〔2026〕1号", "直接送达", "第八十八条", "张测试", "法定代表人", "和平路1号", "09:30"] {
        assert!(words.contains(word), "{word} is missing: {words}");
    }
    let his = desk.w.p.as_actor(leader.actor());
    assert!(own_view(&his, &uscc, id).await.expect("his").papers.iter().all(|line| line.kind != PaperKind::Service));
    assert!(matches!(paper(&his, Door::Own(&uscc), record.id).await, Err(platform::Error::NotFound)), "the record stays in the file");
});

::store::db_test!(d_r22_each_way_of_serving_asks_for_what_the_law_wants_of_it, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = decided(&desk, org).await;
    let by = |way: &'static str, more: &[(&'static str, &'static str)]| [&[("way", way)][..], &HANDED[1..], more].concat();
    assert_eq!(told(does(&desk.clerk(), id, "serve", &by("left", &[])).await), ["E-D80 witness", "E-D28 servers"]);
    assert_eq!(told(does(&desk.clerk(), id, "serve", &by("electronic", &[])).await), ["E-D95 consent"]);
    assert_eq!(told(does(&desk.clerk(), id, "serve", &by("post", &[])).await), ["E-D80 tracking"]);
    let notice = [("way", "notice"), ("place", "区政府网站"), ("on", "2026-07-01")];
    desk.at(Day::ymd(2026, 7, 30));
    assert_eq!(told(does(&desk.clerk(), id, "serve", &notice).await), ["E-D26 on"], "it counts after 30 days");
    desk.at(Day::ymd(2026, 7, 31));
    does(&desk.clerk(), id, "serve", &notice).await.expect("served");
    assert!(matches!(view(&desk.head(), id).await.expect("read").content, Content::Penalty(penalty) if penalty.served_on == Some(Day::ymd(2026, 7, 31))));
});

::store::db_test!(d_r22_a_prior_notice_is_served_once_and_nothing_else_changes, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = decided(&desk, org).await;
    let issued = papers(&desk, id).await;
    let (notice, decision) = (of(&issued, PaperKind::PenaltyNotice).id.to_string(), of(&issued, PaperKind::PenaltyDecision).id.to_string());
    let left = |paper: &str| {
        let typed = [("paper", paper), ("way", "left"), ("receiver", "李测试"), ("relation", "办公室主任"), ("place", "登记住所"), ("servers", "王甲、赵乙"), ("witness", "社区居委会周丙")];
        typed.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let serves = |paper: String| {
        let (clerk, typed) = (desk.clerk(), left(&paper));
        async move {
            let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            does(&clerk, id, "deliver", &typed).await
        }
    };
    assert_eq!(told(serves(decision).await), ["E-D80 paper"], "a decision works from its service on");
    let before = view(&desk.head(), id).await.expect("read");
    serves(notice.clone()).await.expect("served");
    let after = view(&desk.head(), id).await.expect("read");
    assert_eq!((after.state, after.due), (before.state, before.due));
    assert!(of(&after.papers, PaperKind::PenaltyNotice).service.as_ref().is_some_and(|service| service.servers == ["王甲", "赵乙"] && service.witness.contains("周丙")));
    assert_eq!(code(serves(notice).await), "E-D80", "once");
    assert!(view(&desk.clerk(), id).await.expect("read").may.iter().all(|act| act.code != "deliver"), "nothing is left to serve");
});

::store::db_test!(d_r22_who_delivers_opens_what_there_is_to_serve_and_nothing_else_of_the_desk, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let deliverer = identity::testing::staff_of(&desk.w.p, desk.w.authority, desk.w.region, &[platform::Role::Deliverer]).await;
    let elsewhere = identity::testing::staff(&desk.w.p, "990126", &[platform::Role::Deliverer]).await;
    let (clue, id) = (opens(&desk.clerk(), Kind::Penalty, org, &[("clue", "违规收费")]).await, decided(&desk, org).await);
    let (his, other) = (desk.w.as_staff(&deliverer), desk.w.as_staff(&elsewhere));
    let all = Filter::default();
    let lines = list(&his, &all).await.expect("listed").lines;
    assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [id]);
    assert!(list(&other, &all).await.expect("listed").lines.is_empty());
    assert_eq!((code(view(&his, clue).await).as_str(), code(view(&other, id).await).as_str()), ("E-P805", "E-P805"));
    let seen = view(&his, id).await.expect("read");
    assert_eq!(seen.may.iter().map(|act| act.code).collect::<Vec<_>>(), ["serve", "deliver"]);
    paper(&his, Door::Desk, of(&seen.papers, PaperKind::PenaltyDecision).id).await.expect("what he hands over");
    assert_eq!((code(windows(&his).await).as_str(), code(complaints(&his, None).await).as_str()), ("E-P805", "E-P805"));
    does(&his, id, "serve", &HANDED).await.expect("served");
    assert_eq!(view(&his, id).await.expect("read").state, State::Served);
});
