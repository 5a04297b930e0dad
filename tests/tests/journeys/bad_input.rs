//! What the world does wrong: files that are not what they say, a mail server that refuses, a year nobody announced.

use kernel::Instant;
use platform::{Role, outbox::Worker};
use server::registry;

use crate::{couple::Counter, journey, kit::Site};

/// Tries what waits again and again, as the worker does over the hours, until nothing is left to try.
async fn keeps_trying(site: &Site) {
    let worker = Worker::new(&registry::services(&site.app));
    for _ in 0..40 {
        let now: Instant = site.platform.now();
        site.set_now(now.plus_hours(12));
        if worker.drain(&site.platform).await.expect("the outbox can be read").failed == 0 {
            return;
        }
    }
    panic!("it is tried for ever");
}

journey!(a_script_of_thirty_megabytes_is_no_photo, |site| {
    let mut counter = Counter::opens(&site, "990101").await;
    let registrar = &mut counter.registrar;
    registrar.opens("/desk").await.submits("/desk/walk-in", &[]).await.is(303).follows().await.is(200);
    let case = registrar.path().to_owned();
    let photo = format!("{case}/photo");
    let script = "<script>alert(document.cookie)</script>\n".repeat(30 * 1024 * 1024 / 40);
    registrar.uploads(&photo, &[], &[("photo", "us.jpg", "image/jpeg", script.as_bytes())]).await.is(413).sees("发送的内容太大");
    let short = &script.as_bytes()[..4000];
    registrar.opens(&case).await.uploads(&photo, &[], &[("photo", "us.jpg", "image/jpeg", short)]).await.is(422).sees("文件不是可用的JPG、PNG");
    assert!(!registrar.html().contains("<script>alert"));
    registrar.opens(&format!("{case}/photo.jpg")).await.is(404);
});

journey!(a_mail_server_that_refuses_is_seen_and_the_letter_is_sent_in_the_end, |site| {
    let mut li = site.visitor();
    let typed = [("contact", "li@example.com"), ("password", "Tongban-2026"), ("agree", "yes")];
    site.platform.post.fail(Some("554 5.7.1 relay access denied"));
    li.opens("/sign-up").await.submits("/sign-up", &typed).await.is(200);
    keeps_trying(&site).await;
    let mut admin = site.staff("990000", &[Role::SystemAdmin]).await;
    admin.opens("/admin/outbox").await.is(200).sees("relay access denied").sees_no("li@example.com");
    admin.submits("/admin/outbox/dismiss", &[("reason", "")]).await.is(422);
    site.platform.post.fail(None);
    admin.opens("/admin/outbox").await.submits("/admin/outbox/retry", &[]).await.is(303).follows().await.sees("没有。消息都已送出或正在重试");
    site.works().await;
    assert_eq!(site.platform.post.mails().len(), 1, "sent once");
});

journey!(c_12_a_notice_that_contradicts_itself_is_refused_with_its_line_and_kept_as_typed, |site| {
    let mut admin = site.staff("990000", &[Role::SystemAdmin]).await;
    admin.opens("/admin/calendars").await.is(200);
    let nonsense = "date,kind,name\n2027-01-01,holiday,元旦\n2027-13-40,feast,<script>\n";
    let typed = [("year", "2027"), ("source", ""), ("calendar", nonsense)];
    admin.submits("/admin/calendars", &typed).await.is(422).sees("请填写通知的文号或来源");
    assert_eq!(admin.value("/admin/calendars", "calendar"), nonsense);
    let typed = [("year", "2027"), ("source", "国办发明电〔2026〕9号"), ("calendar", nonsense)];
    admin.submits("/admin/calendars", &typed).await.is(422).sees("3");
    assert!(!admin.html().contains("<script>\n"), "{}", admin.html());
    let typed = [("year", "99999999999999999999"), ("source", "x"), ("calendar", "")];
    admin.submits("/admin/calendars", &typed).await.is(422).sees("年份应在2004至2028之间");
    let mut clerk = site.staff("990101", &[Role::Clerk]).await;
    clerk.opens("/admin/calendars").await.is(403);
});
