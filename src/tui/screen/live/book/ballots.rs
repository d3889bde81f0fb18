//! The vote on the next book as a sheet: each person names three, the first wish first, one digit each. Nothing of
//! a ballot stays on the screen, and all of them are handed in at once, so that nothing tells whose is whose.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::book::{Ballot, BookChange};
use crate::domain::book::Book;
use crate::domain::book::count::{Count, Outcome as Result, Round, Settled};
use crate::domain::book::poll::Poll;
use crate::domain::id::BookId;
use crate::domain::roster::Label;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::book::change;
use crate::tui::screen::live::sheet::{self, Outcome, Sheet};
use crate::tui::view::{Arg, CommandId, Reply};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// Most books of one vote: each has a number that two keys name.
pub(super) const MOST: usize = 18;
/// So many books stand on a ballot at most.
const WISHES: usize = 3;
const SECRET: &str = "Secret from the room, not from whoever types: the room view never shows it.";

/// What means something while ballots come in, and while the result is shown.
const OFFERS: [(CommandId, &str); 4] = [
    (CommandId::Pick, "a book"),
    (CommandId::Remove, "the last one away"),
    (CommandId::Open, "next, then count"),
    (CommandId::Close, "later"),
];

/// The open sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Voting {
    here: usize,
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
}

impl Voting {
    /// Nothing is typed yet, and so many people are here.
    pub(super) fn new(here: usize) -> Self {
        Self {
            here,
            ..Self::default()
        }
    }

    /// The count, once the ballots are in.
    fn count(&self, poll: &Poll) -> Option<Count> {
        let handed = self.handed?;
        let came = poll.ballots_in() > handed || (self.held.is_empty() && handed > 0);
        came.then(|| {
            let mut poll = poll.clone();
            poll.let_go.clone_from(&self.let_go);
            poll.count()
        })
    }

    fn named(arg: &Arg, books: &[BookId]) -> std::result::Result<BookId, Reply> {
        let label = match arg {
            Arg::Number(number) => Some(Label(*number)),
            Arg::Text(text) => Label::parse(text.trim()),
            Arg::None => None,
        };
        let book = label
            .and_then(|label| usize::from(label.0).checked_sub(1))
            .and_then(|row| books.get(row));
        book.copied()
            .ok_or_else(|| Reply::Refuse("no book has that number".to_owned()))
    }

    fn wish(&mut self, book: BookId, all: usize) -> Reply {
        if self.ballot.contains(&book) {
            return Reply::Refuse("that book is on this ballot already".to_owned());
        }
        self.ballot.push(book);
        if self.ballot.len() == WISHES.min(all) {
            self.held.push(std::mem::take(&mut self.ballot));
        }
        Reply::Handled
    }

    /// Enter: a shorter ballot is done; with none begun, they are counted.
    fn enter(&mut self, poll: &Poll, stage: &Stage<'_>) -> Outcome {
        if let Some(count) = self.count(poll) {
            return self.settle(poll, &count.outcome, stage);
        }
        if !self.ballot.is_empty() {
            self.held.push(std::mem::take(&mut self.ballot));
            return Outcome::Reply(Reply::Handled);
        }
        self.handed = Some(poll.ballots_in());
        if self.held.is_empty() {
            let none = Reply::Refuse("nobody has voted yet; a digit names a book".to_owned());
            return Outcome::Reply(match poll.ballots_in() {
                0 => none,
                _ => Reply::Handled,
            });
        }
        let ballots = self.held.iter().map(|books| Ballot {
            voter: None,
            books: books.clone(),
        });
        let cast = BookChange::Cast(poll.id, ballots.collect());
        Outcome::Reply(Reply::submit(change(stage, cast)))
    }

    /// Takes the result, where there is one.
    fn settle(&self, poll: &Poll, outcome: &Result, stage: &Stage<'_>) -> Outcome {
        let close = |chosen| {
            let close = BookChange::ClosePoll {
                poll: poll.id,
                let_go: self.let_go.clone(),
                chosen,
            };
            Outcome::Close(Reply::submit(change(stage, close)))
        };
        match outcome {
            Result::Chosen(_) => close(None),
            Result::Level(_) if self.chosen.is_some() => close(self.chosen),
            Result::Level(_) => refuse("they are level; the digit of a book chooses it"),
            Result::LevelLast(_) => {
                refuse("they are level at the bottom; the digit of a book lets it go")
            }
            Result::NoBallots => refuse("no ballot names a book"),
        }
    }

