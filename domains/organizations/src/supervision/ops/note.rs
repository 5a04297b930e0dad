//! What was typed in an act, as the log keeps it and as it is read there.

use kernel::Lang;

use crate::supervision::input::Input;
use crate::supervision::states::{Act, Ask, Field};

/// Stands between the name of a field and what was typed; no text that was typed has one.
const BETWEEN: char = '\t';

/// What was typed, in the order of the form: words as they are, days and figures behind the name of their field. What was chosen, ids and codes,
/// is told by the facts.
pub(super) fn written(act: &Act, input: &Input) -> String {
    let line = |field: &Field| {
        let text = Some(input.text(field.name)).filter(|text| !text.is_empty())?;
        match field.ask {
            Ask::Line | Ask::Words => Some(text),
            Ask::Day | Ask::Time | Ask::Number | Ask::Amount => Some(format!("{}{BETWEEN}{text}", field.name)),
            _ => None,
        }
    };
    act.fields.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// A note of the log in the reader's language: days and figures behind the label of their field.
pub(super) fn read(act: Option<&Act>, note: &str, lang: Lang) -> String {
    let labelled = |line: &str| {
        let (name, text) = line.split_once(BETWEEN)?;
        let field = act?.fields.iter().find(|field| field.name == name)?;
        Some(format!("{}{}{text}", field.short().get(lang), lang.pick("：", ": ")))
    };
    note.lines().map(|line| labelled(line).unwrap_or_else(|| line.to_owned())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::supervision::Kind;
    use crate::supervision::states;

    fn told(kind: Kind, code: &str, typed: &[(&str, &str)], lang: Lang) -> String {
        let input = typed.iter().fold(Input::default(), |input, (name, value)| input.with(name, value));
        let act = states::act(kind, code).expect("an act");
        read(Some(act), &written(act, &input), lang)
    }

    #[test]
    fn d_r22_the_log_tells_words_and_figures_in_both_languages_and_neither_ids_nor_codes() {
        let found = [("facts", "超出业务范围收费\n共\t两次"), ("evidence", "收据"), ("basis", "第三十条"), ("kinds", "7"), ("gain", "20000"), ("stop_from", "2026-07-05")];
        assert_eq!(told(Kind::Penalty, "findings", &found, Lang::Zh), "超出业务范围收费\n共 两次\n收据\n第三十条\n违法所得：20000\n停止活动自：2026-07-05");
        assert!(told(Kind::Penalty, "findings", &found, Lang::En).ends_with("第三十条\nUnlawful gain: 20000\nActivities stopped from: 2026-07-05"));
        assert_eq!(told(Kind::Penalty, "file", &[("officers", "0123456789abcdefghjkmnpqrs")], Lang::Zh), "");
        let served = [("way", "left"), ("receiver", "李测试"), ("time", "09:30"), ("consent", "yes")];
        assert_eq!(told(Kind::Penalty, "serve", &served, Lang::Zh), "李测试\n时间：09:30");
        assert_eq!(told(Kind::Evaluation, "rate", &[("score", "880"), ("level", "3"), ("opinion", "专家评分")], Lang::En), "Points: 880\n专家评分");
    }

    #[test]
    fn a_note_from_before_is_read_as_it_was_written() {
        assert_eq!(read(states::act(Kind::Penalty, "pay"), "20000\n2026-07-05", Lang::Zh), "20000\n2026-07-05");
    }
}
