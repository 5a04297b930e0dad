//! The scenarios of questions and complaints (OVP P4), on both engines.

use identity::testing::{citizen, staff};
use interaction::cards::{self, Colour};
use interaction::complaints::states::State;
use interaction::complaints::{self, Assignment, ComplaintId, Filter, Key, PublicText, Receipt, Registration, Reply, View};
use interaction::testing::registration;
use kernel::{Day, Instant};
use platform::outbox::Worker;
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Role, StaffActor};

/// A desk in 990102, a unit there, and one above.
struct World {
    p: TestPlatform,
    desk: StaffActor,
    handler: StaffActor,
    head: StaffActor,
    supervisor: StaffActor,
    above: StaffActor,
}

const ANSWER: &str = "经核实，当日窗口因系统故障停办两小时，已增派人员并在门口公示，向您致歉。";

fn at(month: i8, day: i8, hour: u16) -> Instant {
    Instant::at(Day::ymd(2026, month, day), hour * 60)
}

impl World {
    async fn new(db: store::Db) -> World {
        let p = platform::testing::platform(db);
        platform::testing::regions(&p).await.expect("regions");
        World {
            desk: staff(&p, "990102", &[Role::Dispatcher]).await,
            handler: staff(&p, "990102", &[Role::ComplaintHandler]).await,
            head: staff(&p, "990102", &[Role::Head]).await,
            supervisor: staff(&p, "990100", &[Role::Supervisor]).await,
            above: staff(&p, "990100", &[Role::Dispatcher]).await,
            p,
        }
    }

    fn by(&self, staff: &StaffActor) -> Ctx {
        self.p.as_actor(Actor::Staff(staff.clone()))
    }

    fn visitor(&self) -> Ctx {
        self.p.as_actor(Actor::Anonymous)
    }

    async fn files(&self, kind: &str, key: &str) -> Receipt {
        complaints::register(&self.visitor(), registration(kind, &self.desk, key)).await.expect("registered")
    }

    async fn view(&self, id: ComplaintId) -> View {
        complaints::view(&self.by(&self.supervisor), id).await.expect("seen by supervision")
    }

    async fn accepts(&self, id: ComplaintId) {
        complaints::accept(&self.by(&self.desk), id, self.view(id).await.version, false).await.expect("accepted");
    }

    async fn assigns(&self, id: ComplaintId, handler: Option<&StaffActor>) -> platform::Result<()> {
        let to = Assignment { unit: self.handler.org.to_string(), handler: handler.map(|one| one.id.to_string()).unwrap_or_default(), note: String::new() };
        complaints::assign(&self.by(&self.desk), id, self.view(id).await.version, &to).await
    }

    /// Accepted, sent to the unit and signed for.
    async fn in_hand(&self, kind: &str, key: &str) -> Receipt {
        let receipt = self.files(kind, key).await;
        self.accepts(receipt.id).await;
        self.assigns(receipt.id, None).await.expect("sent");
        complaints::sign(&self.by(&self.handler), receipt.id, self.view(receipt.id).await.version).await.expect("signed for");
        receipt
    }

    async fn replies(&self, id: ComplaintId) {
        let reply = Reply { words: ANSWER.to_owned(), basis: "《优化营商环境条例》第三十六条".to_owned() };
        complaints::reply(&self.by(&self.handler), id, self.view(id).await.version, &reply).await.expect("answered");
    }

    async fn runs(&self, job: &str) {
        let service = interaction::service();
        let job = service.jobs.iter().find(|known| known.name == job).expect("a job");
        (job.run)(self.p.system()).await.expect("the job ends well");
    }

    async fn sent(&self) -> Vec<platform::ports::SmsMessage> {
        Worker::new(&[platform::outbox::service(), interaction::service(), notices::service()]).drain(&self.p).await.expect("drained");
        self.p.post.messages()
    }
}

