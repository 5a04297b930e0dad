//! Documents, supervision and archive of a case, as the people concerned see them.

use casework::CaseId;
use casework::papers::{Content, Drawn, NewPaper, issue};
use kernel::{Day, RegionCode, Text};
use platform::{OrgId, PersonId, Role, StaffId};
use store::q;

use crate::{
    journey,
    kit::{Site, at},
};

/// A case of 990102 as the engine leaves it.
struct Matter {
    id: CaseId,
    number: &'static str,
    region: RegionCode,
    org: OrgId,
}

impl Matter {
    /// Accepted on 8 July with a promise until a day, held by somebody; finished at once if `over`.
    async fn opens(site: &Site, holder: Option<StaffId>, promise_due: Option<Day>, over: bool) -> Matter {
        let ctx = site.platform.system();
        let region = RegionCode::parse("990102").expect("a code");
        let org = identity::testing::organisation(&ctx, region).await;
        let (id, number, office): (CaseId, _, kernel::Id<()>) = (ctx.id(), "9901022026070810000017", ctx.id());
        let (accepted, phase) = (at(2026, 7, 8, 10, 0), if over { "finished" } else { "examination" });
        let closed = over.then(|| ctx.now());
        ctx.db()
            .write(|tx| async move {
                q("INSERT INTO case_head (id, case_no, service, item_code, region, org, office, phase, version, opened_at, closed_at, state, \
                   received_at, accepted_at, holder, promise_due, open) VALUES ($1, $2, 'fiction', '000700099001', $3, $4, $5, $6, 1, $7, $8, $6, \
                   $7, $7, $9, $10, $11)")
                .bind(id)
                .bind(number)
                .bind(region)
                .bind(org)
                .bind(office)
                .bind(phase)
                .bind(accepted)
                .bind(closed)
                .bind(holder)
                .bind(promise_due)
                .bind(closed.is_none())
                .exec(&tx)
                .await
            })
            .await
            .expect("a case");
        Matter { id, number, region, org }
    }

    /// Its decision is issued to a person.
    async fn is_granted(&self, site: &Site, to: Option<PersonId>) -> casework::papers::PaperId {
        let ctx = site.platform.system();
        let new = NewPaper {
            case: self.id,
            case_no: self.number.to_owned(),
            org: self.org,
            region: self.region,
            item_code: "000700099001".to_owned(),
            item: Text::new("测试事项", "Test item"),
            applicant: "张测试".to_owned(),
            to: to.into_iter().collect(),
            content: Content::Grant { facts: "材料齐全".to_owned(), basis: vec!["行政许可法第三十八条".to_owned()], decision: "准予。".to_owned() },
        };
        let drawn = Drawn::new(&ctx);
        ctx.db()
            .write(|tx| {
                let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone());
                async move { issue(&tx, &ctx, &drawn, &new).await }
            })
            .await
            .expect("issued");
        drawn.id()
    }
}

journey!(p2_2_and_p11_7_a_decision_is_read_on_the_page_served_by_it_and_checked_by_a_stranger, |site| {
    let (citizen, mut li) = site.citizen(2).await;
    let matter = Matter::opens(&site, None, None, false).await;
    let id = matter.is_granted(&site, citizen.person).await;
    site.works().await;
    site.works().await;
    let mut clerk = site.staff("990102", &[Role::Clerk]).await;
    clerk.opens(&format!("/papers/{id}")).await.is(200).sees("测试民政准〔2026〕1号").sees("未送达");
    let (_, mut other) = site.citizen(2).await;
    other.opens(&format!("/papers/{id}")).await.is(404);
    li.opens("/me/papers").await.is(200).sees("准予决定书").sees("未送达");
    li.opens(&format!("/papers/{id}")).await.is(200).sees("材料齐全").sees("60日").sees("已送达");
    li.opens(&format!("/papers/{id}/file")).await.is(200);
    assert!(li.bytes().starts_with(b"%PDF-1.7"));
    clerk.opens(&format!("/papers/{id}")).await.sees("已送达");
    site.visitor().opens("/d/aaaaaaaaaaaaaaaaaaaaaaaaaa").await.is(200).sees("不存在").sees_no("张测试");
});

journey!(p2_2_a_clerk_serves_a_document_by_hand_and_the_record_follows, |site| {
    let matter = Matter::opens(&site, None, None, false).await;
    let id = matter.is_granted(&site, None).await;
    let mut clerk = site.staff("990102", &[Role::Clerk, Role::Approver]).await;
    let (page, form) = (format!("/papers/{id}"), format!("/papers/{id}/serve"));
    clerk.opens(&page).await.submits(&form, &[("way", "1"), ("relation", "本人")]).await.is(422).sees("请填写签收人姓名");
    clerk.submits(&form, &[("way", "1"), ("receiver", "张测试"), ("relation", "本人")]).await.is(303).follows().await.sees("送达回证已生成").sees("窗口领取");
    clerk.submits(&format!("/papers/{id}/void"), &[("reason", "当事人姓名有误")]).await.is(303).follows().await.sees("已作废").sees("当事人姓名有误");
    let mut foreign = site.staff("990202", &[Role::Clerk]).await;
    foreign.opens(&page).await.is(403);
});

