//! What services declare about booking, as data rows.

use platform::{Error, Result};
use ::store::{Target, Tx, q};

use crate::profile::Profile;

pub(crate) async fn put(tx: &Tx, profile: &Profile) -> Result<()> {
    let text = serde_json::to_string(profile).map_err(Error::internal)?;
    q("INSERT INTO booking_profile (item_kind, profile) VALUES ($1, $2) ON CONFLICT (item_kind) DO UPDATE SET profile = excluded.profile")
        .bind(&profile.item_kind)
        .bind(text)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn by_kind<'a>(on: impl Into<Target<'a>> + Send, kind: &str) -> Result<Option<Profile>> {
    let row: Option<(String,)> = q("SELECT profile FROM booking_profile WHERE item_kind = $1").bind(kind).opt(on).await?;
    row.map(|(text,)| serde_json::from_str(&text).map_err(Error::internal)).transpose()
}

pub(crate) async fn all<'a>(on: impl Into<Target<'a>> + Send) -> Result<Vec<Profile>> {
    let rows: Vec<(String,)> = q("SELECT profile FROM booking_profile ORDER BY item_kind").all(on).await?;
    rows.into_iter().map(|(text,)| serde_json::from_str(&text).map_err(Error::internal)).collect()
}
