//! Telling sentences from names: what is pasted as a list of people may be the mail around it.

use std::borrow::Cow;

/// Most words of a name that nobody has to put in quotes.
const MOST_WORDS: usize = 5;
/// A word from this many letters on that ends in a full stop ends a sentence; a shorter one may be `Prof.` or `Jr.`.
const NO_ABBREVIATION: usize = 5;

/// Whether a text reads like a sentence, or part of one, rather than like somebody's name. What stands in brackets
/// behind a name does not count, and what stands in quotes is a name.
pub(super) fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with(['"', '\'']) {
        return false;
    }
    let name = text.split(['(', '[', '（']).next().unwrap_or(text);
    let words = name.split_whitespace();
    words.clone().count() > MOST_WORDS || words.into_iter().any(ends_sentence)
}

fn ends_sentence(word: &str) -> bool {
    let word = word.trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}']);
    match word.char_indices().next_back() {
        Some((at, '.')) => {
            let letters = word.get(..at).unwrap_or_default().chars();
            letters.filter(|c| c.is_alphanumeric()).count() >= NO_ABBREVIATION
        }
        Some((at, '?' | '!' | ':' | '\u{2026}')) => at > 0,
        Some((_, '\u{3002}' | '\u{ff1f}' | '\u{ff01}' | '\u{61f}')) => true,
        Some(_) | None => false,
    }
}

/// A name as it reads back: in quotes where it would be taken for a sentence otherwise.
pub fn in_quotes(name: &str) -> Cow<'_, str> {
    if is_sentence(name) {
        Cow::Owned(format!("\"{name}\""))
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Jun Tanaka")]
    #[case("Dr. Eva St. John")]
    #[case("Sammy Davis Jr.")]
    #[case("J. R. R. Tolkien")]
    #[case("Maria del Carmen Ruiz Soto")]
    #[case("Sam Reyes (the one who likes trains, not the other one.)")]
    #[case("\"Ana Maria de la Luz y Soto\"")]
    #[case("李 美玲")]
    #[case("!Xoo")]
    fn names_are_names(#[case] text: &str) {
        assert!(!is_sentence(text));
    }

    #[rstest]
    #[case("We meet every Thursday in the library")]
    #[case("bring a notebook.")]
    #[case("Who is coming?")]
    #[case("Hello everyone!")]
    #[case("Agenda for the day:")]
    #[case("明日会いましょう。")]
    fn sentences_are_none(#[case] text: &str) {
        assert!(is_sentence(text));
    }

    #[test]
    fn a_long_name_goes_in_quotes_and_reads_back() {
        let long = "Ana Maria de la Luz y Soto";
        assert_eq!(in_quotes(long), format!("\"{long}\""));
        assert!(!is_sentence(&in_quotes(long)));
        assert_eq!(in_quotes("Jun"), "Jun");
    }
}
