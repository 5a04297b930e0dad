//! Rules about what registers say of the two: R-MR-05 … 11.

use identity::facts::{Answer, OtherMarriage};
use kernel::Text;

use super::persons::title;
use super::{Dossier, Finding, Known, Outcome, Party};
use crate::issues;
use crate::model::{Marital, PriorBasis, Side};
use crate::questions::{Said, Verdict};

pub(super) fn all(dossier: &Dossier) -> Vec<Finding> {
    let mut findings = Vec::new();
    for party in dossier.parties() {
        findings.push(declared(party));
    }
    for party in dossier.parties() {
        match &party.known {
            Some(known) => {
                findings.push(not_married(dossier, party, known));
                findings.extend(maybe_married(party, known));
                findings.push(not_dead(party, known));
                findings.extend(widowed(party, known));
                findings.extend(divorced(dossier, party, known));
                findings.push(no_open_divorce(party, known));
            }
            None => findings.push(Finding::new(
                "R-MR-05",
                title(party.side, "婚姻、死亡、离婚登记", "marriages, death, divorces"),
                Outcome::Open,
                Text::new("双方身份核验后查询", "looked up once both are identified"),
                None,
            )),
        }
    }
    findings.extend(kinship(dossier));
    findings
}

/// R-MR-05.
fn not_married(dossier: &Dossier, party: &Party, known: &Known) -> Finding {
    let title = title(party.side, "现有婚姻", "present marriage");
    let partner = dossier.party(party.side.other()).map(|partner| &partner.number);
    if let Some(own) = known.own.iter().find(|marriage| marriage.stands()) {
        let together = partner == Some(&own.spouse);
        let issue = if together {
            issues::married_to_each_other(&own.cert_no)
        } else {
            issues::married(party.side, &party.snapshot.name, &own.cert_no)
        };
        let found = Text::new(format!("本机关登记：{}，有效", own.cert_no), format!("our register: {}, valid", own.cert_no));
        return Finding::new("R-MR-05", title, Outcome::Fail, found, Some(issue));
    }
    if let Some(entered) = known.entered.iter().find(|entered| entered.binds) {
        let together = entered.spouse.is_some() && partner == entered.spouse.as_ref();
        let issue = if together {
            issues::married_to_each_other(entered.number())
        } else {
            issues::married(party.side, &party.snapshot.name, entered.number())
        };
        let found = Text::new(format!("补录档案{}：有效", entered.archive_no), format!("old file {}: valid", entered.archive_no));
        return Finding::new("R-MR-05", title, Outcome::Fail, found, Some(issue));
    }
    match &known.facts.marriages {
        Answer::NotAnswered => {
            Finding::new("R-MR-05", title, Outcome::NotAnswered, Text::new("其他登记机关未答复", "other registers did not answer"), None)
        }
        Answer::Yes(others) | Answer::OnPaper(others) => match others.iter().find(|other| !ended(party, known, other)) {
            Some(other) => {
                let together = other.spouse.is_some() && partner == other.spouse.as_ref();
                let issue = if together {
                    issues::married_to_each_other(&other.cert_no)
                } else {
                    issues::married(party.side, &party.snapshot.name, &other.cert_no)
                };
                let found = Text::new(
                    format!("{}：{}，{}起，有效", other.source, other.cert_no, other.started_on.zh_plain()),
                    format!("{}: {}, since {}, valid", other.source, other.cert_no, other.started_on.en_plain()),
                );
                Finding::new("R-MR-05", title, Outcome::Fail, found, Some(issue))
            }
            None => Finding::new("R-MR-05", title, Outcome::Pass, Text::new("曾有婚姻，均已结束", "earlier marriages, all ended"), None),
        },
        Answer::None => Finding::new("R-MR-05", title, Outcome::Pass, Text::new("未查到有效婚姻", "no valid marriage found"), None),
    }
}

/// R-MR-05 by what another instance said in the networked check.
pub(crate) fn elsewhere(side: Side, name: &str, said: &Said) -> Finding {
    let (title, register) = (title(side, "现有婚姻", "present marriage"), &said.register);
    let found = |zh: &str, en: &str| Text::new(format!("{}：{zh}", register.zh), format!("{}: {en}", register.en));
    let finding = match said.verdict {
        Verdict::None => Finding::new("R-MR-05", title, Outcome::Pass, found("未查到有效婚姻", "no valid marriage found"), None),
        Verdict::NotAnswered => Finding::new("R-MR-05", title, Outcome::NotAnswered, found("未答复", "did not answer"), None),
        Verdict::Valid | Verdict::Several => {
            let numbers = said.numbers.join("、");
            let issue = issues::married(side, name, &numbers);
            Finding::new("R-MR-05", title, Outcome::Fail, found(&format!("{numbers}，有效"), &format!("{numbers}, valid")), Some(issue))
        }
    };
    Finding { elsewhere: true, ..finding }
}

