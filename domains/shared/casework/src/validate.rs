//! Declarations are checked at start: a program whose tables contradict themselves does not start.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use catalog::model::Elements;
use kernel::{Calendar, Day};

use crate::model::{By, CaseType, Effect, Field, FieldKind, Life, LifeCycle, When};

/// A contradiction, with its place in the declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Key of the declaration.
    pub matter: String,
    /// The path: `life.moves[3].to`.
    pub path: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.matter, self.path, self.what)
    }
}

struct Found<'t> {
    matter: &'t str,
    mistakes: Vec<Mistake>,
}

impl Found<'_> {
    fn add(&mut self, path: impl Into<String>, what: impl Into<String>) {
        self.mistakes.push(Mistake { matter: self.matter.to_owned(), path: path.into(), what: what.into() });
    }
}

/// All mistakes of all declarations, each on its own and against the others.
pub fn check(declarations: &[&CaseType]) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = declarations.iter().flat_map(|declaration| declaration.validate()).collect();
    let mut keys = HashSet::new();
    for declaration in declarations {
        if !keys.insert(declaration.key.as_str()) {
            mistakes.push(Mistake { matter: declaration.key.clone(), path: "key".to_owned(), what: "two declarations have this key".to_owned() });
        }
        for (at, part) in declaration.joint.iter().flat_map(|joint| joint.parts.iter().enumerate()) {
            if !declarations.iter().any(|other| other.key == *part) {
                mistakes.push(Mistake { matter: declaration.key.clone(), path: format!("joint.parts[{at}]"), what: format!("no declaration has the key {part}") });
            }
        }
    }
    mistakes
}

impl CaseType {
    /// Everything in the declaration that contradicts itself.
    pub fn validate(&self) -> Vec<Mistake> {
        let mut found = Found { matter: &self.key, mistakes: Vec::new() };
        if self.key.is_empty() || self.service.is_empty() {
            found.add("key", "key and service may not be empty");
        }
        self.form(&mut found);
        for (at, limit) in self.limits.iter().enumerate() {
            self.conditions(&format!("limits[{at}]"), &limit.when, &mut found);
            if limit.source.is_empty() || limit.limit.period().is_none() {
                found.add(format!("limits[{at}]"), "a limit of the law has a length and a source");
            }
        }
        if let Life::Standard { without } = &self.life {
            for (at, step) in without.iter().enumerate().filter(|(_, step)| !crate::life::standard().optional.iter().any(|optional| optional.step == **step)) {
                found.add(format!("life.standard.without[{at}]"), format!("the common life-cycle has no optional step {step}"));
            }
        }
        life(&self.life_cycle(), &mut found);
        found.mistakes
    }

    /// Everything in which the declaration and a published item contradict each other.
    pub fn validate_item(&self, elements: &Elements, calendar: &Calendar) -> Vec<Mistake> {
        let mut found = Found { matter: &self.key, mistakes: Vec::new() };
        let has = |key: &str| elements.materials.iter().any(|material| material.key == key);
        for (at, rule) in self.materials.iter().enumerate().filter(|(_, rule)| !has(&rule.key)) {
            found.add(format!("materials[{at}].key"), format!("the item has no material {}", rule.key));
        }
        for (path, field) in self.fields() {
            if let FieldKind::Upload { material } = &field.kind
                && !has(material)
            {
                found.add(format!("{path}.kind.upload"), format!("the item has no material {material}"));
            }
        }
        if let (Some(promise), Some(legal)) = (elements.promise.period(), elements.legal_limit.period()) {
            // One start a week through a year: holidays make working days longer than they look.
            let starts = (0..52).map(|week| Day::ymd(2026, 1, 5).plus_days(week * 7));
            if let Some(start) = starts.into_iter().find(|start| calendar.due(*start, promise).day > calendar.due(*start, legal).day) {
                found.add("item.promise", format!("the promise is later than the law for a start on {start}"));
            }
        }
        found.mistakes
    }

