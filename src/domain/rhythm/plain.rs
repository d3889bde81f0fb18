//! The words in which people say when they meet, made into the few that a rule is read from: `biweekly` is every two
//! weeks, `15:00-16:30` is a time and a length.

use chrono::NaiveTime;

use crate::domain::rhythm::read::read_time;

/// Numbers that stand before weeks and months in words.
const NUMBERS: [&str; 11] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// The same in plainer words; what is not known stays as it is.
pub(super) fn plainer(lower: &str) -> String {
    let dashes = lower.replace(['\u{2013}', '\u{2014}'], "-");
    let words: Vec<&str> = dashes
        .split_whitespace()
        .map(|word| word.trim_end_matches([',', ';']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut plain: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at).copied() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let third = words.get(at + 2).copied().unwrap_or_default();
        at += 1;
        match word {
            "on" | "for" | "from" => {}
            "biweekly" | "fortnightly" => plain.push("every 2 weeks".to_owned()),
            "fortnight" => plain.push("2 weeks".to_owned()),
            _ if is_half_of_day(next) && word.ends_with(|c: char| c.is_ascii_digit()) => {
                plain.push(format!("{word}{}", next.replace('.', "")));
                at += 1;
            }
            _ if matches!(next, "-" | "to" | "until") && span(word, third).is_some() => {
                plain.extend(span(word, third));
                at += 2;
            }
            _ => {
                let both = word.split_once('-').and_then(|(from, to)| span(from, to));
                plain.push(both.unwrap_or_else(|| number(word, next)));
            }
        }
    }
    plain.join(" ")
}

fn is_half_of_day(word: &str) -> bool {
    matches!(word, "am" | "pm" | "a.m." | "p.m.")
}

/// `two` before weeks or months as a figure.
fn number(word: &str, next: &str) -> String {
    let counted = next.starts_with("week") || next.starts_with("month");
    let place = NUMBERS.iter().position(|name| *name == word);
    match place {
        Some(place) if counted => (place + 2).to_string(),
        _ => word.to_owned(),
    }
}

/// From one time of day to a later one, as a time and a length.
fn span(from: &str, to: &str) -> Option<String> {
    let (start, end): (NaiveTime, NaiveTime) = (read_time(from)?, read_time(to)?);
    let minutes = (end - start).num_minutes();
    (minutes > 0).then(|| format!("{from} {minutes}min"))
}
