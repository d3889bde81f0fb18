//! Building the store again when the database cannot be used as it is, or saying what is missing.

use super::{Caught, Opened, Opener};
use crate::store::files;
use crate::store::journal::replay;
use crate::store::rebuild::{self, Plan};
use crate::store::repair::Repaired;
use crate::store::snapshot::{self, Header};
use crate::store::{Load, Memory, Read, Result};

impl Opener<'_> {
    /// Builds the database again. What opened of it may still be the best that there is.
    pub(super) fn rebuild(mut self, caught: Option<Caught>, accept_loss: bool) -> Result<Opened> {
        let seen = caught.as_ref().map_or(0, |caught| caught.replayed.newest);
        let known = rebuild::known(self.dir)?.max(seen);
        let plan = rebuild::plan(self.dir, known)?;
        if plan.reached >= known {
            if let Some(caught) = caught {
                caught.tables.close();
            }
            return self.swap(&plan);
        }
        self.found.extend(rebuild::lacking(&plan, known));
        if let Some(missing) = self.missing_journal()? {
            self.found.push(missing);
        }
        let (view, newest) = self.view(caught, &plan)?;
        if !accept_loss {
            return Ok(Opened::Damaged {
                view: Box::new(view),
                report: self.found,
            });
        }
        let seq = known.max(newest);
        let header = Header {
            seq,
            ..Header::of(&view, self.id, self.at)?
        };
        let path = self.dir.join(files::snapshot_name(seq));
        let damaged = if path.exists() {
            vec![path.clone()]
        } else {
            Vec::new()
        };
        let mut copies = rebuild::set_aside(&damaged, self.at)?;
        snapshot::write(&path, &header, &view, &snapshot::Everything, None)?;
        copies.extend(rebuild::set_aside(&plan.damaged, self.at)?);
        let plan = Plan {
            snapshot: Some(path),
            from: seq,
            reached: seq,
            ..Plan::default()
        };
        let mut opened = self.swap(&plan)?;
        if let Opened::Ready {
            repaired: Some(repaired),
            ..
        } = &mut opened
        {
            repaired.copies.extend(copies);
        }
        Ok(opened)
    }

    /// As much as can be read, also behind gaps, and the newest act of it.
    fn view(&self, caught: Option<Caught>, plan: &Plan) -> Result<(Memory, u64)> {
        let mut view = Memory::new();
        let from = match caught {
            Some(caught) if caught.tables.seq()? >= plan.reached => {
                rebuild::copy(&caught.tables, &mut view)?;
                let seq = caught.tables.seq()?;
                caught.tables.close();
                seq
            }
            _ => {
                rebuild::follow(self.dir, plan, false, &mut view)?;
                plan.reached
            }
        };
        let behind = replay(self.dir, from, true, &mut |act| view.apply(&act))?;
        view.recount();
        Ok((view, behind.newest))
    }

    fn swap(mut self, plan: &Plan) -> Result<Opened> {
        let records = rebuild::build(self.dir, plan, self.id)?;
        let mut copies: Vec<_> = rebuild::swap(self.dir, self.at)?.into_iter().collect();
        let tables = rebuild::open_database(self.dir)?;
        let (dir, at) = (self.dir, self.at);
        let mut found = std::mem::take(&mut self.found);
        for finding in &plan.findings {
            if !found.contains(finding) {
                found.push(finding.clone());
            }
        }
        let number = files::journals(dir)?
            .last()
            .map_or(0, |(number, _)| *number);
        let mut store = self.disk(tables, Some((number, None)))?;
        copies.extend(rebuild::set_aside(&plan.damaged, at)?);
        if store.seq()? > 0 {
            store.write_snapshot(at)?;
        }
        if store.seq()? == 0 && copies.is_empty() {
            // It was interrupted while it was made; nobody had saved anything yet.
            return Ok(Opened::Ready {
                store: Box::new(store),
                repaired: None,
            });
        }
        let repaired = Repaired {
            found,
            records: Some(records),
            copies,
            dir: dir.to_owned(),
        };
        Ok(Opened::Ready {
            store: Box::new(store),
            repaired: Some(repaired),
        })
    }
}
