//! Who acts: a citizen, a member of staff, a program, a job, or nobody known.

use kernel::{Id, Instant, RegionCode};

/// Marker of a citizen's account.
#[derive(Debug)]
pub struct Account;
/// Marker of a natural person, whatever accounts he has.
#[derive(Debug)]
pub struct Person;
/// Marker of a member of staff.
#[derive(Debug)]
pub struct Staff;
/// Marker of an organisation that runs this instance or a part of it.
#[derive(Debug)]
pub struct Org;
/// Marker of a bearer token.
#[derive(Debug)]
pub struct Token;

/// Id of a citizen's account.
pub type AccountId = Id<Account>;
/// Id of a natural person.
pub type PersonId = Id<Person>;
/// Id of a member of staff.
pub type StaffId = Id<Staff>;
/// Id of an organisation.
pub type OrgId = Id<Org>;
/// Id of a bearer token.
pub type TokenId = Id<Token>;

/// What a member of staff may be (OVP P8.2, MFA Z.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 系统管理员: offices, calendars, outbox, backups; no business data.
    SystemAdmin,
    /// 安全管理员: staff, roles, tokens; no business data.
    SecurityAdmin,
    /// 审计管理员: reads the audit trail.
    AuditAdmin,
    /// 窗口受理: books for callers, opens cases, prints.
    Clerk,
    /// 登记员: accepts, examines and registers.
    Registrar,
    /// 审核.
    Reviewer,
    /// 审批.
    Approver,
    /// 事项编制.
    ItemEditor,
    /// 事项审核.
    ItemReviewer,
    /// 事项发布.
    ItemPublisher,
    /// 监察.
    Supervisor,
    /// 档案.
    Archivist,
    /// 好差评处理: follows up bad ratings.
    RatingHandler,
    /// 咨询导办: takes questions and complaints in, for callers too, and sends them to the unit that answers.
    Dispatcher,
    /// 投诉承办: answers for its unit.
    ComplaintHandler,
    /// 单位负责人: extends, appeals, is told of what is overdue.
    Head,
    /// 预审: looks at papers before they are accepted.
    Precheck,
    /// 审查: examines a case against the rules.
    Examiner,
    /// 现场核查: looks at the place.
    Inspector,
    /// 制证: makes certificates.
    Maker,
    /// 签章: seals them.
    Sealer,
    /// 送达: hands them over.
    Deliverer,
    /// 收费.
    Cashier,
    /// 统计: reads figures, no cases.
    Statistician,
    /// 只读领导: reads, changes nothing.
    Leader,
    /// 其他实例: another instance of this program, which asks our registers. Only programs hold it.
    Partner,
}

impl Role {
    /// Every role, in the order in which pages list them.
    pub const ALL: [Self; 26] = [
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
        Self::Clerk,
        Self::Registrar,
        Self::Reviewer,
        Self::Approver,
        Self::ItemEditor,
        Self::ItemReviewer,
        Self::ItemPublisher,
        Self::Supervisor,
        Self::Archivist,
        Self::RatingHandler,
        Self::Dispatcher,
        Self::ComplaintHandler,
        Self::Head,
        Self::Precheck,
        Self::Examiner,
        Self::Inspector,
        Self::Maker,
        Self::Sealer,
        Self::Deliverer,
        Self::Cashier,
        Self::Statistician,
        Self::Leader,
        Self::Partner,
    ];

    /// The code under which the role is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
            Self::AuditAdmin => "audit_admin",
            Self::Clerk => "clerk",
            Self::Registrar => "registrar",
            Self::Reviewer => "reviewer",
            Self::Approver => "approver",
            Self::ItemEditor => "item_editor",
            Self::ItemReviewer => "item_reviewer",
            Self::ItemPublisher => "item_publisher",
            Self::Supervisor => "supervisor",
            Self::Archivist => "archivist",
            Self::Precheck => "precheck",
            Self::Examiner => "examiner",
            Self::Inspector => "inspector",
            Self::Maker => "maker",
            Self::Sealer => "sealer",
            Self::Deliverer => "deliverer",
            Self::Cashier => "cashier",
            Self::Statistician => "statistician",
            Self::Leader => "leader",
            Self::Partner => "partner",
            Self::RatingHandler => "rating_handler",
            Self::Dispatcher => "dispatcher",
            Self::ComplaintHandler => "complaint_handler",
            Self::Head => "head",
        }
    }

    /// The role stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The role's name in both languages.
    pub fn name(self) -> kernel::Text {
        let (zh, en) = match self {
            Self::SystemAdmin => ("系统管理员", "System administrator"),
            Self::SecurityAdmin => ("安全管理员", "Security administrator"),
            Self::AuditAdmin => ("审计管理员", "Audit administrator"),
            Self::Clerk => ("窗口受理", "Counter clerk"),
            Self::Registrar => ("婚姻登记员", "Registrar"),
            Self::Reviewer => ("审核", "Reviewer"),
            Self::Approver => ("审批", "Approver"),
            Self::ItemEditor => ("事项编制", "Item editor"),
            Self::ItemReviewer => ("事项审核", "Item reviewer"),
            Self::ItemPublisher => ("事项发布", "Item publisher"),
            Self::Supervisor => ("监察", "Supervisor"),
            Self::Archivist => ("档案管理", "Archivist"),
            Self::Precheck => ("预审", "Pre-check"),
            Self::Examiner => ("审查", "Examiner"),
            Self::Inspector => ("现场核查", "Inspector"),
            Self::Maker => ("制证", "Certificate maker"),
            Self::Sealer => ("签章", "Sealer"),
            Self::Deliverer => ("送达", "Delivery"),
            Self::Cashier => ("收费", "Cashier"),
            Self::Statistician => ("统计", "Statistics"),
            Self::Leader => ("只读领导", "Leader (reads only)"),
            Self::Partner => ("联网核对的其他实例", "Another instance that asks our registers"),
            Self::RatingHandler => ("好差评处理", "Rating follow-up"),
            Self::Dispatcher => ("咨询导办", "Intake of questions and complaints"),
            Self::ComplaintHandler => ("投诉承办", "Complaint handler"),
            Self::Head => ("单位负责人", "Head of unit"),
        };
        kernel::Text::new(zh, en)
    }
}

