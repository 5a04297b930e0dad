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
    Flash { code: "packet-sent", tone: Tone::Good, zh: "材料包已发送，对方应在1个工作日内签收。", en: "The packet is on its way; the other place signs it in within a working day." },
    Flash { code: "packet-signed", tone: Tone::Good, zh: "校验通过，已签收；受理期限自今日起计算。", en: "Verified and signed in; the time limit runs from today." },
    Flash { code: "packet-made", tone: Tone::Good, zh: "已生成新的材料包，请核对后发送。", en: "Another packet is made; check and send it." },
    Flash { code: "identity-noted", tone: Tone::Good, zh: "身份核验已记录。", en: "The check of identity is recorded." },
    Flash { code: "case-moved", tone: Tone::Good, zh: "已办理，记录已保存。", en: "Done and recorded." },
    Flash { code: "case-sent", tone: Tone::Good, zh: "已转送，办件现由对方机构办理。", en: "Sent on; the other body handles the case now." },
    Flash { code: "paper-judged", tone: Tone::Good, zh: "核对结果已记录。", en: "What you found is recorded." },
    Flash { code: "paper-taken", tone: Tone::Good, zh: "材料已收下。", en: "The paper has been taken in." },
    Flash { code: "parts-opened", tone: Tone::Good, zh: "并联事项已发起。", en: "The parts have been opened." },
    Flash { code: "pledge-checked", tone: Tone::Good, zh: "核查结果已记录。", en: "What was found is recorded." },
    Flash { code: "absence-declared", tone: Tone::Good, zh: "已登记，代理人在此期间可以代为办理。", en: "Declared; the delegate can act in these days." },
    Flash { code: "absence-ended", tone: Tone::Good, zh: "代理已结束。", en: "The delegation has ended." },
    Flash { code: "credit-withdrawn", tone: Tone::Good, zh: "失信记录已撤销，记录保留备查。", en: "The record is withdrawn; it is kept to be seen." },
    Flash { code: "notice-read", tone: Tone::Good, zh: "已标为已读。", en: "Marked as read." },
    Flash { code: "notices-read", tone: Tone::Good, zh: "已全部标为已读。", en: "Everything is marked as read." },
    Flash { code: "release-joined", tone: Tone::Good, zh: "您已登记排队，名次见下。", en: "You have joined; your place is below." },
    Flash { code: "release-left", tone: Tone::Plain, zh: "您已退出排队。", en: "You have left the line." },
    Flash { code: "saved", tone: Tone::Good, zh: "已保存。", en: "Saved." },
    Flash { code: "draft-saved", tone: Tone::Good, zh: "已保存，随时可以接着填，换设备也可以。", en: "Saved. Go on whenever you like, on any device." },
    Flash { code: "draft-discarded", tone: Tone::Plain, zh: "草稿已删除。", en: "The draft has been thrown away." },
    Flash { code: "draft-gone", tone: Tone::Mind, zh: "这份草稿已经提交或者删除，请在下面查看。", en: "This draft has been submitted or thrown away; see below." },
    Flash { code: "sheet-gone", tone: Tone::Mind, zh: "这份收件已经提交或者删除。", en: "This has been taken in or thrown away." },
    Flash { code: "sheet-discarded", tone: Tone::Plain, zh: "未办完的收件已删除。", en: "What was begun has been thrown away." },
    Flash { code: "paper-removed", tone: Tone::Plain, zh: "材料已删除。", en: "The paper has been removed." },
    Flash { code: "case-supplied", tone: Tone::Good, zh: "已提交，我们接着办理。", en: "Sent. We go on from here." },
    Flash { code: "case-withdrawn", tone: Tone::Plain, zh: "申请已撤回。", en: "The application is withdrawn." },
    Flash { code: "letter-given", tone: Tone::Good, zh: "委托书已登记，可以代为办理了。", en: "The letter is recorded; you may act from now on." },
    Flash { code: "letter-revoked", tone: Tone::Plain, zh: "委托已撤销，立即失效。", en: "The letter is revoked and worth nothing from now on." },
    Flash { code: "rated", tone: Tone::Good, zh: "谢谢您的评价。", en: "Thank you for your rating." },
    Flash { code: "said", tone: Tone::Good, zh: "已记录，我们会继续办理。", en: "Noted; we go on from there." },
    Flash { code: "done", tone: Tone::Good, zh: "已办理。", en: "Done." },
    Flash { code: "published", tone: Tone::Good, zh: "已公布，个人信息已隐去。", en: "Published, without personal data." },
    Flash { code: "signed-in", tone: Tone::Good, zh: "您已登录。", en: "You are signed in." },
    Flash { code: "signed-up", tone: Tone::Good, zh: "账号已开通，您已登录。", en: "Your account is open and you are signed in." },
    Flash { code: "vouched", tone: Tone::Good, zh: "已当面核验，账号升为三级实名。", en: "Checked face to face: the account now has level 3." },
    Flash { code: "staff-suspended", tone: Tone::Good, zh: "已停用，其登录状态立即失效。", en: "Suspended; every session has ended." },
    Flash { code: "staff-resumed", tone: Tone::Good, zh: "已恢复使用。", en: "The account works again." },
    Flash { code: "role-granted", tone: Tone::Good, zh: "岗位已授予。", en: "The role has been granted." },
    Flash { code: "token-revoked", tone: Tone::Good, zh: "令牌已吊销，立即失效。", en: "The token is revoked and worth nothing from now on." },
    Flash { code: "role-revoked", tone: Tone::Good, zh: "岗位已收回。", en: "The role has been revoked." },
    Flash { code: "password-changed", tone: Tone::Good, zh: "密码已修改，其他设备已退出登录。", en: "Your password is changed; other devices are signed out." },
    Flash { code: "contact-set", tone: Tone::Good, zh: "联系方式已更新。", en: "Your contacts are up to date." },
    Flash { code: "contact-removed", tone: Tone::Good, zh: "已移除。", en: "It has been removed." },
    Flash { code: "sessions-ended", tone: Tone::Good, zh: "其所有登录已结束。", en: "Every session has ended." },
    Flash { code: "strong", tone: Tone::Plain, zh: "已切换为高对比度，页尾可以随时切回。", en: "Strong contrast is on. Switch back at the foot of any page." },
    Flash { code: "plain", tone: Tone::Plain, zh: "已切换为标准对比度。", en: "Normal contrast is on." },
    Flash { code: "signed-out", tone: Tone::Plain, zh: "您已退出登录。", en: "You have signed out." },
    Flash { code: "password-set", tone: Tone::Good, zh: "新密码已生效，请用它登录。", en: "Your new password works now. Sign in with it." },
    Flash { code: "real-name", tone: Tone::Good, zh: "实名信息已核验。", en: "Your identity has been checked." },
    Flash { code: "booking-cancelled", tone: Tone::Good, zh: "预约已取消，名额已放回。", en: "The booking is cancelled and its place is free again." },
    Flash { code: "consent-noted", tone: Tone::Good, zh: "监护人同意已登记，可以办理。", en: "The guardian’s consent is noted; you can go on." },
    Flash { code: "consent-withdrawn", tone: Tone::Good, zh: "同意已撤回，此后不再处理。", en: "The consent is withdrawn; nothing is handled from now on." },
    Flash { code: "no-show-lifted", tone: Tone::Good, zh: "已解除，这次不计爽约。", en: "Taken back: this time does not count." },
    Flash { code: "booking-moved", tone: Tone::Good, zh: "预约时间已更改。", en: "The booking has been moved." },
    Flash { code: "calendar-imported", tone: Tone::Good, zh: "日历已导入，有关期限已重算。", en: "The calendar is in force; the time limits that it concerns have been counted again." },
    Flash { code: "paper-served", tone: Tone::Good, zh: "送达情况已记录，送达回证已生成。", en: "The service is recorded and its record issued." },
    Flash { code: "paper-sent", tone: Tone::Good, zh: "已登记交邮。", en: "Given to the post." },
    Flash { code: "paper-returned", tone: Tone::Plain, zh: "已登记退回，请另行送达。", en: "Recorded as returned; serve it in another way." },
    Flash { code: "paper-voided", tone: Tone::Good, zh: "文书已作废，文号保留。", en: "The document is void; its number stays." },
    Flash { code: "card-answered", tone: Tone::Good, zh: "答复已记录。", en: "The answer is recorded." },
    Flash { code: "card-cancelled", tone: Tone::Good, zh: "该牌已撤销，原牌和理由都保留。", en: "The card is cancelled; it and the reason are kept." },
    Flash { code: "card-raised", tone: Tone::Good, zh: "已发牌，正在送达。", en: "The card is issued and being delivered." },
    Flash { code: "cases-followed", tone: Tone::Good, zh: "在办件已移交继受区划的机构。", en: "The open cases have followed to the successor." },
    Flash { code: "archive-started", tone: Tone::Good, zh: "已开始归档，几分钟后可以查看归档包。", en: "Archiving has begun; the package is there in some minutes." },
    Flash { code: "archive-whole", tone: Tone::Good, zh: "归档包完整，没有改动。", en: "The package is whole and unchanged." },
    Flash { code: "outbox-retried", tone: Tone::Good, zh: "已重新排队，马上再试。", en: "Queued again; it is tried at once." },
    Flash { code: "outbox-dismissed", tone: Tone::Good, zh: "该消息不再发送。", en: "The message will not be sent." },
    Flash { code: "mandate-given", tone: Tone::Good, zh: "已登记，该系统现在可以依法调用。", en: "Recorded: the program may read under this law from now on." },
    Flash { code: "mandate-ended", tone: Tone::Good, zh: "已终止，立即失效。", en: "Ended; it is worth nothing from now on." },
    Flash { code: "backentry-sent", tone: Tone::Good, zh: "表格已收到，正在后台读取；可以离开本页，稍后再看。", en: "The table is here and is being read; you may leave this page and come back." },
    Flash { code: "backentry-images", tone: Tone::Good, zh: "图像已保存。", en: "The page images are kept." },
    Flash { code: "backentry-published", tone: Tone::Good, zh: "已复核入库。", en: "Checked and published." },
    Flash { code: "backentry-conflict", tone: Tone::Mind, zh: "与现有婚姻记录冲突，未入库；已列入待核实。", en: "In conflict with a marriage on record: not published, and listed to be looked into." },
    Flash { code: "backentry-back", tone: Tone::Good, zh: "已退回录入人更正。", en: "Sent back to be mended." },
    Flash { code: "backentry-apart", tone: Tone::Good, zh: "已记录，不入库。", en: "Recorded; it is not published." },
    Flash { code: "backentry-ended", tone: Tone::Good, zh: "已记录婚姻终止。", en: "The end of the marriage is recorded." },
    Flash { code: "stock-entered", tone: Tone::Good, zh: "已录入，等另一人核对后入库。", en: "Entered. It is loaded once another person has compared it." },
    Flash { code: "stock-loading", tone: Tone::Good, zh: "核对通过，正在入库。", en: "The comparison is recorded; the lines are being loaded." },
    Flash { code: "stock-refused", tone: Tone::Mind, zh: "差错率超过千分之一，整批不入库。请更正后重新录入。", en: "More than one error in a thousand: nothing is loaded. Correct the table and enter it again." },
    Flash { code: "item-opened", tone: Tone::Good, zh: "变更草稿已建立，公布的版本不受影响。", en: "The draft is open. What is published stays as it is." },
    Flash { code: "item-submitted", tone: Tone::Good, zh: "已提交审核。", en: "Sent to review." },
    Flash { code: "item-reviewed", tone: Tone::Good, zh: "审核意见已记录。", en: "The review has been recorded." },
    Flash { code: "item-published", tone: Tone::Good, zh: "新版本已发布，旧版本保留。", en: "The new version is published; the old one is kept." },
    Flash { code: "item-switched", tone: Tone::Good, zh: "事项状态已更改，已经受理的照常办理。", en: "The item’s state has changed; cases that were accepted go on." },
    Flash { code: "hall-requeued", tone: Tone::Good, zh: "已重新排队。", en: "Queued again." },
    Flash { code: "hall-called", tone: Tone::Good, zh: "已叫号。", en: "Called." },
    Flash { code: "hall-passed", tone: Tone::Plain, zh: "已过号，可重新排队一次。", en: "Passed; it can be queued again once." },
    Flash { code: "hall-void", tone: Tone::Plain, zh: "再次过号，号码已作废。", en: "Missed again: the ticket is void." },
    Flash { code: "hall-done", tone: Tone::Good, zh: "已办结。", en: "Done." },
    Flash { code: "hall-handed-over", tone: Tone::Good, zh: "已转到另一窗口。", en: "Handed over to the other window." },
    Flash { code: "hold-ended", tone: Tone::Mind, zh: "保留时间已到，名额已放回。请重新选择时间。", en: "The time was not kept any longer. Please choose again." },
    Flash { code: "waiting-joined", tone: Tone::Good, zh: "已加入候补。有名额时我们会发短信。", en: "You are on the waiting list. We send a text message when there is a place." },
    Flash { code: "waiting-left", tone: Tone::Plain, zh: "已退出候补。", en: "You have left the waiting list." },
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
