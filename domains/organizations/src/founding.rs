//! What the laws ask of an organisation that is to be founded: pure rules.

use kernel::{Day, Fen, Issue, Level, RegionCode};

use crate::issues;
use crate::model::Kind;
use crate::registration::registration;

/// Who is asked to register it (D-R6).
#[derive(Debug, Clone)]
pub struct Jurisdiction<'a> {
    /// Division of the authority.
    pub authority: RegionCode,
    /// Its name, and that of the one to which to turn instead.
    pub instead: &'a str,
    /// Division of the unit in charge of its business, where there is one.
    pub supervisor: Option<RegionCode>,
    /// Whether the area in which it acts lies within that of the authority.
    pub area_within: bool,
}

/// Refuses what this authority may not register (D-R6, `E-D07`), on the field `kind`.
///
/// # Errors
/// `E-D07` with the authority to which to turn.
pub fn competent(kind: Kind, asked: &Jurisdiction<'_>) -> Result<(), Issue> {
    let foundation = &registration().foundation;
    let level = asked.authority.level();
    let right = match kind {
        Kind::Association => asked.area_within,
        Kind::ServiceInstitution => asked.supervisor.is_none_or(|supervisor| supervisor.level() == level),
        Kind::Foundation => level <= foundation.min_level || foundation.delegated.contains(&asked.authority),
    };
    if right { Ok(()) } else { Err(issues::not_competent(kind, asked.instead)) }
}

/// Refuses too few members of an association (D-R7, `E-D08`). The number for units counts only where there are no individual members.
///
/// # Errors
/// `E-D08` with both numbers.
pub fn members(individuals: i64, units: i64) -> Result<(), Issue> {
    let least = &registration().members;
    let enough = match (individuals, units) {
        (_, 0) => individuals >= least.individuals,
        (0, _) => units >= least.units,
        _ => individuals.saturating_add(units) >= least.together,
    };
    if enough { Ok(()) } else { Err(issues::too_few_members(individuals, units, &least.source)) }
}

/// Refuses too small funds (D-R7, `E-D09`). Service institutions have no number in the law.
///
/// # Errors
/// `E-D09` with the least.
pub fn funds(kind: Kind, subtype: &str, level: Level, funds: Fen) -> Result<(), Issue> {
    let national = level == Level::Nation;
    let least = registration().funds.iter().find(|least| {
        least.kind == kind && least.subtype.as_deref().is_none_or(|only| only == subtype) && least.national.is_none_or(|only| only == national)
    });
    match least {
        Some(least) if funds < least.least() => Err(issues::too_little_funds(kind, subtype, least.yuan, &least.source)),
        _ => Ok(()),
    }
}

/// Refuses a legal representative who has such a post already (D-R8, `E-D10`): in another association for an association, anywhere for a
/// foundation or of a foundation.
///
/// # Errors
/// `E-D10` with the other organisation.
pub fn one_post(kind: Kind, name: &str, posts: &[(Kind, String)]) -> Result<(), Issue> {
    let bars = |other: Kind| match kind {
        Kind::Association => other != Kind::ServiceInstitution,
        Kind::ServiceInstitution => other == Kind::Foundation,
        Kind::Foundation => true,
    };
    posts.iter().find(|(other, _)| bars(*other)).map_or(Ok(()), |(_, organization)| Err(issues::second_post(name, organization)))
}

/// What is known of somebody who is to lead an organisation (D-R9).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Officer {
    /// Deprived of political rights, now or ever.
    pub deprived: bool,
    /// End of a sentence for an intentional crime.
    pub sentence_end: Option<Day>,
    /// The day on which a body that he led was revoked or banned.
    pub led_revoked: Option<Day>,
}

/// Refuses somebody who may not lead an organisation (D-R9, `E-D11`). The bars of time hold for charities.
///
/// # Errors
/// `E-D11` with the reason.
pub fn may_lead(name: &str, officer: Officer, charity: bool, today: Day) -> Result<(), Issue> {
    let bars = &registration().bars;
    if officer.deprived {
        return Err(issues::barred(name, "正在或者曾经受到剥夺政治权利的刑事处罚", "deprived of political rights, now or ever"));
    }
    let within = |day: Option<Day>, years: i32| charity && day.is_some_and(|day| today < day.plus_years(years));
    if within(officer.sentence_end, bars.years_after_crime) {
        return Err(issues::barred(name, "因故意犯罪被判处刑罚，自刑罚执行完毕之日起未逾五年", "sentence for an intentional crime ended less than five years ago"));
    }
    if within(officer.led_revoked, bars.years_after_revocation) {
        return Err(issues::barred(
            name,
            "担任负责人的组织被吊销登记证书或者被取缔，未逾五年",
            "the body that he led was revoked or banned less than five years ago",
        ));
    }
    Ok(())
}

/// Warns of a change that is filed too long after the supervisor's consent (D-R12, `W-D13`): it is accepted, and the reason asked for.
pub fn consent_late(consented: Day, filed: Day) -> Option<Issue> {
    let limit = &registration().consent;
    (filed > consented.plus_days(limit.days)).then(|| issues::consent_late(limit.days, &limit.source))
}

