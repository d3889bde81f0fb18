//! The row before the last: what was done, what is asked, what went wrong.
//!
//! Good news never hides a question or a standing error; those stay until they are answered or closed.

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::tui::keys::Keys;
use crate::tui::widget::message::Tone;

/// A sentence with the keys that act on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind it is.
    pub tone: Tone,
    /// The sentence.
    pub sentence: String,
    /// Key and verb of what can be done about it.
    pub keys: Vec<(Press, String)>,
}

/// What is pressed to act on a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// The key of a command.
    Run(CommandId),
    /// The key of a command and another one, which is always the same.
    Then(CommandId, Key),
}

impl Press {
    /// As it stands on the screen, with the keys in force.
    pub fn shown(&self, keys: Keys<'_>) -> String {
        match self {
            Self::Run(id) => keys.of(*id).into_owned(),
            Self::Then(id, key) => format!("{} {key}", keys.of(*id)),
        }
    }
}

impl Note {
    /// Something was done.
    pub fn done(sentence: impl Into<String>) -> Self {
        Self {
            tone: Tone::Done,
            sentence: sentence.into(),
            keys: Vec::new(),
        }
    }

    /// Something could not be done.
    pub fn error(sentence: impl Into<String>) -> Self {
        Self {
            tone: Tone::Error,
            sentence: sentence.into(),
            keys: Vec::new(),
        }
    }

    /// The program asks.
    pub fn asks(sentence: impl Into<String>) -> Self {
        Self {
            tone: Tone::Asks,
            sentence: sentence.into(),
            keys: Vec::new(),
        }
    }

    /// With a command that acts on it.
    #[must_use]
    pub fn key(self, id: CommandId, verb: impl Into<String>) -> Self {
        self.press(Press::Run(id), verb)
    }

    /// With keys that act on it.
    #[must_use]
    pub fn press(mut self, press: Press, verb: impl Into<String>) -> Self {
        self.keys.push((press, verb.into()));
        self
    }
}

/// Which standing note this is, so that it can be taken away when it is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Acts are not saved.
    NotSaved,
    /// Whoever owned the store is gone.
    OwnerGone,
    /// The store cannot be opened.
    CannotOpen,
    /// Something was repaired.
    Repaired,
    /// Nothing can be written.
    ReadOnly,
    /// Off the record, and what was written just before.
    OffRecord,
    /// Quitting while a session runs.
    Quit,
    /// Something is wrong in the configuration.
    Problems,
    /// A pack of questions has lines that cannot be read.
    Packs,
    /// A command that is done when its key is pressed again.
    Twice,
    /// Leaving or hiding the program when the key is pressed again.
    Leave,
    /// A file that is being read for an import.
    Import,
    /// An import that is being saved.
    Saving,
}

/// The latest note, and those that stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    latest: Option<Note>,
    standing: Vec<(Standing, Note)>,
}

impl Messages {
    /// Says something, instead of what was said before.
    pub fn say(&mut self, note: Note) {
        self.latest = Some(note);
    }

    /// Says something that stays until it is settled.
    pub fn stand(&mut self, which: Standing, note: Note) {
        self.settle(which);
        self.standing.push((which, note));
    }

    /// Takes a standing note away.
    pub fn settle(&mut self, which: Standing) {
        self.standing.retain(|(other, _)| *other != which);
    }

    /// Whether this note stands.
    pub fn stands(&self, which: Standing) -> bool {
        self.standing.iter().any(|(other, _)| *other == which)
    }

    /// Whether this note is the one that is shown.
    pub fn shows(&self, which: Standing) -> bool {
        let last = self.standing.last().filter(|(last, _)| *last == which);
        last.is_some_and(|(_, note)| self.shown().is_some_and(|(shown, _)| shown == note))
    }

    /// Closes what is shown. Returns whether there was anything.
    pub fn close(&mut self) -> bool {
        self.latest.take().is_some() || self.standing.pop().is_some()
    }

    /// Forgets the latest note.
    pub fn clear(&mut self) {
        self.latest = None;
    }

    /// Somebody goes on: a refusal or a question that was only said is behind them. What was done stays.
    pub fn go_on(&mut self) {
        self.latest.take_if(|note| note.tone != Tone::Done);
    }

    /// What to show, and how many others wait behind it.
    pub fn shown(&self) -> Option<(&Note, usize)> {
        let standing = self.standing.last().map(|(_, note)| note);
        match (&self.latest, standing) {
            (Some(latest), Some(_)) if latest.tone == Tone::Error => {
                Some((latest, self.standing.len()))
            }
            (latest, Some(standing)) => Some((
                standing,
                self.standing.len() - 1 + usize::from(latest.is_some()),
            )),
            (latest, None) => latest.as_ref().map(|latest| (latest, 0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_gone_at_the_next_key_and_what_was_done_is_not() {
        let mut messages = Messages::default();
        messages.say(Note::error("this is the last block"));
        messages.go_on();
        assert_eq!(messages.shown(), None);
        messages.say(Note::done("Saved A14"));
        messages.go_on();
        assert!(messages.shown().is_some());
    }

    #[test]
    fn what_was_repaired_and_what_cannot_be_written_are_told_both() {
        let mut messages = Messages::default();
        messages.stand(Standing::Repaired, Note::error("sled was rebuilt"));
        messages.stand(Standing::ReadOnly, Note::error("Read only: no lock"));
        assert_eq!(messages.shown().unwrap().1, 1);
        assert!(messages.shows(Standing::ReadOnly) && messages.stands(Standing::Repaired));
        messages.close();
        assert!(messages.shows(Standing::Repaired));
    }

    #[test]
    fn good_news_does_not_hide_a_question() {
        let mut messages = Messages::default();
        messages.stand(Standing::Quit, Note::asks("Ladder Up #7 is running"));
        messages.say(Note::done("Saved A14"));
        let (shown, waiting) = messages.shown().unwrap();
        assert_eq!((shown.tone, waiting), (Tone::Asks, 1));
        messages.say(Note::error("this is the last block"));
        assert_eq!(messages.shown().unwrap().0.tone, Tone::Error);
        messages.settle(Standing::Quit);
        messages.clear();
        assert_eq!(messages.shown(), None);
    }
}
