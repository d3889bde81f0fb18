//! Ballots on the next book, one digit for each book, in a session and on the screen of books. Nothing of a ballot
//! stays on the screen, and all of them are handed in at once, so that nothing tells whose is whose.

mod rows;

use crate::command::book::{Ballot, BookChange};
use crate::domain::book::Book;
use crate::domain::book::count::{Count, Outcome};
use crate::domain::book::poll::{Method, Poll};
use crate::domain::id::{BookId, CircleId};
use crate::domain::roster::Label;
use crate::domain::state::State;
use crate::tui::screen::words;
use crate::tui::view::{Arg, CommandId, Reply};

/// So many books stand on a ranked ballot at most.
const WISHES: usize = 3;
/// The vote that ballots are for.
#[derive(Clone, Copy)]
pub(super) struct Vote<'a> {
    pub(super) circle: CircleId,
    pub(super) poll: &'a Poll,
    pub(super) state: &'a State,
}

/// What came of a key.
#[derive(Debug)]
pub(super) enum Did {
    /// This.
    Reply(Reply),
    /// These ballots are to be handed in.
    Cast(BookChange),
    /// The vote is to be closed; the ballots are done with.
    Close(BookChange),
}

/// Ballots as they are typed, and what people say where a count leaves something open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ballots {
    /// How many people may vote.
    people: usize,
    /// The ballot that is being typed.
    ballot: Vec<BookId>,
    /// The ballots that are typed and not handed in.
    held: Vec<Vec<BookId>>,
    /// How many were in when those were handed in.
    handed: Option<u32>,
    /// Books that people let go where nothing else told them apart.
    let_go: Vec<BookId>,
    /// Which of those level in front people want.
    chosen: Option<BookId>,
    /// Whether closing with ballots that are not counted was asked about.
    warned: bool,
    /// Whether counting before everybody has voted was asked about.
    early: bool,
}

impl<'a> Vote<'a> {
    /// The vote that is open in a circle.
    pub(super) fn of(state: &'a State, circle: CircleId) -> Option<Self> {
        let poll = state.poll(circle)?;
        Some(Self {
            circle,
            poll,
            state,
        })
    }

    fn book(&self, id: BookId) -> Option<&'a Book> {
        self.state.book(self.circle, id)
    }

    fn title(&self, id: BookId) -> String {
        let book = self.book(id);
        book.map_or_else(|| "a book".to_owned(), |book| book.title.to_string())
    }

    fn label(row: usize) -> Label {
        u16::try_from(row + 1).map_or(Label(0), Label)
    }

    /// `1 Quiet Work`.
    fn with_label(&self, id: BookId) -> String {
        let row = self.poll.books.iter().position(|book| *book == id);
        format!("{} {}", Self::label(row.unwrap_or(0)), self.title(id))
    }

    /// `1  Quiet Work   B. Author, 212 pages`.
    fn listed(&self, row: usize, id: BookId) -> String {
        let label = Self::label(row);
        let Some(book) = self.book(id) else {
            return format!("{label}  a book");
        };
        let author = Some(book.author.to_string()).filter(|author| !author.is_empty());
        let more: Vec<String> = author.into_iter().chain(words::length(book)).collect();
        format!("{label:>2}  {}   {}", book.title, more.join(", "))
            .trim_end()
            .to_owned()
    }

    /// So many books stand on one ballot at most.
    fn wishes(&self) -> usize {
        match self.poll.method {
            Method::Ranked => WISHES.min(self.poll.books.len()),
            Method::Approval => self.poll.books.len(),
        }
    }

    fn named(&self, arg: &Arg) -> Result<BookId, Reply> {
        let label = match arg {
            Arg::Number(number) => Some(Label(*number)),
            Arg::Text(text) => Label::parse(text.trim()),
            Arg::None => None,
        };
        let row = label.and_then(|label| usize::from(label.0).checked_sub(1));
        let book = row.and_then(|row| self.poll.books.get(row));
        book.copied()
            .ok_or_else(|| Reply::Refuse("no book has that number".to_owned()))
    }
}

impl Ballots {
    /// Nothing is typed yet, and so many people may vote.
    pub(super) fn new(people: usize) -> Self {
        Self {
            people,
            ..Self::default()
        }
    }