/// What has not been handed back before a cancellation (D-R15, `E-D16`): `answers` says of each thing `returned`, `void` (declared void in
/// public) or anything else.
///
/// # Errors
/// `E-D16` with the things.
pub fn returned<'a>(answer: impl Fn(&str) -> Option<&'a str>) -> Result<(), Issue> {
    let data = &registration().returned;
    let missing: Vec<_> = data.items.iter().filter(|thing| !matches!(answer(&thing.key), Some("returned" | "void"))).collect();
    if missing.is_empty() { Ok(()) } else { Err(issues::not_returned(&missing, &data.source)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(result: Result<T, Issue>) -> String {
        result.err().map_or_else(String::new, |issue| issue.code.to_string())
    }

    fn region(code: &str) -> RegionCode {
        RegionCode::parse(code).expect("a region")
    }

    #[test]
    fn d_r6_a_county_does_not_register_foundations_nor_what_acts_beyond_it() {
        let at = |authority: &str, supervisor: Option<&str>, area_within| Jurisdiction {
            authority: region(authority),
            instead: "测试省民政厅",
            supervisor: supervisor.map(region),
            area_within,
        };
        let refused = competent(Kind::Foundation, &at("990102", None, true)).expect_err("county");
        assert_eq!((refused.code.as_ref(), refused.params["authority"].as_str()), ("E-D07", "测试省民政厅"));
        assert!(competent(Kind::Foundation, &at("990000", None, true)).is_ok());
        assert_eq!(code(competent(Kind::Association, &at("990102", None, false))), "E-D07");
        assert!(competent(Kind::Association, &at("990102", None, true)).is_ok());
        assert_eq!(code(competent(Kind::ServiceInstitution, &at("990102", Some("990000"), true))), "E-D07", "the level of its supervisor");
        assert!(competent(Kind::ServiceInstitution, &at("990102", Some("990102"), true)).is_ok());
    }

    #[test]
    fn d_r7_counts_members_together_unless_there_is_one_sort() {
        let refused = members(15, 30).expect_err("45 together");
        assert_eq!((refused.code.as_ref(), refused.params["a"].as_str(), refused.params["b"].as_str()), ("E-D08", "15", "30"));
        assert!(members(0, 30).is_ok() && members(50, 0).is_ok() && members(20, 30).is_ok());
        assert_eq!(code(members(49, 0)), "E-D08");
        assert_eq!(code(members(0, 29)), "E-D08");
        assert_eq!(code(members(0, 0)), "E-D08");
        assert_eq!(code(members(i64::MAX, i64::MAX)), "");
    }

    #[test]
    fn d_r7_funds_reach_the_least_of_their_kind() {
        let refused = funds(Kind::Association, "1", Level::City, Fen(2_999_999)).expect_err("a fen too little");
        assert_eq!((refused.code.as_ref(), refused.params["min"].as_str()), ("E-D09", "30000"));
        assert!(funds(Kind::Association, "1", Level::City, Fen::yuan(30_000)).is_ok());
        assert_eq!(code(funds(Kind::Association, "1", Level::Nation, Fen::yuan(99_999))), "E-D09");
        assert_eq!(code(funds(Kind::Foundation, "2", Level::Province, Fen::yuan(1_999_999))), "E-D09");
        assert_eq!(code(funds(Kind::Foundation, "1", Level::Province, Fen::yuan(3_999_999))), "E-D09");
        assert!(funds(Kind::ServiceInstitution, "1", Level::County, Fen::yuan(1)).is_ok());
    }

    #[test]
    fn d_r8_one_post_of_legal_representative() {
        let association = [(Kind::Association, "甲市摄影家协会".to_owned())];
        let refused = one_post(Kind::Association, "张测试", &association).expect_err("a second association");
        assert_eq!((refused.code.as_ref(), refused.params["org"].as_str()), ("E-D10", "甲市摄影家协会"));
        assert_eq!(code(one_post(Kind::Foundation, "张测试", &[(Kind::ServiceInstitution, "某中心".to_owned())])), "E-D10");
        assert!(one_post(Kind::ServiceInstitution, "张测试", &association).is_ok());
        assert!(one_post(Kind::Foundation, "张测试", &[]).is_ok());
    }

    #[test]
    fn d_r9_bars_hold_for_ever_or_for_five_years_of_a_charity() {
        let today = Day::ymd(2026, 7, 1);
        assert_eq!(code(may_lead("张测试", Officer { deprived: true, ..Officer::default() }, false, today)), "E-D11");
        let crime = |day| Officer { sentence_end: Some(day), ..Officer::default() };
        assert_eq!(code(may_lead("张测试", crime(Day::ymd(2021, 7, 2)), true, today)), "E-D11");
        assert!(may_lead("张测试", crime(Day::ymd(2021, 7, 1)), true, today).is_ok());
        assert!(may_lead("张测试", crime(Day::ymd(2026, 1, 1)), false, today).is_ok(), "no charity");
        let led = Officer { led_revoked: Some(Day::ymd(2024, 1, 1)), ..Officer::default() };
        assert_eq!(code(may_lead("张测试", led, true, today)), "E-D11");
    }

    #[test]
    fn d_r12_thirty_days_from_the_consent_to_the_filing() {
        let consented = Day::ymd(2026, 3, 10);
        assert_eq!(consent_late(consented, Day::ymd(2026, 4, 9)), None);
        let late = consent_late(consented, Day::ymd(2026, 4, 10)).expect("a day late");
        assert!(late.code == "W-D13" && !late.is_error());
    }

    #[test]
    fn d_r15_names_what_has_not_come_back() {
        let lost = returned(|key| (key != "seals").then_some("void"));
        let issue = lost.expect_err("the seals");
        assert_eq!((issue.code.as_ref(), issue.params["items"].as_str()), ("E-D16", "印章"));
        assert!(returned(|_| Some("returned")).is_ok());
        assert_eq!(returned(|_| None).expect_err("nothing").params["items"], "登记证书正本和副本、印章、财务凭证");
    }
}
