//! Documents of courts: divorces by judgment or mediation, marriages annulled or declared void (CourtNotice of A.2).
//!
//! One enters what stands on the paper, or a program sends it; somebody else compares it with the original and applies it, and only then
//! the marriage ends, from the day on which the document has effect, or was never one. The same document is not entered twice.

use kernel::{Day, Id, IdNumber, Instant, Issues, RegionCode, Refusal};
use platform::{Ctx, Error, OrgId, Result, Role, Scope, audit};
use identity::facts::NumberHash;
use serde::{Deserialize, Serialize};

use crate::model::{EndKind, MarriageId};
use crate::ops::Ended;
use crate::ops::end_fact::{Ending, end_fact};
use crate::backentry::RowId;
use crate::rules::certificate::printed_number;
use crate::store::{backfacts, court as rows, register, standing};
use crate::{ITEM, issues};

/// Marker of a court's document.
#[derive(Debug)]
pub struct CourtNotice;
/// Id of a court's document.
pub type NoticeId = Id<CourtNotice>;

/// Who enters and who checks.
const ENTERS: [Role; 3] = [Role::Clerk, Role::Registrar, Role::Reviewer];
const CHECKS: [Role; 2] = [Role::Registrar, Role::Reviewer];
const READERS: [Role; 6] = [Role::Clerk, Role::Registrar, Role::Reviewer, Role::Approver, Role::Supervisor, Role::Archivist];
/// Lines on one page of the list.
const LINES: i64 = 50;

/// The kinds of end that a court brings.
pub const KINDS: [EndKind; 4] = [EndKind::Judgment, EndKind::Mediation, EndKind::CourtRevoked, EndKind::Invalid];

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CourtNoticeState)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Entered, waits for the second person.
    Entered,
    /// Checked; the marriage ended by it.
    Applied,
    /// Not what the paper says.
    Rejected,
}

impl State {
    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Applied => "applied",
            Self::Rejected => "rejected",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Entered, Self::Applied, Self::Rejected].into_iter().find(|state| state.code() == code)
    }
}

/// Whom a document names. Sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Couple {
    /// Number of one party.
    pub one: String,
    /// Number of the other.
    pub other: String,
}

/// A court's document.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Its number, as printed.
    pub doc_no: String,
    /// The court.
    pub court: String,
    /// What it brings about.
    pub kind: EndKind,
    /// From when it has effect.
    pub effective_on: Day,
    /// The marriage it speaks of, in our register or among old files.
    pub marriage: MarriageId,
    /// The old file that tells of it, where our register does not; known once the document is looked at.
    pub old_file: Option<RowId>,
    /// Whom it names.
    pub couple: Couple,
    /// Where it stands.
    pub state: State,
    /// Region of the office that received it.
    pub region: RegionCode,
    /// Organisation that received it.
    pub org: OrgId,
    /// Key of who entered it.
    pub entered_by: String,
    /// When.
    pub received_at: Instant,
    /// When it was checked.
    pub checked_at: Option<Instant>,
    /// Why it was rejected.
    pub reason: String,
}

/// A document as typed, or as a program sends it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CourtPaper)]
#[serde(default)]
pub struct Paper {
    /// Its number.
    #[schema(example = "（2026）测0101民初123号")]
    pub doc_no: String,
    /// The court.
    pub court: String,
    /// `2` divorce by judgment, `3` by mediation, `6` annulled, `7` declared void.
    pub kind: String,
    /// From when it has effect, ISO.
    pub effective_on: String,
    /// Identity card number of one party.
    pub one: String,
    /// Identity card number of the other.
    pub other: String,
    /// Number of the marriage certificate, where the document names it; may be empty.
    pub cert_no: String,
}

