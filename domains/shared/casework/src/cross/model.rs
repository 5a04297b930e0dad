//! The words of cross-region handling.

use catalog::model::Delivery;
use kernel::{Id, Instant, RegionCode, Text};
use platform::{OrgId, StaffId};

use crate::CaseId;

/// Id of a packet.
pub type PacketId = Id<Packet>;

/// A closed list that programs are sent as well.
macro_rules! told {
    ($(#[$doc:meta])* $name:ident $values:tt) => {
        kernel::coded! {
            $(#[$doc])*
            #[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
            #[serde(rename_all = "snake_case")]
            $name $values
        }
    };
}

told! {
    /// How a case is handled that one place takes in for the body of another.
    Mode {
        /// Any receiving place of the province takes the papers, the owner decides.
        Nearby = "nearby", "就近办", "Nearby";
        /// The applicant applies online, helped at the counter.
        Online = "online", "全程网办", "Wholly online";
        /// The receiving place checks identity and form and sends the papers on.
        Proxy = "proxy", "异地代收代办", "Taken in for another place";
        /// The receiving place is the one window; both places share the steps.
        Joint = "joint", "多地联办", "Handled by several places";
    }
}

impl Mode {
    /// Whether papers travel in packets that are sent and signed for; otherwise the body that answers has them at once.
    pub fn travels(self) -> bool {
        matches!(self, Self::Proxy | Self::Joint)
    }

    /// What that means, in a sentence.
    pub fn hint(self) -> Text {
        match self {
            Self::Nearby => Text::new("本省内任一受理点收件，材料即时转至承办机关", "Within the province: the body that answers has the papers at once"),
            Self::Online => Text::new("协助申请人网上提交，全程线上办理", "The applicant is helped to apply online"),
            Self::Proxy => Text::new("本窗口核验身份和材料形式，1个工作日内发送，对方签收后受理", "Check identity and form here, send within a working day"),
            Self::Joint => Text::new("本窗口统一受理，两地分步办理，结果由本窗口送达", "One window here; both places share the steps"),
        }
    }
}

told! {
    /// How the receiving place made sure who the applicant is.
    Method {
        /// 居民身份证 seen.
        Card = "card", "核对居民身份证原件", "Identity card seen";
        /// Read by a card reader.
        Reader = "reader", "读卡器读取身份证", "Identity card read";
        /// Face compared.
        Face = "face", "人脸比对", "Face compared";
        /// Another document.
        Document = "document", "核对其他有效证件", "Another valid document";
        /// For organisations: certificate and letter.
        Organisation = "organisation", "核对登记证书和授权书", "Certificate and letter of authority";
    }
}

told! {
    /// What a packet is.
    Sheet {
        /// Scans and answers, sent at once.
        Scan = "scan", "电子材料包", "Scanned packet";
        /// Papers, by post or messenger.
        Paper = "paper", "纸质材料", "Papers";
    }
}

told! {
    /// How far a handed-over case is; from acceptance on its phase says the rest.
    Stage {
        /// 已收件.
        TakenIn = "taken_in", "已收件", "Taken in";
        /// 已核身.
        Identified = "identified", "已核身", "Identity checked";
        /// 已发送.
        Sent = "sent", "已发送", "Sent";
        /// 已签收.
        Signed = "signed", "已签收", "Signed in";
        /// The packet has to be sent again.
        Failed = "failed", "校验失败，待重发", "Check failed, to be sent again";
    }
}

/// A check of who the applicant is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// How.
    pub method: Method,
    /// Who checked.
    pub by: StaffId,
    /// His name.
    pub name: String,
    /// When.
    pub at: Instant,
}

/// A second check by the body that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recheck {
    /// Who checked.
    pub name: String,
    /// Why the first one was not enough.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// A case that one place took in for the body of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossCase {
    /// The case.
    pub case: CaseId,
    /// How it is handled.
    pub mode: Mode,
    /// Where the applicant lives or is registered, where the counter asked.
    pub residence: Option<RegionCode>,
    /// The check by the receiving place.
    pub identity: Option<Identity>,
    /// The check by the body that answers, if there was one.
    pub recheck: Option<Recheck>,
    /// How the result comes back.
    pub delivery: Delivery,
    /// When it was taken in.
    pub opened_at: Instant,
}

