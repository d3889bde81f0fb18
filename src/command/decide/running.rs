//! The running session: start, pause, steps and blocks, minutes, prompts, end.

use crate::command::decide::Decision;
use crate::command::decide::parting;
use crate::command::decide::sessions::{self, At};
use crate::command::plan::Plan;
use crate::command::{Refusal, Step};
use crate::domain::agenda::Prompt;
use crate::domain::clock::Span;
use crate::domain::first;
use crate::domain::id::{BlockId, CircleId, Key, Kind, MemberId, Space};
use crate::domain::live::{Live, Move};
use crate::domain::question::Asked;
use crate::domain::session::{Session, SessionState};
use crate::domain::state::rotation_key;
use crate::domain::tally::Figures;

/// Most prompts of one block; keeps the session document small.
pub(super) const MOST_PROMPTS: usize = 50;

pub(super) const fn live_key((circle, session): At) -> Key {
    Key::circle(circle, Kind::Live, session.0)
}

/// The running session with its place.
pub(super) fn running<'a>(d: &Decision<'a>) -> Result<(At, &'a Session, &'a Live), Refusal> {
    let state = d.state;
    let (circle, session, live) = state
        .running()
        .ok_or_else(|| Refusal::new("no session is running"))?;
    Ok(((circle, session.id), session, live))
}

pub(super) fn start(
    d: &mut Decision<'_>,
    at: At,
    facilitator: Option<MemberId>,
) -> Result<String, Refusal> {
    if let Some((circle, running, _)) = d.state.running() {
        let name = d.circle(circle)?.name.clone();
        return Err(Refusal::new(format!(
            "{name} #{} is running already",
            running.number
        )));
    }
    let mut session = sessions::session(d, at)?.clone();
    match session.state {
        SessionState::Planned => {}
        SessionState::Running => return Err(Refusal::new("that session is running already")),
        SessionState::Ended => return Err(Refusal::new("that session is over; plan the next one")),
        SessionState::Cancelled => return Err(Refusal::new("that session was called off")),
    }
    for other in first::begun_with(d.state, at.0, &session) {
        if other.id == session.id {
            session = other;
        } else {
            d.put(sessions::key((at.0, other.id)), other);
        }
    }
    if session.blocks.is_empty() {
        // A session without a plan is one open block: the clock still helps.
        let whole = crate::command::plan::BlockDraft {
            title: crate::domain::text::Clean::line("Open"),
            minutes: session.minutes,
            ..Default::default()
        };
        session.blocks.push(whole.into_block(&mut d.cx.ids));
    }
    session.state = SessionState::Running;
    session.started = Some(d.cx.at);
    session.facilitator = facilitator.or(session.facilitator);
    let title = format!("the start of {} #{}", d.circle(at.0)?.name, session.number);
    d.put(live_key(at), Live::start(&session, d.cx.at));
    d.put(sessions::key(at), session);
    Ok(title)
}

pub(super) fn pause(d: &mut Decision<'_>, paused: bool) -> Result<String, Refusal> {
    let (at, _, live) = running(d)?;
    let mut live = live.clone();
    live.clock = if paused {
        live.clock.pause(d.cx.at)
    } else {
        live.clock.resume(d.cx.at)
    };
    d.put(live_key(at), live);
    Ok(if paused { "the pause" } else { "going on" }.to_owned())
}

pub(super) fn step(d: &mut Decision<'_>, step: Step) -> Result<String, Refusal> {
    let (at, session, live) = running(d)?;
    let to = match step {
        Step::Next => live.next(&session.blocks),
        Step::Previous => live.back(&session.blocks),
    };
    match to {
        Move::Step(to) => {
            let now = to_step(d, to)?;
            let title = session
                .blocks
                .get(live.block)
                .and_then(|block| block.steps.get(to))
                .map_or_else(|| "the step".to_owned(), |step| step.title.to_string());
            d.put(live_key(at), now);
            Ok(format!("the step to {title}"))
        }
        Move::Block(to) => enter(d, to),
        Move::Edge => Err(Refusal::new(match step {
            Step::Next => "this is the last block; wrapping up comes next",
            Step::Previous => "this is the first block",
        })),
    }
}

