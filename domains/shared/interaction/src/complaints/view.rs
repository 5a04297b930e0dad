//! One complaint for staff.

use kernel::{Day, Instant, Issue, Text};
use platform::{Ctx, Error, OrgId, Result, Role, Scope, StaffId, regions};

use super::act::{READERS, is_complained_of, may, opened};
use super::states::{Act, State, acts};
use super::{ComplaintId, Kind, ReplyId};
use crate::happened::Happened;
use crate::store::complaints::{self, Row};
use crate::store::replies::{self, ReplyRow};
use crate::issues;

/// A reply.
#[derive(Debug, Clone)]
pub struct Replied {
    /// Its key.
    pub id: ReplyId,
    /// When.
    pub at: Instant,
    /// Findings and result.
    pub words: String,
    /// Item or law.
    pub basis: String,
    /// Whether it was drawn for the quality check.
    pub sampled: bool,
    /// What the check found.
    pub passed: Option<bool>,
}

/// One complaint for staff.
#[derive(Debug, Clone)]
pub struct View {
    /// The complaint.
    pub id: ComplaintId,
    /// Receipt number.
    pub number: String,
    /// What it is.
    pub kind: Kind,
    /// Digit of the channel.
    pub source: String,
    /// In a few words; absent while it is not for this reader.
    pub title: Option<String>,
    /// What was written; absent while it is not for this reader.
    pub words: Option<String>,
    /// The person, masked; absent for reports.
    pub asker: Option<String>,
    /// Who reported is for named officers alone.
    pub secret: bool,
    /// When it was received.
    pub received_at: Instant,
    /// Where it stands.
    pub state: State,
    /// What it is about.
    pub org: Text,
    /// Id of that organisation.
    pub org_id: OrgId,
    /// The member of staff complained of.
    pub target: Option<String>,
    /// The item.
    pub item: String,
    /// Who answers.
    pub unit: Option<Text>,
    /// Who handles it.
    pub handler: Option<String>,
    /// The last day of the reply.
    pub due: Option<Day>,
    /// What has to be done until when.
    pub warning: Option<Issue>,
    /// How often it moved up.
    pub level: i64,
    /// Whether supervision has it.
    pub supervised: bool,
    /// Whether it was designated.
    pub designated: bool,
    /// Whether it may be published.
    pub may_publish: bool,
    /// The version, for the next act.
    pub version: i64,
    /// What the actor may do now.
    pub may: Vec<Act>,
    /// Whether he supervises: names officers, checks replies.
    pub supervises: bool,
    /// Officers who may see who reported.
    pub officers: Vec<String>,
    /// Numbers of those merged with it.
    pub merged: Vec<String>,
    /// Replies, the oldest first.
    pub replies: Vec<Replied>,
    /// What happened, in order.
    pub events: Vec<Happened>,
}

/// Whether the actor may look at it at all: the desk that has it, the unit that answers, supervision.
pub(super) async fn readable(ctx: &Ctx, row: &Row) -> Result<()> {
    let desk = ctx.require(&[Role::Dispatcher, Role::Supervisor], &Scope::region(row.desk_region)).await;
    match (desk, row.unit()) {
        (Err(Error::Denied(_)), Some(unit)) => {
            let org = regions::organisation(ctx.db(), unit).await?.ok_or(Error::NotFound)?;
            let in_unit = ctx.require(&READERS, &Scope::region(org.region).org(unit)).await;
            let own = ctx.actor().staff().is_some_and(|staff| staff.org == unit && !is_complained_of(row, staff));
            if own { in_unit.map_err(|_| Error::NotFound) } else { Err(Error::NotFound) }
        }
        (Err(Error::Denied(_)), None) => Err(Error::NotFound),
        (other, _) => other,
    }
}

