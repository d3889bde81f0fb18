//! Counting ballots on the next book, by approval or by ranked choice, every round open to see.
//!
//! Ranked choice is instant run-off: a ballot counts for the first of its books that is still in; a book with more
//! than half of the ballots that still count is chosen; else the last one goes out and its ballots move on. Books at
//! the bottom that could not pass the next one even together go out together, which changes no result.
//!
//! Where books are level at the bottom: the one with the fewest first choices goes; then the one that was lower in
//! the latest earlier round in which they differed; and when nothing tells them apart, people are asked. Nothing is
//! drawn by lot behind anybody's back.

#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::book::poll::{Ballots, Method, Poll};
use crate::domain::id::BookId;

/// What told books apart that were level at the bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Nothing had to: one was last, or those last could not pass the next one even together.
    ByCount,
    /// It had the fewest first choices.
    ByFirstChoices,
    /// It was lower in this earlier round, counted from 0.
    ByRound(usize),
    /// People said so.
    ByPeople,
}

/// One round of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Books that are still in, with their ballots; most first, then in the order of the vote.
    pub tally: Vec<(BookId, u32)>,
    /// Ballots that name none of them any more.
    pub exhausted: u32,
    /// The books that go out after it; none in the last round.
    pub out: Vec<BookId>,
    /// How that was settled.
    pub settled: Settled,
}

/// What a count came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has voted, or only with empty ballots.
    NoBallots,
    /// This book.
    Chosen(BookId),
    /// These are level in front; people choose one of them.
    Level(Vec<BookId>),
    /// These are level at the bottom and nothing tells them apart; people say which goes.
    LevelLast(Vec<BookId>),
}

/// A count with all its rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Round by round; one only with [`Method::Approval`].
    pub rounds: Vec<Round>,
    /// What it came to.
    pub outcome: Outcome,
}

impl Poll {
    /// Counts the ballots that are in.
    pub fn count(&self) -> Count {
        match self.method {
            Method::Approval => approval(&self.books, &self.ballots),
            Method::Ranked => ranked(&self.books, &self.ballots, &self.let_go),
        }
    }
}

type Tally = BTreeMap<BookId, u32>;

/// Counts every book that a ballot names, once.
pub fn approval(books: &[BookId], ballots: &[Ballots]) -> Count {
    let mut tally: Tally = books.iter().map(|book| (*book, 0)).collect();
    let mut exhausted = 0;
    for held in ballots {
        let named: BTreeSet<&BookId> = held.books.iter().collect();
        let mut counts = false;
        for book in named {
            if let Some(count) = tally.get_mut(book) {
                *count += u32::from(held.count);
                counts = true;
            }
        }
        exhausted += if counts { 0 } else { u32::from(held.count) };
    }
    let most = tally.values().copied().max().unwrap_or(0);
    let front: Vec<BookId> = books
        .iter()
        .copied()
        .filter(|book| tally.get(book) == Some(&most))
        .collect();
    let outcome = match front.as_slice() {
        _ if most == 0 => Outcome::NoBallots,
        [one] => Outcome::Chosen(*one),
        _ => Outcome::Level(front),
    };
    Count {
        rounds: vec![round(books, &tally, exhausted)],
        outcome,
    }
}

fn round(books: &[BookId], tally: &Tally, exhausted: u32) -> Round {
    let mut shown: Vec<(BookId, u32)> = books
        .iter()
        .filter_map(|book| Some((*book, *tally.get(book)?)))
        .collect();
    shown.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Round {
        tally: shown,
        exhausted,
        out: Vec::new(),
        settled: Settled::ByCount,
    }
}

