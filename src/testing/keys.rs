//! Keys as a script writes them.

use crate::command::key::Key;

/// The keys of a script. When all its words are keys, they are pressed one after the other: `g l`, `Space`, `0 4`,
/// `Ctrl-L`. Anything else is typed as it stands, spaces too, with other keys in angle brackets: `Send
/// notes<enter>`, `<esc>`, `<C-j>`, and `<lt>` for `<`.
///
/// # Panics
/// If what stands in angle brackets is no key.
pub fn parse(script: &str) -> Vec<Key> {
    let words: Result<Vec<Key>, _> = script.split_whitespace().map(str::parse).collect();
    match words {
        Ok(keys) if !keys.is_empty() => keys,
        _ => typed(script),
    }
}

fn typed(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        if let Some((name, tail)) = rest.strip_prefix('<').and_then(|tail| tail.split_once('>')) {
            keys.push(named(name));
            rest = tail;
        } else {
            keys.push(Key::Char(c));
            rest = rest.strip_prefix(c).unwrap_or_default();
        }
    }
    keys
}

fn named(name: &str) -> Key {
    if name == "lt" {
        return Key::Char('<');
    }
    let long = name
        .strip_prefix("C-")
        .map_or_else(|| name.to_owned(), |key| format!("Ctrl-{key}"));
    long.parse()
        .unwrap_or_else(|_| panic!("<{name}> is no key"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::key::sequence;

    #[test]
    fn a_script_is_keys_or_text() {
        assert_eq!(parse("g l"), [Key::Char('g'), Key::Char('l')]);
        assert_eq!(parse("Ctrl-L Space"), [Key::Ctrl('l'), Key::Char(' ')]);
        assert_eq!(sequence(&parse("a Hi<enter>")), "a Space H i Enter");
        assert_eq!(
            parse("ab<C-j><esc><lt>"),
            [
                Key::Char('a'),
                Key::Char('b'),
                Key::Ctrl('j'),
                Key::Esc,
                Key::Char('<'),
            ]
        );
        assert_eq!(parse(" "), [Key::Char(' ')]);
        assert_eq!(parse("<"), [Key::Char('<')]);
    }

    #[test]
    #[should_panic(expected = "is no key")]
    fn a_key_that_does_not_exist_fails() {
        parse("x<nope>yz");
    }
}
