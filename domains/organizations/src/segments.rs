//! Credit codes are drawn from number segments (码段) that are allotted to the authority: taken in, in stock, used, spoiled. Check characters are
//! computed. A code leaves the stock once and never comes back.

mod low;
mod table;

pub(crate) use low::{Handler as LowHandler, LOW};
pub use table::{Received, receive_table};

use kernel::{Id, Instant, Issue, RegionCode, Uscc, text};
use platform::regions::organisation;
use platform::{Ctx, Error, OrgId, Result, Role, Scope, audit};
use ::store::Tx;
use serde_json::json;

use crate::issues;
use crate::model::Kind;
use crate::registration::registration;
use crate::store::segments as rows;

/// Marker of a segment.
#[derive(Debug)]
pub struct SegmentMark;
/// Id of a segment.
pub type SegmentId = Id<SegmentMark>;

/// Most codes of one segment.
const MOST: i64 = 100_000;
/// Codes on one page of what has left the stock.
const PAGE: i64 = 50;

/// A segment about to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub(crate) id: SegmentId,
    pub(crate) authority: OrgId,
    pub(crate) prefix: String,
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) source: String,
}

/// A segment with its stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    /// Its id.
    pub id: SegmentId,
    /// First subject code.
    pub first: String,
    /// Last subject code.
    pub last: String,
    /// The paper of the allotment.
    pub source: String,
    /// When it was taken in.
    pub received_at: Instant,
    /// Codes in all.
    pub total: i64,
    /// Borne by an organisation.
    pub used: i64,
    /// Spoiled.
    pub spoiled: i64,
    /// In stock.
    pub left: i64,
}

/// A code that left the stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The subject code.
    pub subject: String,
    /// Whether it was spoiled; else it is used.
    pub spoiled: bool,
    /// The credit code made of it; empty where it was spoiled.
    pub uscc: String,
    /// Why it was spoiled.
    pub reason: String,
    /// When it left.
    pub at: Instant,
}

/// The stock of an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Its segments, newest first.
    pub segments: Vec<Stock>,
    /// Codes in stock in all of them.
    pub left: i64,
    /// Whether so few are left that a new segment should be asked for.
    pub low: bool,
}

/// Who keeps the segments of an authority.
const KEEPERS: &[Role] = &[Role::SystemAdmin];
/// Who may look at the stock.
const READERS: &[Role] = &[Role::SystemAdmin, Role::Approver, Role::Maker, Role::Head];

async fn scope(ctx: &Ctx, authority: OrgId) -> Result<(Scope, RegionCode)> {
    let org = organisation(ctx.db(), authority).await?.ok_or(Error::NotFound)?;
    Ok((Scope::region(org.region).org(authority), org.region))
}

/// Takes in a segment as it stands in the paper of the allotment: first and last subject code of eight characters.
///
/// # Errors
/// `E-P805`; `E-D63` for what is no segment, `E-D64` for one that overlaps another.
pub async fn receive(ctx: &Ctx, authority: OrgId, first: &str, last: &str, source: &str) -> Result<SegmentId> {
    let (scope, region) = scope(ctx, authority).await?;
    ctx.require(KEEPERS, &scope).await?;
    let segment = segment(ctx, (authority, region), first, last, source)?;
    let id = segment.id;
    ctx.db()
        .write_serializable(|tx| {
            let (ctx, segment) = (ctx.clone(), segment.clone());
            async move {
                if !rows::insert(&tx, &ctx, &segment).await? {
                    return Err(Error::from(issues::segment_known()));
                }
                audit::record(&tx, &ctx, received(&segment, &region)).await
            }
        })
        .await?;
    Ok(id)
}

/// A segment as it was typed, judged by itself.
fn segment(ctx: &Ctx, (authority, region): (OrgId, RegionCode), first: &str, last: &str, source: &str) -> Result<Segment, Issue> {
    let (first, last) = (text::code(first), text::code(last));
    let (prefix, from) = parts(&first).ok_or_else(|| issues::segment_form("first"))?;
    let (other, to) = parts(&last).ok_or_else(|| issues::segment_form("last"))?;
    if prefix != other || from > to || to - from >= MOST || Uscc::new("51", region, &first).is_none() {
        return Err(issues::segment_form("last"));
    }
    let source = text::line(source);
    if source.is_empty() {
        return Err(issues::segment_form("source"));
    }
    Ok(Segment { id: ctx.id(), authority, prefix, first: from, last: to, source })
}

