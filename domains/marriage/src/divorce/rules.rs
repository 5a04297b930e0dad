//! The rules of divorce by registration (R-MR-21 … 26) as pure functions over what was gathered. What every act of this crate has to keep
//! (office, registrar, documents, presence) comes from [`crate::rules`].
//!
//! Nothing here knows of a pregnancy: the bar of the Civil Code's article 1082 is one of suits, and no rule may refuse for it (R-MR-31).

use identity::facts::NumberHash;
use kernel::{Issue, Refusal, Text};

use super::issues;
use super::model::{Agreement, Child, Shown, Talk, Version};
use crate::model::{MarriageId, Side, Suspicion};
use crate::rules::{self as shared, Finding, Outcome, Party};

/// When a rule has to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    /// At the application.
    Application,
    /// At the claim.
    Claim,
}

/// A child that a register knows of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownChild {
    /// The keyed hash of its number.
    pub number: NumberHash,
    /// Its number, masked, by which the page names it.
    pub masked: String,
}

/// Everything that the rules look at.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Office, registrar, persons, as every case of this crate has them.
    pub base: shared::Dossier,
    /// The marriage as shown.
    pub shown: Option<Shown>,
    /// The marriage of the two that stands among old files, if one does.
    pub old_file: Option<Between>,
    /// What both said at this visit.
    pub talk: Option<Talk>,
    /// The newest version of the agreement.
    pub agreement: Option<Version>,
    /// Children of the two that are under age, as registers know them.
    pub children: Vec<KnownChild>,
    /// The keyed hashes of the children's numbers in the agreement.
    pub agreed: Vec<NumberHash>,
    /// Office that has an open application of the two, if one has.
    pub open_at: Option<String>,
}

/// A valid marriage between the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// The marriage, if it is in our register or among our old files.
    pub own: Option<MarriageId>,
    /// Number of the certificate.
    pub cert_no: String,
}

/// Looks for the valid marriage between the two: in our register first, then among old files, then in the registers of others.
pub fn marriage_between(dossier: &Dossier) -> Option<Between> {
    let (a, b): (&Party, &Party) = (dossier.base.a.as_ref()?, dossier.base.b.as_ref()?);
    let known = a.known.as_ref()?;
    let own = known.own.iter().find(|marriage| marriage.stands() && marriage.spouse == b.number);
    if let Some(marriage) = own {
        return Some(Between { own: Some(marriage.id), cert_no: marriage.cert_no.clone() });
    }
    if dossier.old_file.is_some() {
        return dossier.old_file.clone();
    }
    let elsewhere = known.facts.marriages.found()?;
    let other = elsewhere.iter().find(|marriage| marriage.ended_on.is_none() && marriage.spouse.as_ref() == Some(&b.number))?;
    Some(Between { own: None, cert_no: other.cert_no.clone() })
}

/// Runs every rule that speaks at a visit.
pub fn evaluate(dossier: &Dossier, visit: Visit) -> Vec<Finding> {
    let mut findings = shared::common(&dossier.base);
    if visit == Visit::Application {
        findings.push(registered_here(dossier));
        findings.push(married(dossier));
        findings.push(no_other_application(dossier));
    }
    findings.extend(Side::BOTH.map(|side| wants(dossier, side)));
    findings.extend(Side::BOTH.map(|side| capable(dossier, side)));
    findings.push(agreed(dossier));
    findings.extend(dossier.children.iter().filter_map(|child| covered(dossier, child)));
    findings
}

/// The errors that stand in the way, in the order of the page.
pub fn blocking(findings: &[Finding]) -> Vec<Issue> {
    const FIELDS: [&str; 12] = [
        "office", "registrar", "a_id_no", "b_id_no", "place", "cert_no", "a_willing", "b_willing", "a_capable", "b_capable", "children", "agreement",
    ];
    Refusal(findings.iter().filter_map(|finding| finding.issue.clone()).filter(Issue::is_error).collect()).in_field_order(&FIELDS).0
}

