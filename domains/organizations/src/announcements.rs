//! What is announced in public (D-R16): establishments, cancellations, and changes of name, address and legal representative.
//!
//! The announcement is part of the transaction of the decision; the last day that the law leaves for it stands beside.

use kernel::{Calendar, Day, Id, Text};
use platform::{Ctx, Result};
use ::store::Tx;
use serde::{Deserialize, Serialize};

use crate::model::{Content, OrganizationId};
use crate::registration::registration;
use crate::store::announcements as rows;

/// Marker of an announcement.
#[derive(Debug)]
pub struct AnnouncementMark;

/// Announcements on one page.
const PAGE: i64 = 30;

/// What is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 成立.
    Established,
    /// 变更.
    Changed,
    /// 注销.
    Cancelled,
}

impl Kind {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The kind stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Established, Self::Changed, Self::Cancelled].into_iter().find(|kind| kind.code() == code)
    }

    /// The name.
    pub fn name(self) -> Text {
        match self {
            Self::Established => Text::fixed("成立登记", "Established"),
            Self::Changed => Text::fixed("变更登记", "Changed"),
            Self::Cancelled => Text::fixed("注销登记", "Cancelled"),
        }
    }
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is.
    pub what: Text,
    /// Before; empty where nothing was.
    pub before: String,
    /// Now.
    pub now: String,
}

/// An announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// What is announced.
    pub kind: Kind,
    /// Name of the organisation.
    pub name: String,
    /// Its credit code.
    pub uscc: String,
    /// What is said of it.
    pub lines: Vec<Line>,
}

/// An announcement as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// Its id.
    pub id: Id<AnnouncementMark>,
    /// Day of the decision.
    pub decided_on: Day,
    /// Last day for announcing it.
    pub due_on: Day,
    /// Day of the announcement.
    pub announced_on: Day,
    /// What it says.
    pub what: Announcement,
}

/// What of a change is announced: name, address and legal representative (D-R16), and that it is a charity from now on (慈善法 article 10).
pub fn announced(before: &Content, now: &Content) -> Vec<Line> {
    let since = |content: &Content| content.charity_since.map(|day| day.to_string()).unwrap_or_default();
    let (charity_before, charity_now) = (since(before), since(now));
    let parts = [
        (Text::fixed("名称", "Name"), &before.name, &now.name),
        (Text::fixed("住所", "Address"), &before.address, &now.address),
        (Text::fixed("法定代表人", "Legal representative"), &before.legal_representative, &now.legal_representative),
        (Text::fixed("慈善组织，自", "A charity since"), &charity_before, &charity_now),
    ];
    let changed = parts.into_iter().filter(|(_, before, now)| before != now);
    changed.map(|(what, before, now)| Line { what, before: before.clone(), now: now.clone() }).collect()
}

/// The last day for announcing what was decided on a day.
pub fn due(decided_on: Day) -> Day {
    Calendar::builtin().add_working_days(decided_on, u32::from(registration().announcement.working_days)).day
}

/// Announces, in the transaction of the decision.
pub(crate) async fn announce(tx: &Tx, ctx: &Ctx, organization: OrganizationId, what: &Announcement) -> Result<()> {
    rows::insert(tx, ctx, organization, what, due(ctx.today())).await
}

/// What was announced, newest first; `before`: the last one of the page before. The second value is where the next page begins.
///
/// # Errors
/// Those of the database.
pub async fn newest(ctx: &Ctx, before: Option<Id<AnnouncementMark>>) -> Result<(Vec<Announced>, Option<Id<AnnouncementMark>>)> {
    let mut page = rows::newest(ctx.db(), before, PAGE + 1).await?;
    let more = page.len() > PAGE as usize;
    page.truncate(PAGE as usize);
    let next = page.last().filter(|_| more).map(|last| last.id);
    Ok((page, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::content;

    #[test]
    fn d_r16_announces_name_address_and_representative_and_nothing_else() {
        let before = content("甲市城东区阳光社会工作服务中心", crate::Kind::ServiceInstitution);
        let quiet = Content { scope: "其他".into(), ..before.clone() };
        assert_eq!(announced(&before, &quiet), []);
        let loud = Content { address: "甲市城东区和平路2号".into(), legal_representative: "李测试".into(), ..before.clone() };
        let lines = announced(&before, &loud);
        assert_eq!(lines.iter().map(|line| line.what.zh.as_ref()).collect::<Vec<_>>(), ["住所", "法定代表人"]);
        assert_eq!(due(Day::ymd(2026, 7, 1)), Day::ymd(2026, 7, 10));
    }
}
