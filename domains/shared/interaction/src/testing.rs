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
    let ctx = platform.system();
    let opening = Opening::new(&ctx, subject).await.expect("a subject");
    ctx.db()
        .write(|tx| {
            let (ctx, opening): (Ctx, Opening) = (ctx.clone(), opening.clone());
            async move { open(&tx, &ctx, &opening).await.map_err(Error::internal) }
        })
        .await
        .expect("opened for rating");
    opening.token().to_owned()
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
