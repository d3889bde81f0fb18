//! Sessions that do not run: planned, changed, called off, corrected.

use crate::command::Refusal;
use crate::command::decide::{Decision, agenda, running};
use crate::command::plan::{BlockDraft, Plan};
use crate::domain::agenda::{Block, Prompt};
use crate::domain::clock::Moment;
use crate::domain::first;
use crate::domain::id::{BlockId, CircleId, Key, Kind, MemberId, SessionId, Space};
use crate::domain::roster::Role;
use crate::domain::session::{Session, SessionState};
use crate::domain::template::{MOST_BLOCKS, MOST_MINUTES};

/// A session within its circle.
pub(super) type At = (CircleId, SessionId);

pub(super) fn session<'a>(d: &Decision<'a>, (circle, id): At) -> Result<&'a Session, Refusal> {
    let state = d.state;
    state
        .session(circle, id)
        .ok_or_else(|| Refusal::new("that session does not exist"))
}

pub(super) const fn key((circle, id): At) -> Key {
    Key::circle(circle, Kind::Session, id.0)
}

pub(super) fn plan(d: &mut Decision<'_>, circle: CircleId, plan: &Plan) -> Result<String, Refusal> {
    let name = d.circle(circle)?.name.clone();
    let number = add(d, circle, plan)?;
    Ok(format!("{name} #{number}"))
}

/// Adds a planned session and returns its number.
pub(super) fn add(d: &mut Decision<'_>, circle: CircleId, plan: &Plan) -> Result<u32, Refusal> {
    check_length(plan.minutes)?;
    let number = d.number(Space::Circle(circle), |counter| &mut counter.session);
    let id = SessionId(d.cx.ids.make());
    let mut session = Session {
        blocks: blocks(d, &plan.blocks)?,
        facilitator: plan.facilitator.filter(|id| is_member(d, circle, *id)),
        template: plan.template.clone(),
        ..Session::new(id, number, plan.start, plan.minutes)
    };
    super::book::plan::take_up(d, circle, &mut session);
    d.add(key((circle, id)), session);
    Ok(number)
}

/// Whether somebody is in a circle and has not left.
pub(super) fn is_member(d: &Decision<'_>, circle: CircleId, id: MemberId) -> bool {
    let member = d.state.member(circle, id);
    member.is_some_and(|member| member.left.is_none())
}

fn check_length(minutes: u16) -> Result<(), Refusal> {
    if minutes == 0 || minutes > MOST_MINUTES {
        return Err(Refusal::new(
            "a session lasts between 1 minute and 24 hours",
        ));
    }
    Ok(())
}

fn blocks(d: &mut Decision<'_>, drafts: &[BlockDraft]) -> Result<Vec<Block>, Refusal> {
    if drafts.len() > MOST_BLOCKS {
        return Err(Refusal::new(format!(
            "a session has at most {MOST_BLOCKS} blocks"
        )));
    }
    if drafts
        .iter()
        .any(|block| block.minutes == 0 || block.minutes > MOST_MINUTES)
    {
        return Err(Refusal::new("a block lasts between 1 minute and 24 hours"));
    }
    let ids = &mut d.cx.ids;
    Ok(drafts
        .iter()
        .map(|draft| draft.clone().into_block(ids))
        .collect())
}

pub(super) fn edit(
    d: &mut Decision<'_>,
    at: At,
    (start, minutes): (Option<Moment>, Option<u16>),
    drafts: Option<&[BlockDraft]>,
) -> Result<String, Refusal> {
    let mut session = match (start, drafts) {
        (None, None) => planned_or_running(d, at)?.clone(),
        (Some(_), _) | (_, Some(_)) => planned(d, at)?.clone(),
    };
    if let Some(start) = start {
        // The others of the series are counted from where it was.
        session.slot = Some(session.in_series()).filter(|slot| *slot != start);
        session.start = start;
    }
    if let Some(minutes) = minutes {
        check_length(minutes)?;
        session.minutes = minutes;
    }
    if let Some(drafts) = drafts {
        let before = std::mem::take(&mut session.blocks);
        session.blocks = blocks(d, drafts)?;
        agenda::keep_more(&mut session.blocks, &before);
    }
    let title = match (start, minutes, drafts) {
        (None, Some(minutes), None) => format!("session #{} has {minutes} min", session.number),
        (None, None, Some(_)) => agenda::title(&self::session(d, at)?.blocks, &session),
        _ => format!("session #{}", session.number),
    };
    d.put(key(at), session);
    Ok(title)
}