/// What goes from one place to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// Id.
    pub id: PacketId,
    /// The case.
    pub case: CaseId,
    /// 1, 2, … within the case.
    pub n: i64,
    /// Scans or papers.
    pub sheet: Sheet,
    /// The receiving place: region and body.
    pub from: (RegionCode, OrgId),
    /// The body that answers.
    pub to: (RegionCode, OrgId),
    /// Basic code of the item.
    pub item_code: String,
    /// When it was made.
    pub made_at: Instant,
    /// First moment at which sending is late.
    pub send_by: Instant,
    /// When it was sent, and by whom.
    pub sent: Option<(Instant, StaffId, String)>,
    /// Of the post.
    pub express_no: String,
    /// SM3 over the list of what is in it.
    pub digest: String,
    /// First moment at which signing in is late.
    pub sign_by: Option<Instant>,
    /// When it was signed for, and by whom.
    pub signed: Option<(Instant, StaffId, String)>,
    /// When it was found that what arrived is not what was sent.
    pub failed_at: Option<Instant>,
}

impl Packet {
    /// How far it is.
    pub fn stage(&self) -> Stage {
        match (self.failed_at, &self.signed, &self.sent) {
            (Some(_), _, _) => Stage::Failed,
            (None, Some(_), _) => Stage::Signed,
            (None, None, Some(_)) => Stage::Sent,
            (None, None, None) => Stage::TakenIn,
        }
    }

    /// What is awaited of it and until when, with the place that has to act; nothing once it is signed for or has failed.
    pub fn awaited(&self) -> Option<(Awaited, Instant)> {
        match self.stage() {
            Stage::TakenIn | Stage::Identified => Some((Awaited::Sending, self.send_by)),
            Stage::Sent => self.sign_by.map(|by| (Awaited::Signing, by)),
            Stage::Signed | Stage::Failed => None,
        }
    }
}

/// What is awaited of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// The receiving place sends.
    Sending,
    /// The body that answers signs in.
    Signing,
}

/// How far a case is, from its identity check and its newest packets.
pub fn stage(case: &CrossCase, packets: &[Packet]) -> Stage {
    match packets.iter().filter(|packet| packet.sheet == Sheet::Scan).max_by_key(|packet| packet.n).map(Packet::stage) {
        None | Some(Stage::TakenIn | Stage::Identified) if case.identity.is_some() => Stage::Identified,
        None => Stage::TakenIn,
        Some(stage) => stage,
    }
}

/// The way in which the result comes back, if nobody wishes another: electronic where the item has it, because it is worth the same.
pub fn preferred(offered: &[Delivery]) -> Delivery {
    [Delivery::Electronic, Delivery::Post].into_iter().find(|way| offered.contains(way)).unwrap_or(Delivery::Counter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p10_9_the_result_comes_electronically_where_the_item_has_it() {
        assert_eq!(preferred(&[Delivery::Counter, Delivery::Electronic, Delivery::Post]), Delivery::Electronic);
        assert_eq!(preferred(&[Delivery::Counter, Delivery::Post]), Delivery::Post);
        assert_eq!(preferred(&[Delivery::Counter]), Delivery::Counter);
    }

    #[test]
    fn every_word_comes_back_from_its_code() {
        assert!(Mode::ALL.iter().all(|mode| Mode::from_code(mode.code()) == Some(*mode)));
        assert!(Method::ALL.iter().all(|method| Method::from_code(method.code()) == Some(*method)));
        assert!(Sheet::ALL.iter().all(|sheet| Sheet::from_code(sheet.code()) == Some(*sheet)));
        assert!(Stage::ALL.iter().all(|stage| Stage::from_code(stage.code()) == Some(*stage)));
    }
}
