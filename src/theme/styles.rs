//! The one place that turns roles into terminal styles, for one theme, one depth of colour and one set of
//! glyphs. Where colour is missing, bold, reverse and underline speak instead; dim and blink are never sent,
//! since nobody knows how they look.

use ratatui::style::{Color, Modifier, Style};

use super::{Ansi, ColorDepth, Paint, Rgb, Role, Theme};
use crate::theme::glyphs::Glyphs;

/// The sixteen colours in the order of their numbers.
const SIXTEEN: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// Roles that stay loud without a colour, by being bold.
const LOUD: [Role; 9] = [
    Role::Prompt,
    Role::Clock,
    Role::Accent,
    Role::Key,
    Role::Good,
    Role::Warn,
    Role::Bad,
    Role::Overtime,
    Role::Speaking,
];

/// The shape of the one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Thin with round corners; its title is coloured.
    Rounded,
    /// Heavy; its title is reversed.
    Heavy,
    /// `+=[ Title ]=+`.
    Ascii,
}

/// Every style a widget may use. Cheap to copy around by reference; made once for each theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Styles {
    colors: [Option<Color>; Role::ALL.len()],
    bold: [bool; Role::ALL.len()],
    paint_canvas: bool,
    frame: Frame,
    glyphs: Glyphs,
}

impl Styles {
    /// The styles of a theme at a depth of colour, drawn with a set of glyphs.
    pub fn new(theme: &Theme, depth: ColorDepth, glyphs: Glyphs) -> Self {
        let colors = Role::ALL.map(|role| color(theme.paint(role), depth));
        let bold = Role::ALL.map(|role| {
            let silent = colors[role.index()].is_none();
            theme.paint(role).bold || silent && LOUD.contains(&role)
        });
        let frame = match glyphs {
            Glyphs::Ascii => Frame::Ascii,
            Glyphs::Unicode if theme.heavy_frame || depth <= ColorDepth::Ansi16 => Frame::Heavy,
            Glyphs::Unicode => Frame::Rounded,
        };
        Self {
            colors,
            bold,
            paint_canvas: theme.paint_canvas,
            frame,
            glyphs,
        }
    }

    /// The set of glyphs to draw with.
    pub const fn glyphs(&self) -> Glyphs {
        self.glyphs
    }

    /// The shape of the frame around the focused pane.
    pub const fn frame_shape(&self) -> Frame {
        self.frame
    }

    /// What the whole screen is filled with before anything is drawn.
    pub fn canvas(&self) -> Style {
        let style = self.of(Role::Text);
        if self.paint_canvas {
            style.patch(self.ground(Role::Canvas))
        } else {
            style
        }
    }

    /// Text in a role; the background stays what it was.
    pub fn of(&self, role: Role) -> Style {
        let mut style = Style::new();
        style.fg = self.colors[role.index()];
        if self.bold[role.index()] {
            style.add_modifier(Modifier::BOLD)
        } else {
            style
        }
    }

    /// Bold text in a role.
    pub fn bold(&self, role: Role) -> Style {
        self.of(role).add_modifier(Modifier::BOLD)
    }

    /// A background in a role; nothing where the depth of colour has none for it.
    pub fn ground(&self, role: Role) -> Style {
        let mut style = Style::new();
        style.bg = self.colors[role.index()];
        style
    }

    /// Whether a background in this role can be seen.
    pub const fn has_ground(&self, role: Role) -> bool {
        self.colors[role.index()].is_some()
    }

    /// A filled chip.
    pub fn chip(&self, role: Role) -> Style {
        if self.has_ground(role) {
            self.bold(Role::AccentText).patch(self.ground(role))
        } else {
            Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
        }
    }

    /// The title of a pane.
    pub fn title(&self, focused: bool) -> Style {
        match (focused, self.frame) {
            (false, _) => self.bold(Role::Text),
            (true, Frame::Heavy) => self.bold(Role::Text).add_modifier(Modifier::REVERSED),
            (true, Frame::Rounded | Frame::Ascii) => self.bold(Role::Accent),
        }
    }

    /// What stands at the right end of a pane's title line.
    pub fn meta(&self, focused: bool) -> Style {
        self.of(if focused { Role::Text } else { Role::Muted })
    }

    /// The tab of the screen that is shown.
    pub fn current_tab(&self) -> Style {
        if self.has_ground(Role::Selection) {
            self.bold(Role::Accent).patch(self.ground(Role::Selection))
        } else {
            Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
        }
    }

    /// The question put to the room, on its own background.
    pub fn prompt(&self) -> Style {
        self.bold(Role::Prompt).patch(self.ground(Role::Surface))
    }

    /// What is being typed, on the background of an input line.
    pub fn typed(&self) -> Style {
        self.prompt()
    }

    /// Typed words that were recognised.
    pub fn recognised(&self) -> Style {
        self.of(Role::Accent).add_modifier(Modifier::UNDERLINED)
    }

    /// Typed words that may mean several things.
    pub fn unclear(&self) -> Style {
        self.of(Role::Warn).add_modifier(Modifier::UNDERLINED)
    }

