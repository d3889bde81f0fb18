//! Mending a store while it is open, after a check has found something.

use std::fmt;
use std::path::PathBuf;

use crate::domain::clock::Moment;
use crate::store::disk::{Disk, Held, Stopped};
use crate::store::files::{self, DATABASE, name};
use crate::store::journal::Journal;
use crate::store::rebuild::{self, Plan};
use crate::store::state::Mark;
use crate::store::{Finding, Read, Report, Result, StoreError, snapshot};

/// What was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// What was wrong.
    pub found: Vec<Finding>,
    /// How many records the database has that was built again; `None` when the old one was fine.
    pub records: Option<u64>,
    /// Where the damaged files are now.
    pub copies: Vec<PathBuf>,
    /// The folder of the store.
    pub dir: PathBuf,
}

impl fmt::Display for Repaired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The store was damaged and is whole again; nothing that was saved is lost.")?;
        for found in self.found.iter().take(3) {
            write!(f, " {found}.")?;
        }
        if self.found.len() > 3 {
            write!(f, " And {} more.", self.found.len() - 3)?;
        }
        if let Some(records) = self.records {
            write!(f, " {records} records came back.")?;
        }
        if !self.copies.is_empty() {
            let (names, dir) = (rebuild::names(&self.copies), self.dir.display());
            write!(f, " The damaged copy is {names} in {dir}.")?;
        }
        Ok(())
    }
}

impl Disk {
    /// Mends what a check has found: builds the database again beside the old one and swaps them,
    /// and replaces damaged journals and snapshots by a new snapshot. The damaged files are kept.
    /// Takes as long as reading everything; nothing else can be asked meanwhile.
    pub fn repair(&mut self, report: &Report, at: Moment) -> Result<Repaired> {
        let mut repaired = Repaired {
            found: report.findings.clone(),
            records: None,
            copies: Vec::new(),
            dir: self.dir.clone(),
        };
        let in_database = report
            .findings
            .iter()
            .any(|finding| finding.place == DATABASE);
        if in_database || self.behind() {
            self.replace_database(&mut repaired, at)?;
        }
        let damaged = self.damaged_files(report)?;
        if !damaged.is_empty() {
            self.set_aside(&damaged, &mut repaired, at)?;
        }
        Ok(repaired)
    }

    fn replace_database(&mut self, repaired: &mut Repaired, at: Moment) -> Result<()> {
        let known = self.seq()?.max(rebuild::known(&self.dir)?);
        let plan: Plan = rebuild::plan(&self.dir, known)?;
        if plan.reached < known {
            return Err(StoreError::Corrupt {
                report: rebuild::lacking(&plan, known),
            });
        }
        repaired.records = Some(rebuild::build(&self.dir, &plan, self.id)?);
        self.let_go();
        repaired.copies.extend(rebuild::swap(&self.dir, at)?);
        self.held = Held::Tables(Box::new(rebuild::open_database(&self.dir)?));
        Ok(())
    }

    /// Closes the database; until another one is put in its place every act is refused.
    pub(crate) fn let_go(&mut self) {
        match std::mem::replace(&mut self.held, Held::Nothing(Stopped)) {
            Held::Tables(tables) | Held::Stale(tables) => tables.close(),
            Held::Memory(_) | Held::Nothing(_) => {}
        }
    }

    /// The journals and snapshots that a report names.
    fn damaged_files(&self, report: &Report) -> Result<Vec<PathBuf>> {
        let journals = files::journals(&self.dir)?;
        let snapshots = files::snapshots(&self.dir)?;
        let named = |path: &PathBuf| {
            let (file, prefix) = (name(path), format!("{}:", name(path)));
            let hits =
                |finding: &Finding| finding.place == file || finding.place.starts_with(&prefix);
            report.findings.iter().any(hits)
        };
        Ok(journals
            .into_iter()
            .chain(snapshots)
            .map(|(_, path)| path)
            .filter(named)
            .collect())
    }

    fn set_aside(
        &mut self,
        damaged: &[PathBuf],
        repaired: &mut Repaired,
        at: Moment,
    ) -> Result<()> {
        let newest = self.dir.join(files::snapshot_name(self.seq()?));
        if damaged.contains(&newest) || !newest.exists() || snapshot::verify(&newest).is_err() {
            let (number, _) = self.journal.place();
            // The damaged journal is closed for good, and the next one begins behind the snapshot.
            self.journal = Journal::behind(&self.dir, self.id, number);
            if newest.exists() {
                repaired.copies.push(files::set_aside(&newest, at)?);
            }
            self.write_snapshot(at)?;
        }
        let newest_journal = self.dir.join(files::journal_name(self.journal.place().0));
        if damaged.contains(&newest_journal) {
            self.mark_dirty()?;
            self.journal.begin(self.held.read().seq()?)?;
            self.write_state(Mark::InUse, true)?;
        }
        repaired.copies.extend(rebuild::set_aside(damaged, at)?);
        Ok(())
    }
}
