//! Telling the addressees that a document is there: the authority and an address, never what it is about.

use kernel::Text;
use notices::{Notice, To, Topic};
use platform::{Ctx, Result};
use ::store::Tx;

use super::{Head, PaperId};
use super::store as table;

/// The notices of a document, one a person.
pub(super) async fn notices(ctx: &Ctx, id: PaperId, head: &Head) -> Result<Vec<Notice>> {
    let path = format!("/papers/{id}");
    let address = format!("{}{path}", ctx.settings().public_origin.trim_end_matches('/'));
    let (zh, en) = (&head.issuer.zh, &head.issuer.en);
    let title = Text::new(format!("{zh}有一份给您的文书"), format!("{en} has a document for you"));
    let outside = Text::new(format!("{zh}有一份给您的文书，请登录查看：{address}"), format!("{en} has a document for you. Sign in to read it: {address}"));
    let to = |person| {
        Notice::new(To::Person(person), Topic::Decision, format!("paper-{id}-{person}"), title.clone(), title.clone())
            .discreet(head.issuer.clone())
            .by_sms(outside.clone())
            .by_mail(outside.clone())
            .link(path.clone())
    };
    Ok(table::addressees(ctx.db(), id).await?.into_iter().map(to).collect())
}

/// Tells with the change that they tell of.
pub(super) async fn tell(tx: &Tx, ctx: &Ctx, notices: Vec<Notice>) -> Result<()> {
    for notice in notices {
        ::notices::tell(tx, ctx, notice).await?;
    }
    Ok(())
}
