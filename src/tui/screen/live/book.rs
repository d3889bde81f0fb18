//! The book of a session: the vote on the next one, and what becomes of the reading when the session ends.

mod ballots;
pub(super) mod questions;
#[cfg(test)]
mod tests;

use crate::command::Command;
use crate::command::book::BookChange;
use crate::command::id::CommandId;
use crate::domain::book::meetings;
use crate::domain::book::poll::Method;
use crate::domain::book::reading::Reading;
use crate::domain::book::usual::{self, MOST_MEETINGS, Wish};
use crate::domain::book::{Book, BookState, next};
use crate::domain::id::BookId;
use crate::domain::when;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::ballots::Ballots;
use crate::tui::screen::live::book::ballots::Voting;
use crate::tui::screen::live::{LiveScreen, record};
use crate::tui::view::Reply;

/// Whether a vote in the running step is about the next book: it closes the session, and there are books to
/// choose from.
pub(super) fn votes_next(stage: &Stage<'_>) -> bool {
    stage.kind() == crate::domain::agenda::BlockKind::Closing && stage.may_vote_on_books()
}

/// Whether such a vote is due and there is nothing to choose from.
pub(super) fn wants_books(stage: &Stage<'_>) -> bool {
    let (documents, circle) = (stage.view.state, stage.circle.id);
    let reads = documents.reading(circle).is_some() || !documents.proposed(circle).is_empty();
    stage.kind() == crate::domain::agenda::BlockKind::Closing && reads && !stage.may_vote_on_books()
}

impl LiveScreen {
    /// Opens the list of ballots; begins the vote if none is open.
    pub(super) fn vote_next_book(&mut self, stage: &Stage<'_>) -> Reply {
        let documents = stage.view.state;
        let circle = stage.circle.id;
        if let Some(chosen) = stage.next_book()
            && documents.poll(circle).is_none()
        {
            return Reply::Refuse(format!(
                "{} was chosen; {} takes that back, and {} votes again",
                chosen.title,
                stage.view.keys.of(CommandId::Undo),
                stage.view.keys.of(CommandId::Rate)
            ));
        }
        self.lay(Voting(Ballots::new(record::here(stage))));
        if documents.poll(circle).is_some() {
            return Reply::Handled;
        }
        let books = documents.proposed(circle);
        let books: Vec<BookId> = books.iter().take(ballots::MOST).map(|b| b.id).collect();
        Reply::submit(change(
            stage,
            BookChange::OpenPoll {
                method: Method::Ranked,
                books,
            },
        ))
    }
}

fn change(stage: &Stage<'_>, change: BookChange) -> Command {
    Command::Book {
        circle: stage.circle.id,
        change,
    }
}

/// What the wrap-up says about the reading; nothing where the session read nothing and no book waits.
pub(super) fn read_words(stage: &Stage<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let read = stage.reads();
    if let Some((book, reading, at)) = read {
        let what = next::words(reading, at).unwrap_or_default();
        let (here, all) = (stage.here(), stage.members.len());
        lines.push(format!(
            "Today: {what} of {}, {here} of {all} came",
            book.title
        ));
        lines.extend(until_next(stage, (book, reading, at)));
    } else if let Some(book) = stage.view.state.reading(stage.circle.id)
        && let Some(reading) = &book.reading
    {
        // A book that was begun in this session, or is read beside it.
        let pace = next::pace_words(book, reading, 0..reading.instalments.len());
        let count = reading.instalments.len();
        let over = say::count(count, "meeting", "meetings");
        lines.push(format!("{}: {pace}, over {over}", book.title));
    } else if let Some(book) = stage.next_book() {
        lines.push(format!("Chosen: {}", book.title));
    }
    lines
}

/// What is to be read until the next meeting of the same book.
fn until_next(stage: &Stage<'_>, (book, reading, at): (&Book, &Reading, usize)) -> Option<String> {
    let one = reading.instalments.get(at + 1)?;
    let what = next::words(reading, at + 1)?;
    let today = stage.view.now.date(stage.view.zone);
    let day = meetings::day(stage.view.state, stage.circle.id, one, stage.view.zone);
    let pace = next::pace_words(book, reading, at + 1..at + 2);
    Some(format!("Until {}: {what}, {pace}", when::short(day, today)))
}

/// Something that Enter does about the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// In words.
    pub(super) words: String,
    close: Option<BookId>,
    begin: Option<(BookId, Reading)>,
}

/// What the wrap-up offers: a book that was read to its end is closed, the one that was chosen is begun, over so
/// many meetings more or less than keep the pace.
pub(super) fn offer(stage: &Stage<'_>, more: isize) -> Option<Offer> {
    let over = match stage.reads() {
        Some((_, reading, at)) if at + 1 < reading.instalments.len() => return None,
        Some((book, ..)) => Some(book),
        None if stage.view.state.reading(stage.circle.id).is_some() => return None,
        None => None,
    };
    let begin = stage
        .next_book()
        .and_then(|book| Some((book, plan(stage, over, book, more)?)));
    let close = over.map(|book| book.id);
    let words = match (over, &begin) {
        (None, None) => return None,
        (Some(over), None) => format!("{} is read to its end", over.title),
        (_, Some((book, reading))) => {
            let count = reading.instalments.len();
            let pace = next::pace_words(book, reading, 0..count);
            let over = say::count(count, "meeting", "meetings");
            format!("Begin {}: {pace}, over {over}", book.title)
        }
    };
    Some(Offer {
        words,
        close,
        begin: begin.map(|(book, reading)| (book.id, reading)),
    })
}

fn plan(stage: &Stage<'_>, over: Option<&Book>, book: &Book, more: isize) -> Option<Reading> {
    let view = stage.view;
    let usual = Wish::usual(view.now.date(view.zone));
    let wish = Wish {
        pace: over
            .and_then(|book| book.reading.as_ref()?.pace)
            .or(usual.pace),
        ..usual
    };
    let lay = |wish: &Wish| usual::lay(view.state, stage.circle.id, book, (wish, view.zone)).ok();
    let reading = lay(&wish)?;
    if more == 0 {
        return Some(reading);
    }
    let count = reading.instalments.len().saturating_add_signed(more);
    lay(&Wish {
        over: Some(count.clamp(1, MOST_MEETINGS)),
        ..wish
    })
}

impl Offer {
    /// Does it.
    pub(super) fn accept(self, stage: &Stage<'_>) -> Reply {
        let close = self
            .close
            .map(|book| BookChange::Close(book, BookState::Read));
        let one = match (close, self.begin) {
            (Some(first), Some((book, reading))) => BookChange::Next {
                first: Box::new(first),
                book,
                reading,
            },
            (Some(close), None) => close,
            (None, Some((book, reading))) => BookChange::Begin(book, reading),
            (None, None) => return Reply::Handled,
        };
        Reply::submit(change(stage, one))
    }
}
