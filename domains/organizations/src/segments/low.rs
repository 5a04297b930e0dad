//! Word to the administrators of an authority when its stock of codes comes down to a threshold: once a threshold, until a new segment
//! is taken in and the stock comes down again.

use std::sync::Arc;

use kernel::Text;
use notices::{Notice, To, Topic};
use platform::ports::{BoxFuture, PortError};
use platform::regions::organisation;
use platform::{Ctx, Error, OrgId, Result, outbox};
use ::store::Tx;
use serde::{Deserialize, Serialize};

use super::KEEPERS;
use crate::registration::registration;
use crate::store::segments as rows;

/// The outbox message that warns: `{"authority": id, "left": n}`.
pub(crate) const LOW: &str = "organization.codes_low";

#[derive(Serialize, Deserialize)]
struct Low {
    authority: OrgId,
    left: i64,
}

/// Has the administrators told where the codes that left the stock just now brought it to a threshold; `subject` is the last of them.
pub(super) async fn watch(tx: &Tx, ctx: &Ctx, authority: OrgId, gone: i64, subject: &str) -> Result<()> {
    let left = rows::left(tx, authority).await?;
    if !registration().codes.warn.iter().any(|at| left <= *at && *at < left + gone) {
        return Ok(());
    }
    let payload = serde_json::to_value(Low { authority, left }).map_err(Error::internal)?;
    outbox::put(tx, ctx, outbox::Message { kind: LOW.into(), dedupe: format!("{authority}-{subject}"), payload, not_before: None }).await
}

/// Does what [`LOW`] asks for.
pub(crate) struct Handler;

impl outbox::Handler for Handler {
    fn handle<'a>(&'a self, ctx: &'a Ctx, dedupe: &'a str, payload: serde_json::Value) -> BoxFuture<'a, std::result::Result<(), PortError>> {
        Box::pin(async move {
            let low: Low = serde_json::from_value(payload).map_err(|error| PortError::Permanent(error.to_string()))?;
            tell(ctx, low, dedupe).await.map_err(|error| PortError::Temporary(error.to_string()))
        })
    }
}

async fn tell(ctx: &Ctx, Low { authority, left }: Low, dedupe: &str) -> Result<()> {
    let Some(body) = organisation(ctx.db(), authority).await? else { return Ok(()) };
    let keepers = Arc::new(identity::colleagues::holders(ctx, KEEPERS, &body.region, Some(authority)).await?);
    let title = Text::new(format!("统一社会信用代码只剩{left}个"), format!("{left} credit codes are left"));
    let words = Text::fixed(
        "请向赋码机构申领码段并导入；用完后不能准予成立登记。",
        "Ask for a new segment and take it in: without codes no organisation can be registered.",
    );
    ctx.db()
        .write(|tx| {
            let (ctx, keepers, title, words, dedupe) = (ctx.clone(), keepers.clone(), title.clone(), words.clone(), dedupe.to_owned());
            async move {
                for keeper in keepers.iter() {
                    let notice = Notice::new(To::Staff(keeper.id), Topic::Work, format!("codes-low-{dedupe}-{}", keeper.id), title.clone(), words.clone());
                    notices::tell(&tx, &ctx, notice.link("/admin/code-segments")).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use crate::segments::{draw, receive, spoil};
    use crate::testing::{World, world};
    use ::store::q;

    async fn warned(w: &World) -> Vec<i64> {
        let rows: Vec<(Vec<u8>, Vec<u8>)> = q("SELECT id, payload FROM outbox WHERE kind = $1").bind(LOW).all(w.p.db()).await.expect("the outbox");
        let opened = rows.iter().map(|(id, sealed)| w.p.keys().open("outbox", "payload", id, sealed).expect("sealed by us"));
        opened.map(|bytes| serde_json::from_slice::<Low>(&bytes).expect("JSON").left).collect()
    }

    store::db_test!(d_2_administrators_are_told_once_a_threshold_that_codes_run_low, |db| async move {
        let w = world(db).await;
        let keeper = w.as_staff(&w.administrator);
        let warn = &registration().codes.warn;
        let low = *warn.iter().max().expect("a threshold");
        receive(&keeper, w.authority, "YY900001", &format!("YY9{:05}", low + 2), "一").await.expect("taken in");
        let ctx = w.p.system();
        let draws = || async {
            let (ctx, authority) = (ctx.clone(), w.authority);
            ctx.db()
                .write(|tx| {
                    let ctx = ctx.clone();
                    async move { draw(&tx, &ctx, authority, Kind::Association).await }
                })
                .await
                .expect("a code")
        };
        draws().await;
        assert_eq!(warned(&w).await, [] as [i64; 0], "one above the threshold");
        spoil(&keeper, w.authority, &format!("YY9{:05}", low + 2), "打印错误").await.expect("spoiled");
        assert_eq!(warned(&w).await, [low]);
        draws().await;
        assert_eq!(warned(&w).await, [low], "once");
        for left in (0..low - 1).rev() {
            draws().await;
            assert_eq!(warned(&w).await.contains(&left), warn.contains(&left), "{left}");
        }
        let told = Low { authority: w.authority, left: low };
        tell(&ctx, told, "once").await.expect("told");
        let (n,): (i64,) = q("SELECT COUNT(*) FROM notice WHERE holder = $1").bind(w.administrator.id).one(w.p.db()).await.expect("notices");
        assert_eq!(n, 1);
    });
}