/// R-MR-21.
fn registered_here(dossier: &Dossier) -> Finding {
    let title = Text::fixed("结婚登记地", "where the marriage was registered");
    match &dossier.shown {
        None => Finding::new("R-MR-21", title, Outcome::Open, Text::fixed("尚未核对结婚证", "certificates not shown yet"), Some(not_shown())),
        Some(shown) if shown.mainland => Finding::new("R-MR-21", title, Outcome::Pass, Text::fixed("中国内地", "mainland China"), None),
        Some(_) => {
            let found = Text::fixed("不在中国内地", "outside mainland China");
            Finding::new("R-MR-21", title, Outcome::Fail, found, Some(issues::registered_elsewhere()))
        }
    }
}

fn not_shown() -> Issue {
    issues::missing("cert_no", "请核对双方结婚证", "take in what the marriage certificates say")
}

/// R-MR-25.
fn married(dossier: &Dossier) -> Finding {
    let title = Text::fixed("双方的婚姻登记", "the marriage of the two");
    let (Some(a), Some(_), Some(shown)) = (&dossier.base.a, &dossier.base.b, &dossier.shown) else {
        return Finding::new("R-MR-25", title, Outcome::Open, Text::fixed("资料尚未录全", "not everything is entered yet"), Some(not_shown()));
    };
    let Some(known) = &a.known else {
        return Finding::new("R-MR-25", title, Outcome::Open, Text::fixed("双方核验身份后查询", "asked once both are identified"), None);
    };
    match marriage_between(dossier) {
        Some(between) if between.cert_no == shown.cert_no => {
            let found = Text::new(format!("有效登记，字号{}", between.cert_no), format!("valid, certificate {}", between.cert_no));
            Finding::new("R-MR-25", title, Outcome::Pass, found, None)
        }
        Some(between) => {
            let found = Text::new(
                format!("登记字号为{}，与所持结婚证不一致", between.cert_no),
                format!("the register has {}, not the number shown", between.cert_no),
            );
            Finding::new("R-MR-25", title, Outcome::Fail, found, Some(issues::no_valid_marriage()))
        }
        None if known.facts.marriages.is_open() => {
            let found = Text::fixed("本库没有，外部来源未答复", "not in our register; others did not answer");
            Finding::new("R-MR-25", title, Outcome::NotAnswered, found, Some(issues::no_valid_marriage()))
        }
        None => {
            let found = Text::fixed("未查到", "none found");
            Finding::new("R-MR-25", title, Outcome::Fail, found, Some(issues::no_valid_marriage()))
        }
    }
}

/// R-MR-26: here and, as far as they answer, elsewhere.
fn no_other_application(dossier: &Dossier) -> Finding {
    let title = Text::fixed("其他离婚申请", "other applications");
    let elsewhere = dossier.base.parties().filter_map(|party| party.known.as_ref()?.facts.divorce.found()).map(|case| case.source.clone()).next();
    match dossier.open_at.clone().or(elsewhere) {
        Some(office) => {
            let found = Text::new(format!("{office}已受理"), format!("accepted by {office}"));
            Finding::new("R-MR-26", title, Outcome::Fail, found, Some(issues::open_already(&office)))
        }
        None => Finding::new("R-MR-26", title, Outcome::Pass, Text::fixed("没有", "none"), None),
    }
}

fn wants(dossier: &Dossier, side: Side) -> Finding {
    let who = side.name();
    let title = Text::new(format!("{}自愿", who.zh), format!("free will of {}", who.en));
    match &dossier.talk {
        None => Finding::new("R-MR-12", title, Outcome::Open, Text::fixed("尚未询问", "not asked yet"), Some(issues::not_willing(side))),
        Some(talk) if talk.suspicion != Suspicion::None => {
            let mark = talk.suspicion.name();
            let found = Text::new(format!("{}，停止办理并报告", mark.zh), format!("{}: stop and report", mark.en));
            Finding::new("R-MR-12", title, Outcome::Fail, found, Some(issues::not_willing(side)))
        }
        Some(talk) if talk.wants(side) => Finding::new("R-MR-12", title, Outcome::Pass, Text::fixed("本人表示自愿", "said so"), None),
        Some(_) => Finding::new("R-MR-12", title, Outcome::Fail, Text::fixed("不同意离婚", "does not want it"), Some(issues::not_willing(side))),
    }
}

