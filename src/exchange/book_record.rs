//! The record of a book written out: Markdown for people, `circlet.book-record/1` for programs.
//!
//! Whatever somebody typed is escaped, one line for each field, as in minutes.

#[cfg(test)]
mod tests;

use std::fmt::{self, Write};

use serde_json::{Value, json};

use crate::domain::book::BookState;
use crate::domain::book::poll::Method;
use crate::domain::book::record::{Met, Part, Put, Quoted, Record, Tried, Voted};
use crate::domain::clock::Zone;
use crate::domain::tally::Rating;
use crate::exchange::minutes::{escape, rating_json, rating_lines, section};

/// The sentence that closes a record. Nothing else in the file says what was left out.
pub const CLOSING: &str = "Notes that people wrote for themselves are not part of this record.";

/// A record as Markdown.
pub fn markdown(record: &Record, zone: Zone) -> String {
    let mut out = String::new();
    write_markdown(&mut out, record, zone).expect("writing to a String cannot fail");
    out
}

fn write_markdown(out: &mut String, record: &Record, zone: Zone) -> fmt::Result {
    head(out, record)?;
    section(out, "Read", &record.parts, part)?;
    for skipped in &record.skipped {
        let why = escape(&skipped.why);
        let gap = if why.is_empty() { "" } else { ": " };
        writeln!(
            out,
            "- {}: nothing was read{gap}{why}",
            skipped.day.format("%a %-d %b %Y")
        )?;
    }
    section(out, "How it was chosen", &record.votes, |out, vote| {
        voted(out, vote, zone)
    })?;
    if !record.quoted.is_empty() {
        writeln!(out, "\n## Quotes")?;
        record.quoted.iter().try_for_each(|one| quoted(out, one))?;
    }
    section(out, "Questions asked", &record.asked, put)?;
    section(out, "Tried", &record.tried, tried)?;
    section(out, "Rating", &record.ratings, |out, rating| {
        rating_lines(out, rating)
    })?;
    writeln!(out, "\n{CLOSING}")
}

fn head(out: &mut String, record: &Record) -> fmt::Result {
    writeln!(out, "# {}\n", escape(&record.title))?;
    let mut fact = |label: &str, words: &str| match words {
        "" => Ok(()),
        words => writeln!(out, "- {label}: {words}"),
    };
    fact("Author", &escape(&record.author))?;
    fact("Circle", &escape(&record.circle))?;
    fact("Length", &length(record))?;
    let by = record.proposed_by.as_deref().map(escape);
    fact("Proposed by", &by.unwrap_or_default())?;
    fact("Why", &escape(&record.why))?;
    fact("When", &when(record))
}

