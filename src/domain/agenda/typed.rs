//! The two lines in which an agenda is typed: a new block, and the times of one that is there.

use chrono::NaiveTime;

use crate::domain::agenda::BlockKind;
use crate::domain::rhythm::{joined_lengths, read_minutes, read_time};
use crate::domain::template::MOST_MINUTES;
use crate::domain::text::{Clean, Limit, fold};

/// A block as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBlock {
    /// Its name.
    pub title: Clean,
    /// Its kind, if a word of the name says it.
    pub kind: Option<BlockKind>,
    /// Its length, if one was typed.
    pub minutes: Option<u16>,
}

/// A length as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// This many minutes.
    To(u16),
    /// So many minutes more, or fewer.
    By(i32),
}

/// What was typed about the times of a block; what was not said stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Its length.
    pub length: Option<Length>,
    /// The time of day it is pinned to; `Some(None)` takes the pin out.
    pub at: Option<Option<NaiveTime>>,
    /// The minutes below which it makes no sense.
    pub min: Option<u16>,
    /// Whether its length is locked.
    pub locked: Option<bool>,
}

/// Reads `Hot seat 20m`: a name, and anywhere in it a length. A word that is a kind of block says which kind it is.
///
/// # Errors
/// A phrase that says what is missing or too much.
pub fn block(text: &str) -> Result<NewBlock, String> {
    let mut minutes = None;
    let mut title = Vec::new();
    for word in joined_lengths(text).split_whitespace() {
        match length_of(word).filter(|_| minutes.is_none()) {
            Some(read) => minutes = Some(read),
            None => title.push(word.to_owned()),
        }
    }
    if minutes.is_some_and(|minutes| !is_length(minutes)) {
        return Err("a block lasts between 1 minute and 24 hours".to_owned());
    }
    let title = Clean::line_within(&title.join(" "), Limit::Name).map_err(|why| why.to_string())?;
    if title.is_empty() {
        return Err("a name is missing; try Hot seat 20m".to_owned());
    }
    Ok(NewBlock {
        kind: kind_in(&title),
        title,
        minutes,
    })
}

/// The kind that a name says, the first one where there are several.
fn kind_in(title: &str) -> Option<BlockKind> {
    let words = fold(title).replace('-', " ");
    let words = format!(" {words} ");
    let named = BlockKind::ALL
        .into_iter()
        .filter(|kind| *kind != BlockKind::Open);
    let placed = named.filter_map(|kind| {
        let word = kind.as_str().replace('-', " ");
        let at = words.find(&format!(" {word} "))?;
        Some((at, kind))
    });
    placed.min().map(|(_, kind)| kind)
}

/// Reads `20m`, `+5`, `15:30`, `free`, `min 12`, `lock` and `unlock`, in any order and together.
///
/// # Errors
/// A phrase with the nearest reading of what was not understood.
pub fn times(text: &str) -> Result<Times, String> {
    let mut read = Times::default();
    let lower = joined_lengths(&text.to_lowercase());
    let mut words = lower.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "at" | "pin" => {}
            "free" | "unpin" => read.at = Some(None),
            "lock" | "locked" => read.locked = Some(true),
            "unlock" | "unlocked" => read.locked = Some(false),
            "min" | "least" => {
                let least = words.next().and_then(bare_minutes);
                let least = least.filter(|least| is_length(*least));
                read.min = Some(least.ok_or("min needs a number of minutes: min 12")?);
            }
            word => time_or_length(word, &mut read)?,
        }
    }
    if read == Times::default() {
        return Err("type a length or a time: 20m, +5, 15:30".to_owned());
    }
    Ok(read)
}

fn time_or_length(word: &str, read: &mut Times) -> Result<(), String> {
    let signed = word
        .strip_prefix('+')
        .map(|rest| (1, rest))
        .or_else(|| word.strip_prefix('-').map(|rest| (-1, rest)));
    if let Some((sign, rest)) = signed {
        let minutes = bare_minutes(rest).ok_or_else(|| nearest(word))?;
        read.length = Some(Length::By(sign * i32::from(minutes)));
    } else if let Some(minutes) = bare_minutes(word) {
        if !is_length(minutes) {
            return Err("a block lasts between 1 minute and 24 hours".to_owned());
        }
        read.length = Some(Length::To(minutes));
    } else if let Some(time) = read_time(word) {
        read.at = Some(Some(time));
    } else {
        return Err(nearest(word));
    }
    Ok(())
}

