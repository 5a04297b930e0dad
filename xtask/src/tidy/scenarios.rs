//! The table of scenarios says the truth: every test that it names is there, and no scenario stands in it twice.

use std::collections::HashSet;
use std::fs;

use anyhow::{Context, Result};

use crate::command::root;

/// The table.
const TABLE: &str = "docs/scenarios.md";

/// Holds the table against the sources.
pub(super) fn scenarios(sources: &[String], wrong: &mut Vec<String>) -> Result<()> {
    let table = fs::read_to_string(root().join(TABLE)).context(TABLE)?;
    let tests = tests(sources)?;
    wrong.extend(faults(&table, &tests));
    Ok(())
}

/// Names of functions, and of tests that a macro makes: `fn name(` and `journey!(name, …`.
fn tests(sources: &[String]) -> Result<HashSet<String>> {
    let mut names = HashSet::new();
    for file in sources {
        let text = fs::read_to_string(root().join(file)).context(file.clone())?;
        for start in ["fn ", "journey!(", "db_test!("] {
            let after = text.split(start).skip(1);
            names.extend(after.map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()));
        }
    }
    Ok(names)
}

fn faults(table: &str, tests: &HashSet<String>) -> Vec<String> {
    let (mut seen, mut wrong) = (HashSet::new(), Vec::new());
    for row in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| scenario ")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [scenario, _, shown] = cells[..] else {
            wrong.push(format!("{TABLE}: a row has three cells: {row}"));
            continue;
        };
        if !seen.insert(scenario) {
            wrong.push(format!("{TABLE}: {scenario} stands there twice"));
        }
        let named: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            wrong.push(format!("{TABLE}: {scenario} names no test"));
        }
        wrong.extend(named.into_iter().filter(|test| !tests.contains(*test)).map(|test| format!("{TABLE}: {scenario} names {test}, which is not there")));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_is_not_there_and_a_scenario_twice_are_told() {
        let tests = HashSet::from(["there".to_owned()]);
        assert_eq!(faults("| scenario | what happens | shown by |\n|---|---|---|\n| A1 | x | `there` |\n", &tests), Vec::<String>::new());
        let wrong = faults("| A1 | x | `there` · `gone` |\n| A1 | x | |\n", &tests);
        assert_eq!(wrong.len(), 3, "{wrong:?}");
    }
}
