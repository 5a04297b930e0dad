//! Which characters of a text answer a question. The engine's own snippets know Chinese pairs only; syllables and initials are
//! worked out here, from the same readings that made the index.

use std::collections::HashSet;

use crate::name::Name;
use crate::normalise::{self, Normal, is_han};
use crate::query::{Asked, Shape};
use crate::tokens::slur;

/// The marked characters of a name, as places in the original text, in order.
pub(crate) fn of_name(name: &Name, asked: &Asked) -> Vec<usize> {
    let mut marked = vec![false; name.chars.len()];
    match &asked.shape {
        Shape::Empty | Shape::Code(_) => {}
        Shape::Letters(words) => {
            let joined = words.concat();
            if !mark_letters(name, &joined, &mut marked) {
                for word in words {
                    mark_letters(name, word, &mut marked);
                }
            }
        }
        Shape::Runs(runs) => {
            for run in runs {
                if run.iter().all(char::is_ascii) {
                    mark_letters(name, &run.iter().collect::<String>(), &mut marked);
                } else {
                    mark_characters(name, run, &mut marked);
                }
            }
        }
    }
    marked.iter().zip(&name.origin).filter(|(marked, _)| **marked).map(|(_, at)| *at).collect()
}

/// The marked characters of an English text: words that begin with a word asked for.
pub(crate) fn of_words(text: &Normal, asked: &Asked) -> Vec<usize> {
    let asked: Vec<Vec<char>> = asked.words();
    let mut marked = Vec::new();
    let mut at = 0;
    for word in text.chars.split(|c| *c == ' ') {
        if let Some(start) = asked.iter().find(|start| word.starts_with(start)) {
            marked.extend(&text.origin[at..at + start.len()]);
        }
        at += word.len() + 1;
    }
    marked
}

/// The marked characters of a running text: whole runs where they occur, else the pairs of a Chinese run.
pub(crate) fn of_text(text: &Normal, asked: &Asked) -> Vec<usize> {
    let mut marked = vec![false; text.chars.len()];
    for run in asked.runs() {
        if run.iter().any(|c| is_han(*c)) {
            if !mark_everywhere(&text.chars, &run, &mut marked) && run.len() > 2 {
                for pair in run.windows(2) {
                    mark_everywhere(&text.chars, pair, &mut marked);
                }
            }
        } else if run.len() > 1 {
            let whole_word = |at: usize| at == 0 || !text.chars[at - 1].is_ascii_alphanumeric();
            for at in places(&text.chars, &run).filter(|at| whole_word(*at)) {
                marked[at..at + run.len()].fill(true);
            }
        }
    }
    marked.iter().zip(&text.origin).filter(|(marked, _)| **marked).map(|(_, at)| *at).collect()
}

/// The marked characters of a code.
pub(crate) fn of_code(original: &str, asked: &Asked) -> Vec<usize> {
    let Shape::Code(wanted) = &asked.shape else { return Vec::new() };
    let shown: Vec<(usize, String)> =
        original.chars().enumerate().map(|(at, c)| (at, normalise::code(c.encode_utf8(&mut [0; 4])))).filter(|(_, c)| !c.is_empty()).collect();
    let code: String = shown.iter().map(|(_, c)| c.as_str()).collect();
    let same: Vec<usize> = shown.iter().zip(wanted.chars()).filter(|((_, c), other)| c.chars().eq([*other])).map(|((at, _), _)| *at).collect();
    // One wrong digit is left unmarked; more of them is another code.
    if code.starts_with(wanted.as_str()) || same.len() + 1 == wanted.len() { same } else { Vec::new() }
}

