//! The answers of a couple: as typed, and as read.

use kernel::{Day, Issues, Refusal};
use platform::Result;

use crate::issues;
use crate::model::{PriorBasis, Sex, Side, ValidTo};
use crate::parties::PartyKind;

kernel::coded! {
    /// What the couple wants.
    Service {
        /// To marry.
        Marriage = "marriage", "结婚登记", "To marry";
        /// To divorce by registration.
        Divorce = "divorce", "离婚登记", "To divorce by registration";
        /// A certificate again.
        Reissue = "reissue", "补领结婚证、离婚证", "To have a certificate re-issued";
    }
}

kernel::coded! {
    /// How somebody stands before the marriage.
    Standing {
        /// 未婚.
        Never = "never", "未婚", "Never married";
        /// 离婚, by certificate.
        Divorced = "divorced", "离婚，有离婚证", "Divorced, by certificate";
        /// 离婚, by judgment.
        Judgment = "judgment", "离婚，法院判决", "Divorced, by judgment";
        /// 离婚, by mediation of a court.
        Mediation = "mediation", "离婚，法院调解", "Divorced, by a court’s mediation";
        /// 丧偶.
        Widowed = "widowed", "丧偶", "Widowed";
        /// 离婚登记 under way.
        Divorcing = "divorcing", "离婚登记正在办理", "A divorce is being registered";
        /// Married to somebody else.
        Married = "married", "与他人有婚姻登记", "Married to somebody else";
        /// Married to each other.
        Together = "together", "双方已经登记结婚", "Married to each other already";
    }
}

kernel::coded! {
    /// How the two are related.
    Relation {
        /// Not at all, or more distantly.
        None = "none", "没有，或者比下面更远", "Not, or more distantly than below";
        /// 直系血亲.
        Lineal = "lineal", "父母子女、祖孙", "Parent and child, grandparent and grandchild";
        /// 三代以内旁系血亲.
        Collateral = "collateral", "兄弟姐妹、叔侄姑侄舅甥、堂表兄弟姐妹", "Brother and sister, uncle or aunt and niece or nephew, first cousins";
    }
}

kernel::coded! {
    /// Which certificate is wanted again.
    Certificate {
        /// 结婚证.
        Marriage = "marriage", "结婚证", "The marriage certificate";
        /// 离婚证.
        Divorce = "divorce", "离婚证", "The divorce certificate";
    }
}

/// One of the two, as typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = SelfCheckPerson)]
#[serde(default)]
pub struct PersonInput {
    /// `male` or `female`; by the place (first the man, then the woman) when empty. For a marriage.
    #[schema(example = "male")]
    pub sex: String,
    /// Date of birth, ISO. For a marriage.
    #[schema(example = "2004-05-20")]
    pub birth: String,
    /// Code of the kind of party (A.2), `1` for a mainland resident; that when empty.
    #[schema(example = "1")]
    pub kind: String,
    /// `never`, `divorced`, `judgment`, `mediation`, `widowed`, `divorcing`, `married`, `together`. For a marriage.
    #[schema(example = "never")]
    pub standing: String,
    /// Day from which the court's paper has effect, ISO; only after `judgment` and `mediation`.
    #[schema(example = "")]
    pub effective_on: String,
    /// Last day of the identity document, ISO; empty for long-term or not known.
    #[schema(example = "")]
    pub id_valid_to: String,
}

