//! A move: whoever makes it, the table is asked, the needs are checked, and everything that follows from it is written in one transaction.

use kernel::{Day, Issues};
use platform::{Ctx, Error, Result, Role, StaffId};
use ::store::Tx;

use super::access::{self, Standing};
use super::effects;
use super::setting::{Loaded, Setting};
use super::settle::settle;
use super::unmanned;
use crate::CaseId;
use crate::life::Who;
use crate::matters::Decided;
use crate::model::{Answers, By, CorrectionItem, Detail, Effect, Event, Move, Special};
use crate::separation;
use crate::store::{action, cases, data};
use crate::supervision::overrun;
use crate::{Phase, Step, form, issues};

/// A move with what is given for it; what the move does not need is left empty.
#[derive(Debug, Clone, Default)]
pub struct Act {
    /// The version that the actor saw.
    pub seen: i64,
    /// Which move.
    pub verb: String,
    /// Why.
    pub reason: String,
    /// What was found.
    pub opinion: String,
    /// What the applicant may do about it.
    pub remedies: String,
    /// The body that is responsible instead.
    pub right_body: String,
    /// What is missing or defective.
    pub corrections: Vec<CorrectionItem>,
    /// A special procedure, with its legal basis.
    pub special: Option<(Special, String)>,
    /// Who inspected on the spot.
    pub inspectors: Vec<StaffId>,
    /// Who is to go on with it.
    pub holder: Option<StaffId>,
    /// Who received the result.
    pub receiver: Option<Receiver>,
    /// Papers that are to follow: key of the material and last day (容缺).
    pub promises: Vec<(String, Day)>,
    /// Opens the progress together with the number; printed on the receipt, where the move leaves one.
    pub query_code: Option<String>,
    /// The whole of the answers as the applicant has mended them, where the case came back to him.
    pub answers: Option<Answers>,
}

impl Act {
    /// A move for which nothing is given yet.
    pub fn new(verb: impl Into<String>, seen: i64) -> Self {
        Self { verb: verb.into(), seen, ..Self::default() }
    }
}

/// Who received a result.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// Name.
    pub name: String,
    /// How he is related to the applicant; empty for himself.
    pub relation: String,
    /// In what way.
    pub way: catalog::model::Delivery,
}

/// What a move came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Number of the last event.
    pub version: i64,
    /// The state.
    pub state: String,
}

/// Makes a move in a case.
///
/// # Errors
/// `E-ST02` if the case has moved on since the actor looked, `E-ST01` if its state does not allow the move, `E-P805` if the actor's roles do
/// not, `E-P210` and `E-P806` if somebody else has to do it; what the move needs and is not there, all at once (`E-P224`, `E-P225`, `E-P205`,
/// `E-P206`); `E-P202`, `E-P203`, `E-P204`, `E-P207`, `E-P229` as the rules say.
pub async fn act(ctx: &Ctx, case: CaseId, act: Act) -> Result<Moved> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    let standing = access::standing(ctx, &setting.matter, &head).await?;
    let act = mended(ctx, &setting, &standing, act).await?;
    let (_, answers) = data::newest(ctx.db(), ctx, case).await?;
    let mut found = Issues::default();
    setting.matter.hooks.before(ctx, &head, &answers, &act).await?.into_iter().for_each(|issue| found.add(issue));
    found.finish()?;
    let unmanned = unmanned::after(ctx, &setting.matter.life, &head, &act.verb).await?;
    let moved = ctx
        .db()
        .write(|tx| {
            let (ctx, setting, standing, act, unmanned) = (ctx.clone(), setting.clone(), standing.clone(), act.clone(), unmanned.clone());
            async move {
                let loaded = setting.load(&tx, &ctx, case).await?;
                if loaded.head.version != act.seen {
                    return Err(Error::stale());
                }
                let loaded = settle(&tx, &ctx, &setting, loaded).await?;
                let after = make(&tx, &ctx, &setting, loaded, &standing, &act).await?;
                unmanned::tell(&tx, &ctx, &setting, &after, unmanned.as_ref()).await?;
                Ok(after)
            }
        })
        .await?;
    Ok(Moved { version: moved.state.seq, state: moved.state.code })
}

/// Brings answers that the applicant has mended into their form and checks them, before the transaction.
async fn mended(ctx: &Ctx, setting: &Setting, standing: &Standing, act: Act) -> Result<Act> {
    let Some(typed) = act.answers.as_ref().filter(|_| *standing == Standing::Applicant) else { return Ok(Act { answers: None, ..act }) };
    let case_type = &setting.matter.case_type;
    let answers = form::normalise(case_type, typed, ctx.today());
    let mut found = Issues::default();
    super::submit::check(ctx, setting, &answers, &mut found).await?;
    found.finish()?;
    Ok(Act { answers: Some(form::counted(case_type, &answers)), ..act })
}

