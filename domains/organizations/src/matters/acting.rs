//! For which organisation somebody acts, and whether he may (D-R14).

use casework::{Answers, Asked, Held};
use kernel::{Day, Issue, RegionCode, Text, Uscc};
use platform::regions::organisation;
use platform::{Ctx, Error, OrgId, Result, Role, Scope};
use ::store::Tx;

use super::read::Read;
use crate::model::{Entry, Supervision};
use crate::registration::registration;
use crate::{founding, issues, places, register, rights};

/// The organisation of the answers, held against who asks and whom: `None` with the issue where there is none.
pub(super) async fn organization(ctx: &Ctx, asked: &Asked, answers: &Answers, item: &str) -> Result<Result<Entry, Issue>> {
    let Some(uscc) = Read(answers).uscc("uscc") else { return Ok(Err(issues::unknown_code())) };
    let Some(entry) = register::by_uscc(ctx.db(), uscc.as_str()).await? else { return Ok(Err(issues::unknown_code())) };
    if entry.head.authority != asked.org {
        let name = organisation(ctx.db(), entry.head.authority).await?.map_or_else(String::new, |org| org.name.zh.to_string());
        return Ok(Err(issues::not_competent(entry.head.kind, &name)));
    }
    // At a counter the clerk sees the papers of whoever comes.
    if let Some(citizen) = ctx.actor().citizen()
        && !rights::may_act(ctx, citizen, entry.head.id, item).await?
    {
        return Ok(Err(issues::not_yours()));
    }
    Ok(Ok(entry))
}

/// What the register says for the form of a change or an end, to those who may act for the organisation and to the counter of its authority:
/// which organisation, where none is named yet and it is the one that applies or the only one of the citizen, and its base data.
pub(super) async fn known(ctx: &Ctx, unit: Option<&str>, answers: &Answers, item: &str) -> Result<Vec<Held>> {
    let citizen = ctx.actor().citizen();
    let entry = match Read(answers).uscc("uscc").or_else(|| Uscc::parse(unit?).ok()) {
        Some(uscc) => register::by_uscc(ctx.db(), uscc.as_str()).await?,
        None if citizen.is_some() => match rights::mine(ctx).await?.as_slice() {
            [only] => Some(only.entry.clone()),
            _ => None,
        },
        None => None,
    };
    let Some(Entry { head, content }) = entry else { return Ok(Vec::new()) };
    let may = match citizen {
        Some(citizen) => rights::may_act(ctx, citizen, head.id, item).await?,
        None => ctx.roles_in(&Scope::region(head.region).org(head.authority).item(item)).await?.contains(&Role::Clerk),
    };
    if !may {
        return Ok(Vec::new());
    }
    let says = [
        ("uscc", head.uscc.unwrap_or_default()),
        ("legal_representative", content.legal_representative),
        ("new_name", content.name),
        ("new_address", content.address),
        ("new_scope", content.scope),
        ("new_funds", content.funds.0.to_string()),
    ];
    let (source, on) = (Text::fixed("社会组织登记簿", "the register of organisations"), head.updated_at.day());
    let told = says.into_iter().filter(|(_, value)| !value.is_empty());
    Ok(told.map(|(key, value)| Held { key: key.to_owned(), value, source: source.clone(), on }).collect())
}

/// The supervisor's consent is there and not too long ago, or the delay is explained (D-R12).
pub(super) fn consent(entry: &Entry, read: &Read<'_>, today: Day) -> Option<Issue> {
    if entry.content.supervision == Supervision::Direct {
        return None;
    }
    let Some(consented) = read.day("consented_on") else { return Some(issues::consent_missing()) };
    let limit = &registration().consent;
    founding::consent_late(consented, today).filter(|_| read.given("late_reason").is_none()).map(|_| issues::late_without_reason(limit.days, &limit.source))
}

/// Division, name and credit code of an authority, for its certificates.
pub(super) async fn authority(tx: &Tx, org: OrgId) -> Result<(RegionCode, String, Uscc)> {
    crate::store::organization::authority_code(tx, org).await?.ok_or_else(|| Error::internal("an unknown authority"))
}

/// Names of all divisions, for rules on regional branches.
pub(super) async fn areas(ctx: &Ctx, region: RegionCode) -> Result<Vec<String>> {
    let place = places::place(ctx, region).await?;
    Ok(place.others.into_iter().chain(place.accepted).chain([place.expected]).collect())
}
