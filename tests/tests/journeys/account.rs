//! Accounts: sign-up, sign-in both ways, the real-name step, my data, staff.

use axum::http::Method;
use identity::ops::{AddStaff, add_staff};
use identity::{NewGrant, testing, tokens};
use platform::Role;

use crate::{
    journey,
    kit::{Site, Visitor, at, bare},
};

const PHONE: &str = "13812345678";
const PASSWORD: &str = "correct horse";

/// The six digits of the last short message.
async fn code(site: &Site) -> String {
    platform::outbox::Worker::new(&[platform::outbox::service()]).drain(&site.platform).await.expect("the outbox");
    let text = site.platform.post.messages().last().map(|message| message.text.clone()).unwrap_or_default();
    text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6).unwrap_or_default().to_owned()
}

async fn signs_up(site: &Site, li: &mut Visitor) {
    li.opens("/sign-up").await.submits("/sign-up", &[("contact", "138 1234 5678"), ("password", PASSWORD), ("agree", "yes")]).await.is(200);
    let code = code(site).await;
    li.submits("/sign-up/code", &[("code", &code)]).await.is(303).follows().await.sees("账号已开通");
}

journey!(a_citizen_signs_up_out_and_in_again, |site| {
    let mut li = site.visitor();
    li.opens("/me").await.is(303);
    assert_eq!(li.header("location"), "/sign-in?back=%2Fme");
    signs_up(&site, &mut li).await;
    li.opens("/me").await.is(200).sees("还没有实名认证");
    li.submits("/sign-out", &[]).await.is(303).follows().await.sees("您已退出登录");
    li.opens("/me").await.is(303);
    li.follows().await.submits("#citizen", &[("contact", PHONE), ("password", PASSWORD)]).await.is(303);
    assert_eq!(li.header("location"), "/me", "back to where one wanted to go");
});

journey!(errors_stand_at_their_fields_and_passwords_are_never_shown_again, |site| {
    let mut li = site.visitor();
    li.opens("/sign-up").await.submits("/sign-up", &[("contact", "138"), ("password", "secret"), ("agree", "yes")]).await.is(422);
    li.sees("手机号码应为以1开头的11位数字").sees("密码至少8个字符");
    assert_eq!(li.value("/sign-up", "contact"), "138");
    assert!(!li.html().contains("secret"));
    li.opens("/sign-in").await.submits("#citizen", &[("contact", PHONE), ("password", "secret word")]).await.is(422).sees("账号或密码不正确");
    assert!(!li.html().contains("secret word"));
    let script = "</textarea><script>alert(1)</script>";
    li.submits("#staff", &[("username", script), ("staff_password", "x"), ("totp", script)]).await.is(422);
    assert!(!li.html().contains("<script>alert"));
});

journey!(sign_up_and_reset_look_the_same_for_known_and_unknown_numbers, |site| {
    let mut li = site.visitor();
    signs_up(&site, &mut li).await;
    let mut texts = Vec::new();
    for phone in [PHONE, "13912345678"] {
        let mut stranger = site.visitor();
        let typed = [("contact", phone), ("password", "another one"), ("agree", "yes")];
        stranger.opens("/sign-up").await.submits("/sign-up", &typed).await.is(200);
        let up = stranger.text().replace(phone, "…");
        stranger.opens("/reset").await.submits("/reset", &[("contact", phone)]).await.is(200);
        texts.push((up, stranger.text().replace(phone, "…")));
    }
    assert_eq!(texts[0], texts[1]);
});

journey!(five_wrong_passwords_answer_429_with_the_wait_in_words, |site| {
    let mut li = site.visitor();
    signs_up(&site, &mut li).await;
    let mut thief = site.visitor();
    for _ in 0..4 {
        thief.opens("/sign-in").await.submits("#citizen", &[("contact", PHONE), ("password", "guess")]).await.is(422);
    }
    thief.opens("/sign-in").await.submits("#citizen", &[("contact", PHONE), ("password", "guess")]).await.is(429).sees("请15分钟后再试");
    assert_eq!(thief.header("retry-after"), "900");
});

journey!(the_real_name_step_needs_a_service_or_a_counter, |site| {
    let mut li = site.visitor();
    signs_up(&site, &mut li).await;
    let typed = [("name", "王小明"), ("id_no", "９９０１０１２００４０５２０００１８")];
    li.opens("/real-name").await.submits("/real-name", &typed).await.is(422).sees("身份证号码校验位不正确");
    assert_eq!(li.value("/real-name", "name"), "王小明");
    let differs = [("name", identity::TestWorldVerifier::WRONG_NAME), ("id_no", "９９０１０１２００４０５２０００１７")];
    li.submits("/real-name", &differs).await.is(422).sees("姓名与身份证号码不一致");

    let mut clerk = staff(&site, "clerk.one", &[Role::Clerk]).await;
    let shown = [("contact", PHONE), ("name", "王小明"), ("id_no", "990101200405200017")];
    clerk.opens("/desk/identity").await.submits("/desk/identity", &shown).await.is(303);
    li.opens("/me").await.sees("王*明").sees_no("还没有实名认证");
    li.opens("/me/data").await.sees("990***********0017").sees("三级").sees("窗口当面核验").sees_no("990101200405200017");
});

