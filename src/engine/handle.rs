//! What follows from each event: state, news, and what other processes are told.

use crate::command::Refusal;
use crate::domain::change::{Act, Change};
use crate::domain::id::{ActId, Kind, Space};
use crate::domain::state::State;
use crate::engine::event::{Event, Ready, Rejected, Request};
use crate::engine::jobs::{Job, Origin, Pending};
use crate::engine::news::{Interrupted, News, Opened, Saving};
use crate::engine::query::{Answer, Query};
use crate::engine::working_set::Fetched;
use crate::engine::{Engine, Link, Mode, Source};

/// After so many lines that broke over one command it is not sent again: whoever takes it cannot carry it out.
const MOST_BREAKS: u8 = 5;
const BROKEN: &str = "the circlet that has this store open broke off several times over it; look whether it is \
                      there, and end that circlet before you try again";

impl Engine {
    pub(super) fn handle(&mut self, event: Event) {
        match event {
            Event::Ready(ready) => self.ready(*ready),
            Event::CannotOpen(words) => self.cannot_open(&words),
            Event::Stopped => self.stopped(),
            Event::Fetched {
                token,
                fetched,
                target,
            } => {
                self.load(fetched);
                if self.desk.looking == Some(token) {
                    self.looked_up(target);
                } else {
                    self.desk.mending.retain(|other| *other != token);
                }
            }
            Event::FetchFailed { token, words } => self.fetch_failed(token, words),
            Event::Committed(act) => self.committed(*act),
            Event::Rejected { id, why } => self.rejected(id, why),
            Event::NotSaved { waiting, why } => {
                self.saving = Saving::Unsaved(waiting);
                self.tell_unsaved(waiting);
                self.news.push_back(News::NotSaved { waiting, why });
            }
            Event::SavedAgain => {
                self.saving = self.saved_state();
                self.tell_unsaved(0);
                self.news.push_back(News::SavedAgain);
            }
            Event::Created => self.serve(),
            Event::Answered { token, answer } => self.answered(token, answer),
            Event::Erased { token, result } => self.erased(token, result),
            Event::Repaired(words) => self.news.push_back(News::Repaired(words)),
            #[cfg(unix)]
            event @ (Event::Joined(_)
            | Event::Owner(_)
            | Event::OwnerGone
            | Event::OwnerSilent(_)) => {
                self.hear_owner(event);
            }
            #[cfg(unix)]
            event @ (Event::ClientCame { .. } | Event::Client { .. } | Event::ClientLeft(_)) => {
                self.hear_client(event);
            }
            #[cfg(not(unix))]
            Event::Owner(_)
            | Event::OwnerGone
            | Event::OwnerSilent(_)
            | Event::ClientCame { .. }
            | Event::Client { .. }
            | Event::ClientLeft(_) => {}
        }
    }

    /// The store is open, here.
    fn ready(&mut self, ready: Ready) {
        let Some(writer) = self.seeking.take() else {
            return;
        };
        let again = self.opened;
        self.replace_state(ready.state);
        self.before = self.before.or(ready.before);
        self.link = Link::Here(writer);
        self.saving = match ready.read_only {
            Some(why) => Saving::ReadOnly(why),
            None if again => Saving::Saved(self.options.clock.now()),
            None => Saving::Clean,
        };
        self.written = ready.aside.to_bytes();
        self.aside.take_over(ready.aside);
        self.keep_aside();
        let interrupted = (self.state.running().is_some() && !again)
            .then_some(ready.last_saved)
            .flatten()
            .map(|last_saved| Interrupted { last_saved });
        if !again {
            self.held = interrupted
                .filter(|_| self.is_app())
                .map(|interrupted: Interrupted| interrupted.last_saved);
        }
        if ready.on_disk {
            self.serve();
        }
        if let (Mode::Demo(names), true) = (self.options.mode, ready.fresh) {
            self.opened = true;
            self.make_demo(names);
        }
        if ready.fresh && !self.copy.is_empty() {
            self.opened = true;
            self.make_copy();
        }
        self.settle_floor();
        self.finish_erasing();
        self.send_again();
        if ready.on_disk && !ready.fresh && !again {
            self.erase_old_notes();
        }
        self.open_news(Opened {
            fresh: ready.fresh,
            interrupted,
            through_owner: false,
            repaired: ready.repaired,
        });
    }

    /// Takes a whole state over. Its number still only rises, so that screens see the change.
    pub(super) fn replace_state(&mut self, state: State) {
        let before = std::mem::replace(&mut self.state, state).rev();
        while self.state.rev() <= before {
            // Without changes there is nothing that could not be read; the number rises by one.
            let _ = self.state.apply_changes(&[]);
        }
    }

