//! Books: what is written down about them, and where they stand.

pub(super) mod plan;
mod poll;
mod reach;
#[cfg(test)]
mod tests;

use crate::command::Refusal;
use crate::command::book::{BookChange, BookEdit, NewBook};
use crate::command::decide::{Decision, item_name};
use crate::domain::book::reading::Reading;
use crate::domain::book::schedule::{MOST_CHAPTERS, MOST_PAGES};
use crate::domain::book::{Book, BookState};
use crate::domain::id::{BookId, CircleId, Key, Kind, MemberId, Space};
use crate::domain::text::{Clean, Limit};

/// Most books of one act.
const MOST_BOOKS: usize = 500;
/// Most pages of one book.

pub(super) fn change(
    d: &mut Decision<'_>,
    circle: CircleId,
    change: &BookChange,
) -> Result<String, Refusal> {
    d.circle(circle)?;
    match change {
        BookChange::Add { books, source } => add(d, circle, books, source),
        BookChange::Edit(book, edit) => self::edit(d, (circle, *book), edit),
        BookChange::Begin(book, reading) => plan::begin(d, (circle, *book), reading, None),
        BookChange::Next {
            first,
            book,
            reading,
        } => next(d, first, (circle, *book), reading),
        BookChange::Move { book, at, day } => plan::move_to(d, (circle, *book), *at, *day),
        BookChange::Skip {
            book,
            at,
            why,
            give,
        } => plan::skip(d, (circle, *book), *at, (why, *give)),
        BookChange::Bend {
            book,
            from,
            more,
            until,
        } => plan::bend(d, (circle, *book), *from, (*more, *until)),
        BookChange::Pick { book, at, prompts } => plan::pick(d, (circle, *book), *at, prompts),
        BookChange::Reach {
            book,
            member,
            entry,
            shared,
        } => reach::reach(d, (circle, *book), (*member, *entry), *shared),
        BookChange::Close(book, state) => close(d, (circle, *book), *state),
        BookChange::OpenPoll { method, books } => poll::open(d, circle, *method, books),
        BookChange::Cast(poll, ballots) => poll::cast(d, (circle, *poll), ballots),
        BookChange::ClosePoll {
            poll,
            let_go,
            chosen,
        } => poll::close(d, (circle, *poll), let_go, *chosen),
        BookChange::CallOffPoll(poll) => poll::call_off(d, (circle, *poll)),
    }
}

/// Closes a book or a vote, and begins another book.
fn next(
    d: &mut Decision<'_>,
    first: &BookChange,
    (circle, book): (CircleId, BookId),
    reading: &Reading,
) -> Result<String, Refusal> {
    let over = match first {
        BookChange::Close(over, _) if *over != book => Some(*over),
        BookChange::ClosePoll { .. } => None,
        _ => {
            let words = "another book begins when one, or a vote, is closed";
            return Err(Refusal::new(words));
        }
    };
    let closed = change(d, circle, first)?;
    let begun = plan::begin(d, (circle, book), reading, over)?;
    Ok(format!("{closed}; {begun}"))
}

const fn key(circle: CircleId, book: BookId) -> Key {
    Key::circle(circle, Kind::Book, book.0)
}

/// A book that is not in the trash.
fn book(d: &Decision<'_>, circle: CircleId, id: BookId) -> Result<Book, Refusal> {
    let book = d.state.book(circle, id).cloned();
    let book = book.ok_or_else(|| Refusal::new("that book is not here"))?;
    if book.trashed.is_some() {
        return Err(Refusal::new(format!("B{} lies in the trash", book.number)));
    }
    Ok(book)
}

/// Somebody who is in the circle now.
fn someone(d: &Decision<'_>, circle: CircleId, id: MemberId) -> Result<(), Refusal> {
    let here = |member: &crate::domain::roster::Member| member.left.is_none();
    if d.state.member(circle, id).is_some_and(here) {
        return Ok(());
    }
    Err(Refusal::new("that person is not in this circle"))
}

