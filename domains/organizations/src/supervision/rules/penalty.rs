//! Penalties (D-R21, D-R22): a case with its clocks, the multiple of the fine, what a decision causes.

use kernel::{Day, Fen};
use platform::{Error, Result};

use crate::Status;
use crate::supervision::clocks::Clock;
use crate::supervision::issues;
use crate::supervision::model::{Detail, FactKind, Penalty, PenaltyKind, State};
use crate::supervision::numbers::{self, limits};
use crate::supervision::turn::{Effect, Turn, penalty_codes};

/// The multiple of a fine in tenths, rounded away from nothing, so that what is over the limit never reads as within it.
pub(in crate::supervision) fn multiple(fine: Fen, base: Fen) -> String {
    let base = i128::from(base.0.max(1));
    let tenths = (i128::from(fine.0) * 10 + base - 1) / base;
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") }
}

/// What a fine is a multiple of, and whether that was gained: what was gained, else what was turned over.
pub(in crate::supervision) fn base_of(turnover: Option<Fen>, gain: Option<Fen>) -> Option<(Fen, bool)> {
    let some = |amount: Option<Fen>| amount.filter(|amount| *amount > Fen::ZERO);
    some(gain).map(|gain| (gain, true)).or(some(turnover).map(|turnover| (turnover, false)))
}

/// The fine against the multiples that the law sets (`E-D18`): of what was gained where there was a gain, else of what was turned over.
pub(in crate::supervision) fn check_fine(kind: crate::Kind, fine: Fen, turnover: Option<Fen>, gain: Option<Fen>) -> Result<(), kernel::Issue> {
    let Some((base, gained)) = base_of(turnover, gain) else { return Ok(()) };
    let Some(range) = numbers::fine_range(kind, gained).filter(|_| fine > Fen::ZERO) else { return Ok(()) };
    let times = |count: i64| i128::from(base.0) * i128::from(count);
    if (times(range.low)..=times(range.high)).contains(&i128::from(fine.0)) { Ok(()) } else { Err(issues::fine_multiple(&multiple(fine, base), range)) }
}

/// What is owed on a day: the fine, and 3 % of it for every day after the last one, never more than the fine again.
pub(in crate::supervision) fn owed(content: &Penalty, on: Day) -> Fen {
    let late = content.pay_by.map_or(0, |by| by.days_until(on)).max(0);
    let surcharge = (i128::from(content.fine.0) * i128::from(limits().penalty_surcharge.value()) * i128::from(late) / 100).min(i128::from(content.fine.0));
    content.fine.plus(Fen(i64::try_from(surcharge).unwrap_or(content.fine.0))).unwrap_or(content.fine)
}

