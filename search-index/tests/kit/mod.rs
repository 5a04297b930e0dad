//! A small index of real kinds of entries, filled the way the follower fills it.
#![expect(dead_code, reason = "each test binary uses a part of it")]

use search_index::{Answer, Change, Entry, Kind, Request, SearchIndex, Stage, Writer};

/// An index in a folder of its own, gone with this value.
pub(crate) struct Kit {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) index: SearchIndex,
    pub(crate) writer: Writer,
}

/// Region paths by a short name.
fn region(of: &str) -> Vec<String> {
    let codes: &[&str] = match of {
        "siming" => &["350000", "350200", "350203"],
        "jimei" => &["350000", "350200", "350211"],
        "fuzhou" => &["350000", "350100"],
        "changle" => &["350000", "350100", "350112"],
        "chongqing" => &["500000", "500103"],
        _ => &["350000"],
    };
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn item(code: &str, title: &str, title_en: &str, text: &str, aliases: &[&str]) -> Entry {
    Entry {
        title_en: title_en.to_owned(),
        text: text.to_owned(),
        code: code.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        region: region("fujian"),
        facets: vec!["service/marriage".to_owned()],
        prior: 9,
        url: format!("/items/{code}"),
        ..Entry::new(Kind::Item, code, title)
    }
}

fn office(code: &str, title: &str, of: &str, text: &str) -> Entry {
    Entry {
        code: code.to_owned(),
        text: text.to_owned(),
        region: region(of),
        prior: 3,
        url: format!("/offices/{code}"),
        ..Entry::new(Kind::Office, code, title)
    }
}

/// What the tests search in.
pub(crate) fn entries() -> Vec<Entry> {
    vec![
        item(
            "11350000MB0001232C4350711001000",
            "结婚登记",
            "Marriage registration",
            "男女双方应当亲自到婚姻登记机关申请结婚登记，提交有效身份证件。Both persons come in person.",
            &["领结婚证", "领证"],
        ),
        item("11350000MB0001232C4350711001001", "离婚登记", "Divorce registration", "自愿离婚的，签订书面离婚协议。", &["办离婚证"]),
        item("11350000MB0001232C4350711001002", "补领婚姻登记证", "Replacement of a marriage certificate", "遗失或者损毁婚姻证件。", &[]),
        item("11350000MB0001232C4350711002000", "收养登记", "Registration of an adoption", "收养关系自登记之日起成立。", &[]),
        item("11350000MB0001232C4350711003000", "音乐类社会团体成立登记", "Founding of a music association", "", &[]),
        item("11350000MB0001232C4350711004000", "会计师事务所备案", "Notice of an accounting firm", "", &[]),
        Entry {
            region: region("fujian"),
            url: "/items/x#faq".to_owned(),
            text: "不需要。2025年5月起可以全国通办，不用出示户口簿。".to_owned(),
            ..Entry::new(Kind::Guide, "faq-1", "结婚登记要带户口簿吗")
        },
        office("3502030001", "厦门市思明区民政局婚姻登记处", "siming", "厦门市思明区湖滨南路81号 0592-5866000"),
        office("3502110001", "厦门市集美区民政局婚姻登记处", "jimei", "厦门市集美区杏林北路"),
        office("3501000001", "福州市民政局婚姻登记处", "fuzhou", "福州市鼓楼区"),
        office("3501120001", "福州市长乐区民政局婚姻登记处", "changle", "福州市长乐区会堂路"),
        office("5001030001", "重庆市渝中区民政局婚姻登记处", "chongqing", "重庆市渝中区"),
        office("4301000001", "长沙市慈善会", "hunan", ""),
        office("3415000001", "六安市救助管理站", "anhui", ""),
        office("3303820001", "乐清市社会福利院", "zhejiang", ""),
        office("5001150001", "重庆市长寿区养老服务中心", "chongqing", ""),
        office("1101050001", "北京市朝阳区养老院", "beijing", ""),
        office("4401000001", "广州市慈善会", "guangdong", ""),
        office("4401000002", "中国银行广州分行捐赠专户", "guangdong", ""),
    ]
}

impl Kit {
    /// All entries, committed at position 1.
    pub(crate) fn new() -> Kit {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (index, _) = SearchIndex::open(folder.path(), "").expect("an empty folder opens");
        let writer = fill(&index, 1);
        Kit { folder, index, writer }
    }

    /// Asks without filters.
    pub(crate) fn ask(&self, text: &str) -> Answer {
        self.index.search(&Request::new(text)).expect("the index answers")
    }

    /// The titles found, best first.
    pub(crate) fn titles(&self, text: &str) -> Vec<String> {
        self.ask(text).hits.into_iter().map(|hit| hit.entry.title).collect()
    }

    /// Every question finds its title first, in the stage given.
    #[track_caller]
    pub(crate) fn finds(&self, stage: Stage, cases: &[(&str, &str)]) {
        let mut wrong = Vec::new();
        for (question, title) in cases {
            let answer = self.ask(question);
            let first = answer.hits.first().map(|hit| hit.entry.title.as_str());
            let same_stage = answer.stage == stage || (stage == Stage::Exact && answer.stage == Stage::ExactAndNear);
            if first != Some(title) || !same_stage {
                wrong.push(format!("{question}: {first:?} {:?}, not {title}", answer.stage));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// Rebuilds the index with all entries.
pub(crate) fn fill(index: &SearchIndex, watermark: i64) -> Writer {
    let mut rebuild = index.rebuild().expect("a rebuild begins");
    rebuild.apply(&entries().into_iter().map(Change::put).collect::<Vec<_>>()).expect("entries are taken in");
    rebuild.finish(watermark).expect("a rebuild ends")
}
