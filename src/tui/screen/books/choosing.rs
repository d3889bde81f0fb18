//! Choosing what to read: the proposed books, a new one in a line, and beginning one with a plan.

mod draw;

use crate::command::Command;
use crate::command::book::{BookChange, BookEdit, NewBook};
use crate::domain::book::line::BookLine;
use crate::domain::book::reading::Reading;
use crate::domain::book::{Book, BookState, usual};
use crate::domain::id::{BookId, CircleId, Key, Kind, Space};
use crate::domain::when;
use crate::tui::screen::books::verbs::{counted, titled};
use crate::tui::screen::books::vote::DIGITS;
use crate::tui::screen::books::{Asked, Asking, Books};
use crate::tui::screen::words;
use crate::tui::view::{Ask, Choice, CommandId, Reply, Request, View};

/// What a line for a book may hold.
const LINE: &str =
    "Title, author, 16 chapters, 272 pages, novel, because ...; chapters or pages are enough";

/// The books that stand in the list: those of the open vote in its order, else all that are proposed.
pub(super) fn listed<'a>(circle: CircleId, view: &View<'a>) -> Vec<&'a Book> {
    match view.state.poll(circle) {
        Some(poll) => {
            let book = |id: &BookId| view.state.book(circle, *id);
            poll.books.iter().filter_map(book).collect()
        }
        None => view.state.proposed(circle),
    }
}

/// The hints of the list.
pub(super) fn offers(view: &View<'_>) -> Vec<(CommandId, &'static str)> {
    let any = view
        .circle
        .is_some_and(|circle| !listed(circle, view).is_empty());
    if !any {
        return vec![(CommandId::Add, "add a book")];
    }
    let poll = view.circle.and_then(|circle| view.state.poll(circle));
    if let Some(poll) = poll {
        let mut offers = vec![
            (CommandId::Open, "ballots, result"),
            (CommandId::Edit, "edit"),
            (CommandId::Copy, "copy"),
            (CommandId::CopyAll, "copy all"),
            (CommandId::Add, "add a book"),
        ];
        if poll.books.len() <= DIGITS {
            offers.insert(0, (CommandId::Pick, "a ballot"));
        }
        return offers;
    }
    vec![
        (CommandId::Open, "read it, vote"),
        (CommandId::Add, "add a book"),
        (CommandId::Edit, "edit"),
        (CommandId::BookVote, "vote"),
        (CommandId::Remove, "trash"),
        (CommandId::Copy, "copy"),
        (CommandId::CopyAll, "copy all"),
    ]
}

/// What submits a change to the books of a circle.
pub(super) fn submit(circle: CircleId, change: BookChange) -> Request {
    Request::Submit(Command::Book { circle, change })
}

/// Begins a book by the plan that suits it, or says what is missing.
pub(super) fn begin(circle: CircleId, book: &Book, view: &View<'_>) -> Result<Request, String> {
    let plan = usual_plan(circle, book, view)?;
    Ok(submit(circle, BookChange::Begin(book.id, plan)))
}

/// The plan by which a book would be read as usual.
pub(super) fn usual_plan(
    circle: CircleId,
    book: &Book,
    view: &View<'_>,
) -> Result<Reading, String> {
    let today = words::today(view);
    usual::plan(view.state, circle, book, (today, view.zone))
        .map_err(|why| format!("{why}; e on its row writes it down"))
}

/// Asks for a book to propose.
pub(super) fn ask_new() -> Reply {
    Reply::Ask(Ask {
        tag: Asked::New.into(),
        label: "Book".to_owned(),
        text: String::new(),
        help: LINE.to_owned(),
    })
}

impl Books {
    pub(super) fn choosing(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle else {
            return Reply::Ignored;
        };
        let books = listed(circle, view);
        let rows: Vec<BookId> = books.iter().map(|book| book.id).collect();
        let step = match id {
            CommandId::NextPrompt => CommandId::Down,
            CommandId::PreviousPrompt => CommandId::Up,
            other => other,
        };
        if self.proposed.step(step, &rows) {
            return Reply::Handled;
        }
        if id == CommandId::Add {
            return ask_new();
        }
        if id == CommandId::CopyAll && !books.is_empty() {
            let lines: Vec<String> = books
                .iter()
                .map(|book| format!("- {}", titled(book)))
                .collect();
            return Reply::Do(vec![Request::Copy(lines.join("\n"))]);
        }
        let Some(book) = books.get(self.proposed.place(&rows)) else {
            return Reply::Ignored;
        };
        match id {
            CommandId::Open => self.open_proposed(circle, book, view),
            CommandId::Edit => {
                self.asking = Asking::Book(book.id);
                Reply::Ask(Ask {
                    tag: Asked::Edit.into(),
                    label: format!("B{}", book.number),
                    text: line_of(book),
                    help: LINE.to_owned(),
                })
            }
            CommandId::Remove if view.state.poll(circle).is_some() => {
                Reply::Refuse("it is being voted on; close the vote first".to_owned())
            }
            CommandId::Remove => {
                self.proposed.leave(&[book.id], &rows);
                Reply::submit(Command::Trash {
                    keys: vec![Key::new(Space::Circle(circle), Kind::Book, book.id.0)],
                    trashed: true,
                })
            }
            CommandId::Copy => Reply::Do(vec![Request::Copy(titled(book))]),
            _ => Reply::Ignored,
        }
    }

