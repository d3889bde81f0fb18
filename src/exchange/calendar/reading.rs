//! The instalments of a book as a calendar file: a whole day for each, on which something is to be read. The meetings
//! themselves are in the calendar of the circle.

#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use crate::domain::book::{Book, next};
use crate::domain::id::BookId;
use crate::exchange::calendar::Wish;
use crate::exchange::calendar::lines::{File, sequence, time};

/// The file: one event for each instalment of a plan, on the days given, which follow its order. A later file of
/// the same book updates them; `rev` only ever rises.
pub fn reading(book: &Book, days: &[NaiveDate], rev: u64, wish: &Wish<'_>) -> String {
    let mut file = File::new(&format!("{}: {}", wish.circle, book.title));
    for (at, day) in days.iter().enumerate() {
        event(&mut file, book, (at, *day), (rev, wish));
    }
    file.end()
}

fn event(
    file: &mut File,
    book: &Book,
    (at, day): (usize, NaiveDate),
    (rev, wish): (u64, &Wish<'_>),
) {
    let Some(reading) = &book.reading else { return };
    let Some(what) = next::words(reading, at) else {
        return;
    };
    file.put("BEGIN", "VEVENT");
    file.put("UID", &uid(book.id, at));
    file.put("DTSTAMP", &time(wish.now));
    file.put("SEQUENCE", &sequence(rev));
    file.put("DTSTART;VALUE=DATE", &date(day));
    file.put(
        "DTEND;VALUE=DATE",
        &date(day.checked_add_days(Days::new(1)).unwrap_or(day)),
    );
    file.text(
        "SUMMARY",
        &format!("{}: read {what} of {}", wish.circle, book.title),
    );
    file.text("DESCRIPTION", &next::pace_words(book, reading, at..at + 1));
    // A day of reading takes nobody's time away.
    file.put("TRANSP", "TRANSPARENT");
    file.put("STATUS", "CONFIRMED");
    file.put("END", "VEVENT");
}

/// Stays the same for an instalment wherever it is moved to.
fn uid(book: BookId, at: usize) -> String {
    let at = u128::try_from(at).unwrap_or(u128::MAX);
    let id = Uuid::from_u128(book.0.as_u128().wrapping_add(at + 1));
    format!("{}-reading", id.hyphenated())
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}
