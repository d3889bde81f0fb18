//! One write a frame. Everything between the start and the end of a drawing is gathered; a frame in which no cell
//! and no cursor changed writes nothing.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::ink;

/// A frame shorter than this is on the screen at once anyway; a longer one is bracketed.
const SMALL: usize = 512;
const BEGIN_SYNC: &[u8] = b"\x1b[?2026h";
const END_SYNC: &[u8] = b"\x1b[?2026l";

/// The cursor, as it should be or as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cursor {
    shown: bool,
    at: Position,
}

/// A backend that writes whole frames.
#[derive(Debug)]
pub struct Painter<W: Write> {
    out: W,
    frame: Vec<u8>,
    size: Size,
    wanted: Cursor,
    /// The cursor of the terminal; `None` when it may be anywhere.
    actual: Option<Cursor>,
}

impl<W: Write> Painter<W> {
    /// Paints on `out`, which has this size.
    pub fn new(out: W, size: Size) -> Self {
        Self {
            out,
            frame: Vec::new(),
            size,
            wanted: Cursor::default(),
            actual: None,
        }
    }

    /// The terminal has another size. Everything must be cleared and painted after this, even if the size is the
    /// old one: the terminal may have cut off what it showed.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.actual = None;
    }

    fn draw_with(
        &mut self,
        draw: impl FnOnce(&mut CrosstermBackend<&mut Vec<u8>>) -> io::Result<()>,
    ) -> io::Result<()> {
        draw(&mut CrosstermBackend::new(&mut self.frame))
    }

    /// Brings the cursor to where it is wanted, if it is not there.
    fn settle_cursor(&mut self) -> io::Result<()> {
        let was = self.actual.filter(|_| self.frame.is_empty());
        let wanted = self.wanted;
        if wanted.shown && was.is_none_or(|was| was != wanted) {
            self.draw_with(|backend| {
                backend.set_cursor_position(wanted.at)?;
                backend.show_cursor()
            })?;
        }
        if !wanted.shown && self.actual.is_none_or(|was| was.shown) {
            CrosstermBackend::new(&mut self.frame).hide_cursor()?;
        }
        self.actual = Some(wanted);
        Ok(())
    }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.frame.extend_from_slice(ink::bytes(content).as_bytes());
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted.shown = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.wanted.shown = true;
        Ok(())
    }

    /// Where the cursor was put last. The terminal is not asked: its answer would be read as typed keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.wanted.at)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted.at = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let at = self.wanted.at;
        self.draw_with(|backend| {
            if clear_type != ClearType::All {
                backend.set_cursor_position(at)?;
            }
            backend.clear_region(clear_type)
        })
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    /// Writes the frame, in one write, or nothing if nothing changed.
    fn flush(&mut self) -> io::Result<()> {
        self.settle_cursor()?;
        if self.frame.is_empty() {
            return Ok(());
        }
        if self.frame.len() > SMALL {
            self.frame.splice(0..0, BEGIN_SYNC.iter().copied());
            self.frame.extend_from_slice(END_SYNC);
        }
        let written = self.out.write_all(&self.frame);
        self.frame.clear();
        written?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::widgets::Paragraph;

    use super::*;

    /// Keeps each write on its own.
    #[derive(Debug, Default)]
    struct Writes(Vec<String>);

    impl Write for Writes {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn terminal() -> Terminal<Painter<Writes>> {
        Terminal::new(Painter::new(Writes::default(), Size::new(60, 20))).unwrap()
    }

    fn show(
        terminal: &mut Terminal<Painter<Writes>>,
        text: &str,
        caret: Option<(u16, u16)>,
    ) -> Vec<String> {
        let before = terminal.backend().out.0.len();
        terminal
            .draw(|frame| {
                frame.render_widget(Paragraph::new(text), frame.area());
                if let Some(caret) = caret {
                    frame.set_cursor_position(caret);
                }
            })
            .unwrap();
        terminal
            .backend()
            .out
            .0
            .iter()
            .skip(before)
            .cloned()
            .collect()
    }

    #[test]
    fn a_frame_is_one_write_and_an_unchanged_one_is_none() {
        let mut terminal = terminal();
        assert_eq!(show(&mut terminal, "07:42", None).len(), 1);
        assert_eq!(show(&mut terminal, "07:42", None), Vec::<String>::new());
        let tick = show(&mut terminal, "07:41", None);
        assert_eq!(tick.len(), 1);
        assert!(tick[0].len() <= 47, "{:?}", tick[0]);
    }

    #[test]
    fn a_waiting_caret_writes_nothing_and_comes_back_after_a_tick() {
        let mut terminal = terminal();
        let first = show(&mut terminal, "07:42", Some((3, 1)));
        assert!(first[0].ends_with("\x1b[2;4H\x1b[?25h"), "{first:?}");
        assert_eq!(
            show(&mut terminal, "07:42", Some((3, 1))),
            Vec::<String>::new()
        );
        let tick = show(&mut terminal, "07:41", Some((3, 1)));
        assert!(tick[0].ends_with("\x1b[2;4H\x1b[?25h"), "{tick:?}");
        let moved = show(&mut terminal, "07:41", Some((4, 1)));
        assert_eq!(moved, ["\x1b[2;5H\x1b[?25h"]);
        assert_eq!(show(&mut terminal, "07:41", None), ["\x1b[?25l"]);
    }

    #[test]
    fn a_long_frame_is_bracketed() {
        let mut terminal = terminal();
        let written = show(
            &mut terminal,
            &"many words here and more of them, row for row\n".repeat(20),
            None,
        );
        assert_eq!(written.len(), 1);
        assert!(written[0].starts_with("\x1b[?2026h") && written[0].ends_with("\x1b[?2026l"));
    }

    #[test]
    fn after_a_new_size_everything_is_painted_in_one_write() {
        let mut terminal = terminal();
        show(&mut terminal, "07:42", None);
        terminal.backend_mut().resize(Size::new(30, 8));
        let written = show(&mut terminal, "07:42", None);
        assert_eq!(written.len(), 1);
        assert!(
            written[0].contains("07:42") && written[0].contains("\x1b[2J"),
            "{written:?}"
        );
        terminal.backend_mut().resize(Size::new(30, 8));
        terminal.clear().unwrap();
        let written = show(&mut terminal, "07:42", None);
        assert_eq!(written.len(), 1);
        assert!(written[0].contains("07:42"));
    }
}