journey!(p2_5_scenario_7_the_wall_the_light_the_cards_the_answer_and_the_cancellation, |site| {
    let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
    Matter::opens(&site, Some(clerk.id), Some(Day::ymd(2026, 7, 15)), false).await;
    // Before any run took place the pages count for themselves.
    site.set_now(at(2026, 7, 14, 0, 1));
    let mut supervisor = site.staff("990102", &[Role::Supervisor]).await;
    supervisor.opens("/supervision/cases").await.is(200).sees("9901022026070810000017").sees("黄灯").sees("剩1个工作日");
    site.set_now(at(2026, 7, 16, 0, 5));
    site.runs("supervision.run").await;
    site.runs("supervision.run").await;
    site.works().await;
    let mut clerk = site.at_desk(clerk.id).await;
    clerk.opens("/cards").await.is(200).clicks("JC2026071600001").await.is(200).sees("黄牌").sees("承诺超期").sees_no("撤销此牌");
    let card = clerk.path().to_owned();
    clerk.submits(&format!("{card}/answer"), &[("answer", "")]).await.is(422).sees("请填写答复");
    clerk.submits(&format!("{card}/answer"), &[("answer", "明日办结")]).await.is(303).follows().await.sees("已答复");
    site.set_now(at(2026, 7, 21, 0, 5));
    site.runs("supervision.run").await;
    site.works().await;
    let mut supervisor = site.staff("990102", &[Role::Supervisor]).await;
    supervisor.opens("/supervision").await.is(200).sees("1件超期").sees_no("9901022026070810000017");
    supervisor.opens("/supervision/cards").await.is(200).sees("红牌").sees("黄牌").sees("JC2026072100001");
    supervisor.opens("/supervision/cards?colour=red").await.sees("JC2026072100001").sees_no("JC2026071600001");
    supervisor.opens("/supervision/rules").await.is(200).sees("承诺超期");
    let cancel = format!("{card}/cancel");
    supervisor.opens(&card).await.submits(&cancel, &[("reason", "")]).await.is(422).sees("请填写撤销理由");
    supervisor.submits(&cancel, &[("reason", "系统停机")]).await.is(303).follows().await.sees("已撤销").sees("明日办结").sees("系统停机");
    let mut foreign = site.staff("990202", &[Role::Supervisor]).await;
    foreign.opens(&card).await.is(403);
    foreign.opens("/supervision/cards").await.is(200).sees_no("JC2026");
});

journey!(p2_12_scenario_12_an_archivist_packs_verifies_and_is_told_the_file_that_changed, |site| {
    site.set_now(at(2026, 7, 29, 10, 0));
    let matter = Matter::opens(&site, None, None, true).await;
    matter.is_granted(&site, None).await;
    site.works().await;
    let mut archivist = site.staff("990102", &[Role::Archivist]).await;
    archivist.opens("/archive").await.is(200).sees(matter.number).sees("2026年8月28日");
    archivist.submits(&format!("/archive/{}/start", matter.id), &[]).await.is(303);
    // The package waits for its list of contents, which the same outbox makes.
    let worker = platform::outbox::Worker::new(&server::registry::services(&site.app));
    worker.drain(&site.platform).await.expect("drained");
    site.set_now(at(2026, 7, 29, 10, 5));
    site.works().await;
    archivist.opens("/archive/packages").await.is(200).clicks(matter.number).await.is(200).sees("完整");
    let page = archivist.path().to_owned();
    archivist.submits(&format!("{page}/verify"), &[]).await.is(303).follows().await.sees("没有改动");
    archivist.opens(&format!("{page}/package.tar")).await.is(200);
    let mut package = archivist.bytes().to_vec();
    let file = |package: &[u8]| ("package", "a.tar", "application/x-tar", package.to_vec());
    let (field, name, kind, whole) = file(&package);
    archivist.opens("/archive/check").await.uploads("/archive/check", &[], &[(field, name, kind, &whole)]).await.is(200).sees("完整，没有改动");
    let pdf = package.windows(5).position(|window| window == b"%PDF-").expect("a document");
    package[pdf + 20] ^= 1;
    archivist.opens("/archive/check").await.uploads("/archive/check", &[], &[(field, name, kind, &package)]).await.is(422).sees("归档包校验失败：papers/01-grant.pdf");
});

journey!(p2_6_the_sign_of_an_authority_is_found_and_changed_by_its_own_administrator, |site| {
    let mut admin = site.staff("990102", &[Role::SystemAdmin]).await;
    let elsewhere = identity::testing::staff(&site.platform, "990126", &[Role::SystemAdmin]).await;
    admin.opens("/admin").await.clicks("机关代字").await.is(200).sees("按名称生成");
    admin.submits("#find", &[("q", "没有这个机关")]).await.is(200).sees("没有符合的机关");
    admin.opens("/admin/signs?section=made").await.is(200).clicks("修改").await.is(200);
    let form = "#change";
    admin.submits(form, &[("sign", "abc")]).await.is(422).sees("汉字");
    assert_eq!(admin.value(form, "sign"), "abc", "what was typed is still there");
    let org = admin.value(form, "org");
    admin.submits(form, &[("sign", "城北民")]).await.is(303);
    admin.opens("/admin/signs?section=fixed").await.is(200).sees("城北民");
    let mut elsewhere = site.at_desk(elsewhere.id).await;
    elsewhere.opens("/admin/signs").await.is(200).sees_no("城北民").opens(&format!("/admin/signs?org={org}")).await.is(404);
    let csrf = elsewhere.opens("/admin/signs").await.value("/settings/view", "csrf");
    elsewhere.posts("/admin/signs", "application/x-www-form-urlencoded", format!("csrf={csrf}&org={org}&sign=%E5%9F%8E").into_bytes()).await.is(404);
});
