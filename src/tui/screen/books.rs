//! Books: what the circle reads, how it is laid over the meetings, what it talks about, and how the next book is
//! chosen. Keeps cursors and what the store answered; every change is a command. About people it shows counts; a
//! place stands beside a name only in one's own row, or for whoever leads where that person shares it.

mod asked;
mod bend;
mod choosing;
mod draw;
mod empty;
mod model;
mod out;
mod part;
mod questions;
mod readers;
mod schedule;
mod seen;
#[cfg(test)]
mod tests;
mod verbs;
mod vote;

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::document::Document;
use crate::domain::id::{BookId, Key, Kind, MemberId, SessionId};
use crate::domain::search::Hit;
use crate::domain::session::Session;
use crate::engine::query::{Answer, Query};
use crate::tui::screen::ballots::Ballots;
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::books::part::{Part, QuestionAt};
use crate::tui::screen::books::seen::{Seen, Stamp};
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::memo::Memo;
use crate::tui::view::{Arg, CommandId, Paint, Reply, Screen, Tag, View};

/// Which pane has the keyboard while a book is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    Schedule,
    #[default]
    Readers,
    Questions,
}

/// What a line or list that is open is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Asking {
    #[default]
    Nothing,
    Question(QuestionAt),
    Book(BookId),
    Ways(Vec<bend::Way>),
}

/// What a line or a list about books is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: a question for the meeting.
    Question,
    /// A line: what was said to a question.
    Answer,
    /// A line: another day for the meeting.
    Move,
    /// A line: a new book.
    New,
    /// A line: the details of a book.
    Edit,
    /// A line: ballots.
    Ballots,
    /// A list: what becomes of the plan.
    Ways,
    /// A list: what can be done with the meeting.
    Meeting,
    /// A list: what can be done with a proposed book.
    Proposed,
    /// A list of the vote.
    Vote(OfVote),
}

/// What is picked in a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfVote {
    /// How ballots are counted.
    Method,
    /// What can be done with the open vote.
    Options,
}

/// The screen of books.
#[derive(Clone, Debug, Default)]
pub struct Books {
    focus: Focus,
    /// The instalment that was looked up; the one that is due as long as nobody did.
    at: Option<(BookId, usize)>,
    reader: Cursor<MemberId>,
    question: Cursor<QuestionAt>,
    proposed: Cursor<BookId>,
    part: Part,
    memo: Memo<Stamp, Seen>,
    sessions: BTreeMap<SessionId, Session>,
    /// The book and instalment of which everything is shown, asked for by Enter.
    shown: Option<(BookId, usize)>,
    /// The plan that was kept although it could give way.
    kept: Option<(BookId, usize)>,
    asking: Asking,
    /// The ballots that come in, or their count.
    voting: Option<Ballots>,
}

impl Books {
    /// The panes in the order of Tab.
    const ORDER: [Focus; 3] = [Focus::Schedule, Focus::Readers, Focus::Questions];

    fn switch(&mut self, by: usize) -> Reply {
        let at = Self::ORDER.iter().position(|focus| *focus == self.focus);
        let to = (at.unwrap_or(0) + by) % Self::ORDER.len();
        self.focus = Self::ORDER.get(to).copied().unwrap_or_default();
        Reply::Handled
    }

    fn close(&mut self, desk: Option<&Desk<'_>>) -> Reply {
        if let Some(desk) = desk {
            let here = (desk.book.id, desk.at);
            if self.shown.take().is_some() {
                return Reply::Handled;
            }
            if self.at.take().is_some_and(|at| at != here) {
                return Reply::Handled;
            }
            if self.focus != Focus::default() {
                self.focus = Focus::default();
                return Reply::Handled;
            }
        }
        Reply::Ignored
    }

    fn reading(&mut self, desk: &Desk<'_>, id: CommandId, view: &View<'_>) -> Reply {
        match id {
            CommandId::NextPane => return self.switch(1),
            CommandId::PreviousPane => return self.switch(2),
            CommandId::Close => return self.close(Some(desk)),
            CommandId::Next => return self.turn(desk, 1, view),
            CommandId::Back => return self.turn(desk, -1, view),
            _ => {}
        }
        let step = match id {
            CommandId::NextPrompt => Some(CommandId::Down),
            CommandId::PreviousPrompt => Some(CommandId::Up),
            _ => None,
        };
        let seen = self.seen(desk, view);
        if let Some(step) = step {
            self.question.step(step, &seen.rows);
            return Reply::Handled;
        }
        let moved = match self.focus {
            Focus::Questions => self.question.step(id, &seen.rows),
            Focus::Readers => self.reader.step(id, &seen.people),
            Focus::Schedule => match id {
                CommandId::Down => return self.turn(desk, 1, view),
                CommandId::Up => return self.turn(desk, -1, view),
                _ => false,
            },
        };
        if moved {
            return Reply::Handled;
        }
        self.verb(desk, id, view)
    }
}

