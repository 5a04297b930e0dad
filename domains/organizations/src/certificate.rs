//! The certificate of an organisation: its versions as electronic licences, and the address in its QR symbol, which is signed.
//!
//! Whoever scans it sees how the organisation stands now, not how it stood when the certificate was printed.

use data_encoding::BASE64URL_NOPAD;
use documents::shapes::{Certificate, Row};
use kernel::{Day, Issue, RegionCode, Uscc};
use licences::model::{Decision, Ending, Holder, HolderKind, Issuer, New, Source};
use licences::ops::Drawn;
use platform::{Ctx, Error, PersonId, Result};
use ::store::Tx;

use crate::issues;
use crate::model::{CertificateRef, Content, Entry, Kind, Status};
use crate::registration::registration;
use crate::register;

/// 证照类型代码 and title of the certificate of a kind.
fn type_of(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Association => ("11990000YY9990080W001", "社会团体法人登记证书", "Certificate of a social association"),
        Kind::ServiceInstitution => ("11990000YY9990080W002", "民办非企业单位登记证书", "Certificate of a private non-enterprise unit"),
        Kind::Foundation => ("11990000YY9990080W003", "基金会法人登记证书", "Certificate of a foundation"),
    }
}

/// The certificate that follows one: its number is the credit code, its version one more.
pub(crate) fn next(uscc: &str, before: Option<&CertificateRef>, today: Day) -> CertificateRef {
    CertificateRef {
        no: uscc.to_owned(),
        version: before.map_or(1, |before| before.version + 1),
        issued_on: today,
        valid_from: today,
        valid_to: Some(today.plus_years(registration().certificate.years).plus_days(-1)),
    }
}

/// For whom and why a certificate is issued.
pub(crate) struct Cause<'a> {
    /// Number of the decided case.
    pub(crate) case_no: &'a str,
    /// Who applied: it stands among his certificates.
    pub(crate) person: Option<PersonId>,
    /// The authority.
    pub(crate) region: RegionCode,
    /// Its credit code.
    pub(crate) authority: &'a Uscc,
}

/// Issues the certificate that the content names, in place of the one in force, in the transaction of the decision.
pub(crate) async fn issue(tx: &Tx, ctx: &Ctx, content: &Content, cause: &Cause<'_>) -> Result<()> {
    let Some(certificate) = &content.certificate else { return Err(Error::internal("an organisation without a certificate")) };
    let (type_code, ..) = type_of(content.kind);
    let new = New {
        type_code: type_code.into(),
        number: certificate.no.clone(),
        holder: Holder { name: content.name.clone(), kind: HolderKind::Organisation, number: certificate.no.clone(), person: cause.person },
        issuer: Issuer { code: cause.authority.clone(), name: content.authority.clone(), region: cause.region },
        issued_on: certificate.issued_on,
        valid_to: certificate.valid_to,
        source: Source::case(cause.case_no).ok_or_else(|| Error::internal("a case without number"))?,
        face: face(ctx, content, certificate),
        template: "organization-certificate",
        photo: None,
    };
    let drawn = Drawn::new(ctx);
    match licences::ops::in_force(tx, type_code, &certificate.no).await?.first() {
        Some(old) => licences::ops::supersede(tx, ctx, &drawn, old.id, &new).await?,
        None => licences::ops::issue(tx, ctx, &drawn, &new).await?,
    };
    Ok(())
}

/// How the certificate ends with an organisation that comes to this status (D.3, P5-4); nothing while the organisation goes on.
pub(crate) fn ending(status: Status) -> Option<Ending> {
    match status {
        Status::Deregistered => Some(Ending::Cancelled),
        Status::Withdrawn | Status::FraudUndone => Some(Ending::Revoked),
        Status::Revoked => Some(Ending::Withdrawn),
        Status::Preparing | Status::Examined | Status::Active | Status::Suspended | Status::Liquidating => None,
    }
}

