use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::book::Chapter;
use crate::domain::clock::Moment;
use crate::domain::id::BookId;

fn book(pages: Option<u32>, begins: &[u32]) -> Book {
    let at = Moment::from_millis(0);
    let mut book = Book::new(BookId(Uuid::nil()), 1, Clean::line("Deep Work"), at);
    book.pages = pages;
    book.chapters = begins
        .iter()
        .map(|page| Chapter {
            title: Clean::default(),
            page: Some(*page).filter(|page| *page > 0),
        })
        .collect();
    book
}

fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + TimeDelta::days(n)
}

fn weeks(count: i64) -> Vec<NaiveDate> {
    (1..=count).map(|week| day(week * 7)).collect()
}

fn plan(book: &Book, measure: Measure, until: u32, days: &[NaiveDate]) -> Reading {
    Reading {
        measure,
        from: day(0),
        instalments: lay(book, measure, (0, until), (day(0), days)).unwrap(),
        skipped: Vec::new(),
        once: 0,
        pace: None,
    }
}

fn ends(reading: &Reading) -> Vec<u32> {
    reading.instalments.iter().map(|one| one.until).collect()
}

#[test]
fn pages_are_divided_to_the_page() {
    let book = book(Some(300), &[]);
    let reading = plan(&book, Measure::Pages, 300, &weeks(4));
    assert_eq!(ends(&reading), [75, 150, 225, 300]);
    let load = loads(&book, &reading)[0];
    assert_eq!((load.a_day(), load.a_week(), load.pages), (11, 75, true));
}

#[test]
fn a_longer_gap_holds_more() {
    let book = book(Some(300), &[]);
    let days = [day(7), day(21), day(28)];
    let reading = plan(&book, Measure::Pages, 300, &days);
    assert_eq!(ends(&reading), [75, 225, 300]);
}

#[test]
fn whole_chapters_are_divided_by_their_pages() {
    // Chapters of 40, 10, 10, 10 and 50 pages.
    let book = book(Some(120), &[1, 41, 51, 61, 71]);
    let reading = plan(&book, Measure::Chapters, 5, &weeks(3));
    assert_eq!(ends(&reading), [1, 4, 5]);
}

#[test]
fn without_pages_every_chapter_counts_the_same() {
    let book = book(None, &[0; 12]);
    let reading = plan(&book, Measure::Chapters, 12, &weeks(4));
    assert_eq!(ends(&reading), [3, 6, 9, 12]);
    assert!(!loads(&book, &reading)[0].pages);
}

#[test]
fn more_meetings_than_chapters_leave_the_last_ones_free() {
    let book = book(None, &[0; 3]);
    let reading = plan(&book, Measure::Chapters, 3, &weeks(5));
    assert_eq!(ends(&reading), [1, 2, 3]);
}

#[test]
fn what_cannot_be_laid_is_said() {
    let book = book(None, &[]);
    let nothing = lay(&book, Measure::Pages, (0, 0), (day(0), &weeks(2)));
    assert_eq!(nothing, Err(Unfit::NoUnits(Measure::Pages)));
    let never = lay(&book, Measure::Parts, (0, 4), (day(0), &[]));
    assert_eq!(never, Err(Unfit::NoMeetings));
}

#[test]
fn a_pace_above_the_chosen_one_offers_choices() {
    let book = book(Some(300), &[]);
    let mut reading = plan(&book, Measure::Pages, 300, &weeks(4));
    reading.pace = Some(11);
    assert_eq!(too_fast(&book, &reading), Vec::<usize>::new());
    assert_eq!(choices(&book, &reading, 0), []);
    reading.pace = Some(8);
    assert_eq!(too_fast(&book, &reading), [0, 1, 2, 3]);
    // 8 pages a day are 56 a week: six weeks for 300 pages, or 224 pages in four.
    assert_eq!(
        choices(&book, &reading, 0),
        [Choice::MoreMeetings(2), Choice::ReadUpTo(224), Choice::Keep]
    );
}

#[test]
fn a_skipped_meeting_is_taken_by_the_rest_or_makes_everything_later() {
    let book = book(Some(300), &[]);
    let reading = plan(&book, Measure::Pages, 300, &weeks(4));
    let mut denser = reading.clone();
    skip(
        &book,
        &mut denser,
        1,
        (Clean::line("holiday"), Give::Denser),
    )
    .unwrap();
    assert_eq!(ends(&denser), [75, 225, 300]);
    assert_eq!(denser.skipped[0].day, day(14));
    let mut later = reading;
    skip(&book, &mut later, 1, (Clean::line("holiday"), Give::Later)).unwrap();
    assert_eq!(ends(&later), [75, 150, 225, 300]);
    let days: Vec<NaiveDate> = later.instalments.iter().map(|one| one.day).collect();
    assert_eq!(days, [day(7), day(21), day(28), day(35)]);
}

