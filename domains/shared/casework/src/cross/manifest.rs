//! What is in a packet: a list whose SM3 digest is the packet's seal. Changing one byte of a file, of the answers or of the list breaks it.

use platform::{Ctx, Result};
use serde::{Deserialize, Serialize};
use ::store::Target;

use crate::CaseId;
use crate::model::MaterialState;
use crate::store::{data, materials};

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) case_no: String,
    /// SM3 over the answers of the form.
    pub(super) answers: String,
    pub(super) papers: Vec<Line>,
}

/// A paper in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) originals: i64,
    pub(super) copies: i64,
    /// Name in the store of files; empty for papers that were only seen.
    pub(super) file: String,
    pub(super) sm3: String,
}

impl Manifest {
    /// What a case has now.
    pub(super) async fn of(on: impl Into<Target<'_>> + Send, ctx: &Ctx, case: CaseId, case_no: &str) -> Result<Self> {
        let on = on.into();
        let (_, answers) = data::newest(on, ctx, case).await?;
        let papers = materials::of_case(on, ctx, case).await?;
        let there = papers.into_iter().filter(|paper| !matches!(paper.state, MaterialState::Promised | MaterialState::Replaced));
        let line = |paper: crate::model::Material| Line {
            id: paper.id.to_string(),
            key: paper.key,
            originals: paper.originals,
            copies: paper.copies,
            file: paper.file.map(|file| file.as_str().to_owned()).unwrap_or_default(),
            sm3: paper.sm3.unwrap_or_default(),
        };
        let answers: String = answers.iter().map(|(key, value)| format!("{key}\u{1f}{value}\u{1e}")).collect();
        Ok(Self { case_no: case_no.to_owned(), answers: sm3(answers.as_bytes()), papers: there.map(line).collect() })
    }

    /// The one text of the list, over which the digest is made.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{}\n{}\n", self.case_no, self.answers);
        for line in &self.papers {
            text.push_str(&format!("{}\t{}\t{}\t{}\t{}\t{}\n", line.id, line.key, line.originals, line.copies, line.file, line.sm3));
        }
        text
    }

    /// The digest.
    pub(super) fn digest(&self) -> String {
        sm3(self.text().as_bytes())
    }

    /// What of this list is not as it was when the packet was sent with this digest: the list itself, the answers, or a paper by its key.
    /// Files are read again and hashed.
    pub(super) async fn broken(&self, ctx: &Ctx, case: CaseId, digest: &str) -> Result<Option<String>> {
        if self.digest() != digest {
            return Ok(Some("list".to_owned()));
        }
        if Self::of(ctx.db(), ctx, case, &self.case_no).await?.answers != self.answers {
            return Ok(Some("answers".to_owned()));
        }
        for line in self.papers.iter().filter(|line| !line.file.is_empty()) {
            // A file that does not open any more has been changed, too: its seal is broken.
            let whole = match platform::ports::FileId::parse(&line.file) {
                Some(file) => ctx.platform().files().get(&file).await.is_ok_and(|(bytes, _)| sm3(&bytes) == line.sm3),
                None => false,
            };
            if !whole {
                return Ok(Some(line.key.clone()));
            }
        }
        Ok(None)
    }
}

fn sm3(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&<sm3::Sm3 as sm3::Digest>::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p10_5_every_part_of_the_list_is_under_the_digest() {
        let line = Line { id: "a".into(), key: "plan".into(), originals: 0, copies: 1, file: "f".into(), sm3: "s".into() };
        let list = Manifest { case_no: "9901022026070110000016".into(), answers: sm3(b"x"), papers: vec![line.clone()] };
        let digest = list.digest();
        assert_eq!(digest.len(), 64);
        let changed = [
            Manifest { case_no: "9901022026070110000017".into(), ..list.clone() },
            Manifest { answers: sm3(b"y"), ..list.clone() },
            Manifest { papers: vec![Line { copies: 2, ..line.clone() }], ..list.clone() },
            Manifest { papers: vec![Line { sm3: "t".into(), ..line.clone() }], ..list.clone() },
            Manifest { papers: Vec::new(), ..list.clone() },
        ];
        assert!(changed.iter().all(|list| list.digest() != digest));
    }
}
