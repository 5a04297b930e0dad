//! Cards for packets that were not sent or not signed in by their day: for the place that was late, never for the other one (P10-8).

use kernel::{Day, Instant, RegionCode};
use platform::{Ctx, OrgId, Result, StaffId};

use super::{Packet, store};
use crate::supervision::{Colour, NewCard, Rule, Workdays};

/// What was late in the last days is looked at again: a run that was missed makes it up.
const LOOK_BACK_DAYS: i64 = 30;

/// Every card that is due by the beginning of the context's day.
pub(crate) async fn cards(ctx: &Ctx, workdays: &Workdays) -> Result<Vec<NewCard>> {
    let late = store::late(ctx.db(), ctx.now(), ctx.now().plus_days(-LOOK_BACK_DAYS)).await?;
    Ok(late.iter().flat_map(|(packet, case_no)| of_packet(packet, case_no, workdays, ctx.now())).collect())
}

/// A place that had to act.
struct Duty {
    what: &'static str,
    words: &'static str,
    by: Instant,
    done: Option<Instant>,
    at: (RegionCode, OrgId),
    clerk: Option<StaffId>,
}

fn of_packet(packet: &Packet, case_no: &str, workdays: &Workdays, now: Instant) -> Vec<NewCard> {
    let sent = packet.sent.as_ref();
    let duties = [
        Some(Duty { what: "send", words: "跨域材料逾期未发送", by: packet.send_by, done: sent.map(|(at, ..)| *at), at: packet.from, clerk: sent.map(|(_, by, _)| *by) }),
        packet.sign_by.map(|by| {
            let signed = packet.signed.as_ref();
            let done = signed.map(|(at, ..)| *at).or(packet.failed_at);
            Duty { what: "sign", words: "跨域材料逾期未签收", by, done, at: packet.to, clerk: signed.map(|(_, by, _)| *by) }
        }),
    ];
    duties.into_iter().flatten().filter_map(|duty| card(packet, case_no, &duty, workdays, now)).collect()
}

fn card(packet: &Packet, case_no: &str, duty: &Duty, workdays: &Workdays, now: Instant) -> Option<NewCard> {
    // The end is the first moment that is late: its last day is the one before that moment.
    let due: Day = Instant::from_micros(duty.by.micros() - 1).day();
    let effective_on = workdays.after(due, 1);
    let late = duty.done.unwrap_or(now) >= duty.by;
    (late && effective_on <= now.day()).then(|| {
        let over = workdays.between(due, duty.done.map_or(now.day(), Instant::day)).max(1);
        NewCard {
            rule: Rule::PacketLate,
            colour: Colour::Yellow,
            cause: format!("{}:{}", packet.id, duty.what),
            case: Some(packet.case),
            subject: case_no.to_owned(),
            region: duty.at.0,
            org: duty.at.1,
            item_code: packet.item_code.clone(),
            clerk: duty.clerk,
            effective_on,
            due: Some(due),
            over,
            words: format!("{}：期限{}，已超{over}个工作日", duty.words, due.zh()),
        }
    })
}