/// The answers as typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = SelfCheckInput)]
#[serde(default)]
pub struct Input {
    /// `marriage`, `divorce` or `reissue`.
    #[schema(example = "marriage")]
    pub service: String,
    /// Code of an office; none when empty.
    #[schema(example = "")]
    pub office: String,
    /// The first of the two.
    pub a: PersonInput,
    /// The second.
    pub b: PersonInput,
    /// `none`, `lineal` or `collateral`. For a marriage.
    #[schema(example = "none")]
    pub relation: String,
    /// `mainland` or `elsewhere`: where the marriage was registered. For a divorce or a re-issue.
    #[schema(example = "mainland")]
    pub registered: String,
    /// Both want the divorce: `yes` or `no`.
    #[schema(example = "yes")]
    pub willing: String,
    /// Both have full legal capacity: `yes` or `no`.
    #[schema(example = "yes")]
    pub capable: String,
    /// An application of the two is under way already: `yes` or `no`.
    #[schema(example = "no")]
    pub applied: String,
    /// What the agreement says already, of `children`, `property`, `debts`.
    pub agreed: Vec<String>,
    /// `marriage` or `divorce`. For a re-issue.
    #[schema(example = "marriage")]
    pub certificate: String,
    /// The marriage is over: `yes` or `no`. For a re-issue.
    #[schema(example = "no")]
    pub over: String,
    /// Somebody else comes for the holder: `yes` or `no`. For a re-issue.
    #[schema(example = "no")]
    pub agent: String,
}

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Sex.
    pub sex: Sex,
    /// Date of birth; known where it matters.
    pub birth: Option<Day>,
    /// What the person is to the rules.
    pub kind: PartyKind,
    /// How the person stands.
    pub standing: Standing,
    /// From when the court's paper has effect.
    pub effective_on: Option<Day>,
    /// End of the identity document.
    pub id_valid_to: ValidTo,
}

/// The answers as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// What is wanted.
    pub service: Service,
    /// The first person: of a couple of man and woman the man, in whatever order they were typed.
    pub a: Person,
    /// The second.
    pub b: Person,
    /// How they are related.
    pub relation: Relation,
    /// The marriage was registered in mainland China.
    pub mainland: bool,
    /// Both want it.
    pub willing: bool,
    /// Both have full capacity.
    pub capable: bool,
    /// An application is under way.
    pub applied: bool,
    /// Children, property and debts are in the agreement.
    pub agreed: [bool; 3],
    /// Which certificate.
    pub certificate: Certificate,
    /// The marriage is over.
    pub over: bool,
    /// Somebody else comes.
    pub agent: bool,
}

impl Input {
    /// Reads the answers. Only those that the service asks for are needed.
    ///
    /// # Errors
    /// `MR-E51` at every field that is needed and was not answered.
    pub fn read(&self) -> Result<Answers, Refusal> {
        let mut found = Issues::default();
        let service = choice(&mut found, "service", Service::from_code(&self.service)).unwrap_or(Service::Marriage);
        let marries = service == Service::Marriage;
        let mut a = person(&mut found, Side::A, &self.a, marries);
        let mut b = person(&mut found, Side::B, &self.b, marries);
        // Who was typed first is no rule: the man has his place in every form.
        if (a.sex, b.sex) == (Sex::Female, Sex::Male) {
            std::mem::swap(&mut a, &mut b);
        }
        let relation = if marries { choice(&mut found, "relation", Relation::from_code(&self.relation)) } else { None };
        let mut yes = |field: &str, typed: &str, asked: bool| asked && choice(&mut found, field, said(typed)).unwrap_or_default();
        let divorces = service == Service::Divorce;
        let reissues = service == Service::Reissue;
        let (willing, capable) = (yes("willing", &self.willing, divorces), yes("capable", &self.capable, divorces));
        let (applied, over, agent) = (yes("applied", &self.applied, divorces), yes("over", &self.over, reissues), yes("agent", &self.agent, reissues));
        let place = match self.registered.as_str() {
            "mainland" => Some(true),
            "elsewhere" => Some(false),
            _ => None,
        };
        let mainland = if marries { None } else { choice(&mut found, "registered", place) };
        let certificate = if reissues { choice(&mut found, "certificate", Certificate::from_code(&self.certificate)) } else { None };
        found.finish()?;
        Ok(Answers {
            service,
            a,
            b,
            relation: relation.unwrap_or(Relation::None),
            mainland: mainland.unwrap_or(true),
            willing,
            capable,
            applied,
            agreed: ["children", "property", "debts"].map(|part| self.agreed.iter().any(|said| said == part)),
            certificate: certificate.unwrap_or(Certificate::Marriage),
            over,
            agent,
        })
    }
}

