//! Who the parties are: the office that is competent for them and the papers that each brings (R-MR-13 … 15).

use kernel::{Day, Issue, Lang, Text};

use super::persons::title;
use super::{Dossier, Finding, Outcome, Party};
use crate::issues;
use crate::model::Side;
use crate::parties::{Ask, Paper, PaperRules, both_from_abroad, of_convention};

/// Which parties the office of a case may register (R-MR-13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competence {
    /// It registers mainland residents.
    pub domestic: bool,
    /// It is designated for parties from abroad.
    pub designated: bool,
    /// The case was opened under the item for parties from abroad.
    pub opened_for_abroad: bool,
    /// Names of offices of the province that are competent, where this one is not.
    pub elsewhere: Vec<Text>,
}

impl Competence {
    /// Whether the office registers such parties at all.
    pub fn covers(&self, from_abroad: bool) -> bool {
        if from_abroad { self.designated } else { self.domestic }
    }
}

/// R-MR-13: the kinds of business of the office cover the kinds of the parties.
pub(super) fn competent(dossier: &Dossier) -> Finding {
    let title = Text::fixed("登记机关", "competent office");
    let competence = &dossier.competence;
    let from_abroad = dossier.parties().filter(|party| party.snapshot.kind.from_abroad()).count();
    if dossier.parties().count() < Side::BOTH.len() && from_abroad == 0 {
        return Finding::new("R-MR-13", title, Outcome::Open, Text::fixed("双方信息尚未录全", "not both entered yet"), None);
    }
    let kinds = |lang| dossier.parties().map(|party| party.snapshot.kind.name().get(lang).to_owned()).collect::<Vec<_>>();
    let found = Text::new(kinds(Lang::Zh).join("、"), kinds(Lang::En).join(", "));
    let fault = if !competence.covers(from_abroad > 0) {
        Some(issues::not_competent(from_abroad > 0, &competence.elsewhere))
    } else if from_abroad == Side::BOTH.len() && !both_from_abroad().value {
        Some(issues::both_from_abroad())
    } else if competence.opened_for_abroad != (from_abroad > 0) {
        Some(issues::opened_under_another_item(from_abroad > 0))
    } else {
        None
    };
    Finding::new("R-MR-13", title, if fault.is_some() { Outcome::Fail } else { Outcome::Pass }, found, fault)
}

/// R-MR-14 and 15: the papers of a party, each as it counts on the day.
pub(super) fn papers(dossier: &Dossier, party: &Party) -> Vec<Finding> {
    party.snapshot.kind.papers().map(|rules| paper(dossier, party, rules)).collect()
}

fn paper(dossier: &Dossier, party: &Party, rules: &'static PaperRules) -> Finding {
    let title = title(party.side, &rules.name.zh, &rules.name.en);
    let shown = party.snapshot.papers.iter().find(|paper| paper.kind == rules.code);
    let finding = |outcome, found, issue| Finding::new(&rules.rule, title.clone(), outcome, found, issue);
    let Some(shown) = shown else {
        let issue = issue(party.side, rules, Ask::Number, &Text::fixed("尚未出示", "not shown yet"));
        return finding(Outcome::Open, Text::fixed("尚未出示", "not shown yet"), Some(issue));
    };
    match fault(rules, shown, dossier.today(), &dossier.convention) {
        None => finding(Outcome::Pass, summary(shown), None),
        Some((ask, why)) => finding(Outcome::Fail, why.clone(), Some(issue(party.side, rules, ask, &why))),
    }
}

fn issue(side: Side, rules: &PaperRules, ask: Ask, why: &Text) -> Issue {
    let field = side.field(&format!("{}_{}", rules.code, ask.field()));
    if rules.rule == "R-MR-15" {
        issues::no_military_paper(field, &rules.name, why)
    } else {
        issues::paper_invalid(field, &rules.name, rules.months.is_some(), why)
    }
}

