//! Ids made from content: running twice gives the same id, so a retry is harmless.

/// Makes a newtype of sixteen bytes, the head of a SHA-256 over identifying content, shown as hex.
#[macro_export]
macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id of what these parts identify. Parts are framed, so `["a", "b"]` is not `["ab"]`.
            pub fn of(parts: &[&[u8]]) -> Self {
                Self($crate::document::digest(parts))
            }

            /// The id as sixteen bytes, as the ledger keeps it.
            pub fn bytes(self) -> [u8; 16] {
                self.0
            }

            /// The id that `bytes` are, or `None` if there are not sixteen.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::document::NotAnId;

            fn from_str(hex: &str) -> Result<Self, Self::Err> {
                $crate::document::parse_hex(hex).map(Self)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let hex = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(d)?;
                hex.parse().map_err(::serde::de::Error::custom)
            }
        }
    };
}