/// Enters a document. Nothing ends before somebody else has compared it with the original.
///
/// # Errors
/// `MR-E25` when the two are not registered as a couple here, `MR-E52` for a document that was entered before, `MR-E10` for one without
/// effect yet; what is wrong with the entries, at their fields.
pub async fn enter(ctx: &Ctx, region: RegionCode, org: OrgId, paper: &Paper) -> Result<NoticeId> {
    ctx.require(&ENTERS, &Scope::region(region).org(org).item(ITEM)).await?;
    let (mut notice, cert_no) = read(ctx, region, org, paper)?;
    notice.marriage = spoken_of(ctx, &notice, cert_no.as_deref()).await?.ok_or_else(|| issues::no_marriage_of_both("one"))?;
    let detail = rows::seal(ctx.keys(), notice.id, &notice.couple);
    ctx.db()
        .write(|tx| {
            let (ctx, notice, detail) = (ctx.clone(), notice.clone(), detail.clone());
            async move {
                if !rows::insert(&tx, &ctx, &notice, detail).await? {
                    return Err(issues::court_paper_twice(&notice.doc_no).into());
                }
                let event = audit::Event::new("marriage.court.enter", "court_notice", notice.id).region(&region).reason(&notice.doc_no);
                audit::record(&tx, &ctx, event).await?;
                Ok::<_, Error>(notice.id)
            }
        })
        .await
}

/// The marriage of which a document speaks, in our register or among old files: one that stands, or for what voids, one that has ended.
async fn spoken_of(ctx: &Ctx, notice: &Notice, cert_no: Option<&str>) -> Result<Option<MarriageId>> {
    let [one, other] = [&notice.couple.one, &notice.couple.other].map(|number| NumberHash::of(ctx.keys(), number));
    let theirs = register::of_number(ctx.db(), &other).await?;
    let of_both = register::of_number(ctx.db(), &one).await?.into_iter().filter(|held| theirs.iter().any(|their| their.id == held.id));
    let held = of_both
        .filter(|held| cert_no.is_none_or(|number| held.cert_no == number))
        .find(|held| held.state == "valid" || (notice.kind.voids() && held.state == "ended"));
    if let Some(held) = held {
        return Ok(Some(held.id));
    }
    let [one, other] = [one, other].map(|number| standing::Known { number, likeness: None });
    // A file that lacks one of the numbers is found from the other's side.
    let mut files = standing::between(ctx.db(), &one, &other).await?;
    files.extend(standing::between(ctx.db(), &other, &one).await?);
    let never = |file: &standing::OldFile| file.end_kind.is_some_and(EndKind::voids);
    let found = files.into_iter().filter(|file| file.is_of(cert_no)).find(|file| file.stands || (notice.kind.voids() && !never(file)));
    Ok(found.map(|file| file.id))
}

fn read(ctx: &Ctx, region: RegionCode, org: OrgId, paper: &Paper) -> Result<(Notice, Option<String>), Refusal> {
    let mut found = Issues::default();
    let [doc_no, court] = [kernel::text::line(&paper.doc_no), kernel::text::line(&paper.court)];
    found.ensure(!doc_no.is_empty(), || issues::missing("doc_no".to_owned()));
    found.ensure(!court.is_empty(), || issues::missing("court".to_owned()));
    let kind = EndKind::from_code(paper.kind.trim()).filter(|kind| KINDS.contains(kind));
    found.ensure(kind.is_some(), || issues::missing("kind".to_owned()));
    let effective_on = paper.effective_on.trim().parse::<Day>().ok();
    found.ensure(effective_on.is_some_and(|day| day <= ctx.today()), issues::court_paper_without_effect);
    let one = found.keep_at("one", IdNumber::parse(&paper.one, ctx.today()));
    let other = found.keep_at("other", IdNumber::parse(&paper.other, ctx.today()));
    let cert_no = if paper.cert_no.trim().is_empty() { None } else { found.keep(printed_number(&paper.cert_no)) };
    found.finish()?;
    let number = |parsed: Option<IdNumber>| parsed.expect("kept above").as_str().to_owned();
    let notice = Notice {
        id: ctx.id(),
        doc_no: plain(&doc_no),
        court,
        kind: kind.expect("refused above"),
        effective_on: effective_on.expect("refused above"),
        marriage: ctx.id(),
        old_file: None,
        couple: Couple { one: number(one), other: number(other) },
        state: State::Entered,
        region,
        org,
        entered_by: ctx.actor().key(),
        received_at: ctx.now(),
        checked_at: None,
        reason: String::new(),
    };
    Ok((notice, cert_no))
}

