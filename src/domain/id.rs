//! Identity: ids of entities, the [`Space`] they live in, and the [`Key`] of a document.
//!
//! Ids are version 7 UUIDs (RFC 9562), so they sort by the time they were made and can be made offline. They are never
//! drawn from the system here: [`Ids`] derives them from an instant and a seed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::domain::body::read_text;
use crate::domain::clock::Moment;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A circle, which is also a [`Space`].
    CircleId,
    /// A member of one circle.
    MemberId,
    /// One meeting of a circle.
    SessionId,
    /// A block of a session.
    BlockId,
    /// An action item.
    ActionId,
    /// A decision taken in a session.
    DecisionId,
    /// A note.
    NoteId,
    /// An item parked for another time.
    ParkedId,
    /// A question of the bank.
    QuestionId,
    /// A break-out into groups.
    GroupsId,
    /// A book of one circle.
    BookId,
    /// How far a member has come in a book.
    ReaderId,
    /// A vote on the next book.
    PollId,
    /// A filter with a name.
    FilterId,
    /// A person of several circles.
    PersonId,
    /// An act; also the handle that makes sending it twice harmless.
    ActId,
    /// One run of a front-end.
    RunId,
}

impl RunId {
    /// Nobody's run: what comes with circlet, such as the starter bank and the demo. Nobody's undo reaches it.
    pub const NOBODY: Self = Self(Uuid::nil());
}

/// The unit of order, permission, export and erasure: one circle, or what all circles share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Space {
    /// Everything that one circle knows.
    Circle(CircleId),
    /// The question bank and whatever else is shared by all circles.
    Org,
}

/// What a document describes. The text form is the middle part of its [`Key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An action item.
    Action,
    /// How often a question was asked in a circle; the id is the question's.
    Asked,
    /// A book.
    Book,
    /// The circle itself; the id is the circle's.
    Circle,
    /// Next free short ids of a circle; never taken back, so that a short id is not used twice.
    Counter,
    /// A decision.
    Decision,
    /// A filter with a name.
    Filter,
    /// A break-out into groups: who was with whom.
    Groups,
    /// The state of a running session; the id is the session's.
    Live,
    /// A member.
    Member,
    /// A note.
    Note,
    /// A parked item.
    Parked,
    /// Members of several circles who are the same person.
    Person,
    /// A vote on the next book.
    Poll,
    /// A question of the bank.
    Question,
    /// How far a member has come in a book.
    Reader,
    /// Who held which seat when; the id is the circle's.
    Rotation,
    /// A session with its agenda.
    Session,
}

impl Kind {
    /// Every kind, in the order of their text.
    pub const ALL: [Self; 18] = [
        Self::Action,
        Self::Asked,
        Self::Book,
        Self::Circle,
        Self::Counter,
        Self::Decision,
        Self::Filter,
        Self::Groups,
        Self::Live,
        Self::Member,
        Self::Note,
        Self::Parked,
        Self::Person,
        Self::Poll,
        Self::Question,
        Self::Reader,
        Self::Rotation,
        Self::Session,
    ];

    /// The word used in keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Asked => "asked",
            Self::Book => "book",
            Self::Circle => "circle",
            Self::Counter => "counter",
            Self::Decision => "decision",
            Self::Filter => "filter",
            Self::Groups => "groups",
            Self::Live => "live",
            Self::Member => "member",
            Self::Note => "note",
            Self::Parked => "parked",
            Self::Person => "person",
            Self::Poll => "poll",
            Self::Question => "question",
            Self::Reader => "reader",
            Self::Rotation => "rotation",
            Self::Session => "session",
        }
    }
}

/// The address of a document: `space/kind/id`, lower-case ASCII, at most 74 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Where it lives.
    pub space: Space,
    /// What it describes.
    pub kind: Kind,
    /// Which one.
    pub id: Uuid,
}

impl Key {
    /// The key of `id` in `space`.
    pub const fn new(space: Space, kind: Kind, id: Uuid) -> Self {
        Self { space, kind, id }
    }

    /// A key inside a circle.
    pub const fn circle(circle: CircleId, kind: Kind, id: Uuid) -> Self {
        Self::new(Space::Circle(circle), kind, id)
    }
}

/// A key, kind or space that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key: {0:?}")]
pub struct BadKey(pub String);

impl fmt::Display for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Circle(id) => id.fmt(f),
            Self::Org => f.write_str("org"),
        }
    }
}

