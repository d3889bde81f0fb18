//! The working set: the documents that screens and decisions read, in memory.
//!
//! Not everything is here: the bank, past sessions and closed items are fetched when they are asked
//! for. Whoever decides something about a document makes sure first that it is loaded.

use std::collections::BTreeMap;

use crate::domain::book::poll::Poll;
use crate::domain::book::reader::Reader;
use crate::domain::book::{Book, BookState};
use crate::domain::change::{Act, Change, Rev};
use crate::domain::circle::{Circle, Counter};
use crate::domain::clock::Moment;
use crate::domain::document::{BadDocument, Document};
use crate::domain::filter::Filter;
use crate::domain::id::{
    ActionId, BookId, CircleId, GroupsId, Key, Kind, MemberId, PollId, SessionId, Space,
};
use crate::domain::item::{Action, Decision, Due, Note, Parked};
use crate::domain::live::Live;
use crate::domain::pairing::Groups;
use crate::domain::roster::Member;
use crate::domain::rotation::Rotation;
use crate::domain::session::Session;
use crate::domain::state::loaded::Loaded;
use crate::domain::text::fold;

mod loaded;
mod sessions;
#[cfg(test)]
mod tests;

/// Documents by key, and the revision of each space they belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    docs: Loaded,
    revs: BTreeMap<Space, Rev>,
    rev: u64,
}

impl State {
    /// A number that changes whenever anything here does.
    pub const fn rev(&self) -> u64 {
        self.rev
    }

    /// The revision of a space.
    pub fn space_rev(&self, space: Space) -> Rev {
        self.revs.get(&space).copied().unwrap_or(0)
    }

    /// One document.
    pub fn get(&self, key: &Key) -> Option<&Document> {
        self.docs.get(key)
    }

    /// All documents of one kind in one space, in the order of their ids, which is the order in which
    /// they were made.
    pub fn scan(&self, space: Space, kind: Kind) -> impl Iterator<Item = (&Key, &Document)> {
        let from = Key::new(space, kind, uuid::Uuid::nil());
        let to = Key::new(space, kind, uuid::Uuid::max());
        self.docs.range(from..=to)
    }

    /// Every document that is loaded.
    pub fn documents(&self) -> impl Iterator<Item = (&Key, &Document)> {
        self.docs.all()
    }

    /// Every document that is loaded and of a kind that is wanted.
    pub fn of_kinds(
        &self,
        wanted: impl Fn(Kind) -> bool,
    ) -> impl Iterator<Item = (&Key, &Document)> {
        self.docs.of_kinds(wanted)
    }

    /// Puts a document here that was fetched from the store; an act is not involved.
    pub fn load(&mut self, key: Key, document: Document) {
        self.docs.insert(key, document);
        self.rev += 1;
    }

    /// Lets a document go that is not needed in memory any more.
    pub fn unload(&mut self, key: &Key) {
        if self.docs.remove(key) {
            self.rev += 1;
        }
    }

    /// Applies what an act changed.
    ///
    /// # Errors
    /// When a body cannot be read; the documents before it are applied.
    pub fn apply(&mut self, act: &Act) -> Result<(), BadDocument> {
        for (space, rev) in &act.revs {
            self.revs.insert(*space, *rev);
        }
        self.apply_changes(&act.changes)
    }

    /// Applies changes that have no act yet, to show them at once.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    pub fn apply_changes(&mut self, changes: &[Change]) -> Result<(), BadDocument> {
        self.rev += 1;
        for change in changes {
            match &change.after {
                Some(body) => {
                    self.docs
                        .insert(change.key, Document::from_body(&change.key, body)?);
                }
                None => {
                    self.docs.remove(&change.key);
                }
            }
        }
        Ok(())
    }

    /// Notes the revision of a space, as told by the store.
    pub fn set_space_rev(&mut self, space: Space, rev: Rev) {
        self.revs.insert(space, rev);
    }
}

macro_rules! one {
    ($(#[$doc:meta])* $name:ident, $kind:ident, $id:ty) => {
        $(#[$doc])*
        pub fn $name(&self, circle: CircleId, id: $id) -> Option<&$kind> {
            match self.docs.get(&Key::circle(circle, Kind::$kind, id.0))? {
                Document::$kind(value) => Some(value),
                _ => None,
            }
        }
    };
}

macro_rules! many {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        pub fn $name(&self, circle: CircleId) -> impl DoubleEndedIterator<Item = &$kind> {
            let from = Key::circle(circle, Kind::$kind, uuid::Uuid::nil());
            let to = Key::circle(circle, Kind::$kind, uuid::Uuid::max());
            self.docs.range(from..=to).filter_map(|(_, document)| match document {
                Document::$kind(value) => Some(value),
                _ => None,
            })
        }
    };
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a lookup by kind asks for one shape; every other shape is simply not it"
)]
impl State {
    one!(
        /// A member of a circle.
        member, Member, MemberId
    );
    one!(
        /// A session of a circle, if it is loaded.
        session, Session, SessionId
    );
    one!(
        /// The state of a running session.
        live, Live, SessionId
    );
    one!(
        /// An action, if it is loaded.
        action, Action, ActionId
    );
    one!(
        /// A break-out into groups, if it is loaded.
        break_out, Groups, GroupsId
    );
    one!(
        /// A book, if it is loaded.
        book, Book, BookId
    );
    one!(
        /// A vote on the next book, if it is loaded.
        vote, Poll, PollId
    );
    many!(
        /// The books that are loaded: proposed, being read, and those of this run.
        books, Book
    );
    many!(
        /// The votes that are loaded: the one that is open, and those of this run.
        votes, Poll
    );
    many!(
        /// How far people are in the books that are being read, in no order that means anything.
        readers, Reader
    );
    many!(
        /// Everybody who is or was in a circle, in the order in which they came.
        everyone, Member
    );
    many!(
        /// The sessions that are loaded: planned, running, and those of this run.
        sessions, Session
    );
    many!(
        /// The actions that are loaded, trashed ones too.
        actions, Action
    );
    many!(
        /// The decisions that are loaded.
        decisions, Decision
    );
    many!(
        /// The notes that are loaded.
        notes, Note
    );
    many!(
        /// The parked items that are loaded.
        parked, Parked
    );
    many!(
        /// The break-outs of a circle over its life, the latest last.
        break_outs, Groups
    );

