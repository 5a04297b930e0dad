//! What a person typed into a form and what is wrong with it.

use kernel::{Issue, Severity};
use std::{collections::BTreeMap, sync::Arc};

/// The contents of a form by field name, and the issues found in it. Cheap to clone.
///
/// A handler keeps it from the request to the page that is shown again, so nothing typed is ever lost; a page that is
/// shown the first time starts from `Values::new().with("name", known_value)`.
#[derive(Clone, Debug, Default)]
pub struct Values {
    typed: Arc<BTreeMap<String, Vec<String>>>,
    issues: Arc<Vec<Issue>>,
}

impl Values {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// The fields of a request, in order; a name may come several times.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut typed: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            typed.entry(name).or_default().push(value);
        }
        Self { typed: Arc::new(typed), issues: Arc::default() }
    }

    /// Sets a field, replacing what was there.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        Arc::make_mut(&mut self.typed).insert(name.to_owned(), vec![value.to_string()]);
        self
    }

    /// Adds a value to a field that may have several.
    pub fn also(mut self, name: &str, value: impl ToString) -> Self {
        Arc::make_mut(&mut self.typed).entry(name.to_owned()).or_default().push(value.to_string());
        self
    }

    /// Sets a field that nobody has filled in: for values that are known already.
    pub fn or(self, name: &str, value: impl ToString) -> Self {
        if self.typed.contains_key(name) { self } else { self.with(name, value) }
    }

    /// These values with what was typed, and what was found wrong with it, over them.
    pub fn over(self, typed: Self) -> Self {
        let mut all = (*self.typed).clone();
        all.extend(typed.typed.iter().map(|(name, values)| (name.clone(), values.clone())));
        Self { typed: Arc::new(all), issues: Arc::new(self.issues.iter().chain(typed.issues.iter()).cloned().collect()) }
    }

    /// Adds what was found wrong.
    pub fn with_issues(mut self, issues: impl IntoIterator<Item = Issue>) -> Self {
        Arc::make_mut(&mut self.issues).extend(issues);
        self
    }

    /// The field's value as typed, outer white space removed; empty if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The field's value exactly as typed (passwords, long texts).
    pub fn raw(&self, name: &str) -> &str {
        self.typed.get(name).and_then(|all| all.first()).map_or("", String::as_str)
    }

    /// All values of a field: check boxes.
    pub fn all(&self, name: &str) -> &[String] {
        self.typed.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether this choice is among the field's values.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|v| v == value)
    }

    /// Every field with each of its values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.typed.iter().flat_map(|(name, all)| all.iter().map(move |value| (name.as_str(), value.as_str())))
    }

    /// Everything found wrong, in the order found.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// What is wrong with one field.
    pub fn issues_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Issue> {
        self.issues.iter().filter(move |issue| issue.field.as_deref() == Some(name))
    }

    /// Whether anything stands in the way of going on (warnings do not).
    pub fn has_errors(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_typed_and_fills_only_what_was_not() {
        let values = Values::from_pairs([("a".into(), " x ".into()), ("b".into(), "1".into()), ("b".into(), "2".into())]);
        let values = values.or("a", "known").or("c", "known");
        assert_eq!((values.get("a"), values.raw("a"), values.get("c")), ("x", " x ", "known"));
        assert!(values.has("b", "2") && !values.has("b", "3"));
        assert_eq!(values.get("nothing"), "");
    }

    #[test]
    fn warnings_do_not_stop_a_form() {
        let values = Values::new().with_issues([Issue::warn("W", "注意", "Mind").field("a")]);
        assert!(!values.has_errors());
        assert_eq!(values.issues_of("a").count(), 1);
        assert!(values.with_issues([Issue::error("E", "错", "Wrong")]).has_errors());
    }
}
