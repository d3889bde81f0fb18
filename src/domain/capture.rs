//! The quick-capture line: what somebody types in one go, read as a typed item, and written back.
//!
//! ```text
//! line  = [ kind SP ] words-and-tokens
//! kind  = a action | d decision | n note | p parked item | q question for the bank | k kudos
//! token = @who | due WHEN | by WHEN | #tag | ! .. !!! | +circle | est 20m | for:me
//! note  = [ p82 | ch4 ] words-and-tokens, where a book is read: a quote, for the circle
//! question: the same place before it, where a book is read: about that place
//! ```
//!
//! Tokens stand anywhere, in any order and case. Words are never dropped: what is not understood stays a
//! word, what could mean two things becomes an [`Ask`] in which nothing is chosen beforehand. This module
//! turns text into a [`Reading`] and back; it saves nothing.

use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::book::Place;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Audience, Due, Owner};
use crate::domain::roster::Member;
use crate::domain::text::Clean;
use crate::domain::when::{Order, Seen};

pub use crate::domain::capture::complete::{Completion, complete};
pub use crate::domain::capture::paste::{Paste, lines, paste};
pub use crate::domain::capture::print::{handle, print};
pub use crate::domain::capture::show::Row;

mod complete;
mod due;
mod lex;
mod paste;
mod print;
mod read;
mod settle;
mod show;
mod who;

/// The first word of a line that thanks somebody.
const KUDOS_LETTER: &str = "k";
/// The tag of such a note.
pub const KUDOS: &str = "kudos";

/// What a line becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Something somebody takes on.
    Action,
    /// Something settled.
    Decision,
    /// A note for whoever writes it.
    #[default]
    Note,
    /// A note for the circle.
    CircleNote,
    /// A topic for another time.
    Parked,
    /// A question for the bank.
    Question,
}

impl Kind {
    /// The kind that a first one-letter word names. `k`, kudos, is a note for the circle; its reader adds the
    /// tag [`KUDOS`].
    pub fn from_letter(word: &str) -> Option<Self> {
        match word {
            "a" => Some(Self::Action),
            KUDOS_LETTER => Some(Self::CircleNote),
            "d" => Some(Self::Decision),
            "n" => Some(Self::Note),
            "p" => Some(Self::Parked),
            "q" => Some(Self::Question),
            _ => None,
        }
    }

    /// The key that opens the field with this kind, shown as `a>`.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Action => "a",
            Self::Decision => "d",
            Self::Note => "n",
            Self::CircleNote => "N",
            Self::Parked => "p",
            Self::Question => "q",
        }
    }

    /// The word on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Decision => "decision",
            Self::Note => "note for me",
            Self::CircleNote => "note for the circle",
            Self::Parked => "parked item",
            Self::Question => "question",
        }
    }
}

/// How the field was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// With a kind: every word of the line belongs to the text, also a first `a`.
    Is(Kind),
    /// Without: a first one-letter word in lower case names the kind and is taken off; else it is this
    /// kind. So it is after `i`, in a pasted line and on the command line.
    Letter(Kind),
}

/// What is known when a line is read.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The members of the circle, in the order in which choices are numbered.
    pub members: &'a [&'a Member],
    /// Who `@me` is.
    pub me: Option<MemberId>,
    /// Who has the floor: the owner of an action that names nobody.
    pub floor: Option<MemberId>,
    /// Who leads the running block: whom a note for the presenter is for.
    pub presenter: Option<MemberId>,
    /// The date where people are.
    pub today: NaiveDate,
    /// How to read 3/4.
    pub order: Order,
    /// The day of the next session, if one is planned.
    pub next_session: Option<NaiveDate>,
    /// The circles that `+circle` can name.
    pub circles: &'a [(CircleId, &'a str)],
    /// Tags in use, for completion.
    pub tags: &'a [&'a str],
    /// Whether the circle reads a book, so that `p82` and `ch4` before a note or a question are places in it.
    pub reads: bool,
}

impl Scene<'_> {
    /// From where a date in the line is seen.
    pub const fn seen(&self) -> Seen {
        Seen {
            today: self.today,
            order: self.order,
        }
    }
}

/// Where a value of a [`Reading`] comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// It was typed.
    Typed,
    /// Whoever has the floor.
    Floor,
    /// The next session.
    NextSession,
    /// Nothing is known.
    #[default]
    Nothing,
}

/// What a part of the line was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A word of the text.
    Word,
    /// The letter that names the kind.
    Kind,
    /// A person.
    Who,
    /// A date.
    Due,
    /// A tag.
    Tag,
    /// Importance.
    Priority,
    /// The circle it goes to.
    Circle,
    /// How long it will take.
    Estimate,
    /// For whom a note is.
    Audience,
    /// The place in a book that a note quotes.
    Place,
}

/// A part of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its bytes in the line.
    pub range: Range<usize>,
    /// What it was taken for.
    pub role: Role,
    /// Whether it was understood.
    pub clear: bool,
    /// Leading bytes that are not part of the text: the backslash of a literal word.
    skip: usize,
}

/// Why a person is not clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Several people match.
    Several,
    /// Nobody is called that.
    Nobody,
    /// `@me`, and nobody has said who that is.
    NoMe,
}

