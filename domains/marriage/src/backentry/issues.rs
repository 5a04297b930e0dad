//! The issues that back-entry raises.

use kernel::{Issue, Lang};

fn source_missing(field: &str, zh: &str, en: &str) -> Issue {
    Issue::error("MR-E38", format!("补录缺少来源或复核人：{zh}"), format!("source or second person is missing: {en}")).field(field).rule("R-MR-38")
}

/// R-MR-38: a cell that names where the data come from is empty.
pub(super) fn no_source(column: &str, zh: &str, en: &str) -> Issue {
    source_missing(column, &format!("请填写{zh}"), &format!("{en} is needed")).param("column", column)
}

/// R-MR-38: an archive number that is none.
pub(super) fn no_archive_number() -> Issue {
    source_missing("archive_no", "档号应为“全宗号-年度-类别-卷号”，最多30个字", "an archive number is fonds-year-class-volume, 30 characters at most")
}

/// R-MR-38: the page that the row names is not there.
pub(super) fn no_image(name: &str) -> Issue {
    source_missing("image", &format!("图像{name}尚未上传"), &format!("the page image {name} is not here yet")).param("image", name)
}

/// R-MR-38.
pub(super) fn own_row() -> Issue {
    source_missing("page", "录入人不能复核自己录入的档案", "whoever keyed a file does not check it")
}

/// R-MR-38: the archive number has other data.
pub(super) fn archive_number_taken() -> Issue {
    Issue::error("MR-E38b", "该档号已录入不同内容；如需更正，请复核人先退回", "this archive number has other data; have it sent back before it is mended")
        .field("archive_no")
        .rule("R-MR-38")
}

/// Another image of the batch has the name.
pub(super) fn image_name_taken(name: &str) -> Issue {
    Issue::error("MR-E38c", format!("本批已有另一张图像名为{name}"), format!("another image of this batch is called {name}"))
        .field("images")
        .rule("R-MR-38")
        .param("image", name)
}

/// The table as a whole cannot be read.
pub(super) fn no_table(zh: impl Into<String>, en: impl Into<String>) -> Issue {
    Issue::error("MR-E38d", zh.into(), en.into()).field("table").rule("R-MR-38")
}

/// The table as a whole cannot be read: what its reader says, under the code of back-entry.
pub(super) fn unread_table(told: Issue) -> Issue {
    let code = told.code.into_owned();
    let mut issue = no_table(told.message.zh, told.message.en);
    if code != issue.code {
        issue.params = told.params;
        issue = issue.param("reason", code);
    }
    issue
}

/// The organisation has a batch of this name.
pub(super) fn batch_name_taken() -> Issue {
    Issue::error("MR-E38e", "已有同名批次", "there is a batch of this name").field("name").rule("R-MR-38")
}

/// R-MR-39: what cannot be read is not guessed.
pub(super) fn unreadable(column: &str) -> Issue {
    Issue::error(
        "MR-E39",
        "无法识别；纸上没有或者看不清的请填“不详”，不要推测",
        "cannot be read; where the paper does not tell, write 不详 and do not guess",
    )
    .field(column)
    .rule("R-MR-39")
}

/// R-MR-39: a spreadsheet kept a number as a number, and its last digits are gone.
pub(super) fn digits_lost(column: &str) -> Issue {
    Issue::error("MR-E39b", "单元格是数字格式，号码末几位已丢失；请改为文本格式重新录入", "the cell holds a number whose last digits are lost; make it text and key it again")
        .field(column)
        .rule("R-MR-39")
}

/// Dates in the wrong order.
pub(super) fn ends_before(column: &str) -> Issue {
    Issue::error("MR-E39c", "终止日期早于登记日期", "it ended before it was registered").field(column).rule("R-MR-39")
}

/// The same number for both.
pub(super) fn same_number() -> Issue {
    Issue::error("MR-E39d", "双方证件号码相同", "both have the same number").field("b_id_no").rule("R-MR-39")
}

/// Nobody has a name.
pub(super) fn no_name() -> Issue {
    Issue::error("MR-E39e", "双方姓名不能都不详", "at least one of the names has to be known").field("a_name").rule("R-MR-39")
}

/// R-MR-37.
pub(super) fn conflict() -> Issue {
    Issue::error("MR-E37", "补录数据与现有婚姻记录冲突，须人工核实", "this file conflicts with a marriage on record; a person has to look into it")
        .field("page")
        .rule("R-MR-37")
}

/// R-MR-39: for the page and the interface beside a derived value.
pub(super) fn derived(column: &str) -> Issue {
    Issue::warn("MR-W39", "字段为推定值", "this value is derived").field(column).rule("R-MR-39")
}

/// The reasons of a rejected line in one cell.
pub(super) fn in_one_line(issues: &[Issue], lang: Lang) -> String {
    issues.iter().map(|issue| format!("[{}] {}：{}", issue.code, issue.field.as_deref().unwrap_or("-"), issue.text(lang))).collect::<Vec<_>>().join("；")
}