/// An old file in which a number is missing never bars; it is told (R-MR-39).
fn maybe_married(party: &Party, known: &Known) -> Option<Finding> {
    let doubtful = known.entered.iter().find(|entered| !entered.binds)?;
    let title = title(party.side, "补录档案", "old files");
    let found = Text::new(
        format!("档号{}可能是本人的婚姻记录，缺证件号码", doubtful.archive_no),
        format!("file {} may be a marriage of this person; a number is missing", doubtful.archive_no),
    );
    Some(Finding::new("R-MR-39", title, Outcome::Warn, found, Some(issues::maybe_married(party.side, &doubtful.archive_no))))
}

/// Whether a marriage of another register is over: by its own record, by the spouse's death, or by a court paper in force.
fn ended(party: &Party, known: &Known, other: &OtherMarriage) -> bool {
    let by_death = party.snapshot.marital == Marital::Widowed && known.spouse_death.found().is_some();
    let by_court = party.snapshot.marital == Marital::Divorced
        && known.facts.court_papers.found().is_some_and(|papers| papers.iter().any(|paper| paper.effective_on >= other.started_on));
    other.ended_on.is_some() || by_death || by_court
}

/// R-MR-06.
fn declared(party: &Party) -> Finding {
    let title = title(party.side, "无配偶、无近亲属关系声明", "declaration: no spouse, no kinship");
    if party.declared {
        Finding::new("R-MR-06", title, Outcome::Pass, Text::new("已声明", "declared"), None)
    } else {
        Finding::new("R-MR-06", title, Outcome::Open, Text::new("尚未声明", "not declared"), Some(issues::kin(party.side)))
    }
}

/// R-MR-07: a common parent or grandparent, or one in the other's line.
fn kinship(dossier: &Dossier) -> Option<Finding> {
    let title = Text::new("亲属关系", "kinship");
    let (a, b) = (dossier.a.as_ref()?, dossier.b.as_ref()?);
    let (known_a, known_b) = (a.known.as_ref()?, b.known.as_ref()?);
    let line = |known: &Known| known.facts.ancestors.found().cloned().unwrap_or_default();
    let (of_a, of_b) = (line(known_a), line(known_b));
    let shared = of_a.iter().any(|ancestor| of_b.iter().any(|other| other.person == ancestor.person));
    let direct = of_a.iter().any(|x| x.person == b.number) || of_b.iter().any(|x| x.person == a.number);
    let open = known_a.facts.ancestors.is_open() && known_b.facts.ancestors.is_open();
    Some(if shared || direct {
        let found = Text::new("登记的父母或者祖父母相同，或一方为另一方长辈", "a common parent or grandparent, or one in the other's line");
        if dossier.kin_cleared {
            Finding::new("R-MR-07", title, Outcome::Pass, Text::new("登记员已核实排除", "looked into and ruled out by a registrar"), None)
        } else {
            Finding::new("R-MR-07", title, Outcome::Warn, found, Some(issues::maybe_kin()))
        }
    } else if open {
        let found = Text::new("父母信息未答复，以双方声明为准", "parents not answered; the declarations stand");
        Finding::new("R-MR-07", title, Outcome::Pass, found, None)
    } else {
        Finding::new("R-MR-07", title, Outcome::Pass, Text::new("未发现", "none found"), None)
    })
}

/// R-MR-08.
fn not_dead(party: &Party, known: &Known) -> Finding {
    let title = title(party.side, "死亡登记", "register of deaths");
    match &known.facts.death {
        Answer::Yes(death) | Answer::OnPaper(death) => {
            let found = Text::new(
                format!("{}：{}死亡", death.source, death.on.zh_plain()),
                format!("{}: died {}", death.source, death.on.en_plain()),
            );
            Finding::new("R-MR-08", title, Outcome::Fail, found, Some(issues::recorded_dead(party.side, &party.snapshot.name)))
        }
        Answer::None => Finding::new("R-MR-08", title, Outcome::Pass, Text::new("未查到死亡登记", "not recorded dead"), None),
        Answer::NotAnswered => Finding::new("R-MR-08", title, Outcome::NotAnswered, Text::new("死亡登记未答复", "deaths not answered"), None),
    }
}

