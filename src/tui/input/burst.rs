//! Typing that was meant for another window. Letters that come as fast as a sentence are no commands; the caller
//! makes a draft of them and takes back what the first ones did. Times arrive as arguments.

use std::collections::VecDeque;

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::domain::clock::{Moment, Span};

/// This many letters ...
const LETTERS: usize = 4;
/// ... of which so many are different ...
const DIFFERENT: usize = 3;
/// ... within this time are a sentence.
const SENTENCE: Span = Span::from_millis(600);
/// This many keys ...
const KEYS: usize = 12;
/// ... within this time are a paste.
const PASTE: Span = Span::from_millis(10);
/// Capitals in a row that look like Caps Lock, and how long a row may take.
const CAPITALS: usize = 3;
const ROW: Span = Span::from_secs(5);

/// A key outside a field, and what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// The key.
    pub key: Key,
    /// When.
    pub at: Moment,
    /// Whether it moves a mark or a row; such keys are held down and hit fast.
    pub movement: bool,
    /// Whether it is the second key of a sequence, which counts as one.
    pub continues: bool,
}

/// What a key turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A key like any other.
    Ordinary,
    /// The end of a burst.
    Burst {
        /// Everything that was typed in it, this key included.
        text: String,
        /// When it began; what was done since is to be taken back.
        since: Moment,
    },
    /// Capitals in a row: Caps Lock may be on.
    Capitals,
}

/// Whether a command moves a mark or a row.
pub const fn is_movement(id: CommandId) -> bool {
    matches!(
        id,
        CommandId::Up
            | CommandId::Down
            | CommandId::Left
            | CommandId::Right
            | CommandId::PageUp
            | CommandId::PageDown
            | CommandId::Top
            | CommandId::End
    )
}

/// Watches keys outside fields.
#[derive(Clone, Debug, Default)]
pub struct Bursts {
    recent: VecDeque<Press>,
}

impl Bursts {
    /// The next key. After anything but [`Seen::Ordinary`] the watch begins anew.
    pub fn press(&mut self, press: Press) -> Seen {
        self.forget_before(press.at);
        self.recent.push_back(press);
        let seen = self.look(press);
        if seen != Seen::Ordinary {
            self.recent.clear();
        }
        seen
    }

    /// A field has the keyboard: what was typed before does not count.
    pub fn reset(&mut self) {
        self.recent.clear();
    }

    fn look(&self, press: Press) -> Seen {
        if let Some(since) = self.sentence().or_else(|| self.paste(press.at)) {
            let typed = self.recent.iter().filter(|press| press.at >= since);
            return Seen::Burst {
                text: typed.filter_map(|press| character(press.key)).collect(),
                since,
            };
        }
        if self.capitals() {
            return Seen::Capitals;
        }
        Seen::Ordinary
    }

    /// A flood of keys is kept no longer than it needs to be judged.
    fn forget_before(&mut self, now: Moment) {
        while let Some(first) = self.recent.front() {
            if now - first.at <= ROW && self.recent.len() < 4 * KEYS {
                break;
            }
            self.recent.pop_front();
        }
    }

    /// When the last letters began, if they are a sentence.
    fn sentence(&self) -> Option<Moment> {
        let letters: Vec<(char, Moment)> = self
            .recent
            .iter()
            .rev()
            .take_while(|press| !press.movement)
            .filter(|press| !press.continues)
            .filter_map(|press| {
                let c = character(press.key).filter(|c| c.is_alphabetic())?;
                Some((c, press.at))
            })
            .take(LETTERS)
            .collect();
        let ([(_, last), ..], [.., (_, first)]) = (letters.as_slice(), letters.as_slice()) else {
            return None;
        };
        let fits = letters.len() == LETTERS && *last - *first <= SENTENCE;
        (fits && different(letters.iter().map(|(c, _)| *c)) >= DIFFERENT).then_some(*first)
    }

    /// When the last keys began, if they are a paste that the terminal did not announce.
    fn paste(&self, now: Moment) -> Option<Moment> {
        let near = |press: &&Press| now - press.at <= PASTE;
        let keys: Vec<char> = self
            .recent
            .iter()
            .rev()
            .take_while(near)
            .filter(|press| !press.movement)
            .filter_map(|press| character(press.key))
            .collect();
        if keys.len() < KEYS || different(keys.into_iter()) < 2 {
            return None;
        }
        self.recent.iter().find(near).map(|press| press.at)
    }

