//! Keyboards: rows of digits that need Shift, and layouts without Latin letters.

use crate::command::id::CommandId;
use crate::command::key::Key;

/// A keyboard whose digit row is not `1` to `0` without Shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Digits are digits.
    #[default]
    Default,
    /// French.
    Azerty,
    /// Czech.
    Czech,
}

/// The signs of the digit row without Shift, and the digits.
const AZERTY: &str = "&é\"'(-è_çà";
const CZECH: &str = "+ěščřžýáíé";
const DIGITS: &str = "1234567890";

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 3] = [Self::Default, Self::Azerty, Self::Czech];

    /// Its name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Azerty => "azerty",
            Self::Czech => "czech",
        }
    }

    /// The preset of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The preset to offer for a locale such as `fr_BE.UTF-8`; `None` if the digit row is an ordinary one.
    pub fn for_locale(locale: &str) -> Option<Self> {
        let mut parts = locale.split(['.', '@']).next()?.split('_');
        match (parts.next()?, parts.next()) {
            // Switzerland, Canada and Luxembourg type French on other keyboards.
            ("fr", Some("CH" | "CA" | "LU")) => None,
            ("fr", _) | ("nl", Some("BE")) => Some(Self::Azerty),
            ("cs", _) => Some(Self::Czech),
            _ => None,
        }
    }

    /// The digit that a key of the digit row stands for; any other key as it is.
    pub(super) fn digit(self, key: Key) -> Key {
        let row = match self {
            Self::Default => return key,
            Self::Azerty => AZERTY,
            Self::Czech => CZECH,
        };
        let Key::Char(c) = key else { return key };
        row.chars()
            .zip(DIGITS.chars())
            .find(|(sign, _)| *sign == c)
            .map_or(key, |(_, digit)| Key::Char(digit))
    }

    /// Keys instead of the default ones where those stand in the digit row.
    pub(super) const fn instead(self, id: CommandId) -> Option<&'static str> {
        match (self, id) {
            // Where `-` is on other keyboards.
            (Self::Azerty, CommandId::Shorter) => Some(")"),
            (Self::Czech, CommandId::Longer) => Some("="),
            _ => None,
        }
    }
}

/// Characters of other layouts, and the Latin ones on the same keys.
const LAYOUTS: [(&str, &str); 6] = [
    // Russian, Ukrainian, Belarusian, Bulgarian (typewriter letters that differ are on their own keys)
    (
        "йцукенгшщзхъфывапролджэячсмитьбюёіїєў",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`s]'o",
    ),
    // Greek
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    // Hebrew
    ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),
    // Arabic
    (
        "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ",
        "qwertyuiop[]asdfghjkl;'zxcvnm,./",
    ),
    // Persian letters that the Arabic row does not have
    ("چپگی", "]`'d"),
    // Korean, two-set
    (
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
    ),
];

/// The Latin key for a character of another layout or of an input method, for commands only.
pub(super) fn latin(key: Key) -> Option<Key> {
    let Key::Char(c) = key else { return None };
    let found = of_width(c).or_else(|| of_layout(c)).or_else(|| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(small), None) if small != c => of_layout(small).map(|l| l.to_ascii_uppercase()),
            _ => None,
        }
    })?;
    Some(Key::Char(found))
}

fn of_layout(c: char) -> Option<char> {
    LAYOUTS
        .iter()
        .flat_map(|(theirs, ours)| theirs.chars().zip(ours.chars()))
        .find(|(theirs, _)| *theirs == c)
        .map(|(_, ours)| ours)
}

/// Full-width forms, ideographic punctuation and digits of other scripts.
fn of_width(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' => Some(' '),
        '\u{3001}' | '\u{60c}' => Some(','),
        '\u{3002}' => Some('.'),
        '\u{300a}' => Some('<'),
        '\u{300b}' => Some('>'),
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10),
        '\u{61f}' => Some('?'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_a_layout_are_equally_long() {
        for (theirs, ours) in LAYOUTS {
            assert_eq!(theirs.chars().count(), ours.chars().count(), "{theirs}");
        }
        for row in [AZERTY, CZECH] {
            assert_eq!(row.chars().count(), DIGITS.len());
        }
    }

    #[test]
    fn only_locales_with_such_a_keyboard_are_asked() {
        assert_eq!(Preset::for_locale("fr_FR.UTF-8"), Some(Preset::Azerty));
        assert_eq!(Preset::for_locale("fr_CH.UTF-8"), None);
        assert_eq!(Preset::for_locale("cs_CZ.UTF-8"), Some(Preset::Czech));
        assert_eq!(Preset::for_locale("en_GB.UTF-8"), None);
        assert_eq!(Preset::for_locale(""), None);
    }
}
