//! What is printed at the desk: the declaration to sign, the text into the booklet, the notice of a refusal.

use casework::CaseId;
use documents::shapes::{Booklet, BookletParty, Reason, Refusal, Row, Statement};
use kernel::{Day, Lang, id_number::IdNumber};
use platform::{Ctx, Error, Result};

use super::correct::entry_of;
use super::{gather::gather, load, view::audit_read};
use crate::model::{Side, Snapshot};
use crate::parameters::{parameters, statement};
use crate::parties::nationality;
use crate::parties;
use crate::ports::Ports;
use crate::rules::{Stage, blocking, evaluate};
use crate::states::StateKind;
use crate::store::register::{Content, Entry, Printed};
use crate::{issues, office};

/// The declaration of one party, filled in, to be signed before the registrar (R-MR-17: no blank field).
/// An audited read, as are the others here.
pub async fn statement_form(ctx: &Ctx, case: CaseId, side: Side) -> Result<Statement> {
    let file = load(ctx, case).await?;
    audit_read(ctx, &file).await?;
    let own = file.party(side).ok_or_else(|| issues::missing(side.field("name")))?;
    let other = file.party(side.other()).ok_or_else(|| issues::missing(side.other().field("name")))?;
    let text = statement(&file.statement_version).ok_or_else(|| Error::internal("a case names an unknown declaration"))?;
    Ok(Statement {
        title: text.title_zh.clone(),
        number: file.head.case_no.clone(),
        own: rows(&own.snapshot),
        other: rows(&other.snapshot),
        paragraphs: text.clauses_zh.clone(),
        text_version: text.version.clone(),
        office: office::card(ctx, file.office()?).await?.name.zh.to_string(),
    })
}

/// A person as forms and certificates of record show him.
pub(crate) fn rows(person: &Snapshot) -> Vec<Row> {
    let mut rows = vec![
        Row::new("姓名", &person.name),
        Row::new("性别", person.sex.text(Lang::Zh)),
        Row::new("国籍", nationality(&person.nationality).zh),
        Row::new("出生日期", person.birth.zh_plain()),
        Row::new("身份证件号", grouped(&person.id_no)),
        Row::new("婚姻状况", person.marital.name().zh),
        Row::new("联系电话", &person.phone),
    ];
    if let Some(prior) = &person.prior {
        rows.push(Row::new("前次婚姻终结依据", format!("{} {}", prior.basis.name().zh, prior.doc_no)));
    }
    if !person.name_zh.is_empty() {
        rows.insert(1, Row::new("中文姓名", &person.name_zh));
    }
    for (paper, rules) in person.papers.iter().filter_map(|paper| Some((paper, parties::paper(&paper.kind)?))) {
        rows.push(Row::new(rules.name.zh.as_ref(), &paper.number));
    }
    rows
}

fn grouped(number: &str) -> String {
    IdNumber::parse(number, Day::ymd(9999, 12, 31)).map_or_else(|_| number.to_owned(), |number| number.grouped())
}

/// The text for a holder's pre-printed booklet; the offsets move it for the printer at hand.
pub async fn booklet(ctx: &Ctx, case: CaseId, holder: Side, offset: Option<(f64, f64)>) -> Result<Booklet> {
    let (file, entry) = entry_of(ctx, case).await?;
    audit_read(ctx, &file).await?;
    booklet_of(ctx, &Certified::from(&entry), holder, offset).await
}

/// A registration as its booklets show it: of a marriage or of a divorce.
#[derive(Debug, Clone)]
pub(crate) struct Certified {
    /// Both persons as registered, and the note.
    pub(crate) content: Content,
    /// The day of the registration.
    pub(crate) registered_on: Day,
    /// The certificates that are current.
    pub(crate) certificates: Vec<Printed>,
}

impl From<&Entry> for Certified {
    fn from(entry: &Entry) -> Self {
        Self { content: entry.content.clone(), registered_on: entry.registered_at.day(), certificates: entry.certificates.clone() }
    }
}

/// The text for the booklet that a holder has now: under its own number, re-issued ones with their note.
pub(crate) async fn booklet_of(ctx: &Ctx, certified: &Certified, holder: Side, offset: Option<(f64, f64)>) -> Result<Booklet> {
    let current = certified.certificates.iter().find(|certificate| certificate.holder == holder.code()).ok_or(Error::NotFound)?;
    let told = crate::store::reissues::request_of(ctx.db(), ctx.keys(), &current.cert_no).await?;
    let content = match told {
        Some(request) => crate::reissue::ops::noted(&certified.content, &request),
        None => certified.content.clone(),
    };
    let rules = &parameters().certificate;
    let (x, y) = offset.unwrap_or((rules.offset_x_mm.value, rules.offset_y_mm.value));
    let party = |person: &Snapshot| BookletParty {
        name: person.name.clone(),
        sex: person.sex.text(Lang::Zh).to_owned(),
        nationality: nationality(&person.nationality).zh.into_owned(),
        birth: person.birth.zh_plain(),
        id_no: person.id_no.clone(),
    };
    Ok(Booklet {
        offset_x_mm: x,
        offset_y_mm: y,
        test: false,
        holder: content.party(holder).name.clone(),
        registered_on: certified.registered_on.zh_plain(),
        number: current.cert_no.clone(),
        remark: content.remark.clone(),
        parties: vec![party(&content.a), party(&content.b)],
    })
}

/// 不予登记告知书, with what can be done now. Printed on request while the case is refused.
pub async fn notice(ctx: &Ctx, ports: &Ports, case: CaseId) -> Result<Refusal> {
    let file = load(ctx, case).await?;
    if file.state.kind() != StateKind::NotAccepted {
        let name = file.state.kind().name();
        return Err(Error::state(&name.zh, &name.en));
    }
    audit_read(ctx, &file).await?;
    let findings = evaluate(&gather(ctx, ports, &file).await?);
    let mut reasons: Vec<Reason> = blocking(&findings, Stage::Accept)
        .into_iter()
        .map(|issue| Reason { text: issue.message.zh.to_string(), law: issue.legal_basis.unwrap_or_default().into_owned() })
        .collect();
    let told = casework::actions_of(ctx.db(), case).await?.into_iter().rev().find(|action| action.verb == "refuse");
    if let (true, Some(told)) = (reasons.is_empty(), told) {
        reasons.push(Reason { text: told.reason, law: String::new() });
    }
    Ok(Refusal {
        title: "不予办理结婚登记告知书".to_owned(),
        number: file.head.case_no.clone(),
        to: file.parties().map(|party| party.snapshot.name.clone()).collect(),
        opening: format!("你们于{}申请办理结婚登记，经审查不予登记。", file.head.opened_at.day().zh_plain()),
        reasons,
        remedies: vec![
            "上述情形消除后，可以随时再次申请，不收取任何费用。".to_owned(),
            "对本决定不服的，可以自收到之日起六十日内申请行政复议，或者六个月内向人民法院提起行政诉讼。".to_owned(),
        ],
        office: office::card(ctx, file.office()?).await?.name.zh.to_string(),
        date: ctx.today().text(Lang::Zh),
    })
}
