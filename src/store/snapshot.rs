//! Snapshots: everything in one file of JSON lines, checked when written and when read. The same
//! format is backup, restore and what damage is repaired from.
//!
//! The first line says what it is, then documents and acts one a line, and the last line has their
//! number and a SHA-256 of all bytes before it. Unknown fields of documents are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::change::Act;
use crate::domain::clock::Moment;
use crate::domain::id::{Kind, Space};
use crate::store::commit::fingerprint;
use crate::store::files::{self, name};
use crate::store::journal::{FORMAT, SCHEMA, header as journal_header};
use crate::store::{
    ActOrder, ActQuery, Head, Load, MAX_ACT, Read, Result, StoreError, Stored, fault,
};

/// Documents read or loaded at a time.
const PORTION: usize = 1_000;
/// Acts read at a time; one of them can be large.
const ACTS: usize = 16;
const MAX_LINE: u64 = MAX_ACT as u64 + 64 * 1024;

/// The first line of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) circlet: String,
    pub(crate) format: u32,
    pub(crate) schema: u32,
    pub(crate) store: Uuid,
    /// The newest act in it.
    pub(crate) seq: u64,
    pub(crate) at: Moment,
    pub(crate) heads: BTreeMap<Space, Head>,
}

impl Header {
    /// The header for what `source` has now.
    pub(crate) fn of(source: &dyn Read, store: Uuid, at: Moment) -> Result<Self> {
        let (seq, heads) = (source.seq()?, source.heads()?);
        let circlet = "snapshot".to_owned();
        Ok(Self {
            circlet,
            format: FORMAT,
            schema: SCHEMA,
            store,
            seq,
            at,
            heads,
        })
    }
}

/// Any line but the first; one of the three is there.
#[derive(Default, Serialize, Deserialize)]
struct Row {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doc: Option<Stored>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    act: Option<Act>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<End>,
}

#[derive(Serialize, Deserialize)]
struct End {
    count: u64,
    sha256: String,
}

/// What goes into a snapshot: everything, or with documents and acts changed on the way.
pub(crate) trait Filter {
    /// Whether the document goes in.
    fn keeps(&self, doc: &Stored) -> bool;
    /// The act as it goes in.
    fn edit(&self, act: Act) -> Act;
}

/// Leaves everything as it is.
pub(crate) struct Everything;

impl Filter for Everything {
    fn keeps(&self, _doc: &Stored) -> bool {
        true
    }

    fn edit(&self, act: Act) -> Act {
        act
    }
}

/// Writes a snapshot under its name, or not at all, and reads it back.
pub(crate) fn write(
    path: &Path,
    header: &Header,
    source: &dyn Read,
    filter: &dyn Filter,
    last: Option<Act>,
) -> Result<()> {
    files::replace(path, |file| {
        let mut out = Writer {
            file,
            path,
            hash: Sha256::new(),
            count: 0,
        };
        out.line(header)?;
        for space in source.spaces()? {
            for kind in Kind::ALL {
                write_docs(&mut out, source, filter, (space, kind))?;
            }
        }
        fault::point("in-snapshot");
        write_acts(&mut out, source, filter)?;
        if let Some(act) = last {
            out.row(&Row {
                act: Some(act),
                ..Row::default()
            })?;
        }
        out.end()
    })?;
    if verify(path)? == *header {
        return Ok(());
    }
    Err(StoreError::corrupt(
        name(path),
        "the snapshot does not read back as it was written",
    ))
}

