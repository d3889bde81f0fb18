//! Minutes written out: Markdown and a page of its own for people, a table and `circlet.minutes/1` for programs.
//!
//! Whatever somebody typed is escaped, one line for each field, so that it can neither become markup nor a
//! line of its own.

mod csv;
mod html;
mod json;

use std::fmt::{self, Write};

use crate::domain::clock::{Moment, Zone};
use crate::domain::item::Due;
use crate::domain::minutes::{ActionRow, Held, Minutes, Read, Row, whole_minutes};
use crate::domain::tally::Rating;
use crate::domain::text::Clean;
use chrono::NaiveDate;

pub use csv::csv;
pub use html::html;
pub use json::{rating_json, to_json, vote_json};

/// The sentence that closes minutes. Nothing else in the file says what was left out.
pub const CLOSING: &str = "The facilitator's own notes are not part of these minutes.";

/// Above what was decided outside of sessions.
const SINCE: &str = "Decided since then";

/// What minutes say of a session that goes on.
const RUNNING: &str = "The session was still running when this was written.";

/// Minutes as Markdown, with times as clocks in `zone` show them.
pub fn markdown(minutes: &Minutes, zone: Zone) -> String {
    let mut out = String::new();
    write_markdown(&mut out, minutes, zone).expect("writing to a String cannot fail");
    out
}

fn write_markdown(out: &mut String, minutes: &Minutes, zone: Zone) -> fmt::Result {
    head(out, minutes, zone)?;
    if let Some(read) = &minutes.reading {
        reading(out, read)?;
    }
    section(out, "Agenda", &minutes.agenda, |out, block| {
        writeln!(out, "- {}", escape(&held(block, minutes.running)))?;
        block.reports.iter().try_for_each(|report| {
            let people: Vec<String> = report.people.iter().map(|name| escape(name)).collect();
            let people = match people.len() {
                0 => "A group".to_owned(),
                _ => people.join(", "),
            };
            writeln!(out, "  - {people}: {}", escape(&report.text))
        })
    })?;
    section(out, "Prompts asked", &minutes.prompts, |out, text| {
        writeln!(out, "- {}", escape(text))
    })?;
    section(out, "Ratings", &minutes.ratings, rating_lines)?;
    section(out, "Votes", &minutes.votes, |out, vote| {
        vote.options
            .iter()
            .try_for_each(|count| writeln!(out, "- {}: {}", count.votes, escape(&count.option)))
    })?;
    section(out, "Decisions", &minutes.decisions, |out, row| {
        writeln!(out, "- D{}", words(row))
    })?;
    section(out, SINCE, &minutes.since, |out, row| {
        writeln!(out, "- D{}", words(row))
    })?;
    section(out, "Actions", &minutes.actions, |out, action| {
        action_row(out, action, (minutes.next, zone))
    })?;
    section(
        out,
        "Parked for another time",
        &minutes.parked,
        |out, row| {
            writeln!(out, "- P{}", words(row))?;
            match &row.raised_by {
                Some(name) => writeln!(out, "  - Raised by: {}", escape(name)),
                None => Ok(()),
            }
        },
    )?;
    section(out, "Notes for the circle", &minutes.notes, |out, row| {
        writeln!(out, "- N{}", words(row))?;
        match taken_from(row, escape) {
            Some(from) => writeln!(out, "  - {from}"),
            None => Ok(()),
        }
    })?;
    writeln!(out, "\n{CLOSING}")
}

/// Where a note was taken from, and who read it out: `From ch. 3, read out by Jun`.
fn taken_from<Id>(row: &Row<Id>, written: impl Fn(&str) -> String) -> Option<String> {
    let place = row.place.as_deref()?;
    Some(match row.raised_by.as_deref() {
        Some(name) => format!("From {place}, read out by {}", written(name)),
        None => format!("From {place}"),
    })
}

fn head(out: &mut String, minutes: &Minutes, zone: Zone) -> fmt::Result {
    writeln!(
        out,
        "# {}, session {}\n",
        escape(&minutes.circle),
        minutes.number
    )?;
    writeln!(out, "- When: {}", when(minutes, zone))?;
    writeln!(out, "- Length: {}", length(minutes))?;
    for (label, names) in [("Present", &minutes.present), ("Away", &minutes.away)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| escape(name)).collect();
            writeln!(out, "- {label}: {}", names.join(", "))?;
        }
    }
    if minutes.running {
        writeln!(out, "\n{RUNNING}")?;
    }
    Ok(())
}

/// The book, what was read of it, and what comes next.
fn reading(out: &mut String, read: &Read) -> fmt::Result {
    writeln!(out, "\n## Reading\n")?;
    let lines = read_lines(read);
    lines
        .iter()
        .try_for_each(|line| writeln!(out, "- {}", escape(line)))
}

/// The same as plain lines.
fn read_lines(read: &Read) -> Vec<String> {
    let author = match read.author.as_str() {
        "" => String::new(),
        author => format!(" by {author}"),
    };
    let next = read.next.as_ref().map(|next| format!("Next: {next}"));
    let begun = read.begun.as_ref();
    let begun = begun.map(|(title, pace)| format!("Next book: {title}, {pace}"));
    let what = format!("{}{author}: {}", read.title, read.what);
    std::iter::once(what).chain(next).chain(begun).collect()
}

