//! Organisations of each kind from the founder's form to the scanned certificate, what changes, and the end: the worked examples of D.8.

use casework::testing::PDF;
use catalog::model::{Elements, Level, Limit, LimitUnit};
use catalog::seed;
use identity::testing::Citizen;
use kernel::{Day, Instant, RegionCode};
use organizations::matters::{CANCELLATION, CHANGE, ESTABLISHMENT};
use organizations::{Kind, certificate, register, segments, testing};
use platform::{OrgId, Role};

use crate::{
    journey,
    kit::{Site, Visitor, at},
};

/// What somebody types into one section of a form.
type Typed<'a> = (&'a str, &'a [(&'a str, &'a str)]);

const PAPERS: [&str; 6] = ["application", "charter", "capital", "premises", "officers", "consent"];

/// A registering authority: its item, and those who take a case from the receipt to the decision.
struct Authority {
    org: OrgId,
    region: RegionCode,
    item: String,
    clerk: Visitor,
    examiner: Visitor,
    reviewer: Visitor,
    approver: Visitor,
}

impl Authority {
    /// The authority of a division with one of its items, open since January; the clock shows 10:00 on that day.
    async fn opens(site: &Site, (region, level): (&str, Level), service: &str, day: Day, change: impl Fn(&mut Elements)) -> Self {
        site.set_now(at(2026, 1, 5, 10, 0));
        let org = identity::testing::staff(&site.platform, region, &[Role::Clerk]).await.org;
        let ctx = site.platform.system();
        let carried = seed::carried().expect("the data files can be read");
        let mut file = carried.into_iter().find(|file| file.elements.house.service == service).expect("the item is carried");
        change(&mut file.elements);
        let code = file.code.clone();
        seed::define_one(&ctx, RegionCode::parse("990000").expect("a region"), file).await.expect("defined");
        seed::implement(&ctx, &code, org, level, vec![format!("{region}-01")]).await.expect("published");
        segments::receive(&ctx, org, "YY960001", "YY960009", "赋码中心〔2026〕6号").await.expect("a segment");
        let region = RegionCode::parse(region).expect("a region");
        let found = catalog::ops::of_service(&ctx, service, &region).await.expect("items");
        let item = found.into_iter().next().expect("the item").code;
        site.set_now(Instant::at(day, 600));
        Self::signs_in(site, org, region, item).await
    }

    /// Its staff sign in, as they do every day.
    async fn signs_in(site: &Site, org: OrgId, region: RegionCode, item: String) -> Self {
        let [clerk, examiner, reviewer, approver] = [Role::Clerk, Role::Examiner, Role::Reviewer, Role::Approver].map(|role| async move {
            let one = identity::testing::staff_of(&site.platform, org, region, &[role]).await;
            site.at_desk(one.id).await
        });
        Self { org, region, item, clerk: clerk.await, examiner: examiner.await, reviewer: reviewer.await, approver: approver.await }
    }

    /// The founder answers the questions and goes on to the first section.
    async fn begins(&self, li: &mut Visitor, answers: &[(&str, &str)]) {
        let start = format!("/apply/{}", self.item);
        li.opens(&start).await.is(200).submits(&start, answers).await.is(303);
    }

    /// Fills sections in, and each is taken.
    async fn fills(&self, li: &mut Visitor, sections: &[Typed<'_>]) {
        for (section, typed) in sections {
            let form = format!("/apply/{}/sections/{section}", self.item);
            let page = form.split('?').next().unwrap_or_default();
            li.opens(&form).await.is(200).submits(page, &[*typed, &[("_go", "on")]].concat()).await.is(303);
        }
    }

    async fn sends(&self, li: &mut Visitor, papers: &[&str]) {
        let page = format!("/apply/{}/papers", self.item);
        for key in papers {
            let file = format!("material.{key}");
            li.opens(&page).await.uploads(&page, &[("_key", key), ("_act", "send")], &[(&file, "件.pdf", "application/pdf", PDF)]).await.is(303);
        }
    }

    /// Submits, as it may be refused.
    async fn submits<'v>(&self, li: &'v mut Visitor) -> &'v mut Visitor {
        let check = format!("/apply/{}/check", self.item);
        li.opens(&check).await.is(200).submits(&check, &[]).await
    }

    /// Submits and gives the case.
    async fn applied(&self, li: &mut Visitor) -> String {
        self.submits(li).await.is(200).sees("申请已收到");
        li.opens("/me/matters").await.is(200);
        leads_to(li, "/me/matters/", 26)
    }

    async fn accepts(&mut self, case: &str) -> &mut Visitor {
        for verb in ["receive", "accept"] {
            moves(&mut self.clerk, case, verb, &[]).await;
        }
        &mut self.clerk
    }

    /// Takes an accepted case to its grant.
    async fn grants(&mut self, case: &str) {
        let opinion = ("opinion", "符合条件");
        moves(&mut self.examiner, case, "take", &[]).await;
        moves(&mut self.examiner, case, "propose", &[opinion]).await;
        moves(&mut self.reviewer, case, "agree", &[opinion]).await;
        moves(&mut self.approver, case, "approve", &[opinion, ("sure", "yes")]).await;
    }

    /// An organisation of this authority that exists, led by this citizen: its credit code.
    async fn registered(&self, site: &Site, name: &str, kind: Kind, head: &Citizen) -> String {
        testing::enters(&site.platform.system(), (self.org, self.region), testing::content(name, kind), Some(&head.number)).await.1
    }
}

