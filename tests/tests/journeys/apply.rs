//! Applying online, from the item to the receipt and on to the end: the two allowances of disabled people, as they are declared.

use casework::ops::{self, Act, Attach, Save, Saved, Submit};
use casework::testing::PDF;
use casework::{Answers, CaseId, CorrectionItem, Fault, Owner, Party};
use identity::testing::Citizen;
use kernel::Day;
use platform::{Actor, Role, StaffActor};

use crate::{
    journey,
    kit::{Site, Visitor, at},
};

/// What a person says, beside what is known of him.
pub(crate) const ANSWERS: [(&str, &str); 7] = [
    ("allowance", "care"),
    ("payee", "self"),
    ("home", "中心街道和平路1号"),
    ("carer", "family"),
    ("injury", "no"),
    ("bank", "甲市农商银行"),
    ("account_no", "6230990100001234"),
];

/// The item, published in 城东区. Returns its code.
pub(crate) async fn the_item(site: &Site) -> String {
    catalog::testing::item(&site.platform, "assistance.disability").await.expect("published").code
}

/// Submits for a citizen without the pages. Returns the case.
pub(crate) async fn submits(site: &Site, code: &str, citizen: &Citizen) -> CaseId {
    let ctx = site.platform.as_actor(citizen.actor());
    let mut answers: Answers = ANSWERS.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let known = ops::offered(&ctx, code, &Party::Own).await.expect("what is known").answers;
    answers.extend(known.into_iter().map(|held| (held.key, held.value)));
    let save = Save { impl_code: code.to_owned(), seen: 0, answers, party: Party::Own };
    let Saved::Draft(draft) = ops::save(&ctx, save).await.expect("saved") else { panic!("nobody else saves") };
    let file = Attach { to: Owner::Draft(draft.id), key: "bank_card".into(), file_name: "存折.pdf".into(), bytes: PDF.to_vec() };
    ops::attach(&ctx, file).await.expect("attached");
    ops::submit(&ctx, Submit { draft: draft.id, seen: draft.version, pledge: false }).await.expect("submitted").case
}

/// A member of staff makes a move on the newest version.
async fn moves(site: &Site, staff: &StaffActor, case: CaseId, act: Act) {
    let seen = casework::head(site.platform.db(), case).await.expect("a case").version;
    let verb = act.verb.clone();
    ops::act(&site.platform.as_actor(Actor::Staff(staff.clone())), case, Act { seen, ..act }).await.unwrap_or_else(|error| panic!("{verb}: {error:?}"));
}

/// Sends the bank card on the page of papers.
async fn sends_the_card(li: &mut Visitor, page: &str) {
    let typed = [("_key", "bank_card"), ("_act", "send")];
    li.uploads(page, &typed, &[("material.bank_card", "存折.pdf", "application/pdf", PDF)]).await.is(303).follows().await.sees("材料已收下");
}

/// Fills in everything up to the page on which it is checked.
async fn fills_in(li: &mut Visitor, code: &str) {
    let start = format!("/apply/{code}");
    let section = |key: &str| format!("{start}/sections/{key}");
    li.opens(&start).await.is(200).submits(&start, &[("allowance", "care"), ("payee", "self")]).await.is(303).follows().await;
    li.submits(&section("person"), &[("home", "中心街道和平路1号"), ("_go", "on")]).await.is(303).follows().await;
    li.submits(&section("care"), &[("carer", "family"), ("injury", "no"), ("_go", "on")]).await.is(303).follows().await;
    li.submits(&section("account"), &[("bank", "甲市农商银行"), ("account_no", "6230990100001234"), ("_go", "on")]).await.is(303).follows().await;
    sends_the_card(li, &format!("{start}/papers")).await;
    li.clicks("继续").await.is(200).sees("核对并提交");
}

/// The first run of so many digits in a text.
fn digits(text: &str, long: usize) -> String {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.into_iter().find(|run| run.len() == long).unwrap_or_else(|| panic!("no {long} digits in {text}")).to_owned()
}

