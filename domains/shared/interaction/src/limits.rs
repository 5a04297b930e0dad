//! Limits with their sources: rows of a table, the nearest region's first.

use std::collections::BTreeMap;

use kernel::calendar::Roll;
use kernel::{Period, RegionCode};
use platform::{Error, Result};
use ::store::Db;

use crate::store;

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident => $code:literal;)+) => {
        /// A limit. What it is, stands in the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Limit {
            $($(#[$doc])* $name,)+
        }

        impl Limit {
            /// All of them.
            pub const ALL: &[Limit] = &[$(Self::$name),+];

            /// Its name in the table.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

limits! {
    /// How long a rating may be changed (P3-1).
    RatingChange => "rating.change";
    /// How long a rating counts after the matter was finished (P3-8).
    RatingWindow => "rating.window";
    /// The level that a matter without a rating is counted as; 0 for none (P3-8).
    RatingUnrated => "rating.unrated_level";
    /// Longest text of a rating (P3-3).
    RatingWords => "rating.words";
    /// Invitations at most (P3-12).
    RatingInvites => "rating.invites";
    /// Days until the second invitation (P3-12).
    RatingRemind => "rating.remind";
    /// First contact after a bad rating (P3-4).
    RatingContact => "rating.contact";
    /// Mending something simple (P3-4).
    RatingSimple => "rating.simple";
    /// Mending something complicated (P3-4).
    RatingComplex => "rating.complex";
    /// Appeal against a rating (P3-7).
    RatingAppeal => "rating.appeal";
    /// Review of an appeal (P3-7).
    RatingReview => "rating.review";
    /// Working days over the end for a yellow card.
    CardYellow => "card.yellow";
    /// Working days over the end for a red card.
    CardRed => "card.red";
    /// Accepting or refusing (P4-1).
    Accept => "complaint.accept";
    /// The same for petitions (P4-3).
    AcceptPetition => "complaint.accept.petition";
    /// Answer to a question (P4-2).
    Consult => "complaint.consult";
    /// Answer to a question for which there is a stock answer (P4-2).
    Stock => "complaint.stock";
    /// Answer to a suggestion (P4-2).
    Suggest => "complaint.suggest";
    /// Answer to a call for help (P4-2).
    Help => "complaint.help";
    /// Answer to a complaint (P4-2).
    Complain => "complaint.complain";
    /// Answer to a report (P4-2).
    Report => "complaint.report";
    /// Handling of a petition (P4-3).
    Petition => "complaint.petition";
    /// Answer to a request for disclosure (P4-12).
    Disclosure => "complaint.disclosure";
    /// Extension for a suggestion.
    ExtendSuggest => "complaint.extend.suggest";
    /// Extension for a call for help.
    ExtendHelp => "complaint.extend.help";
    /// Extension for a complaint.
    ExtendComplain => "complaint.extend.complain";
    /// Extension for a petition.
    ExtendPetition => "complaint.extend.petition";
    /// Extension for a request for disclosure.
    ExtendDisclosure => "complaint.extend.disclosure";
    /// Asking what a request for disclosure means (P4-12).
    Clarify => "complaint.clarify";
    /// Asking for a review of a petition (P4-3).
    ReviewAsk => "complaint.review.ask";
    /// Deciding on it (P4-3).
    ReviewDecide => "complaint.review.decide";
    /// Signing for or returning what was dispatched (P4-4).
    Sign => "complaint.sign";
    /// How long somebody may say whether he is satisfied.
    Confirm => "complaint.confirm";
    /// Dissatisfied replies until it moves up (P4-8).
    Unsatisfied => "complaint.unsatisfied";
    /// Longest text of a complaint.
    Words => "complaint.words";
    /// Shortest reply (P4-9).
    Reply => "complaint.reply";
    /// Share of replies drawn for the quality check, in percent (P4-9).
    Sample => "complaint.sample";
    /// Likeness above which two texts are one complaint, in percent (P4-11).
    Duplicate => "complaint.duplicate";
    /// Days between two that may be one (P4-11).
    DuplicateDays => "complaint.duplicate_days";
    /// Officers who may see who reported (P4-7).
    Officers => "complaint.officers";
}

/// One limit as it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    amount: u32,
    unit: String,
    source: String,
}

/// The limits of a region.
#[derive(Debug, Clone, Default)]
pub struct Limits(BTreeMap<String, Row>);

impl Limits {
    /// Reads the limits that hold in a region.
    ///
    /// # Errors
    /// Those of the database, or a row that cannot be read.
    pub async fn of(db: &Db, region: &RegionCode) -> Result<Limits> {
        let mut limits = Limits::default();
        // The nearest region comes last and wins.
        for row in store::limits::of_region(db, region).await? {
            let amount = u32::try_from(row.amount).map_err(Error::internal)?;
            limits.0.insert(row.kind, Row { amount, unit: row.unit, source: row.source + &row.article });
        }
        Ok(limits)
    }

    fn row(&self, limit: Limit) -> Result<&Row> {
        self.0.get(limit.code()).ok_or_else(|| Error::internal(format!("no row for the limit {}", limit.code())))
    }

    /// A number: days, characters, percent.
    ///
    /// # Errors
    /// [`Error::Internal`] when the row is missing.
    pub fn amount(&self, limit: Limit) -> Result<u32> {
        self.row(limit).map(|row| row.amount)
    }

    /// A period within which somebody must act.
    ///
    /// # Errors
    /// [`Error::Internal`] when the row is missing or is no period.
    pub fn period(&self, limit: Limit) -> Result<Period> {
        let row = self.row(limit)?;
        match row.unit.as_str() {
            "workdays" => Ok(Period::Workdays(row.amount)),
            "days" => Ok(Period::Days(row.amount, Roll::NextWorkday)),
            _ => Err(Error::internal(format!("the limit {} is no period", limit.code()))),
        }
    }

    /// Where it comes from, for the legal basis of an issue.
    pub fn source(&self, limit: Limit) -> String {
        self.0.get(limit.code()).map(|row| row.source.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::store::q;

    ::store::db_test!(every_limit_has_a_row_with_a_source_and_a_nearer_region_wins, |db| async move {
        let p = platform::testing::platform(db);
        platform::testing::regions(&p).await.expect("regions");
        let (county, other) = (RegionCode::parse("990102").expect("a code"), RegionCode::parse("990202").expect("a code"));
        let limits = Limits::of(p.db(), &county).await.expect("read");
        for limit in Limit::ALL {
            assert!(limits.amount(*limit).is_ok() && !limits.source(*limit).is_empty(), "{limit:?}");
        }
        assert_eq!(limits.0.len(), Limit::ALL.len(), "a row that no program knows");
        p.db()
            .write(|tx| async move {
                q("INSERT INTO interaction_limit (kind, region, amount, unit, source, article) VALUES ('rating.contact', '990100', 7, 'workdays', '甲市办法', '')")
                    .exec(&tx)
                    .await
            })
            .await
            .expect("a city's own limit");
        assert_eq!(Limits::of(p.db(), &county).await.expect("read").period(Limit::RatingContact).expect("a period"), Period::Workdays(7));
        assert_eq!(Limits::of(p.db(), &other).await.expect("read").period(Limit::RatingContact).expect("a period"), Period::Workdays(1));
        assert!(limits.period(Limit::Duplicate).is_err());
    });
}
