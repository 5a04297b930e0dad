//! One line: its cells read into what the register says.

use kernel::{Day, Fen, Issue, Issues, RegionCode, Uscc};
use serde::{Deserialize, Serialize};

use super::columns::word;
use super::issues;
use super::mapping::Mapping;
use crate::codes;
use crate::model::{Content, Flags, Kind, Status, Supervision};

/// Characters of a cell that are looked at; longer ones are refused.
const LONGEST: usize = 4_000;
/// Characters of a name at most.
const LONGEST_NAME: usize = 200;

/// A line as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Its number in the table.
    #[serde(rename = "n")]
    pub(super) number: i64,
    /// Its cells.
    #[serde(rename = "c")]
    pub(super) cells: Vec<String>,
    /// Cells that hold a number whose last digits are lost.
    #[serde(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    pub(super) lossy: Vec<usize>,
}

impl Kept {
    /// What the column of a field says; nothing where there is no such column or the cell is empty.
    fn says<'a>(&'a self, mapping: &Mapping, code: &str) -> Option<&'a str> {
        let cell = self.cells.get(mapping.column(code)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }
}

/// Who a line is about.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) uscc: Uscc,
    pub(super) kind: Kind,
    /// The division, where the table tells it, else that of the code.
    pub(super) region: RegionCode,
    /// Credit code of the authority, where the table tells it.
    pub(super) authority: Option<String>,
}

/// Reads whom a line is about.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn key(line: &Kept, mapping: &Mapping) -> Result<Key, Vec<Issue>> {
    let mut found = Issues::default();
    if mapping.column("uscc").is_some_and(|column| line.lossy.contains(&column)) {
        return Err(vec![issues::lossy("uscc")]);
    }
    let Some(typed) = line.says(mapping, "uscc") else { return Err(vec![issues::missing("uscc")]) };
    let short: String = typed.chars().take(64).collect();
    let uscc = Uscc::parse(&short).map_err(|refusal| refusal.0)?;
    let Some(kind) = Kind::of_code(&uscc) else {
        let kind = line.says(mapping, "kind").and_then(|typed| word("kind", typed)).and_then(Kind::from_code).unwrap_or(Kind::Association);
        return Err(uscc.check_prefix(&kind.name(), kind.prefix()).err().into_iter().collect());
    };
    if let Some(typed) = line.says(mapping, "kind") {
        match word("kind", typed).and_then(Kind::from_code) {
            Some(told) => drop(found.keep(uscc.check_prefix(&told.name(), told.prefix()))),
            None => found.add(issues::unreadable("kind")),
        }
    }
    let region = match line.says(mapping, "region") {
        Some(typed) => RegionCode::parse(typed).ok(),
        None => uscc.region(),
    };
    found.ensure(region.is_some(), || issues::unreadable("region"));
    let authority = line.says(mapping, "authority_uscc").map(kernel::text::code);
    let refusal = found.finish();
    match (refusal, region) {
        (Ok(_), Some(region)) => Ok(Key { uscc, kind, region, authority }),
        (Err(refusal), _) => Err(refusal.0),
        (Ok(_), None) => Err(vec![issues::unreadable("region")]),
    }
}

/// What a new entry begins with: nothing but its kind.
pub(super) fn blank(kind: Kind) -> Content {
    Content {
        name: String::new(),
        name_minority: String::new(),
        name_en: String::new(),
        kind,
        subtype: String::new(),
        industry: String::new(),
        status: Status::Active,
        purpose: String::new(),
        scope: String::new(),
        activity_area: String::new(),
        address: String::new(),
        legal_representative: String::new(),
        funds: Fen::ZERO,
        authority: String::new(),
        supervision: Supervision::Dual,
        supervisor: String::new(),
        industry_department: String::new(),
        party_organization: String::new(),
        charity_since: None,
        established_on: None,
        certificate: None,
        charter_on: None,
        contact: String::new(),
        website: String::new(),
        staff: None,
        members: None,
        unit_members: None,
        branches: Vec::new(),
    }
}

/// What the register says after a line, on top of what it said before. Empty cells change nothing.
///
/// # Errors
/// Everything that cannot be read.
pub(super) fn applied(mut content: Content, line: &Kept, mapping: &Mapping) -> Result<Content, Vec<Issue>> {
    let mut found = Issues::default();
    let says = |code| line.says(mapping, code);
    for (code, into) in texts(&mut content) {
        if let Some(cell) = says(code) {
            if cell.chars().count() > if code == "name" { LONGEST_NAME } else { LONGEST } {
                found.add(issues::unreadable(code));
            } else {
                *into = if matches!(code, "purpose" | "scope") { kernel::text::lines(cell) } else { kernel::text::line(cell) };
            }
        }
    }
    found.ensure(!content.name.is_empty(), || issues::missing("name"));
    found.ensure(content.name.is_empty() || content.name.chars().any(char::is_alphabetic) && sheets::harmless(&content.name) == content.name, || issues::unreadable("name"));
    if let Some(cell) = says("subtype") {
        let kind = content.kind;
        let known = codes::subtypes(kind).find(|subtype| subtype.code == cell || subtype.name.zh.trim_end_matches('性') == cell.trim_end_matches('性'));
        match known {
            Some(subtype) => content.subtype.clone_from(&subtype.code),
            None => found.add(issues::unreadable("subtype")),
        }
    }
    if let Some(cell) = says("industry") {
        match codes::industries().iter().find(|industry| industry.code == cell || industry.name.zh == cell) {
            Some(industry) => content.industry.clone_from(&industry.code),
            None => found.add(issues::unreadable("industry")),
        }
    }
    if let Some(cell) = says("status") {
        match word("status", cell).and_then(Status::from_code) {
            Some(status) => content.status = status,
            None => found.add(issues::unreadable("status")),
        }
    }
    for (code, into) in [("established_on", &mut content.established_on), ("charity_since", &mut content.charity_since)] {
        if let Some(cell) = says(code) {
            match day(cell) {
                Some(day) => *into = Some(day),
                None => found.add(issues::unreadable(code)),
            }
        }
    }
    for (code, times) in [("funds", 1), ("funds_10000", 10_000)] {
        if let Some(cell) = says(code) {
            match money(cell, times) {
                Some(funds) => content.funds = funds,
                None => found.add(issues::unreadable(code)),
            }
        }
    }
    if let Some(cell) = says("staff") {
        match kernel::text::code(cell).parse().ok().filter(|n| (0..=10_000_000).contains(n)) {
            Some(n) => content.staff = Some(n),
            None => found.add(issues::unreadable("staff")),
        }
    }
    found.finish().map(|_| content).map_err(|refusal| refusal.0)
}

