//! The register as officers and those entitled see it: looking a registration up, and certificates of record (A.1, R-MR-40 … 42).
//!
//! Nobody sees anything without a purpose; every look is in the trail of both persons. What is void stays visible here, with its note, while
//! every public check answers 失效.

use std::sync::LazyLock;

use documents::shapes::{Paper, Part, Row};
use identity::facts::NumberHash;
use kernel::{Day, Id, Issues, Lang, RegionCode, Text};
use platform::{Ctx, Error, Result, Role, Scope, audit};
use serde::{Deserialize, Serialize};

use crate::countries::List;
use crate::{issues, persons};
use crate::model::{MarriageId, Side};
use crate::ops::rows_of;
use crate::parties::nationality;
use crate::rules::certificate::CertNo;
use crate::store::countries;
use crate::store::register::{self, Entry, Held};
use crate::store::records as rows;

/// Basic code of the item 婚姻登记档案查询、出具婚姻登记记录证明 (A.1).
pub const ITEM: &str = "002011001002";

/// Whoever may look a registration up.
const READERS: [Role; 5] = [Role::Clerk, Role::Registrar, Role::Reviewer, Role::Approver, Role::Archivist];

/// Marker of a certificate of record.
#[derive(Debug)]
pub struct Record;
/// Id of a certificate of record.
pub type RecordId = Id<Record>;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asker {
    /// The party himself.
    Party,
    /// A lawyer, for a case.
    Lawyer,
    /// A court, a prosecutor, the police or another body.
    Body,
}

impl Asker {
    /// Everybody, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Party, Self::Lawyer, Self::Body];

    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Lawyer => "lawyer",
            Self::Body => "body",
        }
    }

    /// The asker with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asker| asker.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Party => Text::new("当事人本人", "the party"),
            Self::Lawyer => Text::new("律师", "a lawyer"),
            Self::Body => Text::new("法院、检察院、公安等机关", "a court, prosecutor, the police or another body"),
        }
    }
}

/// A question to the register, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RegistryQuestion)]
#[serde(default)]
pub struct Question {
    /// Number of a person's document; or empty.
    pub id_no: String,
    /// Kind of that document (GA/T 517); an identity card when empty.
    pub id_type: String,
    /// Number of a certificate; or empty.
    pub cert_no: String,
    /// `party`, `lawyer` or `body`.
    pub asker: String,
    /// Name of whoever asks.
    pub asker_name: String,
    /// For what.
    pub purpose: String,
    /// The letter, the case papers, the notarised authority: number; of others than the party.
    pub legal_doc: String,
    /// The country (GB/T 2659) for whose notary a certificate of no record is; empty for other uses.
    pub country: String,
}

/// A question that may be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) asker: Asker,
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) legal_doc: String,
    pub(crate) id_no: String,
    #[serde(default)]
    pub(crate) usage: String,
    #[serde(default)]
    pub(crate) country: String,
}

/// The registrations that a question finds, void ones with them, at most twenty. The look is recorded with purpose and paper.
///
/// # Errors
/// `MR-E41` where others than the party name no purpose or no legal document; `MR-E32`, `C-E01` … at the numbers.
pub async fn find(ctx: &Ctx, question: &Question) -> Result<Vec<Held>> {
    let region = here(ctx).await?;
    let (asked, found) = answer(ctx, question).await?;
    let reason = format!("{}：{} {}", asked.asker.name().zh, asked.purpose, asked.legal_doc);
    record_look(ctx, "register", &found.len().to_string(), &[], &region, &reason).await?;
    Ok(found)
}

/// The region of the actor, who may look.
async fn here(ctx: &Ctx) -> Result<RegionCode> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    ctx.require(&READERS, &Scope::region(staff.region).org(staff.org).item(ITEM)).await?;
    Ok(staff.region)
}