pub(in crate::supervision) fn apply(turn: &mut Turn<'_>, content: &mut Penalty) -> Result<()> {
    let today = turn.today();
    match turn.act.code {
        "open" => content.clue = turn.words("clue"),
        "file" => {
            content.officers = turn.officers.to_vec();
            let least = turn.limits.penalty_officers.value();
            turn.issues.ensure(turn.officers.len() as i64 >= least, || issues::officers(least, limits().penalty_officers.law()));
            content.filed_on = Some(today);
            content.decide_by = Some(turn.starts(Clock::Decide, today));
            turn.due = content.decide_by;
        }
        "findings" => findings(turn, content)?,
        "extend" => {
            let until = turn.input.day(&mut turn.issues, "until");
            content.outcome = turn.words("outcome");
            if let (Some(until), Some(by)) = (until, content.decide_by) {
                turn.issues.ensure(until > by, || issues::not_before(by.plus_days(1), limits().penalty_decide.law()));
                content.decide_by = Some(until);
                turn.due = Some(until);
                turn.sets(Clock::Decide);
            }
        }
        "back" => {
            content.outcome = turn.words("outcome");
            turn.due = content.decide_by;
        }
        "pass" => {
            refuse_officers(turn, content)?;
            let on = turn.past("on");
            content.informed_on = Some(on);
            content.hearing_until = Some(turn.starts(Clock::Hearing, on));
            turn.due = content.hearing_until;
        }
        "statement" | "held" => {
            content.statement = turn.words("statement");
            if turn.act.code == "held" {
                let from = content.hearing_on.unwrap_or(Day::MAX);
                turn.issues.ensure(today >= from, || issues::not_before(from, limits().penalty_notice.law()));
            }
            turn.due = content.decide_by;
        }
        "hearing" => {
            let on = turn.past("on");
            if let Some(until) = content.hearing_until {
                turn.issues.ensure(on <= until, || issues::over("on", until, limits().penalty_hearing.law()));
            }
            turn.due = content.decide_by;
        }
        "summon" => {
            let from = turn.limits.penalty_notice.due(turn.calendar, today);
            if let Some(on) = turn.input.day(&mut turn.issues, "hearing_on") {
                turn.issues.ensure(on >= from, || issues::not_before(from, limits().penalty_notice.law()).field("hearing_on"));
                content.hearing_on = Some(on);
                turn.due = Some(on);
            }
        }
        "decide" => decide(turn, content)?,
        "serve" => serve(turn, content)?,
        "pay" => pay(turn, content),
        "publish" => {
            if let (Some(fact), None) = (content.fact, content.published_on) {
                turn.effects.push(Effect::Publish(fact));
                content.published_on = Some(today);
            } else {
                return Err(already("已公示", "Published"));
            }
        }
        "resume" => resume(turn, content)?,
        "annul" => {
            content.outcome = turn.words("outcome");
            if let Some(fact) = content.fact {
                turn.end(fact, &content.outcome, true);
            }
            if stops(content) && turn.entry()?.head.status == Status::Suspended {
                turn.effects.push(Effect::Status { status: Status::Active, on: today });
            }
        }
        "perform" | "drop" => content.outcome = turn.words("outcome"),
        _ => {}
    }
    Ok(())
}

fn already(zh: &str, en: &str) -> Error {
    Error::state(zh, en)
}

/// Whoever investigates neither reviews nor decides.
fn refuse_officers(turn: &Turn<'_>, content: &Penalty) -> Result<()> {
    let staff = turn.ctx.actor().staff().map(|staff| staff.id);
    if content.officers.iter().any(|officer| Some(officer.id) == staff) {
        return Err(Error::Denied(issues::same_person(&kernel::Text::fixed("调查取证", "Investigation"))));
    }
    Ok(())
}

fn stops(content: &Penalty) -> bool {
    content.kinds.contains(&PenaltyKind::Stop)
}

fn findings(turn: &mut Turn<'_>, content: &mut Penalty) -> Result<()> {
    let staff = turn.ctx.actor().staff().map(|staff| staff.id);
    if !content.officers.iter().any(|officer| Some(officer.id) == staff) {
        return Err(Error::Denied(issues::officers(turn.limits.penalty_officers.value(), turn.limits.penalty_officers.law())));
    }
    content.facts = turn.public_words("facts");
    content.evidence = turn.words("evidence");
    content.basis = turn.words("basis");
    content.kinds = turn.input.all("kinds").iter().filter_map(|code| PenaltyKind::from_code(code)).collect();
    turn.issues.ensure(!content.kinds.is_empty(), || kernel::Issue::error("E-D80", "请填写", "This is needed").field("kinds"));
    content.turnover = turn.input.amount(&mut turn.issues, "turnover");
    content.gain = turn.input.amount(&mut turn.issues, "gain");
    content.fine = turn.input.amount(&mut turn.issues, "fine").unwrap_or_default();
    let fines = content.kinds.contains(&PenaltyKind::Fine);
    turn.issues.ensure(fines == (content.fine > Fen::ZERO), || kernel::Issue::error("E-D80", "罚款金额与处罚种类不一致", "The fine and the kinds of penalty do not agree").field("fine"));
    let checked = check_fine(turn.kind()?, content.fine, content.turnover, content.gain);
    turn.issues.keep(checked);
    if stops(content) {
        content.stop_from = turn.input.day(&mut turn.issues, "stop_from");
        content.stop_to = turn.input.day(&mut turn.issues, "stop_to");
        turn.issues.ensure(content.stop_from <= content.stop_to, || issues::order("stop_to"));
    }
    turn.due = content.decide_by;
    Ok(())
}

