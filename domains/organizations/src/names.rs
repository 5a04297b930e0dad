//! Names of organisations and of their branches (令69): pure rules over words that are data.

use kernel::{Day, Issue, text};

use crate::issues;
use crate::model::Kind;
use crate::registration::registration;

/// Where a name is to be registered, as names of places.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The area as a name has to give it: 「甲市城东区」.
    pub expected: String,
    /// Other ways of writing it that are accepted.
    pub accepted: Vec<String>,
    /// Names of other divisions, by which a wrong area is recognised.
    pub others: Vec<String>,
}

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// 区划.
    pub area: String,
    /// 字号; empty for associations.
    pub brand: String,
    /// 行（事）业领域 or 会员组成.
    pub field: String,
    /// 组织形式.
    pub form: String,
}

/// Takes a name apart and says what is wrong with it (D-R1, D-R2, D-R4), on the field `name`.
///
/// # Errors
/// `E-D75` for a blank in it, `E-D02` for a reserved word, `E-D04` for the area of another authority, `E-D01` for each part that is missing.
pub fn check(kind: Kind, name: &str, place: &Place) -> Result<Parts, Vec<Issue>> {
    let name = text::line(name);
    let mut found: Vec<Issue> = name.contains(' ').then(issues::blank_in_name).into_iter().collect();
    let names = &registration().names;
    let reserved = names.reserved.iter().find(|word| name.starts_with(word.as_str())).filter(|_| kind != Kind::Foundation);
    let rest = match reserved {
        Some(word) => {
            found.push(issues::reserved_word(word));
            &name[word.len()..]
        }
        None => name.as_str(),
    };
    let own = longest(std::iter::once(&place.expected).chain(&place.accepted), |word| rest.starts_with(word.as_str()));
    let other = longest(place.others.iter(), |word| rest.starts_with(word.as_str()));
    let (area, rest) = match (own, other) {
        (Some(word), other) if other.is_none_or(|other| other.len() <= word.len()) => (word.clone(), &rest[word.len()..]),
        // Also a district of the city whose name begins with that of the city.
        (_, Some(other)) => {
            found.push(issues::wrong_area(&place.expected));
            (String::new(), &rest[other.len()..])
        }
        _ => {
            found.push(issues::part_missing("行政区划", "area"));
            (String::new(), rest)
        }
    };
    let form = names.forms.iter().filter(|form| form.kind == kind && rest.ends_with(form.word.as_str())).max_by_key(|form| form.word.len());
    let Some(form) = form else {
        found.push(issues::part_missing("组织形式", "organisational form"));
        return Err(found);
    };
    let middle = &rest[..rest.len() - form.word.len()];
    let (brand, field) = split(kind, middle, form.field);
    if kind == Kind::Association {
        if field.is_empty() && !form.field {
            found.push(issues::part_missing("行（事）业领域或会员组成", "field or membership"));
        }
    } else {
        if brand.is_empty() {
            found.push(issues::part_missing("字号", "name of its own"));
        }
        if field.is_empty() && !form.field {
            found.push(issues::part_missing("行（事）业领域", "field"));
        }
    }
    if found.is_empty() { Ok(Parts { area, brand, field, form: form.word.clone() }) } else { Err(found) }
}

/// Takes a name apart as far as words tell, whatever is wrong with it: `areas` are the names of its division and of those above.
pub(crate) fn parts(kind: Kind, name: &str, areas: &[String]) -> Parts {
    let mut rest = name;
    while let Some(word) = longest(areas.iter(), |word| rest.starts_with(word.as_str())) {
        rest = &rest[word.len()..];
    }
    let area = name[..name.len() - rest.len()].to_owned();
    let form = registration().names.forms.iter().filter(|form| form.kind == kind && rest.ends_with(form.word.as_str())).max_by_key(|form| form.word.len());
    let Some(form) = form else { return Parts { area, brand: String::new(), field: rest.to_owned(), form: String::new() } };
    let (brand, field) = split(kind, &rest[..rest.len() - form.word.len()], form.field);
    Parts { area, brand, field, form: form.word.clone() }
}

/// The name of its own and the field, of what stands between area and form. Where no word of the list ends it, four characters or more are
/// taken for both, and a person judges.
fn split(kind: Kind, middle: &str, form_tells: bool) -> (String, String) {
    if kind == Kind::Association {
        return (String::new(), middle.to_owned());
    }
    let known = longest(registration().names.fields.iter(), |word| middle.ends_with(word.as_str()));
    match known {
        Some(word) => (middle[..middle.len() - word.len()].to_owned(), word.clone()),
        None if form_tells => (middle.to_owned(), String::new()),
        None => {
            let characters: Vec<char> = middle.chars().collect();
            let cut = if characters.len() >= 4 { 2 } else { characters.len() };
            (characters[..cut].iter().collect(), characters[cut..].iter().collect())
        }
    }
}

