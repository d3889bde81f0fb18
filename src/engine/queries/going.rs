//! What would go with people who are erased: the plan of the erase, counted.

use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, MemberId, Space};
use crate::domain::merging::mentions;
use crate::engine::erase::{self, EraseTarget};
use crate::engine::query::{Answer, Going};
use crate::engine::working_set;
use crate::store::{Read, Result};

/// Counts what goes and what stays.
pub(super) fn going(
    read: &dyn Read,
    people: &[(CircleId, MemberId)],
    now: Moment,
) -> Result<Answer> {
    let plan = erase::plan(read, &EraseTarget::People(people.to_vec()), now)?;
    let gone = |kind| plan.remove.iter().filter(|key| key.kind == kind).count();
    let mut going = Going {
        answers: gone(Kind::Note),
        books: gone(Kind::Reader),
        filters: gone(Kind::Filter),
        ..Going::default()
    };
    for (circle, member) in people {
        for kind in [Kind::Action, Kind::Note, Kind::Parked, Kind::Session] {
            working_set::each(read, Space::Circle(*circle), kind, None, &mut |row| {
                if mentions(&row.value()?, *member) && !plan.remove.contains(&row.key) {
                    count(&working_set::document(&row)?, *member, &mut going);
                }
                Ok(())
            })?;
        }
    }
    working_set::each(read, Space::Org, Kind::Question, None, &mut |row| {
        let body = row.value()?;
        let wrote = |(_, member): &(CircleId, MemberId)| mentions(&body, *member);
        going.rows += usize::from(people.iter().any(wrote));
        Ok(())
    })?;
    Ok(Answer::Going(going))
}

/// Counts a document that names somebody, unless all that names them is who had the floor.
fn count(document: &Document, member: MemberId, going: &mut Going) {
    match document {
        Document::Action(action) => {
            let theirs = action.owner_id() == Some(member) || action.partner == Some(member);
            going.actions += usize::from(theirs);
        }
        Document::Note(note) => going.rows += usize::from(note.raised_by == Some(member)),
        Document::Parked(parked) => going.rows += usize::from(parked.raised_by == Some(member)),
        Document::Session(_) => going.sessions += 1,
        _ => {}
    }
}
