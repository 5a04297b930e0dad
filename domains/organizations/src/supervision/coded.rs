//! Enumerations of supervision that are stored as codes and shown as words.

/// Defines an enumeration with the code under which each value is stored and its name in both languages.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $value:ident => $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub enum $name {
            $($(#[$doc])* $value,)+
        }

        impl $name {
            /// All of them, in the order in which pages list them.
            pub const ALL: &[Self] = &[$(Self::$value),+];

            /// The code under which it is stored.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$value => $code,)+
                }
            }

            /// The one stored under `code`.
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$value),)+
                    _ => None,
                }
            }

            /// Its name.
            pub const fn name(self) -> kernel::Text {
                match self {
                    $(Self::$value => kernel::Text::fixed($zh, $en),)+
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = kernel::ParseError;

            fn try_from(code: String) -> Result<Self, kernel::ParseError> {
                Self::from_code(&code).ok_or(kernel::ParseError { what: stringify!($name) })
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.code().to_owned()
            }
        }
    };
}