/// Takes the certificate in force out of force, by a decision.
pub(crate) async fn end(tx: &Tx, ctx: &Ctx, kind: Kind, uscc: &str, ending: Ending, decision: &str, on: Day) -> Result<()> {
    let decision = Decision::new(decision).ok_or_else(|| Error::internal("a decision without number"))?;
    for old in licences::ops::in_force(tx, type_of(kind).0, uscc).await? {
        licences::ops::annul(tx, ctx, old.id, ending, &decision, on).await?;
    }
    Ok(())
}

fn face(ctx: &Ctx, content: &Content, certificate: &CertificateRef) -> Certificate {
    let (_, title_zh, title_en) = type_of(content.kind);
    let funds = match content.kind {
        Kind::Association => "注册资金 Registered funds",
        Kind::ServiceInstitution => "开办资金 Initial funds",
        Kind::Foundation => "原始基金 Original fund",
    };
    let validity = match certificate.valid_to {
        Some(to) => format!("{} — {}", certificate.valid_from.zh_plain(), to.zh_plain()),
        None => certificate.valid_from.zh_plain(),
    };
    let supervisor = if content.supervisor.is_empty() { "无（直接登记）" } else { &content.supervisor };
    let facts = vec![
        Row::new("统一社会信用代码 Credit code", &certificate.no),
        Row::new("业务范围 Scope", &content.scope),
        Row::new("住所 Address", &content.address),
        Row::new("法定代表人 Legal representative", &content.legal_representative),
        Row::new(funds, format!("{} 元", content.funds)),
        Row::new("业务主管单位 Supervising unit", supervisor),
        Row::new("有效期 Valid", validity),
        Row::new("版本 Version", certificate.version.to_string()),
    ];
    Certificate {
        title_zh: title_zh.to_owned(),
        title_en: title_en.to_owned(),
        number: certificate.no.clone(),
        holder: content.name.clone(),
        facts,
        issuer: content.authority.clone(),
        issued_on: certificate.issued_on.zh_plain(),
        check_url: address(ctx, certificate),
        ..Certificate::default()
    }
}

/// The signed address that the QR symbol of a certificate holds.
pub fn address(ctx: &Ctx, certificate: &CertificateRef) -> String {
    let text = payload(&ctx.settings().public_origin, &certificate.no, &certificate.no, &certificate.version.to_string(), &certificate.issued_on.compact());
    let signature = BASE64URL_NOPAD.encode(&ctx.platform().signer().sign(text.as_bytes()));
    format!("{text}&s={signature}")
}

fn payload(origin: &str, uscc: &str, no: &str, version: &str, day: &str) -> String {
    format!("{}/so/v/{uscc}?c={no}&v={version}&t={day}", origin.trim_end_matches('/'))
}

/// What stands in the address of a QR symbol, as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Number of the certificate.
    pub no: String,
    /// Its version.
    pub version: String,
    /// Day of issue, eight digits.
    pub day: String,
    /// The signature.
    pub signature: String,
}

/// What a scan comes to.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The organisation as it stands now; absent where none has the code, exactly.
    pub entry: Option<Entry>,
    /// Whether the signature is ours; absent where the address had none.
    pub genuine: Option<bool>,
    /// `E-D21` for a code that nobody has, `E-D93` where the certificate ended with the organisation, `E-D20` where it has been replaced.
    pub issue: Option<Issue>,
}

