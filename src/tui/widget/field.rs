//! A field for one line of text: editing with the usual keys of a shell, undo of typing, and drawing with a
//! window that follows the caret. The state is a [`Field`]; drawing it changes nothing.

mod draw;

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use crate::command::key::Key;

pub use draw::{Meaning, Part, draw};

/// One step of editing, already freed from keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Put a character in.
    Insert(char),
    /// Put a text in at once; line breaks and tabs become spaces.
    Paste(String),
    /// Backspace.
    DeleteBack,
    /// Delete.
    DeleteForward,
    /// Ctrl-W.
    DeleteWordBack,
    /// Ctrl-U: all before the caret.
    DeleteToStart,
    /// Ctrl-K: all after the caret.
    DeleteToEnd,
    /// Ctrl-Y: put back what was cut last.
    Yank,
    /// One character back.
    Left,
    /// One character on.
    Right,
    /// Ctrl-A.
    Start,
    /// Ctrl-E.
    End,
    /// Ctrl-_: take back the last stretch of typing.
    Undo,
}

impl Edit {
    /// What a key does to a line of text.
    pub const fn of(key: Key) -> Option<Self> {
        Some(match key {
            Key::Char(letter) => Self::Insert(letter),
            Key::Backspace => Self::DeleteBack,
            Key::Delete | Key::Ctrl('d') => Self::DeleteForward,
            Key::Left | Key::Ctrl('b') => Self::Left,
            Key::Right | Key::Ctrl('f') => Self::Right,
            Key::Home | Key::Ctrl('a') => Self::Start,
            Key::End | Key::Ctrl('e') => Self::End,
            Key::Ctrl('w') => Self::DeleteWordBack,
            Key::Ctrl('u') => Self::DeleteToStart,
            Key::Ctrl('k') => Self::DeleteToEnd,
            Key::Ctrl('y') => Self::Yank,
            Key::Ctrl('_') => Self::Undo,
            Key::Ctrl(_)
            | Key::Enter
            | Key::Esc
            | Key::Tab
            | Key::BackTab
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::F(_) => return None,
        })
    }
}

/// What is typed, where the caret stands, and how it came about.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
    cut: String,
    past: Vec<Snapshot>,
    typing: bool,
}

#[derive(Clone, Debug)]
struct Snapshot {
    value: String,
    caret: usize,
}

/// Steps of undo that are kept.
const PAST: usize = 64;

