//! `circlet book`: choosing, planning and reading books, and what was noted from them.

mod import;
mod plan;
mod read;
mod record;
mod vote;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::Accept;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::typed::line;
use crate::cli::{Cx, Listed};
use crate::command::Command;
use crate::command::book::{BookChange, BookEdit, NewBook};
use crate::domain::book::line::BookLine;
use crate::domain::book::{Book, BookState, Chapter, Genre};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, MemberId, Space};
use crate::domain::text::Clean;

/// What can be done with books.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Propose a book
    Add(Add),
    /// Books that are proposed or being read
    List {
        /// Those read and set aside too
        #[arg(long)]
        all: bool,
    },
    /// One book with its plan; the one being read when none is named
    Show {
        /// B3, circle/B3 or uid
        id: Option<String>,
    },
    /// Change what is known of a book
    Edit(Edit),
    /// Propose a book again that was read or set aside
    Propose {
        /// Which
        id: String,
    },
    /// Vote: the books by id or by their place in the list of the vote, first wish first
    Vote(vote::Vote),
    /// A vote on the next book: open, close, result, cancel
    #[command(subcommand)]
    Poll(vote::Poll),
    /// Read a book from now on, laid over the meetings of the circle
    Begin(plan::Begin),
    /// The plan of the book being read; with options it is laid afresh from the next meeting on
    Plan(plan::Plan),
    /// Move a meeting of the plan to another day
    Move {
        /// Which meeting, counted from 1
        meeting: usize,
        /// The new day: fri, +1w, 2026-03-20
        day: String,
    },
    /// Leave a meeting of the plan out
    Skip(plan::Skip),
    /// Say how far you have read: 6, +12, p82, ch4
    Read(read::Read),
    /// How far people are together, in counts
    Progress,
    /// What was noted from a book, chapter by chapter
    Quotes(read::Quotes),
    /// What a circle read, quoted, asked and tried with a book, as a file to keep
    Record(record::Record),
    /// The circle has read the book
    Finish {
        /// Which; the one being read when none is named
        id: Option<String>,
    },
    /// The circle sets the book aside
    Drop {
        /// Which; the one being read when none is named
        id: Option<String>,
    },
    /// Take the chapters of a book from a file: lines with pages behind, or CSV; - reads standard input
    #[command(allow_missing_positional = true)]
    Chapters {
        /// Which book; the one being read when only the file is named
        id: Option<String>,
        /// The file
        file: PathBuf,
        /// As ID
        #[arg(long, value_name = "BOOK", hide = true, conflicts_with = "id")]
        book: Option<String>,
        #[command(flatten)]
        accept: Accept,
    },
    /// Propose books from a reading list: lines like "Title - Author", or CSV; - reads standard input
    Import {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        accept: Accept,
    },
}

/// A book to propose.
#[derive(Clone, Debug, Args)]
pub struct Add {
    /// Its title, or all of it in a line: "Radical Candor, Kim Scott, 16 chapters, 272 pages"
    title: String,
    /// Who wrote it
    #[arg(long, default_value = "")]
    author: String,
    /// How many pages it has
    #[arg(long, value_name = "N")]
    pages: Option<u32>,
    /// How many chapters it has
    #[arg(long, value_name = "N")]
    chapters: Option<u16>,
    /// It tells a story
    #[arg(long)]
    fiction: bool,
    /// Why, in a line
    #[arg(long, default_value = "", value_name = "WORDS")]
    why: String,
    /// Who proposes it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// What to change about a book.
#[derive(Clone, Debug, Args)]
pub struct Edit {
    /// Which
    id: String,
    /// New title
    #[arg(long)]
    title: Option<String>,
    /// New author
    #[arg(long)]
    author: Option<String>,
    /// New number of pages; 0 when nobody knows
    #[arg(long, value_name = "N")]
    pages: Option<u32>,
    /// New number of chapters; their titles go
    #[arg(long, value_name = "N")]
    chapters: Option<u16>,
    /// It tells a story, or not
    #[arg(long)]
    fiction: Option<bool>,
    /// Another reason
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
    /// Who proposes it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, verb: Verb) -> Outcome {
    match verb {
        Verb::Add(new) => add(cx, &new),
        Verb::List { all } => list(cx, all),
        Verb::Show { id } => show(cx, id.as_deref()),
        Verb::Edit(what) => edit(cx, &what),
        Verb::Propose { id } => close(cx, Some(&id), BookState::Proposed),
        Verb::Vote(ballot) => vote::vote(cx, &ballot),
        Verb::Poll(poll) => vote::poll(cx, &poll),
        Verb::Begin(begin) => plan::begin(cx, &begin),
        Verb::Plan(plan) => plan::plan(cx, &plan),
        Verb::Move { meeting, day } => plan::move_to(cx, meeting, &day),
        Verb::Skip(skip) => plan::skip(cx, &skip),
        Verb::Read(entry) => read::read(cx, &entry),
        Verb::Progress => read::progress(cx),
        Verb::Quotes(quotes) => read::quotes(cx, &quotes),
        Verb::Record(asked) => record::record(cx, &asked),
        Verb::Finish { id } => close(cx, id.as_deref(), BookState::Read),
        Verb::Drop { id } => close(cx, id.as_deref(), BookState::SetAside),
        Verb::Chapters {
            id,
            file,
            book,
            accept,
        } => {
            let named = id.or(book);
            import::chapters(cx, &file, named.as_deref(), accept)
        }
        Verb::Import { file, accept } => import::list(cx, &file, accept),
    }
}

fn change(cx: &mut Cx<'_, '_>, circle: CircleId, change: BookChange) -> Outcome {
    cx.commit(Command::Book { circle, change })
}

/// The book that is named, else the one that the circle reads.
fn which(cx: &mut Cx<'_, '_>, named: Option<&str>) -> Result<(CircleId, Book), CliError> {
    if let Some(named) = named {
        let (key, document) = cx.desk.find(cx.global, Kind::Book, named)?;
        if let (Space::Circle(circle), Document::Book(book)) = (key.space, document) {
            return Ok((circle, book));
        }
        return Err(CliError::failed("That is no book of a circle."));
    }
    let circle = cx.desk.circle(cx.global)?;
    let book = cx.desk.state().reading(circle.id);
    let book = book.ok_or_else(|| {
        CliError::failed(format!(
            "{} reads no book now. Name one: circlet book list",
            circle.name
        ))
    })?;
    Ok((circle.id, book.clone()))
}

/// Somebody by name; nobody when nobody is named.
fn person(
    cx: &Cx<'_, '_>,
    circle: CircleId,
    named: Option<&str>,
) -> Result<Option<MemberId>, CliError> {
    named
        .map(|named| cx.desk.person(circle, named).map(|member| member.id))
        .transpose()
}

/// So many chapters of which nothing is known.
fn untitled(count: u16) -> Vec<Chapter> {
    (0..count).map(|_| Chapter::default()).collect()
}

fn add(cx: &mut Cx<'_, '_>, new: &Add) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let proposed_by = person(cx, circle, new.by.as_deref())?;
    let state = BookState::Proposed;
    let book = match in_a_line(new) {
        Some(said) => NewBook {
            chapters: said.chapter_list(),
            title: said.title,
            author: said.author,
            genre: said.genre.unwrap_or_else(|| genre(new.fiction)),
            pages: said.pages,
            proposed_by,
            why: said.why,
            state,
        },
        None => NewBook {
            title: line(&new.title)?,
            author: line(&new.author)?,
            genre: genre(new.fiction),
            pages: new.pages,
            chapters: untitled(new.chapters.unwrap_or(0)),
            proposed_by,
            why: line(&new.why)?,
            state,
        },
    };
    let add = BookChange::Add {
        books: vec![book],
        source: Clean::default(),
    };
    change(cx, circle, add)
}

