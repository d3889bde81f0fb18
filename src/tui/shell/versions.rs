//! Words of a row that two people changed at the same time: both versions are shown, and none is lost.

use crate::command::{Command, Draft, ItemEdit};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Space};
use crate::domain::item::Audience;
use crate::domain::text::Clean;
use crate::tui::capture::Capture;
use crate::tui::messages::Note;
use crate::tui::port::Port;
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::{Overlay, Which};
use crate::tui::shell::typed::Typed;
use crate::tui::view::{Reply, Request, ScreenId};

/// An edit that waits until somebody has said which words stand.
#[derive(Clone, Debug)]
pub(super) struct Versions {
    key: Key,
    edit: ItemEdit,
    /// The line in which it was typed, whose draft is kept until then.
    line: Option<Capture>,
}

/// The one change of words that a reply asks for.
fn edit_of(reply: &Reply) -> Option<(Key, &ItemEdit)> {
    match reply {
        Reply::Do(requests) => match requests.as_slice() {
            [Request::Submit(Command::EditItem { key, edit })] => Some((*key, edit)),
            _ => None,
        },
        _ => None,
    }
}

fn words(document: &Document) -> Option<&Clean> {
    document.written().map(|(_, words)| words)
}

/// Whether an edit would write over words that are not those that somebody had before their eyes.
fn overwrites(now: &Document, edit: &ItemEdit, seen: &str) -> bool {
    match (&edit.text, words(now)) {
        (Some(mine), Some(now)) => now.as_str() != seen && now != mine,
        _ => false,
    }
}

impl Shell {
    /// A line with the words of a row was typed. Shows both versions, where somebody else has changed them since the
    /// line was opened with `seen`.
    pub(super) fn line_overwrites(&mut self, reply: &Reply, seen: &str, port: &dyn Port) -> bool {
        let Some((key, edit)) = edit_of(reply) else {
            return false;
        };
        let now = port.state().get(&key);
        if !now.is_some_and(|now| overwrites(now, edit, seen)) {
            return false;
        }
        self.show_versions((key, edit.clone()), None, port)
    }

    /// The same for a line of the capture bar that corrects a row.
    pub(super) fn capture_overwrites(
        &mut self,
        commands: &[Command],
        line: &Capture,
        port: &dyn Port,
    ) -> bool {
        let ([Command::EditItem { key, edit }], Some(seen)) = (commands, line.seen()) else {
            return false;
        };
        let now = port.state().get(key);
        if !now.is_some_and(|now| overwrites(now, edit, seen)) {
            return false;
        }
        self.show_versions((*key, edit.clone()), Some(line.clone()), port)
    }

    /// An edit was refused, since the row had changed, and the screen has nothing to say to it.
    pub(super) fn versions_after(&mut self, command: Command, reason: &str, port: &mut dyn Port) {
        let shown = match command {
            Command::EditItem { key, edit } if edit.text.is_some() => {
                self.show_versions((key, edit), None, port)
            }
            _ => false,
        };
        match self.talk.typing.take() {
            _ if shown => {}
            Some(typed) => self.give_back(typed, reason, port),
            None => self.cannot(reason),
        }
    }

    fn show_versions(
        &mut self,
        (key, edit): (Key, ItemEdit),
        line: Option<Capture>,
        port: &dyn Port,
    ) -> bool {
        let Some(now) = port.state().get(&key) else {
            return false;
        };
        let (Some(mine), Some(theirs)) = (&edit.text, words(now)) else {
            return false;
        };
        let both = match now {
            Document::Action(_) => "both: theirs stands, mine goes into its note",
            _ => "both: theirs stands, mine becomes a note for me",
        };
        let rows = vec![
            format!("mine    {mine}"),
            format!("theirs  {theirs}"),
            both.to_owned(),
        ];
        let title = "Somebody changed these words meanwhile. Which stand?";
        self.versions = Some(Versions { key, edit, line });
        self.ask_surely(Overlay::shell_choice(Which::Versions, title, rows));
        true
    }

    /// Which words stand was picked.
    pub(super) fn version_picked(&mut self, row: usize, port: &mut dyn Port) {
        let Some(Versions { key, edit, line }) = self.versions.take() else {
            return;
        };
        if let Some(line) = &line {
            self.line_saved(line, port);
        }
        let Some(now) = port.state().get(&key).cloned() else {
            return self.cannot("that row is gone");
        };
        let mine = edit.text.clone();
        let command = match (row, &mine, key.space) {
            (0, ..) => Command::EditItem { key, edit },
            (2, Some(mine), Space::Circle(circle)) => beside(circle, (key, &now), mine),
            _ => {
                let words = "It stays as the other one left it";
                return self.messages.say(Note::done(words));
            }
        };
        let words = mine.map(|mine| mine.to_string()).unwrap_or_default();
        let typed = line.map_or(Typed::Words(words), Typed::Capture);
        self.typing(typed, port, |shell, port| {
            shell.submit_from(ScreenId::Live, command, port);
        });
    }
}

/// Keeps words beside those that stand: in the note of an action, else as a note for whoever typed them.
fn beside(circle: CircleId, (key, now): (Key, &Document), mine: &Clean) -> Command {
    let Document::Action(action) = now else {
        return Command::Write {
            circle,
            drafts: vec![Draft::Note {
                text: mine.clone(),
                audience: Audience::Me,
                tags: Vec::new(),
            }],
            speaking: None,
        };
    };
    let before = action.note.as_ref().map(|note| format!("{note}\n"));
    let note = format!("{}Words: {mine}", before.unwrap_or_default());
    Command::EditItem {
        key,
        edit: ItemEdit {
            note: Some(Clean::text(&note)),
            ..ItemEdit::default()
        },
    }
}
