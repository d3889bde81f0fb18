//! What a list of actions is asked for: words and tokens as somebody types them, and whether an action fits.
//!
//! ```text
//! filter = words-and-tokens, all of which must fit; a word is one of the action or of its owner's name
//! token  = @who | #tag | due<WHEN | +circle | is:WHAT
//! WHAT   = open overdue week blocked nobody help done trash
//! ```

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::roster::Member;
use crate::domain::state::State;
use crate::domain::text::{Clean, fold};
use crate::domain::when::{self, Seen};

/// What an action may be, as far as lists are chosen by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Is {
    /// Somebody still has to see to it.
    #[default]
    Open,
    /// Open, and its day has passed.
    Overdue,
    /// Open, and its day is today or later in this week.
    Week,
    /// Open, and it waits for something.
    Blocked,
    /// Open, and nobody sees to it.
    Nobody,
    /// Open, and the circle is asked for help.
    Help,
    /// Done or let go.
    Done,
    /// In the trash.
    Trash,
}

impl Is {
    /// Each of them.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::Overdue,
        Self::Week,
        Self::Blocked,
        Self::Nobody,
        Self::Help,
        Self::Done,
        Self::Trash,
    ];

    /// What is typed after `is:`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Week => "week",
            Self::Blocked => "blocked",
            Self::Nobody => "nobody",
            Self::Help => "help",
            Self::Done => "done",
            Self::Trash => "trash",
        }
    }

    /// What it is called in the list of filters.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Overdue => "Overdue",
            Self::Week => "Due this week",
            Self::Blocked => "Blocked",
            Self::Nobody => "Nobody",
            Self::Help => "Help wanted",
            Self::Done => "Done",
            Self::Trash => "Trash",
        }
    }

    /// The one that a word or its beginning names; `late` is another word for overdue.
    fn read(word: &str) -> Option<Self> {
        if word == "late" {
            return Some(Self::Overdue);
        }
        let mut all = Self::ALL.into_iter();
        all.find(|is| !word.is_empty() && is.as_str().starts_with(word))
    }

    /// Whether an action is that.
    pub fn has(self, action: &Action, days: &Calendar) -> bool {
        if action.trashed.is_some() {
            return self == Self::Trash;
        }
        let open = action.state.is_open();
        match self {
            Self::Open => open,
            Self::Overdue => open && days.is_past(action.due),
            Self::Week => open && days.is_in_week(action.due),
            Self::Blocked => open && action.waits_for.is_some(),
            Self::Nobody => open && action.owner == Owner::Nobody,
            Self::Help => open && action.help,
            Self::Done => !open,
            Self::Trash => false,
        }
    }
}

/// The days that dates due are seen from, in one circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    today: NaiveDate,
    sunday: NaiveDate,
    next: Option<NaiveDate>,
}

impl Calendar {
    /// The days of a circle, seen from `now`.
    pub fn new(state: &State, circle: CircleId, (now, zone): (Moment, Zone)) -> Self {
        let today = now.date(zone);
        let left = 6 - u64::from(today.weekday().num_days_from_monday());
        let sunday = today.checked_add_days(chrono::Days::new(left));
        let next = state.next_session(circle, now);
        Self {
            today,
            sunday: sunday.unwrap_or(today),
            next: next.map(|session| session.start.date(zone)),
        }
    }

    /// The day that stands for a date due.
    pub const fn of(&self, due: Due) -> Option<NaiveDate> {
        match due {
            Due::None => None,
            Due::On(day) => Some(day),
            Due::NextSession => self.next,
        }
    }

    fn is_past(&self, due: Due) -> bool {
        matches!(due, Due::On(day) if day < self.today)
    }

    fn is_in_week(&self, due: Due) -> bool {
        let day = self.of(due);
        day.is_some_and(|day| (self.today..=self.sunday).contains(&day))
    }
}

