//! What somebody looks for in the bank: words and tokens as they are typed, or picked one by one.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::question::{Depth, QuestionKind};
use crate::domain::text::fold;

/// What a circle and a question have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Here {
    /// Not asked yet.
    New,
    /// Asked before.
    Asked,
    /// Not to be drawn here any more.
    Never,
}

impl Here {
    /// In the order in which lists show them.
    pub const ALL: [Self; 3] = [Self::New, Self::Asked, Self::Never];

    /// The words on screen.
    pub const fn words(self) -> &'static str {
        match self {
            Self::New => "not asked yet",
            Self::Asked => "asked before",
            Self::Never => "never here",
        }
    }
}

/// What a question has to be. Everything left open fits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sought {
    /// Folded words; each must begin a word of the question or of its tags.
    pub words: Vec<String>,
    /// What it is about: folded, with `-` for blanks; the beginning of one of its words will do.
    pub theme: Option<String>,
    /// What it trains, written as the theme.
    pub competency: Option<String>,
    /// How near it comes.
    pub depth: Option<Depth>,
    /// What it is for.
    pub kind: Option<QuestionKind>,
    /// What it and the circle have to do with each other.
    pub here: Option<Here>,
    /// Only with a star.
    pub starred: bool,
}

impl Sought {
    /// Reads a line such as `feedback theme:growth depth:3 asked:never starred`. A token whose value is not
    /// typed yet leaves everything open.
    ///
    /// # Errors
    /// A sentence that says which values a token can have.
    pub fn read(line: &str) -> Result<Self, String> {
        let mut sought = Self::default();
        for part in line.split_whitespace() {
            match part.split_once(':') {
                Some(("theme", value)) => sought.theme = tag(value),
                Some(("competency", value)) => sought.competency = tag(value),
                Some(("depth", value)) => {
                    sought.depth = value_of(value, &Depth::ALL, Depth::as_str)?;
                }
                Some(("kind", value)) => {
                    sought.kind = value_of(value, &QuestionKind::ALL, QuestionKind::as_str)?;
                }
                Some(("asked", value)) => sought.here = here(value)?,
                _ if part == "starred" => sought.starred = true,
                _ => sought.words.extend(words(part)),
            }
        }
        Ok(sought)
    }

    /// Both: words of either; of all else what is picked, unless something was typed.
    #[must_use]
    pub fn over(mut self, picked: &Self) -> Self {
        self.words.extend(picked.words.iter().cloned());
        self.theme = self.theme.or_else(|| picked.theme.clone());
        self.competency = self.competency.or_else(|| picked.competency.clone());
        self.depth = self.depth.or(picked.depth);
        self.kind = self.kind.or(picked.kind);
        self.here = self.here.or(picked.here);
        self.starred |= picked.starred;
        self
    }

    /// Whether everything fits.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

/// A theme or competency as it is compared: folded, `-` for blanks.
pub fn tag(value: &str) -> Option<String> {
    let folded = fold(value).replace(' ', "-");
    (!folded.is_empty()).then_some(folded)
}

/// The value with this name, or the first that begins so.
fn value_of<T>(value: &str, all: &[T], name: fn(T) -> &'static str) -> Result<Option<T>, String>
where
    T: FromStr + Copy,
    T::Err: ToString,
{
    let folded = fold(value);
    if folded.is_empty() {
        return Ok(None);
    }
    T::from_str(value).map(Some).or_else(|unknown| {
        let begins = |one: &&T| name(**one).starts_with(&folded);
        all.iter()
            .find(begins)
            .map(|one| Some(*one))
            .ok_or_else(|| unknown.to_string())
    })
}

fn here(value: &str) -> Result<Option<Here>, String> {
    let folded = fold(value);
    let names = [
        ("never", Here::New),
        ("no", Here::New),
        ("yes", Here::Asked),
        ("before", Here::Asked),
        ("off", Here::Never),
    ];
    if folded.is_empty() {
        return Ok(None);
    }
    let found = names.iter().find(|(name, _)| name.starts_with(&folded));
    found
        .map(|(_, here)| Some(*here))
        .ok_or_else(|| "asked: is one of never, yes, off (not to be asked here)".to_owned())
}

/// The words of a text as they are found: folded, apart at whatever is no letter or digit; where a script sets
/// no blanks each sign is a word.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words = Vec::new();
    let mut word = String::new();
    for c in folded.chars().filter(|c| !is_voicing(*c)) {
        let alone = has_no_blanks(c);
        if (alone || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if alone {
            words.push(c.to_string());
        } else if c.is_alphanumeric() {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The marks that voice a kana, apart from it; a quick hand leaves them out.
const fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}')
}

/// Kana and ideographs.
const fn has_no_blanks(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_token_by_token() {
        let line =
            "Zürich theme:Career depth:3 kind:hot competency:giving-feedback asked:ne starred";
        let sought = Sought::read(line).unwrap();
        assert_eq!(sought.words, ["zurich"]);
        assert_eq!(sought.theme.as_deref(), Some("career"));
        assert_eq!(sought.competency.as_deref(), Some("giving-feedback"));
        assert_eq!(sought.depth, Some(Depth::Deep));
        assert_eq!(sought.kind, Some(QuestionKind::HotSeat));
        assert_eq!(sought.here, Some(Here::New));
        assert!(sought.starred);
    }

    #[test]
    fn a_token_without_its_value_leaves_everything_open() {
        let sought = Sought::read("theme: depth: kind: asked: competency:").unwrap();
        assert!(sought.is_open());
    }

    #[test]
    fn a_value_that_is_none_is_refused_with_those_that_are() {
        let said = Sought::read("depth:purple").unwrap_err();
        assert!(said.contains("warm-up, reflect, deep"), "{said}");
        let said = Sought::read("asked:purple").unwrap_err();
        assert!(said.contains("never, yes, off"), "{said}");
    }

    #[test]
    fn what_is_typed_goes_before_what_is_picked() {
        let picked = Sought::read("depth:1 theme:growth").unwrap();
        let both = Sought::read("praise depth:3").unwrap().over(&picked);
        assert_eq!(both, Sought::read("praise depth:3 theme:growth").unwrap());
    }

    #[test]
    fn words_are_apart_at_signs_and_where_a_script_sets_no_blanks() {
        assert_eq!(words("What's \"Next\"?"), ["what", "s", "next"]);
        assert_eq!(words("何を学ぶ"), ["何", "を", "学", "ふ"]);
    }
}