#[test]
fn the_only_meeting_cannot_be_left_out() {
    let book = book(Some(30), &[]);
    let mut reading = plan(&book, Measure::Pages, 30, &weeks(1));
    let before = reading.clone();
    let answer = skip(&book, &mut reading, 0, (Clean::default(), Give::Denser));
    assert_eq!(answer, Err(Unfit::NoMeetings));
    assert_eq!(reading, before);
}

#[test]
fn a_moved_meeting_bends_what_comes_from_there_on() {
    let book = book(Some(280), &[]);
    let mut reading = plan(&book, Measure::Pages, 280, &weeks(4));
    move_to(&book, &mut reading, 1, day(18)).unwrap();
    let days: Vec<NaiveDate> = reading.instalments.iter().map(|one| one.day).collect();
    assert_eq!(days, [day(7), day(18), day(21), day(28)]);
    assert_eq!(ends(&reading), [70, 180, 210, 280]);
}

fn any_book() -> impl Strategy<Value = (Book, u32)> {
    prop::collection::vec(1u32..60, 1..30).prop_map(|lengths| {
        let begins: Vec<u32> = lengths
            .iter()
            .scan(1, |page, length| {
                let begin = *page;
                *page += length;
                Some(begin)
            })
            .collect();
        let units = u32::try_from(lengths.len()).unwrap();
        (book(Some(lengths.iter().sum()), &begins), units)
    })
}

fn any_days() -> impl Strategy<Value = Vec<NaiveDate>> {
    prop::collection::vec(1i64..30, 1..12).prop_map(|gaps| {
        gaps.iter()
            .scan(0, |at, gap| {
                *at += gap;
                Some(day(*at))
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn everything_is_read_once_and_in_order((book, chapters) in any_book(), days in any_days(), by_pages in any::<bool>()) {
        let (measure, units) = if by_pages {
            (Measure::Pages, book.pages.unwrap())
        } else {
            (Measure::Chapters, chapters)
        };
        let reading = plan(&book, measure, units, &days);
        let ends = ends(&reading);
        prop_assert!(ends.is_sorted_by(|one, next| one < next));
        prop_assert_eq!(ends.last(), Some(&units));
        let read: u32 = loads(&book, &reading).iter().map(|load| load.amount).sum();
        prop_assert_eq!(Some(read), book.pages);
    }

    #[test]
    fn no_other_division_of_two_is_more_even((book, chapters) in any_book(), gap in 1i64..20) {
        prop_assume!(chapters > 1);
        let days = [day(7), day(7 + gap)];
        let squares = |reading: &Reading| -> u128 {
            let loads = loads(&book, reading);
            let square = |load: &Load| u128::from(load.amount).pow(2) * 1_000_000 / u128::from(load.days);
            loads.iter().map(square).sum()
        };
        let best = plan(&book, Measure::Chapters, chapters, &days);
        for end in 1..chapters {
            let mut other = best.clone();
            other.instalments[0].until = end;
            prop_assert!(squares(&best) <= squares(&other));
        }
    }

    #[test]
    fn bending_leaves_what_was_read_and_the_end((book, chapters) in any_book(), days in any_days(), from in 0usize..12) {
        let reading = plan(&book, Measure::Chapters, chapters, &days);
        let from = from % reading.instalments.len();
        let mut bent = reading.clone();
        bend(&book, &mut bent, from).unwrap();
        prop_assert_eq!(&bent.instalments[..from], &reading.instalments[..from]);
        prop_assert_eq!(bent.instalments.last().unwrap().until, chapters);
    }

    #[test]
    fn moving_and_skipping_keep_days_and_places_in_order((book, chapters) in any_book(), days in any_days(), at in 0usize..12, to in 1i64..200, later in any::<bool>()) {
        let mut reading = plan(&book, Measure::Chapters, chapters, &days);
        let at = at % reading.instalments.len();
        let give = if later { Give::Later } else { Give::Denser };
        let _ = skip(&book, &mut reading, at, (Clean::default(), give));
        let at = at % reading.instalments.len();
        let _ = move_to(&book, &mut reading, at, day(to));
        let rises = reading.instalments.windows(2).all(|two| two[0].day < two[1].day && two[0].until < two[1].until);
        prop_assert!(rises, "{:?}", reading.instalments);
        prop_assert_eq!(reading.instalments.last().unwrap().until, chapters);
    }
}
