//! Lists of actions, across circles, in the order of their dates.

mod pages;

use crate::domain::clock::{Moment, Span};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::index::{
    IndexName, OWNER_ALL, OWNER_NOBODY, date_value, moment_value, owner_member,
};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::session::SessionState;
use crate::domain::text::fold;
use crate::engine::query::{ActionFilter, Answer, Row};
use crate::engine::working_set;
use crate::store::{IndexQuery, IndexRow, Read, Result, Stored};

/// Where a page begins.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    /// Behind so many rows.
    pub(super) skip: usize,
    /// Behind this one; of one circle only.
    pub(super) after: Option<&'a Row>,
}

/// Lists actions: open ones by date due, then closed ones, newest first.
pub(super) fn list(
    read: &dyn Read,
    (filter, now): (&ActionFilter, Moment),
    from: From<'_>,
    limit: usize,
) -> Result<Answer> {
    if let Some(circle) = filter.circle {
        return pages::of_circle(read, (circle, filter, now), from, limit);
    }
    let circles = circles(read)?;
    let want = Picking::new((filter, now), from.skip, limit);
    // The rows of the next session stand behind all dates in their list and may come before them, so
    // lists are read whole; they hold keys alone.
    let mut listed: Vec<(Vec<u8>, IndexRow)> = Vec::new();
    if filter.open != Some(false) {
        let mut open = Vec::new();
        for circle in &circles {
            let next = next_session(read, *circle, now)?;
            for row in read.index(&open_rows(*circle, filter, usize::MAX))? {
                open.push((open_order(&row, filter, next), row));
            }
        }
        open.sort();
        listed.extend(open);
    }
    if filter.open != Some(true) {
        let mut closed = Vec::new();
        for circle in &circles {
            let query = IndexQuery {
                backwards: true,
                ..IndexQuery::all(Space::Circle(*circle), IndexName::ActionClosed, usize::MAX)
            };
            closed.extend(read.index(&query)?);
        }
        closed.sort_by(|one, other| other.value.cmp(&one.value));
        listed.extend(closed.into_iter().map(|row| (Vec::new(), row)));
    }
    want.pick(read, listed.into_iter().map(|(_, row)| row))
}

fn circles(read: &dyn Read) -> Result<Vec<CircleId>> {
    let spaces = read.spaces()?;
    Ok(spaces
        .into_iter()
        .filter_map(|space| match space {
            Space::Circle(circle) => Some(circle),
            Space::Org => None,
        })
        .collect())
}

/// When the next session of a circle starts.
fn next_session(read: &dyn Read, circle: CircleId, now: Moment) -> Result<Option<Moment>> {
    let latest = IndexQuery {
        backwards: true,
        ..IndexQuery::all(Space::Circle(circle), IndexName::SessionStart, 100)
    };
    let mut next: Option<Moment> = None;
    for row in read.index(&latest)? {
        let Some(stored) = read.get(&row.key)? else {
            continue;
        };
        if let Document::Session(session) = working_set::document(&stored)?
            && session.state == SessionState::Planned
            && !session.was_missed(now)
        {
            next = Some(next.map_or(session.start, |at| at.min(session.start)));
        }
    }
    Ok(next)
}

/// The first bytes of a list by owner.
pub(super) fn owner_value(owner: Owner) -> Vec<u8> {
    match owner {
        Owner::Nobody => vec![OWNER_NOBODY],
        Owner::All => vec![OWNER_ALL],
        Owner::Member(member) => owner_member(member),
    }
}

fn open_rows(circle: CircleId, filter: &ActionFilter, rows: usize) -> IndexQuery {
    let space = Space::Circle(circle);
    match filter.owner {
        Some(owner) => IndexQuery::prefix(space, IndexName::ActionOwner, &owner_value(owner), rows),
        None => IndexQuery::all(space, IndexName::ActionOpen, rows),
    }
}

/// What stands for the date of an open action when rows of several circles are put in order: the day,
/// or the start of the next session, or the end of time.
fn open_order(row: &IndexRow, filter: &ActionFilter, next: Option<Moment>) -> Vec<u8> {
    let prefix = filter.owner.map_or(0, |owner| owner_value(owner).len());
    let due = row.value.get(prefix..).unwrap_or_default();
    match (due.first(), next) {
        (Some(1), _) => due.to_vec(),
        (Some(2), Some(start)) => {
            // A day counts as its noon; a session before noon comes before the actions of its day.
            session_value(start)
        }
        (Some(_) | None, _) => vec![u8::MAX],
    }
}

/// Where an action that is due at a session stands among those that are due on a day.
fn session_value(start: Moment) -> Vec<u8> {
    let half = Span::from_minutes(12 * 60);
    let mut value = date_value((start - half).date(chrono_tz::UTC));
    value.extend(moment_value(start));
    value
}

/// Takes a page out of a list.
struct Picking<'a> {
    filter: &'a ActionFilter,
    now: Moment,
    tag: Option<String>,
    skip: usize,
    limit: usize,
}

impl<'a> Picking<'a> {
    fn new((filter, now): (&'a ActionFilter, Moment), skip: usize, limit: usize) -> Self {
        let tag = filter.tag.as_deref().map(fold);
        Self {
            filter,
            now,
            tag,
            skip,
            limit,
        }
    }

    /// Whether standing in the list of open actions, or of those of one owner, is enough to be told.
    const fn is_told_by_list(&self) -> bool {
        let closed = !matches!(self.filter.open, Some(true));
        let narrowed = self.filter.owner.is_some() || self.filter.until.is_some();
        self.tag.is_none() && !(closed && narrowed)
    }

    fn fits(&self, action: &Action, next: Option<Moment>) -> bool {
        let until = self.filter.until.is_none_or(|until| match action.due {
            Due::None => false,
            Due::On(day) => day <= until,
            Due::NextSession => self.filter.has_session(next),
        });
        let owner = self.filter.owner.is_none_or(|owner| owner == action.owner);
        let tag = self
            .tag
            .as_ref()
            .is_none_or(|tag| action.tags.iter().any(|found| fold(found) == *tag));
        until && owner && tag
    }

    fn pick(&self, read: &dyn Read, listed: impl Iterator<Item = IndexRow>) -> Result<Answer> {
        let reads_all =
            self.filter.until.is_some() || self.tag.is_some() || self.filter.owner.is_some();
        let (mut rows, mut skipped) = (Vec::new(), 0);
        let mut next = std::collections::BTreeMap::new();
        for row in listed {
            if !reads_all && skipped < self.skip {
                skipped += 1;
                continue;
            }
            let Some(stored) = read.get(&row.key)? else {
                continue;
            };
            if let Space::Circle(circle) = row.key.space
                && reads_all
            {
                let next = match next.get(&circle) {
                    Some(next) => *next,
                    None => *next
                        .entry(circle)
                        .or_insert(next_session(read, circle, self.now)?),
                };
                if !self.takes(&stored, next)? {
                    continue;
                }
                if skipped < self.skip {
                    skipped += 1;
                    continue;
                }
            }
            if rows.len() == self.limit {
                return Ok(Answer::Rows { rows, more: true });
            }
            rows.push(stored.into());
        }
        Ok(Answer::Rows { rows, more: false })
    }

    fn takes(&self, stored: &Stored, next: Option<Moment>) -> Result<bool> {
        debug_assert_eq!(stored.key.kind, Kind::Action);
        Ok(match working_set::document(stored)? {
            Document::Action(action) => self.fits(&action, next),
            _ => false,
        })
    }
}
