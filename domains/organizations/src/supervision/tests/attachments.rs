//! Files in proceedings: D-R18, D-R22.

use casework::testing::PDF;
use platform::Error;

use super::papers::led;
use super::{code, desk, does, opens};
use crate::supervision::{Attach, Door, Kind, attach, attached, own_view, view};

fn file(title: &str) -> Attach {
    Attach { title: title.to_owned(), file_name: "件.pdf".to_owned(), bytes: PDF.to_vec() }
}

::store::db_test!(d_r18_evidence_is_the_desks_and_an_answer_comes_with_its_papers, |db| async move {
    let desk = desk(db).await;
    let (org, uscc, leader) = led(&desk, "甲市城东区康乐协会").await;
    let (_, other_uscc, other) = led(&desk, "甲市城东区安宁协会").await;
    let (his, hers) = (desk.w.p.as_actor(leader.actor()), desk.w.p.as_actor(other.actor()));
    let id = opens(&desk.examiner(), Kind::Listing, org, &[("reason", "unreachable"), ("facts", "两次专用信函无人签收")]).await;
    let evidence = attach(&desk.clerk(), Door::Desk, id, file("信函退件")).await.expect("evidence");
    assert!(matches!(attach(&his, Door::Own(&uscc), id, file("申辩书")).await, Err(Error::NotFound)), "it has not been told");
    does(&desk.clerk(), id, "notice", &[]).await.expect("notified");
    let answer = attach(&his, Door::Own(&uscc), id, file("申辩书")).await.expect("its papers");
    let seen: Vec<_> = view(&desk.approver(), id).await.expect("read").attachments.into_iter().map(|file| (file.id, file.own)).collect();
    assert_eq!(seen, [(evidence, false), (answer, true)]);
    let own: Vec<_> = own_view(&his, &uscc, id).await.expect("told").attachments.into_iter().map(|file| file.title).collect();
    assert_eq!(own, ["申辩书"]);
    assert_eq!(attached(&his, Door::Own(&uscc), answer).await.expect("its own").content, PDF);
    assert_eq!(attached(&desk.approver(), Door::Desk, answer).await.expect("read").name, "件.pdf");
    for (ctx, door, file) in [(&his, Door::Own(&uscc), evidence), (&hers, Door::Own(&uscc), answer), (&hers, Door::Own(&other_uscc), answer)] {
        assert!(matches!(attached(ctx, door, file).await, Err(Error::NotFound)), "{door:?}");
    }
    assert!(attached(&his, Door::Desk, answer).await.is_err());
    let elsewhere = identity::testing::staff(&desk.w.p, "990126", &[platform::Role::Approver]).await;
    assert_eq!(code(attached(&desk.w.as_staff(&elsewhere), Door::Desk, answer).await), "E-P805");
});

::store::db_test!(d_r22_a_file_has_a_title_and_a_known_type_and_comes_while_something_can_be_done, |db| async move {
    let desk = desk(db).await;
    let org = crate::testing::registered(&desk.w, "甲市城东区康乐协会", crate::model::Kind::Association).await;
    let id = opens(&desk.clerk(), Kind::Penalty, org, &[("clue", "违规收费")]).await;
    assert_eq!(code(attach(&desk.head(), Door::Desk, id, file(" ")).await), "E-D80");
    let page = Attach { bytes: b"<html>".to_vec(), ..file("网页") };
    assert!(code(attach(&desk.head(), Door::Desk, id, page).await).starts_with("E-FILE"));
    assert_eq!(code(attach(&desk.approver(), Door::Desk, id, file("证据")).await), "E-P805", "nothing is his to do now");
    attach(&desk.head(), Door::Desk, id, file("证据")).await.expect("taken");
    does(&desk.head(), id, "drop", &[("outcome", "没有违法事实")]).await.expect("dropped");
    assert_eq!(code(attach(&desk.head(), Door::Desk, id, file("证据")).await), "E-ST01");
});
