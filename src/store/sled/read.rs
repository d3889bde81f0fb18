//! Answering queries from the database.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::rows::{self, act_row, by_space, doc_key, idx_key};
use super::runs::Stretch;
use super::{Tables, Trees, broken, guarded};
use crate::domain::change::Act;
use crate::domain::id::{ActId, Key, Kind, Space};
use crate::store::{
    ActOrder, ActQuery, Brief, Head, IndexQuery, IndexRow, Page, Read, Result, StoreError, Stored,
    files,
};

/// What is made of a row of a list and what it carries.
type Take<'t, T> = &'t mut dyn FnMut(IndexRow, &[u8]) -> Result<Option<T>>;

impl Read for Tables {
    fn get(&self, key: &Key) -> Result<Option<Stored>> {
        guarded(&self.path, || self.trees.doc(&self.path, key))
    }

    fn scan(&self, space: Space, kind: Kind, after: Option<Uuid>, limit: usize) -> Result<Page> {
        guarded(&self.path, || {
            let mut from = doc_key(&Key::new(space, kind, after.unwrap_or_default()));
            if after.is_some() {
                from.push(0);
            }
            let mut until = doc_key(&Key::new(space, kind, Uuid::max()));
            until.push(0);
            let stretch = Stretch {
                from,
                until: Some(until),
                backwards: false,
            };
            let mut page = Page::default();
            self.trees.doc.walk(&stretch, &mut |key, row| {
                if page.rows.len() == limit {
                    page.next = page.rows.last().map(|row| row.key.id);
                    return Ok(ControlFlow::Break(()));
                }
                let key = rows::read_doc_key(&self.path, key)?;
                page.rows.push(rows::open_envelope(&self.path, &key, row)?);
                Ok(ControlFlow::Continue(()))
            })?;
            Ok(page)
        })
    }

    fn index(&self, query: &IndexQuery) -> Result<Vec<IndexRow>> {
        guarded(&self.path, || {
            self.list(query, &mut |row, _carried| Ok(Some(row)))
        })
    }

    fn listed(&self, query: &IndexQuery) -> Result<Vec<(IndexRow, Stored)>> {
        guarded(&self.path, || {
            self.list(query, &mut |row, carried| {
                let stored = if carried.is_empty() {
                    self.trees.doc(&self.path, &row.key)?
                } else {
                    Some(rows::open_envelope(&self.path, &row.key, carried)?)
                };
                Ok(stored.map(|stored| (row, stored)))
            })
        })
    }

    fn acts(&self, query: &ActQuery) -> Result<Vec<Act>> {
        let seqs = guarded(&self.path, || self.trees.seqs(&self.path, query))?;
        let mut acts = Vec::with_capacity(seqs.len());
        for seq in seqs {
            acts.extend(self.read_act(seq)?);
        }
        Ok(acts)
    }

    fn acts_in_brief(&self, query: &ActQuery) -> Result<Vec<Brief>> {
        let seqs = guarded(&self.path, || self.trees.seqs(&self.path, query))?;
        let mut acts = Vec::with_capacity(seqs.len());
        for seq in seqs {
            acts.extend(self.brief_act(seq)?);
        }
        Ok(acts)
    }

    fn act(&self, id: ActId) -> Result<Option<Act>> {
        match self.seq_of(id)? {
            Some(seq) => self.read_act(seq),
            None => Ok(None),
        }
    }

    fn heads(&self) -> Result<BTreeMap<Space, Head>> {
        Ok(self.heads.clone())
    }

    fn seq(&self) -> Result<u64> {
        Ok(self.meta.seq)
    }
}

impl Tables {
    pub(super) fn seq_of(&self, id: ActId) -> Result<Option<u64>> {
        let seq = guarded(&self.path, || {
            let row = self
                .trees
                .op
                .get(id.0.as_bytes())
                .map_err(broken(&self.path))?;
            row.map(|row| rows::seq_in(&self.path, &row)).transpose()
        })?;
        // A row of an act that was being applied when the process ended does not count yet.
        Ok(seq.filter(|seq| *seq <= self.meta.seq))
    }

    /// Walks through rows of a list, keeping what `take` makes of each and what it carries.
    fn list<T>(&self, query: &IndexQuery, take: Take<'_, T>) -> Result<Vec<T>> {
        let (mut from, mut until) = rows::idx_range(query);
        match &query.after {
            Some(after) if query.backwards => {
                until = idx_key(query.name, &after.value, &after.key);
            }
            Some(after) => {
                from = idx_key(query.name, &after.value, &after.key);
                from.push(0);
            }
            None => {}
        }
        let stretch = Stretch {
            from,
            until: Some(until),
            backwards: query.backwards,
        };
        let prefix = rows::idx_prefix(&query.space, query.name);
        let (mut found, mut left) = (Vec::new(), query.limit);
        self.trees.idx.walk(&stretch, &mut |key, carried| {
            if left == 0 {
                return Ok(ControlFlow::Break(()));
            }
            left -= 1;
            let row = rows::read_idx_key(&self.path, query.space, &prefix, key)?;
            found.extend(take(row, carried)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    pub(super) fn read_act(&self, seq: u64) -> Result<Option<Act>> {
        guarded(&self.path, || self.trees.act(&self.path, seq))
    }
}

impl Trees {
    pub(super) fn doc(&self, path: &Path, key: &Key) -> Result<Option<Stored>> {
        let row = self.doc.get(&doc_key(key))?;
        row.map(|row| rows::open_envelope(path, key, &row))
            .transpose()
    }

    /// An act, or as much of it as `T` holds.
    pub(super) fn act<T: DeserializeOwned>(&self, path: &Path, seq: u64) -> Result<Option<T>> {
        let mut json = Vec::new();
        for row in self.chg.scan_prefix(act_row(seq)) {
            let (_, part) = row.map_err(broken(path))?;
            json.extend_from_slice(rows::unsealed(path, &part)?);
        }
        if json.is_empty() {
            return Ok(None);
        }
        let act = serde_json::from_slice(&json).map_err(|error| {
            StoreError::corrupt(
                files::name(path),
                format!("act {seq} cannot be read: {error}"),
            )
        })?;
        Ok(Some(act))
    }

    /// The positions of the acts that are asked for.
    pub(super) fn seqs(&self, path: &Path, query: &ActQuery) -> Result<Vec<u64>> {
        let key = |seq: u64| {
            query
                .space
                .map_or_else(|| act_row(seq), |space| by_space(&space, seq))
        };
        let seq_of = |row: ::sled::Result<(::sled::IVec, ::sled::IVec)>| {
            let (key, _) = row.map_err(broken(path))?;
            rows::seq_of_key(path, query.space.is_some(), &key)
        };
        let mut seqs = Vec::new();
        let (mut from, mut until) = match query.order {
            ActOrder::Before(seq) => (key(0), key(seq)),
            ActOrder::After(seq) => (key(seq.saturating_add(1)), key(u64::MAX)),
        };
        // An act in several parts has several rows, and a long one very many: each step passes over all of one act.
        while seqs.len() < query.limit && from < until {
            let mut found = self.chg.range(from.clone()..until.clone());
            let row = match query.order {
                ActOrder::Before(_) => found.next_back(),
                ActOrder::After(_) => found.next(),
            };
            let Some(row) = row else { break };
            let seq = seq_of(row)?;
            seqs.push(seq);
            match query.order {
                ActOrder::Before(_) => until = key(seq),
                ActOrder::After(_) => from = key(seq.saturating_add(1)),
            }
        }
        Ok(seqs)
    }
}