/// An answer to an [`Ask`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This person.
    Member(MemberId),
    /// Somebody new: they are added to the roster first, then the line is read again.
    Add(Clean),
    /// What was typed stays in the text as it is.
    Words,
    /// Nobody yet.
    Nobody,
}

/// A question that the line leaves open. Nothing is chosen beforehand: a number decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The bytes of the line that are unclear.
    pub range: Range<usize>,
    /// What was typed, without the `@`.
    pub typed: Clean,
    /// What is unclear.
    pub problem: Problem,
    /// What can be answered, numbered from 1: people in the order of the roster, then the rest.
    pub choices: Vec<Choice>,
}

/// Something that is worth telling and needs no answer. Its display is a phrase for the line below.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// It looks like a date and is none; the words stay in the text.
    #[error("{0} is no date")]
    NoDate(Clean),
    /// A 29 February in a year that has none; the words stay in the text.
    #[error("{0} comes next on {date}", date = .1.format("%a %-d %b %Y"))]
    NoLeapDay(Clean, NaiveDate),
    /// A time of day behind the date: dates are whole days, so it stays in the text.
    #[error("{0} stays in the words; a date is a whole day")]
    TimeOfDay(Clean),
    /// It is due next session, and none is planned.
    #[error("no next session is planned yet")]
    NoNextSession,
    /// Several circles begin like that; the words stay in the text.
    #[error("more than one circle begins with {0}")]
    SeveralCircles(Clean),
    /// There is nothing but tokens.
    #[error("there are no words yet")]
    NoWords,
}

/// A line as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it becomes.
    pub kind: Kind,
    /// The words, without what was recognised and without what is asked.
    pub text: Clean,
    /// Owners of an action, each of whom gets one; none while that is asked.
    pub owners: Vec<Owner>,
    /// Where the owners come from.
    pub owners_from: Source,
    /// Until when, for an action.
    pub due: Due,
    /// Where the date comes from.
    pub due_from: Source,
    /// 0 to 3, for an action.
    pub priority: u8,
    /// Minutes, for an action.
    pub estimate: Option<u16>,
    /// Without the `#`, each once.
    pub tags: Vec<Clean>,
    /// The circle it goes to, if it names one.
    pub circle: Option<CircleId>,
    /// For whom it is, for a note.
    pub audience: Audience,
    /// The place in the book being read that a note quotes.
    pub place: Option<Place>,
    /// Who brought a parked item or a quote up, if the line says so.
    pub raised_by: Option<MemberId>,
    /// What is left open.
    pub asks: Vec<Ask>,
    /// What is worth telling.
    pub warnings: Vec<Warning>,
    line: String,
    parts: Vec<Part>,
}

/// Reads a line. Never fails: what is not understood stays a word. Takes time in proportion to the length
/// of the line.
pub fn parse(line: &str, opening: Opening, scene: &Scene<'_>) -> Reading {
    read::read(line, opening, scene)
}

impl Reading {
    /// Whether whoever wrote the line may have meant more than is saved: somebody is asked for, or a date is none.
    pub fn leaves_open(&self) -> bool {
        let no_date = |warning: &Warning| match warning {
            Warning::NoDate(_) | Warning::NoLeapDay(..) => true,
            Warning::TimeOfDay(_)
            | Warning::NoNextSession
            | Warning::SeveralCircles(_)
            | Warning::NoWords => false,
        };
        !self.asks.is_empty() || self.warnings.iter().any(no_date)
    }

    /// What was recognised and what is unclear, in the order of the line, for underlining. Plain words
    /// are left out.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.parts
            .iter()
            .filter(|part| part.role != Role::Word || !part.clear)
    }

    /// Whether there is nothing to save.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The answers that leave everything open and lose nothing: each name stays a word.
    pub fn kept_answers(&self) -> Vec<Choice> {
        vec![Choice::Words; self.asks.len()]
    }

    /// The text when the asks are answered like this; what stays a word is back in its place.
    pub fn text_with(&self, answers: &[Choice]) -> Clean {
        let kept = |part: &Part| {
            part.role == Role::Word
                || self
                    .asks
                    .iter()
                    .zip(answers)
                    .any(|(ask, answer)| *answer == Choice::Words && ask.range == part.range)
        };
        settle::text(&self.line, &self.parts, kept)
    }

    /// Who brought a parked item up when the asks are answered like this.
    pub fn raised_with(&self, answers: &[Choice]) -> Option<MemberId> {
        self.raised_by.or_else(|| {
            answers.iter().find_map(|answer| match answer {
                Choice::Member(id) => Some(*id),
                Choice::Nobody | Choice::Words | Choice::Add(_) => None,
            })
        })
    }

    /// The owners when the asks are answered like this; never empty.
    pub fn owners_with(&self, answers: &[Choice]) -> Vec<Owner> {
        let answered = answers.iter().filter_map(|answer| match answer {
            Choice::Member(id) => Some(Owner::Member(*id)),
            Choice::Nobody | Choice::Words | Choice::Add(_) => None,
        });
        settle::settle(self.owners.iter().copied().chain(answered).collect())
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
