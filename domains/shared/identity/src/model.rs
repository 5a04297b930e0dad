//! The nouns of this crate that have no operations of their own.

use kernel::{Email, Id, Instant, Lang, Phone, RegionCode, Text};
use platform::{Ctx, Grant, OrgId, Role, StaffId, TokenId};
use store::keys::{Keys, Purpose};

use crate::issues;

/// Marker of a session.
#[derive(Debug)]
pub struct Session;
/// Marker of a grant to a member of staff.
#[derive(Debug)]
pub struct StaffGrant;
/// Marker of a dispute about who a person is.
#[derive(Debug)]
pub struct Dispute;

/// Id of a session.
pub type SessionId = Id<Session>;
/// Id of a grant.
pub type GrantId = Id<StaffGrant>;
/// Id of a dispute.
pub type DisputeId = Id<Dispute>;

/// What a citizen signs in with and is told things by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Contact {
    /// A mobile number.
    Phone(Phone),
    /// An e-mail address.
    Email(Email),
}

impl Contact {
    /// Reads what was typed into one field: with an `@` it is an address, else a number. The issue names the field `contact`.
    pub fn parse(typed: &str) -> Result<Contact, kernel::Issue> {
        match typed.trim() {
            "" => Err(issues::contact_missing()),
            typed if typed.contains(['@', '＠']) => Email::parse(typed).map(Contact::Email),
            typed => Phone::parse(typed).map(Contact::Phone),
        }
        .map_err(|issue| issue.field("contact"))
    }

    /// The number or address.
    pub fn as_str(&self) -> &str {
        match self {
            Contact::Phone(phone) => phone.as_str(),
            Contact::Email(email) => email.as_str(),
        }
    }

    /// `138****1234`, `w***@example.cn`
    pub fn masked(&self) -> String {
        match self {
            Contact::Phone(phone) => phone.masked(),
            Contact::Email(email) => email.masked(),
        }
    }

    /// The keyed hash by which it is found.
    pub fn hash(&self, keys: &Keys) -> Vec<u8> {
        keys.hash(Purpose::Contact, self.as_str())
    }
}

/// How a person can be told something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactOf {
    /// Mobile number.
    pub phone: Option<Phone>,
    /// E-mail address.
    pub email: Option<Email>,
    /// Language of messages.
    pub lang: Lang,
}

/// A role to be given to a member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGrant {
    /// What he may be.
    pub role: Role,
    /// The region, with everything below it.
    pub region: RegionCode,
    /// Only for this organisation.
    pub org: Option<OrgId>,
    /// Only for this basic code (基本编码) of an item.
    pub item: Option<String>,
    /// Until when.
    pub until: Option<Instant>,
}

impl NewGrant {
    /// A role in a region, for every organisation and item, without end.
    pub fn new(role: Role, region: RegionCode) -> NewGrant {
        NewGrant { role, region, org: None, item: None, until: None }
    }
}

/// A grant as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantView {
    /// Its id.
    pub id: GrantId,
    /// What it allows.
    pub grant: Grant,
    /// When it was given.
    pub granted_at: Instant,
}

/// A member of staff as the administrator sees him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffView {
    /// Id.
    pub id: StaffId,
    /// Name to sign in with.
    pub username: String,
    /// Name that the desk and the audit trail show.
    pub name: String,
    /// Where he works.
    pub org: OrgId,
    /// Name of that organisation.
    pub org_name: Text,
    /// Region of that organisation.
    pub region: RegionCode,
    /// Since when he may not sign in.
    pub suspended_at: Option<Instant>,
    /// What he may do now.
    pub grants: Vec<GrantView>,
}

/// A bearer token as the administrator, or the owner of a personal one, sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenView {
    /// Id.
    pub id: TokenId,
    /// Which system uses it, or what it is for.
    pub name: String,
    /// Only within this region.
    pub region: Option<RegionCode>,
    /// Only for these basic codes (基本编码) of items; all if empty.
    pub items: Vec<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub until: Instant,
    /// When a program last used it, to the minute.
    pub last_used: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

/// 32 random bytes for a session or a program, as 52 characters of base32.
pub(crate) fn secret(ctx: &Ctx) -> String {
    data_encoding::BASE32_NOPAD.encode(&ctx.random::<32>()).to_lowercase()
}

/// The form in which a secret is stored.
pub(crate) fn secret_hash(keys: &Keys, secret: &str) -> Vec<u8> {
    keys.hash(Purpose::Token, secret)
}
