//! One act of one proceeding, while its rule looks at it: what is known, what it changes, what else follows.

use kernel::{Calendar, Day, Issue, Issues};
use platform::{Ctx, Error, Result};

use super::clocks::{Clock, Started};
use super::input::Input;
use super::model::{Content, Detail, Fact, FactId, FactKind, Illegal, Kind, Listing, Officer, PenaltyKind, ProceedingId, State};
use super::numbers::{self, Limits};
use super::papers::{Document, PaperKind, Service};
use super::standing::Standing;
use super::states::{Act, DELIVER};
use crate::{Entry, Status};

/// Something to be written about an organisation.
#[derive(Debug, Clone)]
pub(super) struct NewFact {
    pub(super) id: FactId,
    pub(super) kind: FactKind,
    pub(super) code: String,
    pub(super) effective_on: Day,
    pub(super) until_on: Option<Day>,
    /// The public reads it from now on.
    pub(super) public: bool,
    pub(super) detail: Detail,
}

/// What an act causes outside of its own proceeding, in its transaction.
#[derive(Debug, Clone)]
pub(super) enum Effect {
    /// Something stands about the organisation from now on.
    Add(NewFact),
    /// Something no longer stands; void: it never should have.
    End { fact: FactId, on: Day, why: String, void: bool },
    /// The public reads it from now on.
    Publish(FactId),
    /// The organisation gets another status.
    Status { status: Status, on: Day },
    /// A listing is proposed by the program.
    Propose(Listing, i64),
    /// A clue for a penalty.
    Clue(String),
    /// Documents of this kind in another proceeding no longer count.
    Void(ProceedingId, PaperKind),
    /// An illegal organisation is published.
    Expose(Illegal),
    /// It is no longer.
    Conceal,
}

/// The act, its input, what is known, and what comes of it.
pub(super) struct Turn<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) act: &'static Act,
    pub(super) input: &'a Input,
    pub(super) calendar: &'a Calendar,
    pub(super) limits: &'static Limits,
    /// The organisation; none for an illegal one.
    pub(super) entry: Option<&'a Entry>,
    /// Everything that stands or stood about it.
    pub(super) facts: &'a [Fact],
    pub(super) standing: &'a Standing,
    /// Officers that were chosen, as they are known.
    pub(super) officers: &'a [Officer],
    /// Where it stands, and where it will.
    pub(super) state: State,
    /// By when somebody has to act next.
    pub(super) due: Option<Day>,
    /// The year of a report.
    pub(super) year: i64,
    /// The last day to file the report of that year.
    pub(super) report_due: Option<Day>,
    /// The document that the act leaves behind; a rule may find that nothing calls for it.
    pub(super) paper: Option<PaperKind>,
    /// Documents that no longer count after it.
    pub(super) voids: Option<PaperKind>,
    /// What is served.
    pub(super) document: Option<Document>,
    /// How.
    pub(super) service: Option<Service>,
    /// Periods that begin with the act, and those whose end was set by hand and is no longer counted.
    pub(super) clocks: Vec<(Clock, Option<Started>)>,
    pub(super) effects: Vec<Effect>,
    pub(super) warnings: Vec<Issue>,
    pub(super) issues: Issues,
}

impl Turn<'_> {
    pub(super) fn today(&self) -> Day {
        self.ctx.today()
    }

    /// The organisation.
    pub(super) fn entry(&self) -> Result<&Entry> {
        self.entry.ok_or_else(|| Error::internal("a proceeding about an organisation without one"))
    }

    pub(super) fn kind(&self) -> Result<crate::Kind> {
        Ok(self.entry()?.head.kind)
    }

    pub(super) fn words(&mut self, name: &str) -> String {
        self.input.words(&mut self.issues, name)
    }

    /// A text that will be public: personal data in it are refused.
    pub(super) fn public_words(&mut self, name: &str) -> String {
        let words = self.words(name);
        let screened = interaction::screen::screen(&words, &[]);
        self.issues.ensure(screened == words, || super::issues::personal(name));
        words
    }

    pub(super) fn past(&mut self, name: &str) -> Day {
        let today = self.today();
        self.input.past(&mut self.issues, name, today)
    }

    /// A period begins: its last day, which a new calendar may move.
    pub(super) fn starts(&mut self, clock: Clock, from: Day) -> Day {
        self.clocks.push((clock, Some(clock.starts(from))));
        clock.limit().due(self.calendar, from)
    }

    /// The end of a period has been set by hand.
    pub(super) fn sets(&mut self, clock: Clock) {
        self.clocks.push((clock, None));
    }

    /// A fact under a new id.
    pub(super) fn add(&mut self, kind: FactKind, code: impl Into<String>, effective_on: Day, until_on: Option<Day>, public: bool, detail: Detail) -> FactId {
        let id = self.ctx.id();
        self.effects.push(Effect::Add(NewFact { id, kind, code: code.into(), effective_on, until_on, public, detail }));
        id
    }

    pub(super) fn end(&mut self, fact: FactId, why: &str, void: bool) {
        let on = self.today();
        self.effects.push(Effect::End { fact, on, why: why.to_owned(), void });
    }

    /// A listing that the program proposes for this reason.
    pub(super) fn propose(&mut self, reason: &str, facts: &str) {
        self.effects.push(proposal(reason, facts, self.today(), 0));
    }

    /// Refuses with everything that was found, or goes on.
    pub(super) fn settle(&mut self) -> Result<()> {
        self.warnings.extend(std::mem::take(&mut self.issues).finish()?);
        Ok(())
    }
}

/// A listing that the program proposes for this reason; `year` of a report that is missing, else 0.
pub(super) fn proposal(reason: &str, facts: &str, arose_on: Day, year: i64) -> Effect {
    let list = numbers::reason(reason).map(|reason| reason.list);
    Effect::Propose(Listing { list, reason: reason.to_owned(), facts: facts.to_owned(), arose_on: Some(arose_on), ..Listing::default() }, year)
}

/// Codes of kinds of penalties as they are stored.
pub(super) fn penalty_codes(kinds: &[PenaltyKind]) -> String {
    kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(" ")
}

/// Applies the rule of an act to what is known in the proceeding.
pub(super) fn apply(turn: &mut Turn<'_>, content: &mut Content) -> Result<()> {
    if let Some(to) = turn.act.to {
        turn.state = to;
        turn.due = None;
    }
    if turn.act.code == DELIVER {
        super::rules::service::served(turn);
        return turn.settle();
    }
    match content {
        Content::Listing(content) => super::rules::listing::apply(turn, content),
        Content::Penalty(content) => super::rules::penalty::apply(turn, content),
        Content::Annual(content) => super::rules::annual::apply(turn, content),
        Content::Evaluation(content) => super::rules::evaluation::apply(turn, content),
        Content::Fundraising(content) => super::rules::fundraising::apply(turn, content),
        Content::Illegal(content) => super::rules::illegal::apply(turn, content),
        Content::Inspection(content) => super::rules::inspection::apply(turn, content),
    }?;
    turn.settle()
}

/// Whether proceedings of this kind can be opened about an organisation that has ended.
pub(super) fn of_the_living(kind: Kind) -> bool {
    matches!(kind, Kind::Annual | Kind::Evaluation | Kind::Fundraising | Kind::Inspection)
}
