//! Sealing and keyed hashing: what may not stand in clear in a column is sealed with SM4-GCM, what must be found again exactly is hashed
//! with SM3-HMAC.
//!
//! The keys live in one file outside the database and outside every backup. A sealed value names its key, so that keys can be rotated
//! while old values stay readable; table, column and row are bound in, so that a value cannot be moved to another place. The key of the search
//! hashes changes only by a rehash ([`crate::rehash`]).

use std::collections::BTreeMap;
use std::path::Path;

use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{AesGcm, KeyInit as _};
use hmac::{Hmac, Mac as _};
use sm3::Sm3;
use sm4::Sm4;
use zeroize::Zeroizing;

type Sm4Gcm = AesGcm<Sm4, U12>;

const NONCE: usize = 12;
const KEY: usize = 16;
const HASH_KEY: usize = 32;

/// What a keyed hash is for. Each purpose has a key of its own, so that hashes of different purposes say nothing about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Numbers of persons' documents.
    PersonNumber,
    /// Full names, for exact search.
    PersonName,
    /// Phone numbers and mail addresses of accounts.
    Contact,
    /// Tokens: sessions, QR codes, bearer tokens, one-time codes.
    Token,
    /// Names of files by their content.
    FileName,
    /// Seals of the audit trail.
    Audit,
    /// Small signed values in cookies and forms.
    Cookie,
    /// What a search index was made of. An index made before this had a purpose of its own is of another origin, and so is made anew.
    IndexOrigin,
}

impl Purpose {
    /// Whether hashes of this purpose can be computed again from what is sealed beside them. Only their key is changed by a rehash; tokens,
    /// names of files and seals of the trail keep theirs, because nobody has what they were computed from.
    fn is_for_search(self) -> bool {
        matches!(self, Self::PersonNumber | Self::PersonName | Self::Contact)
    }

    fn name(self) -> &'static str {
        match self {
            Self::PersonNumber => "person-number",
            Self::PersonName => "person-name",
            Self::Contact => "contact",
            Self::Token => "token",
            Self::FileName => "file-name",
            Self::Audit => "audit",
            Self::Cookie => "cookie",
            Self::IndexOrigin => "index-origin",
        }
    }
}

/// Why a sealed value could not be opened, or a key file not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Cut short, changed, or from another row, column or table.
    #[error("a sealed value is damaged or does not belong here")]
    Damaged,
    /// Sealed with a key that the ring does not have.
    #[error("sealed with key {0}, which is not in the key ring")]
    UnknownKey(u8),
    /// The opened bytes are no text.
    #[error("a sealed value is no text")]
    NoText,
    /// The key file is not well formed.
    #[error("the key file is damaged: {0}")]
    File(String),
    /// The key file could not be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

#[derive(serde::Serialize, serde::Deserialize)]
struct RingFile {
    /// Number of the key that seals.
    active: u8,
    /// Keys by number, base64.
    seal: BTreeMap<u8, String>,
    /// The key from which the keys for hashing are made, base64.
    hash: String,
    /// The same for what can be searched, once a rehash has parted it from `hash`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    search: Option<String>,
    /// The one that takes the place of `search` when the rehash under way has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next_search: Option<String>,
}

/// The key ring.
pub struct Keys {
    active: u8,
    seal: BTreeMap<u8, Zeroizing<[u8; KEY]>>,
    hash: Zeroizing<[u8; HASH_KEY]>,
    search: Option<Zeroizing<[u8; HASH_KEY]>>,
    next_search: Option<Zeroizing<[u8; HASH_KEY]>>,
    random: fn(&mut [u8]),
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys {{ active: {}, keys: {} }}", self.active, self.seal.len())
    }
}