fn key(receipt: &Receipt) -> Key {
    Key::Code { number: receipt.number.clone(), code: receipt.code.clone() }
}

store::db_test!(p4_1_a_receipt_at_once_and_a_decision_within_a_working_day, |db| async move {
    let w = World::new(db).await;
    let receipt = w.files("complain", "1").await;
    assert_eq!((receipt.number.len(), receipt.code.len(), receipt.accept_by), (22, 6, Day::ymd(2026, 7, 2)));
    assert_eq!(w.files("complain", "1").await, receipt, "the same form is the same complaint");
    let sent = w.sent().await;
    assert!(sent.len() == 1 && sent[0].text.contains(&receipt.number) && sent[0].text.contains(&receipt.code) && !sent[0].text.contains("排队"));
    let status = complaints::status(&w.visitor(), &key(&receipt)).await.expect("opened");
    assert_eq!((status.state, status.due), (State::Registered, Some(Day::ymd(2026, 7, 2))));
    let empty = complaints::register(&w.visitor(), Registration { request_key: "test-form-x".to_owned(), ..Registration::default() }).await;
    let fields: Vec<_> = empty.expect_err("refused").issues().iter().filter_map(|issue| issue.field.clone()).collect();
    assert_eq!(fields, ["kind", "org", "title", "words", "name", "phone"]);
    for _ in 0..5 {
        let wrong = Key::Code { number: receipt.number.clone(), code: "000000".to_owned() };
        assert!(complaints::status(&w.visitor(), &wrong).await.is_err());
    }
    assert!(matches!(complaints::status(&w.visitor(), &key(&receipt)).await, Err(platform::Error::TooMany { .. })), "guessing is slowed down");
});

store::db_test!(p4_1_staff_enter_what_a_caller_says, |db| async move {
    let w = World::new(db).await;
    let receipt = complaints::register(&w.by(&w.desk), registration("help", &w.desk, "call")).await.expect("entered");
    assert_eq!(receipt.number.as_bytes()[14], b'7', "by telephone");
    assert_eq!(w.sent().await.len(), 1, "the caller gets number and code");
    assert!(complaints::register(&w.by(&w.handler), registration("help", &w.desk, "no")).await.expect_err("no role").has_code("E-P805"));
    let elsewhere = staff(&w.p, "990202", &[Role::Dispatcher]).await;
    assert!(complaints::register(&w.by(&elsewhere), registration("help", &w.desk, "no")).await.expect_err("no region").has_code("E-P805"));
});

store::db_test!(p4_2_a_complaint_is_due_in_five_working_days_and_extended_once, |db| async move {
    let w = World::new(db).await;
    let id = w.in_hand("complain", "1").await.id;
    let view = w.view(id).await;
    assert_eq!((view.due, view.warning.expect("a limit runs").code.as_ref()), (Some(Day::ymd(2026, 7, 8)), "E-P401"));
    assert!(complaints::extend(&w.by(&w.handler), id, view.version, "情况复杂").await.expect_err("the head extends").has_code("E-P805"));
    complaints::extend(&w.by(&w.head), id, view.version, "情况复杂").await.expect("extended");
    assert_eq!(w.view(id).await.due, Some(Day::ymd(2026, 7, 15)));
    assert!(complaints::extend(&w.by(&w.head), id, view.version + 1, "再延").await.expect_err("once").has_code("E-P204"));
    w.p.set_now(at(9, 30, 10));
    let asked = w.files("consult", "2").await.id;
    w.accepts(asked).await;
    assert_eq!(w.view(asked).await.due, Some(Day::ymd(2026, 10, 13)), "without a stock answer");
    let stock = w.files("consult", "3").await.id;
    complaints::accept(&w.by(&w.desk), stock, 1, true).await.expect("accepted");
    assert_eq!(w.view(stock).await.due, Some(Day::ymd(2026, 10, 8)), "with one");
});

