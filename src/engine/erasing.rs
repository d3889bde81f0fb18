//! Erasing: at once, or when the session that is running is wrapped up.

use crate::command::Command;
use crate::domain::change::Act;
use crate::domain::id::{Key, Kind};
use crate::engine::event::{Request, Want};
use crate::engine::jobs::Origin;
use crate::engine::news::News;
use crate::engine::{Engine, EraseTarget, Link, erase};

impl Engine {
    pub(super) fn send_erase(&mut self, origin: Origin, what: EraseTarget) {
        if !matches!(self.link, Link::Seeking)
            && let Some((circle, ..)) = self.state.running()
        {
            let words = match what {
                EraseTarget::Rows(keys) => {
                    self.hide_until_wrap_up(keys);
                    "hidden now; erased for good when the session is wrapped up"
                }
                EraseTarget::Session(other, _)
                | EraseTarget::Member(other, _)
                | EraseTarget::Circle(other)
                    if other == circle =>
                {
                    let words = "a session is running; wrap it up first, then erase".to_owned();
                    return self.failed(origin, words);
                }
                what @ (EraseTarget::Session(..)
                | EraseTarget::Member(..)
                | EraseTarget::Circle(_)) => return self.erase_now(origin, what),
            };
            return self.tell_erased(origin, words.to_owned());
        }
        self.erase_now(origin, what);
    }

    fn erase_now(&mut self, origin: Origin, what: EraseTarget) {
        let token = self.desk.token();
        match &self.link {
            Link::Here(writer) => {
                let act = Box::new(self.erasing_act());
                writer.send(Request::Erase {
                    token,
                    act,
                    what: what.clone(),
                });
            }
            #[cfg(unix)]
            Link::There(line) => line.send(super::wire::ToOwner::Erase {
                n: token,
                what: what.clone(),
            }),
            Link::Seeking => {}
            Link::Nowhere => {
                return self.failed(origin, "there is no store; nothing was erased".to_owned());
            }
        }
        self.desk.erasing.insert(token, (origin, what));
    }

    fn hide_until_wrap_up(&mut self, keys: Vec<Key>) {
        self.aside.erase.extend(&keys);
        self.keep_aside();
        self.submit_inner(Command::Trash {
            keys,
            trashed: true,
        });
    }

    /// Carries out what was asked to be erased in a session that is over now.
    pub(super) fn finish_erasing(&mut self) {
        if self.state.running().is_none() && !self.aside.erase.is_empty() {
            let keys = std::mem::take(&mut self.aside.erase);
            self.keep_aside();
            self.erase_now(Origin::Inner, EraseTarget::Rows(keys));
        }
    }

    pub(super) fn erased(&mut self, token: u64, result: Result<(Box<Act>, Vec<Key>), String>) {
        let Some((origin, what)) = self.desk.erasing.remove(&token) else {
            return;
        };
        let (act, removed) = match result {
            Ok(erased) => erased,
            Err(words) => return self.failed(origin, words),
        };
        for key in &removed {
            self.state.unload(key);
        }
        for (space, rev) in &act.revs {
            self.state.set_space_rev(*space, *rev);
        }
        if let (EraseTarget::Member(circle, member), Link::Here(writer)) = (&what, &self.link) {
            let token = self.desk.token();
            self.desk.mending.push(token);
            writer.send(Request::Fetch {
                token,
                keys: vec![Key::circle(*circle, Kind::Member, member.0)],
                want: Want::Nothing,
            });
        }
        self.saving = self.saved_state();
        self.tell_everything();
        self.tell_erased(origin, erase::words(removed.len()));
    }

    pub(super) fn tell_erased(&mut self, origin: Origin, words: String) {
        match origin {
            Origin::Local(ticket) => self.news.push_back(News::Erased { ticket, words }),
            Origin::Client { conn, n } => self.tell_client_erased(conn, n, words),
            Origin::Inner => {}
        }
    }
}