/// What keeps a paper from counting on a day, and at which of its fields.
fn fault(rules: &PaperRules, paper: &Paper, today: Day, convention: &[String]) -> Option<(Ask, Text)> {
    if let Some(ask) = rules.asks.iter().copied().find(|ask| !paper.answers(*ask)) {
        return Some((ask, missing(ask)));
    }
    let issued_on = paper.issued_on.filter(|_| rules.asks.contains(&Ask::IssuedOn));
    if let Some(day) = issued_on.filter(|day| *day > today) {
        return Some((Ask::IssuedOn, Text::new(format!("出具日期{}尚未到来", day.zh_plain()), format!("issued on {}, which is to come", day.en_plain()))));
    }
    if let (Some(day), Some(months)) = (issued_on, &rules.months)
        && day.plus_months(months.value) < today
    {
        let (until, n) = (day.plus_months(months.value), months.value);
        return Some((
            Ask::IssuedOn,
            Text::new(
                format!("出具满{n}个月，有效期至{}", until.zh_plain()),
                format!("older than {n} months, it counted until {}", until.en_plain()),
            ),
        ));
    }
    if of_convention(&paper.authentication) && !convention.contains(&paper.country) {
        let name = crate::parties::nationality(&paper.country);
        return Some((
            Ask::Authentication,
            Text::new(
                format!("{}不在附加证明书国家名单中，须经领事认证", name.zh),
                format!("{} is not on the list of countries whose Apostille counts: consular authentication is needed", name.en),
            ),
        ));
    }
    None
}

fn missing(ask: Ask) -> Text {
    match ask {
        Ask::Authentication => Text::fixed("未经认证（附加证明书）", "neither authenticated nor with an Apostille"),
        Ask::Translation => Text::fixed("外文材料没有中文译本", "in a foreign language without a Chinese translation"),
        other => {
            let name = other.name();
            Text::new(format!("缺少{}", name.zh), format!("{} is missing", name.en.to_lowercase()))
        }
    }
}