store::db_test!(p4_3_a_petition_has_the_clock_of_its_regulations_and_two_reviews, |db| async move {
    let w = World::new(db).await;
    w.p.set_now(at(6, 5, 10));
    let receipt = w.files("petition", "1").await;
    assert_eq!(receipt.accept_by, Day::ymd(2026, 6, 22), "fifteen days, rolled over the festival");
    w.accepts(receipt.id).await;
    assert_eq!(w.view(receipt.id).await.due, Some(Day::ymd(2026, 8, 4)));
    w.assigns(receipt.id, None).await.expect("sent");
    complaints::sign(&w.by(&w.handler), receipt.id, 3).await.expect("signed for");
    complaints::extend(&w.by(&w.head), receipt.id, 4, "需要鉴定").await.expect("extended");
    assert_eq!(w.view(receipt.id).await.due, Some(Day::ymd(2026, 9, 3)));
    w.replies(receipt.id).await;
    complaints::review(&w.visitor(), &key(&receipt), "事实不清").await.expect("复查");
    let view = w.view(receipt.id).await;
    assert_eq!((view.state, view.level, view.due), (State::Accepted, 1, Some(Day::ymd(2026, 7, 6))));
    assert!(complaints::view(&w.by(&w.desk), receipt.id).await.is_err(), "the desk above has it now");
    let complaint = w.in_hand("complain", "2").await;
    w.replies(complaint.id).await;
    assert!(complaints::review(&w.visitor(), &key(&complaint), "x").await.expect_err("no petition").has_code("E-ST01"));
});

store::db_test!(p4_4_returned_once_then_designated, |db| async move {
    let w = World::new(db).await;
    let id = w.files("complain", "1").await.id;
    w.accepts(id).await;
    w.assigns(id, None).await.expect("sent");
    let back = |reason: &'static str, seen| {
        let ctx = w.by(&w.handler);
        async move { complaints::give_back(&ctx, id, seen, reason, "中心街道办").await }
    };
    assert!(back("", 3).await.expect_err("no reason").issues()[0].field.as_deref() == Some("reason"));
    back("不属于本单位职责", 3).await.expect("returned");
    w.assigns(id, None).await.expect("designated");
    assert!(back("仍不属于", 5).await.expect_err("designated").has_code("E-P402"));
    let other = w.files("complain", "2").await.id;
    w.accepts(other).await;
    w.assigns(other, None).await.expect("sent");
    w.p.set_now(at(7, 3, 9));
    assert!(complaints::give_back(&w.by(&w.handler), other, 3, "不属于", "街道").await.expect_err("too late").has_code("E-P407"));
});

store::db_test!(p4_5_a_refusal_names_reason_and_channel, |db| async move {
    let w = World::new(db).await;
    let receipt = w.files("complain", "1").await;
    let desk = w.by(&w.desk);
    assert!(complaints::refuse(&desk, receipt.id, 1, "court", "已在法院立案", "").await.expect_err("no channel").has_code("E-P403"));
    assert!(complaints::refuse(&desk, receipt.id, 1, "", "已在法院立案", "请向城东区人民法院反映").await.expect_err("no ground").has_code("E-P403"));
    complaints::refuse(&desk, receipt.id, 1, "court", "已在法院立案", "请向城东区人民法院反映").await.expect("refused");
    let status = complaints::status(&w.visitor(), &key(&receipt)).await.expect("opened");
    assert_eq!((status.state, status.ground.map(|ground| ground.code())), (State::Refused, Some("court")));
    assert!(status.told.contains("城东区人民法院"));
});

