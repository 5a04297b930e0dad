//! The joint photo: taken in, then confirmed by a registrar (R-MR-16).

use casework::CaseId;
use platform::{Ctx, Result, Role};

use super::{advance, begin, staff};
use crate::issues;
use crate::model::Photo;
use crate::rules::photo_fault;
use crate::states::Action;
use crate::store;

/// Takes in a photo that the file store has already re-encoded. One that is too small or not in landscape is refused at once.
pub async fn photo(ctx: &Ctx, case: CaseId, seen: i64, photo: Photo) -> Result<()> {
    let unconfirmed = Photo { confirmed: false, ..photo };
    if let Some(fault) = photo_fault(&unconfirmed) {
        return Err(issues::photo_unfit(&fault.zh, &fault.en).into());
    }
    write(ctx, case, seen, unconfirmed).await
}

/// A registrar confirms: both are on it, bareheaded, recent.
pub async fn confirm_photo(ctx: &Ctx, case: CaseId, seen: i64) -> Result<()> {
    let file = begin(ctx, case, Action::Photo).await?;
    ctx.require(&[Role::Registrar], &file.scope()?).await?;
    let photo = file.photo.ok_or_else(|| issues::photo_unfit("尚无照片", "none yet"))?;
    write(ctx, case, seen, Photo { confirmed: true, ..photo }).await
}

async fn write(ctx: &Ctx, case: CaseId, seen: i64, photo: Photo) -> Result<()> {
    let file = begin(ctx, case, Action::Photo).await?;
    let (by, to) = (staff(ctx)?, file.state.kind());
    ctx.db()
        .write(|tx| {
            let (ctx, file, photo) = (ctx.clone(), file.clone(), photo.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Photo, to, "").await?;
                store::cases::set_photo(&tx, case, &photo, Some(by)).await
            }
        })
        .await
}
