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

/// The file: one event for each instalment of the plan of a book, as its sessions stand now. A later file of the same
/// book updates them and takes those away for which nothing is left.
pub fn reading(book: &Book, wish: &Wish<'_>) -> String {
    let mut file = File::new(&format!("{}: {}", wish.circle, book.title));
    let Some(plan) = &book.reading else {
        return file.end();
    };
    for (at, one) in plan.instalments.iter().enumerate() {
        let Some(what) = next::words(plan, at) else {
            continue;
        };
        head(&mut file, book.id, (at, one.day), wish);
        let title = format!("{}: read {what} of {}", wish.circle, book.title);
        file.text("SUMMARY", &title);
        file.text("DESCRIPTION", &next::pace_words(book, plan, at..at + 1));
        // A day of reading takes nobody's time away.
        file.put("TRANSP", "TRANSPARENT");
        file.put("STATUS", "CONFIRMED");
        file.put("END", "VEVENT");
    }
    // On which day they were is not known any more; the event that is taken away is told by its name.
    let last = plan.instalments.last().map_or(plan.from, |one| one.day);
    for at in plan.instalments.len()..plan.meetings_once() {
        head(&mut file, book.id, (at, last), wish);
        file.text("SUMMARY", &format!("{}: {}", wish.circle, book.title));
        file.put("TRANSP", "TRANSPARENT");
        file.put("STATUS", "CANCELLED");
        file.put("END", "VEVENT");
    }
    file.end()
}

/// What every event begins with: its name, when it was written, its day.
fn head(file: &mut File, book: BookId, (at, day): (usize, NaiveDate), wish: &Wish<'_>) {
    file.put("BEGIN", "VEVENT");
    file.put("UID", &uid(book, at));
    file.put("DTSTAMP", &time(wish.now));
    file.put("SEQUENCE", &sequence(wish.now));
    file.put("DTSTART;VALUE=DATE", &date(day));
    file.put(
        "DTEND;VALUE=DATE",
        &date(day.checked_add_days(Days::new(1)).unwrap_or(day)),
    );
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
