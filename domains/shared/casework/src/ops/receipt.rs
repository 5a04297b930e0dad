//! The receipt once more: number and query code for the applicant, and for whoever has lost the paper.

use kernel::{Instant, Text};
use platform::{Ctx, Error, Result, Role, audit, regions};

use super::access::{self, Standing};
use super::setting::Setting;
use crate::CaseId;
use crate::model::{Material, MaterialState};
use crate::store::{cases, materials};

/// What stands on the receipt of a case.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The number.
    pub case_no: String,
    /// Opens its progress together with the number; nothing for old cases, of which the hash alone is kept.
    pub query_code: Option<String>,
    /// The item.
    pub item: Text,
    /// The body that answers.
    pub body: Text,
    /// When it was handed in.
    pub at: Instant,
    /// The papers that are here, with what the item calls them.
    pub papers: Vec<(Text, Material)>,
}

/// The query code, for the applicant or his agent.
///
/// # Errors
/// `SignIn`; `NotFound` for somebody else's case, and for staff: they print the receipt.
pub async fn query_code(ctx: &Ctx, case: CaseId) -> Result<Option<String>> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    match access::standing(ctx, &setting.matter, &head).await? {
        Standing::Applicant => cases::query_code(ctx.db(), ctx, case).await,
        Standing::Staff { .. } | Standing::System => Err(Error::NotFound),
    }
}

/// The receipt, for a clerk who prints it again; each print is recorded.
///
/// # Errors
/// `E-P805` for staff who are not clerks of the body that answers or of the counter that took it in; `NotFound` for anybody else.
pub async fn receipt(ctx: &Ctx, case: CaseId) -> Result<Receipt> {
    let head = cases::by_id(ctx.db(), ctx, case).await?;
    let setting = Setting::of(ctx, &head).await?;
    let standing = access::standing(ctx, &setting.matter, &head).await?;
    if !access::took_in(ctx, &head).await? {
        standing.must(&[Role::Clerk], &Text::new("补打收件凭证", "print the receipt again"))?;
    }
    let event = audit::Event::new("case.receipt", "case", case).person(head.applicant.person).region(&head.region);
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    let named = |paper: Material| {
        let known = setting.elements().and_then(|elements| elements.materials.iter().find(|material| material.key == paper.key));
        (known.map(|material| material.name.clone()).unwrap_or_default(), paper)
    };
    let mut papers = materials::of_case(ctx.db(), ctx, case).await?;
    papers.retain(|paper| !matches!(paper.state, MaterialState::Replaced | MaterialState::Promised));
    Ok(Receipt {
        query_code: cases::query_code(ctx.db(), ctx, case).await?,
        item: setting.item_name().clone(),
        body: regions::organisation(ctx.db(), head.org).await?.map(|org| org.name).unwrap_or_default(),
        at: head.opened_at,
        papers: papers.into_iter().map(named).collect(),
        case_no: head.case_no,
    })
}
