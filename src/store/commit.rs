//! The checks that every adapter makes before it takes an act, and the arithmetic of heads. Pure
//! apart from reading the current values.

use std::collections::{BTreeMap, HashMap};

use xxhash_rust::xxh3::Xxh3Default;

use crate::domain::change::{Act, Body, ChangeText, Rev};
use crate::domain::id::{Key, Space};
use crate::store::{Head, MAX_VALUE, Read, Result, StoreError};

/// What became of an act that was offered.
pub(crate) enum Prepared {
    /// It can be taken as it now stands.
    New(Act),
    /// It was taken before; this is what came of it.
    Known(Act),
}

/// Checks an act against the current values and gives it its place.
pub(crate) fn prepare(store: &dyn Read, mut act: Act) -> Result<Prepared> {
    if let Some(known) = store.act(act.id)? {
        return Ok(Prepared::Known(known));
    }
    let spaces: Vec<Space> = act.spaces().collect();
    let mut pending: HashMap<Key, Option<Body>> = HashMap::new();
    for change in &mut act.changes {
        let now = match pending.remove(&change.key) {
            Some(pending) => pending,
            None => value(store, &change.key)?,
        };
        if now != change.before {
            return Err(StoreError::Conflict { key: change.key });
        }
        // Equal values may list their fields in another order; digests are made from the stored one.
        change.before = now;
        let bytes = change.after.as_ref().map_or(0, |after| bytes(after).len());
        if bytes > MAX_VALUE {
            let what = format!("this {}", change.key.kind.as_str());
            return Err(StoreError::TooLarge {
                what,
                bytes,
                limit: MAX_VALUE,
            });
        }
        pending.insert(change.key, change.after.clone());
    }
    place(store, &mut act, spaces)?;
    Ok(Prepared::New(act))
}

/// The current value of a document.
pub(crate) fn value(store: &dyn Read, key: &Key) -> Result<Option<Body>> {
    store.get(key)?.map(|stored| stored.value()).transpose()
}

/// Gives an act that moves these spaces its place behind all others.
pub(crate) fn place(
    store: &dyn Read,
    act: &mut Act,
    spaces: impl IntoIterator<Item = Space>,
) -> Result<()> {
    let heads = store.heads()?;
    let next = |space: Space| (space, heads.get(&space).map_or(0, |head| head.rev) + 1);
    act.revs = spaces.into_iter().map(next).collect();
    act.seq = store.seq()? + 1;
    Ok(())
}

/// The bytes of a value, as they are stored and hashed.
pub(crate) fn bytes(body: &Body) -> Vec<u8> {
    serde_json::to_vec(body).expect("a JSON value has only text as keys, so it can be written")
}

/// What one document adds to the digest of its space.
pub(crate) fn fingerprint(key: &Key, body: &[u8]) -> u64 {
    let mut hash = Xxh3Default::new();
    hash.update(key.to_string().as_bytes());
    hash.update(&[0]);
    hash.update(body);
    hash.digest()
}

/// The changes of an act with their values as the texts that are stored and hashed.
pub(crate) fn texts(act: &Act) -> Vec<ChangeText> {
    act.changes.iter().map(ChangeText::from).collect()
}

/// Whether a document is what a change has seen. What is stored takes the place of what was seen: equal values may
/// list their fields in another order, and digests are made from the stored one.
pub(crate) fn stands(store: &dyn Read, change: &mut ChangeText) -> Result<bool> {
    match (store.get(&change.key)?, &mut change.before) {
        (None, None) => Ok(true),
        (Some(now), Some(seen)) if now.body == *seen => Ok(true),
        (Some(now), Some(seen)) => {
            let same = seen.value().ok().as_ref() == Some(&now.value()?);
            *seen = now.body;
            Ok(same)
        }
        (Some(_), None) | (None, Some(_)) => Ok(false),
    }
}

/// The heads that an act moves. A space that is at the act's revision already is left out, so that
/// applying an act again changes nothing. It needs the act alone, not the values in the store.
pub(crate) fn moved_heads(
    heads: &BTreeMap<Space, Head>,
    revs: &BTreeMap<Space, Rev>,
    changes: &[ChangeText],
) -> BTreeMap<Space, Head> {
    let mut moved = BTreeMap::new();
    for (&space, &rev) in revs {
        let head = heads.get(&space).copied().unwrap_or_default();
        if head.rev < rev {
            moved.insert(space, Head { rev, ..head });
        }
    }
    for change in changes {
        let Some(head) = moved.get_mut(&change.key.space) else {
            continue;
        };
        if let Some(before) = &change.before {
            head.docs = head.docs.wrapping_sub(1);
            let gone = fingerprint(&change.key, before.as_str().as_bytes());
            head.digest = head.digest.wrapping_sub(gone);
        }
        if let Some(after) = &change.after {
            head.docs = head.docs.wrapping_add(1);
            let come = fingerprint(&change.key, after.as_str().as_bytes());
            head.digest = head.digest.wrapping_add(come);
        }
    }
    moved
}
