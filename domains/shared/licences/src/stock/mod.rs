//! Older licences on paper become entries of the catalogue (存量转换, P5-9): one person enters a table, another compares it with the papers,
//! and only then its lines are loaded. What cannot be loaded is listed with the number of its line.

mod load;
mod review;
mod submit;
pub(crate) mod table;

use kernel::{Id, Instant, Issue};
use platform::{Ctx, Error, Result, Role, Scope};

pub(crate) use load::job;
pub use review::{Review, review};
pub use submit::{Submit, submit};
pub use table::COLUMNS;

use crate::store::stock as rows;

/// Marker of a batch.
#[derive(Debug)]
pub struct Batch;
/// Id of a batch.
pub type BatchId = Id<Batch>;

/// Who may enter and compare.
pub const ROLES: [Role; 1] = [Role::Archivist];

/// Errors that the second person may find in a thousand lines compared: more, and the batch is not loaded (P5-9).
pub const MOST_WRONG_PER_MILLE: i64 = 1;
/// Lines that he compares at least, or all of a smaller batch.
pub const LEAST_COMPARED: i64 = 50;

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its lines are being written.
    Reading,
    /// It waits for the second person.
    Waiting,
    /// Its lines are being loaded.
    Loading,
    /// All are loaded but those that are listed.
    Done,
    /// Too many errors were found: nothing was loaded.
    Refused,
}

impl Stage {
    const ALL: [Self; 5] = [Self::Reading, Self::Waiting, Self::Loading, Self::Done, Self::Refused];

    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Waiting => "waiting",
            Self::Loading => "loading",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// In words.
    pub fn name(self) -> kernel::Text {
        let (zh, en) = match self {
            Self::Reading => ("读取中", "being read"),
            Self::Waiting => ("待复核", "waits for the second person"),
            Self::Loading => ("入库中", "being loaded"),
            Self::Done => ("已入库", "loaded"),
            Self::Refused => ("复核不通过", "refused"),
        };
        kernel::Text::new(zh, en)
    }
}

/// A batch as it is listed.
#[derive(Clone, Debug)]
pub struct BatchView {
    /// Its id.
    pub id: BatchId,
    /// Its name.
    pub name: String,
    /// Where the data come from.
    pub origin: String,
    /// Where it stands.
    pub stage: Stage,
    /// Who entered it.
    pub entered_name: String,
    /// When.
    pub entered_at: Instant,
    /// Whether that was the reader himself: then somebody else compares.
    pub own: bool,
    /// Lines of the table.
    pub lines: i64,
    /// Of them that cannot be loaded.
    pub refused: i64,
    /// Of them that are loaded.
    pub loaded: i64,
    /// Who compared it.
    pub reviewed_name: Option<String>,
    /// When.
    pub reviewed_at: Option<Instant>,
    /// Lines compared, and of them those that differed.
    pub compared: Option<(i64, i64)>,
}

impl BatchView {
    /// How many lines the second person has to compare at least.
    pub fn least_compared(&self) -> i64 {
        LEAST_COMPARED.min(self.lines - self.refused)
    }
}

/// A line that cannot be loaded.
#[derive(Clone, Debug)]
pub struct RefusedLine {
    /// Its number in the table.
    pub line: i64,
    /// Why.
    pub issue: Issue,
}

/// A line to be compared with its paper. Numbers of persons are masked.
#[derive(Clone, Debug)]
pub struct SampleLine {
    /// Its number in the table.
    pub line: i64,
    /// Number of the licence.
    pub number: String,
    /// The holder's name.
    pub holder: String,
    /// The holder's number, masked.
    pub holder_no: String,
    /// Who issued it.
    pub issuer: String,
    /// Date of issue.
    pub issued_on: kernel::Day,
}

