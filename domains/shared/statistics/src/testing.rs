//! Cases for tests of figures: head rows and a short log as a service leaves them, without a service.

use casework::CaseId;
use kernel::{CaseNo, Channel, Day, Instant, RegionCode};
use platform::testing::TestPlatform;
use platform::{OrgId, PersonId};
use store::q;

/// What a test says of its case.
#[derive(Debug, Clone)]
pub struct TestCase {
    /// Its id.
    pub id: CaseId,
    /// Number of the case within its day.
    pub serial: u32,
    /// Region of the body.
    pub region: RegionCode,
    /// The body.
    pub org: OrgId,
    /// Basic code.
    pub item: String,
    /// How it came in.
    pub channel: Channel,
    /// Code of the phase.
    pub phase: &'static str,
    /// When it came in.
    pub opened_at: Instant,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// Last day of the promise.
    pub promise_due: Option<Day>,
    /// The one-time notice.
    pub corrected_on: Option<Day>,
    /// Whether the decision was against.
    pub refused: bool,
    /// Where it was taken in, if elsewhere.
    pub intake: Option<(RegionCode, OrgId)>,
    /// The applicant's name and person.
    pub applicant: Option<(String, PersonId)>,
    /// The version.
    pub version: i64,
}

impl TestCase {
    /// A case that came in now at a counter of 990102 and has not gone further.
    ///
    /// # Panics
    /// If the body cannot be made.
    pub async fn new(p: &TestPlatform, serial: u32) -> Self {
        let region = RegionCode::parse("990102").expect("a region code");
        let ctx = p.system();
        Self {
            id: ctx.id(),
            serial,
            region,
            org: identity::testing::organisation(&ctx, region).await,
            item: "000700099001".to_owned(),
            channel: Channel::Counter,
            phase: "received",
            opened_at: p.now(),
            accepted_at: None,
            closed_at: None,
            promise_due: None,
            corrected_on: None,
            refused: false,
            intake: None,
            applicant: None,
            version: 1,
        }
    }

    /// Accepted when it came in, finished at this moment.
    pub fn finished(self, at: Instant) -> Self {
        Self { phase: "finished", accepted_at: Some(self.opened_at), closed_at: Some(at), version: self.version + 1, ..self }
    }

    /// Its number.
    ///
    /// # Panics
    /// If the serial number does not fit.
    pub fn number(&self) -> String {
        CaseNo::new(self.region, self.opened_at.day(), self.channel, self.serial).expect("a number").as_str().to_owned()
    }

    /// Writes it, or writes it anew after it changed.
    ///
    /// # Panics
    /// If the database refuses it.
    pub async fn put(&self, p: &TestPlatform) {
        let (case, keys) = (self.clone(), p.platform.keys());
        let name = case.applicant.as_ref().map(|(name, _)| keys.seal_text("case_head", "applicant_name", &case.id.to_vec(), name));
        p.db()
            .write(|tx| {
                let (case, name) = (case.clone(), name.clone());
                async move {
                    q("INSERT INTO case_head (id, case_no, service, item_code, region, org, office, phase, version, opened_at, closed_at, state, \
                       accepted_at, promise_due, corrected_on, result, intake_region, intake_org, channel, open, applicant, applicant_name) \
                       VALUES ($1, $2, 'fiction', $3, $4, $5, $6, $7, $8, $9, $10, $7, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) \
                       ON CONFLICT (id) DO UPDATE SET phase = excluded.phase, version = excluded.version, closed_at = excluded.closed_at, \
                       accepted_at = excluded.accepted_at, corrected_on = excluded.corrected_on, result = excluded.result, open = excluded.open")
                    .bind(case.id)
                    .bind(case.number())
                    .bind(&case.item)
                    .bind(case.region)
                    .bind(case.org)
                    .bind(kernel::Id::<()>::new(1, [1; 10]))
                    .bind(case.phase)
                    .bind(case.version)
                    .bind(case.opened_at)
                    .bind(case.closed_at)
                    .bind(case.accepted_at)
                    .bind(case.promise_due)
                    .bind(case.corrected_on)
                    .bind(case.refused.then_some("refused"))
                    .bind(case.intake.map(|(region, _)| region))
                    .bind(case.intake.map(|(_, org)| org))
                    .bind(i64::from(case.channel.digit()))
                    .bind(case.closed_at.is_none())
                    .bind(case.applicant.as_ref().map(|(_, person)| *person))
                    .bind(name)
                    .exec(&tx)
                    .await
                }
            })
            .await
            .expect("a test case");
    }
}