fn said(typed: &str) -> Option<bool> {
    match typed {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// An answer that is needed.
fn choice<T>(found: &mut Issues, field: &str, answer: Option<T>) -> Option<T> {
    found.ensure(answer.is_some(), || issues::missing(field.to_owned()));
    answer
}

/// A day as typed; none where nothing was.
fn day(found: &mut Issues, field: String, typed: &str) -> Option<Day> {
    let typed = typed.trim();
    let read = typed.parse::<Day>().ok().filter(|day| (1900..2200).contains(&day.year()));
    found.ensure(typed.is_empty() || read.is_some(), || issues::missing(field));
    read
}

fn person(found: &mut Issues, side: Side, typed: &PersonInput, marries: bool) -> Person {
    let place = if side == Side::A { Sex::Male } else { Sex::Female };
    let sex = match typed.sex.as_str() {
        "male" => Sex::Male,
        "female" => Sex::Female,
        _ => place,
    };
    let birth = day(found, side.field("birth"), &typed.birth);
    found.ensure(birth.is_some() || !marries || !typed.birth.trim().is_empty(), || issues::missing(side.field("birth")));
    let kind = if typed.kind.is_empty() { Some(PartyKind::Mainland) } else { PartyKind::from_code(&typed.kind) };
    let standing = if marries { choice(found, &side.field("standing"), Standing::from_code(&typed.standing)) } else { None };
    Person {
        sex,
        birth,
        kind: choice(found, &side.field("kind"), kind).unwrap_or(PartyKind::Mainland),
        standing: standing.unwrap_or(Standing::Never),
        effective_on: day(found, side.field("effective_on"), &typed.effective_on),
        id_valid_to: day(found, side.field("id_valid_to"), &typed.id_valid_to).map_or(ValidTo::LongTerm, ValidTo::Until),
    }
}

impl Person {
    /// How the last marriage ended, as the rules know it.
    pub(super) fn basis(&self) -> Option<PriorBasis> {
        match self.standing {
            Standing::Divorced => Some(PriorBasis::DivorceCertificate),
            Standing::Judgment => Some(PriorBasis::Judgment),
            Standing::Mediation => Some(PriorBasis::Mediation),
            Standing::Widowed => Some(PriorBasis::SpouseDeath),
            Standing::Never | Standing::Divorcing | Standing::Married | Standing::Together => None,
        }
    }
}

impl Answers {
    /// The two.
    pub(super) fn persons(&self) -> [&Person; 2] {
        [&self.a, &self.b]
    }

    /// Whether one of the two is from Hong Kong, Macao, Taiwan or abroad (R-MR-13).
    pub fn from_abroad(&self) -> bool {
        self.service != Service::Reissue && self.persons().iter().any(|person| person.kind.from_abroad())
    }

    /// The conditions of materials (`only_if` in the item's file) that hold for the two.
    pub fn conditions(&self) -> Vec<&'static str> {
        let any = |is: fn(&Person) -> bool| self.persons().into_iter().any(is);
        let held = [
            ("mainland", any(|person| !person.kind.from_abroad())),
            ("soldier", any(|person| person.kind == PartyKind::Soldier)),
            ("hong_kong_macao_taiwan", any(|person| matches!(person.kind, PartyKind::HongKong | PartyKind::Macao | PartyKind::Taiwan))),
            ("overseas_or_foreign", any(|person| matches!(person.kind, PartyKind::Overseas | PartyKind::Foreign))),
            ("divorced", any(|person| matches!(person.standing, Standing::Divorced | Standing::Judgment | Standing::Mediation))),
            ("widowed", any(|person| person.standing == Standing::Widowed)),
            ("agent", self.agent),
        ];
        held.into_iter().filter_map(|(condition, holds)| holds.then_some(condition)).collect()
    }
}
