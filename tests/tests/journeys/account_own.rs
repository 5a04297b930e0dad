//! One's own account: password, contacts, tokens, how the pages look, the end of the session; and what the administrator does to it.

use axum::http::Method;
use identity::ops::{AddStaff, Added, add_staff};
use identity::{NewGrant, testing};
use platform::Role;

use crate::{
    journey,
    kit::{Site, Visitor, bare},
};

const FIRST: &str = "Correct-Horse-1";
const SECOND: &str = "Correct-Horse-2";

/// A clerk of 990102 who was added from the command line.
async fn clerk(site: &Site) -> Added {
    let ctx = site.platform.system();
    let region = "990102".parse().expect("written here");
    testing::organisation(&ctx, region).await;
    let org = kernel::Uscc::new("11", region, "YY999010").expect("a test code").to_string();
    let grants = vec![NewGrant::new(Role::Clerk, region)];
    add_staff(&ctx, AddStaff { username: "clerk.one".into(), name: "员工".into(), org, password: FIRST.into(), grants, admin: false }).await.expect("added")
}

async fn signs_in(site: &Site, added: &Added, password: &str) -> Visitor {
    // A code of the second factor serves once.
    site.set_now(site.platform.now().plus_secs(30));
    let code = testing::totp_code(&added.enrolment, site.platform.now());
    let mut visitor = site.visitor();
    let typed = [("username", "clerk.one"), ("staff_password", password), ("totp", code.as_str())];
    visitor.opens("/sign-in").await.submits("#staff", &typed).await;
    visitor
}

/// The last message to a number or address.
async fn told(site: &Site, to: &str) -> String {
    site.works().await;
    let messages = site.platform.post.messages().into_iter().map(|message| (message.to, message.text));
    let mails = site.platform.post.mails().into_iter().map(|mail| (mail.to, mail.text));
    messages.chain(mails).rfind(|(receiver, _)| receiver == to).map(|(_, text)| text).unwrap_or_default()
}

fn digits(text: &str) -> String {
    text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 6).unwrap_or_default().to_owned()
}

journey!(an_old_password_leads_to_the_change_page_and_nothing_else, |site| {
    let added = clerk(&site).await;
    signs_in(&site, &added, FIRST).await.is(303).follows().await.is(200).sees("员工");
    site.set_now(site.platform.now().plus_days(90));
    let mut li = signs_in(&site, &added, FIRST).await;
    assert_eq!(li.is(303).header("location"), "/me/password");
    li.follows().await.is(200).sees("请先修改密码");
    for path in ["/", "/desk", "/me", "/me/tokens", "/desk/identity"] {
        assert_eq!(li.opens(path).await.is(303).header("location"), "/me/password", "{path}");
    }
    li.opens("/me/password").await.submits("/me/password", &[("current", "a guess"), ("password", "short")]).await.is(422);
    li.sees("当前密码不正确").sees("密码至少10个字符");
    assert!(!li.html().contains("a guess"));
    li.submits("/me/password", &[("current", FIRST), ("password", FIRST)]).await.is(422).sees("不能使用最近5次用过的密码");
    li.submits("/me/password", &[("current", FIRST), ("password", SECOND)]).await.is(303).follows().await.is(200).sees("密码已修改");
    li.opens("/desk").await.is(200);
});

journey!(the_administrator_gives_a_password_for_one_sign_in, |site| {
    let added = clerk(&site).await;
    let mut li = signs_in(&site, &added, FIRST).await;
    li.opens("/desk").await.is(200);
    let mut admin = site.staff("990100", &[Role::SecurityAdmin]).await;
    let page = format!("/admin/staff/{}", added.id);
    admin.opens(&page).await.clicks("发放一次性密码").await.is(200).sees("必须修改").sees("clerk.one");
    li.opens("/desk").await.is(200);
    admin.submits(&format!("{page}/password"), &[]).await.is(200).sees("只显示这一次");
    let text = admin.text();
    let given = text.split_whitespace().find(|word| word.len() == 21 && word.matches('-').count() == 3).expect("the password is shown").to_owned();
    li.opens("/desk").await.is(303);
    signs_in(&site, &added, FIRST).await.is(422).sees("账号或密码不正确");
    let mut li = signs_in(&site, &added, &given).await;
    li.is(303).follows().await.sees("请先修改密码").submits("/me/password", &[("current", &given), ("password", SECOND)]).await.is(303);
    li.opens("/desk").await.is(200);
    admin.opens(&page).await.clicks("结束所有登录").await.is(200).submits(&format!("{page}/sessions"), &[]).await.is(303).follows().await.sees("已结束");
    li.opens("/desk").await.is(303);
    admin.opens(&page).await.clicks("重置动态口令").await.is(200).submits(&format!("{page}/totp"), &[]).await.is(200).sees("只显示这一次");
});

