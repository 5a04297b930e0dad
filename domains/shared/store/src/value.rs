//! The five kinds of value that both engines store.

/// A value to bind. One width a kind: the statement caches of both drivers are keyed by text, so the same text must never be
/// prepared once for a narrow and once for a wide integer.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    /// `{i64}`
    I64(Option<i64>),
    /// `{bool}`
    Bool(Option<bool>),
    /// `{f64}`
    F64(Option<f64>),
    /// `TEXT`
    Text(Option<String>),
    /// `{bytes}`
    Bytes(Option<Vec<u8>>),
}

/// `From<T>` and `From<Option<T>>` for each type, through a conversion to the stored one.
macro_rules! stored {
    ($([$($generic:ident)?] $from:ty => $kind:ident, $convert:expr;)*) => {$(
        impl$(<$generic>)? From<$from> for Val {
            fn from(value: $from) -> Val {
                Val::$kind(Some(($convert)(value)))
            }
        }
        impl$(<$generic>)? From<Option<$from>> for Val {
            fn from(value: Option<$from>) -> Val {
                Val::$kind(value.map($convert))
            }
        }
    )*};
}

stored! {
    [] i64 => I64, |v| v;
    [] i32 => I64, i64::from;
    [] u32 => I64, i64::from;
    [] u16 => I64, i64::from;
    [] u8 => I64, i64::from;
    [] bool => Bool, |v| v;
    [] f64 => F64, |v| v;
    [] String => Text, |v| v;
    [] &String => Text, |v: &String| v.clone();
    [] &str => Text, |v: &str| v.to_owned();
    [] Vec<u8> => Bytes, |v| v;
    [] &Vec<u8> => Bytes, |v: &Vec<u8>| v.clone();
    [] &[u8] => Bytes, |v: &[u8]| v.to_vec();
    [K] kernel::Id<K> => Bytes, |v: kernel::Id<K>| v.to_vec();
    [] kernel::Instant => I64, |v: kernel::Instant| v.micros();
    [] kernel::Day => Text, |v: kernel::Day| v.to_string();
    [] kernel::RegionCode => Text, |v: kernel::RegionCode| v.to_string();
}
