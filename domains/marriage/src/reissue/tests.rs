//! Re-issue on both engines.

use ::store::db_test;
use kernel::{Day, Instant};
use licences::model::MARRIAGE;
use licences::ops::{Answer, Checks, Elements};
use platform::{Ctx, Error};

use super::ops::*;
use crate::model::{EndKind, Photo, Side};
use crate::ops::end_fact::{Ending, end_fact};
use crate::BookletKind;
use crate::testing::{World, f1, m1, world};

fn lost() -> Application {
    Application {
        name: "张测试".to_owned(),
        id_no: "990101200405200017".to_owned(),
        phone: "13800000001".to_owned(),
        cause: "lost".to_owned(),
        compared: true,
        ..Application::default()
    }
}

fn issuing(case: casework::CaseId, serials: [&str; 2], name: &str) -> Issuing {
    Issuing {
        case,
        seen: 2,
        serials: serials.map(str::to_owned),
        signed: true,
        statement: "0".repeat(64),
        photo: Photo { file: "1".repeat(64), width: 600, height: 420, confirmed: true },
        confirmation: name.to_owned(),
    }
}

async fn answer(ctx: &Ctx, number: &str, holder: &str, on: &str) -> Answer {
    let elements = Elements { number: number.to_owned(), holder_no: holder.to_owned(), issued_on: on.to_owned() };
    Checks::default().by_elements(ctx, &elements).await.expect("asked").answer
}

async fn ends(world: &World, kind: EndKind) {
    let ctx = world.registrar();
    let found = crate::store::register::of_number(ctx.db(), &identity::facts::NumberHash::of(ctx.keys(), "990101200405200017")).await.expect("rows");
    let (id, ending) = (found[0].id, Ending { kind, on: Day::ymd(2026, 6, 1), basis: "（2026）测民初1号".to_owned() });
    ctx.db()
        .write(|tx| {
            let (ctx, ending) = (ctx.clone(), ending.clone());
            async move { end_fact(&tx, &ctx, id, &ending).await }
        })
        .await
        .expect("ended")
        .expect("stood");
}

db_test!(r_mr_36_a_reissue_retires_the_old_booklet_and_licence_at_once, |db| async move {
    let world = world(db, 4).await;
    let done = world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
    world.platform.set_now(Instant::at(Day::ymd(2027, 3, 1), 600));
    let ctx = world.registrar();
    let case = open(&ctx, world.office(), &lost()).await.expect("found at once");
    let number = issue(&ctx, issuing(case, ["10000003", ""], "张测试")).await.expect("re-issued");
    assert_eq!(number, "BJ990101-2027-000001");
    let view = view(&ctx, case).await.expect("a view");
    let entry = view.entry.expect("the file");
    assert_eq!((entry.cert_no.as_str(), entry.registered_on), (done.cert_no.as_str(), Day::ymd(2026, 5, 20)), "the registration stays");
    let his = entry.certificates.iter().find(|certificate| certificate.holder == "A").expect("his");
    assert_eq!((his.cert_no.as_str(), his.issued_on, his.print_serial.as_str()), (number.as_str(), Day::ymd(2027, 3, 1), "10000003"));
    let hers = entry.certificates.iter().find(|certificate| certificate.holder == "B").expect("hers");
    assert_eq!(hers.cert_no, done.cert_no, "hers is not lost");
    for (no, holder, on, expected) in [
        (done.cert_no.as_str(), "990101200405200017", "2026-05-20", Answer::NoLongerValid),
        (number.as_str(), "990101200405200017", "2027-03-01", Answer::Valid),
        (done.cert_no.as_str(), "990101200603110020", "2026-05-20", Answer::Valid),
    ] {
        assert_eq!(answer(&ctx, no, holder, on).await, expected, "{no} {holder}");
    }
    let printed = booklet(&ctx, case, Side::A, None).await.expect("a booklet");
    assert_eq!((printed.number.as_str(), printed.remark.as_str(), printed.registered_on.as_str()), (number.as_str(), "补发", "2026年5月20日"));
    ctx.db().write(|tx| async move {
        assert_eq!(licences::ops::in_force(&tx, MARRIAGE, "BJ990101-2027-000001").await?.len(), 1);
        Ok::<_, Error>(())
    }).await.expect("looked");
    let again = issue(&ctx, issuing(case, ["10000004", ""], "张测试")).await.expect_err("once");
    assert!(again.has_code("E-ST01"), "{again:?}");
});

db_test!(r_mr_46_the_name_at_registration_is_printed_with_a_note, |db| async move {
    let world = world(db, 3).await;
    world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
    let ctx = world.registrar();
    let renamed = Application { name: "张新名".to_owned(), ..lost() };
    let case = open(&ctx, world.office(), &renamed).await.expect("found by number");
    issue(&ctx, issuing(case, ["10000003", ""], "张新名")).await.expect("re-issued");
    let printed = booklet(&ctx, case, Side::A, None).await.expect("a booklet");
    assert_eq!((printed.holder.as_str(), printed.remark.as_str()), ("张测试", "补发；张测试现姓名张新名"));
});

db_test!(r_mr_35_who_is_divorced_gets_a_copy_of_the_record_instead, |db| async move {
    let world = world(db, 3).await;
    world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
    ends(&world, EndKind::Judgment).await;
    let ctx = world.registrar();
    assert!(open(&ctx, world.office(), &lost()).await.expect_err("A22").has_code("MR-E35b"));
    let question = crate::records::Question {
        id_no: "990101200405200017".to_owned(),
        asker: "party".to_owned(),
        purpose: "本人留存".to_owned(),
        ..crate::records::Question::default()
    };
    let held = crate::records::find(&ctx, &question).await.expect("his own file");
    let record = crate::records::certify(&ctx, held[0].id, &question).await.expect("a copy");
    let paper = crate::records::paper(&ctx, record).await.expect("printed");
    assert!(paper.parts[0].rows.iter().any(|row| row[1].contains("法院判决离婚")), "{paper:?}");
});

