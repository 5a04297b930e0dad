//! How personal values are shown to those who need not see them whole (C-15, settled as: name by its length,
//! number first 3 and last 4).

/// `张*` for two characters, first and last of longer ones: `张*三`, `欧**娜`.
pub fn name(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    match characters.as_slice() {
        [] => String::new(),
        [_] => "*".to_string(),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
    }
}

/// First 3 and last 4 of an identity or document number: `990***********0017`. Shorter ones keep less than half.
pub fn id_number(number: &str) -> String {
    let length = number.chars().count();
    if length >= 10 { ends(number, 3, 4) } else { ends(number, 1, length.min(8) / 4) }
}

/// `138****1234`.
pub fn phone(phone: &str) -> String {
    if phone.chars().count() >= 10 { ends(phone, 3, 4) } else { ends(phone, 0, 2) }
}

/// First character and domain: `w***@example.cn`. The stars do not tell the length.
pub fn email(address: &str) -> String {
    match address.split_once('@') {
        Some((user, domain)) => format!("{}***@{domain}", user.chars().next().unwrap_or('*')),
        None => "***".to_string(),
    }
}

/// Last 4 of a bank account: `***************6789`.
pub fn account(number: &str) -> String {
    ends(number, 0, 4)
}

fn ends(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    if length <= head + tail {
        return "*".repeat(length);
    }
    text.chars().enumerate().map(|(at, c)| if at < head || at >= length - tail { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn c_15_masks_names_numbers_phones_and_accounts() {
        assert_eq!((name("张三"), name("张小三"), name("欧阳小娜"), name("王")), ("张*".into(), "张*三".into(), "欧**娜".into(), "*".into()));
        assert_eq!(id_number("990101200405200017"), "990***********0017");
        assert_eq!(id_number("E1234567"), "E*****67");
        assert_eq!(phone("13812341234"), "138****1234");
        assert_eq!(email("wang@example.cn"), "w***@example.cn");
        assert_eq!(account("6222020200112236789"), "***************6789");
    }

    proptest! {
        #[test]
        fn c_15_never_shows_a_short_value_whole(value in "[0-9A-Z]{1,24}") {
            for mask in [name, id_number, phone, account] {
                prop_assert!(mask(&value).contains('*'), "{}", value);
            }
        }
    }
}
