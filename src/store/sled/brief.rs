//! Reading acts without holding all of a long one: its beginning alone, or its changes one by one.

use std::path::PathBuf;

use super::rows::{self, act_row};
use super::{PART, Tables, broken, guarded};
use crate::domain::change::{Act, ChangeText};
use crate::domain::id::ActId;
use crate::store::text::{self, BRIEF, Next};
use crate::store::{Brief, Result, StoreError, files};

/// Parts of an act that are read at once while its changes are.
const PARTS: usize = BRIEF / PART;

impl Tables {
    /// The act at this position; of a very long one as much as its first parts hold, and one change at
    /// least.
    pub(super) fn brief_act(&self, seq: u64) -> Result<Option<Brief>> {
        let mut parts = self.parts(seq);
        let mut json = Vec::new();
        parts.read(&mut json)?;
        while parts.more {
            // Whether it is a step is told by its first change, however long that is.
            match text::beginning(&json) {
                Some(act) if !act.changes.is_empty() => {
                    return Ok(Some(Brief { act, whole: false }));
                }
                Some(_) | None => parts.read(&mut json)?,
            }
        }
        let act = self.read_act(seq)?;
        Ok(act.map(|act| Brief { act, whole: true }))
    }

    /// The act of this id with as many changes as its first parts hold, one at least, and all of its changes.
    pub(crate) fn changes_of(&self, id: ActId) -> Result<Option<(Act, Changes)>> {
        let Some(seq) = self.seq_of(id)? else {
            return Ok(None);
        };
        let Some(Brief { act: head, .. }) = self.brief_act(seq)? else {
            return Ok(None);
        };
        let mut changes = Changes {
            parts: self.parts(seq),
            json: Vec::new(),
            place: 0,
            through: false,
        };
        changes.parts.read(&mut changes.json)?;
        changes.place = text::changes_at(&changes.json).ok_or_else(|| {
            changes
                .parts
                .bad("its changes are not where they should be")
        })?;
        Ok(Some((head, changes)))
    }

    fn parts(&self, seq: u64) -> Parts {
        Parts {
            path: self.path.clone(),
            seq,
            rows: self.trees.chg.scan_prefix(act_row(seq)),
            more: true,
        }
    }
}

/// The text of an act, some parts at a time.
struct Parts {
    path: PathBuf,
    seq: u64,
    rows: ::sled::Iter,
    /// Whether there may be more of it.
    more: bool,
}

impl Parts {
    /// Puts the next parts behind `json`.
    fn read(&mut self, json: &mut Vec<u8>) -> Result<()> {
        let Self {
            path, rows, more, ..
        } = self;
        guarded(path, || {
            for _ in 0..PARTS {
                let Some(row) = rows.next() else {
                    *more = false;
                    break;
                };
                let (_, part) = row.map_err(broken(path))?;
                json.extend_from_slice(rows::unsealed(path, &part)?);
            }
            Ok(())
        })
    }

    fn bad(&self, why: &str) -> StoreError {
        let what = format!("act {} cannot be read: {why}", self.seq);
        StoreError::corrupt(files::name(&self.path), what)
    }
}

/// The changes of one act in their order. After an error nothing follows.
pub(crate) struct Changes {
    parts: Parts,
    json: Vec<u8>,
    place: usize,
    through: bool,
}

impl Iterator for Changes {
    type Item = Result<ChangeText>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.through {
            return None;
        }
        loop {
            let failed = match text::next(&self.json, self.place) {
                Next::Change(change, end) => {
                    self.place = end;
                    return Some(Ok(*change));
                }
                Next::End => {
                    self.through = true;
                    return None;
                }
                Next::More if self.parts.more => {
                    self.json.drain(..self.place);
                    self.place = 0;
                    match self.parts.read(&mut self.json) {
                        Ok(()) => continue,
                        Err(error) => error,
                    }
                }
                Next::More => self.parts.bad("it ends too early"),
                Next::Bad(why) => self.parts.bad(&why),
            };
            self.through = true;
            return Some(Err(failed));
        }
    }
}
