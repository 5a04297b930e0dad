//! Members of staff and their grants.

use std::collections::BTreeMap;

use kernel::{Instant, RegionCode, Text};
use platform::{Ctx, Error, Grant, OrgId, Result, Role, StaffId};
use store::{Db, Target, Tx, q};

use crate::policy::POLICY;
use crate::{GrantId, GrantView, NewGrant, StaffView};

/// A member of staff as read for sign-in and sessions.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct StaffRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: StaffId,
    pub(crate) username: String,
    pub(crate) name: String,
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) org_id: OrgId,
    #[sqlx(try_from = "String")]
    pub(crate) region: RegionCode,
    pub(crate) password: String,
    pub(crate) totp: Vec<u8>,
    pub(crate) totp_step: i64,
    pub(crate) suspended_at: Option<i64>,
    pub(crate) password_at: Option<i64>,
}

impl StaffRow {
    /// Until when the password serves; `None` for one that was given for one sign-in.
    pub(crate) fn password_until(&self) -> Option<Instant> {
        self.password_at.map(|at| Instant::from_micros(at).plus_days(POLICY.staff.days))
    }

    /// Whether it has to be changed before anything else. In a demonstration, whose passwords are published, none grows old.
    pub(crate) fn overdue(&self, ctx: &Ctx) -> bool {
        self.password_until().is_none_or(|until| until <= ctx.now() && !ctx.settings().demo)
    }
}

/// A member of staff to be written.
#[derive(Clone)]
pub(crate) struct NewStaff {
    pub(crate) id: StaffId,
    pub(crate) username: String,
    pub(crate) name: String,
    pub(crate) org: OrgId,
    pub(crate) password: String,
    pub(crate) totp: Vec<u8>,
    /// Since when he has his password; `None` for one that he changes first of all.
    pub(crate) password_at: Option<Instant>,
}

/// Writes a member of staff. False if the user name is taken.
pub(crate) async fn insert(tx: &Tx, staff: &NewStaff, now: Instant) -> Result<bool> {
    let added = q("INSERT INTO staff (id, username, name, org_id, password, totp, totp_step, created_at, password_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8) \
         ON CONFLICT (username) DO NOTHING")
    .bind(staff.id)
    .bind(staff.username.as_str())
    .bind(staff.name.as_str())
    .bind(staff.org)
    .bind(staff.password.as_str())
    .bind(staff.totp.clone())
    .bind(now)
    .bind(staff.password_at)
    .exec(tx)
    .await?;
    Ok(added == 1)
}

/// The member of staff with this user name.
pub(crate) async fn by_username(db: &Db, username: &str) -> Result<Option<StaffRow>> {
    Ok(q("SELECT s.id, s.username, s.name, s.org_id, o.region, s.password, s.totp, s.totp_step, s.suspended_at, s.password_at FROM staff s \
          JOIN organisation o ON o.id = s.org_id WHERE s.username = $1")
    .bind(username)
    .opt(db)
    .await?)
}

/// One member of staff.
pub(crate) async fn load<'a>(on: impl Into<Target<'a>> + Send, id: StaffId) -> Result<Option<StaffRow>> {
    Ok(q("SELECT s.id, s.username, s.name, s.org_id, o.region, s.password, s.totp, s.totp_step, s.suspended_at, s.password_at FROM staff s \
          JOIN organisation o ON o.id = s.org_id WHERE s.id = $1")
    .bind(id)
    .opt(on)
    .await?)
}

/// Uses up a step of the second factor. False if it was used already.
pub(crate) async fn use_step(tx: &Tx, id: StaffId, step: i64) -> Result<bool> {
    Ok(q("UPDATE staff SET totp_step = $1 WHERE id = $2 AND totp_step < $1").bind(step).bind(id).exec(tx).await? == 1)
}

/// Sets a new secret of the second factor.
pub(crate) async fn set_totp(tx: &Tx, id: StaffId, totp: &[u8]) -> Result<()> {
    q("UPDATE staff SET totp = $1 WHERE id = $2").bind(totp).bind(id).exec(tx).await?;
    Ok(())
}

