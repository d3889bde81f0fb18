//! A document: the typed value of one entity, and its way in and out of the store.

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};

use crate::domain::body::{BodyText, Readable};
use crate::domain::book::Book;
use crate::domain::book::poll::Poll;
use crate::domain::book::reader::Reader;
use crate::domain::change::Body;
use crate::domain::circle::{Circle, Counter};
use crate::domain::clock::Moment;
use crate::domain::filter::Filter;
use crate::domain::id::{Key, Kind};
use crate::domain::item::{Action, Decision, Note, Origin, Parked};
use crate::domain::live::Live;
use crate::domain::pairing::Groups;
use crate::domain::person::Person;
use crate::domain::question::{Asked, Question};
use crate::domain::roster::Member;
use crate::domain::rotation::Rotation;
use crate::domain::session::Session;
use crate::domain::text::Clean;

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

            /// From what is stored under `key`.
            ///
            /// # Errors
            /// When the body has another shape than the key says.
            pub fn from_body(key: &Key, body: &impl Readable) -> Result<Self, BadDocument> {
                match key.kind { $(Kind::$name => read(key, body).map(Self::$name),)+ }
            }
        }

        /// As it is stored: without a word of what it is, which its key says.
        impl Serialize for Document {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$name(value) => value.serialize(to),)+ }
            }
        }

        $(impl From<$name> for Document {
            fn from(value: $name) -> Self { Self::$name(value) }
        })+
    };
}
documents!(
    Action, Asked, Book, Circle, Counter, Decision, Filter, Groups, Live, Member, Note, Parked,
    Person, Poll, Question, Reader, Rotation, Session
);

fn read<T: DeserializeOwned>(key: &Key, body: &impl Readable) -> Result<T, BadDocument> {
    body.read()
        .map_err(|source| BadDocument { key: *key, source })
}

impl Document {
    /// As it is stored.
    pub fn to_body(&self) -> Body {
        serde_json::to_value(self)
            .expect("documents are structs with string keys, which JSON can always express")
    }

    /// The same, as text.
    pub fn to_text(&self) -> BodyText {
        BodyText::of(self)
    }
}

/// The documents that are no rows of a list: they have no number, no trash and no words of their own.
macro_rules! no_row {
    ($($more:ident),*) => {
        Self::Asked(_)
            | Self::Circle(_)
            | Self::Counter(_)
            | Self::Filter(_)
            | Self::Groups(_)
            | Self::Live(_)
            | Self::Member(_)
            | Self::Person(_)
            | Self::Poll(_)
            | Self::Reader(_)
            | Self::Rotation(_)
            $(| Self::$more(_))*
    };
}

/// What most rows have, and where: one place knows it for every kind.
impl Document {
    /// The number that people know it by.
    pub const fn number(&self) -> Option<u32> {
        match self {
            Self::Action(row) => Some(row.number),
            Self::Book(row) => Some(row.number),
            Self::Decision(row) => Some(row.number),
            Self::Note(row) => Some(row.number),
            Self::Parked(row) => Some(row.number),
            Self::Question(row) => Some(row.number),
            Self::Session(row) => Some(row.number),
            no_row!() => None,
        }
    }

    /// That number, to be given anew.
    pub const fn number_mut(&mut self) -> Option<&mut u32> {
        match self {
            Self::Action(row) => Some(&mut row.number),
            Self::Book(row) => Some(&mut row.number),
            Self::Decision(row) => Some(&mut row.number),
            Self::Note(row) => Some(&mut row.number),
            Self::Parked(row) => Some(&mut row.number),
            Self::Question(row) => Some(&mut row.number),
            Self::Session(row) => Some(&mut row.number),
            no_row!() => None,
        }
    }

    /// The trash mark of a row that can be put there; `None` for documents that cannot.
    pub const fn trash_mark(&mut self) -> Option<&mut Option<Moment>> {
        match self {
            Self::Action(row) => Some(&mut row.trashed),
            Self::Book(row) => Some(&mut row.trashed),
            Self::Decision(row) => Some(&mut row.trashed),
            Self::Note(row) => Some(&mut row.trashed),
            Self::Parked(row) => Some(&mut row.trashed),
            Self::Question(row) => Some(&mut row.trashed),
            no_row!(Session) => None,
        }
    }

    /// Since when it lies in the trash.
    pub const fn trashed(&self) -> Option<Moment> {
        match self {
            Self::Action(row) => row.trashed,
            Self::Book(row) => row.trashed,
            Self::Decision(row) => row.trashed,
            Self::Note(row) => row.trashed,
            Self::Parked(row) => row.trashed,
            Self::Question(row) => row.trashed,
            no_row!(Session) => None,
        }
    }

    /// Where and when it was written down, and its words.
    pub const fn written(&self) -> Option<(&Origin, &Clean)> {
        match self {
            Self::Action(row) => Some((&row.origin, &row.text)),
            Self::Decision(row) => Some((&row.origin, &row.text)),
            Self::Note(row) => Some((&row.origin, &row.text)),
            Self::Parked(row) => Some((&row.origin, &row.text)),
            no_row!(Book, Question, Session) => None,
        }
    }
}
