use kernel::Instant;
use serde::{Deserialize, Serialize};

use crate::{Error, Job};

/// Text printed into a pre-printed booklet (`marriage-booklet.typ`): nothing but text at places given in millimetres.
///
/// Places are in the template, because booklets are the same everywhere; the offset is of one printer and its tray.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Booklet {
    /// Moves everything to the right, mm; negative moves left.
    pub offset_x_mm: f64,
    /// Moves everything down, mm; negative moves up.
    pub offset_y_mm: f64,
    /// Prints a ruler grid and frames instead of a certificate, on plain paper, to find the offset.
    pub test: bool,
    /// 持证人.
    pub holder: String,
    /// 登记日期.
    pub registered_on: String,
    /// 结婚证字号.
    pub number: String,
    /// 备注, empty when there is none.
    pub remark: String,
    /// The two parties: first the upper, then the lower block.
    pub parties: Vec<BookletParty>,
}

/// One block of a booklet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookletParty {
    /// 姓名.
    pub name: String,
    /// 性别.
    pub sex: String,
    /// 国籍.
    pub nationality: String,
    /// 出生日期.
    pub birth: String,
    /// 身份证件号.
    pub id_no: String,
}

impl Booklet {
    /// A test print: the grid, and every place filled with its name.
    pub fn test_print(offset_x_mm: f64, offset_y_mm: f64) -> Booklet {
        let party = |name: &str| BookletParty {
            name: name.into(),
            sex: "性别".into(),
            nationality: "国籍".into(),
            birth: "出生日期".into(),
            id_no: "身份证件号".into(),
        };
        Booklet {
            offset_x_mm,
            offset_y_mm,
            test: true,
            holder: "持证人".into(),
            registered_on: "登记日期".into(),
            number: "结婚证字号".into(),
            remark: "备注".into(),
            parties: vec![party("姓名（上）"), party("姓名（下）")],
        }
    }

    /// Ready for the press.
    pub fn job(&self, at: Instant) -> Result<Job, Error> {
        let title = if self.test { "结婚证打印校准" } else { "结婚证套打" };
        Job::new("marriage-booklet", title, at, self)
    }
}
