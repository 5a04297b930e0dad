//! Tables as people send them, and as nobody should.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};
use zip::write::SimpleFileOptions;

use super::*;

fn read(bytes: &[u8], limits: Limits) -> Result<Vec<Row>, Fault> {
    Table::open(Cursor::new(bytes), limits)?.rows()?.collect()
}

fn code(bytes: &[u8], limits: Limits) -> String {
    match read(bytes, limits).expect_err("refused") {
        Fault::Refused(issue) => issue.code.into_owned(),
        Fault::Unread(error) => panic!("{error}"),
    }
}

fn all(bytes: &[u8]) -> Vec<Row> {
    read(bytes, Limits::default()).expect("a table")
}

#[test]
fn a_csv_keeps_its_cells_and_line_numbers() {
    let rows = all("\u{feff}档号,备注\r\n\r\nG-1,\"两行\n备注\"\r\nG-2,'=1+1\r\n,\r\nG-3,9.90101E+17".as_bytes());
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 5, 7]);
    assert_eq!((rows[1].cell(1), rows[2].cell(1), rows[2].cell(9)), ("两行\n备注", "=1+1", ""));
    assert_eq!((rows[0].find(&["remark", "备注"]), rows[0].find(&["不在"])), (Some(1), None));
    assert_eq!((rows[3].lossy.as_slice(), rows[1].lossy.as_slice()), (&[1][..], &[][..]));
    let numbers: Vec<_> = all(b"a\r\rb\n\n\"c\r\nd\"\re\r\n").iter().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 3, 5, 7], "lines end with CR, LF or both");
}

#[test]
fn utf_8_wins_then_gb18030_and_anything_else_is_told() {
    assert_eq!(all(b"\xB5\xB5\xBA\xC5,1\r\n")[0].cells, ["档号", "1"]);
    assert_eq!(all(b"\x84\x31\x95\x33\xB5\xB5,1\r\n")[0].cells, ["档", "1"], "the mark of GB18030");
    assert_eq!(all(b"\x82\x35\x8F\x33,\x95\x32\x82\x36\r\n")[0].cells.len(), 2, "four bytes a character");
    assert_eq!(code(b"\xB5\xB5\xFF\xFF,1\r\n", Limits::default()), "E-TAB02");
    for nothing in [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0"[..], b"\xFF\xFEa\0b\0", b"a,b\0c\n"] {
        assert_eq!(code(nothing, Limits::default()), "E-TAB01");
    }
    let mut cut = vec![b'a'; (64 << 10) - 1];
    cut.extend("档号".as_bytes());
    assert_eq!(read(&cut, Limits { characters: 1 << 20, ..Limits::default() }).expect("a table")[0].cells[0].chars().count(), (64 << 10) + 1);
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(1987, 5, 20).expect("a day");
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "档号").expect("written");
    sheet.write_string(2, 0, "G-1 <&>").expect("written");
    sheet.write_datetime_with_format(2, 1, &day, &Style::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"")).expect("written");
    sheet.write_number(2, 2, 990_101_200_405_200_017_f64).expect("written");
    sheet.write_number(2, 4, 19_870_520.0).expect("written");
    sheet.write_formula(2, 5, Formula::new("=HYPERLINK(\"x\")").set_result("样例")).expect("written");
    sheet.write_boolean(2, 6, true).expect("written");
    sheet.write_number_with_format(2, 7, 0.125, &Style::new().set_num_format("0.0%;[Red]-0.0%")).expect("written");
    sheet.write_number_with_format(2, 8, 59.0, &Style::new().set_num_format_index(14)).expect("written");
    book.add_worksheet().write_string(0, 0, "不是这一张").expect("written");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_gives_values_days_and_tells_lost_digits() {
    let rows = all(&workbook());
    assert_eq!((rows.len(), rows[0].cell(0), rows[1].number), (2, "档号", 3));
    assert_eq!(rows[1].cells, ["G-1 <&>", "1987-05-20", "990101200405200000", "", "19870520", "样例", "true", "0.125", "1900-02-28"]);
    assert_eq!(rows[1].lossy, [2]);
    let bytes = workbook();
    let mut table = Table::open(Cursor::new(&bytes), Limits::default()).expect("opened");
    assert_eq!((table.format(), Format::sniff(&bytes[..4]).code()), (Format::Xlsx, "xlsx"));
    assert_eq!(table.rows().expect("rows").count(), 2);
    assert_eq!(table.rows().expect("from the top").head().expect("a head").cell(0), "档号");
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    let few = Limits { rows: 2, cells: 3, characters: 5, ..Limits::default() };
    assert_eq!(read(b"a,b\n1\n2\n", few).expect("fits").len(), 3);
    assert_eq!(code(b"a,b\n1\n2\n3\n", few), "E-TAB05");
    assert_eq!(code(b"a,b\n1,2,3,4\n", few), "E-TAB06");
    assert_eq!(read(b"a,b\n1,2,3,,,,\n", few).expect("nothing stands there").len(), 2);
    assert_eq!(code("a,b\n1,一二三四五六\n".as_bytes(), few), "E-TAB07");
    let Err(Fault::Refused(open)) = read(format!("a,b\n1,\"2\n{}", "3,4\n".repeat(10_000)).as_bytes(), few) else { panic!("an open quotation mark") };
    assert_eq!((open.code.as_ref(), open.params["row"].as_str()), ("E-TAB07", "2"));
    assert_eq!(code(&b",".repeat(1 << 20), few), "E-TAB06");
    assert_eq!(code(&workbook(), Limits { cells: 8, ..Limits::default() }), "E-TAB06");
    assert_eq!(code(&workbook(), Limits { characters: 6, ..Limits::default() }), "E-TAB07");
    assert!(matches!(Table::open(Cursor::new(b""), few).expect("opened").rows().expect("rows").head(), Err(Fault::Refused(issue)) if issue.code == "E-TAB04"));
}