/// A role held within a region and everything below it, for one organisation or all, for one item or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What the holder may be.
    pub role: Role,
    /// Only for this organisation; all of the region's if absent.
    pub org: Option<OrgId>,
    /// Root of the region subtree.
    pub region: RegionCode,
    /// Only for items whose basic code (基本编码, 12 characters) is this; all if absent.
    pub item: Option<String>,
    /// The grant ends at this moment.
    pub until: Option<Instant>,
}

/// A signed-in citizen.
#[derive(Debug, Clone)]
pub struct CitizenActor {
    /// The account that signed in.
    pub account: AccountId,
    /// The person behind it, once the real-name step is done.
    pub person: Option<PersonId>,
    /// Level of assurance, 1–3 (OVP P8.1).
    pub level: u8,
}

/// A signed-in member of staff.
#[derive(Debug, Clone)]
pub struct StaffActor {
    /// Who.
    pub id: StaffId,
    /// The name that the audit trail and the desk show.
    pub name: String,
    /// Where he works.
    pub org: OrgId,
    /// The region of that organisation.
    pub region: RegionCode,
    /// What he may do.
    pub grants: Vec<Grant>,
    /// The personal token through which a program acts as him; absent when he is signed in himself.
    pub token: Option<TokenId>,
}

/// A program with a bearer token.
#[derive(Debug, Clone)]
pub struct ProgramActor {
    /// The token.
    pub token: TokenId,
    /// The name that the administrator gave it.
    pub name: String,
    /// What it may do, in the same terms as staff.
    pub grants: Vec<Grant>,
    /// The citizen for whom a personal token acts.
    pub citizen: Option<CitizenActor>,
}

/// Who acts.
#[derive(Debug, Clone)]
pub enum Actor {
    /// A visitor who is not signed in.
    Anonymous,
    /// A citizen.
    Citizen(CitizenActor),
    /// A member of staff.
    Staff(StaffActor),
    /// A program.
    Program(ProgramActor),
    /// The program itself, in a job or on its command line.
    System {
        /// Name of the job or subcommand.
        job: &'static str,
    },
}

impl Actor {
    /// The kind as stored in the audit trail.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Citizen(_) => "citizen",
            Self::Staff(_) => "staff",
            Self::Program(_) => "program",
            Self::System { .. } => "system",
        }
    }

    /// The id or name as stored in the audit trail.
    pub fn key(&self) -> String {
        match self {
            Self::Anonymous => String::new(),
            Self::Citizen(citizen) => citizen.account.to_string(),
            Self::Staff(staff) => staff.id.to_string(),
            Self::Program(program) => program.token.to_string(),
            Self::System { job } => (*job).to_owned(),
        }
    }

    /// The citizen who acts, directly or through a personal token.
    pub fn citizen(&self) -> Option<&CitizenActor> {
        match self {
            Self::Citizen(citizen) => Some(citizen),
            Self::Program(program) => program.citizen.as_ref(),
            Self::Anonymous | Self::Staff(_) | Self::System { .. } => None,
        }
    }

    /// The member of staff who acts.
    pub fn staff(&self) -> Option<&StaffActor> {
        match self {
            Self::Staff(staff) => Some(staff),
            _ => None,
        }
    }

    /// The grants that count; none for citizens and visitors.
    pub fn grants(&self) -> &[Grant] {
        match self {
            Self::Staff(staff) => &staff.grants,
            Self::Program(program) => &program.grants,
            Self::Anonymous | Self::Citizen(_) | Self::System { .. } => &[],
        }
    }
}
