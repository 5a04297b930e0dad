//! A table of older licences, as CSV: what its lines say, and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, Issue, Issues, RegionCode, Text, Uscc, text};
use kernel::id_number::IdNumber;
use serde::{Deserialize, Serialize};

use crate::model::{Holder, HolderKind};

/// Columns of the table, in any order; the first line names them.
pub const COLUMNS: [&str; 10] =
    ["type_code", "number", "holder_kind", "holder_no", "holder_name", "issuer_code", "issuer_name", "region", "issued_on", "valid_to"];
/// Most lines of one batch.
const MOST_LINES: usize = 20_000;

/// One line that can be loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) type_code: String,
    pub(crate) type_name: Text,
    pub(crate) number: String,
    pub(crate) holder: Holder,
    pub(crate) issuer_code: String,
    pub(crate) issuer_name: String,
    pub(crate) region: String,
    pub(crate) issued_on: Day,
    pub(crate) valid_to: Option<Day>,
}

/// A table taken apart: every line by its number, the head being line 1.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) lines: Vec<(i64, Result<Line, Issue>)>,
}

/// What a line is held against.
pub(crate) struct Known {
    /// Types by code: name and kind of holder.
    pub(crate) types: BTreeMap<String, (Text, String)>,
    /// Where the person who enters it may.
    pub(crate) regions: BTreeSet<String>,
    pub(crate) today: Day,
}

/// Reads a table.
///
/// # Errors
/// E-P509 at the field `table` when it is no CSV with these columns, empty, or too long. What is wrong with one line is in the table.
pub(crate) fn read(csv: &[u8], known: &Known) -> Result<Table, Issue> {
    // Spreadsheets write a mark before the first byte.
    let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
    let text = std::str::from_utf8(csv).map_err(|_| no_table("表格须为UTF-8编码", "Save the table as UTF-8"))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|_| unreadable())?.clone();
    let places: BTreeMap<&str, usize> = COLUMNS.iter().filter_map(|name| Some((*name, head.iter().position(|found| found == *name)?))).collect();
    if let Some(missing) = COLUMNS.iter().find(|name| !places.contains_key(*name)) {
        return Err(no_table(&format!("表格缺少列{missing}"), &format!("The column {missing} is missing")));
    }
    let (mut lines, mut seen) = (Vec::new(), BTreeSet::new());
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|_| unreadable())?;
        let cell = |name: &str| text::line(record.get(places[name]).unwrap_or_default());
        let number = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(2);
        let line = line(&cell, known).and_then(|line| {
            let key = (line.type_code.clone(), line.issuer_code.clone(), text::code(&line.number), text::code(&line.holder.number));
            if seen.insert(key) { Ok(line) } else { Err(twice(&line.number)) }
        });
        lines.push((number, line));
        if lines.len() > MOST_LINES {
            return Err(no_table(&format!("一批最多{MOST_LINES}行，请分批"), &format!("At most {MOST_LINES} lines a batch: split the table")));
        }
    }
    if lines.is_empty() { Err(no_table("表格没有内容", "The table is empty")) } else { Ok(Table { lines }) }
}

fn line(cell: &dyn Fn(&str) -> String, known: &Known) -> Result<Line, Issue> {
    let mut found = Issues::default();
    let kind = match cell("holder_kind").as_str() {
        "001" => Some(HolderKind::Organisation),
        "111" => Some(HolderKind::IdCard),
        "999" => Some(HolderKind::OtherDocument),
        _ => None,
    };
    found.ensure(kind.is_some(), || wrong("holder_kind", "持证主体代码类型应为001、111或999", "The kind of number is 001, 111 or 999"));
    let type_code = cell("type_code");
    let of_type = known.types.get(&type_code);
    found.ensure(of_type.is_some(), || wrong("type_code", "没有这个证照类型", "There is no such type of licence"));
    if let (Some(kind), Some((_, holders))) = (kind, of_type) {
        let fits = (holders == "org") == (kind == HolderKind::Organisation) || holders == "place";
        found.ensure(fits, || wrong("holder_kind", "该类证照的持证主体与代码类型不符", "Licences of this type have another kind of holder"));
    }
    let holder_no = text::code(&cell("holder_no"));
    match kind {
        Some(HolderKind::Organisation) => drop(found.keep_at("holder_no", Uscc::parse(&holder_no))),
        Some(HolderKind::IdCard) => drop(found.keep_at("holder_no", IdNumber::parse(&holder_no, known.today))),
        _ => found.ensure(!holder_no.is_empty(), || wrong("holder_no", "请填写持证主体代码", "The holder's number is missing")),
    }
    found.keep_at("issuer_code", Uscc::parse(&cell("issuer_code")));
    for (name, zh, en) in [
        ("number", "请填写证照编号", "The number of the licence is missing"),
        ("holder_name", "请填写持证主体名称", "The holder's name is missing"),
        ("issuer_name", "请填写颁发机构", "The issuer is missing"),
    ] {
        found.ensure(!cell(name).is_empty(), || wrong(name, zh, en));
    }
    let region = cell("region");
    let in_reach = RegionCode::parse(&region).is_ok_and(|region| known.regions.contains(region.as_str()));
    found.ensure(in_reach, || wrong("region", "不是您所辖的区域", "This is no region of yours"));
    let issued_on: Option<Day> = cell("issued_on").parse().ok().filter(|day| *day <= known.today);
    found.ensure(issued_on.is_some(), || wrong("issued_on", "发证日期应为不晚于今天的日期，例如2010-05-20", "The date of issue is no date up to today, as 2010-05-20"));
    let last = cell("valid_to");
    let valid_to: Option<Day> = last.parse().ok();
    let ends_after = last.is_empty() || valid_to.is_some_and(|last| issued_on.is_none_or(|issued| issued <= last));
    found.ensure(ends_after, || wrong("valid_to", "有效期止应为不早于发证日期的日期", "The last day is no date from the date of issue on"));
    // The first finding is told: it names the cell to mend.
    found.finish().map_err(|refusal| refusal.0.into_iter().next().expect("a refusal has an issue"))?;
    let (kind, issued_on) = (kind.expect("checked above"), issued_on.expect("checked above"));
    Ok(Line {
        type_name: of_type.expect("checked above").0.clone(),
        type_code,
        number: cell("number"),
        holder: Holder { name: cell("holder_name"), kind, number: holder_no, person: None },
        issuer_code: text::code(&cell("issuer_code")),
        issuer_name: cell("issuer_name"),
        region,
        issued_on,
        valid_to,
    })
}