    /// The circle with this id, if it is loaded.
    pub fn circle(&self, id: CircleId) -> Option<&Circle> {
        match self.docs.get(&Key::circle(id, Kind::Circle, id.0))? {
            Document::Circle(circle) => Some(circle),
            _ => None,
        }
    }

    /// All circles in the order in which they were made, archived ones too.
    pub fn circles(&self) -> impl Iterator<Item = &Circle> {
        self.docs.circles().filter_map(|document| match document {
            Document::Circle(circle) => Some(circle),
            _ => None,
        })
    }

    /// How far somebody is in a book; `None` when they have said nothing, or it is not loaded.
    pub fn reader(&self, circle: CircleId, book: BookId, member: MemberId) -> Option<&Reader> {
        let id = Reader::id_of(book, member);
        match self.docs.get(&Key::circle(circle, Kind::Reader, id.0))? {
            Document::Reader(reader) => Some(reader),
            _ => None,
        }
    }

    /// The filters that were given a name, by that name.
    pub fn filters(&self) -> Vec<&Filter> {
        let all = self.scan(Space::Org, Kind::Filter);
        let mut filters: Vec<&Filter> = all
            .filter_map(|(_, document)| match document {
                Document::Filter(filter) => Some(filter),
                _ => None,
            })
            .collect();
        filters.sort_by_key(|filter| fold(&filter.name));
        filters
    }

    /// Who held which seat in a circle.
    pub fn rotation(&self, circle: CircleId) -> Rotation {
        match self.docs.get(&rotation_key(circle)) {
            Some(Document::Rotation(rotation)) => rotation.clone(),
            _ => Rotation::default(),
        }
    }

    /// The numbers given out so far in a space.
    pub fn counter(&self, space: Space) -> Counter {
        match self.docs.get(&counter_key(space)) {
            Some(Document::Counter(counter)) => counter.clone(),
            _ => Counter::default(),
        }
    }
}

/// Where a circle keeps who held which seat.
pub const fn rotation_key(circle: CircleId) -> Key {
    Key::circle(circle, Kind::Rotation, circle.0)
}

/// Where a space keeps the numbers it has given out.
pub const fn counter_key(space: Space) -> Key {
    let id = match space {
        Space::Circle(id) => id.0,
        Space::Org => uuid::Uuid::nil(),
    };
    Key::new(space, Kind::Counter, id)
}

impl State {
    /// The members who have not left, by label.
    pub fn members(&self, circle: CircleId) -> Vec<&Member> {
        let mut members: Vec<&Member> = self
            .everyone(circle)
            .filter(|member| member.left.is_none())
            .collect();
        members.sort_by_key(|member| (member.label, member.id));
        members
    }

    /// The book that a circle reads: the one begun last, should two stores have brought one each.
    pub fn reading(&self, circle: CircleId) -> Option<&Book> {
        self.books(circle)
            .filter(|book| book.state == BookState::Reading && book.trashed.is_none())
            .max_by_key(|book| (book.reading.as_ref().map(|plan| plan.from), book.number))
    }

    /// Books that somebody proposed and that wait to be chosen, in the order of their numbers.
    pub fn proposed(&self, circle: CircleId) -> Vec<&Book> {
        let mut books: Vec<&Book> = self
            .books(circle)
            .filter(|book| book.state == BookState::Proposed && book.trashed.is_none())
            .collect();
        books.sort_by_key(|book| book.number);
        books
    }

    /// The vote on the next book that is open: the latest, should two stores have brought one each.
    pub fn poll(&self, circle: CircleId) -> Option<&Poll> {
        self.votes(circle)
            .filter(|poll| poll.closed.is_none())
            .max_by_key(|poll| (poll.opened, poll.id))
    }

    /// Open actions that are not in the trash, soonest due first, undated last.
    pub fn open_actions(&self, circle: CircleId, now: Moment) -> Vec<&Action> {
        let mut actions: Vec<&Action> = self
            .actions(circle)
            .filter(|action| action.state.is_open() && action.trashed.is_none())
            .collect();
        actions.sort_by_key(|action| {
            let due = self.due_at(circle, action.due, now);
            (due.is_none(), due, action.number)
        });
        actions
    }

    /// The instant that stands for a due date when rows are put in order: noon UTC of a day, the start
    /// of the next session.
    pub fn due_at(&self, circle: CircleId, due: Due, now: Moment) -> Option<Moment> {
        match due {
            Due::None => None,
            Due::On(day) => day
                .and_hms_opt(12, 0, 0)
                .map(|noon| Moment::from_local(noon, chrono_tz::UTC)),
            Due::NextSession => self.next_session(circle, now).map(|session| session.start),
        }
    }
}
