//! The demo's ratings, questions and complaints, and the staff who look after them.

use identity::NewGrant;
use identity::ops::{AddStaff, add_staff};
use ::interaction::complaints::{self, Registration, Reply};
use ::interaction::ratings::{self, Imported, Scale};
use kernel::RegionCode;
use platform::{Actor, Ctx, Error, Grant, Result, Role, StaffActor, regions};

use super::{HOME, PASSWORD};

/// What people say with their ratings.
const SAID: [&str; 4] = ["", "讲得清楚，一次就办好了。", "排队时间比预约的晚了二十分钟。", "工作人员态度很好。"];
/// Of so many couples one rates.
const ONE_IN: usize = 2;

/// Adds those who look after ratings and complaints, and lets them work for a while.
pub(crate) async fn open(ctx: &Ctx, province: RegionCode) -> Result<()> {
    let home = RegionCode::parse(HOME.region).map_err(Error::internal)?;
    let org = regions::organisation_by_uscc(ctx.db(), HOME.org).await?.ok_or_else(|| Error::internal("the demo's body is missing"))?;
    let add = async |username: &str, name: &str, roles: &[Role], region: RegionCode| {
        let grants = roles.iter().map(|role| NewGrant::new(*role, region)).collect();
        let input = AddStaff { username: username.into(), name: name.into(), org: HOME.org.into(), password: PASSWORD.into(), grants, admin: false };
        let id = add_staff(ctx, input).await?.id;
        let grants = roles.iter().map(|role| Grant { role: *role, org: None, region, item: None, until: None }).collect();
        Ok::<_, Error>(ctx.with_actor(Actor::Staff(StaffActor { id, name: name.to_owned(), org: org.id, region: home, grants, token: None })))
    };
    let desk = add("desk1", "何导办", &[Role::Dispatcher, Role::RatingHandler], home).await?;
    let unit = add("handler1", "罗承办", &[Role::ComplaintHandler], home).await?;
    add("head1", "梁负责", &[Role::Head], home).await?;
    add("supervisor1", "宋监察", &[Role::Supervisor], province).await?;
    rate(ctx, &desk).await?;
    hear(&ctx.with_actor(Actor::Anonymous), &desk, &unit, &org).await
}

/// Couples of the last two weeks rate, as another system tells.
async fn rate(ctx: &Ctx, desk: &Ctx) -> Result<()> {
    let office = booking::ops::read::office(ctx, HOME.office).await?;
    let heads = casework::heads_of_office(ctx.db(), &office.id.to_vec(), marriage::SERVICE, ctx.now().plus_days(-30), 200).await?;
    let registered = heads.iter().filter(|head| head.phase == casework::Phase::Finished.code());
    let lines: Vec<Imported> = registered
        .enumerate()
        .filter(|(n, _)| n % ONE_IN == 0)
        .map(|(n, head)| Imported {
            number: head.case_no.clone(),
            // One of twenty-five is not satisfied.
            value: if n == 24 { 2 } else { 5 - i64::from(n % 7 == 0) },
            at: head.opened_at.plus_minutes(90),
            tags: if n == 24 { vec!["waiting".to_owned()] } else { Vec::new() },
            words: SAID[n / ONE_IN % SAID.len()].to_owned(),
            anonymous: false,
            channel: "sms".to_owned(),
        })
        .collect();
    ratings::import(desk, Scale::FiveBest, &lines).await.map(drop)
}

/// People ask and complain: one is answered and published, one is in hand, one has just come in.
async fn hear(visitor: &Ctx, desk: &Ctx, unit: &Ctx, org: &regions::Organisation) -> Result<()> {
    let said = |kind: &str, title: &str, words: &str, n: u32| Registration {
        kind: kind.to_owned(),
        org: org.id.to_string(),
        title: title.to_owned(),
        words: words.to_owned(),
        name: "张测试".to_owned(),
        phone: format!("1990000080{n}"),
        may_publish: true,
        request_key: format!("demo-complaint-{n}"),
        ..Registration::default()
    };
    let asked = complaints::register(visitor, said("consult", "结婚登记要带户口簿吗", "我叫张测试，想下个月办理结婚登记，需要带户口簿吗？我的电话是19900000801。", 1)).await?;
    complaints::accept(desk, asked.id, 1, true).await?;
    let reply = Reply {
        words: "您好，不需要。双方携带本人有效身份证件，现场签署本人无配偶以及与对方没有近亲属关系的声明即可。".to_owned(),
        basis: "婚姻登记条例第八条".to_owned(),
    };
    complaints::reply(desk, asked.id, 2, &reply).await?;
    let draft = complaints::draft(desk, asked.id).await?;
    complaints::publish(desk, asked.id, &draft).await?;
    let late = complaints::register(visitor, said("complain", "预约的时间没有叫号", "预约了上午九点半，到十点二十才叫到号，请说明原因。", 2)).await?;
    complaints::accept(desk, late.id, 1, false).await?;
    let to = complaints::Assignment { unit: org.id.to_string(), ..complaints::Assignment::default() };
    complaints::assign(desk, late.id, 2, &to).await?;
    complaints::sign(unit, late.id, 3).await?;
    complaints::register(visitor, said("suggest", "希望周末也能办理", "我们平时要上班，希望每个月有一个周六开放登记。", 3)).await.map(drop)
}
