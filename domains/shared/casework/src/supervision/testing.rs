//! Cases for the tests of documents, archive and supervision: a head row as the engine writes it, without the engine.

use kernel::{Day, Id, Instant, RegionCode};
use platform::testing::TestPlatform;
use platform::{Ctx, OrgId, PersonId, StaffId};
use ::store::q;

use crate::CaseId;

/// What a test says of its case.
#[derive(Debug, Clone)]
pub(crate) struct TestCase {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Region of the office.
    pub region: RegionCode,
    /// The body that answers for it.
    pub org: OrgId,
    /// The phase.
    pub phase: &'static str,
    /// The applicant, where he is a person.
    pub applicant: Option<PersonId>,
    /// Who holds it.
    pub holder: Option<StaffId>,
    /// When it arrived.
    pub opened_at: Instant,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// Whether nobody told in time.
    pub auto_accepted: bool,
    /// Last day of the promise.
    pub promise_due: Option<Day>,
    /// Last day of the law.
    pub legal_due: Option<Day>,
    /// Last day of the present step.
    pub step_due: Option<Day>,
    /// Last day of the one-time notice.
    pub notice_due: Option<Day>,
    /// When it was finished.
    pub closed_at: Option<Instant>,
}

/// The test region of counters, with its organisation.
pub(crate) async fn organisation(p: &TestPlatform) -> (RegionCode, OrgId) {
    platform::testing::regions(p).await.expect("the test world");
    let region = RegionCode::parse("990102").expect("a region code");
    (region, identity::testing::organisation(&p.system(), region).await)
}

impl TestCase {
    /// An accepted case of 990102, opened and accepted now, that nobody holds and no clock runs for.
    pub(crate) async fn new(p: &TestPlatform, number: &str) -> TestCase {
        let (region, org) = organisation(p).await;
        TestCase {
            id: p.system().id(),
            number: number.to_owned(),
            region,
            org,
            phase: "accepted",
            applicant: None,
            holder: None,
            opened_at: p.now(),
            accepted_at: Some(p.now()),
            auto_accepted: false,
            promise_due: None,
            legal_due: None,
            step_due: None,
            notice_due: None,
            closed_at: None,
        }
    }

    /// Writes it.
    pub(crate) async fn put(self, ctx: &Ctx) -> TestCase {
        let case = self.clone();
        ctx.db()
            .write(|tx| {
                let case = case.clone();
                async move {
                    let office: Id<()> = Id::new(1, [1; 10]);
                    q("INSERT INTO case_head (id, case_no, service, item_code, region, org, office, phase, version, opened_at, closed_at, state, \
                       case_type, impl_code, applicant, received_at, accepted_at, auto_accepted, holder, promise_due, legal_due, notice_due, \
                       step_due, open) VALUES ($1, $2, 'fiction', '000700099001', $3, $4, $5, $6, 1, $7, $8, $6, '', '', $9, $7, $10, $11, \
                       $12, $13, $14, $15, $16, $17)")
                    .bind(case.id)
                    .bind(case.number)
                    .bind(case.region)
                    .bind(case.org)
                    .bind(office)
                    .bind(case.phase)
                    .bind(case.opened_at)
                    .bind(case.closed_at)
                    .bind(case.applicant)
                    .bind(case.accepted_at)
                    .bind(case.auto_accepted)
                    .bind(case.holder)
                    .bind(case.promise_due)
                    .bind(case.legal_due)
                    .bind(case.notice_due)
                    .bind(case.step_due)
                    .bind(case.closed_at.is_none())
                    .exec(&tx)
                    .await
                }
            })
            .await
            .expect("a test case");
        self
    }
}
