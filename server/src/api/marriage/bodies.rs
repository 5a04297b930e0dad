//! Cases and days as programs read them.

use booking::BookingId;
use casework::CaseId;
use kernel::{Instant, mask};
use ::marriage::PartyFile;
use ::marriage::model::{Entry, Side};
use ::marriage::ops::{CaseLine, CaseView, Desk};
use ::marriage::rules::{Finding, Outcome};
use serde::Serialize;
use utoipa::ToSchema;

/// One case of a list; names are masked.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CaseLineBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
    /// 22 digits.
    case_no: String,
    /// Code of the state: 10 初审 … 60 放弃.
    state: String,
    /// The state in words.
    state_name: String,
    /// When it was opened.
    #[schema(value_type = String)]
    opened_at: Instant,
    /// The appointment from which it came.
    #[schema(value_type = Option<String>)]
    booking: Option<BookingId>,
    /// The man, masked; empty before he is entered.
    a: String,
    /// The woman, masked.
    b: String,
}

impl From<CaseLine> for CaseLineBody {
    fn from(line: CaseLine) -> Self {
        Self {
            id: line.id,
            case_no: line.case_no,
            state: line.state.code().to_owned(),
            state_name: line.state.name().zh.into_owned(),
            opened_at: line.opened_at,
            booking: line.booking,
            a: line.a,
            b: line.b,
        }
    }
}

/// The day of an office.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DayBody {
    /// The day's appointments, in the order of their slots; none for those who do not work at the counter.
    bookings: Vec<AppointmentBody>,
    /// Cases opened today, newest first, 100 at most.
    today: Vec<CaseLineBody>,
    /// Cases of earlier days that are still open, oldest first, 100 at most.
    left_over: Vec<CaseLineBody>,
}

/// One appointment; names are masked.
#[derive(Debug, Serialize, ToSchema)]
struct AppointmentBody {
    /// Id.
    #[schema(value_type = String)]
    id: BookingId,
    /// The 22-digit number.
    number: Option<String>,
    /// Start.
    #[schema(value_type = String)]
    start: Instant,
    /// `BOOKED`, `ARRIVED`, `DONE` …
    state: String,
    /// The people, masked.
    people: Vec<String>,
}

impl DayBody {
    /// The day as it stands `now`.
    pub(super) fn new(desk: Desk, now: Instant) -> Self {
        let bookings = desk.bookings.into_iter().map(|card| AppointmentBody {
            id: card.id,
            state: card.state_at(now).code().to_owned(),
            start: card.slot.start,
            people: card.parties.iter().map(|party| mask::name(&party.details.name)).collect(),
            number: card.number,
        });
        let lines = |lines: Vec<CaseLine>| lines.into_iter().map(CaseLineBody::from).collect();
        Self { bookings: bookings.collect(), today: lines(desk.today), left_over: lines(desk.left_over) }
    }
}

/// One case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CaseBody {
    /// Id.
    #[schema(value_type = String)]
    id: CaseId,
    /// 22 digits.
    case_no: String,
    /// Version of the case, as in `ETag`.
    version: i64,
    /// Code of the state.
    state: String,
    /// The state in words.
    state_name: String,
    /// The man; absent before he is entered.
    a: Option<PartyBody>,
    /// The woman.
    b: Option<PartyBody>,
    /// The joint photo is there and was confirmed.
    photo_confirmed: Option<bool>,
    /// The interview is recorded.
    interviewed: bool,
    /// Number of the certificates, once registered.
    cert_no: Option<String>,
    /// When it was registered.
    #[schema(value_type = Option<String>)]
    registered_at: Option<Instant>,
    /// The certificates that are current.
    certificates: Vec<CertificateBody>,
    /// The next serials of blank certificates in the office's stock.
    serials: Vec<String>,
    /// What whoever asks may do with it now.
    actions: Vec<String>,
    /// What each rule finds now; empty once the case is closed.
    findings: Vec<FindingBody>,
    /// What was done, the oldest first.
    log: Vec<LogBody>,
}

/// One of the two.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PartyBody {
    /// Name; whole for staff.
    name: String,
    /// Code of the kind of party (A.2): 1 resident … 7 soldier.
    kind: &'static str,
    /// GB/T 2659.
    nationality: String,
    /// Kind of the document (GA/T 517).
    id_type: String,
    /// Number of the document; whole for staff.
    id_no: String,
    /// Codes of the papers that were shown beside it.
    papers: Vec<String>,
    /// Marital status before (GB/T 2261.2).
    marital: String,
    /// `chip`, `typed` or `confirmed`.
    entry: &'static str,
    /// Stood at the counter and is who the document names.
    identified: bool,
    /// Declared.
    declared: bool,
    /// When the declaration was signed.
    #[schema(value_type = Option<String>)]
    signed_at: Option<Instant>,
}

