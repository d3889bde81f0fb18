//! Questions out of an article in plain text, as a page is saved: those that stand alone are taken, the rest is left
//! and shown.

use crate::domain::text::cut_graphemes;
use crate::exchange::lines::numbered;
use crate::exchange::questions::asks;
use crate::exchange::questions::basket::{Basket, RawQuestion};

/// Bytes of a line from which on it is no row of a list.
const LONG: usize = 160;
/// Bytes from which on it is damage, which is told.
const BROKEN: usize = 32 * 1024;
/// Lines that are looked at to tell an article from a list.
const HEAD: usize = 2_000;
/// Shortest line that was broken because it was full, in bytes.
const WRAPPED: usize = 40;
/// Longest paragraph that is one question, in bytes.
const SHORT: usize = 300;
/// Longest heading that becomes a theme as it is, in graphemes.
const THEME: usize = 80;

/// Lines without a blank one between them: their numbers and words.
type Paragraph<'a> = Vec<(usize, &'a str)>;

/// Whether a text without bullets is an article and not a list with a question on each line: it has sentences that go
/// on over several lines, or long ones that ask nothing.
pub(super) fn is_article(text: &str) -> bool {
    let long = |line: &str| {
        !asks(line) && line.len() < BROKEN && (line.len() > LONG || sentences(line) > 2)
    };
    paragraphs(numbered(text).take(HEAD))
        .any(|paragraph| is_wrapped(&paragraph) || paragraph.iter().any(|(_, line)| long(line)))
}

/// Takes what asks alone; a heading in the manner of Markdown is the theme of what follows.
pub(super) fn parse(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
    let mut theme = String::new();
    for paragraph in paragraphs(numbered(text)) {
        if is_wrapped(&paragraph) {
            let words: Vec<&str> = paragraph.iter().map(|(_, line)| *line).collect();
            let line = paragraph.first().map_or(1, |(line, _)| *line);
            if !row((line, &words.join(" ")), &theme, basket, known) {
                return;
            }
            continue;
        }
        // One line that asks among others that do not stands in a menu.
        let asking = paragraph.iter().filter(|(_, line)| asks(line)).count();
        let stray = paragraph.len() > 2 && 3 * asking <= paragraph.len();
        for (line, words) in paragraph {
            if let Some(heading) = words.strip_prefix('#') {
                let heading = heading.trim_start_matches('#').trim();
                cut_graphemes(heading, THEME).clone_into(&mut theme);
            } else if stray {
                basket.leave(line, "does not ask", words);
            } else if !row((line, words), &theme, basket, known) {
                return;
            }
        }
    }
}

/// One paragraph, or one line of it. `false` when the file has more rows than are read.
fn row(
    (line, words): (usize, &str),
    theme: &str,
    basket: &mut Basket,
    known: &dyn Fn(&str) -> bool,
) -> bool {
    // "It went well for years. What changed?" is one question, a paragraph that ends in one is not.
    let alone = asks(words) && words.len() <= SHORT && sentences(words) <= 2;
    if !alone {
        basket.leave(line, "does not ask", words);
        return true;
    }
    let question = RawQuestion {
        theme: theme.to_owned(),
        ..RawQuestion::new(line, words)
    };
    basket.take(&question, known)
}

/// One after the other, so that a long file is not held twice.
fn paragraphs<'a>(
    lines: impl Iterator<Item = (usize, &'a str)>,
) -> impl Iterator<Item = Paragraph<'a>> {
    let mut lines = lines.map(|(line, raw)| (line, raw.trim()));
    std::iter::from_fn(move || {
        let first = lines.find(|(_, words)| !words.is_empty())?;
        let rest = lines.by_ref().take_while(|(_, words)| !words.is_empty());
        Some(std::iter::once(first).chain(rest).collect())
    })
}

/// Whether a sentence goes on from one line to the next.
fn is_wrapped(paragraph: &[(usize, &str)]) -> bool {
    paragraph.windows(2).any(|pair| {
        let [(_, line), (_, next)] = pair else {
            return false;
        };
        let open =
            line.len() >= WRAPPED && !line.ends_with(['.', '!', '?', ':', ';']) && !asks(line);
        open && next.starts_with(char::is_lowercase)
    })
}

/// How many sentences there are.
fn sentences(words: &str) -> usize {
    let mut count = 1;
    let mut ended = false;
    let mut gap = false;
    for c in words.chars() {
        if ended && gap && (c.is_uppercase() || c.is_numeric()) {
            count += 1;
        }
        if c.is_whitespace() {
            gap = true;
        } else {
            ended = matches!(c, '.' | '?' | '!')
                || (ended && matches!(c, '"' | '\'' | ')' | '\u{201d}'));
            gap = false;
        }
    }
    count
}
