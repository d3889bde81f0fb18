//! Chips, which say that the session is in a state other than the ordinary, and the strip of tabs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::hints::{self, Hint};
use super::spot::{self, Spot};
use super::text;
use crate::theme::glyphs::Glyphs;
use crate::theme::{Role, Styles};

/// A filled word. RUNNING is ordinary and therefore never a chip, see [`running`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chip<'a> {
    /// Who has the floor, with the time so far where there is room for nothing else.
    Talking(&'a str),
    /// Minutes until the end of the block.
    MinutesLeft(u32),
    /// Beyond the time of the block.
    Over,
    /// The clock stands.
    Paused,
    /// Nothing has begun.
    Ready,
    /// A break.
    Break,
}

impl Chip<'_> {
    fn word(self) -> String {
        match self {
            Self::Talking("") => "TALKING".to_owned(),
            Self::Talking(time) => format!("TALKING {time}"),
            Self::MinutesLeft(minutes) => format!("{minutes} MIN LEFT"),
            Self::Over => "OVER".to_owned(),
            Self::Paused => "PAUSED".to_owned(),
            Self::Ready => "READY".to_owned(),
            Self::Break => "BREAK".to_owned(),
        }
    }

    const fn role(self) -> Role {
        match self {
            Self::Talking(_) => Role::Speaking,
            Self::MinutesLeft(_) => Role::Warn,
            Self::Over => Role::Overtime,
            Self::Paused | Self::Ready | Self::Break => Role::Bar,
        }
    }

    /// The chip as part of a line.
    pub fn span(self, styles: &Styles) -> Span<'static> {
        let word = self.word();
        let text = match styles.glyphs() {
            Glyphs::Unicode => format!(" {word} "),
            Glyphs::Ascii => format!("[{word}]"),
        };
        Span::styled(text, styles.chip(self.role()))
    }
}

/// The word for a clock that simply runs: bold, not filled.
pub fn running(styles: &Styles) -> Span<'static> {
    Span::styled("RUNNING", styles.bold(Role::Speaking))
}

/// The screens, and which of them is shown.
#[derive(Clone, Copy, Debug)]
pub struct Tabs<'a> {
    /// Names in order.
    pub names: &'a [&'a str],
    /// Index of the one that is shown.
    pub current: usize,
    /// How to get to the others, shown where their names are not.
    pub go: Hint<'a>,
}

/// From this many columns of the whole screen on, every tab has its name.
pub const NAMES_FROM: u16 = 110;
/// Columns that the ring and the space after it take.
const RING: u16 = 3;
/// Below this many columns the ring, a decoration, is left out.
const RING_FROM: u16 = 60;

