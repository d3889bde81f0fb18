//! Lists of books and of what was noted from them.

use crate::domain::id::{BookId, CircleId, Space};
use crate::domain::index::{IndexName, book_value};
use crate::engine::queries::rows;
use crate::engine::query::Answer;
use crate::store::{IndexQuery, Read, Result};

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
