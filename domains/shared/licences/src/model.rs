//! What a licence is: entry in the catalogue, version, holder, issuer, and the ways in which it ends.

use std::borrow::Cow;

use documents::shapes::Certificate;
use kernel::{Day, Id, Instant, LicenceId, RegionCode, Text, Uscc};
use platform::PersonId;
use platform::ports::FileId;
use serde::{Deserialize, Serialize};

/// Marker of an entry in the licence catalogue: one version of one licence.
#[derive(Debug)]
pub struct Entry;
/// Id of an entry; its GB/T 36904 identifier is a [`LicenceId`].
pub type EntryId = Id<Entry>;

/// Marriage certificate (结婚证) among the types of P5.3.
pub const MARRIAGE: &str = "11990000YY9990080W006";
/// Divorce certificate (离婚证).
pub const DIVORCE: &str = "11990000YY9990080W007";

/// Type of a holder's number (持证主体代码类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HolderKind {
    /// 001: an organisation by its credit code.
    #[serde(rename = "001")]
    Organisation,
    /// 111: a person by identity card number.
    #[serde(rename = "111")]
    IdCard,
    /// A person by another document: passport, permit.
    #[serde(rename = "999")]
    OtherDocument,
}

impl HolderKind {
    /// The code under which catalogues exchange it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Organisation => "001",
            Self::IdCard => "111",
            Self::OtherDocument => "999",
        }
    }
}

/// Who holds a licence. Kept sealed; found by a keyed hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Name as on the licence.
    pub name: String,
    /// What kind of number it is.
    pub kind: HolderKind,
    /// The number, whole.
    pub number: String,
    /// The person, where this instance knows him: lists and downloads go by it.
    pub person: Option<PersonId>,
}

/// Who issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Credit code of the authority.
    pub code: Uscc,
    /// Its name as on the licence.
    pub name: String,
    /// Its region.
    pub region: RegionCode,
}

/// Where a licence comes from (P5-1): there is no other way to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub(crate) kind: &'static str,
    pub(crate) reference: String,
}

impl Source {
    /// A decided case, by its number; `None` for an empty one.
    pub fn case(number: &str) -> Option<Source> {
        Self::of("case", number.trim().to_owned())
    }

    /// A batch of older data, by its name and where the data come from; `None` when either is missing.
    pub fn stock(batch: &str, origin: &str) -> Option<Source> {
        let (batch, origin) = (batch.trim(), origin.trim());
        let whole = !batch.is_empty() && !origin.is_empty();
        whole.then(|| Self { kind: "stock", reference: format!("{batch} · {origin}") })
    }

    fn of(kind: &'static str, reference: String) -> Option<Source> {
        (!reference.is_empty()).then_some(Source { kind, reference })
    }
}

/// What is issued.
#[derive(Clone, Debug)]
pub struct New {
    /// 证照类型代码, as [`MARRIAGE`].
    pub type_code: Cow<'static, str>,
    /// 证照编号, as printed.
    pub number: String,
    /// Who holds it.
    pub holder: Holder,
    /// Who issues it.
    pub issuer: Issuer,
    /// 发证日期.
    pub issued_on: Day,
    /// Last day; `None` for ever.
    pub valid_to: Option<Day>,
    /// Where it comes from.
    pub source: Source,
    /// What the page shows. `identifier` is filled in here, and `check_url` where the service has none of its own.
    pub face: Certificate,
    /// Template that arranges the face, as `marriage-certificate`.
    pub template: &'static str,
    /// Photo on it.
    pub photo: Option<FileId>,
}

/// State of a licence (P5.4). 待签章 is never seen: the file is signed in the step that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 待制: issued and in force, its file not yet made.
    ToMake,
    /// 01 有效.
    Valid,
    /// 02 暂扣.
    Held,
    /// 03 过期.
    Expired,
    /// 04 已变更: a newer version is in force.
    Superseded,
    /// 05 注销 (for a marriage: ended by divorce).
    Cancelled,
    /// 06 撤销 (for a marriage: registration revoked or void).
    Revoked,
    /// 07 吊销.
    Withdrawn,
    /// 08 作废: made wrongly.
    Void,
    /// 99 其他.
    Other,
}

impl State {
    const ALL: [State; 10] = [
        Self::ToMake,
        Self::Valid,
        Self::Held,
        Self::Expired,
        Self::Superseded,
        Self::Cancelled,
        Self::Revoked,
        Self::Withdrawn,
        Self::Void,
        Self::Other,
    ];

