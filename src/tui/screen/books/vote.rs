//! Voting on the next book: approval or ranked, ballots as digits in a line, the rounds in sight, and ties settled
//! by people in the open. Typed by one person, ballots are secret from the room, not from whoever types.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::book::{Ballot, BookChange};
use crate::domain::book::count::{Count, Outcome, Round, Settled};
use crate::domain::book::poll::{Method, Poll};
use crate::domain::id::{BookId, CircleId};
use crate::theme::Role;
use crate::tui::screen::books::choosing::{begin, submit};
use crate::tui::screen::books::{Asked, Books, OfVote};
use crate::tui::screen::table;
use crate::tui::screen::words;
use crate::tui::view::{Ask, Choice, Paint, Reply, Request, View};
use crate::tui::widget::hints::Hint;
use crate::tui::widget::{hints, text};

/// From so many books on numbers of a ballot stand apart.
const DIGITS: usize = 9;

impl Books {
    /// `:book-vote`: opens a vote, or goes on with the one that is open.
    pub(super) fn vote(&mut self, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle else {
            return Reply::Refuse("there is no circle to vote in".to_owned());
        };
        self.result = None;
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
        match (of, row) {
            (OfVote::Options, 0) => ask_ballots(circle, poll, view),
            (OfVote::Options, 1) => {
                self.result = Some(poll.let_go.clone());
                Reply::Handled
            }
            (OfVote::Options, 2) => {
                Reply::Do(vec![submit(circle, BookChange::CallOffPoll(poll.id))])
            }
            (OfVote::Level, row) => match self.counted(poll).outcome {
                Outcome::Level(level) => level.get(row).map_or(Reply::Ignored, |book| {
                    self.take(circle, poll, Some(*book), view)
                }),
                Outcome::NoBallots | Outcome::Chosen(_) | Outcome::LevelLast(_) => Reply::Ignored,
            },
            (OfVote::Last, row) => {
                if let Outcome::LevelLast(level) = self.counted(poll).outcome
                    && let (Some(book), Some(gone)) = (level.get(row), &mut self.result)
                {
                    gone.push(*book);
                }
                Reply::Handled
            }
            (OfVote::Method | OfVote::Options, _) => Reply::Ignored,
        }
    }

    /// The count with what people let go so far.
    fn counted(&self, poll: &Poll) -> Count {
        let let_go = self.result.clone().unwrap_or_default();
        Poll {
            let_go,
            ..poll.clone()
        }
        .count()
    }

    /// Enter at the result: takes the book, or asks people where ballots are level.
    pub(super) fn take_result(&mut self, view: &View<'_>) -> Reply {
        let Some((circle, poll)) = view
            .circle
            .and_then(|circle| Some((circle, view.state.poll(circle)?)))
        else {
            self.result = None;
            return Reply::Handled;
        };
        let titles = |books: &[BookId]| -> Vec<String> {
            books
                .iter()
                .map(|book| title(circle, *book, view))
                .collect()
        };
        let choose = |of, title: &str, books: &[BookId]| {
            Reply::Choose(Choice {
                tag: Asked::Vote(of).into(),
                title: title.to_owned(),
                rows: titles(books),
                selected: 0,
            })
        };
        match self.counted(poll).outcome {
            Outcome::NoBallots => Reply::Refuse("no ballot names a book yet".to_owned()),
            Outcome::Chosen(_) => self.take(circle, poll, None, view),
            Outcome::Level(level) => {
                choose(OfVote::Level, "Level in front: which do you read?", &level)
            }
            Outcome::LevelLast(level) => choose(
                OfVote::Last,
                "Level at the bottom: which do you let go?",
                &level,
            ),
        }
    }

    /// Closes the vote and begins the book with a plan. The other titles stay proposed.
    fn take(
        &mut self,
        circle: CircleId,
        poll: &Poll,
        chosen: Option<BookId>,
        view: &View<'_>,
    ) -> Reply {
        let counted = match self.counted(poll).outcome {
            Outcome::Chosen(book) => Some(book),
            Outcome::NoBallots | Outcome::Level(_) | Outcome::LevelLast(_) => None,
        };
        let close = BookChange::ClosePoll {
            poll: poll.id,
            let_go: self.result.take().unwrap_or_default(),
            chosen,
        };
        let mut requests = vec![submit(circle, close)];
        let book = chosen.or(counted);
        let book = book.and_then(|id| view.state.book(circle, id));
        match book.map(|book| begin(circle, book, view)) {
            Some(Ok(request)) if view.state.reading(circle).is_none() => requests.push(request),
            Some(Err(why)) => requests.push(Request::Say(why)),
            Some(Ok(_)) | None => {}
        }
        Reply::Do(requests)
    }