    /// A digit while the result is shown: it settles what the ballots leave open.
    fn settled(&mut self, book: BookId, outcome: &Result) -> Reply {
        match outcome {
            Result::Level(level) if level.contains(&book) => self.chosen = Some(book),
            Result::LevelLast(level) if level.contains(&book) => self.let_go.push(book),
            Result::Level(_) | Result::LevelLast(_) => {
                return Reply::Refuse("that book is not one of those that are level".to_owned());
            }
            Result::Chosen(_) | Result::NoBallots => {}
        }
        Reply::Handled
    }

    fn take_back(&mut self, poll: &Poll) -> Reply {
        if self.count(poll).is_some() {
            if self.chosen.take().is_none() {
                self.let_go.pop();
            }
        } else if self.ballot.pop().is_none() && self.held.pop().is_none() {
            return Reply::Refuse("no ballot is typed yet".to_owned());
        }
        Reply::Handled
    }
}

fn refuse(words: &str) -> Outcome {
    Outcome::Reply(Reply::Refuse(words.to_owned()))
}

impl Sheet for Voting {
    fn draw(
        &self,
        stage: &Stage<'_>,
        _drafts: &[String],
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let Some(poll) = stage.view.state.poll(stage.circle.id) else {
            return;
        };
        let rows = match self.count(poll) {
            Some(count) => self.result(&count, poll, stage),
            None => self.ballot_rows(poll, stage),
        };
        let width = area.width.min(84).saturating_sub(4);
        let lines: Vec<(String, Role)> = rows
            .into_iter()
            .flat_map(|(words, role)| {
                let lines = text::wrap(&words, width).into_iter();
                lines
                    .map(|line| (line.into_owned(), role))
                    .collect::<Vec<_>>()
            })
            .collect();
        let at = sheet::place(area, lines.len());
        let content = Pane::new("Next book").draw_over(at, buf, styles);
        // What is to be done stands last, so the end is what stays in sight.
        let from = lines.len().saturating_sub(content.height.into());
        for (row, (words, role)) in (0u16..).zip(lines.iter().skip(from)) {
            let line = Line::from(Span::styled(words.as_str(), styles.of(*role)));
            text::put_line(&line, text::row(content, row), buf);
        }
    }

    fn run(&mut self, id: CommandId, stage: &Stage<'_>, _drafts: &[String]) -> Outcome {
        let Some(poll) = stage.view.state.poll(stage.circle.id) else {
            return Outcome::Close(Reply::Handled);
        };
        self.warned = false;
        match id {
            CommandId::Open => self.enter(poll, stage),
            CommandId::Remove => Outcome::Reply(self.take_back(poll)),
            CommandId::Rate => Outcome::Reply(Reply::Handled),
            _ => Outcome::Reply(Reply::Ignored),
        }
    }

    fn person(&mut self, arg: &Arg, stage: &Stage<'_>) -> Outcome {
        let Some(poll) = stage.view.state.poll(stage.circle.id) else {
            return Outcome::Close(Reply::Handled);
        };
        self.warned = false;
        Outcome::Reply(match (Self::named(arg, &poll.books), self.count(poll)) {
            (Err(refusal), _) => refusal,
            (Ok(book), Some(count)) => self.settled(book, &count.outcome),
            (Ok(book), None) => self.wish(book, poll.books.len()),
        })
    }

    fn keeps(&mut self) -> Option<String> {
        let typed = self.held.len() + usize::from(!self.ballot.is_empty());
        if typed == 0 || self.handed.is_some() || std::mem::replace(&mut self.warned, true) {
            return None;
        }
        let verb = if typed == 1 { "is" } else { "are" };
        Some(format!(
            "{typed} of the ballots {verb} not counted yet; Enter counts, Esc again lets them go"
        ))
    }

    fn offers(&self) -> &[(CommandId, &'static str)] {
        &OFFERS
    }
}

fn book<'a>(id: BookId, stage: &Stage<'a>) -> Option<&'a Book> {
    stage.view.state.book(stage.circle.id, id)
}

fn title(id: BookId, stage: &Stage<'_>) -> String {
    book(id, stage).map_or_else(|| "a book".to_owned(), |book| book.title.to_string())
}

