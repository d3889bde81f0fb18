//! A store whose database is taken out.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::domain::change::Act;
use crate::domain::id::{ActId, Key, Kind, Space};
use crate::store::{ActQuery, Head, IndexQuery, IndexRow, Page, Read, Result, StoreError, Stored};

/// Stands where no database is: every question is an error, so that nothing seems to be empty.
pub(crate) struct Stopped;

impl Read for Stopped {
    fn get(&self, _key: &Key) -> Result<Option<Stored>> {
        Err(stopped())
    }

    fn scan(&self, _: Space, _: Kind, _after: Option<Uuid>, _limit: usize) -> Result<Page> {
        Err(stopped())
    }

    fn index(&self, _query: &IndexQuery) -> Result<Vec<IndexRow>> {
        Err(stopped())
    }

    fn acts(&self, _query: &ActQuery) -> Result<Vec<Act>> {
        Err(stopped())
    }

    fn act(&self, _id: ActId) -> Result<Option<Act>> {
        Err(stopped())
    }

    fn heads(&self) -> Result<BTreeMap<Space, Head>> {
        Err(stopped())
    }

    fn seq(&self) -> Result<u64> {
        Err(stopped())
    }
}

pub(super) fn stopped() -> StoreError {
    let words = "the database stopped; everything saved is kept, close circlet and open it again";
    StoreError::ReadOnly(words.to_owned())
}