fn longest<'a>(words: impl Iterator<Item = &'a String>, fits: impl Fn(&String) -> bool) -> Option<&'a String> {
    words.filter(|word| !word.is_empty() && fits(word)).max_by_key(|word| word.len())
}

/// How an organisation came to leave a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It was changed, or the organisation cancelled.
    Changed,
    /// Its establishment or the change to it was revoked.
    Revoked,
}

impl Left {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Revoked => "revoked",
        }
    }

    /// What is stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Changed, Self::Revoked].into_iter().find(|left| left.code() == code)
    }
}

/// A name that the same authority has, or had, in the same field and form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The name.
    pub name: String,
    /// When and how it was left; absent while it is borne.
    pub left: Option<(Day, Left)>,
}

/// Refuses a name that is borne, or was left too short a while ago (D-R3).
pub fn taken(known: &[Known], today: Day) -> Option<Issue> {
    let names = &registration().names;
    let mut latest: Option<(Day, &Known)> = None;
    for entry in known {
        let Some((on, how)) = entry.left else { return Some(issues::name_taken(&entry.name, None)) };
        let years = match how {
            Left::Changed => names.years_after_change,
            Left::Revoked => names.years_after_revocation,
        };
        let until = on.plus_years(years);
        if today < until && latest.is_none_or(|(other, _)| other < until) {
            latest = Some((until, entry));
        }
    }
    latest.map(|(until, entry)| issues::name_taken(&entry.name, Some(until)))
}

