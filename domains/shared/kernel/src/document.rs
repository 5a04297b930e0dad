//! Identity documents: the kind is what the person says (`id_type`), never guessed from the digits (C-07).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Day, IdNumber, Issue, Refusal, mask, text};

/// The kind of an identity document: a value of GA/T 517, or one of our own that begin with X.
///
/// Any value may be stored; the list with its names is data (`codes`). The constants are those with rules of their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct IdType([u8; 3]);

impl IdType {
    /// 居民身份证
    pub const RESIDENT: IdType = IdType(*b"111");
    /// 临时居民身份证
    pub const RESIDENT_TEMPORARY: IdType = IdType(*b"112");
    /// 户口簿
    pub const HOUSEHOLD_BOOK: IdType = IdType(*b"113");
    /// 普通护照
    pub const PASSPORT: IdType = IdType(*b"414");
    /// 台湾居民来往大陆通行证
    pub const TAIWAN_PASS: IdType = IdType(*b"511");
    /// 港澳居民来往内地通行证
    pub const HONG_KONG_MACAO_PASS: IdType = IdType(*b"516");
    /// 外国人永久居留身份证
    pub const PERMANENT_RESIDENCE: IdType = IdType(*b"553");
    /// 港澳居民居住证
    pub const HONG_KONG_MACAO_PERMIT: IdType = IdType(*b"X01");
    /// 台湾居民居住证
    pub const TAIWAN_PERMIT: IdType = IdType(*b"X02");

    /// The value, three characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII is put in")
    }

    /// Whether the number is a citizen identity number.
    pub fn is_citizen(self) -> bool {
        matches!(self, Self::RESIDENT | Self::RESIDENT_TEMPORARY | Self::HOUSEHOLD_BOOK)
    }

    /// How an 18-character number of this kind must begin, where it follows GB 11643 at all.
    fn prefixes(self) -> Option<&'static [&'static str]> {
        match self {
            _ if self.is_citizen() => Some(&[""]),
            Self::HONG_KONG_MACAO_PERMIT => Some(&["810000", "820000"]),
            Self::TAIWAN_PERMIT => Some(&["830000"]),
            // The card of 2023; the older one has three letters and twelve digits.
            Self::PERMANENT_RESIDENCE => Some(&["9"]),
            _ => None,
        }
    }
}

impl fmt::Display for IdType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for IdType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for IdType {
    type Err = crate::ParseError;

    fn from_str(value: &str) -> Result<IdType, crate::ParseError> {
        let wrong = crate::ParseError { what: "kind of document" };
        let bytes: [u8; 3] = value.as_bytes().try_into().map_err(|_| wrong)?;
        let right = bytes.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        if right { Ok(IdType(bytes)) } else { Err(wrong) }
    }
}

impl TryFrom<String> for IdType {
    type Error = crate::ParseError;

    fn try_from(value: String) -> Result<IdType, crate::ParseError> {
        value.parse()
    }
}

impl From<IdType> for String {
    fn from(kind: IdType) -> String {
        kind.as_str().to_string()
    }
}

/// The number of an identity document of a known kind. Its text is not in `Debug`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    kind: IdType,
    number: String,
    gb11643: Option<IdNumber>,
}

