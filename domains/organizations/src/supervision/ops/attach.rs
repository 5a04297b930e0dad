//! Files in a proceeding: evidence at the desk, the papers of an answer or an objection from the organisation. What came stays.

use casework::papers::Download;
use kernel::{Instant, Issues};
use platform::ports::{Accept, FileId};
use platform::{Actor, Ctx, Error, Result, audit};
use serde_json::json;

use super::act::authorise;
use super::own::own_row;
use super::papers::Door;
use super::view::readable;
use crate::Entry;
use crate::supervision::input::Input;
use crate::supervision::issues;
use crate::supervision::model::ProceedingId;
use crate::supervision::states::{self, READERS};
use crate::supervision::store::attachments::{self, AttachmentId, NewRow, Row};
use crate::supervision::store::proceedings;

/// Most files of one proceeding.
pub(super) const MOST: i64 = 100;

/// A file in a proceeding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Id.
    pub id: AttachmentId,
    /// What the sender says it is.
    pub title: String,
    /// Size in bytes.
    pub bytes: i64,
    /// When it came.
    pub at: Instant,
    /// Who sent it.
    pub who: String,
    /// The organisation itself sent it.
    pub own: bool,
}

/// A file as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Attach {
    /// What it is.
    pub title: String,
    /// What the sender calls it.
    pub file_name: String,
    /// JPEG, PNG or PDF.
    pub bytes: Vec<u8>,
}

/// Those of a proceeding.
pub(super) async fn of(ctx: &Ctx, proceeding: ProceedingId) -> Result<Vec<Attachment>> {
    let rows = attachments::of(ctx.db(), proceeding, MOST).await?;
    rows.into_iter().map(|row| Ok(Attachment { title: row.title(ctx)?, id: row.id, bytes: row.bytes, at: row.at, who: row.who, own: row.own })).collect()
}

/// Whether the reader may do something in the proceeding now: then he may also put a file to it.
pub(super) async fn open_to(ctx: &Ctx, own: bool, row: &proceedings::Row, entry: Option<&Entry>) -> Result<()> {
    let mut refused = Error::state(&row.state.name().zh, &row.state.name().en);
    if !row.state.is_open() {
        return Err(refused);
    }
    for act in states::acts_from(row.kind, row.state).filter(|act| if own { act.own } else { !act.roles.is_empty() }) {
        match authorise(ctx, act, row.region, entry).await {
            Ok(()) => return Ok(()),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

/// Takes a file in.
///
/// # Errors
/// `E-ST01` where nothing can be done any more, `E-P805` for whoever may do nothing now, not found for whoever may not act for the
/// organisation; `E-D80` without a title, `E-D94` for too many, `E-FILE01` … for type and size.
pub async fn attach(ctx: &Ctx, door: Door<'_>, id: ProceedingId, sent: Attach) -> Result<AttachmentId> {
    let (row, entry) = match door {
        Door::Desk => readable(ctx, id).await?,
        Door::Own(uscc) => own_row(ctx, uscc, id).await.map(|(row, entry)| (row, Some(entry)))?,
    };
    let own = matches!(door, Door::Own(_));
    open_to(ctx, own, &row, entry.as_ref()).await?;
    let mut found = Issues::default();
    let title = kernel::text::line(&Input::default().with("title", &sent.title).words(&mut found, "title"));
    found.finish()?;
    let stored = ctx.platform().files().take(sent.bytes, Accept::scan("file")).await?;
    let staff = ctx.actor().staff();
    let new = NewRow {
        id: ctx.id(),
        proceeding: id,
        own,
        title: title.chars().take(200).collect(),
        file_name: kernel::text::line(&sent.file_name).chars().take(200).collect(),
        file: stored.id.as_str().to_owned(),
        bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
        sm3: stored.sm3,
        staff: staff.map(|staff| staff.id),
        who: staff.map_or_else(|| "社会组织".to_owned(), |staff| staff.name.clone()),
    };
    let event = audit::Event::new("organization.attach", "organization_proceeding", id).region(&row.region).detail(json!({ "attachment": new.id.to_string(), "sm3": new.sm3 }));
    ctx.db()
        .write(|tx| {
            let (ctx, new, event) = (ctx.clone(), new.clone(), event.clone());
            async move {
                if attachments::count(&tx, new.proceeding).await? >= MOST {
                    return Err(issues::too_many_files(MOST).into());
                }
                attachments::insert(&tx, &ctx, &new).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(new.id)
}

/// Whoever reads the proceeding reads its files; the organisation those that it sent itself.
async fn read(ctx: &Ctx, door: Door<'_>, id: AttachmentId) -> Result<Row> {
    match door {
        Door::Desk => {
            ctx.require_role(READERS)?;
            let row = attachments::by_id(ctx.db(), id).await?.ok_or(Error::NotFound)?;
            readable(ctx, row.proceeding).await?;
            Ok(row)
        }
        Door::Own(uscc) => {
            if !matches!(ctx.actor(), Actor::Citizen(_)) {
                return Err(Error::SignIn);
            }
            let row = attachments::by_id(ctx.db(), id).await?.filter(|row| row.own).ok_or(Error::NotFound)?;
            own_row(ctx, uscc, row.proceeding).await.map(|_| row)
        }
    }
}

/// The content of a file. What staff read leaves a line in the audit trail.
///
/// # Errors
/// `E-P805` at the desk for whoever does not read the proceeding; not found for whoever may not act for the organisation.
pub async fn attached(ctx: &Ctx, door: Door<'_>, id: AttachmentId) -> Result<Download> {
    let row = read(ctx, door, id).await?;
    if ctx.actor().staff().is_some() {
        let event = audit::Event::new("organization.attachment", "organization_proceeding", row.proceeding).detail(json!({ "attachment": id.to_string() }));
        ctx.db()
            .write(|tx| {
                let (ctx, event) = (ctx.clone(), event.clone());
                async move { audit::record(&tx, &ctx, event).await }
            })
            .await?;
    }
    let file = FileId::parse(&row.file).ok_or_else(|| Error::internal("not the name of a file"))?;
    let (content, media_type) = ctx.platform().files().get(&file).await?;
    let named = row.file_name(ctx)?;
    let name = if named.is_empty() { row.title(ctx)? } else { named };
    Ok(Download { name, media_type, content })
}
