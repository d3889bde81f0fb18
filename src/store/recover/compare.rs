//! Whether database and journal are what the last use of the store left.

use std::cmp::Ordering;

use super::Opener;
use crate::store::files::{self, DATABASE};
use crate::store::sled::{Tables, digest_of_heads};
use crate::store::state::Mark;
use crate::store::{Finding, Read, Result, StoreError};

impl Opener<'_> {
    /// Whether the database is what an end in order left; an error when it cannot be.
    pub(super) fn compare(&self, tables: &Tables) -> Result<bool> {
        if tables.meta().store != self.id {
            return Err(StoreError::corrupt(
                DATABASE,
                "the database belongs to another store",
            ));
        }
        let digest = digest_of_heads(&tables.heads()?);
        if digest != tables.meta().heads {
            return Err(StoreError::corrupt(
                DATABASE,
                "part of the database is missing",
            ));
        }
        let Some(state) = &self.state else {
            return Ok(false);
        };
        let seq = tables.seq()?;
        if state.clean && (seq < state.seq || (seq == state.seq && digest != state.heads)) {
            return Err(StoreError::corrupt(
                DATABASE,
                "it is older than when it was closed",
            ));
        }
        // What the journal has beyond one that was left without power comes from there.
        let ended = state.mark() != Mark::InUse;
        Ok(ended && (seq, digest) == (state.seq, state.heads))
    }

    /// Whether the newest journal ends where it ended then.
    pub(super) fn journal_as_ended(&self) -> Result<bool> {
        let Some(state) = &self.state else {
            return Ok(false);
        };
        Ok(match files::journals(self.dir)?.last() {
            Some((number, path)) => (*number, files::bytes(path)) == (state.journal, state.length),
            None => state.journal == 0,
        })
    }

    /// What of the newest journal is gone.
    pub(super) fn missing_journal(&self) -> Result<Option<Finding>> {
        let Some(state) = &self.state else {
            return Ok(None);
        };
        let journals = files::journals(self.dir)?;
        let (newest, length) = journals
            .last()
            .map_or((0, 0), |(number, path)| (*number, files::bytes(path)));
        let what = match newest.cmp(&state.journal) {
            Ordering::Less => "the file is missing",
            Ordering::Equal if length < state.length => "the end of the file is missing",
            Ordering::Equal | Ordering::Greater => return Ok(None),
        };
        Ok(Some(Finding {
            place: files::journal_name(state.journal),
            what: what.to_owned(),
        }))
    }
}
