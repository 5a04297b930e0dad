//! The one-line message after a redirect. Only its code travels in a cookie; the words are here.

use crate::components::Tone;
use kernel::Lang;

/// A message that is shown once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flash {
    /// What the cookie holds.
    pub code: &'static str,
    /// Green for done, plain for information.
    pub tone: Tone,
    zh: &'static str,
    en: &'static str,
}

/// Every message there is. Add a line; say what happened and, where something follows, what happens next.
const ALL: &[Flash] = &[
    Flash { code: "saved", tone: Tone::Good, zh: "已保存。", en: "Saved." },
    Flash { code: "signed-in", tone: Tone::Good, zh: "您已登录。", en: "You are signed in." },
    Flash { code: "signed-out", tone: Tone::Plain, zh: "您已退出登录。", en: "You have signed out." },
    Flash { code: "password-set", tone: Tone::Good, zh: "新密码已生效，请用它登录。", en: "Your new password works now. Sign in with it." },
    Flash { code: "real-name", tone: Tone::Good, zh: "实名信息已核验。", en: "Your identity has been checked." },
    Flash { code: "booking-cancelled", tone: Tone::Good, zh: "预约已取消，名额已放回。", en: "The booking is cancelled and its place is free again." },
    Flash { code: "booking-moved", tone: Tone::Good, zh: "预约时间已更改。", en: "The booking has been moved." },
    Flash { code: "calendar-imported", tone: Tone::Good, zh: "日历已导入，有关期限已重算。", en: "The calendar is in force; the time limits that it concerns have been counted again." },
    Flash { code: "outbox-retried", tone: Tone::Good, zh: "已重新排队，马上再试。", en: "Queued again; it is tried at once." },
    Flash { code: "outbox-dismissed", tone: Tone::Good, zh: "该消息不再发送。", en: "The message will not be sent." },
    Flash { code: "language", tone: Tone::Plain, zh: "已切换为中文。", en: "The pages are now in English." },
    Flash { code: "large", tone: Tone::Plain, zh: "已切换为大字版，页首可以随时切回。", en: "Large type is on. Switch back at the top of any page." },
    Flash { code: "normal", tone: Tone::Plain, zh: "已切换为标准版。", en: "Standard type is on." },
];

impl Flash {
    /// The message with this code; nothing for a code that is unknown (an old or a forged cookie).
    pub fn find(code: &str) -> Option<Self> {
        ALL.iter().find(|flash| flash.code == code).copied()
    }

    /// Its words.
    pub fn text(self, lang: Lang) -> &'static str {
        crate::tr(lang, self.zh, self.en)
    }
}
