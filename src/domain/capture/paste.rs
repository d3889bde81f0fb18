//! Several lines pasted into the field: one note, or one item each.

use crate::domain::text::Clean;

/// Text that came in with line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    /// Everything, as one note.
    pub whole: Clean,
    /// Each line that has words, without a bullet; to be read with
    /// [`Opening::Letter`](super::Opening::Letter).
    pub lines: Vec<String>,
}

/// Splits pasted text; `None` when it has at most one line with words, which is then just typed.
pub fn paste(text: &str) -> Option<Paste> {
    let whole = Clean::text(text);
    let lines: Vec<String> = whole
        .lines()
        .map(without_bullet)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    (lines.len() > 1).then_some(Paste { whole, lines })
}

fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    ["- ", "* ", "\u{2022} "]
        .iter()
        .find_map(|bullet| line.strip_prefix(bullet))
        .unwrap_or(line)
        .trim_start()
}

impl Paste {
    /// `4 lines`.
    pub fn title(&self) -> String {
        format!("{} lines", self.lines.len())
    }

    /// What can be done with it, numbered from 1: `one note`, `4 items`, `keep editing`.
    pub fn choices(&self) -> [String; 3] {
        [
            "one note".to_owned(),
            format!("{} items", self.lines.len()),
            "keep editing".to_owned(),
        ]
    }
}
