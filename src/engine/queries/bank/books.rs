//! Questions about a book: those that were written for it first, then what the bank has for a book of its kind.

use std::collections::BTreeSet;

use crate::domain::book::Book;
use crate::domain::book::fit::{Near, suits};
use crate::domain::document::Document;
use crate::domain::id::{BookId, CircleId, Ids, Key, Kind, QuestionId, Space};
use crate::domain::index::{IndexName, book_value};
use crate::domain::question::{Asked, Candidate, Drawn, Past, QuestionKind, Wanted, draw};
use crate::engine::queries::bank::{Bank, Wish, answer, row};
use crate::engine::query::{Answer, MOST_ROWS, QuestionRow};
use crate::engine::working_set;
use crate::store::{IndexQuery, Read, Result};

/// What a draw for a session about a book takes from.
pub(super) struct Fitting {
    book: Book,
    /// Written for this book, the nearest and least asked first.
    ours: Vec<QuestionRow>,
    /// Those of the bank that name a book: they are among `ours` where it is this one.
    named: BTreeSet<QuestionId>,
}

impl Bank {
    /// Questions of a circle about one of its books, in no order that means anything.
    pub(in crate::engine::queries) fn about(
        &self,
        read: &dyn Read,
        at: (CircleId, BookId),
    ) -> Result<Answer> {
        self.written_for(read, at).map(answer)
    }

    fn written_for(
        &self,
        read: &dyn Read,
        (circle, book): (CircleId, BookId),
    ) -> Result<Vec<QuestionRow>> {
        let space = Space::Circle(circle);
        let query =
            IndexQuery::prefix(space, IndexName::QuestionBook, &book_value(book), MOST_ROWS);
        let mut rows = Vec::new();
        for listed in read.index(&query)? {
            let Some(stored) = read.get(&listed.key)? else {
                continue;
            };
            if let Document::Question(question) = working_set::document(&stored)? {
                let asked = asked(read, circle, question.id)?;
                rows.push(QuestionRow::new(question, asked.as_ref()));
            }
        }
        let named = self.abouts.iter().filter(|(_, mark)| mark.book == book);
        for (id, _) in named.take(MOST_ROWS) {
            let asked = asked(read, circle, *id)?;
            rows.extend(row(read, *id, asked.as_ref())?);
        }
        Ok(rows)
    }

    /// What a draw for a part of a book takes from; `None` where no book is read.
    pub(super) fn fitting(&self, read: &dyn Read, wish: &Wish<'_>) -> Result<Option<Fitting>> {
        let Some(part) = wish.part else {
            return Ok(None);
        };
        let Some(stored) = read.get(&Key::circle(wish.circle, Kind::Book, part.book.0))? else {
            return Ok(None);
        };
        let Document::Book(book) = working_set::document(&stored)? else {
            return Ok(None);
        };
        let written = self.written_for(read, (wish.circle, part.book))?;
        let mut ours: Vec<(Near, QuestionRow)> = written
            .into_iter()
            // What was asked comes back with the bank, if at all.
            .filter(|row| row.asked == 0 && !row.never)
            .filter(|row| row.question.kind == QuestionKind::Book)
            .filter(|row| !wish.without.contains(&row.question.id))
            .filter_map(|row| Some((part.near(&book, wish.circle, &row.question)?, row)))
            .collect();
        ours.sort_by_key(|(near, row)| {
            let mark = row.question.about.map(|mark| (mark.chapter, mark.page));
            (*near, mark, row.question.number, row.question.id)
        });
        Ok(Some(Fitting {
            book,
            ours: ours.into_iter().map(|(_, row)| row).collect(),
            named: self.abouts.keys().copied().collect(),
        }))
    }
}

impl Fitting {
    /// One question for each kind: for talk about the book those that were written for it come first and go to
    /// `rows` at once, all others are drawn.
    pub(super) fn draw<'a>(
        &mut self,
        candidates: &(impl IntoIterator<Item = Candidate<'a>> + Clone),
        wish: &Wish<'_>,
        (past, ids): (Past, &mut Ids),
        rows: &mut Vec<QuestionRow>,
    ) -> Vec<Drawn> {
        let mut wanted = Wanted {
            without: wish.without.to_vec(),
            ..Wanted::default()
        };
        let mut ours = std::mem::take(&mut self.ours).into_iter();
        let mut drawn = Vec::new();
        for kind in wish.kinds {
            let about = *kind == Some(QuestionKind::Book);
            if let Some(row) = about.then(|| ours.next()).flatten() {
                wanted.without.push(row.question.id);
                rows.push(QuestionRow {
                    why: "written for this book".to_owned(),
                    ..row
                });
                continue;
            }
            wanted.kind = *kind;
            let fits = |one: &Candidate<'_>| {
                one.kind != QuestionKind::Book
                    || (suits(one.theme, self.book.genre) && !self.named.contains(&one.id))
            };
            let fitting = candidates.clone().into_iter().filter(fits);
            if let Some(next) = draw(fitting, &wanted, past, ids) {
                wanted.without.push(next.id);
                drawn.push(next);
            }
        }
        drawn
    }
}

fn asked(read: &dyn Read, circle: CircleId, question: QuestionId) -> Result<Option<Asked>> {
    let Some(stored) = read.get(&Key::circle(circle, Kind::Asked, question.0))? else {
        return Ok(None);
    };
    Ok(match working_set::document(&stored)? {
        Document::Asked(asked) => Some(asked),
        _ => None,
    })
}
