//! Messages about bookings: rows of the outbox in the transaction that causes them (MFA Z.5). Names of the people never stand in
//! them; for discreet items only the office does (README 14).

use kernel::{Instant, Lang};
use platform::outbox::{Message, put};
use platform::ports::{Mail, SmsMessage};
use platform::{Ctx, Error, Result};
use ::store::Tx;

use crate::model::{BookingId, OfficeCard, SlotCard};
use crate::profile::Profile;
use crate::store::waiting;
use crate::people::Reach;
use crate::store;

/// What a message speaks of.
pub(crate) struct Facts<'a> {
    pub(crate) booking: BookingId,
    pub(crate) number: &'a str,
    pub(crate) profile: &'a Profile,
    pub(crate) office: &'a OfficeCard,
    pub(crate) slot: &'a SlotCard,
    pub(crate) lang: Lang,
}

/// `2026年5月20日（周三）09:30–10:00`.
pub(crate) fn when(slot: &SlotCard, lang: Lang) -> String {
    format!("{} {}–{}", slot.day.text(lang), slot.start.hm(), slot.end.hm())
}

impl Facts<'_> {
    fn words(&self, zh: String, en: String) -> String {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// What it is about: the item, or for discreet items nothing but an appointment.
    fn about(&self) -> String {
        match (self.profile.discreet, self.lang) {
            (true, Lang::Zh) => "业务".to_owned(),
            (true, Lang::En) => "your appointment".to_owned(),
            (false, lang) => self.profile.name.get(lang).to_owned(),
        }
    }

    fn office(&self) -> &str {
        self.office.name.get(self.lang)
    }

    fn address(&self, ctx: &Ctx) -> String {
        format!("{}/bookings/{}", ctx.settings().public_origin.trim_end_matches('/'), self.booking)
    }

    fn bring(&self) -> String {
        if self.profile.couple {
            self.words("请双方携带身份证到场。".into(), "Both of you come with your identity cards.".into())
        } else {
            self.words("请携带身份证到场。".into(), "Bring your identity card.".into())
        }
    }
}

/// One message by short message and, where there is an address, by mail with more detail.
async fn send(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, kind: &str, phone: &str, mail: Option<&str>, text: String) -> Result<()> {
    let key = format!("booking-{kind}-{}-{}", facts.booking, facts.slot.id);
    if !phone.is_empty() {
        put(tx, ctx, Message::sms(&SmsMessage { to: phone.to_owned(), text: text.clone(), message_id: format!("{key}-sms") })).await?;
    }
    if let Some(to) = mail {
        let subject = facts.words(format!("{}：预约通知", facts.office()), format!("{}: your appointment", facts.office()));
        let detail = facts.words(
            format!("{text}\n\n预约号：{}\n地址：{}\n查看、改期或取消：{}\n", facts.number, facts.office.address.zh, facts.address(ctx)),
            format!("{text}\n\nNumber: {}\nAddress: {}\nSee, move or cancel: {}\n", facts.number, facts.office.address.en, facts.address(ctx)),
        );
        let mail = Mail { to: to.to_owned(), subject, text: detail, attachment: None, message_id: format!("{key}-mail") };
        put(tx, ctx, Message::mail(&mail)).await?;
    }
    Ok(())
}

/// 预约成功.
pub(crate) async fn confirmed(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, phone: &str, mail: Option<&str>) -> Result<()> {
    let (when, office, about, bring) = (when(facts.slot, facts.lang), facts.office(), facts.about(), facts.bring());
    let text = facts.words(
        format!("您已预约{when}在{office}办理{about}，{bring}预约号{}。", facts.number),
        format!("Booked: {about}, {when}, {office}. {bring} Number {}.", facts.number),
    );
    send(tx, ctx, facts, "confirmed", phone, mail, text).await
}

/// To the other person: how to confirm. Names nobody and no matter.
pub(crate) async fn partner(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, phone: &str, code: &str) -> Result<()> {
    let (when, office, to) = (when(facts.slot, facts.lang), facts.office(), format!("{}/partner", facts.address(ctx)));
    let text = facts.words(
        format!("有人为您登记了{when}在{office}的预约。如属实，请用确认码{code}确认：{to}；否则不必理会。"),
        format!("Somebody named you for an appointment on {when} at {office}. To confirm, use code {code} at {to}; otherwise ignore this."),
    );
    send(tx, ctx, facts, "partner", phone, None, text).await
}