/// Suspends, or lets in again.
pub(crate) async fn suspend(tx: &Tx, id: StaffId, since: Option<Instant>) -> Result<()> {
    q("UPDATE staff SET suspended_at = $1 WHERE id = $2").bind(since).bind(id).exec(tx).await?;
    Ok(())
}

/// Locks the row until the end of the transaction, so that two grants to one person are checked one after the other.
pub(crate) async fn lock(tx: &Tx, id: StaffId) -> Result<bool> {
    Ok(q("UPDATE staff SET totp_step = totp_step WHERE id = $1").bind(id).exec(tx).await? == 1)
}

/// Writes a grant.
pub(crate) async fn grant(tx: &Tx, id: GrantId, staff: StaffId, grant: &NewGrant, by: &str, now: Instant) -> Result<()> {
    q("INSERT INTO staff_grant (id, staff_id, role, region, org_id, item, granted_by, granted_at, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(id)
        .bind(staff)
        .bind(grant.role.code())
        .bind(grant.region)
        .bind(grant.org)
        .bind(grant.item.clone())
        .bind(by)
        .bind(now)
        .bind(grant.until)
        .exec(tx)
        .await?;
    Ok(())
}

/// Revokes a grant and tells whose it was; `None` if there is no such grant in force.
pub(crate) async fn revoke(tx: &Tx, id: GrantId, now: Instant) -> Result<Option<StaffId>> {
    let row: Option<(Vec<u8>,)> =
        q("UPDATE staff_grant SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL RETURNING staff_id").bind(now).bind(id).opt(tx).await?;
    row.map(|(id,)| StaffId::try_from(id).map_err(Error::internal)).transpose()
}

#[derive(sqlx::FromRow)]
struct GrantRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: GrantId,
    #[sqlx(try_from = "Vec<u8>")]
    staff_id: StaffId,
    role: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    org_id: Option<Vec<u8>>,
    item: Option<String>,
    #[sqlx(try_from = "i64")]
    granted_at: Instant,
    until: Option<i64>,
}

impl GrantRow {
    /// A grant of a role that this version of the program does not know is left out.
    fn view(self) -> Result<Option<GrantView>> {
        let Some(role) = Role::from_code(&self.role) else { return Ok(None) };
        let org = self.org_id.map(OrgId::try_from).transpose().map_err(Error::internal)?;
        let grant = Grant { role, org, region: self.region, item: self.item, until: self.until.map(Instant::from_micros) };
        Ok(Some(GrantView { id: self.id, grant, granted_at: self.granted_at }))
    }
}

/// The grants of one member of staff in force at that moment.
pub(crate) async fn grants<'a>(on: impl Into<Target<'a>> + Send, staff: StaffId, now: Instant) -> Result<Vec<GrantView>> {
    let rows: Vec<GrantRow> = q("SELECT id, staff_id, role, region, org_id, item, granted_at, until FROM staff_grant \
         WHERE staff_id = $1 AND revoked_at IS NULL AND (until IS NULL OR until > $2) ORDER BY granted_at, id")
    .bind(staff)
    .bind(now)
    .all(on)
    .await?;
    rows.into_iter().filter_map(|row| row.view().transpose()).collect()
}

#[derive(sqlx::FromRow)]
struct ListRow {
    #[sqlx(try_from = "Vec<u8>")]
    id: StaffId,
    username: String,
    name: String,
    #[sqlx(try_from = "Vec<u8>")]
    org_id: OrgId,
    name_zh: String,
    name_en: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    suspended_at: Option<i64>,
}

impl ListRow {
    fn view(self, grants: Vec<GrantView>) -> StaffView {
        StaffView {
            id: self.id,
            username: self.username,
            name: self.name,
            org: self.org_id,
            org_name: Text::new(self.name_zh, self.name_en),
            region: self.region,
            suspended_at: self.suspended_at.map(Instant::from_micros),
            grants,
        }
    }
}