async fn answer(ctx: &Ctx, question: &Question) -> Result<(Asked, Vec<Held>)> {
    let mut found = Issues::default();
    let asker = Asker::from_code(question.asker.trim());
    found.ensure(asker.is_some(), || issues::missing("asker".to_owned()));
    let [name, purpose, legal_doc] = [&question.asker_name, &question.purpose, &question.legal_doc].map(|typed| kernel::text::line(typed));
    found.ensure(!purpose.is_empty(), || issues::not_entitled("purpose"));
    found.ensure(asker.is_none_or(|asker| asker == Asker::Party) || !legal_doc.is_empty(), || issues::not_entitled("legal_doc"));
    let (id_no, cert_no) = (question.id_no.trim(), question.cert_no.trim());
    found.ensure(!id_no.is_empty() || !cert_no.is_empty(), || issues::missing("id_no".to_owned()));
    let number = if id_no.is_empty() { None } else { found.keep_at("id_no", persons::document(&question.id_type, id_no, ctx.today())) };
    let cert_no = if cert_no.is_empty() { None } else { found.keep(CertNo::parse(cert_no)) };
    found.finish()?;
    let mut held = match &number {
        Some(number) => register::of_number(ctx.db(), &NumberHash::of(ctx.keys(), number.as_str())).await?,
        None => Vec::new(),
    };
    match (&cert_no, &number) {
        (Some(cert_no), None) => held.extend(register::of_certificate(ctx.db(), cert_no).await?),
        (Some(cert_no), Some(_)) => {
            let named = register::of_certificate(ctx.db(), cert_no).await?;
            held.retain(|one| named.as_ref().is_some_and(|named| named.id == one.id));
        }
        (None, _) => {}
    }
    let asked = Asked {
        asker: asker.expect("refused above"),
        name,
        purpose,
        legal_doc,
        id_no: number.map_or_else(String::new, |number| number.as_str().to_owned()),
        usage: String::new(),
        country: String::new(),
    };
    Ok((asked, held))
}

/// Records that somebody looks at a registration of these persons, before it is shown.
pub(crate) async fn look(ctx: &Ctx, case: casework::CaseId, persons: &[platform::PersonId], region: &RegionCode, reason: &str) -> Result<()> {
    record_look(ctx, "case", &case.to_string(), persons, region, reason).await
}

/// Records that somebody looks at what an old file says of these persons, before it is shown.
pub(crate) async fn look_at_file(ctx: &Ctx, row: crate::backentry::RowId, persons: &[platform::PersonId], region: &RegionCode, reason: &str) -> Result<()> {
    record_look(ctx, "back_row", &row.to_string(), persons, region, reason).await
}

async fn record_look(ctx: &Ctx, kind: &'static str, id: &str, persons: &[platform::PersonId], region: &RegionCode, reason: &str) -> Result<()> {
    let persons: Vec<Option<platform::PersonId>> = if persons.is_empty() { vec![None] } else { persons.iter().copied().map(Some).collect() };
    ctx.db()
        .write(|tx| {
            let (ctx, persons, id, reason, region) = (ctx.clone(), persons.clone(), id.to_owned(), reason.to_owned(), *region);
            async move {
                for person in persons {
                    let event = audit::Event::new("marriage.record.read", kind, id.clone()).person(person).region(&region).reason(&reason);
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok(())
            }
        })
        .await
}

/// One registration as officers see it.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The entry with its newest version.
    pub entry: Entry,
    /// Certificates of record that were made of it.
    pub made: Vec<Made>,
}

/// A certificate of record, as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub id: RecordId,
    /// Its number.
    pub number: String,
    /// Who asked.
    pub asker: Option<Asker>,
    /// When.
    pub at: kernel::Instant,
}

/// A registration that the actor's own authority keeps; elsewhere it does not exist under this address.
async fn kept(ctx: &Ctx, id: MarriageId) -> Result<(Entry, RegionCode)> {
    let entry = register::entry(ctx.db().into(), ctx, id).await?;
    let region = RegionCode::parse(&entry.region).map_err(Error::internal)?;
    match ctx.require(&READERS, &Scope::region(region).org(entry.org).item(ITEM)).await {
        Ok(()) => Ok((entry, region)),
        Err(Error::Denied(_)) => Err(Error::NotFound),
        Err(other) => Err(other),
    }
}

