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

    /// Whether this status may follow directly (OVP A1.2). An end is an end; a registration by fraud is undone whatever came since, except an
    /// end.
    ///
    /// Whose registration or certificate supervision has revoked still liquidates, and is struck off when that is over (慈善法 Articles 17 and
    /// 18, 民法典 Article 72). Nothing leads back into existence, not even a penalty that is annulled: what was published of it is withdrawn,
    /// but its name, its post and its certificate have ended with it (P5-4 knows no way back either), and others may have built on that since.
    /// Whoever is to exist again is established anew by the authority that has to give effect to the annulment.
    pub fn may_become(self, next: Status) -> bool {
        match self {
            Self::Preparing => matches!(next, Self::Examined | Self::Active),
            Self::Examined => matches!(next, Self::Preparing | Self::Active),
            Self::Active => !matches!(next, Self::Preparing | Self::Examined | Self::Active),
            Self::Suspended => matches!(next, Self::Active | Self::Liquidating) || (next.ended() && next != Self::Deregistered),
            Self::Liquidating => matches!(next, Self::Active) || next.ended(),
            Self::Withdrawn | Self::Revoked => next == Self::Deregistered,
            Self::Deregistered | Self::FraudUndone => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_an_end_and_nobody_goes_back_to_before_the_registration() {
        for ended in Status::ALL.into_iter().filter(|status| status.ended()) {
            let struck_off = |next| next == Status::Deregistered && matches!(ended, Status::Withdrawn | Status::Revoked);
            assert!(Status::ALL.into_iter().all(|next| ended.may_become(next) == struck_off(next)), "{ended:?}");
        }
        for standing in Status::ALL.into_iter().filter(|status| status.exists()) {
            assert!(!standing.may_become(Status::Preparing) && !standing.may_become(Status::Examined) && !standing.may_become(standing));
            assert!(standing.may_become(Status::FraudUndone) && standing.may_become(Status::Revoked));
        }
        assert!(!Status::Suspended.may_become(Status::Deregistered), "an order to stop is not left by the applicant's wish");
    }
}
