//! A couple for whom every rule is kept: M1 and F1 of the specification on 20 May 2026, the man's 22nd birthday.

use identity::facts::{Answer, Facts, NumberHash};
use kernel::{Day, Id, Instant};

use super::{Competence, Dossier, Known, NetworkCheck, OfficeDay, Party, RegistrarView};
use crate::model::{
    CheckResult, Entry, Identified, Interview, Marital, Photo, Sex, Side, Snapshot, Suspicion, ValidTo,
};
use crate::parameters::questions;
use crate::parties::PartyKind;

pub(crate) fn man() -> Snapshot {
    Snapshot {
        name: "张测试".to_owned(),
        name_zh: String::new(),
        sex: Sex::Male,
        birth: Day::ymd(2004, 5, 20),
        ethnicity: Some("01".to_owned()),
        nationality: "CHN".to_owned(),
        kind: PartyKind::Mainland,
        id_type: "111".to_owned(),
        id_no: "990101200405200017".to_owned(),
        id_valid_to: ValidTo::Until(Day::ymd(2030, 1, 1)),
        hukou_region: Some("990101".to_owned()),
        marital: Marital::Never,
        prior: None,
        papers: Vec::new(),
        phone: "13800000001".to_owned(),
    }
}

pub(crate) fn woman() -> Snapshot {
    Snapshot {
        name: "李样例".to_owned(),
        sex: Sex::Female,
        birth: Day::ymd(2006, 3, 11),
        id_no: "990101200603110020".to_owned(),
        id_valid_to: ValidTo::LongTerm,
        phone: "13800000002".to_owned(),
        ..man()
    }
}

pub(crate) fn facts() -> Facts {
    Facts {
        death: Answer::None,
        ancestors: Answer::None,
        court_papers: Answer::None,
        marriages: Answer::None,
        divorce: Answer::None,
    }
}

pub(crate) fn hash(number: &str) -> NumberHash {
    NumberHash(number.as_bytes().to_vec())
}

pub(crate) fn party(side: Side, snapshot: Snapshot, now: Instant) -> Party {
    let registrar = Id::new(1, [1; 10]);
    Party {
        side,
        number: hash(&snapshot.id_no),
        snapshot,
        entry: Entry::Confirmed { by: Id::new(1, [2; 10]), with: registrar },
        identified: Some(Identified { at: now, by: registrar, face_score: None }),
        declared: true,
        signed_version: Some("2025-05-10".to_owned()),
        known: Some(Known { own: Vec::new(), facts: facts(), spouse_death: Answer::NotAnswered, entered: Vec::new(), over: Vec::new() }),
    }
}

pub(crate) fn dossier_at(now: Instant) -> Dossier {
    let answers = questions().questions.iter().flat_map(|q| Side::BOTH.map(|side| (q.id.clone(), side, true))).collect();
    Dossier {
        now,
        office: OfficeDay::Open,
        competence: Competence { domestic: true, designated: false, opened_for_abroad: false, elsewhere: Vec::new() },
        convention: Vec::new(),
        registrar: Some(RegistrarView { of_this_office: true, on_duty: true, exam_on: Day::ymd(2025, 6, 1) }),
        statement_version: "2025-05-10".to_owned(),
        a: Some(party(Side::A, man(), now)),
        b: Some(party(Side::B, woman(), now)),
        check: Some(NetworkCheck { at: now.plus_minutes(-5), result: CheckResult::Clear }),
        interview: Some(Interview { version: "2025-05-10".to_owned(), answers, suspicion: Suspicion::None, note: String::new() }),
        medical_told: true,
        photo: Some(Photo { file: "f".to_owned(), width: 600, height: 420, confirmed: true }),
        kin_cleared: false,
        elsewhere: Vec::new(),
    }
}

pub(crate) fn dossier() -> Dossier {
    dossier_at(Instant::at(Day::ymd(2026, 5, 20), 600))
}