    fn open_proposed(&mut self, circle: CircleId, book: &Book, view: &View<'_>) -> Reply {
        if view.state.poll(circle).is_some() {
            return self.vote(view);
        }
        let today = words::today(view);
        let plan = usual::plan(view.state, circle, book, (today, view.zone));
        let begin = match plan.as_ref().map(|plan| (plan.instalments.len(), plan)) {
            Ok((count, plan)) => {
                let last = plan.instalments.last();
                let day = last.map_or_else(String::new, |last| when::short(last.day, today));
                let over = words::counted(count, "meeting", "meetings");
                format!("Read it now, over {over} until {day}")
            }
            Err(why) => format!("Read it now ({why})"),
        };
        self.asking = Asking::Book(book.id);
        Reply::Choose(Choice {
            tag: Asked::Proposed.into(),
            title: titled(book),
            rows: vec![begin, "Vote on the proposed books".to_owned()],
            selected: 0,
        })
    }

    pub(super) fn picked_proposed(&mut self, row: usize, view: &View<'_>) -> Reply {
        let (Asking::Book(id), Some(circle)) = (std::mem::take(&mut self.asking), view.circle)
        else {
            return Reply::Ignored;
        };
        if row == 1 {
            return self.vote(view);
        }
        let Some(book) = view.state.book(circle, id) else {
            return Reply::Ignored;
        };
        match begin(circle, book, view) {
            Ok(request) => Reply::Do(vec![request]),
            Err(why) => Reply::Refuse(why),
        }
    }

    /// A book was typed: a new one, or new details of one.
    pub(super) fn typed_book(&self, asked: Asked, typed: &str, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle else {
            return Reply::Ignored;
        };
        let read = match BookLine::read(typed) {
            Ok(read) => read,
            Err(why) => return Reply::Refuse(why),
        };
        let change = match (asked, &self.asking) {
            (Asked::Edit, Asking::Book(id)) => {
                let known = view.state.book(circle, *id);
                let known = known.map_or(0, |book| book.chapters.len());
                let said = read.chapters.map_or(0, |n| usize::try_from(n).unwrap_or(0));
                let edit = BookEdit {
                    title: Some(read.title.clone()),
                    author: Some(read.author.clone()),
                    genre: read.genre,
                    pages: read.pages,
                    // The same number of chapters keeps their titles and pages.
                    chapters: (said != known && said > 0).then(|| read.chapter_list()),
                    why: Some(read.why),
                    proposed_by: None,
                };
                BookChange::Edit(*id, Box::new(edit))
            }
            _ => BookChange::Add {
                books: vec![NewBook {
                    chapters: read.chapter_list(),
                    title: read.title,
                    author: read.author,
                    genre: read.genre.unwrap_or_default(),
                    pages: read.pages,
                    proposed_by: view.me,
                    why: read.why,
                    state: BookState::Proposed,
                }],
                source: crate::domain::text::Clean::default(),
            },
        };
        Reply::Do(vec![submit(circle, change)])
    }
}

/// A book as the line that would write it down.
fn line_of(book: &Book) -> String {
    let quoted = |text: &str| {
        if text.contains(',') {
            format!("\"{text}\"")
        } else {
            text.to_owned()
        }
    };
    let mut parts = vec![quoted(&book.title)];
    let why = book.why.as_str();
    if !book.author.is_empty() || !why.is_empty() {
        parts.push(quoted(&book.author));
    }
    if !book.chapters.is_empty() {
        parts.push(words::counted(book.chapters.len(), "chapter", "chapters"));
    }
    parts.extend(book.pages.map(|pages| counted(pages, "page", "pages")));
    if book.genre == crate::domain::book::Genre::Fiction {
        parts.push("novel".to_owned());
    }
    if !why.is_empty() {
        parts.push(quoted(why));
    }
    parts.join(", ")
}