    /// The name of a key in the last row.
    pub fn key(&self) -> Style {
        self.bold(Role::Key)
    }

    /// The name of a key inside a pane, quieter.
    pub fn quiet_key(&self) -> Style {
        self.bold(Role::Hint)
    }
}

/// The colour of a paint at a depth; `None` is the terminal's own.
fn color(paint: Paint, depth: ColorDepth) -> Option<Color> {
    let sixteen = match paint.ansi16 {
        Ansi::Default => None,
        Ansi::Index(index) => SIXTEEN.get(usize::from(index)).copied(),
    };
    let table = paint
        .ansi256
        .or_else(|| paint.rgb.map(Rgb::nearest_ansi256))
        .map(Color::Indexed);
    match depth {
        ColorDepth::None => None,
        ColorDepth::Ansi16 => sixteen,
        ColorDepth::Ansi256 => table.or(sixteen),
        ColorDepth::True => {
            let full = paint
                .rgb
                .map(|rgb| Color::Rgb(rgb.red, rgb.green, rgb.blue));
            full.or(table).or(sixteen)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;
    use super::*;

    const DEPTHS: [ColorDepth; 4] = [
        ColorDepth::None,
        ColorDepth::Ansi16,
        ColorDepth::Ansi256,
        ColorDepth::True,
    ];

    fn styles(name: &str, depth: ColorDepth) -> Styles {
        Styles::new(
            &Catalogue::default().theme(name).unwrap().theme,
            depth,
            Glyphs::Unicode,
        )
    }

    fn all(styles: &Styles) -> Vec<Style> {
        let mut all: Vec<_> = Role::ALL.iter().map(|role| styles.of(*role)).collect();
        all.extend(Role::ALL.iter().map(|role| styles.chip(*role)));
        all.extend([true, false].map(|focused| styles.title(focused)));
        all.extend([true, false].map(|focused| styles.meta(focused)));
        all.extend([
            styles.canvas(),
            styles.current_tab(),
            styles.prompt(),
            styles.recognised(),
        ]);
        all.extend([styles.unclear(), styles.key(), styles.quiet_key()]);
        all
    }

    #[test]
    fn no_style_is_dim_or_blinks() {
        let never = Modifier::DIM | Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
        for name in ["dark", "light", "high-contrast", "terminal"] {
            for depth in DEPTHS {
                for style in all(&styles(name, depth)) {
                    assert!(
                        !style.add_modifier.intersects(never),
                        "{name} {depth:?} {style:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn without_colour_no_style_has_one() {
        for name in ["dark", "light", "high-contrast", "terminal"] {
            for style in all(&styles(name, ColorDepth::None)) {
                assert_eq!((style.fg, style.bg), (None, None), "{name}");
            }
        }
    }

    #[test]
    fn without_colour_a_chip_is_reversed_and_the_loud_roles_are_bold() {
        let styles = styles("dark", ColorDepth::None);
        let chip = styles.chip(Role::Speaking).add_modifier;
        assert!(chip.contains(Modifier::REVERSED | Modifier::BOLD));
        assert!(
            styles
                .of(Role::Overtime)
                .add_modifier
                .contains(Modifier::BOLD)
        );
        assert!(!styles.of(Role::Muted).add_modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn a_depth_takes_the_value_that_was_picked_for_it() {
        let warn = |depth| styles("dark", depth).of(Role::Warn).fg;
        assert_eq!(warn(ColorDepth::True), Some(Color::Rgb(0xf4, 0xcf, 0x7e)));
        assert_eq!(warn(ColorDepth::Ansi256), Some(Color::Indexed(222)));
        assert_eq!(warn(ColorDepth::Ansi16), Some(Color::LightYellow));
        let muted = styles("dark", ColorDepth::Ansi16).of(Role::Muted);
        assert_eq!(
            muted,
            Style::new(),
            "quiet text is neither dim nor bright black"
        );
    }

    #[test]
    fn only_high_contrast_paints_the_canvas() {
        assert_eq!(styles("dark", ColorDepth::True).canvas().bg, None);
        assert_eq!(styles("light", ColorDepth::True).canvas().bg, None);
        let painted = styles("high-contrast", ColorDepth::True).canvas();
        assert_eq!(painted.bg, Some(Color::Rgb(0, 0, 0)));
    }

    #[test]
    fn the_frame_is_heavy_where_colour_cannot_carry_focus() {
        assert_eq!(
            styles("dark", ColorDepth::True).frame_shape(),
            Frame::Rounded
        );
        assert_eq!(
            styles("dark", ColorDepth::Ansi16).frame_shape(),
            Frame::Heavy
        );
        assert_eq!(
            styles("high-contrast", ColorDepth::True).frame_shape(),
            Frame::Heavy
        );
        let dark = Catalogue::default().theme("dark").unwrap().theme;
        let ascii = Styles::new(&dark, ColorDepth::True, Glyphs::Ascii);
        assert_eq!(ascii.frame_shape(), Frame::Ascii);
    }
}
