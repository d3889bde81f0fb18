//! A document: the typed value of one entity, and its way in and out of the store.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::change::Body;
use crate::domain::circle::{Circle, Counter};
use crate::domain::id::{Key, Kind};
use crate::domain::item::{Action, Decision, Note, Parked};
use crate::domain::live::Live;
use crate::domain::pairing::Groups;
use crate::domain::question::{Asked, Question};
use crate::domain::roster::Member;
use crate::domain::rotation::Rotation;
use crate::domain::session::Session;

/// A value that cannot be read as what its key says it is.
#[derive(Debug, thiserror::Error)]
#[error("{key} is not readable: {source}")]
pub struct BadDocument {
    /// Its key.
    pub key: Key,
    /// What is wrong with it.
    pub source: serde_json::Error,
}

macro_rules! documents {
    ($($name:ident),+ $(,)?) => {
        /// The value of one entity.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Document {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        impl Document {
            /// What it describes.
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$name(_) => Kind::$name,)+ }
            }

            /// As it is stored.
            pub fn to_body(&self) -> Body {
                match self { $(Self::$name(value) => body(value),)+ }
            }

            /// From what is stored under `key`.
            ///
            /// # Errors
            /// When the body has another shape than the key says.
            pub fn from_body(key: &Key, body: &Body) -> Result<Self, BadDocument> {
                match key.kind { $(Kind::$name => read(key, body).map(Self::$name),)+ }
            }
        }

        $(impl From<$name> for Document {
            fn from(value: $name) -> Self { Self::$name(value) }
        })+
    };
}
documents!(
    Action, Asked, Circle, Counter, Decision, Groups, Live, Member, Note, Parked, Question,
    Rotation, Session
);

fn body<T: Serialize>(value: &T) -> Body {
    serde_json::to_value(value)
        .expect("documents are structs with string keys, which JSON can always express")
}

fn read<T: DeserializeOwned>(key: &Key, body: &Body) -> Result<T, BadDocument> {
    T::deserialize(body).map_err(|source| BadDocument { key: *key, source })
}