/// A workbook whose parts are as given.
fn packed(strings: &str, sheet: &str) -> Vec<u8> {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"/>");
    let relations = |inner: String| format!("<Relationships>{inner}</Relationships>");
    let parts = [
        ("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"1\" r:id=\"rId1\"/></sheets></workbook>".to_owned()),
        ("xl/_rels/workbook.xml.rels", relations(relation("rId1", "worksheet", "/xl/a.xml") + &relation("rId2", "sharedStrings", "strings.xml"))),
        ("xl/Strings.xml", strings.to_owned()),
        ("xl/a.xml", format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("a workbook").into_inner()
}

#[test]
fn a_workbook_is_weighed_while_it_is_unpacked() {
    let string = "<si><t>样</t><rPh sb=\"0\"><t>よう</t></rPh><r><t xml:space=\"preserve\"> 例&#x4E00;</t></r></si>";
    let whole = packed(&format!("<sst uniqueCount=\"99999999999999\">{string}</sst>"), "<row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>");
    assert_eq!(all(&whole)[0].cells, ["样 例一", "b"], "and what it says of their number is not believed");
    let many = packed(&format!("<sst>{}</sst>", "<si/>".repeat(1 << 20)), "");
    assert_eq!(code(&many, Limits { shared: 1 << 20, ..Limits::default() }), "E-TAB08");
    let wide = packed("<sst></sst>", &"<row></row>".repeat(1 << 18));
    assert_eq!(code(&wide, Limits { unpacked: 1 << 20, ..Limits::default() }), "E-TAB08");
    let long = packed("<sst></sst>", &format!("<row><c t=\"str\"><v>{}</v></c></row>", "a".repeat(8 << 20)));
    assert_eq!(code(&long, Limits::default()), "E-TAB03", "one text that is longer than a cell may ever be");
    let expanding = packed("<!DOCTYPE s [<!ENTITY a \"aaaa\">]><sst><si><t>&a;</t></si></sst>", "");
    assert_eq!(code(&expanding, Limits::default()), "E-TAB03");
    for broken in [&b"PK\x03\x04nothing"[..], &whole[..whole.len() / 2], &packed("<sst>", "")] {
        assert_eq!(code(broken, Limits::default()), "E-TAB03");
    }
    assert_eq!(code(&packed("<sst></sst>", "<row><c t=\"s\"><v>7</v></c></row>"), Limits::default()), "E-TAB03", "a string that is not there");
}

/// A CSV of 200,000 rows that exists only while it is read.
struct Endless {
    at: u64,
}

const LINE: &[u8; 16] = b"1234567,\xE6\xA0\xB7\xE4\xBE\x8B\r\n";
const LINES: u64 = 200_001;

impl Read for Endless {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let left = (LINES * 16 - self.at).min(to.len() as u64) as usize;
        for (byte, at) in to[..left].iter_mut().zip(self.at..) {
            *byte = LINE[(at % 16) as usize];
        }
        self.at += left as u64;
        Ok(left)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(at) = to else { return Err(io::ErrorKind::Unsupported.into()) };
        self.at = at;
        Ok(at)
    }
}

#[test]
fn a_long_table_is_read_row_by_row() {
    let mut table = Table::open(Endless { at: 0 }, Limits::default()).expect("a table");
    let mut rows = table.rows().expect("rows");
    rows.head().expect("a head");
    let mut last = 0;
    for row in rows {
        last = row.expect("a row").number;
    }
    assert_eq!(last, LINES);
}

#[test]
fn no_cell_that_is_written_becomes_a_formula() {
    let cells = ["=HYPERLINK(\"x\")", "+1", "-1", "@x", "\t=1", " =1", "名称,带\"引号\""];
    let mut csv = Csv::new(Vec::new()).expect("begun");
    csv.row(cells).expect("written");
    csv.row((-3..=3).map(|figure| Cell::Figure(figure.to_string()))).expect("written");
    let written = csv.finish().expect("ended");
    assert!(written.starts_with("\u{feff}".as_bytes()));
    assert_eq!(all(&written)[0].cells, cells, "the apostrophe goes when it is read");
    let raw = String::from_utf8(written).expect("text");
    assert!(raw.contains("'+1,'-1,'@x") && raw.contains("\r\n-3,-2"), "{raw}");
}