/// What the first link under a path ends in, of so many characters.
fn leads_to(visitor: &Visitor, path: &str, long: usize) -> String {
    let (html, start) = (visitor.html(), format!("href=\"{path}"));
    let mut ends = html.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    ends.find(|end| end.len() == long).unwrap_or_else(|| panic!("no link below {path}: {}", visitor.text())).to_owned()
}

/// A member of staff makes a move on its page.
async fn moves(visitor: &mut Visitor, case: &str, verb: &str, typed: &[(&str, &str)]) {
    let page = format!("/desk/work/{case}/{verb}");
    visitor.opens(&page).await.is(200).submits(&page, typed).await.is(303).follows().await.is(200);
}

/// What the newest certificate of an organisation's head says to whoever scans it. The page, and the credit code.
async fn scans(site: &Site, head: &mut Visitor) -> (Visitor, String) {
    head.opens("/me/organizations").await.is(200);
    let code = leads_to(head, "/organizations/", 18);
    let entry = register::by_uscc(site.platform.db(), &code).await.expect("read").expect("entered");
    let address = certificate::address(&site.platform.system(), entry.content.certificate.as_ref().expect("a certificate"));
    let mut bank = site.visitor();
    bank.opens(&address[address.find("/so/v/").expect("the path")..]).await.is(200);
    (bank, code)
}

journey!(d_8_scenarios_2_4_5_and_7_an_association_from_the_form_to_the_scan, |site| {
    let mut office = Authority::opens(&site, ("990102", Level::County), ESTABLISHMENT, Day::ymd(2026, 7, 1), |_| {}).await;
    let (citizen, mut li) = site.citizen(3).await;
    office.begins(&mut li, &[("kind", "1"), ("mode", "dual"), ("charity", "no")]).await;
    let base = |funds: &'static str| -> [(&'static str, &'static str); 5] {
        [("purpose", "团结摄影爱好者"), ("scope", "交流、展览、培训"), ("activity_region", "990102"), ("address", "甲市城东区和平路1号"), ("funds", funds)]
    };
    let naming = |name: &'static str| [("name", name), ("subtype_1", "3"), ("industry", "05")];
    office.fills(&mut li, &[("naming", &naming("中华甲市城东区摄影家协会")), ("membership", &[("members", "15"), ("units", "30")]), ("base", &base("29999.99"))]).await;
    office.fills(&mut li, &[("representative", &[("rep_name", &citizen.name), ("rep_no", &citizen.number), ("rep_deprived", "no")])]).await;
    let unit = format!("/apply/{}/sections/supervision", office.item);
    let supervisor = |code: &'static str| [("supervisor", "城东区文化局"), ("supervisor_uscc", code), ("consented_on", "2026-06-20"), ("_go", "on")];
    li.opens(&unit).await.submits(&unit, &supervisor("51990000YY9990013U")).await.is(422).sees("统一社会信用代码校验码错误");
    li.submits(&unit, &supervisor("11990102YY9990101F")).await.is(303);
    office.sends(&mut li, &PAPERS).await;
    office.submits(&mut li).await.is(422).sees("地方性社会组织名称不得冠以“中华”字样").sees("会员数量不足：个人会员15、单位会员30，不符合成立条件").sees("社会团体注册资金不得低于30000元");
    office.fills(&mut li, &[("naming", &naming("甲市城东区摄影家协会")), ("membership", &[("members", "49"), ("units", "0")]), ("base", &base("30000.00"))]).await;
    office.submits(&mut li).await.is(422).sees("会员数量不足：个人会员49、单位会员0，不符合成立条件").sees_no("注册资金不得低于");
    office.fills(&mut li, &[("membership", &[("members", "0"), ("units", "30")])]).await;
    let case = office.applied(&mut li).await;
    office.accepts(&case).await.sees("2026年7月29日").sees("至 8 月 31 日");
    office.grants(&case).await;
    site.works().await;
    li.opens("/me/certificates").await.is(200).sees("社会团体法人登记证书").clicks("下载证件").await.is(200);
    assert!(li.bytes().starts_with(b"%PDF-1.7"));
    let (mut bank, code) = scans(&site, &mut li).await;
    assert!(code.starts_with("51990102YY960001"), "{code}");
    bank.sees("甲市城东区摄影家协会").sees("存续").sees_no("E-D20");
    bank.opens("/organizations/announcements").await.sees("成立登记").sees("甲市城东区摄影家协会");
});

