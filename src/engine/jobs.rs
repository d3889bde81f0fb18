//! Commands on their way: what waits, what is being looked up, what is being saved. Commands are
//! decided strictly in the order in which they came.

mod desk;
mod long;

use crate::command::undo::{self, Reach};
use crate::command::{self, Command, Context, Refusal};
use crate::domain::change::{Act, ActKind};
use crate::domain::id::{Ids, Key, Kind};
use crate::domain::merging::Join;
use crate::engine::clock::seed;
use crate::engine::event::{Request, Target, Want};
use crate::engine::news::{News, Saving};
use crate::engine::wire::{self, Seen};
use crate::engine::{Engine, Link};

pub(super) use desk::{Desk, Job, Origin, Pending};

/// How often a command is decided again because something had changed meanwhile.
const MOST_TRIES: u8 = 3;

/// The documents that a command gives other words or another shape.
fn edited(command: &Command) -> Vec<Key> {
    match command {
        Command::EditItem { key, .. } => vec![*key],
        Command::EditItems { keys, .. } => keys.clone(),
        Command::EditMember { circle, member, .. } => {
            vec![Key::circle(*circle, Kind::Member, member.0)]
        }
        Command::EditCircle { circle, .. } => vec![Key::circle(*circle, Kind::Circle, circle.0)],
        Command::EditSession {
            circle, session, ..
        }
        | Command::Replan {
            circle, session, ..
        } => vec![Key::circle(*circle, Kind::Session, session.0)],
        _ => Vec::new(),
    }
}

impl Engine {
    /// Takes commands from the front of the queue as far as possible.
    pub(super) fn pump(&mut self) {
        if !self.opened {
            return;
        }
        while self.desk.looking.is_none() {
            match &self.link {
                Link::Here(_) => {
                    let Some(job) = self.desk.jobs.pop_front() else {
                        return self.let_bank_go();
                    };
                    self.work(job);
                }
                #[cfg(unix)]
                Link::There(_) => {
                    let Some(job) = self.desk.jobs.pop_front() else {
                        return;
                    };
                    self.send_job(job);
                }
                Link::Nowhere => {
                    let Some(job) = self.desk.jobs.pop_front() else {
                        return;
                    };
                    let words = "there is no store to write to; start circlet again";
                    self.refuse(job.origin, Refusal::not_saved(words));
                }
                Link::Seeking => return,
            }
        }
    }

    /// Decides a command, or looks up first what it needs.
    fn work(&mut self, job: Job) {
        let Link::Here(writer) = &self.link else {
            self.desk.jobs.push_front(job);
            return;
        };
        if !job.looked_up {
            let (want, keys) = (self.want(&job), self.missing(&job));
            if want != Want::Nothing || !keys.is_empty() {
                let token = self.desk.token();
                self.desk.looking = Some(token);
                writer.send(Request::Fetch { token, keys, want });
                self.desk.jobs.push_front(job);
                return;
            }
        }
        if let (true, Some(known)) = (job.again, &job.target)
            && known.act.id == job.id
        {
            let act = known.act.clone();
            self.done(job.origin, act);
            return;
        }
        self.decide(job);
    }

    fn want(&self, job: &Job) -> Want {
        let before = self.before.filter(|_| job.by.run == self.options.by.run);
        let reach = Reach::of(job.by, before);
        match job.command {
            _ if job.again => Want::Known(job.id),
            Command::Undo { act: Some(act) } => Want::Act(act),
            Command::Undo { act: None } => Want::Undo(reach),
            Command::Redo => Want::Redo(reach),
            Command::MergeMembers { circle, from, into } => {
                Want::Entries(circle, Join { from, into })
            }
            _ => Want::Nothing,
        }
    }

