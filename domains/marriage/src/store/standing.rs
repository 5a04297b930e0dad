//! Marriages of either register at once: those of this program, and those published from old files.

use identity::facts::NumberHash;
use platform::{Error, Result};
use store::{Target, q};

use crate::model::{EndKind, MarriageId};

/// The marriages of a person that are written as standing, each with the spouse's number where the register has it.
pub(crate) async fn of_number(on: impl Into<Target<'_>> + Send, number: &NumberHash) -> Result<Vec<(MarriageId, Option<NumberHash>)>> {
    let rows: Vec<(Vec<u8>, Option<Vec<u8>>)> = q("SELECT p.marriage, s.number_hash FROM marriage_party p \
         JOIN marriage_party s ON s.marriage = p.marriage AND s.side <> p.side WHERE p.number_hash = $1 AND p.valid \
         UNION ALL SELECT f.id, s.number_hash FROM back_fact_party p JOIN back_fact f ON f.id = p.fact \
         JOIN back_fact_party s ON s.fact = f.id AND s.side <> p.side WHERE p.number_hash = $1 AND f.state = 'valid'")
    .bind(number.0.clone())
    .all(on)
    .await?;
    rows.into_iter().map(|(id, spouse)| Ok((MarriageId::try_from(id).map_err(Error::internal)?, spouse.map(NumberHash)))).collect()
}

/// The marriages of a person whose end by a death was written down on this basis, each with the spouse's number.
pub(crate) async fn ended_by_death(on: impl Into<Target<'_>> + Send, number: &NumberHash, basis: &str) -> Result<Vec<(MarriageId, NumberHash)>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = q("SELECT p.marriage, s.number_hash FROM marriage_party p JOIN marriage m ON m.id = p.marriage \
         JOIN marriage_party s ON s.marriage = p.marriage AND s.side <> p.side WHERE p.number_hash = $1 AND m.state = 'ended' AND m.end_kind = $2 \
         UNION ALL SELECT f.id, s.number_hash FROM back_fact_party p JOIN back_fact f ON f.id = p.fact \
         JOIN back_fact_party s ON s.fact = f.id AND s.side <> p.side \
         WHERE p.number_hash = $1 AND f.state = 'ended' AND f.end_kind = $2 AND f.basis = $3 AND s.number_hash IS NOT NULL")
    .bind(number.0.clone())
    .bind(EndKind::Death.code())
    .bind(basis)
    .all(on)
    .await?;
    rows.into_iter().map(|(id, spouse)| Ok((MarriageId::try_from(id).map_err(Error::internal)?, NumberHash(spouse)))).collect()
}

/// The number of the last spouse of whom an old file tells, whether or not that marriage is over.
pub(crate) async fn spouse_in_file(on: impl Into<Target<'_>> + Send, number: &NumberHash) -> Result<Option<NumberHash>> {
    let row: Option<(Vec<u8>,)> = q("SELECT s.number_hash FROM back_fact_party p JOIN back_fact f ON f.id = p.fact \
         JOIN back_fact_party s ON s.fact = f.id AND s.side <> p.side WHERE p.number_hash = $1 AND s.number_hash IS NOT NULL AND f.state <> 'void' \
         ORDER BY f.started_on DESC NULLS LAST LIMIT 1")
    .bind(number.0.clone())
    .opt(on)
    .await?;
    Ok(row.map(|(spouse,)| NumberHash(spouse)))
}

/// By what one of two is found in an old file.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) number: NumberHash,
    /// Hash of the name and year of birth, where they are known: a file without his number may still be his.
    pub(crate) likeness: Option<(Vec<u8>, i64)>,
}

/// A marriage from an old file that is, or may be, that of two who were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OldFile {
    pub(crate) id: MarriageId,
    pub(crate) cert_no: Option<String>,
    pub(crate) archive_no: String,
    pub(crate) stands: bool,
    pub(crate) end_kind: Option<EndKind>,
    /// The file has the numbers of both.
    pub(crate) numbered: bool,
}