/// Loads one registration for the authority that keeps it; the look is recorded for both persons, with the purpose that was named.
pub async fn sheet(ctx: &Ctx, id: MarriageId, purpose: &str) -> Result<Sheet> {
    let (entry, region) = kept(ctx, id).await?;
    let purpose = kernel::text::line(purpose);
    let purpose = if purpose.is_empty() { "查阅婚姻登记".to_owned() } else { purpose };
    record_look(ctx, "marriage", &id.to_string(), &entry.persons, &region, &purpose).await?;
    Ok(Sheet { made: rows::of_marriage(ctx.db(), id).await?, entry })
}

/// A use for which a certificate of (no) record is still made.
#[derive(Debug, Clone, Deserialize)]
pub struct Use {
    /// The code under which it is sent.
    pub code: String,
    /// The name in Chinese.
    pub zh: String,
    /// The name in English.
    pub en: String,
    /// It is for a country, which has to be on the list of those ([`crate::countries::List::RecordUse`]).
    #[serde(default)]
    pub country: bool,
    /// The paper that lists it.
    pub source: String,
}

#[derive(Deserialize)]
struct Uses {
    uses: Vec<Use>,
}

/// The uses that are listed (R-MR-40).
pub fn uses() -> &'static [Use] {
    static USES: LazyLock<Uses> =
        LazyLock::new(|| serde_json::from_str(include_str!("../../../data/marriage/record-uses.json")).expect("a test reads the file"));
    &USES.uses
}

/// Makes a documentary copy of a registration for whoever may have it (R-MR-41). Returns its id, under which it is printed.
///
/// # Errors
/// `MR-E41` as [`find`]; `MR-E35` when the number that was named is not a party of this registration.
pub async fn certify(ctx: &Ctx, id: MarriageId, question: &Question) -> Result<RecordId> {
    kept(ctx, id).await?;
    let (asked, held) = answer(ctx, question).await?;
    if !held.iter().any(|held| held.id == id) {
        return Err(issues::no_file("id_no").into());
    }
    make(ctx, "record", Some(id), asked).await
}

/// Certifies that a search of this register found nothing, for a listed use only (R-MR-40). It names what was searched and never says "single".
///
/// # Errors
/// `MR-E40` for any other use; `MR-E35c` when there is a record, of which a copy is made instead.
pub async fn certify_none(ctx: &Ctx, question: &Question, usage: &str) -> Result<RecordId> {
    here(ctx).await?;
    let usage = uses().iter().find(|one| one.code == usage.trim()).ok_or_else(issues::use_not_listed)?;
    let country = question.country.trim();
    if usage.country && !countries::on(ctx.db(), List::RecordUse, ctx.today()).await?.iter().any(|listed| listed == country) {
        return Err(issues::use_not_listed().into());
    }
    let (mut asked, held) = answer(ctx, &Question { cert_no: String::new(), ..question.clone() }).await?;
    if !held.is_empty() {
        return Err(issues::there_is_a_record().into());
    }
    asked.usage = usage.code.clone();
    asked.country = if usage.country { country.to_owned() } else { String::new() };
    make(ctx, "none", None, asked).await
}

async fn make(ctx: &Ctx, kind: &'static str, marriage: Option<MarriageId>, asked: Asked) -> Result<RecordId> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    let (region, org, id) = (staff.region, staff.org, ctx.id::<Record>());
    let persons = match marriage {
        Some(marriage) => register::entry(ctx.db().into(), ctx, marriage).await?.persons.map(Some).to_vec(),
        None => vec![None],
    };
    let sealed = rows::seal(ctx.keys(), id, &asked);
    ctx.db()
        .write(|tx| {
            let (ctx, sealed, persons, reason) = (ctx.clone(), sealed.clone(), persons.clone(), asked.purpose.clone());
            async move {
                for person in persons {
                    let event = audit::Event::new("marriage.record.certify", "record", id).person(person).region(&region).reason(&reason);
                    audit::record(&tx, &ctx, event).await?;
                }
                rows::insert(&tx, &ctx, &rows::New { id, kind, marriage, asker: asked.asker.code(), detail: sealed, region, org }).await?;
                Ok::<_, Error>(id)
            }
        })
        .await
}

