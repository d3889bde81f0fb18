//! Many small rows in few larger ones. The database spends about as much on a row of a hundred bytes as on one of four
//! thousand, so rows that are read from end to end lie in runs: rows that follow each other, in one row of the tree.
//!
//! A run stands under a key that is not behind its first row, and reaches up to the key of the next run. What it holds
//! from there on is left over from a split that was cut off by the end of the process, and does not count. A row that
//! is alone in its run is written as it is, as every row was in older stores.

use std::ops::ControlFlow;
use std::path::PathBuf;

use ::sled::{IVec, Iter, Tree};

use super::broken;
use super::few::Rows;
use crate::store::{Result, StoreError, files};

/// Bytes of a run. The database keeps 16 rows in a page and rewrites it whole, so a longer run makes its neighbours
/// slow.
const LENGTH: usize = 4 * 1024;
/// The first byte of a run. No row that is written as it is begins with it.
const RUN: u8 = 2;
/// Bytes before each row of a run: the lengths of its key and of its value.
const LENGTHS: usize = 2 + 4;
/// Runs between two looks at the page in which they stand. The database lets a page go when others were used often
/// enough since, and reading run by run counts as one use of a page: without these looks a long list would stay in
/// memory as a whole.
const LOOK_EVERY: usize = 4;

/// A key and its value.
type Row<'r> = (&'r [u8], &'r [u8]);

/// What is done with a row; it says whether to go on.
pub(super) type Take<'t> = &'t mut dyn FnMut(&[u8], &[u8]) -> Result<ControlFlow<()>>;

/// Which rows, and in which order.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretch {
    /// The first key.
    pub(super) from: Vec<u8>,
    /// The first key behind it; none where it has no end.
    pub(super) until: Option<Vec<u8>>,
    pub(super) backwards: bool,
}

/// A tree whose rows lie in runs.
#[derive(Clone)]
pub(super) struct Runs {
    tree: Tree,
    path: PathBuf,
}

