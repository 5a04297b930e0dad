//! Halls and their groups.

use ::store::{Target, Tx, q};
use booking::OfficeId;
use kernel::Text;
use platform::{Error, Result};

use crate::model::{GroupCard, GroupId, HallCard};
use crate::rules::Rules;

fn card((office, rules, version): (Vec<u8>, String, i64)) -> Result<HallCard> {
    let rules: Rules = serde_json::from_str(&rules).map_err(Error::internal)?;
    Ok(HallCard { office: OfficeId::try_from(office).map_err(Error::internal)?, rules, version })
}

fn text(rules: &Rules) -> Result<String> {
    serde_json::to_string(rules).map_err(Error::internal)
}

/// Opens a hall; false if there is one.
pub(crate) async fn insert(tx: &Tx, office: OfficeId, rules: &Rules, key_hash: &[u8], key: &[u8]) -> Result<bool> {
    let rows = q("INSERT INTO hall (office_id, rules, key_hash, key, version) VALUES ($1, $2, $3, $4, 1) ON CONFLICT (office_id) DO NOTHING")
        .bind(office)
        .bind(text(rules)?)
        .bind(key_hash)
        .bind(key)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// Gives it other numbers if it is still of this version.
pub(crate) async fn set_rules(tx: &Tx, office: OfficeId, version: i64, rules: &Rules) -> Result<bool> {
    let rows = q("UPDATE hall SET rules = $3, version = version + 1 WHERE office_id = $1 AND version = $2")
        .bind(office)
        .bind(version)
        .bind(text(rules)?)
        .exec(tx)
        .await?;
    Ok(rows == 1)
}

/// Gives it another key: kiosk and screen need their new addresses.
pub(crate) async fn set_key(tx: &Tx, office: OfficeId, key_hash: &[u8], key: &[u8]) -> Result<()> {
    q("UPDATE hall SET key_hash = $2, key = $3, version = version + 1 WHERE office_id = $1").bind(office).bind(key_hash).bind(key).exec(tx).await?;
    Ok(())
}

pub(crate) async fn by_office<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId) -> Result<Option<HallCard>> {
    let row = q("SELECT office_id, rules, version FROM hall WHERE office_id = $1").bind(office).opt(on).await?;
    row.map(card).transpose()
}

/// The hall whose kiosk and screen have this key.
pub(crate) async fn by_key<'a>(on: impl Into<Target<'a>> + Send, key_hash: &[u8]) -> Result<Option<HallCard>> {
    let row = q("SELECT office_id, rules, version FROM hall WHERE key_hash = $1").bind(key_hash).opt(on).await?;
    row.map(card).transpose()
}

/// The sealed key of a hall.
pub(crate) async fn sealed_key<'a>(on: impl Into<Target<'a>> + Send, office: OfficeId) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = q("SELECT key FROM hall WHERE office_id = $1").bind(office).opt(on).await?;
    Ok(row.map(|(key,)| key))
}

/// Offices out of these that have a hall.
pub(crate) async fn among<'a>(on: impl Into<Target<'a>> + Send, offices: &[OfficeId]) -> Result<Vec<OfficeId>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Vec<u8>,)> = q("SELECT office_id FROM hall WHERE office_id IN (").list(offices.to_vec()).sql(") ORDER BY office_id").all(on).await?;
    rows.into_iter().map(|(id,)| OfficeId::try_from(id).map_err(Error::internal)).collect()
}

/// Puts a group in or changes it; its kinds come by [`set_kinds`].
pub(crate) async fn put_group(tx: &Tx, office: OfficeId, group: &GroupCard) -> Result<()> {
    q("INSERT INTO hall_group (id, office_id, letter, name_zh, name_en, minutes, active) VALUES ($1, $2, $3, $4, $5, $6, $7) \
       ON CONFLICT (id) DO UPDATE SET letter = excluded.letter, name_zh = excluded.name_zh, name_en = excluded.name_en, \
       minutes = excluded.minutes, active = excluded.active")
    .bind(group.id)
    .bind(office)
    .bind(&group.letter)
    .bind(group.name.zh.as_ref())
    .bind(group.name.en.as_ref())
    .bind(group.minutes)
    .bind(group.active)
    .exec(tx)
    .await?;
    Ok(())
}

/// Gives a group these kinds of business; whatever had them at this office loses them.
pub(crate) async fn set_kinds(tx: &Tx, office: OfficeId, group: GroupId, kinds: &[String]) -> Result<()> {
    q("DELETE FROM hall_group_kind WHERE group_id = $1").bind(group).exec(tx).await?;
    for kind in kinds {
        q("INSERT INTO hall_group_kind (office_id, item_kind, group_id) VALUES ($1, $2, $3) \
           ON CONFLICT (office_id, item_kind) DO UPDATE SET group_id = excluded.group_id")
        .bind(office)
        .bind(kind)
        .bind(group)
        .exec(tx)
        .await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct GroupRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: GroupId,
    letter: String,
    name_zh: String,
    name_en: String,
    minutes: i64,
    active: bool,
}

/// The groups of a hall, by letter.
pub(crate) async fn groups<'a>(on: impl Into<Target<'a>> + Send + Clone, office: OfficeId) -> Result<Vec<GroupCard>> {
    let rows: Vec<GroupRow> = q("SELECT id, letter, name_zh, name_en, minutes, active FROM hall_group WHERE office_id = $1 ORDER BY letter")
        .bind(office)
        .all(on.clone())
        .await?;
    let kinds: Vec<(Vec<u8>, String)> =
        q("SELECT group_id, item_kind FROM hall_group_kind WHERE office_id = $1 ORDER BY item_kind").bind(office).all(on).await?;
    Ok(rows
        .into_iter()
        .map(|row| GroupCard {
            kinds: kinds.iter().filter(|(group, _)| *group == row.id.to_vec()).map(|(_, kind)| kind.clone()).collect(),
            id: row.id,
            letter: row.letter,
            name: Text::new(row.name_zh, row.name_en),
            minutes: row.minutes,
            active: row.active,
        })
        .collect())
}
