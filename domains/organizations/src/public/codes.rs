//! Which pages of organisations there are, for search engines: every credit code once, part by part.

use platform::{Ctx, Result};

use super::store;

/// The first code of every part of `size` codes.
///
/// # Errors
/// Those of the database.
pub async fn parts(ctx: &Ctx, size: i64) -> Result<Vec<String>> {
    let mut firsts = Vec::new();
    let mut next = store::codes(ctx.db(), "", 1, 0).await?.pop();
    while let Some(first) = next {
        next = store::codes(ctx.db(), &first, 1, size).await?.pop();
        firsts.push(first);
    }
    Ok(firsts)
}

/// So many codes from this one on, in order.
///
/// # Errors
/// Those of the database.
pub async fn codes(ctx: &Ctx, from: &str, limit: i64) -> Result<Vec<String>> {
    store::codes(ctx.db(), from, limit, 0).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;
    use crate::testing::{registered, world};

    ::store::db_test!(every_code_stands_in_one_part_and_no_part_is_too_large, |db| async move {
        let w = world(db).await;
        assert!(parts(&w.p.system(), 2).await.expect("read").is_empty());
        for n in 1..=5 {
            registered(&w, &format!("城东区第{n}协会"), Kind::Association).await;
        }
        let ctx = w.p.system();
        let firsts = parts(&ctx, 2).await.expect("read");
        assert_eq!(firsts.len(), 3);
        let mut all = Vec::new();
        for first in &firsts {
            all.extend(codes(&ctx, first, 2).await.expect("read"));
        }
        let once: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!((all.len(), once.len()), (5, 5), "{all:?}");
        assert!(codes(&ctx, "Z", 2).await.expect("read").is_empty());
    });
}
