//! An act with very many changes, as the line of the journal that it becomes: the line is the only place
//! where they are all held at once, and they are read back out of it in portions.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::File;
use std::io::{Read as _, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use crate::domain::change::{Act, ChangeText};
use crate::domain::id::Key;
use crate::store::commit::stands;
use crate::store::{MAX_ACT, MAX_VALUE, Read, Result, StoreError};

/// Changes that are held at once.
const PORTION: usize = 1_000;
/// Bytes of the line that are held at once.
pub(crate) const BLOCK: usize = 1024 * 1024;

/// The line of such an act, and where its many changes stand in it.
pub(crate) struct Long {
    text: Text,
    rows: Vec<Range<usize>>,
}

/// The whole act as JSON.
enum Text {
    Held(Vec<u8>),
    /// In a journal, behind so many bytes.
    Written {
        /// One for the changes and one for the blocks: each is read from where it was left.
        files: [File; 2],
        before: u64,
        length: usize,
    },
}

impl Long {
    /// Writes the line of `act`, which has its place already, with the many changes.
    pub(crate) fn write(
        store: &dyn Read,
        act: &Act,
        many: &mut dyn Iterator<Item = Result<ChangeText>>,
    ) -> Result<Self> {
        let mut json = serde_json::to_vec(act).map_err(unwritable)?;
        // The changes come last; their list and the act are closed again below.
        let open = json.strip_suffix(b"]}").map_or(0, <[u8]>::len);
        json.truncate(open);
        let mut seen: HashSet<Key> = act.changes.iter().map(|change| change.key).collect();
        let mut rows = Vec::new();
        for change in many {
            let mut change = change?;
            let key = change.key;
            let fits = act.revs.contains_key(&key.space) && seen.insert(key);
            if !fits || !stands(store, &mut change)? {
                return Err(StoreError::Conflict { key });
            }
            check_size(&change)?;
            if json.last() != Some(&b'[') {
                json.push(b',');
            }
            let start = json.len();
            serde_json::to_writer(&mut json, &change).map_err(unwritable)?;
            rows.push(start..json.len());
            if json.len() + 2 > MAX_ACT {
                return Err(StoreError::TooLarge {
                    what: "this change".to_owned(),
                    bytes: json.len(),
                    limit: MAX_ACT,
                });
            }
        }
        json.extend_from_slice(b"]}");
        let text = Text::Held(json);
        Ok(Self { text, rows })
    }

    /// The line, as long as it is held.
    pub(crate) fn json(&self) -> &[u8] {
        match &self.text {
            Text::Held(json) => json,
            Text::Written { .. } => &[],
        }
    }

    /// The line was written to `path`, the newest file of a journal, which has `end` bytes now: from here on it is
    /// read there. It stays where it is when the file cannot be opened.
    pub(crate) fn let_go(self, path: &Path, end: u64) -> Self {
        let Self { text, rows } = self;
        let open = || File::open(path).ok();
        let text = match (text, open().zip(open())) {
            (Text::Held(json), Some((changes, blocks))) => Text::Written {
                files: [changes, blocks],
                before: (end - 1).saturating_sub(json.len() as u64),
                length: json.len(),
            },
            (text, _) => text,
        };
        Self { text, rows }
    }

    /// The line, some of it at a time.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = Result<Cow<'_, [u8]>>> {
        let length = match &self.text {
            Text::Held(json) => json.len(),
            Text::Written { length, .. } => *length,
        };
        let starts = (0..length).step_by(BLOCK);
        starts.map(move |start| self.read(1, start..length.min(start + BLOCK)))
    }

    /// The changes, some at a time.
    pub(crate) fn portions(&self) -> impl Iterator<Item = Result<Vec<ChangeText>>> {
        self.rows.chunks(PORTION).map(|rows| {
            let start = rows.first().map_or(0, |row| row.start);
            let text = self.read(0, start..rows.last().map_or(start, |row| row.end))?;
            let read = |row: &Range<usize>| {
                let json = text.get(row.start - start..row.end - start);
                serde_json::from_slice(json.unwrap_or_default()).map_err(unwritable)
            };
            rows.iter().map(read).collect()
        })
    }

    fn read(&self, reader: usize, range: Range<usize>) -> Result<Cow<'_, [u8]>> {
        match &self.text {
            Text::Held(json) => Ok(Cow::Borrowed(json.get(range).unwrap_or_default())),
            Text::Written { files, before, .. } => {
                let mut part = vec![0; range.len()];
                let mut file = &files[reader];
                file.seek(SeekFrom::Start(before + range.start as u64))
                    .and_then(|_place| file.read_exact(&mut part))
                    .map_err(|error| {
                        StoreError::Other(format!("it cannot be read back: {error}"))
                    })?;
                Ok(Cow::Owned(part))
            }
        }
    }
}

fn check_size(change: &ChangeText) -> Result<()> {
    let after = change.after.as_ref();
    let bytes = after.map_or(0, |after| after.as_str().len());
    if bytes > MAX_VALUE {
        return Err(StoreError::TooLarge {
            what: format!("this {}", change.key.kind.as_str()),
            bytes,
            limit: MAX_VALUE,
        });
    }
    Ok(())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "stands where an error is turned into another"
)]
fn unwritable(error: serde_json::Error) -> StoreError {
    StoreError::Other(format!("the change cannot be written: {error}"))
}
