//! Closed lists whose values are stored as codes and shown as words.

/// Defines a closed list: for each value the code under which it is stored, sent and found, and its name in both languages.
///
/// Attributes of the list are passed on; comparing, ordering and hashing are derived already. A list that is kept inside of something sealed
/// or sent derives serde's traits with `#[serde(into = "String", try_from = "String")]`: then its code is what is written.
///
/// ```
/// kernel::coded! {
///     /// How something is sent.
///     Way {
///         /// By post.
///         Post = "1", "邮寄", "By post";
///         /// Over the counter.
///         Counter = "2", "窗口", "At the counter";
///     }
/// }
///
/// assert_eq!(Way::from_code("1"), Some(Way::Post));
/// assert_eq!(Way::Counter.name().en, "At the counter");
/// assert_eq!(Way::ALL.len(), 2);
/// assert!(Way::try_from("3".to_owned()).is_err());
/// assert_eq!(String::from(Way::Post), "1");
/// ```
#[macro_export]
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $value,)+
        }

        impl $name {
            /// All of them, in the order in which pages list them.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The code under which it is stored.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$value => $code,)+
                }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$value),)+
                    _ => None,
                }
            }

            /// Its name in both languages.
            pub const fn name(self) -> $crate::Text {
                match self {
                    $(Self::$value => $crate::Text::fixed($zh, $en),)+
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::ParseError;

            fn try_from(code: String) -> Result<Self, $crate::ParseError> {
                Self::from_code(&code).ok_or($crate::ParseError { what: stringify!($name) })
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.code().to_owned()
            }
        }
    };
}
