//! Actions that come from elsewhere: what a file says, and which of it is new here.
//!
//! A row is known by its uid, else by its id in the program that it comes from, else by its words, owner and
//! date. A known row is never written a second time. Where it is asked for, what the file knows better about
//! it is taken over: that it is done, what is left, its date, its note. Never who it belongs to.

mod known;
mod resolve;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{ActionId, CircleId, MemberId};
use crate::domain::item::{Action, ActionState, Due, Owner};
use crate::domain::state::State;
use crate::domain::text::Clean;

use crate::domain::intake::known::{Found, Known};
use crate::domain::intake::resolve::resolve;

/// An action as a file says it; nobody is looked up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The line, from 1.
    pub line: usize,
    /// circlet's own id.
    pub uid: Option<ActionId>,
    /// Its id in the other program.
    pub foreign: Option<Clean>,
    /// The circle or project that it names.
    pub circle: Option<Clean>,
    /// What is to be done.
    pub text: Clean,
    /// Names of those who see to it; the first that is known becomes the owner.
    pub owners: Vec<Clean>,
    /// The member who sees to it, where the file knows them by id.
    pub owner_id: Option<MemberId>,
    /// Until when.
    pub due: Due,
    /// What has become of it.
    pub state: ActionState,
    /// What is left, when it is partly done.
    pub progress: Option<Clean>,
    /// What somebody wrote beside it.
    pub note: Option<Clean>,
    /// 0 to 3.
    pub priority: u8,
    /// Without `#`.
    pub tags: Vec<Clean>,
    /// When it was written down.
    pub created: Option<Moment>,
    /// When it was done or let go.
    pub closed: Option<Moment>,
    /// When it was changed last, as far as the file says.
    pub changed: Option<Moment>,
}

impl Said {
    /// An open action of nobody, with no date.
    pub const fn new(line: usize, text: Clean) -> Self {
        Self {
            line,
            uid: None,
            foreign: None,
            circle: None,
            text,
            owners: Vec::new(),
            owner_id: None,
            due: Due::None,
            state: ActionState::Open,
            progress: None,
            note: None,
            priority: 0,
            tags: Vec::new(),
            created: None,
            closed: None,
            changed: None,
        }
    }

    /// Whether the file leaves open who sees to it.
    const fn names_nobody(&self) -> bool {
        self.owners.is_empty() && self.owner_id.is_none()
    }
}

/// An action that would be written, with everybody looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Where.
    pub circle: CircleId,
    /// Which action here is brought up to date; none is a new one.
    #[serde(default)]
    pub known: Option<ActionId>,
    /// The id that it has already.
    #[serde(default)]
    pub uid: Option<ActionId>,
    /// Its id in the other program.
    #[serde(default)]
    pub foreign: Option<Clean>,
    /// What is to be done.
    pub text: Clean,
    /// Who sees to it.
    pub owner: Owner,
    /// Until when.
    pub due: Due,
    /// What has become of it.
    pub state: ActionState,
    /// What is left, when it is partly done.
    #[serde(default)]
    pub progress: Option<Clean>,
    /// What somebody wrote beside it.
    #[serde(default)]
    pub note: Option<Clean>,
    /// 0 to 3.
    #[serde(default)]
    pub priority: u8,
    /// Without `#`.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// When it was written down.
    #[serde(default)]
    pub created: Option<Moment>,
    /// When it was done or let go.
    #[serde(default)]
    pub closed: Option<Moment>,
    /// When it was changed last, as far as the file says.
    #[serde(default)]
    pub changed: Option<Moment>,
}

impl Row {
    /// A new open action of nobody, with no date.
    pub const fn new(circle: CircleId, text: Clean) -> Self {
        Self {
            circle,
            known: None,
            uid: None,
            foreign: None,
            text,
            owner: Owner::Nobody,
            due: Due::None,
            state: ActionState::Open,
            progress: None,
            note: None,
            priority: 0,
            tags: Vec::new(),
            created: None,
            closed: None,
            changed: None,
        }
    }