    fn fields(&self) -> impl Iterator<Item = (String, &Field)> {
        self.sections.iter().enumerate().flat_map(|(section, page)| {
            page.fields.iter().enumerate().map(move |(at, field)| (format!("sections[{section}].fields[{at}]"), field))
        })
    }

    /// The answers that a condition may ask for: those of questions, choices and yes-no.
    fn answers_of(&self, key: &str) -> Option<Vec<&str>> {
        if let Some(question) = self.questions.iter().find(|question| question.key == key) {
            return Some(question.choices.iter().map(|choice| choice.code.as_str()).collect());
        }
        let (_, field) = self.fields().find(|(_, field)| field.key == key)?;
        match &field.kind {
            FieldKind::Choice { choices } => Some(choices.iter().map(|choice| choice.code.as_str()).collect()),
            FieldKind::YesNo => Some(vec!["yes", "no"]),
            _ => None,
        }
    }

    fn conditions(&self, path: &str, conditions: &[When], found: &mut Found<'_>) {
        for (at, when) in conditions.iter().enumerate() {
            match self.answers_of(&when.answer) {
                None => found.add(format!("{path}.when[{at}].answer"), format!("there is no question or choice {}", when.answer)),
                Some(answers) => {
                    for unknown in when.is.iter().filter(|code| !answers.contains(&code.as_str())) {
                        found.add(format!("{path}.when[{at}].is"), format!("{} cannot be answered with {unknown}", when.answer));
                    }
                    if when.is.is_empty() {
                        found.add(format!("{path}.when[{at}].is"), "no answer would do: it would never be asked");
                    }
                }
            }
        }
    }

    fn form(&self, found: &mut Found<'_>) {
        let mut keys = HashSet::new();
        for (at, question) in self.questions.iter().enumerate() {
            if !keys.insert(question.key.clone()) {
                found.add(format!("questions[{at}].key"), format!("{} is there twice", question.key));
            }
            if question.choices.len() < 2 {
                found.add(format!("questions[{at}].choices"), "a question needs two answers at least");
            }
        }
        for (path, field) in self.fields() {
            if !keys.insert(field.key.clone()) {
                found.add(format!("{path}.key"), format!("{} is there twice", field.key));
            }
            self.conditions(&path, &field.when, found);
            if field.when.iter().any(|when| when.answer == field.key) {
                found.add(format!("{path}.when"), "a field cannot depend on itself");
            }
            match &field.kind {
                FieldKind::Number { min, max } if min > max => found.add(format!("{path}.kind.number"), "the smallest number is above the largest"),
                FieldKind::Text { max: 0 } | FieldKind::LongText { max: 0 } => found.add(format!("{path}.kind"), "nothing could be written"),
                FieldKind::Choice { choices } if choices.len() < 2 => found.add(format!("{path}.kind.choice"), "a choice needs two answers at least"),
                _ => {}
            }
        }
        let mut sections = HashSet::new();
        for (at, section) in self.sections.iter().enumerate() {
            if !sections.insert(&section.key) {
                found.add(format!("sections[{at}].key"), format!("{} is there twice", section.key));
            }
            self.conditions(&format!("sections[{at}]"), &section.when, found);
        }
        for (at, rule) in self.materials.iter().enumerate() {
            self.conditions(&format!("materials[{at}]"), &rule.when, found);
        }
    }
}