journey!(staff_make_see_and_revoke_personal_tokens, |site| {
    let added = clerk(&site).await;
    let mut li = signs_in(&site, &added, FIRST).await;
    li.opens("/me").await.clicks("个人令牌").await.is(200).sees("还没有令牌");
    li.submits("/me/tokens", &[("name", ""), ("days", "91")]).await.is(422).sees("有效期为1至90天").sees("请填写姓名");
    li.submits("/me/tokens", &[("name", "排班<b>"), ("items", "000711001001"), ("region", "990102"), ("days", "30")]).await.is(200).sees("只显示这一次");
    let text = li.text();
    let secret = text.split_whitespace().find(|word| word.len() == 52).expect("the token is shown").to_owned();
    let bearer = format!("Bearer {secret}");
    let mut program = site.visitor();
    // It is known as a member of staff: what is a citizen's own is refused, not asked to sign in.
    program.sends(bare(Method::GET, "/api/v1/me", &[("authorization", &bearer)], ""), "/api/v1/me").await.is(403);
    li.opens("/me/tokens").await.sees("990102 · 000711001001").sees("排班<b>").sees_no(&secret).sees_no("从未");
    li.clicks("吊销").await.is(200).sees("不能恢复");
    let path = li.path().to_owned();
    let mut other = site.staff("990102", &[Role::Clerk]).await;
    other.opens(&path).await.is(404);
    li.submits(&path, &[]).await.is(303).follows().await.sees("令牌已吊销");
    program.sends(bare(Method::GET, "/api/v1/me", &[("authorization", &bearer)], ""), "/api/v1/me").await.is(401);
    program.sends(bare(Method::GET, "/me/tokens", &[("authorization", &bearer)], ""), "/me/tokens").await.is(303);
});

journey!(a_citizen_adds_an_address_and_the_number_is_told, |site| {
    let (citizen, mut li) = site.citizen(1).await;
    let (other, _) = site.citizen(1).await;
    li.opens("/me").await.clicks("联系方式").await.is(200).sees(&citizen.phone).sees_no("移除");
    li.opens("/me/contacts/phone/remove").await.is(200).submits("/me/contacts/phone/remove", &[]).await.is(422).sees("至少保留一个联系方式");
    li.opens("/me/contacts").await.submits("/me/contacts", &[("contact", "nobody@")]).await.is(422);
    assert_eq!(li.value("/me/contacts", "contact"), "nobody@");
    let mut pages = Vec::new();
    for contact in [other.phone.as_str(), "13911112222"] {
        li.opens("/me/contacts").await.submits("/me/contacts", &[("contact", contact)]).await.is(200);
        pages.push(li.text().replace(contact, "…"));
    }
    assert_eq!(pages[0], pages[1], "nobody learns whose a number is");
    li.opens("/me/contacts").await.submits("/me/contacts", &[("contact", "li@example.cn")]).await.is(200);
    let code = digits(&told(&site, "li@example.cn").await);
    li.submits("/me/contacts/code", &[("code", "000001")]).await.is(422).sees("验证码不正确");
    li.submits("/me/contacts/code", &[("code", &code)]).await.is(303).follows().await.sees("联系方式已更新").sees("li@example.cn");
    assert!(told(&site, &citizen.phone).await.contains("联系方式已改"));
    li.clicks("移除手机号").await.is(200).submits("/me/contacts/phone/remove", &[]).await.is(303).follows().await.sees("已移除").sees_no(&citizen.phone);
    assert!(told(&site, &citizen.phone).await.contains("已从您的账号中移除"));
    li.opens("/notices").await.is(200).sees("账号安全").sees("联系方式已移除").sees("联系方式已改变");
});

journey!(p11_2_large_type_chosen_on_one_device_is_there_on_another, |site| {
    let added = clerk(&site).await;
    let mut phone = signs_in(&site, &added, FIRST).await;
    phone.opens("/me").await.submits("#view-switch", &[("mode", "large")]).await.is(303);
    phone.opens("/me").await.submits("#contrast-switch", &[("contrast", "strong")]).await.is(303).follows().await.sees("高对比度");
    phone.opens("/me").await.submits("#language-switch", &[("lang", "en")]).await.is(303);
    let mut computer = signs_in(&site, &added, FIRST).await;
    computer.is(303).opens("/me").await.is(200).sees("My account");
    assert!(computer.html().contains("class=\"large strong staff\""), "{}", computer.html());
    let mut visitor = site.visitor();
    visitor.opens("/").await.submits("#contrast-switch", &[("contrast", "strong")]).await.is(303);
    visitor.opens("/").await;
    assert!(visitor.html().contains("class=\"normal strong public\""));
});

journey!(p11_3_the_end_of_the_session_is_told_and_put_off_by_asking, |site| {
    let (_, mut li) = site.citizen(1).await;
    site.visitor().opens("/").await.sees_no("自动退出登录");
    li.opens("/me").await.sees("将于 10:30 自动退出登录").sees("页面将于2分钟后超时，点击继续办理");
    assert!(li.html().contains("data-seconds=\"1800\""));
    site.set_now(site.platform.now().plus_minutes(28));
    li.opens("/me/session").await.is(200);
    assert_eq!(li.html(), "{\"seconds\":1800}", "asking is a use");
    site.set_now(site.platform.now().plus_minutes(28));
    li.opens("/me").await.is(200).sees("将于 11:26 自动退出登录");
    site.set_now(site.platform.now().plus_minutes(30));
    li.opens("/me/session").await.is(303);
});
