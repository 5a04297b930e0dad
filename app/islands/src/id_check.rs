//! Tells while an identity number is typed whether it can be right, by the server's own rule.

#![expect(missing_docs, reason = "the island macro writes a struct beside each island")]

use kernel::{Day, Lang, id_number::IdNumber, text};
use leptos::{ev, prelude::*, web_sys};

use crate::words;

/// Characters of an identity number.
const LENGTH: usize = 18;

/// What is said beneath the field.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing typed yet.
    Nothing,
    /// Not all of it yet.
    Typing(String),
    /// It can be right.
    Fine(String),
    /// It cannot be right.
    Wrong(String),
}

/// A line beneath the field whose id is `input`: how much is missing while one types, then the date of birth and the sex that the number
/// holds, or what is wrong with it. Put it into the children of the field; without script there is nothing.
#[island]
pub fn IdCheck(
    /// The page's language.
    lang: Lang,
    /// Id of the field.
    input: String,
    /// The date on the server's clock: nobody is born after it.
    today: Day,
) -> impl IntoView {
    let verdict = RwSignal::new(Verdict::Nothing);
    let watched = input.clone();
    Effect::new(move |_| {
        let (typing, leaving) = (watched.clone(), watched.clone());
        let keys = window_event_listener(ev::input, move |event| {
            if event_target::<web_sys::Element>(&event).id() == typing {
                verdict.set(judge(lang, &event_target_value(&event), false, today));
            }
        });
        let left = window_event_listener(ev::change, move |event| {
            if event_target::<web_sys::Element>(&event).id() == leaving {
                verdict.set(judge(lang, &event_target_value(&event), true, today));
            }
        });
        on_cleanup(move || {
            keys.remove();
            left.remove();
        });
    });
    let class = move || match verdict.get() {
        Verdict::Nothing | Verdict::Typing(_) => "live",
        Verdict::Fine(_) => "live good",
        Verdict::Wrong(_) => "live bad",
    };
    let line = move || match verdict.get() {
        Verdict::Nothing => String::new(),
        Verdict::Typing(line) | Verdict::Wrong(line) => line,
        Verdict::Fine(line) => format!("✓ {line}"),
    };
    view! { <output class=class for=input aria-live="polite">{line}</output> }
}

/// `left`: the person has gone on to the next field, so that what is missing is an error.
fn judge(lang: Lang, typed: &str, left: bool, today: Day) -> Verdict {
    let count = text::code(typed).chars().count();
    if count == 0 {
        return Verdict::Nothing;
    }
    if count < LENGTH && !left {
        return Verdict::Typing(match lang {
            Lang::Zh => format!("还差 {} 位", LENGTH - count),
            Lang::En => format!("{} to go", LENGTH - count),
        });
    }
    match IdNumber::parse(typed, today) {
        Ok(number) => {
            let gap = words(lang, "，", ", ");
            Verdict::Fine(format!("{}{gap}{}", number.birth().text(lang), number.sex().text(lang)))
        }
        Err(refusal) => Verdict::Wrong(refusal.0.first().map(|issue| issue.text(lang).to_owned()).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::ymd(2026, 7, 1);

    #[test]
    fn says_nothing_wrong_before_the_person_has_finished() {
        assert_eq!(judge(Lang::Zh, "", false, TODAY), Verdict::Nothing);
        assert_eq!(judge(Lang::Zh, "9901 02", false, TODAY), Verdict::Typing("还差 12 位".to_owned()));
        assert!(matches!(judge(Lang::Zh, "990102", true, TODAY), Verdict::Wrong(_)));
    }

    #[test]
    fn c_01_and_c_02_are_the_servers_own_rules() {
        let fine = judge(Lang::Zh, "９９０１０２ 19900307 002x", false, TODAY);
        assert!(matches!(&fine, Verdict::Fine(line) if line.contains("1990年3月7日")), "{fine:?}");
        assert!(matches!(judge(Lang::En, "990102199003070021", false, TODAY), Verdict::Wrong(_)));
    }
}
