//! Records of service.

use std::collections::BTreeMap;

use platform::{Ctx, Error, Result};
use ::store::{Tx, q};

use crate::supervision::model::ProceedingId;
use crate::supervision::papers::{PaperId, Service};

/// Writes one.
pub(crate) async fn insert(tx: &Tx, ctx: &Ctx, record: PaperId, paper: Option<PaperId>, service: &Service) -> Result<()> {
    let plain = serde_json::to_vec(service).map_err(Error::internal)?;
    q("INSERT INTO organization_service (record, paper, content) VALUES ($1, $2, $3)")
        .bind(record)
        .bind(paper)
        .bind(ctx.keys().seal("organization_service", "content", &record.to_vec(), &plain))
        .exec(tx)
        .await?;
    Ok(())
}

/// How the documents of a proceeding were served, by document; at most 100.
pub(crate) async fn of(ctx: &Ctx, proceeding: ProceedingId) -> Result<BTreeMap<PaperId, Service>> {
    let rows: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> = q("SELECT s.record, s.paper, s.content FROM organization_paper p JOIN organization_service s ON s.paper = p.id \
         WHERE p.proceeding = $1 LIMIT 100")
    .bind(proceeding)
    .all(ctx.db())
    .await?;
    let open = |(record, paper, content): (Vec<u8>, Vec<u8>, Vec<u8>)| {
        let plain = ctx.keys().open("organization_service", "content", &record, &content).map_err(Error::internal)?;
        Ok((PaperId::try_from(paper).map_err(Error::internal)?, serde_json::from_slice(&plain).map_err(Error::internal)?))
    };
    rows.into_iter().map(open).collect()
}
