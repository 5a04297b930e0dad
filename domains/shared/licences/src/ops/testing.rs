//! A small world for the tests of this crate: an office that issues, citizens who hold, a program that asks.

use std::sync::LazyLock;

use documents::shapes::{Certificate, Party, Row};
use documents::{Press, Settings};
use kernel::{Day, RegionCode, Uscc};
use platform::outbox::Handler;
use platform::testing::TestPlatform;
use platform::{Actor, CitizenActor, Ctx, Error, PersonId, ProgramActor, Result};
use store::{Db, FromRow, q};

use crate::model::{Decision, Ending, EntryId, Holder, HolderKind, Issuer, MARRIAGE, New, Source};
use crate::ops::issue::MakePayload;
use crate::ops::{Drawn, Make, annul, issue, supersede};

pub(crate) static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(Settings::default()));

pub(crate) struct World {
    pub(crate) platform: TestPlatform,
    /// Nobody known.
    pub(crate) ctx: Ctx,
    drawn: std::sync::Mutex<Vec<Drawn>>,
}

/// The columns that tests look at.
#[derive(FromRow)]
pub(crate) struct Seen {
    pub(crate) identifier: String,
    pub(crate) serial: String,
    pub(crate) version: i64,
    pub(crate) state: String,
    pub(crate) in_force: bool,
    pub(crate) file: Option<String>,
    pub(crate) signature: Option<String>,
}

pub(crate) async fn world(db: Db) -> World {
    let platform = platform::testing::platform(db);
    let ctx = platform.as_actor(Actor::Anonymous);
    World { platform, ctx, drawn: std::sync::Mutex::default() }
}

/// A marriage certificate of 1 July 2026, as a registrar's act would issue it.
pub(crate) fn marriage(number: &str, holder_no: &str) -> New {
    New {
        type_code: MARRIAGE.into(),
        number: number.to_owned(),
        holder: Holder { name: "张三".into(), kind: HolderKind::IdCard, number: holder_no.to_owned(), person: None },
        issuer: Issuer {
            code: Uscc::parse("11990102YY9990101F").expect("a test office"),
            name: "城东区民政局婚姻登记处".into(),
            region: RegionCode::parse("990102").expect("a test region"),
        },
        issued_on: Day::ymd(2026, 7, 1),
        valid_to: None,
        source: Source::case("9901022026070110000017").expect("a number"),
        face: Certificate {
            title_zh: "结婚证".into(),
            title_en: "Marriage certificate".into(),
            number: number.to_owned(),
            holder: "张三".into(),
            parties: vec![Party { name: "张三".into(), rows: vec![Row::new("性别 Sex", "男")] }],
            issuer: "城东区民政局婚姻登记处".into(),
            issued_on: "2026年7月1日（周三）".into(),
            ..Certificate::default()
        },
        template: "marriage-certificate",
        photo: None,
    }
}

impl World {
    pub(crate) fn drawn(&self) -> Drawn {
        let drawn = Drawn::new(&self.ctx);
        self.drawn.lock().expect("not poisoned").push(drawn.clone());
        drawn
    }

    pub(crate) async fn issue(&self, new: New) -> Result<EntryId> {
        let drawn = self.drawn();
        self.issue_drawn(&drawn, new).await
    }

    pub(crate) async fn issue_drawn(&self, drawn: &Drawn, new: New) -> Result<EntryId> {
        let ctx = self.ctx.clone();
        self.platform
            .db()
            .write(|tx| {
                let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone());
                async move { issue(&tx, &ctx, &drawn, &new).await }
            })
            .await
    }

    pub(crate) async fn supersede(&self, old: EntryId, new: New) -> Result<EntryId> {
        let (ctx, drawn) = (self.ctx.clone(), self.drawn());
        self.platform
            .db()
            .write(|tx| {
                let (ctx, drawn, new) = (ctx.clone(), drawn.clone(), new.clone());
                async move { supersede(&tx, &ctx, &drawn, old, &new).await }
            })
            .await
    }

    /// 作废 today.
    pub(crate) async fn end(&self, id: EntryId) {
        let ctx = self.ctx.clone();
        let decision = Decision::new("决〔2026〕1号").expect("a number");
        self.platform
            .db()
            .write(|tx| {
                let (ctx, decision) = (ctx.clone(), decision.clone());
                async move {
                    annul(&tx, &ctx, id, Ending::Void, &decision, ctx.today()).await?;
                    Ok::<_, Error>(())
                }
            })
            .await
            .expect("it is in force");
    }

    /// Does what the outbox would.
    pub(crate) async fn make(&self, id: EntryId) {
        let token = self.drawn.lock().expect("not poisoned").iter().find(|drawn| drawn.id() == id).expect("drawn here").token();
        let payload = serde_json::to_value(MakePayload { id, token }).expect("plain data");
        Make { press: PRESS.clone() }.handle(&self.ctx, &id.to_string(), payload).await.expect("made");
    }

    pub(crate) async fn row(&self, id: EntryId) -> Seen {
        q("SELECT identifier, serial, version, state, in_force, file, signature FROM lic WHERE id = $1")
            .bind(id)
            .one(self.platform.db())
            .await
            .expect("an entry")
    }

    pub(crate) async fn uses(&self) -> i64 {
        let (count,): (i64,) = q("SELECT COUNT(*) FROM lic_use").one(self.platform.db()).await.expect("counted");
        count
    }

    pub(crate) async fn audited(&self, action: &str) -> i64 {
        let (count,): (i64,) =
            q("SELECT COUNT(*) FROM audit_event WHERE action = $1").bind(action).one(self.platform.db()).await.expect("counted");
        count
    }

    pub(crate) fn person(&self) -> PersonId {
        self.ctx.id()
    }

    pub(crate) fn citizen(&self, person: PersonId, level: u8) -> Ctx {
        self.platform.as_actor(Actor::Citizen(CitizenActor { account: self.ctx.id(), person: Some(person), level }))
    }

    /// A program that holds this role in the test province: what staff of that role may do.
    pub(crate) fn with_role(&self, role: platform::Role) -> Ctx {
        let region = RegionCode::parse("990000").expect("a test region");
        let grant = platform::Grant { role, org: None, region, item: None, until: None };
        let program = ProgramActor { token: self.ctx.id(), name: "admin".to_owned(), grants: vec![grant], citizen: None };
        self.platform.as_actor(Actor::Program(program))
    }

    pub(crate) fn program(&self, name: &str) -> Ctx {
        let token = self.ctx.id();
        self.platform.as_actor(Actor::Program(ProgramActor { token, name: name.to_owned(), grants: Vec::new(), citizen: None }))
    }
}