journey!(d_8_scenarios_5_and_7_a_foundation_of_the_province, |site| {
    let sixty = |elements: &mut Elements| elements.promise = Limit::new(60, LimitUnit::Day);
    let mut office = Authority::opens(&site, ("990000", Level::Province), ESTABLISHMENT, Day::ymd(2026, 7, 1), sixty).await;
    let (citizen, mut li) = site.citizen(2).await;
    office.begins(&mut li, &[("kind", "3"), ("mode", "direct"), ("charity", "no")]).await;
    let base = |funds: &'static str| -> [(&'static str, &'static str); 5] {
        [("purpose", "助学济困"), ("scope", "资助困难学生"), ("activity_region", "990000"), ("address", "甲市城中区中山路1号"), ("funds", funds)]
    };
    office.fills(&mut li, &[("naming", &[("name", "测试省善行基金会"), ("subtype_3", "2"), ("industry", "04")]), ("base", &base("1999999"))]).await;
    let head = [("rep_name", citizen.name.as_str()), ("rep_no", &citizen.number), ("rep_deprived", "no")];
    office.fills(&mut li, &[("representative", &head), ("direct", &[("industry_department", "省教育厅")])]).await;
    office.sends(&mut li, &PAPERS[..5]).await;
    office.submits(&mut li).await.is(422).sees("非公募基金会注册资金不得低于2000000元");
    office.fills(&mut li, &[("base", &base("2000000"))]).await;
    let case = office.applied(&mut li).await;
    office.accepts(&case).await.sees("2026年8月31日").sees_no("2026年7月29日");
    office.grants(&case).await;
    let (mut bank, code) = scans(&site, &mut li).await;
    assert!(code.starts_with("53990000YY960001"), "{code}");
    bank.sees("测试省善行基金会").sees("存续");
});

journey!(d_r6_and_d_r10_a_service_institution_that_is_a_charity, |site| {
    let mut office = Authority::opens(&site, ("990102", Level::County), ESTABLISHMENT, Day::ymd(2026, 7, 1), |_| {}).await;
    let (citizen, mut li) = site.citizen(2).await;
    office.begins(&mut li, &[("kind", "2"), ("mode", "dual"), ("charity", "yes")]).await;
    let base = [("purpose", "服务社区"), ("scope", "社会工作服务"), ("activity_region", "990102"), ("address", "甲市城东区和平路2号"), ("funds", "30000")];
    let name = [("name", "甲市城东区阳光社会工作服务中心"), ("subtype_2", "1"), ("industry", "04")];
    let head = [("rep_name", citizen.name.as_str()), ("rep_no", &citizen.number), ("rep_deprived", "no")];
    let unit = |code: &'static str| [("supervisor", "省教育厅"), ("supervisor_uscc", code), ("consented_on", "2026-06-20")];
    // The code of a unit of the province: its level says who registers.
    office.fills(&mut li, &[("naming", &name), ("base", &base), ("representative", &head), ("supervision", &unit("11990000YY9990179D"))]).await;
    office.sends(&mut li, &PAPERS).await;
    office.submits(&mut li).await.is(422).sees("本机关无权登记该类社会组织，应由测试省民政厅登记");
    office.fills(&mut li, &[("supervision", &unit("11990102YY99901362"))]).await;
    let case = office.applied(&mut li).await;
    office.accepts(&case).await.sees("2026年7月29日").sees("至 7 月 31 日");
    office.grants(&case).await;
    let (mut bank, _) = scans(&site, &mut li).await;
    bank.sees("甲市城东区阳光社会工作服务中心").clicks("查看全部公开信息").await.is(200).sees("慈善组织");
});