    /// What was sent to an owner that is gone is carried out by whoever is asked now, once.
    pub(super) fn send_again(&mut self) {
        for (_, mut job) in std::mem::take(&mut self.desk.sent).into_iter().rev() {
            job.again = true;
            job.breaks = job.breaks.saturating_add(1);
            if job.breaks < MOST_BREAKS {
                self.desk.jobs.push_front(job);
            } else {
                self.refuse(job.origin, Refusal::new(BROKEN));
            }
        }
        for (origin, query) in std::mem::take(&mut self.desk.asked).into_values() {
            self.send_query(origin, query);
        }
        for (origin, what) in std::mem::take(&mut self.desk.erasing).into_values() {
            self.send_erase(origin, what);
        }
    }

    pub(super) fn cannot_open(&mut self, words: &str) {
        self.seeking = None;
        self.link = Link::Nowhere;
        self.saving = Saving::ReadOnly(words.to_owned());
        self.news.push_back(News::CannotOpen(words.to_owned()));
        let refusal = Refusal::not_saved(words);
        let jobs = std::mem::take(&mut self.desk.jobs);
        let sent = std::mem::take(&mut self.desk.sent);
        for job in sent.into_values().chain(jobs) {
            self.refuse(job.origin, refusal.clone());
        }
        for (origin, _) in std::mem::take(&mut self.desk.asked).into_values() {
            self.failed(origin, words.to_owned());
        }
        for (origin, _) in std::mem::take(&mut self.desk.erasing).into_values() {
            self.failed(origin, words.to_owned());
        }
    }

    /// The thread that owned the store met a mistake of the program.
    fn stopped(&mut self) {
        #[cfg(unix)]
        self.owner.stop();
        let words = "saving has stopped: circlet made a mistake; what was saved is safe, start circlet again";
        let pending = std::mem::take(&mut self.desk.pending);
        let changes = pending.iter().flat_map(|pending| &pending.act.changes);
        let inverse: Vec<_> = changes.rev().map(Change::inverse).collect();
        // What was there before was read from the state, so it can be read again.
        let _ = self.state.apply_changes(&inverse);
        for Pending { job, .. } in pending {
            self.refuse(job.origin, Refusal::not_saved(words));
        }
        self.desk.looking = None;
        self.desk.mending.clear();
        self.cannot_open(words);
    }

    /// Takes documents in that were fetched, unless a newer value of them is on its way to the store.
    fn load(&mut self, fetched: Fetched) {
        for (key, document) in fetched {
            let mut pending = self.desk.pending.iter().flat_map(|p| &p.act.changes);
            if pending.any(|change| change.key == key) {
                continue;
            }
            match document {
                Some(document) => self.state.load(key, *document),
                None => self.state.unload(&key),
            }
        }
    }

    fn fetch_failed(&mut self, token: u64, words: String) {
        self.desk.mending.retain(|other| *other != token);
        if self.desk.looking != Some(token) {
            return;
        }
        self.desk.looking = None;
        if let Some(job) = self.desk.jobs.pop_front() {
            self.refuse(job.origin, Refusal::new(words));
        }
        self.pump();
    }

    fn committed(&mut self, act: Act) {
        let at = self.desk.pending.iter().position(|p| p.act.id == act.id);
        let Some(Pending { job, act: shown }) = at.and_then(|at| self.desk.pending.remove(at))
        else {
            return;
        };
        for (space, rev) in &act.revs {
            self.state.set_space_rev(*space, *rev);
        }
        if shown.changes != act.changes {
            // The act was taken before, with other changes: those are the ones that hold.
            self.take_back(&shown);
            let _ = self.state.apply_changes(&act.changes);
        }
        self.let_go(&act);
        self.let_bank_go();
        if !matches!(self.saving, Saving::Unsaved(_)) {
            self.saving = self.saved_state();
        }
        let ended = act
            .changes
            .iter()
            .any(|change| change.key.kind == Kind::Live && change.after.is_none());
        self.tell_others(job.origin, &act);
        self.done(job.origin, act);
        if ended {
            self.finish_erasing();
        }
    }

    pub(super) fn saved_state(&self) -> Saving {
        match &self.saving {
            Saving::ReadOnly(why) => Saving::ReadOnly(why.clone()),
            _ if self.desk.pending.is_empty() => Saving::Saved(self.options.clock.now()),
            _ => Saving::Waiting,
        }
    }

