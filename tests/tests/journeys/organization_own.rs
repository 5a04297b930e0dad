//! Supervision as the organisation itself meets it: it files its report, is told what bars an evaluation, applies for the qualification.

use kernel::Day;
use organizations::model::{Content, Kind};
use platform::{OrgId, Role};

use crate::{
    journey,
    kit::{Site, Visitor, at},
};

const COUNTY: &str = "990102";

/// A charity of the county, its leader signed in, and the address of its own page.
struct Charity {
    authority: OrgId,
    leader: Visitor,
    page: String,
}

impl Charity {
    async fn opens(site: &Site) -> Charity {
        let authority = identity::testing::staff(&site.platform, COUNTY, &[Role::Clerk]).await.org;
        let citizen = identity::testing::citizen(&site.platform, 2).await;
        let plain = organizations::testing::content("甲市城东区示友协会", Kind::Association);
        let content = Content { charity_since: Some(Day::ymd(2024, 1, 1)), ..plain };
        let place = (authority, COUNTY.parse().expect("a region"));
        let code = organizations::testing::enters(&site.platform.system(), place, content, Some(&citizen.number)).await.1;
        Charity { authority, leader: site.signed_in(&citizen).await, page: format!("/me/organizations/{code}/supervision") }
    }

    fn new_of(&self, kind: &str) -> String {
        format!("{}/new/{kind}", self.page)
    }
}

journey!(d_r17_an_organisation_files_its_late_report_once, |site| {
    site.set_now(at(2026, 7, 10, 10, 0));
    let mut charity = Charity::opens(&site).await;
    let (page, new) = (charity.page.clone(), charity.new_of("annual"));
    let leader = &mut charity.leader;
    leader.opens(&page).await.is(200).sees("2025年度工作报告应在2026年6月1日").sees("已经逾期，请尽快补报");
    leader.clicks("报送年度工作报告").await.is(200).sees("先由业务主管单位初审");
    assert_eq!(leader.value(&new, "year"), "2025");
    let empty = [("activities", "义诊三场"), ("income", "一千"), ("cost", ""), ("assets", ""), ("staff", "")];
    leader.submits(&new, &empty).await.is(422).sees("请填写");
    assert_eq!(leader.value(&new, "income"), "一千");
    let report = [("activities", "义诊三场"), ("income", "1000"), ("cost", "900"), ("assets", "50100"), ("staff", "2")];
    leader.opens(&new).await.submits(&new, &report).await.is(303).follows().await.is(200).sees("义诊三场").sees("主管单位初审");
    leader.opens(&page).await.is(200).sees_no("请尽快补报").sees("2025年度");
    leader.opens(&new).await.submits(&new, &[report.as_slice(), &[("year", "2025")]].concat()).await.is(422).sees("同类事项正在办理或者已经报送");
    leader.opens(&new).await.submits(&new, &[report.as_slice(), &[("year", "2026")]].concat()).await.is(422).sees("2026年度工作报告尚未开始报送");
    let stranger = identity::testing::citizen(&site.platform, 2).await;
    site.signed_in(&stranger).await.opens(&page).await.is(404).opens(&new).await.is(404);
    site.visitor().opens(&page).await.is(303);
});

journey!(d_r23_and_d_r25_what_bars_an_application_is_told_before_it_is_made, |site| {
    site.set_now(at(2026, 7, 10, 10, 0));
    let mut charity = Charity::opens(&site).await;
    let region = COUNTY.parse().expect("a region");
    let approver = identity::testing::staff_of(&site.platform, charity.authority, region, &[Role::Approver]).await;
    let mut desk = site.at_desk(approver.id).await;
    let (page, evaluation, apply) = (charity.page.clone(), charity.new_of("evaluation"), charity.new_of("fundraising"));
    let leader = &mut charity.leader;
    leader.opens(&page).await.is(200).sees("暂不能申请").sees("上年度年度检查尚无结论").sees("申请公开募捐资格");
    leader.opens(&evaluation).await.is(200).sees("上年度年度检查尚无结论").sees("有效期5年");
    leader.submits(&evaluation, &[("opinion", "希望参评")]).await.is(422).sees("不符合评估条件：上年度年度检查尚无结论");
    assert_eq!(leader.value(&evaluation, "opinion"), "希望参评");
    let council = |related: &'static str, supervisors: &'static str| {
        [("council", "9"), ("related", related), ("abroad", "0"), ("mainland", "yes"), ("full_time", "yes"), ("supervisors", supervisors)]
    };
    leader.opens(&apply).await.is(200).sees("满1年可以申请").submits(&apply, &council("4", "2")).await.is(422);
    leader.sees("来自同一组织或有关联关系的理事超过1/3").sees("监事不足3人").sees_no("未满1年");
    assert_eq!(leader.value(&apply, "related"), "4");
    leader.submits(&apply, &council("3", "3")).await.is(303).follows().await.is(200);
    let id = leader.path().rsplit('/').next().unwrap_or_default().to_owned();
    leader.opens(&apply).await.submits(&apply, &council("3", "3")).await.is(422).sees("同类事项正在办理或者已经报送");
    let case = format!("/desk/organizations/supervision/{id}");
    desk.opens(&case).await.is(200).submits(&format!("{case}/grant"), &[("sure", "yes")]).await.is(303);
    leader.opens(&page).await.is(200).sees("已取得资格").sees_no("申请公开募捐资格");
    leader.opens(&apply).await.is(200).sees("不需要再次申请").sees_no("监事数");
    leader.has_cookie("tb_lang", "en").opens(&page).await.is(200).sees("Not yet open to it").sees("no conclusion on the annual report of last year");
});
