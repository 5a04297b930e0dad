//! The scenarios of ratings (OVP P3), on both engines.

use identity::testing::{Citizen, citizen, staff};
use interaction::cards::{self, Colour};
use interaction::ratings::states::{Act, State};
use interaction::ratings::{self, Filter, Given, Imported, Level, Note, RatingId, Scale, Share};
use interaction::testing::{finished, subject};
use kernel::{Day, Instant};
use platform::outbox::Worker;
use platform::testing::TestPlatform;
use platform::{Actor, Ctx, Role, StaffActor};

/// A counter in 990102 with a couple of people around it.
struct World {
    p: TestPlatform,
    li: Citizen,
    clerk: StaffActor,
    handler: StaffActor,
    head: StaffActor,
    supervisor: StaffActor,
}

fn at(month: i8, day: i8, hour: u16) -> Instant {
    Instant::at(Day::ymd(2026, month, day), hour * 60)
}

impl World {
    async fn new(db: store::Db) -> World {
        let p = platform::testing::platform(db);
        platform::testing::regions(&p).await.expect("regions");
        let li = citizen(&p, 2).await;
        let clerk = staff(&p, "990102", &[Role::Clerk]).await;
        let handler = staff(&p, "990102", &[Role::RatingHandler]).await;
        let head = staff(&p, "990102", &[Role::Head]).await;
        let supervisor = staff(&p, "990100", &[Role::Supervisor]).await;
        World { p, li, clerk, handler, head, supervisor }
    }

    fn by(&self, staff: &StaffActor) -> Ctx {
        self.p.as_actor(Actor::Staff(staff.clone()))
    }

    fn li(&self) -> Ctx {
        self.p.as_actor(self.li.actor())
    }

    async fn finishes(&self, number: &str) -> String {
        finished(&self.p, subject(&self.clerk, &self.li, number, self.p.now())).await
    }

    /// A bad rating of a matter finished now, with its follow-up.
    async fn bad(&self, number: &str) -> RatingId {
        let token = self.finishes(number).await;
        ratings::rate(&self.li(), &token, &given("5", &["attitude"])).await.expect("rated")
    }

    async fn does(&self, staff: &StaffActor, id: RatingId, act: Act) -> platform::Result<()> {
        let seen = self.state(id).await.1;
        ratings::follow(&self.by(staff), id, act, &Note { seen, text: "已核实情况".to_owned() }).await
    }