store::db_test!(p4_6_the_person_complained_of_and_his_head_do_not_handle_it, |db| async move {
    let w = World::new(db).await;
    let about = Registration { target: w.handler.id.to_string(), ..registration("complain", &w.desk, "1") };
    let id = complaints::register(&w.visitor(), about).await.expect("registered").id;
    w.accepts(id).await;
    assert!(w.assigns(id, Some(&w.handler)).await.expect_err("himself").has_code("E-P404"));
    assert!(w.assigns(id, Some(&w.head)).await.expect_err("his head").has_code("E-P404"));
    w.assigns(id, None).await.expect("sent to the unit");
    assert!(complaints::sign(&w.by(&w.handler), id, 3).await.expect_err("himself").has_code("E-P404"));
    assert!(complaints::sign(&w.by(&w.head), id, 3).await.expect_err("his head").has_code("E-P404"));
    assert!(complaints::list(&w.by(&w.handler), &Filter::default()).await.expect("a list").lines.is_empty(), "it is not in his list");
    let colleague = staff(&w.p, "990102", &[Role::ComplaintHandler]).await;
    complaints::sign(&w.by(&colleague), id, 3).await.expect("a colleague");
});

store::db_test!(p4_7_who_reported_is_seen_by_named_officers_and_every_look_is_written_down, |db| async move {
    let w = World::new(db).await;
    let id = w.files("report", "1").await.id;
    let (name, phone): (Vec<u8>, Vec<u8>) = store::q("SELECT name, phone FROM complaint WHERE id = $1").bind(id).one(w.p.db()).await.expect("read");
    assert!(!String::from_utf8_lossy(&name).contains('张') && !String::from_utf8_lossy(&phone).contains("139"));
    let extra = staff(&w.p, "990102", &[Role::ComplaintHandler]).await;
    let supervisor = w.by(&w.supervisor);
    let all = [w.desk.id, w.handler.id, extra.id];
    assert!(complaints::name_officers(&supervisor, id, 1, &all).await.expect_err("three").has_code("E-P408"));
    complaints::name_officers(&supervisor, id, 1, &all[..2]).await.expect("two");
    assert!(complaints::name_officers(&supervisor, id, 2, &all[2..]).await.expect_err("one more").has_code("E-P408"));
    let seen = complaints::reporter(&w.by(&w.handler), id, "核实线索").await.expect("an officer");
    assert_eq!((seen.name.as_str(), seen.phone.as_str()), ("张测试", "13900000000"));
    assert!(complaints::reporter(&w.by(&extra), id, "好奇").await.expect_err("a third").has_code("E-P405"));
    let view = complaints::view(&supervisor, id).await.expect("seen");
    assert_eq!((view.asker, view.title, view.words), (None, None, None), "supervision sees that there is one");
    let mut looks: Vec<(String,)> =
        store::q("SELECT action FROM audit_event WHERE object_id = $1 AND action LIKE 'complaint.reveal%' ORDER BY id").bind(id.to_string()).all(w.p.db()).await.expect("read");
    looks.sort();
    assert_eq!(looks.into_iter().map(|row| row.0).collect::<Vec<_>>(), ["complaint.reveal", "complaint.reveal_denied"]);
    let told = cards::unseen(&supervisor).await.expect("alarm");
    assert_eq!((told.len(), told[0].colour), (1, Colour::Alarm));
    cards::seen(&supervisor, told[0].id).await.expect("seen");
    assert!(cards::unseen(&supervisor).await.expect("read").is_empty());
    let unnamed = Registration { anonymous: true, name: String::new(), phone: String::new(), ..registration("report", &w.desk, "2") };
    complaints::register(&w.visitor(), unnamed).await.expect("without a name");
});