/// Everything in a life-cycle that contradicts itself.
fn life(life: &LifeCycle, found: &mut Found<'_>) {
    let Some(first) = life.states.first() else {
        found.add("life.states", "there is no state");
        return;
    };
    let mut codes = HashSet::new();
    for (at, state) in life.states.iter().enumerate() {
        let path = format!("life.states[{at}]");
        if !codes.insert(state.code.as_str()) {
            found.add(format!("{path}.code"), format!("{} is there twice", state.code));
        }
        let leaves = life.moves.iter().any(|mv| mv.leaves(&state.code) && mv.to.as_ref().is_some_and(|to| *to != state.code));
        if !leaves && !state.phase.is_closed() {
            found.add(format!("{path}.code"), format!("nothing leads out of {}, and it is not the end", state.code));
        }
        if let Some(limit) = &state.limit
            && limit.source.trim().is_empty()
        {
            found.add(format!("{path}.limit.source"), "a limit needs the paper that sets it");
        }
    }
    if first.phase.is_closed() {
        found.add("life.states[0].phase", "a case cannot begin at its end");
    }
    let mut seen = HashSet::new();
    for (at, mv) in life.moves.iter().enumerate() {
        let path = format!("life.moves[{at}]");
        for state in mv.from.iter().chain(&mv.to).chain(&mv.or).filter(|code| life.state(code).is_none()) {
            found.add(path.clone(), format!("{} names the unknown state {state}", mv.verb));
        }
        if mv.verb == crate::model::TRANSFER {
            found.add(format!("{path}.verb"), "every case has this event already");
        }
        if mv.by.is_empty() {
            found.add(format!("{path}.by"), format!("nobody may do {}", mv.verb));
        }
        for state in &mv.from {
            if !seen.insert((state.clone(), mv.verb.clone())) {
                found.add(path.clone(), format!("{} is there twice for {state}", mv.verb));
            }
            let closed = life.state(state).is_some_and(|state| state.phase.is_closed());
            let opens = mv.to.as_deref().and_then(|to| life.state(to)).is_some_and(|to| !to.phase.is_closed());
            if closed && opens {
                found.add(format!("{path}.to"), format!("{} would open the closed state {state} again", mv.verb));
            }
            let timed = mv.by.contains(&By::Time(crate::model::Timer::Step));
            if timed && life.state(state).is_some_and(|state| state.limit.is_none()) {
                found.add(format!("{path}.by"), format!("{state} has no limit that could run out"));
            }
        }
        if mv.has(Effect::Grants) && mv.has(Effect::Refuses) {
            found.add(format!("{path}.effects"), "a decision cannot go both ways");
        }
        if mv.by.iter().any(|by| matches!(by, By::Time(_))) && (mv.to.is_none() || !mv.needs.is_empty()) {
            found.add(path.clone(), format!("time does {}: it has to lead somewhere and can give nothing", mv.verb));
        }
    }
    for code in unreachable(life) {
        let at = life.states.iter().position(|state| state.code == code).unwrap_or_default();
        found.add(format!("life.states[{at}].code"), format!("nothing leads to {code}"));
    }
    if timed_circle(life) {
        found.add("life.moves", "time alone could move a case in a circle");
    }
}

fn unreachable(life: &LifeCycle) -> Vec<String> {
    let mut reached: BTreeSet<&str> = life.states.first().map(|state| state.code.as_str()).into_iter().collect();
    loop {
        let more: Vec<&str> = life
            .moves
            .iter()
            .filter(|mv| mv.from.iter().any(|from| reached.contains(from.as_str())))
            .flat_map(|mv| mv.to.iter().chain(&mv.or))
            .map(String::as_str)
            .filter(|to| !reached.contains(to))
            .collect();
        if more.is_empty() {
            return life.states.iter().filter(|state| !reached.contains(state.code.as_str())).map(|state| state.code.clone()).collect();
        }
        reached.extend(more);
    }
}

/// Where time alone leads from a state.
fn timed<'l>(life: &'l LifeCycle, state: &str) -> Vec<&'l str> {
    let by_time = |mv: &&crate::model::Move| mv.leaves(state) && mv.by.iter().any(|by| matches!(by, By::Time(_)));
    life.moves.iter().filter(by_time).filter_map(|mv| mv.to.as_deref()).collect()
}

fn timed_circle(life: &LifeCycle) -> bool {
    life.states.iter().any(|start| {
        let mut reached: BTreeSet<&str> = timed(life, &start.code).into_iter().collect();
        loop {
            if reached.contains(start.code.as_str()) {
                return true;
            }
            let more: Vec<&str> = reached.iter().flat_map(|state| timed(life, state)).filter(|to| !reached.contains(to)).collect();
            if more.is_empty() {
                return false;
            }
            reached.extend(more);
        }
    })
}