journey!(p2_3_a_citizen_applies_online_and_follows_the_case, |site| {
    let code = the_item(&site).await;
    let (citizen, mut li) = site.citizen(2).await;
    let start = format!("/apply/{code}");
    li.opens(&format!("/items/{code}")).await.is(200).clicks("网上申请").await.is(200).sees("第 1 步").sees("您要申请哪项补贴");
    li.submits(&start, &[("allowance", "living")]).await.is(422).sees("请选择“补贴发到谁的账户？”");
    li.submits(&start, &[("allowance", "living"), ("payee", "self")]).await.is(303).follows().await;
    // Who he is and how to reach him is known: shown with its source, masked, and not asked.
    li.sees("已有的信息，不用再填").sees(&citizen.name).sees("个人账号").sees_no(&citizen.number).sees_no("联系电话 （选填）");
    let section = |key: &str| format!("{start}/sections/{key}");
    li.submits(&section("person"), &[("home", "中心街道和平路1号"), ("_go", "on")]).await.is(303).follows().await.sees("家庭情况").sees_no("每月收入");
    // An answer opens two more questions: the same page comes again with them, without script.
    li.submits(&section("family"), &[("standing", "low"), ("_go", "on")]).await.is(303).follows().await.sees("家庭每月收入合计");
    let typed = [("members", "0"), ("income", "两千四"), ("_go", "on")];
    li.submits(&section("family"), &typed).await.is(422).sees("应为1至30之间的数");
    assert_eq!(li.value(&section("family"), "income"), "两千四", "what was typed stays");
    li.submits(&section("family"), &[("members", "３"), ("income", "2，400.50"), ("_go", "on")]).await.is(303).follows().await.sees("收款账户");
    li.submits(&section("account"), &[("bank", "甲市农商银行"), ("account_no", "6230990100001234"), ("_go", "on")]).await.is(303).follows().await;
    li.sees("不用提交，我们自己查").sees("残疾人证").sees("可以以后补交").sees_no("监护关系证明");
    sends_the_card(&mut li, &format!("{start}/papers")).await;
    li.clicks("存折.pdf").await.is(200);
    assert!(li.bytes() == PDF, "the paper as it was sent");
    let check = format!("{start}/check");
    li.opens(&check).await.sees("2,400.50 元").sees("低收入家庭").sees_no("请先改正");
    li.submits(&check, &[]).await.is(200).sees("申请已收到").sees("2026年7月8日");
    let (number, query) = (digits(&li.text(), 22), digits(&li.text(), 6));
    let mut stranger = site.visitor();
    let asked = |proof: &str| [("case_no".to_owned(), number.clone()), ("proof".to_owned(), proof.to_owned())];
    for proof in [query.as_str(), &citizen.number[14..]] {
        let typed = asked(proof);
        let typed: Vec<_> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        stranger.opens("/progress").await.submits("/progress", &typed).await.is(200).sees("已提交").sees_no(&citizen.name).sees_no("两项补贴");
    }
    let wrong = [("case_no", number.as_str()), ("proof", "000000")];
    stranger.submits("/progress", &wrong).await.is(422).sees("未查询到办件");
    li.opens("/me/matters").await.is(200).sees(&number).clicks("残疾人两项补贴资格认定").await.is(200).sees("已提交").sees("办理经过").sees("存折").sees("2,400.50 元");
    let here = li.path().to_owned();
    li.has_cookie("tb_lang", "en").opens(&here).await.is(200).sees("Time limits").sees("History").sees("Withdraw the application");
});

journey!(p2_11_the_same_application_twice_is_refused_with_its_number, |site| {
    let code = the_item(&site).await;
    let (_, mut li) = site.citizen(2).await;
    fills_in(&mut li, &code).await;
    let check = format!("/apply/{code}/check");
    // The button pressed twice: the second finds the case that the first has made.
    li.submits(&check, &[]).await.is(200).sees("申请已收到");
    let number = digits(&li.text(), 22);
    li.opens(&check).await.is(303);
    let csrf = { li.opens("/").await; li.value("/settings/view", "csrf") };
    li.posts(&check, "application/x-www-form-urlencoded", format!("csrf={csrf}&_seen=5").into_bytes()).await.is(303).follows().await.sees("已经提交").sees(&number);
    fills_in_again(&mut li, &code).await;
    li.submits(&check, &[]).await.is(422).sees("您有一件相同申请正在办理").sees(&number);
    li.opens("/me/matters").await.sees("还没有提交的").sees(&number);
});

/// A second application: what was told and sent before is offered and used.
async fn fills_in_again(li: &mut Visitor, code: &str) {
    let start = format!("/apply/{code}");
    let section = |key: &str| format!("{start}/sections/{key}");
    li.opens(&start).await.submits(&start, &[("allowance", "care"), ("payee", "self")]).await.is(303).follows().await;
    li.sees("中心街道和平路1号").sees("来自办件").submits(&section("person"), &[("_go", "on")]).await.is(303).follows().await;
    li.submits(&section("care"), &[("carer", "family"), ("injury", "no"), ("_go", "on")]).await.is(303).follows().await;
    li.sees("6230990100001234").submits(&section("account"), &[("_go", "on")]).await.is(303).follows().await;
    let papers = format!("{start}/papers");
    li.sees("用这一份").submits(&papers, &[("_act", "hold")]).await.is(303).follows().await.sees("已提交");
    li.clicks("继续").await.is(200).sees("中心街道和平路1号");
}

