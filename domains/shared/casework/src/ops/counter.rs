//! Taking in at the counter, step by step: who has come, what is known of him already, answers, papers; saved after every step.

use kernel::Text;
use platform::ports::{Accept, MediaType};
use platform::{Ctx, Error, PersonId, Result, Role, Scope, StaffActor, audit};

use super::take_in;
use crate::cross;
use crate::form;
use crate::issues;
use crate::model::{ApplicantKind, CounterForm, CounterSheet, Held, Here, Material, Prefill, Scan, SheetId};
use crate::matters::matter;
use crate::store::{counters, data};
use crate::{MaterialId, ops::Offered};

/// Days after which a sheet that nobody went on with is forgotten: whoever was at the counter has long left.
const KEPT_DAYS: i64 = 7;

/// The clerk, who may take this item in at his counter.
async fn clerk(ctx: &Ctx, impl_code: &str) -> Result<(StaffActor, catalog::ItemView)> {
    let staff = ctx.actor().staff().cloned().ok_or(Error::SignIn)?;
    let item = catalog::ops::find_any(ctx, impl_code).await?;
    ctx.require(&[Role::Clerk], &Scope::region(staff.region).org(staff.org).item(item.basic_code.clone())).await?;
    // A service that asks at its own desk has no form here.
    if matter(ctx, &item.version.elements.house.service)?.case_type.sections.is_empty() {
        return Err(Error::NotFound);
    }
    Ok((staff, item))
}

/// What is wrong with who has come, or with the way to the body that answers.
async fn held_against(ctx: &Ctx, staff: &StaffActor, item: &catalog::ItemView, form: &CounterForm) -> Result<()> {
    if !item.standing.is_open() {
        return Err(issues::item_closed(item.standing.public_notice()).into());
    }
    let (_, document, _) = take_in::identified(ctx, form.kind(), kernel::IdType::RESIDENT, &form.name, &form.number)?;
    take_in::consented(ctx, document.as_ref()).await?;
    form.phone()?;
    cross::hold(ctx, item, staff.region, form.residence, form.mode).await.map(drop)
}

/// Begins a sheet for whoever has come.
///
/// # Errors
/// `E-P805` without the role of the counter; the issues of name and number; `E-P808`; `E-P223` for an item that is not open; `E-P1002`,
/// `E-P1005`, `E-P1006` for the way across a border; `NotFound` for an item that has no form.
pub async fn begin_sheet(ctx: &Ctx, impl_code: &str, form: CounterForm) -> Result<CounterSheet> {
    let (staff, item) = clerk(ctx, impl_code).await?;
    held_against(ctx, &staff, &item, &form).await?;
    let form = CounterForm { item: item.version.elements.name.clone(), ..form };
    let sheet = CounterSheet { id: ctx.id(), staff: staff.id, impl_code: item.code, form, version: 1, updated_at: ctx.now() };
    ctx.db()
        .write(|tx| {
            let (ctx, sheet) = (ctx.clone(), sheet.clone());
            async move {
                counters::insert(&tx, &ctx, &sheet).await?;
                audit::record(&tx, &ctx, audit::Event::new("case.counter", "counter", sheet.id)).await
            }
        })
        .await?;
    Ok(sheet)
}

/// Says anew who has come; everything else stays on the sheet.
///
/// # Errors
/// As [`begin_sheet`] and [`save_sheet`].
pub async fn change_applicant(ctx: &Ctx, id: SheetId, seen: i64, form: CounterForm) -> Result<CounterSheet> {
    let before = sheet(ctx, id).await?;
    let (staff, item) = clerk(ctx, &before.impl_code).await?;
    held_against(ctx, &staff, &item, &form).await?;
    save_sheet(ctx, id, seen, form).await
}

/// The clerk's own sheet.
///
/// # Errors
/// `SignIn`; `NotFound` for one that is gone, or is not his.
pub async fn sheet(ctx: &Ctx, id: SheetId) -> Result<CounterSheet> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    counters::by_id(ctx.db(), ctx, id).await?.filter(|sheet| sheet.staff == staff.id).ok_or(Error::NotFound)
}

/// What the clerk has begun, the newest first.
///
/// # Errors
/// `SignIn`.
pub async fn sheets(ctx: &Ctx) -> Result<Vec<CounterSheet>> {
    counters::of_staff(ctx.db(), ctx, ctx.actor().staff().ok_or(Error::SignIn)?.id).await
}

