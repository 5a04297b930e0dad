//! What of an organisation is looked for: what the register says in public, and nothing beside it.
//!
//! An organisation that is being founded is not in the register yet, and so is not found. One that came to an end stays in it, with its
//! status. Names that it had before are found too.

use std::collections::HashMap;

use kernel::{Day, RegionCode};
use platform::{Ctx, Error, Result};
use serde::Deserialize;

use crate::model::{Entry, Flags, Kind, OrganizationId, Status};
use crate::store::search as rows;

/// Organisations that have the same name are few.
const SAME_NAME: i64 = 20;

/// An organisation as the search knows it. There is no field for what may not be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: OrganizationId,
    /// Credit code.
    pub uscc: String,
    /// 名称.
    pub name: String,
    /// Name in English; empty without.
    pub name_en: String,
    /// Names that it had before, the latest first.
    pub former: Vec<String>,
    /// 类型.
    pub kind: Kind,
    /// 行业分类.
    pub industry: String,
    /// 状态.
    pub status: Status,
    /// The division in which it is registered.
    pub region: RegionCode,
    /// 成立登记日期.
    pub established_on: Option<Day>,
    /// Charity, public fundraising, evaluation and lists.
    pub flags: Flags,
}

/// A page of the register.
#[derive(Debug)]
pub struct Page {
    /// Those on it that are public.
    pub listed: Vec<Listed>,
    /// After which the next page begins; none after the last.
    pub next: Option<OrganizationId>,
}

/// All that is public, page by page in the order of ids.
///
/// # Errors
/// Those of the database.
pub async fn page(ctx: &Ctx, after: Option<OrganizationId>, limit: i64) -> Result<Page> {
    let found = rows::page(ctx.db(), after, limit).await?;
    let next = found.last().filter(|_| i64::try_from(found.len()).is_ok_and(|count| count == limit)).map(|entry| entry.head.id);
    Ok(Page { listed: listed(ctx, found).await?, next })
}

/// One of them; none where it is not public.
///
/// # Errors
/// Those of the database.
pub async fn one(ctx: &Ctx, id: OrganizationId) -> Result<Option<Listed>> {
    match crate::register::by_id(ctx.db(), id).await {
        Ok(entry) => Ok(listed(ctx, vec![entry]).await?.pop()),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Those with exactly this name or credit code, as they are asked for while there is no index.
///
/// # Errors
/// Those of the database.
pub async fn exact(ctx: &Ctx, name: &str, uscc: &str) -> Result<Vec<Listed>> {
    let mut found = Vec::new();
    for id in rows::exact(ctx.db(), name, uscc, SAME_NAME).await? {
        found.extend(one(ctx, id).await?);
    }
    Ok(found)
}

/// Whether the register shows it: from its registration on, whatever became of it.
fn is_public(entry: &Entry) -> bool {
    entry.head.uscc.is_some() && !matches!(entry.head.status, Status::Preparing | Status::Examined)
}

/// What is read of an earlier version.
#[derive(Deserialize)]
struct Named {
    name: String,
    status: Status,
}

async fn listed(ctx: &Ctx, entries: Vec<Entry>) -> Result<Vec<Listed>> {
    let public: Vec<Entry> = entries.into_iter().filter(is_public).collect();
    let changed: Vec<OrganizationId> = public.iter().filter(|entry| entry.head.version > 1).map(|entry| entry.head.id).collect();
    let mut former: HashMap<OrganizationId, Vec<String>> = HashMap::new();
    for (id, content) in rows::earlier(ctx.db(), &changed).await? {
        let earlier: Named = serde_json::from_str(&content).map_err(Error::internal)?;
        let names = former.entry(id).or_default();
        // A name that was only applied for was never in the register.
        if !matches!(earlier.status, Status::Preparing | Status::Examined) && !names.contains(&earlier.name) {
            names.push(earlier.name);
        }
    }
    let listed = public.into_iter().map(|Entry { head, content }| {
        let mut former = former.remove(&head.id).unwrap_or_default();
        former.retain(|name| *name != head.name);
        Listed {
            id: head.id,
            uscc: head.uscc.unwrap_or_default(),
            name: head.name,
            name_en: content.name_en,
            former,
            kind: head.kind,
            industry: head.industry,
            status: head.status,
            region: head.region,
            established_on: head.established_on,
            flags: head.flags,
        }
    });
    Ok(listed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Amendment, Content};
    use crate::testing::{World, content, entered, registered, world};
    use crate::{NewEntry, register};

    async fn renamed(w: &World, id: OrganizationId, name: &str) {
        let ctx = w.p.system();
        let known = register::by_id(ctx.db(), id).await.expect("read");
        let content = Content { name: name.to_owned(), ..known.content };
        let amendment = Amendment { content, private: None, uscc: None, effective_on: ctx.today(), reason: "change of name".to_owned() };
        let write = |tx| {
            let (ctx, amendment) = (ctx.clone(), amendment.clone());
            async move { register::amend(&tx, &ctx, id, known.head.version, amendment).await }
        };
        ctx.db().write(write).await.expect("changed");
    }

    ::store::db_test!(pages_give_everything_public_with_former_names, |db| async move {
        let w = world(db).await;
        let first = registered(&w, "城东区摄影协会", Kind::Association).await;
        renamed(&w, first, "城东区摄影家协会").await;
        renamed(&w, first, "城东区摄影艺术家协会").await;
        for n in 0..3 {
            registered(&w, &format!("城东区第{n}养老院"), Kind::ServiceInstitution).await;
        }
        let founding = Content { status: Status::Preparing, ..content("城东区筹备中协会", Kind::Association) };
        let ctx = w.p.system();
        let entry = NewEntry {
            id: ctx.id(),
            uscc: None,
            region: w.region,
            authority: w.authority,
            effective_on: ctx.today(),
            reason: "application".to_owned(),
            private: None,
            flags: Flags::default(),
            content: founding,
        };
        let hidden = entry.id;
        let write = |tx| {
            let (ctx, entry) = (ctx.clone(), entry.clone());
            async move { register::enter(&tx, &ctx, entry).await }
        };
        ctx.db().write(write).await.expect("entered");
        let mut after = None;
        let mut all = Vec::new();
        loop {
            let found = page(&ctx, after, 2).await.expect("read");
            all.extend(found.listed);
            after = found.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(all.len(), 4);
        let renamed = all.iter().find(|one| one.id == first).expect("listed");
        assert_eq!(renamed.former, ["城东区摄影家协会", "城东区摄影协会"]);
        assert_eq!(one(&ctx, hidden).await.expect("read"), None);
        let by_code = exact(&ctx, "", &renamed.uscc).await.expect("read");
        assert_eq!(by_code.as_slice(), std::slice::from_ref(renamed));
        assert_eq!(exact(&ctx, "城东区第1养老院", "").await.expect("read").len(), 1);
    });

    ::store::db_test!(what_is_not_public_is_not_read, |db| async move {
        let w = world(db).await;
        let secret = Content { contact: "0571-5550000".to_owned(), ..content("城东区书法协会", Kind::Association) };
        let id = entered(&w, secret).await;
        let listed = one(&w.p.system(), id).await.expect("read").expect("public");
        let told = format!("{listed:?}");
        for hidden in ["990102199003070011", "张测试", "和平路", "5550000"] {
            assert!(!told.contains(hidden), "{hidden}: {told}");
        }
    });
}
