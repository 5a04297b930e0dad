//! Rules about office, registrar, declarations, network check, interview and photo: R-MR-12, 16 … 19 and 47.

use kernel::{Day, Issue, Text};

use super::persons::title;
use super::{Dossier, Finding, OfficeDay, Outcome, Party, RegistrarView};
use crate::issues;
use crate::model::{CheckResult, Photo, Side, Suspicion};
use crate::parameters::{parameters, questions};

/// What stands before the persons on the desk's page.
pub(super) fn before(dossier: &Dossier) -> Vec<Finding> {
    vec![office_open(dossier), registrar_qualified(dossier)]
}

/// What stands after the persons.
pub(super) fn after(dossier: &Dossier) -> Vec<Finding> {
    let mut findings: Vec<Finding> = dossier.parties().map(|party| statement_signed(dossier, party)).collect();
    findings.extend([network_checked(dossier), willing(dossier), photo_fit(dossier)]);
    findings
}

/// R-MR-47.
fn office_open(dossier: &Dossier) -> Finding {
    let title = Text::new("办公日", "office day");
    match dossier.office {
        OfficeDay::Open => Finding::new("R-MR-47", title, Outcome::Pass, Text::new("今日办公", "open today"), None),
        OfficeDay::Closed => {
            let found = Text::new("今日休息，未公布特别开放", "closed today, no special opening published");
            Finding::new("R-MR-47", title, Outcome::Fail, found, Some(issues::office_closed()))
        }
    }
}

/// The last day on which an examination of `exam_on` holds.
pub fn exam_holds_until(exam_on: Day) -> Day {
    exam_on.plus_years(parameters().registrar.exam_years.value)
}

/// R-MR-19 for whoever acts on a day, as an error where it is not kept.
pub(crate) fn qualified(registrar: Option<RegistrarView>, today: Day) -> Result<(), Issue> {
    registrar_of(registrar, today).issue.map_or(Ok(()), Err)
}

/// R-MR-19.
fn registrar_qualified(dossier: &Dossier) -> Finding {
    registrar_of(dossier.registrar, dossier.today())
}

fn registrar_of(registrar: Option<RegistrarView>, today: Day) -> Finding {
    let title = Text::new("登记员资格", "registrar's qualification");
    let unqualified = |zh: String, en: String| {
        Finding::new("R-MR-19", title.clone(), Outcome::Fail, Text::new(zh, en), Some(issues::registrar_unqualified()))
    };
    let Some(registrar) = registrar else {
        return unqualified("您没有登记员资格".to_owned(), "you are not a registrar".to_owned());
    };
    let until = exam_holds_until(registrar.exam_on);
    if until < today {
        return unqualified(format!("考核有效期至{}", until.zh_plain()), format!("examination held until {}", until.en_plain()));
    }
    if !registrar.on_duty || !registrar.of_this_office {
        return unqualified("停岗或不属于本登记处".to_owned(), "suspended, or of another office".to_owned());
    }
    let found = Text::new(format!("有效期至{}", until.zh_plain()), format!("valid to {}", until.en_plain()));
    Finding::new("R-MR-19", title, Outcome::Pass, found, None)
}

/// R-MR-17.
fn statement_signed(dossier: &Dossier, party: &Party) -> Finding {
    let title = title(party.side, "声明书", "declaration");
    match &party.signed_version {
        Some(version) if *version == dossier.statement_version => {
            let found = Text::new(format!("已签名，文本{version}"), format!("signed, text of {version}"));
            Finding::new("R-MR-17", title, Outcome::Pass, found, None)
        }
        Some(version) => Finding::new(
            "R-MR-17",
            title,
            Outcome::Fail,
            Text::new(format!("签的是旧文本{version}"), format!("an older text was signed: {version}")),
            Some(issues::statement_incomplete(party.side)),
        ),
        None => {
            let found = Text::new("尚未签名", "not signed yet");
            Finding::new("R-MR-17", title, Outcome::Open, found, Some(issues::statement_incomplete(party.side)))
        }
    }
}

