//! The full check of the database: every record, and for each space count and digest of documents
//! and rows of lists. It runs on any thread beside the owner's.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde::Deserialize;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::rows::{self, Meta};
use super::runs::Stretch;
use super::{Trees, broken, carries, guarded};
use crate::domain::change::Rev;
use crate::domain::id::{ActId, Space};
use crate::domain::index::index_of;
use crate::store::commit::fingerprint;
use crate::store::{Finding, Head, Report, Result, StoreError, files};

/// How often a check begins again because acts came in; a scan takes a fraction of a second.
const TRIES: u32 = 20;
/// Findings after which a check has seen enough.
const ENOUGH: usize = 50;

/// Checks the database while its owner goes on working.
#[derive(Clone)]
pub(crate) struct Verifier {
    path: PathBuf,
    trees: Trees,
    epoch: Arc<AtomicU64>,
}

/// An act without its changes: those of an import would fill the memory, and their checksum has been
/// compared by then.
#[derive(Deserialize)]
struct Bare {
    id: ActId,
    seq: u64,
    revs: BTreeMap<Space, Rev>,
}

/// Count and digest of a set of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum(u64, u64);

impl Sum {
    const fn add(&mut self, digest: u64) {
        self.0 += 1;
        self.1 = self.1.wrapping_add(digest);
    }
}

/// The rows of all lists, and the documents that they carry.
#[derive(Default)]
struct Lists {
    rows: Sum,
    carried: Sum,
}

impl Lists {
    fn add(&mut self, key: &[u8], carried: Option<&[u8]>) {
        let row = xxh3_64(key);
        self.rows.add(row);
        if let Some(carried) = carried {
            self.carried.add(xxh3_64_with_seed(carried, row));
        }
    }
}

impl Verifier {
    pub(super) const fn new(path: PathBuf, trees: Trees, epoch: Arc<AtomicU64>) -> Self {
        Self { path, trees, epoch }
    }

