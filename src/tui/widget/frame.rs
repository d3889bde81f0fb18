//! The chrome of a pane. The focused pane has the only box of the screen; every other is a bold title and a thin
//! rule. The cells of the box stay free in every pane, so nothing moves when focus does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::spot::{self, Spot};
use super::{over, text};
use crate::theme::glyphs::{ASCII, HEAVY, ROUNDED, Strokes};
use crate::theme::{Frame, Role, Styles};

/// A pane: its title, what stands at the right end of its title line, and whether it has the focus.
#[derive(Clone, Debug)]
pub struct Pane<'a> {
    title: &'a str,
    meta: Line<'a>,
    focused: bool,
    flush: bool,
}

impl<'a> Pane<'a> {
    /// A pane without focus and without meta.
    pub fn new(title: &'a str) -> Self {
        Self {
            title,
            meta: Line::default(),
            focused: false,
            flush: false,
        }
    }

    /// What stands at the right end of the title line. Spans without a style get the usual one.
    #[must_use]
    pub fn meta(mut self, meta: impl Into<Line<'a>>) -> Self {
        self.meta = meta.into();
        self
    }

    /// Whether this pane has the focus.
    #[must_use]
    pub const fn focused(mut self, focused: bool) -> Self {
        self.focused = focused;
        self
    }

    /// Content may use the last row too. Only for panes that never get the focus.
    #[must_use]
    pub const fn flush(mut self) -> Self {
        self.flush = true;
        self
    }

    /// Where the content of a pane in `area` goes: below the title, two columns in from each side, above the
    /// last row.
    pub fn content(&self, area: Rect) -> Rect {
        Rect {
            x: area.x.saturating_add(2.min(area.width)),
            y: area.y.saturating_add(1.min(area.height)),
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(if self.flush { 1 } else { 2 }),
        }
    }

    /// Draws the chrome and returns where the content goes.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) -> Rect {
        let area = area.intersection(buf.area);
        spot::tell(area, || Spot::Pane(self.focused));
        if self.focused {
            self.boxed(area, buf, styles);
        } else {
            self.ruled(area, buf, styles);
        }
        self.content(area)
    }

    /// Draws a pane that lies over others: boxed, on cleared cells, with one clear cell all around. A text
    /// beside it that it covers in part goes as a whole.
    pub fn draw_over(&self, area: Rect, buf: &mut Buffer, styles: &Styles) -> Rect {
        let around = Rect {
            x: area.x.saturating_sub(1),
            y: area.y.saturating_sub(1),
            width: area.width + (area.x.min(1)) + 1,
            height: area.height + (area.y.min(1)) + 1,
        };
        let around = around.intersection(buf.area);
        over::trim(around, buf);
        Clear.render(around, buf);
        buf.set_style(around, styles.canvas());
        Self {
            focused: true,
            ..self.clone()
        }
        .draw(area, buf, styles)
    }

    fn ruled(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let inner = match styles.frame_shape() {
            // In ASCII the rule runs under the outer columns too: `- Title ---- meta -`.
            Frame::Ascii => {
                let rule = styles.of(Role::Border);
                for end in [area.x, area.right().saturating_sub(1)] {
                    let cell = Rect {
                        x: end,
                        width: 1,
                        height: 1,
                        ..area
                    };
                    text::put("-", rule, cell.intersection(area), buf);
                }
                self.content(area)
            }
            Frame::Rounded | Frame::Heavy => self.content(area),
        };
        let first = Rect {
            y: area.y,
            height: area.height.min(1),
            ..inner
        };
        self.title_line(first, buf, styles);
    }

    fn boxed(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        if area.width < 2 || area.height < 2 {
            return self.ruled(area, buf, styles);
        }
        let shape = styles.frame_shape();
        let strokes = match shape {
            Frame::Rounded => ROUNDED,
            Frame::Heavy => HEAVY,
            Frame::Ascii => ASCII,
        };
        let style = styles.of(Role::BorderFocus);
        draw_box(area, strokes, style, buf);
        let label = match shape {
            Frame::Rounded | Frame::Heavy => format!(" {} ", self.title),
            Frame::Ascii => format!("[ {} ]", self.title),
        };
        let inset = if shape == Frame::Ascii { 2 } else { 1 };
        let first = Rect {
            height: 1,
            ..text::after(area, inset)
        };
        let first = Rect {
            width: first.width.saturating_sub(1),
            ..first
        };
        let title = Span::styled(label, styles.title(true));
        self.box_title(first, title, buf, styles);
    }

    /// Title, rule and meta of a pane without focus, each with a space between.
    fn title_line(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let used = text::put(self.title, styles.title(false), area, buf);
        let rest = text::after(area, used.saturating_add(1));
        let meta = self.meta_line(false, styles);
        let wide = text::line_width(&meta);
        let room = if wide == 0 { 0 } else { wide.saturating_add(1) };
        if room > rest.width {
            return;
        }
        let length = usize::from(rest.width - room);
        text::put(
            &styles.glyphs().rule().repeat(length),
            styles.of(Role::Border),
            rest,
            buf,
        );
        text::put_right(&meta, rest, buf);
    }

    /// Title and meta on the upper edge of the box, each with a space on both sides.
    fn box_title(&self, area: Rect, title: Span<'_>, buf: &mut Buffer, styles: &Styles) {
        let used = text::put_line(&Line::from(title), area, buf);
        let meta = self.meta_line(true, styles);
        let wide = text::line_width(&meta);
        let rest = text::after(area, used);
        if wide == 0 || wide + 2 > rest.width {
            return;
        }
        let mut spans = vec![Span::raw(" ")];
        spans.extend(meta.spans);
        spans.push(Span::raw(" "));
        text::put_right(&Line::from(spans), rest, buf);
    }

    fn meta_line(&self, focused: bool, styles: &Styles) -> Line<'a> {
        let usual = styles.meta(focused);
        let span = |span: &Span<'a>| Span::styled(span.content.clone(), usual.patch(span.style));
        Line::from(self.meta.spans.iter().map(span).collect::<Vec<_>>())
    }
}