/// Checks the name of a branch or representative office (D-R5), on the field `branch_name`. `areas`: names of divisions.
///
/// # Errors
/// `E-D05` for a wrong beginning or end, `E-D06` for a regional branch, `E-D60` for kinds that may have none, `E-D61` for a branch of a branch.
pub fn check_branch(kind: Kind, parent: &str, name: &str, representative: bool, areas: &[String]) -> Result<(), Issue> {
    let names = &registration().names;
    if kind == Kind::ServiceInstitution {
        return Err(issues::no_branches());
    }
    let endings = match names.branch_endings.iter().find(|endings| endings.kind == kind) {
        _ if representative => &names.representative_endings,
        Some(endings) => &endings.words,
        None => return Err(issues::no_branches()),
    };
    let name = text::line(name);
    let middle = name.strip_prefix(parent).and_then(|rest| longest(endings.iter(), |word| rest.ends_with(word.as_str())).map(|word| &rest[..rest.len() - word.len()]));
    let Some(middle) = middle.filter(|middle| !middle.is_empty()) else { return Err(issues::branch_ending(parent, endings)) };
    if names.branch_endings.iter().flat_map(|endings| &endings.words).any(|word| middle.contains(word.as_str())) {
        return Err(issues::branch_of_branch());
    }
    let regional = !representative && areas.iter().any(|area| area.chars().count() > 1 && middle.contains(area.as_str()));
    if kind == Kind::Association && regional { Err(issues::regional_branch()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(expected: &str) -> Place {
        let all = ["测试省", "甲市", "甲市城东区", "城东区", "甲市城中区", "城中区", "山前县", "滨河市", "乙市", "邻省"];
        Place { expected: expected.into(), accepted: Vec::new(), others: all.iter().map(|name| (*name).to_owned()).filter(|name| name != expected).collect() }
    }

    fn codes(kind: Kind, name: &str, area: &str) -> Vec<(String, String)> {
        let issues = check(kind, name, &place(area)).expect_err(name);
        issues.into_iter().map(|issue| (issue.code.to_string(), issue.params.values().next().cloned().unwrap_or_default())).collect()
    }

    #[test]
    fn d_r1_takes_the_names_of_the_test_world_apart() {
        let parts = check(Kind::ServiceInstitution, "甲市城东区阳光社会工作服务中心", &place("甲市城东区")).expect("whole");
        assert_eq!((parts.area.as_str(), parts.brand.as_str(), parts.field.as_str(), parts.form.as_str()), ("甲市城东区", "阳光", "社会工作", "服务中心"));
        for (kind, name, area) in [
            (Kind::Association, "测试省软件行业协会", "测试省"),
            (Kind::Association, "甲市摄影家协会", "甲市"),
            (Kind::Association, "滨河市钓鱼协会", "滨河市"),
            (Kind::Association, "甲市乙市商会", "甲市"),
            (Kind::ServiceInstitution, "山前县康乐养老院", "山前县"),
            (Kind::Foundation, "测试省善行基金会", "测试省"),
            (Kind::Foundation, "测试省希望公益基金会", "测试省"),
        ] {
            assert!(check(kind, name, &place(area)).is_ok(), "{name}");
        }
    }

    #[test]
    fn d_r1_says_which_part_is_missing() {
        assert_eq!(codes(Kind::Association, "甲市协会", "甲市"), [("E-D01".into(), "行（事）业领域或会员组成".into())]);
        assert_eq!(codes(Kind::Association, "摄影家协会", "甲市"), [("E-D01".into(), "行政区划".into())]);
        assert_eq!(codes(Kind::Association, "甲市摄影家", "甲市"), [("E-D01".into(), "组织形式".into())]);
        assert_eq!(codes(Kind::ServiceInstitution, "甲市社会工作服务中心", "甲市"), [("E-D01".into(), "字号".into())]);
        assert_eq!(codes(Kind::ServiceInstitution, "甲市阳光服务中心", "甲市"), [("E-D01".into(), "行（事）业领域".into())]);
        assert_eq!(codes(Kind::Foundation, "测试省基金会", "测试省"), [("E-D01".into(), "字号".into())]);
        assert_eq!(codes(Kind::Association, "甲市　摄影家协会", "甲市")[0].0, "E-D75", "else one name were two");
    }

    #[test]
    fn d_r2_refuses_the_words_of_the_whole_country() {
        assert_eq!(codes(Kind::Association, "中华甲市摄影家协会", "甲市"), [("E-D02".into(), "中华".into())]);
        assert_eq!(codes(Kind::ServiceInstitution, "全国甲市阳光社会工作服务中心", "甲市")[0], ("E-D02".into(), "全国".into()));
    }

    #[test]
    fn d_r3_keeps_names_that_are_borne_or_were_left_lately() {
        let today = Day::ymd(2026, 7, 1);
        let known = |left| [Known { name: "甲市摄影家协会".into(), left }];
        let borne = taken(&known(None), today).expect("borne");
        assert_eq!((borne.code.as_ref(), borne.params.contains_key("until")), ("E-D03", false));
        assert!(borne.message.zh.contains("不可使用"));
        let changed = taken(&known(Some((Day::ymd(2025, 7, 2), Left::Changed))), today).expect("a day less than a year ago");
        assert_eq!(changed.params["until"], "2026-07-02");
        assert_eq!(taken(&known(Some((Day::ymd(2025, 7, 1), Left::Changed))), today), None);
        let revoked = taken(&known(Some((Day::ymd(2023, 7, 2), Left::Revoked))), today).expect("less than three years ago");
        assert_eq!(revoked.params["until"], "2026-07-02");
        assert_eq!(taken(&known(Some((Day::ymd(2023, 7, 1), Left::Revoked))), today), None);
    }

    #[test]
    fn d_r4_the_area_is_that_of_the_authority_with_its_city_before_a_district() {
        assert_eq!(codes(Kind::Association, "乙市摄影家协会", "甲市"), [("E-D04".into(), "甲市".into())]);
        assert_eq!(codes(Kind::ServiceInstitution, "城东区阳光社会工作服务中心", "甲市城东区"), [("E-D04".into(), "甲市城东区".into())]);
        assert_eq!(codes(Kind::ServiceInstitution, "甲市阳光社会工作服务中心", "甲市城东区"), [("E-D04".into(), "甲市城东区".into())]);
        assert_eq!(codes(Kind::Association, "甲市城东区摄影家协会", "甲市"), [("E-D04".into(), "甲市".into())]);
    }

    #[test]
    fn d_r5_branches_are_called_after_the_whole_and_end_as_they_must() {
        let areas = ["城东区".to_owned(), "甲市".to_owned()];
        let check = |name: &str, representative| check_branch(Kind::Association, "甲市摄影家协会", name, representative, &areas).map_err(|issue| issue.code.to_string());
        assert_eq!(check("甲市摄影家协会青年分会", false), Ok(()));
        assert_eq!(check("甲市摄影家协会城东区办事处", true), Ok(()));
        assert_eq!(check("摄影家协会青年分会", false), Err("E-D05".into()));
        assert_eq!(check("甲市摄影家协会青年部", false), Err("E-D05".into()));
        assert_eq!(check("甲市摄影家协会分会", false), Err("E-D05".into()));
        assert_eq!(check("甲市摄影家协会城东区分会", false), Err("E-D06".into()));
        assert_eq!(check("甲市摄影家协会青年分会人像专业委员会", false), Err("E-D61".into()));
        let foundation = |name: &str| check_branch(Kind::Foundation, "测试省善行基金会", name, false, &areas).map_err(|issue| issue.code.to_string());
        assert_eq!(foundation("测试省善行基金会助学专项基金管理委员会"), Ok(()));
        assert_eq!(foundation("测试省善行基金会助学分会"), Err("E-D05".into()));
        assert!(check_branch(Kind::ServiceInstitution, "山前县康乐养老院", "山前县康乐养老院东分会", false, &areas).is_err_and(|issue| issue.code == "E-D60"));
    }
}
