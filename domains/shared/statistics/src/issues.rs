//! Every refusal of this crate.

use kernel::Issue;

/// The period's day cannot be read or lies out of reach.
pub(crate) fn no_day() -> Issue {
    Issue::error("E-STA01", "请按 2026-07-01 的样子填写日期", "Enter the date like 2026-07-01").field("at")
}

/// A filter has a value that is none of its choices.
pub(crate) fn no_choice(field: &'static str) -> Issue {
    Issue::error("E-STA02", "请从列表中选择", "Choose from the list").field(field)
}

/// The region lies outside of what the reader may see.
pub(crate) fn foreign_region(region: kernel::RegionCode) -> Issue {
    Issue::error("E-P805", format!("无权访问{region}的数据"), format!("No right to data of {region}")).param("area", region.as_str())
}

/// `E-STA03`: more lines than one file may have.
pub fn too_long(bound: usize) -> Issue {
    Issue::error("E-STA03", format!("超过{bound}行，请缩小范围后分次导出"), format!("More than {bound} lines: narrow the filters and export in parts"))
        .field("at")
        .param("n", bound.to_string())
}

/// Lists are for the office whose cases they are.
pub(crate) fn list_elsewhere() -> Issue {
    Issue::error("E-STA04", "办件清单仅供本单位及其上级查看", "Lists of cases are for the office itself and those above it")
}

/// Reports of services are made by month, quarter or year.
pub(crate) fn report_by_month() -> Issue {
    Issue::error("E-STA06", "此报表按月、季、年统计，请重新选择", "This report is by month, quarter or year: choose one").field("period")
}

/// Halls are counted from their tickets: a month at most.
pub(crate) fn halls_by_month() -> Issue {
    Issue::error("E-STA05", "大厅统计请选择日或月", "Choose a day or a month for the halls").field("period")
}
