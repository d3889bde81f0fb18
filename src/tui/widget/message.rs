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
/// Cells of the mark with what separates it from the sentence.
const MARK: u16 = 4;
/// Cells between the sentence and its keys.
const BESIDE: u16 = 3;

impl Message<'_> {
    const fn mark(&self) -> (&'static str, Role) {
        match self.tone {
            Tone::Done => ("ok", Role::Good),
            Tone::Asks => ("?", Role::Accent),
            Tone::Error => ("!", Role::Bad),
        }
    }

    /// The rows that it takes in this width, so that nothing of it is cut; at most `most`.
    pub fn rows(&self, width: u16, most: u16) -> u16 {
        let room = width.saturating_sub(MARK);
        let (waiting, keys) = (self.waiting_cells(), self.keys_cells());
        let beside = if keys == 0 { 0 } else { keys + BESIDE };
        if text::width(self.sentence) + waiting + beside <= room || room == 0 {
            return 1;
        }
        let lines = text::wrap(self.sentence, room.saturating_sub(waiting));
        let last = lines.last().map_or(0, |line| text::width(line));
        let own = keys > 0 && last + beside > room.saturating_sub(waiting);
        let rows = u16::try_from(lines.len()).unwrap_or(most);
        rows.saturating_add(u16::from(own)).clamp(1, most.max(1))
    }

    fn waiting_cells(&self) -> u16 {
        if self.waiting == 0 {
            return 0;
        }
        text::width(&format!("(+{})", self.waiting)) + 2
    }

    fn keys_cells(&self) -> u16 {
        hints::cells(self.keys)
    }

    /// Draws the message in `area`. With one row the sentence is cut before the keys are dropped, unless too little
    /// of it would stay; with more it goes on below, and the keys stand behind its end.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let (mark, role) = self.mark();
        let mark = Line::from(Span::styled(mark, styles.bold(role)));
        let used = text::put_line(&mark, area, buf);
        let mut rest = text::after(area, used.saturating_add(2));
        if self.waiting > 0 {
            let waiting = format!("(+{})", self.waiting);
            let line = Line::from(Span::styled(waiting, styles.of(Role::Muted)));
            let taken = text::put_right(&line, rest, buf);
            rest.width = rest.width.saturating_sub(taken.saturating_add(2));
        }
        if area.height < 2 {
            return self.in_one_row(rest, (buf, styles));
        }
        let keys = self.keys_cells();
        let lines = text::wrap(self.sentence, rest.width);
        let last = lines.last().map_or(0, |line| text::width(line));
        let own = keys > 0 && last + BESIDE + keys > rest.width;
        let for_words = area.height.saturating_sub(u16::from(own));
        let lines = text::wrap_within(self.sentence, rest.width, for_words);
        let mut end = text::row(rest, 0);
        for (at, line) in (0..).zip(&lines) {
            let row = text::row(rest, at);
            let used = text::put(line, styles.of(Role::Text), row, buf);
            end = text::after(row, used + BESIDE);
        }
        if own {
            end = text::row(rest, u16::try_from(lines.len()).unwrap_or(0));
        }
        let kept = self.keys_within(end.width);
        hints::put_kept(&kept, end, buf, styles);
    }

    /// The keys that fit into so many cells. A key without a word still says what to press; a question without its
    /// key cannot be answered.
    fn keys_within(&self, room: u16) -> Vec<Hint<'_>> {
        let keys = hints::kept(self.keys, room);
        if !keys.is_empty() {
            return keys;
        }
        let bare = self.keys.iter().map(|hint| Hint::new(hint.key, ""));
        let bare: Vec<Hint<'_>> = bare.collect();
        hints::kept(&bare, room)
    }

    fn in_one_row(&self, rest: Rect, (buf, styles): (&mut Buffer, &Styles)) {
        let wanted = text::width(self.sentence);
        let for_keys = rest.width.saturating_sub(wanted.min(LEAST));
        let keys = self.keys_within(for_keys.saturating_sub(BESIDE));
        let keys_wide = hints::width_of(&keys, styles);
        let taken_by_keys = if keys_wide == 0 {
            0
        } else {
            keys_wide + BESIDE
        };
        let sentence = Rect {
            width: rest.width.saturating_sub(taken_by_keys),
            ..rest
        };
        let used = text::put(self.sentence, styles.of(Role::Text), sentence, buf);
        if keys_wide > 0 {
            hints::put_kept(&keys, text::after(rest, used + BESIDE), buf, styles);
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
    fn with_more_rows_nothing_of_a_message_is_cut() {
        let message = saved();
        assert_eq!((message.rows(76, 3), message.rows(50, 3)), (1, 2));
        let rows = drawn(50, 2, |area, buf| message.draw(area, buf, &dark()));
        assert_eq!(
            rows,
            [
                "ok  Saved A14: María Okafor, Fri 13 Mar",
                "    u take back  e correct it"
            ]
        );
        assert_eq!(message.rows(30, 3), 3);
        let rows = drawn(30, 3, |area, buf| message.draw(area, buf, &dark()));
        assert_eq!(
            rows,
            [
                "ok  Saved A14: María Okafor,",
                "    Fri 13 Mar",
                "    u take back  e correct it"
            ]
        );
        assert_eq!(message.rows(30, 2), 2);
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
            prop_assert!((1..=3).contains(&message.rows(w, 3)));
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
