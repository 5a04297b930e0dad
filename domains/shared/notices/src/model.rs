//! What is told, to whom, and how it went.

use identity::ContactOf;
use identity::security::Warning;
use kernel::{Id, Instant, Text};
use platform::{AccountId, PersonId, StaffId};
use serde::{Deserialize, Serialize};

use crate::Topic;

/// Marker of one channel of a notice.
#[derive(Debug)]
pub struct Delivery;

/// Id of a notice.
pub type NoticeId = Id<Notice>;
/// Id of one channel of a notice; also the message id under which it goes out.
pub type DeliveryId = Id<Delivery>;

/// Who is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum To {
    /// Whoever signs in with this account, whoever he is: the security of the account.
    Account(AccountId),
    /// A person, whatever account he has now or later.
    Person(PersonId),
    /// A member of staff, on the page alone.
    Staff(StaffId),
    /// Somebody without an account, by a number or address alone.
    Address,
}

/// What is said. Sealed as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// One line.
    pub title: Text,
    /// The full text, as the page shows it; lines are paragraphs.
    pub body: Text,
}

/// One thing to tell.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notice {
    pub(crate) to: To,
    pub(crate) topic: Topic,
    pub(crate) dedupe: String,
    pub(crate) words: Words,
    pub(crate) discreet: Option<Text>,
    pub(crate) sms: Option<Text>,
    pub(crate) mail: Option<Text>,
    pub(crate) link: Option<String>,
    pub(crate) urgent: bool,
    pub(crate) not_before: Option<Instant>,
    pub(crate) reach: Option<Reach>,
}

/// Numbers and addresses as they lie in the outbox.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Reach {
    pub(crate) phone: Option<String>,
    pub(crate) mail: Option<String>,
    pub(crate) lang: String,
}

impl Notice {
    /// A notice for the page, and by mail and short message with the same words. Two notices with the same `dedupe` are one, so the key
    /// names the person where several are told.
    pub fn new(to: To, topic: Topic, dedupe: impl Into<String>, title: Text, body: Text) -> Self {
        Self {
            to,
            topic,
            dedupe: dedupe.into(),
            words: Words { title, body },
            discreet: None,
            sms: None,
            mail: None,
            link: None,
            urgent: false,
            not_before: None,
            reach: None,
        }
    }

    /// What `identity` warns of: told at once, and to the numbers that the account had when it happened.
    pub(crate) fn of_account(warning: Warning) -> Self {
        let Warning { key, account, title, body, phone, email } = warning;
        let reach = (phone.is_some() || email.is_some()).then_some(Reach { phone, mail: email, lang: String::new() });
        Self { reach, ..Self::new(To::Account(account), Topic::Security, key, title, body).urgent() }
    }

    /// Of a discreet matter: outside the page only this office is named, unless [`Self::by_sms`] or [`Self::by_mail`] give words that
    /// tell no more. It is also the subject of the mail.
    pub fn discreet(mut self, office: Text) -> Self {
        self.discreet = Some(office);
        self
    }

    /// Other words for the short message. They name neither persons nor reasons (C-22).
    pub fn by_sms(mut self, text: Text) -> Self {
        self.sms = Some(text);
        self
    }

    /// Other words for the mail.
    pub fn by_mail(mut self, text: Text) -> Self {
        self.mail = Some(text);
        self
    }

    /// The page it is about: a path of this site, without anything personal in it.
    pub fn link(mut self, path: impl Into<String>) -> Self {
        self.link = Some(path.into());
        self
    }

    /// Does not wait for the morning: a code, the answer to what the person does just now, a place that is kept for hours.
    pub fn urgent(mut self) -> Self {
        self.urgent = true;
        self
    }

    /// Not before this moment, on the page either; until then [`crate::take_back`] undoes it.
    pub fn not_before(mut self, at: Instant) -> Self {
        self.not_before = Some(at);
        self
    }

    /// Numbers and addresses given for this matter; they go before those of the account. For [`To::Address`] the only ones.
    pub fn reach(mut self, contact: &ContactOf) -> Self {
        self.reach = Some(Reach {
            phone: contact.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            mail: contact.email.as_ref().map(|email| email.as_str().to_owned()),
            lang: contact.lang.code().to_owned(),
        });
        self
    }
}

/// A way out of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Short message.
    Sms,
    /// Mail.
    Mail,
}

impl Channel {
    /// Both, in the order in which pages list them.
    pub const ALL: [Self; 2] = [Self::Sms, Self::Mail];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Mail => "mail",
        }
    }

    /// As people call it.
    pub fn name(self) -> Text {
        match self {
            Self::Sms => Text::new("短信", "Text message"),
            Self::Mail => Text::new("电子邮件", "E-mail"),
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// Why a channel failed for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The provider or the mail server does not take this number or address.
    Refused,
    /// Every try failed; the line or the server was down.
    Unreachable,
}

impl Failure {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
        }
    }

    /// In words that a person understands.
    pub fn words(self) -> Text {
        match self {
            Self::Refused => Text::new("对方不接收：请核对号码或地址", "It was not accepted: please check the number or address"),
            Self::Unreachable => Text::new("多次尝试仍未送达，线路或邮件服务器不通", "Several tries failed: the line or the mail server did not answer"),
        }
    }
}

/// How a channel of a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It will go out, not before this moment.
    Waiting(Instant),
    /// It was handed over at this moment.
    Sent(Instant),
    /// It was given up at this moment.
    Failed(Instant, Failure),
    /// The person has switched it off for this topic.
    Unwanted,
    /// There is no number or address.
    Nowhere,
}

/// One channel of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Which.
    pub channel: Channel,
    /// Number or address, masked.
    pub address: Option<String>,
    /// How it stands.
    pub state: State,
}
