//! Setting up a hall: groups, windows, the numbers of its queue, the key of kiosk and screen.

use booking::OfficeCard;
use booking::ops::read::office as office_by_code;
use kernel::Text;
use platform::{Ctx, Error, Result, audit};

use super::access;
use crate::model::{GroupCard, GroupId, HallCard, WindowId};
use crate::rules::Rules;
use crate::{issues, store};

/// A new key: 128 random bits as 26 letters and digits.
fn new_key(ctx: &Ctx) -> String {
    data_encoding::BASE32_NOPAD.encode(&ctx.random::<16>()).to_ascii_lowercase()
}

/// Opens a hall at an office, with the numbers of P9; a hall that is there stays as it is.
///
/// # Errors
/// [`Error::NotFound`] for an unknown office.
pub async fn open_hall(ctx: &Ctx, code: &str) -> Result<HallCard> {
    let office = office_by_code(ctx, code).await?;
    access::admin(ctx, &office).await?;
    let (key, rules) = (new_key(ctx), Rules::p9());
    let sealed = ctx.keys().seal("hall", "key", &office.id.to_vec(), key.as_bytes());
    let ready = std::sync::Arc::new((office, rules, access::key_hash(ctx, &key), sealed));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (office, rules, hash, sealed) = &*ready;
                if store::halls::insert(&tx, office.id, rules, hash, sealed).await? {
                    audit::record(&tx, &ctx, event("hall.open", office)).await?;
                }
                store::halls::by_office(&tx, office.id).await?.ok_or_else(|| Error::internal("a hall that was just opened"))
            }
        })
        .await
}

fn event(action: &'static str, office: &OfficeCard) -> audit::Event {
    audit::Event::new(action, "hall", &office.code).region(&office.region)
}

/// The office and its hall, for whoever administers it.
pub async fn hall(ctx: &Ctx, code: &str) -> Result<(OfficeCard, HallCard)> {
    let office = office_by_code(ctx, code).await?;
    access::admin(ctx, &office).await?;
    let hall = access::hall(ctx, office.id).await?;
    Ok((office, hall))
}

/// The key in the addresses of kiosk and screen.
pub async fn key(ctx: &Ctx, code: &str) -> Result<String> {
    let (office, _) = hall(ctx, code).await?;
    let sealed = store::halls::sealed_key(ctx.db(), office.id).await?.ok_or(Error::NotFound)?;
    ctx.keys().open_text("hall", "key", &office.id.to_vec(), &sealed).map_err(Error::internal)
}

/// Gives kiosk and screen a new key; their old addresses stop working.
pub async fn renew_key(ctx: &Ctx, code: &str) -> Result<()> {
    let (office, _) = hall(ctx, code).await?;
    let key = new_key(ctx);
    let sealed = ctx.keys().seal("hall", "key", &office.id.to_vec(), key.as_bytes());
    let ready = std::sync::Arc::new((office, access::key_hash(ctx, &key), sealed));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (office, hash, sealed) = &*ready;
                store::halls::set_key(&tx, office.id, hash, sealed).await?;
                audit::record(&tx, &ctx, event("hall.renew_key", office)).await
            }
        })
        .await
}

/// Sets the numbers of the queue, each by its name; those that are not given stay. `source` says who decided.
///
/// # Errors
/// E-HL13 at the number that makes no sense; E-ST02 when somebody else was first.
pub async fn set_numbers(ctx: &Ctx, code: &str, version: i64, numbers: &[(String, String)], source: &str) -> Result<()> {
    let (office, card) = hall(ctx, code).await?;
    let source = kernel::text::line(source);
    let mut rules = card.rules.clone();
    let mut found = kernel::Issues::default();
    found.ensure(!source.is_empty(), || issues::bad_field("source", "请填写依据", "Say who decided"));
    for (name, typed) in numbers {
        let known = card.rules.numbers.each().into_iter().find(|(known, ..)| known == name).map(|(.., number)| number.value);
        let value: Option<u16> = typed.trim().parse().ok();
        // what did not change keeps its source
        if known.is_some() && known == value {
            continue;
        }
        let set = value.is_some_and(|value| rules.numbers.set(name, value, &source));
        found.ensure(set, || issues::bad_field(name, "请填写合理的数值", "Enter a number that makes sense"));
    }
    found.finish()?;
    if !rules.is_sound() {
        return Err(Error::internal("numbers that were checked"));
    }
    let ready = std::sync::Arc::new((office, rules));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (office, rules) = &*ready;
                if !store::halls::set_rules(&tx, office.id, version, rules).await? {
                    return Err(Error::stale());
                }
                let detail = serde_json::to_value(&rules.numbers).map_err(Error::internal)?;
                audit::record(&tx, &ctx, event("hall.numbers", office).detail(detail)).await
            }
        })
        .await
}

/// A group as typed.
#[derive(Debug, Clone, Default)]
pub struct GroupInput {
    /// One capital letter.
    pub letter: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Kinds of business.
    pub kinds: Vec<String>,
    /// Expected minutes of one visit.
    pub minutes: String,
    /// Tickets are given out.
    pub active: bool,
}

