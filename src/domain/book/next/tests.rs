use chrono::TimeDelta;
use uuid::Uuid;

use super::*;
use crate::domain::book::Chapter;
use crate::domain::book::meetings::Meeting;
use crate::domain::book::usual;
use crate::domain::clock::Moment;
use crate::domain::id::BookId;
use crate::domain::text::Clean;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn meetings(count: i64, apart: i64) -> Vec<Meeting> {
    (1..=count)
        .map(|nth| Meeting {
            day: day("2026-03-12") + TimeDelta::days(nth * apart),
            session: None,
        })
        .collect()
}

fn book(pages: Option<u32>, chapters: &[u32]) -> Book {
    let id = BookId(Uuid::from_u128(7));
    let title = Clean::line("Quiet Work");
    let mut book = Book::new(id, 3, title, Moment::from_millis(0));
    book.pages = pages;
    book.chapters = chapters
        .iter()
        .map(|page| Chapter {
            title: Clean::default(),
            page: Some(*page).filter(|page| *page > 0),
        })
        .collect();
    book
}

/// A plan over the first of these meetings.
fn plan(book: &Book, meetings: &[Meeting], from: NaiveDate, count: usize) -> Option<Reading> {
    let measure = usual::measure_of(book);
    let met = meetings.get(..count)?;
    usual::over(book, (measure, book.units(measure)?), met, (from, None)).ok()
}

#[test]
fn a_plan_says_what_it_asks_of_people() {
    let from = day("2026-03-12");
    let book = book(Some(212), &[]);
    let reading = plan(&book, &meetings(2, 14), from, 2).unwrap();
    assert_eq!(
        pace_words(&book, &reading, 0..2),
        "212 pages in 28 days: 8 a day"
    );
    assert_eq!(words(&reading, 0).unwrap(), "p. 1-106");
    assert_eq!(words(&reading, 1).unwrap(), "p. 107-212");
}

#[test]
fn without_pages_chapters_a_week_are_said() {
    let from = day("2026-03-12");
    let book = book(None, &[0, 0, 0]);
    let reading = plan(&book, &meetings(2, 7), from, 2).unwrap();
    assert_eq!(
        pace_words(&book, &reading, 0..2),
        "3 chapters in 14 days: 2 a week"
    );
    // Within a week the rate would be more than there is to read.
    let soon = plan(&book, &meetings(1, 3), from, 1).unwrap();
    assert_eq!(pace_words(&book, &soon, 0..1), "3 chapters in 3 days");
}
