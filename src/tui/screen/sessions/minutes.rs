//! A session as lines to read: who came, the agenda with its times, and what was written down.

use std::collections::BTreeMap;

use crate::domain::clock::Span;
use crate::domain::document::Document;
use crate::domain::id::{Key, MemberId};
use crate::domain::item::{Action, Audience};
use crate::domain::roster::Member;
use crate::domain::session::{Session, SessionState};
use crate::tui::screen::words;
use crate::tui::view::View;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    Blank,
    Head,
    Text,
    Quiet,
    /// A person; whether they are there.
    Person(MemberId, bool),
    /// Something written down; whether it is settled, where that can be said.
    Row(Key, Option<bool>),
}

/// One line, not yet wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MinuteLine {
    pub(super) kind: LineKind,
    /// What stands before the words: a label or a number.
    pub(super) lead: String,
    pub(super) text: String,
}

impl MinuteLine {
    fn new(kind: LineKind, lead: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            kind,
            lead: lead.into(),
            text: text.into(),
        }
    }

    fn head(text: &str) -> [Self; 2] {
        [
            Self::new(LineKind::Blank, "", ""),
            Self::new(LineKind::Head, "", text),
        ]
    }
}

/// The people who belonged to the circle when the session took place.
pub(super) fn people<'a>(view: &View<'a>, session: &Session) -> Vec<&'a Member> {
    let Some(circle) = view.circle else {
        return Vec::new();
    };
    if session.state != SessionState::Ended {
        return view.state.people_of(circle, session);
    }
    let mut people = session.people(view.state.everyone(circle));
    people.sort_by_key(|member| member.left.is_some());
    people
}

/// How many came, of how many.
pub(super) fn attendance(view: &View<'_>, session: &Session) -> (usize, usize) {
    let people = people(view, session);
    let away = people.iter().filter(|m| session.away.contains_key(&m.id));
    (people.len() - away.count(), people.len())
}

/// The whole session as lines.
pub(super) fn lines(
    view: &View<'_>,
    session: &Session,
    rows: &BTreeMap<Key, &Document>,
) -> Vec<MinuteLine> {
    let mut lines = vec![MinuteLine::new(LineKind::Text, "", when(view, session))];
    lines.extend(MinuteLine::head(match session.state {
        SessionState::Ended => "Who came",
        SessionState::Planned | SessionState::Running | SessionState::Cancelled => "Who comes",
    }));
    for member in people(view, session) {
        let away = session.away.get(&member.id);
        let label = if member.left.is_none() {
            member.label.to_string()
        } else {
            String::new()
        };
        let why = away.and_then(Option::as_ref);
        let why = why.map_or_else(String::new, |why| format!(", {why}"));
        let word = if away.is_some() { "  away" } else { "" };
        let text = format!("{}{word}{why}", words::person(view, member));
        lines.push(MinuteLine::new(
            LineKind::Person(member.id, away.is_none()),
            label,
            text,
        ));
    }
    agenda(session, &mut lines);
    written_down(view, rows, &mut lines);
    lines
}

fn when(view: &View<'_>, session: &Session) -> String {
    let day = words::full_day(view, session.begins());
    match (session.started, session.ended) {
        (Some(from), Some(to)) => format!(
            "{day}, {} to {}, {} of {} min",
            words::time(view, from),
            words::time(view, to),
            minutes(to - from),
            session.minutes
        ),
        _ => format!(
            "{day}, {}, {} min, {}",
            words::time(view, session.begins()),
            session.minutes,
            session.state.word()
        ),
    }
}

fn minutes(span: Span) -> i64 {
    (span.millis() + 30_000).div_euclid(60_000)
}