/// `1 Quiet Work   B. Author, 212 pages`.
fn numbered(row: usize, id: BookId, stage: &Stage<'_>) -> String {
    let label = u16::try_from(row + 1).map_or(Label(0), Label);
    let Some(book) = book(id, stage) else {
        return format!("{label}  a book");
    };
    let pages = book.pages.map(|pages| format!("{pages} pages"));
    let author = Some(book.author.to_string()).filter(|author| !author.is_empty());
    let more: Vec<String> = author.into_iter().chain(pages).collect();
    format!("{label:>2}  {}   {}", book.title, more.join(", "))
        .trim_end()
        .to_owned()
}

impl Voting {
    fn ballot_rows(&self, poll: &Poll, stage: &Stage<'_>) -> Vec<(String, Role)> {
        let books = poll.books.iter().enumerate();
        let mut rows: Vec<(String, Role)> = books
            .map(|(row, id)| (numbered(row, *id, stage), Role::Text))
            .collect();
        rows.push((SECRET.to_owned(), Role::Muted));
        let before = usize::try_from(poll.ballots_in()).unwrap_or(usize::MAX);
        let typed = self.held.len().saturating_add(before);
        let wishes = WISHES.min(poll.books.len());
        rows.push((
            format!(
                "{typed} of {} ballots are in. Enter counts them.",
                self.here
            ),
            Role::Text,
        ));
        let wish = match self.ballot.len() {
            0 => format!("Ballot {}: {wishes} books, the first wish first", typed + 1),
            n => format!("Ballot {}: {n} of {wishes} named", typed + 1),
        };
        rows.push((wish, Role::Prompt));
        rows
    }

    /// Round by round, then what it came to.
    fn result(&self, count: &Count, poll: &Poll, stage: &Stage<'_>) -> Vec<(String, Role)> {
        let rounds = (1..).zip(&count.rounds);
        let mut rows: Vec<(String, Role)> = rounds
            .map(|(nth, round)| (round_words(nth, round, stage), Role::Text))
            .collect();
        let with_number = |id: &BookId| {
            let row = poll.books.iter().position(|book| book == id).unwrap_or(0);
            let label = u16::try_from(row + 1).map_or(Label(0), Label);
            format!("{label} {}", title(*id, stage))
        };
        let listed = |books: &[BookId]| {
            let books: Vec<String> = books.iter().map(with_number).collect();
            books.join(", ")
        };
        let words = match (&count.outcome, self.chosen) {
            (Result::Chosen(id), _) => {
                format!("{} is the next book. Enter takes it.", title(*id, stage))
            }
            (Result::Level(_), Some(id)) => {
                format!("Level; you chose {}. Enter takes it.", title(id, stage))
            }
            (Result::Level(level), None) => {
                format!(
                    "Level in front: {}. Ask the room; its digit chooses.",
                    listed(level)
                )
            }
            (Result::LevelLast(level), _) => format!(
                "Level at the bottom: {}. Ask the room which goes; its digit lets it go.",
                listed(level)
            ),
            (Result::NoBallots, _) => "No ballot names a book.".to_owned(),
        };
        rows.push((words, Role::Prompt));
        let others = poll.books.len().saturating_sub(1);
        let kept = match others {
            1 => "The other title stays proposed.".to_owned(),
            others => format!("The other {others} titles stay proposed."),
        };
        rows.insert(rows.len() - 1, (kept, Role::Muted));
        rows
    }
}

/// `Round 2: Quiet Work 5, Small Teams 4; The Long Game goes (fewest first wishes)`.
fn round_words(nth: usize, round: &Round, stage: &Stage<'_>) -> String {
    let tally: Vec<String> = round
        .tally
        .iter()
        .map(|(id, votes)| format!("{} {votes}", title(*id, stage)))
        .collect();
    let mut words = format!("Round {nth}: {}", tally.join(", "));
    if round.exhausted > 0 {
        words = format!("{words}, none of these {}", round.exhausted);
    }
    if round.out.is_empty() {
        return words;
    }
    let out: Vec<String> = round.out.iter().map(|id| title(*id, stage)).collect();
    let verb = if out.len() == 1 { "goes" } else { "go" };
    let why = match round.settled {
        Settled::ByCount => String::new(),
        Settled::ByFirstChoices => " (level; fewest first wishes)".to_owned(),
        Settled::ByRound(at) => format!(" (level; lower in round {})", at + 1),
        Settled::ByPeople => " (level; you said so)".to_owned(),
    };
    format!("{words}; {} {verb}{why}", out.join(", "))
}
