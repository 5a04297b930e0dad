//! A hall for tests of this and other crates.

use booking::OfficeCard;
use booking::testing as world;
use booking::{Profile, testing::NewOffice};
use platform::testing::TestPlatform;
use platform::{Actor, Role};

use crate::model::{GroupId, WindowId};
use crate::ops::setup::{self, GroupInput, WindowInput};
use crate::ops::take::{For, Take};

/// A hall with one group and windows that serve it.
pub struct World {
    /// The office.
    pub office: OfficeCard,
    /// The group with letter A.
    pub group: GroupId,
    /// Its windows, from 1.
    pub windows: Vec<WindowId>,
}

/// A hall at a new office with group A of twelve minutes and so many windows. The regions of the test world must be in.
pub async fn hall(platform: &TestPlatform, profile: Profile, new: NewOffice, windows: usize) -> World {
    let office = world::office(platform, profile, new).await;
    let system = platform.system();
    setup::open_hall(&system, &office.code).await.expect("a new hall");
    let input = GroupInput {
        letter: "A".into(),
        name_zh: "测试登记".into(),
        name_en: "Test registration".into(),
        kinds: office.kinds.clone(),
        minutes: "12".into(),
        active: true,
    };
    let group = setup::save_group(&system, &office.code, None, &input).await.expect("a sound group");
    let mut made = Vec::new();
    for no in 1..=windows {
        let input = WindowInput { no: no.to_string(), groups: vec![group] };
        made.push(setup::save_window(&system, &office.code, None, &input).await.expect("a sound window"));
    }
    World { office, group, windows: made }
}

impl World {
    /// A new clerk of the hall.
    pub fn clerk(&self, platform: &TestPlatform) -> Actor {
        world::staff(platform, &self.office, Role::Clerk)
    }

    /// A ticket for somebody without booking, under a key of its own.
    pub fn walk_in(&self, request_key: &str) -> Take {
        Take { what: For::WalkIn(self.group), ground: String::new(), name: String::new(), request_key: request_key.to_owned() }
    }
}