impl DocumentNumber {
    /// Reads the number of a document of this kind. Kinds that share the layout and check character of GB 11643 are
    /// held to it (C-07); of the others only the form is looked at (C-E09). The issues name the field `id_no`.
    pub fn parse(kind: IdType, typed: &str, today: Day) -> Result<DocumentNumber, Refusal> {
        let number = text::code(typed);
        let old_residence_card = kind == IdType::PERMANENT_RESIDENCE && is_letters_then_digits(&number, 3, 12);
        if let Some(prefixes) = kind.prefixes().filter(|_| !old_residence_card) {
            let parsed = IdNumber::parse(&number, today)?;
            if !prefixes.iter().any(|prefix| parsed.as_str().starts_with(prefix)) {
                return Err(not_of_kind(kind).into());
            }
            return Ok(DocumentNumber { kind, number, gb11643: Some(parsed) });
        }
        let of_form = match kind {
            IdType::PERMANENT_RESIDENCE => old_residence_card,
            IdType::HONG_KONG_MACAO_PASS => {
                is_letters_then_digits(&number, 1, 8) || is_letters_then_digits(&number, 1, 10)
            }
            IdType::TAIWAN_PASS => is_letters_then_digits(&number, 0, 8) || is_letters_then_digits(&number, 0, 10),
            _ => (3..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        };
        if of_form { Ok(DocumentNumber { kind, number, gb11643: None }) } else { Err(not_of_kind(kind).into()) }
    }

    /// The kind of the document.
    pub fn kind(&self) -> IdType {
        self.kind
    }

    /// The number as stored and hashed.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The number taken apart, if its kind follows GB 11643: it then tells birth date and sex.
    pub fn gb11643(&self) -> Option<&IdNumber> {
        self.gb11643.as_ref()
    }

    /// First 3 and last 4 characters (C-15).
    pub fn masked(&self) -> String {
        mask::id_number(&self.number)
    }
}

impl From<IdNumber> for DocumentNumber {
    /// A citizen's number is that of a resident identity card.
    fn from(number: IdNumber) -> DocumentNumber {
        DocumentNumber { kind: IdType::RESIDENT, number: number.search_key().to_string(), gb11643: Some(number) }
    }
}

impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentNumber({} {})", self.kind, self.masked())
    }
}

fn is_letters_then_digits(number: &str, letters: usize, digits: usize) -> bool {
    number.len() == letters + digits
        && number.bytes().take(letters).all(|byte| byte.is_ascii_uppercase())
        && number.bytes().skip(letters).all(|byte| byte.is_ascii_digit())
}

fn not_of_kind(kind: IdType) -> Issue {
    Issue::error("C-E09", "证件号码与所选证件类型的格式不符", "the number does not have the form of the chosen document")
        .field("id_no")
        .rule("C-07")
        .param("id_type", kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::ymd(2026, 11, 21);

    fn with_check(seventeen: &str) -> String {
        format!("{seventeen}{}", crate::iso7064::mod_11_2(seventeen).expect("digits"))
    }

    #[test]
    fn c_07_the_kind_comes_from_the_type_and_not_from_the_digits() {
        let permit = with_check("81000019900307001");
        let residence = with_check("91115619900307001");
        let right = [
            (IdType::HONG_KONG_MACAO_PERMIT, permit.as_str()),
            (IdType::PERMANENT_RESIDENCE, residence.as_str()),
            (IdType::PERMANENT_RESIDENCE, "USA110074072003"),
            (IdType::RESIDENT, "990101200405200017"),
            (IdType::PASSPORT, "E12345678"),
            (IdType::HONG_KONG_MACAO_PASS, "H12345678"),
            (IdType::TAIWAN_PASS, "12345678"),
        ];
        for (kind, number) in right {
            assert_eq!(DocumentNumber::parse(kind, number, TODAY).expect(number).kind(), kind);
        }
        for (kind, number) in [
            (IdType::TAIWAN_PERMIT, permit.as_str()),
            (IdType::PERMANENT_RESIDENCE, "110105194912310021"),
            (IdType::PASSPORT, "E1"),
            (IdType::HONG_KONG_MACAO_PASS, "12345678"),
        ] {
            assert!(DocumentNumber::parse(kind, number, TODAY).is_err(), "{number}");
        }
    }

    #[test]
    fn c_07_a_passport_number_is_not_held_to_the_checksum() {
        let passport = DocumentNumber::parse(IdType::PASSPORT, "990101200405200018", TODAY).expect("only its form counts");
        assert_eq!(passport.gb11643(), None);
    }
}