/// R-MR-22.
fn capable(dossier: &Dossier, side: Side) -> Finding {
    let who = side.name();
    let title = Text::new(format!("{}行为能力", who.zh), format!("capacity of {}", who.en));
    match &dossier.talk {
        None => Finding::new("R-MR-22", title, Outcome::Open, Text::fixed("尚未询问", "not asked yet"), None),
        Some(talk) if talk.is_capable(side) => Finding::new("R-MR-22", title, Outcome::Pass, Text::fixed("完全民事行为能力", "full"), None),
        Some(_) => {
            let found = Text::fixed("不具有完全民事行为能力", "not full");
            Finding::new("R-MR-22", title, Outcome::Fail, found, Some(issues::no_capacity(side)))
        }
    }
}

/// R-MR-23, and that the newest version is signed.
fn agreed(dossier: &Dossier) -> Finding {
    let title = Text::fixed("离婚协议", "agreement");
    let Some(version) = &dossier.agreement else {
        let found = Text::fixed("尚未录入", "not written down yet");
        return Finding::new("R-MR-23", title, Outcome::Open, found, Some(issues::agreement_incomplete("agreement")));
    };
    let lacks = incomplete(&version.content);
    if let Some(issue) = lacks.into_iter().next() {
        return Finding::new("R-MR-23", title, Outcome::Fail, Text::fixed("不完整", "incomplete"), Some(issue));
    }
    let number = version.number;
    match &version.signed {
        Some((at, _)) => {
            let found = Text::new(format!("第{number}版，{}双方签名", at.hm()), format!("version {number}, signed by both at {}", at.hm()));
            Finding::new("R-MR-23", title, Outcome::Pass, found, None)
        }
        None => {
            let found = Text::new(format!("第{number}版尚未签名"), format!("version {number} is not signed"));
            Finding::new("R-MR-23", title, Outcome::Open, found, Some(issues::agreement_unsigned()))
        }
    }
}

/// What an agreement leaves open (R-MR-23), field by field.
pub fn incomplete(agreement: &Agreement) -> Vec<Issue> {
    let mut found = Vec::new();
    if agreement.children.is_empty() != agreement.no_children {
        found.push(issues::agreement_incomplete("no_children"));
    }
    let short = |child: &Child| child.name.is_empty() || child.frequency.is_empty() || child.until.is_empty() || child.visits.is_empty();
    for (n, _) in agreement.children.iter().enumerate().filter(|(_, child)| short(child)) {
        found.push(issues::agreement_incomplete(format!("child_{n}_name")));
    }
    for (field, text) in [("property", &agreement.property), ("debts", &agreement.debts)] {
        if text.is_empty() {
            found.push(issues::agreement_incomplete(field));
        }
    }
    found
}

/// R-MR-24: a warning, for registers may know a child that lives elsewhere or died.
fn covered(dossier: &Dossier, child: &KnownChild) -> Option<Finding> {
    dossier.agreement.as_ref()?;
    let title = Text::fixed("未成年子女", "child under age");
    if dossier.agreed.contains(&child.number) {
        return Some(Finding::new("R-MR-24", title, Outcome::Pass, Text::new(child.masked.clone(), child.masked.clone()), None));
    }
    let found = Text::new(format!("{}不在协议中", child.masked), format!("{} is not in the agreement", child.masked));
    Some(Finding::new("R-MR-24", title, Outcome::Warn, found, Some(issues::child_missing(&child.masked))))
}
