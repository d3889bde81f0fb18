//! Erasing: at once, or when the session that is running is wrapped up. Whoever owns the store decides
//! which; a client only passes the wish on.

use crate::command::{Command, Refusal};
use crate::domain::change::Act;
use crate::domain::id::{CircleId, Key, Kind, MemberId, Space};
use crate::domain::state::rotation_key;
use crate::engine::event::{Request, Want};
use crate::engine::jobs::{Job, Origin};
use crate::engine::news::News;
use crate::engine::{Engine, EraseTarget, Link, erase};

/// Rows that were asked to be erased in a running session, while the act that hides them is saved.
pub(super) struct Hiding {
    /// Who waits for the answer.
    pub(super) asked: Origin,
    keys: Vec<Key>,
}

impl Engine {
    pub(super) fn send_erase(&mut self, origin: Origin, what: EraseTarget) {
        match &self.link {
            #[cfg(unix)]
            Link::There(line) => {
                let n = self.desk.token();
                line.send(super::wire::ToOwner::Erase {
                    n,
                    what: what.clone(),
                });
                self.desk.erasing.insert(n, (origin, what));
            }
            Link::Seeking => {
                let token = self.desk.token();
                self.desk.erasing.insert(token, (origin, what));
            }
            Link::Nowhere => {
                self.failed(origin, "there is no store; nothing was erased".to_owned());
            }
            Link::Here(_) => self.erase_here(origin, what),
        }
    }

    fn erase_here(&mut self, origin: Origin, what: EraseTarget) {
        if let Some(refusal) = self.refuses_to_write() {
            return self.failed(origin, refusal.reason);
        }
        let Some((circle, ..)) = self.state.running() else {
            self.erase_now(origin, what);
            return;
        };
        match what {
            EraseTarget::Rows(keys) => self.hide_until_wrap_up(origin, keys),
            what if what.reaches(circle) => {
                let words = "a session is running; wrap it up first, then erase".to_owned();
                self.failed(origin, words);
            }
            what => {
                self.erase_now(origin, what);
            }
        }
    }

    /// Has the store erase now. Returns the token of the request.
    pub(super) fn erase_now(&mut self, origin: Origin, what: EraseTarget) -> Option<u64> {
        let Link::Here(writer) = &self.link else {
            return None;
        };
        let token = self.desk.token();
        writer.send(Request::Erase {
            token,
            act: Box::new(self.erasing_act()),
            what: what.clone(),
        });
        self.desk.erasing.insert(token, (origin, what));
        Some(token)
    }

    /// Hides rows at once. The answer comes when that is saved.
    fn hide_until_wrap_up(&mut self, asked: Origin, keys: Vec<Key>) {
        // Noted first: after a crash in between the rows go, as was asked.
        self.aside.erase.extend(&keys);
        self.keep_aside();
        let token = self.desk.token();
        let command = Command::Trash {
            keys: keys.clone(),
            trashed: true,
        };
        self.desk.hiding.insert(token, Hiding { asked, keys });
        let id = self.new_act_id();
        let job = Job::new(Origin::Hiding(token), (id, self.options.by), command);
        self.desk.jobs.push_back(job);
        self.pump();
    }

    /// The rows are hidden, and that is saved.
    pub(super) fn hidden(&mut self, token: u64) {
        if let Some(hiding) = self.desk.hiding.remove(&token) {
            let words = "hidden now; erased for good when the session is wrapped up";
            self.tell_erased(hiding.asked, words.to_owned());
        }
        // The session may have ended meanwhile.
        self.finish_erasing();
    }

    /// The rows could not be hidden, so they are not erased either.
    pub(super) fn not_hidden(&mut self, token: u64, refusal: Refusal) {
        if let Some(hiding) = self.desk.hiding.remove(&token) {
            self.forget_erase(&hiding.keys);
            self.failed(hiding.asked, refusal.reason);
        }
    }

    fn forget_erase(&mut self, keys: &[Key]) {
        self.aside.erase.retain(|key| !keys.contains(key));
        self.keep_aside();
    }

    /// Carries out what was asked to be erased in a session that is over now. It stays noted beside
    /// the store until it is done.
    pub(super) fn finish_erasing(&mut self) {
        let idle = self.desk.finishing.is_none() && self.desk.hiding.is_empty();
        if idle && self.state.running().is_none() && !self.aside.erase.is_empty() {
            let keys = self.aside.erase.clone();
            self.desk.finishing = self.erase_now(Origin::Inner, EraseTarget::Rows(keys));
        }
    }

    pub(super) fn erased(&mut self, token: u64, result: Result<(Box<Act>, Vec<Key>), String>) {
        let Some((origin, what)) = self.desk.erasing.remove(&token) else {
            return;
        };
        let finished = self.desk.finishing == Some(token);
        if finished {
            self.desk.finishing = None;
        }
        let aged = self.desk.aging == Some(token);
        if aged {
            self.desk.aging = None;
        }
        let (act, removed) = match result {
            Ok((_, removed)) if aged && removed.is_empty() => return,
            Ok(erased) => erased,
            // They are looked for again at the next start.
            Err(_) if aged => return,
            Err(words) if finished => {
                let words = format!(
                    "What was to be erased at wrap-up is hidden but not erased: {words}. \
                     It is tried again when circlet starts"
                );
                self.news.push_back(News::Notice(words));
                return;
            }
            Err(words) => return self.failed(origin, words),
        };
        self.forget_erase(&removed);
        for key in &removed {
            self.state.unload(key);
        }
        for (space, rev) in &act.revs {
            self.state.set_space_rev(*space, *rev);
        }
        self.look_again(&what.people());
        self.saving = self.saved_state();
        self.tell_everything();
        if aged {
            self.tell_aged(removed.len());
        }
        self.tell_erased(origin, erase::words(removed.len()));
        self.finish_erasing();
    }

    /// Has what remains of people who were erased read again.
    fn look_again(&mut self, people: &[(CircleId, MemberId)]) {
        let Link::Here(writer) = &self.link else {
            return;
        };
        if people.is_empty() {
            return;
        }
        let mut keys = Vec::new();
        for (circle, member) in people {
            keys.extend([
                Key::circle(*circle, Kind::Member, member.0),
                Key::circle(*circle, Kind::Circle, circle.0),
                rotation_key(*circle),
            ]);
            for kind in [Kind::Groups, Kind::Poll] {
                let held = self.state.scan(Space::Circle(*circle), kind);
                keys.extend(held.map(|(key, _)| *key));
            }
        }
        let persons = self.state.scan(Space::Org, Kind::Person);
        keys.extend(persons.map(|(key, _)| *key));
        let token = self.desk.token();
        self.desk.mending.push(token);
        writer.send(Request::Fetch {
            token,
            keys,
            want: Want::Nothing,
        });
    }

    pub(super) fn tell_erased(&mut self, origin: Origin, words: String) {
        match origin {
            Origin::Local(ticket) => self.news.push_back(News::Erased { ticket, words }),
            Origin::Client { conn, n } => self.tell_client_erased(conn, n, words),
            Origin::Inner | Origin::Hiding(_) => {}
        }
    }
}
