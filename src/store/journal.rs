//! The journal: one line per act, on disk before anyone is told that the act is saved. The line is
//! the commit; everything else can be built from it.
//!
//! A file is only ever appended to. One that could not be brought to disk is closed for good, and
//! the next file begins behind the last act that was acknowledged.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::change::Act;
use crate::store::files::{self, journal_name, name};
use crate::store::frame::{Line, Lines, begin, frame};
use crate::store::{Finding, Result, StoreError};

/// The version of the files around the documents.
pub(crate) const FORMAT: u32 = 1;
/// The version of the documents.
pub(crate) const SCHEMA: u32 = 1;

/// Bytes from which on a line is written in parts.
const LONG: usize = 1024 * 1024;

/// The first line of a journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) circlet: String,
    pub(crate) format: u32,
    pub(crate) schema: u32,
    pub(crate) store: Uuid,
    pub(crate) file: u64,
    /// The act that its first one follows. Whatever an older file has beyond it was never
    /// acknowledged.
    pub(crate) after: u64,
}

/// What a journal is written to; tests put a failing disk in its place.
pub(crate) trait Medium: Send {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;
    fn sync(&mut self) -> io::Result<()>;
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Medium for File {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        Write::write_all(self, bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// Opens the file of a journal for appending.
pub(crate) type Opener = Box<dyn Fn(&Path) -> io::Result<Box<dyn Medium>> + Send>;

/// The opener for real files.
pub(crate) fn on_disk() -> Opener {
    Box::new(|path| {
        let file = files::private().append(true).create(true).open(path)?;
        Ok(Box::new(file))
    })
}

/// The end of the journal, where acts are written.
pub(crate) struct Journal {
    dir: PathBuf,
    store: Uuid,
    open: Opener,
    /// `None` when the newest file is closed for good.
    medium: Option<Box<dyn Medium>>,
    number: u64,
    length: u64,
}

impl Journal {
    /// Goes on behind whole lines in file `number`, which has `length` bytes.
    pub(crate) fn resume(dir: &Path, store: Uuid, number: u64, length: u64) -> Result<Self> {
        let path = dir.join(journal_name(number));
        let open = on_disk();
        let medium = open(&path).map_err(|error| StoreError::io("opened", &path, error))?;
        Ok(Self {
            dir: dir.to_owned(),
            store,
            open,
            medium: Some(medium),
            number,
            length,
        })
    }

    /// Begins the file behind `number` at the next act.
    pub(crate) fn behind(dir: &Path, store: Uuid, number: u64) -> Self {
        let dir = dir.to_owned();
        Self {
            dir,
            store,
            open: on_disk(),
            medium: None,
            number,
            length: 0,
        }
    }

    /// The number of the newest file and its length in bytes.
    pub(crate) const fn place(&self) -> (u64, u64) {
        (self.number, self.length)
    }

    #[cfg(test)]
    pub(crate) fn use_opener(&mut self, open: Opener) {
        self.open = open;
    }

    /// Writes one act and brings it to disk. After an error it is as if nothing had been written.
    pub(crate) fn append(&mut self, seq: u64, json: &[u8]) -> Result<()> {
        if self.medium.is_none() {
            self.begin(seq - 1)?;
        }
        if json.len() < LONG {
            return self.write(&[&frame(seq, json)]);
        }
        // Not copied into one piece: an import would take its length twice.
        self.write(&[begin(seq, json).as_bytes(), json, b"\n"])
    }

    /// Begins the next file, behind act `after`.
    pub(crate) fn begin(&mut self, after: u64) -> Result<()> {
        let number = self.number + 1;
        let path = self.dir.join(journal_name(number));
        let failed = |error| StoreError::io("written", &path, error);
        // What an earlier try may have left was never acknowledged.
        files::remove(&path)?;
        self.medium = Some((self.open)(&path).map_err(failed)?);
        (self.number, self.length) = (number, 0);
        let header = Header {
            circlet: "journal".to_owned(),
            format: FORMAT,
            schema: SCHEMA,
            store: self.store,
            file: number,
            after,
        };
        let json = serde_json::to_vec(&header).map_err(|error| failed(error.into()))?;
        self.write(&[&frame(after, &json)])
            .inspect_err(|_| self.forget(&path))?;
        files::sync_dir(&self.dir).inspect_err(|_| self.forget(&path))
    }

    /// A file without a whole header counts for nothing.
    fn forget(&mut self, path: &Path) {
        self.medium = None;
        self.number -= 1;
        // Already failing; the next try removes it as well.
        let _ = files::remove(path);
    }

    fn write(&mut self, line: &[&[u8]]) -> Result<()> {
        let path = self.dir.join(journal_name(self.number));
        let medium = self
            .medium
            .as_mut()
            .expect("append and begin open the file first");
        let mut parts = line.iter();
        let written = parts.try_for_each(|part| medium.write_all(part));
        let written = written.and_then(|()| medium.sync());
        if let Err(error) = written {
            let undone = medium.cut(self.length).and_then(|()| medium.sync());
            if undone.is_err() {
                self.medium = None;
            }
            return Err(StoreError::io("written", &path, error));
        }
        self.length += line.iter().map(|part| part.len() as u64).sum::<u64>();
        Ok(())
    }
}

/// What was met while reading journals.
#[derive(Debug, Default)]
pub(crate) struct Replayed {
    /// The newest act that was reached without a gap.
    pub(crate) reached: u64,
    /// The newest act of all that were seen.
    pub(crate) newest: u64,
    /// What is damaged or missing.
    pub(crate) findings: Vec<Finding>,
    /// The files that are damaged.
    pub(crate) damaged: Vec<PathBuf>,
    /// The newest file, and its length when it ends with a whole line.
    pub(crate) end: Option<(u64, Option<u64>)>,
}

/// Reads every act behind `from` in order, over all files, and hands it to `take`. Acts behind a gap
/// are handed over only if `past_gaps`.
pub(crate) fn replay(
    dir: &Path,
    from: u64,
    past_gaps: bool,
    take: &mut dyn FnMut(Act) -> Result<()>,
) -> Result<Replayed> {
    walk(dir, from, past_gaps, &mut |act| take(act.read()?))
}

/// Reads every act behind `from` as [`replay`] does, also past gaps, but only to see that all are there. An act is
/// not taken apart: an import would fill the memory.
pub(crate) fn survey(dir: &Path, from: u64) -> Result<Replayed> {
    walk(dir, from, true, &mut |act| {
        act.parse::<IgnoredAny>().map(|_| ())
    })
}

fn walk(
    dir: &Path,
    from: u64,
    past_gaps: bool,
    take: &mut dyn FnMut(&Pending<'_>) -> Result<()>,
) -> Result<Replayed> {
    let found = files::journals(dir)?;
    let headers: Vec<_> = found.iter().map(|(_, path)| header(path)).collect();
    let mut all = Replayed {
        reached: from,
        newest: from,
        ..Replayed::default()
    };
    for (at, (number, path)) in found.iter().enumerate() {
        let until = headers[at + 1..]
            .iter()
            .flatten()
            .map(|header| header.after)
            .min();
        let last = at + 1 == found.len();
        if !last && until.is_some_and(|until| until <= from) && headers[at].is_some() {
            continue;
        }
        let before = all.findings.len();
        let end = read_file(path, until, &mut |act: Pending<'_>| {
            all.newest = all.newest.max(act.seq);
            let gap = act.seq > all.reached + 1;
            if act.seq <= all.reached || (gap && !past_gaps) {
                return Ok(());
            }
            let (reached, seq) = (all.reached, act.seq);
            take(&act)?;
            all.reached = if gap { reached } else { seq };
            Ok(())
        })?;
        all.findings.extend(end.findings);
        if all.findings.len() > before {
            all.damaged.push(path.clone());
        }
        all.end = Some((*number, end.length));
    }
    Ok(all)
}

/// The first line of a journal, if it can be read.
pub(crate) fn header(path: &Path) -> Option<Header> {
    match Lines::open(path)
        .and_then(|mut lines| lines.next())
        .ok()??
    {
        Line::Good { json, .. } => serde_json::from_slice(&json).ok(),
        Line::Torn | Line::Bad(_) => None,
    }
}

/// An act in a journal that was not taken apart yet.
struct Pending<'a> {
    seq: u64,
    json: &'a [u8],
    place: String,
}

impl Pending<'_> {
    fn read(&self) -> Result<Act> {
        self.parse()
    }

    fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.json)
            .map_err(|error| StoreError::corrupt(&self.place, format!("cannot be read: {error}")))
    }
}

