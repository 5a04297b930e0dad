//! Registration (P4-1): a receipt with number and query code at once, by the person or by staff for a caller.

use identity::guard;
use kernel::case_no::Channel;
use kernel::{Issues, Phone, text};
use platform::calendars::deadlines::{self, Running};
use platform::{Actor, Ctx, Error, OrgId, Result, Role, Scope, StaffId, audit};

use super::act::{DEADLINES, opened};
use super::{ComplaintId, Kind, notices};
use crate::limits::{Limit, Limits};
use crate::ratings::lang_code;
use crate::store::complaints::{self, NewComplaint, NewEvent};
use crate::{issues, numbers};

/// Longest title.
const TITLE: u32 = 60;
/// Longest name.
const NAME: u32 = 100;

/// What somebody wrote, or said on the telephone.
#[derive(Debug, Clone, Default)]
pub struct Registration {
    /// Code of the kind.
    pub kind: String,
    /// Id of the organisation that it is about.
    pub org: String,
    /// Name or id of the member of staff complained of; empty for none.
    pub target: String,
    /// Basic code of the item; empty for none.
    pub item: String,
    /// In a few words.
    pub title: String,
    /// What happened or is asked.
    pub words: String,
    /// Name of the person.
    pub name: String,
    /// Mobile number of the person.
    pub phone: String,
    /// Whether question and answer may be published without personal data.
    pub may_publish: bool,
    /// Reports may be made without a name.
    pub anonymous: bool,
    /// The same for a form that is sent twice.
    pub request_key: String,
}

/// The receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The complaint.
    pub id: ComplaintId,
    /// Receipt number.
    pub number: String,
    /// Six digits that open its page together with the number.
    pub code: String,
    /// Accepted or refused by the end of this day.
    pub accept_by: kernel::Day,
}

struct Read {
    kind: Kind,
    org: platform::regions::Organisation,
    target: Option<StaffId>,
    title: String,
    words: String,
    name: Option<String>,
    phone: Option<Phone>,
}

/// Registers. Staff register for a caller and need the role for the region of the organisation.
///
/// # Errors
/// What is missing or too long, each at its field; [`Error::TooMany`] for floods from one network.
pub async fn register(ctx: &Ctx, input: Registration) -> Result<Receipt> {
    let read = read(ctx, &input).await?;
    let (channel, source) = match ctx.actor() {
        Actor::Staff(_) | Actor::Program(platform::ProgramActor { citizen: None, .. }) => {
            ctx.require(&[Role::Dispatcher], &Scope::region(read.org.region)).await?;
            (Channel::Phone, "7")
        }
        Actor::Anonymous => {
            guard::complaints_of_network().attempt(ctx, &ctx.meta().network()).await?;
            (Channel::Web, "1")
        }
        Actor::Citizen(_) | Actor::Program(_) | Actor::System { .. } => (Channel::Web, "1"),
    };
    let new = new_row(ctx, &input, &read, source);
    let limits = Limits::of(ctx.db(), &read.org.region).await?;
    let calendar = platform::calendars::current(ctx.db()).await?;
    let period = limits.period(read.kind.acceptance())?;
    let (lane, id) = (numbers::lane(ctx), new.id);
    let event = NewEvent { id: ctx.id(), verb: "register", staff_name: ctx.actor().staff().map(|staff| staff.name.clone()).unwrap_or_default(), note: None };
    let mut audited = audit::Event::new("complaint.register", "complaint", id).region(&read.org.region);
    if new.kind != Kind::Report {
        audited = audited.person(new.person);
    }
    let stored = ctx
        .db()
        .write(|tx| {
            let (ctx, new, calendar, event, audited) = (ctx.clone(), new.clone(), calendar.clone(), event.clone(), audited.clone());
            async move {
                if let Some(known) = complaints::by_request(&tx, &new.request_key).await? {
                    return Ok(known);
                }
                let running = Running { object_kind: DEADLINES, object_id: id.to_string(), kind: "accept", from: ctx.today(), period, suspensions: Vec::new(), extension: None };
                let due = deadlines::start(&tx, &ctx, &calendar, &running).await?.day();
                let number = numbers::next(&tx, &ctx, new.region, channel, lane).await?;
                if !complaints::insert(&tx, &new, number.as_str(), ctx.now(), due).await? {
                    return Err(Error::stale());
                }
                let row = complaints::by_id(&tx, id).await?.ok_or(Error::NotFound)?;
                complaints::add_event(&tx, id, ctx.now(), row.state, &event).await?;
                notices::send(&tx, &ctx, &row, notices::What::Received, "received").await?;
                audit::record(&tx, &ctx, audited).await?;
                Ok(row)
            }
        })
        .await?;
    Ok(Receipt { id: stored.id, code: opened(ctx, stored.id, "code", &stored.code)?, number: stored.number, accept_by: stored.accept_due })
}