impl Keys {
    /// Reads the key file, or makes one with fresh keys, readable by its owner alone. `random` fills bytes fit for keys and nonces.
    ///
    /// # Errors
    /// [`KeyError::Io`] and [`KeyError::File`].
    pub fn open_or_create(path: &Path, random: fn(&mut [u8])) -> Result<Self, KeyError> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, random),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let (hash, seal) = (Zeroizing::new([0; HASH_KEY]), BTreeMap::new());
                let mut keys = Self { active: 0, seal, hash, search: None, next_search: None, random };
                random(&mut keys.hash[..]);
                keys.rotate()?;
                keys.save(path)?;
                Ok(keys)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn parse(text: &str, random: fn(&mut [u8])) -> Result<Self, KeyError> {
        let ring: RingFile = serde_json::from_str(text).map_err(|error| KeyError::File(error.to_string()))?;
        let seal = ring.seal.iter().map(|(id, key)| Ok((*id, decode(key)?))).collect::<Result<BTreeMap<_, _>, KeyError>>()?;
        if !seal.contains_key(&ring.active) {
            return Err(KeyError::File(format!("active key {} is missing", ring.active)));
        }
        let search = ring.search.as_deref().map(decode).transpose()?;
        let next_search = ring.next_search.as_deref().map(decode).transpose()?;
        Ok(Self { active: ring.active, seal, hash: decode(&ring.hash)?, search, next_search, random })
    }

    /// Writes the ring beside the file and renames it into place, readable by its owner alone.
    ///
    /// # Errors
    /// [`KeyError::Io`].
    pub fn save(&self, path: &Path) -> Result<(), KeyError> {
        use std::io::Write as _;
        let base64 = |bytes: &[u8]| data_encoding::BASE64.encode(bytes);
        let ring = RingFile {
            active: self.active,
            seal: self.seal.iter().map(|(id, key)| (*id, base64(&key[..]))).collect(),
            hash: base64(&self.hash[..]),
            search: self.search.as_ref().map(|key| base64(&key[..])),
            next_search: self.next_search.as_ref().map(|key| base64(&key[..])),
        };
        let text = serde_json::to_string_pretty(&ring).map_err(|error| KeyError::File(error.to_string()))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // A temporary file is made for its owner alone (0600).
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    /// Adds a fresh key that seals from now on; the old ones only open. Returns its number.
    ///
    /// # Errors
    /// [`KeyError::File`] after 255 keys: values must be re-sealed and old keys dropped before.
    pub fn rotate(&mut self) -> Result<u8, KeyError> {
        let next = self.seal.keys().next_back().copied().unwrap_or(0).checked_add(1);
        let next = next.ok_or_else(|| KeyError::File("the key ring is full".to_owned()))?;
        let mut key = Zeroizing::new([0; KEY]);
        (self.random)(&mut key[..]);
        self.seal.insert(next, key);
        self.active = next;
        Ok(next)
    }

    /// Whether a sealed value was sealed with the key that seals now; if not, it is to be opened and sealed again.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        sealed.first() == Some(&self.active)
    }

    /// Whether the value may have been sealed with a key of the ring that does not seal any more.
    pub(crate) fn is_old(&self, sealed: &[u8]) -> bool {
        sealed.first().is_some_and(|id| *id != self.active && self.seal.contains_key(id))
    }

    /// Seals `plain` for one place: `key number ‖ nonce ‖ ciphertext and tag`.
    pub fn seal(&self, table: &str, column: &str, row: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        (self.random)(&mut nonce);
        let place = place(table, column, row);
        let cipher = self.cipher(self.active).expect("the active key is in the ring");
        let body = cipher.encrypt(&nonce.into(), Payload { msg: plain, aad: &place }).expect("values are far shorter than the cipher's limit");
        let mut sealed = Vec::with_capacity(1 + NONCE + body.len());
        sealed.push(self.active);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&body);
        sealed
    }

    /// Opens what [`Keys::seal`] sealed for the same place.
    ///
    /// # Errors
    /// [`KeyError::Damaged`] for anything changed or moved, [`KeyError::UnknownKey`].
    pub fn open(&self, table: &str, column: &str, row: &[u8], sealed: &[u8]) -> Result<Vec<u8>, KeyError> {
        let (&id, rest) = sealed.split_first().ok_or(KeyError::Damaged)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or(KeyError::Damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| KeyError::Damaged)?;
        let cipher = self.cipher(id).ok_or(KeyError::UnknownKey(id))?;
        let place = place(table, column, row);
        cipher.decrypt(&nonce.into(), Payload { msg: body, aad: &place }).map_err(|_| KeyError::Damaged)
    }

    /// [`Keys::seal`] for text.
    pub fn seal_text(&self, table: &str, column: &str, row: &[u8], plain: &str) -> Vec<u8> {
        self.seal(table, column, row, plain.as_bytes())
    }

    /// [`Keys::open`] for text.
    ///
    /// # Errors
    /// As [`Keys::open`], and [`KeyError::NoText`].
    pub fn open_text(&self, table: &str, column: &str, row: &[u8], sealed: &[u8]) -> Result<String, KeyError> {
        String::from_utf8(self.open(table, column, row, sealed)?).map_err(|_| KeyError::NoText)
    }

    /// Keyed hash of a text, 32 bytes: equal for equal texts of a purpose, and nothing without the key.
    pub fn hash(&self, purpose: Purpose, text: &str) -> Vec<u8> {
        self.hash_bytes(purpose, text.as_bytes())
    }

    /// [`Keys::hash`] for bytes.
    pub fn hash_bytes(&self, purpose: Purpose, bytes: &[u8]) -> Vec<u8> {
        let root = self.search.as_ref().filter(|_| purpose.is_for_search()).unwrap_or(&self.hash);
        of_purpose(root, purpose, bytes)
    }

    /// Whether a rehash was begun and not ended: some hashes are of the old key, some of the next. Nothing but the rehash may use such a ring.
    pub fn is_rehashing(&self) -> bool {
        self.next_search.is_some()
    }

    /// Draws the key of the next search hashes; keeps the one of a rehash that was begun before.
    pub(crate) fn begin_rehash(&mut self) {
        if self.next_search.is_none() {
            let mut key = Zeroizing::new([0; HASH_KEY]);
            (self.random)(&mut key[..]);
            self.next_search = Some(key);
        }
    }

    /// What [`Keys::hash`] will say once the rehash has ended.
    pub(crate) fn hash_next(&self, purpose: Purpose, text: &str) -> Vec<u8> {
        let root = self.next_search.as_ref().filter(|_| purpose.is_for_search());
        root.map_or_else(|| self.hash(purpose, text), |root| of_purpose(root, purpose, text.as_bytes()))
    }

    /// Takes the next key for the present one.
    pub(crate) fn end_rehash(&mut self) {
        if let Some(next) = self.next_search.take() {
            self.search = Some(next);
        }
    }

    fn cipher(&self, id: u8) -> Option<Sm4Gcm> {
        let key = self.seal.get(&id)?;
        Sm4Gcm::new_from_slice(&key[..]).ok()
    }

    /// A ring with fixed keys, for tests.
    pub fn for_tests() -> Self {
        fn counted(bytes: &mut [u8]) {
            use std::sync::atomic::{AtomicU64, Ordering};
            static NEXT: AtomicU64 = AtomicU64::new(1);
            let n = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            for (byte, value) in bytes.iter_mut().rev().zip(n.iter().rev().cycle()) {
                *byte = *value;
            }
        }
        let seal = BTreeMap::from([(1, Zeroizing::new([1; KEY]))]);
        Self { active: 1, seal, hash: Zeroizing::new([2; HASH_KEY]), search: None, next_search: None, random: counted }
    }
}

