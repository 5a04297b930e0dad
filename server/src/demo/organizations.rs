//! The demo's social organisations: of every kind and state, with invented names and codes of divisions that do not exist.

use kernel::{Day, Fen, RegionCode, Uscc};
use organizations::{Amendment, Content, Flags, Kind, NewEntry, OrganizationId, Private, Status, register, segments};
use organizations::model::{CertificateRef, Supervision};
use platform::{Ctx, Error, OrgId, Platform, Result};

use super::clock::Put;
use super::{HOME, accounts};

/// How many.
pub(super) const NUMBER: usize = 42;

/// Numbers of those that supervision has something to do with; see `super::supervision`.
pub(super) const INVESTIGATED: usize = 1;
pub(super) const LISTED: usize = 2;
pub(super) const PENALISED: usize = 5;
pub(super) const EVALUATED: usize = 8;
/// A charity beside the foundations; the citizen who can sign in leads it.
pub(super) const CHARITY: usize = 16;

/// Invented words for names: no organisation is called so.
const BRANDS: [&str; 14] = ["示阳", "样泉", "示禾", "样舟", "示岚", "样橙", "示鹭", "样榆", "示汀", "样墨", "示桐", "样溪", "示麦", "样星"];
const ASSOCIATIONS: [(&str, &str); 14] = [
    ("示例摄影家", "05"),
    ("示例软件行业", "11"),
    ("示例钓鱼运动", "06"),
    ("示例茶文化", "05"),
    ("示例养老服务", "04"),
    ("示例小学教师", "02"),
    ("示例口腔医师", "03"),
    ("示例环保志愿者", "07"),
    ("示例律师", "08"),
    ("示例果农", "10"),
    ("示例机器人", "01"),
    ("示例物业管理", "11"),
    ("示例社会工作者", "12"),
    ("示例对外交流", "13"),
];
const SERVICES: [(&str, &str, &str); 7] = [
    ("社会工作", "服务中心", "04"),
    ("养老", "服务中心", "04"),
    ("助残", "服务中心", "04"),
    ("教育", "研究院", "02"),
    ("心理", "服务中心", "03"),
    ("环保", "服务中心", "07"),
    ("艺术", "中心", "05"),
];

/// Who leads those that nobody can sign in for.
const LEADERS: [&str; 5] = ["张测试", "李测试", "王样例", "赵样例", "孙示范"];

/// The status of the organisation with this number: most exist, some have ended.
fn standing(n: usize) -> Status {
    match n % 14 {
        3 => Status::Deregistered,
        7 => Status::Liquidating,
        11 if n > 14 => Status::Revoked,
        12 => Status::Suspended,
        _ => Status::Active,
    }
}

/// Name, kind, kind within the kind and industry.
fn naming(n: usize) -> (String, Kind, &'static str, &'static str) {
    let brand = BRANDS[n % BRANDS.len()];
    match n / 14 {
        0 => {
            let (field, industry) = ASSOCIATIONS[n];
            (format!("杭州市上城区{field}协会"), Kind::Association, "3", industry)
        }
        1 => {
            let (field, form, industry) = SERVICES[n % SERVICES.len()];
            (format!("杭州市上城区{brand}{field}{form}"), Kind::ServiceInstitution, "1", industry)
        }
        _ => (format!("浙江省{brand}公益基金会"), Kind::Foundation, "2", "04"),
    }
}