impl Tabs<'_> {
    /// Draws the strip from the left of `area`; `screen` is the width of the whole screen. Returns the cells
    /// it took.
    pub fn draw(&self, screen: u16, area: Rect, buf: &mut Buffer, styles: &Styles) -> u16 {
        let ring = styles.glyphs().ring();
        let ring_cells = if screen < RING_FROM || ring.is_empty() {
            0
        } else {
            RING
        };
        if ring_cells > 0 {
            text::put(
                ring,
                styles.of(Role::Accent),
                Rect {
                    width: area.width.min(2),
                    ..area
                },
                buf,
            );
        }
        let line = if screen >= NAMES_FROM {
            self.all(styles)
        } else {
            self.only_current(styles)
        };
        let strip = text::after(area, ring_cells);
        let used = text::put_line(&line, strip, buf);
        self.tell(screen, &line, strip);
        ring_cells.min(area.width) + used
    }

    /// A name opens its screen, and the key beside a lone one is pressed.
    fn tell(&self, screen: u16, line: &Line<'_>, strip: Rect) {
        let wide = |tab: &Span<'_>| text::width(&tab.content);
        if screen < NAMES_FROM {
            let before = line.spans.iter().take(2).map(wide).sum();
            return hints::tell(&[self.go], 0, text::after(strip, before));
        }
        let mut rest = strip;
        for (tab, span) in line.spans.iter().enumerate() {
            let width = wide(span).min(rest.width);
            spot::tell(Rect { width, ..rest }, || Spot::Tab(tab));
            rest = text::after(rest, width);
        }
    }

    fn all(&self, styles: &Styles) -> Line<'static> {
        let tab = |(index, name): (usize, &&str)| self.tab(index, name, styles);
        Line::from(self.names.iter().enumerate().map(tab).collect::<Vec<_>>())
    }

    fn only_current(&self, styles: &Styles) -> Line<'static> {
        let current = self.names.get(self.current).copied().unwrap_or_default();
        Line::from(vec![
            self.tab(self.current, current, styles),
            Span::raw(" "),
            Span::styled(self.go.key.to_owned(), styles.key()),
            Span::styled(format!(" {}", self.go.verb), styles.of(Role::Hint)),
        ])
    }

    fn tab(&self, index: usize, name: &str, styles: &Styles) -> Span<'static> {
        let current = index == self.current;
        let text = match styles.glyphs() {
            Glyphs::Ascii if current => format!("[{name}]"),
            Glyphs::Ascii | Glyphs::Unicode => format!(" {name} "),
        };
        let style = if current {
            styles.current_tab()
        } else {
            styles.of(Role::Hint)
        };
        Span::styled(text, style)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Position;
    use ratatui::style::Modifier;

    use super::*;
    use crate::theme::ColorDepth;
    use crate::tui::widget::testing::{dark, drawn, only_inside, plain, styles};

    const TABS: Tabs<'static> = Tabs {
        names: &["Home", "Plan", "Live"],
        current: 2,
        go: Hint::new("g", "go to"),
    };

    fn strip(screen: u16, styles: &Styles) -> String {
        let draw = |area, buf: &mut Buffer| {
            TABS.draw(screen, area, buf, styles);
        };
        drawn(40, 1, draw).concat()
    }

    #[test]
    fn a_chip_says_its_word() {
        assert_eq!(Chip::Talking("").span(&dark()).content, " TALKING ");
        assert_eq!(
            Chip::Talking("02:05").span(&dark()).content,
            " TALKING 02:05 "
        );
        assert_eq!(Chip::MinutesLeft(2).span(&dark()).content, " 2 MIN LEFT ");
        assert_eq!(Chip::Over.span(&plain()).content, "[OVER]");
    }

    #[test]
    fn running_is_a_word_and_not_a_chip() {
        let running = running(&dark());
        assert_eq!(running.style.bg, None);
        assert!(running.style.add_modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn without_colour_a_chip_is_reversed() {
        let bare = styles("dark", ColorDepth::None, Glyphs::Unicode);
        let chip = Chip::Paused.span(&bare);
        assert!(chip.style.add_modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn a_wide_screen_names_every_tab_and_a_narrow_one_the_current() {
        assert_eq!(strip(120, &dark()), "⢎⡱  Home  Plan  Live");
        assert_eq!(strip(80, &dark()), "⢎⡱  Live  g go to");
        assert_eq!(strip(40, &dark()), " Live  g go to");
        assert_eq!(strip(120, &plain()), " Home  Plan [Live]");
    }

    #[test]
    fn a_click_on_a_name_opens_its_tab_and_one_on_the_key_presses_it() {
        let at = |screen, x| {
            let spots = spot::told(|| drop(strip(screen, &dark())));
            spots.at(Position::new(x, 0)).cloned()
        };
        assert_eq!(at(120, 10), Some(Spot::Tab(1)));
        assert_eq!(at(120, 16), Some(Spot::Tab(2)));
        assert_eq!(at(120, 1), None);
        assert_eq!(at(80, 12), Some(Spot::Keys("g".to_owned())));
        assert_eq!(at(80, 5), None);
    }

    proptest! {
        #[test]
        fn tabs_stay_in_their_area(w in 0u16..50, h in 0u16..3, current in 0usize..9) {
            for screen in [40, 80, 120] {
                only_inside(w, h, |area, buf| {
                    let used = Tabs { current, ..TABS }.draw(screen, area, buf, &dark());
                    assert!(used <= area.width);
                });
            }
        }
    }
}
