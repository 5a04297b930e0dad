//! An interaction world for tests of this and other crates: something finished to rate, and people who complain.

use identity::testing::Citizen;
use kernel::{Instant, Text};
use platform::testing::TestPlatform;
use platform::{Ctx, Error, StaffActor};

use crate::complaints::Registration;
use crate::ratings::{Opening, Subject, open};

/// Something that `staff` finished for `applicant` at this moment, named `number`.
pub fn subject(staff: &StaffActor, applicant: &Citizen, number: &str, finished_at: Instant) -> Subject {
    Subject {
        kind: "case",
        id: number.to_owned(),
        point: "finish",
        number: number.to_owned(),
        item: "000711001001".to_owned(),
        item_name: Text::fixed("内地居民结婚登记", "Marriage registration"),
        org: staff.org,
        region: staff.region,
        office: format!("{}-01", staff.region),
        office_name: Text::fixed("测试登记处", "Test registry"),
        staff: Some(staff.id),
        applicants: vec![applicant.person()],
        agent: None,
        phone: None,
        finished_at,
    }
}

/// Opens a subject for rating, as a service does; returns the token of its page.
pub async fn finished(platform: &TestPlatform, subject: Subject) -> String {
    all_finished(platform, vec![subject]).await.remove(0)
}

/// The same for many, a hundred in a transaction.
pub async fn all_finished(platform: &TestPlatform, subjects: Vec<Subject>) -> Vec<String> {
    let ctx = platform.system();
    let mut openings = Vec::with_capacity(subjects.len());
    for subject in subjects {
        openings.push(Opening::new(&ctx, subject).await.expect("a subject"));
    }
    for part in openings.chunks(100) {
        ctx.db()
            .write(|tx| {
                let (ctx, part): (Ctx, Vec<Opening>) = (ctx.clone(), part.to_vec());
                async move {
                    for opening in &part {
                        open(&tx, &ctx, opening).await.map_err(Error::internal)?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await
            .expect("opened for rating");
    }
    openings.iter().map(|opening| opening.token().to_owned()).collect()
}

/// A complaint about the unit of `staff`, complete; `key` names its form.
pub fn registration(kind: &str, staff: &StaffActor, key: &str) -> Registration {
    Registration {
        kind: kind.to_owned(),
        org: staff.org.to_string(),
        title: "窗口排队时间太长".to_owned(),
        words: "上午九点到测试登记处，排队两小时没有人办理，也没有人说明原因。".to_owned(),
        name: "张测试".to_owned(),
        phone: "13900000000".to_owned(),
        may_publish: true,
        request_key: format!("test-form-{key}"),
        ..Registration::default()
    }
}