/// Makes a move inside a transaction.
pub(crate) async fn make(tx: &Tx, ctx: &Ctx, setting: &Setting, loaded: Loaded, standing: &Standing, act: &Act) -> Result<Loaded> {
    let mv = allowed(setting, &loaded, standing, &act.verb)?;
    if let Some(staff) = ctx.actor().staff()
        && let Some(issue) = separation::bar(setting.separation(), &loaded.state, mv, staff.id)
    {
        return Err(issue.into());
    }
    let mut found = Issues::default();
    for issue in effects::missing(tx, ctx, setting, &loaded, mv, act).await? {
        found.add(issue);
    }
    found.finish()?;
    // Answers change only while the case is with the applicant: sent back, or to be corrected.
    let with_applicant = matches!(setting.matter.life.state(&loaded.state.code).map(|at| at.phase), Some(Phase::Correction)) || mv.has(Effect::Receives);
    if let Some(answers) = act.answers.as_ref().filter(|_| with_applicant) {
        data::add(tx, ctx, ctx.id(), loaded.head.id, setting.matter.case_type.schema, answers).await?;
    }
    let mut detail = effects::detail(tx, ctx, setting, &loaded, mv, act).await?;
    detail.stood_in_for = standing.stood_in_for(|role| mv.by.contains(&By::Role(role)));
    let (staff, at) = (ctx.actor().staff().map(|staff| staff.id), ctx.now());
    write(tx, ctx, setting, loaded, mv, NewEvent { staff, at, detail, act }).await
}

/// The move, if the table lets this actor make it here.
fn allowed<'s>(setting: &'s Setting, loaded: &Loaded, standing: &Standing, verb: &str) -> Result<&'s Move> {
    let (life, state) = (&setting.matter.life, loaded.state.code.as_str());
    let roles: Vec<Role> = standing.roles();
    let who = match standing {
        Standing::Applicant => Who::Applicant,
        Standing::Staff { .. } => Who::Staff(&roles),
        Standing::System => Who::System,
    };
    if let Some(mv) = life.actions_for(state, who).into_iter().find(|mv| mv.verb == verb) {
        return Ok(mv);
    }
    match life.find(state, verb) {
        None => Err(issues::not_in_this_state(life.state(state)).into()),
        Some(mv) => Err(Error::Denied(issues::not_your_move(&mv.name))),
    }
}

/// A move about to be written.
pub(crate) struct NewEvent<'a> {
    pub(crate) staff: Option<StaffId>,
    pub(crate) at: kernel::Instant,
    pub(crate) detail: Detail,
    pub(crate) act: &'a Act,
}

/// Writes a move that is allowed: log, head, clocks, what hangs on it, trail and messages; the document last, because its number is taken
/// from a counter that others wait for.
pub(crate) async fn write(tx: &Tx, ctx: &Ctx, setting: &Setting, loaded: Loaded, mv: &Move, new: NewEvent<'_>) -> Result<Loaded> {
    let Loaded { head, mut log, state: before, legal } = loaded;
    let life = &setting.matter.life;
    let (seen, from) = (before.seq, before.code.clone());
    let event = Event {
        seq: seen + 1,
        verb: mv.verb.clone(),
        to: mv.to.clone().unwrap_or_else(|| from.clone()),
        from,
        at: new.at,
        staff: new.staff,
        detail: new.detail,
    };
    let old_ends = setting.ends(&before);
    let state = before.apply(life, &event)?;
    let phase = life.state(&state.code).ok_or_else(|| Error::internal("a move into no state"))?.phase;
    let ends = setting.ends(&state);
    let step = Step { case: head.id, seen, verb: &mv.verb, from: &event.from, to: &event.to, phase, reason: &new.act.reason };
    // The head first: whoever changes its version has the case, and everybody else is told so.
    cases::project(tx, head.id, seen, &state, phase, &ends).await?;
    action::append_at(tx, ctx, &step, event.seq, &event.detail, event.at).await?;
    effects::deadlines(tx, ctx, setting, &head, &state, (&old_ends, &ends)).await?;
    effects::rows(tx, ctx, &head, mv, &event, &state, new.act, &ends).await?;
    effects::hand_out(tx, ctx, setting, &head, mv, &state, new.act).await?;
    if mv.has(Effect::Accepts) || mv.has(Effect::AcceptsSilently) || mv.decides() {
        let (_, answers) = data::newest(tx, ctx, head.id).await?;
        let told = Decided { case: head.id, case_no: head.case_no.clone(), head: head.clone(), answers, outcome: state.outcome };
        let hooks = &setting.matter.hooks;
        if mv.decides() { hooks.on_decide(tx, ctx, &told).await? } else { hooks.on_accept(tx, ctx, &told).await? }
    }
    let (seq, at) = (event.seq, event.at);
    log.push(event);
    let after = Loaded { head: cases::by_id(tx, ctx, head.id).await?, log, state, legal };
    overrun::keep(tx, &head, &after.head, seq, at, Some(mv)).await?;
    // The limit of the case above follows; of one that has none above, its own follows its parts.
    let over = head.parent.or_else(|| setting.matter.case_type.joint.is_some().then_some(head.id));
    if let Some(over) = over {
        super::joint::follow(tx, ctx, &setting.calendar, over).await?;
    }
    effects::tell(tx, ctx, setting, &after, mv, new.act, &ends).await?;
    Ok(after)
}

