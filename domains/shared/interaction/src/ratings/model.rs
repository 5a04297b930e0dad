//! What is rated, and how.

use kernel::{Id, Instant, RegionCode, Text};
use platform::{OrgId, PersonId, StaffId};

/// Marker of something that can be rated.
#[derive(Debug)]
pub struct Rateable;
/// Id of something that can be rated.
pub type SubjectId = Id<Rateable>;
/// Marker of a rating.
#[derive(Debug)]
pub struct Rating;
/// Id of a rating.
pub type RatingId = Id<Rating>;

kernel::coded! {
    /// How satisfied somebody was (GB/T 39734). Systems that count the other way round are mapped where they come in.
    Level {
        /// 1
        VerySatisfied = "1", "非常满意", "Very satisfied";
        /// 2
        Satisfied = "2", "满意", "Satisfied";
        /// 3
        Fair = "3", "基本满意", "Fairly satisfied";
        /// 4
        Dissatisfied = "4", "不满意", "Dissatisfied";
        /// 5
        VeryDissatisfied = "5", "非常不满意", "Very dissatisfied";
    }
}

impl Level {
    /// 1 for the best to 5 for the worst, as stored.
    pub fn number(self) -> i64 {
        self as i64 + 1
    }

    /// The level of a stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number.checked_sub(1)?).ok()?).copied()
    }

    /// 差评: somebody has to follow it up.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

kernel::coded! {
    /// What was good or bad (GB/T 39735: indicators online and at a counter).
    Tag {
        /// 办事效率
        Speed = "speed", "办事效率", "Speed";
        /// 指南精确度
        Guide = "guide", "办事指南准确", "Accuracy of the guide";
        /// 便捷度
        Ease = "ease", "办理便捷", "Convenience";
        /// 平台操作性
        Site = "site", "平台好用", "Ease of the site";
        /// 业务水平
        Skill = "skill", "业务水平", "Competence";
        /// 服务态度
        Attitude = "attitude", "服务态度", "Courtesy";
        /// 一次性告知
        Told = "told", "一次性告知", "Told everything at once";
        /// 收费
        Fees = "fees", "收费规范", "Fees";
        /// 等候
        Waiting = "waiting", "等候时间", "Waiting time";
        /// 环境
        Place = "place", "大厅环境", "The hall";
    }
}

kernel::coded! {
    /// By which way a rating came (GB/T 39046, table 9).
    Channel {
        /// 电脑端
        Web = "web", "电脑端", "website";
        /// 移动端
        Mobile = "mobile", "移动端", "mobile";
        /// 大厅平板
        Tablet = "tablet", "大厅平板", "tablet in the hall";
        /// 大厅其他
        Hall = "hall", "大厅其他", "otherwise in the hall";
        /// 电话
        Phone = "phone", "电话", "telephone";
        /// 短信
        Sms = "sms", "短信", "text message";
    }
}

/// Something finished that can be rated, as the service that finished it tells it.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Kind of thing (`case`).
    pub kind: &'static str,
    /// Its id within the kind.
    pub id: String,
    /// Service point within it; the same thing can be rated once at each.
    pub point: &'static str,
    /// Number that people know.
    pub number: String,
    /// Basic code (基本编码) of the item.
    pub item: String,
    /// Name of the item; the page shows it, messages never do.
    pub item_name: Text,
    /// Organisation that answers for it.
    pub org: OrgId,
    /// Region of the office.
    pub region: RegionCode,
    /// Public code of the office.
    pub office: String,
    /// Name of the office.
    pub office_name: Text,
    /// Who served.
    pub staff: Option<StaffId>,
    /// The applicants.
    pub applicants: Vec<PersonId>,
    /// Who acted for them.
    pub agent: Option<PersonId>,
    /// Where the invitation goes; the number of an applicant's account where none is given.
    pub phone: Option<String>,
    /// When it was finished.
    pub finished_at: Instant,
}
