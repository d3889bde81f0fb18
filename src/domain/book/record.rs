//! The record of a book: what a circle read when, how it was chosen, what was quoted, asked, answered and tried, and
//! how it was rated.
//!
//! Notes below the audience of the circle stay out, and whoever exports is told how many. Who reads where, who had
//! the floor, and whose an answer was are no part of it: of meetings and votes there are counts.

mod sources;
mod talk;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::domain::book::poll::Method;
use crate::domain::book::reading::{Measure, Skipped};
use crate::domain::book::{Book, BookState, Genre, next, schedule};
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{ActionId, BookId, NoteId};
use crate::domain::item::ActionState;
use crate::domain::mentions::Mentions;
use crate::domain::minutes::LeftOut;
use crate::domain::names::{Names, Naming};
use crate::domain::session::Session;
use crate::domain::tally::Rating;
use crate::domain::text::Clean;

pub use sources::Sources;

/// What was read for one meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The day of the meeting: of its session where there was one, else as planned.
    pub day: NaiveDate,
    /// `ch. 4-6`.
    pub what: String,
    /// How many pages those are, where the book tells.
    pub pages: Option<u32>,
    /// The session that talked about it; `None` where there was none.
    pub met: Option<Met>,
}

/// A session that talked about a part of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Met {
    /// Its number.
    pub number: u32,
    /// How many came.
    pub came: usize,
    /// Of how many.
    pub of: usize,
}

/// A vote in which the book stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voted {
    /// When it was closed.
    pub at: Moment,
    /// How ballots were read.
    pub method: Method,
    /// The titles, in the order of the vote.
    pub books: Vec<Clean>,
    /// How many ballots there were.
    pub ballots: u32,
    /// Round by round, in words.
    pub rounds: Vec<String>,
    /// The title that was chosen; none where the vote was called off.
    pub chosen: Option<Clean>,
}

/// What was quoted from one chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The chapter, from 1; `None` for what names none.
    pub chapter: Option<u16>,
    /// What it is called; may be empty.
    pub title: Clean,
    /// In the order of the pages.
    pub quotes: Vec<Quote>,
}

/// A quote as the record of a book tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Identity.
    pub uid: NoteId,
    /// Its number.
    pub number: u32,
    /// The words.
    pub text: Clean,
    /// The page.
    pub page: Option<u32>,
    /// Who read it out, where that was said.
    pub raised_by: Option<String>,
}

/// A question that was put to the room or answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// What was asked.
    pub text: Clean,
    /// The numbers of the sessions in which it was put to the room.
    pub sessions: Vec<u32>,
    /// The member who wrote it for the circle, once it was asked.
    pub by: Option<String>,
    /// What was said to it.
    pub answers: Vec<Clean>,
}

/// Something that somebody took on in a session about the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Identity.
    pub uid: ActionId,
    /// Its number.
    pub number: u32,
    /// What was to be done.
    pub text: Clean,
    /// A name, `all`, or nobody.
    pub owner: Option<String>,
    /// The owner in words.
    pub owner_words: String,
    /// What has become of it.
    pub state: ActionState,
}

/// The record of one book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The circle.
    pub circle: Clean,
    /// Which book.
    pub uid: BookId,
    /// Its number.
    pub number: u32,
    /// What it is called.
    pub title: Clean,
    /// Who wrote it; may be empty.
    pub author: Clean,
    /// What kind of book it is.
    pub genre: Genre,
    /// How many pages it has, if known.
    pub pages: Option<u32>,
    /// How many chapters it has; 0 when nobody said.
    pub chapters: usize,
    /// Where it stands.
    pub state: BookState,
    /// Who proposed it.
    pub proposed_by: Option<String>,
    /// Why, in a line; may be empty.
    pub why: Clean,
    /// The day on which reading began.
    pub from: Option<NaiveDate>,
    /// The day on which it was finished or set aside.
    pub closed: Option<NaiveDate>,
    /// What it was divided by, once it was read.
    pub measure: Option<Measure>,
    /// What was read when.
    pub parts: Vec<Part>,
    /// Days left out.
    pub skipped: Vec<Skipped>,
    /// The votes in which it stood, the first one first.
    pub votes: Vec<Voted>,
    /// What was quoted, chapter by chapter.
    pub quoted: Vec<Quoted>,
    /// What was asked, in the order in which it was.
    pub asked: Vec<Put>,
    /// What people took on.
    pub tried: Vec<Tried>,
    /// How the book was rated, the closing rating last: counts.
    pub ratings: Vec<Rating>,
    /// What is not here.
    pub left_out: LeftOut,
}

