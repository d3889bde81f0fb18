//! What people do with books.

use chrono::TimeDelta;

use super::{Roll, World, line};
use crate::command::Command;
use crate::command::book::{Ballot, BookChange, BookEdit, Entry, NewBook};
use crate::domain::book::poll::Method;
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::schedule::Give;
use crate::domain::book::{BookState, Chapter};
use crate::domain::id::{BookId, CircleId, Kind, PollId};

fn chapters(n: usize) -> Vec<Chapter> {
    let chapter = |at: usize| Chapter {
        title: line(if at.is_multiple_of(2) { "Roots" } else { "" }),
        page: n
            .is_multiple_of(2)
            .then(|| u32::try_from(1 + at * 20).unwrap()),
    };
    (0..n % 13).map(chapter).collect()
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap()
}

impl World {
    fn book(&self, circle: CircleId, n: usize) -> BookId {
        BookId(self.key(circle, Kind::Book, n).id)
    }

    fn poll(&self, circle: CircleId, n: usize) -> PollId {
        let open = self.state.poll(circle).map(|poll| poll.id);
        open.unwrap_or_else(|| PollId(self.key(circle, Kind::Poll, n).id))
    }

    fn some_plan(&self, n: usize) -> Reading {
        let from = self.at.date(chrono_tz::UTC);
        Reading {
            measure: [Measure::Chapters, Measure::Pages, Measure::Parts][n % 3],
            from,
            instalments: (1..=1 + n % 5)
                .map(|at| Instalment {
                    until: small(at * (1 + n % 3)),
                    day: from + TimeDelta::days(i64::try_from(7 * at).unwrap()),
                    session: None,
                    picked: Vec::new(),
                })
                .collect(),
            skipped: Vec::new(),
            once: 0,
            pace: n.is_multiple_of(2).then_some(10),
        }
    }

    pub(super) fn books(&self, &Roll { what, a, b, .. }: &Roll) -> Command {
        let circle = self.circles[a % 2];
        let book = self.book(circle, b);
        // Plans are changed where there is one.
        let read = self.state.reading(circle).map_or(book, |book| book.id);
        let change = match what {
            53 | 54 => BookChange::Add {
                books: (0..=b % 3)
                    .map(|n| NewBook {
                        title: line("Deep Work"),
                        pages: (n % 2 == 0).then_some(304),
                        chapters: chapters(b + n),
                        proposed_by: (b % 2 == 0).then(|| self.member(circle, a)),
                        ..NewBook::default()
                    })
                    .collect(),
                source: line(""),
            },
            55 => BookChange::Edit(
                book,
                Box::new(BookEdit {
                    title: Some(line("Deeper Work")),
                    pages: (b % 3 == 0).then_some(small(a)),
                    chapters: (b % 3 == 1).then(|| chapters(a)),
                    ..BookEdit::default()
                }),
            ),
            56 => BookChange::Begin(book, self.some_plan(a)),
            57 => self.bending(read, (a, b)),
            58 => BookChange::Reach {
                book: read,
                member: self.member(circle, a),
                entry: match b % 3 {
                    0 => Entry::More(small(b % 5)),
                    1 => Entry::At(Measure::Chapters, small(b % 9)),
                    _ => Entry::Same,
                },
                shared: (a % 2 == 0).then_some(b % 2 == 0),
            },
            59 => BookChange::Close(
                read,
                [BookState::Read, BookState::SetAside, BookState::Proposed][b % 3],
            ),
            60 => BookChange::OpenPoll {
                method: if b % 2 == 0 {
                    Method::Ranked
                } else {
                    Method::Approval
                },
                books: self
                    .state
                    .proposed(circle)
                    .iter()
                    .map(|book| book.id)
                    .take(2 + b % 4)
                    .collect(),
            },
            61 => self.ballots(circle, (a, b)),
            _ if a % 3 == 0 => BookChange::CallOffPoll(self.poll(circle, b)),
            _ => BookChange::ClosePoll {
                poll: self.poll(circle, b),
                let_go: (b % 2 == 0).then_some(book).into_iter().collect(),
                chosen: (a % 2 == 0).then_some(book),
            },
        };
        Command::Book { circle, change }
    }

    fn bending(&self, book: BookId, (a, b): (usize, usize)) -> BookChange {
        match b % 3 {
            0 => BookChange::Move {
                book,
                at: a % 4,
                day: self.at.date(chrono_tz::UTC) + TimeDelta::days(i64::try_from(b).unwrap()),
            },
            1 => BookChange::Skip {
                book,
                at: a % 4,
                why: line("holiday"),
                give: if a % 2 == 0 {
                    Give::Later
                } else {
                    Give::Denser
                },
            },
            _ => BookChange::Bend {
                book,
                from: a % 3,
                more: b % 3,
                until: (a % 2 == 0).then(|| small(1 + b % 9)),
            },
        }
    }

    fn ballots(&self, circle: CircleId, (a, b): (usize, usize)) -> BookChange {
        let books = self.state.poll(circle).map(|poll| poll.books.clone());
        let mut books = books.unwrap_or_default();
        let turn = b % books.len().max(1);
        books.rotate_left(turn);
        books.truncate(1 + a % 3);
        let ballot = Ballot {
            voter: (a % 2 == 0).then(|| self.member(circle, b)),
            books,
        };
        BookChange::Cast(self.poll(circle, b), vec![ballot; 1 + b % 2])
    }
}
