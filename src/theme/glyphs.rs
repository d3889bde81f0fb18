//! The signs circlet draws with, as Unicode and as ASCII. No sign here is ambiguous in width in a usual locale
//! except box drawing and blocks, which is why [`Glyphs::choose`] asks about that.

/// A set of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyphs {
    /// Box drawing, blocks and a few neutral signs.
    Unicode,
    /// ASCII alone.
    Ascii,
}

/// The variables that decide the character set, in the order in which they win; an unset one is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Locale<'a> {
    /// `LC_ALL`.
    pub lc_all: &'a str,
    /// `LC_CTYPE`.
    pub lc_ctype: &'a str,
    /// `LANG`.
    pub lang: &'a str,
}

/// How many cells the terminal gives to characters of ambiguous width; a matter of configuration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmbiguousWidth {
    /// One cell, as nearly everywhere.
    #[default]
    One,
    /// Two cells, as in some East Asian set-ups.
    Two,
}

/// What stands before a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    None,
    /// The cursor, or what is now.
    Cursor,
    /// Done.
    Done,
    /// Open.
    Open,
    /// Blocked.
    Blocked,
    /// Marked by the user.
    Marked,
}

/// The strokes of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strokes {
    /// Upper left corner.
    pub top_left: &'static str,
    /// Upper right corner.
    pub top_right: &'static str,
    /// Lower left corner.
    pub bottom_left: &'static str,
    /// Lower right corner.
    pub bottom_right: &'static str,
    /// Upper and lower edge.
    pub horizontal: &'static str,
    /// Left and right edge.
    pub vertical: &'static str,
}

/// Thin with round corners.
pub const ROUNDED: Strokes = Strokes {
    top_left: "╭",
    top_right: "╮",
    bottom_left: "╰",
    bottom_right: "╯",
    horizontal: "─",
    vertical: "│",
};

/// Heavy.
pub const HEAVY: Strokes = Strokes {
    top_left: "┏",
    top_right: "┓",
    bottom_left: "┗",
    bottom_right: "┛",
    horizontal: "━",
    vertical: "┃",
};

/// In ASCII.
pub const ASCII: Strokes = Strokes {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    horizontal: "=",
    vertical: "|",
};

/// Columns of a row that hold the cursor or the user's mark.
pub const CURSOR_CELLS: u16 = 2;

impl Glyphs {
    /// The set for a locale: Unicode where it says UTF-8 and ambiguous characters are one cell wide.
    pub fn choose(locale: Locale<'_>, ambiguous: AmbiguousWidth) -> Self {
        let chosen = [locale.lc_all, locale.lc_ctype, locale.lang];
        let chosen = chosen
            .into_iter()
            .find(|value| !value.is_empty())
            .unwrap_or_default();
        let name = chosen.to_ascii_lowercase();
        let utf8 = name.contains("utf-8") || name.contains("utf8");
        if utf8 && ambiguous == AmbiguousWidth::One {
            Self::Unicode
        } else {
            Self::Ascii
        }
    }

    /// One of two, by the set.
    pub const fn pick<T: Copy>(self, unicode: T, ascii: T) -> T {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }

    /// A mark, without the space after it.
    pub const fn mark(self, mark: Mark) -> &'static str {
        match mark {
            Mark::None => "",
            Mark::Cursor => self.pick("►", ">"),
            Mark::Done => self.pick("✓", "[x]"),
            Mark::Open => self.pick("◦", "[ ]"),
            Mark::Blocked => self.pick("!", "[!]"),
            Mark::Marked => self.pick("▌", "*"),
        }
    }

    /// Columns of a row that hold its state: the widest mark and a space.
    pub const fn state_cells(self) -> u16 {
        self.pick(2, 4)
    }

    /// The thin line after a title.
    pub const fn rule(self) -> &'static str {
        self.pick("─", "-")
    }

    /// The upright mark on a bar.
    pub const fn upright(self) -> &'static str {
        self.pick("│", "|")
    }

    /// The edge down the left of a prompt.
    pub const fn edge(self) -> &'static str {
        self.pick("▌", "|")
    }

    /// The ring in the header; decoration, empty in ASCII.
    pub const fn ring(self) -> &'static str {
        self.pick("⢎⡱", "")
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[rstest]
    #[case("", "", "en_GB.UTF-8", Glyphs::Unicode)]
    #[case("", "", "de_DE.utf8", Glyphs::Unicode)]
    #[case("C", "", "en_GB.UTF-8", Glyphs::Ascii)]
    #[case("", "C.UTF-8", "C", Glyphs::Unicode)]
    #[case("", "", "", Glyphs::Ascii)]
    fn the_locale_chooses_the_set(
        #[case] lc_all: &str,
        #[case] lc_ctype: &str,
        #[case] lang: &str,
        #[case] expected: Glyphs,
    ) {
        let locale = Locale {
            lc_all,
            lc_ctype,
            lang,
        };
        assert_eq!(Glyphs::choose(locale, AmbiguousWidth::One), expected);
        assert_eq!(Glyphs::choose(locale, AmbiguousWidth::Two), Glyphs::Ascii);
    }

    #[test]
    fn marks_fit_their_columns_with_a_space_after_them() {
        let states = [
            Mark::Done,
            Mark::Open,
            Mark::Blocked,
            Mark::Cursor,
            Mark::Marked,
        ];
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            for mark in states {
                assert!(
                    glyphs.mark(mark).width() < usize::from(glyphs.state_cells()),
                    "{mark:?}"
                );
            }
            for mark in [Mark::Cursor, Mark::Marked] {
                assert!(
                    glyphs.mark(mark).width() < usize::from(CURSOR_CELLS),
                    "{mark:?}"
                );
            }
        }
        assert!(Glyphs::Ascii.mark(Mark::Done).is_ascii());
    }
}
