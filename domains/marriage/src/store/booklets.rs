//! Blank booklets: deliveries, and each serial that leaves the stock once.

use booking::OfficeId;
use kernel::{Id, Instant};
use platform::{Ctx, Result};
use store::{Db, Tx, q};

/// Marker of a delivery.
#[derive(Debug)]
pub(crate) struct BookletRange;
/// Id of a delivery.
pub(crate) type BookletRangeId = Id<BookletRange>;

/// What is printed into a booklet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BookletKind {
    /// 结婚证.
    #[default]
    Marriage,
    /// 离婚证.
    Divorce,
}

impl BookletKind {
    /// Both, in the order of the pages.
    pub const ALL: [Self; 2] = [Self::Marriage, Self::Divorce];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Marriage => "J",
            Self::Divorce => "L",
        }
    }

    /// The kind stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In words.
    pub fn name(self) -> kernel::Text {
        match self {
            Self::Marriage => kernel::Text::fixed("结婚证", "Marriage certificates"),
            Self::Divorce => kernel::Text::fixed("离婚证", "Divorce certificates"),
        }
    }
}

/// How a serial leaves the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Printed for a couple.
    Used,
    /// Spoiled, torn, misprinted.
    Spoiled,
    /// Sent back.
    Returned,
}

impl Fate {
    fn code(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Spoiled => "spoiled",
            Self::Returned => "returned",
        }
    }
}

/// Figures of an office's stock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// In stock.
    pub stock: i64,
    /// Used.
    pub used: i64,
    /// Spoiled.
    pub spoiled: i64,
    /// Returned.
    pub returned: i64,
}

/// A delivery as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Delivery {
    /// First serial.
    pub first_serial: String,
    /// Last serial.
    pub last_serial: String,
    /// How many.
    pub count: i64,
    /// When it came.
    #[sqlx(try_from = "i64")]
    pub received_at: Instant,
}

/// Writes a delivery.
pub(crate) async fn insert_range(tx: &Tx, ctx: &Ctx, kind: BookletKind, id: BookletRangeId, office: OfficeId, first: &str, last: &str, count: i64) -> Result<()> {
    q("INSERT INTO booklet_range (id, office, kind, first_serial, last_serial, count, received_by, received_at) \
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(id)
    .bind(office)
    .bind(kind.code())
    .bind(first)
    .bind(last)
    .bind(count)
    .bind(ctx.actor().key())
    .bind(ctx.now())
    .exec(tx)
    .await?;
    Ok(())
}

/// Puts one serial into stock; false when it was delivered before, to whatever office.
pub(crate) async fn insert(tx: &Tx, kind: BookletKind, range: BookletRangeId, office: OfficeId, serial: &str) -> Result<bool> {
    let written = q("INSERT INTO booklet (serial, range_id, office, kind, state, reason) VALUES ($1, $2, $3, $4, 'stock', '') \
         ON CONFLICT (serial) DO NOTHING")
    .bind(serial)
    .bind(range)
    .bind(office)
    .bind(kind.code())
    .exec(tx)
    .await?;
    Ok(written == 1)
}

/// Takes a marriage booklet out of stock; see [`take_of`].
pub(crate) async fn take(tx: &Tx, ctx: &Ctx, office: OfficeId, serial: &str, fate: Fate, reason: &str) -> Result<bool> {
    take_of(tx, ctx, BookletKind::Marriage, office, serial, fate, reason).await
}

/// Takes a serial out of stock; false when it is not in this office's stock of that kind. Two takers: exactly one.
pub(crate) async fn take_of(tx: &Tx, ctx: &Ctx, kind: BookletKind, office: OfficeId, serial: &str, fate: Fate, reason: &str) -> Result<bool> {
    let taken = q("UPDATE booklet SET state = $1, reason = $2, moved_by = $3, moved_at = $4 \
         WHERE serial = $5 AND office = $6 AND kind = $7 AND state = 'stock'")
    .bind(fate.code())
    .bind(reason)
    .bind(ctx.actor().key())
    .bind(ctx.now())
    .bind(serial)
    .bind(office)
    .bind(kind.code())
    .exec(tx)
    .await?;
    Ok(taken == 1)
}

/// Notes that a booklet which had been used is spoiled.
pub(crate) async fn spoil_used(tx: &Tx, ctx: &Ctx, serial: &str, reason: &str) -> Result<bool> {
    let spoiled = q("UPDATE booklet SET state = 'spoiled', reason = $1, moved_by = $2, moved_at = $3 WHERE serial = $4 AND state = 'used'")
        .bind(reason)
        .bind(ctx.actor().key())
        .bind(ctx.now())
        .bind(serial)
        .exec(tx)
        .await?;
    Ok(spoiled == 1)
}

/// The lowest serials of marriage booklets in an office's stock.
pub(crate) async fn lowest(db: &Db, office: OfficeId, limit: i64) -> Result<Vec<String>> {
    lowest_of(db, BookletKind::Marriage, office, limit).await
}

/// The lowest serials of a kind in an office's stock.
pub(crate) async fn lowest_of(db: &Db, kind: BookletKind, office: OfficeId, limit: i64) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = q("SELECT serial FROM booklet WHERE office = $1 AND kind = $2 AND state = 'stock' ORDER BY serial LIMIT $3")
        .bind(office)
        .bind(kind.code())
        .bind(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(serial,)| serial).collect())
}

/// Figures of an office.
pub(crate) async fn figures(db: &Db, kind: BookletKind, office: OfficeId) -> Result<Figures> {
    let rows: Vec<(String, i64)> = q("SELECT state, COUNT(*) FROM booklet WHERE office = $1 AND kind = $2 GROUP BY state ORDER BY state")
        .bind(office)
        .bind(kind.code())
        .all(db)
        .await?;
    let of = |code: &str| rows.iter().find(|(state, _)| state == code).map_or(0, |(_, n)| *n);
    Ok(Figures { stock: of("stock"), used: of("used"), spoiled: of("spoiled"), returned: of("returned") })
}

/// The last deliveries to an office.
pub(crate) async fn deliveries(db: &Db, kind: BookletKind, office: OfficeId) -> Result<Vec<Delivery>> {
    Ok(q("SELECT first_serial, last_serial, count, received_at FROM booklet_range WHERE office = $1 AND kind = $2 \
          ORDER BY received_at DESC, id DESC LIMIT 50")
    .bind(office)
    .bind(kind.code())
    .all(db)
    .await?)
}

/// A serial that left the stock other than by being used.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Gone {
    /// The serial.
    pub serial: String,
    /// `spoiled` or `returned`.
    pub state: String,
    /// Why.
    pub reason: String,
    /// When.
    #[sqlx(try_from = "i64")]
    pub moved_at: Instant,
}

/// The last serials of an office that were spoiled or returned.
pub(crate) async fn gone(db: &Db, kind: BookletKind, office: OfficeId) -> Result<Vec<Gone>> {
    Ok(q("SELECT serial, state, reason, moved_at FROM booklet WHERE office = $1 AND kind = $2 AND state IN ('spoiled', 'returned') \
          AND moved_at IS NOT NULL ORDER BY moved_at DESC, serial LIMIT 50")
    .bind(office)
    .bind(kind.code())
    .all(db)
    .await?)
}
