//! What ends a command early: a code for scripts and words for people.

use crate::command::Refusal;
use crate::domain::text::{Clean, cut_graphemes};

/// How a command ended that was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done,
    /// Saved, with open questions.
    Open,
    /// Something of mine is due or overdue.
    Due,
}

impl Exit {
    /// The exit code of the command line contract.
    pub(super) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Open => 3,
            Self::Due => 10,
        }
    }
}

/// How a command ends.
pub(super) type Outcome = Result<Exit, CliError>;

/// A command that could not be carried out: one or two lines for stderr and an exit code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct CliError {
    /// The exit code.
    pub code: u8,
    /// What happened, what still holds, what to do.
    pub words: String,
}

impl CliError {
    /// It could not be done.
    pub(super) fn failed(words: impl Into<String>) -> Self {
        Self::new(1, words)
    }

    /// It was asked for in a way that cannot be understood.
    pub(super) fn usage(words: impl Into<String>) -> Self {
        Self::new(2, words)
    }

    /// The store cannot be used.
    pub(super) fn store(words: impl Into<String>) -> Self {
        Self::new(4, words)
    }

    fn new(code: u8, words: impl Into<String>) -> Self {
        Self {
            code,
            words: words.into(),
        }
    }
}

impl From<Refusal> for CliError {
    fn from(refusal: Refusal) -> Self {
        let words = sentence(&refusal.reason);
        if refusal.not_saved {
            Self::store(words)
        } else {
            Self::failed(words)
        }
    }
}

/// A phrase as a sentence: a capital at the beginning, a stop at the end.
pub(super) fn sentence(phrase: &str) -> String {
    let mut chars = phrase.trim().chars();
    let mut out: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    out.extend(chars);
    if !out.ends_with(['.', '?']) {
        out.push('.');
    }
    out
}

/// What somebody typed, safe and short enough to be repeated in a message.
pub(super) fn echo(typed: &str) -> String {
    // Cleaning a little more than is shown keeps a huge argument cheap.
    let head: String = typed.chars().take(400).collect();
    cut_graphemes(&Clean::line(&head), 80).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_becomes_a_sentence() {
        assert_eq!(sentence("nothing to change"), "Nothing to change.");
        assert_eq!(sentence("which one?"), "Which one?");
    }

    #[test]
    fn what_the_store_could_not_take_has_the_code_of_the_store() {
        assert_eq!(CliError::from(Refusal::new("no")).code, 1);
        assert_eq!(CliError::from(Refusal::not_saved("full")).code, 4);
    }

    #[test]
    fn what_was_typed_is_repeated_without_what_drives_a_terminal() {
        assert_eq!(echo("a\u{1b}[2Jb"), "a\u{FFFD}[2Jb");
        assert_eq!(echo(&"x".repeat(10_000)).len(), 80);
    }
}
