//! What is there around the counter: a card of supervision, an absence, members of staff, a hall with a ticket, somebody who waits for a
//! place, a batch of older licences, the token of a program.

use booking::ops::wait::{self, Join};
use booking::testing::{self as offices, IMPL_CODE, NewOffice};
use casework::CaseId;
use casework::ops::{DeclareAbsence, declare_absence};
use casework::supervision::{ByHand, Rule, raise_by_hand};
use hall::ops::take::{Take, at_counter};
use identity::tokens::{NewPersonal, issue_personal};
use licences::stock::{COLUMNS, Submit, submit};
use platform::{Actor, Ctx, Role, StaffActor};
use store::q;

use super::{Others, whole};
use crate::kit::Site;

/// The office with the hall.
const HALL: &str = "990102-02";
const ABSENCE: &str = "参加全省业务培训甲班";
const FOUND: &str = "未说明理由即退回申请";
const CALLED: &str = "欧阳老人某";
const BATCH: &str = "1998年婚姻登记存量";

async fn staff(site: &Site, role: Role) -> StaffActor {
    identity::testing::staff(&site.platform, whole::COUNTY, &[role]).await
}

fn by(site: &Site, staff: &StaffActor) -> Ctx {
    site.platform.as_actor(Actor::Staff(staff.clone()))
}

/// All of it, made through the operations; the card is about this case.
pub(super) async fn around(site: &Site, case: CaseId) -> Others {
    let db = site.platform.db();
    let (clerk, delegate, keeper) = (staff(site, Role::Clerk).await, staff(site, Role::Clerk).await, staff(site, Role::Archivist).await);
    let today = site.platform.now().day();
    let away = DeclareAbsence { staff: clerk.id, delegate: delegate.id, from: today, until: today.plus_days(3), reason: ABSENCE.into() };
    let absence = declare_absence(&by(site, &clerk), away).await.expect("declared").to_string();
    let (case_no,): (String,) = q("SELECT case_no FROM case_head WHERE id = $1").bind(case).one(db).await.expect("the case");
    let found = ByHand { rule: Rule::NoReason, case_no, words: FOUND.into() };
    let card = raise_by_hand(&by(site, &staff(site, Role::Supervisor).await), &found).await.expect("a card");
    let (number,): (String,) = q("SELECT number FROM supervision_card WHERE id = $1").bind(card).one(db).await.expect("the card");
    let table = format!("{}\n11990000YY9990080W001,社证字第1号,001,51990000YY9990013T,测试协会,11990102YY9990101F,城东区民政局,990102,2010-05-20,\n", COLUMNS.join(","));
    let stock = Submit { name: BATCH.into(), origin: "纸质档案".into(), table: table.into_bytes() };
    let stock = submit(&by(site, &keeper), &stock).await.expect("entered").to_string();

    let new = NewOffice { code: HALL, region: whole::COUNTY, hours: "08:00-12:00 13:30-17:00", ..NewOffice::default() };
    let hall = hall::testing::hall(&site.platform, offices::single(), new, 1).await;
    let take = Take { name: CALLED.into(), ..hall.walk_in("everywhere") };
    let ticket = at_counter(&by(site, &clerk), HALL, take).await.expect("a ticket").id.to_string();
    let (citizen, _) = site.citizen(2).await;
    let ctx = site.platform.as_actor(citizen.actor());
    let join = Join { office: HALL.into(), impl_code: IMPL_CODE.into(), from: today.plus_days(1), to: today.plus_days(3) };
    let waiting = wait::join(&ctx, join).await.expect("he waits").to_string();
    let token = issue_personal(&ctx, NewPersonal::new("记账软件乙", 30)).await.expect("issued").id.to_string();
    Others {
        ids: vec![
            ("/desk/absences/", absence.clone()),
            ("/api/v1/work/absences/", absence),
            ("/cards/", card.to_string()),
            ("/desk/licence-stock/", stock.clone()),
            ("/api/v1/licence-stock/", stock),
            ("/admin/staff/", clerk.id.to_string()),
            ("/desk/hall/tickets/", ticket),
            ("/desk/hall/windows/", hall.windows[0].to_string()),
            ("/api/v1/waiting/", waiting),
            ("/me/tokens/", token),
        ],
        secrets: vec![
            ABSENCE.to_owned(),
            number,
            FOUND.to_owned(),
            BATCH.to_owned(),
            format!("staff.{}", clerk.id),
            CALLED.to_owned(),
            citizen.number.clone(),
            citizen.phone,
            "记账软件乙".to_owned(),
        ],
    }
}