/// Decided: not before the organisation could have asked for a hearing, within the multiple; what follows from it is proposed.
fn decide(turn: &mut Turn<'_>, content: &mut Penalty) -> Result<()> {
    refuse_officers(turn, content)?;
    let today = turn.today();
    if content.statement.is_empty()
        && let Some(until) = content.hearing_until
    {
        turn.issues.ensure(today > until, || issues::not_before(until.plus_days(1), limits().penalty_hearing.law()));
    }
    if let Some(fine) = turn.input.amount(&mut turn.issues, "fine") {
        content.fine = fine;
    }
    let checked = check_fine(turn.kind()?, content.fine, content.turnover, content.gain);
    turn.issues.keep(checked);
    content.decided_on = Some(today);
    let detail = Detail { facts: content.facts.clone(), basis: content.basis.clone(), amount: (content.fine > Fen::ZERO).then_some(content.fine), ..Detail::default() };
    content.fact = Some(turn.add(FactKind::Penalty, penalty_codes(&content.kinds), today, None, false, detail));
    turn.due = Some(turn.starts(Clock::Serve, today));
    follow(turn, content, today);
    Ok(())
}

/// The listing that a penalty calls for: the gravest reason alone.
fn follow(turn: &mut Turn<'_>, content: &Penalty, today: Day) {
    let since = turn.limits.credit_within.before(today);
    let light = |codes: &str| codes.split(' ').any(|code| [PenaltyKind::Warning.code(), PenaltyKind::Fine.code()].contains(&code));
    let this = light(&penalty_codes(&content.kinds));
    let before = turn.standing.penalties.iter().filter(|penalty| penalty.on >= since && light(&penalty.kinds)).count() as i64;
    let has = |kind| content.kinds.contains(&kind);
    let reason = if has(PenaltyKind::Certificate) || has(PenaltyKind::Registration) {
        Some("revoked")
    } else if has(PenaltyKind::Stop) {
        Some("stopped")
    } else if content.fine >= turn.limits.credit_fine.yuan() {
        Some("large_fine")
    } else if this && before + 1 >= turn.limits.credit_repeated.value() {
        Some("repeated")
    } else if this {
        Some("small_fine")
    } else {
        None
    };
    if let Some(reason) = reason {
        turn.propose(reason, &content.facts.clone());
    }
}

/// A decision works from its service on: the status changes, the time to pay begins.
fn serve(turn: &mut Turn<'_>, content: &mut Penalty) -> Result<()> {
    let on = super::service::served(turn);
    content.served_on = Some(on);
    content.pay_by = (content.fine > Fen::ZERO).then(|| turn.starts(Clock::Pay, on));
    turn.due = content.pay_by;
    let has = |kind| content.kinds.contains(&kind);
    let status = if has(PenaltyKind::Registration) {
        Some((Status::Withdrawn, on))
    } else if has(PenaltyKind::Certificate) {
        Some((Status::Revoked, on))
    } else if stops(content) {
        Some((Status::Suspended, content.stop_from.unwrap_or(on)))
    } else {
        None
    };
    if let Some((status, on)) = status.filter(|(status, _)| turn.entry.is_some_and(|entry| entry.head.status != *status)) {
        turn.effects.push(Effect::Status { status, on });
    }
    Ok(())
}

/// A payment: with the surcharge of its day, never more than is owed.
fn pay(turn: &mut Turn<'_>, content: &mut Penalty) {
    let on = turn.past("on");
    let paid = turn.input.amount(&mut turn.issues, "paid").unwrap_or_default();
    let owed = owed(content, on);
    let total = content.paid.plus(paid).unwrap_or(content.paid);
    turn.issues.ensure(paid > Fen::ZERO && total <= owed, || issues::overpaid(Fen(owed.0 - content.paid.0)));
    content.paid = total;
    if total >= owed {
        turn.state = State::Performed;
        turn.due = None;
    }
}

/// The term is over and what was ordered is put right: the organisation goes on.
fn resume(turn: &mut Turn<'_>, content: &mut Penalty) -> Result<()> {
    content.outcome = turn.words("outcome");
    if !stops(content) || turn.entry()?.head.status != Status::Suspended {
        return Err(already("未停止活动", "Not stopped"));
    }
    let to = content.stop_to.unwrap_or(Day::MAX);
    let today = turn.today();
    turn.issues.ensure(today > to, || issues::not_before(to.plus_days(1), content.basis.clone()));
    turn.effects.push(Effect::Status { status: Status::Active, on: today });
    Ok(())
}
