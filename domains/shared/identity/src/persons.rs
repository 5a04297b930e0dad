//! Natural persons and their documents.

use kernel::{Day, DocumentNumber, Issues, Refusal, Sex, text};
use platform::{AccountId, Ctx, Error, PersonId, Result, audit};
use store::keys::{Keys, Purpose};
use store::{Db, Target, Tx};

use crate::{ContactOf, issues, store as tables};

/// The longest name that is taken, in characters.
const LONGEST_NAME: usize = 100;

/// The keyed hash by which a document number is found. Numbers that follow GB 11643 are hashed in their 18-digit form alone, so
/// that facts about a number are found whichever document showed it; others with their kind and country.
pub fn number_hash(keys: &Keys, document: &DocumentNumber, country: &str) -> Vec<u8> {
    keys.hash(Purpose::PersonNumber, &number_input(document, country))
}

/// What is hashed of a document number.
pub(crate) fn number_input(document: &DocumentNumber, country: &str) -> String {
    match document.gb11643() {
        Some(number) => number.search_key().to_owned(),
        None => format!("{}/{country}/{}", document.kind(), document.as_str()),
    }
}

/// The keyed hash by which a full name is found.
pub fn name_hash(keys: &Keys, name: &str) -> Vec<u8> {
    keys.hash(Purpose::PersonName, &text::name(name))
}

/// A person as told by himself or by a document, checked and sealed before the transaction that writes him.
#[derive(Clone)]
pub struct PersonDraft {
    pub(crate) id: PersonId,
    pub(crate) row: tables::person::PersonRow,
    pub(crate) identifier: tables::person::IdentifierRow,
}

impl PersonDraft {
    /// Checks the name and prepares the rows. `birth` and `sex` are taken from the number where it follows GB 11643, and given
    /// where it does not. Issues name the field `name`.
    ///
    /// # Errors
    /// Refusals of the name.
    pub fn new(
        ctx: &Ctx,
        name: &str,
        document: &DocumentNumber,
        country: &str,
        told: Option<(Day, Sex)>,
    ) -> std::result::Result<PersonDraft, Refusal> {
        let name = text::name(name);
        let mut issues = Issues::default();
        issues.ensure((1..=LONGEST_NAME).contains(&name.chars().count()), || issues::name_missing("name"));
        issues.finish()?;
        let (keys, id): (_, PersonId) = (ctx.keys(), ctx.id());
        let told = document.gb11643().map(|number| (number.birth(), number.sex())).or(told);
        let row = tables::person::PersonRow {
            name: keys.seal_text("person", "name", &id.to_vec(), &name),
            name_hash: name_hash(keys, &name),
            sex: told.map_or("0", |(_, sex)| sex.code()),
            birth: told.map(|(birth, _)| keys.seal_text("person", "birth", &id.to_vec(), &birth.to_string())),
            birth_year: told.map(|(birth, _)| i64::from(birth.year())),
        };
        let identifier_id: kernel::Id<tables::person::IdentifierRow> = ctx.id();
        let identifier = tables::person::IdentifierRow {
            id: identifier_id.to_vec(),
            kind: document.kind().to_string(),
            country: country.to_owned(),
            number: keys.seal_text("person_identifier", "number", &identifier_id.to_vec(), document.as_str()),
            hash: number_hash(keys, document, country),
        };
        Ok(PersonDraft { id, row, identifier })
    }
}

/// The person with this document number: the one who is known, if the name is his, else a new one.
///
/// # Errors
/// E-ID25 when the number belongs to somebody of another name.
pub async fn ensure(tx: &Tx, ctx: &Ctx, draft: &PersonDraft) -> Result<PersonId> {
    if let Some((person, name_hash)) = tables::person::by_number(tx, &draft.identifier.hash).await? {
        return if name_hash == draft.row.name_hash { Ok(person) } else { Err(issues::another_name().into()) };
    }
    if tables::person::insert(tx, draft, ctx.now()).await? {
        audit::record(tx, ctx, audit::Event::new("person.add", "person", draft.id).person(draft.id)).await?;
        return Ok(draft.id);
    }
    // Somebody else entered the same number since we looked: the next try finds him.
    Err(Error::stale())
}

