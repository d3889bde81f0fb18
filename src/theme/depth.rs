//! How much colour a terminal can show, and which theme suits its background. Pure: the environment arrives
//! as arguments, nothing is asked of the terminal here.

use super::Rgb;

/// How much colour may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorDepth {
    /// No colour codes at all: bold, reverse and underline only.
    None,
    /// The sixteen colours of the user's palette.
    Ansi16,
    /// The 256-colour table.
    Ansi256,
    /// Eight bits a channel.
    True,
}

/// What the user asked for with `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// As the environment says.
    #[default]
    Auto,
    /// Colour even where the environment says no.
    Always,
    /// No colour.
    Never,
}

/// The variables that decide the depth of colour; an unset one is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct ColorEnvironment<'a> {
    /// `NO_COLOR`: any text means no colour (no-color.org).
    pub no_color: &'a str,
    /// `COLORTERM`: `truecolor` or `24bit` promises eight bits a channel.
    pub colorterm: &'a str,
    /// `TERM`: the name of the terminal.
    pub term: &'a str,
}

/// Terminals known to show eight bits a channel even where `COLORTERM` got lost, as through ssh.
const TRUE_COLOUR_TERMS: [&str; 7] = [
    "xterm-kitty",
    "xterm-ghostty",
    "alacritty",
    "wezterm",
    "foot",
    "contour",
    "rio",
];

impl ColorDepth {
    /// The depth to use. `--color` wins over `NO_COLOR`, which wins over what the terminal can do.
    pub fn detect(choice: ColorChoice, environment: ColorEnvironment<'_>) -> Self {
        match choice {
            ColorChoice::Never => Self::None,
            ColorChoice::Auto if !environment.no_color.is_empty() => Self::None,
            ColorChoice::Auto => Self::of_terminal(environment),
            ColorChoice::Always => Self::of_terminal(environment).max(Self::Ansi16),
        }
    }

    fn of_terminal(environment: ColorEnvironment<'_>) -> Self {
        let term = environment.term;
        if term.is_empty() || term == "dumb" {
            return Self::None;
        }
        let promised = matches!(environment.colorterm, "truecolor" | "24bit");
        if promised || term.ends_with("-direct") || TRUE_COLOUR_TERMS.contains(&term) {
            Self::True
        } else if term.contains("256color") {
            Self::Ansi256
        } else {
            Self::Ansi16
        }
    }
}

/// The lightest background on which `dark` was measured.
const LIGHTEST_DARK: Rgb = Rgb::new(0x2e, 0x34, 0x40);
/// The darkest background on which `light` was measured.
const DARKEST_LIGHT: Rgb = Rgb::new(0xe6, 0xe6, 0xea);

/// The built-in theme for a background: `dark` or `light` where their contrast was measured, `terminal` for
/// anything between and for an unknown background.
pub fn theme_for(background: Option<Rgb>) -> &'static str {
    match background.map(Rgb::luminance) {
        Some(light) if light <= LIGHTEST_DARK.luminance() => "dark",
        Some(light) if light >= DARKEST_LIGHT.luminance() => "light",
        _ => "terminal",
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::promised("", "truecolor", "xterm", ColorDepth::True)]
    #[case::promised_otherwise("", "24bit", "screen", ColorDepth::True)]
    #[case::known_by_name("", "", "xterm-kitty", ColorDepth::True)]
    #[case::direct("", "", "xterm-direct", ColorDepth::True)]
    #[case::table("", "", "tmux-256color", ColorDepth::Ansi256)]
    #[case::console("", "", "linux", ColorDepth::Ansi16)]
    #[case::dumb("", "truecolor", "dumb", ColorDepth::None)]
    #[case::no_terminal("", "", "", ColorDepth::None)]
    #[case::refused("1", "truecolor", "xterm-256color", ColorDepth::None)]
    fn the_environment_decides_the_depth(
        #[case] no_color: &str,
        #[case] colorterm: &str,
        #[case] term: &str,
        #[case] expected: ColorDepth,
    ) {
        let environment = ColorEnvironment {
            no_color,
            colorterm,
            term,
        };
        assert_eq!(ColorDepth::detect(ColorChoice::Auto, environment), expected);
    }

    #[test]
    fn the_command_line_wins_over_the_environment() {
        let refused = ColorEnvironment {
            no_color: "1",
            colorterm: "truecolor",
            term: "xterm",
        };
        assert_eq!(
            ColorDepth::detect(ColorChoice::Always, refused),
            ColorDepth::True
        );
        assert_eq!(
            ColorDepth::detect(ColorChoice::Never, refused),
            ColorDepth::None
        );
        let nothing = ColorEnvironment::default();
        assert_eq!(
            ColorDepth::detect(ColorChoice::Always, nothing),
            ColorDepth::Ansi16
        );
    }

    #[rstest]
    #[case(Some("#000000"), "dark")]
    #[case(Some("#2e3440"), "dark")]
    #[case(Some("#3b4252"), "terminal")]
    #[case(Some("#d0d0d0"), "terminal")]
    #[case(Some("#e6e6ea"), "light")]
    #[case(Some("#ffffff"), "light")]
    #[case(None, "terminal")]
    fn a_background_chooses_the_theme(#[case] background: Option<&str>, #[case] theme: &str) {
        assert_eq!(theme_for(background.and_then(Rgb::parse)), theme);
    }
}
