//! Lists of books and of what was noted from them.

#[cfg(test)]
mod tests;

use crate::domain::book::Mark;
use crate::domain::id::{BookId, CircleId, Key, Kind, Space};
use crate::domain::index::{IndexName, book_value, quote_value};
use crate::engine::queries::rows;
use crate::engine::query::{Answer, MOST_ROWS};
use crate::store::{IndexQuery, Read, Result, Stored};

/// Books that were read or set aside, the latest first.
pub(super) fn closed(
    read: &dyn Read,
    circle: CircleId,
    (skip, limit): (usize, usize),
) -> Result<Answer> {
    let query = IndexQuery {
        backwards: true,
        ..IndexQuery::all(
            Space::Circle(circle),
            IndexName::BookClosed,
            skip + limit + 1,
        )
    };
    part(read, &query, (skip, limit))
}

/// Notes from a book in the order of the book.
pub(super) fn quotes(
    read: &dyn Read,
    (circle, book): (CircleId, BookId),
    (skip, limit): (usize, usize),
) -> Result<Answer> {
    let (space, prefix) = (Space::Circle(circle), book_value(book));
    let query = IndexQuery::prefix(space, IndexName::Quote, &prefix, skip + limit + 1);
    part(read, &query, (skip, limit))
}

/// Only the rows that are shown are read; those before them are passed over in the list.
fn part(read: &dyn Read, query: &IndexQuery, (skip, limit): (usize, usize)) -> Result<Answer> {
    let found = read.index(query)?;
    let more = found.len() > skip + limit;
    let mut stored = Vec::new();
    for row in found.into_iter().skip(skip).take(limit) {
        stored.extend(read.get(&row.key)?);
    }
    Ok(rows(stored, more))
}

/// Chapters and pages of a part of a book, as far as they are known.
type Part = (Option<(u16, u16)>, Option<(u32, u32)>);

/// Questions about a part of a book, what the circle remembers of them, and notes taken from it.
pub(super) fn part_of(
    read: &dyn Read,
    (circle, book): (CircleId, BookId),
    part: Part,
) -> Result<Answer> {
    let mut found = within(read, (circle, book), IndexName::QuestionBook, part)?;
    let asked = found
        .iter()
        .map(|row| read.get(&Key::circle(circle, Kind::Asked, row.key.id)));
    let asked: Vec<Stored> = asked.filter_map(Result::transpose).collect::<Result<_>>()?;
    let mut more = found.len() >= MOST_ROWS;
    found.extend(asked);
    let quotes = within(read, (circle, book), IndexName::Quote, part)?;
    more |= quotes.len() >= MOST_ROWS;
    found.extend(quotes);
    Ok(rows(found, more))
}

/// The documents of a list that belong to a part of a book: first those without a chapter.
fn within(
    read: &dyn Read,
    (circle, book): (CircleId, BookId),
    name: IndexName,
    (chapters, pages): Part,
) -> Result<Vec<Stored>> {
    let at = |chapter: u16, page: u32| {
        quote_value(Mark {
            book,
            chapter: Some(chapter),
            page: Some(page),
        })
    };
    let mut ranges = vec![(at(0, 0), at(0, 1))];
    // Below the first chapter in the list stand those whose chapter nobody knows, by page.
    ranges.extend(pages.map(|(first, last)| (at(0, first.max(1)), at(0, last.saturating_add(1)))));
    ranges
        .extend(chapters.map(|(first, last)| (at(first.max(1), 0), at(last.saturating_add(1), 0))));
    let mut found = Vec::new();
    for (from, until) in ranges {
        let query = IndexQuery {
            from,
            until: Some(until),
            ..IndexQuery::all(Space::Circle(circle), name, MOST_ROWS - found.len())
        };
        for row in read.index(&query)? {
            found.extend(read.get(&row.key)?);
        }
    }
    Ok(found)
}
