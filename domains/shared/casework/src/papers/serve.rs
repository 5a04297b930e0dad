//! Serving a document on paper: at the counter, by post, brought, by public notice. Opening it on the page is recorded by
//! [`show`](super::show).

use kernel::{Instant, Text, mask};
use platform::{Ctx, Error, Result, Role, Scope, audit};
use ::store::Tx;

use super::issue::{Drawn, NewPaper, issue};
use super::make::open;
use super::{Content, Kind, PaperId, ServiceId, issues};
use crate::CaseId;
use super::store::{self as table, NewService, Row};

/// Who may serve and record it.
const MAY: [Role; 3] = [Role::Clerk, Role::Registrar, Role::Approver];

/// A way of serving (送达方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// 窗口领取.
    Counter,
    /// 邮寄.
    Post,
    /// 上门.
    Brought,
    /// 公告.
    PublicNotice,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Counter, Self::Post, Self::Brought, Self::PublicNotice];

    /// Number in the national list.
    pub fn code(self) -> i64 {
        match self {
            Self::Counter => 1,
            Self::Post => 2,
            Self::Brought => 4,
            Self::PublicNotice => 5,
        }
    }

    /// The way with this number.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// In words.
    pub fn name(self) -> Text {
        match self {
            Self::Counter => Text::new("窗口领取", "At the counter"),
            Self::Post => Text::new("邮寄", "By post"),
            Self::Brought => Text::new("上门送达", "Brought"),
            Self::PublicNotice => Text::new("公告", "Public notice"),
        }
    }
}

/// Who received a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Served {
    /// Name of the receiver.
    pub receiver: String,
    /// How he stands to the addressee.
    pub relation: String,
    /// Number of his identity document; only its mask is kept.
    pub receiver_id: String,
}

impl Served {
    fn checked(&self) -> Result<Self> {
        let receiver = kernel::text::line(&self.receiver);
        if receiver.is_empty() {
            return Err(issues::required("receiver", "签收人姓名", "the receiver's name").into());
        }
        let relation = kernel::text::line(&self.relation);
        if relation.is_empty() {
            return Err(issues::required("relation", "与当事人的关系", "the relation").into());
        }
        let number = kernel::text::code(&self.receiver_id);
        Ok(Self { receiver, relation, receiver_id: if number.is_empty() { String::new() } else { mask::id_number(&number) } })
    }
}

/// Records that the document was handed over, and issues the record of service (送达回证).
///
/// # Errors
/// The fields of [`Served`] that are empty; `Stale` for a document that was voided.
pub async fn serve(ctx: &Ctx, id: PaperId, way: Way, served: &Served) -> Result<()> {
    let row = standing(ctx, id).await?;
    let served = served.checked()?;
    hand_over(ctx, &row, None, way, served, String::new()).await
}

