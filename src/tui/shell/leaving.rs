//! Leaving the program, or hiding it: what stands against that is asked about first.

use crate::command::id::CommandId;
use crate::domain::clock::Moment;
use crate::engine::news::Saving;
use crate::tui::capture::Capture;
use crate::tui::messages::{Note, Standing};
use crate::tui::overlay::new_circle::NewCircleForm;
use crate::tui::port::Reads;
use crate::tui::shell::{CANCEL_TWICE, Shell, Wish};

/// What stands against leaving at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// A session runs.
    Running,
    /// Acts are not on disk.
    Unsaved,
    /// A line was typed that no store keeps.
    Draft,
    /// A circle is filled in and not made.
    Unmade,
}

impl Leaving {
    const ALL: [Self; 4] = [Self::Running, Self::Unsaved, Self::Draft, Self::Unmade];
}

/// What stood against leaving so far.
#[derive(Default)]
pub(super) struct Leave {
    /// When what was going on was cancelled: a second time soon after it quits.
    pub(super) cancelled: Option<Moment>,
    /// Hiding the program was asked about.
    pub(super) hid_once: bool,
    /// What was asked about leaving since that was first asked for.
    pub(super) asked: Vec<Leaving>,
}

impl Shell {
    pub(super) fn suspend(&mut self, port: &dyn Reads) {
        if port.state().running().is_some() && !self.leave.hid_once {
            self.leave.hid_once = true;
            let note = Note::asks(format!(
                "{} takes back; {} again hides circlet",
                self.keys_now(CommandId::Undo, port),
                self.keys_now(CommandId::Suspend, port)
            ));
            self.messages.stand(Standing::Leave, note);
            return;
        }
        self.leave.hid_once = false;
        self.messages.settle(Standing::Leave);
        self.wishes.push(Wish::Suspend);
    }

    pub(super) fn cancel(&mut self, port: &dyn Reads) {
        let now = port.now();
        if self
            .leave
            .cancelled
            .is_some_and(|before| now - before <= CANCEL_TWICE)
        {
            self.wishes.push(Wish::Quit);
            return;
        }
        self.leave.cancelled = Some(now);
        self.forget_pending();
        let key = self.keys_now(CommandId::Cancel, port);
        let saved = match unsaved(port) {
            None if self.form.as_ref().is_some_and(NewCircleForm::has_words) => {
                "the circle in the form is not made yet and would be lost".to_owned()
            }
            None => "everything is saved".to_owned(),
            Some(words) => words,
        };
        let note = Note::asks(format!("{key} again quits; {saved}"));
        self.messages.stand(Standing::Leave, note);
    }

    /// Leaves, once everything that stands against it was asked about: one question at a time.
    pub(super) fn quit(&mut self, port: &dyn Reads) {
        if !self.messages.stands(Standing::Quit) {
            self.leave.asked.clear();
        }
        let asks = Leaving::ALL
            .into_iter()
            .filter(|why| !self.leave.asked.contains(why))
            .find_map(|why| Some((why, self.before_leaving(why, port)?)));
        match asks {
            Some((why, note)) => {
                self.leave.asked.push(why);
                self.messages.stand(Standing::Quit, note);
            }
            None => self.wishes.push(Wish::Quit),
        }
    }

    /// What is asked before leaving, where there is anything to ask.
    fn before_leaving(&self, why: Leaving, port: &dyn Reads) -> Option<Note> {
        let quit = CommandId::QuitNow;
        match why {
            Leaving::Running => {
                let running = port.state().running().filter(|_| !self.setup.demo);
                let (circle, session, _) = running?;
                let circle = port.state().circle(circle);
                let name = circle.map_or("", |circle| circle.name.as_str());
                let note = Note::asks(format!("{name} #{} is running", session.number));
                Some(
                    note.key(quit, "quit, the session goes on")
                        .key(CommandId::WrapUp, "wrap up"),
                )
            }
            Leaving::Unsaved => Some(Note::asks(unsaved(port)?).key(quit, "quit all the same")),
            Leaving::Draft => {
                let (name, text) = self.draft_to_lose(port)?;
                let note = Note::asks(format!("Not saved and would be lost: {text}"));
                Some(
                    note.key(quit, "quit all the same")
                        .key(Capture::writes(&name), "back to it"),
                )
            }
            Leaving::Unmade => {
                let form = self.form.as_ref();
                form.filter(|form| form.has_words())?;
                let words = "The circle in the form is not made yet and would be lost";
                Some(
                    Note::asks(words)
                        .key(quit, "quit all the same")
                        .key(CommandId::NewCircle, "back to it"),
                )
            }
        }
    }
}

/// What would be lost by leaving now, in words.
fn unsaved(port: &dyn Reads) -> Option<String> {
    match port.saving() {
        Saving::Unsaved(1) => Some("1 change is not saved yet".to_owned()),
        Saving::Unsaved(count) => Some(format!("{count} changes are not saved yet")),
        Saving::Clean | Saving::Saved(_) | Saving::Waiting | Saving::ReadOnly(_) => None,
    }
}