/// Adds a group, or changes the one that is named.
///
/// # Errors
/// E-HL13 for what makes no sense, and for a letter that another group has.
pub async fn save_group(ctx: &Ctx, code: &str, id: Option<GroupId>, input: &GroupInput) -> Result<GroupId> {
    let (office, _) = hall(ctx, code).await?;
    let groups = store::halls::groups(ctx.db(), office.id).await?;
    if id.is_some_and(|id| groups.iter().all(|group| group.id != id)) {
        return Err(Error::NotFound);
    }
    let mut found = kernel::Issues::default();
    let letter = kernel::text::code(&input.letter).to_uppercase();
    let is_letter = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_uppercase());
    found.ensure(is_letter, || issues::bad_field("letter", "请填写一个大写字母", "Enter one capital letter"));
    let taken = groups.iter().any(|group| group.letter == letter && Some(group.id) != id);
    found.ensure(!taken, || issues::bad_field("letter", "该字母已被使用", "Another group has this letter"));
    let (zh, en) = (kernel::text::line(&input.name_zh), kernel::text::line(&input.name_en));
    found.ensure(!zh.is_empty(), || issues::bad_field("name_zh", "请填写中文名称", "Enter the Chinese name"));
    found.ensure(!en.is_empty(), || issues::bad_field("name_en", "请填写英文名称", "Enter the English name"));
    let offered = !input.kinds.is_empty() && input.kinds.iter().all(|kind| office.kinds.contains(kind));
    found.ensure(offered, || issues::bad_field("kinds", "请选择本办事处的业务", "Choose business of this office"));
    let minutes = input.minutes.trim().parse().ok().filter(|minutes| (1..=480).contains(minutes));
    found.ensure(minutes.is_some(), || issues::bad_field("minutes", "请填写1至480分钟", "Enter 1 to 480 minutes"));
    found.finish()?;
    let id = id.unwrap_or_else(|| ctx.id());
    let group =
        GroupCard { id, letter, name: Text::new(zh, en), kinds: input.kinds.clone(), minutes: minutes.unwrap_or_default(), active: input.active };
    let event = event("hall.group", &office).detail(serde_json::json!({ "letter": group.letter, "kinds": group.kinds, "active": group.active }));
    let ready = std::sync::Arc::new((office, group, event));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (office, group, event) = &*ready;
                store::halls::put_group(&tx, office.id, group).await?;
                store::halls::set_kinds(&tx, office.id, group.id, &group.kinds).await?;
                audit::record(&tx, &ctx, event.clone()).await
            }
        })
        .await?;
    Ok(id)
}

/// A window as typed.
#[derive(Debug, Clone, Default)]
pub struct WindowInput {
    /// As painted above it.
    pub no: String,
    /// The groups that it serves.
    pub groups: Vec<GroupId>,
}

/// Adds a window, or changes the one that is named.
///
/// # Errors
/// E-HL13 for what makes no sense, and for a number that another window has.
pub async fn save_window(ctx: &Ctx, code: &str, id: Option<WindowId>, input: &WindowInput) -> Result<WindowId> {
    let (office, _) = hall(ctx, code).await?;
    let groups = store::halls::groups(ctx.db(), office.id).await?;
    let windows = store::windows::of_office(ctx.db(), office.id).await?;
    if id.is_some_and(|id| windows.iter().all(|window| window.id != id)) {
        return Err(Error::NotFound);
    }
    let mut found = kernel::Issues::default();
    let no: Option<i64> = input.no.trim().parse().ok().filter(|no| (1..=999).contains(no));
    found.ensure(no.is_some(), || issues::bad_field("no", "请填写1至999的窗口号", "Enter a number from 1 to 999"));
    let taken = windows.iter().any(|window| Some(window.no) == no && Some(window.id) != id);
    found.ensure(!taken, || issues::bad_field("no", "该窗口号已被使用", "Another window has this number"));
    let known = !input.groups.is_empty() && input.groups.iter().all(|wanted| groups.iter().any(|group| group.id == *wanted));
    found.ensure(known, || issues::bad_field("groups", "请选择窗口办理的事项", "Choose what the window does"));
    found.finish()?;
    let (id, no, mut serves) = (id.unwrap_or_else(|| ctx.id()), no.unwrap_or_default(), input.groups.clone());
    serves.sort_unstable();
    serves.dedup();
    let event = event("hall.window", &office).detail(serde_json::json!({ "no": no, "groups": serves }));
    let ready = std::sync::Arc::new((office, serves, event));
    ctx.db()
        .write(|tx| {
            let (ctx, ready) = (ctx.clone(), ready.clone());
            async move {
                let (office, serves, event) = &*ready;
                store::windows::put(&tx, office.id, id, no).await?;
                store::windows::set_groups(&tx, id, serves).await?;
                audit::record(&tx, &ctx, event.clone()).await
            }
        })
        .await?;
    Ok(id)
}
