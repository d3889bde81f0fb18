//! Searching through everything that was written down: what a document says, whether words fit it, and the order of
//! what was found. The bank has an index of its own, which knows themes and how often a question was asked.

mod said;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Zone};
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, MemberId, SessionId};
use crate::domain::search::said::said;
use crate::domain::text::{Clean, cut_graphemes, fold};

/// Most letters of a text that are shown.
const MOST_LETTERS: usize = 160;

/// What can be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Sessions with their agendas.
    Session,
    /// Actions, open and closed.
    Action,
    /// Decisions.
    Decision,
    /// Parked items.
    Parked,
    /// Notes that are no quotes.
    Note,
    /// Notes that quote a book.
    Quote,
    /// People.
    Member,
    /// Books.
    Book,
    /// Questions of the bank and of circles.
    Question,
}

impl Sort {
    /// All of them, in the order in which they are looked through: the bank, which is the largest, last.
    pub const ALL: [Self; 9] = [
        Self::Session,
        Self::Action,
        Self::Decision,
        Self::Parked,
        Self::Note,
        Self::Quote,
        Self::Member,
        Self::Book,
        Self::Question,
    ];

    /// The word in lists, in JSON and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Action => "action",
            Self::Decision => "decision",
            Self::Parked => "parked",
            Self::Note => "note",
            Self::Quote => "quote",
            Self::Member => "member",
            Self::Book => "book",
            Self::Question => "question",
        }
    }

    /// The documents that it lives in.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Session => Kind::Session,
            Self::Action => Kind::Action,
            Self::Decision => Kind::Decision,
            Self::Parked => Kind::Parked,
            Self::Note | Self::Quote => Kind::Note,
            Self::Member => Kind::Member,
            Self::Book => Kind::Book,
            Self::Question => Kind::Question,
        }
    }
}

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = fold(text);
        let one = text.strip_suffix('s').unwrap_or(&text);
        let found = Self::ALL
            .into_iter()
            .find(|sort| sort.word() == text || sort.word() == one);
        found.ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.iter().map(|sort| sort.word()).collect();
            format!("they are {}", words.join(", "))
        })
    }
}

/// What is searched for. All words have to occur, wherever in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    folded: Vec<String>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Which document.
    pub key: Key,
    /// What it is.
    pub sort: Sort,
    /// Its number for people: `A14`, `#7`; empty for a member.
    pub label: String,
    /// Its words, as far as they fit into a row; initials of a member while names are masked.
    pub text: String,
    /// Where the words were found, when they are not in [`text`](Self::text).
    pub beside: String,
    /// Where it stands: `open`, `done`, `planned`.
    pub state: String,
    /// Whether it is an action that is still to be done.
    pub is_open: bool,
    /// When it was written down; a session: when it begins.
    pub at: Moment,
    /// In which session it was written down.
    pub session: Option<SessionId>,
    /// How well the words fit; more is better.
    pub score: u8,
}

impl Hit {
    /// What puts hits in order: the newest day first, within a day what fits best, then the newest.
    pub fn place(&self, zone: Zone) -> impl Ord + use<> {
        use std::cmp::Reverse;
        (
            Reverse(self.at.date(zone)),
            Reverse(self.score),
            Reverse(self.at),
            self.key,
        )
    }
}

/// Through whose eyes is searched.
#[derive(Clone, Copy, Debug)]
pub struct Eyes<'a> {
    /// Names are masked: notes are hidden, people are initials.
    pub masked: bool,
    /// Where people read clocks.
    pub zone: Zone,
    /// The people of the circle that is looked through, by whose names their actions are found.
    pub people: &'a BTreeMap<MemberId, Clean>,
}

impl Words {
    /// Reads what was typed; case and accents do not matter.
    pub fn read(typed: &str) -> Self {
        let folded = fold(typed);
        let words = folded.split(' ').filter(|word| !word.is_empty());
        Self {
            folded: words.map(str::to_owned).collect(),
        }
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The document as something found; `None` when the words do not fit, it lies in the trash, or `eyes` must not
    /// see it.
    pub fn find(&self, key: Key, document: &Document, eyes: Eyes<'_>) -> Option<Hit> {
        let said = said(document, eyes)?;
        let title = fold(&format!("{} {}", said.label, said.text));
        let beside: Vec<String> = said.beside.iter().map(|line| fold(line)).collect();
        let fits = |word: &String| {
            title.contains(word.as_str()) || beside.iter().any(|line| line.contains(word.as_str()))
        };
        if self.is_empty() || !self.folded.iter().all(fits) {
            return None;
        }
        let outside = self
            .folded
            .iter()
            .find(|word| !title.contains(word.as_str()));
        let line = outside.and_then(|word| {
            let mut lines = said.beside.iter().zip(&beside);
            lines.find(|(_, folded)| folded.contains(word.as_str()))
        });
        Some(Hit {
            key,
            sort: said.sort,
            score: self.score(&title),
            text: self.shown(&said.text),
            beside: line.map_or_else(String::new, |(line, _)| self.shown(line)),
            label: said.label,
            state: said.state.to_owned(),
            is_open: matches!(document, Document::Action(action) if action.state.is_open()),
            at: said.at,
            session: said.session,
        })
    }

    /// 3: the row has the words as they were typed; 2: each begins a word of it; 1: it has them all.
    fn score(&self, title: &str) -> u8 {
        let spaced = |text: &str| -> String {
            let plain = |c: char| if c.is_alphanumeric() { c } else { ' ' };
            std::iter::once(' ')
                .chain(text.chars().map(plain))
                .collect()
        };
        let title = spaced(title);
        let begins = |words: &str| title.contains(spaced(words).trim_end());
        if begins(&self.folded.join(" ")) {
            3
        } else if self.folded.iter().all(|word| begins(word)) {
            2
        } else {
            u8::from(self.folded.iter().all(|word| title.contains(word.as_str())))
        }
    }

    /// The line of a text that has the first word found in it, cut to what a row can show.
    fn shown(&self, text: &str) -> String {
        let has = |line: &&str| {
            let line = fold(line);
            self.folded.iter().any(|word| line.contains(word.as_str()))
        };
        let line = text.lines().find(has).or_else(|| text.lines().next());
        cut_graphemes(line.unwrap_or_default(), MOST_LETTERS).to_owned()
    }
}
