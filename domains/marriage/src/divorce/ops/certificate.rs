//! The certificates of a divorce: the electronic ones, the text for the booklets, booklets that are spoiled.

use casework::CaseId;
use documents::shapes::{Booklet, BookletParty, Certificate, Row};
use kernel::{Day, Issue, Lang};
use licences::model::{DIVORCE, Holder, HolderKind, Issuer, New, Source};
use licences::ops::Drawn;
use platform::{Ctx, Error, PersonId, Result};
use ::store::Tx;

use super::super::file::File;
use super::super::model::Content;
use super::super::states::Action;
use super::{advance, begin, load, view};
use crate::issues;
use crate::model::{CertificateId, Side, Snapshot};
use crate::ops::licence::{issuer, nationality, party};
use crate::parameters::parameters;
use crate::rules::certificate::parse_serial;
use crate::store::booklets::{self, BookletKind, Fate};
use crate::store::divorces::{self, Entry};

/// What both electronic certificates have in common, gathered before the transaction.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    issuer: Issuer,
    case_no: String,
    on: Day,
    content: Content,
    persons: [PersonId; 2],
    drawn: [Drawn; 2],
}

impl Plan {
    /// Gathers what they show; ids and random numbers are drawn here.
    pub(super) async fn new(ctx: &Ctx, file: &File, content: Content) -> Result<Self> {
        let person = |side: Side| file.party(side).and_then(|party| party.person).ok_or_else(|| Error::internal("a party without person"));
        Ok(Self {
            issuer: issuer(ctx, &file.head).await?,
            case_no: file.head.case_no.clone(),
            on: ctx.today(),
            content,
            persons: [person(Side::A)?, person(Side::B)?],
            drawn: [Drawn::new(ctx), Drawn::new(ctx)],
        })
    }

    /// Issues one for each holder.
    pub(super) async fn issue(&self, tx: &Tx, ctx: &Ctx, cert_no: &str) -> Result<()> {
        for (n, side) in Side::BOTH.into_iter().enumerate() {
            let holder = self.content.party(side);
            let new = New {
                type_code: DIVORCE.into(),
                number: cert_no.to_owned(),
                holder: Holder { name: holder.name.clone(), kind: HolderKind::IdCard, number: holder.id_no.clone(), person: Some(self.persons[n]) },
                issuer: self.issuer.clone(),
                issued_on: self.on,
                valid_to: None,
                source: Source::case(&self.case_no).ok_or_else(|| Error::internal("a case without number"))?,
                face: self.face(holder, cert_no),
                template: "marriage-certificate",
                photo: None,
            };
            licences::ops::issue(tx, ctx, &self.drawn[n], &new).await?;
        }
        Ok(())
    }

    fn face(&self, holder: &Snapshot, cert_no: &str) -> Certificate {
        let mut facts = vec![Row::new("登记日期 Registered on", self.on.text(Lang::Zh))];
        if !self.content.remark.is_empty() {
            facts.push(Row::new("备注 Remark", &self.content.remark));
        }
        Certificate {
            title_zh: "离婚证".to_owned(),
            title_en: "Divorce certificate".to_owned(),
            number: cert_no.to_owned(),
            holder: holder.name.clone(),
            facts,
            parties: Side::BOTH.into_iter().map(|side| party(self.content.party(side))).collect(),
            issuer: self.issuer.name.clone(),
            issued_on: self.on.text(Lang::Zh),
            ..Certificate::default()
        }
    }
}

/// The entry that a registered case made.
async fn entry_of(ctx: &Ctx, file: &File) -> Result<Entry> {
    divorces::of_case(ctx.db().into(), ctx, file.id()).await?.ok_or_else(|| {
        let name = file.written.name();
        Error::state(&name.zh, &name.en)
    })
}

/// The text for a holder's pre-printed booklet; the offsets move it for the printer at hand. An audited read.
///
/// # Errors
/// `E-ST01` before the registration.
pub async fn booklet(ctx: &Ctx, case: CaseId, holder: Side, offset: Option<(f64, f64)>) -> Result<Booklet> {
    let file = load(ctx, case).await?;
    let entry = entry_of(ctx, &file).await?;
    view::audit_read(ctx, &file).await?;
    let rules = &parameters().certificate;
    let (x, y) = offset.unwrap_or((rules.offset_x_mm.value, rules.offset_y_mm.value));
    let party = |person: &Snapshot| BookletParty {
        name: person.name.clone(),
        sex: person.sex.text(Lang::Zh).to_owned(),
        nationality: nationality(&person.nationality).to_owned(),
        birth: person.birth.zh_plain(),
        id_no: person.id_no.clone(),
    };
    Ok(Booklet {
        offset_x_mm: x,
        offset_y_mm: y,
        test: false,
        holder: entry.content.party(holder).name.clone(),
        registered_on: entry.registered_on.zh_plain(),
        number: entry.cert_no,
        remark: entry.content.remark.clone(),
        parties: vec![party(&entry.content.a), party(&entry.content.b)],
    })
}

/// Notes that a holder's booklet was printed.
///
/// # Errors
/// `E-ST01` before the registration.
pub async fn printed(ctx: &Ctx, case: CaseId, seen: i64, holder: Side) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::Print).await?;
    let entry = entry_of(ctx, &file).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, file) = (ctx.clone(), file.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Print, file.written, holder.name().zh.as_ref()).await?;
                match divorces::set_printed(&tx, entry.id, holder, ctx.now()).await? {
                    0 => Err(Error::NotFound),
                    _ => Ok(()),
                }
            }
        })
        .await
}

/// A booklet that was spoiled.
#[derive(Debug, Clone)]
pub struct Spoiled {
    /// The case.
    pub case: CaseId,
    /// The version that the registrar saw.
    pub seen: i64,
    /// Whose booklet.
    pub holder: Side,
    /// Why.
    pub reason: String,
    /// Serial of the new booklet.
    pub serial: String,
}

/// Takes the old booklet out of force and the new one from stock. Neither serial can be used again.
///
/// # Errors
/// `C-E10` without reason, `MR-E33b` for the new serial.
pub async fn spoil(ctx: &Ctx, input: Spoiled) -> Result<()> {
    let (file, seen) = begin(ctx, input.case, input.seen, Action::Spoil).await?;
    let entry = entry_of(ctx, &file).await?;
    let serial = parse_serial(&input.serial, "new_serial")?;
    let reason = kernel::text::line(&input.reason);
    if reason.is_empty() {
        return Err(Issue::error("C-E10", "请写明作废原因", "say why it is spoiled").field("spoil_reason").into());
    }
    let id: CertificateId = ctx.id();
    ctx.db()
        .write(|tx| {
            let (ctx, file, serial, reason, cert_no) = (ctx.clone(), file.clone(), serial.clone(), reason.clone(), entry.cert_no.clone());
            let (divorce, holder) = (entry.id, input.holder);
            async move {
                advance(&tx, &ctx, &file, seen, Action::Spoil, file.written, &reason).await?;
                let old = divorces::retire_certificate(&tx, divorce, holder, "2").await?;
                if !booklets::spoil_used(&tx, &ctx, &old, &reason).await? {
                    return Err(Error::internal("a current certificate whose booklet was not used"));
                }
                if !booklets::take_of(&tx, &ctx, BookletKind::Divorce, file.office, &serial, Fate::Used, "").await? {
                    return Err(issues::serial_not_in_stock("new_serial", &serial).into());
                }
                divorces::insert_certificate(&tx, &ctx, id, divorce, holder, &cert_no, &serial).await
            }
        })
        .await
}
