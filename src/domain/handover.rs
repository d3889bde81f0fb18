//! The handover card: where a running session is, for whoever takes it over, and what must not be dropped.
//!
//! It holds no notes, and its copy leaves out who speaks and who waits.

mod notes;

use crate::domain::agenda::{Block, BlockKind, planned_minutes};
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::floor::Floor;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::Owner;
use crate::domain::live::{Live, Move};
use crate::domain::session::Session;
use crate::domain::state::State;

pub use notes::{Notes, by_presenter, session_of};

/// Rows of one sort that are told one by one; the rest are counted.
const MOST_TOLD: usize = 3;

/// What a card is made from.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The documents.
    pub state: &'a State,
    /// Who speaks, as far as it is known here.
    pub floor: Option<&'a Floor>,
    /// The instant it is read at.
    pub now: Moment,
    /// How somebody is called.
    pub name: &'a dyn Fn(MemberId) -> String,
}

/// Where a running session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The circle.
    pub circle: String,
    /// The session, shown as `#7`.
    pub number: u32,
    /// Who leads now.
    pub leads: Option<String>,
    /// The running block.
    pub block: String,
    /// Its place and how many there are, counted from 1.
    pub place: (usize, usize),
    /// Who leads it or sits in it.
    pub lead: Option<String>,
    /// The running step.
    pub step: Option<String>,
    /// What `>` goes to; `None` before wrapping up.
    pub next: Option<String>,
    /// Time left in the block; negative when over.
    pub left: Span,
    /// Whether the clock stands.
    pub paused: bool,
    /// Minutes that the session is behind its plan; negative is ahead.
    pub behind: i64,
    /// When it ends: as planned while there is slack, else as things stand.
    pub ends: Moment,
    /// Who has the floor.
    pub speaks: Option<String>,
    /// Who has a hand up, in the order in which they are called.
    pub waits: Vec<String>,
    /// What must not be dropped, a line each.
    pub keep: Vec<String>,
}

