//! The places that a line about a book begins with.

use crate::domain::book::Place;

/// The place that a line begins with, and the words behind it: `ch5 Why?`, `p. 82 Why?`, `chapters 2-4: Why?`,
/// `ch2 and ch4, p90 Why?`. Of several places the last one counts, chapter and page each for itself, so that nobody is
/// asked about what they have not reached.
pub fn read(line: &str) -> (Option<Place>, &str) {
    let mut found: Option<Place> = None;
    let mut rest = line.trim_start();
    while let Some((place, behind)) = first(rest) {
        found = Some(found.map_or(place, |before| last(before, place)));
        rest = match word(behind) {
            ("and" | "&" | "to" | "-", more) if first(more).is_some() => more,
            _ => behind,
        };
    }
    (found, rest)
}

/// The place that stands first, in one word or in two, and what follows it.
fn first(line: &str) -> Option<(Place, &str)> {
    let (head, rest) = word(line);
    let plain = |word: &str| word.trim_end_matches([',', ';', ':']).to_lowercase();
    if let Some(place) = Place::read(&plain(head)) {
        return Some((place, rest));
    }
    let unit = match plain(head).trim_end_matches('.') {
        "ch" | "chap" | "chapter" | "chapters" => "ch",
        "p" | "pp" | "page" | "pages" => "p",
        _ => return None,
    };
    let (number, rest) = word(rest);
    let place = Place::read(&format!("{unit}{}", plain(number)))?;
    Some((place, rest))
}

fn word(line: &str) -> (&str, &str) {
    let (head, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (head, rest.trim_start())
}

/// The later of two places.
fn last(one: Place, other: Place) -> Place {
    let (before, now) = (parts(one), parts(other));
    match (before.0.max(now.0), before.1.max(now.1)) {
        (Some(chapter), Some(page)) => Place::Both(chapter, page),
        (Some(chapter), None) => Place::Chapter(chapter),
        (None, Some(page)) => Place::Page(page),
        (None, None) => other,
    }
}

const fn parts(place: Place) -> (Option<u16>, Option<u32>) {
    match place {
        Place::Page(page) => (None, Some(page)),
        Place::Chapter(chapter) => (Some(chapter), None),
        Place::Both(chapter, page) => (Some(chapter), Some(page)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("ch5 Why?", Some(Place::Chapter(5)), "Why?")]
    #[case("p. 82 Why?", Some(Place::Page(82)), "Why?")]
    #[case("ch 2-4 Why?", Some(Place::Chapter(4)), "Why?")]
    #[case("Chapters 2-4: Why?", Some(Place::Chapter(4)), "Why?")]
    #[case("ch2, ch4 Why?", Some(Place::Chapter(4)), "Why?")]
    #[case("ch2 and ch1 Why?", Some(Place::Chapter(2)), "Why?")]
    #[case("ch4 p90-92 Why?", Some(Place::Both(4, 92)), "Why?")]
    #[case("Chapter one is hard, why?", None, "Chapter one is hard, why?")]
    #[case("p 4-2 Why?", None, "p 4-2 Why?")]
    #[case("Why and how?", None, "Why and how?")]
    #[case("ch5", Some(Place::Chapter(5)), "")]
    fn a_line_begins_with_its_places(
        #[case] line: &str,
        #[case] place: Option<Place>,
        #[case] words: &str,
    ) {
        assert_eq!(read(line), (place, words));
    }
}