/// One form of a document number, so that brackets and spaces do not make it another.
fn plain(doc_no: &str) -> String {
    doc_no.chars().filter(|c| !c.is_whitespace()).map(|c| match c { '(' | '〔' | '[' => '（', ')' | '〕' | ']' => '）', other => other }).collect()
}

/// A document with its look recorded.
pub async fn notice(ctx: &Ctx, id: NoticeId) -> Result<Notice> {
    let mut notice = rows::load(ctx.db().into(), ctx.keys(), id).await?;
    match ctx.require(&READERS, &scope(&notice)).await {
        Ok(()) => {}
        Err(Error::Denied(_)) => return Err(Error::NotFound),
        Err(other) => return Err(other),
    }
    if let Some((row, persons)) = backfacts::row_of(ctx.db(), notice.marriage).await? {
        notice.old_file = Some(row);
        crate::records::look_at_file(ctx, row, &persons, &notice.region, &notice.doc_no).await?;
        return Ok(notice);
    }
    let entry = register::entry(ctx.db().into(), ctx, notice.marriage).await?;
    crate::records::look(ctx, entry.case, &entry.persons, &notice.region, &notice.doc_no).await?;
    Ok(notice)
}

fn scope(notice: &Notice) -> Scope {
    Scope::region(notice.region).org(notice.org).item(ITEM)
}

/// Whether the actor may check this document: not the one who entered it.
pub async fn may_check(ctx: &Ctx, notice: &Notice) -> bool {
    notice.state == State::Entered && notice.entered_by != ctx.actor().key() && ctx.require(&CHECKS, &scope(notice)).await.is_ok()
}

async fn checking(ctx: &Ctx, id: NoticeId) -> Result<Notice> {
    let notice = rows::load(ctx.db().into(), ctx.keys(), id).await?;
    ctx.require(&CHECKS, &scope(&notice)).await?;
    if notice.entered_by == ctx.actor().key() {
        return Err(issues::court_paper_own().into());
    }
    Ok(notice)
}

/// Applies a document that was compared with the original: the marriage ends, or is void from its beginning, with both certificates.
///
/// # Errors
/// `MR-E53` for whoever entered it; `MR-E25` when the marriage has ended meanwhile.
pub async fn apply(ctx: &Ctx, id: NoticeId) -> Result<Ended> {
    let notice = checking(ctx, id).await?;
    let ending = Ending { kind: notice.kind, on: notice.effective_on, basis: format!("{} {}", notice.court, notice.doc_no) };
    ctx.db()
        .write(|tx| {
            let (ctx, notice, ending) = (ctx.clone(), notice.clone(), ending.clone());
            async move {
                if !rows::decide(&tx, &ctx, id, State::Applied, "").await? {
                    return Err(Error::stale());
                }
                let ended = end_fact(&tx, &ctx, notice.marriage, &ending).await?.ok_or_else(|| issues::no_marriage_of_both("page"))?;
                let event = audit::Event::new("marriage.court.apply", "court_notice", id).region(&notice.region).reason(&notice.doc_no);
                audit::record(&tx, &ctx, event).await?;
                Ok(ended)
            }
        })
        .await
}