fn draw_box(area: Rect, strokes: Strokes, style: Style, buf: &mut Buffer) {
    let across = strokes.horizontal.repeat(usize::from(area.width - 2));
    let top = format!("{}{across}{}", strokes.top_left, strokes.top_right);
    let bottom = format!("{}{across}{}", strokes.bottom_left, strokes.bottom_right);
    text::put(&top, style, text::row(area, 0), buf);
    text::put(&bottom, style, text::row(area, area.height - 1), buf);
    for index in 1..area.height - 1 {
        let row = text::row(area, index);
        text::put(strokes.vertical, style, row, buf);
        text::put(
            strokes.vertical,
            style,
            text::after(row, area.width - 1),
            buf,
        );
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::theme::ColorDepth;
    use crate::theme::glyphs::Glyphs;
    use crate::tui::widget::testing::{dark, drawn, hard_text, only_inside, plain, styles};

    fn show(pane: &Pane<'_>, styles: &Styles) -> Vec<String> {
        drawn(24, 3, |area, buf| {
            pane.draw(area, buf, styles);
        })
    }

    #[test]
    fn a_pane_without_focus_is_a_title_and_a_rule() {
        let pane = Pane::new("Clock").meta("of 15:00");
        assert_eq!(show(&pane, &dark()), ["  Clock ───── of 15:00", "", ""]);
        assert_eq!(
            show(&Pane::new("Clock"), &dark())[0],
            "  Clock ──────────────"
        );
    }

    #[test]
    fn the_focused_pane_has_a_box_and_its_words_stay_where_they_were() {
        let pane = Pane::new("Clock").meta("of 15:00").focused(true);
        assert_eq!(
            show(&pane, &dark()),
            [
                "╭ Clock ───── of 15:00 ╮",
                "│                      │",
                "╰──────────────────────╯"
            ]
        );
        let heavy = styles("dark", ColorDepth::None, Glyphs::Unicode);
        assert_eq!(show(&pane, &heavy)[0], "┏ Clock ━━━━━ of 15:00 ┓");
    }

    #[test]
    fn ascii_has_its_own_shapes() {
        let pane = Pane::new("Title").meta("meta");
        assert_eq!(show(&pane, &plain())[0], "- Title --------- meta -");
        let lines = show(&pane.focused(true), &plain());
        assert_eq!(lines[0], "+=[ Title ]====== meta +");
        assert_eq!(lines[2], "+======================+");
    }

    #[test]
    fn content_keeps_the_columns_of_the_frame_free() {
        let area = Rect::new(10, 5, 43, 7);
        assert_eq!(Pane::new("Clock").content(area), Rect::new(12, 6, 39, 5));
        assert_eq!(
            Pane::new("Clock").flush().content(area),
            Rect::new(12, 6, 39, 6)
        );
        assert_eq!(
            Pane::new("Clock").focused(true).content(area),
            Rect::new(12, 6, 39, 5)
        );
    }

    #[test]
    fn meta_gives_way_to_the_title() {
        let pane = Pane::new("Needs attention today").meta("7 of 23 open");
        assert_eq!(show(&pane, &dark())[0], "  Needs attention tod~");
    }

    #[test]
    fn an_overlay_clears_one_cell_around_itself_and_words_that_it_would_cut() {
        let lines = drawn(12, 6, |area, buf| {
            for index in 0..area.height {
                text::put("xxxxxxxxxxxx", Style::new(), text::row(area, index), buf);
            }
            Pane::new("Go").draw_over(Rect::new(2, 2, 8, 2), buf, &dark());
        });
        assert_eq!(
            lines,
            [
                "xxxxxxxxxxxx",
                "",
                "  ╭ Go ──╮",
                "  ╰──────╯",
                "",
                "xxxxxxxxxxxx"
            ]
        );
    }

    proptest! {
        #[test]
        fn a_pane_stays_in_its_area(title in hard_text(), meta in hard_text(), w in 0u16..40, h in 0u16..6) {
            for styles in [dark(), plain()] {
                for focused in [false, true] {
                    only_inside(w, h, |area, buf| {
                        let pane = Pane::new(&title).meta(meta.as_str()).focused(focused);
                        let content = pane.draw(area, buf, &styles);
                        assert!(content.is_empty() || area.union(content) == area);
                    });
                }
            }
        }
    }
}