/// Marks a Chinese run: as it stands, without words of administration, by its sound, or by what is left of it.
fn mark_characters(name: &Name, run: &[char], marked: &mut [bool]) {
    if mark_everywhere(&name.chars, run, marked) {
        return;
    }
    let asked = Name::new(&run.iter().collect::<String>());
    let everything: Vec<usize> = (0..name.chars.len()).collect();
    let short: Vec<usize> = asked.kept.clone();
    let whole: Vec<usize> = (0..asked.chars.len()).collect();
    let same_character = |at: usize, of: usize| name.chars[at] == asked.chars[of];
    let same_sound = |at: usize, of: usize| name.readings[at].iter().any(|r| asked.readings[of].iter().any(|other| slur(r) == slur(other)));
    for wanted in [&whole, &short] {
        for sequence in [&everything, &name.kept] {
            if mark_sequence(sequence, wanted, same_character, marked) || mark_sequence(sequence, wanted, same_sound, marked) {
                return;
            }
        }
    }
    if run.len() > 1 && run.iter().all(|c| name.chars.contains(c)) {
        for (at, _) in name.chars.iter().enumerate().filter(|(_, c)| run.contains(c)) {
            marked[at] = true;
        }
    } else {
        for pair in run.windows(2) {
            mark_everywhere(&name.chars, pair, marked);
        }
    }
}

/// Marks every place where `wanted` stands; tells whether there was one.
fn mark_everywhere(chars: &[char], wanted: &[char], marked: &mut [bool]) -> bool {
    let mut any = false;
    for at in places(chars, wanted) {
        marked[at..at + wanted.len()].fill(true);
        any = true;
    }
    any
}

fn places<'a>(chars: &'a [char], wanted: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    (0..chars.len()).filter(move |at| !wanted.is_empty() && chars[*at..].starts_with(wanted))
}

/// Marks the first stretch of `sequence` whose members are the same as the wanted ones in the sense of `same`.
fn mark_sequence(sequence: &[usize], wanted: &[usize], same: impl Fn(usize, usize) -> bool, marked: &mut [bool]) -> bool {
    let found = sequence.windows(wanted.len().max(1)).find(|part| part.iter().zip(wanted).all(|(at, of)| same(*at, *of)));
    match found {
        Some(part) if !wanted.is_empty() => {
            part.iter().for_each(|at| marked[*at] = true);
            true
        }
        _ => false,
    }
}

/// How letters may stand for characters, the stricter first.
#[derive(Clone, Copy)]
enum Spelling {
    Syllables,
    Initials,
    Both,
}

/// Marks the characters that a row of letters stands for; tells whether there were any.
fn mark_letters(name: &Name, letters: &str, marked: &mut [bool]) -> bool {
    if letters.len() < 2 {
        return false;
    }
    let everything: Vec<usize> = (0..name.chars.len()).collect();
    for spelling in [Spelling::Syllables, Spelling::Initials, Spelling::Both] {
        for sequence in [&everything, &name.kept] {
            let mut dead = HashSet::new();
            for start in 0..sequence.len() {
                if let Some(length) = spelled(name, &sequence[start..], letters, spelling, &mut dead) {
                    sequence[start..start + length].iter().for_each(|at| marked[*at] = true);
                    return true;
                }
            }
        }
    }
    false
}

/// How many characters of the sequence the letters spell, if they do. `dead` remembers the ends (characters left, letters left)
/// that led nowhere: without it a name of many alike characters would be tried in exponentially many ways.
fn spelled(
    name: &Name,
    sequence: &[usize],
    letters: &str,
    spelling: Spelling,
    dead: &mut HashSet<(usize, usize)>,
) -> Option<usize> {
    if letters.is_empty() {
        return Some(0);
    }
    let (first, rest) = sequence.split_first()?;
    if dead.contains(&(sequence.len(), letters.len())) {
        return None;
    }
    for reading in &name.readings[*first] {
        if !matches!(spelling, Spelling::Initials) {
            if reading.starts_with(letters) {
                return Some(1);
            }
            if let Some(left) = letters.strip_prefix(reading.as_str())
                && let Some(length) = spelled(name, rest, left, spelling, dead)
            {
                return Some(length + 1);
            }
        }
        if !matches!(spelling, Spelling::Syllables)
            && let Some(left) = reading.get(..1).and_then(|initial| letters.strip_prefix(initial))
            && let Some(length) = spelled(name, rest, left, spelling, dead)
        {
            return Some(length + 1);
        }
    }
    dead.insert((sequence.len(), letters.len()));
    None
}
