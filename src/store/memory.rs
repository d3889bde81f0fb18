//! The reference adapter: everything in memory, nothing on disk. Other adapters have to behave like
//! this one, and it stands in when the database cannot be used.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use uuid::Uuid;

use crate::domain::body::BodyText;
use crate::domain::change::{Act, Body, Rev};
use crate::domain::id::{ActId, Key, Kind, Space};
use crate::domain::index::{IndexName, index_of};
use crate::store::commit::{Prepared, bytes, fingerprint, moved_heads, prepare, texts};
use crate::store::{
    ActOrder, ActQuery, Finding, Head, IndexQuery, IndexRow, Load, MAX_ACT, Page, Read, Report,
    Result, Size, Store, StoreError, Stored,
};

/// A store in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    docs: BTreeMap<Key, (Rev, Body)>,
    rows: BTreeMap<(Space, IndexName), BTreeSet<IndexRow>>,
    acts: BTreeMap<u64, Act>,
    ids: HashMap<ActId, u64>,
    heads: BTreeMap<Space, Head>,
    seq: u64,
}

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the heads fit the documents, where acts between them are missing.
    pub(crate) fn recount(&mut self) {
        for head in self.heads.values_mut() {
            (head.docs, head.digest) = (0, 0);
        }
        for (key, (rev, body)) in &self.docs {
            let head = self.heads.entry(key.space).or_default();
            head.rev = head.rev.max(*rev);
            head.docs += 1;
            head.digest = head.digest.wrapping_add(fingerprint(key, &bytes(body)));
        }
    }

    fn set(&mut self, key: Key, value: Option<(Rev, Body)>) {
        if let Some((_, old)) = self.docs.remove(&key) {
            for (name, value) in index_of(&key, &old) {
                let rows = self.rows.entry((key.space, name)).or_default();
                rows.remove(&IndexRow { value, key });
            }
        }
        if let Some((rev, body)) = value {
            for (name, value) in index_of(&key, &body) {
                let rows = self.rows.entry((key.space, name)).or_default();
                rows.insert(IndexRow { value, key });
            }
            self.docs.insert(key, (rev, body));
        }
    }
}

impl Load for Memory {
    fn apply(&mut self, act: &Act) -> Result<()> {
        let moved = moved_heads(&self.heads, &act.revs, &texts(act));
        for change in &act.changes {
            let rev = act.revs.get(&change.key.space).copied().unwrap_or_default();
            self.set(change.key, change.after.clone().map(|body| (rev, body)));
        }
        self.heads.extend(moved);
        self.seq = self.seq.max(act.seq);
        self.keep(act.clone())
    }

    fn load(&mut self, docs: Vec<Stored>) -> Result<()> {
        for stored in docs {
            let value = stored.value()?;
            self.set(stored.key, Some((stored.rev, value)));
        }
        Ok(())
    }

    fn keep(&mut self, act: Act) -> Result<()> {
        self.ids.insert(act.id, act.seq);
        self.acts.insert(act.seq, act);
        Ok(())
    }

    fn finish(&mut self, heads: BTreeMap<Space, Head>, seq: u64) -> Result<()> {
        (self.heads, self.seq) = (heads, seq);
        Ok(())
    }
}

impl Read for Memory {
    fn get(&self, key: &Key) -> Result<Option<Stored>> {
        Ok(self
            .docs
            .get(key)
            .map(|(rev, body)| stored(key, *rev, body)))
    }

