//! The colours of the two terminals that pictures are made on.

use std::fmt;

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rgb(pub(crate) u8, pub(crate) u8, pub(crate) u8);

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// What the terminal shows where the program says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Canvas {
    /// Pale on dark.
    Dark,
    /// Ink on paper.
    Light,
}

/// The sixteen named colours, ordinary and bright, of a dark terminal.
const DARK: [Rgb; 16] = [
    Rgb(0x1d, 0x1b, 0x19),
    Rgb(0xd9, 0x6a, 0x55),
    Rgb(0x8f, 0xb5, 0x73),
    Rgb(0xd8, 0xae, 0x5c),
    Rgb(0x6d, 0x9f, 0xdc),
    Rgb(0xc0, 0x8f, 0xc8),
    Rgb(0x6c, 0xb8, 0xc4),
    Rgb(0xdd, 0xd5, 0xc7),
    Rgb(0x7d, 0x75, 0x6a),
    Rgb(0xff, 0x8f, 0x74),
    Rgb(0xb0, 0xd4, 0x92),
    Rgb(0xf4, 0xcf, 0x7e),
    Rgb(0x93, 0xbd, 0xf0),
    Rgb(0xdd, 0xb0, 0xe4),
    Rgb(0x8f, 0xdb, 0xe8),
    Rgb(0xff, 0xf6, 0xe3),
];

/// The same of a light terminal.
const LIGHT: [Rgb; 16] = [
    Rgb(0x2b, 0x26, 0x20),
    Rgb(0x8f, 0x1f, 0x12),
    Rgb(0x3f, 0x6b, 0x2a),
    Rgb(0x7d, 0x56, 0x00),
    Rgb(0x1d, 0x5b, 0x9f),
    Rgb(0x7a, 0x3b, 0x86),
    Rgb(0x17, 0x61, 0x7f),
    Rgb(0xcd, 0xc4, 0xb4),
    Rgb(0x6a, 0x62, 0x57),
    Rgb(0xb4, 0x3a, 0x28),
    Rgb(0x4f, 0x80, 0x38),
    Rgb(0x96, 0x6a, 0x0c),
    Rgb(0x2f, 0x70, 0xb8),
    Rgb(0x92, 0x50, 0x9e),
    Rgb(0x25, 0x78, 0x98),
    Rgb(0xff, 0xfd, 0xf8),
];

impl Canvas {
    /// Behind everything.
    pub(crate) const fn back(self) -> Rgb {
        match self {
            Self::Dark => Rgb(0x1d, 0x1b, 0x19),
            Self::Light => Rgb(0xfb, 0xf7, 0xee),
        }
    }

    /// Text without a colour of its own.
    pub(crate) const fn front(self) -> Rgb {
        match self {
            Self::Dark => Rgb(0xdd, 0xd5, 0xc7),
            Self::Light => Rgb(0x2b, 0x26, 0x20),
        }
    }

    /// A colour that a cell asks for; `None` where it leaves it to the terminal.
    pub(crate) fn color(self, color: vt100::Color) -> Option<Rgb> {
        match color {
            vt100::Color::Default => None,
            vt100::Color::Rgb(r, g, b) => Some(Rgb(r, g, b)),
            vt100::Color::Idx(n) => Some(self.indexed(n)),
        }
    }

    /// Sixteen named colours, then a cube of six by six by six, then greys, as every terminal has them.
    fn indexed(self, n: u8) -> Rgb {
        let named = match self {
            Self::Dark => DARK,
            Self::Light => LIGHT,
        };
        if let Some(color) = named.get(usize::from(n)) {
            return *color;
        }
        if n >= 232 {
            let grey = 8 + (n - 232) * 10;
            return Rgb(grey, grey, grey);
        }
        let step = |level: u8| if level == 0 { 0 } else { 55 + level * 40 };
        let n = n - 16;
        Rgb(step(n / 36), step(n / 6 % 6), step(n % 6))
    }
}

#[cfg(test)]
mod tests {
    use super::{Canvas, Rgb};

    #[test]
    fn indexed_colours_are_those_of_every_terminal() {
        let color = |n| Canvas::Dark.color(vt100::Color::Idx(n)).unwrap();
        assert_eq!(color(16), Rgb(0, 0, 0));
        assert_eq!(color(110), Rgb(135, 175, 215));
        assert_eq!(color(231), Rgb(255, 255, 255));
        assert_eq!(color(234), Rgb(28, 28, 28));
        assert_eq!(Canvas::Light.color(vt100::Color::Default), None);
    }
}