journey!(d_8_scenario_8_a_change_on_the_thirtieth_day_and_a_day_late_and_the_new_certificate, |site| {
    let office = Authority::opens(&site, ("990102", Level::County), CHANGE, Day::ymd(2026, 4, 9), |_| {}).await;
    let (citizen, mut li) = site.citizen(2).await;
    office.registered(&site, "甲市城东区摄影家协会", Kind::Association, &citizen).await;
    let papers = ["application", "resolution"];
    office.begins(&mut li, &[("what", "base")]).await;
    // Which organisation and what the register says of it is known: only what changes is typed.
    office.fills(&mut li, &[("organization", &[("consented_on", "2026-03-10")])]).await;
    li.opens(&format!("/apply/{}/sections/base", office.item)).await.sees("社会组织登记簿").sees("甲市城东区和平路1号");
    office.fills(&mut li, &[("base?change=new_address", &[("new_address", "甲市城东区和平路88号")])]).await;
    office.sends(&mut li, &papers).await;
    let case = office.applied(&mut li).await;
    site.set_now(at(2026, 4, 10, 10, 0));
    let mut office = Authority::signs_in(&site, office.org, office.region, office.item).await;
    let mut li = site.signed_in(&citizen).await;
    office.begins(&mut li, &[("what", "charter")]).await;
    office.fills(&mut li, &[("organization", &[("consented_on", "2026-03-10")]), ("charter", &[("charter_on", "2026-03-01")])]).await;
    office.sends(&mut li, &[papers.as_slice(), &["charter"]].concat()).await;
    office.submits(&mut li).await.is(422).sees("已超过业务主管单位同意之日起30日，请说明原因");
    office.fills(&mut li, &[("organization", &[("consented_on", "2026-03-10"), ("late_reason", "会长住院")])]).await;
    let late = office.applied(&mut li).await;
    office.accepts(&late).await.sees("W-D13").sees("会长住院");
    office.accepts(&case).await;
    office.grants(&case).await;
    let (mut bank, _) = scans(&site, &mut li).await;
    bank.sees("甲市城东区和平路88号").clicks("查看全部公开信息").await.is(200).sees("甲市城东区和平路1号 → 甲市城东区和平路88号");
    bank.opens("/organizations/announcements").await.sees("变更登记").sees("甲市城东区和平路88号");
});

journey!(with_another_code_an_online_form_follows_the_register_and_keeps_what_was_typed, |site| {
    let office = Authority::opens(&site, ("990102", Level::County), CHANGE, Day::ymd(2026, 7, 1), |_| {}).await;
    let (citizen, mut li) = site.citizen(2).await;
    let one = office.registered(&site, "甲市城东区摄影家协会", Kind::Association, &citizen).await;
    let other = office.registered(&site, "甲市城东区书法家协会", Kind::Association, &citizen).await;
    office.begins(&mut li, &[("what", "base")]).await;
    let named = |code| [("uscc", code), ("consented_on", "2026-06-20")];
    let moved = [("new_address", "甲市城东区和平路88号")];
    office.fills(&mut li, &[("organization", &named(one.as_str())), ("base?change=new_address", &moved)]).await;
    let check = format!("/apply/{}/check", office.item);
    li.opens(&check).await.is(200).sees("甲市城东区摄影家协会").sees("甲市城东区和平路88号");
    office.fills(&mut li, &[("organization?change=uscc", &named(other.as_str()))]).await;
    li.opens(&check).await.is(200).sees("甲市城东区书法家协会").sees("甲市城东区和平路88号").sees_no("甲市城东区摄影家协会");
});

journey!(d_r14_and_d_r15_liquidation_then_everything_back_then_the_end, |site| {
    let mut office = Authority::opens(&site, ("990102", Level::County), CANCELLATION, Day::ymd(2026, 7, 1), |_| {}).await;
    let (citizen, mut li) = site.citizen(2).await;
    let code = office.registered(&site, "甲市城东区摄影家协会", Kind::Association, &citizen).await;
    office.begins(&mut li, &[("step", "liquidation")]).await;
    office.fills(&mut li, &[("organization", &[("why", "完成宗旨")])]).await;
    office.sends(&mut li, &["application"]).await;
    let case = office.applied(&mut li).await;
    office.accepts(&case).await;
    office.grants(&case).await;
    li.opens(&format!("/so/v/{code}")).await.is(200).sees("清算");
    office.begins(&mut li, &[("step", "cancel")]).await;
    let end = |seals: &'static str| [("liquidated_on", "2026-06-25"), ("certificate", "returned"), ("seals", seals), ("vouchers", "returned")];
    office.fills(&mut li, &[("organization", &[("why", "完成宗旨")]), ("end", &end("no"))]).await;
    office.sends(&mut li, &["application", "liquidation_report"]).await;
    office.submits(&mut li).await.is(422).sees("注销前须缴回：印章");
    office.fills(&mut li, &[("end", &end("returned"))]).await;
    let case = office.applied(&mut li).await;
    office.accepts(&case).await;
    office.grants(&case).await;
    li.opens(&format!("/so/v/{code}")).await.is(200).sees("已注销");
    li.opens("/organizations/announcements").await.sees("注销登记");
    li.opens("/me/organizations").await.is(200).sees_no(&code);
});