/// The certificate as it is printed; a recorded look.
pub async fn paper(ctx: &Ctx, id: RecordId) -> Result<Paper> {
    let row = rows::load(ctx.db(), ctx.keys(), id).await?;
    ctx.require(&READERS, &Scope::region(row.region).org(row.org).item(ITEM)).await?;
    let org = platform::regions::organisation(ctx.db(), row.org).await?.ok_or_else(|| Error::internal("a certificate of an unknown organisation"))?;
    let day = row.made_at.day();
    let mut paper = Paper {
        title: "婚姻登记记录证明".to_owned(),
        issuer: org.name.zh.to_string(),
        number: row.number(),
        date: day.text(Lang::Zh),
        foot: row.number(),
        closing: vec!["本证明只说明本登记机关数据库截至出具之时的记录，不是婚姻状况证明。".to_owned()],
        ..Paper::default()
    };
    let Some(marriage) = row.marriage else {
        let usage = uses().iter().find(|one| one.code == row.asked.usage).map_or("", |one| one.zh.as_str());
        let country = if row.asked.country.is_empty() { String::new() } else { format!("（{}）", nationality(&row.asked.country).zh) };
        paper.opening = vec![format!(
            "经查询{}的婚姻登记数据库，截至{}，未查到身份证件号为{}的婚姻登记记录。本证明{usage}{country}。",
            org.name.zh,
            day.text(Lang::Zh),
            row.asked.id_no
        )];
        return Ok(paper);
    };
    let entry = register::entry(ctx.db().into(), ctx, marriage).await?;
    record_look(ctx, "marriage", &marriage.to_string(), &entry.persons, &row.region, &row.asked.purpose).await?;
    paper.opening = vec![format!("经查阅婚姻登记档案，现有下列记录。本证明用于：{}。", row.asked.purpose)];
    paper.parts = vec![Part::table("", &["项目", "记载"], state_rows(&entry))];
    for side in Side::BOTH {
        let rows = shown_to(row.asked.asker, rows_of(entry.content.party(side))).map(|Row { label, value }| vec![label, value]).collect();
        paper.parts.push(Part::table(side.name().zh, &["项目", "记载"], rows));
    }
    Ok(paper)
}

/// What of a person whoever asks gets to see: a lawyer who the parties are, for his case; not how they live, nor what was before (R-MR-41).
fn shown_to(asker: Asker, rows: Vec<Row>) -> impl Iterator<Item = Row> {
    const FOR_A_CASE: [&str; 4] = ["姓名", "性别", "出生日期", "身份证件号"];
    rows.into_iter().filter(move |row| asker != Asker::Lawyer || FOR_A_CASE.contains(&row.label.as_str()))
}

