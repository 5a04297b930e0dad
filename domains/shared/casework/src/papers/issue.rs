//! Issues a document. Part of the transaction of the move that it belongs to.

use data_encoding::BASE32_NOPAD;
use kernel::{Issue, RegionCode, Text};
use platform::{Ctx, Error, OrgId, PersonId, Result, audit, outbox};
use serde::{Deserialize, Serialize};
use ::store::{Tx, keys::{Keys, Purpose}};

use super::{Content, Head, Kind, PaperId, number};
use crate::CaseId;
use super::store::{self as table, NewRow};

/// A document about to be issued.
#[derive(Debug, Clone)]
pub struct NewPaper {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub case_no: String,
    /// The authority: its name stands at the head, its sign in the number.
    pub org: OrgId,
    /// Region of the case.
    pub region: RegionCode,
    /// Basic code of the item.
    pub item_code: String,
    /// Name of the item.
    pub item: Text,
    /// Name of the applicant.
    pub applicant: String,
    /// The persons whom it is for, where they are known here; they find it on their page and are told.
    pub to: Vec<PersonId>,
    /// What it says.
    pub content: Content,
}

/// Id and token of one document, drawn before the transaction, whose body may run twice.
#[derive(Clone)]
pub struct Drawn {
    id: PaperId,
    token: [u8; 16],
}

impl Drawn {
    /// Draws them.
    pub fn new(ctx: &Ctx) -> Self {
        Self { id: ctx.id(), token: ctx.random() }
    }

    /// The document that will be.
    pub fn id(&self) -> PaperId {
        self.id
    }

    pub(super) fn token(&self) -> String {
        BASE32_NOPAD.encode(&self.token).to_ascii_lowercase()
    }
}

impl std::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drawn").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What the handler of `paper.make` is told. The token travels only here: the outbox seals it, the table keeps its hash.
#[derive(Serialize, Deserialize)]
pub(super) struct MakePayload {
    pub(super) id: PaperId,
    pub(super) token: String,
}

/// The hash by which a token is found.
pub(super) fn token_hash(keys: &Keys, token: &str) -> Vec<u8> {
    keys.hash(Purpose::Token, &format!("paper token\n{token}"))
}

/// Issues the document; call it last in the transaction, because its number is taken from a counter that others wait for. Two kinds
/// may be issued in one transaction, always in the order of [`Kind`].
///
/// The caller has authorised the move. Returns the number.
///
/// # Errors
/// E-P203, E-P205 for content that lacks what the law wants in it.
pub async fn issue(tx: &Tx, ctx: &Ctx, drawn: &Drawn, new: &NewPaper) -> Result<String> {
    new.content.check().map_err(|issue: Issue| Error::from(issue))?;
    let kind = new.content.kind();
    let authority = table::authority(tx, new.org).await?.ok_or_else(|| Error::internal("a document of an unknown authority"))?;
    let head = Head { issuer: authority.name.clone(), to: new.applicant.clone(), item: new.item.clone(), case_no: new.case_no.clone() };
    let id = drawn.id;
    let sealed = |column: &str, value: String| ctx.keys().seal_text("paper", column, &id.to_vec(), &value);
    let (head, content) = (sealed("head", json(&head)?), sealed("content", json(&new.content)?));
    let event = audit::Event::new("paper.issue", "paper", id).person(new.to.first().copied()).region(&new.region);
    let payload = MakePayload { id, token: drawn.token() };
    outbox::put(tx, ctx, outbox::Message::of("paper.make", id.to_string(), &payload)).await?;
    let year = i64::from(ctx.today().year());
    let n = table::next_number(tx, new.org, kind, year).await?;
    let number = number(&authority.sign, kind, year, n);
    let row = NewRow {
        id,
        case: new.case,
        kind,
        org: new.org,
        region: new.region,
        item_code: new.item_code.clone(),
        year,
        n,
        number: number.clone(),
        head,
        content,
        issued_at: ctx.now(),
        issued_by: ctx.actor().key(),
        token_hash: token_hash(ctx.keys(), &drawn.token()),
    };
    table::insert(tx, row).await?;
    if kind.is_for_applicant() {
        for person in &new.to {
            table::address(tx, id, *person, ctx.now()).await?;
        }
    }
    audit::record(tx, ctx, event.detail(serde_json::json!({ "kind": kind.code(), "number": number }))).await?;
    Ok(number)
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// The kind of document that a declaration names.
impl std::str::FromStr for Kind {
    type Err = kernel::ParseError;

    fn from_str(code: &str) -> Result<Self, kernel::ParseError> {
        Kind::from_code(code).ok_or(kernel::ParseError { what: "kind of document" })
    }
}
