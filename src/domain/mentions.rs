//! Whether a text speaks of somebody by name: what a file without names cannot take out of people's own words.
//!
//! Counts rather too many than too few: `May` the person makes every text suspicious that has `may` in it.

use crate::domain::names::FORMER;
use crate::domain::roster::Member;
use crate::domain::text::fold;

/// The names of some people, ready to be looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Folded; whole names, their parts, and addresses.
    words: Vec<String>,
}

impl Mentions {
    /// The whole name of each, every part of it of two letters and more, and their address. Whoever is
    /// a former member has no name any more.
    pub fn of<'a>(members: impl IntoIterator<Item = &'a Member>) -> Self {
        let mut words = Vec::new();
        for member in members
            .into_iter()
            .filter(|member| member.name.as_str() != FORMER)
        {
            let name = fold(&member.name);
            words.extend(parts(&name).map(str::to_owned));
            words.push(name);
            words.extend(member.mail.as_deref().map(fold));
        }
        words.retain(|word| !word.is_empty());
        words.sort_unstable();
        words.dedup();
        Self { words }
    }

    /// Whether one of them is named in it.
    pub fn is_in(&self, text: &str) -> bool {
        let text = fold(text);
        self.words.iter().any(|word| has_word(&text, word))
    }

    /// How many of these texts name one of them.
    pub fn count<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> usize {
        texts.into_iter().filter(|text| self.is_in(text)).count()
    }
}

/// What is said of texts that may still name somebody; `None` where there are none.
pub fn words(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 text may still name somebody".to_owned()),
        many => Some(format!("{many} texts may still name somebody")),
    }
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\'' | '.' | ','))
        .filter(|part| part.chars().nth(1).is_some())
}

/// Whether a word stands in a text by itself. Scripts without small and large letters may run words together,
/// so there it need not.
fn has_word(text: &str, word: &str) -> bool {
    words_at(text, word).next().is_some()
}

/// Where a word stands in a text by itself, in bytes.
fn words_at<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let ends = |at: Option<char>, inner: Option<char>| {
        !at.is_some_and(char::is_alphanumeric) || !inner.is_some_and(char::is_lowercase)
    };
    let found = text.match_indices(word).filter(move |(at, found)| {
        let before = text.get(..*at).and_then(|head| head.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|rest| rest.chars().next());
        ends(before, word.chars().next()) && ends(after, word.chars().next_back())
    });
    found.map(|(at, _)| at)
}

/// A text with other words in place of these, each only where it stands by itself. Where two of them begin at one
/// place the longer one counts, and what was put in is not looked at again.
pub fn replaced(text: &str, words: &[(&str, &str)]) -> String {
    let mut found: Vec<(usize, &str, &str)> = words
        .iter()
        .filter(|(word, _)| !word.is_empty())
        .flat_map(|(word, with)| words_at(text, word).map(move |at| (at, *word, *with)))
        .collect();
    found.sort_by_key(|(at, word, _)| (*at, std::cmp::Reverse(word.len())));
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (at, word, with) in found {
        // What lies within a longer name has been replaced with it.
        let Some(between) = text.get(from..at) else {
            continue;
        };
        out.push_str(between);
        out.push_str(with);
        from = at + word.len();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::id::MemberId;
    use crate::domain::roster::Label;
    use crate::domain::text::Clean;
    use rstest::rstest;
    use uuid::Uuid;

    fn mentions() -> Mentions {
        let names = ["Léa Brandt", "Jean-Luc O'Hara", "李美玲", "J. Ito"];
        let people = (1..).zip(names).map(|(n, name)| Member {
            mail: (n == 1).then(|| Clean::line("lb@example.org")),
            ..Member::new(
                MemberId(Uuid::from_u128(n)),
                Clean::line(name),
                Label(1),
                Moment::from_millis(0),
            )
        });
        Mentions::of(&people.collect::<Vec<_>>())
    }

    #[rstest]
    #[case::whole("Ask Léa Brandt", true)]
    #[case::folded("thank LEA, please", true)]
    #[case::family("Brandt's plan", true)]
    #[case::of_two("Jean was late", true)]
    #[case::apostrophe("with O'Hara", true)]
    #[case::run_together("问李美玲吧", true)]
    #[case::address("write to LB@example.org", true)]
    #[case::marked("@ito does it", true)]
    #[case::inside_a_word("the leaves", false)]
    #[case::a_letter("Plan J", false)]
    #[case::nobody("Meet on Tuesdays", false)]
    fn a_name_is_found_where_it_stands_alone(#[case] text: &str, #[case] found: bool) {
        assert_eq!(mentions().is_in(text), found, "{text}");
    }

    #[test]
    fn somebody_who_was_erased_has_no_name_to_be_found() {
        let gone = Member::new(
            MemberId(Uuid::from_u128(9)),
            Clean::line(FORMER),
            Label(1),
            Moment::from_millis(0),
        );
        assert!(!Mentions::of([&gone]).is_in("Ask each member"));
    }

    #[test]
    fn texts_that_name_somebody_are_counted() {
        assert_eq!(mentions().count(["Ask Léa", "Nobody", "Jean and Ito"]), 2);
        assert_eq!(Mentions::default().count(["Ask Léa"]), 0);
    }
}
