//! The qualification for public fundraising (D-R25): every condition at its field.

use std::collections::BTreeMap;

use kernel::{Day, Text};
use platform::Result;

use crate::supervision::clocks::Clock;
use crate::supervision::issues;
use crate::supervision::model::{Detail, FactKind, Fundraising};
use crate::supervision::numbers::limits;
use crate::supervision::turn::Turn;

pub(in crate::supervision) fn apply(turn: &mut Turn<'_>, content: &mut Fundraising) -> Result<()> {
    let today = turn.today();
    match turn.act.code {
        "open" => {
            conditions(turn, content, today)?;
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

fn conditions(turn: &mut Turn<'_>, content: &mut Fundraising, today: Day) -> Result<()> {
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
    let entry = turn.entry()?;
    let aged = entry.content.charity_since.is_some_and(|since| numbers.fundraising_age.term(since) <= today);
    let clean = turn.standing.penalties.iter().all(|penalty| penalty.on < numbers.fundraising_clean.before(today)) && turn.standing.list.is_none();
    let share = numbers.fundraising_share.value();
    let least = numbers.fundraising_supervisors.value();
    let conditions = [
        (aged, "council", "认定或登记为慈善组织未满1年", "a charity for less than a year"),
        (council > 0 && related * share <= council, "related", "来自同一组织或有关联关系的理事超过三分之一", "more than a third of the council from one or related organisations"),
        (!relatives, "relatives", "理事之间有近亲属关系", "close relatives sit in the council together"),
        (council > 0 && abroad * share <= council, "abroad", "非内地居民理事超过三分之一", "more than a third of the council from abroad"),
        (mainland, "mainland", "法定代表人应为内地居民", "the legal representative must be a resident of the mainland"),
        (full_time, "full_time", "秘书长应为专职", "the secretary-general must be full-time"),
        (!chair, "chair", "秘书长不得由理事长兼任", "the secretary-general may not be the chair"),
        (supervisors >= least, "supervisors", "监事不足3人", "fewer than three supervisors"),
        (clean, "council", "上一年度有违法违规记录", "a breach within the last year"),
    ];
    for (met, field, zh, en) in conditions {
        turn.issues.ensure(met, || issues::not_qualified(field, &Text::fixed(zh, en)));
    }
    Ok(())
}
