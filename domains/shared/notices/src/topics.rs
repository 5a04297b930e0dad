//! What notices are about, with what data say of each topic.

use std::sync::LazyLock;

use kernel::Text;
use serde::{Deserialize, Serialize};

use crate::Channel;
use crate::quiet::Quiet;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// 预约.
    Booking,
    /// 办件进度.
    Progress,
    /// 文书和决定.
    Decision,
    /// 证照.
    Certificate,
    /// 评价邀请.
    Rating,
    /// 咨询投诉.
    Complaint,
    /// 账号安全.
    Security,
    /// 工作提醒: of staff.
    Work,
}

impl Topic {
    /// Every topic, in the order in which pages list them.
    pub const ALL: [Self; 8] =
        [Self::Booking, Self::Progress, Self::Decision, Self::Certificate, Self::Rating, Self::Complaint, Self::Security, Self::Work];

    /// Those that citizens are told about.
    pub fn of_citizens() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|topic| *topic != Self::Work)
    }

    /// As it is stored, and stands in addresses and data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Booking => "booking",
            Self::Progress => "progress",
            Self::Decision => "decision",
            Self::Certificate => "certificate",
            Self::Rating => "rating",
            Self::Complaint => "complaint",
            Self::Security => "security",
            Self::Work => "work",
        }
    }

    /// The topic with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }

    /// What data say of it.
    pub fn facts(self) -> &'static TopicFacts {
        FILE.topic.iter().find(|facts| facts.code == self).expect("a test looks for every topic in the data")
    }
}

/// What data say of a topic.
#[derive(Debug, Deserialize)]
pub struct TopicFacts {
    code: Topic,
    zh: String,
    en: String,
    about_zh: String,
    about_en: String,
    sms: bool,
    mail: bool,
    /// Whether nobody can switch its channels off.
    pub required: bool,
    /// Days that a notice is kept.
    pub days: i64,
    /// Why so many days.
    pub source: String,
    /// Law or rule by which it is required.
    #[serde(default)]
    pub required_source: Option<String>,
}

impl TopicFacts {
    /// Its name.
    pub fn name(&self) -> Text {
        Text::new(self.zh.clone(), self.en.clone())
    }

    /// What falls under it.
    pub fn about(&self) -> Text {
        Text::new(self.about_zh.clone(), self.about_en.clone())
    }

    /// Whether it goes out by this channel unless the person chose otherwise.
    pub fn by(&self, channel: Channel) -> bool {
        match channel {
            Channel::Sms => self.sms,
            Channel::Mail => self.mail,
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct File {
    pub(crate) quiet: Quiet,
    topic: Vec<TopicFacts>,
}

/// The data carried by the program.
pub(crate) static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../data/notices/topics.toml")).expect("a test reads the data that are carried"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_speak_of_every_topic_once_and_name_their_sources() {
        assert_eq!(FILE.topic.len(), Topic::ALL.len());
        for topic in Topic::ALL {
            let facts = topic.facts();
            assert!(facts.days > 0 && !facts.source.is_empty(), "{topic:?}");
            assert_eq!(facts.required, facts.required_source.is_some(), "{topic:?}");
            assert_eq!(Topic::from_code(topic.code()), Some(topic));
        }
        assert_eq!(Topic::from_code("nonsense"), None);
    }
}