    /// The bank is never resident: its documents were loaded for one decision.
    pub(super) fn let_go(&mut self, act: &Act) {
        for change in &act.changes {
            let mut pending = self.desk.pending.iter().flat_map(|p| &p.act.changes);
            let bank = (change.key.space, change.key.kind) == (Space::Org, Kind::Question)
                || change.key.kind == Kind::Asked;
            if bank && !pending.any(|later| later.key == change.key) {
                self.state.unload(&change.key);
            }
        }
    }

    /// Lets go what is left of the bank in memory once nothing is decided or saved any more: what a command only
    /// read, and what an act took away of which the state was told nothing.
    pub(super) fn let_bank_go(&mut self) {
        let desk = &self.desk;
        if !desk.jobs.is_empty() || !desk.pending.is_empty() || desk.looking.is_some() {
            return;
        }
        let bank = |space, kind| self.state.scan(space, kind).map(|(key, _)| *key);
        let circles = self.state.circles().map(|circle| Space::Circle(circle.id));
        let mut keys: Vec<_> = bank(Space::Org, Kind::Question).collect();
        keys.extend(circles.flat_map(|space| bank(space, Kind::Asked)));
        for key in keys {
            self.state.unload(&key);
        }
    }

    pub(super) fn done(&mut self, origin: Origin, act: Act) {
        let act = Box::new(act);
        match origin {
            Origin::Local(ticket) => self.news.push_back(News::Done { ticket, act }),
            Origin::Client { conn, n } => {
                self.tell_done(conn, n, &act);
                self.news.push_back(News::Changed { act });
            }
            Origin::Hiding(token) => self.hidden(token),
            Origin::Inner => {}
        }
        self.show_room();
    }

    fn rejected(&mut self, id: ActId, why: Rejected) {
        let at = self.desk.pending.iter().position(|p| p.act.id == id);
        let Some(Pending { job, act }) = at.and_then(|at| self.desk.pending.remove(at)) else {
            return;
        };
        self.take_back(&act);
        if !matches!(self.saving, Saving::Unsaved(_)) {
            self.saving = self.saved_state();
        }
        let (origin, outcome) = (job.origin, why);
        let refused = match outcome {
            Rejected::Conflict(key) => self.retry(job, key),
            Rejected::Taken => {
                self.go_on_elsewhere(job);
                Ok(())
            }
            Rejected::Words(words) => Err(Refusal::not_saved(words)),
            Rejected::Refused(refusal) => Err(refusal),
        };
        if let Err(refusal) = refused {
            self.refuse(origin, refusal);
        }
        self.tell_everything();
    }

    /// Another process made the store a moment earlier: everything that is not saved goes through it,
    /// in the order in which it was asked for.
    fn go_on_elsewhere(&mut self, first: Job) {
        let mut jobs = vec![first];
        for later in std::mem::take(&mut self.desk.pending) {
            jobs.push(later.job);
        }
        for mut job in jobs.into_iter().rev() {
            // The store may have taken it after all.
            job.again = true;
            self.desk.jobs.push_front(job);
        }
        // There was no store, so nothing is known but what is asked for again.
        self.replace_state(State::default());
        self.desk.looking = None;
        self.opened = false;
        self.seek(Source::Folder(self.options.store.clone()));
    }

    pub(super) fn send_query(&mut self, origin: Origin, query: Query) {
        let token = self.desk.token();
        match &self.link {
            Link::Here(writer) => writer.send(Request::Ask {
                token,
                query: query.clone(),
            }),
            #[cfg(unix)]
            Link::There(line) => line.send(super::wire::ToOwner::Query {
                n: token,
                query: query.clone(),
            }),
            Link::Seeking => {}
            Link::Nowhere => {
                return self.failed(origin, "there is no store to read".to_owned());
            }
        }
        self.desk.asked.insert(token, (origin, query));
    }

    pub(super) fn answered(&mut self, token: u64, answer: Result<Box<Answer>, String>) {
        let Some((origin, _)) = self.desk.asked.remove(&token) else {
            return;
        };
        match (answer, origin) {
            (Ok(answer), Origin::Local(ticket)) => {
                self.news.push_back(News::Answered { ticket, answer });
            }
            (Ok(answer), Origin::Client { conn, n }) => self.tell_answer(conn, n, answer),
            (Ok(_), Origin::Inner | Origin::Hiding(_)) => {}
            (Err(words), origin) => self.failed(origin, words),
        }
    }

    pub(super) fn failed(&mut self, origin: Origin, words: String) {
        match origin {
            Origin::Local(ticket) => self.news.push_back(News::Failed { ticket, words }),
            Origin::Client { conn, n } => self.tell_failed(conn, n, words),
            Origin::Inner | Origin::Hiding(_) => {}
        }
    }
}