/// A filter as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    text: String,
    words: Vec<String>,
    people: Vec<String>,
    tags: Vec<String>,
    circles: Vec<String>,
    before: Option<NaiveDate>,
    is: Vec<Is>,
}

impl Sought {
    /// Reads a filter, seen from `now`.
    ///
    /// # Errors
    /// A sentence when the day after `due<` is none, or the word after `is:` is not known.
    pub fn read(text: &str, seen: Seen) -> Result<Self, String> {
        let mut sought = Self {
            text: text.trim().to_owned(),
            ..Self::default()
        };
        for part in text.split_whitespace() {
            sought.take(part, seen)?;
        }
        Ok(sought)
    }

    fn take(&mut self, part: &str, seen: Seen) -> Result<(), String> {
        // A token that has only begun asks for nothing yet.
        if matches!(part, "due<" | "is:" | "@" | "#") {
            return Ok(());
        }
        if let Some(day) = part.strip_prefix("due<") {
            let day = when::read(day, seen).ok_or_else(|| {
                format!("\"{day}\" is no day; try due<fri, due<+2w or due<2026-03-20")
            })?;
            self.before = Some(self.before.map_or(day, |other| other.min(day)));
        } else if let Some(word) = part.strip_prefix("is:") {
            let is = Is::read(&word.to_lowercase()).ok_or_else(|| {
                let known = Is::ALL.map(Is::as_str).join(", ");
                format!("there is no is:{word}; there are {known}")
            })?;
            self.is.push(is);
        } else if let Some(person) = part.strip_prefix('@') {
            self.people.push(fold(person));
        } else if let Some(tag) = part.strip_prefix('#') {
            self.tags.push(fold(tag));
        } else if let Some(circle) = part
            .strip_prefix('+')
            .filter(|rest| rest.starts_with(char::is_alphabetic))
        {
            self.circles.push(fold(circle));
        } else {
            self.words.push(fold(part));
        }
        Ok(())
    }

    /// Whether it asks for whoever is called `me`.
    pub fn asks_for_me(&self) -> bool {
        self.people.iter().any(|person| person == "me")
    }

    /// Whether a filter names somebody who is called so: behind the sign with how they begin, or by a word that is part
    /// of the name.
    pub fn names(text: &str, name: &str) -> bool {
        let (whole, name) = (hyphened(name), fold(name));
        text.split_whitespace()
            .any(|part| match part.strip_prefix('@') {
                Some(person) => person != "me" && begins(&whole, &fold(person)),
                None => name.split(' ').any(|own| own == fold(part)),
            })
    }

    /// Why nothing can fit in any of these circles: the first name that nobody there has, else the first circle that is
    /// called otherwise. Whoever left may still be named.
    pub fn misses(&self, circles: &[CircleId], state: &State) -> Option<String> {
        let nobody = |person: &&String| {
            let known = |circle: &CircleId| !owners(person, *circle, (state, None)).is_empty();
            *person != "me" && !circles.iter().any(known)
        };
        if let Some(person) = self.people.iter().find(nobody) {
            return Some(format!(
                "Nobody is called \"{}\" here.",
                Clean::line(person)
            ));
        }
        let none = |typed: &&String| {
            let named = |circle: &CircleId| {
                let name = state.circle(*circle).map(|circle| hyphened(&circle.name));
                name.is_some_and(|name| begins(&name, typed))
            };
            !circles.iter().any(named)
        };
        let circle = self.circles.iter().find(none)?;
        Some(format!("No circle is called \"{}\".", Clean::line(circle)))
    }

    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether everything fits.
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it names circles, so that all of them have to be looked through.
    pub const fn names_circles(&self) -> bool {
        !self.circles.is_empty()
    }

    /// Where to look: in the trash, among what is closed, or among what is open; `None` where it says nothing
    /// about that.
    pub fn place(&self) -> Option<Is> {
        [Is::Trash, Is::Done]
            .into_iter()
            .find(|place| self.is.contains(place))
            .or_else(|| (!self.is.is_empty()).then_some(Is::Open))
    }