    /// Whether taking it over would change an action that is here. What the file leaves out stays as it is,
    /// and what is closed here opens only for a change that is later.
    pub fn changes(&self, held: &Action, due: Due) -> bool {
        if held.trashed.is_some() || held.owner != self.owner {
            return false;
        }
        let told = self.changed.or(self.closed);
        if let Some(closed) = held.closed {
            let later = told.is_some_and(|told| told > closed);
            return later && self.differs(held, due);
        }
        self.differs(held, due)
    }

    fn differs(&self, held: &Action, due: Due) -> bool {
        let state = match (self.state.is_open(), held.state.is_open()) {
            (true, true) => {
                self.state == ActionState::Partly
                    && self.progress.is_some()
                    && self.progress != held.progress
            }
            (false, false) => false,
            (true, false) | (false, true) => true,
        };
        let note = self.note.is_some() && self.note != held.note;
        state || note || (self.state.is_open() && due != Due::None && due != held.due)
    }
}

/// What the rows are held against.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The circles and their people.
    pub state: &'a State,
    /// When the file is read.
    pub now: Moment,
    /// Where people read clocks.
    pub zone: Zone,
    /// The circle of rows that name none that is here.
    pub circle: CircleId,
    /// Whose file it is: rows without an owner are theirs, and of known rows only theirs are looked at.
    pub owner: Option<MemberId>,
    /// Who `me` is.
    pub me: Option<MemberId>,
    /// Every action of every circle, closed ones too.
    pub here: &'a [(CircleId, Action)],
}

/// What a file would bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// What is not here yet.
    pub new: Vec<Row>,
    /// What is here and could be brought up to date.
    pub newer: Vec<Row>,
    /// How many are here already and have nothing new to say.
    pub known: usize,
    /// How many belong to somebody else than the file, so that they are left alone.
    pub others: usize,
    /// Names that nobody here has, or that several have, with their line; they stay in the words.
    pub unknown: Vec<(usize, Clean)>,
}

impl Intake {
    /// Sorts the rows of a file.
    pub fn of(said: &[Said], setting: Setting<'_>) -> Self {
        let mut known = Known::of(setting);
        let mut intake = Self::default();
        for said in said {
            let (mut row, strangers) = resolve(said, setting);
            let (circle, held) = match known.find(&row) {
                Found::Held(circle, held) => (circle, held),
                Found::Again => {
                    intake.known += 1;
                    continue;
                }
                Found::New => {
                    known.add(&row);
                    let named = strangers.into_iter().map(|name| (said.line, name));
                    intake.unknown.extend(named);
                    intake.new.push(row);
                    continue;
                }
            };
            if said.names_nobody() && setting.owner.is_none() {
                row.owner = held.owner;
            }
            let theirs = setting
                .owner
                .is_none_or(|id| held.owner == Owner::Member(id));
            let due = known.due(circle, held, row.due);
            if theirs && row.changes(held, due) {
                row.circle = circle;
                row.known = Some(held.id);
                row.due = due;
                intake.newer.push(row);
            } else if row.owner == held.owner && theirs {
                intake.known += 1;
            } else {
                intake.others += 1;
            }
        }
        intake
    }

    /// `3 new, 2 here already, 1 to bring up to date`, for a preview.
    pub fn words(&self, replace: bool) -> String {
        // Writing to a String cannot fail.
        let mut words = format!("{} new, {} here already", self.new.len(), self.known);
        match (self.newer.len(), replace) {
            (0, _) => {}
            (count, true) => {
                let _ = write!(words, ", {count} to bring up to date");
            }
            (count, false) => {
                let _ = write!(words, ", {count} different that stay as they are here");
            }
        }
        if self.others > 0 {
            let _ = write!(words, ", {} of somebody else left alone", self.others);
        }
        words
    }

    /// The rows to write: what is new, and with `replace` what is brought up to date.
    pub fn rows(&self, replace: bool) -> Vec<Row> {
        let newer = if replace { self.newer.as_slice() } else { &[] };
        self.new.iter().chain(newer).cloned().collect()
    }
}
