//! The job that judges and loads, a hundred lines a transaction, fewer where they take too long. How far it came is written with the lines:
//! whoever goes on after a stop begins behind the last of them, and of two who read the same lines one gets through.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use platform::ports::FileId;
use platform::{Ctx, Error, Job, JobFuture, Result, audit, regions};

use super::judge::{Fate, Frame, Read, judge};
use super::row::Kept;
use super::{ImportId, State, store};
use crate::public::parameters;
use crate::register;

/// Lines of one transaction.
pub(super) const CHUNK: usize = 100;
/// How often a chunk is judged anew because somebody else changed an organisation in between.
const TRIES: usize = 5;

/// The job of the imports.
pub(crate) fn job() -> Job {
    Job { name: "organizations.import", every: Duration::from_secs(3), run }
}

fn run(ctx: Ctx) -> JobFuture {
    Box::pin(async move { run_all(&ctx).await })
}

/// Goes on with every import that waits, to its end: what the job does, and the command line, which has none.
///
/// # Errors
/// Those of the database and of the store of files.
pub async fn run_all(ctx: &Ctx) -> Result<()> {
    while let Some(id) = store::next(ctx.db()).await? {
        read(ctx, id, usize::MAX).await?;
    }
    Ok(())
}

/// Reads at most `chunks` chunks of an import, and ends the run when there is nothing more.
pub(super) async fn read(ctx: &Ctx, id: ImportId, chunks: usize) -> Result<()> {
    let mut head = store::head(ctx.db(), id).await?;
    let frame = frame(ctx, &head).await?;
    let mut left = chunks;
    while head.done < head.total {
        let (begins, file) = store::piece(ctx.db(), id, head.done).await?.ok_or_else(|| Error::internal("a piece of the table is missing"))?;
        let name = FileId::parse(&file).ok_or_else(|| Error::internal("not the name of a file"))?;
        let (bytes, _) = ctx.platform().files().get(&name).await?;
        let lines: Vec<Kept> = serde_json::from_slice(&bytes).map_err(Error::internal)?;
        let skip = usize::try_from(head.done - begins).map_err(Error::internal)?;
        let mut rest = lines.get(skip..).unwrap_or_default();
        let mut size = CHUNK;
        while !rest.is_empty() {
            if left == 0 {
                return Ok(());
            }
            let (some, behind) = rest.split_at(size.min(rest.len()));
            // The moment and the ids of each chunk are its own.
            match chunk(&ctx.with_actor(ctx.actor().clone()), &head, &frame, some).await {
                // The machine is busy, and nothing was written: fewer at once.
                Err(Error::Store(::store::Error::TooSlow(_))) if size > 1 => {
                    size /= 2;
                    continue;
                }
                done => done?,
            }
            left -= 1;
            size = CHUNK.min(size * 2);
            head.done += i64::try_from(some.len()).map_err(Error::internal)?;
            rest = behind;
        }
    }
    end(ctx, &head).await
}

async fn frame(ctx: &Ctx, head: &store::Head) -> Result<Frame> {
    let body = regions::organisation(ctx.db(), head.authority).await?;
    Ok(Frame {
        mapping: head.mapping.clone(),
        regions: regions::below(ctx.db(), &head.region).await?.into_iter().collect(),
        authority: head.authority,
        authority_name: body.map(|body| body.name.zh.into_owned()).unwrap_or_default(),
        today: ctx.today(),
    })
}

/// The authorities that lines name, as far as the import may write for them.
async fn bodies(ctx: &Ctx, head: &store::Head, read: &[Read]) -> Result<BTreeMap<String, platform::OrgId>> {
    let mut found = BTreeMap::new();
    for code in read.iter().filter_map(|read| read.key.as_ref().ok()?.authority.as_ref()) {
        if !found.contains_key(code)
            && let Some(body) = regions::organisation_by_uscc(ctx.db(), code).await?
            && regions::contains(ctx.db(), &head.region, &body.region).await?
        {
            found.insert(code.clone(), body.id);
        }
    }
    Ok(found)
}

async fn chunk(ctx: &Ctx, head: &store::Head, frame: &Frame, lines: &[Kept]) -> Result<()> {
    let read: Vec<Read> = lines.iter().map(|line| Read::new(line.clone(), &frame.mapping)).collect();
    let codes: Vec<String> = read.iter().filter_map(Read::code).map(str::to_owned).collect();
    let bodies = bodies(ctx, head, &read).await?;
    let mut tries = 0;
    loop {
        let known = store::known(ctx.db(), &codes).await?;
        let mut first = store::first_lines(ctx.db(), head.id, head.run, &codes).await?;
        if head.state == State::Checking {
            for (read, code) in read.iter().filter_map(|read| Some((read, read.code()?))) {
                first.entry(code.to_owned()).or_insert(read.line.number);
            }
        }
        let judged = read.iter().map(|read| {
            let fate = judge(frame, read, &bodies, &known, &first, || ctx.id());
            let refused = match &fate {
                Fate::Refused(issues) => Some(store::NewReject::seal(ctx, &read.line, issues)),
                _ => None,
            };
            store::Judged { line: read.line.number, code: read.code().map(str::to_owned), fate, refused }
        });
        let judged: Arc<Vec<store::Judged>> = Arc::new(judged.collect());
        let told = ctx
            .db()
            .write(|tx| {
                let (ctx, head, judged) = (ctx.clone(), head.clone(), judged.clone());
                async move { write(&tx, &ctx, &head, &judged).await }
            })
            .await;
        tries += 1;
        match told {
            // Somebody else was there first: looked at again, the line is judged by what is there now.
            Err(error) if tries < TRIES && head.state == State::Loading && (matches!(error, Error::Stale(_)) || error.has_code("E-USCC07")) => {
                if store::head(ctx.db(), head.id).await?.done != head.done {
                    return Err(error);
                }
            }
            told => return told,
        }
    }
}

async fn write(tx: &::store::Tx, ctx: &Ctx, head: &store::Head, judged: &[store::Judged]) -> Result<()> {
    store::advance(tx, head, judged, parameters().rejects_kept.value).await?;
    if head.state == State::Checking {
        return store::note_codes(tx, head, judged).await;
    }
    let mut entered = Vec::new();
    for one in judged {
        match &one.fate {
            Fate::New(entry) => entered.push((**entry).clone()),
            Fate::Changed(id, seen, amendment) => drop(register::amend(tx, ctx, *id, *seen, (**amendment).clone()).await?),
            Fate::Same | Fate::Refused(_) => {}
        }
    }
    register::enter_all(tx, ctx, &entered).await
}

async fn end(ctx: &Ctx, head: &store::Head) -> Result<()> {
    let (id, next) = (head.id, if head.state == State::Checking { State::Checked } else { State::Done });
    let event = audit::Event::new("organization.import.end", "organization_import", id).region(&head.region);
    let state = head.state;
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move {
                if let Some((fresh, changed, same, refused)) = store::ended(&tx, id, state, next).await? {
                    let detail = serde_json::json!({ "state": next.code(), "fresh": fresh, "changed": changed, "same": same, "refused": refused });
                    audit::record(&tx, &ctx, event.detail(detail)).await?;
                }
                Ok::<_, Error>(())
            }
        })
        .await?;
    store::tidy(ctx.db(), id, head.run).await
}