/// R-MR-18: a check that says "no conflict", not older than the minutes of the parameter.
fn network_checked(dossier: &Dossier) -> Finding {
    let title = Text::new("联网核对", "network check");
    let Some(check) = dossier.check else {
        return Finding::new("R-MR-18", title, Outcome::Open, Text::new("尚未核对", "not done yet"), Some(issues::check_missing()));
    };
    let minutes = parameters().network_check.valid_minutes.value;
    let result = check.result.name();
    let found = Text::new(format!("{}核对：{}", check.at.hm(), result.zh), format!("at {}: {}", check.at.hm(), result.en));
    let fresh = check.at <= dossier.now && dossier.now <= check.at.plus_minutes(minutes);
    match check.result {
        CheckResult::Clear if fresh => Finding::new("R-MR-18", title, Outcome::Pass, found, None),
        CheckResult::Clear => {
            let found = Text::new(format!("{}，已超过{minutes}分钟", found.zh), format!("{}, more than {minutes} minutes ago", found.en));
            Finding::new("R-MR-18", title, Outcome::Open, found, Some(issues::check_missing()))
        }
        CheckResult::Conflict => Finding::new("R-MR-18", title, Outcome::Fail, found, Some(issues::check_missing())),
        CheckResult::NoAnswer => Finding::new("R-MR-18", title, Outcome::NotAnswered, found, Some(issues::check_missing())),
        CheckResult::ToVerify => Finding::new("R-MR-18", title, Outcome::Warn, found, Some(issues::check_missing())),
    }
}

/// R-MR-12: every question answered yes by both, nothing suspected, both told of the medical examination.
fn willing(dossier: &Dossier) -> Finding {
    let title = Text::new("自愿", "free will");
    let Some(interview) = &dossier.interview else {
        let found = Text::new("尚未询问", "not asked yet");
        return Finding::new("R-MR-12", title, Outcome::Open, found, Some(issues::not_willing("interview")));
    };
    if interview.suspicion != Suspicion::None {
        let mark = interview.suspicion.name();
        let found = Text::new(format!("{}，停止办理并报告", mark.zh), format!("{}: stop and report", mark.en));
        return Finding::new("R-MR-12", title, Outcome::Fail, found, Some(issues::not_willing("suspicion")));
    }
    let said_yes = |question: &str, side: Side| {
        interview.answers.iter().any(|(id, who, yes)| id == question && *who == side && *yes)
    };
    let all_yes = questions().questions.iter().all(|question| Side::BOTH.into_iter().all(|side| said_yes(&question.id, side)));
    if !all_yes {
        let found = Text::new("有未答或者答“否”的问题", "a question is unanswered, or answered no");
        return Finding::new("R-MR-12", title, Outcome::Fail, found, Some(issues::not_willing("interview")));
    }
    if !dossier.medical_told {
        let found = Text::new("尚未告知婚前医学检查", "not told of the medical examination");
        return Finding::new("R-MR-12", title, Outcome::Open, found, Some(issues::missing("medical_told".to_owned())));
    }
    Finding::new("R-MR-12", title, Outcome::Pass, Text::new("双方均答“是”，已告知婚前医学检查", "both said yes; told of the examination"), None)
}

/// What is wrong with a joint photo by its size, in both languages.
pub fn photo_fault(photo: &Photo) -> Option<Text> {
    let rules = &parameters().photo;
    too_small(photo, rules.min_width.value, rules.min_height.value)
        .or_else(|| (photo.width <= photo.height).then(|| Text::fixed("应为横幅双人半身照", "has to be a joint photo in landscape")))
}

/// What is wrong with a photo of one person, as divorce certificates have it.
pub fn single_photo_fault(photo: &Photo) -> Option<Text> {
    let rules = &parameters().photo;
    too_small(photo, rules.single_min_width.value, rules.single_min_height.value)
        .or_else(|| (photo.width >= photo.height).then(|| Text::fixed("应为竖幅单人半身照", "has to be a photo of one person in portrait")))
}

fn too_small(photo: &Photo, width: u32, height: u32) -> Option<Text> {
    (photo.width < width || photo.height < height).then(|| {
        Text::new(
            format!("至少{width}×{height}像素，现为{}×{}", photo.width, photo.height),
            format!("at least {width} x {height} pixels, this has {} x {}", photo.width, photo.height),
        )
    })
}

/// R-MR-16.
fn photo_fit(dossier: &Dossier) -> Finding {
    let title = Text::new("合影", "joint photo");
    let Some(photo) = &dossier.photo else {
        let found = Text::new("尚无照片", "none yet");
        return Finding::new("R-MR-16", title, Outcome::Open, found, Some(issues::photo_unfit("尚无照片", "none yet")));
    };
    if let Some(fault) = photo_fault(photo) {
        let issue = issues::photo_unfit(&fault.zh, &fault.en);
        return Finding::new("R-MR-16", title, Outcome::Fail, fault, Some(issue));
    }
    if !photo.confirmed {
        let found = Text::new("待登记员确认为近期双人免冠照", "a registrar has to confirm: both, recent, bareheaded");
        return Finding::new("R-MR-16", title, Outcome::Open, found, Some(issues::photo_unfit("待确认", "not confirmed")));
    }
    let found = Text::new(format!("{}×{}像素，已确认", photo.width, photo.height), format!("{} x {} pixels, confirmed", photo.width, photo.height));
    Finding::new("R-MR-16", title, Outcome::Pass, found, None)
}
