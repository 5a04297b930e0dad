//! Check characters by ISO 7064: MOD 11-2 (identity numbers), MOD 11,10 (case numbers), MOD 37,36 (licence identifiers).

const ALPHANUMERIC: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// MOD 11-2 over digits; the check character is a digit or `X`. `None` if anything but digits is given.
///
/// ```
/// assert_eq!(kernel::iso7064::mod_11_2("11010519491231002"), Some('X'));
/// ```
pub fn mod_11_2(digits: &str) -> Option<char> {
    let sum = digits.chars().try_fold(0, |sum, digit| Some((sum + digit.to_digit(10)?) * 2 % 11))?;
    // GB 11643 writes the same by weights: 2^(17-i) mod 11.
    Some(match (12 - sum) % 11 {
        10 => 'X',
        check => digit(check),
    })
}

/// MOD 11,10 over digits; the check character is a digit. `None` if anything but digits is given.
///
/// ```
/// assert_eq!(kernel::iso7064::mod_11_10("990102202607011000001"), Some('6'));
/// ```
pub fn mod_11_10(digits: &str) -> Option<char> {
    let product = digits.chars().try_fold(10, |product, digit| Some(hybrid(product, digit.to_digit(10)?, 10)))?;
    Some(digit((11 - product) % 10))
}

/// MOD 37,36 over digits and capital letters; the check character is one of them. `None` if anything else is given.
///
/// ```
/// assert_eq!(kernel::iso7064::mod_37_36("11100000000013338W01111430000006122244L20230000403001"), Some('U'));
/// ```
pub fn mod_37_36(characters: &str) -> Option<char> {
    let product = characters.bytes().try_fold(36, |product, character| {
        let value = ALPHANUMERIC.iter().position(|known| *known == character)?;
        Some(hybrid(product, value as u32, 36))
    })?;
    Some(ALPHANUMERIC[((37 - product) % 36) as usize] as char)
}

/// One step of a hybrid system with modulus M+1 and M.
fn hybrid(product: u32, value: u32, modulus: u32) -> u32 {
    let sum = (product + value) % modulus;
    (if sum == 0 { modulus } else { sum }) * 2 % (modulus + 1)
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).expect("a remainder below ten")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn c_01_gives_the_check_characters_of_the_standards() {
        assert_eq!(mod_11_2("0794"), Some('0'));
        assert_eq!(mod_11_2("99010219900307001"), Some('1'));
        assert_eq!(mod_11_2("99010219900307002"), Some('X'));
        assert_eq!(mod_11_10("0794"), Some('5'));
        assert_eq!(mod_37_36("A12425GABC1234002"), Some('M'));
        assert_eq!(mod_11_2("12a4"), None);
        assert_eq!(mod_37_36("ab"), None);
    }

    proptest! {
        /// What the systems are for: one wrong digit and two neighbours exchanged are found.
        #[test]
        fn c_01_finds_one_wrong_digit_and_two_exchanged(digits in "[0-9]{17}", at in 0usize..16, wrong in 1u8..10) {
            let check = mod_11_2(&digits);
            let mut changed = digits.clone().into_bytes();
            changed[at] = b'0' + (changed[at] - b'0' + wrong) % 10;
            prop_assert_ne!(mod_11_2(std::str::from_utf8(&changed).expect("digits")), check);

            let mut exchanged = digits.clone().into_bytes();
            exchanged.swap(at, at + 1);
            if exchanged != digits.as_bytes() {
                prop_assert_ne!(mod_11_2(std::str::from_utf8(&exchanged).expect("digits")), check);
            }
        }

        #[test]
        fn hybrid_systems_find_one_wrong_character(text in "[0-9]{21}", at in 0usize..21, wrong in 1u8..10) {
            let mut changed = text.clone().into_bytes();
            changed[at] = b'0' + (changed[at] - b'0' + wrong) % 10;
            let changed = std::str::from_utf8(&changed).expect("digits");
            prop_assert_ne!(mod_11_10(changed), mod_11_10(&text));
            prop_assert_ne!(mod_37_36(changed), mod_37_36(&text));
        }
    }
}
