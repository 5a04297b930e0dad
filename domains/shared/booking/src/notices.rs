//! What people are told about bookings (MFA Z.5), left in the outbox by the transaction that causes it, so that a sought-after slot does
//! not wait for it. Names of the people never stand outside the page; for discreet items only the office does.

use ::notices::{Notice, To, Topic, tell_later};
use ::store::Tx;
use identity::ContactOf;
use kernel::{Instant, Lang, Text};
use platform::{Ctx, Error, PersonId, Result};

use crate::model::{BookingId, OfficeCard, PartyCard, SlotCard};
use crate::people::Reach;
use crate::profile::Profile;
use crate::release::{EntryId, Release};
use crate::store;
use crate::store::waiting;

/// What a notice speaks of.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) booking: BookingId,
    pub(crate) number: &'a str,
    pub(crate) profile: &'a Profile,
    pub(crate) office: &'a OfficeCard,
    pub(crate) slot: &'a SlotCard,
    pub(crate) lang: Lang,
}

/// Who is told: the person, if he is known, and the number and address that were given.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) person: Option<PersonId>,
    pub(crate) phone: &'a str,
    pub(crate) mail: Option<&'a str>,
}

impl<'a> Told<'a> {
    /// One of the people of a booking; nobody is told where there is none.
    pub(crate) fn party(party: Option<&'a PartyCard>, mail: Option<&'a str>) -> Self {
        Self { person: party.and_then(|party| party.person), phone: party.map_or("", |party| &party.details.phone), mail }
    }

    fn to(&self) -> To {
        self.person.map_or(To::Address, To::Person)
    }

    fn reach(&self, lang: Lang) -> ContactOf {
        ContactOf { phone: self.phone.parse().ok(), email: self.mail.and_then(|mail| mail.parse().ok()), lang }
    }
}

/// `2026年5月20日（周三）09:30–10:00`.
pub(crate) fn when(slot: &SlotCard, lang: Lang) -> String {
    format!("{} {}–{}", slot.day.text(lang), slot.start.hm(), slot.end.hm())
}

impl Facts<'_> {
    /// The same words in both languages.
    fn both(&self, words: impl Fn(&Self) -> String) -> Text {
        Text::new(words(&Self { lang: Lang::Zh, ..*self }), words(&Self { lang: Lang::En, ..*self }))
    }

    fn words(&self, zh: String, en: String) -> String {
        self.lang.pick(zh, en)
    }

    /// What it is about: the item, or outside the page of a discreet one nothing but an appointment.
    fn about(&self, page: bool) -> String {
        match self.profile.discreet && !page {
            true => self.words("业务".to_owned(), "your appointment".to_owned()),
            false => self.profile.name.get(self.lang).to_owned(),
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

    /// The text with number and place of the appointment.
    fn detailed(&self, text: &str) -> String {
        self.words(
            format!("{text}\n预约号：{}\n地址：{}", self.number, self.office.address.zh),
            format!("{text}\nNumber: {}\nAddress: {}", self.number, self.office.address.en),
        )
    }
}

/// The same words by every way; the page and the mail add number and place.
fn notice(facts: &Facts<'_>, told: &Told<'_>, kind: &str, title: Text, text: impl Fn(&Facts<'_>, bool) -> String) -> Notice {
    let key = format!("booking-{kind}-{}-{}", facts.booking, facts.slot.id);
    let notice = Notice::new(told.to(), Topic::Booking, key, title, facts.both(|facts| facts.detailed(&text(facts, true))))
        .by_sms(facts.both(|facts| text(facts, false)))
        .by_mail(facts.both(|facts| facts.detailed(&text(facts, false))))
        .link(format!("/bookings/{}", facts.booking))
        .reach(&told.reach(facts.lang));
    if facts.profile.discreet { notice.discreet(facts.office.name.clone()) } else { notice }
}

/// 预约成功.
pub(crate) async fn confirmed(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, told: &Told<'_>) -> Result<()> {
    let text = |facts: &Facts<'_>, page| {
        let (when, office, about, bring) = (when(facts.slot, facts.lang), facts.office(), facts.about(page), facts.bring());
        facts.words(
            format!("您已预约{when}在{office}办理{about}，{bring}预约号{}。", facts.number),
            format!("Booked: {about}, {when}, {office}. {bring} Number {}.", facts.number),
        )
    };
    tell_later(tx, ctx, notice(facts, told, "confirmed", Text::fixed("预约成功", "Your booking is confirmed"), text).urgent()).await
}

/// To the other person: how to confirm. Names nobody and no matter; he is bound to nothing yet, so it goes to his number alone.
pub(crate) async fn partner(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, phone: &str, code: &str) -> Result<()> {
    let to = format!("{}/partner", facts.address(ctx));
    let text = |facts: &Facts<'_>, _| {
        let (when, office) = (when(facts.slot, facts.lang), facts.office());
        facts.words(
            format!("有人为您登记了{when}在{office}的预约。如属实，请用确认码{code}确认：{to}；否则不必理会。"),
            format!("Somebody named you for an appointment on {when} at {office}. To confirm, use code {code} at {to}; otherwise ignore this."),
        )
    };
    let told = Told { person: None, phone, mail: None };
    tell_later(tx, ctx, notice(facts, &told, "partner", Text::fixed("请确认预约", "Please confirm an appointment"), text).urgent()).await
}

/// 改期成功.
pub(crate) async fn moved(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, told: &Told<'_>) -> Result<()> {
    let text = |facts: &Facts<'_>, _| {
        let (when, office) = (when(facts.slot, facts.lang), facts.office());
        facts.words(
            format!("您的预约已改为{when}，地点：{office}。预约号{}不变。", facts.number),
            format!("Your appointment is now on {when} at {office}. The number stays {}.", facts.number),
        )
    };
    tell_later(tx, ctx, notice(facts, told, "moved", Text::fixed("预约已改期", "Your appointment has been moved"), text).urgent()).await
}

