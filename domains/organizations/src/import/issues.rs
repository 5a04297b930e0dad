//! Why a table or a line is not taken.

use kernel::{Issue, Lang};

use super::columns;

fn named(code: &str) -> (String, String) {
    columns::field(code).map_or_else(|| (code.to_owned(), code.to_owned()), |field| (field.name.zh.to_string(), field.name.en.to_string()))
}

/// No file was sent.
pub(super) fn no_table() -> Issue {
    Issue::error("E-D41", "请选择表格文件", "Choose the table").field("table")
}

/// A field that is needed has no column.
pub(super) fn unmapped(code: &str) -> Issue {
    let (zh, en) = named(code);
    Issue::error("E-D42", format!("请选择“{zh}”所在的列"), format!("Choose the column that holds: {en}")).field("mapping").param("field", code)
}

/// Two columns are said to hold the same.
pub(super) fn twice(code: &str, column: usize) -> Issue {
    let (zh, en) = named(code);
    Issue::error("E-D43", format!("“{zh}”只能对应一列"), format!("Only one column can hold: {en}")).field(format!("column_{column}")).param("field", code)
}

/// A cell that is needed is empty.
pub(super) fn missing(code: &str) -> Issue {
    let (zh, en) = named(code);
    Issue::error("E-D44", format!("缺少{zh}"), format!("Missing: {en}")).field(code)
}

/// A cell that cannot be read.
pub(super) fn unreadable(code: &str) -> Issue {
    let (zh, en) = named(code);
    Issue::error("E-D45", format!("{zh}无法识别"), format!("Cannot be read: {en}")).field(code)
}

/// A spreadsheet kept a code as a number, and its last digits are gone.
pub(super) fn lossy(code: &str) -> Issue {
    let (zh, en) = named(code);
    Issue::error("E-D46", format!("{zh}是数字格式，末几位已丢失；请改为文本格式"), format!("The last digits are lost, make the cells text: {en}")).field(code)
}

/// The code stands in an earlier line.
pub(super) fn duplicate(line: i64) -> Issue {
    Issue::error("E-D47", format!("与第{line}行的统一社会信用代码重复"), format!("Line {line} has the same credit code")).field("uscc").param("line", line)
}

/// The division is none of the authority's.
pub(super) fn elsewhere(region: &str) -> Issue {
    Issue::error("E-D48", format!("区划{region}不在本机关管辖范围内"), format!("Division {region} is not within this authority’s area")).field("region").param("region", region)
}

/// The register knows it under another authority or division.
pub(super) fn others() -> Issue {
    Issue::error("E-D49", "该组织由其他机关登记，不能由本表更改", "Another authority registers it; this table cannot change it").field("uscc")
}

/// The status that the table tells cannot follow the one in the register.
pub(super) fn status(from: &kernel::Text) -> Issue {
    Issue::error("E-ST01", format!("当前状态“{}”不允许此操作", from.zh), format!("Operation not allowed in state '{}'", from.en)).field("status")
}

/// The reasons of a line in one cell.
pub(super) fn in_one_line(issues: &[Issue], lang: Lang) -> String {
    issues.iter().map(|issue| format!("[{}] {}", issue.code, issue.text(lang))).collect::<Vec<_>>().join("；")
}
