//! Voting on the next book: approval or ranked, ballots by digits as in a session or typed in a line, the rounds in
//! sight, and ties settled by people in the open. Typed by one person, ballots are secret from the room, not from
//! whoever types.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::book::{Ballot, BookChange};
use crate::domain::book::poll::{Method, Poll};
use crate::domain::id::CircleId;
use crate::theme::Role;
use crate::tui::screen::ballots::{Ballots, Did, Vote};
use crate::tui::screen::books::choosing::{submit, usual_plan};
use crate::tui::screen::books::{Asked, Books, OfVote};
use crate::tui::screen::table;
use crate::tui::view::{Arg, Ask, Choice, CommandId, Paint, Reply, Request, View};
use crate::tui::widget::text;

/// From so many books on numbers of a ballot stand apart, and one key does not name each.
pub(super) const DIGITS: usize = 9;

impl Books {
    /// `:book-vote`: opens a vote, or goes on with the one that is open.
    pub(super) fn vote(&mut self, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle else {
            return Reply::Refuse("there is no circle to vote in".to_owned());
        };
        self.voting = None;
        if let Some(poll) = view.state.poll(circle) {
            return Reply::Choose(options(circle, poll, view));
        }
        if view.state.proposed(circle).len() < 2 {
            let words = "a vote needs at least two proposed books; a on this screen adds one";
            return Reply::Refuse(words.to_owned());
        }
        let rows = [
            "Approval: every book one would read, most ballots win",
            "Ranked: books in the order of one's wishes, counted in rounds",
        ];
        Reply::Choose(Choice {
            tag: Asked::Vote(OfVote::Method).into(),
            title: "Vote on the proposed books, how?".to_owned(),
            rows: rows.map(str::to_owned).to_vec(),
            selected: 0,
        })
    }

    pub(super) fn picked_vote(&mut self, of: OfVote, row: usize, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle else {
            return Reply::Ignored;
        };
        if of == OfVote::Method {
            let method = if row == 0 {
                Method::Approval
            } else {
                Method::Ranked
            };
            let books = view.state.proposed(circle);
            let books = books.iter().map(|book| book.id).collect();
            return Reply::Do(vec![submit(circle, BookChange::OpenPoll { method, books })]);
        }
        let Some(poll) = view.state.poll(circle) else {
            return Reply::Ignored;
        };
        match row {
            0 if poll.books.len() > DIGITS => ask_ballots(circle, poll, view),
            0 => {
                self.voting = Some(Ballots::new(people(circle, view)));
                Reply::Handled
            }
            1 => {
                let vote = Vote::of(view.state, circle);
                self.voting = vote.map(|vote| Ballots::counted(people(circle, view), vote));
                Reply::Handled
            }
            2 => Reply::Do(vec![submit(circle, BookChange::CallOffPoll(poll.id))]),
            _ => Reply::Ignored,
        }
    }

