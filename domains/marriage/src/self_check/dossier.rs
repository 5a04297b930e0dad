//! The dossier that the answers stand for, and what the rules of the counter find in it. Pure.

use identity::facts::{Answer, DivorceCase, Facts, NumberHash};
use kernel::{Day, Id, Instant, Lang, Text};

use super::answers::{Answers, Certificate, Person, Relation, Service, Standing};
use crate::divorce::model::{Agreement, Shown, Talk, Version};
use crate::divorce::rules::{self as divorce, Visit};
use crate::issues;
use crate::model::{Entry, Marital, PriorEnd, Side, Snapshot, Suspicion};
use crate::rules::{self, Competence, Dossier, Finding, Known, OfficeDay, Outcome, OwnMarriage, Party, earliest};

/// Rules of a marriage that a couple can answer for itself.
const OF_MARRIAGE: [&str; 8] = ["R-MR-01", "R-MR-02", "R-MR-04", "R-MR-05", "R-MR-06", "R-MR-10", "R-MR-11", "R-MR-13"];
/// The same of a divorce.
const OF_DIVORCE: [&str; 7] = ["R-MR-04", "R-MR-12", "R-MR-13", "R-MR-21", "R-MR-22", "R-MR-23", "R-MR-26"];
/// Hour at which the two are thought to come; no rule looks at it.
const MINUTE: u16 = 600;

/// What bars the two on a day, each with the rule's own issue.
///
/// `competence` is that of the office they have in mind, or of any that is competent.
pub fn bars(answers: &Answers, competence: &Competence, day: Day, lang: Lang) -> Vec<Finding> {
    let (findings, told): (Vec<Finding>, &[&str]) = match answers.service {
        Service::Marriage => (rules::evaluate(&dossier(answers, competence, day, lang)), &OF_MARRIAGE),
        Service::Divorce => (divorce::evaluate(&of_divorce(answers, competence, day, lang), Visit::Application), &OF_DIVORCE),
        Service::Reissue => return of_reissue(answers),
    };
    let bars = |finding: &Finding| told.contains(&finding.rule.as_str()) && finding.issue.as_ref().is_some_and(kernel::Issue::is_error);
    findings.into_iter().filter(bars).collect()
}

/// The first day from `today` on which nothing bars the two and `open` says that the office opens; none where no day of those that the
/// answers name changes that, or the office does not open for `ahead` days.
pub fn first_day(answers: &Answers, competence: &Competence, today: Day, ahead: i64, open: impl Fn(Day) -> bool) -> Option<Day> {
    let of_age = answers.persons().into_iter().filter_map(|person| Some(earliest(person.sex, person.birth?)));
    let mut days: Vec<Day> = of_age.chain(answers.persons().into_iter().filter_map(|person| person.effective_on)).filter(|day| *day > today).collect();
    days.push(today);
    days.sort();
    let free = |day: Day| bars(answers, competence, day, Lang::Zh).is_empty();
    let first = days.into_iter().find(|day| free(*day))?;
    (0..=ahead).map(|n| first.plus_days(n)).find(|day| open(*day) && free(*day))
}

/// A name and a number that nobody has: the rules compare them, the answers do not ask for them.
fn number(side: Side) -> NumberHash {
    NumberHash(side.code().as_bytes().to_vec())
}

fn snapshot(answers: &Answers, person: &Person, side: Side, day: Day, lang: Lang) -> Snapshot {
    let prior = person.basis().map(|basis| PriorEnd { basis, doc_no: unnamed(lang).to_owned(), effective_on: person.effective_on });
    Snapshot {
        name: side.name().get(lang).to_owned(),
        name_zh: String::new(),
        sex: person.sex,
        birth: person.birth.unwrap_or(day),
        ethnicity: None,
        nationality: person.kind.rules().nationality.clone().unwrap_or_default(),
        kind: person.kind,
        id_type: person.kind.rules().id_types.first().cloned().unwrap_or_default(),
        id_no: String::new(),
        id_valid_to: person.id_valid_to,
        hukou_region: None,
        marital: match person.standing {
            _ if answers.service == Service::Divorce => Marital::Married,
            Standing::Never => Marital::Never,
            Standing::Widowed => Marital::Widowed,
            Standing::Divorced | Standing::Judgment | Standing::Mediation => Marital::Divorced,
            Standing::Divorcing | Standing::Married | Standing::Together => Marital::Married,
        },
        prior,
        papers: Vec::new(),
        phone: String::new(),
    }
}