journey!(p11_a_draft_is_gone_on_with_on_another_device_and_never_overwritten, |site| {
    let code = the_item(&site).await;
    let (citizen, mut phone) = site.citizen(2).await;
    let start = format!("/apply/{code}");
    let person = format!("{start}/sections/person");
    phone.opens(&start).await.submits(&start, &[("allowance", "care"), ("payee", "self")]).await.is(303).follows().await;
    phone.submits(&person, &[("home", "和平路1号"), ("_go", "later")]).await.is(303).follows().await.sees("随时可以接着填").sees("还没有提交的");
    let mut desk = site.signed_in(&citizen).await;
    desk.opens("/me/matters").await.clicks("接着填").await.sees("您有一份草稿").clicks("接着填").await.is(200);
    assert_eq!(desk.value(&person, "home"), "和平路1号");
    // Both have the page open; the phone is first.
    phone.opens(&person).await.submits(&person, &[("home", "和平路2号"), ("_go", "on")]).await.is(303);
    desk.submits(&person, &[("home", "和平路3号"), ("_go", "on")]).await.is(409).sees("其他设备上改过").sees("和平路2号").sees("和平路3号");
    assert_eq!(desk.value(&person, "home"), "和平路3号", "nothing that was typed is lost");
    desk.submits(&person, &[("_go", "on")]).await.is(303);
    phone.opens(&person).await;
    assert_eq!(phone.value(&person, "home"), "和平路3号", "and now it is saved");
    // The same sent twice is no conflict.
    let again = phone.opens(&person).await.submits(&person, &[("home", "和平路4号"), ("_go", "on")]).await.is(303).status();
    assert_eq!(again, 303);
    phone.opens(&format!("{start}/discard")).await.is(200).sees("不能恢复").submits(&format!("{start}/discard"), &[]).await.is(303).follows().await.sees("草稿已删除");
    desk.opens(&person).await.is(303);
});

journey!(p8_what_belongs_to_somebody_else_does_not_exist, |site| {
    let code = the_item(&site).await;
    let (citizen, _) = site.citizen(2).await;
    let case = submits(&site, &code, &citizen).await;
    let mut mine = site.signed_in(&citizen).await;
    let page = format!("/me/matters/{case}");
    mine.opens(&page).await.is(200);
    let file = mine.html().split("href=\"").filter_map(|part| part.split('"').next()).find(|href| href.contains("/papers/") && href.contains("/me/")).map(str::to_owned).expect("the link to the paper");
    mine.opens(&file).await.is(200);
    let (_, mut other) = site.citizen(2).await;
    for path in [page.clone(), file, format!("{page}/withdraw"), format!("/apply/{code}/papers/{case}")] {
        other.opens(&path).await.is(404);
    }
    other.opens("/me/matters").await.is(200).sees("您还没有提交过申请");
    let csrf = other.value("/settings/view", "csrf");
    for verb in ["act", "withdraw", "papers"] {
        let body = format!("csrf={csrf}&_seen=1&_verb=withdraw&_key=bank_card");
        other.posts(&format!("{page}/{verb}"), "application/x-www-form-urlencoded", body.into_bytes()).await.is(404);
    }
    let mut clerk = site.staff("990102", &[Role::Clerk]).await;
    clerk.opens(&page).await.is(403);
    let mut stranger = site.visitor();
    stranger.opens(&page).await.is(303);
});

journey!(p8_who_has_not_confirmed_who_he_is_does_so_and_comes_back, |site| {
    let code = the_item(&site).await;
    let (_, mut low) = site.citizen(1).await;
    let start = format!("/apply/{code}");
    low.opens(&start).await.is(303).follows().await.is(200).sees("实名认证");
    let form = low.path().to_owned();
    let number = identity::testing::id_number(Day::ymd(1988, 5, 6), kernel::Sex::Female, 77);
    low.submits(&form, &[("name", "赵测试"), ("id_no", &number)]).await.is(303).follows().await.is(200).sees("您要申请哪项补贴");
    low.opens("/me/letters").await.is(200);
});

