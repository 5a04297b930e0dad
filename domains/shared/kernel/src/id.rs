//! Identifiers made by the program: UUIDv7, typed by what they identify.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ParseError;

/// Crockford's alphabet, lower case: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in groups of five.
const TEXT_LEN: usize = 26;

/// A UUIDv7 of 16 bytes that knows what it identifies: `pub struct Booking; pub type BookingId = Id<Booking>;`.
///
/// Ids sort by the millisecond in which they were made. As text they are 26 lower-case base32 characters, safe in an
/// address, read aloud without confusion, and sorted as the bytes are.
pub struct Id<K> {
    bytes: [u8; 16],
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// Makes an id from the time (milliseconds since 1970, UTC) and ten random bytes. Both come from the context, so
    /// that a transaction that runs twice writes the same id.
    pub fn new(millis: u64, random: [u8; 10]) -> Self {
        Self::from_bytes(*uuid::Builder::from_unix_timestamp_millis(millis, &random).as_uuid().as_bytes())
    }

    /// Takes the 16 bytes of an id that was stored before.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self { bytes, kind: PhantomData }
    }

    /// The 16 bytes, as stored.
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.bytes
    }

    /// The 16 bytes as a vector, for a column.
    pub fn to_vec(&self) -> Vec<u8> {
        self.bytes.to_vec()
    }
}

impl<K> TryFrom<Vec<u8>> for Id<K> {
    type Error = ParseError;

    fn try_from(bytes: Vec<u8>) -> Result<Self, ParseError> {
        bytes.try_into().map(Self::from_bytes).map_err(|_| ParseError { what: "id" })
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u128::from_be_bytes(self.bytes);
        for place in (0..TEXT_LEN).rev() {
            let digit = (number >> (5 * place)) & 31;
            write!(f, "{}", ALPHABET[digit as usize] as char)?;
        }
        Ok(())
    }
}

impl<K> FromStr for Id<K> {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let wrong = ParseError { what: "id" };
        // The first character carries only three bits.
        if text.len() != TEXT_LEN || text.as_bytes()[0] > b'7' {
            return Err(wrong);
        }
        let number = text.bytes().try_fold(0u128, |number, character| {
            let digit = ALPHABET.iter().position(|known| *known == character)?;
            Some(number << 5 | digit as u128)
        });
        Ok(Self::from_bytes(number.ok_or(wrong)?.to_be_bytes()))
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

// By hand, because a derive would ask the same of the marker `K`.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Thing;

    #[test]
    fn is_a_uuid_of_version_seven_and_sorts_by_time() {
        let earlier = Id::<Thing>::new(1_780_000_000_000, [0xff; 10]);
        let later = Id::<Thing>::new(1_780_000_000_001, [0; 10]);
        assert!(earlier < later);
        assert!(earlier.to_string() < later.to_string());
        assert_eq!(earlier.bytes()[6] >> 4, 7);
        assert_eq!(earlier.bytes()[8] >> 6, 0b10);
    }

    #[test]
    fn refuses_what_is_not_an_id() {
        for wrong in ["", "0", "80000000000000000000000000", "0000000000000000000000000l", "0000000000000000000000000é"] {
            assert!(wrong.parse::<Id<Thing>>().is_err(), "{wrong}");
        }
        assert!(Id::<Thing>::try_from(vec![0; 15]).is_err());
    }

    proptest! {
        #[test]
        fn text_and_bytes_give_the_same_id_back(bytes: [u8; 16]) {
            let id = Id::<Thing>::from_bytes(bytes);
            prop_assert_eq!(id.to_string().len(), TEXT_LEN);
            prop_assert_eq!(id.to_string().parse::<Id<Thing>>(), Ok(id));
            prop_assert_eq!(Id::<Thing>::try_from(id.to_vec()), Ok(id));
        }
    }
}
