//! Which characters may stay in text, given their neighbours.

use crate::domain::text::{MARKED, REPLACED};

const ZWNJ: char = '\u{200C}';
const ZWJ: char = '\u{200D}';
const BLACK_FLAG: char = '\u{1F3F4}';

/// What stands for `c` between `before` (as kept) and `next` (as typed).
pub(super) fn keep(c: char, before: Option<char>, next: Option<char>) -> char {
    match c {
        '\n' | '\t' => c,
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        _ if c.is_control() || is_noncharacter(c) => REPLACED,
        ZWNJ | ZWJ if joins(c, before, next) => c,
        '\u{E0020}'..='\u{E007F}' if before.is_some_and(carries_tags) => c,
        '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180D}' | '\u{E0100}'..='\u{E01EF}'
            if before.is_some_and(takes_variant) =>
        {
            c
        }
        _ if is_hidden(c) => MARKED,
        _ => c,
    }
}

/// A joiner that has been kept; it carries no mark of its own and ends no run of marks.
pub(super) const fn is_joiner(c: char) -> bool {
    matches!(c, ZWNJ | ZWJ)
}

/// Whether somebody can read it: letters, digits, ideographs, emoji.
pub(super) fn is_readable(c: char) -> bool {
    c.is_alphanumeric() || is_pictograph(c)
}

fn joins(joiner: char, before: Option<char>, next: Option<char>) -> bool {
    let Some(before) = before else { return false };
    if needs_joiners(before) {
        return true;
    }
    let emoji_part = is_pictograph(before)
        || before == '\u{FE0F}'
        || matches!(before, '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}');
    joiner == ZWJ && emoji_part && next.is_some_and(is_pictograph)
}

/// Scripts whose spelling uses the joiners: Arabic and its kin, the Indic ones, Mongolian.
const fn needs_joiners(c: char) -> bool {
    matches!(c,
        '\u{0600}'..='\u{08FF}'
        | '\u{0900}'..='\u{0DFF}'
        | '\u{0F00}'..='\u{0FFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{18AF}'
        | '\u{1A20}'..='\u{1AAF}'
        | '\u{1B00}'..='\u{1C4F}'
        | '\u{A800}'..='\u{A8DF}'
        | '\u{A980}'..='\u{A9DF}'
        | '\u{AA60}'..='\u{AA7F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFE}'
        | '\u{10A00}'..='\u{10A5F}'
        | '\u{11000}'..='\u{11FFF}'
        | '\u{1E900}'..='\u{1E95F}')
        && !matches!(c, '\u{061C}' | '\u{180E}')
}

const fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{00A9}' | '\u{00AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21FF}'
        | '\u{2300}'..='\u{23FF}'
        | '\u{24C2}'
        // The mark that this module itself sets must not carry a joiner.
        | '\u{25AA}'..='\u{25E5}'
        | '\u{25E7}'..='\u{27BF}'
        | '\u{2900}'..='\u{297F}'
        | '\u{2B00}'..='\u{2BFF}'
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{1F000}'..='\u{1FAFF}')
}

/// Flags of regions are a black flag followed by tag letters.
const fn carries_tags(c: char) -> bool {
    c == BLACK_FLAG || matches!(c, '\u{E0020}'..='\u{E007E}')
}

fn takes_variant(c: char) -> bool {
    is_pictograph(c)
        || matches!(c, '#' | '*' | '0'..='9')
        || matches!(c, '\u{1820}'..='\u{18AA}' | '\u{1000}'..='\u{104F}' | '\u{A840}'..='\u{A877}')
        || matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
        || matches!(c, '\u{2200}'..='\u{22FF}' | '\u{3000}'..='\u{303F}')
}

const fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c as u32) & 0xFFFE == 0xFFFE
}

/// Characters that take no room, look like a blank of letter width, or turn the direction of writing.
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}