    fn capitals(&self) -> bool {
        let row: Vec<char> = self
            .recent
            .iter()
            .rev()
            .take_while(|press| !press.movement)
            .map_while(|press| character(press.key).filter(|c| c.is_uppercase()))
            .take(CAPITALS)
            .collect();
        row.len() == CAPITALS && different(row.into_iter()) > 1
    }
}

fn character(key: Key) -> Option<char> {
    match key {
        Key::Char(c) => Some(c),
        _ => None,
    }
}

fn different(chars: impl Iterator<Item = char>) -> usize {
    let mut seen: Vec<char> = chars.collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn press(c: char, at: i64) -> Press {
        Press {
            key: Key::Char(c),
            at: Moment::from_millis(at),
            movement: "hjklG".contains(c),
            continues: false,
        }
    }

    fn last(text: &str, every: i64) -> Seen {
        let mut bursts = Bursts::default();
        let mut seen = Seen::Ordinary;
        for (at, c) in (0..)
            .step_by(usize::try_from(every).unwrap().max(1))
            .zip(text.chars())
        {
            seen = bursts.press(press(c, if every == 0 { 0 } else { at }));
        }
        seen
    }

    #[test]
    fn four_letters_as_fast_as_a_sentence_are_a_draft() {
        let burst = Seen::Burst {
            text: "send".to_owned(),
            since: Moment::from_millis(0),
        };
        assert_eq!(last("send", 200), burst);
        assert_eq!(last("send", 201), Seen::Ordinary);
        assert_eq!(last("uuuu", 50), Seen::Ordinary);
        assert_eq!(last("fufu", 50), Seen::Ordinary);
        assert_eq!(last("sekd", 50), Seen::Ordinary);
        assert_eq!(last("1234", 50), Seen::Ordinary);
    }

    #[test]
    fn a_sequence_of_two_keys_counts_as_one() {
        let mut bursts = Bursts::default();
        for (c, at) in [
            ('g', 0),
            ('a', 90),
            ('w', 180),
            ('m', 270),
            ('g', 360),
            ('r', 450),
        ] {
            let second = matches!(c, 'a' | 'm' | 'r');
            let press = Press {
                continues: second,
                ..press(c, at)
            };
            assert_eq!(bursts.press(press), Seen::Ordinary, "{c}");
        }
    }

    #[test]
    fn many_keys_at_once_are_a_paste_unless_they_move_or_repeat() {
        let text = "1. 2. 3. 4. 5.";
        let mut bursts = Bursts::default();
        let seen: Vec<Seen> = text.chars().map(|c| bursts.press(press(c, 7))).collect();
        assert_eq!(
            seen[11],
            Seen::Burst {
                text: "1. 2. 3. 4. ".to_owned(),
                since: Moment::from_millis(7)
            }
        );
        assert_eq!(last(&"j".repeat(2000), 0), Seen::Ordinary);
        assert_eq!(last(&"jk".repeat(1000), 0), Seen::Ordinary);
        assert_eq!(last(&"+".repeat(100), 0), Seen::Ordinary);
    }

    #[test]
    fn capitals_in_a_row_look_like_caps_lock() {
        assert_eq!(last("UND", 900), Seen::Capitals);
        assert_eq!(last("UUU", 900), Seen::Ordinary);
        assert_eq!(last("GGG", 900), Seen::Ordinary);
        assert_eq!(last("UNd", 900), Seen::Ordinary);
        assert_eq!(last("UND", 3000), Seen::Ordinary);
    }

    #[test]
    fn what_was_typed_before_a_field_opened_does_not_count() {
        let mut bursts = Bursts::default();
        for c in ['s', 'e', 'n'] {
            assert_eq!(bursts.press(press(c, 0)), Seen::Ordinary);
        }
        bursts.reset();
        assert_eq!(bursts.press(press('d', 10)), Seen::Ordinary);
    }

    proptest! {
        #[test]
        fn movement_alone_is_never_a_burst(keys in "[hjklG]{0,300}", every in 0i64..50) {
            prop_assert_eq!(last(&keys, every), Seen::Ordinary);
        }
    }
}
