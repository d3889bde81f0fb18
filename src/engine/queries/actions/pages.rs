//! Actions of one circle, a page at a time: the lists of the store are read from where the last page ended and no
//! further than needed, so that a page costs the same wherever it is.

use chrono::Days;

use super::{From, Picking, next_session, owner_value, session_value};
use crate::domain::clock::Moment;
use crate::domain::id::{CircleId, Space};
use crate::domain::index::{IndexName, date_value, index_of};
use crate::engine::query::{ActionFilter, Answer, Row};
use crate::store::{IndexQuery, IndexRow, Read, Result, Stored};

/// Rows of a list that are read at once.
const CHUNK: usize = 256;

/// A page of the actions of one circle.
pub(super) fn of_circle(
    read: &dyn Read,
    (circle, filter, now): (CircleId, &ActionFilter, Moment),
    from: From<'_>,
    limit: usize,
) -> Result<Answer> {
    let next = next_session(read, circle, now)?;
    let want = Picking::new((filter, now), from.skip, limit);
    let mut page = Page {
        rows: Vec::new(),
        skipped: 0,
    };
    for part in behind(parts(circle, filter, next), from.after) {
        let mut part = part;
        if want.is_told_by_list() && page.skips(read, &want, &mut part)? {
            continue;
        }
        part.limit = (limit + 1 - page.rows.len().min(limit)).min(CHUNK);
        loop {
            let mut last = None;
            for (row, stored) in read.listed(&part)? {
                if page.takes(&want, stored, next)? {
                    return Ok(page.answer(true));
                }
                last = Some(row);
            }
            if last.is_none() {
                break;
            }
            part.limit = CHUNK;
            part.after = last;
        }
    }
    Ok(page.answer(false))
}

struct Page {
    rows: Vec<Row>,
    skipped: usize,
}

impl Page {
    fn answer(self, more: bool) -> Answer {
        let rows = self.rows;
        Answer::Rows { rows, more }
    }

    /// Passes over rows at the beginning without reading their documents. Whether the part ended before the page
    /// begins.
    fn skips(
        &mut self,
        read: &dyn Read,
        want: &Picking<'_>,
        part: &mut IndexQuery,
    ) -> Result<bool> {
        while self.skipped < want.skip {
            part.limit = (want.skip - self.skipped).min(CHUNK);
            let mut found = read.index(part)?;
            self.skipped += found.len();
            part.after = found.pop();
            if part.after.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes a row of a list if it fits. `true` when it fits and the page is full.
    fn takes(&mut self, want: &Picking<'_>, stored: Stored, next: Option<Moment>) -> Result<bool> {
        // The list by owner has nobody else, and what is due later was left out with its part.
        if !want.is_told_by_list() {
            if !want.takes(&stored, next)? {
                return Ok(false);
            }
            if self.skipped < want.skip {
                self.skipped += 1;
                return Ok(false);
            }
        }
        if self.rows.len() == want.limit {
            return Ok(true);
        }
        self.rows.push(stored.into());
        Ok(false)
    }
}

/// The parts of the lists that hold what is asked for, in the order in which it is told: what is due at the next
/// session stands where that session does.
fn parts(circle: CircleId, filter: &ActionFilter, next: Option<Moment>) -> Vec<IndexQuery> {
    let space = Space::Circle(circle);
    let mut parts = Vec::new();
    if filter.open != Some(false) {
        let (name, owner) = match filter.owner {
            Some(owner) => (IndexName::ActionOwner, owner_value(owner)),
            None => (IndexName::ActionOpen, Vec::new()),
        };
        let all = IndexQuery::prefix(space, name, &owner, CHUNK);
        let value = |due: &[u8]| [owner.as_slice(), due].concat();
        let part = |from: &[u8], until: &[u8]| IndexQuery {
            from: value(from),
            until: Some(value(until)),
            ..all.clone()
        };
        let day_after = |day: chrono::NaiveDate| day.checked_add_days(Days::new(1));
        let dated = filter.until.and_then(day_after).map_or(vec![2], date_value);
        if let Some(start) = next {
            let place = session_value(start);
            let soon = filter.until.is_none() || filter.has_session(next);
            parts.push(part(&[1], place.as_slice().min(&dated)));
            if soon {
                parts.push(part(&[2], &[3]));
            }
            if place < dated {
                parts.push(part(&place, &dated));
            }
        } else {
            parts.push(part(&[1], &dated));
        }
        if filter.until.is_none() {
            let first = if next.is_some() { 3 } else { 2 };
            parts.push(IndexQuery {
                from: value(&[first]),
                ..all.clone()
            });
        }
    }
    if filter.open != Some(true) {
        parts.push(IndexQuery {
            backwards: true,
            ..IndexQuery::all(space, IndexName::ActionClosed, CHUNK)
        });
    }
    parts
}

/// What is left of the parts behind a row.
fn behind(parts: Vec<IndexQuery>, after: Option<&Row>) -> Vec<IndexQuery> {
    let Some(row) = after else {
        return parts;
    };
    // What is no JSON stands in no list.
    let values = row
        .body
        .value()
        .map_or_else(|_no_json| Vec::new(), |body| index_of(&row.key, &body));
    let place = |part: &IndexQuery| {
        let (_, value) = values.iter().find(|(name, _)| *name == part.name)?;
        let inside = *value >= part.from && part.until.as_ref().is_none_or(|end| value < end);
        inside.then(|| IndexRow {
            value: value.clone(),
            key: row.key,
        })
    };
    let mut parts = parts.into_iter();
    let Some(mut first) = parts.by_ref().find(|part| place(part).is_some()) else {
        return Vec::new();
    };
    first.after = place(&first);
    std::iter::once(first).chain(parts).collect()
}
