//! Documents of supervision: numbered without a gap, frozen, read by whom they concern, checked by whoever holds one.

use documents::{Press, Settings};
use kernel::{Day, Lang};

use super::{Desk, code, desk, does, input, opens};
use crate::model::Kind as Class;
use crate::supervision::{Door, Kind, PaperKind, PaperLine, PaperPart, ProceedingId, act, check_paper, own_view, paper, paper_file, view};
use crate::testing::registered;
use crate::{OrganizationId, register};

pub(super) async fn papers(desk: &Desk, id: ProceedingId) -> Vec<PaperLine> {
    view(&desk.head(), id).await.expect("read").papers
}

async fn noticed(desk: &Desk, org: OrganizationId) -> ProceedingId {
    let id = opens(&desk.examiner(), Kind::Listing, org, &[("reason", "unreachable"), ("facts", "两次专用信函无人签收")]).await;
    does(&desk.clerk(), id, "notice", &[]).await.expect("notified");
    id
}

/// The organisation with a citizen who leads it.
pub(super) async fn led(desk: &Desk, name: &str) -> (OrganizationId, String, identity::testing::Citizen) {
    let org = registered(&desk.w, name, Class::Association).await;
    let leader = identity::testing::citizen(&desk.w.p, 3).await;
    let ctx = desk.w.p.system();
    let entry = register::by_id(ctx.db(), org).await.expect("there");
    let private = crate::Private { legal_representative_no: leader.number.clone(), ..crate::Private::default() };
    let change = crate::Amendment { content: entry.content, private: Some(private), uscc: None, effective_on: ctx.today(), reason: "change".into() };
    ctx.db()
        .write(|tx| {
            let (ctx, change) = (ctx.clone(), change.clone());
            async move { register::amend(&tx, &ctx, org, entry.head.version, change).await }
        })
        .await
        .expect("led by the citizen");
    (org, entry.head.uscc.expect("a code"), leader)
}

::store::db_test!(d_r22_a_penalty_leaves_a_notice_and_a_decision_with_one_number_in_the_case_and_in_public, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let id = opens(&desk.clerk(), Kind::Penalty, org, &[("clue", "违规收费")]).await;
    act(&desk.head(), id, 1, "file", &desk.officers(input(&[]))).await.expect("opened");
    let found = [("facts", "超出业务范围收费"), ("evidence", "收据"), ("basis", "《社会团体登记管理条例》第三十条"), ("kinds", "7"), ("gain", "20000"), ("fine", "60000")];
    does(&desk.inspector(), id, "findings", &found).await.expect("found");
    assert!(papers(&desk, id).await.is_empty(), "nothing has left the house");
    does(&desk.reviewer(), id, "pass", &[]).await.expect("informed");
    does(&desk.clerk(), id, "statement", &[("statement", "请求从轻")]).await.expect("heard");
    does(&desk.approver(), id, "decide", &[]).await.expect("decided");
    let issued = papers(&desk, id).await;
    let numbers: Vec<_> = issued.iter().map(|paper| (paper.kind, paper.number.as_str())).collect();
    assert_eq!(numbers, [(PaperKind::PenaltyNotice, "测试民政罚告〔2026〕1号"), (PaperKind::PenaltyDecision, "测试民政罚〔2026〕1号")]);
    let decision = paper(&desk.head(), Door::Desk, issued[1].id).await.expect("read");
    assert_eq!((decision.words.number.as_str(), decision.words.to.as_str()), ("测试民政罚〔2026〕1号", "甲市城东区康乐协会"));
    assert_eq!(decision.words.date, Day::ymd(2026, 7, 1).text(Lang::Zh));
    does(&desk.head(), id, "annul", &[("outcome", "行政复议决定撤销")]).await.expect("annulled");
    let after = papers(&desk, id).await;
    assert_eq!((after[0].voided_on, after[1].voided_on), (None, Some(Day::ymd(2026, 7, 1))), "the decision no longer counts, its number stays");
});