/// Members of staff whose organisation lies in one of the regions, by user name after `after`; at most `most`.
pub(crate) async fn list(db: &Db, regions: &[RegionCode], after: &str, most: i64, now: Instant) -> Result<Vec<StaffView>> {
    let rows: Vec<ListRow> = q("SELECT s.id, s.username, s.name, s.org_id, o.name_zh, o.name_en, o.region, s.suspended_at FROM staff s \
         JOIN organisation o ON o.id = s.org_id WHERE EXISTS (SELECT 1 FROM region_closure c WHERE c.descendant = o.region AND c.ancestor IN (")
    .list(regions.iter().copied())
    .sql(")) AND s.username > ")
    .arg(after)
    .sql(" ORDER BY s.username LIMIT ")
    .arg(most)
    .all(db)
    .await?;
    let grants: Vec<GrantRow> = q("SELECT id, staff_id, role, region, org_id, item, granted_at, until FROM staff_grant WHERE staff_id IN (")
        .list(rows.iter().map(|row| row.id))
        .sql(") AND revoked_at IS NULL AND (until IS NULL OR until > ")
        .arg(now)
        .sql(") ORDER BY granted_at, id")
        .all(db)
        .await?;
    let mut by_staff: BTreeMap<StaffId, Vec<GrantView>> = BTreeMap::new();
    for grant in grants {
        let staff = grant.staff_id;
        by_staff.entry(staff).or_default().extend(grant.view()?);
    }
    let view = |row: ListRow| {
        let grants = by_staff.remove(&row.id).unwrap_or_default();
        row.view(grants)
    };
    Ok(rows.into_iter().map(view).collect())
}

/// One member of staff with his roles, as the administrator sees him.
pub(crate) async fn view(db: &Db, id: StaffId, now: Instant) -> Result<Option<StaffView>> {
    let row: Option<ListRow> = q("SELECT s.id, s.username, s.name, s.org_id, o.name_zh, o.name_en, o.region, s.suspended_at FROM staff s \
         JOIN organisation o ON o.id = s.org_id WHERE s.id = $1")
    .bind(id)
    .opt(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let grants = grants(db, id, now).await?;
    Ok(Some(row.view(grants)))
}

/// Those who hold one of `roles` over `region`, of one organisation or of any, by user name.
pub(crate) async fn holders(db: &Db, roles: &[Role], region: &RegionCode, org: Option<OrgId>, now: Instant) -> Result<Vec<crate::Colleague>> {
    let mut query = q("SELECT s.id, s.name, s.org_id FROM staff s WHERE s.suspended_at IS NULL AND EXISTS (SELECT 1 FROM staff_grant g \
         JOIN region_closure c ON c.ancestor = g.region WHERE g.staff_id = s.id AND g.revoked_at IS NULL AND c.descendant = ")
    .arg(*region)
    .sql(" AND (g.until IS NULL OR g.until > ")
    .arg(now)
    .sql(") AND g.role IN (")
    .list(roles.iter().map(|role| role.code()))
    .sql("))");
    if let Some(org) = org {
        query = query.sql(" AND s.org_id = ").arg(org);
    }
    let rows: Vec<(Vec<u8>, String, Vec<u8>)> = query.sql(" ORDER BY s.username LIMIT 200").all(db).await?;
    rows.into_iter()
        .map(|(id, name, org)| {
            Ok(crate::Colleague { id: StaffId::try_from(id).map_err(Error::internal)?, name, org: OrgId::try_from(org).map_err(Error::internal)? })
        })
        .collect()
}

pub(crate) async fn names(db: &Db, staff: &[StaffId]) -> Result<std::collections::HashMap<StaffId, String>> {
    let rows: Vec<(Vec<u8>, String)> =
        q("SELECT id, name FROM staff WHERE id IN (").list(staff.iter().map(|id| id.to_vec())).sql(") ORDER BY id LIMIT 500").all(db).await?;
    rows.into_iter().map(|(id, name)| Ok((StaffId::try_from(id).map_err(Error::internal)?, name))).collect()
}