#[derive(Default)]
struct FileEnd {
    findings: Vec<Finding>,
    length: Option<u64>,
}

fn read_file(
    path: &Path,
    until: Option<u64>,
    take: &mut dyn FnMut(Pending<'_>) -> Result<()>,
) -> Result<FileEnd> {
    let failed = |error| StoreError::io("read", path, error);
    let mut lines = Lines::open(path).map_err(failed)?;
    let mut end = FileEnd {
        length: Some(0),
        ..FileEnd::default()
    };
    while let Some(line) = lines.next().map_err(failed)? {
        let place = format!("{}:{}", name(path), lines.number);
        end.length = Some(lines.end);
        match line {
            Line::Good { .. } if lines.number == 1 => {}
            Line::Good { seq, json } => {
                if until.is_none_or(|until| seq <= until) {
                    match take(Pending {
                        seq,
                        json: &json,
                        place,
                    }) {
                        Err(StoreError::Corrupt { report }) => end.findings.extend(report),
                        taken => taken?,
                    }
                }
            }
            Line::Torn => end.length = None,
            Line::Bad(what) => {
                end.length = None;
                end.findings.push(Finding {
                    place,
                    what: what.to_owned(),
                });
            }
        }
    }
    if lines.number == 0 {
        end.length = None;
    }
    Ok(end)
}
