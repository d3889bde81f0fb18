//! Actions written out: asked for a page at a time, then put into a file.

use crate::command::id::CommandId;
use crate::domain::document::Document;
use crate::domain::id::{ActionId, CircleId, Key, Kind};
use crate::domain::item::Action;
use crate::domain::names::Naming;
use crate::engine::query::{Answer, MOST_ROWS, Query, Row};
use crate::tui::export::actions_file;
use crate::tui::messages::Note;
use crate::tui::port::Port;
use crate::tui::shell::{Shell, Waiting, Wish};
use crate::tui::view::Format;

/// Actions on their way into a file.
#[derive(Clone, Debug)]
pub(super) struct Gathering {
    circle: CircleId,
    format: Format,
    naming: Naming,
    /// Not asked for yet.
    left: Vec<Key>,
    rows: Vec<Action>,
}

impl Gathering {
    /// What to ask next; nothing when all is there.
    fn next(&mut self) -> Option<Query> {
        if self.left.is_empty() {
            return None;
        }
        let rest = self.left.split_off(self.left.len().min(MOST_ROWS));
        Some(Query::Get(std::mem::replace(&mut self.left, rest)))
    }

    fn take(&mut self, answer: &Answer) {
        let Answer::Rows { rows, .. } = answer else {
            return;
        };
        let action = |row: &Row| match Document::from_body(&row.key, &row.body) {
            Ok(Document::Action(action)) => Some(action),
            Ok(_) | Err(_) => None,
        };
        self.rows.extend(rows.iter().filter_map(action));
    }
}

impl Shell {
    pub(super) fn write_actions(
        &mut self,
        (circle, actions): (CircleId, Vec<ActionId>),
        format: Format,
        port: &mut dyn Port,
    ) {
        let key = |id: ActionId| Key::circle(circle, Kind::Action, id.0);
        let gathering = Gathering {
            circle,
            format,
            naming: self.naming_once(),
            left: actions.into_iter().map(key).collect(),
            rows: Vec::new(),
        };
        self.ask_for_actions(gathering, port);
    }

    fn ask_for_actions(&mut self, mut gathering: Gathering, port: &mut dyn Port) {
        if let Some(query) = gathering.next() {
            let ticket = port.ask(query);
            self.talk
                .waiting
                .insert(ticket, Waiting::Actions(Box::new(gathering)));
            return;
        }
        let when = (port.now(), port.zone());
        match actions_file(
            (port.state(), gathering.circle),
            &gathering.rows,
            (gathering.format, gathering.naming),
            when,
        ) {
            Ok(file) => self.wishes.push(Wish::Export(file)),
            Err(why) => self.messages.say(Note::error(why)),
        }
    }

    pub(super) fn actions_told(
        &mut self,
        mut gathering: Gathering,
        answer: &Answer,
        port: &mut dyn Port,
    ) {
        gathering.take(answer);
        self.ask_for_actions(gathering, port);
    }

    /// The next file has no names, or has them after all.
    pub(super) fn without_names(&mut self) {
        self.nameless = !self.nameless;
        let note = if self.nameless {
            Note::done("The next file has people by number, no names")
                .key(CommandId::WriteMarkdown, "write it")
        } else {
            Note::done("The next file has names again")
        };
        self.messages.say(note);
    }

    /// How the file that is about to be written names people; the one after it has names again.
    pub(super) fn naming_once(&mut self) -> Naming {
        if std::mem::take(&mut self.nameless) {
            Naming::Numbered
        } else {
            Naming::Full
        }
    }

    /// There are no minutes here: says where there are some.
    pub(super) fn nothing_to_write(&mut self) {
        let words = "No session is running here, so there are no minutes to write";
        self.messages
            .say(Note::error(words).key(CommandId::GoSessions, "sessions that were"));
    }
}
