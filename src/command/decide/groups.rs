//! Break-outs: who goes with whom, for how long, and what they bring back.

use std::collections::BTreeSet;

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::command::decide::running::{live_key, running};
use crate::command::decide::sessions::At;
use crate::domain::clock::Span;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, GroupsId, Key, Kind, MemberId, Space};
use crate::domain::live::{GroupTime, Live};
use crate::domain::pairing::{Group, Groups, Tie};
use crate::domain::roster::Member;
use crate::domain::session::Session;
use crate::domain::text::Clean;

/// Longest time of groups, in minutes.
const LONGEST: u16 = 240;
/// Groups that are made anew within this time did not meet: the first ones are not kept.
const SECOND_THOUGHT: Span = Span::from_minutes(2);

const fn key(circle: CircleId, id: GroupsId) -> Key {
    Key::circle(circle, Kind::Groups, id.0)
}

pub(super) fn make(
    d: &mut Decision<'_>,
    groups: &[Vec<MemberId>],
    minutes: u16,
) -> Result<String, Refusal> {
    let (at, session, live) = running(d)?;
    check_people(d, (at.0, session), groups)?;
    if minutes == 0 || minutes > LONGEST {
        return Err(Refusal::new("groups have between 1 minute and 4 hours"));
    }
    let block = session
        .blocks
        .get(live.block)
        .ok_or_else(|| Refusal::new("no block is running"))?
        .id;
    take_first_thought(d, at.0, live);
    let id = GroupsId(d.cx.ids.make());
    let made = Groups {
        id,
        session: session.id,
        block,
        at: d.cx.at,
        groups: groups
            .iter()
            .map(|members| Group {
                members: members.clone(),
                report: None,
            })
            .collect(),
        extra: serde_json::Map::new(),
    };
    let length = Span::from_minutes(i64::from(minutes));
    let mut live = live.clone();
    live.groups = Some(GroupTime {
        id,
        ends: live.clock.elapsed(d.cx.at) + length,
        length,
    });
    d.add(key(at.0, id), made);
    d.put(live_key(at), live);
    let count = match groups.len() {
        1 => "1 group".to_owned(),
        count => format!("{count} groups"),
    };
    Ok(format!("{count} for {minutes} min"))
}

/// Takes the groups away that are out since a moment ago and brought nothing back: they were mixed again.
fn take_first_thought(d: &mut Decision<'_>, circle: CircleId, live: &Live) {
    let out = live
        .groups
        .and_then(|out| d.state.break_out(circle, out.id));
    let Some(out) = out else { return };
    let has_report = out.groups.iter().any(|group| group.report.is_some());
    if d.cx.at - out.at < SECOND_THOUGHT && !has_report {
        d.remove(key(circle, out.id));
    }
}

fn check_people(
    d: &Decision<'_>,
    (circle, session): (CircleId, &Session),
    groups: &[Vec<MemberId>],
) -> Result<(), Refusal> {
    if groups.iter().any(|group| group.len() < 2) || groups.is_empty() {
        return Err(Refusal::new("a group needs at least two people"));
    }
    let mut seen = BTreeSet::new();
    for id in groups.iter().flatten() {
        let member = here(d, (circle, session), *id)?;
        if !seen.insert(*id) {
            return Err(Refusal::new(format!("{} is in two groups", member.name)));
        }
    }
    Ok(())
}

/// Somebody of the circle who takes part today.
fn here<'a>(
    d: &Decision<'a>,
    (circle, session): (CircleId, &Session),
    id: MemberId,
) -> Result<&'a Member, Refusal> {
    let state = d.state;
    let member = state.member(circle, id).filter(|m| m.left.is_none());
    let Some(member) = member else {
        return Err(Refusal::new("that person is not in this circle"));
    };
    if session.away.contains_key(&id) {
        return Err(Refusal::new(format!(
            "{} is away; s {} says that they are here",
            member.name, member.label
        )));
    }
    Ok(member)
}

/// The running session with the time of the groups that are out.
fn out<'a>(d: &Decision<'a>) -> Result<(At, &'a Session, &'a Live, GroupTime), Refusal> {
    let (at, session, live) = running(d)?;
    let time = live
        .groups
        .ok_or_else(|| Refusal::new("no groups are out"))?;
    Ok((at, session, live, time))
}

