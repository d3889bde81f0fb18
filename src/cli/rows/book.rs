//! Books, votes and how far people are, as rows. Ballots are counts; a place has no name beside it.

use serde_json::{Value, json};

use super::{View, short};
use crate::domain::book::count::{Outcome, Round};
use crate::domain::book::poll::Poll;
use crate::domain::book::reader::Reader;
use crate::domain::book::reading::Reading;
use crate::domain::book::{Book, Mark, meetings, schedule};
use crate::domain::id::{BookId, CircleId, Kind};

fn plan(book: &Book, reading: &Reading) -> Value {
    let fast = schedule::too_fast(book, reading);
    let loads = schedule::loads(book, reading);
    let meetings: Vec<Value> = loads
        .iter()
        .zip(&reading.instalments)
        .enumerate()
        .map(|(at, (load, one))| {
            json!({
                "day": one.day,
                "from": reading.range(at).map(|range| range.0),
                "until": one.until,
                "pages": load.pages.then_some(load.amount),
                "a_day": load.a_day(),
                "a_week": load.a_week(),
                "above_pace": fast.contains(&at),
            })
        })
        .collect();
    json!({
        "measure": reading.measure,
        "from": reading.from,
        "pace": reading.pace,
        "meetings": meetings,
        "skipped": reading.skipped,
    })
}

impl View<'_> {
    /// A book that is known here.
    pub(in crate::cli) fn book_of(&self, circle: CircleId, id: BookId) -> Option<&Book> {
        let held = self.state.book(circle, id);
        held.or_else(|| self.fetched.book(circle, id))
    }

    fn book_id(&self, circle: CircleId, id: BookId) -> Option<String> {
        let book = self.book_of(circle, id);
        book.map(|book| short(Kind::Book, book.number))
    }

    /// The plan of a book as its sessions stand now.
    pub(in crate::cli) fn plan(&self, circle: CircleId, book: &Book) -> Option<Reading> {
        meetings::plan(self.state, circle, book, self.zone)
    }

    pub(in crate::cli) fn book(&self, circle: CircleId, row: &Book) -> Value {
        let chapters: Vec<Value> = row
            .chapters
            .iter()
            .map(|chapter| json!({"title": chapter.title.as_str(), "page": chapter.page}))
            .collect();
        json!({
            "id": short(Kind::Book, row.number),
            "title": row.title.as_str(),
            "author": row.author.as_str(),
            "genre": row.genre,
            "pages": row.pages,
            "chapters": chapters,
            "state": row.state.word(),
            "proposed_by": row.proposed_by.and_then(|id| self.person(circle, id)),
            "why": row.why.as_str(),
            "plan": self.plan(circle, row).map(|reading| plan(row, &reading)),
            "circle": self.slug_of(circle),
            "added": row.added,
            "closed": row.closed,
            "uid": row.id.to_string(),
        })
    }

    pub(in crate::cli) fn mark(&self, circle: CircleId, mark: Mark) -> Value {
        json!({
            "book": self.book_id(circle, mark.book),
            "chapter": mark.chapter,
            "page": mark.page,
        })
    }

    pub(in crate::cli) fn reader(&self, circle: CircleId, row: &Reader) -> Value {
        let now = row.now();
        json!({
            "book": self.book_id(circle, row.book),
            "measure": now.map(|now| now.measure),
            "place": now.map(|now| now.place),
            "shared": row.shared,
        })
    }

    pub(in crate::cli) fn poll(&self, circle: CircleId, row: &Poll) -> Value {
        let id = |book: &BookId| self.book_id(circle, *book);
        let open = row.closed.is_none();
        // While a vote is open how it stands is nobody's business, so that the last ones vote as freely.
        let count = (!open).then(|| row.count());
        json!({
            "method": row.method,
            "books": row.books.iter().map(id).collect::<Vec<_>>(),
            "ballots": row.ballots_in(),
            "open": open,
            "chosen": row.chosen.as_ref().map(id),
            "rounds": count.map(|count| {
                count.rounds.iter().map(|round| self.round(circle, round)).collect::<Vec<_>>()
            }),
            "circle": self.slug_of(circle),
            "uid": row.id.to_string(),
        })
    }

    fn round(&self, circle: CircleId, round: &Round) -> Value {
        let tally: Vec<Value> = round
            .tally
            .iter()
            .map(|(book, count)| json!({"book": self.book_id(circle, *book), "ballots": count}))
            .collect();
        let out: Vec<_> = round
            .out
            .iter()
            .map(|id| self.book_id(circle, *id))
            .collect();
        json!({"tally": tally, "exhausted": round.exhausted, "out": out})
    }

    /// What a count came to, in words: `B2 "Range"`, or what is level.
    pub(in crate::cli) fn outcome(&self, circle: CircleId, outcome: &Outcome) -> String {
        let names = |books: &[BookId]| {
            let name = |id: &BookId| self.book_id(circle, *id).unwrap_or_else(|| "?".to_owned());
            books.iter().map(name).collect::<Vec<_>>().join(", ")
        };
        match outcome {
            Outcome::NoBallots => "no ballots yet".to_owned(),
            Outcome::Chosen(book) => match self.book_of(circle, *book) {
                Some(book) => format!("chosen: B{} {}", book.number, book.title),
                None => "chosen".to_owned(),
            },
            Outcome::Level(books) => {
                format!("{} are level: people choose one of them", names(books))
            }
            Outcome::LevelLast(books) => {
                format!(
                    "{} are level at the bottom: people say which goes",
                    names(books)
                )
            }
        }
    }
}