journey!(p2_1_scenario_2_the_citizen_is_told_once_and_mends_it, |site| {
    let code = the_item(&site).await;
    let (citizen, _) = site.citizen(2).await;
    let case = submits(&site, &code, &citizen).await;
    let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
    moves(&site, &clerk, case, Act::new("receive", 0)).await;
    site.set_now(at(2026, 7, 6, 10, 0));
    let defect = |key: &str, wrong: &str| CorrectionItem { key: key.into(), fault: Fault::Defective, wrong: wrong.into(), mend: "请重新提交".into(), supplied_at: None };
    let told = Act { corrections: vec![defect("bank_card", "账号看不清"), defect("home", "没有门牌号")], ..Act::new("correct", 0) };
    moves(&site, &clerk, case, told).await;
    let page = format!("/me/matters/{case}");
    let mut li = site.signed_in(&citizen).await;
    li.opens("/me/matters").await.sees("待补正").opens(&page).await.sees("需要您做的").sees("账号看不清").sees("没有门牌号").sees("现住址");
    let papers = format!("{page}/papers");
    li.uploads(&papers, &[("_key", "bank_card")], &[]).await.is(422).sees("请选择文件");
    li.uploads(&papers, &[("_key", "bank_card")], &[("material.bank_card", "新.pdf", "application/pdf", PDF)]).await.is(303).follows().await.sees("已补交");
    let act = format!("{page}/act");
    li.submits(&act, &[("home", ""), ("_verb", "supply")]).await.is(422).sees("请填写“现住址”");
    li.submits(&act, &[("home", "中心街道和平路1号2单元301室"), ("_verb", "supply")]).await.is(303).follows().await.sees("已受理").sees("301室").sees_no("需要您做的");
});

journey!(p2_6_scenario_6_a_promised_paper_is_handed_in_or_the_case_is_withdrawn, |site| {
    let code = the_item(&site).await;
    let (citizen, mut li) = site.citizen(2).await;
    let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
    let start = format!("/apply/{code}");
    let section = |key: &str| format!("{start}/sections/{key}");
    li.opens(&start).await.submits(&start, &[("allowance", "living"), ("payee", "self")]).await.is(303).follows().await;
    li.submits(&section("person"), &[("home", "和平路1号"), ("_go", "on")]).await.is(303).follows().await;
    li.submits(&section("family"), &[("standing", "low"), ("_go", "on")]).await.is(303).follows().await;
    li.submits(&section("family"), &[("members", "3"), ("income", "2400"), ("_go", "on")]).await.is(303).follows().await;
    li.submits(&section("account"), &[("bank", "甲市农商银行"), ("account_no", "1"), ("_go", "on")]).await.is(303).follows().await;
    sends_the_card(&mut li, &format!("{start}/papers")).await;
    li.opens(&format!("{start}/check")).await.submits(&format!("{start}/check"), &[]).await.is(200).clicks("查看进度").await.is(200);
    let page = li.path().to_owned();
    let case: CaseId = page.rsplit('/').next().and_then(|id| id.parse().ok()).expect("the case");
    moves(&site, &clerk, case, Act::new("receive", 0)).await;
    let later = Act { promises: vec![("income_proof".into(), Day::ymd(2026, 7, 15))], ..Act::new("accept", 0) };
    moves(&site, &clerk, case, later).await;
    li.opens(&page).await.sees("请在2026年7月15日（周三）24时前补交").sees("家庭收入情况说明");
    site.set_now(at(2026, 7, 15, 23, 59));
    let mut late = site.signed_in(&citizen).await;
    late.opens(&page).await.sees("已受理").sees_no("视为撤回 ");
    site.set_now(at(2026, 7, 16, 0, 0));
    let mut late = site.signed_in(&citizen).await;
    late.opens(&page).await.sees("视为撤回").sees_no("需要您做的");
});

journey!(p2_2_scenario_10_a_wrong_check_digit_is_told_and_nothing_else, |site| {
    let mut stranger = site.visitor();
    stranger.opens("/progress").await.is(200);
    stranger.submits("/progress", &[("case_no", "9901022026070110000017"), ("proof", "0011")]).await.is(422).sees("受理编号校验错误");
    assert_eq!(stranger.value("/progress", "case_no"), "9901022026070110000017");
    stranger.submits("/progress", &[("case_no", "9901022026070110000016"), ("proof", "0011")]).await.is(422).sees("未查询到办件");
    stranger.submits("/progress", &[("case_no", "９９０１ 0220 2607 0110 0000 16"), ("proof", "'; --")]).await.is(422).sees("未查询到办件");
    stranger.has_cookie("tb_lang", "en").opens("/progress").await.sees("Where does my matter stand?");
});

