//! Invitations to rate: when a matter is finished, and once more while nobody has rated (P3-12).

use kernel::{Instant, Lang};
use platform::outbox::{Message, put};
use platform::ports::SmsMessage;
use platform::{Ctx, Error, Result};
use ::store::Tx;

use super::SubjectId;
use crate::store::subjects;

/// One invitation.
pub(crate) struct Letter<'a> {
    pub(crate) subject: SubjectId,
    pub(crate) nth: i64,
    pub(crate) phone: &'a str,
    pub(crate) office: &'a str,
    pub(crate) token: &'a str,
    pub(crate) lang: Lang,
}

/// Puts the message into the outbox. It names the office and nothing else: no person and no matter.
pub(crate) async fn send(tx: &Tx, ctx: &Ctx, letter: &Letter<'_>, at: Instant) -> Result<()> {
    let to = format!("{}/rate/{}", ctx.settings().public_origin.trim_end_matches('/'), letter.token);
    let text = match letter.lang {
        Lang::Zh => format!("您在{}的业务已办结。请为我们的服务打分，一分钟即可，自愿填写：{to}", letter.office),
        Lang::En => format!("Your business at {} is done. If you like, rate our service; it takes a minute: {to}", letter.office),
    };
    let message_id = format!("rating-invite-{}-{}", letter.subject, letter.nth);
    put(tx, ctx, Message::sms(&SmsMessage { to: letter.phone.to_owned(), text, message_id }).not_before(at)).await
}

/// Invites once more whoever has not rated yet.
pub(crate) async fn remind(ctx: &Ctx) -> Result<()> {
    for row in subjects::to_invite(ctx.db(), ctx.now()).await? {
        let open = |column: &str, sealed: &[u8]| ctx.keys().open_text("rating_subject", column, &row.id.to_vec(), sealed).map_err(Error::internal);
        let token = open("token", &row.token)?;
        let phone = row.phone.as_deref().map(|phone| open("phone", phone)).transpose()?;
        let row = std::sync::Arc::new(row);
        ctx.db()
            .write(|tx| {
                let (ctx, row, token, phone) = (ctx.clone(), row.clone(), token.clone(), phone.clone());
                async move {
                    if !subjects::set_invited(&tx, row.id, row.invited + 1).await? || row.rated {
                        return Ok(());
                    }
                    let Some(phone) = phone else { return Ok(()) };
                    let lang = super::open::lang_from(&row.lang);
                    let office = if lang == Lang::Zh { &row.office_zh } else { &row.office_en };
                    let letter = Letter { subject: row.id, nth: row.invited + 1, phone: &phone, office, token: &token, lang };
                    send(&tx, &ctx, &letter, super::open::awake(ctx.now())).await
                }
            })
            .await?;
    }
    Ok(())
}
