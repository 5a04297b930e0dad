//! Why a table is not read.

use std::{fmt, io};

use kernel::Issue;

/// Why a table, or the rest of it, is not read.
#[derive(Debug)]
pub enum Fault {
    /// It is no table, or more than fits; told to whoever sent it. Services may put their own code in place of this one.
    Refused(Issue),
    /// Its bytes could not be had.
    Unread(io::Error),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(issue) => write!(f, "{}: {}", issue.code, issue.message.en),
            Self::Unread(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Fault {}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Unread(error)
    }
}

fn refused(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Issue {
    Issue::error(code, zh.into(), en.into())
}

impl Fault {
    /// It is neither of the two.
    pub(crate) fn unknown() -> Self {
        let (zh, en) = ("文件不是CSV，也不是XLSX；旧版工作簿（xls）请另存为XLSX", "the file is neither CSV nor XLSX; save an old workbook (xls) as XLSX");
        Self::Refused(refused("E-TAB01", zh, en))
    }

    /// The characters of a CSV are of another encoding.
    pub(crate) fn encoding() -> Self {
        let (zh, en) = ("CSV的编码既不是UTF-8，也不是GB18030；请另存为“CSV UTF-8”", "the CSV is neither in UTF-8 nor in GB18030; save it as “CSV UTF-8”");
        Self::Refused(refused("E-TAB02", zh, en))
    }

    /// The workbook breaks off, or is none.
    pub(crate) fn broken() -> Self {
        Self::Refused(refused("E-TAB03", "工作簿无法读取：文件已损坏或者有密码", "the workbook cannot be read: it is damaged or has a password"))
    }

    /// There is no row.
    pub(crate) fn empty() -> Self {
        Self::Refused(refused("E-TAB04", "表格没有内容", "the table is empty"))
    }

    /// More rows than fit.
    pub(crate) fn rows(most: u64) -> Self {
        let issue = refused("E-TAB05", format!("一个表格最多{most}行，请分成几个"), format!("at most {most} rows a table: split it"));
        Self::Refused(issue.param("most", most.to_string()))
    }

    /// More cells in a row than fit.
    pub(crate) fn cells(row: u64, most: usize) -> Self {
        let issue = refused("E-TAB06", format!("第{row}行超过{most}列"), format!("row {row} has more than {most} columns"));
        Self::Refused(issue.param("row", row.to_string()).param("most", most.to_string()))
    }

    /// More characters in a cell than fit.
    pub(crate) fn characters(row: u64, most: usize) -> Self {
        let zh = format!("第{row}行有单元格超过{most}个字；请检查引号是否成对");
        let en = format!("a cell of row {row} has more than {most} characters; are its quotation marks closed?");
        Self::Refused(refused("E-TAB07", zh, en).param("row", row.to_string()).param("most", most.to_string()))
    }

    /// More bytes than a workbook may unpack to.
    pub(crate) fn unpacked(most: u64) -> Self {
        let most = most >> 20;
        let zh = format!("工作簿解压后超过{most} MB；请删去其他工作表和图片、分成几个，或者另存为CSV");
        let en = format!("the workbook unpacks to more than {most} MB; remove other sheets and pictures, split it, or save it as CSV");
        Self::Refused(refused("E-TAB08", zh, en).param("most_mb", most.to_string()))
    }
}