fn content(n: usize, uscc: &Uscc, authority: &str, legal: &str, today: Day) -> Content {
    let (name, kind, subtype, industry) = naming(n);
    let established = today.plus_days(-400 - 97 * n as i64);
    Content {
        name,
        name_minority: String::new(),
        name_en: String::new(),
        kind,
        subtype: subtype.to_owned(),
        industry: industry.to_owned(),
        status: Status::Active,
        purpose: "演示数据：服务社区，促进交流".to_owned(),
        scope: "演示数据：交流、培训、咨询、公益活动".to_owned(),
        activity_area: if kind == Kind::Foundation { "浙江省" } else { "上城区" }.to_owned(),
        address: format!("杭州市上城区示例路{}号", n + 1),
        legal_representative: legal.to_owned(),
        funds: Fen::yuan(if kind == Kind::Foundation { 2_000_000 } else { 30_000 + 10_000 * n as i64 }),
        authority: authority.to_owned(),
        supervision: if n.is_multiple_of(3) { Supervision::Direct } else { Supervision::Dual },
        supervisor: if n.is_multiple_of(3) { String::new() } else { "上城区示例主管局".to_owned() },
        industry_department: String::new(),
        party_organization: String::new(),
        charity_since: (kind == Kind::Foundation || n == CHARITY).then_some(established),
        established_on: Some(established),
        certificate: Some(CertificateRef {
            no: uscc.to_string(),
            version: 1,
            issued_on: established,
            valid_from: established,
            valid_to: Some(established.plus_years(5).plus_days(-1)),
        }),
        charter_on: Some(established),
        contact: String::new(),
        website: String::new(),
        staff: Some(3 + n as i64 % 20),
        members: (kind == Kind::Association).then_some(50 + 7 * n as i64),
        unit_members: None,
        branches: Vec::new(),
    }
}

/// Takes a segment of codes in, and enters the organisations as a register that is taken over, some with a change after. Returns them by number.
pub(super) async fn enter_all(platform: &Platform, clock: &Put) -> Result<Vec<OrganizationId>> {
    let now = platform.clock().now();
    let ctx = Ctx::system(platform, "demo");
    let county = platform::regions::organisation_by_uscc(ctx.db(), HOME.org).await?.ok_or_else(|| Error::internal("the demo's first bureau"))?;
    let province = platform::regions::organisation_by_uscc(ctx.db(), "11330000YY330000X3").await?.ok_or_else(|| Error::internal("the demo's province"))?;
    segments::receive(&ctx, county.id, "YY700001", "YY700040", "演示赋码〔2026〕1号").await?;
    let unassigned = RegionCode::parse("990102").map_err(Error::internal)?;
    // Taken over when the window of the last reports was open: who had filed, only the register of before would know.
    clock.to(now.plus_days(-80));
    let (_, leader) = accounts::couple(now.day());
    let mut all = Vec::new();
    for n in 0..NUMBER {
        let (_, kind, ..) = naming(n);
        let body = if kind == Kind::Foundation { &province } else { &county };
        let uscc = Uscc::new(kind.prefix(), unassigned, &format!("YY8{n:05}")).ok_or_else(|| Error::internal("a demo code"))?;
        let (legal, number) = if n == CHARITY { (leader.name.as_str(), leader.id_no.clone()) } else { (LEADERS[n % LEADERS.len()], String::new()) };
        let content = content(n, &uscc, &body.name.zh, legal, now.day());
        let id = enter(&Ctx::system(platform, "demo"), n, uscc, content, number, (body.region, body.id)).await?;
        all.push(id);
    }
    clock.to(now);
    Ok(all)
}

async fn enter(ctx: &Ctx, n: usize, uscc: Uscc, content: Content, legal_representative_no: String, (region, authority): (RegionCode, OrgId)) -> Result<OrganizationId> {
    let id: OrganizationId = ctx.id();
    let status = standing(n);
    let entry = NewEntry {
        id,
        uscc: Some(uscc),
        region,
        authority,
        effective_on: content.established_on.unwrap_or(ctx.today()),
        reason: "import".to_owned(),
        flags: Flags { charity: content.charity_since.is_some(), ..Flags::default() },
        private: Some(Private { legal_representative_no, ..Private::default() }),
        content: content.clone(),
    };
    let moved = Content { address: format!("{}二楼", content.address), ..content.clone() };
    let today = ctx.today();
    ctx.db()
        .write(|tx| {
            let (ctx, entry, moved) = (ctx.clone(), entry.clone(), moved.clone());
            async move {
                let id = register::enter(&tx, &ctx, entry).await?;
                if n.is_multiple_of(4) {
                    let amendment = Amendment { content: moved, private: None, uscc: None, effective_on: today, reason: "change.base".to_owned() };
                    register::amend(&tx, &ctx, id, 1, amendment).await?;
                }
                if status != Status::Active {
                    register::set_status(&tx, &ctx, id, status, today, "import").await?;
                }
                Ok::<_, Error>(id)
            }
        })
        .await
}
