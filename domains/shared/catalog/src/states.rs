//! The way of a draft and the standing of an item (OVP P1.4). Pure: pages and operations ask the same table.

use kernel::{Day, Text};
use platform::Role;
use serde::{Deserialize, Serialize};

/// Where a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    /// 草稿.
    Draft,
    /// 部门审核.
    DepartmentReview,
    /// 编办、司法审核.
    LegalReview,
    /// 政务管理审核.
    AffairsReview,
}

/// What can be done to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Change what it says.
    Edit,
    /// Send it to review.
    Submit,
    /// Pass it to the next review.
    Pass,
    /// Send it back with an opinion.
    Return,
    /// Put it in force.
    Publish,
}

impl DraftState {
    /// Every state, in the order of the way.
    pub const ALL: [Self; 4] = [Self::Draft, Self::DepartmentReview, Self::LegalReview, Self::AffairsReview];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::DepartmentReview => "department_review",
            Self::LegalReview => "legal_review",
            Self::AffairsReview => "affairs_review",
        }
    }

    /// The state stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The name in both languages.
    pub fn label(self) -> Text {
        match self {
            Self::Draft => Text::new("草稿", "Draft"),
            Self::DepartmentReview => Text::new("部门审核", "Department review"),
            Self::LegalReview => Text::new("编办、司法审核", "Legal review"),
            Self::AffairsReview => Text::new("政务管理审核", "Service management review"),
        }
    }

    /// What can be done in this state, and the role that may.
    pub fn actions(self) -> &'static [(Action, Role)] {
        match self {
            Self::Draft => &[(Action::Edit, Role::ItemEditor), (Action::Submit, Role::ItemEditor)],
            Self::DepartmentReview | Self::LegalReview => &[(Action::Pass, Role::ItemReviewer), (Action::Return, Role::ItemReviewer)],
            Self::AffairsReview => &[(Action::Publish, Role::ItemPublisher), (Action::Return, Role::ItemPublisher)],
        }
    }

    /// The state after `action`: `None` within `Some` is "published, the draft is gone"; `None` is "not from here".
    pub fn after(self, action: Action) -> Option<Option<Self>> {
        self.actions().iter().any(|(allowed, _)| *allowed == action).then_some(match (self, action) {
            (Self::Draft, Action::Submit) => Some(Self::DepartmentReview),
            (Self::DepartmentReview, Action::Pass) => Some(Self::LegalReview),
            (Self::LegalReview, Action::Pass) => Some(Self::AffairsReview),
            (_, Action::Publish) => None,
            (_, Action::Return | Action::Edit | Action::Submit | Action::Pass) => Some(Self::Draft),
        })
    }

    /// The role that `action` needs here.
    pub fn role(self, action: Action) -> Option<Role> {
        self.actions().iter().find(|(allowed, _)| *allowed == action).map(|(_, role)| *role)
    }
}

/// How a published item stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 在用.
    Live,
    /// In force, and the upper level's change is still to be taken over (待更新).
    UpdateDue,
    /// 暂停: by an authority, or because the upper level's change was not taken over in time.
    Suspended,
    /// 取消.
    Cancelled,
    /// Not yet, or no longer, in force.
    OutOfForce,
}

impl Standing {
    /// Whether somebody can book or apply.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Live | Self::UpdateDue)
    }

    /// As stored and filtered by.
    pub fn code(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::UpdateDue => "update_due",
            Self::Suspended => "suspended",
            Self::Cancelled => "cancelled",
            Self::OutOfForce => "out_of_force",
        }
    }

    /// The name for staff.
    pub fn label(self) -> Text {
        match self {
            Self::Live => Text::new("已发布", "Published"),
            Self::UpdateDue => Text::new("待更新", "Update due"),
            Self::Suspended => Text::new("暂停", "Suspended"),
            Self::Cancelled => Text::new("取消", "Cancelled"),
            Self::OutOfForce => Text::new("未生效", "Not in force"),
        }
    }

    /// What a citizen is told in place of a button.
    pub fn public_notice(self) -> Option<Text> {
        match self {
            Self::Live | Self::UpdateDue => None,
            Self::Suspended => Some(Text::new("事项调整中", "Item being updated")),
            Self::Cancelled => Some(Text::new("该事项已取消", "This item no longer exists")),
            Self::OutOfForce => Some(Text::new("该事项尚未实施", "This item is not in force yet")),
        }
    }
}

/// What an authority has set for an item, whatever the dates say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// Nothing.
    On,
    /// 暂停.
    Suspended,
    /// 取消, for good.
    Cancelled,
}

impl Switch {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Suspended => "suspended",
            Self::Cancelled => "cancelled",
        }
    }

    /// The switch stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::On, Self::Suspended, Self::Cancelled].into_iter().find(|switch| switch.code() == code)
    }
}

/// The standing on `today`. Dates are compared here, so that it is right when no job has run.
pub fn standing(switch: Switch, in_force: bool, update_due: bool, suspends_on: Option<Day>, today: Day) -> Standing {
    match switch {
        Switch::Cancelled => Standing::Cancelled,
        Switch::Suspended => Standing::Suspended,
        Switch::On if !in_force => Standing::OutOfForce,
        Switch::On if suspends_on.is_some_and(|day| day <= today) => Standing::Suspended,
        Switch::On if update_due => Standing::UpdateDue,
        Switch::On => Standing::Live,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_draft_state_offers_what_its_table_says_and_nothing_else() {
        for state in DraftState::ALL {
            for action in [Action::Edit, Action::Submit, Action::Pass, Action::Return, Action::Publish] {
                assert_eq!(state.after(action).is_some(), state.role(action).is_some(), "{state:?} {action:?}");
            }
            assert_eq!(DraftState::from_code(state.code()), Some(state));
        }
        assert_eq!(DraftState::AffairsReview.after(Action::Publish), Some(None));
        assert_eq!(DraftState::LegalReview.after(Action::Return), Some(Some(DraftState::Draft)));
    }

    #[test]
    fn an_update_that_is_not_made_suspends_on_its_day_without_a_job() {
        let day = Day::ymd(2026, 9, 1);
        let on = |today| standing(Switch::On, true, true, Some(day), today);
        assert_eq!(on(Day::ymd(2026, 8, 31)), Standing::UpdateDue);
        assert_eq!(on(day), Standing::Suspended);
        assert_eq!(standing(Switch::On, true, true, None, day), Standing::UpdateDue);
        assert_eq!(standing(Switch::Cancelled, true, false, None, day), Standing::Cancelled);
    }
}
