//! Takes the data files under `data/catalog` into a catalogue, through the operations: drafted, reviewed, published.

use kernel::{Day, Issue, RegionCode};
use platform::{Ctx, Error, OrgId, Result};
use serde::Deserialize;

use crate::model::{BasicCode, Elements, ItemId, ItemVersionId, Level};
use crate::ops::{self, Claim, Define, Review};
use crate::store::{drafts, items};

/// An item as its data file says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFile {
    /// 基本编码.
    pub code: BasicCode,
    /// First day in force.
    pub effective_from: Day,
    /// What it says.
    pub elements: Elements,
}

/// The data files, in the order of their codes.
const FILES: [&str; 15] = [
    include_str!("../../../../data/catalog/000111001001-organization-establishment.toml"),
    include_str!("../../../../data/catalog/000111001002-organization-change.toml"),
    include_str!("../../../../data/catalog/000111001003-organization-cancellation.toml"),
    include_str!("../../../../data/catalog/000511007001-disability-allowances.toml"),
    include_str!("../../../../data/catalog/000711001001-marriage.toml"),
    include_str!("../../../../data/catalog/000711001002-late.toml"),
    include_str!("../../../../data/catalog/000711001003-divorce.toml"),
    include_str!("../../../../data/catalog/000711002001-foreign-marriage.toml"),
    include_str!("../../../../data/catalog/000711002002-foreign-divorce.toml"),
    include_str!("../../../../data/catalog/000711003001-revocation.toml"),
    include_str!("../../../../data/catalog/001011901001-back-entry.toml"),
    include_str!("../../../../data/catalog/002011001001-reissue.toml"),
    include_str!("../../../../data/catalog/002011001002-archive.toml"),
    include_str!("../../../../data/catalog/002011001003-appointment.toml"),
    include_str!("../../../../data/catalog/002011001004-counselling.toml"),
];

/// Reads an item from the text of a data file.
///
/// # Errors
/// `E-P111` with the line and what is wrong there.
pub fn read(text: &str) -> Result<ItemFile, Issue> {
    toml::from_str(text).map_err(|error| {
        Issue::error("E-P111", format!("事项文件有误：{error}"), format!("The item's file has a fault: {error}")).rule("P1-11")
    })
}

/// The items that the program carries.
///
/// # Errors
/// As [`read`]; a test keeps the files readable.
pub fn carried() -> Result<Vec<ItemFile>, Issue> {
    FILES.iter().map(|text| read(text)).collect()
}

/// Defines and publishes every carried item for a province; those that are there already are left as they are.
///
/// # Errors
/// What the operations say; the program itself has to act (`Ctx::system`).
pub async fn define_all(ctx: &Ctx, region: RegionCode) -> Result<()> {
    for file in carried()? {
        define_one(ctx, region, file).await?;
    }
    Ok(())
}

/// Defines and publishes one item.
///
/// # Errors
/// As [`define_all`].
pub async fn define_one(ctx: &Ctx, region: RegionCode, file: ItemFile) -> Result<()> {
    if items::by_code(ctx.db(), file.code.as_str()).await?.is_some() {
        return Ok(());
    }
    let define = Define { code: file.code, region, effective_from: Some(file.effective_from), elements: file.elements };
    let id = ops::define(ctx, define).await?;
    approve(ctx, id).await?;
    Ok(())
}

/// Claims an item for a body and publishes it.
///
/// # Errors
/// As [`define_all`].
pub async fn implement(ctx: &Ctx, basic: &BasicCode, org: OrgId, level: Level, offices: Vec<String>) -> Result<ItemVersionId> {
    let id = ops::claim(ctx, Claim { basic: basic.clone(), org, level, offices }).await?;
    approve(ctx, id).await
}

/// Takes a draft through every review to its publication.
///
/// # Errors
/// What the operations say.
pub async fn approve(ctx: &Ctx, id: ItemId) -> Result<ItemVersionId> {
    let mut revision = drafts::of_item(ctx.db(), id).await?.ok_or(Error::NotFound)?.revision;
    ops::submit(ctx, id, revision).await?;
    for _review in 0..2 {
        revision += 1;
        ops::review(ctx, Review { item: id, revision, pass: true, opinion: None }).await?;
    }
    ops::publish(ctx, id, revision + 1).await
}

#[cfg(test)]
mod tests {
    use kernel::Calendar;

    use super::*;
    use crate::model::{Layer, Separation};
    use crate::rules::{self, Against};

    #[test]
    fn every_carried_item_keeps_every_rule() {
        let files = carried().expect("the data files can be read");
        assert_eq!(files.len(), 15);
        for file in &files {
            let against = Against { layer: Layer::Basic, basic_code: &file.code, impl_code: None, upper: None };
            let found = rules::check(&file.elements, &against, Calendar::builtin());
            assert!(found.is_empty(), "{}: {found:?}", file.code);
        }
        assert_eq!(files.iter().filter(|file| file.elements.house.public).count(), 14, "all are public but the back entry of marriages");
    }

    #[test]
    fn mr_e90_no_item_of_marriage_costs_anything() {
        for file in carried().expect("the data files can be read").iter().filter(|file| file.elements.house.service.starts_with("marriage.")) {
            assert!(file.elements.fee.charges.is_empty() && file.elements.fee.ban.is_some(), "{}", file.code);
        }
    }

    #[test]
    fn an_unsure_article_is_kept_and_not_printed() {
        let files = carried().expect("the data files can be read");
        let unsure = files.iter().flat_map(|file| &file.elements.bases).filter(|basis| basis.certainty == crate::model::Certainty::ArticleUnsure);
        assert!(unsure.clone().count() > 0);
        for basis in unsure {
            assert!(basis.article.is_some() && basis.printable_article().is_none());
        }
    }

    #[test]
    fn confirmations_on_the_spot_keep_nobody_apart_and_revocation_does() {
        for file in carried().expect("the data files can be read") {
            match file.elements.house.service.as_str() {
                "marriage.registration" | "marriage.reissue" => assert_eq!(file.elements.house.separation, Separation::None),
                "marriage.revocation" => assert_eq!(file.elements.house.separation, Separation::ReviewerApprover),
                "marriage.divorce" | "marriage.foreign_divorce" => assert!(file.elements.house.discreet),
                _ => {}
            }
        }
    }
}
