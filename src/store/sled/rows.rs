//! How rows of the database are written and read. Numbers are big-endian; every value carries a
//! CRC32C.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use uuid::Uuid;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::domain::body::BodyText;
use crate::domain::change::{Act, Rev};
use crate::domain::id::{CircleId, Key, Kind, Space};
use crate::domain::index::IndexName;
use crate::store::journal::SCHEMA;
use crate::store::{Head, IndexQuery, IndexRow, Result, StoreError, Stored, files};

/// The row of the totals.
pub(super) const TOTALS: &str = "totals";
const SPACE: usize = 17;
const ENVELOPE: usize = 1 + 2 + 8 + 4;
const ENVELOPE_FORMAT: u8 = 1;

fn bad(path: &Path, what: &str) -> StoreError {
    StoreError::corrupt(files::name(path), what)
}

pub(super) fn space_key(space: &Space) -> Vec<u8> {
    let (tag, id) = match space {
        Space::Circle(circle) => (1, *circle.0.as_bytes()),
        Space::Org => (2, [0; 16]),
    };
    let mut key = vec![tag];
    key.extend_from_slice(&id);
    key
}

pub(super) fn read_space(path: &Path, key: &[u8]) -> Result<Space> {
    let id = |id: &[u8]| Uuid::from_slice(id).ok();
    match key.split_first() {
        Some((1, rest)) => id(rest).map(|id| Space::Circle(CircleId(id))),
        Some((2, rest)) => id(rest).map(|_| Space::Org),
        _ => None,
    }
    .ok_or_else(|| bad(path, "a record has no readable key"))
}

fn push_kind_and_id(row: &mut Vec<u8>, key: &Key) {
    row.extend_from_slice(key.kind.as_str().as_bytes());
    row.push(0);
    row.extend_from_slice(key.id.as_bytes());
}

fn kind_and_id(space: Space, row: &[u8]) -> Option<Key> {
    let at = row.iter().position(|byte| *byte == 0)?;
    let kind: Kind = std::str::from_utf8(&row[..at]).ok()?.parse().ok()?;
    Some(Key::new(
        space,
        kind,
        Uuid::from_slice(&row[at + 1..]).ok()?,
    ))
}

pub(super) fn doc_key(key: &Key) -> Vec<u8> {
    let mut row = space_key(&key.space);
    push_kind_and_id(&mut row, key);
    row
}

pub(super) fn read_doc_key(path: &Path, row: &[u8]) -> Result<Key> {
    let unreadable = || bad(path, "a record has no readable key");
    let (space, rest) = row.split_at_checked(SPACE).ok_or_else(unreadable)?;
    kind_and_id(read_space(path, space)?, rest).ok_or_else(unreadable)
}

/// Everything before the value of a row of a list.
pub(super) fn idx_prefix(space: &Space, name: IndexName) -> Vec<u8> {
    let mut row = space_key(space);
    row.extend_from_slice(name.as_str().as_bytes());
    row.push(0);
    row
}

/// A value keeps its order and ends with 0 0, so that none runs into the key behind it.
fn push_value(row: &mut Vec<u8>, value: &[u8]) {
    for byte in value {
        row.push(*byte);
        if *byte == 0 {
            row.push(u8::MAX);
        }
    }
}

pub(super) fn idx_key(name: IndexName, value: &[u8], key: &Key) -> Vec<u8> {
    let mut row = idx_prefix(&key.space, name);
    push_value(&mut row, value);
    row.extend_from_slice(&[0, 0]);
    push_kind_and_id(&mut row, key);
    row
}

/// First row of a query, and the first one behind it.
pub(super) fn idx_range(query: &IndexQuery) -> (Vec<u8>, Vec<u8>) {
    let prefix = idx_prefix(&query.space, query.name);
    let (mut from, mut until) = (prefix.clone(), prefix);
    push_value(&mut from, &query.from);
    if let Some(value) = &query.until {
        push_value(&mut until, value);
    } else if let Some(last) = until.last_mut() {
        *last = 1;
    }
    (from, until)
}

