//! Finding a row again: among the actions that are here, and among the rows of the same file.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::id::{ActionId, CircleId};
use crate::domain::intake::{Row, Setting};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::text::fold;

/// What makes two rows without a common id the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Same {
    circle: CircleId,
    words: String,
    owner: Owner,
    day: Option<NaiveDate>,
}

/// What a row is.
pub(super) enum Found<'a> {
    /// Nothing that is known.
    New,
    /// What an earlier row of the file says already.
    Again,
    /// This action.
    Held(CircleId, &'a Action),
}

/// Everything that is known, by what it can be known by.
pub(super) struct Known<'a> {
    setting: Setting<'a>,
    by_uid: HashMap<ActionId, usize>,
    by_foreign: HashMap<(CircleId, &'a str), usize>,
    by_words: HashMap<Same, usize>,
    uids: HashSet<ActionId>,
    foreign: HashSet<(CircleId, String)>,
    words: HashSet<Same>,
}

impl<'a> Known<'a> {
    pub(super) fn of(setting: Setting<'a>) -> Self {
        let mut known = Self {
            setting,
            by_uid: HashMap::new(),
            by_foreign: HashMap::new(),
            by_words: HashMap::new(),
            uids: HashSet::new(),
            foreign: HashSet::new(),
            words: HashSet::new(),
        };
        for (place, (circle, held)) in setting.here.iter().enumerate() {
            known.by_uid.insert(held.id, place);
            if let Some(foreign) = &held.foreign {
                known.by_foreign.insert((*circle, foreign.as_str()), place);
            }
            let same = known.same(*circle, &held.text, held.owner, held.due);
            // An open one says best what such a row is about.
            if held.closed.is_none() || !known.by_words.contains_key(&same) {
                known.by_words.insert(same, place);
            }
        }
        known
    }

    pub(super) fn find(&self, row: &Row) -> Found<'a> {
        let held = |place: &usize| match self.setting.here.get(*place) {
            Some((circle, action)) => Found::Held(*circle, action),
            None => Found::New,
        };
        if let Some(uid) = row.uid {
            if let Some(place) = self.by_uid.get(&uid) {
                return held(place);
            }
            if self.uids.contains(&uid) {
                return Found::Again;
            }
        } else if let Some(foreign) = &row.foreign {
            if let Some(place) = self.by_foreign.get(&(row.circle, foreign.as_str())) {
                return held(place);
            }
            if self.foreign.contains(&(row.circle, foreign.to_string())) {
                return Found::Again;
            }
        }
        let same = self.same(row.circle, &row.text, row.owner, row.due);
        let mut said_here = self.by_words.get(&same).into_iter();
        if let Some(place) = said_here.find(|place| self.is_about(row, **place)) {
            return held(place);
        }
        // Two rows of one file that have ids of their own are two, whatever they say.
        let own = row.uid.is_some() || row.foreign.is_some();
        if !own && self.words.contains(&same) {
            Found::Again
        } else {
            Found::New
        }
    }

    /// Whether a row that says the same as an action may be that action. What was closed here and is to be done
    /// once more is another one, unless it has the same date or was written down before the other was closed.
    fn is_about(&self, row: &Row, place: usize) -> bool {
        let closed = self
            .setting
            .here
            .get(place)
            .and_then(|(_, held)| held.closed);
        let Some(closed) = closed.filter(|_| row.state.is_open()) else {
            return true;
        };
        row.due != Due::None || row.created.is_some_and(|created| created <= closed)
    }

    /// Remembers a row of the file.
    pub(super) fn add(&mut self, row: &Row) {
        self.uids.extend(row.uid);
        let foreign = row.foreign.as_ref();
        self.foreign
            .extend(foreign.map(|id| (row.circle, id.to_string())));
        let same = self.same(row.circle, &row.text, row.owner, row.due);
        self.words.insert(same);
    }

    /// The date that a file gives to an action: the day of the next session is the next session, where the
    /// action is due then.
    pub(super) fn due(&self, circle: CircleId, held: &Action, due: Due) -> Due {
        let next = Due::NextSession;
        if held.due == next && self.day(circle, due) == self.day(circle, next) {
            return next;
        }
        due
    }

    fn same(&self, circle: CircleId, text: &str, owner: Owner, due: Due) -> Same {
        Same {
            circle,
            words: fold(text),
            owner,
            day: self.day(circle, due),
        }
    }

    fn day(&self, circle: CircleId, due: Due) -> Option<NaiveDate> {
        match due {
            Due::None => None,
            Due::On(day) => Some(day),
            Due::NextSession => {
                let next = self.setting.state.next_session(circle, self.setting.now)?;
                Some(next.start.date(self.setting.zone))
            }
        }
    }
}
