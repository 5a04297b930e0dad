//! What both are told. Outside their own page only the office is named.

use identity::ContactOf;
use kernel::phone::Phone;
use kernel::{Lang, Text};
use notices::{Notice, To, Topic};
use platform::{Ctx, Result};
use ::store::Tx;

use super::super::file::File;
use super::super::periods::Dates;
use crate::model::Side;

/// The page on which each of them sees the case.
const PAGE: &str = "/me/divorce";

/// Acceptance, or dates that were counted again: both periods in words.
pub(super) async fn dates(tx: &Tx, ctx: &Ctx, file: &File, dates: &Dates, office: &Text, again: bool) -> Result<()> {
    let provisional = if dates.provisional { ("（暂定，日历公布后重新告知）", " (provisional until the calendar is published)") } else { ("", "") };
    let body = Text::new(
        format!(
            "受理日{}；三十日期间至{}；{}至{}可共同申领离婚证{}，逾期视为撤回。",
            dates.accepted.zh_plain(),
            dates.cool_end.zh_plain(),
            dates.claim_from().zh_plain(),
            dates.claim_end.zh_plain(),
            provisional.0
        ),
        format!(
            "Accepted on {}; the thirty days end on {}; from {} to {} both can claim the certificate{}; after that the application counts as withdrawn.",
            dates.accepted.en_plain(),
            dates.cool_end.en_plain(),
            dates.claim_from().en_plain(),
            dates.claim_end.en_plain(),
            provisional.1
        ),
    );
    let title = if again { Text::fixed("离婚登记：日期有变化", "Divorce: the dates have changed") } else { Text::fixed("离婚登记申请已受理", "Application for divorce accepted") };
    let key = if again { format!("dates-{}-{}", dates.cool_end, dates.claim_end) } else { "accepted".to_owned() };
    each(tx, ctx, file, office, &key, title, body, None).await
}

/// The thirty days are over.
pub(super) async fn claimable(tx: &Tx, ctx: &Ctx, file: &File, dates: &Dates, office: &Text) -> Result<()> {
    let body = Text::new(
        format!("双方可于{}前（含当日）共同到{}申领离婚证，逾期视为撤回申请。", dates.claim_end.zh_plain(), office.zh),
        format!("Both can claim the certificate together at {} up to {}; after that the application counts as withdrawn.", office.en, dates.claim_end.en_plain()),
    );
    let sms = Text::new(
        format!("您办理的业务已进入可申领期，截止{}，详情请登录查看。", dates.claim_end.zh_plain()),
        format!("What you applied for can now be claimed, up to {}. Sign in for details.", dates.claim_end.en_plain()),
    );
    each(tx, ctx, file, office, "claimable", Text::fixed("离婚登记：可以领证了", "Divorce: the certificate can be claimed"), body, Some(sms)).await
}

/// It was withdrawn, or counts as withdrawn.
pub(super) async fn ended(tx: &Tx, ctx: &Ctx, file: &File, office: &Text) -> Result<()> {
    let (title, body) = (Text::fixed("离婚登记申请已终止", "Application for divorce ended"), ENDED);
    let sms = Text::fixed("您的申请已终止，可登录查看详情。", "Your application has ended. Sign in for details.");
    each(tx, ctx, file, office, "ended", title, body, Some(sms)).await
}

const ENDED: Text = Text {
    zh: std::borrow::Cow::Borrowed("离婚登记申请已撤回或者视为撤回，婚姻关系不变。需要时可以重新申请，三十日期间重新计算。"),
    en: std::borrow::Cow::Borrowed(
        "The application was withdrawn, or counts as withdrawn; the marriage stands. A new application starts a new thirty days.",
    ),
};

/// The divorce is registered.
pub(super) async fn registered(tx: &Tx, ctx: &Ctx, file: &File, office: &Text) -> Result<()> {
    let body = Text::fixed("离婚登记已完成，原结婚证失效；电子证照可在“我的证照”查看。", "The divorce is registered; the marriage certificates are void. The electronic certificate is among your certificates.");
    each(tx, ctx, file, office, "registered", Text::fixed("离婚登记已完成", "Divorce registered"), body, None).await
}

async fn each(tx: &Tx, ctx: &Ctx, file: &File, office: &Text, key: &str, title: Text, body: Text, sms: Option<Text>) -> Result<()> {
    for side in Side::BOTH {
        let Some((person, party)) = file.party(side).and_then(|party| Some((party.person?, party))) else { continue };
        let contact = ContactOf { phone: Phone::parse(&party.snapshot.phone).ok(), email: None, lang: Lang::Zh };
        let dedupe = format!("divorce-{}-{key}-{}", file.id(), side.code());
        let mut notice = Notice::new(To::Person(person), Topic::Progress, dedupe, title.clone(), body.clone()).link(PAGE).discreet(office.clone()).reach(&contact);
        if let Some(sms) = &sms {
            notice = notice.by_sms(sms.clone());
        }
        notices::tell(tx, ctx, notice).await?;
    }
    Ok(())
}
