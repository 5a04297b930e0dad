//! Annual reports (D-R17): filed by the organisation, looked at by the supervising unit, concluded and published by the authority.

use std::collections::BTreeMap;

use kernel::Fen;
use platform::Result;

use crate::supervision::model::{Annual, AnnualResult, Detail, FactKind, State};
use crate::supervision::turn::Turn;
use crate::supervision::{endings, issues, numbers};

/// Fields with amounts.
const AMOUNTS: [&str; 4] = ["income", "cost", "assets", "donations"];
/// Fields with numbers, of which only the first must be filled in.
const NUMBERS: [&str; 3] = ["staff", "members", "party_members"];

pub(in crate::supervision) fn apply(turn: &mut Turn<'_>, content: &mut Annual) -> Result<()> {
    match turn.act.code {
        "open" => {
            let today = turn.today();
            let year = turn.year;
            turn.issues.ensure(i64::from(today.year()) > year && year > 1949, || issues::report_closed(year));
            file(turn, content)?;
            content.filed_on = Some(today);
            content.late = turn.report_due.is_some_and(|due| today > due);
            if content.late {
                turn.warnings.push(issues::report_late(year, numbers::report(turn.kind()?).law()));
            }
        }
        "refile" => file(turn, content)?,
        "agree" => content.opinion = turn.input.text("opinion"),
        "return" => content.opinion = turn.words("opinion"),
        "conclude" => result(turn, content)?,
        "correct" => {
            if let Some(old) = content.fact {
                turn.end(old, &endings::CORRECTED.zh, true);
            }
            result(turn, content)?;
        }
        _ => {}
    }
    Ok(())
}

/// What was filed. Who registers directly has no unit that looks first.
fn file(turn: &mut Turn<'_>, content: &mut Annual) -> Result<()> {
    let mut form = BTreeMap::from([("activities".to_owned(), turn.words("activities"))]);
    for name in AMOUNTS {
        let amount: Option<Fen> = turn.input.amount(&mut turn.issues, name);
        if amount.is_none() && name != "donations" && turn.input.get(name).is_empty() {
            turn.words(name);
        }
        form.insert(name.to_owned(), amount.map(|amount| amount.to_string()).unwrap_or_default());
    }
    for name in NUMBERS {
        if name == "staff" || !turn.input.get(name).is_empty() {
            let number = turn.input.number(&mut turn.issues, name);
            form.insert(name.to_owned(), number.map(|number| number.to_string()).unwrap_or_default());
        }
    }
    form.insert("party".to_owned(), turn.input.text("party"));
    content.form = form;
    turn.state = if turn.entry()?.content.supervisor.is_empty() { State::ToReview } else { State::WithSupervisor };
    Ok(())
}

/// The conclusion, in public at once.
fn result(turn: &mut Turn<'_>, content: &mut Annual) -> Result<()> {
    let result = turn.input.one(&mut turn.issues, "result", AnnualResult::from_code);
    let facts = turn.public_words("facts");
    content.result = result;
    content.opinion.clone_from(&facts);
    let detail = Detail { facts, basis: numbers::report(turn.kind()?).law(), year: Some(turn.year), ..Detail::default() };
    let today = turn.today();
    content.fact = result.map(|result| turn.add(FactKind::Annual, result.code(), today, None, true, detail));
    Ok(())
}