/// Another plan for a session that did not start yet. A block whose title stays is the same block, in the
/// order of the agenda where several have one title, so what refers to it still fits.
pub(super) fn replan(d: &mut Decision<'_>, at: At, plan: &Plan) -> Result<String, Refusal> {
    let before = planned(d, at)?.clone();
    check_length(plan.minutes)?;
    let mut old: Vec<&Block> = before.blocks.iter().collect();
    let mut drafts = plan.blocks.clone();
    let mut extra = Vec::with_capacity(drafts.len());
    for draft in &mut drafts {
        let place = old.iter().position(|block| block.title == draft.title);
        let kept = place.map(|place| old.remove(place));
        draft.id = kept.map(|block| block.id);
        if let Some(block) = kept {
            draft.keep_prompts(block);
            draft.from = block.from;
        }
        extra.push(kept.map(|block| block.extra.clone()).unwrap_or_default());
    }
    let mut blocks = blocks(d, &drafts)?;
    for (block, extra) in blocks.iter_mut().zip(extra) {
        block.extra = extra;
    }
    let facilitator = plan.facilitator.filter(|id| is_member(d, at.0, *id));
    let session = Session {
        start: plan.start,
        minutes: plan.minutes,
        blocks,
        facilitator,
        template: plan.template.clone(),
        ..before.clone()
    };
    // An agenda that is begun says what is on it; any other plan may differ in everything.
    let title = if before.blocks.is_empty() && before.start == plan.start {
        agenda::title(&[], &session)
    } else {
        format!("session #{}", before.number)
    };
    d.put(key(at), session);
    Ok(title)
}

/// A session whose length can still be changed: one that runs may end later than planned.
fn planned_or_running<'a>(d: &Decision<'a>, at: At) -> Result<&'a Session, Refusal> {
    let session = session(d, at)?;
    if session.state == SessionState::Running {
        return Ok(session);
    }
    planned(d, at)
}

pub(super) fn planned<'a>(d: &Decision<'a>, at: At) -> Result<&'a Session, Refusal> {
    let session = session(d, at)?;
    match session.state {
        SessionState::Planned => Ok(session),
        SessionState::Running => Err(Refusal::new("that session is running")),
        SessionState::Ended => Err(Refusal::new("that session is over")),
        SessionState::Cancelled => Err(Refusal::new("that session was called off")),
    }
}

pub(super) fn cancel(d: &mut Decision<'_>, at: At) -> Result<String, Refusal> {
    let mut session = planned(d, at)?.clone();
    let next = first::taken_over(d.state, at.0, &session, d.cx.at);
    session.state = SessionState::Cancelled;
    let mut title = format!("session #{} called off", session.number);
    if let Some(next) = next {
        title = format!("{title}, introductions are in #{}", next.number);
        d.put(key((at.0, next.id)), next);
    }
    d.put(key(at), session);
    Ok(title)
}

pub(super) fn set_prompts(
    d: &mut Decision<'_>,
    at: At,
    block: BlockId,
    prompts: &[Prompt],
) -> Result<String, Refusal> {
    let mut session = session(d, at)?.clone();
    let Some(found) = session.blocks.iter_mut().find(|found| found.id == block) else {
        return Err(Refusal::new("that block is not in the agenda"));
    };
    if prompts.len() > running::MOST_PROMPTS {
        return Err(Refusal::new(format!(
            "a block has at most {} prompts",
            running::MOST_PROMPTS
        )));
    }
    let title = prompts_title(&found.prompts, prompts, &found.title);
    found.prompts = prompts.to_vec();
    d.put(key(at), session);
    Ok(title)
}

/// What is different, so that taking it back is told as what it is.
fn prompts_title(before: &[Prompt], after: &[Prompt], block: &str) -> String {
    let counted = |n: usize| match n {
        1 => "1 prompt".to_owned(),
        n => format!("{n} prompts"),
    };
    let new = after
        .iter()
        .filter(|prompt| !before.contains(prompt))
        .count();
    let gone = before
        .iter()
        .filter(|prompt| !after.contains(prompt))
        .count();
    let first = match (before.first(), after.first()) {
        (Some(before), Some(after)) => before != after,
        _ => false,
    };
    match (new, gone) {
        (1, 0) if first => format!("another first prompt for {block}"),
        (more, 0) if more > 0 && !before.is_empty() => {
            format!("{} more for {block}", counted(more))
        }
        (new, gone) if new > 0 && gone > 0 && gone < before.len() => {
            format!("{} for {block} in place of {gone}", counted(new))
        }
        (0, gone) if gone > 0 => format!("{} taken off {block}", counted(gone)),
        (0, _) => format!("the order of the prompts of {block}"),
        _ => format!("{} for {block}", counted(after.len())),
    }
}

pub(super) fn attend(
    d: &mut Decision<'_>,
    at: At,
    member: MemberId,
    here: bool,
) -> Result<String, Refusal> {
    let mut session = session(d, at)?.clone();
    let Some(person) = d.state.member(at.0, member) else {
        return Err(Refusal::new("that person is not in this circle"));
    };
    if here {
        session.away.remove(&member);
        // A guest who was not invited and comes all the same.
        if person.role == Role::Guest {
            session.guests.insert(member);
        }
    } else {
        session.away.insert(member, None);
    }
    // By number: the title stays in the history of the session when the person is erased.
    let title = format!(
        "number {} is {}",
        person.label,
        if here { "here" } else { "away" }
    );
    d.put(key(at), session);
    Ok(title)
}
