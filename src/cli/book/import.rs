//! `circlet book chapters` and `circlet book import`: shown first, asked then.

use std::path::Path;

use super::{change, which};
use crate::cli::Cx;
use crate::cli::args::Accept;
use crate::cli::ask::{goes_on, nothing};
use crate::cli::error::{CliError, Exit, Outcome};
use crate::command::book::{BookChange, BookEdit, NewBook};
use crate::domain::book::known::Known;
use crate::domain::document::Document;
use crate::domain::id::{Kind, Space};
use crate::domain::text::Clean;
use crate::exchange::{Fault, books, input};

/// Most lines of a preview.
const MOST_LINES: usize = 20;

fn told(cx: &mut Cx<'_, '_>, name: &str, faults: &[Fault]) {
    for fault in faults.iter().take(MOST_LINES) {
        cx.out.note(&format!("{}.", fault.told(name)));
    }
}

pub(super) fn chapters(
    cx: &mut Cx<'_, '_>,
    file: &Path,
    named: Option<&str>,
    accept: Accept,
) -> Outcome {
    let (circle, book) = which(cx, named)?;
    let input = input::read(file).map_err(|error| CliError::failed(error.to_string()))?;
    let taken = books::chapters(&input);
    told(cx, &input.name, &taken.faults);
    for (at, chapter) in (1..).zip(taken.chapters.iter().take(MOST_LINES)) {
        let page = chapter
            .page
            .map_or_else(String::new, |page| format!("  p. {page}"));
        let at: usize = at;
        cx.out.note(&format!("{at:>4}  {}{page}", chapter.title));
    }
    let count = taken.chapters.len();
    if count == 0 {
        return Ok(nothing(cx, "There is no chapter in it; nothing was saved."));
    }
    let ask = format!("Give B{} {count} chapters", book.number);
    if !goes_on(cx, accept, &ask)? {
        return Ok(Exit::Done);
    }
    let edit = BookEdit {
        chapters: Some(taken.chapters),
        ..BookEdit::default()
    };
    change(cx, circle, BookChange::Edit(book.id, Box::new(edit)))
}

pub(super) fn list(cx: &mut Cx<'_, '_>, file: &Path, accept: Accept) -> Outcome {
    let circle = cx.desk.circle(cx.global)?;
    let (circle, name) = (circle.id, circle.name.clone());
    let input = input::read(file).map_err(|error| CliError::failed(error.to_string()))?;
    let mut taken = books::list(&input);
    let rows = cx.desk.scan(Space::Circle(circle), Kind::Book)?;
    let mut known = Known::default();
    for (_, document) in rows {
        if let Document::Book(book) = document
            && book.trashed.is_none()
        {
            known.add(&book.title, &book.author);
        }
    }
    let all = taken.books.len();
    // Also a book that stands in the list twice comes in once.
    taken
        .books
        .retain(|book| known.add(&book.title, &book.author));
    for book in taken.books.iter().take(MOST_LINES) {
        let by = match book.author.as_str() {
            "" => String::new(),
            author => format!(", {author}"),
        };
        let pages = book
            .pages
            .map_or_else(String::new, |pages| format!(", {pages} pages"));
        cx.out.note(&format!("  + {}{by}{pages}", book.title));
    }
    told(cx, &input.name, &taken.faults);
    let new = taken.books.len();
    cx.out.note(&format!(
        "{}: {new} new, {} in {name} already, {} that cannot be read.",
        input.name,
        all - new,
        taken.faults.len()
    ));
    if new == 0 {
        return Ok(nothing(cx, "No book to add; nothing was saved."));
    }
    if !goes_on(cx, accept, &format!("Propose {new} books in {name}"))? {
        return Ok(Exit::Done);
    }
    let books = taken.books.into_iter().map(|book| NewBook {
        title: book.title,
        author: book.author,
        pages: book.pages,
        why: book.why,
        ..NewBook::default()
    });
    let add = BookChange::Add {
        books: books.collect(),
        source: Clean::line(&input.name),
    };
    change(cx, circle, add)
}
