//! Who has voted: known while the vote is open, and never in the store.

use super::*;
use crate::command::book::{Ballot, BookChange, NewBook};
use crate::domain::book::poll::Method;
use crate::domain::book::{BookState, Genre};
use crate::domain::id::{BookId, MemberId, PollId};

const BOOKS: &str = "B1 and B2 are there";

fn of_books(engine: &Engine, change: BookChange) -> Command {
    Command::Book {
        circle: circle(engine),
        change,
    }
}

/// A circle with a vote on two books.
async fn voting(desk: &Desk) -> (Engine, PollId, Vec<BookId>) {
    let mut engine = desk.open(Via::App).await;
    done(&mut engine, new_circle("Ladder Up")).await;
    let book = |title: &str| NewBook {
        title: line(title),
        author: Clean::default(),
        genre: Genre::NonFiction,
        pages: None,
        chapters: Vec::new(),
        proposed_by: None,
        why: Clean::default(),
        state: BookState::Proposed,
    };
    let books = vec![book("Deep Work"), book("Range")];
    let source = Clean::default();
    let add = of_books(&engine, BookChange::Add { books, source });
    done(&mut engine, add).await;
    let id = circle(&engine);
    let books: Vec<BookId> = engine.state().books(id).map(|book| book.id).collect();
    let (method, these) = (Method::Approval, books.clone());
    let open = of_books(
        &engine,
        BookChange::OpenPoll {
            method,
            books: these,
        },
    );
    done(&mut engine, open).await;
    let poll = engine.state().poll(id).expect(BOOKS).id;
    (engine, poll, books)
}

fn ballot(engine: &Engine, poll: PollId, voter: MemberId, book: BookId) -> Command {
    let ballot = Ballot {
        voter: Some(voter),
        books: vec![book],
    };
    of_books(engine, BookChange::Cast(poll, vec![ballot]))
}

async fn refused(engine: &mut Engine, command: Command) -> String {
    let ticket = engine.submit(command);
    outcome(engine, ticket).await.unwrap_err()
}

#[test]
fn nobody_votes_twice_also_after_a_restart_until_the_vote_is_closed() {
    run(async {
        let desk = Desk::new();
        let (mut engine, poll, books) = voting(&desk).await;
        let id = circle(&engine);
        let people: Vec<MemberId> = engine.state().members(id).iter().map(|m| m.id).collect();
        let first = ballot(&engine, poll, people[0], books[1]);
        done(&mut engine, first.clone()).await;
        assert!(
            refused(&mut engine, first.clone())
                .await
                .contains("has voted")
        );
        assert!(engine.close());
        let mut engine = desk.open(Via::App).await;
        assert!(
            refused(&mut engine, first.clone())
                .await
                .contains("has voted")
        );
        // Taken back, it may be handed in again.
        done(&mut engine, UNDO).await;
        done(&mut engine, first).await;
        let beside = desk.store().join("running.json");
        let close = BookChange::ClosePoll {
            poll,
            let_go: Vec::new(),
            chosen: None,
        };
        let close = of_books(&engine, close);
        done(&mut engine, close).await;
        assert!(engine.close());
        assert!(!beside.exists());
    });
}

#[test]
fn whoever_voted_under_an_entry_that_went_has_voted() {
    run(async {
        let desk = Desk::new();
        let (mut engine, poll, books) = voting(&desk).await;
        let circle = circle(&engine);
        let people: Vec<MemberId> = engine
            .state()
            .members(circle)
            .iter()
            .map(|m| m.id)
            .collect();
        let merge = |from: usize, into: usize| Command::MergeMembers {
            circle,
            from: people[from],
            into: people[into],
        };
        for at in [0, 1] {
            let one = ballot(&engine, poll, people[at], books[at]);
            done(&mut engine, one).await;
        }
        assert!(
            refused(&mut engine, merge(0, 1))
                .await
                .contains("close the vote first")
        );
        done(&mut engine, merge(0, 2)).await;
        let again = ballot(&engine, poll, people[2], books[0]);
        assert!(refused(&mut engine, again).await.contains("has voted"));
    });
}
