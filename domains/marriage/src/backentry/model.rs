//! The nouns of back-entry: a row as it was told, its states, its columns.

use std::fmt;
use std::str::FromStr;

use kernel::{Day, Id};
use serde::{Deserialize, Serialize};

use super::parameters::parameters;
use crate::model::{EndKind, Side};

/// Marker of a batch.
#[derive(Debug)]
pub struct Batch;
/// Id of a batch.
pub type BatchId = Id<Batch>;
/// Marker of a table of a batch.
#[derive(Debug)]
pub struct PartTable;
/// Id of a table of a batch.
pub type PartId = Id<PartTable>;
/// Marker of a row.
#[derive(Debug)]
pub struct BackRow;
/// Id of a row.
pub type RowId = Id<BackRow>;
/// Marker of a line that could not be taken.
#[derive(Debug)]
pub struct RejectedLine;
/// Id of a line that could not be taken.
pub type RejectId = Id<RejectedLine>;
/// Marker of a page image.
#[derive(Debug)]
pub struct PageImage;
/// Id of a page image.
pub type ImageId = Id<PageImage>;

kernel::coded! {
    /// Where the data of a batch come from (BackEntry.source).
    #[derive(Serialize, Deserialize, utoipa::ToSchema)]
    #[schema(as = BackEntrySource)]
    #[serde(rename_all = "snake_case")]
    Source {
        /// 纸质档案.
        Paper = "paper", "纸质档案", "paper files";
        /// 旧系统.
        OldSystem = "old_system", "旧系统", "an old system";
        /// 他地转入.
        MovedIn = "moved_in", "他地转入", "another place";
    }
}

kernel::coded! {
    /// Where a row stands.
    #[derive(Serialize, Deserialize, utoipa::ToSchema)]
    #[schema(as = BackEntryState)]
    #[serde(rename_all = "snake_case")]
    State {
        /// Keyed, waits for the second person.
        Keyed = "keyed", "待复核", "to be checked";
        /// Sent back to be mended.
        SentBack = "sent_back", "已退回", "sent back";
        /// Checked; somebody would be married twice, or may be: a person has to look into it.
        Conflict = "conflict", "冲突待核实", "conflict, to be looked into";
        /// In the base.
        Published = "published", "已入库", "published";
        /// Looked into and not published.
        Apart = "apart", "不入库", "kept apart";
    }
}

kernel::coded! {
    /// How complete a file is (BackEntry.confidence).
    #[derive(Serialize, Deserialize, utoipa::ToSchema)]
    #[schema(as = BackEntryClass)]
    #[serde(rename_all = "snake_case")]
    Class {
        /// 1 完整.
        Complete = "1", "完整", "complete";
        /// 2 缺证件号.
        NoNumber = "2", "缺证件号", "a number is missing";
        /// 3 缺日期.
        NoDate = "3", "缺日期", "a date is missing";
    }
}

impl Class {
    /// The confidence of what is published from such a file (Z.1).
    pub fn confidence(self) -> i64 {
        let values = &parameters().confidence;
        match self {
            Self::Complete => values.complete.value,
            Self::NoNumber => values.no_number.value,
            Self::NoDate => values.no_date.value,
        }
    }

    /// Whether a marriage from such a file bars another registration; where a number is missing it only warns.
    pub fn binds(self) -> bool {
        self != Self::NoNumber
    }
}

/// A column of the table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name for programs.
    pub code: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// The table needs it.
    pub needed: bool,
}

const fn column(code: &'static str, zh: &'static str, en: &'static str, needed: bool) -> Column {
    Column { code, zh, en, needed }
}

/// The columns, in the order of the template.
pub const COLUMNS: [Column; 15] = [
    column("archive_no", "档号", "archive number", true),
    column("image", "图像", "page images", true),
    column("cert_no", "证件字号", "certificate number", false),
    column("registered_on", "登记日期", "registered on", true),
    column("office", "登记机关", "registering office", false),
    column("a_name", "男方姓名", "name of the man", true),
    column("a_id_no", "男方证件号码", "number of the man", true),
    column("a_birth", "男方出生日期", "birth of the man", false),
    column("b_name", "女方姓名", "name of the woman", true),
    column("b_id_no", "女方证件号码", "number of the woman", true),
    column("b_birth", "女方出生日期", "birth of the woman", false),
    column("ended_on", "终止日期", "ended on", false),
    column("end_kind", "终止原因", "why it ended", false),
    column("end_basis", "终止依据", "paper about the end", false),
    column("remark", "备注", "remark", false),
];

/// The column in which a mended line names the one that it mends: part and line, `1-57`.
pub(super) const MENDS: Column = column("mends", "退回行", "mends", false);

/// An empty table with its head, for a spreadsheet.
pub fn template() -> Vec<u8> {
    let head: Vec<&str> = COLUMNS.iter().map(|column| column.zh).collect();
    format!("\u{feff}{}\r\n", head.join(",")).into_bytes()
}