async fn read(ctx: &Ctx, input: &Registration) -> Result<Read> {
    let mut found = Issues::default();
    let kind = Kind::from_code(&input.kind);
    found.ensure(kind.is_some(), || issues::missing("kind", "事情的种类", "what kind of matter it is"));
    let org = match input.org.parse::<OrgId>() {
        Ok(id) => platform::regions::organisation(ctx.db(), id).await?,
        Err(_) => None,
    };
    found.ensure(org.is_some(), || issues::missing("org", "所反映的单位", "the office that it is about"));
    let (title, words) = (text::line(&input.title), text::lines(&input.words));
    let limits = Limits::of(ctx.db(), &org.as_ref().map_or(ctx.settings().region, |org| org.region)).await?;
    let most = limits.amount(Limit::Words)?;
    for (field, value, longest, zh, en) in [("title", &title, TITLE, "标题", "a title"), ("words", &words, most, "具体内容", "what happened")] {
        found.ensure(!value.is_empty(), || issues::missing(field, zh, en));
        found.ensure(value.chars().count() <= longest as usize, || issues::too_long(field, longest));
    }
    // Wrongdoing may be reported without a name; everything else is answered to somebody.
    let unnamed = input.anonymous && kind == Some(Kind::Report);
    let name = text::name(&input.name);
    found.ensure(unnamed || !name.is_empty(), || issues::missing("name", "姓名", "your name"));
    found.ensure(name.chars().count() <= NAME as usize, || issues::too_long("name", NAME));
    let phone = if unnamed { None } else { found.keep_at("phone", Phone::parse(&input.phone)) };
    let (target, words) = target(ctx, org.as_ref(), &input.target, words).await?;
    found.ensure((8..=128).contains(&input.request_key.len()), || issues::missing("request_key", "表单编号，请重新打开本页", "the key of the form; open this page again"));
    found.finish()?;
    match (kind, org) {
        (Some(kind), Some(org)) => Ok(Read { kind, org, target, title, words, name: (!unnamed).then_some(name), phone }),
        _ => Err(Error::NotFound),
    }
}

/// The member of staff by id, or by the name that people know. One who is not found stands in the text, so that the desk finds him.
async fn target(ctx: &Ctx, org: Option<&platform::regions::Organisation>, typed: &str, words: String) -> Result<(Option<StaffId>, String)> {
    let name = text::name(typed);
    let (Some(org), false) = (org, name.is_empty()) else { return Ok((None, words)) };
    if let Ok(id) = typed.parse::<StaffId>() {
        return Ok((Some(id), words));
    }
    let colleagues = identity::colleagues::holders(ctx, &Role::ALL, &org.region, Some(org.id)).await?;
    let mut named = colleagues.into_iter().filter(|one| one.name == name);
    match (named.next(), named.next()) {
        (Some(one), None) => Ok((Some(one.id), words)),
        _ => Ok((None, format!("{words}\n被反映人：{name}"))),
    }
}

fn new_row(ctx: &Ctx, input: &Registration, read: &Read, source: &'static str) -> NewComplaint {
    let id: ComplaintId = ctx.id();
    let seal = |column: &str, text: &str| ctx.keys().seal_text("complaint", column, &id.to_vec(), text);
    let person = ctx.actor().citizen().and_then(|citizen| citizen.person).filter(|_| read.name.is_some());
    // The same person is known by the number, signed in or not.
    let party_hash = read.phone.as_ref().map(|phone| numbers::party_hash(ctx.keys(), phone.as_str()));
    NewComplaint {
        id,
        kind: read.kind,
        source,
        region: read.org.region,
        org: read.org.id,
        target: read.target,
        item: text::code(&input.item),
        person,
        party_hash,
        title: seal("title", &read.title),
        words: seal("words", &read.words),
        name: read.name.as_deref().map(|name| seal("name", name)),
        phone: read.phone.as_ref().map(|phone| seal("phone", phone.as_str())),
        code: seal("code", &numbers::query_code(ctx)),
        lang: lang_code(ctx.lang()),
        may_publish: input.may_publish && read.kind.is_publishable(),
        request_key: input.request_key.clone(),
    }
}
