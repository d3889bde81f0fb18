//! Voting on the next book.

use std::collections::BTreeSet;

use super::{book, someone};
use crate::command::Refusal;
use crate::command::book::Ballot;
use crate::command::decide::{Decision, item_name};
use crate::domain::book::BookState;
use crate::domain::book::count::Outcome;
use crate::domain::book::poll::{Method, Poll};
use crate::domain::id::{BookId, CircleId, Key, Kind, PollId};
use crate::domain::roster::Member;

/// Most books of one vote.
const MOST: usize = 20;

const fn key(circle: CircleId, poll: PollId) -> Key {
    Key::circle(circle, Kind::Poll, poll.0)
}

pub(super) fn open(
    d: &mut Decision<'_>,
    circle: CircleId,
    method: Method,
    books: &[BookId],
) -> Result<String, Refusal> {
    if d.state.poll(circle).is_some() {
        return Err(Refusal::new("a vote is open already; close it first"));
    }
    let distinct: BTreeSet<&BookId> = books.iter().collect();
    if distinct.len() < 2 || distinct.len() < books.len() {
        return Err(Refusal::new("a vote needs at least two different books"));
    }
    if books.len() > MOST {
        return Err(Refusal::new(format!("at most {MOST} books in one vote")));
    }
    for id in books {
        let held = book(d, circle, *id)?;
        if held.state != BookState::Proposed {
            return Err(Refusal::new(format!(
                "{} is not proposed",
                item_name(&held.into())
            )));
        }
    }
    let id = PollId(d.cx.ids.make());
    let poll = Poll::new(id, method, books.to_vec(), d.cx.at);
    d.add(key(circle, id), poll);
    Ok(format!("a vote on {} books", books.len()))
}

fn poll(d: &Decision<'_>, (circle, id): (CircleId, PollId)) -> Result<Poll, Refusal> {
    let poll = d.state.vote(circle, id).cloned();
    let poll = poll.ok_or_else(|| Refusal::new("that vote is not here"))?;
    if poll.closed.is_some() {
        return Err(Refusal::new("that vote is closed"));
    }
    Ok(poll)
}

pub(super) fn cast(
    d: &mut Decision<'_>,
    at: (CircleId, PollId),
    ballots: &[Ballot],
) -> Result<String, Refusal> {
    let mut poll = poll(d, at)?;
    // Members who are away today may vote too: reading is done at home. Whoever left meanwhile may have voted.
    let opened = poll.opened;
    let could = |member: &&Member| member.left.is_none_or(|left| left >= opened);
    let people = d.state.everyone(at.0).filter(could).count();
    let mut voters = BTreeSet::new();
    for ballot in ballots {
        if let Some(voter) = ballot.voter {
            someone(d, at.0, voter)?;
            // Kept nowhere in the store: beside the ballot it would say who voted what.
            if !voters.insert(voter) {
                return Err(Refusal::new("nobody votes twice"));
            }
        }
        let books = valid(&poll, &ballot.books)?;
        poll.cast(books);
        if usize::try_from(poll.ballots_in()).unwrap_or(usize::MAX) > people {
            return Err(Refusal::new(format!(
                "all {people} ballots are in; nobody votes twice"
            )));
        }
    }
    d.put(key(at.0, at.1), poll);
    Ok(match ballots.len() {
        0 => return Err(Refusal::new("there is no ballot")),
        1 => "a ballot".to_owned(),
        many => format!("{many} ballots"),
    })
}

/// A ballot as it is kept: one that says an approval in any order says the same.
fn valid(poll: &Poll, books: &[BookId]) -> Result<Vec<BookId>, Refusal> {
    let distinct: BTreeSet<BookId> = books.iter().copied().collect();
    if distinct.len() < books.len() {
        return Err(Refusal::new("a ballot names each book once"));
    }
    if distinct.iter().any(|book| !poll.books.contains(book)) {
        return Err(Refusal::new("a ballot names only books of this vote"));
    }
    Ok(match poll.method {
        Method::Approval => distinct.into_iter().collect(),
        Method::Ranked => books.to_vec(),
    })
}

/// The book that won; of several that are level, the one that was said.
fn winner(
    d: &Decision<'_>,
    circle: CircleId,
    outcome: Outcome,
    chosen: Option<BookId>,
) -> Result<BookId, Refusal> {
    let names = |books: &[BookId]| {
        let name = |id: &BookId| {
            let book = d.state.book(circle, *id);
            book.map_or_else(|| "a book".to_owned(), |book| format!("B{}", book.number))
        };
        books.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let words = match (outcome, chosen) {
        (Outcome::Chosen(book), None) => return Ok(book),
        (Outcome::Chosen(book), Some(said)) if said == book => return Ok(book),
        (Outcome::Level(level), Some(said)) if level.contains(&said) => return Ok(said),
        (Outcome::NoBallots, _) => "no ballot names a book yet".to_owned(),
        (Outcome::Chosen(book), Some(_)) => format!("the ballots say {}", names(&[book])),
        (Outcome::Level(level), _) => {
            format!("{} are level; say which of them it is", names(&level))
        }
        (Outcome::LevelLast(level), _) => format!(
            "{} are level at the bottom; say which of them goes",
            names(&level)
        ),
    };
    Err(Refusal::new(words))
}

pub(super) fn close(
    d: &mut Decision<'_>,
    at: (CircleId, PollId),
    let_go: &[BookId],
    chosen: Option<BookId>,
) -> Result<String, Refusal> {
    let mut poll = poll(d, at)?;
    poll.let_go = let_go.to_vec();
    let winner = winner(d, at.0, poll.count().outcome, chosen)?;
    let book = d.state.book(at.0, winner);
    match book {
        Some(book) if book.trashed.is_some() => {
            return Err(Refusal::new(format!(
                "B{} won and is in the trash; restore it, or call the vote off",
                book.number
            )));
        }
        Some(book) if book.state != BookState::Proposed => {
            return Err(Refusal::new(format!(
                "B{} won and is not proposed any more; call the vote off and open another",
                book.number
            )));
        }
        Some(_) => {}
        None => return Err(Refusal::new("the book that won is gone; call the vote off")),
    }
    poll.chosen = Some(winner);
    shut(d, at, poll);
    let book = d.state.book(at.0, winner).cloned();
    Ok(book.map_or_else(
        || "the vote is closed".to_owned(),
        |book| format!("the vote chose {}", item_name(&book.into())),
    ))
}

pub(super) fn call_off(d: &mut Decision<'_>, at: (CircleId, PollId)) -> Result<String, Refusal> {
    let poll = poll(d, at)?;
    shut(d, at, poll);
    Ok("the vote is called off".to_owned())
}

fn shut(d: &mut Decision<'_>, at: (CircleId, PollId), mut poll: Poll) {
    poll.closed = Some(d.cx.at);
    d.put(key(at.0, at.1), poll);
}
