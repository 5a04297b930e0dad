//! The questions whose time is measured: words of two to five characters, beginnings of names, parts of codes, pinyin and initials, and
//! the known items; a third within a province, a fifth of one kind of organisation.

use std::io::BufRead as _;
use std::path::Path;

use crate::corpus::{Dice, Organization};
use crate::known::Item;

/// A question with its filters.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) class: String,
    pub(crate) text: String,
    /// Code of a province.
    pub(crate) province: Option<String>,
    /// Kind of organisation: 1 to 3.
    pub(crate) kind: Option<u8>,
}

const TWO: [&str; 20] = [
    "慈善", "养老", "幼儿", "志愿", "教育", "社工", "书法", "环保", "商会", "基金", "老年", "残疾", "武术", "足球", "救助", "农业", "茶叶", "青年", "朝阳", "阳光",
];
const MORE: [&str; 20] = [
    "慈善总会", "幼儿园", "养老院", "志愿者协会", "社会工作", "广州慈善", "成都养老", "北京教育", "苏州幼儿园", "杭州志愿者", "基金会", "书法协会", "培训学校", "职业培训", "社区服务", "乡村振兴", "茶叶商会",
    "会计学会", "退役军人", "音乐协会",
];
const PINYIN: [&str; 12] = [
    "guangzhou", "cishan", "guangzhou cishan", "youeryuan", "yanglaoyuan", "zhiyuanzhe", "chengdu yanglao", "guangz", "beijing jiaoyu", "shehuigongzuo", "hangzhou", "changsha cishan",
];
const INITIALS: [&str; 14] = ["gzcs", "cdyl", "bjjy", "szyey", "hzzyz", "csh", "yly", "jjh", "shgz", "zyzxh", "gzcszh", "bjscy", "cdshgz", "njcs"];

/// Questions over a corpus.
pub(crate) fn made(organizations: &[Organization], items: &[Item], seed: u64) -> Vec<Question> {
    let mut dice = Dice::new(seed);
    let mut found = Vec::new();
    let mut push = |class: &str, text: String, dice: &mut Dice| {
        let (of, filters) = (&organizations[dice.below(organizations.len())], dice.below(10));
        found.push(Question {
            class: class.to_owned(),
            text,
            province: (filters < 3).then(|| of.province().to_owned()),
            kind: [1, 4].contains(&filters).then_some(of.class),
        });
    };
    for _ in 0..75 {
        push("two characters", (*dice.one(&TWO)).to_owned(), &mut dice);
        push("three to five", (*dice.one(&MORE)).to_owned(), &mut dice);
        let name = &organizations[dice.below(organizations.len())].entry.title;
        push("beginning", name.chars().take(4).collect(), &mut dice);
    }
    for _ in 0..30 {
        push("initials, short", (*dice.one(&INITIALS)).to_owned(), &mut dice);
        push("pinyin, short", (*dice.one(&PINYIN)).to_owned(), &mut dice);
        let code = &organizations[dice.below(organizations.len())].entry.code;
        let length = 4 + dice.below(6);
        push("code, short", code.chars().take(length).collect(), &mut dice);
    }
    for item in items {
        push(&item.kind, item.question.clone(), &mut dice);
    }
    found
}

/// Questions of a file: a line of JSON each, with `cls`, `q`, `region` (`/44`) and `type`.
pub(crate) fn read(file: &Path) -> Result<Vec<Question>, Box<dyn std::error::Error>> {
    let lines = std::io::BufReader::new(std::fs::File::open(file)?).lines();
    lines
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(&line?)?;
            let text = |key: &str| value[key].as_str().map(str::to_owned);
            let kind = text("type").map(|kind| match kind.as_str() {
                "社会团体" => 1,
                "基金会" => 3,
                _ => 2,
            });
            let province = text("region").map(|path| format!("{:0<6}", path.trim_start_matches('/')));
            Ok(Question { class: text("cls").unwrap_or_default(), text: text("q").unwrap_or_default(), province, kind })
        })
        .collect()
}
