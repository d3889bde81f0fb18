//! Colours as numbers: parsing, the WCAG contrast ratio, and the fixed part of the 256-colour table.
//! Knows neither roles nor files.

use std::fmt;

/// A colour with eight bits a channel, sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

/// Channel values of the six steps of the colour cube (xterm's `256colres.h`).
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Rgb {
    /// A colour from its three channels.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#rrggbb`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self::new(red, green, blue))
    }

    /// Relative luminance of WCAG 2, from 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126f64.mul_add(
            linear(self.red),
            0.7152f64.mul_add(linear(self.green), 0.0722 * linear(self.blue)),
        )
    }

    /// Contrast ratio of WCAG 2 between two colours, from 1 to 21, whichever is the lighter.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour a terminal shows for an index of the 256-colour table. The first sixteen belong to the
    /// user's own palette, so nothing is known about them.
    pub fn of_ansi256(index: u8) -> Option<Self> {
        match index {
            0..=15 => None,
            16..=231 => {
                let step = |place: u8| CUBE[usize::from((index - 16) / place % 6)];
                Some(Self::new(step(36), step(6), step(1)))
            }
            232..=255 => {
                let grey = 8 + 10 * (index - 232);
                Some(Self::new(grey, grey, grey))
            }
        }
    }

    /// The index of the 256-colour table that lies nearest, by distance of the channels.
    pub fn nearest_ansi256(self) -> u8 {
        (16..=255)
            .min_by_key(|index| {
                Self::of_ansi256(*index).map_or(u32::MAX, |known| self.distance(known))
            })
            .unwrap_or(16)
    }

    fn distance(self, other: Self) -> u32 {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(self.red, other.red)
            + square(self.green, other.green)
            + square(self.blue, other.blue)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Names of the sixteen colours, in the order of their numbers.
pub(super) const ANSI_NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// One of the sixteen colours of the user's palette, or the terminal's default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ansi {
    /// Whatever the terminal uses by itself.
    #[default]
    Default,
    /// A colour by number, 0 to 15.
    Index(u8),
}

impl Ansi {
    /// Reads `default` or a name such as `bright-cyan`.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Default);
        }
        let index = ANSI_NAMES.iter().position(|name| *name == text)?;
        u8::try_from(index).ok().map(Self::Index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_reads_back_from_its_text() {
        assert_eq!(Rgb::parse("#1d1b19"), Some(Rgb::new(0x1d, 0x1b, 0x19)));
        assert_eq!(Rgb::new(0x1d, 0x1b, 0x19).to_string(), "#1d1b19");
        for wrong in ["1d1b19", "#1d1b1", "#1d1b1g", "#+d1b19", "#éb19", ""] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_runs_from_one_to_twenty_one() {
        let (black, white) = (Rgb::new(0, 0, 0), Rgb::new(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 0.001);
        assert!((white.contrast(black) - 21.0).abs() < 0.001);
        assert!((white.contrast(white) - 1.0).abs() < 0.001);
    }

    #[test]
    fn every_fixed_colour_is_nearest_to_itself() {
        for index in 16..=255 {
            let known = Rgb::of_ansi256(index).unwrap();
            let nearest = known.nearest_ansi256();
            assert_eq!(Rgb::of_ansi256(nearest), Some(known), "{index}");
        }
        assert_eq!(Rgb::of_ansi256(15), None);
    }

    #[test]
    fn the_sixteen_colours_have_names() {
        assert_eq!(Ansi::parse("default"), Some(Ansi::Default));
        assert_eq!(Ansi::parse("bright-cyan"), Some(Ansi::Index(14)));
        assert_eq!(Ansi::parse("turquoise"), None);
    }
}