/// Shows one complaint. What a report says is for its handler and officers; supervision and the desk see that there is one.
///
/// # Errors
/// [`Error::NotFound`] for whoever it is not for.
pub async fn view(ctx: &Ctx, id: ComplaintId) -> Result<View> {
    let row = complaints::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    readable(ctx, &row).await?;
    let me = ctx.actor().staff().map(|staff| staff.id);
    let officers = replies::officers(ctx.db(), id).await?;
    let told = !row.secret || me.is_some_and(|me| officers.contains(&me) || row.handler() == Some(me));
    let open = |column: &str, sealed: &[u8]| if told { opened(ctx, id, column, sealed).map(Some) } else { Ok(None) };
    let asker = match &row.name {
        Some(name) if !row.secret => Some(kernel::mask::name(&opened(ctx, id, "name", name)?)),
        _ => None,
    };
    let mut allowed = Vec::new();
    for act in acts(row.state, row.kind) {
        if may(ctx, &row, act).await.is_ok() {
            allowed.push(act);
        }
    }
    Ok(View {
        id,
        title: open("title", &row.title)?,
        words: open("words", &row.words)?,
        asker,
        kind: row.kind,
        secret: row.secret,
        received_at: row.received_at,
        state: row.state,
        org: organisation(ctx, Some(row.org)).await?.unwrap_or_default(),
        org_id: row.org,
        target: name(ctx, row.target()).await?,
        unit: organisation(ctx, row.unit()).await?,
        handler: name(ctx, row.handler()).await?,
        due: row.due(),
        warning: row.running().map(|(kind, due)| issues::act_by(kind, due)),
        level: row.level,
        supervised: row.supervised,
        designated: row.designated,
        may_publish: row.may_publish,
        version: row.version,
        supervises: ctx.require(&[Role::Supervisor], &Scope::region(row.desk_region)).await.is_ok(),
        officers: names(ctx, &officers).await?,
        merged: complaints::merged(ctx.db(), id).await?.into_iter().map(|one| one.number).collect(),
        replies: if told { replied(ctx, replies::of(ctx.db(), id).await?)? } else { Vec::new() },
        events: happened(ctx, id, told).await?,
        may: allowed,
        number: row.number,
        source: row.source,
        item: row.item,
    })
}

async fn organisation(ctx: &Ctx, id: Option<OrgId>) -> Result<Option<Text>> {
    match id {
        Some(id) => Ok(regions::organisation(ctx.db(), id).await?.map(|org| org.name)),
        None => Ok(None),
    }
}

async fn name(ctx: &Ctx, id: Option<StaffId>) -> Result<Option<String>> {
    match id {
        Some(id) => Ok(identity::colleagues::colleague(ctx, id).await?.map(|one| one.name)),
        None => Ok(None),
    }
}

async fn names(ctx: &Ctx, ids: &[StaffId]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for id in ids {
        names.extend(name(ctx, Some(*id)).await?);
    }
    Ok(names)
}

/// Replies, opened.
pub(super) fn replied(ctx: &Ctx, rows: Vec<ReplyRow>) -> Result<Vec<Replied>> {
    rows.into_iter()
        .map(|row| {
            let words = ctx.keys().open_text("complaint_reply", "words", &row.id.to_vec(), &row.words).map_err(Error::internal)?;
            Ok(Replied { id: row.id, at: row.at, words, basis: row.basis, sampled: row.sampled, passed: row.passed })
        })
        .collect()
}

/// What happened, with names and notes for staff, without for the person.
pub(super) async fn happened(ctx: &Ctx, id: ComplaintId, staff: bool) -> Result<Vec<Happened>> {
    let rows = complaints::events(ctx.db(), id).await?;
    rows.into_iter()
        .map(|row| {
            let note = match &row.note {
                Some(sealed) if staff => ctx.keys().open_text("complaint_event", "note", &row.id, sealed).map_err(Error::internal)?,
                _ => String::new(),
            };
            Ok(Happened { at: row.at, what: verb(&row.verb, row.state), who: if staff { row.staff_name } else { String::new() }, note })
        })
        .collect()
}

fn verb(code: &str, state: State) -> Text {
    match code {
        "register" => Text::fixed("登记", "Registered"),
        "satisfied" => Text::fixed("提出人表示满意", "The person is satisfied"),
        "unsatisfied" => Text::fixed("提出人表示不满意", "The person is not satisfied"),
        "review" => Text::fixed("申请复查、复核", "A review was asked for"),
        "supply" => Text::fixed("已补充说明", "Explained"),
        "lapse" => Text::fixed("逾期未评价，自动办结", "Closed: nobody objected in time"),
        "supervise" => Text::fixed("列入督办", "Under supervision"),
        "check-passed" => Text::fixed("抽查合格", "Quality check passed"),
        "check-failed" => Text::fixed("抽查不合格", "Quality check failed"),
        "officers" => Text::fixed("指定可查看举报人的人员", "Officers were named"),
        code => Act::from_code(code).map_or_else(|| state.name(), Act::name),
    }
}