/// The day before, to the booker (`ordinal` 1) or to the person who comes with him.
pub(crate) async fn reminder(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, ordinal: i64, told: &Told<'_>) -> Result<()> {
    let text = |facts: &Facts<'_>, _| {
        let (when, office, bring) = (when(facts.slot, facts.lang), facts.office(), facts.bring());
        facts.words(
            format!("提醒：您预约了{when}到{office}，{bring}如不能前来，请提前取消。"),
            format!("Reminder: your appointment is on {when} at {office}. {bring} If you cannot come, please cancel in time."),
        )
    };
    tell_later(tx, ctx, notice(facts, told, &format!("reminder-{ordinal}"), Text::fixed("预约提醒", "Reminder of your appointment"), text)).await
}

/// The office closed: what happened, that it is free of penalty, and the place that is kept (P9-15).
pub(crate) async fn closed(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, kept: Option<&(SlotCard, Instant)>, told: &Told<'_>) -> Result<()> {
    let to = facts.address(ctx);
    let text = |facts: &Facts<'_>, _| {
        let (was, office) = (when(facts.slot, facts.lang), facts.office());
        match kept {
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
        }
    };
    tell_later(tx, ctx, notice(facts, told, "closed", Text::fixed("办理时间有变", "Your appointment cannot take place"), text).urgent()).await
}

/// Nobody came (P9-7): what was written down, what follows from it, and what to do if it is wrong.
pub(crate) async fn missed(tx: &Tx, ctx: &Ctx, facts: &Facts<'_>, party: &PartyCard) -> Result<()> {
    let phone = &ctx.settings().phone;
    let text = |facts: &Facts<'_>, _| {
        let (when, office, rule) = (when(facts.slot, facts.lang), facts.office(), facts.profile);
        let (window, limit, block) = (rule.no_show_window_days, rule.no_show_limit, rule.block_days);
        facts.words(
            format!("您没有在{when}到{office}办理，记爽约一次。{window}天内满{limit}次，将暂停预约{block}天。有误请拨打{phone}。"),
            format!("You did not come to {office} on {when}; it is recorded. {limit} times in {window} days stop bookings for {block} days. If this is wrong, call {phone}."),
        )
    };
    let key = format!("missed-{}", party.ordinal);
    tell_later(tx, ctx, notice(facts, &Told::party(Some(party), None), &key, Text::fixed("爽约记录", "A missed appointment"), text)).await
}

/// To the first on the waiting list: a place is kept.
pub(crate) async fn offer(tx: &Tx, ctx: &Ctx, slot: &SlotCard, waiting: &waiting::Stored, until: Instant) -> Result<()> {
    let office = store::offices::by_id(tx, slot.office).await?.ok_or(Error::NotFound)?;
    let contact = ctx.keys().open("waiting", "contact", &waiting.id.to_vec(), &waiting.contact).map_err(Error::internal)?;
    let contact: Reach = serde_json::from_slice(&contact).map_err(Error::internal)?;
    let origin = ctx.settings().public_origin.trim_end_matches('/');
    let in_lang = |lang: Lang| {
        let (when, name, day) = (when(slot, lang), office.name.get(lang), until.day().text(lang));
        lang.pick(
            format!("您候补的{name}有名额了：{when}，为您保留到{day} {}：{origin}/waiting", until.hm()),
            format!("A place came free at {name}: {when}. It is kept for you until {day} {}: {origin}/waiting", until.hm()),
        )
    };
    let text = Text::new(in_lang(Lang::Zh), in_lang(Lang::En));
    let told = Told { person: Some(waiting.person), phone: contact.phone.as_deref().unwrap_or_default(), mail: contact.mail.as_deref() };
    let title = Text::fixed("候补有名额了", "A place for you");
    let notice = Notice::new(told.to(), Topic::Booking, format!("booking-offer-{}-{}", waiting.id, slot.id), title, text.clone());
    // The words name the office alone, whatever the item is.
    let notice = notice.discreet(office.name.clone()).by_sms(text.clone()).by_mail(text);
    tell_later(tx, ctx, notice.link("/waiting").reach(&told.reach(waiting.lang)).urgent()).await
}

/// Words for everybody whose turn begins at the same moment.
#[derive(Clone)]
pub(crate) struct TurnText {
    text: Text,
    link: String,
}

/// What somebody is told whose turn it is.
pub(crate) fn turn(ctx: &Ctx, release: &Release, until: Instant) -> TurnText {
    let link = format!("/releases/{}", release.id);
    let origin = ctx.settings().public_origin.trim_end_matches('/');
    let text = Text::new(
        format!("轮到您选号了，请在{} {}前选择时段，过时顺延给下一位：{origin}{link}", until.day().zh(), until.hm()),
        format!("It is your turn. Choose a time by {} {}; after that the place passes to the next: {origin}{link}", until.day().en(), until.hm()),
    );
    TurnText { text, link }
}

impl TurnText {
    /// Tells one person of an entry.
    pub(crate) async fn tell(&self, tx: &Tx, ctx: &Ctx, entry: EntryId, person: PersonId) -> Result<()> {
        let title = Text::fixed("轮到您选号了", "It is your turn");
        let notice = Notice::new(To::Person(person), Topic::Booking, format!("release-turn-{entry}-{person}"), title, self.text.clone());
        tell_later(tx, ctx, notice.link(self.link.clone()).urgent()).await
    }
}