/// Saves a sheet, whatever is still wrong with it.
///
/// # Errors
/// As [`sheet`]; `E-ST02` if another page has changed it.
pub async fn save_sheet(ctx: &Ctx, id: SheetId, seen: i64, form: CounterForm) -> Result<CounterSheet> {
    let before = sheet(ctx, id).await?;
    if before.version != seen {
        return Err(Error::Stale(issues::draft_changed()));
    }
    let next = CounterSheet { form, version: seen + 1, updated_at: ctx.now(), ..before };
    ctx.db()
        .write(|tx| {
            let (ctx, next) = (ctx.clone(), next.clone());
            async move { if counters::update(&tx, &ctx, &next).await? { Ok(()) } else { Err(Error::Stale(issues::draft_changed())) } }
        })
        .await?;
    Ok(next)
}

/// Takes a scan in for a paper of the sheet; it takes the place of an earlier one.
///
/// # Errors
/// As [`save_sheet`]; those of the store of files; `NotFound` for a paper that the item does not have.
pub async fn scan(ctx: &Ctx, id: SheetId, seen: i64, key: &str, file_name: &str, bytes: Vec<u8>) -> Result<CounterSheet> {
    let before = known_paper(ctx, id, key).await?;
    let scan = stored(ctx, file_name, bytes).await?;
    save_sheet(ctx, id, seen, before.form.with_scan(key, Some(scan))).await
}

/// Puts what was scanned into the store of files.
pub(super) async fn stored(ctx: &Ctx, file_name: &str, bytes: Vec<u8>) -> Result<Scan> {
    let stored = ctx.platform().files().take(bytes, Accept::scan("file")).await?;
    Ok(Scan {
        id: ctx.id(),
        file: stored.id,
        media_type: Some(stored.media_type),
        file_name: kernel::text::line(file_name).chars().take(200).collect(),
        bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
        sm3: Some(stored.sm3),
        from: None,
        at: ctx.now(),
    })
}

/// Takes a paper of an earlier matter of the same person: it need not be brought again.
///
/// # Errors
/// As [`save_sheet`]; `NotFound` for a paper that is not offered.
pub async fn scan_held(ctx: &Ctx, id: SheetId, seen: i64, key: &str, from: MaterialId) -> Result<CounterSheet> {
    let before = known_paper(ctx, id, key).await?;
    let offered = known_at_counter(ctx, &before).await?.papers;
    let (paper, _) = offered.into_iter().find(|(paper, _)| paper.id == from && paper.key == key).ok_or(Error::NotFound)?;
    let Material { file, file_name, bytes, sm3, received_at, .. } = paper;
    let scan = Scan { id: ctx.id(), file: file.ok_or(Error::NotFound)?, media_type: None, file_name, bytes, sm3, from: Some(from), at: received_at };
    save_sheet(ctx, id, seen, before.form.with_scan(key, Some(scan))).await
}

/// Takes a scan away again.
///
/// # Errors
/// As [`save_sheet`].
pub async fn unscan(ctx: &Ctx, id: SheetId, seen: i64, key: &str) -> Result<CounterSheet> {
    let before = sheet(ctx, id).await?;
    save_sheet(ctx, id, seen, before.form.with_scan(key, None)).await
}

/// The content of a paper of the sheet.
///
/// # Errors
/// As [`sheet`]; `NotFound` where nothing was scanned.
pub async fn scanned(ctx: &Ctx, id: SheetId, key: &str) -> Result<(Scan, Vec<u8>, MediaType)> {
    let scan = sheet(ctx, id).await?.form.papers.remove(key).and_then(|paper| paper.scan).ok_or(Error::NotFound)?;
    let (bytes, kind) = ctx.platform().files().get(&scan.file).await?;
    Ok((scan, bytes, kind))
}

async fn known_paper(ctx: &Ctx, id: SheetId, key: &str) -> Result<CounterSheet> {
    let sheet = sheet(ctx, id).await?;
    let item = catalog::ops::find_any(ctx, &sheet.impl_code).await?;
    if item.version.elements.materials.iter().any(|material| material.key == key) { Ok(sheet) } else { Err(Error::NotFound) }
}

/// Throws a sheet away.
///
/// # Errors
/// As [`save_sheet`].
pub async fn discard_sheet(ctx: &Ctx, id: SheetId, seen: i64) -> Result<()> {
    sheet(ctx, id).await?;
    ctx.db()
        .write(|tx| async move { if counters::delete(&tx, id, seen).await? { Ok(()) } else { Err(Error::Stale(issues::draft_changed())) } })
        .await
}

/// Forgets the sheets that nobody went on with.
pub(crate) async fn forget_sheets(ctx: &Ctx) -> Result<()> {
    let since = ctx.now().plus_days(-KEPT_DAYS);
    ctx.db().write(|tx| async move { counters::delete_before(&tx, since).await.map(drop) }).await
}

