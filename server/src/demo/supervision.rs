//! What is supervised in the demo: a listing, a penalty under investigation and one that was decided and served, an evaluation, a
//! qualification for public fundraising, an illegal organisation; made through the operations themselves, with invented names.

use kernel::Instant;
use organizations::OrganizationId;
use organizations::supervision::{self, Input, Kind, PaperKind, ProceedingId};
use platform::{Actor, Ctx, Error, Platform, RequestMeta, Result, Role, StaffActor};

use super::accounts::colleague;
use super::clock::Put;
use super::{HOME, organizations as register};

/// Who supervises, and where the demo stands.
struct Desk<'a> {
    platform: &'a Platform,
    clock: &'a Put,
    now: Instant,
    clerk: StaffActor,
    reviewer: StaffActor,
    approver: StaffActor,
    inspectors: [StaffActor; 2],
}

/// Adds those who supervise, and lets them work for two months.
pub(super) async fn open_all(platform: &Platform, clock: &Put, all: &[OrganizationId]) -> Result<()> {
    let ctx = Ctx::system(platform, "demo");
    let add = async |username: &str, name: &str, roles: &[Role]| colleague(&ctx, username, name, roles).await;
    let desk = Desk {
        platform,
        clock,
        now: platform.clock().now(),
        clerk: add("society1", "汪社管", &[Role::Clerk, Role::Examiner]).await?,
        reviewer: add("society2", "俞法审", &[Role::Reviewer, Role::Head]).await?,
        approver: add("society3", "韩审批", &[Role::Approver]).await?,
        inspectors: [add("inspector1", "金执法", &[Role::Inspector]).await?, add("inspector2", "钱执法", &[Role::Inspector]).await?],
    };
    let of = |n: usize| all.get(n).copied().ok_or_else(|| Error::internal("an organisation of the demo"));
    desk.listed(of(register::LISTED)?).await?;
    desk.illegal().await?;
    desk.decided(of(register::PENALISED)?).await?;
    desk.evaluated(of(register::EVALUATED)?).await?;
    desk.qualified(of(register::CHARITY)?).await?;
    desk.filed(of(register::INVESTIGATED)?, 9).await?;
    clock.to(desk.now);
    Ok(())
}

fn input(fields: &[(&str, &str)]) -> Input {
    fields.iter().fold(Input::default(), |input, (name, value)| input.with(name, value))
}

