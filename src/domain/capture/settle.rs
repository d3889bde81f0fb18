//! What follows once every word has been read: the text that remains, owners and date that were not typed,
//! and which circle a few letters mean.

use std::collections::BTreeSet;

use crate::domain::capture::{Part, Reading, Role, Scene, Source, Warning};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Due, Owner};
use crate::domain::text::{Clean, fold};

/// What an action gets that the line does not say.
pub(super) fn owner_and_date(reading: &mut Reading, scene: &Scene<'_>) {
    let named = reading.parts.iter().any(|part| part.role == Role::Who);
    if named {
        reading.owners_from = Source::Typed;
        if reading.asks.is_empty() || !reading.owners.is_empty() {
            reading.owners = settle(std::mem::take(&mut reading.owners));
        }
    } else if let Some(floor) = scene.floor {
        (reading.owners, reading.owners_from) = (vec![Owner::Member(floor)], Source::Floor);
    } else {
        reading.owners = vec![Owner::Nobody];
    }
    let unsure = reading
        .warnings
        .iter()
        .any(|warning| matches!(warning, Warning::NoDate(_) | Warning::NoLeapDay(..)));
    // A date that was meant and is none must not turn into another one unnoticed.
    if reading.due_from == Source::Nothing && scene.next_session.is_some() && !unsure {
        (reading.due, reading.due_from) = (Due::NextSession, Source::NextSession);
    }
}

/// Everybody once; all stands for each, and nobody gives way to somebody.
pub(super) fn settle(owners: Vec<Owner>) -> Vec<Owner> {
    if owners.contains(&Owner::All) {
        return vec![Owner::All];
    }
    let mut seen: BTreeSet<MemberId> = BTreeSet::new();
    let people: Vec<Owner> = owners
        .into_iter()
        .filter(|owner| match owner {
            Owner::Member(id) => seen.insert(*id),
            Owner::Nobody | Owner::All => false,
        })
        .collect();
    if people.is_empty() {
        vec![Owner::Nobody]
    } else {
        people
    }
}

/// The circles whose name begins like that; a full name wins over a beginning.
pub(super) fn circle(typed: &str, circles: &[(CircleId, &str)]) -> Vec<CircleId> {
    let wanted = fold(typed).replace(' ', "-");
    let named: Vec<(CircleId, String)> = circles
        .iter()
        .map(|(id, name)| (*id, fold(name).replace(' ', "-")))
        .collect();
    let full: Vec<CircleId> = named
        .iter()
        .filter(|(_, name)| *name == wanted)
        .map(|(id, _)| *id)
        .collect();
    if !full.is_empty() {
        return full;
    }
    named
        .iter()
        .filter(|(_, name)| name.starts_with(&wanted))
        .map(|(id, _)| *id)
        .collect()
}

/// The parts that are kept, with the blanks between neighbours as they were typed.
pub(super) fn text(line: &str, parts: &[Part], kept: impl Fn(&Part) -> bool) -> Clean {
    let mut out = String::with_capacity(line.len());
    let mut before: Option<usize> = None;
    for part in parts {
        if !kept(part) {
            before = None;
            continue;
        }
        let gap = before.and_then(|end| line.get(end..part.range.start));
        if !out.is_empty() {
            out.push_str(gap.unwrap_or(" "));
        }
        out.push_str(
            line.get(part.range.start + part.skip..part.range.end)
                .unwrap_or_default(),
        );
        before = Some(part.range.end);
    }
    Clean::line(&out)
}