::store::db_test!(d_r18_numbers_of_a_year_have_no_gap_and_a_refused_act_takes_none, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let first = noticed(&desk, org).await;
    assert_eq!(code(does(&desk.approver(), first, "list", &[]).await), "E-D26");
    assert_eq!(code(does(&desk.clerk(), first, "notice", &[]).await), "E-ST01");
    let second = noticed(&desk, org).await;
    assert_eq!(papers(&desk, second).await[0].number, "测试民政列告〔2026〕2号");
    desk.at(Day::ymd(2027, 1, 4));
    let next = noticed(&desk, org).await;
    assert_eq!(papers(&desk, next).await[0].number, "测试民政列告〔2027〕1号");
});

::store::db_test!(d_r18_a_notice_is_read_by_the_desk_and_by_the_organisation_and_by_nobody_else, |db| async move {
    let desk = desk(db).await;
    let (org, uscc, leader) = led(&desk, "甲市城东区康乐协会").await;
    let (_, other_uscc, other) = led(&desk, "甲市城东区安宁协会").await;
    let listing = noticed(&desk, org).await;
    let id = papers(&desk, listing).await[0].id;
    let (his, hers) = (desk.w.p.as_actor(leader.actor()), desk.w.p.as_actor(other.actor()));
    let words = paper(&his, Door::Own(&uscc), id).await.expect("his").words;
    assert!(words.opening[0].contains("活动异常名录"));
    for (ctx, door) in [(&hers, Door::Own(&uscc)), (&hers, Door::Own(&other_uscc)), (&his, Door::Own(&other_uscc))] {
        assert!(matches!(paper(ctx, door, id).await, Err(platform::Error::NotFound)), "{door:?}");
    }
    let stranger = desk.w.p.as_actor(platform::Actor::Anonymous);
    assert!(matches!(paper(&stranger, Door::Own(&uscc), id).await, Err(platform::Error::SignIn)));
    assert!(paper(&his, Door::Desk, id).await.is_err() && paper(&stranger, Door::Desk, id).await.is_err());
    let elsewhere = identity::testing::staff(&desk.w.p, "990126", &[platform::Role::Examiner]).await;
    assert_eq!(code(paper(&desk.w.as_staff(&elsewhere), Door::Desk, id).await), "E-P805");
    does(&desk.approver(), listing, "drop", &[("outcome", "已取得联系")]).await.expect("not listed");
    assert!(own_view(&his, &uscc, listing).await.is_ok(), "what it was notified of stays readable");
});

::store::db_test!(p11_7_the_file_is_made_once_signed_and_checked_by_its_symbol, |db| async move {
    let desk = desk(db).await;
    let org = registered(&desk.w, "甲市城东区康乐协会", Class::Association).await;
    let listing = noticed(&desk, org).await;
    let id = papers(&desk, listing).await[0].id;
    let (ctx, press) = (desk.head(), Press::new(Settings::default()));
    let file = paper_file(&ctx, &press, Door::Desk, id, PaperPart::File).await.expect("made");
    assert!(file.content.starts_with(b"%PDF") && file.name.ends_with("测试民政列告〔2026〕1号.pdf"));
    let again = paper_file(&ctx, &press, Door::Desk, id, PaperPart::File).await.expect("kept");
    assert!(file.content == again.content, "the same bytes");
    let signature = paper_file(&ctx, &press, Door::Desk, id, PaperPart::Signature).await.expect("signed").content;
    assert!(ctx.platform().signer().verify(&file.content, &signature));
    let token = crate::supervision::store::papers::by_id(ctx.db(), id).await.expect("read").expect("there").token(&ctx).expect("opened");
    let stranger = desk.w.p.as_actor(platform::Actor::Anonymous);
    let checked = check_paper(&stranger, &token).await.expect("asked").expect("known");
    assert!(checked.stands && checked.sm3.is_some() && checked.number == "测试民政列告〔2026〕1号");
    assert_eq!(check_paper(&stranger, "0123456789abcdefghijklmnop").await.expect("asked"), None);
});
