//! The same for what a case leaves behind once it is over: its documents, its package in the archive, a credit record; and for what a
//! clerk has begun at his counter.

use casework::CounterForm;
use casework::ops;
use platform::{Actor, Role};
use store::{db_test, q};

use super::{Known, changes_nothing, shows_nothing, whole};
use crate::{desk_work::Bureau, window};

/// Somebody's case was decided and packed, his next one rests on a broken pledge, and a clerk has begun a sheet for somebody else.
async fn known(b: &Bureau) -> Known {
    let (site, platform) = (&b.site, &b.site.platform);
    let keeper = identity::testing::staff(platform, whole::COUNTY, &[Role::Archivist, Role::Clerk, Role::Head]).await;
    let ctx = || platform.as_actor(Actor::Staff(keeper.clone()));
    let case = b.deciding().await;
    b.moves(&b.approver, case, "approve", &[("opinion", "准予命名"), ("sure", "yes")]).await;
    b.moves(&b.maker, case, "make", &[]).await;
    site.works().await;
    b.moves(&b.deliverer, case, "deliver", &[("way", "1"), ("name", &b.citizen.name)]).await;
    site.works().await;
    casework::archive::start(&ctx(), case).await.expect("started");
    // The package waits for its list of contents, which the same outbox makes.
    let worker = platform::outbox::Worker::new(&server::registry::services(&site.app));
    worker.drain(platform).await.expect("drained");
    site.set_now(platform.now().plus_minutes(5));
    site.works().await;
    let pledged = b.applies_with(&["plan", "lease"], true).await.expect("pledged");
    let examiner = platform.as_actor(Actor::Staff(b.examiner.clone()));
    ops::check_pledge(&examiner, pledged, false, "名称与他人相同").await.expect("checked");
    let (credit, _) = ops::credit_records(&ctx(), None).await.expect("read");
    let credit = credit.first().expect("a record").id.to_string();
    let papers = casework::papers::of_case(&ctx(), case).await.expect("read").first().expect("a document").id.to_string();
    let form = CounterForm { name: "邻省人".into(), number: window::NUMBER.into(), ..CounterForm::default() };
    let sheet = ops::begin_sheet(&ctx(), &b.item.code, form).await.expect("begun").id.to_string();
    let numbers: Vec<(String,)> = q("SELECT case_no FROM case_head").all(platform.db()).await.expect("two cases");
    let mut secrets = vec![b.citizen.number.clone(), b.citizen.phone.clone(), window::NUMBER.to_owned()];
    secrets.extend(numbers.into_iter().map(|(number,)| number));
    let ids = vec![
        ("/archive/", case.to_string()),
        ("/api/v1/archive/", case.to_string()),
        ("/papers/", papers.clone()),
        ("/api/v1/papers/", papers),
        ("/desk/credit/", credit.clone()),
        ("/api/v1/work/credit/", credit),
        ("/desk/sheets/", sheet),
    ];
    Known {
        ids,
        secrets,
        query: "q=99010220260701".to_owned(),
        only_theirs: true,
        registrar: site.at_desk(keeper.id).await,
        holder: site.signed_in(&b.citizen).await,
    }
}

db_test!(p8_nobody_else_sees_papers_archive_credit_or_a_sheet, |db| async move {
    let b = Bureau::opens(db).await;
    let known = known(&b).await;
    shows_nothing(&b.site, known).await;
});

db_test!(p8_nobody_else_changes_papers_archive_credit_or_a_sheet, |db| async move {
    let b = Bureau::opens(db).await;
    let known = known(&b).await;
    changes_nothing(&b.site, &known).await;
});