/// Counts in rounds. `let_go` are the books that people let go where nothing else told them apart, in order.
pub fn ranked(books: &[BookId], ballots: &[Ballots], let_go: &[BookId]) -> Count {
    let mut standing: Vec<BookId> = books.to_vec();
    let mut tallies: Vec<Tally> = Vec::new();
    let mut rounds: Vec<Round> = Vec::new();
    loop {
        let (tally, exhausted) = first_choices(&standing, ballots);
        let counting: u32 = tally.values().sum();
        rounds.push(round(books, &tally, exhausted));
        tallies.push(tally);
        let Some(tally) = tallies.last().filter(|_| counting > 0) else {
            return Count {
                rounds,
                outcome: Outcome::NoBallots,
            };
        };
        let ahead = tally.iter().find(|(_, count)| **count * 2 > counting);
        if let Some((book, _)) = ahead {
            let outcome = Outcome::Chosen(*book);
            return Count { rounds, outcome };
        }
        let (out, settled) = match last(&standing, &tallies, let_go) {
            Ok(found) => found,
            // Those who are last are all there are.
            Err(level) if level.len() == standing.len() => {
                let outcome = Outcome::Level(level);
                return Count { rounds, outcome };
            }
            Err(level) => {
                let outcome = Outcome::LevelLast(level);
                return Count { rounds, outcome };
            }
        };
        standing.retain(|book| !out.contains(book));
        if let Some(round) = rounds.last_mut() {
            (round.out, round.settled) = (out, settled);
        }
    }
}

/// Each ballot for the first of its books that still stands; and how many name none of them.
fn first_choices(standing: &[BookId], ballots: &[Ballots]) -> (Tally, u32) {
    let mut tally: Tally = standing.iter().map(|book| (*book, 0)).collect();
    let mut exhausted = 0;
    for held in ballots {
        let first = held.books.iter().find(|book| standing.contains(book));
        match first.and_then(|book| tally.get_mut(book)) {
            Some(count) => *count += u32::from(held.count),
            None => exhausted += u32::from(held.count),
        }
    }
    (tally, exhausted)
}

/// The books that go out, and why; or those that nothing tells apart.
fn last(
    standing: &[BookId],
    tallies: &[Tally],
    let_go: &[BookId],
) -> Result<(Vec<BookId>, Settled), Vec<BookId>> {
    let Some((now, earlier)) = tallies.split_last() else {
        return Err(standing.to_vec());
    };
    let together = hopeless(standing, now);
    if !together.is_empty() {
        return Ok((together, Settled::ByCount));
    }
    let lowest = |books: &[BookId], tally: &Tally| -> Vec<BookId> {
        let count = |book: &BookId| tally.get(book).copied().unwrap_or(0);
        let least = books.iter().map(count).min().unwrap_or(0);
        let level = books.iter().copied().filter(|book| count(book) == least);
        level.collect()
    };
    let mut level = lowest(standing, now);
    if let [one] = level.as_slice() {
        return Ok((vec![*one], Settled::ByCount));
    }
    let first = earlier
        .first()
        .map(|first| (Settled::ByFirstChoices, first));
    let rounds = earlier.iter().enumerate().skip(1).rev();
    let rounds = rounds.map(|(nth, tally)| (Settled::ByRound(nth), tally));
    for (settled, tally) in first.into_iter().chain(rounds) {
        level = lowest(&level, tally);
        if let [one] = level.as_slice() {
            return Ok((vec![*one], settled));
        }
    }
    match let_go.iter().find(|book| level.contains(book)) {
        Some(book) => Ok((vec![*book], Settled::ByPeople)),
        None => Err(level),
    }
}

/// The largest set of two or more books at the bottom that stay below the next one even with all their ballots
/// together.
fn hopeless(standing: &[BookId], tally: &Tally) -> Vec<BookId> {
    let mut up: Vec<(u32, BookId)> = standing
        .iter()
        .map(|book| (tally.get(book).copied().unwrap_or(0), *book))
        .collect();
    up.sort_by_key(|(count, _)| *count);
    let mut sum = 0;
    let mut found = 0;
    for (at, pair) in up.windows(2).enumerate() {
        if let [(count, _), (next, _)] = pair {
            sum += count;
            if sum < *next && at > 0 {
                found = at + 1;
            }
        }
    }
    let mut out: Vec<BookId> = up.iter().take(found).map(|(_, book)| *book).collect();
    out.sort_by_key(|book| standing.iter().position(|other| other == book));
    out
}
