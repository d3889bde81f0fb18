//! The plan by which a book is read.

use chrono::NaiveDate;

use super::{book, key};
use crate::command::Refusal;
use crate::command::decide::running::MOST_PROMPTS;
use crate::command::decide::{Decision, item_name};
use crate::domain::agenda::Prompt;
use crate::domain::book::reading::Reading;
use crate::domain::book::schedule::{self, Give, MOST_INSTALMENTS, Unfit};
use crate::domain::book::{Book, BookState};
use crate::domain::book::{fit, meetings, next};
use crate::domain::id::{BookId, CircleId};
use crate::domain::session::Session;
use crate::domain::text::{Clean, Limit};

/// Reads a book by a plan; `over` is one that the same act closes.
pub(super) fn begin(
    d: &mut Decision<'_>,
    (circle, id): (CircleId, BookId),
    reading: &Reading,
    over: Option<BookId>,
) -> Result<String, Refusal> {
    let mut held = book(d, circle, id)?;
    let other = d.state.reading(circle);
    if let Some(other) = other.filter(|other| other.id != id && Some(other.id) != over) {
        return Err(Refusal::new(format!(
            "{} is being read; finish it or set it aside first",
            item_name(&other.clone().into())
        )));
    }
    check(&held, reading)?;
    let again = held.state == BookState::Reading;
    (held.state, held.closed) = (BookState::Reading, None);
    let mut plan = reading.clone();
    if let Some(before) = &held.reading {
        plan.replaces(before);
    }
    held.reading = Some(plan);
    let name = item_name(&held.clone().into());
    d.put(key(circle, id), held);
    let count = match reading.instalments.len() {
        1 => "1 meeting".to_owned(),
        count => format!("{count} meetings"),
    };
    Ok(if again {
        format!("another plan for {name}: {count}")
    } else {
        format!("{name} over {count}")
    })
}

/// Whether a plan can be for any book: places and days in order.
pub(super) fn check_order(reading: &Reading) -> Result<(), Refusal> {
    let ones = &reading.instalments;
    if ones.is_empty() {
        return Err(unfit(&Unfit::NoMeetings));
    }
    if ones.len() > MOST_INSTALMENTS {
        return Err(unfit(&Unfit::TooMany));
    }
    let rises = ones
        .iter()
        .zip(ones.iter().skip(1))
        .all(|(one, next)| one.until < next.until && one.day < next.day);
    if !rises || ones.iter().any(|one| one.until == 0) {
        return Err(Refusal::new(
            "each meeting needs something to read and a later day",
        ));
    }
    Ok(())
}

/// Whether a plan can be for this book: in order, and none beyond the end.
fn check(book: &Book, reading: &Reading) -> Result<(), Refusal> {
    check_order(reading)?;
    // Parts are counted by the plan itself.
    let units = match reading.measure {
        crate::domain::book::reading::Measure::Parts => None,
        measure => book.units(measure),
    };
    let end = reading.instalments.last().map_or(0, |last| last.until);
    if end > schedule::most(reading.measure) {
        return Err(unfit(&Unfit::TooLong(reading.measure)));
    }
    match units {
        Some(units) if end > units => Err(Refusal::new(format!(
            "the plan ends with {} {end}, and the book has {units}",
            reading.measure.one()
        ))),
        _ => Ok(()),
    }
}

fn unfit(unfit: &Unfit) -> Refusal {
    Refusal::new(unfit.to_string())
}

/// Changes the plan of a book that is being read.
fn replan(
    d: &mut Decision<'_>,
    (circle, id): (CircleId, BookId),
    change: impl FnOnce(&Book, &mut Reading) -> Result<String, Refusal>,
) -> Result<String, Refusal> {
    let mut held = book(d, circle, id)?;
    // A meeting whose session was moved has moved with it.
    let plan = meetings::plan(d.state, circle, &held, d.cx.zone)
        .filter(|_| held.state == BookState::Reading);
    let mut reading = plan.ok_or_else(|| Refusal::new("that book is not being read"))?;
    let how = change(&held, &mut reading)?;
    check(&held, &reading)?;
    if let Some(before) = &held.reading {
        reading.replaces(before);
    }
    held.reading = Some(reading);
    let title = format!("{}: {how}", item_name(&held.clone().into()));
    d.put(key(circle, id), held);
    Ok(title)
}

fn day_of(reading: &Reading, at: usize) -> Result<NaiveDate, Refusal> {
    let one = reading.instalments.get(at);
    one.map(|one| one.day).ok_or_else(|| {
        Refusal::new(format!(
            "the plan has {} meetings",
            reading.instalments.len()
        ))
    })
}

