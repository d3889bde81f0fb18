//! Which books are known already, so that a reading list brings each of them once.

use std::collections::BTreeMap;

use crate::domain::text::fold;

/// Books by title and author. Where nobody said who wrote one of two, their title tells.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Folded authors of each folded title; an empty one where nobody said.
    titles: BTreeMap<String, Vec<String>>,
}

impl Known {
    /// Adds a book; whether it was new.
    pub fn add(&mut self, title: &str, author: &str) -> bool {
        let author = fold(author.trim());
        let authors = self.titles.entry(fold(title.trim())).or_default();
        let same = |known: &String| known.is_empty() || author.is_empty() || *known == author;
        let new = !authors.iter().any(same);
        authors.push(author);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_known_by_its_title_and_who_wrote_it() {
        let mut known = Known::default();
        assert!(known.add("Range", "David Epstein"));
        assert!(!known.add("range", ""));
        let mut known = Known::default();
        assert!(known.add("Range", "David Epstein"));
        assert!(!known.add("RANGE ", "david epstein"));
        assert!(known.add("Range", "Somebody Else"));
    }
}