/// A row of the list of this space that begins with `prefix`.
pub(super) fn read_idx_key(
    path: &Path,
    space: Space,
    prefix: &[u8],
    row: &[u8],
) -> Result<IndexRow> {
    let unreadable = || bad(path, "a row of a list cannot be read");
    let mut rest = row.strip_prefix(prefix).ok_or_else(unreadable)?;
    let mut value = Vec::with_capacity(rest.len());
    loop {
        match rest {
            [0, 0, key @ ..] => {
                let key = kind_and_id(space, key).ok_or_else(unreadable)?;
                return Ok(IndexRow { value, key });
            }
            [0, u8::MAX, more @ ..] => {
                value.push(0);
                rest = more;
            }
            [0, ..] | [] => return Err(unreadable()),
            [byte, more @ ..] => {
                value.push(*byte);
                rest = more;
            }
        }
    }
}

/// A checksum that is written to.
struct Crc(u32);

impl fmt::Write for Crc {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = crc32c::crc32c_append(self.0, text.as_bytes());
        Ok(())
    }
}

/// The list that a row belongs to, if it is one that this version knows.
pub(super) fn list_of(row: &[u8]) -> Option<IndexName> {
    let name = row.get(SPACE..)?.split(|byte| *byte == 0).next()?;
    let mut known = IndexName::ALL.into_iter();
    known.find(|list| list.as_str().as_bytes() == name)
}

/// The document that a row of any list names.
pub(super) fn key_in_list(path: &Path, row: &[u8]) -> Result<Key> {
    let unreadable = || bad(path, "a row of a list cannot be read");
    let (space, list) = row.split_at_checked(SPACE).ok_or_else(unreadable)?;
    let name = list.iter().position(|byte| *byte == 0);
    let prefix = row.get(..=SPACE + name.ok_or_else(unreadable)?);
    let prefix = prefix.ok_or_else(unreadable)?;
    Ok(read_idx_key(path, read_space(path, space)?, prefix, row)?.key)
}

/// Key and revision are in the checksum, so that a value which turns up in another place shows.
fn envelope_crc(key: &Key, rev: Rev, body: &[u8]) -> u32 {
    let mut crc = Crc(0);
    // Writing to a checksum cannot fail.
    let _ = fmt::Write::write_fmt(&mut crc, format_args!("{key}"));
    crc32c::crc32c_append(crc32c::crc32c_append(crc.0, &rev.to_be_bytes()), body)
}

pub(super) fn envelope(key: &Key, rev: Rev, body: &[u8]) -> Vec<u8> {
    let mut row = Vec::with_capacity(ENVELOPE + body.len());
    row.push(ENVELOPE_FORMAT);
    row.extend_from_slice(&u16::try_from(SCHEMA).unwrap_or(u16::MAX).to_be_bytes());
    row.extend_from_slice(&rev.to_be_bytes());
    row.extend_from_slice(&envelope_crc(key, rev, body).to_be_bytes());
    row.extend_from_slice(body);
    row
}

/// Revision and JSON of a record whose checksum fits.
pub(super) fn envelope_parts<'a>(path: &Path, key: &Key, row: &'a [u8]) -> Result<(Rev, &'a [u8])> {
    let damaged = || bad(path, &format!("the record {key} is damaged"));
    let (head, body) = row.split_at_checked(ENVELOPE).ok_or_else(damaged)?;
    let [ENVELOPE_FORMAT, _, _, rest @ ..] = head else {
        return Err(damaged());
    };
    let (rev, crc) = rest.split_at(8);
    let rev = Rev::from_be_bytes(rev.try_into().map_err(|_length| damaged())?);
    if crc != envelope_crc(key, rev, body).to_be_bytes() {
        return Err(damaged());
    }
    Ok((rev, body))
}

pub(super) fn open_envelope(path: &Path, key: &Key, row: &[u8]) -> Result<Stored> {
    let (rev, body) = envelope_parts(path, key, row)?;
    let body =
        BodyText::stored(body).ok_or_else(|| bad(path, &format!("the record {key} is damaged")))?;
    Ok(Stored {
        key: *key,
        rev,
        body,
    })
}

/// A value with its checksum before it.
pub(super) fn sealed(value: &[u8]) -> Vec<u8> {
    let mut row = crc32c::crc32c(value).to_be_bytes().to_vec();
    row.extend_from_slice(value);
    row
}

pub(super) fn unsealed<'a>(path: &Path, row: &'a [u8]) -> Result<&'a [u8]> {
    row.split_at_checked(4)
        .filter(|(crc, value)| *crc == crc32c::crc32c(value).to_be_bytes())
        .map(|(_, value)| value)
        .ok_or_else(|| bad(path, "a record of the history is damaged"))
}

