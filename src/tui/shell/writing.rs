//! The capture bar in the shell: opening it, its keys, its drafts, and what it saves.

use crate::command::key::Key;
use crate::domain::capture::{Kind, Opening, print};
use crate::domain::document::Document;
use crate::domain::id::{Kind as DocumentKind, Space};
use crate::tui::capture::{Capture, Outcome, Surroundings, kind_of};
use crate::tui::messages::Note;
use crate::tui::port::{Port, Reads};
use crate::tui::screen::live::Unsaved;
use crate::tui::shell::Shell;
use crate::tui::shell::typed::Typed;
use crate::tui::view::{ScreenId, View};
use crate::tui::widget::field::Edit;

impl Shell {
    pub(super) fn open_capture(&mut self, opening: Opening) {
        self.show_room(false);
        self.messages.clear();
        let fresh = Capture::new(opening, "");
        let draft = self
            .drafts
            .get(fresh.draft_name())
            .map_or("", String::as_str);
        self.capture = Some(Capture::new(opening, draft));
    }

    pub(super) fn capture_key(&mut self, key: Key, port: &mut dyn Port) {
        let Some(mut capture) = self.capture.take() else {
            return;
        };
        let before = capture.clone();
        let outcome = {
            let view = self.view(port);
            typed(&mut capture, key, &view)
        };
        self.capture = Some(capture);
        if let Outcome::Save { commands, .. } = &outcome
            && self.capture_overwrites(commands, &before, port)
        {
            self.capture = None;
            return;
        }
        // Refused words come back; they are forgotten only when they are on disk.
        self.typing(Typed::Capture(before), port, |shell, port| {
            shell.captured(outcome, port);
        });
    }

    /// What came of a key in the capture bar.
    pub(super) fn captured(&mut self, outcome: Outcome, port: &mut dyn Port) {
        match outcome {
            Outcome::Open => {}
            Outcome::Typed => {
                self.messages.go_on();
                self.keep_draft(port);
            }
            Outcome::Said(words) => self.messages.say(Note::asks(words)),
            Outcome::Closed => {
                self.keep_draft(port);
                if self
                    .capture
                    .take()
                    .is_some_and(|capture| !capture.text().is_empty())
                {
                    self.messages
                        .say(Note::done("The words are kept as a draft"));
                }
            }
            Outcome::Save { commands, again } => {
                if !again {
                    self.capture = None;
                }
                for command in commands {
                    self.submit_from(ScreenId::Live, command, port);
                }
            }
        }
    }

    fn keep_draft(&mut self, port: &mut dyn Port) {
        let Some(capture) = &self.capture else { return };
        let (name, text) = (capture.draft_name(), capture.text().to_owned());
        port.keep_draft(name, &text);
        if text.is_empty() {
            self.drafts.remove(name);
        } else {
            self.drafts.insert(name.to_owned(), text);
        }
        self.show_drafts();
    }

    /// A submitted line is on disk: its draft is not needed any more, unless it was typed over.
    pub(super) fn line_saved(&mut self, line: &Capture, port: &mut dyn Port) {
        let name = line.draft_name();
        if self
            .drafts
            .get(name)
            .is_some_and(|draft| draft == line.text())
        {
            self.drop_draft(name, port);
        }
    }

    /// A line that was typed and not saved, and is kept nowhere but here: its session is over.
    pub(super) fn draft_to_lose(&self, port: &dyn Reads) -> Option<(String, String)> {
        let kept = port.drafts();
        let mut drafts = self.drafts.iter();
        let lost = drafts.find(|(name, _)| kept.iter().all(|(other, _)| other != *name));
        lost.map(|(name, text)| (name.clone(), text.clone()))
    }

    /// Forgets a line that was typed and not saved.
    pub(super) fn drop_draft(&mut self, name: &str, port: &mut dyn Port) {
        self.drafts.remove(name);
        port.keep_draft(name, "");
        self.show_drafts();
    }

    /// A submitted line was refused: it is in the bar again, or kept as a draft if another line is there.
    pub(super) fn line_refused(&mut self, line: Capture, port: &mut dyn Port) {
        let (name, text) = (line.draft_name(), line.text().to_owned());
        port.keep_draft(name, &text);
        self.drafts.insert(name.to_owned(), text);
        self.show_drafts();
        let free = self.overlay.is_none()
            && self
                .capture
                .as_ref()
                .is_none_or(|capture| capture.text().is_empty());
        if free {
            self.capture = Some(line);
        }
    }

    /// Drafts are part of the wrap-up sheet: none is forgotten unseen.
    pub(super) fn show_drafts(&mut self) {
        let drafts = self.drafts.iter().map(|(name, text)| Unsaved {
            name: name.clone(),
            text: text.clone(),
        });
        self.screens.live_mut().set_drafts(drafts.collect());
    }
}

fn typed(capture: &mut Capture, key: Key, view: &View<'_>) -> Outcome {
    let around = Surroundings::new(view);
    if let Key::Char(c) = key
        && capture.is_asking()
        && let Some(outcome) = c
            .to_digit(10)
            .and_then(|digit| usize::try_from(digit).ok())
            .and_then(|number| capture.number(number, &around))
    {
        return outcome;
    }
    match key {
        Key::Enter => capture.save(false, &around),
        Key::Ctrl('j') => capture.save(true, &around),
        Key::Tab => capture.complete(&around),
        Key::Esc | Key::Ctrl('c') => capture.escape(),
        Key::Up if capture.text().is_empty() => match recall(view, capture) {
            Some(recalled) => {
                *capture = recalled;
                Outcome::Open
            }
            None => Outcome::Said("nothing was written down yet".to_owned()),
        },
        key => Edit::of(key).map_or(Outcome::Open, |edit| capture.edit(edit)),
    }
}

/// The newest row of this circle that the bar could have made, back in it to be corrected.
fn recall(view: &View<'_>, capture: &Capture) -> Option<Capture> {
    let space = Space::Circle(view.circle?);
    let kinds = [
        DocumentKind::Action,
        DocumentKind::Decision,
        DocumentKind::Note,
        DocumentKind::Parked,
    ];
    let takes = |kind: Kind| capture.draft_name() == "i" || capture.draft_name() == kind.letter();
    let (key, document, kind) = kinds
        .into_iter()
        .flat_map(|kind| view.state.scan(space, kind))
        .filter_map(|(key, document)| Some((key, document, kind_of(document)?)))
        .filter(|(.., kind)| takes(*kind))
        .max_by_key(|(key, ..)| key.id)?;
    Some(Capture::correcting(
        Opening::Is(kind),
        &line_of(document, view)?,
        (*key, document),
    ))
}

/// A row as the line it would be typed as.
fn line_of(document: &Document, view: &View<'_>) -> Option<String> {
    match document {
        Document::Action(action) => {
            let around = Surroundings::new(view);
            Some(print(action, &around.scene()))
        }
        Document::Decision(row) => Some(row.text.to_string()),
        Document::Note(row) => Some(row.text.to_string()),
        Document::Parked(row) => Some(row.text.to_string()),
        _ => None,
    }
}
