//! The demo's bodies and offices (`data/demo`): real divisions of one province, everything else composed from their names.

use kernel::{Id, Issue, RegionCode, Text};
use platform::regions::{self, Organisation};
use platform::{Ctx, Error, Org, Result};
use serde::Deserialize;
use tokio::task::JoinSet;

use crate::model::{BasicCode, Level};
use crate::seed;

const ORGANISATIONS: &str = include_str!("../../../../data/demo/organisations.csv");
const OFFICES: &str = include_str!("../../../../data/demo/offices.csv");

/// Bodies whose items are published at the same time: enough to share commits, and so few that on a busy machine none of their writes
/// waits long for its turn between the checks of the others.
const SIDE_BY_SIDE: usize = 8;

/// A body of the demo.
#[derive(Debug, Clone, Deserialize)]
pub struct DemoOrganisation {
    /// Credit code.
    pub uscc: String,
    /// The division that it works in.
    pub region: String,
    /// `province`, `city` or `county`.
    pub level: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
}

/// An office of the demo.
#[derive(Debug, Clone, Deserialize)]
pub struct DemoOffice {
    /// Code, as addresses use it.
    pub code: String,
    /// Credit code of its body.
    pub org_uscc: String,
    /// The division that it stands in.
    pub region: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Address in Chinese.
    pub address_zh: String,
    /// Address in English.
    pub address_en: String,
    /// Telephone.
    pub phone: String,
    /// Whether it is designated for matters with Hong Kong, Macao, Taiwan and foreign parties, and for nothing else.
    pub designated_foreign: bool,
    /// How many couples are served at once.
    pub counters: u32,
    /// `days open-close open-close; …` in local time.
    pub hours: String,
}

fn rows<T: serde::de::DeserializeOwned>(table: &str) -> Result<Vec<T>> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().collect::<std::result::Result<_, _>>().map_err(Error::internal)
}

/// The demo's bodies, the province first.
///
/// # Errors
/// `Internal` when the file cannot be read; a test keeps it readable.
pub fn organisations() -> Result<Vec<DemoOrganisation>> {
    rows(ORGANISATIONS)
}

/// The demo's offices by code.
///
/// # Errors
/// As [`organisations`].
pub fn offices() -> Result<Vec<DemoOffice>> {
    rows(OFFICES)
}

/// Puts the demo's bodies in; their regions have to be there.
///
/// # Errors
/// Those of the database.
pub async fn put_organisations(ctx: &Ctx) -> Result<()> {
    let mut list = Vec::new();
    for row in organisations()? {
        let id: Id<Org> = ctx.id();
        let region = RegionCode::parse(&row.region).map_err(Error::internal)?;
        list.push(Organisation { id, uscc: row.uscc, name: Text::new(row.name_zh, row.name_en), region });
    }
    ctx.db()
        .write(|tx| {
            let list = list.clone();
            async move {
                for org in &list {
                    regions::put_organisation(&tx, org).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

/// Publishes the carried items for the province, and for every body of the demo those that it implements, through the operations.
/// Bodies work side by side: their writes share commits.
///
/// # Errors
/// What the operations say.
pub async fn seed(ctx: &Ctx, province: RegionCode) -> Result<()> {
    seed::define_all(ctx, province).await?;
    let mut codes: Vec<(BasicCode, bool, Vec<Level>)> = Vec::new();
    for file in seed::carried()? {
        // Marriages with parties from abroad are registered at designated offices alone.
        let designated = file.elements.house.service.starts_with("marriage.") && file.elements.levels.contains(&Level::City);
        codes.push((file.code, designated, file.elements.levels));
    }
    let mut running = JoinSet::new();
    for office in offices()? {
        let Some(org) = regions::organisation_by_uscc(ctx.db(), &office.org_uscc).await? else { continue };
        let level = if office.designated_foreign { Level::City } else { Level::County };
        let mine = codes.iter().filter(|(_, designated, levels)| *designated == office.designated_foreign && levels.contains(&level));
        let mine: Vec<BasicCode> = mine.map(|(code, ..)| code.clone()).collect();
        let ctx = ctx.clone();
        running.spawn(async move {
            for code in mine {
                match seed::implement(&ctx, &code, org.id, level, vec![office.code.clone()]).await {
                    Err(error) if error.has_code("E-ST03") => {}
                    other => drop(other?),
                }
            }
            Ok::<_, Error>(())
        });
        if running.len() >= SIDE_BY_SIDE {
            finish(running.join_next().await)?;
        }
    }
    while let Some(done) = running.join_next().await {
        finish(Some(done))?;
    }
    Ok(())
}

fn finish(done: Option<std::result::Result<Result<()>, tokio::task::JoinError>>) -> Result<()> {
    done.map_or(Ok(()), |done| done.map_err(Error::internal)?)
}

/// The demo's files as their readers need them.
///
/// # Errors
/// The first fault that is found.
pub fn check() -> Result<(), Issue> {
    let fault = |what: String| Issue::error("E-P111", format!("演示数据有误：{what}"), format!("The demo's data have a fault: {what}"));
    let orgs = organisations().map_err(|error| fault(error.to_string()))?;
    for org in &orgs {
        kernel::Uscc::parse(&org.uscc).map_err(|_| fault(org.uscc.clone()))?;
    }
    for office in offices().map_err(|error| fault(error.to_string()))? {
        if !orgs.iter().any(|org| org.uscc == office.org_uscc && org.region == office.region) {
            return Err(fault(office.code));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_files_can_be_read_and_fit_together() {
        check().expect("the demo's files");
        assert_eq!(organisations().expect("readable").len(), 102);
        assert_eq!(offices().expect("readable").len(), 101);
    }

    #[test]
    fn the_demo_phones_belong_to_nobody() {
        for office in offices().expect("readable") {
            let (_, number) = office.phone.split_once('-').expect("area code and number");
            assert!(number.starts_with("10") && number.len() == 8, "{}", office.phone);
        }
    }
}