/// What supervision says of a new entry, as far as a table tells it.
///
/// # Errors
/// What cannot be read.
pub(super) fn flags(line: &Kept, mapping: &Mapping, content: &Content) -> Result<Flags, Vec<Issue>> {
    let mut flags = Flags { charity: content.charity_since.is_some(), ..Flags::default() };
    let mut found = Issues::default();
    if let Some(cell) = line.says(mapping, "charity") {
        match word("yes", cell) {
            Some(code) => flags.charity |= code == "1",
            None => found.add(issues::unreadable("charity")),
        }
    }
    if let Some(cell) = line.says(mapping, "level") {
        match word("yes", cell).filter(|code| *code == "0").or_else(|| word("level", cell)).and_then(|code| code.parse().ok()) {
            Some(level) => flags.level = level,
            None => found.add(issues::unreadable("level")),
        }
    }
    found.finish().map(|_| flags).map_err(|refusal| refusal.0)
}

/// The fields that are words, each with its place.
fn texts(content: &mut Content) -> [(&'static str, &mut String); 13] {
    [
        ("name", &mut content.name),
        ("name_en", &mut content.name_en),
        ("legal_representative", &mut content.legal_representative),
        ("address", &mut content.address),
        ("activity_area", &mut content.activity_area),
        ("purpose", &mut content.purpose),
        ("scope", &mut content.scope),
        ("authority", &mut content.authority),
        ("supervisor", &mut content.supervisor),
        ("industry_department", &mut content.industry_department),
        ("party_organization", &mut content.party_organization),
        ("contact", &mut content.contact),
        ("website", &mut content.website),
    ]
}

/// Reads `2020-03-02`, `2020/3/2`, `2020.3.2`, `20200302`, `2020年3月2日`, each also with a time behind it.
fn day(cell: &str) -> Option<Day> {
    let plain = kernel::text::name(cell);
    let date = plain.split([' ', 'T']).next()?;
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        return Day::from_compact(date);
    }
    let spread = date.replace(['年', '月', '/', '.'], "-").replace('日', "");
    let mut parts = spread.split('-');
    let day = Day::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
    parts.next().is_none().then_some(day).filter(|day| (1900..=2200).contains(&day.year()))
}

/// An amount, in yuan or in ten thousand yuan.
fn money(cell: &str, times: i64) -> Option<Fen> {
    if cell.trim_start().starts_with(['-', '－', '−']) {
        return None;
    }
    let plain = kernel::text::code(cell).replace("人民币", "");
    let (plain, times) = match plain.strip_suffix("万元").or_else(|| plain.strip_suffix('万')) {
        Some(rest) => (rest.to_owned(), 10_000),
        None => (plain, times),
    };
    if times == 1 {
        return plain.parse().ok().filter(|funds| *funds >= Fen::ZERO);
    }
    // Ten thousand yuan with up to six decimals are whole fen.
    let plain = plain.replace([',', '元'], "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let part = part.trim_end_matches('0');
    if whole.is_empty() || part.len() > 6 || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{whole}{part:0<6}").parse().ok().map(Fen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_amounts_are_read_as_offices_write_them() {
        for typed in ["2020-03-02", "2020/3/2", "2020.3.2", "20200302", "2020年3月2日", "2020-03-02 00:00:00", "２０２０/3/2"] {
            assert_eq!(day(typed), Some(Day::ymd(2020, 3, 2)), "{typed}");
        }
        for typed in ["2020", "2020-13-01", "昨天", "2020-3-2-1", "0020-01-01"] {
            assert_eq!(day(typed), None, "{typed}");
        }
        assert_eq!((money("30,000", 1), money("3万元", 1), money("3", 10_000), money("0.5", 10_000)), (Some(Fen::yuan(30_000)), Some(Fen::yuan(30_000)), Some(Fen::yuan(30_000)), Some(Fen::yuan(5_000))));
        assert_eq!((money("很多", 1), money("1.2.3", 10_000), money("-5", 1), money("-5", 10_000)), (None, None, None, None));
    }
}
