//! One meeting of a circle: its plan, who came, and how it went.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::agenda::Block;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{BlockId, MemberId, SessionId};
use crate::domain::item::Origin;
use crate::domain::programme::FromProgramme;
use crate::domain::roster::{Member, Role};
use crate::domain::rotation::Seat;
use crate::domain::tally::{Figures, Rating, Vote};
use crate::domain::text::Clean;

/// Whether a session that starts at `start` and lasts so many minutes would be over by now.
pub fn is_over(start: Moment, minutes: u16, now: Moment) -> bool {
    start + Span::from_minutes(minutes.into()) < now
}

/// Where a session stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// Has a date and an agenda.
    Planned,
    /// Its clock is known: there is a [`Live`](crate::domain::live::Live) document.
    Running,
    /// Over, with minutes.
    Ended,
    /// Did not take place.
    Cancelled,
}

impl SessionState {
    /// The word in lists and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Which template a session was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromTemplate {
    /// Its id.
    pub id: String,
    /// Its version then.
    pub version: u32,
    /// The programme that gave the session its place, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<FromProgramme>,
}

/// One meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Identity.
    pub id: SessionId,
    /// Shown as `#7`.
    pub number: u32,
    /// When it is meant to start.
    pub start: Moment,
    /// When it would have been by the rule of its circle, once it was moved away from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Moment>,
    /// How long it is meant to last.
    pub minutes: u16,
    /// Where it stands.
    pub state: SessionState,
    /// The agenda.
    pub blocks: Vec<Block>,
    /// Who is not there. Everybody else of the roster is.
    #[serde(default)]
    pub away: BTreeMap<MemberId, Option<Clean>>,
    /// Which guests of the circle come to this session; to all others they do not.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub guests: BTreeSet<MemberId>,
    /// Who runs it.
    #[serde(default)]
    pub facilitator: Option<MemberId>,
    /// Whether whoever runs it takes part in rounds too.
    #[serde(default = "takes_part", skip_serializing_if = "Clone::clone")]
    pub takes_part: bool,
    /// Who holds which other seat.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seats: BTreeMap<Seat, MemberId>,
    /// How the session, or something in it, was rated: counts, never who.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<Rating>,
    /// What was voted on: counts, never who.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vote>,
    /// How the group as a whole talked, if whoever led it chose to keep that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    /// Where the agenda came from.
    #[serde(default)]
    pub template: Option<FromTemplate>,
    /// When it really started.
    #[serde(default)]
    pub started: Option<Moment>,
    /// When it really ended.
    #[serde(default)]
    pub ended: Option<Moment>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A start this far from the plan is asked about: it may be another day that was meant.
pub const FAR: Span = Span::from_minutes(3 * 60);

/// So long after its planned end a session can still begin late; behind that it was not held.
const LATE: Span = Span::from_minutes(12 * 60);

/// Whoever runs a session takes part in it, unless it is said otherwise.
const fn takes_part() -> bool {
    true
}

impl Session {
    /// A planned session that has no agenda yet.
    pub fn new(id: SessionId, number: u32, start: Moment, minutes: u16) -> Self {
        Self {
            id,
            number,
            start,
            slot: None,
            minutes,
            state: SessionState::Planned,
            blocks: Vec::new(),
            away: BTreeMap::new(),
            guests: BTreeSet::new(),
            facilitator: None,
            takes_part: takes_part(),
            seats: BTreeMap::new(),
            ratings: Vec::new(),
            votes: Vec::new(),
            figures: None,
            template: None,
            started: None,
            ended: None,
            extra: serde_json::Map::new(),
        }
    }

    /// A seed that belongs to it, so that asking again draws the same.
    pub const fn seed(&self) -> u64 {
        self.id.0.as_u64_pair().1
    }

    /// Whether it was planned, its day went by, and nobody held it: what is due at the next session is not due at this
    /// one any more.
    pub fn was_missed(&self, now: Moment) -> bool {
        let end = self.start + Span::from_minutes(i64::from(self.minutes));
        self.state == SessionState::Planned && end + LATE < now
    }

    /// When it takes place: as it really began, else as planned.
    pub fn begins(&self) -> Moment {
        self.started.unwrap_or(self.start)
    }

    /// Whether a start at `now` would be far from the planned one, before it or after it.
    pub fn is_far(&self, now: Moment) -> bool {
        (self.start - now).abs() > FAR
    }

    /// Its place in the series of its circle, which a move leaves alone.
    pub fn in_series(&self) -> Moment {
        self.slot.unwrap_or(self.start)
    }

    /// Whether somebody belongs to this session: every member does, and a guest who was invited to it.
    pub fn is_for(&self, member: &Member) -> bool {
        member.role != Role::Guest || self.guests.contains(&member.id)
    }

    /// Whether somebody belonged to it, and was in the circle while it went on.
    pub fn had(&self, member: &Member) -> bool {
        let begun = self.begins();
        let over = self.ended.unwrap_or(begun + self.length());
        self.is_for(member) && member.joined <= over && member.left.is_none_or(|left| left > begun)
    }

    /// How many came to it, of how many whom it [had](Self::had).
    pub fn attendance<'a>(&self, members: impl IntoIterator<Item = &'a Member>) -> (usize, usize) {
        let all = self.people(members);
        let away = all
            .iter()
            .filter(|member| self.away.contains_key(&member.id));
        (all.len() - away.count(), all.len())
    }

    /// Those of `members` whom it [had](Self::had), by label.
    pub fn people<'a>(&self, members: impl IntoIterator<Item = &'a Member>) -> Vec<&'a Member> {
        let ours = members.into_iter().filter(|member| self.had(member));
        let mut people: Vec<&Member> = ours.collect();
        people.sort_by_key(|member| (member.label, member.id));
        people
    }

    /// Whether something was written down outside of sessions after this one had ended.
    pub fn is_before(&self, origin: &Origin) -> bool {
        origin.session.is_none() && self.ended.is_some_and(|ended| origin.at >= ended)
    }

    /// What a programme wants it for.
    pub fn goal(&self) -> Option<&Clean> {
        self.template.as_ref()?.programme.as_ref()?.goal.as_ref()
    }

    /// Planned length.
    pub fn length(&self) -> Span {
        Span::from_minutes(i64::from(self.minutes))
    }

    /// The block with this id.
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.iter().find(|block| block.id == id)
    }
}
