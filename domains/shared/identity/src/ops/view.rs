//! How the person who acts wants to see the pages, kept with the account (P11-2).

use kernel::Lang;
use platform::{Actor, Ctx, Result};

use crate::store as tables;

/// What somebody chose; absent where he never did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewChoice {
    /// Language of the pages, and of messages to a citizen.
    pub lang: Option<Lang>,
    /// Size of type, by the code of the page's switch.
    pub mode: Option<String>,
    /// Contrast, by the code of the page's switch.
    pub contrast: Option<String>,
}

/// What the person who acts chose, on whatever device.
pub async fn view_choice(ctx: &Ctx) -> Result<ViewChoice> {
    let Some(holder) = holder(ctx) else { return Ok(ViewChoice::default()) };
    let (lang, mode, contrast) = tables::view::find(ctx.db(), &holder).await?.unwrap_or_default();
    Ok(ViewChoice { lang: lang.and_then(|lang| lang.parse().ok()), mode, contrast })
}

/// Keeps a choice; what is absent in it stays as it was. Of a visitor nothing is kept.
pub async fn choose_view(ctx: &Ctx, chosen: ViewChoice) -> Result<()> {
    let Some(holder) = holder(ctx) else { return Ok(()) };
    let lang = chosen.lang;
    let account = ctx.actor().citizen().map(|citizen| citizen.account);
    let row = (lang.map(|lang| lang.code().to_owned()), chosen.mode, chosen.contrast);
    ctx.db()
        .write(|tx| {
            let (holder, row) = (holder.clone(), row.clone());
            async move {
                if let (Some(account), Some(lang)) = (account, lang) {
                    tables::account::set_lang(&tx, account, lang).await?;
                }
                tables::view::put(&tx, &holder, row).await
            }
        })
        .await
}

fn holder(ctx: &Ctx) -> Option<Vec<u8>> {
    match ctx.actor() {
        Actor::Citizen(citizen) => Some(citizen.account.to_vec()),
        Actor::Staff(staff) => Some(staff.id.to_vec()),
        Actor::Anonymous | Actor::Program(_) | Actor::System { .. } => None,
    }
}