    /// The count of those that are in already.
    pub(super) fn counted(people: usize, vote: Vote<'_>) -> Self {
        Self {
            handed: Some(vote.poll.ballots_in()),
            ..Self::new(people)
        }
    }

    /// The count, once the ballots are in.
    fn count(&self, vote: Vote<'_>) -> Option<Count> {
        let before = usize::try_from(self.handed?).unwrap_or(usize::MAX);
        // Ballots that were refused are here still, and not among those that are in.
        let all = before.saturating_add(self.held.len());
        let came = all > 0 && usize::try_from(vote.poll.ballots_in()).is_ok_and(|came| came >= all);
        came.then(|| {
            let mut poll = vote.poll.clone();
            poll.let_go.clone_from(&self.let_go);
            poll.count()
        })
    }

    /// A book was named by its number: for the ballot that is typed, or where the count leaves something open.
    pub(super) fn name(&mut self, arg: &Arg, vote: Vote<'_>) -> Reply {
        (self.warned, self.early) = (false, false);
        match (vote.named(arg), self.count(vote)) {
            (Err(refusal), _) => refusal,
            (Ok(book), Some(count)) => self.settled(book, &count.outcome),
            (Ok(book), None) => self.wish(book, vote),
        }
    }

    /// How many ballots there are, those that are typed among them.
    fn typed(&self, vote: Vote<'_>) -> usize {
        let before = usize::try_from(vote.poll.ballots_in()).unwrap_or(usize::MAX);
        self.held.len().saturating_add(before)
    }

    /// So many may vote: whoever is away today reads too.
    fn most(&self, vote: Vote<'_>) -> usize {
        let members = vote.state.members(vote.circle).len();
        members.max(self.people)
    }

    /// `3 of 10`, for the frame around them.
    pub(super) fn of_people(&self, vote: Vote<'_>) -> String {
        let typed = if self.count(vote).is_some() {
            usize::try_from(vote.poll.ballots_in()).unwrap_or(usize::MAX)
        } else {
            self.typed(vote)
        };
        format!(
            "{typed} of {}",
            words::counted(self.people, "ballot", "ballots")
        )
    }

    fn wish(&mut self, book: BookId, vote: Vote<'_>) -> Reply {
        if self.typed(vote) >= self.most(vote) {
            let people = words::counted(self.most(vote), "ballot is", "ballots are");
            return Reply::Refuse(format!("all {people} in; Enter counts them"));
        }
        if self.ballot.contains(&book) {
            return Reply::Refuse("that book is on this ballot already".to_owned());
        }
        self.ballot.push(book);
        if self.ballot.len() == vote.wishes() {
            self.held.push(std::mem::take(&mut self.ballot));
        }
        Reply::Handled
    }

    /// A digit while the result is shown: it settles what the ballots leave open.
    fn settled(&mut self, book: BookId, outcome: &Outcome) -> Reply {
        match outcome {
            Outcome::Level(level) if level.contains(&book) => self.chosen = Some(book),
            Outcome::LevelLast(level) if level.contains(&book) => self.let_go.push(book),
            Outcome::Level(_) | Outcome::LevelLast(_) => {
                return Reply::Refuse("that book is not one of those that are level".to_owned());
            }
            Outcome::Chosen(_) | Outcome::NoBallots => {}
        }
        Reply::Handled
    }

    /// Enter: a shorter ballot is done; with none begun, they are counted; what was counted is taken.
    pub(super) fn enter(&mut self, vote: Vote<'_>) -> Did {
        self.warned = false;
        let asked = std::mem::take(&mut self.early);
        if let Some(count) = self.count(vote) {
            return self.settle(&count.outcome, vote);
        }
        if !self.ballot.is_empty() {
            self.held.push(std::mem::take(&mut self.ballot));
            return Did::Reply(Reply::Handled);
        }
        let typed = self.typed(vote);
        if typed == 0 {
            let none = "nobody has voted yet; a digit names a book".to_owned();
            return Did::Reply(Reply::Refuse(none));
        }
        // Enter behind a ballot that is full already must not count before all have voted.
        if typed < self.people && !asked {
            self.early = true;
            let of = self.people;
            return Did::Reply(Reply::Refuse(format!(
                "{typed} of {of} ballots are in; a digit begins the next, Enter again counts these"
            )));
        }
        self.handed = Some(vote.poll.ballots_in());
        if self.held.is_empty() {
            return Did::Reply(Reply::Handled);
        }
        let ballots = self.held.iter().map(|books| Ballot {
            voter: None,
            books: books.clone(),
        });
        Did::Cast(BookChange::Cast(vote.poll.id, ballots.collect()))
    }