store::db_test!(p4_8_late_or_twice_not_satisfied_moves_up, |db| async move {
    let w = World::new(db).await;
    let late = w.in_hand("complain", "1").await.id;
    w.p.set_now(at(7, 9, 1));
    w.runs("interaction.cards").await;
    let issued = cards::issued(&w.by(&w.supervisor), None, None).await.expect("cards").0;
    assert_eq!((issued[0].colour, issued[0].rule.as_str(), w.view(late).await.level), (Colour::Yellow, "M10", 0));
    w.p.set_now(at(7, 14, 1));
    w.runs("interaction.cards").await;
    w.runs("interaction.cards").await;
    let view = w.view(late).await;
    assert_eq!((cards::issued(&w.by(&w.supervisor), None, None).await.expect("cards").0[0].colour, view.level, view.supervised), (Colour::Red, 1, true));
    assert!(complaints::view(&w.by(&w.above), late).await.is_ok(), "the city has it");
    w.p.set_now(at(7, 1, 10));
    let receipt = w.in_hand("complain", "2").await;
    w.replies(receipt.id).await;
    assert!(complaints::satisfied(&w.visitor(), &key(&receipt), false, " ").await.expect_err("why").issues()[0].field.as_deref() == Some("why"));
    complaints::satisfied(&w.visitor(), &key(&receipt), false, "没有解决").await.expect("not satisfied");
    assert_eq!((w.view(receipt.id).await.state, w.view(receipt.id).await.level), (State::InHand, 0));
    w.replies(receipt.id).await;
    complaints::satisfied(&w.visitor(), &key(&receipt), false, "仍没有解决").await.expect("not satisfied");
    let view = w.view(receipt.id).await;
    assert_eq!((view.state, view.level, view.supervised, view.unit), (State::Accepted, 1, true, None));
});

store::db_test!(p4_9_a_reply_is_long_enough_and_cites_something_and_some_are_checked, |db| async move {
    let w = World::new(db).await;
    let receipt = w.in_hand("complain", "1").await;
    let ctx = w.by(&w.handler);
    let reply = |words: &str, basis: &str| Reply { words: words.to_owned(), basis: basis.to_owned() };
    let seen = w.view(receipt.id).await.version;
    assert!(complaints::reply(&ctx, receipt.id, seen, &reply("已处理。", "条例")).await.expect_err("short").has_code("E-P406"));
    assert!(complaints::reply(&ctx, receipt.id, seen, &reply(ANSWER, "")).await.expect_err("cites nothing").has_code("E-P406"));
    let all = "INSERT INTO interaction_limit (kind, region, amount, unit, source, article) VALUES ('complaint.sample', '990102', 100, 'percent', '试', '')";
    w.p.db().write(|tx| async move { store::q(all).exec(&tx).await }).await.expect("all are drawn");
    w.replies(receipt.id).await;
    let status = complaints::status(&w.visitor(), &key(&receipt)).await.expect("opened");
    assert!(status.may_judge && status.replies[0].words == ANSWER && status.replies[0].sampled);
    let drawn = Filter { sampled: true, ..Filter::default() };
    assert_eq!(complaints::list(&w.by(&w.supervisor), &drawn).await.expect("a list").lines.len(), 1);
    let (seen, checked) = (w.view(receipt.id).await.version, status.replies[0].id);
    complaints::check_reply(&w.by(&w.supervisor), receipt.id, seen, checked, false, "未写明结果").await.expect("checked");
    assert_eq!(w.view(receipt.id).await.state, State::InHand, "written anew");
});