/// The audit row of a segment that is taken in.
fn received(segment: &Segment, region: &RegionCode) -> audit::Event {
    let (first, last) = (rows::subject(&segment.prefix, segment.first), rows::subject(&segment.prefix, segment.last));
    let event = audit::Event::new("code_segment.receive", "code_segment", segment.id).region(region);
    event.detail(json!({ "first": first, "last": last, "count": segment.last - segment.first + 1 }))
}

/// The prefix without its digits, and the number that they are.
fn parts(subject: &str) -> Option<(String, i64)> {
    if subject.chars().count() != 8 || !subject.is_ascii() {
        return None;
    }
    let digits = subject.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    let (prefix, number) = subject.split_at(8 - digits);
    Some((prefix.to_owned(), number.parse().ok()?))
}

/// The stock of an authority.
///
/// # Errors
/// `E-P805`.
pub async fn stock(ctx: &Ctx, authority: OrgId) -> Result<Overview> {
    let (scope, _) = scope(ctx, authority).await?;
    ctx.require(READERS, &scope).await?;
    let segments = rows::list(ctx.db(), authority).await?;
    let left = segments.iter().map(|segment| segment.left).sum();
    let low = registration().codes.warn.iter().any(|at| left <= *at);
    Ok(Overview { segments, left, low })
}

/// What left the stock of a segment of this authority, from a subject code on, and where the next page begins.
///
/// # Errors
/// `E-P805`; `NotFound` for a segment of another authority.
pub async fn gone(ctx: &Ctx, authority: OrgId, segment: SegmentId, after: &str) -> Result<(Vec<Gone>, Option<String>)> {
    if !stock(ctx, authority).await?.segments.iter().any(|known| known.id == segment) {
        return Err(Error::NotFound);
    }
    let mut found = rows::list_gone(ctx.db(), segment, after, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| last.subject.clone());
    Ok((found, next))
}

