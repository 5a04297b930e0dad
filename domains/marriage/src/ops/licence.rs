//! The electronic certificates: what each holder's shows, and how they follow the register. Parts of the register's transactions.

use documents::shapes::{Certificate, Party, Row};
use casework::Head;
use kernel::{Day, Lang, RegionCode, Uscc};
use licences::model::{Holder, HolderKind, Issuer, MARRIAGE, New, Source};
use licences::ops::Drawn;
use platform::ports::FileId;
use platform::{Ctx, Error, PersonId, Result};
use store::Tx;

use crate::file::CaseFile;
use crate::model::{Side, Snapshot};
use crate::store::register::Content;

/// What both certificates have in common, gathered before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    issuer: Issuer,
    case_no: String,
    registered_on: Day,
    issued_on: Day,
    content: Content,
    persons: [PersonId; 2],
    photo: Option<FileId>,
    drawn: [Drawn; 2],
}

impl Plan {
    /// Gathers what the certificates of a case show; ids and random numbers are drawn here.
    pub(crate) async fn new(ctx: &Ctx, file: &CaseFile, registered_on: Day, content: Content) -> Result<Self> {
        let person = |side: Side| file.party(side).and_then(|party| party.person).ok_or_else(|| Error::internal("a party without person"));
        let persons = [person(Side::A)?, person(Side::B)?];
        let photo = file.photo.as_ref().and_then(|photo| FileId::parse(&photo.file));
        Self::of(ctx, &file.head, registered_on, content, persons, photo).await
    }

    /// The same for a case that took a photo of its own: a re-issue.
    pub(crate) async fn of(ctx: &Ctx, head: &Head, registered_on: Day, content: Content, persons: [PersonId; 2], photo: Option<FileId>) -> Result<Self> {
        Ok(Self {
            issuer: issuer(ctx, head).await?,
            case_no: head.case_no.clone(),
            registered_on,
            issued_on: ctx.today(),
            content,
            persons,
            photo,
            drawn: [Drawn::new(ctx), Drawn::new(ctx)],
        })
    }

    /// Issues one certificate for each holder.
    pub(crate) async fn issue(&self, tx: &Tx, ctx: &Ctx, cert_no: &str) -> Result<()> {
        for side in Side::BOTH {
            licences::ops::issue(tx, ctx, self.drawn(side), &self.certificate(side, cert_no)?).await?;
        }
        Ok(())
    }

    /// Puts a new version in place of a holder's that is in force under `before`; it may have another number.
    pub(crate) async fn replace(&self, tx: &Tx, ctx: &Ctx, side: Side, before: &str, cert_no: &str) -> Result<()> {
        let standing = licences::ops::in_force(tx, MARRIAGE, before).await?;
        let holder = self.persons[usize::from(side == Side::B)];
        let old = standing.iter().find(|entry| entry.person == Some(holder)).ok_or_else(|| Error::internal("no licence of a holder"))?;
        licences::ops::supersede(tx, ctx, self.drawn(side), old.id, &self.certificate(side, cert_no)?).await?;
        Ok(())
    }

    fn drawn(&self, side: Side) -> &Drawn {
        &self.drawn[usize::from(side == Side::B)]
    }

    fn certificate(&self, side: Side, cert_no: &str) -> Result<New> {
        let holder = self.content.party(side);
        let source = Source::case(&self.case_no).ok_or_else(|| Error::internal("a case without number"))?;
        Ok(New {
            type_code: MARRIAGE.into(),
            number: cert_no.to_owned(),
            holder: Holder {
                name: holder.name.clone(),
                kind: HolderKind::IdCard,
                number: holder.id_no.clone(),
                person: Some(self.persons[usize::from(side == Side::B)]),
            },
            issuer: self.issuer.clone(),
            issued_on: self.issued_on,
            valid_to: None,
            source,
            face: self.face(holder, cert_no),
            template: "marriage-certificate",
            photo: self.photo.clone(),
        })
    }

    fn face(&self, holder: &Snapshot, cert_no: &str) -> Certificate {
        let mut facts = vec![Row::new("登记日期 Registered on", self.registered_on.text(Lang::Zh))];
        if !self.content.remark.is_empty() {
            facts.push(Row::new("备注 Remark", &self.content.remark));
        }
        Certificate {
            title_zh: "结婚证".to_owned(),
            title_en: "Marriage certificate".to_owned(),
            number: cert_no.to_owned(),
            holder: holder.name.clone(),
            facts,
            parties: Side::BOTH.into_iter().map(|side| party(self.content.party(side))).collect(),
            issuer: self.issuer.name.clone(),
            issued_on: self.issued_on.text(Lang::Zh),
            ..Certificate::default()
        }
    }
}

/// A person as certificates show him.
pub(crate) fn party(person: &Snapshot) -> Party {
    Party {
        name: person.name.clone(),
        rows: vec![
            Row::new("性别 Sex", person.sex.text(Lang::Zh)),
            Row::new("国籍 Nationality", nationality(&person.nationality)),
            Row::new("出生日期 Date of birth", person.birth.zh_plain()),
            Row::new("身份证件号 Document number", &person.id_no),
        ],
    }
}

/// The name of a nationality as certificates print it; only mainland residents register under this item.
pub(crate) fn nationality(code: &str) -> &str {
    if code == "CHN" { "中国" } else { code }
}

/// The body that issues the certificates of a case.
pub(crate) async fn issuer(ctx: &Ctx, head: &Head) -> Result<Issuer> {
    let org = platform::regions::organisation(ctx.db(), head.org).await?.ok_or_else(|| Error::internal("a case of an unknown organisation"))?;
    let code = Uscc::parse(&org.uscc).map_err(|_| Error::internal("an organisation without a valid credit code"))?;
    Ok(Issuer { code, name: org.name.zh.to_string(), region: RegionCode::parse(&head.region).map_err(Error::internal)? })
}
