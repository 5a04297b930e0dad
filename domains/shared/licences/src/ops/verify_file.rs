//! Compares a file with the catalogue (P5-7): identifier, state, digest, signature.

use kernel::{Issue, LicenceId};
use platform::ports::FileId;
use platform::{Ctx, Error, Result, audit};
use sm3::{Digest, Sm3};

use crate::issues;
use crate::model::Way;
use crate::ops::check::Checks;
use crate::store::entry::{self, Checked};
use crate::store::uses;

/// What is to be compared.
#[derive(Clone, Debug)]
pub struct VerifyFile {
    /// Licence identifier, as printed on the file.
    pub identifier: String,
    /// The file.
    pub file: Vec<u8>,
}

/// What came out, in the words of P5-7.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// 真实有效.
    Genuine,
    /// 已失效: E-P506 with state and day; without either for types that are discreet.
    NoLongerValid(Option<Issue>),
    /// 文件被篡改: E-P505.
    Tampered(Issue),
    /// 未查询到.
    Unknown,
}

impl Verdict {
    /// The code in the API and the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::NoLongerValid(_) => "no_longer_valid",
            Self::Tampered(_) => "tampered",
            Self::Unknown => "unknown",
        }
    }
}

/// Compares. Open to everybody, limited like the other checks, logged.
///
/// # Errors
/// E-P501 for an identifier whose check character is wrong; `TooMany`.
pub async fn verify_file(ctx: &Ctx, checks: &Checks, asked: &VerifyFile) -> Result<Verdict> {
    let identifier = LicenceId::parse(&asked.identifier)?;
    checks.limit(ctx, Way::File, crate::hashes::subject(ctx.keys(), identifier.as_str())).await?;
    let found = entry::by_identifier(ctx.db(), &identifier).await?;
    let verdict = match &found {
        None => Verdict::Unknown,
        Some(entry) => compare(ctx, entry, &asked.file).await?,
    };
    let id = found.map(|entry| entry.id);
    let event = audit::Event::new("licence.verify_file", "licence", identifier.as_str())
        .detail(serde_json::json!({ "answer": verdict.code() }));
    uses::log(ctx, Way::File, id, event, verdict.code()).await?;
    Ok(verdict)
}

async fn compare(ctx: &Ctx, entry: &Checked, file: &[u8]) -> Result<Verdict> {
    let digest = data_encoding::HEXLOWER.encode(&Sm3::digest(file));
    if entry.file_sm3.as_deref() != Some(digest.as_str()) || !signed(ctx, entry, file).await? {
        return Ok(Verdict::Tampered(issues::tampered()));
    }
    let state = entry.state.on(ctx.today(), entry.valid_to);
    if state.in_force() {
        return Ok(Verdict::Genuine);
    }
    let day = entry.ended_on.or_else(|| entry.valid_to.map(|last| last.plus_days(1)));
    Ok(Verdict::NoLongerValid(day.filter(|_| !entry.discreet).map(|day| issues::ended(state, day))))
}

async fn signed(ctx: &Ctx, entry: &Checked, file: &[u8]) -> Result<bool> {
    let Some(name) = entry.signature.as_deref() else { return Ok(false) };
    let name = FileId::parse(name).ok_or_else(|| Error::internal("not the name of a file"))?;
    let (signature, _) = ctx.platform().files().get(&name).await?;
    Ok(ctx.platform().signer().verify(file, &signature))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::testing::{marriage, world};
    use crate::ops::{Part, download};

    store::db_test!(p5_7_tells_genuine_ended_tampered_and_unknown, |db| async move {
        let world = world(db).await;
        let me = world.person();
        for (type_code, number) in [(crate::model::MARRIAGE, "J990101-2026-000001"), ("11990000YY9990080W001", "S-1")] {
            let mut new = marriage(number, "990101200405200017");
            (new.holder.person, new.type_code) = (Some(me), type_code.into());
            let drawn = world.drawn();
            let id = world.issue_drawn(&drawn, new).await.expect("issued");
            world.make(id).await;
            let identifier = world.row(id).await.identifier;
            let file = download(&world.citizen(me, 3), id, Part::File).await.expect("downloaded").content;
            let (checks, ctx) = (Checks::default(), &world.ctx);
            let ask = |file: Vec<u8>| VerifyFile { identifier: identifier.clone(), file };
            assert!(matches!(verify_file(ctx, &checks, &ask(file.clone())).await.expect("asked"), Verdict::Genuine));
            let mut changed = file.clone();
            let last = changed.len() - 20;
            changed[last] ^= 1;
            let Verdict::Tampered(issue) = verify_file(ctx, &checks, &ask(changed)).await.expect("asked") else {
                panic!("one byte was changed")
            };
            assert_eq!(issue.code, "E-P505");
            world.end(id).await;
            let Verdict::NoLongerValid(issue) = verify_file(ctx, &checks, &ask(file)).await.expect("asked") else {
                panic!("it has ended")
            };
            let reason = issue.map(|issue| issue.code.to_string());
            let discreet = type_code == crate::model::MARRIAGE;
            assert_eq!(reason.as_deref(), (!discreet).then_some("E-P506"), "no reason for a marriage");
        }
    });

    store::db_test!(p5_7_checks_the_identifier_before_anything_else, |db| async move {
        let world = world(db).await;
        let right = "1.2.156.3005.2.11990000YY9990080W001.11990102YY9990101F.2026000000000001.001.P";
        let ask = |identifier: String| VerifyFile { identifier, file: b"%PDF-".to_vec() };
        let checks = Checks::default();
        let wrong = verify_file(&world.ctx, &checks, &ask(right.replace(".P", ".Q"))).await.expect_err("check character");
        assert!(wrong.has_code("E-P501"), "{wrong}");
        assert!(matches!(verify_file(&world.ctx, &checks, &ask(right.into())).await.expect("asked"), Verdict::Unknown));
    });
}
