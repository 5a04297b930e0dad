//! Credit lists (D-R18, D-R19, D-R20): a listing is decided after the organisation was told and could answer; what a law ends by time ends by
//! the date, whether or not the job has run.

use kernel::{Day, Text};
use platform::{Error, Result};

use crate::supervision::clocks::Clock;
use crate::supervision::model::{AnnualResult, Detail, FactKind, List, Listing};
use crate::supervision::numbers::{self, limits};
use crate::supervision::turn::Turn;
use crate::supervision::{endings, issues, standing};

/// The entry as it counts on a day: an abnormal one of two years is a serious one, from the day after.
pub(in crate::supervision) fn counts_on(list: List, since: Day, today: Day) -> (List, Day) {
    let turns = limits().credit_abnormal.term(since).plus_days(1);
    if list == List::Abnormal && today >= turns { (List::Serious, turns) } else { (list, since) }
}

/// The first day on which a serious entry may be left.
pub(in crate::supervision) fn leaves_from(since: Day) -> Day {
    limits().credit_serious.term(since).plus_days(1)
}

pub(in crate::supervision) fn apply(turn: &mut Turn<'_>, content: &mut Listing) -> Result<()> {
    let today = turn.today();
    match turn.act.code {
        "open" => {
            let reason = turn.input.one(&mut turn.issues, "reason", numbers::reason);
            content.facts = turn.public_words("facts");
            let arose_on = turn.past("arose_on");
            if let Some(reason) = reason {
                content.reason.clone_from(&reason.code);
                content.list = Some(reason.list);
            }
            content.arose_on = Some(arose_on);
            turn.due = Some(turn.starts(Clock::Record, arose_on));
        }
        "notice" => {
            let on = turn.past("on");
            let until = turn.starts(Clock::Statement, on);
            (content.noticed_on, content.statement_until) = (Some(on), Some(until));
            turn.due = Some(until);
        }
        "statement" => {
            content.statement = turn.words("statement");
            turn.due = content.statement_until;
        }
        "list" => decide(turn, content)?,
        "drop" | "uphold" | "overrule" | "keep" => conclude(turn, content),
        "object" => {
            content.objection = turn.words("objection");
            turn.due = Some(turn.starts(Clock::Objection, today));
        }
        "rectified" => rectified(turn, content),
        "leave" => leave(turn, content)?,
        "remove" => remove(turn, content),
        "lapse" => {
            let mendable = numbers::reason(&content.reason).is_none_or(|reason| reason.rectifiable);
            let from = content.since.filter(|_| !mendable && content.list == Some(List::Abnormal)).map_or(Day::MAX, |since| turn.limits.credit_unmendable.term(since));
            turn.issues.ensure(today >= from, || issues::not_before(from, limits().credit_unmendable.law()));
            remove(turn, content);
        }
        "breach" => {
            let on = turn.past("on");
            let facts = turn.public_words("facts");
            content.facts = format!("{}\n{facts}", content.facts);
            again(turn, content, on);
        }
        "escalate" => escalate(turn, content)?,
        _ => {}
    }
    Ok(())
}

/// Decided: after the time to answer, or once it answered.
fn decide(turn: &mut Turn<'_>, content: &mut Listing) -> Result<()> {
    let today = turn.today();
    if content.statement.is_empty()
        && let Some(until) = content.statement_until
    {
        turn.issues.ensure(today > until, || issues::not_before(until.plus_days(1), limits().credit_statement.law()));
    }
    content.since = Some(today);
    let entry = entry(turn, content, today);
    content.entry = Some(entry);
    // What was not filed is a result of its year.
    if content.reason == "report" && turn.year > 0 {
        let detail = Detail { year: Some(turn.year), basis: numbers::report(turn.kind()?).law(), ..Detail::default() };
        turn.add(FactKind::Annual, AnnualResult::Missing.code(), today, None, true, detail);
    }
    turn.due = Some(end_of_list(content, today));
    Ok(())
}

fn entry(turn: &mut Turn<'_>, content: &Listing, since: Day) -> crate::supervision::FactId {
    let basis = numbers::reason(&content.reason).map(numbers::Reason::basis).unwrap_or_default();
    let list = content.list.unwrap_or(List::Abnormal);
    let detail = Detail { number: content.number.clone(), facts: content.facts.clone(), basis, ..Detail::default() };
    turn.add(FactKind::List, list.code(), since, None, true, detail)
}

