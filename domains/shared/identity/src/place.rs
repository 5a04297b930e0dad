//! A sign-in from a network from which the account was never used is told to its holder.

use std::net::IpAddr;

use kernel::Text;
use platform::{AccountId, Ctx, Result};
use store::{Tx, keys::Purpose};

use crate::security::{self, Warning};
use crate::store as tables;

/// Notes from where an account is used, and warns if that is new. The first place of an account is not news.
pub(crate) async fn note(tx: &Tx, ctx: &Ctx, account: AccountId) -> Result<()> {
    let Some(ip) = ctx.meta().ip else { return Ok(()) };
    let hash = ctx.keys().hash(Purpose::Token, &format!("place:{}", network(ip)));
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

/// The network of an address: what a household or an office has.
fn network(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_network() {
        let network = |ip: &str| network(ip.parse().expect("an address"));
        assert_eq!(network("192.0.2.7"), network("192.0.2.250"));
        assert_ne!(network("192.0.2.7"), network("192.0.3.7"));
        assert_eq!(network("2001:db8:1:2::3"), network("2001:db8:1:ffff::1"));
        assert_ne!(network("2001:db8:1::1"), network("2001:db8:2::1"));
    }
}