impl Field {
    /// A field with a text, the caret after it.
    pub fn new(text: &str) -> Self {
        Self {
            input: Input::new(shown(text)),
            ..Self::default()
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// The caret, as a byte of [`Field::text`]; always between two characters as seen.
    pub fn caret(&self) -> usize {
        self.text()
            .char_indices()
            .nth(self.input.cursor())
            .map_or(self.text().len(), |(byte, _)| byte)
    }

    /// Puts the caret before the character as seen that holds this byte.
    pub fn set_caret(&mut self, byte: usize) {
        let starts = self.text().grapheme_indices(true).map(|(start, _)| start);
        let end = self.text().len();
        let start = starts
            .chain([end])
            .take_while(|start| *start <= byte)
            .last()
            .unwrap_or(0);
        let characters = self
            .text()
            .char_indices()
            .take_while(|(at, _)| *at < start)
            .count();
        self.input.handle(InputRequest::SetCursor(characters));
        self.typing = false;
    }

    /// Replaces the whole text, the caret after it; one step of undo.
    pub fn replace(&mut self, text: &str) {
        self.remember();
        self.typing = false;
        self.input = Input::new(shown(text));
    }

    /// Carries out one step of editing. Says whether the text changed.
    pub fn apply(&mut self, edit: Edit) -> bool {
        let before = Snapshot {
            value: self.text().to_owned(),
            caret: self.input.cursor(),
        };
        let typing = matches!(edit, Edit::Insert(letter) if !letter.is_whitespace());
        if edit == Edit::Undo {
            return self.undo();
        }
        self.carry_out(edit);
        let changed = self.text() != before.value;
        if changed && !(typing && self.typing) {
            self.keep(before);
        }
        self.typing = typing && changed;
        changed
    }

    fn carry_out(&mut self, edit: Edit) {
        let request = match edit {
            Edit::Insert(letter) => return self.insert(&shown(letter.encode_utf8(&mut [0; 4]))),
            Edit::Paste(text) => return self.insert(&shown(&text)),
            Edit::Yank => return self.insert(&self.cut.clone()),
            Edit::DeleteWordBack => return self.cut_with(InputRequest::DeletePrevWord),
            Edit::DeleteToStart => return self.cut_with(InputRequest::DeleteFromStart),
            Edit::DeleteToEnd => return self.cut_with(InputRequest::DeleteTillEnd),
            Edit::DeleteBack => InputRequest::DeletePrevChar,
            Edit::DeleteForward => InputRequest::DeleteNextChar,
            Edit::Left => InputRequest::GoToPrevChar,
            Edit::Right => InputRequest::GoToNextChar,
            Edit::Start => InputRequest::GoToStart,
            Edit::End => InputRequest::GoToEnd,
            Edit::Undo => return,
        };
        self.input.handle(request);
        self.settle();
    }

    /// Puts a text in at the caret in one go, however long it is.
    fn insert(&mut self, text: &str) {
        let (before, after) = self
            .text()
            .split_at_checked(self.caret())
            .unwrap_or((self.text(), ""));
        let whole = format!("{before}{text}{after}");
        let caret = self.input.cursor() + text.chars().count();
        self.input = Input::new(whole).with_cursor(caret);
        self.settle();
    }

    /// Carries out a deletion and keeps what it took for [`Edit::Yank`].
    fn cut_with(&mut self, request: InputRequest) {
        let before: Vec<char> = self.text().chars().collect();
        let old_caret = self.input.cursor();
        self.input.handle(request);
        let (caret, left) = (self.input.cursor(), self.text().chars().count());
        let gone = before.len().saturating_sub(left);
        if gone > 0 {
            self.cut = before
                .iter()
                .skip(caret.min(old_caret))
                .take(gone)
                .collect();
        }
        self.settle();
    }

    /// Deleting or inserting may join characters around the caret; it then stands after the joined one.
    fn settle(&mut self) {
        let caret = self.caret();
        let mut starts = self.text().grapheme_indices(true).map(|(start, _)| start);
        if caret == self.text().len() || starts.any(|start| start == caret) {
            return;
        }
        self.input.handle(InputRequest::GoToNextChar);
    }

    fn undo(&mut self) -> bool {
        self.typing = false;
        let Some(last) = self.past.pop() else {
            return false;
        };
        self.input = Input::new(last.value).with_cursor(last.caret);
        true
    }

    fn remember(&mut self) {
        self.keep(Snapshot {
            value: self.text().to_owned(),
            caret: self.input.cursor(),
        });
    }

    fn keep(&mut self, snapshot: Snapshot) {
        if self.past.len() == PAST {
            self.past.remove(0);
        }
        self.past.push(snapshot);
    }
}

/// Text as a field of one line can hold it: breaks and tabs as spaces, other control characters left out.
fn shown(text: &str) -> String {
    let text = text.replace("\r\n", " ");
    let blank = |letter: char| {
        if matches!(letter, '\n' | '\r' | '\t') {
            ' '
        } else {
            letter
        }
    };
    text.chars()
        .map(blank)
        .filter(|letter| !letter.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::widget::testing::hard_text;

    fn typed(text: &str) -> Field {
        let mut field = Field::default();
        for letter in text.chars() {
            field.apply(Edit::Insert(letter));
        }
        field
    }

    #[test]
    fn typing_and_the_keys_of_a_shell_edit_the_line() {
        let mut field = typed("Send deck to Ana");
        field.apply(Edit::DeleteWordBack);
        assert_eq!(field.text(), "Send deck to ");
        field.apply(Edit::Yank);
        assert_eq!(field.text(), "Send deck to Ana");
        field.apply(Edit::Start);
        for _ in 0..5 {
            field.apply(Edit::Right);
        }
        field.apply(Edit::DeleteToEnd);
        assert_eq!((field.text(), field.caret()), ("Send ", 5));
        field.apply(Edit::Yank);
        assert_eq!(field.text(), "Send deck to Ana");
        field.apply(Edit::Start);
        field.apply(Edit::DeleteForward);
        assert_eq!(field.text(), "end deck to Ana");
        field.apply(Edit::End);
        field.apply(Edit::DeleteToStart);
        assert!(field.is_empty());
        field.apply(Edit::Yank);
        assert_eq!(field.text(), "end deck to Ana");
    }

    #[test]
    fn backspace_takes_a_whole_character_as_seen() {
        let mut field = Field::new("ok 👩‍💻");
        field.apply(Edit::DeleteBack);
        assert_eq!(field.text(), "ok ");
    }

    #[test]
    fn undo_takes_back_a_word_of_typing_at_a_time() {
        let mut field = typed("Send deck");
        assert!(field.apply(Edit::Undo));
        assert_eq!(field.text(), "Send ");
        assert!(field.apply(Edit::Undo));
        assert_eq!(field.text(), "Send");
        assert!(field.apply(Edit::Undo));
        assert_eq!(field.text(), "");
        assert!(!field.apply(Edit::Undo));
    }

    #[test]
    fn undo_brings_back_what_was_cut_with_its_caret() {
        let mut field = Field::new("Send deck");
        field.set_caret(5);
        field.apply(Edit::DeleteToStart);
        assert_eq!(field.text(), "deck");
        field.apply(Edit::Undo);
        assert_eq!((field.text(), field.caret()), ("Send deck", 5));
    }

    #[test]
    fn a_paste_stays_one_line_and_one_step() {
        let mut field = Field::new("a b");
        field.set_caret(2);
        field.apply(Edit::Paste("one\r\ntwo\u{1b}[31m\tthree".to_owned()));
        assert_eq!(field.text(), "a one two[31m threeb");
        field.apply(Edit::Undo);
        assert_eq!(field.text(), "a b");
    }

    #[test]
    fn the_caret_never_stands_inside_a_character() {
        let mut field = Field::new("A\u{30a}sa");
        field.set_caret(1);
        assert_eq!(field.caret(), 0);
        field.apply(Edit::Right);
        assert_eq!(field.caret(), 3);
    }

    fn edits() -> impl Strategy<Value = Edit> {
        prop_oneof![
            hard_text().prop_map(Edit::Paste),
            any::<char>().prop_map(Edit::Insert),
            prop::sample::select(vec![
                Edit::DeleteBack,
                Edit::DeleteForward,
                Edit::DeleteWordBack,
                Edit::DeleteToStart,
                Edit::DeleteToEnd,
                Edit::Yank,
                Edit::Left,
                Edit::Right,
                Edit::Start,
                Edit::End,
                Edit::Undo,
            ]),
        ]
    }

    proptest! {
        #[test]
        fn after_any_edits_the_caret_stands_between_characters(edits in prop::collection::vec(edits(), 0..24)) {
            let mut field = Field::default();
            for edit in edits {
                field.apply(edit);
                let caret = field.caret();
                let mut places = field.text().grapheme_indices(true).map(|(start, _)| start);
                prop_assert!(caret == field.text().len() || places.any(|start| start == caret));
                prop_assert!(!field.text().contains(char::is_control));
            }
        }

        #[test]
        fn undo_leads_back_to_the_beginning(edits in prop::collection::vec(edits(), 0..24)) {
            let mut field = Field::new("start");
            for edit in edits {
                field.apply(edit);
            }
            while field.apply(Edit::Undo) {}
            prop_assert_eq!(field.text(), "start");
        }
    }
}
