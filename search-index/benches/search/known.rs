//! Known items: a question, and the one name that is meant. Some are written by hand, the others made from names of the corpus in fifteen
//! ways, as people shorten, sound out and mistype names.

use std::collections::{BTreeMap, HashMap};

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use search_index::Reading;

use crate::corpus::{Dice, Organization};

/// Items written by hand: kind, question and name.
pub(crate) const BY_HAND: &str = include_str!("../../data/known_items.txt");

/// Shares of questions that find their item first, and among the first ten.
pub(crate) const FIRST: f64 = 0.95;
pub(crate) const AMONG_TEN: f64 = 0.985;

/// A question and what is meant by it.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) kind: String,
    pub(crate) question: String,
    /// Name of the organisation.
    pub(crate) name: String,
}

/// The items written by hand.
pub(crate) fn by_hand() -> Vec<Item> {
    let rows = BY_HAND.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut columns = line.split('\t').map(str::to_owned);
        Some(Item { kind: columns.next()?, question: columns.next()?, name: columns.next()? })
    })
    .collect()
}

/// Their names, each once.
pub(crate) fn names(items: &[Item]) -> Vec<String> {
    let mut names: Vec<String> = items.iter().map(|item| item.name.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// The ways in which questions are made from names.
pub(crate) const WAYS: [&str; 15] = [
    "exact", "middle", "pinyin", "initials", "mixed", "traditional", "homophone", "wrong", "missing", "swapped", "elided", "parts", "slip", "prefix", "digit",
];
/// Sounds that are mixed up.
const SLIPS: [(&str, &str); 6] = [("zh", "z"), ("sh", "s"), ("ch", "c"), ("ng", "n"), ("l", "n"), ("in", "ing")];

/// A name and how it is written otherwise.
#[derive(Debug, Clone)]
pub(crate) struct Spelled {
    pub(crate) name: String,
    pub(crate) short: String,
    pub(crate) pinyin: String,
    pub(crate) full_pinyin: String,
    pub(crate) initials: String,
}

impl Spelled {
    pub(crate) fn of(name: &str) -> Spelled {
        let reading = Reading::of(name);
        let initials = reading.short_syllables.iter().filter_map(|s| s.chars().next()).collect();
        Spelled {
            pinyin: reading.short_syllables.concat(),
            full_pinyin: reading.syllables.concat(),
            name: reading.name,
            short: reading.short,
            initials,
        }
    }
}

/// Makes questions: so many in each way.
pub(crate) fn made(organizations: &[Organization], spelled: &[Spelled], each: usize, seed: u64) -> Vec<Item> {
    let maker = Maker::new(spelled);
    let mut dice = Dice::new(seed);
    let mut items = Vec::new();
    for way in WAYS {
        let mut found = 0;
        for _ in 0..each * 2_000 {
            if found == each {
                break;
            }
            let at = dice.below(organizations.len());
            let (organization, spelled) = (&organizations[at], &spelled[at]);
            if let Some(question) = maker.question(way, organization, spelled, &mut dice) {
                items.push(Item { kind: way.to_owned(), question, name: organization.entry.title.clone() });
                found += 1;
            }
        }
    }
    items
}

struct Maker {
    /// All names and all short names, a line each.
    names: String,
    shorts: String,
    initials: HashMap<String, u32>,
    /// Common characters by their sound, and all of them.
    alike: HashMap<String, Vec<char>>,
    common: Vec<char>,
    traditional: OpenCC,
}

impl Maker {
    fn new(spelled: &[Spelled]) -> Maker {
        let mut seen: HashMap<char, u32> = HashMap::new();
        let mut initials: HashMap<String, u32> = HashMap::new();
        for one in spelled {
            one.name.chars().for_each(|c| *seen.entry(c).or_default() += 1);
            *initials.entry(one.initials.clone()).or_default() += 1;
        }
        let mut common: Vec<char> = seen.keys().copied().filter(|c| !c.is_ascii()).collect();
        common.sort_by_key(|c| (std::cmp::Reverse(seen[c]), *c));
        common.truncate(2_500);
        let mut alike: HashMap<String, Vec<char>> = HashMap::new();
        for c in &common {
            alike.entry(Reading::of(&c.to_string()).syllables.concat()).or_default().push(*c);
        }
        let lines = |of: fn(&Spelled) -> &str| spelled.iter().map(of).collect::<Vec<_>>().join("\n");
        Maker {
            names: lines(|one| &one.name),
            shorts: lines(|one| &one.short),
            initials,
            alike,
            common,
            traditional: OpenCC::from_config(BuiltinConfig::S2t).expect("the embedded tables are well formed"),
        }
    }

    /// Whether it stands in one name alone.
    fn tells(&self, part: &str) -> bool {
        self.names.match_indices(part).take(2).count() == 1
    }

    fn question(&self, way: &str, organization: &Organization, spelled: &Spelled, dice: &mut Dice) -> Option<String> {
        let name: Vec<char> = spelled.name.chars().collect();
        let short: Vec<char> = spelled.short.chars().collect();
        let code = &organization.entry.code;
        if !(7..=20).contains(&name.len()) || name.iter().any(char::is_ascii) {
            return None;
        }
        match way {
            "exact" => Some(spelled.name.clone()),
            "middle" => self.middle(&name, dice),
            "pinyin" if short.len() >= 7 => {
                let part: String = short[..short.len() - dice.below(3)].iter().collect();
                let part = Reading::of(&part).syllables;
                let (front, back) = part.split_at(part.len() / 2);
                Some(if dice.below(2) == 0 { part.concat() } else { format!("{} {}", front.concat(), back.concat()) })
            }
            "initials" if short.len() >= 7 && self.initials.get(&spelled.initials) == Some(&1) => Some(spelled.initials.clone()),
            "mixed" if short.len() >= 8 => {
                let (front, back) = (&spelled.initials[..2], short[2..7].iter().collect::<String>());
                (self.shorts.match_indices(&back).take(2).count() == 1).then(|| format!("{front}{back}"))
            }
            "traditional" => {
                let part = self.middle(&name, dice)?;
                Some(self.traditional.convert(&part)).filter(|other| *other != part)
            }
            "homophone" | "wrong" | "missing" | "swapped" => self.mistyped(way, &name, dice),
            "elided" if short.len() >= 8 && short.len() < name.len() => {
                (self.shorts.match_indices(&spelled.short).take(2).count() == 1).then(|| spelled.short.clone())
            }
            "parts" if short.len() >= 9 => {
                let front: String = short[..2].iter().collect();
                let back: String = short[short.len() - 5..].iter().collect();
                let both = self.shorts.lines().filter(|line| line.contains(&back) && line.contains(&front)).take(2).count();
                (both == 1).then(|| format!("{front} {back}"))
            }
            "slip" if short.len() >= 7 => {
                let slips: Vec<_> = SLIPS.iter().filter(|(sound, _)| spelled.pinyin.contains(sound)).collect();
                let (sound, other) = if slips.is_empty() { return None } else { dice.one(&slips) };
                Some(spelled.pinyin.replacen(sound, other, 1))
            }
            "prefix" => Some(code.chars().take(15).collect()),
            "digit" => {
                let mut digits: Vec<char> = code.chars().collect();
                let at = 8 + dice.below(9);
                let slot = digits.get_mut(at)?;
                *slot = if *slot == '7' { '1' } else { '7' };
                Some(digits.into_iter().collect())
            }
            _ => None,
        }
    }

    fn middle(&self, name: &[char], dice: &mut Dice) -> Option<String> {
        (0..6).find_map(|_| {
            let length = 5 + dice.below(3);
            let start = 1 + dice.below(name.len().checked_sub(length + 1)?);
            let part: String = name[start..start + length].iter().collect();
            self.tells(&part).then_some(part)
        })
    }

    /// The last twelve characters of a name with one slip in them.
    fn mistyped(&self, way: &str, name: &[char], dice: &mut Dice) -> Option<String> {
        let mut typed = name[name.len().saturating_sub(12)..].to_vec();
        if !self.tells(&typed.iter().collect::<String>()) {
            return None;
        }
        let at = dice.below(typed.len() - 1);
        let before = typed.clone();
        match way {
            "homophone" => {
                let sound = Reading::of(&typed[at].to_string()).syllables.concat();
                typed[at] = *dice.one(self.alike.get(&sound).filter(|list| list.len() > 1)?);
            }
            "wrong" => typed[at] = *dice.one(&self.common),
            "missing" => drop(typed.remove(at)),
            _ => typed.swap(at, at + 1),
        }
        (typed != before).then(|| typed.into_iter().collect())
    }
}

/// How many questions of a kind there were, and how many found their item first and among the first ten.
pub(crate) type Success = BTreeMap<String, (usize, usize, usize)>;

/// Asks all items; `ask` gives the names found, the best first. Also gives what was not found first.
pub(crate) fn success(items: &[Item], mut ask: impl FnMut(&str) -> Vec<String>) -> (Success, Vec<String>) {
    let mut success = Success::new();
    let mut missed = Vec::new();
    for item in items {
        let found = ask(&item.question);
        let place = found.iter().take(10).position(|name| *name == item.name);
        let (asked, first, ten) = success.entry(item.kind.clone()).or_default();
        *asked += 1;
        *first += usize::from(place == Some(0));
        *ten += usize::from(place.is_some());
        if place != Some(0) {
            missed.push(format!("{}: {} for {}, {}", item.kind, item.question, item.name, place.map_or("not found".to_owned(), |at| format!("at {}", at + 1))));
        }
    }
    (success, missed)
}

/// The shares over all kinds: first, and among the first ten.
pub(crate) fn shares(success: &Success) -> (f64, f64) {
    let sum = |of: fn(&(usize, usize, usize)) -> usize| success.values().map(of).sum::<usize>();
    let share = |part: usize| f64::from(u32::try_from(part).unwrap_or_default()) / f64::from(u32::try_from(sum(|s| s.0)).unwrap_or(u32::MAX).max(1));
    (share(sum(|s| s.1)), share(sum(|s| s.2)))
}
