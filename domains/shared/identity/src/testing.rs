//! People for tests: citizens with accounts, couples, members of staff. All of them live in unassigned regions.

use std::sync::atomic::{AtomicU32, Ordering};

use kernel::{Day, DocumentNumber, IdNumber, RegionCode, Sex, Text};
use platform::regions::Organisation;
use platform::testing::TestPlatform;
use platform::{AccountId, Actor, CitizenActor, Ctx, Grant, OrgId, PersonId, Role, StaffActor, StaffId, regions};

use crate::{Contact, NewGrant, PersonDraft, persons, store as tables};

/// An argon2id hash that no password has: these people do not sign in.
const NO_PASSWORD: &str = "$argon2id$v=19$m=19456,t=2,p=1$dG9uZ2JhbnRvbmdiYW4$Z3k0N0p3c0d2c1ZpQ0tKRkJ4c1R0Q2p5bE1uUW9VYXc";

/// A citizen with an account.
#[derive(Clone, Debug)]
pub struct Citizen {
    /// The account.
    pub account: AccountId,
    /// The person, from level 2 on.
    pub person: Option<PersonId>,
    /// Level of assurance.
    pub level: u8,
    /// Full name.
    pub name: String,
    /// Identity number.
    pub number: String,
    /// Mobile number of the account.
    pub phone: String,
}

impl Citizen {
    /// Acts as this citizen.
    pub fn actor(&self) -> Actor {
        Actor::Citizen(CitizenActor { account: self.account, person: self.person, level: self.level })
    }

    /// The person.
    ///
    /// # Panics
    /// At level 1.
    pub fn person(&self) -> PersonId {
        self.person.expect("a citizen of level 2 or 3")
    }

    /// The identity number, parsed.
    pub fn id_number(&self) -> IdNumber {
        IdNumber::parse(&self.number, Day::MAX).expect("a valid test number")
    }
}

/// The serial of the next test person: numbers and phones never repeat within a test program.
fn next() -> u32 {
    static SERIAL: AtomicU32 = AtomicU32::new(0);
    SERIAL.fetch_add(1, Ordering::SeqCst)
}

/// A valid identity number under the test county 990101, of this sex and birth; `serial` from 0 to 499.
pub fn id_number(birth: Day, sex: Sex, serial: u32) -> String {
    let serial = serial % 500 * 2 + u32::from(sex == Sex::Male);
    let seventeen = format!("990101{}{serial:03}", birth.compact());
    let check = kernel::iso7064::mod_11_2(&seventeen).expect("only digits");
    format!("{seventeen}{check}")
}

/// A citizen of this level, a man or a woman in turn, of age to marry.
pub async fn citizen(platform: &TestPlatform, level: u8) -> Citizen {
    let serial = next();
    let sex = if serial.is_multiple_of(2) { Sex::Male } else { Sex::Female };
    make(platform, level, serial, sex, Day::ymd(1990, 3, 7).plus_days(i64::from(serial / 500))).await
}

/// A man and a woman of age to marry, both with accounts of this level.
pub async fn couple(platform: &TestPlatform, level: u8) -> (Citizen, Citizen) {
    let (him, her) = (next(), next());
    let birth = |serial: u32| Day::ymd(1992, 6, 1).plus_days(i64::from(serial / 500));
    (make(platform, level, him, Sex::Male, birth(him)).await, make(platform, level, her, Sex::Female, birth(her)).await)
}

/// A citizen of this level, sex and birth.
pub async fn citizen_born(platform: &TestPlatform, level: u8, sex: Sex, birth: Day) -> Citizen {
    make(platform, level, next(), sex, birth).await
}

async fn make(platform: &TestPlatform, level: u8, serial: u32, sex: Sex, birth: Day) -> Citizen {
    let ctx = platform.system();
    let (name, number) = (test_name(serial), id_number(birth, sex, serial));
    let phone = format!("199{:08}", serial);
    let contact = Contact::parse(&phone).expect("a test phone");
    let document = DocumentNumber::from(IdNumber::parse(&number, Day::MAX).expect("a test number"));
    let account = tables::account::NewAccount::new(&ctx, &contact, NO_PASSWORD.to_owned());
    let draft = PersonDraft::new(&ctx, &name, &document, "CHN", None).expect("a test person");
    let person = ctx
        .db()
        .write(|tx| {
            let (ctx, account, draft) = (ctx.clone(), account.clone(), draft.clone());
            async move {
                assert!(tables::account::insert(&tx, &account, ctx.now()).await?, "a test phone twice");
                if level < 2 {
                    return Ok(None);
                }
                let person = persons::ensure(&tx, &ctx, &draft).await?;
                assert!(tables::account::bind(&tx, account.id, person, level, "test").await?, "a test person twice");
                Ok::<_, platform::Error>(Some(person))
            }
        })
        .await
        .expect("a test citizen");
    Citizen { account: account.id, person, level, name, number, phone }
}

