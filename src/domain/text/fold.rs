//! Comparing text as people do: without case, accents and, for questions, small words; and names that
//! only look alike.

use unicode_normalization::UnicodeNormalization;

/// Words that do not tell two questions apart.
const SMALL: [&str; 22] = [
    "a", "an", "the", "of", "to", "in", "on", "at", "for", "from", "with", "by", "and", "or", "so",
    "is", "are", "was", "were", "be", "that", "please",
];
/// Longest file name that [`slug`] makes.
const SLUG: usize = 64;
/// Names that some systems keep for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// For comparing and searching: no case, no accents, compatible forms alike, single blanks. `Léa`,
/// `LEA` and `lea` fold to the same. Never shown.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        for byte in text.bytes() {
            match byte {
                b'\t'..=b'\r' | b' ' if out.is_empty() || out.ends_with(' ') => {}
                b'\t'..=b'\r' | b' ' => out.push(' '),
                _ => out.push(char::from(byte.to_ascii_lowercase())),
            }
        }
        out.truncate(out.trim_end().len());
        return out;
    }
    for c in text.nfkd() {
        match c {
            _ if is_accent(c) => {}
            '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' => {}
            _ if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => push_folded(c, &mut out),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn push_folded(c: char, out: &mut String) {
    let plain = match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        _ => {
            out.extend(c.to_lowercase().filter(|c| !is_accent(*c)));
            return;
        }
    };
    out.push_str(plain);
}

/// Marks that most people leave out when they type: Latin, Greek and Cyrillic accents, vowel points.
/// Vowel signs of Indic scripts and voicing marks of kana are letters and stay.
const fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}'
        | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// A key that two questions share when they differ in case, accents, punctuation and small words alone.
pub fn same_words(text: &str) -> String {
    let folded = fold(text);
    let all: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .collect();
    let telling: Vec<&str> = all
        .iter()
        .copied()
        .filter(|word| !SMALL.contains(word))
        .collect();
    let key = if telling.is_empty() { all } else { telling }.join(" ");
    // Signs alone ("???") have no words; then the signs are what there is to compare.
    if key.is_empty() { folded } else { key }
}

/// A name for a file or a place in a command: 1 to 64 of `a-z`, `0-9`, `-`. Text without Latin letters
/// or digits is spelled by its code points, so that two names stay two.
pub fn slug(text: &str) -> String {
    let mut out = hyphenated(fold(text).chars().map(|c| {
        if c.is_ascii_alphanumeric() {
            Some(c)
        } else {
            None
        }
    }));
    if out.is_empty() {
        let codes: Vec<String> = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .take(8)
            .map(|c| format!("{:x}", u32::from(c)))
            .collect();
        out = if codes.is_empty() {
            "untitled".to_owned()
        } else {
            format!("u{}", codes.join("-"))
        };
    }
    let numbered = ["com", "lpt"].iter().any(|name| {
        out.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    });
    if numbered || DEVICES.contains(&out.as_str()) {
        out.insert_str(0, "x-");
    }
    out.truncate(SLUG);
    out.truncate(out.trim_end_matches('-').len());
    out
}

fn hyphenated(chars: impl Iterator<Item = Option<char>>) -> String {
    let mut out = String::new();
    for c in chars {
        match c {
            Some(c) => out.push(c),
            None if out.is_empty() || out.ends_with('-') => {}
            None => out.push('-'),
        }
        if out.len() > SLUG {
            break;
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Whether two names look the same to a hasty reader although they are written differently: `Tom` with
/// a Cyrillic o, `Jun1` and `Junl`. Names that [`fold`] alike are the same name, not a look-alike.
pub fn confusable(one: &str, other: &str) -> bool {
    fold(one) != fold(other) && skeleton(one) == skeleton(other)
}

/// The first of `names` that `new` could be mistaken for.
pub fn looks_like<'a>(new: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names.into_iter().find(|name| confusable(new, name))
}

/// What remains of a text when look-alikes are one: a small part of the skeleton of Unicode TS 39,
/// enough for names in Latin, Greek and Cyrillic letters.
pub fn skeleton(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_accent(*c)) {
        let plain = look(c).unwrap_or(c);
        // Capitals are looked up before and after lowering: a capital I is the sign for l.
        for lower in plain.to_lowercase() {
            out.push(look(lower).unwrap_or(lower));
        }
    }
    out.replace("rn", "m").replace("vv", "w").replace('◦', "")
}

/// The Latin letter or sign that `c` looks like.
const fn look(c: char) -> Option<char> {
    Some(match c {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'В' | 'Β' => 'b',
        'с' | 'С' => 'c',
        'ԁ' => 'd',
        'е' | 'Е' | 'Ε' | 'ё' | 'Ё' => 'e',
        'Н' | 'Η' | 'һ' => 'h',
        'І' | 'і' | 'ι' | 'Ι' | 'ı' | 'I' | '1' | '|' | 'Ӏ' | 'ӏ' | 'i' => 'l',
        'ј' | 'Ј' => 'j',
        'К' | 'к' | 'Κ' | 'κ' => 'k',
        'М' | 'Μ' | 'м' => 'm',
        'Ν' => 'n',
        'о' | 'О' | 'ο' | 'Ο' | '0' | 'σ' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ѕ' | 'Ѕ' => 's',
        'Т' | 'т' | 'Τ' | 'τ' => 't',
        'υ' | 'ν' => 'v',
        'ԝ' => 'w',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' => 'y',
        'Ζ' => 'z',
        _ => return None,
    })
}
