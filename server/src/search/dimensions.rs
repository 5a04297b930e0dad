//! By what results can be narrowed besides kind and region: the dimensions of facets, their values, and what they are called.

use kernel::Text;
use organizations::model::ListFlag;
use organizations::Status;
use search_index::{Answer, Kind};
use site::pages::search::{Facet, Value, Word};
use ui::Tone;

/// 通办: how far an item is to be had beyond its own office.
pub(super) const REACH: &str = "reach";
/// 全省通办.
pub(super) const PROVINCE: &str = "province";
/// 跨省通办.
pub(super) const PROVINCES: &str = "provinces";

/// 登记管理机关层级.
const AUTHORITY: &str = "authority";
/// 行业分类.
const INDUSTRY: &str = "industry";

/// One dimension.
struct Dimension {
    key: &'static str,
    title: Text,
    kind: Kind,
    values: Vec<(&'static str, Text, Tone)>,
}

fn all() -> Vec<Dimension> {
    let yes = |zh, en| vec![("yes", Text::fixed(zh, en), Tone::Good)];
    let organization = |key, title, values| Dimension { key, title, kind: Kind::Organization, values };
    let status = |status: Status| {
        let tone = match status {
            Status::Active => Tone::Good,
            Status::Suspended | Status::Liquidating => Tone::Mind,
            _ => Tone::Bad,
        };
        (status.code(), status.name(), tone)
    };
    let registered = |status: &Status| !matches!(status, Status::Preparing | Status::Examined);
    let authorities = organizations::public::Selection::authorities().map(|(code, name)| (code, name, Tone::Plain));
    let industries = organizations::codes::industries().iter().map(|industry| (industry.code.as_str(), industry.name.clone(), Tone::Plain));
    let levels = [("5", "5A"), ("4", "4A"), ("3", "3A"), ("2", "2A"), ("1", "1A")];
    vec![
        Dimension {
            key: REACH,
            title: Text::fixed("通办", "Where it can be had"),
            kind: Kind::Item,
            values: vec![
                (PROVINCE, Text::fixed("全省通办", "Anywhere in the province"), Tone::Plain),
                (PROVINCES, Text::fixed("跨省通办", "Across provinces"), Tone::Plain),
            ],
        },
        organization("type", Text::fixed("类型", "Type"), organizations::Kind::ALL.into_iter().map(|kind| (kind.code(), kind.name(), Tone::Plain)).collect()),
        organization("status", Text::fixed("状态", "Status"), Status::ALL.into_iter().filter(registered).map(status).collect()),
        organization("level", Text::fixed("评估等级", "Evaluation"), levels.into_iter().map(|(code, name)| (code, Text::fixed(name, name), Tone::Plain)).collect()),
        organization(
            "list",
            Text::fixed("名录名单", "Lists"),
            [(ListFlag::Abnormal, Tone::Mind), (ListFlag::Serious, Tone::Bad)].into_iter().map(|(list, tone)| (list.code(), list.name(), tone)).collect(),
        ),
        organization(AUTHORITY, Text::fixed("登记管理机关层级", "Level of the authority"), authorities.collect()),
        organization(INDUSTRY, Text::fixed("行业", "Industry"), industries.collect()),
        organization("charity", Text::fixed("慈善组织", "Charity"), yes("慈善组织", "Charity")),
        organization("fundraising", Text::fixed("公开募捐", "Public fundraising"), yes("有公开募捐资格", "May raise funds in public")),
    ]
}

/// The dimensions that are counted while a kind, or all of them, is shown.
pub fn counted(kind: Option<Kind>) -> Vec<String> {
    let of_kind = |dimension: &Dimension| kind.map_or(dimension.kind == Kind::Item, |kind| dimension.kind == kind);
    all().iter().filter(|dimension| of_kind(dimension)).map(|dimension| dimension.key.to_owned()).collect()
}

/// What is asked for, as facets of the index: `typed` gives what stands in the address under a key, values separated by commas. What is no
/// value is left out.
pub fn asked<'a>(kind: Option<Kind>, typed: impl Fn(&str) -> &'a str) -> Vec<String> {
    let counted = counted(kind);
    let mut found = Vec::new();
    for dimension in all().iter().filter(|dimension| counted.contains(&dimension.key.to_owned())) {
        let wanted: Vec<&str> = typed(dimension.key).split(',').collect();
        let known = dimension.values.iter().filter(|(code, ..)| wanted.contains(code));
        found.extend(known.map(|(code, ..)| format!("{}/{code}", dimension.key)));
    }
    found
}

/// The dimensions as the page shows them: values that occur, and those that were asked for.
pub fn facets(kind: Option<Kind>, chosen: &[String], answer: Option<&Answer>) -> Vec<Facet> {
    let counted = counted(kind);
    let shown = all().into_iter().filter(|dimension| counted.contains(&dimension.key.to_owned()));
    shown
        .map(|Dimension { key, title, values, .. }| {
            let values = values.into_iter().map(|(code, name, _)| Value {
                code: code.to_owned(),
                name,
                count: answer.and_then(|answer| answer.counts(key).iter().find(|(value, _)| value == code)).map_or(0, |(_, count)| *count),
                chosen: chosen.contains(&format!("{key}/{code}")),
            });
            Facet { key: key.to_owned(), title, values: values.filter(|value| value.count > 0 || value.chosen).collect() }
        })
        .collect()
}

/// What is said beside the name of a result. Of what reaches across provinces, nobody needs to be told that it reaches across one; level and industry
/// are for narrowing alone.
pub fn words() -> Vec<Word> {
    let mut found = Vec::new();
    for Dimension { key, values, .. } in all().into_iter().filter(|dimension| ![AUTHORITY, INDUSTRY].contains(&dimension.key)) {
        let said = values.into_iter().filter(|(code, ..)| (key, *code) != (REACH, PROVINCE));
        found.extend(said.map(|(code, name, tone)| {
            let name = if key == "level" { Text::new(format!("评估 {}", name.zh), format!("Evaluated {}", name.en)) } else { name };
            Word { facet: format!("{key}/{code}"), name, tone }
        }));
    }
    found
}