/// The running session at another step, whose rows may take the place of the prompt or give it back.
fn to_step(d: &mut Decision<'_>, to: usize) -> Result<Live, Refusal> {
    let (_, session, live) = running(d)?;
    let now = live.to_step(to, d.cx.at);
    if now.has_prompt(session) == live.has_prompt(session) {
        return Ok(now);
    }
    leave_prompt(d)?;
    Ok(now.shows(session, d.cx.at))
}

/// Remembers that the prompt on the screen was asked, if it stood there long enough.
fn leave_prompt(d: &mut Decision<'_>) -> Result<(), Refusal> {
    let (at, session, live) = running(d)?;
    if let Some(left) = live.leave_prompt(session, d.cx.at) {
        d.put(sessions::key(at), left);
    }
    Ok(())
}

pub(super) fn go_to(d: &mut Decision<'_>, block: BlockId) -> Result<String, Refusal> {
    let (_, session, live) = running(d)?;
    let Some(to) = session.blocks.iter().position(|found| found.id == block) else {
        return Err(Refusal::new("that block is not in the agenda"));
    };
    if to == live.block {
        return Err(Refusal::new("that block is running"));
    }
    if session
        .blocks
        .get(to)
        .is_some_and(|block| block.parked.is_some())
    {
        return Err(Refusal::new("that block is kept for next time"));
    }
    enter(d, to)
}

fn enter(d: &mut Decision<'_>, to: usize) -> Result<String, Refusal> {
    let (at, session, live) = running(d)?;
    let title = session
        .blocks
        .get(to)
        .map_or_else(String::new, |block| block.title.to_string());
    leave_prompt(d)?;
    d.put(live_key(at), live.enter(session, to, d.cx.at));
    Ok(format!("the move to {title}"))
}

pub(super) fn extend(d: &mut Decision<'_>, minutes: i16) -> Result<String, Refusal> {
    let (at, session, live) = running(d)?;
    let block = session.blocks.get(live.block);
    let title = block.map_or_else(String::new, |block| block.title.to_string());
    let least = block.map_or(1, |block| block.min.max(1));
    let longer = live.extend(Span::from_minutes(i64::from(minutes)), least, d.cx.at);
    if longer == *live {
        let spent = live.took(live.block, d.cx.at).unwrap_or_default();
        return Err(if spent.whole_secs() / 60 >= i64::from(least) {
            Refusal::new("it has taken that long already; > goes on")
        } else {
            Refusal::new(format!("{title} needs at least {least} min; > goes on"))
        });
    }
    let now = longer.length().millis() / 60_000;
    d.put(live_key(at), longer);
    Ok(format!("{title} is now {now} min"))
}

pub(super) fn move_prompt(d: &mut Decision<'_>, step: Step) -> Result<String, Refusal> {
    let (at, session, live) = running(d)?;
    let count = session
        .blocks
        .get(live.block)
        .map_or(0, |block| block.prompts.len());
    let to = match step {
        Step::Next => Some(live.prompt + 1).filter(|to| *to < count),
        Step::Previous => live.prompt.checked_sub(1),
    };
    let Some(to) = to else {
        return Err(Refusal::new(match (count, step) {
            (0, _) => "this block has no prompt",
            (_, Step::Next) => "this is the last prompt",
            (_, Step::Previous) => "this is the first prompt",
        }));
    };
    leave_prompt(d)?;
    d.put(live_key(at), live.to_prompt(to, session, d.cx.at));
    Ok(format!("prompt {}", to + 1))
}

pub(super) fn add_prompt(d: &mut Decision<'_>, prompt: &Prompt) -> Result<String, Refusal> {
    let (at, session, live) = running(d)?;
    let left = live.leave_prompt(session, d.cx.at);
    let mut session = left.unwrap_or_else(|| session.clone());
    let Some(block) = session.blocks.get_mut(live.block) else {
        return Err(Refusal::new("no block is running"));
    };
    if block.prompts.len() >= MOST_PROMPTS {
        return Err(Refusal::new(format!(
            "a block has at most {MOST_PROMPTS} prompts"
        )));
    }
    block.prompts.push(prompt.clone());
    let last = block.prompts.len() - 1;
    // The words of a prompt stand in the session alone, so that erasing them there erases them.
    let title = format!("prompt {} of {}", block.prompts.len(), block.title);
    d.put(live_key(at), live.to_prompt(last, &session, d.cx.at));
    d.put(sessions::key(at), session);
    Ok(title)
}