impl PartyBody {
    /// A person; `whole` shows name and number as they are.
    pub(super) fn new(party: &PartyFile, whole: bool) -> Self {
        let snapshot = &party.snapshot;
        Self {
            name: if whole { snapshot.name.clone() } else { mask::name(&snapshot.name) },
            kind: snapshot.kind.code(),
            nationality: snapshot.nationality.clone(),
            id_type: snapshot.id_type.clone(),
            id_no: if whole { snapshot.id_no.clone() } else { mask::id_number(&snapshot.id_no) },
            papers: snapshot.papers.iter().map(|paper| paper.kind.clone()).collect(),
            marital: snapshot.marital.code().to_owned(),
            entry: match party.entry {
                Entry::Chip => "chip",
                Entry::Typed { .. } => "typed",
                Entry::Confirmed { .. } => "confirmed",
            },
            identified: party.identified.is_some(),
            declared: party.declared,
            signed_at: party.signed_at,
        }
    }
}

/// One printed or printable certificate.
#[derive(Debug, Serialize, ToSchema)]
struct CertificateBody {
    /// `A` or `B`.
    holder: String,
    /// Serial of the booklet.
    serial: String,
    /// When it was printed.
    #[schema(value_type = Option<String>)]
    printed_at: Option<Instant>,
}

/// What one rule found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FindingBody {
    /// Id of the rule.
    rule: String,
    /// `pass`, `fail`, `warn`, `open` or `not_answered`.
    #[schema(value_type = String, example = "pass")]
    outcome: Outcome,
    /// What it looks at.
    title_zh: String,
    /// The same in English.
    title_en: String,
    /// What it found; empty for systems.
    found_zh: String,
    /// Code of the message, where the rule is not kept.
    code: Option<String>,
}

impl FindingBody {
    /// A finding; `whole` says what was found.
    pub(super) fn new(finding: Finding, whole: bool) -> Self {
        Self {
            rule: finding.rule,
            outcome: finding.outcome,
            title_zh: finding.title.zh.into_owned(),
            title_en: finding.title.en.into_owned(),
            found_zh: if whole { finding.found.zh.into_owned() } else { String::new() },
            code: finding.issue.map(|issue| issue.code.into_owned()),
        }
    }
}

/// One line of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LogBody {
    /// The version that the act made.
    seq: i64,
    /// What was done, as in `actions`.
    verb: String,
    /// By whom; empty for jobs.
    actor: String,
    /// When.
    #[schema(value_type = String)]
    at: Instant,
    /// Why; may be empty.
    reason: String,
}

impl LogBody {
    /// A line of a case's log.
    pub(super) fn new(line: &casework::Action) -> Self {
        Self { seq: line.seq, verb: line.verb.clone(), actor: line.actor_name.clone(), at: line.at, reason: line.reason.clone() }
    }
}

impl CaseBody {
    /// The case; `whole` shows names and numbers as they are.
    pub(super) fn new(view: CaseView, whole: bool) -> Self {
        let state = view.file.state.kind();
        let party = |side: Side| view.file.party(side).map(|party| PartyBody::new(party, whole));
        let log = view.log.iter().map(LogBody::new);
        let printed = view.entry.iter().flat_map(|entry| &entry.certificates).map(|printed| CertificateBody {
            holder: printed.holder.clone(),
            serial: printed.print_serial.clone(),
            printed_at: printed.printed_at.map(Instant::from_micros),
        });
        Self {
            id: view.file.id(),
            case_no: view.file.head.case_no.clone(),
            version: view.file.head.version,
            state: state.code().to_owned(),
            state_name: state.name().zh.into_owned(),
            a: party(Side::A),
            b: party(Side::B),
            photo_confirmed: view.file.photo.as_ref().map(|photo| photo.confirmed),
            interviewed: view.file.interview.is_some(),
            cert_no: view.entry.as_ref().map(|entry| entry.cert_no.clone()),
            registered_at: view.entry.as_ref().map(|entry| entry.registered_at),
            certificates: printed.collect(),
            log: log.collect(),
            actions: view.actions.iter().map(|action| action.verb().to_owned()).collect(),
            serials: view.serials,
            findings: view.findings.into_iter().map(|finding| FindingBody::new(finding, whole)).collect(),
        }
    }
}