/// What is known of whoever stands at the counter, for the form to show and him to confirm: of a person only for a number and the name that
/// goes with it, and what the register of the service says with the answers so far. A look is recorded.
///
/// # Errors
/// As [`sheet`]; `E-P805` without the role of the counter.
pub async fn known_at_counter(ctx: &Ctx, sheet: &CounterSheet) -> Result<Offered> {
    let (_, item) = clerk(ctx, &sheet.impl_code).await?;
    let person = person(ctx, &sheet.form).await?;
    let matter = matter(ctx, &item.version.elements.house.service)?;
    let held = match person {
        Some(person) => data::held(ctx.db(), ctx, person).await?,
        None => Vec::new(),
    };
    let unit = (sheet.form.kind() == ApplicantKind::Organisation).then_some(sheet.form.number.as_str());
    let register = matter.hooks.known(ctx, unit, &form::normalise(&matter.case_type, &sheet.form.answers, ctx.today())).await?;
    let fields = matter.case_type.sections.iter().flat_map(|section| &section.fields);
    let answers: Vec<Held> = fields
        .filter_map(|field| match field.prefill.as_ref()? {
            Prefill::Held(key) => held.iter().find(|held| held.key == *key).map(|found| Held { key: field.key.clone(), ..found.clone() }),
            Prefill::Register => register.iter().find(|known| known.key == field.key).cloned(),
            _ => None,
        })
        .collect();
    let keys: Vec<String> = item.version.elements.materials.iter().map(|material| material.key.clone()).collect();
    let papers = super::offered::papers(ctx, person, &keys).await?;
    if !(answers.is_empty() && papers.is_empty()) {
        let event = audit::Event::new("case.known", "counter", sheet.id).person(person);
        ctx.db()
            .write(|tx| {
                let (ctx, event) = (ctx.clone(), event.clone());
                async move { audit::record(&tx, &ctx, event).await }
            })
            .await?;
    }
    Ok(Offered { answers, papers })
}

/// The person with this number, if the name is his.
async fn person(ctx: &Ctx, form: &CounterForm) -> Result<Option<PersonId>> {
    let (name, document, _) = take_in::identified(ctx, form.kind(), kernel::IdType::RESIDENT, &form.name, &form.number)?;
    let Some(document) = document else { return Ok(None) };
    let Some(person) = identity::persons::find(ctx.db(), ctx.keys(), &document, take_in::COUNTRY).await? else { return Ok(None) };
    // Of whoever closed his account nothing is used any more.
    let stored_only = identity::ops::only_stored(ctx, person).await?;
    let named = identity::persons::load(ctx, person).await?.name == name;
    Ok(Some(person).filter(|_| named && !stored_only))
}

impl CounterForm {
    /// Person or organisation.
    pub fn kind(&self) -> ApplicantKind {
        self.kind.unwrap_or(ApplicantKind::Person)
    }

    /// The mobile number in its one form, if there is one.
    pub(crate) fn phone(&self) -> Result<Option<String>> {
        let typed = Some(&self.phone).filter(|phone| !phone.trim().is_empty());
        let read = |phone: &String| kernel::Phone::parse(phone).map_err(|issue| issue.field("phone"));
        Ok(typed.map(read).transpose()?.map(|phone| phone.as_str().to_owned()))
    }

    fn with_scan(mut self, key: &str, scan: Option<Scan>) -> Self {
        let paper = self.papers.entry(key.to_owned()).or_default();
        paper.scan = scan;
        self
    }

    /// A paper that counts as received although nothing of it is there: `E-P249` at the paper.
    pub fn empty(&self, key: &str) -> Option<kernel::Issue> {
        let noted = self.papers.get(key).cloned().unwrap_or_default();
        let empty = noted.here == Here::Here && noted.originals < 1 && noted.copies < 1 && noted.scan.is_none();
        empty.then(|| issues::nothing_received(key))
    }

    /// The day by which a paper is promised.
    ///
    /// # Errors
    /// `E-FORM04` at the field of the day.
    pub fn promised(&self, key: &str, name: &Text) -> Result<kernel::Day, kernel::Issue> {
        let label = Text::new(format!("{}补交日期", name.zh), format!("Last day for {}", name.en));
        let typed = self.papers.get(key).map(|paper| paper.due.clone()).unwrap_or_default();
        typed.trim().parse().map_err(|_| issues::answer_not_a_date(&format!("due.{key}"), &label))
    }
}