journey!(a_paper_that_stops_half_way_is_too_big_or_is_something_else_leaves_nothing, |site| {
    let code = the_item(&site).await;
    let (_, mut li) = site.citizen(2).await;
    let start = format!("/apply/{code}");
    let papers = format!("{start}/papers");
    li.opens(&start).await.submits(&start, &[("allowance", "care"), ("payee", "self")]).await.is(303);
    let typed = [("_key", "bank_card"), ("_act", "send")];
    let send = |name: &'static str, bytes: Vec<u8>| (name, bytes);
    for (name, bytes) in [send("卡.pdf", b"<script>alert(1)</script>".to_vec()), send("卡.png", b"MZ\x90\x00".to_vec())] {
        li.opens(&papers).await.uploads(&papers, &typed, &[("material.bank_card", name, "application/pdf", &bytes)]).await.is(422).sees("文件不是可用的");
    }
    li.opens(&papers).await.uploads(&papers, &typed, &[]).await.is(422).sees("请选择文件");
    let big = vec![b'%'; 25 * 1024 * 1024];
    li.opens(&papers).await.uploads(&papers, &typed, &[("material.bank_card", "大.pdf", "application/pdf", &big)]).await.is(422).sees("文件不能超过20MB");
    let huge = vec![b'%'; 29 * 1024 * 1024];
    li.opens(&papers).await.uploads(&papers, &typed, &[("material.bank_card", "大.pdf", "application/pdf", &huge)]).await.is(413);
    let csrf = { li.opens(&papers).await; li.value(&papers, "csrf") };
    let half = format!("--half\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--half\r\nContent-Disposition: form-data; name=\"material.bank_card\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4 and then");
    li.posts(&papers, "multipart/form-data; boundary=half", half.into_bytes()).await.is(400);
    let unknown = [("_key", "nothing"), ("_act", "send")];
    li.opens(&papers).await.uploads(&papers, &unknown, &[("material.nothing", "a.pdf", "application/pdf", PDF)]).await.is(404);
    li.opens(&papers).await.is(200).sees("必须提交").sees_no("换一份");
    li.opens(&format!("{start}/check")).await.sees("缺少材料“社会保障卡或者存折的账号页”").sees("请填写“现住址”").sees_no("提交即表示");
});

journey!(p8_an_agent_acts_by_letter_until_it_is_revoked, |site| {
    let code = the_item(&site).await;
    let (wang, _) = site.citizen(2).await;
    let (agent, mut li) = site.citizen(2).await;
    let new = "/me/letters/new";
    let letter = |until: &'static str| {
        let typed = [("principal_kind", "person"), ("principal_name", wang.name.as_str()), ("principal_number", wang.number.as_str()), ("until", until)];
        typed.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let typed = letter("2026-06-30");
    let typed: Vec<_> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    li.opens(new).await.is(200).uploads(new, &typed, &[("file", "委托书.pdf", "application/pdf", PDF)]).await.is(422).sees("有效期的最后一日");
    let typed = letter("2026-07-31");
    let typed: Vec<_> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    li.uploads(new, &typed, &[("file", "委托书.pdf", "application/pdf", PDF)]).await.is(303).follows().await.sees("委托书已登记").sees(&wang.name).sees("所有事项");
    let start = format!("/apply/{code}");
    li.opens(&start).await.sees("给谁办").sees(&format!("替{}办", wang.name));
    let held = ops::letters(&site.platform.as_actor(agent.actor())).await.expect("my letters");
    let id = held[0].id.to_string();
    li.submits(&start, &[("_for", "00000000000000000000000000"), ("allowance", "care"), ("payee", "self")]).await.is(422).sees("您未被授权代表委托人办理该事项");
    li.submits(&start, &[("_for", &id), ("allowance", "care"), ("payee", "self")]).await.is(303).follows().await.sees("授权委托书").sees(&wang.name);
    let section = |key: &str| format!("{start}/sections/{key}");
    li.submits(&section("person"), &[("home", "和平路1号"), ("_go", "on")]).await.is(303).follows().await;
    li.submits(&section("care"), &[("carer", "family"), ("injury", "no"), ("_go", "on")]).await.is(303).follows().await;
    li.submits(&section("account"), &[("bank", "甲市农商银行"), ("account_no", "1"), ("_go", "on")]).await.is(303).follows().await;
    sends_the_card(&mut li, &format!("{start}/papers")).await;
    let check = format!("{start}/check");
    li.opens(&check).await.sees(&wang.name).submits(&check, &[]).await.is(200).clicks("查看进度").await.is(200).sees(&wang.name);
    let page = li.path().to_owned();
    li.opens("/me/matters").await.sees("代办");
    // The principal sees it too, and ends the letter.
    let mut principal = site.signed_in(&wang).await;
    principal.opens(&page).await.is(200).opens("/me/letters").await.sees("谁可以替我办").clicks("撤销").await.is(200).sees("撤销这份委托");
    let revoke = principal.path().to_owned();
    principal.submits(&revoke, &[]).await.is(303).follows().await.sees("委托已撤销");
    li.opens(&page).await.is(404);
    li.opens(&start).await.sees_no("给谁办");
});

