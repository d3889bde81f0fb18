//! Commands with very many changes, which are never in memory all at once.

use crate::command::{Command, Long, Refusal};
use crate::domain::change::ActKind;
use crate::domain::clock::Moment;
use crate::engine::event::Request;
use crate::engine::jobs::{Job, Pending};
use crate::engine::news::Saving;
use crate::engine::{Engine, Link};

impl Engine {
    /// What cannot be saved now is not kept for later when it is very long.
    fn saves_nothing(&self) -> Option<Refusal> {
        let Saving::Unsaved(waiting) = &self.saving else {
            return None;
        };
        let words = format!("{waiting} changes cannot be saved for now; make room on the disk");
        Some(Refusal::not_saved(words))
    }

    /// Has an act saved that adds very many documents. They are never in memory all at once, so the state shows
    /// the act without them; they belong to the bank, which is not resident.
    pub(super) fn decided_long(&mut self, job: Job, at: Moment, decided: Result<Long, Refusal>) {
        let Long {
            title,
            changes,
            added,
        } = match decided {
            Ok(long) => long,
            Err(refusal) => return self.refuse(job.origin, refusal),
        };
        if let Some(refusal) = self.saves_nothing() {
            return self.refuse(job.origin, refusal);
        }
        let Link::Here(writer) = &self.link else {
            return;
        };
        let act = job.act(at, ActKind::Do, title, changes);
        if let Err(error) = self.state.apply_changes(&act.changes) {
            let refusal = Refusal::new(format!("that was not saved: {error}"));
            return self.refuse(job.origin, refusal);
        }
        writer.send(Request::CommitLong {
            act: Box::new(act.clone()),
            added,
        });
        if !matches!(self.saving, Saving::ReadOnly(_)) {
            self.saving = Saving::Waiting;
        }
        self.desk.pending.push_back(Pending { job, act });
    }

    /// Has a very long act taken back, or brought back. It touches the bank alone, so nothing shows before it is
    /// saved.
    pub(super) fn turn_long(&mut self, job: Job, at: Moment) {
        if let Some(refusal) = self.saves_nothing() {
            return self.refuse(job.origin, refusal);
        }
        let (Link::Here(writer), Some(target)) = (&self.link, &job.target) else {
            return;
        };
        let kind = match job.command {
            Command::Redo => ActKind::Redo(target.origin),
            _ => ActKind::Undo(target.origin),
        };
        let act = job.act(at, kind, target.act.title.clone(), Vec::new());
        writer.send(Request::CommitInverse {
            act: Box::new(act.clone()),
            of: target.act.id,
        });
        if !matches!(self.saving, Saving::ReadOnly(_)) {
            self.saving = Saving::Waiting;
        }
        self.desk.pending.push_back(Pending { job, act });
    }
}