fn numbers<const N: usize>(path: &Path, row: &[u8]) -> Result<[u64; N]> {
    let value = unsealed(path, row)?;
    let (parts, rest) = value.as_chunks::<8>();
    let numbers: Vec<_> = parts.iter().map(|part| u64::from_be_bytes(*part)).collect();
    let numbers = numbers.try_into().ok().filter(|_| rest.is_empty());
    numbers.ok_or_else(|| bad(path, "a total is damaged"))
}

pub(super) fn head_bytes(head: &Head) -> Vec<u8> {
    [head.rev, head.docs, head.digest]
        .iter()
        .flat_map(|n| n.to_be_bytes())
        .collect()
}

pub(super) fn read_head(path: &Path, row: &[u8]) -> Result<Head> {
    let [rev, docs, digest] = numbers(path, row)?;
    Ok(Head { rev, docs, digest })
}

pub(super) fn seq_in(path: &Path, row: &[u8]) -> Result<u64> {
    numbers::<1>(path, row).map(|[seq]| seq)
}

/// All rows of one act.
pub(super) fn act_row(seq: u64) -> Vec<u8> {
    let mut row = vec![0];
    row.extend_from_slice(&seq.to_be_bytes());
    row
}

pub(super) fn act_part(seq: u64, part: u32) -> Vec<u8> {
    let mut row = act_row(seq);
    row.extend_from_slice(&part.to_be_bytes());
    row
}

pub(super) fn by_space(space: &Space, seq: u64) -> Vec<u8> {
    let mut row = vec![1];
    row.extend_from_slice(&space_key(space));
    row.extend_from_slice(&seq.to_be_bytes());
    row
}

pub(super) fn seq_of_key(path: &Path, by_space: bool, row: &[u8]) -> Result<u64> {
    let start = 1 + if by_space { SPACE } else { 0 };
    let seq = row
        .get(start..start + 8)
        .and_then(|seq| seq.try_into().ok());
    seq.map(u64::from_be_bytes)
        .ok_or_else(|| bad(path, "a row of the history cannot be read"))
}

/// A number that changes when any head does.
pub(crate) fn digest_of_heads(heads: &BTreeMap<Space, Head>) -> u64 {
    heads.iter().fold(0, |sum, (space, head)| {
        let mut hash = Xxh3Default::new();
        hash.update(&space_key(space));
        hash.update(&head_bytes(head));
        hash.digest().wrapping_add(sum)
    })
}

/// What one act adds to the digest of the history.
pub(super) fn act_digest(id: &[u8], seq: u64) -> u64 {
    let mut row = id.to_vec();
    row.extend_from_slice(&seq.to_be_bytes());
    xxh3_64(&row)
}

/// The totals of the whole database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meta {
    /// The store that the database belongs to.
    pub(crate) store: Uuid,
    /// The newest act that is applied whole.
    pub(crate) seq: u64,
    /// How many acts the history has, and their digest.
    pub(crate) acts: u64,
    pub(crate) acts_digest: u64,
    /// Digest of all heads.
    pub(crate) heads: u64,
}

impl Meta {
    pub(super) fn count_act(&mut self, act: &Act) {
        self.acts += 1;
        self.acts_digest = self
            .acts_digest
            .wrapping_add(act_digest(act.id.0.as_bytes(), act.seq));
    }

    pub(super) fn uncount_act(&mut self, act: &Act) {
        self.acts = self.acts.wrapping_sub(1);
        self.acts_digest = self
            .acts_digest
            .wrapping_sub(act_digest(act.id.0.as_bytes(), act.seq));
    }

    pub(super) fn sealed(&self) -> Vec<u8> {
        let (high, low) = self.store.as_u64_pair();
        let all = [high, low, self.seq, self.acts, self.acts_digest, self.heads];
        sealed(&all.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<_>>())
    }

    pub(super) fn read(path: &Path, row: &[u8]) -> Result<Self> {
        let [high, low, seq, acts, acts_digest, heads] = numbers(path, row)?;
        Ok(Self {
            store: Uuid::from_u64_pair(high, low),
            seq,
            acts,
            acts_digest,
            heads,
        })
    }
}