/// A member of staff of 990102 with these roles, signed in with the second factor.
async fn staff(site: &Site, username: &str, roles: &[Role]) -> Visitor {
    let ctx = site.platform.system();
    let region = "990102".parse().expect("written here");
    testing::organisation(&ctx, region).await;
    let org = kernel::Uscc::new("11", region, "YY999010").expect("a test code").to_string();
    let grants = roles.iter().map(|role| NewGrant::new(*role, region)).collect();
    let input = AddStaff { username: username.into(), name: "员工".into(), org, password: "Correct-Horse-1".into(), grants, admin: false };
    let added = add_staff(&ctx, input).await.expect("added");
    let mut visitor = site.visitor();
    let code = testing::totp_code(&added.enrolment, site.platform.now());
    let typed = [("username", username), ("staff_password", "Correct-Horse-1"), ("totp", code.as_str())];
    visitor.opens("/sign-in").await.submits("#staff", &typed).await.is(303);
    visitor
}

journey!(staff_do_not_come_in_without_a_second_factor, |site| {
    staff(&site, "clerk.one", &[Role::Clerk]).await;
    let mut other = site.visitor();
    let typed = [("username", "clerk.one"), ("staff_password", "Correct-Horse-1")];
    other.opens("/sign-in").await.submits("#staff", &typed).await.is(422).sees("请完成双因素认证");
    other.opens("/admin/staff").await.is(303);
});

journey!(the_security_administrator_adds_grants_and_suspends, |site| {
    let mut admin = staff(&site, "safe.admin", &[Role::SecurityAdmin]).await;
    let org = kernel::Uscc::new("11", "990102".parse().expect("written here"), "YY999010").expect("a test code").to_string();
    let typed =
        [("username", "new.clerk"), ("name", "新人"), ("org", org.as_str()), ("password", "Correct-Horse-2"), ("role", "clerk"), ("region", "990102")];
    admin.opens("/admin/staff/new").await.submits("/admin/staff/new", &typed).await.is(200).sees("只显示这一次");
    admin.opens("/admin/staff").await.sees("new.clerk").sees("窗口受理");
    let ctx = site.platform.system();
    let id = identity::ops::list_staff(&ctx, "new.clerj").await.expect("listed")[0].id;
    let page = format!("/admin/staff/{id}");
    admin.opens(&page).await.submits(&format!("{page}/grant"), &[("role", "approver"), ("region", "990102")]).await.is(422);
    admin.sees("同一人不得担任互斥岗位：窗口受理/审批");
    admin.opens(&page).await.clicks("停用账号").await.submits(&format!("{page}/suspend"), &[]).await.is(303).follows().await.sees("已停用");
    let typed = [("name", "市一网通办"), ("roles", "clerk"), ("region", "990102"), ("days", "400")];
    admin.opens("/admin/tokens").await.submits("/admin/tokens", &typed).await.is(422).sees("有效期为1至366天");
    admin.submits("/admin/tokens", &[("days", "30")]).await.is(200).sees("只显示这一次");
    admin.opens("/admin/tokens").await.sees("市一网通办").submits("/admin/tokens/revoke", &[]).await.is(303).follows().await.sees("已吊销");
    let mut clerk = staff(&site, "clerk.two", &[Role::Clerk]).await;
    clerk.opens("/admin/staff").await.is(403);
    clerk.opens("/admin/tokens").await.is(403);
});

journey!(a_bearer_token_serves_under_the_interface_and_cookies_only_read, |site| {
    let li = testing::citizen(&site.platform, 2).await;
    let issued = tokens::issue_personal(&site.platform.as_actor(li.actor()), tokens::NewPersonal::new("日历", 30)).await.expect("issued");
    let mut program = site.visitor();
    program.sends(bare(Method::GET, "/api/v1/me", &[], ""), "/api/v1/me").await.is(401);
    let wrong = ("authorization", "Bearer nothing");
    program.sends(bare(Method::GET, "/api/v1/me", &[wrong], ""), "/api/v1/me").await.is(401);
    let bearer = format!("Bearer {}", issued.secret);
    program.sends(bare(Method::GET, "/api/v1/me", &[("authorization", &bearer)], ""), "/api/v1/me").await.is(200);
    assert!(program.html().contains("\"level\":2") && !program.html().contains(&li.number), "{}", program.html());
    program.sends(bare(Method::GET, "/api/v1/me/data", &[("authorization", &bearer)], ""), "/api/v1/me/data").await.is(200);
    assert!(program.html().contains(&li.number), "his own data are whole");
    site.set_now(at(2026, 8, 1, 10, 0));
    program.sends(bare(Method::GET, "/api/v1/me", &[("authorization", &bearer)], ""), "/api/v1/me").await.is(401);
});
