//! What a table may say: `data/organizations/import.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kernel::Text;
use serde::Deserialize;

/// A field that a column may hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Without it nothing is imported.
    #[serde(default)]
    pub needed: bool,
    /// Names of columns that are known to hold it.
    pub headers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fields: Vec<Field>,
    words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../data/organizations/import.toml")).expect("a test reads the file that is carried"));

/// All fields, in the order in which they are offered.
pub fn fields() -> &'static [Field] {
    &FILE.fields
}

/// The field with this code.
pub(super) fn field(code: &str) -> Option<&'static Field> {
    FILE.fields.iter().find(|field| field.code == code)
}

/// The field that a column of this name is known to hold.
pub(super) fn guess(header: &str) -> Option<&'static Field> {
    let header = kernel::text::line(header).to_lowercase();
    FILE.fields.iter().find(|field| field.headers.contains(&header))
}

/// The code that a word stands for in a list of the file; a code stands for itself.
pub(super) fn word(list: &str, typed: &str) -> Option<&'static str> {
    let words = FILE.words.get(list)?;
    let plain = kernel::text::line(typed);
    let is = |known: &str| known.eq_ignore_ascii_case(&plain);
    words.iter().find(|(code, names)| is(code) || names.iter().any(|name| is(name))).map(|(code, _)| code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Status};

    #[test]
    fn no_column_is_two_fields_and_every_word_has_its_code() {
        for field in fields() {
            for header in &field.headers {
                assert_eq!(guess(header).map(|found| found.code.as_str()), Some(field.code.as_str()), "{header}");
            }
        }
        assert_eq!(guess(" 统一社会信用代码 ").map(|field| field.code.as_str()), Some("uscc"));
        assert!(FILE.words["kind"].keys().all(|code| Kind::from_code(code).is_some()));
        assert!(FILE.words["status"].keys().all(|code| Status::from_code(code).is_some()));
        assert_eq!((word("status", "已注销"), word("status", "40"), word("level", "aaa"), word("kind", "公司")), (Some("40"), Some("40"), Some("3"), None));
    }
}