    /// Takes the result, where there is one.
    fn settle(&self, outcome: &Outcome, vote: Vote<'_>) -> Did {
        let close = |chosen| {
            Did::Close(BookChange::ClosePoll {
                poll: vote.poll.id,
                let_go: self.let_go.clone(),
                chosen,
            })
        };
        let refuse = |words: &str| Did::Reply(Reply::Refuse(words.to_owned()));
        match outcome {
            Outcome::Chosen(_) => close(None),
            Outcome::Level(_) if self.chosen.is_some() => close(self.chosen),
            Outcome::Level(_) => refuse("they are level; the digit of a book chooses it"),
            Outcome::LevelLast(_) => {
                refuse("they are level at the bottom; the digit of a book lets it go")
            }
            Outcome::NoBallots => refuse("no ballot names a book"),
        }
    }

    /// The book that the count, or people, chose.
    pub(super) fn chosen(&self, vote: Vote<'_>) -> Option<BookId> {
        match self.count(vote)?.outcome {
            Outcome::Chosen(book) => Some(book),
            Outcome::Level(_) => self.chosen,
            Outcome::NoBallots | Outcome::LevelLast(_) => None,
        }
    }

    /// Takes back the last wish, the last ballot, or what people said last.
    pub(super) fn take_back(&mut self, vote: Vote<'_>) -> Reply {
        (self.warned, self.early) = (false, false);
        if self.count(vote).is_some() {
            if self.chosen.take().is_none() {
                self.let_go.pop();
            }
        } else if self.ballot.pop().is_none() && self.held.pop().is_none() {
            return Reply::Refuse("no ballot is typed yet".to_owned());
        }
        Reply::Handled
    }

    /// What is said once instead of closing, where ballots would be lost.
    pub(super) fn keeps(&mut self, vote: Vote<'_>) -> Option<String> {
        let typed = self.held.len() + usize::from(!self.ballot.is_empty());
        let counted = self.count(vote).is_some();
        if typed == 0 || counted || std::mem::replace(&mut self.warned, true) {
            return None;
        }
        let verb = if typed == 1 { "is" } else { "are" };
        Some(format!(
            "{typed} of the ballots {verb} not counted yet; Enter counts, Esc again lets them go"
        ))
    }

    /// What means something now, the result being shown or not.
    pub(super) fn offers(&self, vote: Vote<'_>) -> Vec<(CommandId, &'static str)> {
        let later = (CommandId::Close, "later");
        let back = (CommandId::Remove, "take back");
        match self.count(vote).map(|count| count.outcome) {
            None if self.typed(vote) >= self.most(vote) => vec![
                (CommandId::Open, "count"),
                (CommandId::Remove, "the last one away"),
                later,
            ],
            None => vec![
                (CommandId::Pick, "a book"),
                (CommandId::Remove, "the last one away"),
                (CommandId::Open, "next, then count"),
                later,
            ],
            Some(Outcome::Chosen(_)) if self.let_go.is_empty() => {
                vec![(CommandId::Open, "take it"), later]
            }
            Some(Outcome::Chosen(_)) => vec![(CommandId::Open, "take it"), back, later],
            Some(Outcome::Level(_)) if self.chosen.is_some() => vec![
                (CommandId::Open, "take it"),
                (CommandId::Pick, "another"),
                back,
                later,
            ],
            Some(Outcome::Level(_)) => vec![(CommandId::Pick, "choose"), later],
            Some(Outcome::LevelLast(_)) if self.let_go.is_empty() => {
                vec![(CommandId::Pick, "let one go"), later]
            }
            Some(Outcome::LevelLast(_)) => vec![(CommandId::Pick, "let one go"), back, later],
            Some(Outcome::NoBallots) => vec![later],
        }
    }

    /// Whether ballots come in, and none is counted yet.
    pub(super) fn come_in(&self, vote: Vote<'_>) -> bool {
        self.count(vote).is_none()
    }
}
