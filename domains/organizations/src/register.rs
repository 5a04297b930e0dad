//! The register: the only place that writes an organisation. Every write is a version that is added, an audit row, an entry of the change log
//! and, for what is known already, a message to those who follow it.
//!
//! Whoever calls has authorised the act: these functions are called inside its transaction.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Known;

use kernel::{Day, RegionCode};
use platform::{Ctx, Error, Result, audit, change, outbox};
use ::store::{Db, Target, Tx};
use serde_json::json;

use crate::model::{Amendment, Entry, Flags, Kind, NewEntry, OrganizationId, Private, Status, Version};
use crate::names::{Left, Parts};
use crate::store::{names as names_rows, organization as rows, posts};
use crate::{CHANGED, NOUN, issues, names};

/// Organisations that are written by one statement. SQLite looks for the name of each value among those of all, so more of them are slower.
const AT_ONCE: usize = 25;

/// Enters an organisation.
///
/// # Errors
/// `E-USCC07` for a code that is or was another's.
pub async fn enter(tx: &Tx, ctx: &Ctx, entry: NewEntry) -> Result<OrganizationId> {
    let id = entry.id;
    enter_all(tx, ctx, &[entry]).await?;
    Ok(id)
}

/// Enters several; a statement writes as many of them as is fast.
///
/// # Errors
/// `E-USCC07` for the first code that is or was another's; then none of them is entered once the transaction is given up.
pub async fn enter_all(tx: &Tx, ctx: &Ctx, entries: &[NewEntry]) -> Result<()> {
    for entries in entries.chunks(AT_ONCE) {
        enter_some(tx, ctx, entries).await?;
    }
    Ok(())
}

async fn enter_some(tx: &Tx, ctx: &Ctx, entries: &[NewEntry]) -> Result<()> {
    if let Some(taken) = rows::insert_all(tx, ctx, entries).await? {
        let code = taken.uscc.as_ref().map_or("", |uscc| uscc.as_str());
        return Err(issues::code_in_use(code).into());
    }
    rows::insert_versions(tx, ctx, entries.iter().map(rows::NewVersion::first)).await?;
    bear_names(tx, ctx, entries).await?;
    for entry in entries.iter().filter(|entry| !entry.content.status.ended()) {
        if let Some(private) = entry.private.as_ref().filter(|private| !private.legal_representative_no.is_empty()) {
            posts::begin(tx, ctx, entry.id, &private.legal_representative_no, entry.effective_on).await?;
        }
    }
    let event = |entry: &NewEntry| {
        let detail = json!({ "version": 1, "status": entry.content.status.code(), "kind": entry.content.kind.code() });
        audit::Event::new("organization.enter", NOUN, entry.id).region(&entry.region).reason(&*entry.reason).detail(detail)
    };
    audit::record_all(tx, ctx, entries.iter().map(event)).await?;
    let keys: Vec<String> = entries.iter().map(|entry| entry.id.to_string()).collect();
    change::mark_all(tx, ctx, NOUN, keys.iter().map(String::as_str)).await
}

/// Enters a change; `seen` is the version on which it builds.
///
/// # Errors
/// `E-ST02` if somebody else was first, `E-ST01` for a status that cannot follow, `E-USCC07` for a code that is or was another's.
pub async fn amend(tx: &Tx, ctx: &Ctx, id: OrganizationId, seen: i64, amendment: Amendment) -> Result<i64> {
    let before = rows::load(tx, id).await?.ok_or(Error::NotFound)?;
    if before.head.version != seen {
        return Err(Error::stale());
    }
    let (from, to) = (before.content.status, amendment.content.status);
    if from != to && !from.may_become(to) {
        let name = from.name();
        return Err(Error::state(&name.zh, &name.en));
    }
    if let Some(uscc) = &amendment.uscc
        && before.head.uscc.as_deref().is_some_and(|known| known != uscc.as_str())
    {
        return Err(issues::code_in_use(uscc.as_str()).into());
    }
    let version = seen + 1;
    if let Some(uscc) = &amendment.uscc
        && rows::code_taken(tx, uscc.as_str(), id).await?
    {
        return Err(issues::code_in_use(uscc.as_str()).into());
    }
    if !rows::update(tx, ctx, id, seen, &amendment).await? {
        return Err(Error::stale());
    }
    let kept = match &amendment.private {
        Some(private) => Some(private.clone()),
        None => rows::private(tx, ctx.keys(), id).await?,
    };
    let new = rows::NewVersion {
        organization: id,
        version,
        effective_on: amendment.effective_on,
        reason: &amendment.reason,
        content: &amendment.content,
        private: kept.as_ref(),
    };
    rows::insert_versions(tx, ctx, [new]).await?;
    follow_name(tx, ctx, &before, &amendment).await?;
    follow_post(tx, ctx, id, &amendment).await?;
    let detail = json!({ "version": version, "before": from.code(), "after": to.code() });
    let event = audit::Event::new("organization.amend", NOUN, id).region(&before.head.region).reason(&*amendment.reason).detail(detail);
    audit::record(tx, ctx, event).await?;
    tell(tx, ctx, id, &format!("{version}"), &amendment.reason).await?;
    Ok(version)
}

