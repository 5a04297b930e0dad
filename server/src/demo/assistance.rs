//! The demo's applications for the two allowances of disabled people, each left at another step: made online by citizens, handled by the desk.

use casework::ops::{self, Act, Attach, Save, Saved, Submit};
use casework::{Answers, CaseId, CorrectionItem, Fault, Owner, Party};
use kernel::{Day, Instant, RegionCode};
use platform::{Actor, Ctx, Error, Platform, RequestMeta, Result, Role, StaffActor};

use super::accounts::{self, Team};
use super::clock::Put;
use super::people::couple;
use super::post::Captured;
use super::registrations::working_days_before;
use super::{HOME, pictures};

/// Basic code of the item.
pub(super) const ITEM: &str = "000511007001";
/// The first of the invented couples that apply; see `super::people`.
const FIRST: usize = 470;

/// How far an application is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Until {
    /// Saved, not submitted.
    Draft,
    /// Submitted.
    Submitted,
    /// Papers received.
    Received,
    /// Told what is missing.
    Correcting,
    /// Accepted.
    Accepted,
    /// Under examination.
    Examining,
    /// Reviewed, to be decided.
    Deciding,
    /// Granted and delivered.
    Finished,
}

/// The steps of the applications, in the order of their people; the first two are the citizens who can sign in.
const STORIES: [Until; 10] = [
    Until::Correcting,
    Until::Draft,
    Until::Submitted,
    Until::Submitted,
    Until::Received,
    Until::Accepted,
    Until::Examining,
    Until::Examining,
    Until::Deciding,
    Until::Finished,
];

/// The members of staff who handle assistance.
struct Desk<'a> {
    platform: &'a Platform,
    clock: &'a Put,
    clerk: StaffActor,
    examiner: StaffActor,
    reviewer: StaffActor,
    approver: StaffActor,
    /// Three working days before today.
    days: Vec<Day>,
}

/// Opens accounts for those who apply, and takes their applications as far as they are to go.
pub(crate) async fn apply_all(platform: &Platform, clock: &Put, post: &Captured, team: &Team, citizens: [Actor; 2]) -> Result<()> {
    let now = platform.clock().now();
    let system = Ctx::system(platform, "demo");
    let home = RegionCode::parse(HOME.region).map_err(Error::internal)?;
    let item = catalog::ops::nearest(&system, &home, ITEM).await?.code;
    let desk = Desk {
        platform,
        clock,
        clerk: team.registrar.clone(),
        examiner: accounts::colleague(&system, "examiner1", "许审查", &[Role::Precheck, Role::Examiner]).await?,
        reviewer: accounts::colleague(&system, "reviewer1", "傅审核", &[Role::Reviewer]).await?,
        approver: accounts::colleague(&system, "approver1", "沈决定", &[Role::Approver]).await?,
        days: working_days_before(now.day(), 3),
    };
    let mut people = citizens.to_vec();
    for n in 0..STORIES.len().div_ceil(2) - 1 {
        let (he, she) = couple(FIRST + n, now.day());
        for one in [&he, &she] {
            people.push(accounts::open_account(&system, post, team, one).await?);
        }
    }
    for (n, (actor, until)) in people.into_iter().zip(STORIES).enumerate() {
        desk.live(&item, n, actor, until).await?;
    }
    clock.to(now);
    Ok(())
}

impl Desk<'_> {
    fn at(&self, day: usize, minute: u16, actor: Actor, channel: u8) -> Ctx {
        self.clock.to(Instant::at(self.days[day], minute));
        self.platform.ctx(actor, RequestMeta { request_id: "demo".to_owned(), channel, ..RequestMeta::default() })
    }

    async fn moves(&self, day: usize, minute: u16, staff: &StaffActor, case: CaseId, act: Act) -> Result<()> {
        let ctx = self.at(day, minute, Actor::Staff(staff.clone()), 2);
        let seen = casework::head(ctx.db(), case).await?.version;
        ops::act(&ctx, case, Act { seen, ..act }).await.map(drop)
    }

    async fn live(&self, item: &str, n: usize, actor: Actor, until: Until) -> Result<()> {
        let minute = 9 * 60 + u16::try_from(n).unwrap_or_default() * 7;
        let ctx = self.at(0, minute, actor.clone(), 1);
        let offered = ops::offered(&ctx, item, &Party::Own).await?;
        let mut answers = answers(n);
        answers.extend(offered.answers.into_iter().map(|held| (held.key, held.value)));
        let save = Save { impl_code: item.to_owned(), seen: 0, answers, party: Party::Own };
        let Saved::Draft(draft) = ops::save(&ctx, save).await? else { return Err(Error::internal("nobody else saves")) };
        if until == Until::Draft {
            return Ok(());
        }
        let file = Attach { to: Owner::Draft(draft.id), key: "bank_card".to_owned(), file_name: "社保卡.png".to_owned(), bytes: pictures::signed_page() };
        ops::attach(&ctx, file).await?;
        let case = ops::submit(&ctx, Submit { draft: draft.id, seen: draft.version, pledge: false }).await?.case;
        if until == Until::Submitted {
            return Ok(());
        }
        self.moves(0, minute + 120, &self.clerk, case, Act::new("receive", 0)).await?;
        if until == Until::Received {
            return Ok(());
        }
        if until == Until::Correcting {
            let wrong = "照片上的账号看不清".to_owned();
            let item = CorrectionItem { key: "bank_card".to_owned(), fault: Fault::Defective, wrong, mend: "请重新拍一张，账号要完整、清楚".to_owned(), supplied_at: None };
            return self.moves(1, minute, &self.clerk, case, Act { corrections: vec![item], ..Act::new("correct", 0) }).await;
        }
        self.moves(1, minute, &self.clerk, case, Act::new("accept", 0)).await?;
        if until == Until::Accepted {
            return Ok(());
        }
        self.decided(case, minute, until).await
    }

    async fn decided(&self, case: CaseId, minute: u16, until: Until) -> Result<()> {
        let opinion = |verb: &str, words: &str| Act { opinion: words.to_owned(), ..Act::new(verb, 0) };
        self.moves(1, minute + 60, &self.examiner, case, Act::new("take", 0)).await?;
        if until == Until::Examining {
            return Ok(());
        }
        self.moves(2, minute, &self.examiner, case, opinion("propose", "残疾证在有效期内，家庭情况属实，建议准予。")).await?;
        self.moves(2, minute + 60, &self.reviewer, case, opinion("agree", "同意审查意见。")).await?;
        if until == Until::Deciding {
            return Ok(());
        }
        self.moves(2, minute + 120, &self.approver, case, opinion("approve", "符合条件，准予。")).await?;
        let receiver = ops::Receiver { name: "本人".to_owned(), relation: String::new(), way: catalog::model::Delivery::Counter };
        self.moves(2, minute + 150, &self.clerk, case, Act { receiver: Some(receiver), ..Act::new("deliver", 0) }).await
    }
}

/// What the `n`-th applicant answers beside what is known of him.
pub(super) fn answers(n: usize) -> Answers {
    let allowance = ["living", "care", "both"][n % 3];
    let account = format!("62309901{:08}", n * 7919 + 10_000_000);
    let all = [
        ("allowance", allowance),
        ("payee", "self"),
        ("home", "清波街道劳动路1号"),
        ("standing", "minimum"),
        ("carer", "family"),
        ("injury", "no"),
        ("bank", "示范农村商业银行"),
        ("account_no", account.as_str()),
    ];
    all.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}
