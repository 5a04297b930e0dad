//! Passwords: what they must be like, and argon2id.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::Argon2;
use kernel::{Issue, Issues};
use platform::{Ctx, Error, Result};
use tokio::sync::Semaphore;

use crate::issues;
use crate::policy::POLICY;

/// Hashes computed at the same time at most: each takes 19 MiB and a core.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// A verified hash of no password anybody has, so that an unknown account takes as long as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$dG9uZ2JhbnRvbmdiYW4$Z3k0N0p3c0d2c1ZpQ0tKRkJ4c1R0Q2p5bE1uUW9VYXc";

/// Whose password it is, which decides on its rules.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// Long enough.
    Citizen,
    /// Longer, and of several classes of characters (P8.1).
    Staff,
}

/// Whether a new password is good enough; `name` is what its holder signs in with.
pub(crate) fn check(holder: Holder, password: &str, name: &str) -> Result<(), kernel::Refusal> {
    let mut issues = Issues::default();
    issues.keep(check_words(holder, password));
    issues.ensure(!contains(password, name), issues::password_is_contact);
    issues.finish().map(drop)
}

/// The same without the name: length and classes.
pub(crate) fn check_words(holder: Holder, password: &str) -> Result<(), kernel::Refusal> {
    let (least, least_classes) = match holder {
        Holder::Citizen => (POLICY.citizen.least, 0),
        Holder::Staff => (POLICY.staff.least, POLICY.staff.classes),
    };
    let length = password.chars().count();
    let mut issues = Issues::default();
    issues.ensure(length >= least, || issues::password_too_short(least));
    issues.ensure(length <= POLICY.longest, issues::password_too_long);
    issues.ensure(classes(password) >= least_classes, || issues::password_too_plain(least_classes));
    issues.finish().map(drop)
}

/// Whether the name is a part of the password.
pub(crate) fn contains(password: &str, name: &str) -> bool {
    password.to_lowercase().contains(&name.to_lowercase())
}

/// A password for one sign-in, out of random bytes: letters of both cases and digits that are not taken for one another.
pub(crate) fn one_time(random: [u8; 18]) -> String {
    const LETTERS: &[u8; 16] = b"abcdefghjkmnpqrs";
    let mut word = String::new();
    for (place, byte) in random.into_iter().enumerate() {
        if place > 0 && place % 5 == 0 {
            word.push('-');
        }
        let letter = char::from(LETTERS[usize::from(byte % 16)]);
        word.push(match place {
            0..5 => letter.to_ascii_uppercase(),
            5..15 => letter,
            _ => char::from(b'2' + byte % 8),
        });
    }
    word
}

fn classes(password: &str) -> usize {
    let kinds: [fn(char) -> bool; 4] =
        [char::is_uppercase, char::is_lowercase, |c| c.is_ascii_digit(), |c| !c.is_alphanumeric() || !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase()];
    kinds.iter().filter(|kind| password.chars().any(kind)).count()
}

/// Hashes a password, away from the threads that answer requests.
pub(crate) async fn hash(ctx: &Ctx, password: &str) -> Result<String> {
    let (salt, password) = (ctx.random::<16>(), password.to_owned());
    let _seat = AT_ONCE.acquire().await.map_err(Error::internal)?;
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash: PasswordHash| hash.to_string())
    });
    hashed.await.map_err(Error::internal)?.map_err(Error::internal)
}

/// Whether the password is the one behind the hash. Without a hash the work is done all the same, and the answer is no.
pub(crate) async fn verify(password: &str, hash: Option<String>) -> Result<bool> {
    if password.chars().count() > POLICY.longest {
        return Ok(false);
    }
    let (known, hash, password) = (hash.is_some(), hash.unwrap_or_else(|| NOBODY.to_owned()), password.to_owned());
    let _seat = AT_ONCE.acquire().await.map_err(Error::internal)?;
    let right = tokio::task::spawn_blocking(move || {
        let parsed = PasswordHash::new(&hash)?;
        Ok::<_, argon2::password_hash::phc::Error>(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    });
    Ok(right.await.map_err(Error::internal)?.map_err(Error::internal)? && known)
}

/// The issue at the field of a password that was typed wrong.
pub(crate) fn wrong() -> Issue {
    issues::wrong_sign_in()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(holder: Holder, password: &str) -> Vec<String> {
        let refusal = check(holder, password, "zhang.san").err();
        refusal.into_iter().flat_map(|refusal| refusal.0).map(|issue| issue.code.into_owned()).collect()
    }

    #[test]
    fn staff_need_ten_characters_of_three_classes() {
        assert_eq!(codes(Holder::Staff, "Abcdef123"), ["E-ID13"]);
        assert_eq!(codes(Holder::Staff, "abcdefgh12"), ["E-ID14"]);
        assert_eq!(codes(Holder::Staff, "Zhang.San-12"), ["E-ID15"]);
        assert_eq!(codes(Holder::Staff, "Abcdefgh12"), Vec::<String>::new());
        assert_eq!(codes(Holder::Staff, "abcdefg-12"), Vec::<String>::new());
        assert_eq!(codes(Holder::Citizen, "山高月小水落石出"), Vec::<String>::new());
        assert_eq!(codes(Holder::Citizen, &"a".repeat(201)), ["E-ID13"]);
    }

    #[test]
    fn a_password_for_one_sign_in_keeps_the_rules() {
        for byte in 0..=255 {
            assert_eq!(codes(Holder::Staff, &one_time([byte; 18])), Vec::<String>::new());
        }
        assert_eq!(one_time([17; 18]), "BBBBB-bbbbb-bbbbb-333");
    }

    #[tokio::test]
    async fn a_hash_verifies_its_password_and_no_other() {
        let hash = Argon2::default().hash_password_with_salt(b"right horse", &[7; 16]).map(|hash: PasswordHash| hash.to_string()).expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("right horse", Some(hash.clone())).await.expect("ran"));
        assert!(!verify("wrong horse", Some(hash)).await.expect("ran"));
        assert!(!verify("anything", None).await.expect("the stand-in is well formed"));
    }
}