/// The person with this document number.
pub async fn find(db: &Db, keys: &Keys, document: &DocumentNumber, country: &str) -> Result<Option<PersonId>> {
    Ok(tables::person::by_number(db, &number_hash(keys, document, country)).await?.map(|(person, _)| person))
}

/// What is known of a person. Numbers are whole: show them masked (C-15) unless the reader may see them.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonView {
    /// Id.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Date of birth, where known.
    pub birth: Option<Day>,
    /// Documents: kind (GA/T 517), country, number; the newest first.
    pub documents: Vec<(String, String, String)>,
}

impl std::fmt::Debug for PersonView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonView({}, {})", self.id, self.masked_name())
    }
}

impl PersonView {
    /// `张*三`
    pub fn masked_name(&self) -> String {
        kernel::mask::name(&self.name)
    }

    /// The number of the newest document, masked.
    pub fn masked_number(&self) -> String {
        self.documents.first().map(|(_, _, number)| kernel::mask::id_number(number)).unwrap_or_default()
    }
}

/// Loads a person. Whoever shows more than the masks to somebody else records it: see [`reveal`].
pub async fn load(ctx: &Ctx, id: PersonId) -> Result<PersonView> {
    let keys = ctx.keys();
    let row = tables::person::load(ctx.db(), id).await?.ok_or(Error::NotFound)?;
    let name = keys.open_text("person", "name", &id.to_vec(), &row.name).map_err(Error::internal)?;
    let birth = match row.birth {
        Some(sealed) => keys.open_text("person", "birth", &id.to_vec(), &sealed).map_err(Error::internal)?.parse().ok(),
        None => None,
    };
    let mut documents = Vec::new();
    for (identifier, kind, country, number) in tables::person::identifiers(ctx.db(), id).await? {
        let number = keys.open_text("person_identifier", "number", &identifier, &number).map_err(Error::internal)?;
        documents.push((kind, country, number));
    }
    Ok(PersonView { id, name, sex: Sex::from_code(&row.sex), birth, documents })
}

/// Loads a person for somebody who needs the full values, with the purpose: one audited write before the answer (C-15).
/// The caller has authorised the reader for the case in which he sees them.
pub async fn reveal(ctx: &Ctx, id: PersonId, purpose: &str) -> Result<PersonView> {
    let event = audit::Event::new("person.reveal", "person", id).person(id).reason(text::line(purpose));
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await?;
    load(ctx, id).await
}

/// Persons of exactly this name, for a clerk who searches; at most 100.
pub async fn by_name(db: &Db, keys: &Keys, name: &str) -> Result<Vec<PersonId>> {
    tables::person::by_name(db, &name_hash(keys, name)).await
}

/// How the person can be told something: the phone and address of his account, if he has one.
pub async fn contact_of(ctx: &Ctx, person: PersonId) -> Result<Option<ContactOf>> {
    match tables::account::of_person(ctx.db(), person).await? {
        Some(account) => account.contact(ctx.keys()).map(Some),
        None => Ok(None),
    }
}

/// The open account of a person with its numbers and addresses, read where the caller reads.
pub async fn account_of<'a>(on: impl Into<Target<'a>> + Send, keys: &Keys, person: PersonId) -> Result<Option<(AccountId, ContactOf)>> {
    tables::account::of_person(on, person).await?.map(|account| Ok((account.id, account.contact(keys)?))).transpose()
}

/// The numbers and addresses of an open account, read where the caller reads.
pub async fn contact_of_account<'a>(on: impl Into<Target<'a>> + Send, keys: &Keys, account: AccountId) -> Result<Option<ContactOf>> {
    tables::account::load(on, account).await?.map(|account| account.contact(keys)).transpose()
}
