//! A case as a page shows it: as of now, whether or not the jobs ran.

use kernel::{Day, Issue, Lang, Text, mask};
use platform::{Ctx, Error, Result, Role, audit};

use super::access::{self, Standing};
use super::attach::JUDGES;
use super::joint::OPENERS;
use super::pledge::CHECKERS;
use super::setting::Setting;
use super::settle::as_of_now;
use super::transfer::{self, SENDERS};
use super::unmanned;
use crate::clock::Ends;
use crate::fold::CaseState;
use crate::life::Who;
use crate::matters::matters;
use crate::model::{Answers, CaseHead, Material, Move, Opinion, Pledge, StoredCorrection, Suspension, TRANSFER};
use crate::store::{action, cases, data, materials, notes};
use crate::{CaseId, Phase, separation};

/// A move that the reader may make, or that his role could and somebody else has to.
#[derive(Debug, Clone)]
pub struct Action {
    /// The move: name, what it needs, whether it is asked for twice.
    pub mv: Move,
    /// Why he may not, although his role may.
    pub barred: Option<Issue>,
}

/// A line of the log, in words.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// Number of the event.
    pub seq: i64,
    /// What was done.
    pub name: Text,
    /// The state that it left.
    pub state: Text,
    /// Who did it; empty for the applicant and for jobs.
    pub actor: String,
    /// When.
    pub at: kernel::Instant,
    /// Why.
    pub reason: String,
}

/// A case.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The head; for staff who only read, name and numbers are masked.
    pub head: CaseHead,
    /// Name of the item.
    pub item: Text,
    /// The item as it was when the case began.
    pub elements: Option<Box<catalog::model::Elements>>,
    /// What the log says as of now.
    pub state: CaseState,
    /// Name of the state.
    pub state_name: Text,
    /// Its phase.
    pub phase: Phase,
    /// The periods that run.
    pub ends: Ends,
    /// Version of the form under which the answers were given.
    pub schema: i64,
    /// The answers.
    pub answers: Answers,
    /// Papers.
    pub materials: Vec<Material>,
    /// Opinions; empty for the applicant.
    pub opinions: Vec<Opinion>,
    /// Special procedures.
    pub suspensions: Vec<Suspension>,
    /// What had to be mended.
    pub corrections: Vec<StoredCorrection>,
    /// 告知承诺.
    pub pledge: Option<Pledge>,
    /// The parts of a joint case.
    pub children: Vec<Part>,
    /// The log.
    pub log: Vec<LogLine>,
    /// What the reader may do.
    pub actions: Vec<Action>,
    /// What the reader may do beside the moves of the table.
    pub may: May,
    /// The roles of which one is needed to go on and that nobody has for this case.
    pub unmanned: Vec<Role>,
    /// What the service adds for the clerk.
    pub facts: Vec<(Text, Text)>,
}

/// A part of a joint case.
#[derive(Debug, Clone)]
pub struct Part {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub case_no: String,
    /// The matter.
    pub item: Text,
    /// Its state.
    pub state: Text,
    /// Its phase.
    pub phase: Phase,
    /// Last day of its promise.
    pub due: Option<Day>,
}

/// What the reader may do beside the moves of the table. The operations ask the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    /// Judge papers, and take further ones in.
    pub judge: bool,
    /// Send the case to another body.
    pub transfer: bool,
    /// Check a pledge that was not checked yet.
    pub check_pledge: bool,
    /// Open the parts of a joint case.
    pub open_parts: bool,
    /// Print the receipt again.
    pub receipt: bool,
}

impl CaseView {
    /// The running periods in words: `20 个工作日，自 9 月 18 日起，至 10 月 22 日；中秋 3 天、国庆 7 天不计`.
    pub fn explain(&self, lang: Lang) -> Vec<(String, String)> {
        self.ends.explain().into_iter().map(|(name, words)| (name.get(lang).to_owned(), words.get(lang).to_owned())).collect()
    }
}

/// A case for a member of staff: one audited look.
///
/// # Errors
/// `E-P805` for a case outside the actor's regions, bodies and items; `NotFound`.
pub async fn view(ctx: &Ctx, case: CaseId) -> Result<CaseView> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    let standing = access::standing(ctx, &setting.matter, &head).await?;
    if standing == Standing::Applicant {
        return Err(Error::NotFound);
    }
    let event = audit::Event::new("case.read", "case", case).person(head.applicant.person).region(&head.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    let mut view = load(ctx, &setting, &standing, case).await?;
    view.facts = setting.matter.hooks.facts(ctx, &view).await?;
    if view.actions.is_empty() && (May { receipt: false, ..view.may }) == May::default() && standing != Standing::System {
        let applicant = &mut view.head.applicant;
        applicant.name = mask::name(&applicant.name);
        applicant.number = mask::id_number(&applicant.number);
    }
    Ok(view)
}

