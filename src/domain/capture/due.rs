//! Dates in a line: `due WHEN`, `by WHEN`, and the bare `ns`, `+3d`, `+2w`.
//!
//! Only the last one that can be read is taken; the ones before it are words.

use std::ops::Range;

use chrono::Weekday;

use crate::domain::capture::Scene;
use crate::domain::capture::lex::{Shape, Word, keyed};
use crate::domain::item::Due;
use crate::domain::text::fold;
use crate::domain::when::{self, Seen};

/// Most words of a date: "the last friday of the next month".
const MOST_WORDS: usize = 7;
/// Most bytes of a word in a date.
const MOST_BYTES: usize = 24;

/// What the dates of a line come to.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// The date that is taken, with the words that say it.
    pub(super) taken: Option<(Due, Range<usize>)>,
    /// Words after `due` that look like a date and are none.
    pub(super) wrong: Vec<Range<usize>>,
}

/// Finds the date of a line.
pub(super) fn find(words: &[Word<'_>], scene: &Scene<'_>) -> Dates {
    let mut dates = Dates::default();
    for at in (0..words.len()).rev() {
        let Some(candidate) = Candidate::at(words, at) else {
            continue;
        };
        if let Some((due, count)) = candidate.read(scene) {
            dates.taken = Some((due, at..at + count));
            break;
        }
        dates.wrong.extend(candidate.wrong());
    }
    dates.wrong.reverse();
    dates
}

/// Where a date may begin.
struct Candidate<'a> {
    /// Whether the keyword is `by`, which people also use before names.
    by: bool,
    /// Index of the first word of the value, and how many words stand before it.
    first: usize,
    lead: usize,
    value: Vec<&'a str>,
    bare: bool,
}

impl<'a> Candidate<'a> {
    fn at(words: &[Word<'a>], at: usize) -> Option<Self> {
        let word = words.get(at).filter(|word| word.shape == Shape::Plain)?;
        if word.raw.len() > MOST_BYTES {
            return None;
        }
        let inline = keyed(word.raw, "due").or_else(|| keyed(word.raw, "by"));
        let keyword = inline.is_some()
            || word.raw.eq_ignore_ascii_case("due")
            || word.raw.eq_ignore_ascii_case("by");
        if !keyword {
            let value = vec![word.raw];
            return is_bare(word.raw).then_some(Self {
                by: false,
                first: at,
                lead: 0,
                value,
                bare: true,
            });
        }
        let inline = inline.filter(|value| !value.is_empty());
        let follow = words
            .iter()
            .skip(at + 1)
            .take_while(|word| word.shape == Shape::Plain && word.raw.len() <= MOST_BYTES)
            .map(|word| word.raw);
        let value: Vec<&str> = inline.into_iter().chain(follow).take(MOST_WORDS).collect();
        let lead = usize::from(inline.is_none());
        let by = word.raw.eq_ignore_ascii_case("by");
        Some(Self {
            by,
            first: at + lead,
            lead,
            value,
            bare: false,
        })
    }

    /// The date with the number of words that it takes, keyword included.
    fn read(&self, scene: &Scene<'_>) -> Option<(Due, usize)> {
        let most = if self.bare { 1 } else { self.value.len() };
        (1..=most).rev().find_map(|count| {
            let text = self.value.get(..count)?.join(" ");
            if self.by && count == 1 && is_a_name(&text, scene) || self.counts_on(count) {
                return None;
            }
            let seen = scene.seen();
            let due = when_of(&text, seen)
                .or_else(|| when_of(text.trim_end_matches([',', ';', '.', ')']), seen))?;
            Some((due, count + self.lead))
        })
    }

    /// Whether the number that ends the first `count` words counts what follows: "fri 13 people",
    /// "20 mar 26 chairs".
    fn counts_on(&self, count: usize) -> bool {
        let small = |word: &&str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
        let ends_small = self
            .value
            .get(..count)
            .and_then(<[&str]>::last)
            .is_some_and(small);
        let follows = self.value.get(count);
        let word = |word: &&str| word.starts_with(char::is_alphabetic);
        let first = self.value.first().copied().unwrap_or_default();
        let weekday = count == 2 && first.trim_end_matches(',').parse::<Weekday>().is_ok();
        ends_small && (weekday || count == 3) && follows.is_some_and(word)
    }

    /// The words that look like a date.
    fn wrong(&self) -> Option<Range<usize>> {
        let number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        let month = |word: &str| fold(word).parse::<chrono::Month>().is_ok();
        let first = self.value.first()?;
        let second = self
            .value
            .get(1)
            .map(|word| word.trim_end_matches([',', ';', '.']));
        let pair = second
            .is_some_and(|second| number(first) && month(second) || month(first) && number(second));
        let digits = first.split(['-', '/', '.']);
        let written = digits.clone().count() > 1 && digits.clone().all(number);
        if pair {
            Some(self.first..self.first + 2)
        } else if written {
            Some(self.first..self.first + 1)
        } else {
            None
        }
    }
}

/// `ns`, `+3d`, `+2w`: what is a date without `due`.
fn is_bare(word: &str) -> bool {
    word.eq_ignore_ascii_case("ns")
        || word
            .strip_prefix('+')
            .and_then(|step| step.strip_suffix(['d', 'w', 'D', 'W']))
            .is_some_and(|count| !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()))
}

/// "Reviewed by Tom" means a person, not tomorrow, where there is a Tom.
fn is_a_name(word: &str, scene: &Scene<'_>) -> bool {
    let word = fold(word);
    scene.members.iter().any(|member| {
        member
            .name
            .split_whitespace()
            .any(|part| fold(part) == word)
    })
}

fn when_of(text: &str, seen: Seen) -> Option<Due> {
    match fold(text).as_str() {
        "ns" | "next session" => Some(Due::NextSession),
        "none" | "-" => Some(Due::None),
        text => when::read(text, seen).map(Due::On),
    }
}
