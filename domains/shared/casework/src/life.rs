//! The life-cycle of a matter, and the one table of actions that the buttons and the operations both ask.

use std::sync::LazyLock;

use platform::Role;

use crate::Phase;
use crate::model::{By, CaseType, Effect, Life, LifeCycle, Move, State, Timer};

/// The common life-cycle, as the data file has it.
pub fn standard() -> &'static LifeCycle {
    static STANDARD: LazyLock<LifeCycle> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/casework/standard.toml")).expect("a test reads the file that is carried")
    });
    &STANDARD
}

/// Who wants to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who<'a> {
    /// The applicant, or his agent.
    Applicant,
    /// A member of staff with these roles for the case.
    Staff(&'a [Role]),
    /// A limit that has run out.
    Time(Timer),
    /// The program, as a consequence of something else.
    System,
}

impl By {
    /// The role, if members of staff may do it.
    pub fn role(self) -> Option<Role> {
        if let Self::Role(role) = self { Some(role) } else { None }
    }

    fn allows(self, who: Who<'_>) -> bool {
        match (self, who) {
            (Self::Applicant, Who::Applicant) | (Self::System, Who::System) => true,
            (Self::Role(role), Who::Staff(roles)) => roles.contains(&role),
            (Self::Time(timer), Who::Time(run_out)) => timer == run_out,
            _ => false,
        }
    }
}

impl LifeCycle {
    /// The state with this code.
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.iter().find(|state| state.code == code)
    }

    /// The state in which a case begins.
    ///
    /// # Panics
    /// For a life-cycle without states, which is refused at start.
    pub fn first(&self) -> &State {
        self.states.first().expect("a validated life-cycle has states")
    }

    /// What `who` may do in a state, in the order of the table. The one answer for buttons and operations.
    pub fn actions_for(&self, state: &str, who: Who<'_>) -> Vec<&Move> {
        self.moves.iter().filter(|mv| mv.leaves(state) && mv.by.iter().any(|by| by.allows(who))).collect()
    }

    /// The move with this verb in a state, whoever does it.
    pub fn find(&self, state: &str, verb: &str) -> Option<&Move> {
        self.moves.iter().find(|mv| mv.verb == verb && mv.leaves(state))
    }

    /// The roles of which one has to act for a case to go on from a state; none where only the applicant or time can.
    pub fn who_goes_on(&self, state: &str) -> Vec<Role> {
        let Some(here) = self.state(state) else { return Vec::new() };
        let phase = |to: &String| self.state(to).map(|state| state.phase);
        let onward = |mv: &&Move| mv.to.as_ref().and_then(phase).is_some_and(|to| here.phase < to && to <= Phase::Finished);
        let mut roles: Vec<Role> =
            self.moves.iter().filter(|mv| mv.leaves(state)).filter(onward).flat_map(|mv| &mv.by).filter_map(|by| by.role()).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The roles that may do anything at all in a case of this life-cycle: who may see it.
    pub fn roles(&self) -> Vec<Role> {
        let mut roles: Vec<Role> = self.moves.iter().flat_map(|mv| &mv.by).filter_map(|by| by.role()).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The same life-cycle without some of its optional steps: their states and moves go, and what led into them leads past.
    pub fn without(&self, steps: &[String]) -> Self {
        let gone: Vec<_> = self.optional.iter().filter(|optional| steps.contains(&optional.step)).collect();
        let past = |state: &String| gone.iter().find(|optional| optional.states.contains(state)).map(|optional| &optional.then);
        let is_gone = |state: &String| past(state).is_some();
        let kept = |mv: &&Move| mv.step.as_ref().is_none_or(|step| !gone.iter().any(|optional| optional.step == *step));
        let shorten = |mv: &Move| Move {
            from: mv.from.iter().filter(|state| !is_gone(state)).cloned().collect(),
            to: mv.to.as_ref().map(|to| past(to).unwrap_or(to).clone()),
            or: mv.or.iter().map(|to| past(to).unwrap_or(to).clone()).collect(),
            ..mv.clone()
        };
        Self {
            optional: self.optional.iter().filter(|optional| !steps.contains(&optional.step)).cloned().collect(),
            states: self.states.iter().filter(|state| !is_gone(&state.code)).cloned().collect(),
            moves: self.moves.iter().filter(kept).map(shorten).filter(|mv| !mv.from.is_empty()).collect(),
        }
    }
}

impl Move {
    /// Whether it may be done in this state.
    pub fn leaves(&self, state: &str) -> bool {
        self.from.iter().any(|from| from == state)
    }

    /// Whether it has this effect.
    pub fn has(&self, effect: Effect) -> bool {
        self.effects.contains(&effect)
    }

    /// Whether it needs this.
    pub fn needs(&self, need: crate::model::Need) -> bool {
        self.needs.contains(&need)
    }

    /// Whether it decides the case.
    pub fn decides(&self) -> bool {
        self.has(Effect::Grants) || self.has(Effect::Refuses)
    }
}

impl CaseType {
    /// The life-cycle of this matter.
    pub fn life_cycle(&self) -> LifeCycle {
        match &self.life {
            Life::Standard { without } => standard().without(without),
            Life::Own(life) => life.clone(),
        }
    }
}
