//! How close a name is to what was typed, character by character: puts near hits in order.

use crate::name::Name;
use crate::tokens::slur;

/// What a character costs that is another one of the same sound.
const SAME_SOUND: u32 = 3;
/// The same of nearly the same sound.
const LIKE_SOUND: u32 = 5;
/// Two neighbours that changed places.
const SWAPPED: u32 = 6;
/// A character that is another one altogether, or was typed and is not there.
const WRONG: u32 = 10;
/// A character of the name that was not typed.
const LEFT_OUT: u32 = 4;
/// The same where people leave it out: 省市区县镇乡村.
const OFTEN_LEFT_OUT: u32 = 1;

/// What it costs to make the question out of a part of the name; nothing when it stands in it. Of equal parts, the shorter name is
/// the closer one.
pub(super) fn distance(asked: &Name, name: &Name) -> u32 {
    let (rows, columns) = (asked.chars.len(), name.chars.len());
    let width = columns + 1;
    let (typed, there) = (heard(asked), heard(name));
    // One row for each character asked for; beginning anywhere in the name costs nothing.
    let mut cost = vec![0_u32; (rows + 1) * width];
    for row in 1..=rows {
        cost[row * width] = cost[(row - 1) * width] + WRONG;
        for column in 1..=columns {
            let same = cost[(row - 1) * width + column - 1] + replaced((asked, row - 1, &typed), (name, column - 1, &there));
            let typed_too_much = cost[(row - 1) * width + column] + WRONG;
            let skip = if name.kept.binary_search(&(column - 1)).is_ok() { LEFT_OUT } else { OFTEN_LEFT_OUT };
            let left_out = cost[row * width + column - 1] + if row == rows { WRONG } else { skip };
            let mut least = same.min(typed_too_much).min(left_out);
            if row > 1 && column > 1 && asked.chars[row - 1] == name.chars[column - 2] && asked.chars[row - 2] == name.chars[column - 1] {
                least = least.min(cost[(row - 2) * width + column - 2] + SWAPPED);
            }
            cost[row * width + column] = least;
        }
    }
    let last = &cost[rows * width..];
    let rest = u32::try_from(columns.saturating_sub(rows)).unwrap_or(u32::MAX).min(63);
    last.iter().min().copied().unwrap_or(u32::MAX / 128) * 64 + rest
}

/// For each character, how people hear it who do not tell zh from z; a letter or digit is only itself.
fn heard(name: &Name) -> Vec<Vec<String>> {
    let of = |(c, readings): (&char, &Vec<String>)| if c.is_ascii() { Vec::new() } else { readings.iter().map(|reading| slur(reading)).collect() };
    name.chars.iter().zip(&name.readings).map(of).collect()
}

/// What it costs to put a character of the name in the place of one that was typed; with each name the place and how it is heard.
fn replaced((asked, at, typed): (&Name, usize, &[Vec<String>]), (name, column, there): (&Name, usize, &[Vec<String>])) -> u32 {
    if asked.chars[at] == name.chars[column] {
        return 0;
    }
    if asked.readings[at].iter().any(|reading| name.readings[column].contains(reading)) {
        return SAME_SOUND;
    }
    if typed[at].iter().any(|sound| there[column].contains(sound)) { LIKE_SOUND } else { WRONG }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_closest() {
        let closest = |asked: &str, names: &[&'static str]| {
            let asked = Name::new(asked);
            names.iter().copied().min_by_key(|name| distance(&asked, &Name::new(name))).unwrap_or_default()
        };
        assert_eq!(closest("广洲慈善会", &["广州市慈善会", "广东慈善会", "滨洲慈善会"]), "广州市慈善会");
        assert_eq!(closest("慈擅总会", &["慈善总会", "慈善会", "总会"]), "慈善总会");
        assert_eq!(closest("阳光社公", &["阳光社工", "阳光工社"]), "阳光社工");
        assert_eq!(closest("红十字", &["红十字会", "中国红十字会"]), "红十字会");
    }
}