/// A date as far as a paper tells it: a year, a month, or a day. Nothing is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaperDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PaperDate {
    /// A date to the day.
    pub fn of(day: Day) -> Self {
        Self { year: day.year(), month: Some(day.month()), day: Some(day.day()) }
    }

    /// Reads `1987-05-20`, `1987/5/20`, `1987.5`, `19870520`, `1987年5月20日`, `1987`. None for anything else.
    pub fn read(typed: &str) -> Option<Self> {
        let plain: String = kernel::text::name(typed).chars().filter(|c| !c.is_whitespace()).collect();
        let whole = plain.len() == 8 && plain.bytes().all(|byte| byte.is_ascii_digit());
        let spread = if whole { format!("{}-{}-{}", &plain[..4], &plain[4..6], &plain[6..]) } else { plain };
        let spread = spread.replace(['年', '月', '/', '.', '·', '—', '–'], "-").replace(['日', '号'], "");
        let mut parts = spread.trim_end_matches('-').split('-').map(str::parse::<i16>);
        let year = parts.next()?.ok().filter(|year| (1900..=2100).contains(year))?;
        let month = parts.next().transpose().ok()?;
        let day = parts.next().transpose().ok()?;
        if parts.next().is_some() {
            return None;
        }
        let month = month.map(i8::try_from).transpose().ok()?;
        let day = day.map(i8::try_from).transpose().ok()?;
        Day::new(year, month.unwrap_or(1), day.unwrap_or(1))?;
        Some(Self { year, month, day })
    }

    /// The day, where the paper tells it.
    pub fn day(self) -> Option<Day> {
        Day::new(self.year, self.month?, self.day?)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The first day that it may mean.
    pub fn earliest(self) -> Day {
        Day::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).expect("checked when it was read")
    }

    /// The last day that it may mean.
    pub fn latest(self) -> Day {
        match (self.month, self.day) {
            (_, Some(_)) => self.earliest(),
            (Some(_), None) => self.earliest().last_of_month(),
            (None, None) => Day::new(self.year, 12, 31).expect("a year has a last day"),
        }
    }
}

impl fmt::Display for PaperDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl FromStr for PaperDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::read(text).ok_or_else(|| format!("{text} is no date"))
    }
}

impl TryFrom<String> for PaperDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<PaperDate> for String {
    fn from(date: PaperDate) -> Self {
        date.to_string()
    }
}

/// A field: what the cell said, and what it was read as. The original is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told<T> {
    /// The cell, letter by letter.
    pub original: String,
    /// What it was read as; none where the paper does not tell.
    pub value: Option<T>,
    /// It does not stand in the cell but follows from something else in the row (MR-W39).
    pub derived: bool,
}

impl<T> Told<T> {
    /// Read from its cell.
    pub(super) fn read(original: &str, value: Option<T>) -> Self {
        Self { original: original.to_owned(), value, derived: false }
    }
}

/// An identity card number as written, and the form by which it is searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// As on the paper, 15 or 18 characters.
    pub written: String,
    /// In 18 characters.
    pub key: String,
}

/// One of the two of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyRecord {
    /// Name.
    pub name: Told<String>,
    /// Number of the identity card.
    pub id_no: Told<Number>,
    /// Date of birth.
    pub birth: Told<PaperDate>,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Names of the page images.
    pub images: Told<Vec<String>>,
    /// Number of the certificate, as printed then.
    pub cert_no: Told<String>,
    /// When the marriage was registered.
    pub registered_on: Told<PaperDate>,
    /// Where.
    pub office: Told<String>,
    /// The man.
    pub a: PartyRecord,
    /// The woman.
    pub b: PartyRecord,
    /// When the marriage ended.
    pub ended_on: Told<PaperDate>,
    /// Why.
    pub end_kind: Told<EndKind>,
    /// By which paper.
    pub end_basis: Told<String>,
    /// Anything else.
    pub remark: Told<String>,
}

/// A field as it is shown: its column, the original, what it was read as, whether that was derived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The column.
    pub column: &'static str,
    /// The cell.
    pub original: String,
    /// What it was read as; none is unknown.
    pub value: Option<String>,
    /// It follows from something else.
    pub derived: bool,
}

impl Record {
    /// The person in a place.
    pub fn party(&self, side: Side) -> &PartyRecord {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }

    /// How complete the file is; a missing number weighs more than a missing date.
    pub fn class(&self) -> Class {
        if Side::BOTH.into_iter().any(|side| self.party(side).id_no.value.is_none()) {
            Class::NoNumber
        } else if self.registered_on.value.and_then(PaperDate::day).is_none() {
            Class::NoDate
        } else {
            Class::Complete
        }
    }

    /// Whether the paper tells that the marriage is over, or never was one.
    pub fn is_over(&self) -> bool {
        self.ended_on.value.is_some() || self.end_kind.value.is_some()
    }

    /// Every field, in the order of the columns.
    pub fn written(&self) -> Vec<Written> {
        let mut all = vec![
            written("image", &self.images, |images| images.join("; ")),
            written("cert_no", &self.cert_no, String::clone),
            written("registered_on", &self.registered_on, ToString::to_string),
            written("office", &self.office, String::clone),
        ];
        for side in Side::BOTH {
            let party = self.party(side);
            let [name, id_no, birth] = match side {
                Side::A => ["a_name", "a_id_no", "a_birth"],
                Side::B => ["b_name", "b_id_no", "b_birth"],
            };
            all.push(written(name, &party.name, String::clone));
            all.push(written(id_no, &party.id_no, |number| number.key.clone()));
            all.push(written(birth, &party.birth, ToString::to_string));
        }
        all.push(written("ended_on", &self.ended_on, ToString::to_string));
        all.push(written("end_kind", &self.end_kind, |kind| kind.name().zh.to_string()));
        all.push(written("end_basis", &self.end_basis, String::clone));
        all.push(written("remark", &self.remark, String::clone));
        all
    }

    /// The columns whose values are derived (back_entry.inferred).
    pub fn inferred(&self) -> Vec<&'static str> {
        self.written().into_iter().filter(|field| field.derived).map(|field| field.column).collect()
    }
}

fn written<T>(column: &'static str, told: &Told<T>, text: impl Fn(&T) -> String) -> Written {
    Written { column, original: told.original.clone(), value: told.value.as_ref().map(text), derived: told.derived }
}