/// `272 pages, 16 chapters`.
fn length(record: &Record) -> String {
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let pages = record
        .pages
        .map_or(0, |n| usize::try_from(n).unwrap_or(usize::MAX));
    let parts = [
        counted(pages, "page", "pages"),
        counted(record.chapters, "chapter", "chapters"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

/// `read from Wed 4 Mar 2026 to Wed 27 May 2026`, or where it stands.
fn when(record: &Record) -> String {
    let day = |day: chrono::NaiveDate| day.format("%a %-d %b %Y").to_string();
    let Some(from) = record.from else {
        return record.state.word().to_owned();
    };
    match (record.state, record.closed) {
        (BookState::Read, Some(closed)) => format!("read from {} to {}", day(from), day(closed)),
        (BookState::SetAside, Some(closed)) => {
            format!("begun {}, set aside {}", day(from), day(closed))
        }
        (BookState::Proposed, _) => format!("begun {}, proposed again", day(from)),
        (BookState::Read | BookState::SetAside | BookState::Reading, _) => {
            format!("{} since {}", record.state.word(), day(from))
        }
    }
}

fn part(out: &mut String, part: &Part) -> fmt::Result {
    let pages = match part.pages {
        Some(1) => ", 1 page".to_owned(),
        Some(pages) => format!(", {pages} pages"),
        None => String::new(),
    };
    let met = part
        .met
        .map_or_else(String::new, |Met { number, came, of }| {
            format!(", session {number}, {came} of {of} came")
        });
    let day = part.day.format("%a %-d %b %Y");
    writeln!(out, "- {day}: {}{pages}{met}", part.what)
}

fn voted(out: &mut String, vote: &Voted, zone: Zone) -> fmt::Result {
    let day = vote.at.date(zone).format("%a %-d %b %Y");
    let how = match vote.method {
        Method::Approval => "every book that one would read",
        Method::Ranked => "ranked",
    };
    let ballots = match vote.ballots {
        1 => "1 ballot".to_owned(),
        ballots => format!("{ballots} ballots"),
    };
    let came = match &vote.chosen {
        Some(title) => format!("{} was chosen", escape(title)),
        None => "called off".to_owned(),
    };
    writeln!(out, "- {day}: {came}, {ballots}, {how}")?;
    let rounds = vote.rounds.iter();
    rounds
        .map(|round| escape(round))
        .try_for_each(|round| writeln!(out, "  - {round}"))
}

fn quoted(out: &mut String, chapter: &Quoted) -> fmt::Result {
    let title = escape(&chapter.title);
    match (chapter.chapter, title.as_str()) {
        (None, _) => writeln!(out, "\n### Without a chapter\n")?,
        (Some(number), "") => writeln!(out, "\n### Chapter {number}\n")?,
        (Some(number), title) => writeln!(out, "\n### Chapter {number}: {title}\n")?,
    }
    chapter.quotes.iter().try_for_each(|quote| {
        writeln!(out, "- {}", escape(&quote.text))?;
        let page = quote.page.map(|page| format!("p. {page}"));
        let by = quote.raised_by.as_deref();
        let by = by.map(|name| format!("read out by {}", escape(name)));
        let more: Vec<String> = page.into_iter().chain(by).collect();
        if more.is_empty() {
            return Ok(());
        }
        writeln!(out, "  - {}", more.join(", "))
    })
}

fn put(out: &mut String, put: &Put) -> fmt::Result {
    let by = put.by.as_deref().map(|name| format!(" ({})", escape(name)));
    writeln!(out, "- {}{}", escape(&put.text), by.unwrap_or_default())?;
    let answers = put.answers.iter();
    answers
        .map(|text| escape(text))
        .try_for_each(|text| writeln!(out, "  - {text}"))
}

fn tried(out: &mut String, row: &Tried) -> fmt::Result {
    let (number, text) = (row.number, escape(&row.text));
    writeln!(out, "- A{number} {text}")?;
    let owner = escape(&row.owner_words);
    writeln!(out, "  - {owner}, {}", row.state.word())
}

/// A record as `circlet.book-record/1`. Times are RFC 3339, dates `YYYY-MM-DD`, what is absent is `null`.
pub fn to_json(record: &Record) -> Value {
    json!({
        "schema": "circlet.book-record/1",
        "circle": record.circle,
        "book": {
            "id": format!("B{}", record.number),
            "uid": record.uid,
            "title": record.title,
            "author": record.author,
            "genre": record.genre,
            "pages": record.pages,
            "chapters": record.chapters,
            "state": record.state.word(),
            "proposed_by": record.proposed_by,
            "why": record.why,
            "from": record.from,
            "closed": record.closed,
            "measure": record.measure,
        },
        "read": record.parts.iter().map(part_json).collect::<Vec<_>>(),
        "skipped": record.skipped,
        "votes": record.votes.iter().map(vote_json).collect::<Vec<_>>(),
        "quotes": record.quoted.iter().map(quoted_json).collect::<Vec<_>>(),
        "questions": record.asked.iter().map(|put| json!({
            "text": put.text,
            "sessions": put.sessions,
            "by": put.by,
            "answers": put.answers,
        })).collect::<Vec<_>>(),
        "actions": record.tried.iter().map(|row| json!({
            "id": format!("A{}", row.number),
            "uid": row.uid,
            "text": row.text,
            "owner": row.owner,
            "state": row.state.word(),
        })).collect::<Vec<_>>(),
        "ratings": record.ratings.iter().map(|rating: &Rating| rating_json(rating)).collect::<Vec<_>>(),
        "says": CLOSING,
    })
}

fn part_json(part: &Part) -> Value {
    json!({
        "day": part.day,
        "what": part.what,
        "pages": part.pages,
        "session": part.met.map(|met| met.number),
        "came": part.met.map(|met| met.came),
        "of": part.met.map(|met| met.of),
    })
}

fn vote_json(vote: &Voted) -> Value {
    json!({
        "at": vote.at,
        "method": vote.method,
        "books": vote.books,
        "ballots": vote.ballots,
        "rounds": vote.rounds,
        "chosen": vote.chosen,
    })
}

fn quoted_json(chapter: &Quoted) -> Value {
    let quotes = chapter.quotes.iter();
    json!({
        "chapter": chapter.chapter,
        "title": chapter.title,
        "quotes": quotes.map(|quote| json!({
            "id": format!("N{}", quote.number),
            "uid": quote.uid,
            "text": quote.text,
            "page": quote.page,
            "raised_by": quote.raised_by,
        })).collect::<Vec<_>>(),
    })
}
