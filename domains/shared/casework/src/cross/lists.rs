//! Packets of one's own office: to send, to sign in, done.

use kernel::{Instant, Text};
use platform::{Ctx, Error, Result, Role, Scope};

use super::{Packet, PacketId, Section, store};
use crate::CaseId;
use crate::matters::matters;
use crate::ops::windows;

/// A line of the list.
#[derive(Debug, Clone)]
pub struct PacketLine {
    /// The packet.
    pub packet: Packet,
    /// Number of its case.
    pub case_no: String,
    /// The matter.
    pub item: Text,
    /// Whether what is awaited of it is late.
    pub late: bool,
}

/// A page.
#[derive(Debug, Clone)]
pub struct PacketPage {
    /// The lines.
    pub lines: Vec<PacketLine>,
    /// Where the next page begins.
    pub next: Option<(Instant, PacketId)>,
}

/// Lines a page.
const PAGE: usize = 50;
/// Who sees packets of his office.
const READERS: [Role; 4] = [Role::Clerk, Role::Precheck, Role::Head, Role::Supervisor];

/// The case of a packet, for somebody of one of its two places.
///
/// # Errors
/// `E-P805` for everybody else; `NotFound`.
pub async fn case_of(ctx: &Ctx, id: PacketId) -> Result<CaseId> {
    let packet = store::packet(ctx.db(), id).await?;
    let scope = |(region, org)| Scope::region(region).org(org).item(packet.item_code.clone());
    match ctx.require(&READERS, &scope(packet.from)).await {
        Ok(()) => Ok(packet.case),
        Err(_) => ctx.require(&READERS, &scope(packet.to)).await.map(|()| packet.case),
    }
}

/// Packets of the actor's own body, within every grant that he has.
///
/// # Errors
/// `SignIn`; `E-P805` without a role that takes in, signs in or watches.
pub async fn packets(ctx: &Ctx, section: Section, after: Option<(Instant, PacketId)>) -> Result<PacketPage> {
    ctx.require_role(&READERS)?;
    let org = ctx.actor().staff().ok_or(Error::SignIn)?.org;
    let mut rows = Vec::new();
    for window in windows(ctx, ctx.actor().grants(), &READERS) {
        if window.org.is_none_or(|only| only == org) {
            rows.extend(store::list(ctx.db(), section, &window, org, after, PAGE as i64 + 1).await?);
        }
    }
    rows.sort_by_key(|(packet, ..)| std::cmp::Reverse((packet.made_at, packet.id)));
    rows.dedup_by_key(|(packet, ..)| packet.id);
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|(packet, ..)| (packet.made_at, packet.id));
    let matters = matters(ctx)?;
    let lines = rows.into_iter().map(|(packet, case_no, case_type)| PacketLine {
        late: packet.awaited().is_some_and(|(_, by)| by <= ctx.now()),
        item: matters.get(&case_type).map(|matter| matter.case_type.name.clone()).unwrap_or_default(),
        packet,
        case_no,
    });
    Ok(PacketPage { lines: lines.collect(), next })
}
