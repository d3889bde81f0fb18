//! Keys as the registry and `[keys]` write them.

use crate::command::id::Arg;
use crate::command::key::{BadKey, Key};

/// One part of a key sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// This key.
    Key(Key),
    /// `1` to `9`, or `0 1` to `0 9` for the tenth to the eighteenth person.
    Person,
    /// `1` to `9`.
    Number,
}

/// A key sequence that may hold one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(pub(super) Vec<Part>);

impl Pattern {
    /// Reads keys of the registry, where `Person` and `Number` stand for numbers.
    pub(super) fn of_registry(text: &str) -> Result<Self, BadKey> {
        Self::read(text, |word| match word {
            "Person" => Some(Part::Person),
            "Number" => Some(Part::Number),
            _ => None,
        })
    }

    /// Reads keys that a person wrote.
    pub(super) fn of_user(text: &str) -> Result<Self, BadKey> {
        Self::read(text, |_| None)
    }

    fn read(text: &str, special: impl Fn(&str) -> Option<Part>) -> Result<Self, BadKey> {
        text.split_whitespace()
            .map(|word| special(word).map_or_else(|| word.parse().map(Part::Key), Ok))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Every sequence that it stands for, with what comes along.
    pub(super) fn sequences(&self) -> Vec<(Vec<Key>, Arg)> {
        let mut all = vec![(Vec::new(), Arg::None)];
        for part in &self.0 {
            all = all
                .into_iter()
                .flat_map(|(keys, arg)| match part {
                    Part::Key(key) => vec![(joined(&keys, &[*key]), arg)],
                    Part::Number => numbers(&keys, &[], 0),
                    Part::Person => {
                        let mut labels = numbers(&keys, &[], 0);
                        labels.extend(numbers(&keys, &[Key::Char('0')], 9));
                        labels
                    }
                })
                .collect();
        }
        all
    }

    /// As hints show it.
    pub(super) fn shown(&self) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Key(key) => key.to_string(),
                Part::Person | Part::Number => "1-9".to_owned(),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The keys in it that are no placeholder.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.0.iter().filter_map(|part| match part {
            Part::Key(key) => Some(*key),
            Part::Person | Part::Number => None,
        })
    }
}

fn joined(before: &[Key], more: &[Key]) -> Vec<Key> {
    [before, more].concat()
}

fn numbers(before: &[Key], prefix: &[Key], offset: u16) -> Vec<(Vec<Key>, Arg)> {
    ('1'..='9')
        .zip(1u16..)
        .map(|(digit, number)| {
            let keys = joined(&joined(before, prefix), &[Key::Char(digit)]);
            (keys, Arg::Number(number + offset))
        })
        .collect()
}