/// What stands for a number or an office that was not asked for.
fn unnamed(lang: Lang) -> &'static str {
    lang.pick("以登记为准", "as registered")
}

fn party(answers: &Answers, side: Side, day: Day, lang: Lang) -> Party {
    let person = answers.persons()[usize::from(side == Side::B)];
    let spouse = match person.standing {
        _ if answers.service == Service::Divorce => Some(number(side.other())),
        Standing::Together => Some(number(side.other())),
        Standing::Married | Standing::Divorcing => Some(NumberHash(Vec::new())),
        _ => None,
    };
    let own = spouse.into_iter().map(|spouse| OwnMarriage {
        id: Id::new(0, [0; 10]),
        cert_no: unnamed(lang).to_owned(),
        valid: true,
        spouse,
        spouse_died: None,
        ended_on: None,
    });
    let divorce = match person.standing {
        Standing::Divorcing => Answer::Yes(DivorceCase { accepted_on: day, source: unnamed(lang).to_owned() }),
        _ => Answer::None,
    };
    let facts = Facts { death: Answer::None, ancestors: Answer::None, court_papers: Answer::None, marriages: Answer::None, divorce };
    Party {
        side,
        snapshot: snapshot(answers, person, side, day, lang),
        number: number(side),
        entry: Entry::Chip,
        identified: None,
        declared: answers.relation == Relation::None,
        signed_version: None,
        known: Some(Known { own: own.collect(), facts, spouse_death: Answer::None, entered: Vec::new(), over: Vec::new() }),
    }
}

fn dossier(answers: &Answers, competence: &Competence, day: Day, lang: Lang) -> Dossier {
    Dossier {
        now: Instant::at(day, MINUTE),
        office: OfficeDay::Open,
        competence: competence.clone(),
        convention: Vec::new(),
        registrar: None,
        statement_version: String::new(),
        a: Some(party(answers, Side::A, day, lang)),
        b: Some(party(answers, Side::B, day, lang)),
        check: None,
        interview: None,
        medical_told: false,
        photo: None,
        kin_cleared: false,
        elsewhere: Vec::new(),
    }
}

fn of_divorce(answers: &Answers, competence: &Competence, day: Day, lang: Lang) -> divorce::Dossier {
    let [children, property, debts] = answers.agreed;
    let written = |is: bool| if is { unnamed(lang).to_owned() } else { String::new() };
    let content = Agreement { children: Vec::new(), no_children: children, property: written(property), debts: written(debts), other: String::new() };
    let now = Instant::at(day, MINUTE);
    divorce::Dossier {
        base: dossier(answers, competence, day, lang),
        shown: Some(Shown { cert_no: unnamed(lang).to_owned(), mainland: answers.mainland, lost: false }),
        talk: Some(Talk { willing: [answers.willing; 2], capable: [answers.capable; 2], suspicion: Suspicion::None, note: String::new() }),
        agreement: Some(Version { id: Id::new(0, [0; 10]), number: 1, content, made_at: now, signed: Some((now, String::new())) }),
        children: Vec::new(),
        agreed: Vec::new(),
        old_file: None,
        open_at: answers.applied.then(|| unnamed(lang).to_owned()),
    }
}

/// R-MR-35: a marriage certificate is not re-issued when the marriage is over, and no office has the file of a registration made elsewhere.
fn of_reissue(answers: &Answers) -> Vec<Finding> {
    let fail = |title: Text, found: Text, issue| Finding::new("R-MR-35", title, Outcome::Fail, found, Some(issue));
    let mut bars = Vec::new();
    if !answers.mainland {
        let (title, found) = (Text::fixed("登记档案", "file of the registration"), Text::fixed("不在中国内地登记", "registered outside mainland China"));
        bars.push(fail(title, found, issues::no_file("registered")));
    }
    if answers.over && answers.certificate == Certificate::Marriage {
        let (title, found) = (Text::fixed("婚姻关系", "the marriage"), Text::fixed("已经解除", "is over"));
        bars.push(fail(title, found, issues::marriage_over()));
    }
    bars
}
