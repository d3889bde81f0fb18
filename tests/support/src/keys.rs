//! Keys in words: `a Send deck<enter>` as the bytes that a terminal sends.

/// The bytes of text in which keys without a letter stand between `<` and `>`: `<enter>`, `<esc>`,
/// `<tab>`, `<space>`, `<bs>`, `<del>`, `<home>`, `<end>`, `<pgup>`, `<pgdn>`, the arrows, `<c-x>`,
/// `<a-x>` and `<lt>` for the sign itself. Whatever else stands between the two is typed as it is.
pub fn bytes(keys: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = keys;
    while let Some((before, tail)) = rest.split_once('<') {
        out.extend(before.bytes());
        if let Some((key, after)) = tail
            .split_once('>')
            .and_then(|(name, after)| Some((named(name)?, after)))
        {
            out.extend(key);
            rest = after;
        } else {
            out.push(b'<');
            rest = tail;
        }
    }
    out.extend(rest.bytes());
    out
}

fn named(name: &str) -> Option<Vec<u8>> {
    let plain: &[u8] = match name {
        "enter" => b"\r",
        "esc" => b"\x1b",
        "tab" => b"\t",
        "space" => b" ",
        "bs" => b"\x7f",
        "lt" => b"<",
        "up" => b"\x1b[A",
        "down" => b"\x1b[B",
        "right" => b"\x1b[C",
        "left" => b"\x1b[D",
        "home" => b"\x1b[H",
        "end" => b"\x1b[F",
        "del" => b"\x1b[3~",
        "pgup" => b"\x1b[5~",
        "pgdn" => b"\x1b[6~",
        _ => return chord(name),
    };
    Some(plain.to_vec())
}

fn chord(name: &str) -> Option<Vec<u8>> {
    let (with, key) = name.split_once('-')?;
    let [key] = *key.as_bytes() else { return None };
    match with {
        "c" => Some(vec![key & 0x1f]),
        "a" => Some(vec![0x1b, key]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn keys_between_signs_become_what_a_terminal_sends() {
        assert_eq!(bytes("a Send<enter>"), b"a Send\r");
        assert_eq!(bytes("<c-c><a-x><up>"), b"\x03\x1bx\x1b[A");
    }

    #[test]
    fn a_sign_that_names_no_key_is_typed() {
        assert_eq!(bytes("< >"), b"< >");
        assert_eq!(bytes("<lt>tab>"), b"<tab>");
        assert_eq!(bytes("<x>"), b"<x>");
    }
}