/// When the list changes by itself, or can be left.
fn end_of_list(content: &Listing, since: Day) -> Day {
    let mendable = numbers::reason(&content.reason).is_none_or(|reason| reason.rectifiable);
    match content.list {
        Some(List::Serious) => leaves_from(since),
        _ if mendable => limits().credit_abnormal.term(since),
        _ => limits().credit_unmendable.term(since),
    }
}

/// What is decided with a reason.
fn conclude(turn: &mut Turn<'_>, content: &mut Listing) {
    content.outcome = turn.words("outcome");
    match (turn.act.code, content.entry) {
        ("uphold", Some(entry)) => turn.end(entry, &content.outcome, true),
        ("overrule" | "keep", _) => turn.due = content.since.map(|since| end_of_list(content, since)),
        _ => {}
    }
}

/// The list as it counts today.
fn today_list(turn: &Turn<'_>, content: &Listing) -> Option<(List, Day)> {
    content.list.zip(content.since).map(|(list, since)| counts_on(list, since, turn.today()))
}

fn rectified(turn: &mut Turn<'_>, content: &mut Listing) {
    let on = turn.past("on");
    content.outcome = turn.words("outcome");
    let mendable = numbers::reason(&content.reason).is_some_and(|reason| reason.rectifiable);
    let abnormal = today_list(turn, content).is_some_and(|(list, _)| list == List::Abnormal);
    let from = content.since.map_or(Day::MAX, |since| if abnormal { turn.limits.credit_unmendable.term(since) } else { leaves_from(since) });
    turn.issues.ensure(mendable && abnormal, || issues::not_before(from, limits().credit_remove.law()));
    content.rectified_on = Some(on);
    turn.due = Some(turn.starts(Clock::Remove, on));
}

/// Only what is serious is left on application, after two years without a new breach.
fn leave(turn: &mut Turn<'_>, content: &mut Listing) -> Result<()> {
    content.outcome = turn.words("outcome");
    let today = turn.today();
    match today_list(turn, content) {
        Some((List::Serious, since)) => {
            let from = leaves_from(since);
            turn.issues.ensure(today >= from, || issues::leave_too_early(from));
            if content.list == Some(List::Abnormal) {
                escalate(turn, content)?;
            }
        }
        Some((List::Abnormal, since)) => turn.issues.add(issues::leave_too_early(leaves_from(turn.limits.credit_abnormal.term(since).plus_days(1)))),
        None => {}
    }
    turn.due = Some(turn.starts(Clock::Remove, today));
    Ok(())
}

fn remove(turn: &mut Turn<'_>, content: &Listing) {
    if let Some(entry) = content.entry {
        let over = endings::TIME_OVER.zh;
        turn.end(entry, if content.outcome.is_empty() { over.as_ref() } else { content.outcome.as_str() }, false);
    }
}

/// A new breach: the period begins anew, on the list on which it stands by now.
fn again(turn: &mut Turn<'_>, content: &mut Listing, on: Day) {
    if let (Some((list, _)), Some(old)) = (today_list(turn, content), content.entry) {
        content.list = Some(list);
        content.since = Some(on);
        turn.end(old, &endings::BREACHED_AGAIN.zh, false);
        content.entry = Some(entry(turn, content, on));
        turn.due = Some(end_of_list(content, on));
    }
}

/// The time of the list is over: the entry is a serious one, from the day after they ended.
fn escalate(turn: &mut Turn<'_>, content: &mut Listing) -> Result<()> {
    let (Some((List::Serious, since)), Some(List::Abnormal)) = (today_list(turn, content), content.list) else {
        let Text { zh, en } = turn.limits.credit_abnormal.text();
        return Err(Error::state(&format!("未满{zh}"), &format!("Not {en} yet")));
    };
    if let Some(old) = content.entry {
        turn.end(old, &endings::ESCALATED.zh, false);
    }
    (content.list, content.since) = (Some(List::Serious), Some(since));
    content.reason = standing::TWO_YEARS.to_owned();
    content.earlier.clone_from(&content.number);
    content.entry = Some(entry(turn, content, since));
    turn.due = Some(leaves_from(since));
    Ok(())
}