    async fn state(&self, id: RatingId) -> (State, i64) {
        let view = ratings::view(&self.by(&self.supervisor), id).await.expect("seen by supervision");
        (view.state.expect("a follow-up"), view.version)
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

fn given(level: &str, tags: &[&str]) -> Given {
    Given { level: level.to_owned(), tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..Given::default() }
}

store::db_test!(p3_1_one_rating_a_matter_changed_once_within_five_working_days, |db| async move {
    let w = World::new(db).await;
    let token = w.finishes("A1").await;
    ratings::rate(&w.li(), &token, &given("2", &[])).await.expect("rated");
    assert!(ratings::rate(&w.li(), &token, &given("1", &[])).await.expect_err("once").has_code("E-P301"));
    w.p.set_now(at(7, 8, 23));
    ratings::change(&w.li(), &token, &given("3", &[])).await.expect("changed on the fifth working day");
    assert!(ratings::change(&w.li(), &token, &given("1", &[])).await.expect_err("once").has_code("E-P301"));
    w.p.set_now(at(7, 1, 10));
    let late = w.finishes("A2").await;
    ratings::rate(&w.li(), &late, &given("2", &[])).await.expect("rated");
    w.p.set_now(at(7, 9, 0));
    assert!(ratings::change(&w.li(), &late, &given("1", &[])).await.expect_err("too late").has_code("E-P301"));
    assert_eq!(ratings::told(&w.li(), &late).await.expect("told").change_until, None);
});

store::db_test!(p3_2_only_the_applicant_rates, |db| async move {
    let w = World::new(db).await;
    let token = w.finishes("A1").await;
    let other = citizen(&w.p, 2).await;
    assert!(ratings::rate(&w.p.as_actor(other.actor()), &token, &given("2", &[])).await.expect_err("refused").has_code("E-P302"));
    assert!(ratings::told(&w.by(&w.clerk), &token).await.expect_err("refused").has_code("E-P302"));
    assert!(matches!(ratings::told(&w.li(), "nonsense").await, Err(platform::Error::NotFound)));
    let mine = ratings::mine(&w.li(), None).await.expect("mine").0;
    assert_eq!((mine.len(), mine[0].token.as_str(), mine[0].level), (1, token.as_str(), None));
    ratings::rate(&w.p.as_actor(Actor::Anonymous), &token, &given("1", &[])).await.expect("whoever holds the token");
});

store::db_test!(p3_3_a_bad_rating_needs_a_reason_and_words_have_a_limit, |db| async move {
    let w = World::new(db).await;
    let token = w.finishes("A1").await;
    for level in ["4", "5"] {
        assert!(ratings::rate(&w.li(), &token, &given(level, &["no-such"])).await.expect_err("refused").has_code("E-P305"));
    }
    let long = Given { words: "长".repeat(501), ..given("1", &[]) };
    assert!(ratings::rate(&w.li(), &token, &long).await.expect_err("refused").has_code("E-P311"));
    assert!(ratings::rate(&w.li(), &token, &given("9", &[])).await.expect_err("refused").has_code("E-P310"));
    let id = ratings::rate(&w.li(), &token, &Given { words: "字".repeat(500), ..given("5", &["speed"]) }).await.expect("rated");
    let (sealed,): (Vec<u8>,) = store::q("SELECT words FROM rating WHERE id = $1").bind(id).one(w.p.db()).await.expect("read");
    assert!(!String::from_utf8_lossy(&sealed).contains('字'), "the words lie sealed");
});

store::db_test!(p3_4_a_named_bad_rating_is_contacted_put_right_told_and_called_back, |db| async move {
    let w = World::new(db).await;
    w.p.set_now(at(5, 8, 16));
    let id = w.bad("A1").await;
    let view = ratings::view(&w.by(&w.handler), id).await.expect("seen");
    let warning = view.warning.expect("a limit runs");
    assert_eq!((warning.code.as_ref(), warning.params["d"].as_str()), ("E-P303", "2026-05-09"), "the Saturday is worked");
    w.does(&w.handler, id, Act::Take).await.expect("taken");
    w.does(&w.handler, id, Act::Unreachable).await.expect("tried");
    w.does(&w.handler, id, Act::Contact).await.expect("contacted");
    w.does(&w.handler, id, Act::Simple).await.expect("true");
    w.does(&w.handler, id, Act::Fix).await.expect("fixed");
    w.does(&w.handler, id, Act::Again).await.expect("not content");
    w.does(&w.handler, id, Act::Fix).await.expect("fixed");
    w.does(&w.handler, id, Act::CallBack).await.expect("content");
    assert_eq!(w.state(id).await.0, State::Closed);
    let error = w.does(&w.handler, id, Act::Fix).await.expect_err("over");
    assert!(error.has_code("E-ST01"));
    let stale = Note { seen: 1, text: "x".to_owned() };
    let other = w.bad("A2").await;
    w.does(&w.handler, other, Act::Take).await.expect("taken");
    assert!(ratings::follow(&w.by(&w.handler), other, Act::Contact, &stale).await.expect_err("stale").has_code("E-ST02"));
    let silent = Note { seen: 2, text: " ".to_owned() };
    assert!(ratings::follow(&w.by(&w.handler), other, Act::Contact, &silent).await.expect_err("no note").has_code("E-P308"));
});

store::db_test!(p3_4_simple_and_complicated_cases_have_their_own_limits, |db| async move {
    let w = World::new(db).await;
    for (number, act, due) in [("A1", Act::Simple, "2026-07-08"), ("A2", Act::Complex, "2026-07-22")] {
        let id = w.bad(number).await;
        w.does(&w.handler, id, Act::Take).await.expect("taken");
        w.does(&w.handler, id, Act::Contact).await.expect("contacted");
        w.does(&w.handler, id, act).await.expect("true");
        let view = ratings::view(&w.by(&w.handler), id).await.expect("seen");
        assert_eq!(view.warning.expect("a limit runs").params["d"], due);
    }
});

store::db_test!(p3_5_the_rated_person_handles_nothing_of_it, |db| async move {
    let mut w = World::new(db).await;
    w.clerk = staff(&w.p, "990102", &[Role::Clerk, Role::RatingHandler]).await;
    let id = w.bad("A1").await;
    assert!(w.does(&w.clerk, id, Act::Take).await.expect_err("refused").has_code("E-P304"));
    assert!(ratings::view(&w.by(&w.clerk), id).await.expect("seen").may.is_empty());
});

store::db_test!(p3_6_the_raters_name_is_seen_by_whoever_took_it_on_and_by_nobody_else, |db| async move {
    let w = World::new(db).await;
    let id = w.bad("A1").await;
    assert!(ratings::list(&w.by(&w.clerk), &Filter::default()).await.is_err(), "clerks do not read ratings");
    assert_eq!(ratings::view(&w.by(&w.handler), id).await.expect("seen").rater, None);
    assert!(matches!(w.does(&w.handler, id, Act::Contact).await.expect_err("not taken"), platform::Error::Denied(_)));
    w.does(&w.handler, id, Act::Take).await.expect("taken");
    let rater = ratings::view(&w.by(&w.handler), id).await.expect("seen").rater.expect("his now");
    assert_eq!(rater.names, vec![w.li.name.clone()]);
    assert_eq!(ratings::view(&w.by(&w.head), id).await.expect("seen").rater, None);
    let elsewhere = staff(&w.p, "990202", &[Role::RatingHandler]).await;
    assert!(matches!(ratings::view(&w.by(&elsewhere), id).await, Err(platform::Error::NotFound)));
    assert!(ratings::list(&w.by(&elsewhere), &Filter::default()).await.expect("a list").lines.is_empty());
});

store::db_test!(p3_7_another_office_reviews_an_appeal_and_supervision_still_sees_what_was_taken_out, |db| async move {
    let w = World::new(db).await;
    let id = w.bad("A1").await;
    w.does(&w.handler, id, Act::Take).await.expect("taken");
    w.does(&w.handler, id, Act::Contact).await.expect("contacted");
    assert!(w.does(&w.handler, id, Act::Appeal).await.expect_err("the office appeals").has_code("E-P805"));
    w.p.set_now(at(7, 9, 9));
    assert!(w.does(&w.head, id, Act::Appeal).await.expect_err("too late").has_code("E-P307"));
    w.p.set_now(at(7, 8, 9));
    w.does(&w.head, id, Act::Appeal).await.expect("appealed on the last day");
    assert!(w.does(&w.handler, id, Act::Remove).await.expect_err("own office").has_code("E-P306"));
    w.does(&w.supervisor, id, Act::Remove).await.expect("taken out");
    assert!(matches!(ratings::view(&w.by(&w.handler), id).await, Err(platform::Error::NotFound)));
    let removed = Filter { removed: true, ..Filter::default() };
    assert_eq!(ratings::list(&w.by(&w.supervisor), &removed).await.expect("a list").lines.len(), 1);
    assert!(ratings::list(&w.by(&w.handler), &removed).await.is_err());
    let region = w.clerk.region;
    let figures = ratings::figures(&w.by(&w.supervisor), region, "", Day::ymd(2026, 7, 1), Day::ymd(2026, 7, 31)).await.expect("figures");
    assert_eq!((figures.rated, figures.bad), (0, 0));
    let (trail,): (i64,) = store::q("SELECT COUNT(*) FROM audit_event WHERE object_id = $1").bind(id.to_string()).one(w.p.db()).await.expect("read");
    assert!(trail >= 5);
});

store::db_test!(p3_8_who_does_not_rate_in_time_is_not_counted_and_never_as_satisfied, |db| async move {
    let w = World::new(db).await;
    let (july, end) = (Day::ymd(2026, 7, 1), Day::ymd(2026, 7, 31));
    for number in ["A1", "A2"] {
        let token = w.finishes(number).await;
        w.p.set_now(if number == "A1" { at(7, 8, 12) } else { at(7, 9, 12) });
        ratings::rate(&w.li(), &token, &given("1", &[])).await.expect("rated");
        w.p.set_now(at(7, 1, 10));
    }
    w.finishes("A3").await;
    let (reader, region) = (w.by(&w.supervisor), w.clerk.region);
    let figures = || ratings::figures(&reader, region, "", july, end);
    assert_eq!(figures().await.expect("figures").active(), Share { part: 1, whole: 3 });
    w.p.db()
        .write(|tx| async move {
            store::q("INSERT INTO interaction_limit (kind, region, amount, unit, source, article) VALUES ('rating.unrated_level', '990102', 3, 'count', '省办法', '')")
                .exec(&tx)
                .await
        })
        .await
        .expect("a province's choice");
    let counted = figures().await.expect("figures");
    assert_eq!((counted.satisfaction(), counted.active()), (Share { part: 3, whole: 3 }, Share { part: 1, whole: 3 }));
    assert_eq!(counted.levels, [1, 0, 0, 0, 0], "assumed ratings are nobody's");
});

store::db_test!(p3_9_publishes_monthly_by_office_without_personal_data, |db| async move {
    let w = World::new(db).await;
    for n in 0..6 {
        let token = w.finishes(&format!("A{n}")).await;
        let words = format!("找{}办的，电话139 0000 0000，他说找{}", w.clerk.name, w.li.name);
        ratings::rate(&w.li(), &token, &Given { words, ..given("1", &[]) }).await.expect("rated");
    }
    w.p.set_now(at(8, 14, 10));
    w.runs("interaction.publish").await;
    let visitor = w.p.as_actor(Actor::Anonymous);
    assert!(ratings::published(&visitor, "", "", "").await.expect("read").months.is_empty(), "not yet");
    w.p.set_now(at(8, 15, 10));
    w.runs("interaction.publish").await;
    w.runs("interaction.publish").await;
    let shown = ratings::published(&visitor, "2026-07", "990102-01", "").await.expect("read");
    assert_eq!((shown.month.as_str(), shown.offices.len(), shown.offices[0].rated), ("2026-07", 1, Some(6)));
    assert_eq!(shown.words.len(), 6);
    for (_, words) in &shown.words {
        assert!(words.contains("139****0000") && !words.contains(&w.clerk.name) && !words.contains(&w.li.name), "{words}");
    }
});

store::db_test!(p3_10_figures_of_a_month_and_ratings_of_a_system_that_counts_from_five, |db| async move {
    let w = World::new(db).await;
    w.finishes("A1").await;
    let line = |number: &str, value| Imported {
        number: number.to_owned(),
        value,
        at: at(7, 1, 10),
        tags: Vec::new(),
        words: String::new(),
        anonymous: false,
        channel: "phone".to_owned(),
    };
    let handler = w.by(&w.handler);
    assert!(ratings::import(&handler, Scale::FiveBest, &[line("A1", 0), line("XX", 1)]).await.expect_err("wrong").issues().len() == 2);
    assert_eq!(ratings::import(&handler, Scale::FiveBest, &[line("A1", 1)]).await.expect("taken"), 1);
    assert_eq!(ratings::import(&handler, Scale::FiveBest, &[line("A1", 1)]).await.expect("again"), 0);
    let listed = ratings::list(&handler, &Filter { bad: true, ..Filter::default() }).await.expect("a list");
    assert_eq!(listed.lines[0].level, Level::VeryDissatisfied);
    assert_eq!((Scale::FiveBest.level(5), Scale::FiveBest.level(6)), (Some(Level::VerySatisfied), None));
});

#[test]
fn p3_10_a_thousand_finished_four_hundred_rated_two_bad() {
    let figures = ratings::Figures { finished: 1000, rated: 400, levels: [300, 90, 8, 1, 1], bad: 2, closed: 1, ..ratings::Figures::default() };
    assert_eq!(figures.satisfaction().text(), "99.5 %");
    assert_eq!(figures.active().text(), "40 %");
    assert_eq!(figures.mended().text(), "50 %");
}

store::db_test!(p3_11_a_late_contact_gets_a_yellow_card_once_and_a_red_one_later, |db| async move {
    let w = World::new(db).await;
    w.p.set_now(at(5, 8, 16));
    w.bad("A1").await;
    w.p.set_now(at(5, 10, 1));
    w.runs("interaction.cards").await;
    assert!(cards::issued(&w.by(&w.supervisor), None, None).await.expect("cards").0.is_empty(), "a Sunday is not late");
    w.p.set_now(at(5, 11, 1));
    let late = cards::overdue(&w.by(&w.supervisor), w.supervisor.region, None).await.expect("seen without the job");
    assert_eq!((late.len(), late[0].days, late[0].colour), (1, 1, Some(Colour::Yellow)));
    w.runs("interaction.cards").await;
    w.runs("interaction.cards").await;
    let issued = cards::issued(&w.by(&w.supervisor), None, None).await.expect("cards").0;
    assert_eq!((issued.len(), issued[0].colour, issued[0].rule.as_str()), (1, Colour::Yellow, "M09"));
    assert!(cards::unseen(&w.by(&w.head)).await.expect("read").is_empty(), "supervision delivers it, and nobody else");
    w.p.set_now(at(5, 14, 1));
    w.runs("interaction.cards").await;
    assert_eq!(cards::issued(&w.by(&w.supervisor), None, None).await.expect("cards").0[0].colour, Colour::Red);
});

store::db_test!(p3_12_invites_at_the_end_and_once_more_and_names_nothing_but_the_office, |db| async move {
    let w = World::new(db).await;
    let (first, second) = (w.finishes("A1").await, w.finishes("A2").await);
    let sent = w.sent().await;
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().any(|message| message.text.contains("测试登记处") && message.text.contains(&first)));
    assert!(sent.iter().all(|message| !message.text.contains("结婚") && !message.text.contains(&w.li.name)));
    ratings::rate(&w.li(), &second, &given("1", &[])).await.expect("rated");
    w.p.set_now(at(7, 4, 9));
    w.runs("interaction.invite").await;
    assert_eq!(w.sent().await.len(), 2, "not yet three days");
    w.p.set_now(at(7, 4, 10));
    w.runs("interaction.invite").await;
    w.runs("interaction.invite").await;
    let sent = w.sent().await;
    assert_eq!(sent.len(), 3, "once more, and only who has not rated");
    w.p.set_now(at(7, 20, 10));
    w.runs("interaction.invite").await;
    assert_eq!(w.sent().await.len(), 3);
});

store::db_test!(p3_4_an_anonymous_bad_rating_is_recorded_for_the_trend_alone, |db| async move {
    let w = World::new(db).await;
    let token = w.finishes("A1").await;
    let id = ratings::rate(&w.p.as_actor(Actor::Anonymous), &token, &Given { anonymous: true, ..given("5", &["speed"]) }).await.expect("rated");
    let view = ratings::view(&w.by(&w.handler), id).await.expect("seen");
    assert_eq!((view.state, view.named, view.may.len()), (None, false, 0));
    let (from, to) = (Day::ymd(2026, 7, 1), Day::ymd(2026, 7, 31));
    let figures = ratings::figures(&w.by(&w.supervisor), w.clerk.region, "", from, to).await.expect("figures");
    assert_eq!((figures.rated, figures.anonymous), (0, (1, 1)));
});
