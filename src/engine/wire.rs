//! The line between two circlets of the same person: one JSON message a line, each way.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::command::{Command, Refusal};
use crate::domain::change::{Act, Author};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::id::{ActId, Key};
use crate::domain::room::{RoomClock, RoomPicture};
use crate::engine::EraseTarget;
use crate::engine::event::Revs;
use crate::engine::query::{Answer, Query, Row};

/// Counted up whenever a message changes its meaning, or one is added that the other side has to understand:
/// an owner that does not know what *off the record* is would go on writing.
pub(crate) const PROTO: u32 = 5;
/// Longest line, in bytes.
pub(crate) const LONGEST: usize = 1024 * 1024;
/// Bytes that are read at once: a page of rows has some 100 KB.
pub(crate) const BUFFER: usize = 64 * 1024;
/// Bytes of one piece of a longer message. Quoting a piece at most doubles it, so it fits a line.
const PIECE: usize = 400 * 1024;
/// Longest message in pieces, in bytes. Beyond it the other side does not mean well.
const LONGEST_WHOLE: usize = 128 * 1024 * 1024;

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

/// A document as whoever edits it saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub(crate) key: Key,
    /// A hash of its value; see [`print()`].
    pub(crate) print: u64,
}

/// A number that differs when a document differs.
pub(crate) fn print(document: &Document) -> u64 {
    // A value that was read from JSON can be written as JSON.
    let bytes = serde_json::to_vec(&document.to_body()).unwrap_or_default();
    xxhash_rust::xxh3::xxh3_64(&bytes)
}

/// What the room view does not take from the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stage {
    pub(crate) blanked: bool,
    /// Since when an interrupted session waits for an answer.
    pub(crate) held: Option<Moment>,
    /// What the clock of the room view shows.
    #[serde(default)]
    pub(crate) clock: RoomClock,
    /// Whether the session is off the record.
    #[serde(default)]
    pub(crate) off_record: bool,
}

/// A part of a message that is too long for one line. Pieces follow each other.
#[derive(Serialize, Deserialize)]
struct Piece {
    piece: String,
    more: bool,
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
        /// The documents that it edits, as they were seen.
        #[serde(default)]
        seen: Vec<Seen>,
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
    /// Blank the room view, or show it again.
    Blank(bool),
    /// What the clock of the room view shows from now on.
    RoomClock(RoomClock),
    /// Initials in place of names in the room view, or the names.
    MaskRoom(bool),
    /// Off the record, or on it again.
    OffRecord(bool),
    /// The question about an interrupted session was answered.
    Resumed,
    /// Send the state, and then everything that changes it.
    Subscribe,
    /// Send circles, people and sessions, once.
    Frame,
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
        stage: Stage,
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
    Stage(Stage),
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

/// A message as one line or, when it is too long, as several that each hold a piece; `None` when it is
/// longer than anything circlet says.
pub(crate) fn lines<T: Serialize>(message: &T) -> Option<Vec<u8>> {
    let whole = serde_json::to_string(message).ok()?;
    if whole.len() < LONGEST {
        return Some([whole.as_bytes(), b"\n"].concat());
    }
    if whole.len() > LONGEST_WHOLE {
        return None;
    }
    let (mut out, mut rest) = (Vec::new(), whole.as_str());
    while !rest.is_empty() {
        let mut end = PIECE.min(rest.len());
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, behind) = rest.split_at_checked(end)?;
        rest = behind;
        let piece = Piece {
            piece: piece.to_owned(),
            more: !rest.is_empty(),
        };
        out.extend(line(&piece)?);
    }
    Some(out)
}

/// Sends lines.
pub(crate) async fn send(to: &mut (impl AsyncWrite + Unpin), line: &[u8]) -> io::Result<()> {
    to.write_all(line).await?;
    to.flush().await
}

/// Reads one message; `None` at the end.
pub(crate) async fn receive<T: DeserializeOwned>(
    from: &mut (impl AsyncBufRead + Unpin),
) -> io::Result<Option<T>> {
    let mut whole = String::new();
    loop {
        let Some(line) = receive_line(from).await? else {
            return Ok(None);
        };
        if !line.starts_with(b"{\"piece\":") {
            return serde_json::from_slice(&line)
                .map(Some)
                .map_err(io::Error::from);
        }
        let Piece { piece, more } = serde_json::from_slice(&line)?;
        whole.push_str(&piece);
        if whole.len() > LONGEST_WHOLE {
            return Err(bad("a message is too long"));
        }
        if !more {
            return serde_json::from_str(&whole)
                .map(Some)
                .map_err(io::Error::from);
        }
    }
}

async fn receive_line(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    from.take(limit).read_until(b'\n', &mut line).await?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') {
        return Err(bad("a message was cut or is too long"));
    }
    Ok(Some(line))
}

fn bad(words: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_longer_than_a_line_arrives_whole_in_pieces() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let words = "\"\\\u{e9}\u{1}".repeat(300_000);
        let message = FromOwner::Failed { n: 7, words };
        let sent = lines(&message).unwrap();
        let longest = sent.split(|byte| *byte == b'\n').map(<[u8]>::len).max();
        assert!(longest.unwrap() < LONGEST);
        let mut sent = sent.as_slice();
        let read = runtime.block_on(receive(&mut sent)).unwrap();
        assert_eq!(read, Some(message));
        assert!(sent.is_empty());
    }
}