    /// What has to be in memory for the decision and is not.
    fn missing(&self, job: &Job) -> Vec<Key> {
        let mut keys = command::needs(&job.command);
        if let (Command::EndSession { .. }, Some((circle, session, _))) =
            (&job.command, self.state.running())
        {
            let questions = session.blocks.iter().flat_map(|block| &block.prompts);
            let questions = questions.filter_map(|prompt| prompt.question);
            keys.extend(questions.map(|id| Key::circle(circle, Kind::Asked, id.0)));
        }
        keys.retain(|key| self.state.get(key).is_none());
        keys.extend(&job.extra);
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// What a front-end without the store has before its eyes when it asks for an edit. Nothing while
    /// something it asked for is under way: that will change what it sees.
    pub(super) fn seen(&self, command: &Command) -> Vec<Seen> {
        let waits = !self.desk.jobs.is_empty() || !self.desk.sent.is_empty();
        if waits || matches!(self.link, Link::Here(_)) {
            return Vec::new();
        }
        let seen = |key: &Key| {
            let print = wire::print(self.state.get(key)?);
            Some(Seen { key: *key, print })
        };
        edited(command).iter().filter_map(seen).collect()
    }

    /// Refuses an edit of something that was changed after whoever asked saw it.
    fn stale(&self, job: &Job) -> Option<Refusal> {
        job.seen.iter().find_map(|seen| {
            let document = self.state.get(&seen.key)?;
            (wire::print(document) != seen.print).then(|| {
                let name = command::item_name(document);
                Refusal::overtaken(format!(
                    "{name} was changed meanwhile: look again, then repeat what still fits"
                ))
            })
        })
    }

    /// What was looked up for the first job is here.
    pub(super) fn looked_up(&mut self, target: Option<Box<Target>>) {
        self.desk.looking = None;
        if let Some(job) = self.desk.jobs.front_mut() {
            let asked_whether_known = job.again;
            job.looked_up = true;
            job.target = target;
            let wants = matches!(
                job.command,
                Command::Undo { .. } | Command::Redo | Command::MergeMembers { .. }
            );
            if asked_whether_known && job.target.is_none() && wants {
                // It was not applied; now what it is decided by has to be found.
                job.again = false;
                job.looked_up = false;
            }
        }
        self.pump();
    }

    fn decide(&mut self, mut job: Job) {
        let refusal = self.refuses_to_write().or_else(|| self.stale(&job));
        if let Some(refusal) = refusal.or_else(|| self.votes_again(&job.command)) {
            return self.refuse(job.origin, refusal);
        }
        let at = self.options.clock.now();
        let mut cx = Context {
            at,
            by: job.by,
            ids: Ids::new(at, seed()),
            zone: self.options.zone,
        };
        if let Some(decided) = command::long(&self.state, &mut job.command, &cx) {
            return self.decided_long(job, at, decided);
        }
        if job.target.as_ref().is_some_and(|target| target.long) {
            return self.turn_long(job, at);
        }
        let (decided, kind) = match (&job.command, &job.target) {
            (Command::Undo { .. }, Some(target)) => (
                undo::inverse(&self.state, &target.act, &cx),
                ActKind::Undo(target.origin),
            ),
            (Command::Redo, Some(target)) => (
                undo::inverse(&self.state, &target.act, &cx),
                ActKind::Redo(target.origin),
            ),
            (Command::Undo { .. }, None) => (
                Err(Refusal::new("there is nothing to take back")),
                ActKind::Do,
            ),
            (Command::Redo, None) => (
                Err(Refusal::new("there is nothing to bring back")),
                ActKind::Do,
            ),
            (command, _) => (command::decide(&self.state, command, &mut cx), ActKind::Do),
        };
        let decided = match decided {
            Ok(decided) => decided,
            Err(refusal) => return self.refuse(job.origin, refusal),
        };
        let act = job.act(at, kind, decided.title, decided.changes);
        self.show(job, act);
    }

    /// Shows an act at once and has it saved.
    pub(super) fn show(&mut self, job: Job, act: Act) {
        // What is kept in memory is promised to the person in front of this process, and to nobody else.
        let ours = !self.asked_by_client(job.origin);
        if let (false, Saving::Unsaved(waiting)) = (ours, &self.saving) {
            let words = format!("{waiting} changes cannot be saved for now; make room on the disk");
            return self.refuse(job.origin, Refusal::not_saved(words));
        }
        let Link::Here(writer) = &self.link else {
            return;
        };
        let ran = self.state.running().is_some();
        if let Err(error) = self.state.apply_changes(&act.changes) {
            let refusal = Refusal::new(format!("that was not saved: {error}"));
            return self.refuse(job.origin, refusal);
        }
        writer.send(Request::Commit {
            act: Box::new(act.clone()),
            keep: ours && (ran || self.state.running().is_some()),
        });
        if !matches!(self.saving, Saving::Unsaved(_) | Saving::ReadOnly(_)) {
            self.saving = Saving::Waiting;
        }
        self.note_voters(&job.command);
        self.desk.pending.push_back(Pending { job, act });
        self.settle_floor();
    }

    fn asked_by_client(&self, origin: Origin) -> bool {
        match origin {
            Origin::Client { .. } => true,
            Origin::Hiding(token) => {
                let hiding = self.desk.hiding.get(&token);
                hiding.is_some_and(|hiding| matches!(hiding.asked, Origin::Client { .. }))
            }
            Origin::Local(_) | Origin::Inner => false,
        }
    }

    /// Takes what is shown of an act back that was not saved after all.
    pub(super) fn take_back(&mut self, act: &Act) {
        let later = |key: &Key| {
            let mut later = self.desk.pending.iter().flat_map(|p| &p.act.changes);
            later.any(|change| change.key == *key)
        };
        let inverse: Vec<_> = act
            .changes
            .iter()
            .rev()
            .filter(|change| !later(&change.key))
            .map(crate::domain::change::Change::inverse)
            .collect();
        // What was there before was read from the state, so it can be read again.
        let _ = self.state.apply_changes(&inverse);
        if let Link::Here(writer) = &self.link {
            let token = self.desk.token();
            self.desk.mending.push(token);
            writer.send(Request::Fetch {
                token,
                keys: act.changes.iter().map(|change| change.key).collect(),
                want: Want::Nothing,
            });
        }
        self.settle_floor();
    }

    /// Decides a command again with what the store has, if it has not been tried too often.
    pub(super) fn retry(&mut self, mut job: Job, key: Key) -> Result<(), Refusal> {
        if job.tries >= MOST_TRIES {
            let words = "something else changed it at the same moment; look at it and repeat";
            return Err(Refusal::new(words));
        }
        job.tries += 1;
        job.looked_up = false;
        job.extra.push(key);
        self.desk.jobs.push_front(job);
        self.pump();
        Ok(())
    }

    pub(super) fn refuse(&mut self, origin: Origin, refusal: Refusal) {
        match origin {
            Origin::Local(ticket) => self.news.push_back(News::Refused { ticket, refusal }),
            #[cfg(unix)]
            Origin::Client { conn, n } => {
                self.owner
                    .tell(conn, wire::FromOwner::Refused { n, refusal });
            }
            #[cfg(not(unix))]
            Origin::Client { .. } => {}
            Origin::Hiding(token) => self.not_hidden(token, refusal),
            Origin::Inner => {}
        }
    }
}