    fn scan(&self, space: Space, kind: Kind, after: Option<Uuid>, limit: usize) -> Result<Page> {
        let first = Key::new(space, kind, Uuid::nil());
        let from = after.map_or(Bound::Included(first), |id| {
            Bound::Excluded(Key::new(space, kind, id))
        });
        let to = Bound::Included(Key::new(space, kind, Uuid::max()));
        let mut rows: Vec<_> = self
            .docs
            .range((from, to))
            .take(limit.saturating_add(1))
            .map(|(key, (rev, body))| stored(key, *rev, body))
            .collect();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| row.key.id);
        Ok(Page { rows, next })
    }

    fn index(&self, query: &IndexQuery) -> Result<Vec<IndexRow>> {
        let Some(rows) = self.rows.get(&(query.space, query.name)) else {
            return Ok(Vec::new());
        };
        let edge = |value: &Vec<u8>| IndexRow {
            value: value.clone(),
            key: Key::new(query.space, Kind::ALL[0], Uuid::nil()),
        };
        let mut from = Bound::Included(edge(&query.from));
        let mut to = query
            .until
            .as_ref()
            .map_or(Bound::Unbounded, |v| Bound::Excluded(edge(v)));
        match &query.after {
            Some(after) if query.backwards => to = Bound::Excluded(after.clone()),
            Some(after) => from = Bound::Excluded(after.clone()),
            None => {}
        }
        if query
            .until
            .as_ref()
            .is_some_and(|until| *until <= query.from)
        {
            return Ok(Vec::new());
        }
        let wanted = rows.range((from, to));
        Ok(if query.backwards {
            wanted.rev().take(query.limit).cloned().collect()
        } else {
            wanted.take(query.limit).cloned().collect()
        })
    }

    fn acts(&self, query: &ActQuery) -> Result<Vec<Act>> {
        let touches = |act: &&Act| {
            query
                .space
                .is_none_or(|space| act.revs.contains_key(&space))
        };
        Ok(match query.order {
            ActOrder::Before(seq) => {
                let older = self.acts.range(..seq).rev().map(|(_, act)| act);
                older.filter(touches).take(query.limit).cloned().collect()
            }
            ActOrder::After(seq) => {
                let newer = self.acts.range(seq.saturating_add(1)..).map(|(_, act)| act);
                newer.filter(touches).take(query.limit).cloned().collect()
            }
        })
    }

    fn act(&self, id: ActId) -> Result<Option<Act>> {
        Ok(self
            .ids
            .get(&id)
            .and_then(|seq| self.acts.get(seq))
            .cloned())
    }

    fn heads(&self) -> Result<BTreeMap<Space, Head>> {
        Ok(self.heads.clone())
    }

    fn seq(&self) -> Result<u64> {
        Ok(self.seq)
    }
}

impl Store for Memory {
    fn commit(&mut self, act: Act) -> Result<Act> {
        match prepare(self, act)? {
            Prepared::Known(act) => Ok(act),
            Prepared::New(act) => {
                let bytes = serde_json::to_vec(&act).map_or(0, |line| line.len());
                if bytes > MAX_ACT {
                    let what = "this change".to_owned();
                    return Err(StoreError::TooLarge {
                        what,
                        bytes,
                        limit: MAX_ACT,
                    });
                }
                self.apply(&act)?;
                Ok(act)
            }
        }
    }

    fn sync(&mut self) -> Result<()> {
        Ok(())
    }

    fn check(&self) -> Result<Report> {
        let mut counted: BTreeMap<Space, Head> = BTreeMap::new();
        for (key, (_, body)) in &self.docs {
            let head = counted.entry(key.space).or_default();
            head.docs += 1;
            head.digest = head.digest.wrapping_add(fingerprint(key, &bytes(body)));
        }
        let mut findings = Vec::new();
        for (space, head) in &self.heads {
            let seen = counted.get(space).copied().unwrap_or_default();
            if (seen.docs, seen.digest) != (head.docs, head.digest) {
                let what = format!("{} of {} documents", seen.docs, head.docs);
                findings.push(Finding {
                    place: format!("memory, {space}"),
                    what,
                });
            }
        }
        let acts = self.acts.len() as u64;
        Ok(Report {
            seq: self.seq,
            heads: self.heads.clone(),
            acts,
            findings,
        })
    }

    fn size(&self) -> Result<Size> {
        Ok(Size::default())
    }
}

fn stored(key: &Key, rev: Rev, body: &Body) -> Stored {
    Stored {
        key: *key,
        rev,
        body: BodyText::from(body),
    }
}
