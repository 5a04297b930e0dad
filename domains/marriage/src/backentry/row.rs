//! One line of a table as a row, or what is wrong with it. Pure: the same line is read the same whenever it is sent.

use kernel::{Day, IdNumber, Issue, Issues};
use sheets::Row;

use super::issues;
use super::model::{COLUMNS, MENDS, Number, PaperDate, PartyRecord, Record, Told};
use crate::model::{EndKind, Sex, Side};

/// Words by which a keyer says that the paper does not tell.
const UNKNOWN: [&str; 11] = ["", "不详", "不明", "未知", "无", "缺", "?", "？", "-", "—", "/"];

/// Characters of an archive number at most (Z.1).
const LONGEST_ARCHIVE_NO: usize = 30;

/// Where the columns stand in a table.
#[derive(Debug, Clone)]
pub(super) struct Head {
    places: [Option<usize>; COLUMNS.len()],
    mends: Option<usize>,
}

impl Head {
    /// Finds the columns by their codes or their Chinese names.
    ///
    /// # Errors
    /// Names the columns that are needed and missing.
    pub(super) fn find(names: &Row) -> Result<Self, Issue> {
        let places = COLUMNS.map(|column| names.find(&[column.code, column.zh]));
        let missing: Vec<_> = COLUMNS.iter().zip(&places).filter(|(column, place)| column.needed && place.is_none()).map(|(column, _)| column).collect();
        if missing.is_empty() {
            return Ok(Self { places, mends: names.find(&[MENDS.code, MENDS.zh]) });
        }
        let zh: Vec<&str> = missing.iter().map(|column| column.zh).collect();
        let en: Vec<&str> = missing.iter().map(|column| column.code).collect();
        Err(issues::no_table(format!("表格缺少列：{}", zh.join("、")), format!("columns are missing: {}", en.join(", "))))
    }

    /// The cells of a line in the order of [`COLUMNS`], as sent.
    pub(super) fn cells(&self, line: &Row) -> Vec<String> {
        self.places.iter().map(|place| place.map_or("", |at| line.cell(at)).to_owned()).collect()
    }

    /// The rejected line that this one mends: part and line.
    pub(super) fn mends(&self, line: &Row) -> Option<(i64, i64)> {
        let (part, line) = line.cell(self.mends?).trim().split_once('-')?;
        Some((part.parse().ok()?, line.parse().ok()?))
    }

    fn lossy(&self, line: &Row, column: usize) -> bool {
        self.places[column].is_some_and(|at| line.lossy.contains(&at))
    }
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keyed {
    pub(super) archive_no: String,
    pub(super) record: Record,
}

/// Reads a line.
///
/// # Errors
/// Everything that is wrong with it, in the order of the columns.
pub(super) fn read(head: &Head, line: &Row, today: Day) -> Result<Keyed, Vec<Issue>> {
    let cells = head.cells(line);
    let mut found = Issues::default();
    for (at, column) in COLUMNS.iter().enumerate() {
        found.ensure(!head.lossy(line, at), || issues::digits_lost(column.code));
    }
    let mut reader = Reader { cells: &cells, found, today };
    let archive_no = archive_no(reader.cell("archive_no"));
    reader.needs("archive_no", !archive_no.is_empty());
    reader.found.ensure(archive_no.is_empty() || is_archive_no(&archive_no), issues::no_archive_number);
    let images = images(reader.cell("image"));
    reader.needs("image", !images.is_empty());
    let cert_no = reader.text("cert_no");
    let registered_on = reader.date("registered_on");
    let office = reader.text("office");
    let at = registered_on.value.map_or(today, PaperDate::latest);
    let a = reader.party(Side::A, at);
    let b = reader.party(Side::B, at);
    reader.found.ensure(a.name.value.is_some() || b.name.value.is_some(), issues::no_name);
    let same = a.id_no.value.is_some() && a.id_no.value.as_ref().map(|number| &number.key) == b.id_no.value.as_ref().map(|number| &number.key);
    reader.found.ensure(!same, issues::same_number);
    let ended_on = reader.date("ended_on");
    if let (Some(from), Some(to)) = (registered_on.value, ended_on.value) {
        reader.found.ensure(from.earliest() <= to.latest(), || issues::ends_before("ended_on"));
    }
    let end_kind = reader.end_kind();
    let end_basis = reader.text("end_basis");
    let remark = reader.text("remark");
    let images = Told::read(reader.cell("image"), Some(images));
    reader.found.finish().map_err(|refusal| refusal.0)?;
    Ok(Keyed { archive_no, record: Record { images, cert_no, registered_on, office, a, b, ended_on, end_kind, end_basis, remark } })
}

/// The archive number of a line, in its one form; empty where there is none.
pub(super) fn archive_no(cell: &str) -> String {
    kernel::text::name(cell).chars().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, '–' | '—' | '‐' | '−') { '-' } else { c }).collect()
}

