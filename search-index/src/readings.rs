//! How characters are read: by words first (重庆 is chong qing), then by character with the readings that stay possible.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyin as _;

/// Words with their readings, in the format described in the file's head.
pub(crate) const WORDS: &str = include_str!("../data/readings.txt");
/// Names of divisions with their readings, in the same format.
pub(crate) const PLACES: &str = include_str!("../data/places.txt");
/// Ambiguous characters, in the format described in the file's head.
pub(crate) const POLYPHONES: &str = include_str!("../data/polyphones.txt");

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::load);

/// A word of the table: its characters and one syllable for each.
type Word = (Vec<char>, Vec<&'static str>);

struct Tables {
    /// By first character, longest word first.
    words: HashMap<char, Vec<Word>>,
    polyphones: HashMap<char, Vec<&'static str>>,
}

/// Loads the tables before the first query.
pub(crate) fn warm() {
    LazyLock::force(&TABLES);
}

/// The readings of each character, the likeliest first; none for what is not read (a rare character, a digit).
pub(crate) fn readings(chars: &[char]) -> Vec<Vec<&'static str>> {
    let mut found = Vec::with_capacity(chars.len());
    while found.len() < chars.len() {
        let rest = &chars[found.len()..];
        if let Some((_, syllables)) = TABLES.word_at(rest) {
            found.extend(syllables.iter().map(|syllable| vec![*syllable]));
        } else {
            found.push(TABLES.readings_of(rest[0]));
        }
    }
    found
}

/// Every way in which somebody may read a character who does not know the word it stands in: zhong qing for 重庆.
pub(crate) fn ways(c: char) -> Vec<&'static str> {
    let mut found = TABLES.readings_of(c);
    found.extend(c.to_pinyin().map(|reading| keyboard(reading.plain())).filter(|usual| !found.contains(usual)));
    found
}

/// Every syllable that occurs, for cutting a row of letters.
pub(crate) fn all_syllables() -> impl Iterator<Item = &'static str> {
    let common = ('\u{4e00}'..'\u{9fff}').filter_map(|c| c.to_pinyin()).map(|reading| keyboard(reading.plain()));
    let listed = TABLES.words.values().flatten().flat_map(|(_, syllables)| syllables.iter().copied());
    let ambiguous = TABLES.polyphones.values().flatten().copied();
    common.chain(listed).chain(ambiguous)
}

impl Tables {
    fn load() -> Tables {
        let mut words: HashMap<char, Vec<Word>> = HashMap::new();
        for (word, syllables) in rows(WORDS).chain(rows(PLACES)) {
            let chars: Vec<char> = word.chars().collect();
            if let Some(first) = chars.first() {
                words.entry(*first).or_default().push((chars, syllables));
            }
        }
        for list in words.values_mut() {
            list.sort_by_key(|(chars, _)| std::cmp::Reverse(chars.len()));
        }
        let polyphones = rows(POLYPHONES).filter_map(|(c, list)| Some((c.chars().next()?, list))).collect();
        Tables { words, polyphones }
    }

    fn word_at(&self, rest: &[char]) -> Option<&Word> {
        self.words.get(&rest[0])?.iter().find(|(chars, _)| rest.starts_with(chars))
    }

    fn readings_of(&self, c: char) -> Vec<&'static str> {
        match self.polyphones.get(&c) {
            Some(list) => list.clone(),
            None => c.to_pinyin().map(|reading| keyboard(reading.plain())).into_iter().collect(),
        }
    }
}

fn rows(file: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut parts = line.split_whitespace();
        Some((parts.next()?, parts.collect()))
    })
}

/// ü as it is typed. The crate's syllables are static, and these are the only ones that have it.
fn keyboard(syllable: &'static str) -> &'static str {
    match syllable {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        readings(&chars).iter().map(|list| list[0]).collect()
    }

    #[test]
    fn every_row_has_one_syllable_a_character() {
        for (word, syllables) in rows(WORDS).chain(rows(PLACES)) {
            assert_eq!(word.chars().count(), syllables.len(), "{word}");
            assert!(syllables.iter().all(|s| s.bytes().all(|b| b.is_ascii_lowercase())), "{word}");
        }
        for (c, list) in rows(POLYPHONES) {
            assert_eq!(c.chars().count(), 1, "{c}");
            assert!(!list.is_empty(), "{c}");
        }
    }

    #[test]
    fn no_word_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for (word, _) in rows(WORDS).chain(rows(PLACES)) {
            assert!(seen.insert(word), "{word}");
        }
    }

    #[test]
    fn places_and_words_are_read_as_people_say_them() {
        for (text, expected) in [
            ("重庆市", "chongqingshi"),
            ("长沙", "changsha"),
            ("厦门市思明区", "xiamenshisimingqu"),
            ("六安", "luan"),
            ("乐清", "yueqing"),
            ("音乐会", "yinyuehui"),
            ("会计", "kuaiji"),
            ("长寿", "changshou"),
            ("朝阳", "chaoyang"),
            ("中国银行", "zhongguoyinhang"),
            ("妇女", "funv"),
            ("上海市闵行区", "shanghaishiminhangqu"),
            ("莎车县", "suochexian"),
            ("红寺堡区", "hongsipuqu"),
            ("漯河市召陵区", "luoheshishaolingqu"),
        ] {
            assert_eq!(joined(text), expected, "{text}");
        }
    }

    #[test]
    fn an_ambiguous_character_keeps_all_its_readings() {
        assert_eq!(readings(&['重']), [vec!["zhong", "chong"]]);
        assert_eq!(readings(&['7']), [Vec::<&str>::new()]);
    }
}