journey!(nonsense_in_every_field_is_told_field_by_field, |site| {
    let code = the_item(&site).await;
    let (_, mut li) = site.citizen(2).await;
    let start = format!("/apply/{code}");
    let nonsense = "<b>\u{0}'\"&\u{202e}９９％".repeat(60);
    li.opens(&start).await.submits(&start, &[("allowance", &nonsense), ("payee", "nobody")]).await.is(422).sees("请选择“您要申请哪项补贴？”");
    li.submits(&start, &[("allowance", "both"), ("payee", "guardian"), ("_seen", "x")]).await;
    li.opens(&start).await.submits(&start, &[("allowance", "both"), ("payee", "guardian")]).await.is(303);
    let fields: [(&str, &[&str]); 4] =
        [("person", &["home"]), ("family", &["standing"]), ("care", &["carer", "injury"]), ("account", &["guardian", "guardian_id", "bank", "account_no"])];
    for (section, names) in fields {
        let page = format!("{start}/sections/{section}");
        let typed: Vec<(&str, &str)> = names.iter().map(|name| (*name, nonsense.as_str())).collect();
        li.opens(&page).await.is(200).submits(&page, &typed).await.is(422).sees("请先改正");
        assert!(!li.html().contains("<b>"), "what was typed is never markup");
    }
    for page in [format!("{start}/sections/nothing"), format!("{start}/papers/x"), "/me/matters/x".to_owned(), "/me/letters/x/revoke".to_owned()] {
        li.opens(&page).await.is(404);
    }
    li.opens("/me/matters?at=x&before=y").await.is(200);
    li.opens(&format!("{start}/check")).await.is(200).sees("请先改正");
});

journey!(my_matters_cost_the_same_for_one_and_for_twenty, |site| {
    let code = the_item(&site).await;
    let (citizen, mut li) = site.citizen(2).await;
    let ctx = || site.platform.as_actor(citizen.actor());
    let mut cost = Vec::new();
    for n in 0..21 {
        let case = submits(&site, &code, &citizen).await;
        if n == 0 || n == 20 {
            li.opens("/me/matters").await.is(200);
            let before = site.platform.db().statements();
            li.opens("/me/matters").await.is(200).sees("残疾人两项补贴资格认定");
            cost.push(site.platform.db().statements() - before);
        }
        let seen = casework::head(site.platform.db(), case).await.expect("a case").version;
        ops::act(&ctx(), case, Act::new("withdraw", seen)).await.expect("withdrawn");
        site.set_now(site.platform.now().plus_minutes(1));
    }
    assert_eq!(cost[0], cost[1], "the page asks as often for one case as for twenty");
    li.opens("/me/matters").await.sees("下一页").clicks("下一页").await.is(200).sees("已撤回").sees_no("下一页");
});

journey!(a_citizen_withdraws_after_saying_so_twice, |site| {
    let code = the_item(&site).await;
    let (citizen, mut li) = site.citizen(2).await;
    let case = submits(&site, &code, &citizen).await;
    let page = format!("/me/matters/{case}");
    let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
    li.opens(&page).await.clicks("撤回申请").await.is(200).sees("不能恢复");
    let withdraw = format!("{page}/withdraw");
    // Meanwhile the office went on: he is told, and looks again.
    moves(&site, &clerk, case, Act::new("receive", 0)).await;
    li.submits(&withdraw, &[]).await.is(409);
    li.opens(&withdraw).await.submits(&withdraw, &[("reason", "搬家了")]).await.is(303).follows().await.sees("申请已撤回").sees("搬家了").sees_no("期限");
    li.opens(&withdraw).await.is(303);
});