/// Rejects a document that is not what the paper says; it can be entered again.
pub async fn reject(ctx: &Ctx, id: NoticeId, reason: &str) -> Result<()> {
    let notice = checking(ctx, id).await?;
    let reason = kernel::text::line(reason);
    if reason.is_empty() {
        return Err(issues::missing("reason".to_owned()).into());
    }
    ctx.db()
        .write(|tx| {
            let (ctx, notice, reason) = (ctx.clone(), notice.clone(), reason.clone());
            async move {
                if !rows::decide(&tx, &ctx, id, State::Rejected, &reason).await? {
                    return Err(Error::stale());
                }
                let event = audit::Event::new("marriage.court.reject", "court_notice", id).region(&notice.region).reason(&reason);
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// The documents that an organisation received, newest first, fifty a page; those after `before`. Persons are not among what a list shows.
pub async fn list(ctx: &Ctx, region: RegionCode, org: OrgId, before: Option<NoticeId>) -> Result<(Vec<Notice>, bool)> {
    ctx.require(&READERS, &Scope::region(region).org(org).item(ITEM)).await?;
    let mut notices = rows::of_org(ctx.db(), ctx.keys(), org, before, LINES + 1).await?;
    let most = usize::try_from(LINES).unwrap_or(usize::MAX);
    let more = notices.len() > most;
    notices.truncate(most);
    Ok((notices, more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{f1, m1, world};
    use licences::ops::{Answer, Checks, Elements};

    fn paper(kind: &str) -> Paper {
        Paper {
            doc_no: "(2026) 测0101民初123号".to_owned(),
            court: "测试省甲市城中区人民法院".to_owned(),
            kind: kind.to_owned(),
            effective_on: "2026-05-19".to_owned(),
            one: "990101200603110020".to_owned(),
            other: "990101200405200017".to_owned(),
            cert_no: String::new(),
        }
    }

    ::store::db_test!(r_mr_42_a_void_marriage_stays_for_officers_and_is_no_longer_valid_for_everybody_else, |db| async move {
        let world = world(db, 2).await;
        let done = world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
        let (ctx, colleague) = (world.registrar(), world.colleague());
        let (region, org) = (world.office.region, world.office.org);
        let id = enter(&ctx, region, org, &paper("7")).await.expect("entered");
        let twice = Paper { doc_no: "〔2026〕测0101民初123号".to_owned(), ..paper("7") };
        assert!(enter(&ctx, region, org, &twice).await.expect_err("the same paper").has_code("MR-E52"));
        assert!(apply(&ctx, id).await.expect_err("himself").has_code("MR-E53"));
        let ended = apply(&colleague, id).await.expect("applied");
        assert_eq!((ended.certificates.len(), ended.licences), (2, 2));
        let elements = Elements { number: done.cert_no.clone(), holder_no: "990101200603110020".to_owned(), issued_on: "2026-05-20".to_owned() };
        let asked = Checks::default().by_elements(&ctx, &elements).await.expect("asked");
        assert_eq!(asked.answer, Answer::NoLongerValid);
        let sheet = crate::records::sheet(&ctx, done.marriage, "核对").await.expect("officers still see it");
        assert_eq!((sheet.entry.state.as_str(), sheet.entry.end_kind), ("void", Some(EndKind::Invalid)));
        let view = crate::ops::view(&ctx, &world.ports, sheet.entry.case).await.expect("the case");
        assert_eq!(view.file.state.kind(), crate::states::StateKind::Annulled);
        assert!(matches!(apply(&colleague, id).await, Err(Error::Stale(_))));
        // Both are free: what never was a marriage bars none.
        let other = crate::testing::person("何某", "990101198709224026", "13800000009");
        world.entered(&m1(), &other).await.expect("entered");
    });

    ::store::db_test!(r_mr_25_a_judgment_ends_the_marriage_of_the_pair_from_its_day, |db| async move {
        let world = world(db, 2).await;
        world.platform.set_now(Instant::at(Day::ymd(2026, 5, 20), 600));
        let done = world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
        world.platform.set_now(Instant::at(Day::ymd(2026, 9, 1), 600));
        let (ctx, colleague) = (world.registrar(), world.colleague());
        let (region, org) = (world.office.region, world.office.org);
        let stranger = Paper { other: "990101198506154013".to_owned(), ..paper("2") };
        assert!(enter(&ctx, region, org, &stranger).await.expect_err("no couple").has_code("MR-E25"));
        let later = Paper { effective_on: "2026-09-02".to_owned(), ..paper("2") };
        assert!(enter(&ctx, region, org, &later).await.expect_err("no effect yet").has_code("MR-E10"));
        let id = enter(&ctx, region, org, &Paper { effective_on: "2026-08-31".to_owned(), ..paper("2") }).await.expect("entered");
        apply(&colleague, id).await.expect("applied");
        let entry = crate::records::sheet(&ctx, done.marriage, "核对").await.expect("the entry").entry;
        assert_eq!((entry.state.as_str(), entry.ended_on), ("ended", Some(Day::ymd(2026, 8, 31))));
    });
}
