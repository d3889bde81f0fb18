//! Named days, weekdays, and places in a week, a month or a year: `tomorrow`, `next fri`, `end of next
//! month`, `third thursday`, `mid april`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::domain::when::Seen;
use crate::domain::when::day::{month, year};

/// The numerals of weekdays in a month.
const ORDINALS: [(&str, &str, Nth); 6] = [
    ("first", "1st", Nth::From(1)),
    ("second", "2nd", Nth::From(2)),
    ("third", "3rd", Nth::From(3)),
    ("fourth", "4th", Nth::From(4)),
    ("fifth", "5th", Nth::From(5)),
    ("last", "last", Nth::Last),
];

/// Which of the four or five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nth {
    From(u8),
    Last,
}

/// A stretch of days, first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    first: NaiveDate,
    last: NaiveDate,
}

pub(super) fn read(words: &[&str], seen: Seen) -> Option<NaiveDate> {
    let today = seen.today;
    match words {
        ["today" | "tod" | "tonight"] => Some(today),
        ["tomorrow" | "tom"] => today.succ_opt(),
        ["yesterday"] => today.pred_opt(),
        ["day", "after", "tomorrow"] => later(today, 2),
        ["day", "before", "yesterday"] => today.checked_sub_days(Days::new(2)),
        ["eom"] => Some(month_around(today)?.last),
        ["eoy"] => NaiveDate::from_ymd_opt(today.year(), 12, 31),
        ["eow"] | ["end", "of", "week"] | ["end", "of", "this", "week"] => end_of_week(today),
        ["end", "of", "next", "week"] => end_of_week(next_monday(today)?),
        ["end", "of", rest @ ..] => Some(stretch(rest, seen)?.last),
        ["start" | "beginning", "of", "next", "week"] => next_monday(today),
        ["start" | "beginning", "of", rest @ ..] => {
            let first = stretch(rest, seen)?.first;
            (first >= today).then_some(first)
        }
        ["mid", rest @ ..] | ["middle", "of", rest @ ..] => middle(rest, seen),
        ["next", "week"] => later(today, 7),
        ["next", "month"] => today.checked_add_months(Months::new(1)),
        ["next", "year"] => today.checked_add_months(Months::new(12)),
        ["next", day] => {
            let day = weekday(day)?;
            later(next_monday(today)?, u64::from(day.num_days_from_monday()))
        }
        ["this" | "coming", day] => weekday_after(weekday(day)?, today),
        [one] => match one.split_once('-') {
            Some(("mid", month)) => middle(&[month], seen),
            _ => weekday_after(weekday(one)?, today),
        },
        [nth, day, rest @ ..] => nth_weekday(nth, weekday(day)?, rest, seen),
        [] => None,
    }
}

/// A day of the week, short or in full.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    match word.trim_end_matches('.') {
        "tues" => Some(Weekday::Tue),
        "thur" | "thurs" => Some(Weekday::Thu),
        word => word.parse().ok(),
    }
}

fn later(day: NaiveDate, days: u64) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(days))
}

/// The next such day strictly after `today`.
fn weekday_after(day: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    let ahead = match day.days_since(today.weekday()) {
        0 => 7,
        days => days,
    };
    later(today, u64::from(ahead))
}

/// The first day of the week after this one.
fn next_monday(today: NaiveDate) -> Option<NaiveDate> {
    weekday_after(Weekday::Mon, today)
}

/// The working week ends on a Friday.
fn end_of_week(today: NaiveDate) -> Option<NaiveDate> {
    later(today, u64::from(Weekday::Fri.days_since(today.weekday())))
}

fn month_around(day: NaiveDate) -> Option<Stretch> {
    let first = day.with_day(1)?;
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    Some(Stretch { first, last })
}

/// `month`, `this month`, `next month`, `april`, `april 2027`, `year`, `next year`. A month that is over
/// means the one of next year.
fn stretch(words: &[&str], seen: Seen) -> Option<Stretch> {
    let today = seen.today;
    let year_of = |year| {
        Some(Stretch {
            first: NaiveDate::from_ymd_opt(year, 1, 1)?,
            last: NaiveDate::from_ymd_opt(year, 12, 31)?,
        })
    };
    match words {
        ["year"] | ["this", "year"] => year_of(today.year()),
        ["next", "year"] => year_of(today.year() + 1),
        words => month_of(words, seen),
    }
}

fn month_of(words: &[&str], seen: Seen) -> Option<Stretch> {
    let today = seen.today;
    match words {
        ["month"] | ["this", "month"] => month_around(today),
        ["next", "month"] => month_around(today.checked_add_months(Months::new(1))?),
        [name] => {
            let month = month(name)?;
            let year = today.year() + i32::from(month < today.month());
            month_around(NaiveDate::from_ymd_opt(year, month, 1)?)
        }
        [name, number] => month_around(NaiveDate::from_ymd_opt(year(number)?, month(name)?, 1)?),
        _ => None,
    }
}

/// The 15th; of this month only while it is ahead, else of next year's.
fn middle(words: &[&str], seen: Seen) -> Option<NaiveDate> {
    let words = words.strip_prefix(&["of"]).unwrap_or(words);
    let middle = month_of(words, seen)?.first.with_day(15)?;
    let named = matches!(words, [name] if month(name).is_some());
    if middle < seen.today && named {
        return middle.checked_add_months(Months::new(12));
    }
    Some(middle)
}

/// `third thursday`, which is the next one that comes, and `last friday of march`.
fn nth_weekday(nth: &str, day: Weekday, rest: &[&str], seen: Seen) -> Option<NaiveDate> {
    let nth = ORDINALS
        .iter()
        .find(|(long, short, _)| nth == *long || nth == *short)
        .map(|(.., nth)| *nth)?;
    match rest {
        // "last friday" alone is the one before today.
        [] if nth == Nth::Last => None,
        [] | ["of" | "in", "month"] => coming(nth, day, seen.today),
        ["of" | "in", name] if month(name).is_some() => {
            let first = month_of(&[name], seen)?.first;
            in_month(nth, day, first)
                .filter(|date| *date >= seen.today)
                .or_else(|| in_month(nth, day, first.checked_add_months(Months::new(12))?))
        }
        ["of" | "in", words @ ..] => in_month(nth, day, month_of(words, seen)?.first),
        _ => None,
    }
}

/// The first that is not over, looking at this month and the twelve after it.
fn coming(nth: Nth, day: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    (0..=12)
        .filter_map(|months| {
            let month = first.checked_add_months(Months::new(months))?;
            in_month(nth, day, month)
        })
        .find(|date| *date >= today)
}

fn in_month(nth: Nth, day: Weekday, first: NaiveDate) -> Option<NaiveDate> {
    let of = |n| NaiveDate::from_weekday_of_month_opt(first.year(), first.month(), day, n);
    match nth {
        Nth::From(n) => of(n),
        Nth::Last => of(5).or_else(|| of(4)),
    }
}
