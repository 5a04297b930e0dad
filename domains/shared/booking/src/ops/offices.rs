//! Opening and editing offices.

use kernel::{Issues, RegionCode, Text};
use platform::{Ctx, Error, OrgId, Result, Role, Scope, audit, change};

use super::access;
use crate::hours::{Hours, Week};
use crate::model::{OfficeCard, OfficeId};
use crate::{details, issues, store};

/// An office as an administrator fills it in.
#[derive(Debug, Clone, Default)]
pub struct OfficeInput {
    /// Names.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Street address.
    pub address_zh: String,
    /// English address.
    pub address_en: String,
    /// Phones, one a line.
    pub phones: String,
    /// Longitude and latitude in degrees, `121.47,31.23`; may be empty.
    pub position: String,
    /// Number of counters.
    pub counters: String,
    /// Kinds of business, one a line or apart by spaces.
    pub kinds: String,
    /// Hours from Monday to Sunday.
    pub week: [String; 7],
    /// Serves the public.
    pub active: bool,
}

/// Names of the seven fields of the week.
pub const WEEK_FIELDS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl From<&OfficeCard> for OfficeInput {
    fn from(office: &OfficeCard) -> Self {
        Self {
            name_zh: office.name.zh.to_string(),
            name_en: office.name.en.to_string(),
            address_zh: office.address.zh.to_string(),
            address_en: office.address.en.to_string(),
            phones: office.phones.join("\n"),
            position: office.position.map(|(lng, lat)| format!("{lng},{lat}")).unwrap_or_default(),
            counters: office.counters.to_string(),
            kinds: office.kinds.join("\n"),
            week: std::array::from_fn(|n| office.week.0[n].to_string()),
            active: office.active,
        }
    }
}

/// The filled-in fields on top of `base`, all issues together.
fn read(base: OfficeCard, input: &OfficeInput) -> Result<OfficeCard> {
    let mut found = Issues::default();
    let text = |field: &str, typed: &str, found: &mut Issues| {
        let text = kernel::text::line(typed);
        found.ensure((1..=200).contains(&text.chars().count()), || issues::bad_field(field, "请填写，最多200字", "Fill this in, at most 200 characters"));
        text
    };
    let name = Text::new(text("name_zh", &input.name_zh, &mut found), text("name_en", &input.name_en, &mut found));
    let address = Text::new(text("address_zh", &input.address_zh, &mut found), text("address_en", &input.address_en, &mut found));
    let counters = input.counters.trim().parse().ok().filter(|n| (0..=500).contains(n));
    found.ensure(counters.is_some(), || issues::bad_field("counters", "请填写0至500的窗口数", "Enter the number of counters, 0 to 500"));
    let position = position(&input.position);
    found.ensure(position.is_ok(), || issues::bad_field("position", "请按“经度,纬度”填写", "Write longitude,latitude in degrees"));
    let mut week = Week::default();
    for (n, typed) in input.week.iter().enumerate() {
        match typed.parse::<Hours>() {
            Ok(hours) => week.0[n] = hours,
            Err(_) => found.add(issues::bad_hours(WEEK_FIELDS[n])),
        }
    }
    let words = |typed: &str| typed.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let kinds = words(&input.kinds);
    let plain = |kind: &String| kind.len() <= 60 && kind.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_'));
    found.ensure(kinds.iter().all(plain), || issues::bad_field("kinds", "业务种类由小写字母和点组成", "Kinds consist of lower-case letters and dots"));
    match (found.any_error(), counters, position) {
        (false, Some(counters), Ok(position)) => Ok(OfficeCard {
            name,
            address,
            counters,
            position,
            week,
            kinds,
            phones: input.phones.lines().map(kernel::text::line).filter(|phone| !phone.is_empty()).collect(),
            active: input.active,
            ..base
        }),
        _ => Err(details::refusal(found).into()),
    }
}

/// `121.47,31.23`, or nothing.
fn position(typed: &str) -> Result<Option<(f64, f64)>, ()> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let (lng, lat) = typed.split_once([',', '，']).ok_or(())?;
    let (lng, lat): (f64, f64) = (lng.trim().parse().map_err(|_| ())?, lat.trim().parse().map_err(|_| ())?);
    ((-180.0..=180.0).contains(&lng) && (-90.0..=90.0).contains(&lat)).then_some(Some((lng, lat))).ok_or(())
}

/// Opens an office of an organisation. The code is public and stays.
///
/// # Errors
/// E-BK07 and E-BK08 for the fields, E-BK08 on `code` if it is taken.
pub async fn create(ctx: &Ctx, org: OrgId, region: RegionCode, code: &str, input: &OfficeInput) -> Result<OfficeId> {
    ctx.require(&[Role::SystemAdmin], &Scope::region(region).org(org)).await?;
    let code = kernel::text::line(code);
    if !(4..=40).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(issues::bad_field("code", "编号由4至40个字母、数字或连字符组成", "The code has 4 to 40 letters, digits or hyphens").into());
    }
    let base = OfficeCard {
        id: ctx.id(),
        code,
        org,
        region,
        name: Text::default(),
        address: Text::default(),
        phones: Vec::new(),
        position: None,
        counters: 0,
        kinds: Vec::new(),
        week: Week::default(),
        active: true,
        version: 1,
    };
    let office = read(base, input)?;
    let event = audit::Event::new("office.create", "office", &office.code).region(&region);
    ctx.db()
        .write(|tx| {
            let (ctx, office, event) = (ctx.clone(), office.clone(), event.clone());
            async move {
                if !store::offices::insert(&tx, &office).await? {
                    return Err(issues::bad_field("code", "该编号已被使用", "This code is taken").into());
                }
                store::offices::set_parts(&tx, &office).await?;
                change::mark(&tx, &ctx, "office", &office.code).await?;
                audit::record(&tx, &ctx, event).await?;
                Ok(office.id)
            }
        })
        .await
}

/// Edits an office; `version` is the one that the editor read.
///
/// # Errors
/// E-ST02 if somebody else changed it in between; E-BK07 and E-BK08 for the fields.
pub async fn edit(ctx: &Ctx, code: &str, version: i64, input: &OfficeInput) -> Result<()> {
    let base = store::offices::by_code(ctx.db(), code).await?.ok_or(Error::NotFound)?;
    access::admin(ctx, &base).await?;
    let office = read(OfficeCard { version, ..base }, input)?;
    let event = audit::Event::new("office.edit", "office", &office.code).region(&office.region);
    ctx.db()
        .write(|tx| {
            let (ctx, office, event) = (ctx.clone(), office.clone(), event.clone());
            async move {
                if !store::offices::update(&tx, &office).await? {
                    return Err(Error::stale());
                }
                store::offices::set_parts(&tx, &office).await?;
                change::mark(&tx, &ctx, "office", &office.code).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    super::close::touched(ctx, office.id).await
}