fn write_docs(
    out: &mut Writer<'_>,
    source: &dyn Read,
    filter: &dyn Filter,
    (space, kind): (Space, Kind),
) -> Result<()> {
    let mut after = None;
    loop {
        let page = source.scan(space, kind, after, PORTION)?;
        for doc in page.rows {
            if filter.keeps(&doc) {
                out.row(&Row {
                    doc: Some(doc),
                    ..Row::default()
                })?;
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn write_acts(out: &mut Writer<'_>, source: &dyn Read, filter: &dyn Filter) -> Result<()> {
    let mut after = 0;
    loop {
        let query = ActQuery {
            space: None,
            order: ActOrder::After(after),
            limit: ACTS,
        };
        let acts = source.acts(&query)?;
        let Some(last) = acts.last() else {
            return Ok(());
        };
        after = last.seq;
        for act in acts {
            out.row(&Row {
                act: Some(filter.edit(act)),
                ..Row::default()
            })?;
        }
    }
}

struct Writer<'a> {
    file: &'a mut dyn Write,
    path: &'a Path,
    hash: Sha256,
    count: u64,
}

impl Writer<'_> {
    fn row(&mut self, row: &Row) -> Result<()> {
        self.count += 1;
        self.line(row)
    }

    fn line(&mut self, value: &impl Serialize) -> Result<()> {
        let failed = |error| StoreError::io("written", self.path, error);
        let mut line = serde_json::to_vec(value).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        self.hash.update(&line);
        self.file.write_all(&line).map_err(failed)
    }

    fn end(&mut self) -> Result<()> {
        let sha256 = hex(&self.hash.clone().finalize());
        self.line(&Row {
            end: Some(End {
                count: self.count,
                sha256,
            }),
            ..Row::default()
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = std::fmt::Write::write_fmt(&mut text, format_args!("{byte:02x}"));
    }
    text
}

/// Reads all of a snapshot and checks it: hash, number of lines, count and digest of every space.
pub(crate) fn verify(path: &Path) -> Result<Header> {
    let mut counted: BTreeMap<Space, Head> = BTreeMap::new();
    let header = read_rows(path, &mut |row| {
        if let Some(doc) = row.doc {
            let head = counted.entry(doc.key.space).or_default();
            head.docs += 1;
            let digest = fingerprint(&doc.key, doc.body.as_str().as_bytes());
            head.digest = head.digest.wrapping_add(digest);
        }
        Ok(())
    })?;
    for (space, head) in &header.heads {
        let seen = counted.remove(space).unwrap_or_default();
        if (seen.docs, seen.digest) != (head.docs, head.digest) {
            return Err(StoreError::corrupt(
                name(path),
                "the records do not fit its first line",
            ));
        }
    }
    if counted.is_empty() {
        Ok(header)
    } else {
        Err(StoreError::corrupt(
            name(path),
            "it has records that its first line does not name",
        ))
    }
}

/// Fills `into` from a snapshot, which is checked as a whole first.
pub(crate) fn load(path: &Path, into: &mut dyn Load) -> Result<Header> {
    verify(path)?;
    let mut docs = Vec::new();
    let header = read_rows(path, &mut |row| {
        if let Some(doc) = row.doc {
            docs.push(doc);
            if docs.len() == PORTION {
                into.load(std::mem::take(&mut docs))?;
            }
        }
        row.act.map_or(Ok(()), |act| into.keep(act))
    })?;
    into.load(docs)?;
    into.finish(header.heads.clone(), header.seq)?;
    Ok(header)
}

/// The first line alone, unchecked.
pub(crate) fn peek(path: &Path) -> Result<Header> {
    let file = File::open(path).map_err(|error| StoreError::io("read", path, error))?;
    let mut line = Vec::new();
    next_line(path, &mut BufReader::new(file), &mut line)?;
    read_header(path, &line)
}

/// Whether the first line is that of a snapshot, also of a newer program.
pub(crate) fn is_one(path: &Path) -> bool {
    matches!(peek(path), Ok(_) | Err(StoreError::TooNew { .. }))
}

fn read_header(path: &Path, line: &[u8]) -> Result<Header> {
    let version = |field: &str| {
        let json: serde_json::Value = serde_json::from_slice(line).ok()?;
        let number = (json.get("circlet")? == "snapshot").then(|| json.get(field)?.as_u64())??;
        u32::try_from(number).ok()
    };
    let newest = [(version("format"), FORMAT), (version("schema"), SCHEMA)];
    for (found, known) in newest {
        if let Some(found) = found.filter(|found| *found > known) {
            return Err(StoreError::TooNew { found, known });
        }
    }
    serde_json::from_slice(line)
        .map_err(|_error| StoreError::corrupt(format!("{}:1", name(path)), "this is no snapshot"))
}

/// Reads one line without its line feed; false at the end of the file.
fn next_line(path: &Path, file: &mut BufReader<File>, line: &mut Vec<u8>) -> Result<bool> {
    line.clear();
    let read = file.by_ref().take(MAX_LINE).read_until(b'\n', line);
    read.map_err(|error| StoreError::io("read", path, error))?;
    Ok(!line.is_empty())
}

fn read_rows(path: &Path, take: &mut dyn FnMut(Row) -> Result<()>) -> Result<Header> {
    let file = File::open(path).map_err(|error| StoreError::io("read", path, error))?;
    let mut file = BufReader::with_capacity(64 * 1024, file);
    let (mut line, mut number, mut hash) = (Vec::new(), 1_u64, Sha256::new());
    next_line(path, &mut file, &mut line)?;
    let header = read_header(path, &line)?;
    hash.update(&line);
    loop {
        number += 1;
        let damaged = |what: &str| StoreError::corrupt(format!("{}:{number}", name(path)), what);
        if !next_line(path, &mut file, &mut line)? {
            return Err(damaged("the end of the snapshot is missing"));
        }
        let row: Row =
            serde_json::from_slice(&line).map_err(|_error| damaged("the line cannot be read"))?;
        if let Some(end) = row.end {
            if end.count != number - 2 || end.sha256 != hex(&hash.finalize()) {
                return Err(damaged("the checksum does not fit"));
            }
            if line.last() != Some(&b'\n') || next_line(path, &mut file, &mut line)? {
                return Err(damaged("there is something behind the end of the snapshot"));
            }
            return Ok(header);
        }
        hash.update(&line);
        take(row)?;
    }
}

/// Removes snapshots that nobody needs any more, and journals that lie before the one before the
/// newest. Kept are the newest two, and one a day for 7 days, a week for 4 weeks, a month for 12.
pub(crate) fn prune(dir: &Path) -> Result<()> {
    let mut found: Vec<(u64, PathBuf)> = files::snapshots(dir)?;
    found.reverse();
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (at, (_, path)) in found.iter().enumerate() {
        // A damaged one is not ours to judge here; the check sets it aside.
        let Ok(header) = peek(path) else { continue };
        let date = header.at.utc().date_naive();
        let week = date.iso_week();
        let mut keep = at < 2;
        keep |= days.len() < 7 && days.insert(date);
        keep |= weeks.len() < 4 && weeks.insert((week.year(), week.week()));
        keep |= months.len() < 12 && months.insert((date.year(), date.month()));
        if !keep {
            files::remove(path)?;
        }
    }
    let Some((before, _)) = found.get(1) else {
        return Ok(());
    };
    let journals = files::journals(dir)?;
    for pair in journals.windows(2) {
        match journal_header(&pair[1].1) {
            Some(next) if next.after <= *before => files::remove(&pair[0].1)?,
            _ => break,
        }
    }
    Ok(())
}
