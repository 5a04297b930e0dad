//! A name taken apart once, for indexing, for asking and for marking alike.

use crate::normalise::normalise;
use crate::readings::readings;
use crate::syllables;

/// Spellings kept of a name with ambiguous characters.
const VARIANTS: usize = 4;
/// Characters that decide the order by sound, and the ranks that one may have: together they fill 63 bits.
const ORDERED: usize = 7;
const RANKS: u64 = 512;

/// Words of administration that people leave out (广州慈善会 for 广州市慈善会).
const LEFT_OUT: [char; 7] = ['省', '市', '区', '县', '镇', '乡', '村'];
/// The same, of more than one character, wherever they stand.
const LEFT_OUT_WORDS: [&[char]; 5] = [&['自', '治', '区'], &['自', '治', '州'], &['自', '治', '县'], &['街', '道'], &['地', '区']];

/// How a name is read and shortened: for engines that cannot work it out, which are given it beside the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The name in the one spelling.
    pub name: String,
    /// The same without the words of administration.
    pub short: String,
    /// One syllable for each character of the name, the likeliest where there are several.
    pub syllables: Vec<String>,
    /// The same of the short form.
    pub short_syllables: Vec<String>,
}

impl Reading {
    /// Reads a name.
    pub fn of(name: &str) -> Reading {
        let name = Name::new(name);
        let likeliest = |at: &usize| name.readings[*at].first().cloned().unwrap_or_default();
        let everything: Vec<usize> = (0..name.chars.len()).collect();
        Reading {
            short_syllables: name.kept.iter().map(likeliest).collect(),
            syllables: everything.iter().map(likeliest).collect(),
            short: name.short(),
            name: name.full(),
        }
    }
}

/// A name: its letters, digits and characters with their readings.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// Characters in the one spelling, without spaces.
    pub(crate) chars: Vec<char>,
    /// For each, its place (in characters) in the text it was made from.
    pub(crate) origin: Vec<usize>,
    /// For each, the syllables it may be read as; a letter or digit is read as itself.
    pub(crate) readings: Vec<Vec<String>>,
    /// Which of them remain when the words of administration are left out.
    pub(crate) kept: Vec<usize>,
}

impl Name {
    /// Takes a name apart.
    pub(crate) fn new(text: &str) -> Name {
        let normal = normalise(text);
        let (chars, origin): (Vec<char>, Vec<usize>) =
            normal.chars.into_iter().zip(normal.origin).filter(|(c, _)| *c != ' ').unzip();
        let readings = readings(&chars)
            .into_iter()
            .zip(&chars)
            .map(|(list, c)| {
                if c.is_ascii() { vec![c.to_string()] } else { list.into_iter().map(str::to_owned).collect() }
            })
            .collect();
        let kept = kept(&chars);
        Name { chars, origin, readings, kept }
    }

    /// Whether leaving out the words of administration changes it.
    pub(crate) fn has_short_form(&self) -> bool {
        self.kept.len() < self.chars.len()
    }

    /// The name in the one spelling.
    pub(crate) fn full(&self) -> String {
        self.chars.iter().collect()
    }

    /// The name without the words of administration.
    pub(crate) fn short(&self) -> String {
        self.kept.iter().map(|at| self.chars[*at]).collect()
    }

    /// The short form in joined syllables; several where it may be read in several ways.
    pub(crate) fn joined(&self) -> Vec<String> {
        self.variants(&self.kept, |reading| reading)
    }

    /// The whole name in joined syllables.
    pub(crate) fn full_joined(&self) -> Vec<String> {
        let all: Vec<usize> = (0..self.chars.len()).collect();
        self.variants(&all, |reading| reading)
    }

    /// The initials of the short form.
    pub(crate) fn initials(&self) -> Vec<String> {
        self.variants(&self.kept, first_letter)
    }

    /// The initials of the whole name.
    pub(crate) fn full_initials(&self) -> Vec<String> {
        let all: Vec<usize> = (0..self.chars.len()).collect();
        self.variants(&all, first_letter)
    }

