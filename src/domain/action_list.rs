//! Actions ready to be written out: names and days in place of ids, in the order in which people read them.
//!
//! Who had the floor when an action was written down is no part of it.

use chrono::NaiveDate;

use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::ActionId;
use crate::domain::item::{Action, ActionState, Due, Owner};
use crate::domain::mentions::Mentions;
use crate::domain::names::{Names, Naming};
use crate::domain::roster::Member;
use crate::domain::text::{Clean, fold, slug};

/// Which actions are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// Open ones (`true`), closed ones (`false`), or both.
    pub open: Option<bool>,
    /// Of one owner.
    pub owner: Option<Owner>,
    /// With this tag, whatever its case and accents.
    pub tag: Option<String>,
}

impl Which {
    /// Whether an action is one of them, in the trash or not.
    pub fn has(&self, action: &Action) -> bool {
        let tagged = |tag: &String| action.tags.iter().any(|found| fold(found) == fold(tag));
        self.open.is_none_or(|open| open == action.state.is_open())
            && self.owner.is_none_or(|owner| owner == action.owner)
            && self.tag.as_ref().is_none_or(tagged)
    }
}

/// What the rows of one circle are made from.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The circle.
    pub circle: &'a Circle,
    /// Everybody who is or was in it.
    pub members: Vec<&'a Member>,
    /// Its actions.
    pub actions: Vec<&'a Action>,
    /// When its next session is, for actions that are due then.
    pub next: Option<Moment>,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedAction {
    /// Identity.
    pub uid: ActionId,
    /// Shown as `A14`.
    pub number: u32,
    /// The circle.
    pub circle: Clean,
    /// What is to be done.
    pub text: Clean,
    /// A name, `all`, or nobody.
    pub owner: Option<String>,
    /// The owner in words.
    pub owner_words: String,
    /// The day, where one is known; that of the next session where it is due then.
    pub due: Option<NaiveDate>,
    /// Whether it is due at the next session.
    pub at_next: bool,
    /// What has become of it.
    pub state: ActionState,
    /// What is left, when it is partly done.
    pub progress: Option<Clean>,
    /// 0 to 3.
    pub priority: u8,
    /// Without the `#`.
    pub tags: Vec<Clean>,
    /// When it was written down.
    pub created: Moment,
    /// When it was done or let go.
    pub closed: Option<Moment>,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// What it waits for, while it is open.
    pub waits_for: Option<Clean>,
    /// What somebody wrote beside it, else why it was let go.
    pub note: Option<Clean>,
}

impl ListedAction {
    fn new(source: &Source<'_>, action: &Action, names: &Names, zone: Zone) -> Self {
        let at_next = action.due == Due::NextSession;
        let due = match action.due {
            Due::None => None,
            Due::On(day) => Some(day),
            Due::NextSession => source.next.map(|next| next.date(zone)),
        };
        Self {
            uid: action.id,
            number: action.number,
            circle: source.circle.name.clone(),
            text: action.text.clone(),
            owner: names.owner(action.owner).map(str::to_owned),
            owner_words: names.owner_words(action.owner).to_owned(),
            due,
            at_next,
            state: action.state,
            progress: action.progress.clone(),
            priority: action.priority,
            tags: action.tags.clone(),
            created: action.origin.at,
            closed: action.closed,
            trashed: action.trashed.is_some(),
            waits_for: action.waits_for.clone().filter(|_| action.state.is_open()),
            note: action.note.clone().or_else(|| action.reason.clone()),
        }
    }

    /// `A14`.
    pub fn short(&self) -> String {
        format!("A{}", self.number)
    }

    /// The circle as part of an id: `ladder-up`.
    pub fn slug(&self) -> String {
        slug(&self.circle)
    }

    /// What is left, while it still has to be seen to.
    pub fn left(&self) -> Option<&Clean> {
        self.progress.as_ref().filter(|_| self.state.is_open())
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text)
            .chain(&self.progress)
            .chain(&self.waits_for)
            .chain(&self.note)
            .chain(&self.tags)
            .map(Clean::as_str)
    }
}

/// A set of actions that is ready to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionList {
    /// The circles they are from, in the order of the sources.
    pub circles: Vec<Clean>,
    /// Open ones, the soonest due first and undated ones last, then closed ones, the latest first.
    pub rows: Vec<ListedAction>,
    /// How many texts may still name somebody, where names were taken out; told to whoever exports.
    pub may_name: usize,
}

impl ActionList {
    /// Puts the rows of all sources together, with days as calendars in `zone` have them.
    pub fn new(sources: &[Source<'_>], naming: Naming, zone: Zone) -> Self {
        let mut list = Self::default();
        for source in sources {
            let names = Names::new(source.members.iter().copied(), naming);
            let rows = source
                .actions
                .iter()
                .map(|row| ListedAction::new(source, row, &names, zone));
            let first = list.rows.len();
            list.rows.extend(rows);
            if naming == Naming::Numbered {
                let mentions = Mentions::of(source.members.iter().copied());
                let new = list.rows.iter().skip(first);
                list.may_name += mentions.count(new.flat_map(ListedAction::texts));
            }
            list.circles.push(source.circle.name.clone());
        }
        list.rows.sort_by_key(|row| {
            let open = row.state.is_open();
            let closed = row.closed.filter(|_| !open);
            let due = row.due.filter(|_| open);
            (
                !open,
                std::cmp::Reverse(closed),
                due.is_none(),
                due,
                row.number,
            )
        });
        list
    }

    /// The rows that are open, then those that are not.
    pub fn parts(&self) -> (&[ListedAction], &[ListedAction]) {
        let open = self.rows.iter().take_while(|row| row.state.is_open());
        self.rows.split_at(open.count())
    }

    /// What the list is of: the name of its circle, or of none in particular.
    pub fn title(&self) -> String {
        match self.circles.as_slice() {
            [one] => format!("{one}, actions"),
            _ => "Actions".to_owned(),
        }
    }

    /// How many of them there are, in words.
    pub fn words(&self) -> String {
        match self.rows.len() {
            1 => "1 action".to_owned(),
            many => format!("{many} actions"),
        }
    }
}

#[cfg(test)]
mod tests;