/// The book, where its title is a line that says how long it is too, and nothing else was said of it.
fn in_a_line(new: &Add) -> Option<BookLine> {
    let alone = new.author.is_empty()
        && new.why.is_empty()
        && new.pages.is_none()
        && new.chapters.is_none();
    let said = BookLine::read(&new.title).ok().filter(|_| alone)?;
    (said.pages.is_some() || said.chapters.is_some()).then_some(said)
}

const fn genre(fiction: bool) -> Genre {
    if fiction {
        Genre::Fiction
    } else {
        Genre::NonFiction
    }
}

fn edit(cx: &mut Cx<'_, '_>, what: &Edit) -> Outcome {
    let (circle, book) = which(cx, Some(&what.id))?;
    let text = |typed: &Option<String>| typed.as_deref().map(line).transpose();
    let edit = BookEdit {
        title: text(&what.title)?,
        author: text(&what.author)?,
        genre: what.fiction.map(genre),
        pages: what.pages,
        chapters: what.chapters.map(untitled),
        why: text(&what.why)?,
        proposed_by: person(cx, circle, what.by.as_deref())?,
    };
    change(cx, circle, BookChange::Edit(book.id, Box::new(edit)))
}

fn close(cx: &mut Cx<'_, '_>, named: Option<&str>, state: BookState) -> Outcome {
    let (circle, book) = which(cx, named)?;
    change(cx, circle, BookChange::Close(book.id, state))
}

fn list(cx: &mut Cx<'_, '_>, all: bool) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let mut books: Vec<Book> = if all {
        let rows = cx.desk.scan(Space::Circle(circle), Kind::Book)?;
        rows.into_iter()
            .filter_map(|(_, document)| match document {
                Document::Book(book) if book.trashed.is_none() => Some(book),
                _ => None,
            })
            .collect()
    } else {
        let held = cx.desk.state().books(circle);
        held.filter(|book| book.is_open()).cloned().collect()
    };
    books.sort_by_key(|book| book.number);
    let view = cx.desk.view();
    let listed = Listed {
        items: books.iter().map(|book| view.book(circle, book)).collect(),
        cells: books.iter().map(cells).collect(),
        empty: "No book is proposed. Add one: circlet book add TITLE",
    };
    cx.list("books", &listed);
    Ok(Exit::Done)
}

fn cells(book: &Book) -> Vec<String> {
    vec![
        format!("B{}", book.number),
        book.title.to_string(),
        book.author.to_string(),
        book.pages
            .map_or_else(String::new, |pages| format!("{pages} pages")),
        book.state.word().to_owned(),
        book.why.to_string(),
    ]
}

fn show(cx: &mut Cx<'_, '_>, named: Option<&str>) -> Outcome {
    let (circle, book) = which(cx, named)?;
    let mut lines = vec![format!("B{}  {}", book.number, book.title)];
    let about = [
        book.author.to_string(),
        book.pages
            .map_or_else(String::new, |n| format!("{n} pages")),
        match book.chapters.len() {
            0 => String::new(),
            1 => "1 chapter".to_owned(),
            n => format!("{n} chapters"),
        },
        book.state.word().to_owned(),
    ];
    let about: Vec<String> = about.into_iter().filter(|word| !word.is_empty()).collect();
    lines.push(about.join(", "));
    if !book.why.as_str().is_empty() {
        lines.push(book.why.to_string());
    }
    if book.state == BookState::Reading {
        lines.extend(plan::lines(&cx.desk.view(), circle, &book));
    }
    let row = cx.desk.view().book(circle, &book);
    cx.show("book", row, &lines);
    Ok(Exit::Done)
}
