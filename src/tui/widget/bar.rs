//! Bars: the tall one of the clock and the row bar used everywhere else. Above nothing at least one cell is
//! filled, below everything at least one stays empty. No bar is drawn for "no data"; write the words.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::text;
use crate::theme::glyphs::Glyphs;
use crate::theme::{Role, Styles};

/// A part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    part: u64,
    whole: u64,
}

impl Share {
    /// `part` of `whole`, in any unit; more than the whole counts as the whole, and of nothing it is nothing.
    pub fn new(part: u64, whole: u64) -> Self {
        Self {
            part: part.min(whole),
            whole,
        }
    }

    /// Steps filled of `steps`: none only for nothing, all only for everything.
    fn steps(self, steps: u16) -> u16 {
        if self.part == 0 || steps == 0 {
            return 0;
        }
        if self.part == self.whole {
            return steps;
        }
        let filled = u128::from(self.part) * u128::from(steps) / u128::from(self.whole);
        u16::try_from(filled)
            .unwrap_or(steps)
            .clamp(1.min(steps - 1), steps - 1)
    }

    /// The cell at which this share stands.
    fn cell(self, cells: u16) -> u16 {
        if self.whole == 0 || cells == 0 {
            return 0;
        }
        let at = u128::from(self.part) * u128::from(cells) / u128::from(self.whole);
        u16::try_from(at).unwrap_or(cells).min(cells - 1)
    }
}

/// What a bar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// How much is filled.
    pub share: Share,
    /// The role of the filled part: `Bar`, `Speaking` for who talks, `Overtime` for a clock that is over.
    pub fill: Role,
    /// A point to mark: the warning of the clock, an even share, a goal.
    pub mark: Option<Share>,
}

/// Row bars shorter than this carry no mark.
const MARK_FROM: u16 = 20;
/// Eighths of a cell, from one to seven.
const EIGHTHS: [&str; 7] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"];

impl Bar {
    /// A bar in the usual role, without a mark.
    pub const fn new(share: Share) -> Self {
        Self {
            share,
            fill: Role::Bar,
            mark: None,
        }
    }

    /// The bar of a clock: filled by time gone, marked where its warning begins; over its time it is whole.
    pub fn clock(gone: Share, warning: Option<Share>) -> Self {
        Self {
            share: gone,
            fill: Role::Bar,
            mark: warning,
        }
    }

    /// The bar of a clock that is over its time.
    pub fn over() -> Self {
        Self {
            share: Share::new(1, 1),
            fill: Role::Overtime,
            mark: None,
        }
    }

    /// Draws the tall bar in the first row of `area`, in eighths of a cell; a row bar where backgrounds cannot
    /// be seen. Once a screen, for the clock, where the screen has 110 columns or more.
    pub fn draw_tall(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let drawable = styles.has_ground(Role::Track) && styles.has_ground(self.fill);
        if !drawable || styles.glyphs() == Glyphs::Ascii {
            return self.draw_row(area, buf, styles);
        }
        let cells = area.width;
        let eighths = self.share.steps(cells.saturating_mul(8));
        let look = styles.of(self.fill).patch(styles.ground(Role::Track));
        let whole = usize::from(eighths / 8);
        let part = usize::from(eighths % 8)
            .checked_sub(1)
            .and_then(|index| EIGHTHS.get(index).copied());
        let mut filled = "█".repeat(whole);
        filled.extend(part);
        text::put(&text::pad(&filled, cells), look, area, buf);
        if let Some(mark) = self.mark {
            let at = mark.cell(cells);
            let ground = if usize::from(at) < whole {
                self.fill
            } else {
                Role::Track
            };
            let look = styles.of(Role::Text).patch(styles.ground(ground));
            put_at("▏", look, (area, at), buf);
        }
    }

    /// Draws a row bar in the first row of `area`, half as high as the row.
    pub fn draw_row(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let inner = match styles.glyphs() {
            Glyphs::Unicode => area,
            Glyphs::Ascii => bracketed(area, buf, styles),
        };
        let cells = inner.width;
        let filled = self.share.steps(cells);
        let line = Line::from(vec![
            self.filled(filled, styles),
            Self::empty(cells - filled, styles),
        ]);
        text::put_line(&line, inner, buf);
        let marked = self.mark.filter(|_| cells >= MARK_FROM);
        if let Some(mark) = marked {
            let upright = styles.glyphs().upright();
            put_at(
                upright,
                styles.of(Role::Text),
                (inner, mark.cell(cells)),
                buf,
            );
        }
    }