/// How a status leaves the name: what was revoked is kept longer.
fn leaving(status: Status) -> Left {
    if matches!(status, Status::Withdrawn | Status::FraudUndone) { Left::Revoked } else { Left::Changed }
}

async fn bear_names(tx: &Tx, ctx: &Ctx, entries: &[NewEntry]) -> Result<()> {
    let mut paths = BTreeMap::new();
    let mut bearings = Vec::with_capacity(entries.len());
    for entry in entries {
        let content = &entry.content;
        let left = content.status.ended().then(|| (entry.effective_on, leaving(content.status)));
        let parts = parts(tx, &mut paths, content.kind, &content.name, entry.region).await?;
        bearings.push(names_rows::Bearing { organization: entry.id, authority: entry.authority, name: &content.name, parts, left });
    }
    names_rows::bear(tx, ctx, bearings).await
}

/// The parts of a name as far as they are told apart by words; of associations the name counts as a whole. `paths` are the names of a
/// division and of those above it, as far as they were read.
async fn parts(tx: &Tx, paths: &mut BTreeMap<RegionCode, Vec<String>>, kind: Kind, name: &str, region: RegionCode) -> Result<Parts> {
    if kind == Kind::Association {
        return Ok(Parts { area: String::new(), brand: String::new(), field: String::new(), form: String::new() });
    }
    let path = match paths.entry(region) {
        Known::Occupied(path) => path.into_mut(),
        Known::Vacant(place) => place.insert(names_rows::path(tx, region).await?.into_iter().map(|(_, name)| name).collect()),
    };
    Ok(names::parts(kind, name, path))
}

async fn follow_name(tx: &Tx, ctx: &Ctx, before: &Entry, amendment: &Amendment) -> Result<()> {
    let (old, new, head) = (&before.content, &amendment.content, &before.head);
    if new.status.ended() {
        return names_rows::leave(tx, head.id, amendment.effective_on, leaving(new.status)).await;
    }
    if old.name != new.name {
        names_rows::leave(tx, head.id, amendment.effective_on, Left::Changed).await?;
        let parts = parts(tx, &mut BTreeMap::new(), new.kind, &new.name, head.region).await?;
        names_rows::bear(tx, ctx, [names_rows::Bearing { organization: head.id, authority: head.authority, name: &new.name, parts, left: None }]).await?;
    }
    Ok(())
}

async fn follow_post(tx: &Tx, ctx: &Ctx, id: OrganizationId, amendment: &Amendment) -> Result<()> {
    let status = amendment.content.status;
    if status.ended() {
        return posts::end(tx, id, amendment.effective_on, status != Status::Deregistered).await;
    }
    if let Some(private) = amendment.private.as_ref().filter(|private| !private.legal_representative_no.is_empty()) {
        posts::end(tx, id, amendment.effective_on, false).await?;
        posts::begin(tx, ctx, id, &private.legal_representative_no, amendment.effective_on).await?;
    }
    Ok(())
}

/// Gives it another status, as a version of its own.
///
/// # Errors
/// `E-ST01` for a status that cannot follow.
pub async fn set_status(tx: &Tx, ctx: &Ctx, id: OrganizationId, status: Status, effective_on: Day, reason: &str) -> Result<i64> {
    let before = rows::load(tx, id).await?.ok_or(Error::NotFound)?;
    let content = crate::Content { status, ..before.content };
    let amendment = Amendment { content, private: None, uscc: None, effective_on, reason: reason.to_owned() };
    amend(tx, ctx, id, before.head.version, amendment).await
}

