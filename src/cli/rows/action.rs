//! Actions as rows. What they say of their circle is looked up once for many of them.

use std::fmt::{Display, Write as _};

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::cli::name::letter;
use crate::cli::rows::{View, short};
use crate::cli::table::Table;
use crate::domain::clock::Moment;
use crate::domain::id::{ActionId, BlockId, CircleId, Kind, SessionId};
use crate::domain::item::{Action, Brief, Due, Origin, Owner};
use crate::domain::text::{Clean, slug};
use crate::domain::when;

/// A circle, as rows of its actions see it.
pub(in crate::cli) struct Within<'a> {
    view: View<'a>,
    circle: CircleId,
    name: &'a str,
    slug: Option<String>,
    /// The day of its next session, if one is known.
    next: Option<NaiveDate>,
    /// The day that was put into words last, since many rows in a list share theirs.
    said: Option<(NaiveDate, String)>,
}

/// An action as JSON.
#[derive(Serialize)]
pub(in crate::cli) struct ActionRow<'r> {
    id: String,
    text: &'r str,
    owner: Option<&'r str>,
    due: Option<NaiveDate>,
    due_words: Option<&'r str>,
    due_next_session: bool,
    state: &'static str,
    priority: u8,
    estimate: Option<u16>,
    tags: &'r [Clean],
    circle: Option<&'r str>,
    origin: OriginRow<'r>,
    created: Moment,
    closed: Option<Moment>,
    #[serde(serialize_with = "as_text")]
    uid: ActionId,
    progress: Option<&'r str>,
    carried: u16,
    waits_for: Option<&'r str>,
    partner: Option<&'r str>,
    helps: Option<&'r str>,
    help: bool,
    note: Option<&'r str>,
    foreign: Option<&'r str>,
    reason: Option<&'r str>,
    audience: &'static str,
}

/// Where a row was written down. Without whoever had the floor.
#[derive(Serialize)]
pub(super) struct OriginRow<'r> {
    session: Option<u32>,
    session_uid: Option<String>,
    block: Option<&'r str>,
}

fn as_text<T: Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

fn tags(text: &mut String, list: &[Clean]) {
    for (n, tag) in list.iter().enumerate() {
        text.push_str(if n == 0 { "#" } else { " #" });
        text.push_str(tag);
    }
}

impl<'a> View<'a> {
    /// A circle, for many rows of its actions.
    pub(in crate::cli) fn within(&self, circle: CircleId) -> Within<'a> {
        let held = self.state.circle(circle);
        Within {
            view: *self,
            circle,
            name: held.map_or("", |held| held.name.as_str()),
            slug: held.map(|held| slug(&held.name)),
            next: self.day(circle, Due::NextSession),
            said: None,
        }
    }

    pub(in crate::cli) fn action(&self, circle: CircleId, row: &Action) -> Value {
        json!(self.within(circle).row(row))
    }

    /// The cells of an action.
    pub(in crate::cli) fn action_cells(&self, circle: CircleId, row: &Action) -> Vec<String> {
        let mut table = Table::default();
        let row = Brief::from(row.clone());
        self.within(circle).cells(&mut table, &row, false);
        table.texts().map(str::to_owned).collect()
    }

    pub(super) fn origin(&self, circle: CircleId, origin: &Origin) -> OriginRow<'a> {
        let session = origin
            .session
            .and_then(|id: SessionId| self.session_of(circle, id));
        let block = |id: BlockId| session.and_then(|session| session.block(id));
        OriginRow {
            session: session.map(|session| session.number),
            session_uid: origin.session.map(|id| id.to_string()),
            block: origin
                .block
                .and_then(block)
                .map(|block| block.title.as_str()),
        }
    }
}

impl Within<'_> {
    /// The day on which something is due, if a day is known.
    fn day(&self, due: Due) -> Option<NaiveDate> {
        match due {
            Due::None => None,
            Due::On(day) => Some(day),
            Due::NextSession => self.next,
        }
    }

    fn say(&mut self, day: NaiveDate, words: fn(NaiveDate, NaiveDate) -> String) -> &str {
        let said = self.said.take().filter(|(other, _)| *other == day);
        let said = said.unwrap_or_else(|| (day, words(day, self.view.today())));
        &self.said.insert(said).1
    }

    /// An action of the circle as JSON.
    pub(in crate::cli) fn row<'r>(&'r mut self, row: &'r Action) -> ActionRow<'r> {
        let due = self.day(row.due);
        if let Some(day) = due {
            self.say(day, when::words);
        }
        let text = |text: &'r Option<Clean>| text.as_ref().map(Clean::as_str);
        let owner = self.view.owner(self.circle, row.owner);
        let partner = row.partner.map(Owner::Member);
        ActionRow {
            id: short(Kind::Action, row.number),
            text: row.text.as_str(),
            owner: Some(owner).filter(|owner| !owner.is_empty()),
            due,
            due_words: due.and(self.said.as_ref()).map(|(_, words)| words.as_str()),
            due_next_session: row.due == Due::NextSession,
            state: row.state.word(),
            priority: row.priority,
            estimate: row.estimate,
            tags: &row.tags,
            circle: self.slug.as_deref(),
            origin: self.view.origin(self.circle, &row.origin),
            created: row.origin.at,
            closed: row.closed,
            uid: row.id,
            progress: text(&row.progress),
            carried: row.carried,
            waits_for: text(&row.waits_for),
            partner: partner.map(|partner| self.view.owner(self.circle, partner)),
            helps: text(&row.helps),
            help: row.help,
            note: text(&row.note),
            foreign: text(&row.foreign),
            reason: text(&row.reason),
            audience: "circle",
        }
    }

    /// The cells of an action: of one among those of several circles with the name of its own. The text comes last
    /// because it may be long.
    pub(in crate::cli) fn cells(&mut self, to: &mut Table, row: &Brief, several: bool) {
        to.cell(|text| {
            // Writing into a string does not fail.
            let _written = write!(text, "{}{}", letter(Kind::Action), row.number);
        });
        if several {
            to.cell(|text| text.push_str(self.name));
        }
        to.cell(|text| text.push_str(self.view.owner(self.circle, row.owner)));
        to.cell(|text| match (self.day(row.due), row.due) {
            _ if !row.state.is_open() => text.push_str(row.state.word()),
            (Some(day), _) => {
                text.push_str("due ");
                text.push_str(self.say(day, when::due));
            }
            (None, Due::NextSession) => text.push_str("due next session"),
            (None, Due::None | Due::On(_)) => {}
        });
        to.cell(|text| {
            text.push_str(&row.text);
            if row.priority > 0 {
                text.push_str("  ");
                text.extend(std::iter::repeat_n('!', usize::from(row.priority)));
            }
            if !row.tags.is_empty() {
                text.push_str("  ");
                tags(text, &row.tags);
            }
            if let Some(left) = row.progress.as_ref().filter(|_| row.state.is_open()) {
                text.push_str("  left: ");
                text.push_str(left);
            }
        });
    }
}
