//! Sending: a batch is opened, tables and page images are sent to it. Nothing is read here; the job does that.

use kernel::Issues;
use platform::ports::{Accept, FileId, MediaType};
use platform::{Ctx, Error, Result, audit};
use sheets::Format;

use super::model::{BatchId, ImageId, PartId, Source};
use super::{KEYS, at_home, issues, scope};
use crate::store::backentry as rows;

/// Most bytes of a table.
const MOST_BYTES: usize = 24 << 20;
/// Characters of a name at most.
const LONGEST_NAME: usize = 100;

/// A batch to be opened, as typed.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = BackEntryBatchInput)]
#[serde(default)]
pub struct NewBatch {
    /// Its number or name, once in the organisation.
    #[schema(example = "1987-结婚-01")]
    pub name: String,
    /// `paper`, `old_system` or `moved_in`.
    #[schema(example = "paper")]
    pub source: String,
}

/// A table as sent.
#[derive(Debug, Clone)]
pub struct SentTable {
    /// The name of its file.
    pub file_name: String,
    /// CSV in UTF-8 or GB18030, or XLSX.
    pub content: Vec<u8>,
}

/// A page image as sent.
#[derive(Debug, Clone)]
pub struct SentImage {
    /// The name by which rows refer to it.
    pub name: String,
    /// JPEG, PNG or PDF.
    pub content: Vec<u8>,
}

/// Opens a batch in the organisation of whoever acts (R-MR-38: its source is named once for all).
///
/// # Errors
/// `MR-E38` without a source, `MR-E51` without a name, `MR-E38e` for a name that is taken.
pub async fn open(ctx: &Ctx, input: &NewBatch) -> Result<BatchId> {
    let (region, org) = at_home(ctx, &KEYS).await?;
    let mut found = Issues::default();
    let name = kernel::text::line(&input.name);
    found.ensure((1..=LONGEST_NAME).contains(&name.chars().count()), || crate::issues::missing("name".to_owned()));
    let source = Source::from_code(input.source.trim());
    found.ensure(source.is_some(), || issues::no_source("source", "来源", "the source"));
    found.finish()?;
    let source = source.expect("refused above");
    let batch = rows::NewBatch { id: ctx.id(), region, org, name, source };
    ctx.db()
        .write(|tx| {
            let (ctx, batch) = (ctx.clone(), batch.clone());
            async move {
                if !rows::insert_batch(&tx, &ctx, &batch).await? {
                    return Err(issues::batch_name_taken().into());
                }
                let event = audit::Event::new("marriage.backentry.open", "back_batch", batch.id).region(&batch.region).reason(&batch.name);
                audit::record(&tx, &ctx, event).await?;
                Ok::<_, Error>(batch.id)
            }
        })
        .await
}

/// Whether the actor may send to a batch; for anybody else it does not exist.
async fn sending(ctx: &Ctx, id: BatchId) -> Result<()> {
    let batch = rows::batch(ctx.db(), id).await?;
    match ctx.require(&KEYS, &scope(batch.region, batch.org)).await {
        Err(Error::Denied(_)) => Err(Error::NotFound),
        other => other,
    }
}

/// Sends a table to a batch. The very same file again is the part that it was: nothing happens twice.
///
/// # Errors
/// `MR-E38d` for an empty or too large file. What is wrong inside is told by the part, once it was read.
pub async fn send(ctx: &Ctx, id: BatchId, table: SentTable) -> Result<PartId> {
    sending(ctx, id).await?;
    if table.content.is_empty() {
        return Err(issues::no_table("请选择表格文件", "choose the table").into());
    }
    if table.content.len() > MOST_BYTES {
        return Err(issues::no_table("表格文件过大，请分成几个或者使用XLSX", "the file is too large; split it or send XLSX").into());
    }
    let format = Format::sniff(&table.content);
    let file = ctx.platform().files().put(table.content, MediaType::Binary).await?;
    let file_name: String = kernel::text::line(&table.file_name).chars().take(LONGEST_NAME).collect();
    let part = rows::NewPart { id: ctx.id(), batch: id, file: file.id.as_str().to_owned(), file_name, format: format.code() };
    ctx.db()
        .write(|tx| {
            let (ctx, part) = (ctx.clone(), part.clone());
            async move {
                rows::lock_batch(&tx, id).await?;
                if let Some(there) = rows::part_of_file(&tx, id, &part.file).await? {
                    return Ok(there);
                }
                rows::insert_part(&tx, &ctx, &part).await?;
                audit::record(&tx, &ctx, audit::Event::new("marriage.backentry.send", "back_batch", id).reason(&part.file_name)).await?;
                Ok::<_, Error>(part.id)
            }
        })
        .await
}

/// Adds a page image. The same again changes nothing.
///
/// # Errors
/// `MR-E38c` when another image has the name; `E-FILE01` … for a file that is none.
pub async fn add_image(ctx: &Ctx, id: BatchId, sent: SentImage) -> Result<ImageId> {
    sending(ctx, id).await?;
    let name = kernel::text::line(&sent.name);
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(issues::no_source("images", "图像文件名", "the name of the image").into());
    }
    let file = ctx.platform().files().take(sent.content, Accept::scan("images")).await?;
    let image = rows::NewImage { id: ctx.id(), batch: id, name, file: file.id.as_str().to_owned(), sm3: file.sm3 };
    ctx.db()
        .write(|tx| {
            let (ctx, image) = (ctx.clone(), image.clone());
            async move {
                rows::lock_batch(&tx, id).await?;
                if let Some((there, file)) = rows::image_named(&tx, id, &image.name).await? {
                    return if file == image.file { Ok(there) } else { Err(issues::image_name_taken(&image.name).into()) };
                }
                rows::insert_image(&tx, &ctx, &image).await?;
                let event = audit::Event::new("marriage.backentry.image", "back_batch", id).reason(&image.name);
                audit::record(&tx, &ctx, event).await?;
                Ok::<_, Error>(image.id)
            }
        })
        .await
}

/// A stored file's bytes and media type.
pub(super) async fn stored(ctx: &Ctx, key: &str) -> Result<(Vec<u8>, MediaType)> {
    let key = FileId::parse(key).ok_or_else(|| Error::internal("a file without name"))?;
    ctx.platform().files().get(&key).await
}