    /// The code as stored and exchanged.
    pub fn code(self) -> &'static str {
        match self {
            Self::ToMake => "make",
            Self::Valid => "01",
            Self::Held => "02",
            Self::Expired => "03",
            Self::Superseded => "04",
            Self::Cancelled => "05",
            Self::Revoked => "06",
            Self::Withdrawn => "07",
            Self::Void => "08",
            Self::Other => "99",
        }
    }

    /// The state with this code; an unknown code is [`State::Other`].
    pub fn from_code(code: &str) -> State {
        Self::ALL.into_iter().find(|state| state.code() == code).unwrap_or(Self::Other)
    }

    /// The word in both languages.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::ToMake => ("有效（文件制作中）", "in force, file being made"),
            Self::Valid => ("有效", "in force"),
            Self::Held => ("暂扣", "held"),
            Self::Expired => ("过期", "expired"),
            Self::Superseded => ("变更", "superseded"),
            Self::Cancelled => ("注销", "cancelled"),
            Self::Revoked => ("撤销", "revoked"),
            Self::Withdrawn => ("吊销", "withdrawn"),
            Self::Void => ("作废", "void"),
            Self::Other => ("其他", "other"),
        };
        Text::new(zh, en)
    }

    /// Whether the licence counts. The legal act makes it count, not the file.
    pub fn in_force(self) -> bool {
        matches!(self, Self::ToMake | Self::Valid)
    }

    /// The state on a day: one past its last day has expired whether or not the job has run.
    pub fn on(self, day: Day, valid_to: Option<Day>) -> State {
        if self.in_force() && valid_to.is_some_and(|last| last < day) { Self::Expired } else { self }
    }
}

/// The decision that ends a licence (P5-4): there is no ending without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub(crate) number: String,
}

impl Decision {
    /// By the number of the decision document; `None` for an empty one.
    pub fn new(number: &str) -> Option<Decision> {
        let number = number.trim();
        (!number.is_empty()).then(|| Decision { number: number.to_owned() })
    }
}

/// How a licence ends by a decision (P5-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// 05 注销.
    Cancelled,
    /// 06 撤销.
    Revoked,
    /// 07 吊销.
    Withdrawn,
    /// 08 作废.
    Void,
}

impl Ending {
    /// The state that follows.
    pub fn state(self) -> State {
        match self {
            Self::Cancelled => State::Cancelled,
            Self::Revoked => State::Revoked,
            Self::Withdrawn => State::Withdrawn,
            Self::Void => State::Void,
        }
    }
}

/// One of the entries in force under a number: both booklets of a couple share theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The entry.
    pub id: EntryId,
    /// Whose it is, where this instance knows the person.
    pub person: Option<PersonId>,
}

/// An entry as its holder and staff see it.
#[derive(Clone, Debug)]
pub struct Held {
    /// The entry.
    pub id: EntryId,
    /// 证照标识.
    pub identifier: LicenceId,
    /// Code of the type.
    pub type_code: String,
    /// Name of the type.
    pub type_name: Text,
    /// 证照编号.
    pub number: String,
    /// Name of the authority.
    pub issuer_name: String,
    /// 发证日期.
    pub issued_on: Day,
    /// Last day.
    pub valid_to: Option<Day>,
    /// State today.
    pub state: State,
    /// Day on which it ceased to be in force.
    pub ended_on: Option<Day>,
    /// When file and signature were made; before that there is nothing to download.
    pub made_at: Option<Instant>,
    /// Who used it, newest first.
    pub uses: Vec<Use>,
}

/// One read of a licence (P5-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// When.
    pub at: Instant,
    /// How.
    pub way: Way,
    /// Name of the program; empty for people, who check without giving a name.
    pub actor_name: String,
    /// 事项.
    pub item: String,
    /// 事由.
    pub cause: String,
    /// What was answered.
    pub result: String,
    /// By what right a program read: `consent`, or the law that its mandate names; empty for other ways.
    pub basis: String,
}

/// How a licence was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The public check by three elements.
    Elements,
    /// The QR symbol.
    Token,
    /// A file was compared.
    File,
    /// The holder fetched the file.
    Download,
    /// A program asked.
    Share,
    /// The holder made an annotated copy, or somebody checked one.
    Copy,
}

impl Way {
    const ALL: [Way; 6] = [Self::Elements, Self::Token, Self::File, Self::Download, Self::Share, Self::Copy];

    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Elements => "elements",
            Self::Token => "token",
            Self::File => "file",
            Self::Download => "download",
            Self::Share => "share",
            Self::Copy => "copy",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Way> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// In words, for the holder.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Elements => ("凭三项信息核验", "checked by its three elements"),
            Self::Token => ("扫码核验", "checked by QR code"),
            Self::File => ("文件验证", "file verified"),
            Self::Download => ("持证人下载", "downloaded by the holder"),
            Self::Share => ("部门调用", "read by an authority"),
            Self::Copy => ("加注件", "annotated copy"),
        };
        Text::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p5_1_a_source_is_a_case_or_a_stock_batch_with_its_origin() {
        assert!(Source::case(" ").is_none());
        assert!(Source::stock("2026-01", "").is_none() && Source::stock("", "纸质档案").is_none());
        assert_eq!(Source::stock("2026-01", "纸质档案").expect("whole").reference, "2026-01 · 纸质档案");
        assert_eq!(Source::case("9901012026070110000017").expect("whole").kind, "case");
    }

    #[test]
    fn every_state_is_read_back_by_its_code() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), state);
        }
        assert_eq!(State::from_code("42"), State::Other);
    }

    #[test]
    fn a_licence_expires_at_midnight_after_its_last_day() {
        let last = Some(Day::ymd(2026, 6, 30));
        assert_eq!(State::Valid.on(Day::ymd(2026, 6, 30), last), State::Valid);
        assert_eq!(State::Valid.on(Day::ymd(2026, 7, 1), last), State::Expired);
        assert_eq!(State::Revoked.on(Day::ymd(2026, 7, 1), last), State::Revoked);
    }
}
