//! A register of organisations that never were: names put together as the law says (division, brand, field, form) over the divisions
//! that the program carries, with codes whose check characters are right. The same seed makes the same register.

use std::collections::{HashMap, HashSet};
use std::io::BufRead as _;
use std::path::Path;

use kernel::{Level, RegionCode, RegionTable, Uscc};
use search_index::{Entry, Kind};

/// The smallest generator that will do: xorshift.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % count.max(1) as u64).unwrap_or_default()
    }

    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// First and second characters of brands: 40,000 of them.
const FIRST: &str = "阳光明德仁爱博厚启智新春和谐同心众志美好幸福康宁安泰永盛嘉禾绿源清泉蓝天红叶金桥银杏玉兰梅竹松柏青苗晨曦朝霞星辰海洋山川云帆鹏程鸿运鼎力恒信诚正义勇善缘慈恩孝亲友邻福寿喜乐长乐重阳会仁单行曾石解朴翟任华宁燕应召行知尚学思源立人树德育英培贤弘文致远格物求真务实创想卓越飞翔腾达";
const SECOND: &str = "光辉明亮德馨爱心博雅厚泽启航智慧新芽春晖和顺同行众益美景好运福音康健安居泰然永续盛世嘉年禾苗绿洲清风源泉蓝图天使红旗叶茂金秋桥梁银河玉树梅香竹韵松涛柏青苗圃晨光曦月朝阳霞飞星火辰星海风洋溢山水川流云端帆影程远运河力行信义诚实正道勇毅善行缘起慈航恩泽孝行亲情友爱邻里寿康喜悦乐园长青重光会友单元";

const FIELDS: [&str; 60] = [
    "慈善", "养老", "幼儿教育", "志愿服务", "社会工作", "书法", "环境保护", "老年体育", "残疾人", "武术", "足球", "救助", "农业技术", "茶叶", "青年创业",
    "摄影", "音乐", "舞蹈", "会计", "银行业", "律师", "医药", "护理", "心理", "消防", "物流", "软件", "旅游", "餐饮", "园林", "水利", "地质", "气象", "档案", "方言",
    "戏曲", "曲艺", "象棋", "围棋", "钓鱼", "登山", "自行车", "马拉松", "篮球", "乒乓球", "羽毛球", "太极拳", "家政", "助学", "扶贫", "见义勇为", "退役军人", "红色文化", "非遗传承",
    "长寿文化", "重阳敬老", "乐器", "行业信用", "调解", "数据",
];
const ASSOCIATIONS: [&str; 9] = ["协会", "学会", "商会", "联合会", "促进会", "研究会", "总会", "志愿者协会", "联谊会"];
const INSTITUTIONS: [&str; 10] = ["服务中心", "培训学校", "培训中心", "幼儿园", "养老院", "研究院", "活动中心", "康复中心", "社会工作服务中心", "艺术团"];

/// An organisation with its number in the corpus.
#[derive(Debug, Clone)]
pub(crate) struct Organization {
    pub(crate) entry: Entry,
    /// For engines that filter by a number: level of the evaluation.
    pub(crate) level: u8,
    /// Its kind: 1 to 3.
    pub(crate) class: u8,
    /// Its status: 30 in existence, 40 deregistered.
    pub(crate) status: u8,
}

impl Organization {
    fn new(id: usize, name: &str, code: String, class: u8, status: u8, level: u8, since: u32, region: Vec<String>) -> Organization {
        let mut facets = vec![format!("type/{class}"), format!("status/{status}"), format!("level/{level}")];
        if id.is_multiple_of(97) {
            facets.push("list/abnormal".to_owned());
        }
        if id.is_multiple_of(11) {
            facets.push("charity/yes".to_owned());
        }
        let rank = u8::try_from(3_usize.saturating_sub(region.len())).unwrap_or_default();
        let entry = Entry {
            url: format!("/organizations/{code}"),
            code,
            region,
            facets,
            since: Some(since),
            level,
            prior: if status == 30 { 4 + rank } else { rank },
            ..Entry::new(Kind::Organization, &id.to_string(), name)
        };
        Organization { entry, level, class, status }
    }

    /// The province, as engines without a tree filter it.
    pub(crate) fn province(&self) -> &str {
        self.entry.region.first().map_or("", String::as_str)
    }
}

/// A division that registers organisations, with what its names begin with.
struct Place {
    code: RegionCode,
    names: Vec<String>,
    path: Vec<String>,
}