    fn filled(&self, cells: u16, styles: &Styles) -> Span<'static> {
        let style = styles.of(self.fill);
        let loud = if styles.has_ground(Role::Track) {
            style
        } else {
            style.add_modifier(Modifier::BOLD)
        };
        Span::styled(
            styles.glyphs().pick("▄", "#").repeat(usize::from(cells)),
            loud,
        )
    }

    fn empty(cells: u16, styles: &Styles) -> Span<'static> {
        let symbol = match styles.glyphs() {
            Glyphs::Ascii => "-",
            Glyphs::Unicode if styles.has_ground(Role::Track) => "▄",
            Glyphs::Unicode => ".",
        };
        Span::styled(symbol.repeat(usize::from(cells)), styles.of(Role::Track))
    }
}

/// Draws the brackets of an ASCII bar and returns what is between them.
fn bracketed(area: Rect, buf: &mut Buffer, styles: &Styles) -> Rect {
    if area.width < 3 {
        return area;
    }
    let style = styles.of(Role::Muted);
    put_at("[", style, (area, 0), buf);
    put_at("]", style, (area, area.width - 1), buf);
    Rect {
        x: area.x + 1,
        width: area.width - 2,
        ..area
    }
}

fn put_at(symbol: &str, style: Style, (area, cell): (Rect, u16), buf: &mut Buffer) {
    text::put(
        symbol,
        style,
        Rect {
            width: 1,
            ..text::after(area, cell)
        }
        .intersection(area),
        buf,
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Color;

    use super::*;
    use crate::theme::ColorDepth;
    use crate::tui::widget::testing::{dark, drawn, only_inside, plain, styles};

    fn row(bar: Bar, cells: u16, styles: &Styles) -> String {
        drawn(cells, 1, |area, buf| bar.draw_row(area, buf, styles)).concat()
    }

    #[test]
    fn a_row_bar_shows_its_share_with_and_without_colour() {
        let bar = Bar::new(Share::new(2, 5));
        let bare = styles("dark", ColorDepth::None, Glyphs::Unicode);
        assert_eq!(row(bar, 10, &bare), "▄▄▄▄......");
        assert_eq!(row(bar, 12, &plain()), "[####------]");
        assert_eq!(row(bar, 10, &dark()), "▄▄▄▄▄▄▄▄▄▄");
    }

    #[test]
    fn a_bar_is_empty_only_for_nothing_and_full_only_for_everything() {
        let bare = styles("dark", ColorDepth::None, Glyphs::Unicode);
        assert_eq!(row(Bar::new(Share::new(0, 100)), 5, &bare), ".....");
        assert_eq!(row(Bar::new(Share::new(1, 1000)), 5, &bare), "▄....");
        assert_eq!(row(Bar::new(Share::new(999, 1000)), 5, &bare), "▄▄▄▄.");
        assert_eq!(row(Bar::new(Share::new(7, 5)), 5, &bare), "▄▄▄▄▄");
        assert_eq!(row(Bar::new(Share::new(3, 0)), 5, &bare), ".....");
    }

    #[test]
    fn a_mark_needs_a_bar_of_twenty_cells() {
        let bar = Bar {
            mark: Some(Share::new(1, 2)),
            ..Bar::new(Share::new(1, 4))
        };
        let bare = styles("dark", ColorDepth::None, Glyphs::Unicode);
        assert_eq!(row(bar, 20, &bare), "▄▄▄▄▄.....│.........");
        assert!(!row(bar, 19, &bare).contains('│'));
    }

    #[test]
    fn a_tall_bar_moves_by_eighths_and_marks_its_warning() {
        let tall = |gone| {
            let bar = Bar::clock(Share::new(gone, 900), Some(Share::new(780, 900)));
            drawn(52, 1, |area, buf| bar.draw_tall(area, buf, &dark())).concat()
        };
        assert_eq!(
            tall(450).trim_end(),
            format!("{}{}▏", "█".repeat(26), " ".repeat(19))
        );
        assert!(
            tall(453).starts_with(&format!("{}▏", "█".repeat(26))),
            "{}",
            tall(453)
        );
        let over = drawn(4, 1, |area, buf| Bar::over().draw_tall(area, buf, &dark()));
        assert_eq!(over, ["████"]);
    }

    #[test]
    fn a_bar_that_is_over_is_in_the_role_of_overtime() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        Bar::over().draw_tall(buf.area, &mut buf, &dark());
        assert_eq!(buf[(0, 0)].fg, Color::Rgb(0xff, 0xa2, 0x4a));
    }

    proptest! {
        #[test]
        fn a_bar_stays_in_its_area(part in any::<u64>(), whole in any::<u64>(), w in 0u16..60, h in 0u16..3) {
            let bar = Bar { mark: Some(Share::new(whole / 2, whole)), ..Bar::new(Share::new(part, whole)) };
            for styles in [dark(), plain()] {
                only_inside(w, h, |area, buf| {
                    bar.draw_row(area, buf, &styles);
                    bar.draw_tall(area, buf, &styles);
                });
            }
        }
    }
}
