//! What the register keeps of a person, as the copy of one's data has it; and letting go of rights when he closes his account.

use identity::facts::NumberHash;
use kernel::{Instant, Text};
use platform::own::Section;
use platform::{Ctx, Error, Result, audit};

use crate::rights::number_of;
use crate::store::{posts, rights as rows};

async fn number(ctx: &Ctx) -> Result<Option<NumberHash>> {
    number_of(ctx, ctx.actor().citizen().ok_or(Error::SignIn)?).await
}

/// The organisations that the citizen who asks leads or led, and the rights to act for one that he was given; nothing of others.
///
/// # Errors
/// `SignIn`.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let columns = [("organization", "社会组织", "Organisation"), ("uscc", "统一社会信用代码", "Credit code"), ("since", "起", "From"), ("ended", "止", "Until")];
    let mut led = Section::new("organization_posts", Text::fixed("担任法定代表人的社会组织", "Organisations that one leads or led"), &columns);
    let columns = [("organization", "社会组织", "Organisation"), ("item", "事项编码", "Item"), ("from", "起", "From"), ("to", "止", "Until"), ("revoked", "已撤销", "Taken back")];
    let mut held = Section::new("organization_rights", Text::fixed("获得的社会组织办事授权", "Rights to act for an organisation"), &columns);
    if let Some(number) = number(ctx).await? {
        for post in posts::all_of_person(ctx.db(), &number).await? {
            let ended = post.ended_on.map(|day| day.to_string()).unwrap_or_default();
            led.add(post.ended_on.unwrap_or(ctx.today()), [post.name, post.uscc, post.since.to_string(), ended]);
        }
        for right in rows::of_person(ctx.db(), &number).await? {
            let (from, to, revoked) = (right.from_day.to_string(), right.to_day.to_string(), right.revoked_at.is_some().to_string());
            let ended = right.revoked_at.map_or(right.to_day, |at| right.to_day.min(Instant::from_micros(at).day()));
            held.add(ended, [right.organization, right.item, from, to, revoked]);
        }
    }
    Ok(vec![led, held])
}

/// Takes back every right that the citizen who closes his account holds.
///
/// # Errors
/// `SignIn`.
pub async fn forget(ctx: &Ctx) -> Result<()> {
    let Some(number) = number(ctx).await? else { return Ok(()) };
    let event = audit::Event::new("organization.lay_down_rights", crate::NOUN, "all").person(ctx.actor().citizen().and_then(|citizen| citizen.person));
    ctx.db()
        .write(|tx| {
            let (ctx, number, event) = (ctx.clone(), number.clone(), event.clone());
            async move { if rows::revoke_all(&tx, &ctx, &number).await? { audit::record(&tx, &ctx, event).await } else { Ok(()) } }
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::{self, Input};
    use crate::testing::{content, enters, world};
    use crate::Kind;

    store::db_test!(p8_the_copy_has_what_one_leads_and_the_rights_one_has_and_closing_lays_them_down, |db| async move {
        let w = world(db).await;
        let (head, helper) = (identity::testing::citizen(&w.p, 2).await, identity::testing::citizen(&w.p, 2).await);
        let at = (w.authority, w.region);
        let (_, code) = enters(&w.p.system(), at, content("甲市城东区摄影家协会", Kind::Association), Some(&head.number)).await;
        let (leads, helps) = (w.p.as_actor(head.actor()), w.p.as_actor(helper.actor()));
        let given = Input { name: helper.name.clone(), number: helper.number.clone(), item: String::new(), from: "2026-07-01".into(), to: "2026-07-31".into() };
        rights::give(&leads, &code, &given).await.expect("given");
        let rows = |sections: Vec<Section>| sections.into_iter().map(|section| section.rows).collect::<Vec<_>>();
        let own = rows(own_data(&leads).await.expect("his copy"));
        assert_eq!((own[0].len(), own[0][0][1].as_str(), own[1].len()), (1, code.as_str(), 0), "nothing of whom he gave a right");
        let sections = own_data(&helps).await.expect("her copy");
        assert!(sections[1].kept.is_some());
        assert_eq!(rows(sections)[1][0], ["甲市城东区摄影家协会", "", "2026-07-01", "2026-07-31", "false"]);
        forget(&helps).await.expect("laid down");
        assert!(rights::mine(&helps).await.expect("none").is_empty());
        assert_eq!(rows(own_data(&helps).await.expect("her copy"))[1][0][4], "true");
        assert_eq!(rights::mine(&leads).await.expect("his").len(), 1);
    });
}