fn places() -> Vec<Place> {
    let table = RegionTable::builtin();
    let mut found = Vec::new();
    let mut streets: HashMap<RegionCode, Vec<String>> = HashMap::new();
    for street in table.all().filter(|region| region.code.level() == Level::Township) {
        if let Some(county) = street.code.parent() {
            streets.entry(county).or_default().push(street.name.to_string());
        }
    }
    for region in table.all().filter(|region| !region.is_placeholder() && region.code.level() <= Level::County) {
        let mut path: Vec<String> = region.code.ancestors().collect::<Vec<_>>().into_iter().rev().filter(|code| table.get(*code).is_some_and(|r| !r.is_placeholder())).map(|code| code.to_string()).collect();
        path.push(region.code.to_string());
        let parent = region.code.parent().and_then(|code| table.get(code)).filter(|parent| !parent.is_placeholder());
        let own = region.name.to_string();
        let mut names = match parent {
            // The name of a district is preceded by that of its city.
            Some(city) if region.code.level() == Level::County => vec![format!("{}{own}", city.name), own.clone()],
            _ => vec![own.clone()],
        };
        if region.code.level() == Level::County {
            names.extend(streets.remove(&region.code).into_iter().flatten().map(|street| format!("{own}{street}")));
        }
        found.push(Place { code: region.code, names, path });
    }
    found
}

/// Organisations composed with a seed; the names are all different.
pub(crate) fn composed(count: usize, seed: u64) -> Vec<Organization> {
    let places = places();
    let (first, second): (Vec<char>, Vec<char>) = (FIRST.chars().collect(), SECOND.chars().collect());
    let mut dice = Dice::new(seed);
    let mut seen = HashSet::new();
    let mut found = Vec::with_capacity(count);
    while found.len() < count {
        let place = &places[dice.below(places.len())];
        // Most are registered by counties and cities; every third is of a street or township.
        let name = if dice.below(3) > 0 { &place.names[0] } else { dice.one(&place.names) };
        let (class, form) = match dice.below(100) {
            0 => (3, "基金会"),
            n if n < 44 => (1, *dice.one(&ASSOCIATIONS)),
            _ => (2, *dice.one(&INSTITUTIONS)),
        };
        let brand = if class == 1 && dice.below(3) > 0 { String::new() } else { format!("{}{}", dice.one(&first), dice.one(&second)) };
        let field = if class == 2 && dice.below(3) == 0 { "" } else { *dice.one(&FIELDS) };
        let name = format!("{name}{brand}{field}{form}");
        if !seen.insert(name.clone()) {
            continue;
        }
        let id = found.len();
        let since = u32::try_from(1985 + dice.below(41)).unwrap_or_default() * 10_000 + u32::try_from(101 + dice.below(12) * 100 + dice.below(28)).unwrap_or_default();
        let level = if dice.below(5) == 0 { u8::try_from(1 + dice.below(5)).unwrap_or_default() } else { 0 };
        let status = if dice.below(9) == 0 { 40 } else { 30 };
        found.push(Organization::new(id, &name, credit_code(class, place.code, id), class, status, level, since, place.path.clone()));
    }
    found
}

/// A credit code of class 51, 52 or 53 whose check characters are right.
pub(crate) fn credit_code(class: u8, region: RegionCode, id: usize) -> String {
    // Spread over all digits, so that neighbours in the register are not neighbours in the code.
    let subject = (id as u64).wrapping_mul(7_368_787).wrapping_add(19_260_817) % 100_000_000;
    let code = Uscc::new(&format!("5{class}"), region, &format!("{subject:08}"));
    code.map(|code| code.to_string()).unwrap_or_default()
}

/// Organisations of a file, a line each: id, name, type, code, path of codes, status, level, day (tab-separated, no head).
pub(crate) fn read(file: &Path) -> std::io::Result<Vec<Organization>> {
    let lines = std::io::BufReader::new(std::fs::File::open(file)?).lines();
    lines
        .map(|line| {
            let line = line?;
            let column = |n: usize| line.split('\t').nth(n).unwrap_or_default();
            let class = match column(2) {
                "社会团体" => 1,
                "基金会" => 3,
                _ => 2,
            };
            let mut region: Vec<String> = column(4).split('/').filter(|code| !code.is_empty()).map(|code| format!("{code:0<6}")).collect();
            region.dedup();
            let status = if column(5) == "正常" { 30 } else { 40 };
            let since = column(7).replace('-', "").parse().unwrap_or_default();
            let id = column(0).parse().unwrap_or_default();
            Ok(Organization::new(id, column(1), column(3).to_owned(), class, status, column(6).parse().unwrap_or_default(), since, region))
        })
        .collect()
}

/// The organisations of the hand-made items, with numbers from `first` on.
pub(crate) fn by_hand(names: &[String], first: usize) -> Vec<Organization> {
    let place = RegionCode::parse("110000").expect("a code of a province");
    let one = |(n, name): (usize, &String)| {
        let id = first + n;
        Organization::new(id, name, credit_code(1, place, id), 1, 30, 0, 20_200_101, vec!["110000".to_owned()])
    };
    names.iter().enumerate().map(one).collect()
}
