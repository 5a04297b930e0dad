//! Rules about each person and his document: R-MR-01 … 04 and 20.

use kernel::id_number::Sex;
use kernel::{Day, DocumentNumber, IdType, Issue, Issues, Lang, Text, age};

use super::{Dossier, Finding, Outcome, Party};
use crate::issues;
use crate::model::{Entry, Marital, Side, Snapshot, ValidTo};
use crate::parameters::parameters;

pub(super) fn all(dossier: &Dossier) -> Vec<Finding> {
    let mut findings = vec![one_man_one_woman(dossier), both_present(dossier)];
    for side in Side::BOTH {
        match dossier.party(side) {
            Some(party) => findings.extend([old_enough(dossier, party), document_in_force(dossier, party), data_confirmed(party)]),
            None => findings.push(Finding::new(
                "R-MR-20",
                title(side, "证件信息", "document data"),
                Outcome::Open,
                Text::new("尚未录入", "not entered yet"),
                Some(issues::missing(side.field("name"))),
            )),
        }
    }
    findings
}

pub(super) fn title(side: Side, zh: &str, en: &str) -> Text {
    let who = side.name();
    Text::new(format!("{}{zh}", who.zh), format!("{en} of {}", who.en))
}

fn one_man_one_woman(dossier: &Dossier) -> Finding {
    let title = Text::new("一男一女", "one man and one woman");
    let (Some(a), Some(b)) = (&dossier.a, &dossier.b) else {
        return Finding::new("R-MR-01", title, Outcome::Open, Text::new("双方信息尚未录全", "not both entered yet"), None);
    };
    let found = Text::new(
        format!("男方栏：{}，女方栏：{}", a.snapshot.sex.text(Lang::Zh), b.snapshot.sex.text(Lang::Zh)),
        format!("man's place: {}, woman's place: {}", a.snapshot.sex.text(Lang::En), b.snapshot.sex.text(Lang::En)),
    );
    if (a.snapshot.sex, b.snapshot.sex) == (Sex::Male, Sex::Female) {
        Finding::new("R-MR-01", title, Outcome::Pass, found, None)
    } else {
        Finding::new("R-MR-01", title, Outcome::Fail, found, Some(issues::not_one_man_one_woman()))
    }
}

/// The first day on which a person of that sex may register (C-13: the birthday itself counts).
pub fn earliest(sex: Sex, birth: Day) -> Day {
    let ages = &parameters().age;
    let years = if sex == Sex::Male { ages.man.value } else { ages.woman.value };
    age::reaches(birth, years, ages.leap_policy.value)
}

fn old_enough(dossier: &Dossier, party: &Party) -> Finding {
    let person = &party.snapshot;
    let day = earliest(person.sex, person.birth);
    let both = dossier.parties().map(|p| earliest(p.snapshot.sex, p.snapshot.birth)).max().unwrap_or(day);
    let left = dossier.today().days_until(day);
    let title = title(party.side, "年龄", "age");
    if left <= 0 {
        let found = Text::new(
            format!("{}出生，{}起达到法定婚龄", person.birth.zh_plain(), day.zh_plain()),
            format!("born {}, of age since {}", person.birth.en_plain(), day.en_plain()),
        );
        return Finding::new("R-MR-02", title, Outcome::Pass, found, None);
    }
    let found = Text::new(
        format!("{}出生，还差{left}天", person.birth.zh_plain()),
        format!("born {}, {left} days short", person.birth.en_plain()),
    );
    Finding::new("R-MR-02", title, Outcome::Fail, found, Some(issues::too_young(party.side, both)))
}

