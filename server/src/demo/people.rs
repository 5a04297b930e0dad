//! Invented people: common names at random, numbers under regions that were never assigned.

use kernel::{Day, iso7064};

const SURNAMES: &[char] = &[
    '王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林', '何', '郭', '马', '罗', '梁', '宋', '郑', '谢', '韩', '唐', '冯',
    '于', '董', '萧', '程', '曹', '袁', '邓', '许', '傅', '沈', '曾', '彭', '吕',
];
const FOR_MEN: &[&str] = &[
    "伟", "强", "磊", "军", "洋", "勇", "杰", "涛", "明", "超", "浩然", "宇轩", "子涵", "俊杰", "文博", "志强", "家豪", "天佑", "建华", "思远", "一鸣", "泽宇",
    "嘉树", "承志", "景行", "书航",
];
const FOR_WOMEN: &[&str] = &[
    "芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "婷", "雪", "雨桐", "欣怡", "诗涵", "梓萱", "佳宁", "晓燕", "美玲", "若曦", "思琪", "语嫣", "安然", "知夏",
    "清婉", "采薇", "念慈", "书瑶",
];

/// An invented person.
#[derive(Debug, Clone)]
pub struct Invented {
    /// Name.
    pub name: String,
    /// A valid number under 990101.
    pub id_no: String,
    /// A number that no one can have.
    pub phone: String,
}

/// The `n`-th couple, a man and a woman of marriageable age on `today`; always the same for the same `n`.
pub fn couple(n: usize, today: Day) -> (Invented, Invented) {
    let years = |base: i32, n: usize| -(base + i32::try_from(n % 17).unwrap_or_default());
    let days = i64::try_from(n * 37 % 360).unwrap_or_default();
    let he = person(n, true, today.plus_years(years(23, n)).plus_days(-days));
    let she = person(n, false, today.plus_years(years(21, n / 2)).plus_days(-days / 2));
    (he, she)
}

fn person(n: usize, man: bool, birth: Day) -> Invented {
    let given = if man { FOR_MEN } else { FOR_WOMEN };
    let surname = SURNAMES[(n * 7 + usize::from(!man) * 11) % SURNAMES.len()];
    let name = format!("{surname}{}", given[(n * 5 + n / 26) % given.len()]);
    // Odd for a man; distinct for every n, since people born on one day differ in n.
    let sequence = (n % 400) * 2 + usize::from(man) + 100;
    let body = format!("990101{}{sequence:03}", birth.compact());
    let check = iso7064::mod_11_2(&body).expect("seventeen digits");
    Invented { name, id_no: format!("{body}{check}"), phone: format!("199{:08}", n * 2 + usize::from(man)) }
}