fn wrong(field: &'static str, zh: &str, en: &str) -> Issue {
    Issue::error("E-P510", zh.to_owned(), en.to_owned()).field(field).rule("P5-9")
}

fn twice(number: &str) -> Issue {
    wrong("number", &format!("证照编号{number}在表格中重复"), &format!("Licence {number} is in the table twice")).param("no", number)
}

fn no_table(zh: &str, en: &str) -> Issue {
    Issue::error("E-P509", zh.to_owned(), en.to_owned()).field("table").rule("P5-9")
}

fn unreadable() -> Issue {
    no_table("表格不是可读的CSV", "The table is no readable CSV")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "11990000YY9990080W001";

    fn known() -> Known {
        let types = [(TYPE, "org"), ("11990000YY9990080W006", "person")];
        Known {
            types: types.map(|(code, kind)| (code.to_owned(), (Text::new("证", "licence"), kind.to_owned()))).into(),
            regions: ["990102".to_owned()].into(),
            today: Day::ymd(2026, 7, 1),
        }
    }

    fn row(number: usize, holder: &str) -> String {
        format!("{TYPE},社证字第{number}号,001,{holder},测试协会{number},11990102YY9990101F,城东区民政局,990102,2010-05-20,\n")
    }

    #[test]
    fn p5_9_of_10_000_lines_the_3_with_a_wrong_credit_code_are_listed_with_their_numbers() {
        let mut table = format!("\u{FEFF}{}\n", COLUMNS.join(","));
        for n in 0..10_000 {
            table += &row(n, if [4, 5_000, 9_999].contains(&n) { "51990000YY9990013X" } else { "51990000YY9990013T" });
        }
        let read = read(table.as_bytes(), &known()).expect("a table");
        let refused: Vec<(i64, &str)> =
            read.lines.iter().filter_map(|(n, line)| line.as_ref().err().map(|issue| (*n, issue.field.as_deref().unwrap_or("")))).collect();
        assert_eq!(refused, [(6, "holder_no"), (5_002, "holder_no"), (10_001, "holder_no")]);
        assert_eq!(read.lines.iter().filter(|(_, line)| line.is_ok()).count(), 9_997);
    }

    #[test]
    fn each_wrong_cell_is_named() {
        let right = row(1, "51990000YY9990013T");
        let head = COLUMNS.join(",");
        let field = |line: &str| {
            let table = read(format!("{head}\n{line}").as_bytes(), &known()).expect("a table");
            table.lines[0].1.as_ref().err().and_then(|issue| issue.field.clone()).unwrap_or_default()
        };
        assert_eq!(field(&right), "");
        for (from, to, wrong) in [
            (TYPE, "11990000YY9990080W099", "type_code"),
            (TYPE, "11990000YY9990080W006", "holder_kind"),
            (",001,", ",112,", "holder_kind"),
            ("11990102YY9990101F", "11990102YY9990101G", "issuer_code"),
            (",990102,", ",990202,", "region"),
            ("2010-05-20", "2026-07-02", "issued_on"),
            ("2010-05-20,", "2010-05-20,2010-05-19", "valid_to"),
            ("社证字第1号", " ", "number"),
            ("测试协会1", "", "holder_name"),
        ] {
            assert_eq!(field(&right.replace(from, to)), wrong, "{to}");
        }
        assert_eq!(field("x"), "holder_kind", "a line that is too short");
        let twice = read(format!("{head}\n{right}{right}").as_bytes(), &known()).expect("a table");
        assert!(twice.lines[0].1.is_ok() && twice.lines[1].1.is_err());
    }

    #[test]
    fn what_is_no_such_table_is_refused_whole() {
        for table in [&b"\xFF\xFE"[..], b"", b"number,region\n1,2\n", COLUMNS.join(",").as_bytes()] {
            assert_eq!(read(table, &known()).expect_err("no table").code, "E-P509");
        }
    }
}