/// R-MR-09: a record, else a paper.
fn widowed(party: &Party, known: &Known) -> Option<Finding> {
    if party.snapshot.marital != Marital::Widowed {
        return None;
    }
    let title = title(party.side, "原配偶死亡", "death of the former spouse");
    if let Some(death) = known.spouse_death.found() {
        let found = Text::new(
            format!("{}：{}死亡，无需提供证明", death.source, death.on.zh_plain()),
            format!("{}: died {}; no paper needed", death.source, death.on.en_plain()),
        );
        return Some(Finding::new("R-MR-09", title, Outcome::Pass, found, None));
    }
    let on_paper = party.snapshot.prior.as_ref().filter(|prior| prior.basis == PriorBasis::SpouseDeath && !prior.doc_no.is_empty());
    Some(match on_paper {
        Some(prior) => Finding::new(
            "R-MR-09",
            title,
            Outcome::Pass,
            Text::new(format!("出示证明{}", prior.doc_no), format!("paper shown: {}", prior.doc_no)),
            None,
        ),
        None => Finding::new(
            "R-MR-09",
            title,
            Outcome::Fail,
            Text::new("未查到，也未出示证明", "not found, and no paper shown"),
            Some(issues::no_proof_of_death(party.side)),
        ),
    })
}

/// R-MR-10.
fn divorced(dossier: &Dossier, party: &Party, known: &Known) -> Option<Finding> {
    if party.snapshot.marital != Marital::Divorced {
        return None;
    }
    let prior = party.snapshot.prior.as_ref()?;
    let title = title(party.side, "离婚依据", "proof of the divorce");
    let by_court = matches!(prior.basis, PriorBasis::Judgment | PriorBasis::Mediation);
    if !by_court {
        let found = Text::new(format!("{} {}", prior.basis.name().zh, prior.doc_no), format!("{} {}", prior.basis.name().en, prior.doc_no));
        return Some(Finding::new("R-MR-10", title, Outcome::Pass, found, None));
    }
    let recorded = known.facts.court_papers.found().and_then(|papers| papers.iter().find(|paper| paper.effective_on <= dossier.today()));
    let shown = !prior.doc_no.is_empty() && prior.effective_on.is_some_and(|day| day <= dossier.today());
    Some(match (recorded, shown) {
        (Some(paper), _) => Finding::new(
            "R-MR-10",
            title,
            Outcome::Pass,
            Text::new(format!("{}，{}生效", paper.source, paper.effective_on.zh_plain()), format!("{}, in force", paper.source)),
            None,
        ),
        (None, true) => {
            Finding::new("R-MR-10", title, Outcome::Pass, Text::new(format!("出示{}", prior.doc_no), format!("shown: {}", prior.doc_no)), None)
        }
        (None, false) => Finding::new(
            "R-MR-10",
            title,
            Outcome::Fail,
            Text::new("文号缺失或生效日期未到", "no number, or not in force yet"),
            Some(issues::judgment_not_effective(party.side)),
        ),
    })
}

/// R-MR-11.
fn no_open_divorce(party: &Party, known: &Known) -> Finding {
    let title = title(party.side, "办理中的离婚", "divorce under way");
    match &known.facts.divorce {
        Answer::Yes(case) | Answer::OnPaper(case) => {
            let found = Text::new(
                format!("{}：{}受理", case.source, case.accepted_on.zh_plain()),
                format!("{}: accepted {}", case.source, case.accepted_on.en_plain()),
            );
            Finding::new("R-MR-11", title, Outcome::Fail, found, Some(issues::divorce_open(party.side)))
        }
        Answer::None => Finding::new("R-MR-11", title, Outcome::Pass, Text::new("未查到", "none"), None),
        Answer::NotAnswered => Finding::new("R-MR-11", title, Outcome::NotAnswered, Text::new("离婚登记未答复", "divorces not answered"), None),
    }
}

/// Whether an ended marriage between the two is known (复婚).
pub(crate) fn together_before(dossier: &Dossier) -> bool {
    let (Some(a), Some(b)) = (dossier.party(Side::A), dossier.party(Side::B)) else { return false };
    let Some(known) = &a.known else { return false };
    let in_own = known.own.iter().any(|marriage| !marriage.stands() && marriage.spouse == b.number);
    let elsewhere = known.facts.marriages.found().is_some_and(|all| all.iter().any(|other| other.spouse.as_ref() == Some(&b.number)));
    in_own || elsewhere
}