pub(super) fn time(d: &mut Decision<'_>, minutes: Option<i16>) -> Result<String, Refusal> {
    let (at, _, live, time) = out(d)?;
    let mut live = live.clone();
    let Some(minutes) = minutes else {
        live.groups = None;
        d.put(live_key(at), live);
        return Ok("the groups are back".to_owned());
    };
    let by = Span::from_minutes(i64::from(minutes));
    let now = live.clock.elapsed(d.cx.at);
    // Once their time is over, more of it counts from now.
    let ends = time.ends.max(now) + by;
    if by.is_negative() && ends < now {
        return Err(Refusal::new(
            "they have less than that left; bring them back instead",
        ));
    }
    let length = ends - (time.ends - time.length);
    if length > Span::from_minutes(i64::from(LONGEST)) {
        return Err(Refusal::new("groups have at most 4 hours"));
    }
    live.groups = Some(GroupTime {
        ends,
        length,
        ..time
    });
    d.put(live_key(at), live);
    let amount = minutes.unsigned_abs();
    let more = if by.is_negative() { "less" } else { "more" };
    Ok(format!("{amount} min {more} for the groups"))
}

pub(super) fn join(d: &mut Decision<'_>, id: MemberId, group: usize) -> Result<String, Refusal> {
    let (at, session, _, time) = out(d)?;
    let member = here(d, (at.0, session), id)?;
    let mut groups = d
        .state
        .break_out(at.0, time.id)
        .ok_or_else(|| Refusal::new("those groups are gone"))?
        .clone();
    if groups.has(id) {
        return Err(Refusal::new(format!("{} is in a group", member.name)));
    }
    let Some(joined) = groups.groups.get_mut(group) else {
        return Err(no_group(group));
    };
    joined.members.push(id);
    d.put(key(at.0, time.id), groups);
    // By number: the title stays when the person is erased.
    Ok(format!("number {} joins group {}", member.label, group + 1))
}

fn no_group(group: usize) -> Refusal {
    Refusal::new(format!("there is no group {}", group + 1))
}

pub(super) fn report(
    d: &mut Decision<'_>,
    key: &Key,
    group: usize,
    report: &Clean,
) -> Result<String, Refusal> {
    let Some(Document::Groups(groups)) = d.state.get(key) else {
        return Err(Refusal::new("those groups are gone"));
    };
    let mut groups = groups.clone();
    let Some(found) = groups.groups.get_mut(group) else {
        return Err(no_group(group));
    };
    let report = Some(Clean::line(report)).filter(|words| !words.as_str().is_empty());
    let title = match report {
        Some(_) => format!("the line of group {}", group + 1),
        None => format!("no line of group {}", group + 1),
    };
    found.report = report;
    d.put(*key, groups);
    Ok(title)
}

pub(super) fn tie(
    d: &mut Decision<'_>,
    circle: CircleId,
    (one, other): (MemberId, MemberId),
    together: Option<bool>,
) -> Result<String, Refusal> {
    let mut held = d.circle(circle)?.clone();
    let member = |id| {
        let found = d.state.member(circle, id).filter(|m| m.left.is_none());
        found.ok_or_else(|| Refusal::new("that person is not in this circle"))
    };
    let (first, second) = (member(one)?.label, member(other)?.label);
    if one == other {
        return Err(Refusal::new("a tie is between two people"));
    }
    let known = held.ties.iter().position(|tie| tie.is_of(one, other));
    match (known, together) {
        (Some(at), Some(together)) => {
            if let Some(tie) = held.ties.get_mut(at) {
                tie.together = together;
            }
        }
        (Some(at), None) => {
            held.ties.remove(at);
        }
        (None, Some(together)) => held.ties.push(Tie {
            one,
            other,
            together,
        }),
        (None, None) => return Err(Refusal::new("nothing ties those two")),
    }
    d.put(
        Key::new(Space::Circle(circle), Kind::Circle, circle.0),
        held,
    );
    // By number, as above.
    let pair = format!("numbers {first} and {second}");
    Ok(match together {
        Some(true) => format!("{pair} are kept together in groups"),
        Some(false) => format!("{pair} are kept apart in groups"),
        None => format!("{pair} are free again in groups"),
    })
}
