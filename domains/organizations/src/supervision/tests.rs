//! The rules of supervision, on both engines.

mod attachments;
mod clocks;
mod credit;
mod figures;
mod others;
mod papers;
mod penalties;
mod services;

use kernel::{Day, Instant};
use platform::{Ctx, Role, StaffActor};

use super::{Input, Kind, ProceedingId, act, open};
use crate::OrganizationId;
use crate::testing::World;

/// The authority with more staff for supervision.
pub(super) struct Desk {
    pub(super) w: World,
    pub(super) inspectors: [StaffActor; 2],
}

pub(super) async fn desk(db: ::store::Db) -> Desk {
    let w = crate::testing::world(db).await;
    let inspector = || identity::testing::staff_of(&w.p, w.authority, w.region, &[Role::Inspector]);
    let inspectors = [inspector().await, inspector().await];
    Desk { inspectors, w }
}

impl Desk {
    pub(super) fn at(&self, day: Day) {
        self.w.p.set_now(Instant::at(day, 600));
    }

    pub(super) fn inspector(&self) -> Ctx {
        self.w.as_staff(&self.inspectors[0])
    }

    pub(super) fn clerk(&self) -> Ctx {
        self.w.as_staff(&self.w.clerk)
    }

    pub(super) fn examiner(&self) -> Ctx {
        self.w.as_staff(&self.w.examiner)
    }

    pub(super) fn reviewer(&self) -> Ctx {
        self.w.as_staff(&self.w.reviewer)
    }

    pub(super) fn approver(&self) -> Ctx {
        self.w.as_staff(&self.w.approver)
    }

    pub(super) fn head(&self) -> Ctx {
        self.w.as_staff(&self.w.head)
    }

    pub(super) fn officers(&self, input: Input) -> Input {
        self.inspectors.iter().fold(input, |input, one| input.with("officers", one.id))
    }
}

/// How a document was handed to somebody.
pub(super) const HANDED: [(&str, &str); 4] = [("way", "direct"), ("receiver", "张测试"), ("relation", "法定代表人"), ("place", "甲市城东区和平路1号")];

/// Fields of a form.
pub(super) fn input(fields: &[(&str, &str)]) -> Input {
    fields.iter().fold(Input::default(), |input, (name, value)| input.with(name, value))
}

/// Does an act on the newest version, confirmed.
pub(super) async fn does(ctx: &Ctx, id: ProceedingId, code: &str, fields: &[(&str, &str)]) -> platform::Result<super::Done> {
    let seen = super::store::proceedings::by_id(ctx, id).await?.expect("there").version;
    act(ctx, id, seen, code, &input(fields).with("sure", "yes")).await
}

/// Opens one.
pub(super) async fn opens(ctx: &Ctx, kind: Kind, organization: OrganizationId, fields: &[(&str, &str)]) -> ProceedingId {
    open(ctx, kind, Some(organization), &input(fields)).await.expect("opened").id
}

/// The code with which something was refused.
pub(super) fn code<T: std::fmt::Debug>(outcome: platform::Result<T>) -> String {
    outcome.expect_err("refused").issues().first().map(|issue| issue.code.to_string()).unwrap_or_default()
}