    /// A command while ballots come in or the result is shown; `None` where that is not so.
    pub(super) fn voting(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Option<Reply> {
        let vote = view.circle.and_then(|circle| Vote::of(view.state, circle));
        let Some(vote) = vote else {
            self.voting = None;
            return None;
        };
        // A digit on the list of the vote is the first wish of a ballot.
        if id == CommandId::Pick && self.voting.is_none() && vote.poll.books.len() <= DIGITS {
            self.voting = Some(Ballots::new(people(vote.circle, view)));
        }
        let ballots = self.voting.as_mut()?;
        Some(match id {
            CommandId::Pick => ballots.name(arg, vote),
            CommandId::Remove => ballots.take_back(vote),
            CommandId::Edit => ask_ballots(vote.circle, vote.poll, view),
            CommandId::Close => {
                if let Some(words) = ballots.keeps(vote) {
                    return Some(Reply::Refuse(words));
                }
                self.voting = None;
                Reply::Handled
            }
            CommandId::Open => match ballots.enter(vote) {
                Did::Reply(reply) => reply,
                Did::Cast(cast) => Reply::Do(vec![submit(vote.circle, cast)]),
                Did::Close(close) => self.take(close, vote, view),
            },
            _ => Reply::Ignored,
        })
    }

    /// What means something while ballots come in or the result is shown; `None` where neither is so.
    pub(super) fn vote_offers(&self, view: &View<'_>) -> Option<Vec<(CommandId, &'static str)>> {
        let ballots = self.voting.as_ref()?;
        let vote = Vote::of(view.state, view.circle?)?;
        let mut offers = ballots.offers(vote);
        if ballots.come_in(vote) {
            let at = offers.len().saturating_sub(1);
            offers.insert(at, (CommandId::Edit, "type them in a line"));
        }
        Some(offers)
    }

    /// Closes the vote and begins the book with a plan. The other titles stay proposed.
    fn take(&mut self, close: BookChange, vote: Vote<'_>, view: &View<'_>) -> Reply {
        let ballots = self.voting.take();
        let chosen = ballots.and_then(|ballots| ballots.chosen(vote));
        let book = chosen.and_then(|id| view.state.book(vote.circle, id));
        let plan = book.map(|book| (book.id, usual_plan(vote.circle, book, view)));
        match plan {
            Some((book, Ok(reading))) if view.state.reading(vote.circle).is_none() => {
                let first = Box::new(close);
                let next = BookChange::Next {
                    first,
                    book,
                    reading,
                };
                Reply::Do(vec![submit(vote.circle, next)])
            }
            Some((_, Err(why))) => Reply::Do(vec![submit(vote.circle, close), Request::Say(why)]),
            Some((_, Ok(_))) | None => Reply::Do(vec![submit(vote.circle, close)]),
        }
    }

    /// Draws the ballots that come in, or the result. `false` where neither is shown.
    pub(super) fn draw_voting(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> bool {
        let (view, styles) = (&paint.view, paint.styles);
        let vote = view.circle.and_then(|circle| Vote::of(view.state, circle));
        let (Some(ballots), Some(vote)) = (&self.voting, vote) else {
            return false;
        };
        let meta = ballots.of_people(vote);
        let content = table::pane("Next book", meta, !paint.covered, area, (buf, styles));
        let rows = ballots.rows(vote);
        let lines: Vec<(String, Role)> = rows
            .iter()
            .flat_map(|(words, role)| {
                let lines = text::wrap(words, content.width).into_iter();
                lines.map(|line| (line.into_owned(), *role))
            })
            .collect();
        // What is to be done stands last, so the end is what stays in sight.
        let from = lines.len().saturating_sub(content.height.into());
        for ((line, role), row) in lines.iter().skip(from).zip(0..content.height) {
            text::put(line, styles.of(*role), text::row(content, row), buf);
        }
        true
    }
}

fn people(circle: CircleId, view: &View<'_>) -> usize {
    view.state.members(circle).len()
}

/// Ballots were typed: digits in the order of wishes, a comma between two people.
pub(super) fn typed_ballots(typed: &str, view: &View<'_>) -> Reply {
    let Some((circle, poll)) = view
        .circle
        .and_then(|circle| Some((circle, view.state.poll(circle)?)))
    else {
        return Reply::Refuse("no vote is open any more".to_owned());
    };
    let ballots: Result<Vec<Ballot>, String> = typed
        .split(',')
        .map(|one| ballot(one.trim(), poll))
        .collect();
    match ballots {
        Ok(ballots) => {
            let people = view.state.members(circle).len();
            let held = usize::try_from(poll.ballots_in()).unwrap_or(usize::MAX);
            if held.saturating_add(ballots.len()) > people {
                return Reply::Refuse(format!(
                    "that would be more ballots than the {people} members"
                ));
            }
            Reply::Do(vec![submit(circle, BookChange::Cast(poll.id, ballots))])
        }
        Err(why) => Reply::Refuse(why),
    }
}

/// What can be done with the open vote.
fn options(circle: CircleId, poll: &Poll, view: &View<'_>) -> Choice {
    let people = view.state.members(circle).len();
    Choice {
        tag: Asked::Vote(OfVote::Options).into(),
        title: format!("{} of {people} ballots are in", poll.ballots_in()),
        rows: vec![
            "Hand ballots in".to_owned(),
            "Show the result".to_owned(),
            "Call the vote off".to_owned(),
        ],
        selected: usize::from(usize::try_from(poll.ballots_in()).is_ok_and(|came| came >= people)),
    }
}

fn ask_ballots(circle: CircleId, poll: &Poll, view: &View<'_>) -> Reply {
    let people = view.state.members(circle).len();
    let how = match (poll.method, poll.books.len() > DIGITS) {
        (Method::Approval, false) => "books one would read: 13, 2, 0",
        (Method::Approval, true) => "books one would read: 1 12, 2, 0",
        (Method::Ranked, false) => "first wish first: 312, 21, 0",
        (Method::Ranked, true) => "first wish first: 3 12, 2 1, 0",
    };
    Reply::Ask(Ask {
        tag: Asked::Ballots.into(),
        label: format!("Ballots, {} of {people} in", poll.ballots_in()),
        text: String::new(),
        help: format!("{how}. Secret from the room, not from whoever types"),
    })
}

/// One ballot: the numbers of books; 0 alone names none of them and counts as handed in.
fn ballot(typed: &str, poll: &Poll) -> Result<Ballot, String> {
    let many = poll.books.len();
    let apart = many > DIGITS || typed.contains(' ');
    let numbers: Vec<String> = if apart {
        typed.split_whitespace().map(str::to_owned).collect()
    } else {
        typed.chars().map(|digit| digit.to_string()).collect()
    };
    if numbers.is_empty() {
        return Err("a ballot needs at least one digit; 0 names no book".to_owned());
    }
    let mut books = Vec::new();
    for number in &numbers {
        let place: usize = number
            .parse()
            .map_err(|_not_a_number| format!("\"{number}\" is no number of a book"))?;
        match place.checked_sub(1) {
            None if numbers.len() == 1 => {}
            None => return Err("0 names no book, so it stands alone".to_owned()),
            Some(at) => match poll.books.get(at) {
                Some(book) if books.contains(book) => {
                    return Err(format!("a ballot names each book once; {place} is twice"));
                }
                Some(book) => books.push(*book),
                None => return Err(format!("no book has the number {place}")),
            },
        }
    }
    Ok(Ballot { voter: None, books })
}
