//! The qualification for public fundraising (D-R25): every condition at its field.

use std::collections::BTreeMap;

use kernel::{Day, Issue, Text};
use platform::Result;

use crate::Entry;
use crate::supervision::clocks::Clock;
use crate::supervision::issues;
use crate::supervision::model::{Detail, FactKind, Fundraising};
use crate::supervision::numbers::limits;
use crate::supervision::standing::Standing;
use crate::supervision::turn::Turn;

/// Everything that bars an application on a day, whatever its form says (`E-D25`), all at once.
pub(in crate::supervision) fn bars(entry: &Entry, standing: &Standing, today: Day) -> Vec<Issue> {
    let numbers = limits();
    let (age, free) = (numbers.fundraising_age.text(), numbers.fundraising_clean.text());
    let aged = entry.content.charity_since.is_some_and(|since| numbers.fundraising_age.term(since) <= today);
    let clean = standing.penalties.iter().all(|penalty| penalty.on < numbers.fundraising_clean.before(today)) && standing.list.is_none();
    let conditions = [
        (aged, Text::new(format!("认定或登记为慈善组织未满{}", age.zh), format!("a charity for less than {}", age.en))),
        (clean, Text::new(format!("近{}内有违法违规记录", free.zh), format!("a breach within the last {}", free.en))),
    ];
    conditions.into_iter().filter(|(met, _)| !met).map(|(_, reason)| issues::not_qualified("council", &reason)).collect()
}

pub(in crate::supervision) fn apply(turn: &mut Turn<'_>, content: &mut Fundraising) -> Result<()> {
    let today = turn.today();
    match turn.act.code {
        "open" => {
            turn.issues.ensure(!turn.standing.fundraising, issues::under_way);
            for bar in bars(turn.entry()?, turn.standing, today) {
                turn.issues.add(bar);
            }
            conditions(turn, content);
            content.applied_on = Some(today);
            turn.due = Some(turn.starts(Clock::Grant, today));
        }
        "grant" => {
            content.granted_on = Some(today);
            let detail = Detail { basis: limits().fundraising_decide.law(), ..Detail::default() };
            content.fact = Some(turn.add(FactKind::Fundraising, "granted", today, None, true, detail));
        }
        _ => {
            content.opinion = turn.words("opinion");
            if let Some(fact) = content.fact {
                turn.end(fact, &content.opinion, false);
            }
        }
    }
    Ok(())
}

/// What the form says of the council.
fn conditions(turn: &mut Turn<'_>, content: &mut Fundraising) {
    let numbers = limits();
    let mut form = BTreeMap::new();
    let mut number = |turn: &mut Turn<'_>, name: &str| {
        let read = turn.input.number(&mut turn.issues, name);
        form.insert(name.to_owned(), read.map(|number| number.to_string()).unwrap_or_default());
        read.unwrap_or_default()
    };
    let (council, related) = (number(turn, "council"), number(turn, "related"));
    let (abroad, supervisors) = (number(turn, "abroad"), number(turn, "supervisors"));
    let statements = ["relatives", "mainland", "full_time", "chair"].map(|name| turn.input.yes(name));
    for (name, said) in ["relatives", "mainland", "full_time", "chair"].into_iter().zip(statements) {
        form.insert(name.to_owned(), if said { "yes" } else { "no" }.to_owned());
    }
    content.form = form;
    let [relatives, mainland, full_time, chair] = statements;
    let share = numbers.fundraising_share.value();
    let least = numbers.fundraising_supervisors.value();
    let supervised = numbers.fundraising_supervisors.text();
    let conditions = [
        (council > 0 && related * share <= council, "related", Text::new(format!("来自同一组织或有关联关系的理事超过1/{share}"), format!("more than 1/{share} of the council from one or related organisations"))),
        (!relatives, "relatives", Text::fixed("理事之间有近亲属关系", "close relatives sit in the council together")),
        (council > 0 && abroad * share <= council, "abroad", Text::new(format!("非内地居民理事超过1/{share}"), format!("more than 1/{share} of the council from abroad"))),
        (mainland, "mainland", Text::fixed("法定代表人应为内地居民", "the legal representative must be a resident of the mainland")),
        (full_time, "full_time", Text::fixed("秘书长应为专职", "the secretary-general must be full-time")),
        (!chair, "chair", Text::fixed("秘书长不得由理事长兼任", "the secretary-general may not be the chair")),
        (supervisors >= least, "supervisors", Text::new(format!("监事不足{}人", supervised.zh), format!("fewer than {} supervisors", supervised.en))),
    ];
    for (met, field, reason) in conditions {
        turn.issues.ensure(met, || issues::not_qualified(field, &reason));
    }
}