/// Records that the document was handed to the post.
///
/// # Errors
/// When the tracking number is empty; `Stale` for a document that was voided.
pub async fn send(ctx: &Ctx, id: PaperId, tracking_no: &str) -> Result<ServiceId> {
    let row = standing(ctx, id).await?;
    let tracking_no = kernel::text::code(tracking_no);
    if tracking_no.is_empty() || tracking_no.len() > 40 {
        return Err(issues::required("tracking_no", "邮件号", "the tracking number").into());
    }
    let service: ServiceId = ctx.id();
    let new = new_service(ctx, &row, service, Way::Post, "sent", &Served::default(), tracking_no, None);
    let event = audit::Event::new("paper.send", "paper", id).region(&row.region);
    ctx.db()
        .write(|tx| {
            let (ctx, new, event) = (ctx.clone(), new.clone(), event.clone());
            async move {
                table::insert_service(&tx, new).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(service)
}

/// Records what the post says of a service under way: it arrived with somebody, or came back (`None`).
///
/// # Errors
/// `Stale` when it was recorded before.
pub async fn arrived(ctx: &Ctx, service: ServiceId, served: Option<&Served>) -> Result<()> {
    let sent = table::service(ctx.db(), service).await?.ok_or(Error::NotFound)?;
    let row = standing(ctx, sent.paper).await?;
    match served {
        Some(served) => hand_over(ctx, &row, Some(service), Way::Post, served.checked()?, sent.tracking_no).await,
        None => {
            let event = audit::Event::new("paper.returned", "paper", row.id).region(&row.region);
            let now = ctx.now();
            ctx.db()
                .write(|tx| {
                    let (ctx, event) = (ctx.clone(), event.clone());
                    async move {
                        if !table::returned(&tx, service, now).await? {
                            return Err(Error::stale());
                        }
                        audit::record(&tx, &ctx, event).await
                    }
                })
                .await
        }
    }
}

async fn standing(ctx: &Ctx, id: PaperId) -> Result<Row> {
    let row = table::one(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    ctx.require(&MAY, &Scope::region(row.region).org(row.org).item(row.item_code.clone())).await?;
    if row.voided_at.is_some() || !row.kind()?.is_for_applicant() {
        return Err(Error::stale());
    }
    Ok(row)
}

/// Hands out the document of this kind that nobody has received yet, in the transaction of the move that delivers it.
pub(crate) async fn hand_out(tx: &Tx, ctx: &Ctx, case: CaseId, kind: Kind, way: Way, served: &Served) -> Result<()> {
    for row in table::of_case(tx, case).await? {
        if row.kind()? == kind && row.served_at.is_none() && row.voided_at.is_none() {
            Handover::new(ctx, &row, None, way, served.checked()?, String::new())?.write(tx, ctx).await?;
        }
    }
    Ok(())
}

/// The service with its record, in one transaction.
async fn hand_over(ctx: &Ctx, row: &Row, under_way: Option<ServiceId>, way: Way, served: Served, tracking_no: String) -> Result<()> {
    let handover = Handover::new(ctx, row, under_way, way, served, tracking_no)?;
    ctx.db()
        .write(|tx| {
            let (ctx, handover) = (ctx.clone(), handover.clone());
            async move { handover.write(&tx, &ctx).await }
        })
        .await
}

/// A service about to be written: its row, its record, its trail.
#[derive(Clone)]
struct Handover {
    paper: PaperId,
    under_way: bool,
    drawn: Drawn,
    record: NewPaper,
    new: NewService,
    event: audit::Event,
}

impl Handover {
    fn new(ctx: &Ctx, row: &Row, under_way: Option<ServiceId>, way: Way, served: Served, tracking_no: String) -> Result<Self> {
        let (head, content) = open(ctx, row)?;
        let drawn = Drawn::new(ctx);
        let record = NewPaper {
            case: row.case,
            case_no: head.case_no,
            org: row.org,
            region: row.region,
            item_code: row.item_code.clone(),
            item: head.item,
            applicant: head.to,
            to: Vec::new(),
            content: Content::Service {
                title: content.kind().name().zh.into_owned(),
                number: row.number.clone(),
                receiver: served.receiver.clone(),
                relation: served.relation.clone(),
                receiver_id: served.receiver_id.clone(),
                at: ctx.now(),
                way: way.name(),
                tracking_no: tracking_no.clone(),
            },
        };
        let service = under_way.unwrap_or_else(|| ctx.id());
        let new = new_service(ctx, row, service, way, "served", &served, tracking_no, Some(drawn.id()));
        let event = audit::Event::new("paper.serve", "paper", row.id).region(&row.region).detail(serde_json::json!({ "way": way.code() }));
        Ok(Self { paper: row.id, under_way: under_way.is_some(), drawn, record, new, event })
    }

    async fn write(&self, tx: &Tx, ctx: &Ctx) -> Result<()> {
        if !self.under_way {
            table::insert_service(tx, self.new.clone()).await?;
        } else if !table::service_arrived(tx, &self.new).await? {
            return Err(Error::stale());
        }
        table::served(tx, self.paper, ctx.now()).await?;
        audit::record(tx, ctx, self.event.clone()).await?;
        issue(tx, ctx, &self.drawn, &self.record).await.map(drop)
    }
}

fn new_service(
    ctx: &Ctx,
    row: &Row,
    id: ServiceId,
    way: Way,
    state: &'static str,
    served: &Served,
    tracking_no: String,
    record: Option<PaperId>,
) -> NewService {
    let sealed = |column: &str, value: &str| ctx.keys().seal_text("paper_service", column, &id.to_vec(), value);
    let now: Instant = ctx.now();
    NewService {
        id,
        paper: row.id,
        way: way.code(),
        state,
        receiver: sealed("receiver", &served.receiver),
        relation: served.relation.clone(),
        receiver_id: sealed("receiver_id", &served.receiver_id),
        tracking_no,
        sent_at: now,
        ended_at: (state == "served").then_some(now),
        recorded_by: ctx.actor().key(),
        record,
    }
}

/// Whether somebody who serves may also read this kind of document.
pub(super) fn readers(kind: Kind) -> &'static [Role] {
    const ALL: &[Role] = &[Role::Clerk, Role::Registrar, Role::Reviewer, Role::Approver, Role::Supervisor, Role::Archivist];
    const FILES: &[Role] = &[Role::Archivist, Role::Supervisor, Role::Approver];
    if kind == Kind::Index { FILES } else { ALL }
}
