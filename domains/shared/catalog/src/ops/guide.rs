//! 办事指南: the published view. Page, print, PDF and API are made of this one.

use kernel::{RegionCode, Text};
use platform::{Ctx, Error, Result, regions};

use super::find;
use crate::model::{ImplCode, ItemView, Material};

/// Everything that a guide shows of an item. Address, hours and phones come from the offices that it names.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The item with its version; `version.id` and `version.text_hash` are shown wherever the guide is.
    pub item: ItemView,
    /// The regions from the province down to the body's.
    pub path: Vec<regions::Region>,
    /// What stands in the way of applying today, for the citizen.
    pub notice: Option<Text>,
    /// Codes and names of the 业务办理项.
    pub situations: Vec<(String, Text)>,
}

impl Guide {
    /// What the applicant brings.
    pub fn to_bring(&self) -> impl Iterator<Item = &Material> {
        self.item.version.elements.materials.iter().filter(|material| material.to_bring())
    }

    /// What the applicant need not bring: papers that we look up, and those that nobody asks for.
    pub fn not_needed(&self) -> Vec<NotNeeded> {
        let elements = &self.item.version.elements;
        let shared = elements.materials.iter().filter(|material| !material.to_bring());
        let shared = shared.map(|material| NotNeeded {
            name: material.name.clone(),
            shared_by: material.shared_by.clone(),
            note: material.note.clone(),
        });
        let unasked = elements.not_needed.iter().map(|name| NotNeeded { name: name.clone(), shared_by: None, note: None });
        shared.chain(unasked).collect()
    }
}

/// A paper that need not be brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotNeeded {
    /// Its name.
    pub name: Text,
    /// Who tells us instead.
    pub shared_by: Option<Text>,
    /// When it is needed after all.
    pub note: Option<Text>,
}

/// The guide of a public item.
///
/// # Errors
/// `NotFound` as [`find`].
pub async fn guide(ctx: &Ctx, code: &str) -> Result<Guide> {
    let item = find(ctx, code).await?;
    let region = RegionCode::parse(&item.region).map_err(Error::internal)?;
    let path = regions::path(ctx.db(), &region).await?;
    let situations = match ImplCode::parse(&item.code) {
        Ok(code) => {
            let rows = item.version.elements.situations.iter();
            rows.map(|row| Ok((code.situation(&row.suffix)?, row.name.clone()))).collect::<Result<_, kernel::Issue>>()?
        }
        Err(_) => Vec::new(),
    };
    Ok(Guide { notice: item.standing.public_notice(), item, path, situations })
}
