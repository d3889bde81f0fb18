//! The row before the last: what happened, what went wrong or what is asked, and the keys that act on it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::hints::{self, Hint};
use super::text;
use crate::theme::{Role, Styles};

/// What kind of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// The program asks.
    Asks,
    /// Something could not be done.
    Error,
}

/// A message, from borrowed words.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// What kind it is.
    pub tone: Tone,
    /// A sentence.
    pub sentence: &'a str,
    /// Keys that act on it.
    pub keys: &'a [Hint<'a>],
    /// How many more wait behind it.
    pub waiting: usize,
}

/// A sentence keeps at least this many cells before keys give way.
const LEAST: u16 = 16;

impl Message<'_> {
    const fn mark(&self) -> (&'static str, Role) {
        match self.tone {
            Tone::Done => ("ok", Role::Good),
            Tone::Asks => ("?", Role::Accent),
            Tone::Error => ("!", Role::Bad),
        }
    }

    /// Draws the message in the first row of `area`. The sentence is cut before the keys are dropped, unless
    /// too little of it would stay.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let (mark, role) = self.mark();
        let used = text::put_line(
            &Line::from(Span::styled(mark, styles.bold(role))),
            area,
            buf,
        );
        let mut rest = text::after(area, used.saturating_add(2));
        if self.waiting > 0 {
            let waiting = format!("(+{})", self.waiting);
            let line = Line::from(Span::styled(waiting, styles.of(Role::Muted)));
            let taken = text::put_right(&line, rest, buf);
            rest.width = rest.width.saturating_sub(taken.saturating_add(2));
        }
        let wanted = text::width(self.sentence);
        let for_keys = rest
            .width
            .saturating_sub(wanted.min(LEAST))
            .saturating_sub(3);
        let mut keys = hints::kept(self.keys, for_keys);
        if keys.is_empty() {
            // A key without a word still says what to press; a question without its key cannot be answered.
            let bare: Vec<Hint<'_>> = self
                .keys
                .iter()
                .map(|hint| Hint::new(hint.key, ""))
                .collect();
            keys = hints::kept(&bare, for_keys);
        }
        let keys_wide = hints::width_of(&keys, styles);
        let taken_by_keys = if keys_wide == 0 { 0 } else { keys_wide + 3 };
        let sentence = Rect {
            width: rest.width.saturating_sub(taken_by_keys),
            ..rest
        };
        let used = text::put(self.sentence, styles.of(Role::Text), sentence, buf);
        if keys_wide > 0 {
            hints::put_kept(&keys, text::after(rest, used + 3), buf, styles);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::widget::testing::{dark, drawn, hard_text, only_inside};

    const KEYS: [Hint<'static>; 2] = [Hint::new("u", "take back"), Hint::new("e", "correct it")];

    fn row(message: &Message<'_>, cells: u16) -> String {
        drawn(cells, 1, |area, buf| message.draw(area, buf, &dark())).concat()
    }

    fn saved() -> Message<'static> {
        let sentence = "Saved A14: María Okafor, Fri 13 Mar";
        Message {
            tone: Tone::Done,
            sentence,
            keys: &KEYS,
            waiting: 0,
        }
    }

    #[test]
    fn a_message_is_a_mark_a_sentence_and_its_keys() {
        assert_eq!(
            row(&saved(), 76),
            "ok  Saved A14: María Okafor, Fri 13 Mar   u take back  e correct it"
        );
    }

    #[test]
    fn a_long_sentence_is_cut_before_the_keys_are_dropped() {
        let row_50 = "ok  Saved A14: María ~   u take back  e correct it";
        assert_eq!(row(&saved(), 50), row_50);
        assert_eq!(row(&saved(), 34), "ok  Saved A14: Marí~   u take back");
    }

    #[test]
    fn what_waits_is_counted_at_the_right_edge() {
        let message = Message {
            tone: Tone::Asks,
            sentence: "Who is @ma?",
            keys: &[],
            waiting: 2,
        };
        assert_eq!(row(&message, 24), "?  Who is @ma?      (+2)");
    }

    #[test]
    fn an_error_begins_with_its_mark() {
        let message = Message {
            tone: Tone::Error,
            sentence: "Not saved",
            keys: &[],
            waiting: 0,
        };
        assert_eq!(row(&message, 20), "!  Not saved");
    }

    proptest! {
        #[test]
        fn a_message_stays_in_its_area(sentence in hard_text(), w in 0u16..60, h in 0u16..3, waiting in 0usize..12) {
            let message = Message { tone: Tone::Done, sentence: &sentence, keys: &KEYS, waiting };
            only_inside(w, h, |area, buf| message.draw(area, buf, &dark()));
        }
    }

    #[test]
    fn a_question_keeps_its_key_where_there_is_no_room_for_the_word() {
        let keys = [Hint::new("g l", "goes back to the running session at once")];
        let asks = Message {
            tone: Tone::Asks,
            sentence: "Ends 16:34, 4 min late. Pairs would have to go",
            keys: &keys,
            waiting: 0,
        };
        let row = row(&asks, 40);
        assert!(row.trim_end().ends_with("g l"), "{row}");
    }
}
