//! What must not be published is taken out of a text: names, telephone numbers, numbers of documents and accounts, addresses of mail.

use kernel::text::is_han;

/// What stands in place of a long number.
const NUMBER: &str = "（号码已隐去）";
/// Words after which a name follows.
const BEFORE: [&str; 6] = ["我叫", "我是", "姓名：", "姓名:", "名叫", "本人"];
/// Words before which a name stands.
const AFTER: [&str; 14] = ["先生", "女士", "小姐", "同志", "老师", "主任", "科长", "局长", "处长", "所长", "医生", "大爷", "大妈", "阿姨"];
/// The most common family names: two thirds of all people have one of them.
const FAMILY: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

/// The text without what must not be published. `names` are those of the people concerned, as far as they are known.
///
/// ```
/// use interaction::screen::screen;
/// let told = "请打13900000000找张测试，我的身份证是990102199003070011";
/// assert_eq!(screen(told, &["张测试".to_owned()]), "请打139****0000找张**，我的身份证是（号码已隐去）");
/// ```
pub fn screen(text: &str, names: &[String]) -> String {
    let mut text = kernel::text::lines(text);
    for name in names.iter().filter(|name| name.chars().count() > 1) {
        text = text.replace(name.as_str(), &surname(name));
    }
    numbers(&mails(&called(&text)))
}

/// `张**`: for the public, less than the mask that staff see.
pub fn surname(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(String::from).unwrap_or_default();
    first + &"*".repeat(characters.count())
}

/// Names beside words that go with names.
fn called(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = |from: usize, word: &str| word.chars().enumerate().all(|(n, c)| characters.get(from + n) == Some(&c));
    let family = |c: &char| FAMILY.contains(*c);
    let mut out: Vec<char> = Vec::with_capacity(characters.len());
    let mut n = 0;
    while n < characters.len() {
        let introduced = BEFORE.iter().find(|word| at(n, word)).map(|word| word.chars().count());
        if let Some(length) = introduced {
            out.extend(&characters[n..n + length]);
            n += length;
            if characters.get(n).is_some_and(family) {
                let given = characters[n + 1..].iter().take(2).take_while(|c| is_han(**c)).count();
                out.push(characters[n]);
                out.extend(std::iter::repeat_n('*', given));
                n += 1 + given;
            }
            continue;
        }
        let given = (0..=2).rev().find(|given| family(&characters[n]) && AFTER.iter().any(|word| at(n + 1 + given, word)));
        match given.filter(|given| characters[n + 1..n + 1 + given].iter().all(|c| is_han(*c))) {
            Some(given) => {
                out.push(characters[n]);
                out.extend(std::iter::repeat_n('*', given));
                n += 1 + given;
            }
            None => {
                out.push(characters[n]);
                n += 1;
            }
        }
    }
    out.into_iter().collect()
}

/// Addresses of mail.
fn mails(text: &str) -> String {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@');
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if local(c) {
            word.push(c);
            continue;
        }
        if word.contains('@') && !word.starts_with('@') {
            out.push_str(&kernel::mask::email(&word));
        } else {
            out.push_str(&word);
        }
        word.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// Long numbers, with the spaces and dashes that people write into them.
fn numbers(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut n = 0;
    while n < characters.len() {
        if digit(characters[n]).is_none() {
            out.push(characters[n]);
            n += 1;
            continue;
        }
        let mut end = n;
        let mut digits = String::new();
        for (m, c) in characters.iter().enumerate().skip(n) {
            match digit(*c) {
                Some(d) => {
                    digits.push(d);
                    end = m + 1;
                }
                None if matches!(c, 'x' | 'X' | 'Ｘ' | 'ｘ') && digits.len() == 17 => {
                    digits.push('X');
                    end = m + 1;
                    break;
                }
                None if matches!(c, ' ' | '-' | '－' | '—' | '\u{3000}') => {}
                None => break,
            }
        }
        match digits.len() {
            11 if digits.starts_with('1') => out.push_str(&kernel::mask::phone(&digits)),
            7.. => out.push_str(NUMBER),
            _ => out.extend(&characters[n..end]),
        }
        n = end;
    }
    out
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn p3_9_takes_names_numbers_and_addresses_out_of_a_published_text() {
        let cases = [
            ("打 139 0000 0000", "打 139****0000"),
            ("电话１３９００００００００。", "电话139****0000。"),
            ("座机0990-1234567", "座机（号码已隐去）"),
            ("证号99010219900307002x在", "证号（号码已隐去）在"),
            ("3号窗口等了40分钟，2026年7月", "3号窗口等了40分钟，2026年7月"),
            ("我叫李小明，王主任不理我", "我叫李**，王主任不理我"),
            ("赵建国先生说可以", "赵**先生说可以"),
            ("写信到 li.si+1@example.cn 吧", "写信到 l***@example.cn 吧"),
            ("王测试态度好", "王**态度好"),
        ];
        for (told, shown) in cases {
            assert_eq!(screen(told, &["王测试".to_owned()]), shown, "{told}");
        }
        assert_eq!(surname("张测试"), "张**");
    }

    proptest! {
        #[test]
        fn p3_9_no_long_number_survives(before in "\\PC{0,8}", number in "[0-9]{7,30}", after in "\\PC{0,8}") {
            let shown = screen(&format!("{before} {number} {after}"), &[]);
            prop_assert!(!shown.contains(&number));
        }
    }
}