fn is_archive_no(number: &str) -> bool {
    let parts: Vec<&str> = number.split('-').collect();
    let year = parts.get(1).is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    number.chars().count() <= LONGEST_ARCHIVE_NO && parts.len() >= 4 && year && parts.iter().all(|part| !part.is_empty())
}

/// The names of images in a cell: one, or several with semicolons between.
fn images(cell: &str) -> Vec<String> {
    cell.split([';', '；', '、', '\n']).map(kernel::text::line).filter(|name| !name.is_empty()).collect()
}

struct Reader<'a> {
    cells: &'a [String],
    found: Issues,
    today: Day,
}

impl Reader<'_> {
    fn cell(&self, code: &str) -> &str {
        COLUMNS.iter().position(|column| column.code == code).map_or("", |at| self.cells[at].as_str())
    }

    /// R-MR-38.
    fn needs(&mut self, code: &'static str, there: bool) {
        let column = COLUMNS.iter().find(|column| column.code == code).expect("a column");
        self.found.ensure(there, || issues::no_source(code, column.zh, column.en));
    }

    /// The cell, unless it says that the paper does not tell.
    fn known(&self, code: &str) -> Option<String> {
        let plain = kernel::text::line(self.cell(code));
        (!UNKNOWN.contains(&plain.as_str())).then_some(plain)
    }

    fn text(&self, code: &str) -> Told<String> {
        Told::read(self.cell(code), self.known(code))
    }

    fn date(&mut self, code: &'static str) -> Told<PaperDate> {
        let known = self.known(code);
        let value = known.as_deref().and_then(PaperDate::read).filter(|date| date.earliest() <= self.today);
        self.found.ensure(known.is_none() || value.is_some(), || issues::unreadable(code));
        Told::read(self.cell(code), value)
    }

    fn end_kind(&mut self) -> Told<EndKind> {
        let known = self.known("end_kind");
        let read = |text: &str| EndKind::from_code(text).or_else(|| EndKind::ALL.into_iter().find(|kind| kind.name().zh == text));
        let value = known.as_deref().and_then(read);
        self.found.ensure(known.is_none() || value.is_some(), || issues::unreadable("end_kind"));
        Told::read(self.cell("end_kind"), value)
    }

    /// A person. The number in 18 characters is derived from one in 15, the birth from the number where its cell is empty.
    fn party(&mut self, side: Side, registered: Day) -> PartyRecord {
        let [name, id_no, birth] = match side {
            Side::A => ["a_name", "a_id_no", "a_birth"],
            Side::B => ["b_name", "b_id_no", "b_birth"],
        };
        let name = Told::read(self.cell(name), self.known(name).map(|known| kernel::text::name(&known)));
        let parsed = self.known(id_no).and_then(|typed| {
            let parsed = IdNumber::parse_back_entry(&typed, registered, IdNumber::FIFTEEN_DIGITS_BEFORE, self.today);
            self.found.keep_at(id_no, parsed)
        });
        let mut born = self.date(birth);
        if let Some(number) = &parsed {
            let sex = if side == Side::A { Sex::Male } else { Sex::Female };
            self.found.keep_at(id_no, number.check_sex(sex));
            match born.value.map(PaperDate::day) {
                Some(Some(day)) => {
                    self.found.keep_at(birth, number.check_birth(day));
                }
                // A year or a month alone stays what the paper says.
                Some(None) => {}
                None => born = Told { value: Some(PaperDate::of(number.birth())), derived: true, ..born },
            }
        }
        let number = parsed.map(|number| Number { written: number.as_str().to_owned(), key: number.search_key().to_owned() });
        let derived = number.as_ref().is_some_and(|number| number.written != number.key);
        PartyRecord { name, id_no: Told { original: self.cell(id_no).to_owned(), value: number, derived }, birth: born }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::backentry::model::Class;

    const TODAY: Day = Day::ymd(2026, 11, 22);

    pub(crate) fn head() -> Head {
        Head::find(&Row { number: 1, cells: COLUMNS.map(|column| column.zh.to_owned()).to_vec(), lossy: Vec::new() }).expect("all columns")
    }

    fn line(cells: [&str; 15]) -> Row {
        Row { number: 2, cells: cells.map(str::to_owned).to_vec(), lossy: Vec::new() }
    }

    const WHOLE: [&str; 15] = [
        "G001-1987-1-0012", "0012-1.jpg；0012-2.jpg", "城婚字第12号", "1987年5月20日", "城中公社", "王某", "990101600101101", "", "李某", "不详", "1962", "", "",
        "", "",
    ];

    fn codes(cells: [&str; 15]) -> Vec<(String, String)> {
        let issues = read(&head(), &line(cells), TODAY).expect_err("refused");
        issues.into_iter().map(|issue| (issue.code.into_owned(), issue.field.unwrap_or_default())).collect()
    }

    #[test]
    fn r_mr_39_the_original_stays_unknown_stays_unknown_and_what_is_derived_says_so() {
        let row = read(&head(), &line(WHOLE), TODAY).expect("taken");
        let record = &row.record;
        assert_eq!(row.archive_no, "G001-1987-1-0012");
        assert_eq!(record.images.value.as_deref().map(<[String]>::len), Some(2));
        assert_eq!(record.registered_on.original, "1987年5月20日");
        assert_eq!(record.registered_on.value.map(String::from).as_deref(), Some("1987-05-20"));
        let number = record.a.id_no.value.as_ref().expect("a number");
        assert_eq!((number.written.as_str(), &number.key[..17]), ("990101600101101", "99010119600101101"));
        assert_eq!(record.b.id_no, Told { original: "不详".to_owned(), value: None, derived: false });
        assert_eq!(record.b.birth.value.map(String::from).as_deref(), Some("1962"), "no month and no day are added");
        assert_eq!(record.inferred(), ["a_id_no", "a_birth"]);
        assert_eq!(record.class(), Class::NoNumber);
    }

    #[test]
    fn r_mr_38_a_row_names_archive_number_and_image() {
        let mut cells = WHOLE;
        (cells[0], cells[1]) = ("", " ");
        assert_eq!(codes(cells), [("MR-E38".to_owned(), "archive_no".to_owned()), ("MR-E38".to_owned(), "image".to_owned())]);
        cells[0] = "12";
        assert_eq!(codes(cells)[0].0, "MR-E38");
    }

    #[test]
    fn each_wrong_cell_has_its_code() {
        for (at, cell, code, field) in [
            (3, "春天", "MR-E39", "registered_on"),
            (3, "2027-01-01", "MR-E39", "registered_on"),
            (6, "990101200405200018", "C-E01", "a_id_no"),
            (6, "990101600101102", "C-E04", "a_id_no"),
            (7, "1960-01-02", "C-E03", "a_birth"),
            (11, "1986", "MR-E39c", "ended_on"),
            (12, "跑了", "MR-E39", "end_kind"),
        ] {
            let mut cells = WHOLE;
            cells[at] = cell;
            // Without a date nobody can tell either whether a number of 15 digits was still in use.
            assert_eq!(codes(cells)[0], (code.to_owned(), field.to_owned()), "{cell}");
        }
        let mut late = WHOLE;
        late[3] = "2014-01-01";
        assert_eq!(codes(late)[0].0, "C-E06", "cards of 15 digits had ended");
        let mut lost = line(WHOLE);
        lost.lossy = vec![6];
        assert_eq!(read(&head(), &lost, TODAY).expect_err("digits lost")[0].code, "MR-E39b");
    }

    proptest! {
        /// Whatever stands in the cells: a value is there only where the cell or the number of the same person tells it.
        #[test]
        fn r_mr_39_nothing_is_guessed(cells in proptest::collection::vec("[0-9年月日?不详 王李-]{0,12}", 15)) {
            let mut cells = cells;
            cells[0] = "G001-1987-1-0012".to_owned();
            cells[1] = "1.jpg".to_owned();
            let sent = Row { number: 2, cells: cells.clone(), lossy: Vec::new() };
            if let Ok(row) = read(&head(), &sent, TODAY) {
                for field in row.record.written() {
                    let at = COLUMNS.iter().position(|column| column.code == field.column).expect("a column");
                    prop_assert_eq!(&field.original, &cells[at]);
                    let says = !UNKNOWN.contains(&kernel::text::line(&cells[at]).as_str());
                    prop_assert!(says || field.value.is_none() || field.derived);
                    if field.derived && !says {
                        prop_assert!(field.column.ends_with("_birth"));
                    }
                }
            }
        }

        #[test]
        fn a_date_is_written_as_far_as_it_was_told(year in 1900i16..2026, month in 1i8..=12, day in 1i8..=28) {
            for text in [format!("{year}"), format!("{year}-{month:02}"), format!("{year}-{month:02}-{day:02}")] {
                let date = PaperDate::read(&text).expect("a date");
                prop_assert_eq!(date.to_string(), text.clone());
                prop_assert_eq!(date.day().is_some(), text.len() == 10);
                prop_assert!(date.earliest() <= date.latest());
            }
            prop_assert_eq!(PaperDate::read(&format!("{year}年{month}月{day}日")).map(String::from), Some(format!("{year}-{month:02}-{day:02}")));
        }
    }
}
