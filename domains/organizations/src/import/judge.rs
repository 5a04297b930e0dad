//! What becomes of a line: the same judgement for the dry run and for loading.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, Issue, RegionCode};
use platform::OrgId;

use super::issues;
use super::mapping::Mapping;
use super::row::{self, Kept, Key};
use crate::model::{Amendment, Entry, NewEntry, OrganizationId};

/// What holds for the whole table.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) mapping: Mapping,
    /// Divisions that may occur.
    pub(super) regions: BTreeSet<RegionCode>,
    /// The body where a line names none.
    pub(super) authority: OrgId,
    /// Its name, for entries that tell none.
    pub(super) authority_name: String,
    pub(super) today: Day,
}

/// What becomes of a line.
#[derive(Debug, Clone)]
pub(super) enum Fate {
    /// An organisation that was not known.
    New(Box<NewEntry>),
    /// Another version of one that was: its id, the version that was seen, what it says now.
    Changed(OrganizationId, i64, Box<Amendment>),
    /// It is there as it is.
    Same,
    /// It cannot be taken.
    Refused(Vec<Issue>),
}

/// A line, read as far as whom it is about.
pub(super) struct Read {
    pub(super) line: Kept,
    pub(super) key: Result<Key, Vec<Issue>>,
}

impl Read {
    pub(super) fn new(line: Kept, mapping: &Mapping) -> Self {
        Self { key: row::key(&line, mapping), line }
    }

    /// The credit code, where it is one.
    pub(super) fn code(&self) -> Option<&str> {
        self.key.as_ref().ok().map(|key| key.uscc.as_str())
    }
}

/// Judges a line. `bodies` are the authorities that lines name, by credit code; `known` the entries, by credit code; `first` the line in
/// which each code stands first.
pub(super) fn judge(
    frame: &Frame,
    read: &Read,
    bodies: &BTreeMap<String, OrgId>,
    known: &BTreeMap<String, Entry>,
    first: &BTreeMap<String, i64>,
    id: impl FnOnce() -> OrganizationId,
) -> Fate {
    let key = match &read.key {
        Ok(key) => key,
        Err(issues) => return Fate::Refused(issues.clone()),
    };
    if let Some(line) = first.get(key.uscc.as_str()).filter(|line| **line != read.line.number) {
        return Fate::Refused(vec![issues::duplicate(*line)]);
    }
    if !frame.regions.contains(&key.region) {
        return Fate::Refused(vec![issues::elsewhere(key.region.as_str())]);
    }
    let authority = match &key.authority {
        None => frame.authority,
        Some(code) => match bodies.get(code) {
            Some(body) => *body,
            None => return Fate::Refused(vec![issues::unreadable("authority_uscc")]),
        },
    };
    let outcome = match known.get(key.uscc.as_str()) {
        Some(entry) => changed(frame, read, key, authority, entry),
        None => fresh(frame, read, key, authority, id),
    };
    outcome.unwrap_or_else(Fate::Refused)
}

fn fresh(frame: &Frame, read: &Read, key: &Key, authority: OrgId, id: impl FnOnce() -> OrganizationId) -> Result<Fate, Vec<Issue>> {
    let mut content = row::applied(row::blank(key.kind), &read.line, &frame.mapping)?;
    if content.authority.is_empty() && authority == frame.authority {
        content.authority.clone_from(&frame.authority_name);
    }
    let entry = NewEntry {
        id: id(),
        uscc: Some(key.uscc.clone()),
        region: key.region,
        authority,
        effective_on: content.established_on.unwrap_or(frame.today),
        reason: "import".to_owned(),
        private: None,
        flags: row::flags(&read.line, &frame.mapping, &content)?,
        content,
    };
    Ok(Fate::New(Box::new(entry)))
}

fn changed(frame: &Frame, read: &Read, key: &Key, authority: OrgId, entry: &Entry) -> Result<Fate, Vec<Issue>> {
    let told_elsewhere = frame.mapping.column("region").is_some() && key.region != entry.head.region;
    if entry.head.authority != authority || told_elsewhere {
        return Err(vec![issues::others()]);
    }
    let content = row::applied(entry.content.clone(), &read.line, &frame.mapping)?;
    row::flags(&read.line, &frame.mapping, &content)?;
    if content == entry.content {
        return Ok(Fate::Same);
    }
    let (from, to) = (entry.content.status, content.status);
    if from != to && !from.may_become(to) {
        return Err(vec![issues::status(&from.name())]);
    }
    let amendment = Amendment { content, private: None, uscc: None, effective_on: frame.today, reason: "import".to_owned() };
    Ok(Fate::Changed(entry.head.id, entry.head.version, Box::new(amendment)))
}