/// Looks up who has this code now (E-D20, E-D21, E-D93). Only a whole code counts: nothing like it is ever shown instead.
///
/// # Errors
/// Those of the database.
pub async fn check(ctx: &Ctx, uscc: &str, scanned: &Scanned) -> Result<Verdict> {
    let unknown = Verdict { entry: None, genuine: None, issue: Some(issues::unknown_code()) };
    let Ok(code) = Uscc::parse(uscc) else { return Ok(unknown) };
    let Some(entry) = register::by_uscc(ctx.db(), code.as_str()).await? else { return Ok(unknown) };
    let genuine = (!scanned.signature.is_empty()).then(|| {
        let text = payload(&ctx.settings().public_origin, code.as_str(), &scanned.no, &scanned.version, &scanned.day);
        let signature = BASE64URL_NOPAD.decode(scanned.signature.as_bytes()).unwrap_or_default();
        ctx.platform().signer().verify(text.as_bytes(), &signature)
    });
    let current = entry.content.certificate.as_ref().map(|certificate| certificate.version);
    let issue = match (scanned.version.parse::<i64>(), current) {
        _ if entry.head.status.ended() => Some(issues::certificate_ended(entry.head.status)),
        (Ok(shown), Some(current)) if shown != current => Some(issues::certificate_replaced(current)),
        _ => None,
    };
    Ok(Verdict { entry: Some(entry), genuine, issue })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{content, entered, world};

    fn scanned(address: &str) -> (String, Scanned) {
        let (path, query) = address.split_once('?').expect("a query");
        let of = |key: &str| query.split('&').find_map(|part| part.strip_prefix(&format!("{key}="))).unwrap_or_default().to_owned();
        let uscc = path.rsplit('/').next().unwrap_or_default().to_owned();
        (uscc, Scanned { no: of("c"), version: of("v"), day: of("t"), signature: of("s") })
    }

    #[test]
    fn d_3_every_end_of_an_organisation_ends_its_certificate_under_its_own_name() {
        use licences::model::State;
        let state = |status| ending(status).map(Ending::state);
        for status in Status::ALL {
            assert_eq!(ending(status).is_some(), status.ended(), "{status:?}");
        }
        assert_eq!(state(Status::Deregistered), Some(State::Cancelled));
        assert_eq!((state(Status::Withdrawn), state(Status::FraudUndone)), (Some(State::Revoked), Some(State::Revoked)));
        assert_eq!(state(Status::Revoked), Some(State::Withdrawn), "吊销");
    }

    store::db_test!(d_6_a_scan_shows_the_present_and_only_an_exact_code, |db| async move {
        let w = world(db).await;
        let ctx = w.p.as_actor(platform::Actor::Anonymous);
        let with = |version| {
            let certificate = CertificateRef { version, ..next("51990000YY9990013T", None, Day::ymd(2026, 1, 5)) };
            Content { certificate: Some(certificate), ..content("甲市城东区摄影家协会", Kind::Association) }
        };
        let id = entered(&w, with(2)).await;
        let uscc = register::by_id(ctx.db(), id).await.expect("entered").head.uscc.expect("a code");
        let certificate = CertificateRef { version: 2, ..next(&uscc, None, Day::ymd(2026, 1, 5)) };
        let (code, scan) = scanned(&address(&ctx, &certificate));
        let verdict = check(&ctx, &code, &scan).await.expect("answered");
        assert_eq!((verdict.genuine, verdict.issue), (Some(true), None));
        assert_eq!(verdict.entry.expect("there").head.id, id);
        let old = CertificateRef { version: 1, ..certificate.clone() };
        let (code, scan) = scanned(&address(&ctx, &old));
        let verdict = check(&ctx, &code, &scan).await.expect("answered");
        assert_eq!(verdict.issue.expect("replaced").code, "E-D20");
        let forged = Scanned { version: "2".into(), ..scan.clone() };
        assert_eq!(check(&ctx, &code, &forged).await.expect("answered").genuine, Some(false));
        for wrong in ["51990000YY9990013T", "甲市城东区摄影家协会", "", &uscc[..17]] {
            let verdict = check(&ctx, wrong, &Scanned::default()).await.expect("answered");
            assert!(verdict.entry.is_none() && verdict.issue.is_some_and(|issue| issue.code == "E-D21"), "{wrong}");
        }
        let system = w.p.system();
        ctx.db()
            .write(|tx| {
                let ctx = system.clone();
                async move { register::set_status(&tx, &ctx, id, Status::FraudUndone, ctx.today(), "test").await }
            })
            .await
            .expect("undone");
        let verdict = check(&ctx, &code, &scan).await.expect("answered");
        assert_eq!(verdict.issue.expect("ended").code, "E-D93", "and not that it was replaced");
    });
}