/// Made-up names that differ: 测甲, 测乙 …
fn test_name(serial: u32) -> String {
    const SIGNS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    let digits = serial.to_string();
    std::iter::once('测').chain(digits.bytes().map(|digit| SIGNS[usize::from(digit - b'0')])).collect()
}

/// A person without an account, as a walk-in at a counter: his id and number.
pub async fn person(platform: &TestPlatform, sex: Sex, birth: Day) -> (PersonId, IdNumber) {
    let ctx = platform.system();
    let serial = next();
    let number = IdNumber::parse(&id_number(birth, sex, serial), Day::MAX).expect("a test number");
    let draft = PersonDraft::new(&ctx, &test_name(serial), &DocumentNumber::from(number.clone()), "CHN", None).expect("a test person");
    let id = ctx
        .db()
        .write(|tx| {
            let (ctx, draft) = (ctx.clone(), draft.clone());
            async move { persons::ensure(&tx, &ctx, &draft).await }
        })
        .await
        .expect("a test person");
    (id, number)
}

/// The civil-affairs bureau of a region of the test world, made where it is missing. The region must be there
/// (`platform::testing::regions`).
pub async fn organisation(ctx: &Ctx, region: RegionCode) -> OrgId {
    let code = kernel::Uscc::new("11", region, "YY999010").expect("a test code");
    let org = Organisation { id: ctx.id(), uscc: code.to_string(), name: Text::new("测试民政局", "Test bureau"), region };
    ctx.db()
        .write(|tx| {
            let org = org.clone();
            async move { regions::put_organisation(&tx, &org).await }
        })
        .await
        .expect("a test organisation")
}

/// A member of staff of the bureau of `region` with these roles there. The regions of the test world are made where missing.
pub async fn staff(platform: &TestPlatform, region: &str, roles: &[Role]) -> StaffActor {
    let region = RegionCode::parse(region).expect("a region code");
    platform::testing::regions(platform).await.expect("the test world");
    let org = organisation(&platform.system(), region).await;
    staff_of(platform, org, region, roles).await
}

/// A member of staff of a body in `region` with these roles there.
pub async fn staff_of(platform: &TestPlatform, org: OrgId, region: RegionCode, roles: &[Role]) -> StaffActor {
    let ctx = platform.system();
    let id: StaffId = ctx.id();
    let name = format!("员{}", test_name(next()));
    let row = tables::staff::NewStaff {
        id,
        username: format!("staff.{id}"),
        name: name.clone(),
        org,
        password: NO_PASSWORD.to_owned(),
        totp: ctx.keys().seal("staff", "totp", &id.to_vec(), &[7; crate::totp::SECRET]),
        password_at: Some(ctx.now()),
    };
    let grants: Vec<_> = roles.iter().map(|role| (ctx.id(), NewGrant::new(*role, region))).collect();
    ctx.db()
        .write(|tx| {
            let (ctx, row, grants) = (ctx.clone(), row.clone(), grants.clone());
            async move {
                assert!(tables::staff::insert(&tx, &row, ctx.now()).await?, "a test user name twice");
                for (grant_id, grant) in &grants {
                    tables::staff::grant(&tx, *grant_id, id, grant, "test", ctx.now()).await?;
                }
                Ok::<_, platform::Error>(())
            }
        })
        .await
        .expect("a test member of staff");
    let grants = roles.iter().map(|role| Grant { role: *role, org: None, region, item: None, until: None }).collect();
    StaffActor { id, name, org, region, grants, token: None }
}

/// The code of the authenticator app of a member of staff at that moment, from the secret that he was shown.
pub fn totp_code(enrolment: &crate::Enrolment, now: kernel::Instant) -> String {
    let secret = data_encoding::BASE32_NOPAD.decode(enrolment.secret.as_bytes()).expect("we wrote it");
    crate::totp::code(&secret, now).expect("a code")
}