fn summary(paper: &Paper) -> Text {
    match paper.issued_on {
        Some(day) => Text::new(
            format!("{}，{}出具", paper.number, day.zh_plain()),
            format!("{}, issued {}", paper.number, day.en_plain()),
        ),
        None => Text::new(paper.number.clone(), paper.number.clone()),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Instant;

    use super::*;
    use crate::parties::PartyKind;
    use crate::rules::{Stage, blocking, evaluate, sample};

    fn issues_of(dossier: &Dossier) -> Vec<Issue> {
        blocking(&evaluate(dossier), Stage::Accept)
    }

    fn codes(dossier: &Dossier) -> Vec<String> {
        issues_of(dossier).into_iter().map(|issue| issue.code.into_owned()).collect()
    }

    fn shown(kind: &str) -> Paper {
        Paper {
            kind: kind.to_owned(),
            number: "2026-17".to_owned(),
            issuer: "某公证处".to_owned(),
            issued_on: Some(Day::ymd(2026, 3, 2)),
            country: "DEU".to_owned(),
            authentication: "consular".to_owned(),
            translation: "translated".to_owned(),
        }
    }

    /// The sample couple at a designated office, she being of a kind and with all that it brings.
    fn with(kind: PartyKind) -> Dossier {
        let mut dossier = sample::dossier();
        let from_abroad = kind.from_abroad();
        dossier.competence = Competence { domestic: true, designated: true, opened_for_abroad: from_abroad, elsewhere: Vec::new() };
        let her = &mut dossier.b.as_mut().expect("the sample has both").snapshot;
        her.kind = kind;
        her.papers = kind.papers().map(|rules| shown(&rules.code)).collect();
        dossier
    }

    fn paper<'a>(dossier: &'a mut Dossier, kind: &str) -> &'a mut Paper {
        let papers = &mut dossier.b.as_mut().expect("the sample has both").snapshot.papers;
        papers.iter_mut().find(|paper| paper.kind == kind).expect("she brings it")
    }

    #[test]
    fn r_mr_13_an_office_registers_the_parties_for_whom_it_is_competent() {
        for kind in PartyKind::ALL {
            assert_eq!(codes(&with(kind)), Vec::<String>::new(), "{kind:?} at an office that does both");
            let mut elsewhere = with(kind);
            elsewhere.competence.designated = false;
            elsewhere.competence.elsewhere = vec![Text::fixed("甲市民政局婚姻登记处", "Jia City")];
            let found = issues_of(&elsewhere);
            assert_eq!(found.iter().any(|issue| issue.code == "MR-E13"), kind.from_abroad(), "{kind:?} at an office for residents");
            assert!(!kind.from_abroad() || found[0].message.zh.contains("请到甲市民政局婚姻登记处"), "{found:?}");
        }
        let mut designated = with(PartyKind::Mainland);
        designated.competence.domestic = false;
        assert_eq!(codes(&designated), ["MR-E13"], "two residents at an office for parties from abroad only");
    }

    #[test]
    fn r_mr_13_the_case_is_opened_for_the_parties_that_it_has() {
        let mut dossier = with(PartyKind::Foreign);
        dossier.competence.opened_for_abroad = false;
        assert_eq!(codes(&dossier), ["MR-E13"]);
        let mut dossier = with(PartyKind::Foreign);
        dossier.a.as_mut().expect("both").snapshot.kind = PartyKind::Overseas;
        dossier.a.as_mut().expect("both").snapshot.papers = vec![shown("no_spouse")];
        assert_eq!(codes(&dossier), ["MR-E13"], "neither is a resident, which the province does not allow");
    }

    #[test]
    fn r_mr_14_a_proof_counts_for_six_months_from_its_issue() {
        for kind in [PartyKind::Overseas, PartyKind::Foreign] {
            let mut dossier = with(kind);
            paper(&mut dossier, "no_spouse").issued_on = Some(Day::ymd(2025, 11, 20));
            assert!(codes(&dossier).is_empty(), "the last day, 20 May 2026");
            dossier.now = Instant::at(Day::ymd(2026, 5, 21), 0);
            assert_eq!(codes(&dossier), ["MR-E14"], "a day later");
            paper(&mut dossier, "no_spouse").issued_on = Some(Day::ymd(2026, 5, 22));
            assert_eq!(codes(&dossier), ["MR-E14"], "not issued yet");
        }
    }

    #[test]
    fn r_mr_14_a_proof_is_legalised_or_has_an_apostille_of_a_listed_country() {
        let mut dossier = with(PartyKind::Foreign);
        for (way, list, kept) in [
            ("consular", vec![], true),
            ("embassy", vec![], true),
            ("issued_by_embassy", vec![], true),
            ("apostille", vec!["DEU"], true),
            ("apostille", vec!["FRA"], false),
            ("apostille", vec![], false),
            ("", vec!["DEU"], false),
        ] {
            paper(&mut dossier, "no_spouse").authentication = way.to_owned();
            dossier.convention = list.iter().map(|code| (*code).to_owned()).collect();
            assert_eq!(codes(&dossier).is_empty(), kept, "{way} {list:?}");
        }
        let found = issues_of(&dossier);
        assert_eq!(found[0].field.as_deref(), Some("b_no_spouse_authentication"));
        assert!(found[0].message.zh.starts_with("无配偶证明已超过有效期或未经认证（附加证明书）"), "{found:?}");
    }

    #[test]
    fn r_mr_14_a_proof_in_another_language_is_translated() {
        let mut dossier = with(PartyKind::Overseas);
        paper(&mut dossier, "no_spouse").translation = String::new();
        assert_eq!(codes(&dossier), ["MR-E14"]);
        paper(&mut dossier, "no_spouse").translation = "chinese".to_owned();
        assert!(codes(&dossier).is_empty());
    }

    #[test]
    fn r_mr_14_residents_of_hong_kong_macao_and_taiwan_bring_a_notarised_declaration() {
        for kind in [PartyKind::HongKong, PartyKind::Macao, PartyKind::Taiwan] {
            let mut dossier = with(kind);
            dossier.b.as_mut().expect("both").snapshot.papers.retain(|paper| paper.kind != "notarised_declaration");
            assert_eq!(codes(&dossier), ["MR-E14"], "{kind:?}");
        }
    }

    #[test]
    fn r_mr_15_a_soldier_brings_the_certificate_of_his_unit() {
        let mut dossier = with(PartyKind::Soldier);
        dossier.b.as_mut().expect("both").snapshot.papers.clear();
        let found = issues_of(&dossier);
        assert_eq!(found.iter().map(|issue| issue.code.as_ref()).collect::<Vec<_>>(), ["MR-E15", "MR-E15"], "document and certificate");
        assert!(found[1].message.zh.starts_with("请提供部队出具的军人婚姻登记证明"), "{found:?}");
        let mut dossier = with(PartyKind::Soldier);
        paper(&mut dossier, "military_certificate").issuer = String::new();
        assert_eq!(codes(&dossier), ["MR-E15"], "without the unit it says nothing");
    }
}