fn add(
    d: &mut Decision<'_>,
    circle: CircleId,
    books: &[NewBook],
    source: &Clean,
) -> Result<String, Refusal> {
    if books.is_empty() {
        return Err(Refusal::new("there is no book to write down"));
    }
    if books.len() > MOST_BOOKS {
        return Err(Refusal::new(format!("at most {MOST_BOOKS} books at once")));
    }
    let mut titles = Vec::new();
    for new in books {
        let id = BookId(d.cx.ids.make());
        if let Some(member) = new.proposed_by {
            someone(d, circle, member)?;
        }
        let number = d.number(Space::Circle(circle), |counter| &mut counter.book);
        let mut book = Book::new(id, number, new.title.clone(), d.cx.at);
        (book.author, book.genre) = (new.author.clone(), new.genre);
        (book.pages, book.chapters) = (new.pages.filter(|n| *n > 0), new.chapters.clone());
        (book.proposed_by, book.why) = (new.proposed_by, new.why.clone());
        match new.state {
            BookState::Proposed => {}
            BookState::Reading => {
                return Err(Refusal::new("a book is begun with a plan"));
            }
            BookState::Read | BookState::SetAside => {
                (book.state, book.closed) = (new.state, Some(d.cx.at));
            }
        }
        check(&book)?;
        titles.push(item_name(&book.clone().into()));
        d.add(key(circle, id), book);
    }
    Ok(match titles.as_slice() {
        [one] => one.clone(),
        many if source.as_str().is_empty() => format!("{} books", many.len()),
        many => format!("{} books from {source}", many.len()),
    })
}

fn edit(
    d: &mut Decision<'_>,
    (circle, id): (CircleId, BookId),
    edit: &BookEdit,
) -> Result<String, Refusal> {
    let mut book = book(d, circle, id)?;
    if let Some(member) = edit.proposed_by {
        someone(d, circle, member)?;
        book.proposed_by = Some(member);
    }
    let texts = [
        (&mut book.title, &edit.title),
        (&mut book.author, &edit.author),
        (&mut book.why, &edit.why),
    ];
    for (field, new) in texts {
        if let Some(new) = new {
            field.clone_from(new);
        }
    }
    book.genre = edit.genre.unwrap_or(book.genre);
    if let Some(pages) = edit.pages {
        book.pages = Some(pages).filter(|pages| *pages > 0);
    }
    if let Some(chapters) = &edit.chapters {
        book.chapters.clone_from(chapters);
    }
    check(&book)?;
    let title = format!("{} has other details", item_name(&book.clone().into()));
    d.put(key(circle, id), book);
    Ok(title)
}

/// Whether a book that comes from elsewhere, with its plan, could have been written here.
pub(super) fn check_whole(book: &Book) -> Result<(), Refusal> {
    check(book)?;
    book.reading.as_ref().map_or(Ok(()), plan::check_order)
}

/// Whether what is said of a book can be.
fn check(book: &Book) -> Result<(), Refusal> {
    let too_long = |error: crate::domain::text::TextError| Refusal::new(error.to_string());
    if book.title.as_str().trim().is_empty() {
        return Err(Refusal::new("a book needs a title"));
    }
    for text in [&book.title, &book.author, &book.why] {
        Limit::Note.check(text).map_err(too_long)?;
    }
    if book.pages.is_some_and(|pages| pages > MOST_PAGES) {
        return Err(Refusal::new(format!(
            "a book has at most {MOST_PAGES} pages"
        )));
    }
    if book.chapters.len() > MOST_CHAPTERS {
        return Err(Refusal::new(format!(
            "a book has at most {MOST_CHAPTERS} chapters"
        )));
    }
    let pages: Vec<u32> = book
        .chapters
        .iter()
        .filter_map(|chapter| chapter.page)
        .collect();
    if !pages.is_sorted() {
        return Err(Refusal::new(
            "a chapter begins before the one in front of it",
        ));
    }
    match (pages.last(), book.pages) {
        (Some(last), Some(pages)) if *last > pages => Err(Refusal::new(format!(
            "a chapter begins on page {last}, and the book has {pages}"
        ))),
        _ => Ok(()),
    }
}

fn close(
    d: &mut Decision<'_>,
    (circle, id): (CircleId, BookId),
    state: BookState,
) -> Result<String, Refusal> {
    let mut book = book(d, circle, id)?;
    let how = match state {
        BookState::Proposed => "is proposed again",
        BookState::Read => "is read",
        BookState::SetAside => "is set aside",
        BookState::Reading => {
            return Err(Refusal::new("a book is begun with a plan"));
        }
    };
    book.state = state;
    book.closed = (state != BookState::Proposed).then_some(d.cx.at);
    let title = format!("{} {how}", item_name(&book.clone().into()));
    d.put(key(circle, id), book);
    Ok(title)
}