fn both_present(dossier: &Dossier) -> Finding {
    let title = Text::new("双方到场", "both present");
    let seen = |side: Side| dossier.party(side).and_then(|party| party.identified).map(|identified| identified.at);
    let minutes = parameters().presence.minutes_between.value;
    match (seen(Side::A), seen(Side::B)) {
        (Some(a), Some(b)) if a.minutes_until(b).abs() <= minutes => {
            let found = Text::new(format!("{}、{}分别核验", a.hm(), b.hm()), format!("identified at {} and {}", a.hm(), b.hm()));
            Finding::new("R-MR-03", title, Outcome::Pass, found, None)
        }
        (Some(a), Some(b)) => {
            let found = Text::new(
                format!("两次核验相隔超过{minutes}分钟（{}、{}）", a.hm(), b.hm()),
                format!("more than {minutes} minutes between {} and {}", a.hm(), b.hm()),
            );
            let later = if a > b { Side::B } else { Side::A };
            Finding::new("R-MR-03", title, Outcome::Fail, found, Some(issues::not_present(later)))
        }
        (a, _) => {
            let absent = if a.is_none() { Side::A } else { Side::B };
            let found = Text::new(format!("{}尚未核验身份", absent.name().zh), format!("{} not identified yet", absent.name().en));
            Finding::new("R-MR-03", title, Outcome::Open, found, Some(issues::not_present(absent)))
        }
    }
}

fn document_in_force(dossier: &Dossier, party: &Party) -> Finding {
    let title = title(party.side, "证件有效期", "validity of the document");
    match party.snapshot.id_valid_to {
        ValidTo::LongTerm => Finding::new("R-MR-04", title, Outcome::Pass, Text::new("长期有效", "long-term"), None),
        ValidTo::Until(day) => {
            let found = Text::new(format!("有效期至{}", day.zh_plain()), format!("valid to {}", day.en_plain()));
            let expired = day < dossier.today();
            let outcome = if expired { Outcome::Fail } else { Outcome::Pass };
            Finding::new("R-MR-04", title, outcome, found, expired.then(|| issues::document_expired(party.side)))
        }
    }
}

fn data_confirmed(party: &Party) -> Finding {
    let title = title(party.side, "证件信息", "document data");
    match party.entry {
        Entry::Chip => Finding::new("R-MR-20", title, Outcome::Pass, Text::new("读卡取得", "read from the chip"), None),
        Entry::Confirmed { by, with } if by != with => {
            Finding::new("R-MR-20", title, Outcome::Pass, Text::new("手工录入，已由另一人核对", "typed, confirmed by a second person"), None)
        }
        Entry::Typed { .. } | Entry::Confirmed { .. } => Finding::new(
            "R-MR-20",
            title,
            Outcome::Open,
            Text::new("手工录入，待另一名工作人员核对", "typed, waits for a second person"),
            Some(issues::data_unconfirmed(party.side)),
        ),
    }
}

/// What is wrong with a person's data as entered, before anything else is known: C-01 … C-04, R-MR-10 in form, blank fields.
///
/// Documents that follow GB 11643 carry birth and sex in their number; both have to agree with what was entered.
pub fn issues_of_entry(side: Side, person: &Snapshot, today: Day) -> Vec<Issue> {
    let mut issues = Issues::default();
    if person.name.is_empty() {
        issues.add(issues::missing(side.field("name")));
    }
    let kind = person.id_type.parse().unwrap_or(IdType::RESIDENT);
    match DocumentNumber::parse(kind, &person.id_no, today) {
        Ok(document) => {
            if let Some(number) = document.gb11643() {
                issues.keep_at(&side.field("birth"), number.check_birth(person.birth));
                issues.keep_at(&side.field("sex"), number.check_sex(person.sex));
            }
        }
        Err(refused) => {
            issues.keep_at::<()>(&side.field("id_no"), Err(refused));
        }
    }
    if person.phone.is_empty() {
        issues.add(issues::missing(side.field("phone")));
    }
    if person.marital == Marital::Divorced && person.prior.is_none() {
        issues.add(issues::missing(side.field("prior_basis")));
    }
    issues.finish().unwrap_or_else(|refused| refused.0)
}