store::db_test!(p4_10_questions_are_published_with_consent_and_masked, |db| async move {
    let w = World::new(db).await;
    let asked = Registration { words: "我叫张测试，证号990102199003070011，电话13900000000，结婚登记要带什么？".to_owned(), ..registration("consult", &w.desk, "1") };
    let receipt = complaints::register(&w.visitor(), asked.clone()).await.expect("registered");
    w.accepts(receipt.id).await;
    let answer = Reply { words: "请双方携带居民身份证和签字声明，到任一婚姻登记机关办理。".to_owned(), basis: "内地居民结婚登记事项指南".to_owned() };
    complaints::reply(&w.by(&w.desk), receipt.id, 2, &answer).await.expect("the desk answers");
    let draft = complaints::draft(&w.by(&w.desk), receipt.id).await.expect("a draft");
    assert!(draft.question.contains("张**") && draft.question.contains("139****0000") && !draft.question.contains("0307"), "{}", draft.question);
    let typed = PublicText { question: format!("{} 13900000000", draft.question), ..draft };
    complaints::publish(&w.by(&w.desk), receipt.id, &typed).await.expect("published");
    let shown = complaints::public(&w.visitor(), None).await.expect("public").0;
    assert_eq!((shown[0].asker.as_str(), shown[0].phone.as_str()), ("张**", "139****0000"));
    assert!(!shown[0].question.contains("13900000000") && !shown[0].question.contains("990102"));
    let silent = complaints::register(&w.visitor(), Registration { may_publish: false, request_key: "test-form-2".to_owned(), ..asked }).await.expect("registered");
    w.accepts(silent.id).await;
    complaints::reply(&w.by(&w.desk), silent.id, 2, &answer).await.expect("answered");
    assert!(complaints::draft(&w.by(&w.desk), silent.id).await.expect_err("no consent").has_code("E-P410"));
});

store::db_test!(p4_11_three_of_one_are_one_and_all_three_are_answered, |db| async move {
    let w = World::new(db).await;
    let first = w.files("complain", "1").await;
    let (second, third) = (w.files("complain", "2").await, w.files("complain", "3").await);
    let other = Registration { phone: "13900000001".to_owned(), ..registration("complain", &w.desk, "4") };
    let other = complaints::register(&w.visitor(), other).await.expect("registered");
    let desk = w.by(&w.desk);
    for one in [&second, &third] {
        assert_eq!(complaints::duplicates(&desk, one.id).await.expect("looked").first().map(|found| (found.0, found.2)), Some((first.id, 100)));
        complaints::merge(&desk, one.id, 1, first.id).await.expect("merged");
    }
    assert!(complaints::merge(&desk, other.id, 1, first.id).await.expect_err("somebody else").has_code("E-P409"));
    w.accepts(first.id).await;
    w.assigns(first.id, None).await.expect("sent");
    complaints::sign(&w.by(&w.handler), first.id, 3).await.expect("signed for");
    w.replies(first.id).await;
    let replies: Vec<_> = w.sent().await.into_iter().filter(|message| message.text.contains("已答复")).collect();
    assert_eq!(replies.len(), 3);
    let status = complaints::status(&w.visitor(), &key(&third)).await.expect("opened");
    assert_eq!((status.state, status.merged_with.as_deref(), status.replies.len()), (State::Replied, Some(first.number.as_str()), 1));
    w.p.set_now(at(8, 10, 10));
    let much_later = w.files("complain", "5").await;
    assert!(complaints::duplicates(&w.by(&w.desk), much_later.id).await.expect("looked").is_empty(), "after thirty days it is another");
});

store::db_test!(p4_12_requests_for_disclosure_run_by_their_own_clock, |db| async move {
    let w = World::new(db).await;
    let receipt = w.files("disclosure", "1").await;
    w.accepts(receipt.id).await;
    assert_eq!(w.view(receipt.id).await.due, Some(Day::ymd(2026, 7, 29)));
    w.assigns(receipt.id, None).await.expect("sent");
    complaints::sign(&w.by(&w.handler), receipt.id, 3).await.expect("signed for");
    complaints::extend(&w.by(&w.head), receipt.id, 4, "需征求第三方意见").await.expect("extended");
    assert_eq!(w.view(receipt.id).await.due, Some(Day::ymd(2026, 8, 26)));
    let unclear = w.files("disclosure", "2").await;
    complaints::clarify(&w.by(&w.desk), unclear.id, 1, "请写明文件名称").await.expect("asked");
    assert_eq!(complaints::status(&w.visitor(), &key(&unclear)).await.expect("opened").told, "请写明文件名称");
    w.p.set_now(at(7, 6, 10));
    complaints::supply(&w.visitor(), &key(&unclear), "2025年婚姻登记统计表").await.expect("explained");
    w.accepts(unclear.id).await;
    assert_eq!(w.view(unclear.id).await.due, Some(Day::ymd(2026, 8, 3)), "counted from the explanation");
    let late = w.files("disclosure", "3").await;
    w.p.set_now(at(7, 16, 10));
    assert!(complaints::clarify(&w.by(&w.desk), late.id, 1, "请写明文件名称").await.expect_err("too late").has_code("E-P413"));
});