impl Desk<'_> {
    /// Somebody at his desk, so many days ago.
    fn at(&self, ago: i64, staff: &StaffActor) -> Ctx {
        self.clock.to(self.now.plus_days(-ago));
        self.platform.ctx(Actor::Staff(staff.clone()), RequestMeta { request_id: "demo".to_owned(), channel: 2, ..RequestMeta::default() })
    }

    async fn opens(&self, ago: i64, staff: &StaffActor, kind: Kind, about: Option<OrganizationId>, fields: &[(&str, &str)]) -> Result<ProceedingId> {
        Ok(supervision::open(&self.at(ago, staff), kind, about, &input(fields)).await?.id)
    }

    async fn sends(&self, ago: i64, staff: &StaffActor, id: ProceedingId, act: &str, input: Input) -> Result<()> {
        let ctx = self.at(ago, staff);
        let seen = supervision::view(&ctx, id).await?.version;
        supervision::act(&ctx, id, seen, act, &input.with("sure", "yes")).await.map(drop)
    }

    async fn does(&self, ago: i64, staff: &StaffActor, id: ProceedingId, act: &str, fields: &[(&str, &str)]) -> Result<()> {
        self.sends(ago, staff, id, act, input(fields)).await
    }

    /// On the list of abnormal activity.
    async fn listed(&self, about: OrganizationId) -> Result<()> {
        let why = [("reason", "unreachable"), ("facts", "按登记住所两次寄送专用信函，均无人签收（演示数据）")];
        let id = self.opens(60, &self.clerk, Kind::Listing, Some(about), &why).await?;
        self.does(58, &self.clerk, id, "notice", &[]).await?;
        self.does(50, &self.clerk, id, "statement", &[("statement", "办公场所正在搬迁，将尽快办理住所变更登记。")]).await?;
        self.does(49, &self.approver, id, "list", &[]).await
    }

    /// A case that two inspectors look into since a day.
    async fn filed(&self, about: OrganizationId, ago: i64) -> Result<ProceedingId> {
        let id = self.opens(ago + 1, &self.clerk, Kind::Penalty, Some(about), &[("clue", "群众反映该组织超出业务范围收取培训费（演示数据）")]).await?;
        let officers = self.inspectors.iter().fold(Input::default(), |input, one| input.with("officers", one.id));
        self.sends(ago, &self.reviewer, id, "file", officers).await?;
        Ok(id)
    }

    /// Decided, with the notice left at the place and the decision handed over.
    async fn decided(&self, about: OrganizationId) -> Result<()> {
        let id = self.filed(about, 39).await?;
        let found = [
            ("facts", "超出章程规定的业务范围收取培训费（演示数据）"),
            ("evidence", "收据存根、询问笔录、银行流水"),
            ("basis", "《社会团体登记管理条例》第三十条"),
            ("kinds", "7"),
            ("gain", "8000"),
            ("fine", "24000"),
        ];
        self.does(30, &self.inspectors[0], id, "findings", &found).await?;
        self.does(28, &self.reviewer, id, "pass", &[]).await?;
        let notice = supervision::view(&self.at(28, &self.clerk), id).await?.papers.into_iter().find(|paper| paper.kind == PaperKind::PenaltyNotice);
        let notice = notice.ok_or_else(|| Error::internal("a notice of the demo"))?.id.to_string();
        let left = [
            ("paper", notice.as_str()),
            ("way", "left"),
            ("receiver", "李示例"),
            ("relation", "办公室主任"),
            ("place", "该组织登记住所"),
            ("time", "10:20"),
            ("servers", "金执法、钱执法"),
            ("witness", "社区居民委员会 吴见证"),
        ];
        self.does(27, &self.inspectors[0], id, "deliver", &left).await?;
        self.does(26, &self.clerk, id, "statement", &[("statement", "对事实没有异议，已停止收费并开始退款。")]).await?;
        self.does(25, &self.approver, id, "decide", &[]).await?;
        let handed = [("way", "direct"), ("receiver", "孙示范"), ("relation", "法定代表人"), ("place", "本机关会议室"), ("time", "14:30")];
        self.does(24, &self.clerk, id, "serve", &handed).await
    }

    /// A report of last year, then a level.
    async fn evaluated(&self, about: OrganizationId) -> Result<()> {
        const AGO: i64 = 30;
        let year = (self.now.plus_days(-AGO).day().year() - 1).to_string();
        let report = [("year", year.as_str()), ("activities", "举办志愿活动24场（演示数据）"), ("income", "320000"), ("cost", "298000"), ("assets", "86000"), ("staff", "9")];
        let filed = self.opens(AGO, &self.clerk, Kind::Annual, Some(about), &report).await?;
        self.does(AGO, &self.reviewer, filed, "agree", &[]).await?;
        self.does(AGO, &self.approver, filed, "conclude", &[("result", "1"), ("facts", "内容完整，符合规定")]).await?;
        let id = self.opens(AGO, &self.clerk, Kind::Evaluation, Some(about), &[]).await?;
        self.does(20, &self.clerk, id, "rate", &[("score", "912"), ("level", "4"), ("opinion", "制度健全，活动规范。")]).await?;
        self.does(15, &self.approver, id, "approve", &[]).await
    }

    /// May raise funds in public.
    async fn qualified(&self, about: OrganizationId) -> Result<()> {
        let council = [("council", "9"), ("related", "2"), ("abroad", "0"), ("mainland", "yes"), ("full_time", "yes"), ("supervisors", "3")];
        let id = self.opens(18, &self.clerk, Kind::Fundraising, Some(about), &council).await?;
        self.does(12, &self.approver, id, "grant", &[]).await
    }

    /// An illegal organisation that is published.
    async fn illegal(&self) -> Result<()> {
        let known = [("name", "杭州示例养生文化促进会"), ("kind", "unregistered"), ("region", HOME.region), ("clue", "以协会名义招收会员、收取会费（演示数据）")];
        let id = self.opens(46, &self.clerk, Kind::Illegal, None, &known).await?;
        self.does(45, &self.inspectors[0], id, "investigate", &[]).await?;
        self.does(42, &self.approver, id, "decide", &[("disposition", "ban"), ("facts", "未经登记，擅自以社会团体名义开展活动（演示数据）")]).await?;
        self.does(41, &self.approver, id, "publish", &[]).await
    }
}