    /// Whether it says `is:` once, and this.
    pub fn asks_only(&self, is: Is) -> bool {
        self.is == [is]
    }

    /// Whether it asks for all of this, and for nothing else.
    pub fn asks_for_all(&self, is: Is) -> bool {
        let names = [&self.words, &self.people, &self.tags, &self.circles];
        self.asks_only(is) && self.before.is_none() && names.iter().all(|named| named.is_empty())
    }

    /// The filter as it is meant in one circle, by whoever is called `me`.
    pub fn in_circle<'a>(
        &'a self,
        circle: CircleId,
        state: &State,
        (days, me): (Calendar, Option<&str>),
    ) -> Test<'a> {
        let name = state.circle(circle).map(|circle| hyphened(&circle.name));
        let name = name.unwrap_or_default();
        let people = self.people.iter();
        let called = |member: &Member| (member.id, fold(&member.name));
        let names = match self.words.as_slice() {
            [] => BTreeMap::new(),
            [..] => state.everyone(circle).map(called).collect(),
        };
        Test {
            sought: self,
            days,
            here: self.circles.iter().all(|circle| begins(&name, circle)),
            owners: people
                .map(|person| owners(person, circle, (state, me)))
                .collect(),
            names,
        }
    }
}

/// `maria-okafor`.
fn hyphened(name: &str) -> String {
    fold(name).replace(' ', "-")
}

/// Whether a name or one of its parts begins like this.
fn begins(name: &str, typed: &str) -> bool {
    name.starts_with(typed) || name.split('-').any(|part| part.starts_with(typed))
}

/// Who is meant by `@typed` in a circle.
fn owners(typed: &str, circle: CircleId, (state, me): (&State, Option<&str>)) -> Vec<Owner> {
    let me = me.map(hyphened);
    let mut found = Vec::new();
    for member in state.everyone(circle) {
        let name = hyphened(&member.name);
        let is = match typed {
            // Nobody else is meant by it, whatever their name begins with.
            "me" => me.as_ref() == Some(&name),
            _ => begins(&name, typed) || member.label.to_string() == typed,
        };
        if is {
            found.push(Owner::Member(member.id));
        }
    }
    for (word, owner) in [("all", Owner::All), ("nobody", Owner::Nobody)] {
        if word.starts_with(typed) {
            found.push(owner);
        }
    }
    found
}

/// A filter with everything looked up that is the same for all actions of a circle.
#[derive(Clone, Debug)]
pub struct Test<'a> {
    sought: &'a Sought,
    days: Calendar,
    here: bool,
    owners: Vec<Vec<Owner>>,
    /// What people are called, where words are looked for.
    names: BTreeMap<MemberId, String>,
}

impl Test<'_> {
    /// Whether an action of the circle fits. Whether it is open is only asked where the filter says so.
    pub fn fits(&self, action: &Action) -> bool {
        let before = |before| self.days.of(action.due).is_some_and(|due| due < before);
        self.here
            && self.sought.is.iter().all(|is| is.has(action, &self.days))
            && self.owners.iter().all(|all| all.contains(&action.owner))
            && self.sought.before.is_none_or(before)
            && self.has_tags(action)
            && self.has_words(action)
    }

    fn has_tags(&self, action: &Action) -> bool {
        let has = |wanted: &String| {
            let mut tags = action.tags.iter();
            tags.any(|tag| fold(tag).starts_with(wanted))
        };
        self.sought.tags.iter().all(has)
    }

    fn has_words(&self, action: &Action) -> bool {
        if self.sought.words.is_empty() {
            return true;
        }
        let text = fold(&format!("a{} {}", action.number, action.text));
        let owner = match action.owner {
            Owner::Member(id) => self.names.get(&id),
            Owner::All | Owner::Nobody => None,
        };
        let has = |word: &String| text.contains(word) || owner.is_some_and(|it| it.contains(word));
        self.sought.words.iter().all(has)
    }
}

#[cfg(test)]
mod tests;
