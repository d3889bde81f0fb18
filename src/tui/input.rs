//! What the terminal sends, in our own words. The one place that knows the terminal library's keys.

mod burst;

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::command::key::Key;

pub use burst::{Bursts, Press, Seen, is_movement};

/// What the mouse did in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// Pressed the first button.
    Click,
    /// Moved while it was held.
    Drag,
    /// Let it go.
    Release,
    /// Turned the wheel away from the user.
    WheelUp,
    /// Turned the wheel towards the user.
    WheelDown,
}

/// Something that came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed, or is held down.
    Key(Key),
    /// Text was pasted; it is as it came, so whoever takes it cleans it.
    Paste(String),
    /// The terminal has a new size: columns and rows.
    Resize(u16, u16),
    /// The mouse did something at this column and row.
    Mouse(Pointer, u16, u16),
}

/// One event of the terminal, as one or two inputs: Alt and a key are Esc and the key, because that is what a
/// terminal sends for both.
pub fn translate(event: Event) -> impl Iterator<Item = Input> {
    let [first, second] = match event {
        Event::Key(key) => keys(key).map(|key| key.map(Input::Key)),
        Event::Paste(text) => [Some(Input::Paste(text)), None],
        Event::Resize(columns, rows) => [Some(Input::Resize(columns, rows)), None],
        Event::Mouse(mouse) => [pointer(mouse), None],
        Event::FocusGained | Event::FocusLost => [None, None],
    };
    first.into_iter().chain(second)
}

fn pointer(mouse: MouseEvent) -> Option<Input> {
    let what = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Pointer::Click,
        MouseEventKind::Drag(MouseButton::Left) => Pointer::Drag,
        MouseEventKind::Up(MouseButton::Left) => Pointer::Release,
        MouseEventKind::ScrollUp => Pointer::WheelUp,
        MouseEventKind::ScrollDown => Pointer::WheelDown,
        _ => return None,
    };
    Some(Input::Mouse(what, mouse.column, mouse.row))
}

fn keys(event: KeyEvent) -> [Option<Key>; 2] {
    if event.kind == KeyEventKind::Release {
        return [None, None];
    }
    match key(event.code, event.modifiers) {
        Some(key) if event.modifiers.contains(KeyModifiers::ALT) => [Some(Key::Esc), Some(key)],
        key => [key, None],
    }
}

fn key(code: KeyCode, with: KeyModifiers) -> Option<Key> {
    Some(match code {
        KeyCode::Char(c) => return character(c, with),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Tab if with.contains(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number @ 1..=12) => Key::F(number),
        _ => return None,
    })
}

fn character(c: char, with: KeyModifiers) -> Option<Key> {
    if c.is_control() {
        return None;
    }
    if !with.contains(KeyModifiers::CONTROL) {
        let shifted = with.contains(KeyModifiers::SHIFT) && c.is_ascii_lowercase();
        return Some(Key::Char(if shifted { c.to_ascii_uppercase() } else { c }));
    }
    Some(match c.to_ascii_lowercase() {
        // The byte of Ctrl-_ is reported as Ctrl-7, that of Ctrl-H comes from many Backspace keys.
        '7' => Key::Ctrl('_'),
        'h' => Key::Backspace,
        c => Key::Ctrl(c),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn typed(code: KeyCode, with: KeyModifiers) -> Vec<Input> {
        translate(Event::Key(KeyEvent::new(code, with))).collect()
    }

    #[rstest]
    #[case(KeyCode::Char('a'), KeyModifiers::NONE, &[Key::Char('a')])]
    #[case(KeyCode::Char('A'), KeyModifiers::SHIFT, &[Key::Char('A')])]
    #[case(KeyCode::Char('a'), KeyModifiers::SHIFT, &[Key::Char('A')])]
    #[case(KeyCode::Char('7'), KeyModifiers::CONTROL, &[Key::Ctrl('_')])]
    #[case(KeyCode::Char('h'), KeyModifiers::CONTROL, &[Key::Backspace])]
    #[case(KeyCode::Char('j'), KeyModifiers::CONTROL, &[Key::Ctrl('j')])]
    #[case(KeyCode::Enter, KeyModifiers::NONE, &[Key::Enter])]
    #[case(KeyCode::Char('x'), KeyModifiers::ALT, &[Key::Esc, Key::Char('x')])]
    #[case(KeyCode::Tab, KeyModifiers::SHIFT, &[Key::BackTab])]
    #[case(KeyCode::F(1), KeyModifiers::NONE, &[Key::F(1)])]
    #[case(KeyCode::CapsLock, KeyModifiers::NONE, &[])]
    fn a_key_is_what_the_person_meant(
        #[case] code: KeyCode,
        #[case] with: KeyModifiers,
        #[case] keys: &[Key],
    ) {
        let expected: Vec<Input> = keys.iter().map(|key| Input::Key(*key)).collect();
        assert_eq!(typed(code, with), expected);
    }

    #[test]
    fn letting_a_key_go_is_nothing_and_holding_it_down_is_a_key() {
        let event = |kind| {
            Event::Key(KeyEvent::new_with_kind(
                KeyCode::Char('j'),
                KeyModifiers::NONE,
                kind,
            ))
        };
        assert_eq!(translate(event(KeyEventKind::Release)).count(), 0);
        assert_eq!(translate(event(KeyEventKind::Repeat)).count(), 1);
        assert_eq!(translate(Event::FocusLost).count(), 0);
    }

    proptest! {
        #[test]
        fn no_key_holds_a_control_character(c: char, bits in 0u8..8) {
            for input in typed(KeyCode::Char(c), KeyModifiers::from_bits_truncate(bits)) {
                if let Input::Key(Key::Char(c)) = input {
                    prop_assert!(!c.is_control());
                }
            }
        }
    }
}