/// Batches of the reader's regions, the newest first, at most 100.
///
/// # Errors
/// `Denied` for all but archivists.
pub async fn batches(ctx: &Ctx) -> Result<Vec<BatchView>> {
    ctx.require_role(&ROLES)?;
    rows::list(ctx.db(), &ctx.regions_of(&ROLES), &ctx.actor().key()).await
}

/// One batch.
///
/// # Errors
/// `NotFound`, also for a batch of other regions; `Denied`.
pub async fn batch(ctx: &Ctx, id: BatchId) -> Result<BatchView> {
    ctx.require_role(&ROLES)?;
    let (batch, region) = rows::find(ctx.db(), id, &ctx.actor().key()).await?.ok_or(Error::NotFound)?;
    match ctx.require(&ROLES, &Scope::region(region)).await {
        Err(Error::Denied(_)) => Err(Error::NotFound),
        other => other.map(|()| batch),
    }
}

/// Lines of a batch that cannot be loaded, after a line; at most 200.
///
/// # Errors
/// As [`batch`].
pub async fn refused_lines(ctx: &Ctx, id: BatchId, after: i64) -> Result<Vec<RefusedLine>> {
    batch(ctx, id).await?;
    rows::refused(ctx.db(), id, after).await
}

/// Lines spread over the batch, for whoever compares them with the papers.
///
/// # Errors
/// As [`batch`].
pub async fn sample(ctx: &Ctx, id: BatchId) -> Result<Vec<SampleLine>> {
    let found = batch(ctx, id).await?;
    if found.stage != Stage::Waiting {
        return Ok(Vec::new());
    }
    let step = ((found.lines - found.refused) / found.least_compared().max(1)).max(1);
    let lines = rows::every(ctx.db(), ctx.keys(), id, step, LEAST_COMPARED).await?;
    let masked = |line: &table::Line| match line.holder.kind {
        crate::model::HolderKind::Organisation => line.holder.number.clone(),
        _ => kernel::mask::id_number(&line.holder.number),
    };
    let shown = |(number, line): (i64, table::Line)| SampleLine {
        line: number,
        holder_no: masked(&line),
        number: line.number,
        holder: line.holder.name,
        issuer: line.issuer_name,
        issued_on: line.issued_on,
    };
    Ok(lines.into_iter().map(shown).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ops::testing::{PRESS, World, world};
    use crate::ports::OwnCatalogue;

    const TYPE: &str = "11990000YY9990080W001";

    fn table(lines: std::ops::Range<usize>, wrong: &[usize]) -> Vec<u8> {
        let mut table = format!("{}\n", COLUMNS.join(","));
        for n in lines {
            let holder = if wrong.contains(&n) { "51990000YY9990013X" } else { "51990000YY9990013T" };
            table += &format!("{TYPE},社证字第{n}号,001,{holder},测试协会,11990102YY9990101F,城东区民政局,990102,2010-05-20,2036-05-19\n");
        }
        table.into_bytes()
    }

    async fn prepared(db: store::Db) -> World {
        let world = world(db).await;
        platform::testing::regions(&world.platform).await.expect("regions");
        world
    }

    fn named(name: &str, table: Vec<u8>) -> Submit {
        Submit { name: name.to_owned(), origin: "城东区民政局纸质档案".to_owned(), table }
    }

    async fn count(world: &World, state: &str) -> i64 {
        rows::count_entries(world.platform.db(), state).await.expect("counted")
    }

    store::db_test!(p5_9_two_persons_and_the_lines_that_are_wrong_are_listed, |db| async move {
        let world = prepared(db).await;
        let (first, second) = (world.with_role(Role::Archivist), world.with_role(Role::Archivist));
        assert!(matches!(submit(&world.with_role(Role::Clerk), &named("2026-1", table(0..1, &[]))).await, Err(Error::Denied(_))));
        let id = submit(&first, &named("2026-1", table(0..120, &[0, 7, 119]))).await.expect("entered");
        assert!(submit(&second, &named("2026-1", table(0..9, &[]))).await.expect_err("the name is taken").has_code("E-P511"));
        let found = batch(&second, id).await.expect("seen");
        assert_eq!((found.stage, found.lines, found.refused, found.own), (Stage::Waiting, 120, 3, false));
        assert_eq!(refused_lines(&second, id, 0).await.expect("listed").iter().map(|line| line.line).collect::<Vec<_>>(), [2, 9, 121]);
        let shown = sample(&second, id).await.expect("shown");
        assert!(shown.len() >= 50 && shown.iter().all(|line| line.line != 9), "{}", shown.len());

        let right = Review { compared: 50, wrong: 0 };
        assert!(matches!(review(&first, id, right).await, Err(Error::Denied(issue)) if issue.code == "E-P512"));
        assert!(review(&second, id, Review { compared: 49, wrong: 0 }).await.expect_err("too few").has_code("E-P511"));
        run_job(&world).await;
        assert_eq!(count(&world, "make").await, 0, "nothing before the second person");
        assert_eq!(review(&second, id, right).await.expect("compared"), Stage::Loading);
        assert!(review(&second, id, right).await.expect_err("once").has_code("E-ST01"));

        // A run that was broken off after its first transaction goes on.
        load::first_step(&world.platform.system(), id).await.expect("loaded");
        assert_eq!(count(&world, "make").await, 50);
        run_job(&world).await;
        let done = batch(&first, id).await.expect("seen");
        assert_eq!((done.stage, done.loaded, done.refused, done.compared), (Stage::Done, 117, 3, Some((50, 0))));
        assert_eq!(count(&world, "make").await, 117);

        // P5-2: what is in force already is listed as well, the rest is loaded.
        world.platform.set_now(world.platform.now().plus_minutes(1));
        let first = world.platform.as_actor(first.actor().clone());
        let again = submit(&first, &named("2026-2", table(100..160, &[]))).await.expect("entered");
        review(&second, again, right).await.expect("compared");
        run_job(&world).await;
        let refused = refused_lines(&first, again, 0).await.expect("listed");
        assert_eq!((refused.len(), refused[0].issue.code.as_ref(), refused[0].line), (19, "E-P502", 2));
        assert_eq!(batches(&second).await.expect("listed").iter().map(|batch| batch.loaded).collect::<Vec<_>>(), [41, 117]);
    });

    store::db_test!(p5_9_more_than_one_error_in_a_thousand_and_nothing_is_loaded, |db| async move {
        let world = prepared(db).await;
        let (first, second) = (world.with_role(Role::Archivist), world.with_role(Role::Archivist));
        let id = submit(&first, &named("2026-1", table(0..60, &[]))).await.expect("entered");
        assert_eq!(review(&second, id, Review { compared: 60, wrong: 1 }).await.expect("compared"), Stage::Refused);
        run_job(&world).await;
        assert_eq!(count(&world, "make").await, 0);
    });

    store::db_test!(p5_1_a_converted_licence_has_its_file_and_its_source, |db| async move {
        let world = prepared(db).await;
        let (first, second) = (world.with_role(Role::Archivist), world.with_role(Role::Archivist));
        let id = submit(&first, &named("2026-1", table(0..2, &[]))).await.expect("entered");
        review(&second, id, Review { compared: 2, wrong: 0 }).await.expect("a small batch is compared whole");
        run_job(&world).await;
        let services = [crate::service(PRESS.clone(), Arc::new(OwnCatalogue))];
        let drained = platform::outbox::Worker::new(&services).drain(&world.platform).await.expect("drained");
        assert_eq!((drained.failed, drained.dead), (0, 0));
        assert_eq!(count(&world, "01").await, 2);
        assert_eq!(crate::ops::reports(&world.with_role(Role::SystemAdmin)).await.expect("figures").waiting, 0, "P5-8: reported with their files");
    });

    async fn run_job(world: &World) {
        (job().run)(world.platform.system()).await.expect("run");
    }
}
