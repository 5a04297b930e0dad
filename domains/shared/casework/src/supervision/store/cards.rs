//! Cards, what is said about them, and their deliveries.

use kernel::{Day, Instant, RegionCode};
use platform::{Error, OrgId, Result, StaffId};
use sqlx::FromRow;
use ::store::{Db, Tx, q};

use super::{day, staff};
use crate::CaseId;
use crate::supervision::card::{Card, CardId, NewCard, Note, NoteKind, Standing};
use crate::supervision::{Colour, Rule};

/// Rule, colour and cause of the cards of the cases between two ids.
pub(in crate::supervision) async fn known(db: &Db, first: CaseId, last: CaseId) -> Result<Vec<(String, String, String)>> {
    Ok(q("SELECT rule, colour, cause FROM supervision_card WHERE case_id >= $1 AND case_id <= $2").bind(first).bind(last).all(db).await?)
}

/// Whether a card of this rule, colour and cause is there.
pub(in crate::supervision) async fn exists(tx: &Tx, card: &NewCard) -> Result<bool> {
    let (found,): (bool,) = q("SELECT EXISTS (SELECT 1 FROM supervision_card WHERE rule = $1 AND colour = $2 AND cause = $3)")
        .bind(card.rule.code())
        .bind(card.colour.code())
        .bind(&card.cause)
        .one(tx)
        .await?;
    Ok(found)
}

/// The last of so many numbers of a day.
pub(in crate::supervision) async fn take_numbers(tx: &Tx, day: Day, count: usize) -> Result<i64> {
    let count = i64::try_from(count).map_err(Error::internal)?;
    let (n,): (i64,) = q("INSERT INTO supervision_counter (day, n) VALUES ($1, $2) \
         ON CONFLICT (day) DO UPDATE SET n = supervision_counter.n + excluded.n RETURNING n")
    .bind(day)
    .bind(count)
    .one(tx)
    .await?;
    Ok(n)
}

/// Writes the card; not if another node was faster.
pub(in crate::supervision) async fn insert(tx: &Tx, id: CardId, number: &str, card: &NewCard, answer_due: Day, at: Instant, by: &str) -> Result<bool> {
    let written = q("INSERT INTO supervision_card (id, number, rule, colour, cause, case_id, subject, region, org, item_code, clerk, effective_on, \
         due, over, words, issued_at, issued_by, answer_due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         $18) ON CONFLICT (rule, colour, cause) DO NOTHING")
    .bind(id)
    .bind(number)
    .bind(card.rule.code())
    .bind(card.colour.code())
    .bind(&card.cause)
    .bind(card.case)
    .bind(&card.subject)
    .bind(card.region)
    .bind(card.org)
    .bind(&card.item_code)
    .bind(card.clerk)
    .bind(card.effective_on)
    .bind(card.due)
    .bind(card.over)
    .bind(&card.words)
    .bind(at)
    .bind(by)
    .bind(answer_due)
    .exec(tx)
    .await?;
    Ok(written == 1)
}

#[derive(FromRow)]
pub(in crate::supervision) struct CardRow {
    #[sqlx(try_from = "Vec<u8>")]
    pub(in crate::supervision) id: CardId,
    number: String,
    rule: String,
    colour: String,
    cause: String,
    case_id: Option<Vec<u8>>,
    subject: String,
    #[sqlx(try_from = "String")]
    region: RegionCode,
    #[sqlx(try_from = "Vec<u8>")]
    org: OrgId,
    item_code: String,
    clerk: Option<Vec<u8>>,
    #[sqlx(try_from = "String")]
    effective_on: Day,
    due: Option<String>,
    over: i64,
    words: String,
    #[sqlx(try_from = "i64")]
    issued_at: Instant,
    #[sqlx(try_from = "String")]
    answer_due: Day,
    answered: bool,
    cancelled: bool,
    pub(in crate::supervision) engine: bool,
}

impl CardRow {
    pub(in crate::supervision) fn card(self, today: Day) -> Result<Card> {
        let unknown = || Error::internal("a card of an unknown rule or colour");
        let case = self.case_id.map(|case| case.try_into().map_err(Error::internal)).transpose()?;
        Ok(Card {
            id: self.id,
            number: self.number,
            content: NewCard {
                rule: Rule::from_code(&self.rule).ok_or_else(unknown)?,
                colour: Colour::from_code(&self.colour).ok_or_else(unknown)?,
                cause: self.cause,
                case,
                subject: self.subject,
                region: self.region,
                org: self.org,
                item_code: self.item_code,
                clerk: staff(self.clerk)?,
                effective_on: self.effective_on,
                due: day(self.due)?,
                over: self.over,
                words: self.words,
            },
            issued_at: self.issued_at,
            answer_due: self.answer_due,
            standing: Standing::of(self.answered, self.cancelled, self.answer_due, today),
        })
    }
}

/// Columns of a card with what was said about it, as one text for every list.
macro_rules! card_query {
    ($rest:literal) => {
        q(concat!(
            "SELECT c.id, c.number, c.rule, c.colour, c.cause, c.case_id, c.subject, c.region, c.org, c.item_code, c.clerk, c.effective_on, c.due, \
             c.over, c.words, c.issued_at, c.answer_due, \
             EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'answer') AS answered, \
             EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'cancel') AS cancelled, \
             EXISTS (SELECT 1 FROM case_head e WHERE e.id = c.case_id AND e.case_type <> '') AS engine FROM supervision_card c ",
            $rest
        ))
    };
}
pub(in crate::supervision) use card_query;