/// Writes what supervision says of it. The facts behind it have their own rows and times: no version of the base data is made.
///
/// # Errors
/// Those of the database.
pub async fn set_flags(tx: &Tx, ctx: &Ctx, id: OrganizationId, flags: Flags, reason: &str) -> Result<()> {
    let before = rows::load(tx, id).await?.ok_or(Error::NotFound)?;
    if before.head.flags == flags {
        return Ok(());
    }
    rows::set_flags(tx, ctx, id, flags).await?;
    let event = audit::Event::new("organization.flags", NOUN, id).region(&before.head.region).reason(reason);
    audit::record(tx, ctx, event.detail(json!({ "before": before.head.flags, "after": flags }))).await?;
    tell(tx, ctx, id, &format!("flags-{}", ctx.now().micros()), reason).await
}

/// The change log for the search, and word to those who follow it.
async fn tell(tx: &Tx, ctx: &Ctx, id: OrganizationId, what: &str, reason: &str) -> Result<()> {
    change::mark(tx, ctx, NOUN, &id.to_string()).await?;
    let payload = json!({ "organization": id.to_string(), "what": what, "reason": reason });
    outbox::put(tx, ctx, outbox::Message::of(CHANGED, format!("{id}/{what}"), &payload)).await
}

/// The organisation with this id.
///
/// # Errors
/// `NotFound`; those of the database.
pub async fn by_id(from: impl Into<Target<'_>> + Send, id: OrganizationId) -> Result<Entry> {
    rows::load(from, id).await?.ok_or(Error::NotFound)
}

/// The organisation with this credit code, exactly.
///
/// # Errors
/// Those of the database.
pub async fn by_uscc(db: &Db, uscc: &str) -> Result<Option<Entry>> {
    rows::load_by_code(db, uscc).await
}

/// What the register said, newest first: versions below `before`, at most `limit`.
///
/// # Errors
/// Those of the database.
pub async fn versions(db: &Db, id: OrganizationId, before: Option<i64>, limit: i64) -> Result<Vec<Version>> {
    rows::versions(db, id, before.unwrap_or(i64::MAX), limit).await
}

/// What the register keeps beside the newest version. Whoever asks has authorised the reader.
///
/// # Errors
/// Those of the database.
pub async fn private(ctx: &Ctx, id: OrganizationId) -> Result<Option<Private>> {
    rows::private(ctx.db(), ctx.keys(), id).await
}

#[cfg(test)]
mod tests {
    use kernel::Uscc;

    use super::*;
    use crate::testing::{content, world};

    ::store::db_test!(d_2_of_several_whose_code_is_taken_none_is_entered, |db| async move {
        let w = world(db).await;
        let ctx = w.p.system();
        let code = |body: &str| Uscc::new("51", w.region, body).expect("of its form");
        let entry = |name: &str, body: &str| NewEntry {
            id: ctx.id(),
            uscc: Some(code(body)),
            region: w.region,
            authority: w.authority,
            effective_on: ctx.today(),
            reason: "import".to_owned(),
            private: None,
            flags: Flags::default(),
            content: content(name, Kind::Association),
        };
        let enters = |entries: Vec<NewEntry>| {
            let ctx = ctx.clone();
            async move {
                ctx.db()
                    .write(|tx| {
                        let (ctx, entries) = (ctx.clone(), entries.clone());
                        async move { enter_all(&tx, &ctx, &entries).await }
                    })
                    .await
            }
        };
        enters(vec![entry("城东区摄影协会", "YY700001"), entry("城东区书法协会", "YY700002")]).await.expect("entered");
        let refused = enters(vec![entry("城东区棋牌协会", "YY700003"), entry("城东区摄影社", "YY700001")]).await.expect_err("one is taken");
        assert!(refused.has_code("E-USCC07"));
        assert_eq!(refused.issues()[0].params["uscc"], code("YY700001").to_string());
        assert!(by_uscc(w.p.db(), code("YY700003").as_str()).await.expect("read").is_none());
        enters(Vec::new()).await.expect("nothing to do");
    });
}
