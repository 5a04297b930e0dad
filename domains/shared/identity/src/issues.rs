//! Every issue of this crate.

use kernel::{Issue, Text};
use platform::own::Kept;
use platform::{Error, Role};

use crate::policy::POLICY;

pub(crate) fn contact_missing() -> Issue {
    Issue::error("E-ID11", "请填写手机号码或电子邮箱", "Enter your mobile number or e-mail address")
}

pub(crate) fn name_missing(field: &str) -> Issue {
    Issue::error("E-ID12", "请填写姓名", "Enter the name").field(field)
}

pub(crate) fn password_too_short(least: usize) -> Issue {
    let zh = format!("密码至少{least}个字符");
    Issue::error("E-ID13", zh, format!("The password needs at least {least} characters")).field("password").param("least", least)
}

pub(crate) fn password_too_long() -> Issue {
    let most = POLICY.longest;
    Issue::error("E-ID13", format!("密码不能超过{most}个字符"), format!("The password has more than {most} characters")).field("password").param("most", most)
}

pub(crate) fn password_too_plain(classes: usize) -> Issue {
    Issue::error(
        "E-ID14",
        format!("密码须含大写字母、小写字母、数字、符号中的至少{classes}类"),
        format!("The password needs {classes} of: capital letters, small letters, digits, other characters"),
    )
    .field("password")
    .param("classes", classes)
    .law("GB/T 22239-2019 8.1.4.1")
}

pub(crate) fn password_is_contact() -> Issue {
    Issue::error("E-ID15", "密码不能含有您的手机号、邮箱或用户名", "The password must not contain your number, address or user name")
        .field("password")
}

pub(crate) fn password_used(last: i64) -> Issue {
    let (zh, en) = if last == 1 {
        ("新密码不能与当前密码相同".to_owned(), "The new password must differ from the present one".to_owned())
    } else {
        (format!("不能使用最近{last}次用过的密码"), format!("None of your last {last} passwords may be used again"))
    };
    Issue::error("E-ID45", zh, en).field("password").param("n", last)
}

pub(crate) fn wrong_current() -> Issue {
    Issue::error("E-ID44", "当前密码不正确", "The present password is wrong").field("current")
}

pub(crate) fn last_contact() -> Issue {
    Issue::error("E-ID48", "账号至少保留一个联系方式，请先添加另一个", "An account keeps at least one contact: add another one first").field("contact")
}

/// What only the owner does, signed in himself.
pub(crate) fn owner_only() -> Error {
    Error::Denied(Issue::error("E-P805", "此操作只能由本人登录后进行", "Only the owner does this, signed in"))
}

/// The same for an unknown name and a wrong password.
pub(crate) fn wrong_sign_in() -> Issue {
    Issue::error("E-ID16", "账号或密码不正确", "The account or the password is wrong").field("password")
}

/// The same for a wrong, a used, an expired code and for one that was never sent.
pub(crate) fn wrong_code() -> Issue {
    Issue::error("E-ID17", "验证码不正确或已过期，请核对，或重新获取", "The code is wrong or has expired. Compare it, or ask for a new one")
        .field("code")
}

pub(crate) fn second_factor() -> Issue {
    Issue::error("E-P801", "请完成双因素认证：填写动态口令", "Complete two-factor authentication: enter the code of your authenticator app")
        .field("totp")
        .rule("P8.1")
        .law("GB/T 22239-2019 8.1.4.1 d")
}

pub(crate) fn locked(wait_secs: u32) -> Error {
    let minutes = wait_secs.div_ceil(60);
    let zh = format!("账号已锁定，请{minutes}分钟后再试");
    let en = format!("Account locked; try again in {minutes} minutes");
    Error::TooMany { wait_secs, issue: Issue::error("E-P803", zh, en).rule("P8.1").param("m", minutes) }
}

pub(crate) fn too_many_tries(wait_secs: u32) -> Error {
    let minutes = wait_secs.div_ceil(60);
    let zh = format!("尝试次数过多，请{minutes}分钟后再试");
    let en = format!("Too many attempts; try again in {minutes} min");
    Error::TooMany { wait_secs, issue: Issue::error("E-P803", zh, en).rule("P8.1").param("m", minutes) }
}

pub(crate) fn too_many_codes(wait_secs: u32) -> Error {
    let minutes = wait_secs.div_ceil(60);
    let zh = format!("验证码发送过于频繁，请{minutes}分钟后再试");
    let en = format!("Too many codes were asked for; try again in {minutes} minutes");
    Error::TooMany { wait_secs, issue: Issue::error("E-ID18", zh, en).param("m", minutes) }
}

pub(crate) fn too_many_checks(wait_secs: u32) -> Error {
    let minutes = wait_secs.div_ceil(60);
    let zh = format!("核验次数过多，请{minutes}分钟后再试，或携带证件到窗口办理");
    let en = format!("Too many checks; try again in {minutes} minutes, or bring your document to a counter");
    Error::TooMany { wait_secs, issue: Issue::error("E-ID19", zh, en).param("m", minutes) }
}

/// C-E08: what the verifier says.
pub(crate) fn name_and_number_differ() -> Issue {
    Issue::error("C-E08", "姓名与身份证号码不一致", "name and number do not match").field("name").rule("C-07")
}