fn agenda(session: &Session, lines: &mut Vec<MinuteLine>) {
    if session.blocks.is_empty() {
        return;
    }
    lines.extend(MinuteLine::head("Agenda"));
    for block in &session.blocks {
        let took = match block.took {
            Some(took) if minutes(took) == 0 => format!("less than 1 of {} min", block.minutes),
            Some(took) => format!("{} of {} min", minutes(took), block.minutes),
            None if session.state == SessionState::Ended => "not reached".to_owned(),
            None => format!("{} min", block.minutes),
        };
        let text = format!("{}  {took}", block.title);
        lines.push(MinuteLine::new(LineKind::Text, "", text));
        for prompt in &block.prompts {
            if session.state != SessionState::Ended || prompt.asked.is_some() {
                let text = prompt.text.to_string();
                lines.push(MinuteLine::new(LineKind::Quiet, "", text));
            }
        }
    }
}

fn written_down(view: &View<'_>, rows: &BTreeMap<Key, &Document>, lines: &mut Vec<MinuteLine>) {
    let mut groups: [(&str, Vec<MinuteLine>); 6] = [
        ("Decisions", Vec::new()),
        ("Decided since", Vec::new()),
        ("Actions", Vec::new()),
        ("Notes", Vec::new()),
        ("Notes for me, not in the minutes", Vec::new()),
        ("Parked", Vec::new()),
    ];
    let mut all: Vec<(usize, u32, MinuteLine)> = rows
        .iter()
        .filter_map(|(key, document)| written(view, *key, document))
        .collect();
    all.sort_by_key(|(_, number, _)| *number);
    for (group, _, line) in all {
        if let Some((_, lines)) = groups.get_mut(group) {
            lines.push(line);
        }
    }
    for (title, group) in groups {
        if !group.is_empty() {
            lines.extend(MinuteLine::head(title));
            lines.extend(group);
        }
    }
}

/// The line of a row that is not in the trash, with its number and the group in which it stands. Notes are
/// hidden while names are masked.
fn written(view: &View<'_>, key: Key, document: &Document) -> Option<(usize, u32, MinuteLine)> {
    let line = |settled: Option<bool>, id: String, text: String| {
        MinuteLine::new(LineKind::Row(key, settled), id, text)
    };
    match document {
        Document::Decision(row) if row.trashed.is_none() => {
            let line = line(None, format!("D{}", row.number), row.text.to_string());
            let group = usize::from(row.origin.session.is_none());
            Some((group, row.number, line))
        }
        Document::Action(row) if row.trashed.is_none() => {
            let done = Some(!row.state.is_open());
            let line = line(done, format!("A{}", row.number), action(view, row));
            Some((2, row.number, line))
        }
        Document::Note(row) if row.trashed.is_none() && !view.masked => {
            let group = if row.audience.in_minutes() { 3 } else { 4 };
            let to = match row.audience {
                Audience::Presenter => "  (presenter)",
                Audience::Me | Audience::Circle | Audience::All => "",
            };
            let line = line(
                None,
                format!("N{}", row.number),
                format!("{}{to}", row.text),
            );
            Some((group, row.number, line))
        }
        Document::Parked(row) if row.trashed.is_none() => {
            let settled = Some(row.settled.is_some());
            let line = line(settled, format!("P{}", row.number), row.text.to_string());
            Some((5, row.number, line))
        }
        Document::Action(_)
        | Document::Asked(_)
        | Document::Book(_)
        | Document::Filter(_)
        | Document::Person(_)
        | Document::Poll(_)
        | Document::Reader(_)
        | Document::Circle(_)
        | Document::Counter(_)
        | Document::Decision(_)
        | Document::Groups(_)
        | Document::Live(_)
        | Document::Rotation(_)
        | Document::Member(_)
        | Document::Note(_)
        | Document::Parked(_)
        | Document::Question(_)
        | Document::Session(_) => None,
    }
}

fn action(view: &View<'_>, row: &Action) -> String {
    let owner = match view.circle {
        Some(circle) => words::owner(view, circle, row.owner, false),
        None => String::new(),
    };
    let state = if row.state.is_open() {
        words::due(view, row.due).text
    } else {
        row.state.word().to_owned()
    };
    format!("{}  {owner}, {state}", row.text)
}
