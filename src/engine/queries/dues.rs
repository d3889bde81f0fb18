//! How many open actions somebody has, and when they are due: read from the list by owner alone.

use crate::domain::id::{CircleId, Space};
use crate::domain::index::{IndexName, date_of};
use crate::domain::item::Owner;
use crate::engine::queries::actions::owner_value;
use crate::engine::query::{Answer, Dues};
use crate::store::{IndexQuery, Read, Result};

/// Rows of the list that are read at once.
const PAGE: usize = 1_000;

pub(super) fn count(read: &dyn Read, circle: CircleId, owner: Owner) -> Result<Answer> {
    let owner = owner_value(owner);
    let mut query = IndexQuery::prefix(Space::Circle(circle), IndexName::ActionOwner, &owner, PAGE);
    let mut dues = Dues::default();
    loop {
        let rows = read.index(&query)?;
        for row in &rows {
            let due = row.value.get(owner.len()..).unwrap_or_default();
            match (date_of(due), due.first()) {
                (Some(day), _) => *dues.days.entry(day).or_default() += 1,
                (None, Some(2)) => dues.next_session += 1,
                (None, _) => dues.undated += 1,
            }
        }
        if rows.len() < PAGE {
            return Ok(Answer::Dues(dues));
        }
        query.after = rows.into_iter().next_back();
    }
}
