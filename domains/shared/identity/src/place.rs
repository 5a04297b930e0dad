//! A sign-in from a network from which the account was never used is told to its holder.

use kernel::Text;
use platform::{AccountId, Ctx, Result};
use store::{Tx, keys::Purpose};

use crate::security::{self, Warning};
use crate::store as tables;

/// Notes from where an account is used, and warns if that is new. The first place of an account is not news.
pub(crate) async fn note(tx: &Tx, ctx: &Ctx, account: AccountId) -> Result<()> {
    if ctx.meta().ip.is_none() {
        return Ok(());
    }
    let hash = ctx.keys().hash(Purpose::Token, &format!("place:{}", ctx.meta().network()));
    let (anywhere, there) = tables::place::see(tx, account, &hash, ctx.now()).await?;
    if !anywhere || there {
        return Ok(());
    }
    let (day, time) = (ctx.today(), ctx.now().hm());
    let title = Text::new("账号在新的网络登录", "A sign-in from a new network");
    let body = Text::new(
        format!("您的账号于{} {time}在以前没有用过的网络登录。如非本人操作，请立即修改密码并拨打服务电话。", day.zh_plain()),
        format!("Your account was used on {} at {time} from a network that it was never used from. If this was not you, change your password at once and call us.", day.en_plain()),
    );
    security::warn(tx, ctx, &Warning::new(ctx, account, title, body)).await
}