/// A case for its applicant, or the agent.
///
/// # Errors
/// `SignIn`; `NotFound` for somebody else's.
pub async fn my_case(ctx: &Ctx, case: CaseId) -> Result<CaseView> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    match access::standing(ctx, &setting.matter, &head).await? {
        Standing::Applicant => load(ctx, &setting, &Standing::Applicant, case).await,
        Standing::Staff { .. } | Standing::System => Err(Error::NotFound),
    }
}

async fn load(ctx: &Ctx, setting: &Setting, standing: &Standing, case: CaseId) -> Result<CaseView> {
    let loaded = setting.load(ctx.db(), ctx, case).await?;
    let state = as_of_now(setting, loaded.legal, loaded.state, ctx)?;
    let life = &setting.matter.life;
    let at = life.state(&state.code).ok_or_else(|| Error::internal("a case in no state"))?;
    let (schema, answers) = data::newest(ctx.db(), ctx, case).await?;
    let opinions = if *standing == Standing::Applicant { Vec::new() } else { notes::opinions(ctx.db(), ctx, case).await? };
    let pledge = notes::pledge(ctx.db(), case).await?;
    let unmanned = if *standing == Standing::Applicant { Vec::new() } else { unmanned::missing(ctx, life, &loaded.head, &state.code).await? };
    Ok(CaseView {
        item: setting.item_name().clone(),
        elements: setting.elements().cloned().map(Box::new),
        state_name: at.name.clone(),
        phase: at.phase,
        ends: setting.ends(&state),
        schema,
        answers,
        materials: materials::of_case(ctx.db(), ctx, case).await?,
        opinions,
        suspensions: notes::suspensions(ctx.db(), case).await?,
        corrections: notes::corrections(ctx.db(), ctx, case).await?,
        may: may(setting, standing, at.phase, &state, pledge.as_ref()),
        unmanned,
        pledge,
        children: parts(ctx, case).await?,
        log: log(ctx, setting, standing, case).await?,
        actions: actions(ctx, setting, standing, &state),
        facts: Vec::new(),
        head: loaded.head,
        state,
    })
}

async fn parts(ctx: &Ctx, case: CaseId) -> Result<Vec<Part>> {
    let matters = matters(ctx)?;
    let part = |row: cases::PartRow| {
        let matter = matters.get(&row.case_type);
        let phase = Phase::from_code(&row.phase).ok_or_else(|| Error::internal("an unknown phase"))?;
        Ok(Part {
            id: row.id,
            case_no: row.case_no,
            item: matter.map(|matter| matter.case_type.name.clone()).unwrap_or_default(),
            state: matter.and_then(|matter| matter.life.state(&row.state)).map_or_else(|| phase.name(), |state| state.name.clone()),
            phase,
            due: row.promise_due.map(Day::try_from).transpose().map_err(Error::internal)?,
        })
    };
    cases::parts(ctx.db(), case).await?.into_iter().map(part).collect()
}

fn may(setting: &Setting, standing: &Standing, phase: Phase, state: &CaseState, pledge: Option<&Pledge>) -> May {
    let has = |any: &[Role]| standing.roles().iter().any(|role| any.contains(role));
    let open = !phase.is_closed();
    May {
        judge: open && has(&JUDGES),
        transfer: open && state.accepted_at.is_none() && has(&SENDERS),
        check_pledge: pledge.is_some_and(|pledge| pledge.kept.is_none()) && has(&CHECKERS),
        receipt: has(&[Role::Clerk]),
        open_parts: open && setting.matter.case_type.joint.is_some() && has(&OPENERS),
    }
}

/// What the actor may do, from the one table.
fn actions(ctx: &Ctx, setting: &Setting, standing: &Standing, state: &CaseState) -> Vec<Action> {
    let roles = standing.roles();
    let who = match standing {
        Standing::Applicant => Who::Applicant,
        Standing::Staff { .. } => Who::Staff(&roles),
        Standing::System => return Vec::new(),
    };
    let staff = ctx.actor().staff().map(|staff| staff.id);
    let bar = |mv: &Move| staff.and_then(|staff| separation::bar(setting.separation(), state, mv, staff));
    setting.matter.life.actions_for(&state.code, who).into_iter().map(|mv| Action { barred: bar(mv), mv: mv.clone() }).collect()
}

async fn log(ctx: &Ctx, setting: &Setting, standing: &Standing, case: CaseId) -> Result<Vec<LogLine>> {
    let life = &setting.matter.life;
    let lines = action::actions_of(ctx.db(), case).await?.into_iter().map(|line| {
        let name = match life.moves.iter().find(|mv| mv.verb == line.verb) {
            Some(mv) => mv.name.clone(),
            None if line.verb == TRANSFER => transfer::name(),
            None => Text::new("提交", "Submitted"),
        };
        let state = life.state(&line.state_to).map(|state| state.name.clone()).unwrap_or_default();
        // The applicant sees the body's acts, not its people.
        let actor = if *standing == Standing::Applicant { String::new() } else { line.actor_name };
        LogLine { seq: line.seq, name, state, actor, at: line.at, reason: line.reason }
    });
    Ok(lines.collect())
}