    /// The syllables of these places, one row for each likely way of reading them.
    pub(crate) fn rows(&self, places: &[usize]) -> Vec<Vec<&str>> {
        let mut found: Vec<Vec<&str>> = vec![Vec::new()];
        for at in places {
            let list = &self.readings[*at];
            if list.is_empty() {
                return Vec::new();
            }
            let room = if found.len() * list.len() <= VARIANTS { list.len() } else { 1 };
            found = list[..room]
                .iter()
                .flat_map(|reading| {
                    found.iter().map(move |start| start.iter().copied().chain([reading.as_str()]).collect())
                })
                .collect();
        }
        found
    }

    /// The place of the name in an order by sound: the first seven characters, letters and digits before syllables.
    pub(crate) fn order(&self) -> u64 {
        (0..ORDERED).fold(0, |order, at| {
            let rank = self.chars.get(at).map_or(0, |c| match self.readings[at].first() {
                _ if c.is_ascii_digit() => 1 + u64::from(*c as u32 - '0' as u32),
                _ if c.is_ascii_lowercase() => 11 + u64::from(*c as u32 - 'a' as u32),
                Some(syllable) => 40 + syllables::rank(syllable),
                None => RANKS - 1,
            });
            order * RANKS + rank.min(RANKS - 1)
        })
    }

    fn variants(&self, places: &[usize], part: impl Fn(&str) -> &str) -> Vec<String> {
        let mut found = vec![String::new()];
        for at in places {
            let mut parts: Vec<&str> = Vec::new();
            for reading in &self.readings[*at] {
                let part = part(reading);
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
            if parts.is_empty() {
                continue;
            }
            let room = if found.len() * parts.len() <= VARIANTS { parts.len() } else { 1 };
            found = parts[..room].iter().flat_map(|part| found.iter().map(move |start| format!("{start}{part}"))).collect();
        }
        found
    }
}

fn first_letter(reading: &str) -> &str {
    reading.get(..1).unwrap_or(reading)
}

/// The places that remain. Single characters are left out in the front two thirds of a name only: what stands behind is the thing
/// itself (市民, 小区物业), not where it is. The first two characters always stay.
fn kept(chars: &[char]) -> Vec<usize> {
    let mut kept = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let skipped = if at < 2 {
            0
        } else if let Some(word) = LEFT_OUT_WORDS.iter().find(|word| chars[at..].starts_with(word)) {
            word.len()
        } else {
            usize::from(at * 3 < chars.len() * 2 && LEFT_OUT.contains(&chars[at]))
        };
        if skipped == 0 {
            kept.push(at);
            at += 1;
        } else {
            at += skipped;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_administration_are_left_out_in_front_only() {
        assert_eq!(Name::new("厦门市思明区婚姻登记处").short(), "厦门思明婚姻登记处");
        assert_eq!(Name::new("广西壮族自治区民政厅").short(), "广西壮族民政厅");
        assert_eq!(Name::new("福州市民").short(), "福州民");
        assert_eq!(Name::new("市民服务").short(), "市民服务");
        assert_eq!(Name::new("大黄山街道商会").short(), "大黄山商会");
    }

    #[test]
    fn both_initials_are_kept_where_a_character_stays_ambiguous() {
        assert_eq!(Name::new("重庆").initials(), ["cq"]);
        let mut initials = Name::new("重石").initials();
        initials.sort();
        assert_eq!(initials, ["cd", "cs", "zd", "zs"]);
    }

    #[test]
    fn names_are_ordered_by_their_sound() {
        let order = |text| Name::new(text).order();
        let mut names = ["重庆市慈善会", "阿坝州慈善会", "7号院", "长沙市慈善会", "音乐家协会", "长沙市志愿者协会"];
        names.sort_by_key(|name| order(name));
        assert_eq!(names, ["7号院", "阿坝州慈善会", "长沙市慈善会", "长沙市志愿者协会", "重庆市慈善会", "音乐家协会"]);
    }

    #[test]
    fn every_likely_way_of_reading_is_a_row() {
        assert_eq!(Name::new("重庆").rows(&[0, 1]), [["chong", "qing"]]);
        assert_eq!(Name::new("重石").rows(&[0]).len(), 2);
    }
}