impl Record {
    /// Makes the record. Rows in the trash, and rows of sessions that talked of something else, do not count.
    pub fn new(sources: &Sources<'_>, naming: Naming, zone: Zone) -> Self {
        let book = sources.book;
        let names = Names::new(sources.members.iter().copied(), naming);
        let held = sources.held(zone);
        let reading = book.reading.as_ref();
        let mut record = Self {
            circle: sources.circle.clone(),
            uid: book.id,
            number: book.number,
            title: book.title.clone(),
            author: book.author.clone(),
            genre: book.genre,
            pages: book.pages,
            chapters: book.chapters.len(),
            state: book.state,
            proposed_by: book.proposed_by.map(|id| names.of(id).to_owned()),
            why: book.why.clone(),
            from: reading.map(|reading| reading.from),
            closed: book.closed.map(|closed| closed.date(zone)),
            measure: reading.map(|reading| reading.measure),
            parts: parts(sources, &held, zone),
            skipped: reading.map_or_else(Vec::new, |reading| reading.skipped.clone()),
            votes: votes(sources),
            quoted: talk::quoted(sources, &names),
            asked: talk::asked(sources, &held, &names),
            tried: talk::tried(sources, &held, &names),
            ratings: ratings(book, &held),
            left_out: talk::left_out(sources, &held),
        };
        if naming == Naming::Numbered {
            let mentions = Mentions::of(sources.members.iter().copied());
            record.left_out.may_name = mentions.count(record.texts());
        }
        record
    }

    /// Every text that somebody typed.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let skipped = self.skipped.iter().map(|skipped| &skipped.why);
        let votes = self.votes.iter().flat_map(|vote| &vote.books);
        let quoted = self.quoted.iter().flat_map(|chapter| {
            let quotes = chapter.quotes.iter().map(|quote| &quote.text);
            std::iter::once(&chapter.title).chain(quotes)
        });
        let asked = self.asked.iter();
        let asked = asked.flat_map(|put| std::iter::once(&put.text).chain(&put.answers));
        [&self.circle, &self.title, &self.author, &self.why]
            .into_iter()
            .chain(skipped)
            .chain(votes)
            .chain(quoted)
            .chain(asked)
            .chain(self.tried.iter().map(|row| &row.text))
            .map(Clean::as_str)
    }
}

/// The meetings of the plan, each with the session that took place, in the order of the days.
fn parts(sources: &Sources<'_>, held: &[&Session], zone: Zone) -> Vec<Part> {
    let book = sources.book;
    let Some(reading) = &book.reading else {
        return Vec::new();
    };
    let loads = schedule::loads(book, reading);
    let mut parts: Vec<Part> = reading
        .instalments
        .iter()
        .enumerate()
        .filter_map(|(at, one)| {
            let met = held.iter().copied();
            let met = met
                .filter(|session| next::at(reading, session, zone) == Some(at))
                .min_by_key(|session| session.begins());
            let load = loads.get(at).filter(|load| load.pages);
            Some(Part {
                day: met.map_or(one.day, |session| session.begins().date(zone)),
                what: next::words(reading, at)?,
                pages: load.map(|load| load.amount),
                met: met.map(|session| sources.met(session)),
            })
        })
        .collect();
    parts.sort_by_key(|part| part.day);
    parts
}

/// The votes that are over, each as it was counted.
fn votes(sources: &Sources<'_>) -> Vec<Voted> {
    let id = sources.book.id;
    let mut votes: Vec<Voted> = sources
        .polls
        .iter()
        .filter(|poll| poll.books.contains(&id))
        .filter_map(|poll| {
            let count = poll.count();
            let name = |book: BookId| sources.title(book).to_string();
            let rounds = (1..).zip(&count.rounds);
            Some(Voted {
                at: poll.closed?,
                method: poll.method,
                books: poll.books.iter().map(|book| sources.title(*book)).collect(),
                ballots: poll.ballots_in(),
                rounds: rounds.map(|(nth, round)| round.words(nth, &name)).collect(),
                chosen: poll.chosen.map(|book| sources.title(book)),
            })
        })
        .collect();
    votes.sort_by_key(|vote| vote.at);
    votes
}

/// How the book itself was rated.
fn ratings(book: &Book, held: &[&Session]) -> Vec<Rating> {
    let ratings = held.iter().flat_map(|session| &session.ratings);
    let mut ratings: Vec<Rating> = ratings
        .filter(|rating| rating.of == book.title)
        .cloned()
        .collect();
    ratings.sort_by_key(|rating| rating.at);
    ratings
}
