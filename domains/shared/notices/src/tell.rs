//! Telling somebody, in the transaction of the act that causes it.

use identity::persons;
use kernel::{Email, Lang, Phone, Text};
use platform::outbox::{self, Message};
use platform::{AccountId, Ctx, Result};
use ::store::Tx;

use crate::deliver::Letter;
use crate::model::{Channel, DeliveryId, Notice, NoticeId, Reach, To};
use crate::store::{deliveries, notices, preferences};
use crate::{quiet, store};

/// Writes the notice down and leaves what goes out in the outbox. The same key again changes nothing.
///
/// # Errors
/// Of the database.
pub async fn tell(tx: &Tx, ctx: &Ctx, notice: Notice) -> Result<()> {
    let id: NoticeId = ctx.id();
    let at = notice.not_before.map_or(ctx.now(), |at| at.max(ctx.now()));
    if !notices::insert(tx, ctx, id, &notice, at).await? {
        return Ok(());
    }
    let Some(addressee) = addressee(tx, ctx, &notice).await? else { return Ok(()) };
    let due = if notice.urgent || addressee.awake { at } else { quiet().after(at) };
    for channel in Channel::ALL {
        let delivery: DeliveryId = ctx.id();
        let (letter, masked) = match addressee.address(channel) {
            None => {
                deliveries::insert(tx, delivery, id, channel, store::NOWHERE, None, None).await?;
                continue;
            }
            Some(_) if !addressee.wants(channel) => {
                deliveries::insert(tx, delivery, id, channel, store::UNWANTED, None, None).await?;
                continue;
            }
            Some((to, masked)) => (letter(ctx, &notice, id, delivery, channel, to, &addressee), masked),
        };
        deliveries::insert(tx, delivery, id, channel, store::WAITING, Some(masked), Some(due)).await?;
        outbox::put(tx, ctx, Message::of(crate::deliver::KIND, delivery.to_string(), &letter).not_before(due)).await?;
    }
    Ok(())
}

/// Leaves the telling to the outbox: for a transaction that others wait for, and that would rather not write more than one row.
///
/// # Errors
/// Of the database.
pub async fn tell_later(tx: &Tx, ctx: &Ctx, notice: Notice) -> Result<()> {
    outbox::put(tx, ctx, Message::of(crate::deliver::KIND_TELL, notice.dedupe.clone(), &notice)).await
}

/// Takes a notice back that nobody has seen yet, because its act is undone. False if it is too late, or was never told.
///
/// # Errors
/// Of the database.
pub async fn take_back(tx: &Tx, ctx: &Ctx, dedupe: &str) -> Result<bool> {
    let Some(id) = notices::unseen(tx, dedupe, ctx.now()).await? else { return Ok(false) };
    // What lies in the outbox finds its row gone, and is done.
    notices::remove(tx, &[id]).await?;
    Ok(true)
}

/// Where something goes, and what its receiver wants.
struct Addressee {
    phone: Option<Phone>,
    mail: Option<Email>,
    lang: Lang,
    wanted: [bool; 2],
    /// Whether the person wants messages at night, too.
    awake: bool,
    /// Whether there is somebody who can sign in and read the page.
    reads: bool,
}

impl Addressee {
    fn address(&self, channel: Channel) -> Option<(String, String)> {
        match channel {
            Channel::Sms => self.phone.as_ref().map(|phone| (phone.as_str().to_owned(), phone.masked())),
            Channel::Mail => self.mail.as_ref().map(|mail| (mail.as_str().to_owned(), mail.masked())),
        }
    }

    fn wants(&self, channel: Channel) -> bool {
        let [sms, mail] = self.wanted;
        match channel {
            Channel::Sms => sms,
            Channel::Mail => mail,
        }
    }
}

/// `None` for staff, who have their page alone.
async fn addressee(tx: &Tx, ctx: &Ctx, notice: &Notice) -> Result<Option<Addressee>> {
    let account = match notice.to {
        To::Staff(_) => return Ok(None),
        To::Account(account) => persons::contact_of_account(tx, ctx.keys(), account).await?.map(|contact| (account, contact)),
        To::Person(person) => persons::account_of(tx, ctx.keys(), person).await?,
        To::Address => None,
    };
    let reach = notice.reach.clone().unwrap_or_default();
    let (phone, mail) = (reach.phone.as_deref().and_then(|phone| phone.parse().ok()), reach.mail.as_deref().and_then(|mail| mail.parse().ok()));
    let facts = notice.topic.facts();
    let usual = Channel::ALL.map(|channel| facts.by(channel));
    let Some((account, contact)) = account else {
        return Ok(Some(Addressee { phone, mail, lang: lang_of(&reach, ctx), wanted: usual, awake: false, reads: false }));
    };
    let (wanted, awake) = wishes(tx, notice, account, usual).await?;
    Ok(Some(Addressee { phone: phone.or(contact.phone), mail: mail.or(contact.email), lang: contact.lang, wanted, awake, reads: true }))
}

fn lang_of(reach: &Reach, ctx: &Ctx) -> Lang {
    reach.lang.parse().unwrap_or(ctx.lang())
}

async fn wishes(tx: &Tx, notice: &Notice, account: AccountId, usual: [bool; 2]) -> Result<([bool; 2], bool)> {
    let chosen = preferences::of(tx, account, notice.topic).await?;
    let wanted = if notice.topic.facts().required { usual } else { chosen.wanted.unwrap_or(usual) };
    Ok((wanted, chosen.awake))
}

/// The words of one channel.
fn letter(ctx: &Ctx, notice: &Notice, id: NoticeId, delivery: DeliveryId, channel: Channel, to: String, addressee: &Addressee) -> Letter {
    let lang = addressee.lang;
    let bureau = ctx.settings().bureau.get(lang);
    let origin = ctx.settings().public_origin.trim_end_matches('/');
    let own = match channel {
        Channel::Sms => &notice.sms,
        Channel::Mail => &notice.mail,
    };
    let (subject, text) = match (&notice.discreet, own) {
        (None, own) => (notice.words.title.get(lang).to_owned(), own.as_ref().unwrap_or(&notice.words.body).get(lang).to_owned()),
        (Some(office), Some(own)) => (subject(office, lang), own.get(lang).to_owned()),
        (Some(office), None) => (subject(office, lang), office_only(ctx, office, lang, addressee.reads)),
    };
    let address = format!("{origin}/notices/{id}");
    let text = match channel {
        Channel::Sms if notice.discreet.is_some() && own.is_none() && addressee.reads => format!("【{bureau}】{text}{address}"),
        Channel::Sms => format!("【{bureau}】{text}"),
        Channel::Mail if addressee.reads => format!("{text}\n\n{}{address}\n", lang.pick("登录查看：", "Sign in to read it: ")),
        Channel::Mail => format!("{text}\n"),
    };
    Letter { delivery, channel, to, subject, text }
}

fn subject(office: &Text, lang: Lang) -> String {
    let office = office.get(lang);
    lang.pick(format!("{office}：通知"), format!("{office}: a notice for you"))
}

fn office_only(ctx: &Ctx, office: &Text, lang: Lang, reads: bool) -> String {
    let (office, phone) = (office.get(lang), &ctx.settings().phone);
    if reads {
        lang.pick(format!("{office}有一条给您的通知，请登录查看："), format!("{office} has a notice for you. Sign in to read it: "))
    } else {
        lang.pick(format!("{office}有一条给您的通知，请到窗口或拨打{phone}了解。"), format!("{office} has a notice for you. Come to the counter or call {phone}."))
    }
}
