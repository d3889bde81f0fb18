//! What Tab offers at the cursor: people, tags, circles, dates.

use std::ops::Range;

use crate::domain::capture::Scene;
use crate::domain::capture::print::handle;
use crate::domain::text::fold;

/// Most offers at once: they are numbered with one digit.
const MOST: usize = 9;
/// Dates that are offered behind `due`.
const DATES: [&str; 14] = [
    "today",
    "tomorrow",
    "next session",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "+1w",
    "+2w",
    "end of week",
    "end of month",
];

/// One offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the line that it takes the place of.
    pub range: Range<usize>,
    /// What stands there then.
    pub text: String,
    /// What it is, for the list: a full name, a tag.
    pub label: String,
}

/// What the word before `cursor` (a byte offset into `line`) may become; at most nine, in the order of
/// the roster and of the lists in the scene.
pub fn complete(line: &str, cursor: usize, scene: &Scene<'_>) -> Vec<Completion> {
    let cursor = line.floor_char_boundary(cursor);
    let head = line.get(..cursor).unwrap_or_default();
    let start = head
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace())
        .map_or(0, |(at, c)| at + c.len_utf8());
    let word = head.get(start..).unwrap_or_default();
    let offers: Vec<(String, String)> = if let Some(typed) = word.strip_prefix('@') {
        people(typed, scene)
    } else if let Some(typed) = word.strip_prefix('#') {
        known('#', typed, scene.tags.iter().copied())
    } else if let Some(typed) = word.strip_prefix('+') {
        known('+', typed, scene.circles.iter().map(|(_, name)| *name))
    } else if after_due(head.get(..start).unwrap_or_default()) {
        dates(word)
    } else {
        Vec::new()
    };
    offers
        .into_iter()
        .take(MOST)
        .map(|(text, label)| Completion {
            range: start..cursor,
            text,
            label,
        })
        .collect()
}

fn people(typed: &str, scene: &Scene<'_>) -> Vec<(String, String)> {
    let wanted = fold(typed);
    let begins = |name: &str| {
        let name = fold(name);
        name.replace(' ', "-").starts_with(&wanted)
            || name.split(' ').any(|part| part.starts_with(&wanted))
    };
    let members = scene
        .members
        .iter()
        .filter(|member| begins(&member.name))
        .filter_map(|m| Some((format!("@{}", handle(m.id, scene)?), m.name.to_string())));
    let words = [("all", "everyone"), ("me", "me"), ("?", "nobody yet")];
    let words = words
        .into_iter()
        .filter(|(word, _)| word.starts_with(&wanted))
        .map(|(word, label)| (format!("@{word}"), label.to_owned()));
    members.chain(words).collect()
}

fn known<'a>(
    sign: char,
    typed: &str,
    names: impl Iterator<Item = &'a str>,
) -> Vec<(String, String)> {
    let wanted = fold(typed);
    names
        .map(|name| (fold(name).replace(' ', "-"), name))
        .filter(|(folded, _)| folded.starts_with(&wanted))
        .map(|(folded, name)| {
            let typed = if name.contains(' ') {
                folded
            } else {
                name.to_owned()
            };
            (format!("{sign}{typed}"), name.to_owned())
        })
        .collect()
}

fn after_due(before: &str) -> bool {
    before
        .split_whitespace()
        .next_back()
        .is_some_and(|word| ["due", "by", "due:", "due="].contains(&fold(word).as_str()))
}

fn dates(typed: &str) -> Vec<(String, String)> {
    let wanted = fold(typed);
    DATES
        .iter()
        .filter(|date| date.starts_with(&wanted))
        .map(|date| ((*date).to_owned(), (*date).to_owned()))
        .collect()
}