/// What a word that is neither a time nor a length may have been meant as.
fn nearest(word: &str) -> String {
    let parts = word.split_once([':', '.']);
    let numbers = parts.and_then(|(one, other)| Some((one.parse().ok()?, other.parse().ok()?)));
    let numbers: Option<(u16, u16)> = numbers;
    match numbers {
        Some((minutes, 0)) if minutes > 23 && is_length(minutes) => {
            format!("\"{word}\" is no time of day; did you mean {minutes}m?")
        }
        Some((hour, minute)) if hour > 23 || minute > 59 => format!(
            "\"{word}\" is no time of day; did you mean {}:{:02}?",
            hour % 24,
            minute.min(59)
        ),
        Some((hour, minute)) => {
            format!("\"{word}\" is no time of day; did you mean {hour}:{minute:02}?")
        }
        None => format!("\"{word}\" is no time; try 20m, +5, 15:30, min 12 or lock"),
    }
}

/// `20m`, `1h30`, and `20` alone.
fn bare_minutes(word: &str) -> Option<u16> {
    length_of(word).or_else(|| word.parse().ok())
}

/// `20m`, `1h30`.
fn length_of(word: &str) -> Option<u16> {
    read_minutes(&word.to_lowercase())
}

const fn is_length(minutes: u16) -> bool {
    minutes > 0 && minutes <= MOST_MINUTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("Hot seat 20m", "Hot seat", Some(BlockKind::HotSeat), Some(20))]
    #[case("20m hot-seat Jun", "hot-seat Jun", Some(BlockKind::HotSeat), Some(20))]
    #[case("Tea break 1h", "Tea break", Some(BlockKind::Break), Some(60))]
    #[case("Closing round", "Closing round", Some(BlockKind::Closing), None)]
    #[case("Chapter 3 15min", "Chapter 3", None, Some(15))]
    #[case("Discussion 30 min", "Discussion", None, Some(30))]
    #[case("Hot seat 1 hour", "Hot seat", Some(BlockKind::HotSeat), Some(60))]
    #[case("Top 5 questions", "Top 5 questions", None, None)]
    #[case("Groundwork", "Groundwork", None, None)]
    fn a_block_is_read_from_one_line(
        #[case] text: &str,
        #[case] title: &str,
        #[case] kind: Option<BlockKind>,
        #[case] minutes: Option<u16>,
    ) {
        let read = block(text).unwrap();
        assert_eq!(read.title.as_str(), title);
        assert_eq!((read.kind, read.minutes), (kind, minutes));
    }

    #[rstest::rstest]
    #[case("", "a name is missing")]
    #[case("20m", "a name is missing")]
    #[case("Talk 0m", "between 1 minute")]
    #[case("Talk 3000m", "between 1 minute")]
    fn a_block_without_a_name_or_with_no_time_is_refused(#[case] text: &str, #[case] why: &str) {
        let said = block(text).unwrap_err();
        assert!(said.contains(why), "{said}");
    }

    #[test]
    fn times_are_read_together_and_in_any_order() {
        let read = times("min 12 20m lock 15:30").unwrap();
        assert_eq!(read.length, Some(Length::To(20)));
        assert_eq!(read.at, Some(NaiveTime::from_hms_opt(15, 30, 0)));
        assert_eq!((read.min, read.locked), (Some(12), Some(true)));
        let read = times("free unlock -5").unwrap();
        assert_eq!(read.length, Some(Length::By(-5)));
        assert_eq!((read.at, read.locked), (Some(None), Some(false)));
        assert_eq!(times("14").unwrap().length, Some(Length::To(14)));
        assert_eq!(times("30 min").unwrap().length, Some(Length::To(30)));
        assert_eq!(times("+5 min").unwrap().length, Some(Length::By(5)));
    }

    #[rstest::rstest]
    #[case("25:00", "did you mean 25m?")]
    #[case("15:75", "did you mean 15:59?")]
    #[case("15:3", "did you mean 15:03?")]
    #[case("soon", "try 20m, +5, 15:30")]
    #[case("min", "min needs a number")]
    #[case("0", "between 1 minute")]
    #[case("", "type a length or a time")]
    #[case("+x", "\"+x\" is no time")]
    fn what_is_no_time_is_told_with_the_nearest_reading(#[case] text: &str, #[case] why: &str) {
        let said = times(text).unwrap_err();
        assert!(said.contains(why), "{said}");
    }
}