pub(super) fn move_to(
    d: &mut Decision<'_>,
    at: (CircleId, BookId),
    instalment: usize,
    day: NaiveDate,
) -> Result<String, Refusal> {
    replan(d, at, |book, reading| {
        let was = day_of(reading, instalment)?;
        if day < reading.from {
            return Err(Refusal::new("that is before reading began"));
        }
        if day == was {
            return Err(Refusal::new(format!("that meeting is on {day} already")));
        }
        schedule::move_to(book, reading, instalment, day).map_err(|error| unfit(&error))?;
        Ok(format!("{was} is now {day}"))
    })
}

pub(super) fn skip(
    d: &mut Decision<'_>,
    at: (CircleId, BookId),
    instalment: usize,
    (why, give): (&Clean, Give),
) -> Result<String, Refusal> {
    Limit::Name
        .check(why)
        .or_else(|error| {
            if why.as_str().is_empty() {
                Ok(())
            } else {
                Err(error)
            }
        })
        .map_err(|error| Refusal::new(error.to_string()))?;
    replan(d, at, |book, reading| {
        let was = day_of(reading, instalment)?;
        schedule::skip(book, reading, instalment, (why.clone(), give))
            .map_err(|error| unfit(&error))?;
        Ok(format!("nothing is read for {was}"))
    })
}

pub(super) fn bend(
    d: &mut Decision<'_>,
    at: (CircleId, BookId),
    from: usize,
    (more, until): (usize, Option<u32>),
) -> Result<String, Refusal> {
    if more > MOST_INSTALMENTS {
        return Err(unfit(&Unfit::TooMany));
    }
    let (state, zone) = (d.state, d.cx.zone);
    let today = d.cx.at.date(zone);
    replan(d, at, |book, reading| {
        let held = meetings::due(state, at.0, reading, today);
        let from = from.max(held.unwrap_or(reading.instalments.len()));
        let end = reading.instalments.last().map_or(0, |last| last.until);
        let until = until.unwrap_or(end);
        if from >= reading.instalments.len() && (more == 0 || until <= end) {
            return Err(Refusal::new(
                "every meeting of its plan is over; move the last one to a day to come first, or say that the book is \
                 read",
            ));
        }
        meetings::lengthen(state, at.0, (reading, more), (today, zone));
        schedule::bend_to(book, reading, (from, until)).map_err(|error| unfit(&error))?;
        let last = reading.instalments.last();
        Ok(last.map_or_else(String::new, |last| format!("read until {}", last.day)))
    })
}

pub(super) fn pick(
    d: &mut Decision<'_>,
    at: (CircleId, BookId),
    instalment: usize,
    prompts: &[Prompt],
) -> Result<String, Refusal> {
    if prompts.len() > MOST_PROMPTS {
        return Err(Refusal::new(format!(
            "at most {MOST_PROMPTS} questions for one meeting"
        )));
    }
    replan(d, at, |_, reading| {
        let day = day_of(reading, instalment)?;
        if let Some(one) = reading.instalments.get_mut(instalment) {
            one.picked = prompts.to_vec();
        }
        Ok(match prompts.len() {
            1 => format!("1 question for {day}"),
            count => format!("{count} questions for {day}"),
        })
    })
}

/// A new session takes the next instalment of the book that is read, and the questions that were picked for it: they
/// come first in its block about the book.
pub(in crate::command::decide) fn take_up(
    d: &mut Decision<'_>,
    circle: CircleId,
    session: &mut Session,
) {
    let Some(id) = d.state.reading(circle).map(|book| book.id) else {
        return;
    };
    // Several sessions of one act take one instalment after the other.
    let pending = d
        .changes
        .iter()
        .find(|change| change.key == key(circle, id));
    let pending = pending.and_then(|change| change.after.clone());
    let pending = pending.and_then(|body| serde_json::from_value(body).ok());
    let Some(mut held) = pending.or_else(|| d.state.book(circle, id).cloned()) else {
        return;
    };
    let Some(mut reading) = meetings::plan(d.state, circle, &held, d.cx.zone) else {
        return;
    };
    let day = session.start.date(d.cx.zone);
    let days = (day, d.cx.at.date(d.cx.zone));
    let at = next::free((d.state, circle), &reading, days, d.cx.zone);
    let one = at.and_then(|at| reading.instalments.get_mut(at));
    let Some(one) = one else {
        return;
    };
    (one.session, one.day) = (Some(session.id), day);
    let picked = std::mem::take(&mut one.picked);
    let about = fit::block_of(&held, &session.blocks).map(|block| block.id);
    let mut blocks = session.blocks.iter_mut();
    let block = blocks.find(|block| Some(block.id) == about);
    if let Some(block) = block {
        let new = |prompt: &Prompt| !picked.iter().any(|one| one.asks_like(prompt));
        block.prompts.retain(new);
        block.prompts.splice(0..0, picked);
    }
    held.reading = Some(reading);
    d.put(key(circle, id), held);
}
