//! The check of a name before anybody applies (D-R1 … D-R4, D-R6): for founders, open to everybody. It reserves nothing; whether the name
//! stands is judged again when the application comes and when it is decided.

use identity::guard;
use kernel::{Issue, Issues, Level, RegionCode, text};
use platform::{Ctx, Result, regions};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::founding::{self, Jurisdiction};
use crate::model::{Kind, OrganizationId};
use crate::names::{self, Parts};
use crate::store::names::{self as rows, Under};
use crate::{issues, matters, places};

/// What a founder asks about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = OrganizationNameInput)]
#[serde(default, deny_unknown_fields)]
pub struct Input {
    /// 1 association, 2 service institution, 3 foundation.
    #[schema(example = "1")]
    pub kind: String,
    /// Code of the division whose authority would register it.
    #[schema(example = "990100")]
    pub region: String,
    /// The name.
    #[schema(example = "甲市摄影家协会")]
    pub name: String,
}

/// What a check comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The kind.
    pub kind: Kind,
    /// The division, and all above it.
    pub path: Vec<regions::Region>,
    /// The name as it was read.
    pub name: String,
    /// Its parts; absent where one is missing.
    pub parts: Option<Parts>,
    /// What is wrong with it; nothing where it may be applied for.
    pub issues: Vec<Issue>,
}

impl Checked {
    /// By which words names like it are looked for: what is its own between area and form.
    pub fn words(&self) -> String {
        self.parts.as_ref().map_or_else(|| self.name.clone(), |parts| format!("{}{}", parts.brand, parts.field))
    }
}

/// Checks a name. What is wrong with the name is the answer and no refusal.
///
/// # Errors
/// `E-D73` for a kind, a division or a name that is not given; `TooMany`.
pub async fn check(ctx: &Ctx, input: &Input) -> Result<Checked> {
    let mut found = Issues::default();
    let kind = Kind::from_code(input.kind.trim());
    found.ensure(kind.is_some(), || issues::naming_form("kind", "请选择组织类型", "Choose a kind"));
    let region = RegionCode::parse(input.region.trim()).ok();
    let path = match &region {
        Some(region) => regions::path(ctx.db(), region).await?,
        None => Vec::new(),
    };
    found.ensure(!path.is_empty(), || issues::naming_form("region", "请选择登记地区", "Choose a region"));
    let name = text::line(&input.name);
    let long = name.chars().count();
    let most = matters::longest_name();
    found.ensure((1..=most).contains(&long), || {
        issues::naming_form("name", &format!("请填写名称，不超过{most}个字"), &format!("Give a name of {most} characters at most"))
    });
    found.finish()?;
    let (Some(kind), Some(region)) = (kind, region) else { return Err(platform::Error::internal("a checked question is whole")) };
    guard::name_checks_of_network().attempt(ctx, &ctx.meta().network()).await?;
    let (parts, mut issues) = faults(ctx, kind, &name, region, Under::Region(region), None).await?;
    let instead = places::instead(ctx, region, Level::Province).await?;
    let asked = Jurisdiction { authority: region, instead: &instead, supervisor: None, area_within: true };
    issues.extend(founding::competent(kind, &asked).err());
    Ok(Checked { kind, path, name, parts, issues })
}

/// Takes a name apart and says what is wrong with it where it would be registered, on the field `name`. `own`: whose change it is.
pub(crate) async fn faults(
    ctx: &Ctx,
    kind: Kind,
    name: &str,
    region: RegionCode,
    under: Under,
    own: Option<OrganizationId>,
) -> Result<(Option<Parts>, Vec<Issue>)> {
    match names::check(kind, name, &places::place(ctx, region).await?) {
        Ok(parts) => {
            let taken = names::taken(&rows::same(ctx.db(), under, name, &parts, own).await?, ctx.today());
            Ok((Some(parts), taken.into_iter().collect()))
        }
        Err(issues) => Ok((None, issues)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{registered, world};

    fn asked(kind: &str, region: &str, name: &str) -> Input {
        Input { kind: kind.into(), region: region.into(), name: name.into() }
    }

    store::db_test!(d_r1_to_d_r4_a_founder_checks_a_name_before_he_applies, |db| async move {
        let w = world(db).await;
        registered(&w, "甲市城东区摄影家协会", Kind::Association).await;
        let ctx = w.p.as_actor(platform::Actor::Anonymous);
        let codes = |checked: &Checked| checked.issues.iter().map(|issue| issue.code.to_string()).collect::<Vec<_>>();
        let free = check(&ctx, &asked("1", "990102", " 甲市城东区书画协会　")).await.expect("answered");
        assert_eq!((codes(&free), free.words().as_str()), (vec![], "书画"));
        let borne = check(&ctx, &asked("1", "990102", "甲市城东区摄影家协会")).await.expect("answered");
        assert_eq!(codes(&borne), ["E-D03"]);
        let here = check(&ctx, &asked("1", "990100", "甲市城东区摄影家协会")).await.expect("answered");
        assert_eq!(codes(&here), ["E-D04"], "of another authority");
        let bare = check(&ctx, &asked("1", "990102", "中华摄影家")).await.expect("answered");
        assert_eq!(codes(&bare), ["E-D02", "E-D01", "E-D01"]);
        let county = check(&ctx, &asked("3", "990102", "甲市城东区善行基金会")).await.expect("answered");
        assert_eq!(codes(&county), ["E-D07"]);
        let nothing = check(&ctx, &asked("", "1", "")).await.expect_err("three fields");
        assert_eq!(nothing.issues().iter().filter_map(|issue| issue.field.as_deref()).collect::<Vec<_>>(), ["kind", "region", "name"]);
    });

    store::db_test!(a_flood_of_names_from_one_network_has_to_wait, |db| async move {
        let w = world(db).await;
        let ctx = w.p.as_actor(platform::Actor::Anonymous);
        let mut refused = false;
        for _ in 0..100 {
            refused = matches!(check(&ctx, &asked("1", "990102", "甲市城东区书画协会")).await, Err(platform::Error::TooMany { .. }));
            if refused {
                break;
            }
        }
        assert!(refused);
    });
}
