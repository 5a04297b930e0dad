//! Ends of periods that somebody has been told: kept with what they were counted from, so that they can be counted again.

use kernel::calendar::{Due, Suspension};
use kernel::{Calendar, Day, Id, Period, Text};
use store::{Db, Tx, q};

use crate::{Ctx, Error, Result, outbox};

/// Marker of a deadline.
#[derive(Debug)]
pub struct Deadline;

/// A period that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Kind of the thing that it belongs to; also names the outbox handler `deadline.<object_kind>` that tells people of a new end.
    pub object_kind: &'static str,
    /// Its id.
    pub object_id: String,
    /// Which of its periods (`promise`, `claim`).
    pub kind: &'static str,
    /// The day of the event, which is not counted.
    pub from: Day,
    /// The length.
    pub period: Period,
    /// Times that did not count.
    pub suspensions: Vec<Suspension>,
    /// How much longer it became, counted from its first end.
    pub extension: Option<Period>,
}

/// The end of a period: the first one, and the one to which it was extended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The end without extension.
    pub first: Due,
    /// The end of the extension.
    pub extended: Option<Due>,
}

impl End {
    /// Counts a period with the times that did not count, and its extension from there.
    pub fn count(calendar: &Calendar, from: Day, period: Period, suspensions: &[Suspension], extension: Option<Period>) -> Self {
        let first = calendar.due_with(from, period, suspensions);
        let extended = extension.map(|extension| calendar.due_with(first.day, extension, suspensions));
        Self { first, extended }
    }

    /// The last day.
    pub fn day(&self) -> Day {
        self.extended.as_ref().unwrap_or(&self.first).day
    }

    /// Whether it may still move because a year's notice is not known.
    pub fn provisional(&self) -> bool {
        self.first.provisional() || self.extended.as_ref().is_some_and(Due::provisional)
    }

    /// In words, with the reason for its end: `20 个工作日，自 9 月 18 日起，至 10 月 22 日；中秋 3 天、国庆 7 天不计`.
    pub fn explain(&self) -> Text {
        let first = self.first.explain();
        match &self.extended {
            None => first,
            Some(extended) => {
                let more = extended.explain();
                Text::new(format!("{}；延长 {}", first.zh, more.zh), format!("{}; extended by {}", first.en, more.en))
            }
        }
    }
}

/// What the handler `deadline.<object_kind>` is given when an end has moved or become certain.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Moved {
    /// The thing that it belongs to.
    pub object_id: String,
    /// Which of its periods.
    pub kind: String,
    /// The end that people were told.
    pub told: Day,
    /// The end as it is now.
    pub due: Day,
    /// Whether it may move once more.
    pub provisional: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    id: Id<Deadline>,
    object_kind: String,
    object_id: String,
    kind: String,
    #[sqlx(try_from = "String")]
    start_day: Day,
    period: String,
    #[sqlx(try_from = "String")]
    due: Day,
    provisional: bool,
    suspensions: String,
    extension: Option<String>,
}

/// Starts the period, or starts it anew from another day, in the transaction of the event. Returns its end.
pub async fn start(tx: &Tx, ctx: &Ctx, calendar: &Calendar, running: &Running) -> Result<End> {
    let end = End::count(calendar, running.from, running.period, &running.suspensions, running.extension);
    let id: Id<Deadline> = ctx.id();
    q("INSERT INTO deadline (id, object_kind, object_id, kind, start_day, period, due, provisional, running, suspensions, \
       extension) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (object_kind, object_id, kind) DO UPDATE SET \
       start_day = excluded.start_day, period = excluded.period, due = excluded.due, provisional = excluded.provisional, \
       running = excluded.running, suspensions = excluded.suspensions, extension = excluded.extension")
        .bind(id)
        .bind(running.object_kind)
        .bind(running.object_id.as_str())
        .bind(running.kind)
        .bind(running.from)
        .bind(serde_json::to_string(&running.period).map_err(Error::internal)?)
        .bind(end.day())
        .bind(end.provisional())
        .bind(true)
        .bind(serde_json::to_string(&running.suspensions).map_err(Error::internal)?)
        .bind(running.extension.map(|extension| serde_json::to_string(&extension)).transpose().map_err(Error::internal)?)
        .exec(tx)
        .await?;
    Ok(end)
}