pub(super) fn mark_asked(d: &mut Decision<'_>, asked: bool) -> Result<String, Refusal> {
    let (at, session, live) = running(d)?;
    let block = session.blocks.get(live.block);
    if block.is_none_or(|block| block.prompts.get(live.prompt).is_none()) {
        return Err(Refusal::new("there is no prompt to mark"));
    }
    let session = live.with_asked(session, asked.then_some(d.cx.at));
    if !asked {
        // A word against it holds as long as it stands: leaving it does not mark it after all.
        let against = Live {
            shown: None,
            ..live.clone()
        };
        d.put(live_key(at), against);
    }
    let title = format!(
        "the prompt was {}",
        if asked { "asked" } else { "not asked" }
    );
    d.put(sessions::key(at), session);
    Ok(title)
}

pub(super) fn leave_out(d: &mut Decision<'_>, span: Span, pause: bool) -> Result<String, Refusal> {
    let (at, _, live) = running(d)?;
    if span <= Span::ZERO || span > live.clock.elapsed(d.cx.at) {
        return Err(Refusal::new("that is more time than the session has run"));
    }
    // Of that time only what the clock ran counts: a pause that had begun before stays as it is.
    let until = live.clock.paused.unwrap_or(d.cx.at);
    let ran = until - (d.cx.at - span);
    if ran <= Span::ZERO {
        return Err(Refusal::new("the clock stood still all that time"));
    }
    let mut live = live.clone();
    live.clock.pauses = live.clock.pauses + ran.min(span);
    // Time that is taken out after going on has passed before the running block, which then begins now.
    let elapsed = live.clock.elapsed(d.cx.at);
    live.entered = live.entered.min(elapsed);
    live.step_entered = live.step_entered.min(elapsed);
    live.shown = live.shown.map(|since| since.min(elapsed));
    if pause {
        live.clock = live.clock.pause(d.cx.at);
    }
    d.put(live_key(at), live);
    Ok(format!("{} min left out", span.millis() / 60_000))
}

pub(super) fn end(
    d: &mut Decision<'_>,
    next: Option<&Plan>,
    (figures, leave_rest): (Option<Figures>, bool),
) -> Result<String, Refusal> {
    let (at, session, live) = running(d)?;
    let left = live.leave_prompt(session, d.cx.at);
    let mut session = left.unwrap_or_else(|| session.clone());
    for (index, block) in session.blocks.iter_mut().enumerate() {
        block.took = live.took(index, d.cx.at);
    }
    if !leave_rest {
        parting::keep_unreached(d, at.0, &mut session, live);
    }
    parting::settle_taken_up(d, at.0, &session);
    session.state = SessionState::Ended;
    session.ended = Some(d.cx.at);
    session.figures = figures;
    count_prompts(d, at, &session);
    count_seats(d, at.0, &session);
    let title = format!("the end of {} #{}", d.circle(at.0)?.name, session.number);
    d.remove(live_key(at));
    d.put(sessions::key(at), session);
    if let Some(next) = next
        && d.state.next_session(at.0, d.cx.at).is_none()
    {
        sessions::add(d, at.0, next)?;
    }
    Ok(title)
}

/// Remembers in the circle who held which seat, once the session is over.
fn count_seats(d: &mut Decision<'_>, circle: CircleId, session: &Session) {
    let before = d.state.rotation(circle);
    let mut rotation = before.clone();
    rotation.count(session, |id| sessions::is_member(d, circle, id));
    if rotation != before {
        d.put(rotation_key(circle), rotation);
    }
}

/// Remembers in the circle which questions it was asked, once the session is over.
fn count_prompts(d: &mut Decision<'_>, at: At, session: &Session) {
    let asked = session
        .blocks
        .iter()
        .flat_map(|block| &block.prompts)
        .filter_map(|prompt| {
            let when = prompt.asked?;
            Some((prompt.question?, prompt.asked_before, when))
        });
    let space = Space::Circle(at.0);
    for (question, before, when) in asked.collect::<Vec<_>>() {
        let key = Key::new(space, Kind::Asked, question.0);
        let known = match d.state.get(&key) {
            Some(crate::domain::document::Document::Asked(asked)) => asked.clone(),
            _ => Asked {
                times: before,
                ..Asked::never(question)
            },
        };
        d.put(key, known.again(when));
    }
}