impl Screen for Books {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        self.draw_all(area, buf, paint);
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        match (id, arg) {
            (CommandId::BookVote, _) => return self.vote(view),
            (CommandId::ProposeBook, _) if view.circle.is_none() => {
                return Reply::Refuse("there is no circle to propose a book in".to_owned());
            }
            (CommandId::ProposeBook, Arg::Text(typed)) => {
                return self.typed_book(Asked::New, typed, view);
            }
            (CommandId::ProposeBook, _) => return choosing::ask_new(),
            _ => {}
        }
        let desk = Desk::of(self.at, view);
        // While a book is read a digit is no ballot unless the vote is what is shown.
        if (self.voting.is_some() || desk.is_none())
            && let Some(reply) = self.voting(id, arg, view)
        {
            return reply;
        }
        match desk {
            Some(desk) => self.reading(&desk, id, view),
            None => self.choosing(id, view),
        }
    }

    fn aim(&mut self, found: &Hit, _view: &View<'_>) {
        self.voting = None;
        if found.key.kind == Kind::Book {
            self.proposed.aim(BookId(found.key.id));
        }
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        if let Some(offers) = self.vote_offers(view) {
            return offers;
        }
        let Some(desk) = Desk::of(self.at, view) else {
            return choosing::offers(view);
        };
        let open = match self.focus {
            Focus::Schedule => Some("what to do with it"),
            Focus::Readers => self.opens_readers(&desk, view).then_some("more"),
            Focus::Questions => Some("pick"),
        };
        let mut offers: Vec<(CommandId, &'static str)> = open
            .map(|verb| (CommandId::Open, verb))
            .into_iter()
            .collect();
        offers.extend([
            (CommandId::Done, "read"),
            (CommandId::Longer, "further"),
            (CommandId::NextPrompt, "question"),
            (CommandId::Next, "meeting"),
            (CommandId::Add, "add question"),
            (CommandId::NoteAnswer, "note"),
            (CommandId::Due, "move"),
            (CommandId::GoLive, "run"),
            (CommandId::NextPane, "pane"),
            (CommandId::Remove, "trash"),
            (CommandId::Copy, "copy"),
            (CommandId::CopyAll, "copy all"),
            (CommandId::WriteMarkdown, "write out"),
        ]);
        offers
    }

    fn named_with(&self, id: CommandId) -> &'static [CommandId] {
        match id {
            CommandId::Longer => &[CommandId::Longer, CommandId::Shorter],
            CommandId::NextPrompt => &[CommandId::NextPrompt, CommandId::PreviousPrompt],
            CommandId::Next => &[CommandId::Next, CommandId::Back],
            _ => &[],
        }
    }

    fn called(&self, id: CommandId) -> Option<&'static str> {
        match id {
            CommandId::Done => Some("Read as far as the meeting"),
            CommandId::Longer => Some("One chapter, page or part further"),
            CommandId::Shorter => Some("One chapter, page or part back"),
            CommandId::NextPrompt => Some("Next question"),
            CommandId::PreviousPrompt => Some("Question before"),
            CommandId::Next => Some("Next meeting of the plan"),
            CommandId::Back => Some("Meeting before"),
            CommandId::Due => Some("Move the meeting to another day"),
            _ => None,
        }
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let Some(desk) = Desk::of(self.at, view) else {
            return Vec::new();
        };
        let mut queries = vec![desk.part_query(), part::bank_query(desk.circle)];
        let met: Vec<Key> = desk
            .reading
            .instalments
            .iter()
            .filter_map(|one| one.session)
            .filter(|id| view.state.session(desk.circle, *id).is_none())
            .filter(|id| !self.sessions.contains_key(id))
            .map(|id| Key::circle(desk.circle, Kind::Session, id.0))
            .collect();
        if !met.is_empty() {
            queries.push(Query::Get(met));
        }
        queries
    }

    fn answered(&mut self, query: &Query, answer: &Answer, view: &View<'_>) {
        if let (Query::Get(_), Answer::Rows { rows, .. }) = (query, answer) {
            for row in rows {
                if let Ok(Document::Session(session)) = Document::from_body(&row.key, &row.body) {
                    self.sessions.insert(session.id, session);
                }
            }
            return;
        }
        if let Some(desk) = Desk::of(self.at, view) {
            self.part.take(query, answer, &desk);
        }
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        match tag {
            Tag::Books(asked) => self.typed_answer(asked, text, view),
            _ => Reply::Ignored,
        }
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        match tag {
            Tag::Books(asked) => self.picked_answer(asked, row, view),
            _ => Reply::Ignored,
        }
    }
}