/// Under a key of the purpose's own.
fn of_purpose(root: &[u8; HASH_KEY], purpose: Purpose, bytes: &[u8]) -> Vec<u8> {
    mac(&mac(root, purpose.name().as_bytes()), bytes)
}

fn mac(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut mac = <Hmac<Sm3> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

fn decode<const N: usize>(text: &str) -> Result<Zeroizing<[u8; N]>, KeyError> {
    let bytes = data_encoding::BASE64.decode(text.as_bytes()).map_err(|error| KeyError::File(error.to_string()))?;
    let bytes: [u8; N] = bytes.try_into().map_err(|_| KeyError::File("a key of another length".to_owned()))?;
    Ok(Zeroizing::new(bytes))
}

/// Unambiguous, because each part is preceded by its length.
fn place(table: &str, column: &str, row: &[u8]) -> Vec<u8> {
    let mut place = Vec::new();
    for part in [table.as_bytes(), column.as_bytes(), row] {
        place.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        place.extend_from_slice(part);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_where_it_belongs() {
        let keys = Keys::for_tests();
        let sealed = keys.seal_text("person", "number", b"row 1", "990101200405200017");
        assert_eq!(keys.open_text("person", "number", b"row 1", &sealed).expect("opened"), "990101200405200017");
        assert!(!sealed.windows(6).any(|w| w == b"990101"));
        for (table, column, row) in [("person", "number", b"row 2"), ("person", "name", b"row 1"), ("staff", "number", b"row 1")] {
            assert!(matches!(keys.open(table, column, row, &sealed), Err(KeyError::Damaged)));
        }
        assert!(matches!(keys.open("personn", "umber", b"row 1", &sealed), Err(KeyError::Damaged)), "the parts of a place ran together");
    }

    #[test]
    fn every_changed_or_missing_byte_is_found() {
        let keys = Keys::for_tests();
        let sealed = keys.seal("t", "c", b"r", b"plain");
        for at in 1..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys.open("t", "c", b"r", &changed).is_err(), "byte {at}");
            assert!(keys.open("t", "c", b"r", &sealed[..at]).is_err(), "cut at {at}");
        }
        let mut other = sealed;
        other[0] = 9;
        assert!(matches!(keys.open("t", "c", b"r", &other), Err(KeyError::UnknownKey(9))));
        assert!(keys.open("t", "c", b"r", &[]).is_err());
    }

    #[test]
    fn old_values_stay_readable_after_a_rotation() {
        let mut keys = Keys::for_tests();
        let old = keys.seal("t", "c", b"r", b"plain");
        assert_eq!(keys.rotate().expect("a new key"), 2);
        let new = keys.seal("t", "c", b"r", b"plain");
        assert!(!keys.is_current(&old) && keys.is_current(&new));
        assert_eq!(keys.open("t", "c", b"r", &old).expect("opened"), b"plain");
        assert_eq!(keys.open("t", "c", b"r", &new).expect("opened"), b"plain");
    }

    #[test]
    fn hashes_differ_by_purpose_and_not_by_call() {
        let keys = Keys::for_tests();
        assert_eq!(keys.hash(Purpose::Contact, "13800000000"), keys.hash(Purpose::Contact, "13800000000"));
        assert_ne!(keys.hash(Purpose::Contact, "13800000000"), keys.hash(Purpose::Token, "13800000000"));
        assert_eq!(keys.hash(Purpose::Contact, "").len(), 32);
    }

    #[test]
    fn a_rehash_changes_what_is_searched_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys.json");
        let mut keys = Keys::for_tests();
        let all = [Purpose::PersonNumber, Purpose::PersonName, Purpose::Contact, Purpose::Token, Purpose::FileName, Purpose::Audit, Purpose::Cookie, Purpose::IndexOrigin];
        let before = all.map(|purpose| keys.hash(purpose, "x"));
        keys.begin_rehash();
        let next = all.map(|purpose| keys.hash_next(purpose, "x"));
        keys.save(&path).expect("saved");
        // A run that was killed goes on with the same key.
        let mut keys = Keys::open_or_create(&path, |_| ()).expect("read");
        assert!(keys.is_rehashing());
        keys.begin_rehash();
        assert_eq!(all.map(|purpose| keys.hash(purpose, "x")), before);
        keys.end_rehash();
        keys.save(&path).expect("saved");
        let keys = Keys::open_or_create(&path, |_| ()).expect("read");
        assert!(!keys.is_rehashing());
        assert_eq!(all.map(|purpose| keys.hash(purpose, "x")), next);
        for (purpose, (before, next)) in all.into_iter().zip(before.iter().zip(&next)) {
            assert_eq!(before == next, !purpose.is_for_search(), "{purpose:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_key_file_is_for_its_owner_and_comes_back() {
        use std::os::unix::fs::PermissionsExt as _;
        fn sevens(bytes: &mut [u8]) {
            bytes.fill(7);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys.json");
        let sealed = Keys::open_or_create(&path, sevens).expect("made").seal("t", "c", b"r", b"plain");
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        let again = Keys::open_or_create(&path, sevens).expect("read");
        assert_eq!(again.open("t", "c", b"r", &sealed).expect("opened"), b"plain");
        std::fs::write(&path, "{}").expect("written");
        assert!(matches!(Keys::open_or_create(&path, sevens), Err(KeyError::File(_))));
    }
}
