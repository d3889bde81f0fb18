//! `circlet book vote` and `circlet book poll`.

use clap::{Args, Subcommand};

use super::{change, person, which};
use crate::cli::Cx;
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::command::book::{Ballot, BookChange};
use crate::domain::book::poll::{Method, Poll as Held};
use crate::domain::document::Document;
use crate::domain::id::{BookId, CircleId, Kind, Space};

/// A ballot.
#[derive(Clone, Debug, Args)]
pub struct Vote {
    /// The books: B3, or their place in the list of the vote. Counts are kept, never who chose what; whoever has
    /// this computer could still tell ballots apart by when they came in
    #[arg(required = true, value_name = "BOOK")]
    books: Vec<String>,
    /// Whose ballot it is; yours when the configuration says who you are
    #[arg(long = "for", value_name = "NAME", conflicts_with = "unnamed")]
    whose: Option<String>,
    /// Do not note that this person has voted
    #[arg(long)]
    unnamed: bool,
}

/// What can be done with a vote.
#[derive(Clone, Debug, Subcommand)]
pub enum Poll {
    /// Vote on what is proposed, or on the books named
    Open {
        /// Which
        books: Vec<String>,
        /// Ballots rank books; without it they name every book one would read
        #[arg(long)]
        ranked: bool,
    },
    /// Close the vote and say what was chosen
    Close {
        /// Which of those that are level in front
        #[arg(long, value_name = "BOOK")]
        choose: Option<String>,
        /// Which of those that are level at the bottom goes; may be given again
        #[arg(long = "let-go", value_name = "BOOK")]
        let_go: Vec<String>,
    },
    /// How the vote stands, or what the last one came to, round by round
    Result,
    /// Close the vote without a result
    Cancel,
}

pub(super) fn vote(cx: &mut Cx<'_, '_>, vote: &Vote) -> Outcome {
    let (circle, poll) = open_one(cx)?;
    let voter = match &vote.whose {
        Some(_) => person(cx, circle, vote.whose.as_deref())?,
        None if vote.unnamed || cx.desk.me().is_none() => None,
        None => cx.desk.me_in(circle)?,
    };
    let mut books = Vec::new();
    for typed in &vote.books {
        books.push(chosen(cx, &poll, typed)?);
    }
    let ballot = Ballot { voter, books };
    change(cx, circle, BookChange::Cast(poll.id, vec![ballot]))
}

fn open_one(cx: &Cx<'_, '_>) -> Result<(CircleId, Held), CliError> {
    let circle = cx.desk.circle(cx.global)?.id;
    let poll = cx.desk.state().poll(circle).cloned();
    let poll =
        poll.ok_or_else(|| CliError::failed("No vote is open. Open one: circlet book poll open"))?;
    Ok((circle, poll))
}

/// A book of the vote by its place in the list or its id.
fn chosen(cx: &mut Cx<'_, '_>, poll: &Held, typed: &str) -> Result<BookId, CliError> {
    if let Ok(place) = typed.parse::<usize>() {
        let book = place.checked_sub(1).and_then(|at| poll.books.get(at));
        return book.copied().ok_or_else(|| {
            CliError::usage(format!(
                "\"{}\" is not in the vote: it has {} books.",
                echo(typed),
                poll.books.len()
            ))
        });
    }
    Ok(which(cx, Some(typed))?.1.id)
}

pub(super) fn poll(cx: &mut Cx<'_, '_>, verb: &Poll) -> Outcome {
    match verb {
        Poll::Open { books, ranked } => open(cx, books, *ranked),
        Poll::Close { choose, let_go } => close(cx, choose.as_deref(), let_go),
        Poll::Result => result(cx),
        Poll::Cancel => {
            let (circle, poll) = open_one(cx)?;
            change(cx, circle, BookChange::CallOffPoll(poll.id))
        }
    }
}

fn open(cx: &mut Cx<'_, '_>, typed: &[String], ranked: bool) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let mut books = Vec::new();
    for typed in typed {
        books.push(which(cx, Some(typed))?.1.id);
    }
    if books.is_empty() {
        let proposed = cx.desk.state().proposed(circle);
        books = proposed.iter().map(|book| book.id).collect();
    }
    let method = if ranked {
        Method::Ranked
    } else {
        Method::Approval
    };
    let exit = change(cx, circle, BookChange::OpenPoll { method, books })?;
    if !cx.global.json {
        let (_, poll) = open_one(cx)?;
        for line in listed(cx, circle, &poll) {
            cx.out.line(&line);
        }
    }
    Ok(exit)
}

fn listed(cx: &Cx<'_, '_>, circle: CircleId, poll: &Held) -> Vec<String> {
    let view = cx.desk.view();
    let name = |id: &BookId| {
        let book = view.book_of(circle, *id);
        book.map_or_else(String::new, |book| {
            format!("B{} {}", book.number, book.title)
        })
    };
    let books = (1..).zip(&poll.books);
    books
        .map(|(at, id): (usize, _)| format!("{at:>3}  {}", name(id)))
        .collect()
}

fn close(cx: &mut Cx<'_, '_>, choose: Option<&str>, typed: &[String]) -> Outcome {
    let (circle, held) = open_one(cx)?;
    let chosen_one = choose.map(|typed| chosen(cx, &held, typed)).transpose()?;
    let mut let_go = Vec::new();
    for typed in typed {
        let_go.push(chosen(cx, &held, typed)?);
    }
    let close = BookChange::ClosePoll {
        poll: held.id,
        let_go,
        chosen: chosen_one,
    };
    change(cx, circle, close)
}

fn result(cx: &mut Cx<'_, '_>) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let rows = cx.desk.scan(Space::Circle(circle), Kind::Poll)?;
    let polls = rows.into_iter().filter_map(|(_, document)| match document {
        Document::Poll(poll) => Some(poll),
        _ => None,
    });
    let poll = polls.max_by_key(|poll| (poll.closed.is_none(), poll.opened));
    let poll = poll.ok_or_else(|| CliError::failed("Nobody has voted on a book yet."))?;
    cx.desk.fetch_books(circle, &poll.books)?;
    let view = cx.desk.view();
    let row = view.poll(circle, &poll);
    let mut lines = listed(cx, circle, &poll);
    if poll.closed.is_none() {
        let people = view.state.members(circle).len();
        lines.push(format!("{} of {people} ballots are in.", poll.ballots_in()));
    } else {
        lines.extend(rounds(cx, circle, &poll));
    }
    cx.show("vote", row, &lines);
    Ok(Exit::Done)
}

fn rounds(cx: &Cx<'_, '_>, circle: CircleId, poll: &Held) -> Vec<String> {
    let view = cx.desk.view();
    let count = poll.count();
    let short = |id: BookId| {
        let book = view.book_of(circle, id);
        book.map_or_else(|| "?".to_owned(), |book| format!("B{}", book.number))
    };
    let rounds = (1..).zip(&count.rounds);
    let mut lines: Vec<String> = rounds.map(|(at, round)| round.words(at, &short)).collect();
    lines.push(match &poll.chosen {
        Some(book) => view.outcome(circle, &crate::domain::book::count::Outcome::Chosen(*book)),
        None => view.outcome(circle, &count.outcome),
    });
    lines
}