impl FromStr for Space {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        if text == "org" {
            return Ok(Self::Org);
        }
        text.parse()
            .map(Self::Circle)
            .map_err(|_bad_uuid| BadKey(text.to_owned()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| BadKey(text.to_owned()))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.space, self.kind, self.id.simple())
    }
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let bad = || BadKey(text.to_owned());
        let mut parts = text.splitn(3, '/');
        let (Some(space), Some(kind), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(bad());
        };
        Ok(Self {
            space: space.parse()?,
            kind: kind.parse()?,
            id: Uuid::parse_str(id).map_err(|_bad_uuid| bad())?,
        })
    }
}

macro_rules! serde_as_text {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read_text(deserializer, |text| text.parse().map_err(serde::de::Error::custom))
            }
        }
    )+};
}
serde_as_text!(Space, Kind, Key);

/// Bits of the counter in an id: the 12 between version and variant, and 22 after them.
const COUNTER_BITS: u32 = 34;

/// Makes ids and the small choices of one act from an instant and a seed, so that the same command
/// with the same context gives the same changes.
#[derive(Clone, Debug)]
pub struct Ids {
    at: Moment,
    state: u64,
    /// The counter of the id made last, see [`Ids::make`].
    counter: Option<u64>,
}

impl Ids {
    /// Ids that carry the time `at`.
    pub const fn new(at: Moment, seed: u64) -> Self {
        Self {
            at,
            state: seed,
            counter: None,
        }
    }

    /// The next id. It sorts behind those that were made before: after the time comes a counter, which
    /// begins at random in the lower half of its range (RFC 9562, section 6.2, method 1), then chance.
    pub fn make(&mut self) -> Uuid {
        let counter = match self.counter {
            Some(last) => last + 1,
            None => self.draw() >> (u64::BITS - COUNTER_BITS + 1),
        };
        self.counter = Some(counter);
        // A counter that runs over is carried into the time, so that order holds whatever happens.
        let millis = u64::try_from(self.at.millis()).unwrap_or(0) + (counter >> COUNTER_BITS);
        // The library lays version and variant over the upper 4 bits of byte 0 and the upper 2 of byte 2.
        let upper = (counter >> 22).to_be_bytes();
        let lower = (counter & 0x3F_FFFF).to_be_bytes();
        let mut tail = [0; 10];
        tail[..2].copy_from_slice(&upper[6..]);
        tail[2..5].copy_from_slice(&lower[5..]);
        tail[5..].copy_from_slice(&self.draw().to_be_bytes()[..5]);
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    /// A number for a choice among equals: `SplitMix64` (Steele, Lea, Flood 2014), pinned here
    /// because a draw has to be replayable for years.
    pub const fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_from_its_text() {
        let id = Uuid::from_u128(7);
        for kind in Kind::ALL {
            for space in [Space::Org, Space::Circle(CircleId(Uuid::from_u128(9)))] {
                let key = Key::new(space, kind, id);
                assert_eq!(key.to_string().parse(), Ok(key));
            }
        }
        assert!("org/action".parse::<Key>().is_err());
    }

    #[test]
    fn ids_of_one_instant_sort_in_the_order_in_which_they_were_made() {
        let at = Moment::from_millis(1_700_000_000_000);
        for seed in 0..64 {
            let mut ids = Ids::new(at, seed);
            let made: Vec<Uuid> = (0..5_000).map(|_| ids.make()).collect();
            assert!(made.is_sorted_by(|one, next| one < next), "seed {seed}");
        }
    }

    #[test]
    fn order_holds_where_the_counter_runs_over() {
        let at = Moment::from_millis(1_700_000_000_000);
        for bits in [12, 22, 30, COUNTER_BITS] {
            let mut ids = Ids::new(at, 1);
            ids.counter = Some((1 << bits) - 2);
            let made = [ids.make(), ids.make(), ids.make()];
            assert!(made.is_sorted_by(|one, next| one < next), "{bits} bits");
            assert!(made.iter().all(|id| id.get_version_num() == 7));
        }
    }

    #[test]
    fn an_id_carries_the_time_at_which_it_was_made() {
        let at = Moment::from_millis(1_700_000_000_123);
        let id = Ids::new(at, 1).make();
        let (secs, nanos) = id.get_timestamp().unwrap().to_unix();
        assert_eq!((secs, nanos), (1_700_000_000, 123_000_000));
    }

    #[test]
    fn ids_of_one_context_differ_and_repeat_with_the_seed() {
        let at = Moment::from_millis(1_700_000_000_000);
        let make = |seed| {
            let mut ids = Ids::new(at, seed);
            [ids.make(), ids.make()]
        };
        assert_eq!(make(1), make(1));
        assert_ne!(make(1)[0], make(1)[1]);
        assert_ne!(make(1), make(2));
        assert_eq!(make(1)[0].get_version_num(), 7);
    }
}
