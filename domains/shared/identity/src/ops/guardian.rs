//! Children under fourteen: their data are handled once a guardian has consented at a counter (Personal Information Protection Law,
//! article 31).

use kernel::age::{LeapPolicy, is_at_least};
use kernel::{Day, DocumentNumber, Id, Issues};
use platform::{Ctx, Error, Result, Role, Scope, StaffActor, audit};

use super::RealName;
use super::real_name::parse;
use crate::policy::LIMITS;
use crate::{PersonDraft, issues, persons, store as tables};

/// Marker of a consent.
#[derive(Debug)]
pub struct Consent;
/// Id of a consent.
pub type ConsentId = Id<Consent>;

/// How a guardian stands to the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Father or mother.
    Parent,
    /// Whoever is guardian instead of them.
    Other,
}

impl Relation {
    /// As stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Other => "other",
        }
    }

    /// The relation with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Parent, Self::Other].into_iter().find(|relation| relation.code() == code)
    }
}

/// A consent as a clerk takes it.
#[derive(Clone)]
pub struct GiveConsent {
    /// The child, as its document shows it.
    pub child: RealName,
    /// The guardian, as his document shows him.
    pub guardian: RealName,
    /// How he stands to the child: a code of [`Relation`].
    pub relation: String,
    /// Whether the papers on it were seen and the consent was signed.
    pub seen: bool,
}

fn is_child(document: &DocumentNumber, today: Day) -> bool {
    let years = LIMITS.guardian.years;
    document.gb11643().is_some_and(|number| !is_at_least(number.birth(), years, today, LeapPolicy::default()))
}

/// Refuses a child under fourteen for whom no guardian has consented; anybody else passes.
///
/// # Errors
/// `E-P808`.
pub async fn require_consent(ctx: &Ctx, document: &DocumentNumber) -> Result<()> {
    if !is_child(document, ctx.today()) {
        return Ok(());
    }
    let given = match persons::find(ctx.db(), ctx.keys(), document, "CHN").await? {
        Some(child) => tables::guardian::given(ctx.db(), child).await?,
        None => false,
    };
    if given { Ok(()) } else { Err(issues::guardian_needed().into()) }
}

async fn clerk(ctx: &Ctx) -> Result<StaffActor> {
    let staff = ctx.actor().staff().cloned().ok_or(Error::SignIn)?;
    ctx.require(&[Role::Clerk, Role::Registrar], &Scope::region(staff.region)).await?;
    Ok(staff)
}

/// Who is at the counter, both of them; what is wrong stands at `child_…` and `guardian_…`.
fn both(ctx: &Ctx, child: &RealName, guardian: &RealName) -> Result<[(String, DocumentNumber); 2]> {
    let mut found = Issues::default();
    let mut read = |shown: &RealName, who: &str| {
        let outcome = parse(ctx, shown);
        if let Err(Error::Refused(refusal)) = &outcome {
            for issue in &refusal.0 {
                let field = format!("{who}_{}", issue.field.as_deref().unwrap_or("id_no"));
                found.add(issue.clone().field(field));
            }
        }
        outcome.ok()
    };
    let (child, guardian) = (read(child, "child"), read(guardian, "guardian"));
    found.finish()?;
    match (child, guardian) {
        (Some(child), Some(guardian)) => Ok([child, guardian]),
        _ => Err(Error::internal("a document that could not be read was told above")),
    }
}

/// Notes that a guardian has consented, face to face with both documents.
///
/// # Errors
/// `E-P805` without the role of a counter; the issues of both names and numbers; `E-ID54` for a guardian who is no adult; `E-ID55` for a child
/// that needs none; `E-ID56` without a relation; `E-ID57` without the papers; `E-ID25`.
pub async fn give_consent(ctx: &Ctx, input: GiveConsent) -> Result<ConsentId> {
    let staff = clerk(ctx).await?;
    let [child, guardian] = both(ctx, &input.child, &input.guardian)?;
    let relation = Relation::from_code(&input.relation);
    let adult = guardian.1.gb11643().is_none_or(|number| is_at_least(number.birth(), LIMITS.adult.years, ctx.today(), LeapPolicy::default()));
    let mut found = Issues::default();
    found.ensure(is_child(&child.1, ctx.today()), issues::no_consent_needed);
    found.ensure(adult, issues::guardian_not_adult);
    found.ensure(relation.is_some(), issues::relation_missing);
    found.ensure(input.seen, issues::consent_not_seen);
    found.finish()?;
    let relation = relation.unwrap_or(Relation::Other);
    let id: ConsentId = ctx.id();
    let child = PersonDraft::new(ctx, &child.0, &child.1, "CHN", None)?;
    let guardian = PersonDraft::new(ctx, &guardian.0, &guardian.1, "CHN", None)?;
    ctx.db()
        .write(|tx| {
            let (ctx, child, guardian, staff) = (ctx.clone(), child.clone(), guardian.clone(), staff.clone());
            async move {
                let child = persons::ensure(&tx, &ctx, &child).await?;
                let guardian = persons::ensure(&tx, &ctx, &guardian).await?;
                tables::guardian::insert(&tx, id, child, guardian, relation.code(), (staff.org, staff.id), ctx.now()).await?;
                let event = audit::Event::new("person.consent", "consent", id).person(child).region(&staff.region);
                audit::record(&tx, &ctx, event.detail(serde_json::json!({ "relation": relation.code() }))).await
            }
        })
        .await?;
    Ok(id)
}

/// A guardian takes his consent back; what was done until then stays as it is.
///
/// # Errors
/// `E-P805` without the role of a counter; the issues of both names and numbers; [`Error::NotFound`] where he had not consented.
pub async fn withdraw_consent(ctx: &Ctx, child: RealName, guardian: RealName) -> Result<()> {
    let staff = clerk(ctx).await?;
    let [child, guardian] = both(ctx, &child, &guardian)?;
    let find = async |document: &DocumentNumber| persons::find(ctx.db(), ctx.keys(), document, "CHN").await?.ok_or(Error::NotFound);
    let (child, guardian) = (find(&child.1).await?, find(&guardian.1).await?);
    let event = audit::Event::new("person.withdraw_consent", "person", child).person(child).region(&staff.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if !tables::guardian::withdraw(&tx, child, guardian, ctx.now()).await? {
                    return Err(Error::NotFound);
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}