    /// Draws the result of the vote. `false` where none is shown.
    pub(super) fn draw_result(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> bool {
        let (view, styles) = (&paint.view, paint.styles);
        let poll = view.circle.and_then(|circle| view.state.poll(circle));
        let (Some(circle), Some(poll), true) = (view.circle, poll, self.result.is_some()) else {
            return false;
        };
        let count = self.counted(poll);
        let meta = words::counted(
            usize::try_from(poll.ballots_in()).unwrap_or(usize::MAX),
            "ballot",
            "ballots",
        );
        let content = table::pane("Result", meta, !paint.covered, area, (buf, styles));
        let mut lines: Vec<(Role, String)> = Vec::new();
        for (nth, round) in (1..).zip(&count.rounds) {
            if count.rounds.len() > 1 {
                lines.push((Role::Muted, format!("Round {nth}")));
            }
            for (book, votes) in &round.tally {
                let words = format!("{votes:>3}  {}", title(circle, *book, view));
                lines.push((Role::Text, words));
            }
            lines.extend(gone(circle, round, view).map(|words| (Role::Muted, words)));
            lines.push((Role::Muted, String::new()));
        }
        let (words, verb) = outcome(circle, &count, view);
        let room = content.height.saturating_sub(2);
        // What came of it is always in sight; earlier rounds leave first.
        let skip = lines.len().saturating_sub(usize::from(room));
        for ((role, line), index) in lines.iter().skip(skip).zip(0..room) {
            let cut = text::cut(line, content.width).into_owned();
            text::put(&cut, styles.of(*role), text::row(content, index), buf);
        }
        let end = u16::try_from(lines.len() - skip).unwrap_or(room).min(room);
        let cut = text::cut(&words, content.width).into_owned();
        text::put(
            &cut,
            styles.bold(Role::Prompt),
            text::row(content, end),
            buf,
        );
        if end + 1 < content.height {
            let keys = [Hint::new("Enter", verb), Hint::new("Esc", "back")];
            hints::draw_quiet(&keys, text::row(content, end + 1), buf, styles);
        }
        true
    }
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
        selected: 0,
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

fn title(circle: CircleId, book: BookId, view: &View<'_>) -> String {
    let held = view.state.book(circle, book);
    held.map_or_else(|| "a book".to_owned(), |book| book.title.to_string())
}

fn titles(circle: CircleId, books: &[BookId], view: &View<'_>) -> String {
    let all: Vec<String> = books
        .iter()
        .map(|book| title(circle, *book, view))
        .collect();
    all.join(", ")
}

/// What goes out after a round, and why.
fn gone(circle: CircleId, round: &Round, view: &View<'_>) -> Option<String> {
    let rest = match round.exhausted {
        0 => String::new(),
        1 => "1 ballot names none of them".to_owned(),
        many => format!("{many} ballots name none of them"),
    };
    if round.out.is_empty() {
        return (!rest.is_empty()).then(|| format!("     {rest}"));
    }
    let why = match round.settled {
        Settled::ByCount => String::new(),
        Settled::ByFirstChoices => ", fewest first choices".to_owned(),
        Settled::ByRound(nth) => format!(", lower in round {}", nth + 1),
        Settled::ByPeople => ", as you said".to_owned(),
    };
    let gap = if rest.is_empty() { "" } else { "; " };
    let books = titles(circle, &round.out, view);
    Some(format!("     out: {books}{why}{gap}{rest}"))
}

/// What came of it, and what Enter does.
fn outcome(circle: CircleId, count: &Count, view: &View<'_>) -> (String, &'static str) {
    match &count.outcome {
        Outcome::NoBallots => ("No ballot names a book yet".to_owned(), "take it"),
        Outcome::Chosen(book) => {
            let words = format!("Chosen: {}", title(circle, *book, view));
            (words, "read it, with a plan")
        }
        Outcome::Level(level) => (
            format!("Level in front: {}", titles(circle, level, view)),
            "choose one together",
        ),
        Outcome::LevelLast(level) => (
            format!("Level at the bottom: {}", titles(circle, level, view)),
            "say which one goes",
        ),
    }
}