db_test!(r_mr_35_what_the_register_lacks_is_asked_of_the_archive_with_its_limit, |db| async move {
    let world = world(db, 0).await;
    let ctx = world.registrar();
    let case = open(&ctx, world.office(), &lost()).await.expect("opened");
    assert!(issue(&ctx, issuing(case, ["10000001", ""], "张测试")).await.expect_err("no file").has_code("E-ST01"));
    ask_archive(&ctx, case, 1).await.expect("asked");
    let asked = view(&ctx, case).await.expect("a view").reissue.asked.expect("two days");
    assert_eq!(asked, (Day::ymd(2026, 5, 20), Day::ymd(2026, 6, 3)), "ten working days");
    let refused = found(&ctx, case, 2, "J990101-2010-000001").await.expect_err("no such file");
    assert!(refused.has_code("MR-E35"), "{refused:?}");
    assert!(refuse(&ctx, case, 2, "").await.expect_err("why").has_code("MR-E51"));
    refuse(&ctx, case, 2, "档案馆答复查无此档").await.expect("refused");
});

db_test!(r_mr_36_what_is_missing_for_a_reissue_is_told_at_once, |db| async move {
    let world = world(db, 3).await;
    world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
    let ctx = world.registrar();
    let case = open(&ctx, world.office(), &lost()).await.expect("found");
    let mut input = issuing(case, ["", ""], "张");
    input.signed = false;
    input.photo.confirmed = false;
    let refused = issue(&ctx, input).await.expect_err("four things");
    for code in ["MR-E17", "MR-E16", "MR-E51", "MR-E50"] {
        assert!(refused.has_code(code), "{code}: {refused:?}");
    }
});

/// Married, then divorced by registration on 10 September 2026 under L990101-2026-000001.
async fn divorced(db: ::store::Db) -> World {
    let world = world(db, 2).await;
    crate::divorce::testing::registered(&world, (&m1(), &f1()), ["10000001", "10000002"], ["20000001", "20000002"]).await;
    crate::ops::receive_booklets(&world.registrar(), world.office(), BookletKind::Divorce, "20000011", "20000014").await.expect("booklets");
    world
}

fn portrait() -> Photo {
    Photo { file: "1".repeat(64), width: 600, height: 800, confirmed: true }
}

db_test!(r_mr_36_a_divorce_certificate_is_reissued_under_a_bl_number_with_the_holders_photo, |db| async move {
    let world = divorced(db).await;
    world.platform.set_now(Instant::at(Day::ymd(2027, 3, 1), 600));
    let ctx = world.registrar();
    let case = open(&ctx, world.office(), &Application { kind: "L".to_owned(), ..lost() }).await.expect("found at once");
    let statement = statement_form(&ctx, case).await.expect("a statement");
    assert!(statement.paragraphs.iter().any(|clause| clause.contains("离婚证")) && statement.own.iter().any(|row| row.label == "原离婚证字号"));
    let joint = issue(&ctx, issuing(case, ["20000011", ""], "张测试")).await.expect_err("a photo of both");
    assert!(joint.has_code("MR-E16"), "{joint:?}");
    let both = issue(&ctx, Issuing { photo: portrait(), ..issuing(case, ["20000011", "20000012"], "张测试") }).await.expect_err("hers too");
    assert!(both.has_code("MR-E54"), "{both:?}");
    let number = issue(&ctx, Issuing { photo: portrait(), ..issuing(case, ["20000011", ""], "张测试") }).await.expect("re-issued");
    assert_eq!(number, "BL990101-2027-000001");
    let printed = booklet(&ctx, case, Side::A, None).await.expect("a booklet");
    assert_eq!((printed.number.as_str(), printed.remark.as_str(), printed.registered_on.as_str()), (number.as_str(), "补发", "2026年9月10日"));
    for (no, holder, on, expected) in [
        ("L990101-2026-000001", "990101200405200017", "2026-09-10", Answer::NoLongerValid),
        (number.as_str(), "990101200405200017", "2027-03-01", Answer::Valid),
        ("L990101-2026-000001", "990101200603110020", "2026-09-10", Answer::Valid),
    ] {
        assert_eq!(answer(&ctx, no, holder, on).await, expected, "{no} {holder}");
    }
});

db_test!(r_mr_35_a_divorce_of_a_marriage_that_never_was_has_no_certificate_either, |db| async move {
    let world = divorced(db).await;
    ends(&world, EndKind::Invalid).await;
    let ctx = world.registrar();
    let (state, in_force): (String, i64) =
        ::store::q("SELECT d.state, (SELECT COUNT(*) FROM divorce_certificate c WHERE c.divorce = d.id AND c.current) AS n FROM divorce d")
            .one(ctx.db())
            .await
            .expect("the divorce");
    assert_eq!((state.as_str(), in_force), ("void", 0));
    assert_eq!(answer(&ctx, "L990101-2026-000001", "990101200405200017", "2026-09-10").await, Answer::NoLongerValid);
    let case = open(&ctx, world.office(), &Application { kind: "L".to_owned(), ..lost() }).await.expect("taken in");
    assert!(found(&ctx, case, 1, "L990101-2026-000001").await.expect_err("void").has_code("MR-E35"));
});