pub(in crate::supervision) async fn card(db: &Db, id: CardId, today: Day) -> Result<Option<Card>> {
    row(db, id).await?.map(|row| row.card(today)).transpose()
}

pub(in crate::supervision) async fn row(db: &Db, id: CardId) -> Result<Option<CardRow>> {
    Ok(card_query!("WHERE c.id = $1").bind(id).opt(db).await?)
}

/// The cards of a case, the newest first.
pub(in crate::supervision) async fn of_case(db: &Db, case: CaseId) -> Result<Vec<CardRow>> {
    Ok(card_query!("WHERE c.case_id = $1 ORDER BY c.id DESC LIMIT 100").bind(case).all(db).await?)
}

/// Which cards of a case were delivered to a person.
pub(in crate::supervision) async fn delivered_of_case(db: &Db, case: CaseId, to: StaffId) -> Result<Vec<CardId>> {
    let rows: Vec<(Vec<u8>,)> = q("SELECT d.card_id FROM supervision_card c JOIN supervision_delivery d ON d.card_id = c.id \
         WHERE c.case_id = $1 AND d.staff = $2 LIMIT 100")
    .bind(case)
    .bind(to)
    .all(db)
    .await?;
    rows.into_iter().map(|(id,)| CardId::try_from(id).map_err(Error::internal)).collect()
}

/// Adds what somebody says; not to a card that is cancelled, and no second cancellation.
pub(in crate::supervision) async fn add_note(
    tx: &Tx,
    id: kernel::Id<Note>,
    card: CardId,
    kind: NoteKind,
    text: &str,
    author: StaffId,
    author_name: &str,
    at: Instant,
) -> Result<bool> {
    let written = q("INSERT INTO supervision_note (id, card_id, kind, text, author, author_name, at) SELECT $1, c.id, $3, $4, $5, $6, $7 \
         FROM supervision_card c WHERE c.id = $2 AND NOT EXISTS (SELECT 1 FROM supervision_note n WHERE n.card_id = c.id AND n.kind = 'cancel')")
    .bind(id)
    .bind(card)
    .bind(kind.code())
    .bind(text)
    .bind(author)
    .bind(author_name)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(written == 1)
}

pub(in crate::supervision) async fn notes(db: &Db, card: CardId) -> Result<Vec<Note>> {
    let rows: Vec<(String, String, String, i64)> =
        q("SELECT kind, text, author_name, at FROM supervision_note WHERE card_id = $1 ORDER BY at, id LIMIT 100").bind(card).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(kind, text, author_name, at)| Note {
            kind: if kind == NoteKind::Cancel.code() { NoteKind::Cancel } else { NoteKind::Answer },
            text,
            author_name,
            at: Instant::from_micros(at),
        })
        .collect())
}

/// Delivers a card to a person, once; whether this was the first time.
pub(in crate::supervision) async fn deliver(tx: &Tx, card: CardId, to: StaffId, role: &str, at: Instant) -> Result<bool> {
    let written = q("INSERT INTO supervision_delivery (card_id, staff, as_role, delivered_at) VALUES ($1, $2, $3, $4) ON CONFLICT (card_id, staff) DO NOTHING")
        .bind(card)
        .bind(to)
        .bind(role)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(written == 1)
}

/// As what a card was delivered to a person.
pub(in crate::supervision) async fn delivered_as(db: &Db, card: CardId, to: StaffId) -> Result<Option<String>> {
    let row: Option<(String,)> = q("SELECT as_role FROM supervision_delivery WHERE card_id = $1 AND staff = $2").bind(card).bind(to).opt(db).await?;
    Ok(row.map(|(role,)| role))
}

pub(in crate::supervision) async fn read(tx: &Tx, card: CardId, by: StaffId, at: Instant) -> Result<()> {
    q("UPDATE supervision_delivery SET read_at = $3 WHERE card_id = $1 AND staff = $2 AND read_at IS NULL").bind(card).bind(by).bind(at).exec(tx).await?;
    Ok(())
}

/// A delivery with the name of its receiver.
#[derive(FromRow)]
pub(in crate::supervision) struct DeliveryRow {
    pub(in crate::supervision) name: String,
    pub(in crate::supervision) as_role: String,
    #[sqlx(try_from = "i64")]
    pub(in crate::supervision) delivered_at: Instant,
    read_at: Option<i64>,
}

impl DeliveryRow {
    pub(in crate::supervision) fn read(&self) -> Option<Instant> {
        self.read_at.map(Instant::from_micros)
    }
}

pub(in crate::supervision) async fn deliveries(db: &Db, card: CardId) -> Result<Vec<DeliveryRow>> {
    Ok(q("SELECT s.name, d.as_role, d.delivered_at, d.read_at FROM supervision_delivery d JOIN staff s ON s.id = d.staff WHERE d.card_id = $1 \
          ORDER BY d.as_role, s.name LIMIT 100")
    .bind(card)
    .all(db)
    .await?)
}