/// No hint whose the number is.
pub(crate) fn needs_counter() -> Issue {
    Issue::error(
        "E-ID21",
        "您的实名信息需要人工核实，请携带身份证件到任一登记窗口办理",
        "Your identity has to be checked by a clerk: bring your document to any counter",
    )
    .rule("P8.1")
}

pub(crate) fn verifier_silent() -> Issue {
    Issue::error(
        "E-ID22",
        "实名核验服务暂未答复，请稍后再试，或携带身份证件到窗口办理",
        "The identity check gave no answer; try later, or bring your document to a counter",
    )
}

pub(crate) fn already_verified() -> Issue {
    Issue::error("E-ID23", "您已完成实名认证；更正信息请到窗口办理", "You are verified already; corrections are made at a counter")
}

pub(crate) fn account_unknown_at_counter() -> Issue {
    Issue::error("E-ID24", "没有使用该手机号或邮箱的账号，请当事人先注册", "No account uses this number or address; the person signs up first")
        .field("contact")
}

pub(crate) fn another_name() -> Issue {
    Issue::error(
        "E-ID25",
        "该证件号码已登记为其他姓名，请核对原件；确需更正的，按更正程序办理",
        "This number is registered under another name: compare the original; corrections have their own procedure",
    )
    .field("name")
}

pub(crate) fn username_form() -> Issue {
    Issue::error("E-ID31", "用户名为3–32个小写字母、数字、点、横线或下划线", "A user name has 3–32 small letters, digits, dots, dashes or underscores")
        .field("username")
}

pub(crate) fn username_taken() -> Issue {
    Issue::error("E-ID32", "该用户名已被使用", "This user name is taken").field("username")
}

pub(crate) fn org_unknown() -> Issue {
    Issue::error("E-ID33", "没有使用该统一社会信用代码的机构", "No organisation has this credit code").field("org")
}

pub(crate) fn region_unknown() -> Issue {
    Issue::error("E-ID34", "没有这个行政区划", "There is no such region").field("region")
}

pub(crate) fn grant_ended() -> Issue {
    Issue::error("E-ID35", "有效期应晚于现在", "The end must be in the future").field("until")
}

pub(crate) fn own_account() -> Issue {
    Issue::error("E-ID36", "不能停用自己或修改自己的岗位", "You cannot suspend yourself or change your own roles")
}

pub(crate) fn conflicting_roles(a: Role, b: Role) -> Issue {
    let (a_name, b_name) = (a.name(), b.name());
    let zh = format!("同一人不得担任互斥岗位：{}/{}", a_name.zh, b_name.zh);
    let en = format!("Same person may not hold conflicting roles {}/{}", a_name.en, b_name.en);
    Issue::error("E-P806", zh, en).field("role").rule("P8.2").param("a", a.code()).param("b", b.code())
}

/// `E-P807`: what stays of a section after a request to delete it.
pub(crate) fn kept_by_law(what: &Text, kept: &Kept) -> Issue {
    let (zh, en) = match kept.until {
        Some(day) => (format!("依法须保存至{}", day.zh_plain()), format!("must be kept until {} by law", day.en_plain())),
        None => ("依法须永久保存".to_owned(), "must be kept for good by law".to_owned()),
    };
    let zh = format!("{}：该信息{zh}，已停止其他处理", what.zh);
    let issue = Issue::warn("E-P807", zh, format!("{}: {en}; other processing stopped", what.en)).rule("P8.4");
    issue.param("d", kept.until.map(|day| day.to_string()).unwrap_or_default()).param("what", what.en.as_ref()).law(kept.source.zh.to_string())
}

/// `E-P808`: a child under fourteen without the consent of a guardian.
pub(crate) fn guardian_needed() -> Issue {
    let zh = "须取得监护人同意后方可处理不满十四周岁未成年人信息，请监护人携带双方证件到窗口办理";
    let en = "Guardian consent required for children under 14: the guardian comes to a counter with both documents";
    Issue::error("E-P808", zh, en).field("id_no").rule("P8.4").law("个人信息保护法第三十一条")
}

pub(crate) fn guardian_not_adult() -> Issue {
    Issue::error("E-ID54", "监护人应为成年人", "The guardian has to be an adult").field("guardian_id_no").law("民法典第十七条")
}

pub(crate) fn no_consent_needed() -> Issue {
    Issue::error("E-ID55", "该人已满十四周岁，不需要监护人同意", "This person is fourteen or older and needs no consent").field("child_id_no")
}

pub(crate) fn relation_missing() -> Issue {
    Issue::error("E-ID56", "请选择与未成年人的关系", "Choose how the guardian stands to the child").field("relation")
}

pub(crate) fn consent_not_seen() -> Issue {
    Issue::error("E-ID57", "请核对监护关系材料并由监护人签字同意后勾选", "Tick once the papers on it were seen and the guardian has signed").field("seen")
}

pub(crate) fn level_too_low() -> Error {
    Error::Denied(
        Issue::error("E-P802", "认证级别不足，请完成实人认证", "Assurance level too low; complete face verification").rule("P8.1"),
    )
}
