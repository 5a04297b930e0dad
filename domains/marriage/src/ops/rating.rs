//! What was registered can be rated (OVP P3): by either of the two, once.

use interaction::ratings::{Opening, Subject};
use kernel::Text;
use platform::{Ctx, Result, StaffId};

use crate::file::CaseFile;
use crate::{ITEM, office};

/// Gathers what the rating needs, before the transaction that registers. Its invitation names neither of them and no matter.
pub(super) async fn opening(ctx: &Ctx, file: &CaseFile, registrar: StaffId) -> Result<Opening> {
    let office = office::card(ctx, file.office()?).await?;
    let subject = Subject {
        kind: "case",
        id: file.id().to_string(),
        point: "register",
        number: file.head.case_no.clone(),
        item: ITEM.to_owned(),
        item_name: Text::fixed("内地居民结婚登记", "Marriage registration"),
        org: file.head.org,
        region: file.region()?,
        office: office.code,
        office_name: office.name,
        staff: Some(registrar),
        applicants: file.parties().filter_map(|party| party.person).collect(),
        agent: None,
        phone: file.parties().map(|party| party.snapshot.phone.clone()).find(|phone| !phone.is_empty()),
        finished_at: ctx.now(),
    };
    Opening::new(ctx, subject).await
}