    /// Reads everything. `None` when `cancel` was set, or when acts came in too fast to tell.
    pub(crate) fn run(&self, cancel: &AtomicBool) -> Result<Option<Report>> {
        for _ in 0..TRIES {
            let epoch = self.epoch.load(Ordering::SeqCst);
            let mut report = Report::default();
            match guarded(&self.path, || self.scan(cancel, &mut report)) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(StoreError::Corrupt { report: found }) => report.findings.extend(found),
                Err(error) => return Err(error),
            }
            if epoch.is_multiple_of(2) && self.epoch.load(Ordering::SeqCst) == epoch {
                return Ok(Some(report));
            }
        }
        Ok(None)
    }

    fn find(&self, report: &mut Report, what: String) {
        if report.findings.len() < ENOUGH {
            report.findings.push(Finding {
                place: files::name(&self.path),
                what,
            });
        }
    }

    fn scan(&self, cancel: &AtomicBool, report: &mut Report) -> Result<bool> {
        let path: &Path = &self.path;
        let meta = self.trees.meta(path)?;
        report.heads = self.trees.heads(path)?;
        (report.seq, report.acts) = (meta.seq, meta.acts);
        if rows::digest_of_heads(&report.heads) != meta.heads {
            self.find(
                report,
                "the list of circles does not agree with the totals".to_owned(),
            );
        }
        let mut docs: BTreeMap<Space, Sum> = BTreeMap::new();
        let mut wanted = Lists::default();
        let mut whole = true;
        self.trees.doc.walk(&Stretch::default(), &mut |key, row| {
            if cancel.load(Ordering::Relaxed) {
                whole = false;
                return Ok(ControlFlow::Break(()));
            }
            let read = rows::read_doc_key(path, key)
                .and_then(|key| Ok((key, rows::envelope_parts(path, &key, row)?.1)))
                .and_then(|(key, json)| {
                    let stored = rows::open_envelope(path, &key, row)?;
                    Ok((key, stored.value()?, json))
                });
            match read {
                Ok((key, value, json)) => {
                    let sum = docs.entry(key.space).or_default();
                    sum.add(fingerprint(&key, json));
                    for (name, value) in index_of(&key, &value) {
                        let at = rows::idx_key(name, &value, &key);
                        wanted.add(&at, carries(name).then_some(row));
                    }
                }
                Err(StoreError::Corrupt { report: found }) => report.findings.extend(found),
                Err(error) => return Err(error),
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if !whole {
            return Ok(false);
        }
        self.compare(report, &docs);
        self.scan_lists(report, &wanted)?;
        self.scan_acts(cancel, report, &meta)
    }

    fn compare(&self, report: &mut Report, docs: &BTreeMap<Space, Sum>) {
        let mut spaces: Vec<_> = report.heads.keys().chain(docs.keys()).copied().collect();
        spaces.sort_unstable();
        spaces.dedup();
        for space in spaces {
            let Head {
                docs: count,
                digest,
                ..
            } = report.heads.get(&space).copied().unwrap_or_default();
            let seen = docs.get(&space).copied().unwrap_or_default();
            if seen.0 != count {
                self.find(
                    report,
                    format!("{} of {count} records are there in {space}", seen.0),
                );
            } else if seen.1 != digest {
                self.find(
                    report,
                    format!("some of {count} records in {space} are not the newest"),
                );
            }
        }
    }

    fn scan_lists(&self, report: &mut Report, wanted: &Lists) -> Result<()> {
        let mut seen = Lists::default();
        self.trees
            .idx
            .walk(&Stretch::default(), &mut |key, carried| {
                // Another version may keep lists that this one does not read.
                if rows::list_of(key).is_some() {
                    seen.add(key, (!carried.is_empty()).then_some(carried));
                }
                Ok(ControlFlow::Continue(()))
            })?;
        if seen.rows != wanted.rows {
            let what = format!(
                "{} of {} rows of lists are there",
                seen.rows.0, wanted.rows.0
            );
            self.find(report, what);
        } else if seen.carried != wanted.carried && !self.carried_fits()? {
            let what = "some rows of lists do not carry the newest record".to_owned();
            self.find(report, what);
        }
        Ok(())
    }

    /// Whether each row that carries a record has the one that lies under its key. A store that an older version
    /// has written to has rows that carry nothing.
    fn carried_fits(&self) -> Result<bool> {
        let mut fits = true;
        self.trees
            .idx
            .walk(&Stretch::default(), &mut |row, carried| {
                let key = rows::doc_key(&rows::key_in_list(&self.path, row)?);
                fits = carried.is_empty() || self.trees.doc.get(&key)?.as_deref() == Some(carried);
                Ok(if fits {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                })
            })?;
        Ok(fits)
    }

    fn scan_acts(&self, cancel: &AtomicBool, report: &mut Report, meta: &Meta) -> Result<bool> {
        let (mut seen, mut by_space, mut wanted) = (Sum::default(), Sum::default(), Sum::default());
        for row in &self.trees.op {
            if cancel.load(Ordering::Relaxed) {
                return Ok(false);
            }
            let (id, row) = row.map_err(broken(&self.path))?;
            let seq = rows::seq_in(&self.path, &row)?;
            seen.add(rows::act_digest(&id, seq));
            let act: Option<Bare> = self.trees.act(&self.path, seq)?;
            match act.filter(|act| act.id.0.as_bytes() == &*id && act.seq == seq) {
                Some(act) => {
                    for space in act.revs.keys() {
                        wanted.add(xxh3_64(&rows::by_space(space, seq)));
                    }
                }
                None => self.find(report, format!("act {seq} is missing")),
            }
        }
        for row in self.trees.chg.scan_prefix([1]) {
            let (key, _) = row.map_err(broken(&self.path))?;
            by_space.add(xxh3_64(&key));
        }
        if seen != Sum(meta.acts, meta.acts_digest) || by_space != wanted {
            self.find(
                report,
                format!("{} of {} acts are there", seen.0, meta.acts),
            );
        }
        Ok(true)
    }
}