store::db_test!(p4_2_a_moved_calendar_moves_the_reply_and_tells, |db| async move {
    let w = World::new(db).await;
    w.p.set_now(at(12, 28, 10));
    let id = w.in_hand("report", "1").await.id;
    assert_eq!(w.view(id).await.due, Some(Day::ymd(2027, 1, 19)), "provisional");
    let notice = "2027-01-01,holiday,元旦\n2027-01-04,holiday,元旦\n2027-01-05,holiday,元旦\n2027-02-05,holiday,春节\n2027-02-06,holiday,春节\n2027-02-07,holiday,春节\n\
        2027-02-08,holiday,春节\n2027-04-05,holiday,清明\n2027-05-01,holiday,劳动节\n2027-05-02,holiday,劳动节\n2027-06-09,holiday,端午\n2027-09-15,holiday,中秋\n\
        2027-10-01,holiday,国庆\n2027-10-02,holiday,国庆\n2027-10-03,holiday,国庆\n";
    platform::calendars::import(&w.p.system(), 2027, "测试通知", notice).await.expect("imported");
    let sent = w.sent().await;
    assert_eq!(w.view(id).await.due, Some(Day::ymd(2027, 1, 21)));
    assert!(sent.iter().any(|message| message.text.contains("答复期限改为")));
});

store::db_test!(p4_8_whoever_says_nothing_in_time_has_been_answered, |db| async move {
    let w = World::new(db).await;
    let receipt = w.in_hand("complain", "1").await;
    w.replies(receipt.id).await;
    w.p.set_now(at(7, 9, 1));
    assert!(complaints::satisfied(&w.visitor(), &key(&receipt), true, "").await.expect_err("too late, job or not").has_code("E-ST01"));
    w.runs("interaction.lapse").await;
    assert_eq!(w.view(receipt.id).await.state, State::Closed);
    let figures = complaints::figures(&w.by(&w.supervisor), w.desk.region, Day::ymd(2026, 7, 1), Day::ymd(2026, 7, 31)).await.expect("figures");
    assert_eq!((figures.len(), figures[0].received, figures[0].on_time.text().as_str()), (1, 1, "100 %"));
});

store::db_test!(p4_1_one_sees_ones_own_and_nobody_elses, |db| async move {
    let w = World::new(db).await;
    let (li, wang) = (citizen(&w.p, 2).await, citizen(&w.p, 2).await);
    let ctx = w.p.as_actor(li.actor());
    let receipt = complaints::register(&ctx, registration("suggest", &w.desk, "1")).await.expect("registered");
    assert_eq!(complaints::mine(&ctx, None).await.expect("mine").0.len(), 1);
    assert_eq!(complaints::receipt(&ctx, receipt.id).await.expect("again"), receipt.code);
    let other = w.p.as_actor(wang.actor());
    assert!(complaints::mine(&other, None).await.expect("none").0.is_empty());
    assert!(matches!(complaints::status(&other, &Key::Mine(receipt.id)).await, Err(platform::Error::NotFound)));
    let elsewhere = staff(&w.p, "990202", &[Role::Dispatcher, Role::Supervisor]).await;
    assert!(complaints::list(&w.by(&elsewhere), &Filter::default()).await.expect("a list").lines.is_empty());
    assert!(matches!(complaints::view(&w.by(&elsewhere), receipt.id).await, Err(platform::Error::NotFound)));
});