/// Takes a code that is not used out of the stock for good.
///
/// # Errors
/// `E-P805`; `E-D67` without a reason, or for a code that is not in stock.
pub async fn spoil(ctx: &Ctx, authority: OrgId, subject: &str, reason: &str) -> Result<()> {
    let (scope, region) = scope(ctx, authority).await?;
    ctx.require(KEEPERS, &scope).await?;
    let (subject, reason) = (text::code(subject), text::line(reason));
    if reason.is_empty() {
        return Err(issues::spoil_needs("reason").into());
    }
    // A prefix may end in digits of its own: every way of cutting is tried.
    let (prefix, _) = parts(&subject).ok_or_else(|| issues::spoil_needs("subject"))?;
    let cuts: Vec<(String, i64)> = (prefix.len()..8).filter_map(|at| Some((subject[..at].to_owned(), subject[at..].parse().ok()?))).collect();
    let event = audit::Event::new("code_segment.spoil", "code_segment", &subject).region(&region).reason(&*reason);
    ctx.db()
        .write(|tx| {
            let (ctx, subject, reason, cuts, event) = (ctx.clone(), subject.clone(), reason.clone(), cuts.clone(), event.clone());
            async move {
                let (segment, n) = rows::holding(&tx, authority, &cuts).await?.ok_or_else(|| Error::from(issues::spoil_needs("subject")))?;
                if !rows::gone(&tx, &ctx, segment, (&subject, n), "spoiled", "", &reason).await? {
                    return Err(issues::spoil_needs("subject").into());
                }
                low::watch(&tx, &ctx, authority, 1, &subject).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Draws the next code of an authority, in the transaction that registers. Codes that were spoiled or are borne already are passed over.
///
/// # Errors
/// `E-D62` when the stock is empty.
pub async fn draw(tx: &Tx, ctx: &Ctx, authority: OrgId, kind: Kind) -> Result<Uscc> {
    let org = organisation_in(tx, authority).await?;
    let mut gone = 0;
    loop {
        let Some((segment, subject, n)) = rows::take(tx, authority).await? else { return Err(issues::codes_used_up(&org.1).into()) };
        let code = Uscc::new(kind.prefix(), org.0, &subject).ok_or_else(|| Error::internal("a segment with a code out of its form"))?;
        let borne = rows::borne(tx, &code).await?;
        if !borne && rows::gone(tx, ctx, segment, (&subject, n), "used", code.as_str(), "").await? {
            low::watch(tx, ctx, authority, gone + 1, &subject).await?;
            return Ok(code);
        }
        // What was spoiled had left the stock before.
        gone += i64::from(borne);
    }
}

async fn organisation_in(tx: &Tx, authority: OrgId) -> Result<(RegionCode, String)> {
    crate::store::organization::authority(tx, authority).await?.ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, world};

    async fn drawn(w: &World) -> Result<Uscc> {
        let (ctx, authority) = (w.p.system(), w.authority);
        ctx.db()
            .write(|tx| {
                let ctx = ctx.clone();
                async move { draw(&tx, &ctx, authority, Kind::Association).await }
            })
            .await
    }

    #[test]
    fn a_subject_code_is_a_prefix_and_a_number() {
        assert_eq!(parts("YY990001"), Some(("YY".into(), 990_001)));
        assert_eq!(parts("YY99000X"), None);
        assert_eq!(parts("YY9900012"), None);
        assert_eq!(rows::subject("YY", 12), "YY000012");
    }

    store::db_test!(d_2_codes_come_from_segments_and_run_out_clearly, |db| async move {
        let w = world(db).await;
        let keeper = w.as_staff(&w.administrator);
        assert!(drawn(&w).await.expect_err("no segment").has_code("E-D62"));
        receive(&keeper, w.authority, "yy900001", "YY900003", "赋码中心〔2026〕1号").await.expect("taken in");
        assert!(receive(&keeper, w.authority, "YY900003", "YY900009", "二").await.expect_err("overlaps").has_code("E-D64"));
        assert!(receive(&keeper, w.authority, "YY900009", "YY900004", "三").await.expect_err("backwards").has_code("E-D63"));
        assert!(receive(&keeper, w.authority, "IO900009", "IO900010", "四").await.expect_err("letters").has_code("E-D63"));
        assert!(receive(&w.as_staff(&w.clerk), w.authority, "YY910001", "YY910003", "五").await.is_err(), "not by a clerk");
        spoil(&keeper, w.authority, "YY900002", "打印错误").await.expect("spoiled");
        assert!(spoil(&keeper, w.authority, "YY900002", "再次").await.expect_err("once").has_code("E-D67"));
        let before = stock(&keeper, w.authority).await.expect("stock");
        assert_eq!((before.left, before.low, before.segments[0].spoiled), (2, true, 1));
        let first = drawn(&w).await.expect("a code");
        assert!(first.as_str().starts_with("51990102YY900001") && first.warning().is_none());
        assert!(drawn(&w).await.expect("past the spoiled one").as_str().contains("YY900003"));
        assert!(drawn(&w).await.expect_err("empty").has_code("E-D62"));
        let after = stock(&keeper, w.authority).await.expect("stock");
        assert_eq!((after.left, after.segments[0].used, after.segments[0].spoiled), (0, 2, 1));
        assert_eq!(gone(&keeper, w.authority, after.segments[0].id, "").await.expect("gone").0.len(), 3);
    });

    store::db_test!(d_2_two_at_the_same_moment_never_get_the_same_code, |db| async move {
        let w = std::sync::Arc::new(world(db).await);
        receive(&w.as_staff(&w.administrator), w.authority, "YY920001", "YY920020", "赋码中心〔2026〕2号").await.expect("taken in");
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let w = w.clone();
                tokio::spawn(async move { drawn(&w).await.expect("a code") })
            })
            .collect();
        let mut codes = Vec::new();
        for task in tasks {
            codes.push(task.await.expect("no panic"));
        }
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 20);
        assert!(drawn(&w).await.is_err(), "the stock is empty");
    });
}
