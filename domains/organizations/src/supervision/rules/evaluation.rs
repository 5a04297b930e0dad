//! Evaluation (D-R23): who may apply, levels and how long they hold, the review.

use kernel::{Day, Issue, Text};
use platform::Result;

use crate::Entry;
use crate::supervision::clocks::Clock;
use crate::supervision::{endings, issues};
use crate::supervision::model::{AnnualResult, Detail, Evaluation, FactKind, Level, List};
use crate::supervision::numbers::limits;
use crate::supervision::papers::PaperKind;
use crate::supervision::standing::Standing;
use crate::supervision::turn::{Effect, Turn};

/// Highest number of points.
const POINTS: i64 = 1000;

/// Everything that bars an evaluation on a day (`E-D19`), all at once.
pub(in crate::supervision) fn bars(entry: &Entry, standing: &Standing, today: Day) -> Vec<Issue> {
    let numbers = limits();
    let mut bars = Vec::new();
    let mut bar = |zh: &str, en: &str| bars.push(issues::not_eligible(&Text::new(zh.to_owned(), en.to_owned())));
    let aged = entry.head.established_on.is_some_and(|since| numbers.evaluation_age.term(since) <= today);
    if !aged {
        let Text { zh, en } = numbers.evaluation_age.text();
        bar(&format!("登记未满{zh}"), &format!("registered for less than {en}"));
    }
    // A level that holds bars another for some years; then a higher one may be applied for.
    if standing.level.as_ref().is_some_and(|level| level.until >= today && numbers.evaluation_upgrade.term(level.since) > today) {
        let Text { zh, en } = numbers.evaluation_upgrade.text();
        bar(&format!("获得评估等级未满{zh}"), &format!("the present level is less than {en} old"));
    }
    let year = i64::from(today.year()) - 1;
    match standing.annual.get(&year) {
        Some(AnnualResult::Failed) => bar("上年度年度检查不合格", "the annual report of last year failed"),
        Some(AnnualResult::Missing) => bar("上年度未参加年度检查", "no annual report was filed last year"),
        None => bar("上年度年度检查尚无结论", "there is no conclusion on the annual report of last year"),
        Some(AnnualResult::Passed | AnnualResult::Basic | AnnualResult::Exempt) => {}
    }
    let basic = (0..numbers.evaluation_basic.value()).all(|back| standing.annual.get(&(year - back)) == Some(&AnnualResult::Basic));
    if basic {
        let Text { zh, en } = numbers.evaluation_basic.text();
        bar(&format!("连续{zh}年年度检查基本合格"), &format!("{en} years in a row passed with reservations"));
    }
    let since = numbers.evaluation_clean.before(today);
    if standing.penalties.iter().any(|penalty| penalty.on >= since) {
        let Text { zh, en } = numbers.evaluation_clean.text();
        bar(&format!("近{zh}内受过行政处罚"), &format!("a penalty within the last {en}"));
    }
    if standing.investigated {
        bar("正在被立案调查", "under investigation");
    }
    match standing.list {
        Some((List::Abnormal, _)) => bar("被列入活动异常名录", "on the list of abnormal activity"),
        Some((List::Serious, _)) => bar("被列入严重违法失信名单", "on the list of serious breaches"),
        None => {}
    }
    bars
}

pub(in crate::supervision) fn apply(turn: &mut Turn<'_>, content: &mut Evaluation) -> Result<()> {
    let today = turn.today();
    match turn.act.code {
        "open" => {
            for bar in bars(turn.entry()?, turn.standing, today) {
                turn.issues.add(bar);
            }
            content.opinion = turn.input.text("opinion");
            content.applied_on = Some(today);
        }
        "rate" => rated(turn, content),
        "approve" => {
            if let Some(level) = turn.standing.level.as_ref() {
                turn.end(level.fact, &endings::RATED_AGAIN.zh, false);
                // The certificate of the level that ends here.
                turn.effects.extend(turn.facts.iter().filter(|fact| fact.id == level.fact).map(|fact| Effect::Void(fact.proceeding, PaperKind::Evaluation)));
            }
            publish(turn, content, today, limits().evaluation_valid.term(today).plus_days(-1));
        }
        "review" => {
            content.opinion = turn.words("opinion");
            turn.due = Some(turn.starts(Clock::Review, today));
        }
        "settle" => settle(turn, content),
        _ => content.opinion = turn.words("opinion"),
    }
    Ok(())
}

fn rated(turn: &mut Turn<'_>, content: &mut Evaluation) {
    content.score = turn.input.number(&mut turn.issues, "score");
    let within = content.score.is_none_or(|score| score <= POINTS);
    turn.issues.ensure(within, || Issue::error("E-D85", format!("不超过{POINTS}分"), format!("At most {POINTS} points")).field("score"));
    content.level = turn.input.one(&mut turn.issues, "level", Level::from_code);
    content.opinion = turn.words("opinion");
}

fn publish(turn: &mut Turn<'_>, content: &mut Evaluation, from: Day, until: Day) {
    let detail = Detail { number: content.number.clone(), basis: limits().evaluation_valid.law(), ..Detail::default() };
    (content.valid_from, content.valid_until) = (Some(from), Some(until));
    content.fact = content.level.map(|level| turn.add(FactKind::Level, level.code(), from, Some(until), true, detail));
}

/// The review keeps the level, or puts another in its place from the same day.
fn settle(turn: &mut Turn<'_>, content: &mut Evaluation) {
    let before = content.level;
    rated(turn, content);
    let held = content.fact.and_then(|fact| turn.facts.iter().find(|one| one.id == fact));
    if let (Some(old), true) = (held, before != content.level) {
        let (id, from, until) = (old.id, old.effective_on, old.until_on.unwrap_or(old.effective_on));
        turn.end(id, &endings::REVIEWED.zh, true);
        publish(turn, content, from, until);
    } else {
        // Nothing has changed: the certificate stays.
        (turn.paper, turn.voids) = (None, None);
    }
}