impl OldFile {
    /// Whether it is the marriage that a paper with this certificate number speaks of: both numbers are theirs and the certificate is not
    /// another one; or a number is missing, and the certificate is the same.
    pub(crate) fn is_of(&self, cert_no: Option<&str>) -> bool {
        match (&self.cert_no, cert_no) {
            (Some(ours), Some(shown)) => plain(ours) == plain(shown),
            _ => self.numbered,
        }
    }
}

/// One form of a certificate number as old papers write it, so that spaces and brackets do not make it another.
fn plain(cert_no: &str) -> String {
    let one = |c: char| match c {
        '(' | '〔' | '[' | '【' => '（',
        ')' | '〕' | ']' | '】' => '）',
        other => other,
    };
    kernel::text::code(cert_no).chars().filter(|c| !c.is_whitespace()).map(one).collect()
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Vec<u8>,
    cert_no: Option<String>,
    archive_no: String,
    state: String,
    end_kind: Option<String>,
    name: Option<Vec<u8>>,
    birth_year: Option<i64>,
    number: Option<Vec<u8>>,
    other_name: Option<Vec<u8>>,
    other_birth_year: Option<i64>,
    other_number: Option<Vec<u8>>,
}

/// Marriages from old files between two persons, over or not.
pub(crate) async fn between(on: impl Into<Target<'_>> + Send, one: &Known, other: &Known) -> Result<Vec<OldFile>> {
    let name = |known: &Known| known.likeness.as_ref().map(|(name, _)| name.clone());
    let rows: Vec<Row> = q("SELECT f.id, f.cert_no, r.archive_no, f.state, f.end_kind, p.name_hash AS name, p.birth_year, p.number_hash AS number, \
         s.name_hash AS other_name, s.birth_year AS other_birth_year, s.number_hash AS other_number \
         FROM back_fact_party p JOIN back_fact f ON f.id = p.fact JOIN back_row r ON r.id = f.row_id \
         JOIN back_fact_party s ON s.fact = f.id AND s.side <> p.side \
         WHERE (p.number_hash = $1 OR (p.name_hash = $2 AND p.number_hash IS NULL)) \
         AND (s.number_hash = $3 OR (s.number_hash IS NULL AND (s.name_hash = $4 OR p.number_hash = $1))) LIMIT 50")
    .bind(one.number.0.clone())
    .bind(name(one))
    .bind(other.number.0.clone())
    .bind(name(other))
    .all(on)
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let alike = |known: &Known, number: &Option<Vec<u8>>, name: &Option<Vec<u8>>, year: Option<i64>| match (number, &known.likeness) {
            (Some(number), _) => *number == known.number.0,
            (None, Some((his, born))) => name.as_ref().is_none_or(|name| name == his) && year.is_none_or(|year| year == *born),
            (None, None) => true,
        };
        if alike(one, &row.number, &row.name, row.birth_year) && alike(other, &row.other_number, &row.other_name, row.other_birth_year) {
            found.push(OldFile {
                id: MarriageId::try_from(row.id).map_err(Error::internal)?,
                numbered: row.number.is_some() && row.other_number.is_some(),
                cert_no: row.cert_no,
                archive_no: row.archive_no,
                stands: row.state == "valid",
                end_kind: row.end_kind.as_deref().and_then(EndKind::from_code),
            });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_of_the_certificate_that_was_shown() {
        let file = |cert_no: Option<&str>, numbered| OldFile {
            id: MarriageId::new(1, [0; 10]),
            cert_no: cert_no.map(str::to_owned),
            archive_no: "G-1987-1-1".to_owned(),
            stands: true,
            end_kind: None,
            numbered,
        };
        assert!(file(Some("(87)城婚字 第1号"), false).is_of(Some("〔87〕城婚字第1号")));
        assert!(!file(Some("城婚字第2号"), true).is_of(Some("城婚字第1号")), "another certificate");
        assert!(file(None, true).is_of(Some("城婚字第1号")) && file(Some("城婚字第1号"), true).is_of(None));
        assert!(!file(None, false).is_of(Some("城婚字第1号")), "nothing but a likeness");
    }
}
