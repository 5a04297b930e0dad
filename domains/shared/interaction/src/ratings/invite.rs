//! Invitations to rate: when a matter is finished, and once more while nobody has rated (P3-12).

use identity::ContactOf;
use kernel::{Lang, Text};
use notices::{Notice, To, Topic};
use platform::{Ctx, Error, PersonId, Result};
use ::store::Tx;

use super::SubjectId;
use crate::store::subjects;

/// One invitation.
pub(crate) struct Letter<'a> {
    pub(crate) subject: SubjectId,
    pub(crate) nth: i64,
    pub(crate) person: Option<PersonId>,
    pub(crate) phone: &'a str,
    pub(crate) office: Text,
    pub(crate) token: &'a str,
    pub(crate) lang: Lang,
}

/// Tells. Outside the page it names the office and nothing else: no person and no matter.
pub(crate) async fn send(tx: &Tx, ctx: &Ctx, letter: Letter<'_>) -> Result<()> {
    let path = format!("/rate/{}", letter.token);
    let address = format!("{}{path}", ctx.settings().public_origin.trim_end_matches('/'));
    let (zh, en) = (&letter.office.zh, &letter.office.en);
    let title = Text::new("请为我们的服务打分", "Rate our service");
    let body = Text::new(
        format!("您在{zh}的业务已办结。请为我们的服务打分，一分钟即可，自愿填写。"),
        format!("Your business at {en} is done. If you like, rate our service; it takes a minute."),
    );
    let sms = Text::new(format!("{}{address}", body.zh), format!("{} {address}", body.en));
    let to = letter.person.map_or(To::Address, To::Person);
    let reach = ContactOf { phone: letter.phone.parse().ok(), email: None, lang: letter.lang };
    let key = format!("rating-invite-{}-{}", letter.subject, letter.nth);
    let notice = Notice::new(to, Topic::Rating, key, title, body).discreet(letter.office).by_sms(sms).link(path).reach(&reach);
    notices::tell(tx, ctx, notice).await
}

/// Invites once more whoever has not rated yet.
pub(crate) async fn remind(ctx: &Ctx) -> Result<()> {
    for row in subjects::to_invite(ctx.db(), ctx.now()).await? {
        let open = |column: &str, sealed: &[u8]| ctx.keys().open_text("rating_subject", column, &row.id.to_vec(), sealed).map_err(Error::internal);
        let token = open("token", &row.token)?;
        let phone = row.phone.as_deref().map(|phone| open("phone", phone)).transpose()?;
        let person = subjects::people(ctx.db(), row.id).await?.first().copied();
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
                    let office = Text::new(row.office_zh.clone(), row.office_en.clone());
                    send(&tx, &ctx, Letter { subject: row.id, nth: row.invited + 1, person, phone: &phone, office, token: &token, lang }).await
                }
            })
            .await?;
    }
    Ok(())
}