/// 改期成功.
pub(crate) async fn moved(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, phone: &str, mail: Option<&str>) -> Result<()> {
    let (when, office) = (when(facts.slot, facts.lang), facts.office());
    let text = facts.words(
        format!("您的预约已改为{when}，地点：{office}。预约号{}不变。", facts.number),
        format!("Your appointment is now on {when} at {office}. The number stays {}.", facts.number),
    );
    send(tx, ctx, facts, "moved", phone, mail, text).await
}

/// The day before, to the booker (`ordinal` 1) or to the person who comes with him.
pub(crate) async fn reminder(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, ordinal: i64, phone: &str, mail: Option<&str>) -> Result<()> {
    let (when, office, bring) = (when(facts.slot, facts.lang), facts.office(), facts.bring());
    let text = facts.words(
        format!("提醒：您预约了{when}到{office}，{bring}如不能前来，请提前取消。"),
        format!("Reminder: your appointment is on {when} at {office}. {bring} If you cannot come, please cancel in time."),
    );
    send(tx, ctx, facts, &format!("reminder-{ordinal}"), phone, mail, text).await
}

/// The office closed: what happened, that it is free of penalty, and the place that is kept (P9-15).
pub(crate) async fn closed(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, kept: Option<&(SlotCard, Instant)>, phone: &str, mail: Option<&str>) -> Result<()> {
    let (was, office, to) = (when(facts.slot, facts.lang), facts.office(), facts.address(ctx));
    let text = match kept {
        Some((slot, until)) => {
            let (new, day, hm) = (when(slot, facts.lang), until.day().text(facts.lang), until.hm());
            facts.words(
                format!("很抱歉，{office}在{was}临时不办公。已为您保留{new}，请于{day} {hm}前确认或另选时间，不计爽约：{to}"),
                format!("We are sorry: {office} is closed on {was}. {new} is kept for you until {day} {hm}. Accept or choose another time, without penalty: {to}"),
            )
        }
        None => facts.words(
            format!("很抱歉，{office}在{was}临时不办公。请另选时间，不计爽约：{to}"),
            format!("We are sorry: {office} is closed on {was}. Please choose another time, without penalty: {to}"),
        ),
    };
    send(tx, ctx, facts, "closed", phone, mail, text).await
}

/// To the first on the waiting list: a place is kept.
pub(crate) async fn offer(tx: &Tx, ctx: &Ctx, slot: &SlotCard, waiting: &waiting::Stored, until: Instant) -> Result<()> {
    let office = store::offices::by_id(tx, slot.office).await?.ok_or(Error::NotFound)?;
    let contact = ctx.keys().open("waiting", "contact", &waiting.id.to_vec(), &waiting.contact).map_err(Error::internal)?;
    let contact: Reach = serde_json::from_slice(&contact).map_err(Error::internal)?;
    let origin = ctx.settings().public_origin.trim_end_matches('/');
    let (when, name, day) = (when(slot, waiting.lang), office.name.get(waiting.lang), until.day().text(waiting.lang));
    let text = match waiting.lang {
        Lang::Zh => format!("您候补的{name}有名额了：{when}，为您保留到{day} {}：{origin}/waiting", until.hm()),
        Lang::En => format!("A place came free at {name}: {when}. It is kept for you until {day} {}: {origin}/waiting", until.hm()),
    };
    let key = format!("booking-offer-{}-{}", waiting.id, slot.id);
    if let Some(phone) = contact.phone {
        put(tx, ctx, Message::sms(&SmsMessage { to: phone, text: text.clone(), message_id: format!("{key}-sms") })).await?;
    }
    if let Some(to) = contact.mail {
        let subject = match waiting.lang {
            Lang::Zh => format!("{name}：候补名额"),
            Lang::En => format!("{name}: a place for you"),
        };
        put(tx, ctx, Message::mail(&Mail { to, subject, text, attachment: None, message_id: format!("{key}-mail") })).await?;
    }
    Ok(())
}
