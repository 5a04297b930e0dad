//! Why something no longer stands, where the program says it and not a person. It is stored as words beside what people wrote, and told in the
//! reader's language.

use kernel::Text;

/// A conclusion was put right.
pub(super) const CORRECTED: Text = Text::fixed("更正", "corrected");
/// Another evaluation took its place.
pub(super) const RATED_AGAIN: Text = Text::fixed("重新评估", "rated again");
/// A review changed it.
pub(super) const REVIEWED: Text = Text::fixed("复核更正", "corrected after a review");
/// The term of an entry began anew.
pub(super) const BREACHED_AGAIN: Text = Text::fixed("发生新的情形，重新计算", "a new breach, counted anew");
/// The entry had run its time.
pub(super) const TIME_OVER: Text = Text::fixed("期满移出", "its time was over");
/// The entry became a serious one by time.
pub(super) const ESCALATED: Text = Text::fixed("列入活动异常名录期满，转入严重违法失信名单", "its time on the list of abnormal activity was over: moved to the serious list");

const ALL: [Text; 6] = [CORRECTED, RATED_AGAIN, REVIEWED, BREACHED_AGAIN, TIME_OVER, ESCALATED];

/// What is stored as the reason of an end, in both languages; what a person wrote stands as it is.
pub fn ending(words: &str) -> Text {
    ALL.into_iter().find(|known| known.zh == words).unwrap_or_else(|| Text::same(words.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_says_is_told_in_both_languages_and_what_people_write_as_it_is() {
        assert_eq!(ending("重新评估").en, "rated again");
        assert_eq!(ending("决定被法院撤销"), Text::same("决定被法院撤销"));
        assert!(ALL.iter().all(|text| !text.is_incomplete()));
    }
}