impl Runs {
    /// The rows of a tree of the database in `path`.
    pub(super) const fn new(tree: Tree, path: PathBuf) -> Self {
        Self { tree, path }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<IVec>> {
        let Some((at, run)) = self.run_of(key)? else {
            return Ok(None);
        };
        let mut rows = self.rows(&at, &run)?.into_iter();
        let found = rows.find(|(other, _)| *other == key);
        Ok(found.map(|(_, value)| IVec::from(value)))
    }

    /// Goes through rows in the order of their keys, or against it.
    pub(super) fn walk(&self, stretch: &Stretch, take: Take<'_>) -> Result<()> {
        if stretch
            .until
            .as_ref()
            .is_some_and(|until| *until <= stretch.from)
        {
            return Ok(());
        }
        let mut walk = self.begin(stretch)?;
        let mut count = 0;
        while let Some((at, run, end)) = walk.next().map_err(broken(&self.path))? {
            count += 1;
            if usize::is_multiple_of(count, LOOK_EVERY) {
                self.tree.get(&at).map_err(broken(&self.path))?;
            }
            let mut rows = self.rows(&at, &run)?;
            rows.retain(|(key, _)| {
                let within = |end: &[u8]| *key < end;
                let until = stretch.until.as_deref();
                *key >= &*stretch.from
                    && end.as_deref().is_none_or(within)
                    && until.is_none_or(within)
            });
            if stretch.backwards {
                rows.reverse();
            }
            for (key, value) in rows {
                if take(key, value)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn begin(&self, stretch: &Stretch) -> Result<Walk> {
        let Stretch {
            from,
            until,
            backwards,
        } = stretch.clone();
        let from = self.run_of(&from)?.map_or(from, |(at, _)| at.to_vec());
        Ok(Walk {
            runs: match until.clone() {
                Some(until) => self.tree.range(from..until),
                None => self.tree.range(from..),
            },
            backwards,
            ahead: None,
            end: until.map(IVec::from),
        })
    }

    /// The run in which a key stands if it is there.
    fn run_of(&self, key: &[u8]) -> Result<Option<(IVec, IVec)>> {
        let found = self.tree.range(..=key).next_back();
        found.transpose().map_err(broken(&self.path))
    }

    /// The rows of a run, those that do not count any more too.
    fn rows<'r>(&self, at: &'r [u8], run: &'r [u8]) -> Result<Vec<Row<'r>>> {
        let Some(mut rest) = run.strip_prefix(&[RUN]) else {
            return Ok(vec![(at, run)]);
        };
        let mut rows = Vec::new();
        while !rest.is_empty() {
            let Some((row, behind)) = first_row(rest) else {
                let what = "some records cannot be told apart";
                return Err(StoreError::corrupt(files::name(&self.path), what));
            };
            rows.push(row);
            rest = behind;
        }
        Ok(rows)
    }

    /// Writes rows into the runs in which they belong.
    pub(super) fn write(&self, rows: Rows) -> Result<()> {
        let mut rows = rows.sorted().into_iter().peekable();
        while let Some((first, _)) = rows.peek() {
            let old = self.run_of(first)?;
            let next = self.tree.get_gt(first).map_err(broken(&self.path))?;
            let end = next.map(|(at, _)| at);
            let within = |key: &[u8]| end.as_deref().is_none_or(|end| key < end);
            let mut new = Vec::new();
            while let Some(row) = rows.next_if(|(key, _)| within(key)) {
                new.push(row);
            }
            let mut held = match &old {
                Some((at, run)) => self.rows(at, run)?,
                None => Vec::new(),
            };
            held.retain(|(key, _)| within(key));
            self.put(old.as_ref().map(|(at, _)| &**at), &held, &new)?;
        }
        Ok(())
    }

    /// Puts rows into one run, which is split where they are too many. What comes last is written first: a row that was
    /// there is found at every moment, wherever the end of the process comes.
    fn put(
        &self,
        at: Option<&[u8]>,
        held: &[Row<'_>],
        new: &[(Vec<u8>, Option<IVec>)],
    ) -> Result<()> {
        let behind = held
            .last()
            .zip(new.first())
            .is_some_and(|(last, first)| last.0 < &*first.0);
        let rows = merged(held, new);
        let runs = split(&rows, behind);
        for (n, run) in runs.iter().enumerate().rev() {
            let own = run.first().map(|(key, _)| *key).unwrap_or_default();
            let at = at.filter(|_| n == 0).unwrap_or(own);
            self.replace(at, run)?;
        }
        match at.filter(|_| runs.is_empty()) {
            Some(at) => self.remove(at),
            None => Ok(()),
        }
    }

    /// Removes a run without rows. What a split that was cut off has left in the run before it, and does not count as
    /// long as this one begins there, goes first.
    fn remove(&self, at: &[u8]) -> Result<()> {
        let before = self.tree.get_lt(at).map_err(broken(&self.path))?;
        if let Some((before, run)) = before {
            let mut rows = self.rows(&before, &run)?;
            let all = rows.len();
            rows.retain(|(key, _)| *key < at);
            if rows.len() < all {
                self.replace(&before, &rows)?;
            }
        }
        self.tree.remove(at).map_err(broken(&self.path))?;
        Ok(())
    }

    fn replace(&self, at: &[u8], rows: &[Row<'_>]) -> Result<()> {
        let run = written(at, rows);
        self.tree.insert(at, run).map_err(broken(&self.path))?;
        Ok(())
    }
}

/// Runs on the way, each with its key, its value, and the key at which the next one begins.
struct Walk {
    runs: Iter,
    backwards: bool,
    ahead: Option<(IVec, IVec)>,
    end: Option<IVec>,
}

impl Walk {
    fn next(&mut self) -> ::sled::Result<Option<(IVec, IVec, Option<IVec>)>> {
        if self.backwards {
            let Some((at, run)) = self.runs.next_back().transpose()? else {
                return Ok(None);
            };
            let end = self.end.replace(at.clone());
            return Ok(Some((at, run, end)));
        }
        let run = match self.ahead.take() {
            Some(run) => Some(run),
            None => self.runs.next().transpose()?,
        };
        let Some((at, run)) = run else {
            return Ok(None);
        };
        self.ahead = self.runs.next().transpose()?;
        let end = self.ahead.as_ref().map(|(next, _)| next.clone());
        Ok(Some((at, run, end.or_else(|| self.end.clone()))))
    }
}

fn first_row(run: &[u8]) -> Option<(Row<'_>, &[u8])> {
    let (key, rest) = run.split_first_chunk()?;
    let (value, rest) = rest.split_first_chunk()?;
    let (key, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*key)))?;
    let length = usize::try_from(u32::from_be_bytes(*value)).ok()?;
    let (value, rest) = rest.split_at_checked(length)?;
    Some(((key, value), rest))
}

/// A run as it is written under `at`.
fn written(at: &[u8], rows: &[Row<'_>]) -> Vec<u8> {
    if let [(key, value)] = rows
        && *key == at
    {
        return value.to_vec();
    }
    let mut run = vec![RUN];
    for (key, value) in rows {
        // Keys are a few dozen bytes, and values are within the limit of a document.
        run.extend_from_slice(&u16::try_from(key.len()).unwrap_or(u16::MAX).to_be_bytes());
        run.extend_from_slice(&u32::try_from(value.len()).unwrap_or(u32::MAX).to_be_bytes());
        run.extend_from_slice(key);
        run.extend_from_slice(value);
    }
    run
}

/// What is held, with what is new in its place and without what goes.
fn merged<'r>(held: &[Row<'r>], new: &'r [(Vec<u8>, Option<IVec>)]) -> Vec<Row<'r>> {
    let mut rows = Vec::with_capacity(held.len() + new.len());
    let mut held = held.iter().copied().peekable();
    for (key, value) in new {
        while let Some(row) = held.next_if(|(other, _)| *other < &**key) {
            rows.push(row);
        }
        held.next_if(|(other, _)| *other == &**key);
        rows.extend(value.as_deref().map(|value| (&**key, value)));
    }
    rows.extend(held);
    rows
}

/// Divides rows into runs: evenly, since others will come between them, or filling each where what is new came `behind`
/// all that was there, as what is made does.
fn split<'r, 's>(rows: &'s [Row<'r>], behind: bool) -> Vec<&'s [Row<'r>]> {
    let length = |(key, value): &Row<'_>| LENGTHS + key.len() + value.len();
    let all: usize = rows.iter().map(length).sum();
    let limit = if behind {
        LENGTH
    } else {
        all.div_ceil(all.div_ceil(LENGTH).max(1))
    };
    let (mut runs, mut start, mut size) = (Vec::new(), 0, 0);
    for (n, row) in rows.iter().enumerate() {
        if n > start && size + length(row) > limit {
            runs.extend(rows.get(start..n));
            (start, size) = (n, 0);
        }
        size += length(row);
    }
    runs.extend(rows.get(start..).filter(|run| !run.is_empty()));
    runs
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn runs() -> (tempfile::TempDir, Runs) {
        let folder = tempfile::tempdir().unwrap();
        let db = ::sled::open(folder.path()).unwrap();
        let runs = Runs::new(db.open_tree("runs").unwrap(), folder.path().to_owned());
        (folder, runs)
    }

    fn put(runs: &Runs, rows: &[(&str, Option<&str>)]) {
        let mut all = Rows::default();
        for (key, value) in rows {
            match value {
                Some(value) => all.insert(key.as_bytes().to_vec(), value.as_bytes()),
                None => all.remove(key.as_bytes().to_vec()),
            }
        }
        runs.write(all).unwrap();
    }

    fn told(runs: &Runs, stretch: &Stretch) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        runs.walk(stretch, &mut |key, value| {
            rows.push((text(key), text(value)));
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        rows
    }

    /// Writes a row, of which the last step is lost with the end of the process, and again, as the next start does.
    fn put_twice(runs: &Runs, row: (&str, Option<&str>)) {
        let all = || -> BTreeMap<IVec, IVec> { runs.tree.iter().map(|run| run.unwrap()).collect() };
        let before = all();
        put(runs, &[row]);
        let after = all();
        // A run is removed last, and of several that are written the first comes last.
        let mut changed: Vec<_> = before.keys().chain(after.keys()).collect();
        changed.retain(|at| before.get(*at) != after.get(*at));
        let written = changed
            .iter()
            .min_by_key(|at| (after.contains_key(**at), **at));
        let taken = written.map(|at| match before.get(*at) {
            Some(run) => runs.tree.insert(at, run),
            None => runs.tree.remove(at),
        });
        taken.transpose().unwrap();
        put(runs, &[row]);
    }

    /// What was done to rows: keys of two letters, values of up to a third of a run, `None` takes away.
    fn rows() -> impl Strategy<Value = Vec<Vec<(String, Option<String>)>>> {
        let row = (
            "[a-d][a-e]",
            prop::option::weighted(0.7, (0..LENGTH / 3).prop_map(|n| "x".repeat(n))),
        );
        prop::collection::vec(prop::collection::vec(row, 1..12), 1..12)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_in_runs_are_what_rows_of_their_own_would_be(
            written in rows(), from in "[a-d]?[a-e]?", until in prop::option::of("[a-d][a-e]"), backwards: bool,
            cut_off: bool,
        ) {
            let (_folder, runs) = runs();
            let mut model = BTreeMap::new();
            for rows in &written {
                let rows: Vec<_> = rows.iter().map(|(key, value)| (&**key, value.as_deref())).collect();
                for row in rows.iter().filter(|_| cut_off) {
                    put_twice(&runs, *row);
                }
                put(&runs, &rows);
                for (key, value) in rows {
                    match value {
                        Some(value) => model.insert(key.to_owned(), value.to_owned()),
                        None => model.remove(key),
                    };
                }
            }
            let within = |key: &str| key >= &*from && until.as_deref().is_none_or(|until| key < until);
            let mut wanted: Vec<_> = model.iter().filter(|(key, _)| within(key)).collect();
            if backwards {
                wanted.reverse();
            }
            let wanted: Vec<_> = wanted.into_iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            let stretch = Stretch {
                from: from.into_bytes(), until: until.map(String::into_bytes), backwards,
            };
            prop_assert_eq!(told(&runs, &stretch), wanted);
            for (key, value) in &model {
                let found = runs.get(key.as_bytes()).unwrap();
                prop_assert_eq!(found.as_deref(), Some(value.as_bytes()));
            }
            for (_, run) in runs.tree.iter().map(|run| run.unwrap()) {
                prop_assert!(run.len() <= LENGTH + 1, "{}", run.len());
            }
        }
    }

    #[test]
    fn rows_that_come_one_behind_the_other_fill_their_runs() {
        let (_folder, runs) = runs();
        let value = "x".repeat(LENGTH / 8);
        for n in 0..70 {
            put(&runs, &[(&format!("{n:03}"), Some(&value))]);
        }
        assert_eq!(runs.tree.len(), 10);
        assert_eq!(told(&runs, &Stretch::default()).len(), 70);
    }

    #[test]
    fn a_split_that_was_cut_off_shows_each_row_once_and_mends_itself() {
        let (_folder, runs) = runs();
        let value = "x".repeat(LENGTH / 4);
        let rows = ["a", "b", "c"].map(|key| (key, Some(&*value)));
        put(&runs, &rows);
        assert_eq!(runs.tree.len(), 1);
        // Of the two runs that "bb" makes out of it only the second is written.
        let newer = "y".repeat(LENGTH / 4);
        let second = [
            (b"bb".as_slice(), newer.as_bytes()),
            (b"c".as_slice(), newer.as_bytes()),
        ];
        runs.tree.insert("bb", written(b"bb", &second)).unwrap();
        for backwards in [false, true] {
            let mut keys: Vec<_> = told(
                &runs,
                &Stretch {
                    backwards,
                    ..Stretch::default()
                },
            );
            if backwards {
                keys.reverse();
            }
            let keys: Vec<_> = keys
                .iter()
                .map(|(key, value)| (&**key, value.chars().next()))
                .collect();
            let new = [("a", 'x'), ("b", 'x'), ("bb", 'y'), ("c", 'y')];
            assert_eq!(keys, new.map(|(key, value)| (key, Some(value))));
        }
        assert_eq!(runs.get(b"c").unwrap().unwrap(), newer.as_bytes());
        // The next row in the first run lets go of what is left over.
        put(&runs, &[("c", None), ("aa", Some(""))]);
        let keys: Vec<_> = told(&runs, &Stretch::default())
            .into_iter()
            .map(|row| row.0)
            .collect();
        assert_eq!(keys, ["a", "aa", "b", "bb"]);
        put(&runs, &[("bb", None)]);
        assert_eq!(told(&runs, &Stretch::default()).len(), 3);
    }

    #[test]
    fn what_a_cut_off_split_left_over_does_not_come_back_with_the_end_of_its_run() {
        let (_folder, runs) = runs();
        put(&runs, &["a", "b", "c"].map(|key| (key, Some("old"))));
        let second = [(b"bb".as_slice(), b"new".as_slice()), (b"c", b"new")];
        runs.tree.insert("bb", written(b"bb", &second)).unwrap();
        put(&runs, &[("bb", None), ("c", None)]);
        let keys: Vec<_> = told(&runs, &Stretch::default())
            .into_iter()
            .map(|row| row.0)
            .collect();
        assert_eq!(keys, ["a", "b"]);
    }

    #[test]
    fn rows_of_an_older_store_stand_alone_and_are_read_among_the_others() {
        let (_folder, runs) = runs();
        for (key, value) in [("b", "old"), ("d", "")] {
            runs.tree.insert(key, value).unwrap();
        }
        put(&runs, &[("a", Some("new")), ("c", Some("new"))]);
        let rows = told(&runs, &Stretch::default());
        let rows: Vec<_> = rows.iter().map(|(key, value)| (&**key, &**value)).collect();
        assert_eq!(rows, [("a", "new"), ("b", "old"), ("c", "new"), ("d", "")]);
        assert_eq!(runs.get(b"d").unwrap().as_deref(), Some(b"".as_slice()));
        assert_eq!(runs.get(b"bb").unwrap(), None);
    }

    #[test]
    fn a_run_that_cannot_be_taken_apart_is_an_error() {
        let (_folder, runs) = runs();
        runs.tree
            .insert("a", [RUN, 0, 9, 0, 0, 0, 1, b'a'].as_slice())
            .unwrap();
        assert!(runs.get(b"a").is_err());
        assert!(
            runs.walk(&Stretch::default(), &mut |_, _| Ok(ControlFlow::Continue(
                ()
            )))
            .is_err()
        );
    }
}
