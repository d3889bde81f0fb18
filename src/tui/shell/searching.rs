//! The search over everything: what is typed asks the store portion by portion, and Enter goes to what was found.

use crate::command::key::Key;
use crate::domain::id::{SessionId, Space};
use crate::domain::search::{Hit, Sort};
use crate::engine::query::{Answer, Look, Query};
use crate::tui::overlay::search::Search;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::{Shell, Waiting};
use crate::tui::view::{Arg, ScreenId};
use crate::tui::widget::field::Edit;

/// Rows that a page moves.
const PAGE: isize = 10;

impl Shell {
    /// Opens the search, with the words that came with the command.
    pub(super) fn search(&mut self, arg: &Arg, port: &mut dyn Port) {
        let mut search = Search::default();
        if let Arg::Text(words) = arg {
            search.field.apply(Edit::Paste(words.clone()));
        }
        self.seek(search, port);
    }

    /// Asks for what is typed now and lays the search over the screen.
    fn seek(&mut self, mut search: Search, port: &mut dyn Port) {
        let look = search.begin(self.masked, port.zone());
        self.overlay = Some(Overlay::Search(search));
        if let Some(look) = look {
            self.look(look, port);
        }
    }

    fn look(&mut self, look: Look, port: &mut dyn Port) {
        let look = Box::new(look);
        let ticket = port.ask(Query::Look(look.clone()));
        self.talk.waiting.insert(ticket, Waiting::Look(look));
    }

    /// A portion has come. Whoever typed on meanwhile does not want it.
    pub(super) fn looked(&mut self, look: &Look, answer: &Answer, port: &mut dyn Port) {
        let (Some(Overlay::Search(search)), Answer::Look(page)) = (&mut self.overlay, answer)
        else {
            return;
        };
        if let Some(next) = search.take(look, page, port.zone()) {
            self.look(next, port);
        }
    }

    pub(super) fn search_key(&mut self, mut search: Search, key: Key, port: &mut dyn Port) {
        match key {
            Key::Esc => return self.leave(Overlay::Search(search), port),
            Key::Enter => {
                if let Some(hit) = search.selected().cloned() {
                    return self.open_found(&hit, port);
                }
            }
            Key::Down => search.step(1),
            Key::Up => search.step(-1),
            Key::PageDown => search.step(PAGE),
            Key::PageUp => search.step(-PAGE),
            key => {
                if let Some(edit) = Edit::of(key) {
                    let before = search.field.text().to_owned();
                    search.field.apply(edit);
                    if search.field.text() != before {
                        return self.seek(search, port);
                    }
                }
            }
        }
        self.overlay = Some(Overlay::Search(search));
    }

    pub(super) fn search_paste(&mut self, text: &str, port: &mut dyn Port) {
        if let Some(Overlay::Search(mut search)) = self.overlay.take() {
            search.field.apply(Edit::Paste(text.to_owned()));
            self.seek(search, port);
        }
    }

    /// Goes to the screen of what was found, at its row.
    fn open_found(&mut self, hit: &Hit, port: &mut dyn Port) {
        if let (Space::Circle(circle), None) = (hit.key.space, port.state().running()) {
            self.circle = Some(circle);
        }
        let shown = self.view(port).circle;
        if matches!(hit.key.space, Space::Circle(circle) if shown != Some(circle)) {
            return self.cannot("a session of another circle runs; look there when it is over");
        }
        let hit = &Hit {
            session: hit.session.or_else(|| decided_since(hit, &*port)),
            ..hit.clone()
        };
        let to = match hit.sort {
            Sort::Action => ScreenId::Actions,
            Sort::Member => ScreenId::Roster,
            Sort::Question => ScreenId::Questions,
            Sort::Session => ScreenId::Sessions,
            Sort::Decision | Sort::Parked | Sort::Note | Sort::Quote if hit.session.is_some() => {
                ScreenId::Sessions
            }
            // What was written down outside sessions: where it is used next, else what was done.
            Sort::Parked => ScreenId::Plan,
            Sort::Book | Sort::Quote => ScreenId::Books,
            Sort::Decision | Sort::Note => ScreenId::Log,
        };
        {
            let view = self.view(port);
            self.screens.get_mut(to).aim(hit, &view);
        }
        self.go(to, port);
        // These screens may show other things first, or only a part of the words.
        if matches!(to, ScreenId::Plan | ScreenId::Books | ScreenId::Log) {
            let words = format!("{} {}", hit.label, hit.text);
            self.say(crate::tui::messages::Note::done(words));
        }
    }
}

/// The session with which a decision stands that was taken outside of sessions, where that is the last one.
fn decided_since(hit: &Hit, port: &dyn Reads) -> Option<SessionId> {
    let Space::Circle(circle) = hit.key.space else {
        return None;
    };
    let last = port.state().last_session(circle)?;
    let since = last.ended.is_some_and(|ended| hit.at >= ended);
    (hit.sort == Sort::Decision && since).then_some(last.id)
}
