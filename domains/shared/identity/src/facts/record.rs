//! Facts entered by staff: from a paper that was shown, or from a notice of another body.

use kernel::id_number::IdNumber;
use kernel::{Day, Id, Instant, Issue, Issues, Refusal, RegionCode};
use platform::{Ctx, Error, Result, Role, Scope, audit};

use super::local::Detail;
use super::{FactKind, NumberHash, store as tables};

/// Marker of a fact.
#[derive(Debug)]
pub struct Fact;
/// Id of a fact.
pub type FactId = Id<Fact>;

/// A fact to be entered. All texts as typed.
#[derive(Debug, Clone)]
pub struct NewFact {
    /// Which kind.
    pub kind: FactKind,
    /// The person's document number.
    pub number: String,
    /// The spouse's or the parent's number; empty where unknown.
    pub other_number: String,
    /// Number of the paper, certificate or judgment; may be empty for deaths.
    pub doc_no: String,
    /// Day of death, of effect, of the start; ISO.
    pub valid_on: String,
    /// Day on which a marriage or a divorce case ended; empty while it lasts.
    pub ended_on: String,
    /// Who said so: register, court, hospital.
    pub source: String,
    /// An original paper was shown; else a register said so.
    pub on_paper: bool,
    /// Region of the office that enters it.
    pub region: RegionCode,
}

/// A fact as the staff page lists it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Entry {
    /// Its id.
    #[sqlx(try_from = "Vec<u8>")]
    pub id: FactId,
    /// Code of the kind.
    pub kind: String,
    /// `record` or `paper`.
    pub basis: String,
    /// Who said so.
    pub source: String,
    /// Day of the fact, ISO.
    pub valid_on: String,
    /// Day of its end, ISO.
    pub ended_on: Option<String>,
    /// When it was entered.
    #[sqlx(try_from = "i64")]
    pub recorded_at: Instant,
}

struct Parsed {
    person: NumberHash,
    other: Option<NumberHash>,
    valid_on: Day,
    ended_on: Option<Day>,
    detail: Detail,
    source: String,
}

/// Where a right has to reach: the region, within the organisation of whoever acts.
fn scope(ctx: &Ctx, region: RegionCode) -> Scope {
    let scope = Scope::region(region);
    match ctx.actor().staff() {
        Some(staff) => scope.org(staff.org),
        None => scope,
    }
}

/// Enters a fact. The number is normalised and checked like every other (C-01 … C-06).
pub async fn record(ctx: &Ctx, fact: NewFact) -> Result<FactId> {
    ctx.require(&[Role::Registrar, Role::Clerk, Role::Reviewer], &scope(ctx, fact.region)).await?;
    let parsed = parse(ctx, &fact)?;
    let id: FactId = ctx.id();
    let detail = serde_json::to_vec(&parsed.detail).expect("plain data");
    let detail = ctx.keys().seal("person_fact", "detail", &id.to_vec(), &detail);
    let by = ctx.actor().staff().map(|staff| staff.id);
    let event = audit::Event::new("facts.record", "person_fact", id).region(&fact.region).reason(fact.kind.code());
    let db = ctx.db().clone();
    let (kind, basis) = (fact.kind, if fact.on_paper { "paper" } else { "record" });
    let (ctx, parsed) = (ctx.clone(), std::sync::Arc::new(parsed));
    db.write(move |tx| {
        let (ctx, parsed, detail, event) = (ctx.clone(), parsed.clone(), detail.clone(), event.clone());
        async move {
            let row = tables::NewRow {
                id,
                person: parsed.person.clone(),
                kind: kind.code(),
                basis,
                source: parsed.source.clone(),
                valid_on: parsed.valid_on,
                ended_on: parsed.ended_on,
                other: parsed.other.clone(),
                detail,
                recorded_by: by,
            };
            tables::insert(&tx, &row, ctx.now()).await?;
            audit::record(&tx, &ctx, event).await?;
            Ok::<_, Error>(id)
        }
    })
    .await
}

fn parse(ctx: &Ctx, fact: &NewFact) -> Result<Parsed, Refusal> {
    let today = ctx.today();
    let mut issues = Issues::default();
    let person = issues.keep_at("number", IdNumber::parse(&fact.number, today));
    let other = match fact.other_number.trim() {
        "" => None,
        typed => issues.keep_at("other_number", IdNumber::parse(typed, today)),
    };
    let day = |typed: &str| typed.trim().parse::<Day>().ok().filter(|day| *day <= today);
    let valid_on = day(&fact.valid_on);
    issues.ensure(valid_on.is_some(), || {
        Issue::error("C-E11", "请填写不晚于今天的日期", "give a date that is not after today").field("valid_on")
    });
    let ended_on = day(&fact.ended_on);
    issues.ensure(fact.ended_on.trim().is_empty() || ended_on.is_some(), || {
        Issue::error("C-E11", "请填写不晚于今天的日期", "give a date that is not after today").field("ended_on")
    });
    let source = kernel::text::line(&fact.source);
    issues.ensure(!source.is_empty(), || Issue::error("C-E12", "请填写信息来源", "say who told us").field("source"));
    let needs_other = fact.kind == FactKind::Parent && fact.other_number.trim().is_empty();
    issues.ensure(!needs_other, || {
        Issue::error("C-E13", "请填写父亲或者母亲的身份证号码", "give the parent's ID number").field("other_number")
    });
    issues.finish()?;
    let (person, valid_on) = (person.expect("checked above"), valid_on.expect("checked above"));
    let detail = Detail {
        doc_no: kernel::text::line(&fact.doc_no),
        number: Some(person.search_key().to_owned()),
        other_number: other.as_ref().map(|number| number.search_key().to_owned()),
    };
    Ok(Parsed {
        person: NumberHash::of(ctx.keys(), person.search_key()),
        other: other.map(|number| NumberHash::of(ctx.keys(), number.search_key())),
        valid_on,
        ended_on,
        detail,
        source,
    })
}

/// Withdraws a fact that was entered by mistake; it stays in the table and no longer answers.
pub async fn withdraw(ctx: &Ctx, id: FactId, region: &RegionCode, reason: &str) -> Result<()> {
    ctx.require(&[Role::Reviewer, Role::Registrar], &scope(ctx, *region)).await?;
    let event = audit::Event::new("facts.withdraw", "person_fact", id).region(region).reason(kernel::text::line(reason));
    let db = ctx.db().clone();
    let ctx = ctx.clone();
    db.write(move |tx| {
        let (ctx, event) = (ctx.clone(), event.clone());
        async move {
            if !tables::withdraw(&tx, id, ctx.now()).await? {
                return Err(Error::NotFound);
            }
            audit::record(&tx, &ctx, event).await
        }
    })
    .await
}

/// What is kept about the holder of a number; an audited read with its purpose.
pub async fn facts_of(ctx: &Ctx, number: &str, region: &RegionCode, purpose: &str) -> Result<Vec<Entry>> {
    ctx.require(&[Role::Registrar, Role::Clerk, Role::Reviewer], &scope(ctx, *region)).await?;
    let number = IdNumber::parse(number, ctx.today())?;
    let hash = NumberHash::of(ctx.keys(), number.search_key());
    let event = audit::Event::new("facts.read", "person_fact", number.masked()).region(region).reason(kernel::text::line(purpose));
    let (db, copy) = (ctx.db().clone(), ctx.clone());
    db.write(move |tx| {
        let (ctx, event) = (copy.clone(), event.clone());
        async move { audit::record(&tx, &ctx, event).await }
    })
    .await?;
    tables::entries(ctx.db(), &hash).await
}
