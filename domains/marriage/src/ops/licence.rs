//! The electronic certificates: what each holder's shows, and how they follow the register. Parts of the register's transactions.

use casework::Head;
use documents::shapes::{Certificate, Party, Row};
use kernel::{Day, IdType, Lang, RegionCode, Uscc};
use licences::model::{DIVORCE, Holder, HolderKind, Issuer, MARRIAGE, New, Source};
use licences::ops::Drawn;
use platform::ports::FileId;
use platform::{Ctx, Error, PersonId, Result};
use store::Tx;

use crate::file::CaseFile;
use crate::model::{Side, Snapshot};
use crate::parties::nationality;
use crate::store::booklets::BookletKind;
use crate::store::register::Content;

/// What is certified: a marriage or a divorce, as registered.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    /// Which of the two.
    pub(crate) kind: BookletKind,
    /// The day of the registration.
    pub(crate) registered_on: Day,
    /// Both persons as registered, and the note.
    pub(crate) content: Content,
    /// Who they are.
    pub(crate) persons: [PersonId; 2],
    /// The photo on each holder's certificate: of both on a marriage's, of the holder on a divorce's.
    pub(crate) photos: [Option<FileId>; 2],
}

/// The type of electronic certificate that goes with a booklet.
pub(crate) fn type_of(kind: BookletKind) -> &'static str {
    match kind {
        BookletKind::Marriage => MARRIAGE,
        BookletKind::Divorce => DIVORCE,
    }
}

/// What both certificates have in common, gathered before the transaction.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    issuer: Issuer,
    case_no: String,
    issued_on: Day,
    deed: Deed,
    drawn: [Drawn; 2],
}

impl Plan {
    /// Gathers what the certificates of a case of marriage show; ids and random numbers are drawn here.
    pub(crate) async fn new(ctx: &Ctx, file: &CaseFile, registered_on: Day, content: Content) -> Result<Self> {
        let person = |side: Side| file.party(side).and_then(|party| party.person).ok_or_else(|| Error::internal("a party without person"));
        let persons = [person(Side::A)?, person(Side::B)?];
        let photo = file.photo.as_ref().and_then(|photo| FileId::parse(&photo.file));
        let deed = Deed { kind: BookletKind::Marriage, registered_on, content, persons, photos: [photo.clone(), photo] };
        Self::of(ctx, &file.head, deed).await
    }

    /// The same for any case that certifies: a divorce, a re-issue.
    pub(crate) async fn of(ctx: &Ctx, head: &Head, deed: Deed) -> Result<Self> {
        Ok(Self {
            issuer: issuer(ctx, head).await?,
            case_no: head.case_no.clone(),
            issued_on: ctx.today(),
            deed,
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
        let standing = licences::ops::in_force(tx, type_of(self.deed.kind), before).await?;
        let holder = self.deed.persons[place(side)];
        let old = standing.iter().find(|entry| entry.person == Some(holder)).ok_or_else(|| Error::internal("no licence of a holder"))?;
        licences::ops::supersede(tx, ctx, self.drawn(side), old.id, &self.certificate(side, cert_no)?).await?;
        Ok(())
    }

    fn drawn(&self, side: Side) -> &Drawn {
        &self.drawn[place(side)]
    }

    fn certificate(&self, side: Side, cert_no: &str) -> Result<New> {
        let holder = self.deed.content.party(side);
        let source = Source::case(&self.case_no).ok_or_else(|| Error::internal("a case without number"))?;
        Ok(New {
            type_code: type_of(self.deed.kind).into(),
            number: cert_no.to_owned(),
            holder: bearer(holder, self.deed.persons[place(side)]),
            issuer: self.issuer.clone(),
            issued_on: self.issued_on,
            valid_to: None,
            source,
            face: self.face(holder, cert_no),
            template: "marriage-certificate",
            photo: self.deed.photos[place(side)].clone(),
        })
    }

    fn face(&self, holder: &Snapshot, cert_no: &str) -> Certificate {
        let deed = &self.deed;
        let (title_zh, title_en) = match deed.kind {
            BookletKind::Marriage => ("结婚证", "Marriage certificate"),
            BookletKind::Divorce => ("离婚证", "Divorce certificate"),
        };
        let mut facts = vec![Row::new("登记日期 Registered on", deed.registered_on.text(Lang::Zh))];
        if !deed.content.remark.is_empty() {
            facts.push(Row::new("备注 Remark", &deed.content.remark));
        }
        Certificate {
            title_zh: title_zh.to_owned(),
            title_en: title_en.to_owned(),
            number: cert_no.to_owned(),
            holder: holder.name.clone(),
            facts,
            parties: Side::BOTH.into_iter().map(|side| party(deed.content.party(side))).collect(),
            issuer: self.issuer.name.clone(),
            issued_on: self.issued_on.text(Lang::Zh),
            ..Certificate::default()
        }
    }
}

fn place(side: Side) -> usize {
    usize::from(side == Side::B)
}

/// Who holds an electronic certificate, by the document that he showed.
fn bearer(person: &Snapshot, id: PersonId) -> Holder {
    let kind = if person.id_type == IdType::RESIDENT.as_str() { HolderKind::IdCard } else { HolderKind::OtherDocument };
    Holder { name: person.name.clone(), kind, number: person.id_no.clone(), person: Some(id) }
}

/// A person as certificates show him.
fn party(person: &Snapshot) -> Party {
    Party {
        name: person.name.clone(),
        rows: vec![
            Row::new("性别 Sex", person.sex.text(Lang::Zh)),
            Row::new("国籍 Nationality", nationality(&person.nationality).zh),
            Row::new("出生日期 Date of birth", person.birth.zh_plain()),
            Row::new("身份证件号 Document number", &person.id_no),
        ],
    }
}

/// The body that issues the certificates of a case.
async fn issuer(ctx: &Ctx, head: &Head) -> Result<Issuer> {
    let org = platform::regions::organisation(ctx.db(), head.org).await?.ok_or_else(|| Error::internal("a case of an unknown organisation"))?;
    let code = Uscc::parse(&org.uscc).map_err(|_| Error::internal("an organisation without a valid credit code"))?;
    Ok(Issuer { code, name: org.name.zh.to_string(), region: RegionCode::parse(&head.region).map_err(Error::internal)? })
}