fn state_rows(entry: &Entry) -> Vec<Vec<String>> {
    let row = |label: &str, value: String| vec![label.to_owned(), value];
    let mut rows = vec![
        row("结婚证字号", entry.cert_no.clone()),
        row("登记日期", entry.registered_at.day().zh_plain()),
    ];
    if let Some(kind) = entry.end_kind {
        let on = entry.ended_on.map_or_else(String::new, |day: Day| day.zh_plain());
        rows.push(row("现状", if kind.voids() { format!("{}，自始无效", kind.name().zh) } else { format!("{on}{}", kind.name().zh) }));
    } else {
        rows.push(row("现状", "有效".to_owned()));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::countries::EntryInput;
    use crate::testing::{World, f1, m1, world};

    const HIS: &str = "990101200405200017";

    fn by(asker: &str, purpose: &str, legal_doc: &str) -> Question {
        let [asker, purpose, legal_doc] = [asker, purpose, legal_doc].map(str::to_owned);
        Question { id_no: HIS.to_owned(), asker, purpose, legal_doc, ..Question::default() }
    }

    fn text(paper: &Paper) -> String {
        let rows = paper.parts.iter().flat_map(|part| part.rows.iter().flatten());
        paper.opening.iter().chain(rows).chain(&paper.closing).cloned().collect()
    }

    async fn married(db: ::store::Db) -> World {
        let world = world(db, 2).await;
        world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
        world
    }

    ::store::db_test!(r_mr_40_no_record_is_certified_for_listed_uses_only_and_never_as_single, |db| async move {
        let world = world(db, 0).await;
        let ctx = world.registrar();
        let question = by("party", "结婚", "");
        for other in ["", "visa", "bank"] {
            assert!(certify_none(&ctx, &question, other).await.expect_err("no listed use").has_code("MR-E40"), "{other}");
        }
        let record = certify_none(&ctx, &question, "taiwan").await.expect("for use in Taiwan");
        let told = text(&paper(&ctx, record).await.expect("printed"));
        let body = platform::regions::organisation(ctx.db(), world.office.org).await.expect("asked").expect("there").name.zh;
        assert!(told.contains(body.as_ref()) && told.contains("截至2026年5月20日"), "what was searched, and until when: {told}");
        assert!(!told.contains("单身") && !told.contains("未婚"), "{told}");
        let abroad = Question { country: "NLD".to_owned(), ..question };
        assert!(certify_none(&ctx, &abroad, "listed_country").await.expect_err("not on the list").has_code("MR-E40"));
        let [list, country, from, source] = ["record_use", "NLD", "2015-08-27", "测试附件"].map(str::to_owned);
        crate::countries::set(&world.administrator(), &EntryInput { list, country, from, to: String::new(), source }).await.expect("listed");
        let record = certify_none(&ctx, &abroad, "listed_country").await.expect("on the list");
        assert!(text(&paper(&ctx, record).await.expect("printed")).contains("荷兰"));
    });

    ::store::db_test!(r_mr_40_where_there_is_a_record_nothing_says_that_there_is_none, |db| async move {
        let world = married(db).await;
        let refused = certify_none(&world.registrar(), &by("party", "赴台", ""), "taiwan").await.expect_err("he is married");
        assert!(refused.has_code("MR-E35c"), "{refused:?}");
    });

    ::store::db_test!(r_mr_41_nobody_else_sees_a_file_without_purpose_and_legal_document, |db| async move {
        let world = married(db).await;
        let ctx = world.registrar();
        for (asker, purpose, legal_doc) in [("party", "", ""), ("lawyer", "", "（2026）函1号"), ("lawyer", "诉讼", ""), ("body", "侦查", "")] {
            assert!(find(&ctx, &by(asker, purpose, legal_doc)).await.expect_err(asker).has_code("MR-E41"), "{asker} {purpose} {legal_doc}");
        }
        let his = find(&ctx, &by("party", "本人留存", "")).await.expect("his own file needs no paper");
        let lawyer = by("lawyer", "离婚诉讼", "（2026）函1号");
        assert_eq!(find(&ctx, &lawyer).await.expect("with both").len(), 1);
        let looks: (i64,) = ::store::q("SELECT COUNT(*) FROM audit_event WHERE action = 'marriage.record.read'").one(ctx.db()).await.expect("counted");
        assert_eq!(looks.0, 2, "every look that was answered is in the trail");
        let whole = certify(&ctx, his[0].id, &by("party", "本人留存", "")).await.expect("a copy");
        assert!(text(&paper(&ctx, whole).await.expect("printed")).contains("13800000001"));
        let part = certify(&ctx, his[0].id, &lawyer).await.expect("for his case");
        let told = text(&paper(&ctx, part).await.expect("printed"));
        assert!(told.contains("990101 20040520 0017") && !told.contains("13800000001") && !told.contains("未婚"), "only what the case needs: {told}");
    });
}
