//! What supervision says in public, as the profile, the extract and programs have it.

use ::store::Db;
use kernel::{Day, Fen, Instant, Lang, Text};
use platform::Result;
use serde::{Deserialize, Serialize};

use crate::model::OrganizationId;
use crate::supervision::{self, FactKind};

/// Something that stands, or stood, about an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is: `annual`, `level`, `fundraising`, `penalty`, `list`.
    pub kind: String,
    /// What it says in a few words.
    pub name: Text,
    /// The year of a report.
    pub year: Option<i64>,
    /// From when it holds.
    pub effective_on: Day,
    /// Until when at most.
    pub until_on: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// From when it no longer holds.
    pub ended_on: Option<Day>,
    /// Why it ended.
    pub ended: String,
    /// Number of the decision or certificate.
    pub number: String,
    /// What happened, or what was found.
    pub facts: String,
    /// Law and article.
    pub basis: String,
    /// A fine with what was confiscated.
    pub amount: Option<Fen>,
}

impl From<&supervision::Fact> for Fact {
    fn from(fact: &supervision::Fact) -> Self {
        Self {
            kind: fact.kind.code().to_owned(),
            name: fact.name(),
            year: fact.detail.year,
            effective_on: fact.effective_on,
            until_on: fact.until_on,
            recorded_at: fact.recorded_at,
            ended_on: fact.ended_on,
            ended: fact.detail.ended.clone(),
            number: fact.detail.number.clone(),
            facts: fact.detail.facts.clone(),
            basis: fact.detail.basis.clone(),
            amount: fact.detail.amount,
        }
    }
}

impl Fact {
    /// Everything but its name, in a line.
    pub fn line(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let said = |day: Day| lang.pick(day.zh_plain(), day.en_plain());
        let (from, mut parts) = (said(self.effective_on), Vec::new());
        parts.push(match self.until_on.map(said) {
            Some(until) => lang.pick(format!("{from}至{until}"), format!("{from} to {until}")),
            None => lang.pick(format!("{from}起"), format!("from {from}")),
        });
        if let Some(ended) = self.ended_on.map(said) {
            parts.push(lang.pick(format!("{ended}结束"), format!("ended {ended}")));
        }
        let ended = supervision::ending(&self.ended).get(lang).to_owned();
        parts.extend([&ended, &self.number, &self.facts, &self.basis].into_iter().filter(|text| !text.is_empty()).cloned());
        if let Some(amount) = self.amount {
            parts.push(if zh { format!("{amount}元") } else { format!("{amount} yuan") });
        }
        let recorded = said(self.recorded_at.day());
        parts.push(lang.pick(format!("记录于{recorded}"), format!("recorded {recorded}")));
        parts.join(if zh { "；" } else { "; " })
    }

    /// Its name, after the year where it has one.
    pub fn title(&self, lang: Lang) -> String {
        let name = self.name.get(lang);
        self.year.map_or_else(|| name.to_owned(), |year| format!("{year} {name}"))
    }
}

/// What the public reads, or read before a moment: by kind, in the order of a page, each the newest first.
pub(crate) async fn facts(db: &Db, id: OrganizationId, as_of: Option<Instant>) -> Result<Vec<Fact>> {
    let told = supervision::public_facts(db, id, as_of).await?;
    Ok(told.sections().into_iter().flat_map(|(_, facts)| facts).map(Fact::from).collect())
}

/// The kinds of facts with their names, in the order of a page.
pub fn kinds() -> impl Iterator<Item = (&'static str, Text)> {
    [FactKind::Annual, FactKind::Level, FactKind::Fundraising, FactKind::Penalty, FactKind::List].into_iter().map(|kind| (kind.code(), kind.name()))
}