/// A row of the card: what it is about, and its words.
pub type Row = (&'static str, String);

impl Card {
    /// The card of the session that is running; `None` when none is.
    pub fn of(seen: &Seen<'_>) -> Option<Self> {
        let (circle, session, live) = seen.state.running()?;
        let block = session.blocks.get(live.block);
        let floor = seen.floor.filter(|floor| floor.session == session.id);
        let name = |id: MemberId| (seen.name)(id);
        Some(Self {
            circle: seen.state.circle(circle)?.name.to_string(),
            number: session.number,
            leads: session.facilitator.map(name),
            block: block.map_or_else(String::new, |block| block.title.to_string()),
            place: (live.block + 1, session.blocks.len().max(1)),
            lead: block.and_then(|block| block.lead).map(name),
            step: block
                .and_then(|block| block.steps.get(live.step))
                .map(|step| step.title.to_string()),
            next: next(session, live),
            left: live.left(seen.now),
            paused: live.clock.is_paused(),
            behind: behind(session, live, seen.now),
            ends: live
                .session_ends(session, seen.now)
                .max(live.clock.started + session.length()),
            speaks: floor.and_then(|floor| floor.speaker).map(name),
            waits: floor.map_or_else(Vec::new, |floor| {
                floor.queue.iter().map(|hand| name(hand.member)).collect()
            }),
            keep: keep(seen, circle, session, live),
        })
    }

    /// The rows of the card. Who speaks and waits is left out of `copy`, which leaves the program.
    pub fn rows(&self, zone: Zone, copy: bool) -> Vec<Row> {
        let mut rows = vec![
            (
                "leads",
                self.leads
                    .clone()
                    .unwrap_or_else(|| "nobody is named".to_owned()),
            ),
            ("now", self.now_words()),
            ("time", self.time_words(zone)),
            (
                "next",
                self.next.clone().unwrap_or_else(|| "wrap up".to_owned()),
            ),
        ];
        if !copy {
            rows.extend(self.floor_words().map(|words| ("floor", words)));
        }
        let labels = std::iter::once("keep").chain(std::iter::repeat(""));
        rows.extend(labels.zip(self.keep.iter().cloned()));
        rows
    }

    /// The card as text, to be given away.
    pub fn text(&self, zone: Zone) -> String {
        let title = format!("{} #{}\n", self.circle, self.number);
        self.rows(zone, true)
            .into_iter()
            .fold(title, |text, (label, words)| {
                format!("{text}{label:<6}{words}\n")
            })
    }

    fn now_words(&self) -> String {
        let (at, of) = self.place;
        let step = self.step.as_ref();
        let step = step.map_or_else(String::new, |step| format!(", {step}"));
        let lead = self.lead.as_ref();
        let lead = lead.map_or_else(String::new, |lead| format!(", with {lead}"));
        format!("{}{step}{lead}, block {at} of {of}", self.block)
    }

    /// Whole minutes, since the seconds stand beside the clock.
    fn time_words(&self, zone: Zone) -> String {
        let minutes = self.left.abs().whole_secs() / 60;
        let left = match (self.left.is_negative(), minutes) {
            (_, 0) => "less than a minute from zero".to_owned(),
            (false, minutes) => format!("{minutes} min left"),
            (true, minutes) => format!("{minutes} min over"),
        };
        let paused = if self.paused { ", paused" } else { "" };
        let behind = match self.behind {
            0 => String::new(),
            late if late > 0 => format!(", {late} min behind"),
            early => format!(", {} min ahead", -early),
        };
        let ends = self.ends.local(zone).format("%H:%M");
        format!("{left}{paused}{behind}, ends {ends}")
    }

    fn floor_words(&self) -> Option<String> {
        let speaks = self.speaks.as_ref().map(|name| format!("{name} speaks"));
        let waits = (!self.waits.is_empty()).then(|| format!("then {}", self.waits.join(", ")));
        let words: Vec<String> = speaks.into_iter().chain(waits).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// What the session is behind its plan, as the strip counts it: what the blocks do not need is no delay.
fn behind(session: &Session, live: &Live, now: Moment) -> i64 {
    let planned = i64::from(planned_minutes(&session.blocks));
    let slack = session.length() - Span::from_minutes(planned);
    (slack + live.behind(session, now)).millis() / 60_000
}

fn next(session: &Session, live: &Live) -> Option<String> {
    match live.next(&session.blocks) {
        Move::Step(to) => {
            let block = session.blocks.get(live.block)?;
            Some(block.steps.get(to)?.title.to_string())
        }
        Move::Block(to) => {
            let block = session.blocks.get(to)?;
            Some(format!("{}, {} min", block.title, block.minutes))
        }
        Move::Edge => None,
    }
}

/// What must not be dropped: groups that are out, time that is promised, loose ends of this session, and
/// actions that a review has still to look at.
fn keep(seen: &Seen<'_>, circle: CircleId, session: &Session, live: &Live) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(groups) = live.groups {
        let left = (groups.ends - live.clock.elapsed(seen.now)).whole_secs() / 60;
        lines.push(match left {
            left if left > 0 => format!("groups are out for {left} min more"),
            _ => "groups are out and due back".to_owned(),
        });
    }
    let ahead: Vec<&Block> = session
        .blocks
        .iter()
        .enumerate()
        .filter(|(index, _)| *index >= live.block && !live.is_behind_us(*index))
        .map(|(_, block)| block)
        .collect();
    let locked = ahead
        .iter()
        .filter(|block| block.locked && block.parked.is_none())
        .map(|block| format!("{} keeps its {} min", block.title, block.minutes));
    told(&mut lines, locked.collect(), "more blocks keep their time");
    let own = |from: Option<_>| from == Some(session.id);
    if ahead.iter().any(|block| block.kind == BlockKind::Review) {
        let open = seen
            .state
            .open_actions(circle, seen.now)
            .iter()
            .filter(|action| !own(action.origin.session))
            .count();
        if open > 0 {
            lines.push(format!("{open} open from earlier sessions to look at"));
        }
    }
    let loose = seen
        .state
        .actions(circle)
        .filter(|row| own(row.origin.session) && row.trashed.is_none() && row.state.is_open())
        .filter(|row| row.owner == Owner::Nobody)
        .map(|row| format!("A{} \"{}\" has no owner", row.number, row.text));
    told(&mut lines, loose.collect(), "more actions have no owner");
    let parked = seen
        .state
        .parked(circle)
        .filter(|row| own(row.origin.session) && row.trashed.is_none() && row.settled.is_none())
        .map(|row| format!("P{} \"{}\" is parked", row.number, row.text));
    told(&mut lines, parked.collect(), "more are parked");
    lines
}

fn told(lines: &mut Vec<String>, rows: Vec<String>, more: &str) {
    let rest = rows.len().saturating_sub(MOST_TOLD);
    lines.extend(rows.into_iter().take(MOST_TOLD));
    if rest > 0 {
        lines.push(format!("{rest} {more}"));
    }
}
