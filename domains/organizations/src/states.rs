//! What may become of an organisation: its status and the statuses that may follow.

use crate::model::Status;

impl Status {
    /// Whether it exists as a legal person: from the decision to its end.
    pub fn exists(self) -> bool {
        matches!(self, Self::Active | Self::Suspended | Self::Liquidating)
    }

    /// Whether it was registered and is no more.
    pub fn ended(self) -> bool {
        matches!(self, Self::Deregistered | Self::Withdrawn | Self::Revoked | Self::FraudUndone)
    }

    /// Whether this status may follow directly. An end is an end; a registration by fraud is undone whatever came since, except an end.
    pub fn may_become(self, next: Status) -> bool {
        match self {
            Self::Preparing => matches!(next, Self::Examined | Self::Active),
            Self::Examined => matches!(next, Self::Preparing | Self::Active),
            Self::Active => !matches!(next, Self::Preparing | Self::Examined | Self::Active),
            Self::Suspended => matches!(next, Self::Active | Self::Liquidating) || (next.ended() && next != Self::Deregistered),
            Self::Liquidating => matches!(next, Self::Active) || next.ended(),
            Self::Deregistered | Self::Withdrawn | Self::Revoked | Self::FraudUndone => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_an_end_and_nobody_goes_back_to_before_the_registration() {
        for ended in Status::ALL.into_iter().filter(|status| status.ended()) {
            assert!(Status::ALL.into_iter().all(|next| !ended.may_become(next)), "{ended:?}");
        }
        for standing in Status::ALL.into_iter().filter(|status| status.exists()) {
            assert!(!standing.may_become(Status::Preparing) && !standing.may_become(Status::Examined) && !standing.may_become(standing));
            assert!(standing.may_become(Status::FraudUndone) && standing.may_become(Status::Revoked));
        }
        assert!(!Status::Suspended.may_become(Status::Deregistered), "an order to stop is not left by the applicant's wish");
    }
}