/// When it began and ended.
fn when(minutes: &Minutes, zone: Zone) -> String {
    let begun = minutes.start.local(zone);
    let from = begun.format("%a %-d %b %Y, %H:%M");
    match minutes.ended.map(|ended| ended.local(zone)) {
        None => from.to_string(),
        Some(ended) if ended.date() == begun.date() => {
            format!("{from} to {}", ended.format("%H:%M"))
        }
        Some(ended) => format!("{from} to {}", ended.format("%a %-d %b %Y, %H:%M")),
    }
}

/// How long it was to be, and was.
fn length(minutes: &Minutes) -> String {
    let took = minutes.took_minutes();
    let took = took.map(|took| format!(", took {took} min"));
    format!(
        "planned {} min{}",
        minutes.planned,
        took.unwrap_or_default()
    )
}

/// A section with its rows; nothing where there are none.
pub(super) fn section<T>(
    out: &mut String,
    title: &str,
    rows: &[T],
    mut each: impl FnMut(&mut String, &T) -> fmt::Result,
) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {title}\n")?;
    rows.iter().try_for_each(|row| each(out, row))
}

/// A rating in counts, and what may be said of the whole.
pub(super) fn rating_lines(out: &mut String, rating: &Rating) -> fmt::Result {
    writeln!(out, "- {}: {}", escape(&rating.of), spread(rating))?;
    writeln!(out, "  - {}", rating.words())
}

/// How many answered, and from where to where they went where that may be said.
fn spread(rating: &Rating) -> String {
    let answers = match rating.answers() {
        1 => "1 answer".to_owned(),
        answers => format!("{answers} answers"),
    };
    match rating.spread() {
        Some(spread) => format!("{answers}, {spread}"),
        None => answers,
    }
}

fn held(block: &Held, running: bool) -> String {
    let missing = if running {
        "not reached yet"
    } else {
        "not reached"
    };
    let took = block.took.map_or_else(
        || missing.to_owned(),
        |took| match whole_minutes(took) {
            0 => "took less than 1 min".to_owned(),
            minutes => format!("took {minutes} min"),
        },
    );
    let begun = block.took.is_some_and(|took| whole_minutes(took) > 0);
    let took = match (block.kept, begun) {
        (false, _) => took,
        (true, true) => format!("{took}, kept for next time"),
        (true, false) => "kept for next time".to_owned(),
    };
    format!("{}: planned {} min, {took}", block.title, block.planned)
}

fn words<Id>(row: &Row<Id>) -> String {
    format!("{} {}{}", row.number, escape(&row.text), tags(&row.tags))
}

/// Tags behind the words they belong to.
pub(super) fn tags(tags: &[Clean]) -> String {
    tags.iter()
        .map(|tag| [" \\#", &escape(tag)].concat())
        .collect()
}

fn action_row(
    out: &mut String,
    action: &ActionRow,
    (next, zone): (Option<Moment>, Zone),
) -> fmt::Result {
    writeln!(
        out,
        "- A{} {}{}",
        action.number,
        escape(&action.text),
        tags(&action.tags)
    )?;
    writeln!(out, "  - Owner: {}", escape(&action.owner_words))?;
    writeln!(out, "  - Due: {}", due_words(action.due, next, zone))?;
    if !action.state.is_open() {
        writeln!(out, "  - State: {}", action.state.word())?;
    }
    Ok(())
}

/// The day on which something is due, where one is known.
fn day_of(due: Due, next: Option<Moment>, zone: Zone) -> Option<NaiveDate> {
    match due {
        Due::None => None,
        Due::On(day) => Some(day),
        Due::NextSession => next.map(|next| next.date(zone)),
    }
}

/// Until when, in words.
fn due_words(due: Due, next: Option<Moment>, zone: Zone) -> String {
    day_words(due == Due::NextSession, day_of(due, next, zone))
}

/// A day due in words; that of the next session where it is due then.
pub(super) fn day_words(at_next: bool, day: Option<NaiveDate>) -> String {
    let day = day.map(|day| day.format("%a %-d %b %Y").to_string());
    match (at_next, day) {
        (true, Some(day)) => format!("next session, {day}"),
        (true, None) => "next session".to_owned(),
        (false, Some(day)) => day,
        (false, None) => "no date".to_owned(),
    }
}

/// One line of plain text as Markdown: what could be markup stands behind a backslash.
pub fn escape(text: &str) -> String {
    let line = Clean::line(text);
    let mut out = String::with_capacity(line.len() + 8);
    for (index, c) in line.char_indices() {
        let always = matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '#'
                | '|'
                | '~'
                | '&'
                | '$'
                | '^'
                | '{'
                | '}'
        );
        // These mean something only where a list or a rule could begin.
        let at_start = index == 0 && matches!(c, '-' | '+' | '=' | ':');
        let after_number = matches!(c, '.' | ')')
            && line.get(..index).is_some_and(|head| {
                !head.is_empty() && head.len() <= 9 && head.bytes().all(|b| b.is_ascii_digit())
            });
        if always || at_start || after_number {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests;