/// Ends one period of a thing: its clock stands still, or has done its duty.
pub async fn stop_one(tx: &Tx, object_kind: &'static str, object_id: &str, kind: &str) -> Result<()> {
    q("UPDATE deadline SET running = $4 WHERE object_kind = $1 AND object_id = $2 AND kind = $3 AND running")
        .bind(object_kind)
        .bind(object_id)
        .bind(kind)
        .bind(false)
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends all periods of a thing: it is done.
pub async fn stop(tx: &Tx, object_kind: &'static str, object_id: &str) -> Result<()> {
    q("UPDATE deadline SET running = $3 WHERE object_kind = $1 AND object_id = $2").bind(object_kind).bind(object_id).bind(false).exec(tx).await?;
    Ok(())
}

/// The present end of a period and whether it is provisional.
pub async fn due(db: &Db, object_kind: &'static str, object_id: &str, kind: &str) -> Result<Option<(Day, bool)>> {
    let row: Option<(String, bool)> = q("SELECT due, provisional FROM deadline WHERE object_kind = $1 AND object_id = $2 AND kind = $3")
        .bind(object_kind)
        .bind(object_id)
        .bind(kind)
        .opt(db)
        .await?;
    row.map(|(due, provisional)| Ok((due.parse().map_err(Error::internal)?, provisional))).transpose()
}

/// Counts again the running periods that end in `year` or later, or may, and tells of those that changed. In transactions of at most 200
/// rows; a run that breaks off can be repeated.
pub(super) async fn recount(ctx: &Ctx, calendar: &Calendar, year: i16) -> Result<u64> {
    let first = format!("{year:04}-01-01");
    let mut after: Vec<u8> = Vec::new();
    let mut changed = 0;
    loop {
        let rows: Vec<Row> = q("SELECT id, object_kind, object_id, kind, start_day, period, due, provisional, suspensions, extension FROM deadline \
             WHERE running AND due >= $1 AND id > $2 ORDER BY id LIMIT 200")
        .bind(first.as_str())
        .bind(after.as_slice())
        .all(ctx.db())
        .await?;
        let Some(last) = rows.last() else { return Ok(changed) };
        after = last.id.to_vec();
        let mut moves = Vec::new();
        for row in rows {
            let period: Period = serde_json::from_str(&row.period).map_err(Error::internal)?;
            let suspensions: Vec<Suspension> = serde_json::from_str(&row.suspensions).map_err(Error::internal)?;
            let extension = row.extension.as_deref().map(serde_json::from_str).transpose().map_err(Error::internal)?;
            let end = End::count(calendar, row.start_day, period, &suspensions, extension);
            if end.day() != row.due || end.provisional() != row.provisional {
                moves.push((row, end));
            }
        }
        changed += moves.len() as u64;
        let moves = std::sync::Arc::new(moves);
        ctx.db()
            .write(|tx| {
                let (ctx, moves) = (ctx.clone(), moves.clone());
                async move {
                    for (row, end) in moves.iter() {
                        shift(&tx, &ctx, row, end).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await?;
    }
}

async fn shift(tx: &Tx, ctx: &Ctx, row: &Row, end: &End) -> Result<()> {
    q("UPDATE deadline SET due = $2, provisional = $3 WHERE id = $1").bind(row.id).bind(end.day()).bind(end.provisional()).exec(tx).await?;
    let moved =
        Moved { object_id: row.object_id.clone(), kind: row.kind.clone(), told: row.due, due: end.day(), provisional: end.provisional() };
    let dedupe = format!("{}:{}", row.id, end.day());
    outbox::put(tx, ctx, outbox::Message::of(format!("deadline.{}", row.object_kind), dedupe, &moved)).await
}
