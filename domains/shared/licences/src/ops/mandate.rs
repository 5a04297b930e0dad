//! Mandates: a law lets a program read one type of licence without the holder's consent (P5-5).

use kernel::{Id, Instant, Issue, Issues, Text, text};
use platform::{Ctx, Error, Result, Role, TokenId, audit};

use crate::store::{entry, mandate as rows};

/// Marker of a mandate.
#[derive(Debug)]
pub struct Mandate;
/// Id of a mandate.
pub type MandateId = Id<Mandate>;

/// A mandate in force.
#[derive(Clone, Debug)]
pub struct MandateView {
    /// Its id.
    pub id: MandateId,
    /// The program, by the name that its token had.
    pub program: String,
    /// Name of the type of licence.
    pub type_name: Text,
    /// Law and article.
    pub law: String,
    /// Since when.
    pub given_at: Instant,
}

/// What is given.
#[derive(Clone, Debug)]
pub struct NewMandate {
    /// The program's token, field `token`.
    pub token: TokenId,
    /// Its name.
    pub program: String,
    /// Code of the type, field `type_code`.
    pub type_code: String,
    /// Law and article, field `law`.
    pub law: String,
}

/// Gives a mandate.
///
/// # Errors
/// `Denied` for all but security administrators; refusals at `type_code` and `law`; `Stale` when the program has one for this type.
pub async fn give_mandate(ctx: &Ctx, new: &NewMandate) -> Result<MandateId> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    let law = text::line(&new.law);
    let known = entry::type_name(ctx.db(), &new.type_code).await?.is_some();
    let mut found = Issues::default();
    found.ensure(known, || Issue::error("E-P508", "请选择证照类型", "Choose a type of licence").field("type_code").rule("P5-5"));
    found.ensure(!law.is_empty(), || Issue::error("E-P508", "请填写法律依据", "State the law and its article").field("law").rule("P5-5"));
    found.finish()?;
    let id: MandateId = ctx.id();
    let event = audit::Event::new("licence.mandate", "licence_type", &new.type_code)
        .reason(&law)
        .detail(serde_json::json!({ "program": new.program, "token": new.token.to_string() }));
    let row = rows::NewRow { id, token: new.token, program: text::line(&new.program), type_code: new.type_code.clone(), law };
    ctx.db()
        .write(|tx| {
            let (ctx, row, event) = (ctx.clone(), row.clone(), event.clone());
            async move {
                if !rows::insert(&tx, row, &ctx.actor().key(), ctx.now()).await? {
                    return Err(Error::stale());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(id)
}

/// Ends a mandate at once.
///
/// # Errors
/// `Denied` for all but security administrators; `NotFound`.
pub async fn end_mandate(ctx: &Ctx, id: MandateId) -> Result<()> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    let event = audit::Event::new("licence.mandate_end", "licence_mandate", id);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if !rows::end(&tx, id, ctx.now()).await? {
                    return Err(Error::NotFound);
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// Mandates in force, newest first; at most 200.
///
/// # Errors
/// `Denied` for all but security administrators.
pub async fn mandates(ctx: &Ctx) -> Result<Vec<MandateView>> {
    ctx.require_role(&[Role::SecurityAdmin])?;
    rows::all(ctx.db()).await
}

/// Codes and names of every type of licence.
///
/// # Errors
/// Of the database.
pub async fn types(ctx: &Ctx) -> Result<Vec<(String, Text)>> {
    Ok(entry::types(ctx.db()).await?.into_iter().map(|(code, name, _)| (code, name)).collect())
}
