//! The line between two circlets of the same person: one JSON message a line, each way.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::command::{Command, Refusal};
use crate::domain::change::{Act, Author};
use crate::domain::clock::Moment;
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::id::ActId;
use crate::domain::room::RoomPicture;
use crate::engine::EraseTarget;
use crate::engine::event::Revs;
use crate::engine::query::{Answer, Query, Row};

/// Counted up whenever a message changes its meaning.
pub(crate) const PROTO: u32 = 1;
/// Longest line, in bytes.
pub(crate) const LONGEST: usize = 1024 * 1024;

/// Who speaks, said first by both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hello {
    pub(crate) proto: u32,
    pub(crate) version: String,
    /// The folder of the store, so that a line to the wrong one shows.
    pub(crate) store: String,
    pub(crate) now: Moment,
    pub(crate) speed: f64,
}

/// A file in the folder of the sockets, and the hash that proves that it is the one that was meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parcel {
    /// Its name, without a folder.
    pub(crate) name: String,
    /// SHA-256 of its bytes, in hex.
    pub(crate) hash: String,
}

/// From a client to the owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ToOwner {
    Hello(Hello),
    /// Carry a command out; sent again with the same `act_id` it is applied once.
    Submit {
        n: u64,
        act_id: ActId,
        by: Author,
        command: Box<Command>,
        /// Whether an earlier owner may have applied it.
        again: bool,
    },
    /// The same with a command that is too long for a line: the owner reads it from a file.
    SubmitFile {
        n: u64,
        act_id: ActId,
        by: Author,
        again: bool,
        file: Parcel,
    },
    Query {
        n: u64,
        query: Query,
    },
    Erase {
        n: u64,
        what: EraseTarget,
    },
    Floor(FloorMove),
    /// Send the state, and then everything that changes it.
    Subscribe,
    /// Send what the room may see, and then whenever it changes.
    Room,
}

/// From the owner to a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FromOwner {
    Hello(Hello),
    /// The owner will not talk to this client, for this reason.
    No(String),
    /// The state follows from the beginning.
    Begin,
    /// A part of it.
    Docs(Vec<Row>),
    /// That was all of it.
    Ready {
        revs: Revs,
        floor: Option<Floor>,
        unsaved: usize,
    },
    Done {
        n: u64,
        act: Box<Act>,
    },
    Refused {
        n: u64,
        refusal: Refusal,
    },
    Answer {
        n: u64,
        answer: Box<Answer>,
    },
    Failed {
        n: u64,
        words: String,
    },
    Erased {
        n: u64,
        words: String,
    },
    Changed {
        act: Box<Act>,
    },
    Floor(Option<Floor>),
    /// How many acts the owner cannot save for now.
    Unsaved(usize),
    Room(Option<RoomPicture>),
}

/// A message as a line; `None` when it is longer than a line may be.
pub(crate) fn line<T: Serialize>(message: &T) -> Option<Vec<u8>> {
    let mut line = serde_json::to_vec(message).ok()?;
    line.push(b'\n');
    (line.len() <= LONGEST).then_some(line)
}

/// Sends one line.
pub(crate) async fn send(to: &mut (impl AsyncWrite + Unpin), line: &[u8]) -> io::Result<()> {
    to.write_all(line).await?;
    to.flush().await
}

/// Reads one message; `None` at the end.
pub(crate) async fn receive<T: DeserializeOwned>(
    from: &mut (impl AsyncBufRead + Unpin),
) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    from.take(limit).read_until(b'\n', &mut line).await?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') {
        let words = "a message was cut or is too long";
        return Err(io::Error::new(io::ErrorKind::InvalidData, words));
    }
    serde_json::from_slice(&line)
        .map(Some)
        .map_err(io::Error::from)
}
