//! A book in one line, as it is typed: `Title, Author, 300 pages, 16 chapters, novel, because ...`.

use crate::domain::book::schedule::MOST_CHAPTERS;
use crate::domain::book::{Chapter, Genre};
use crate::domain::text::{Clean, Limit};

/// What a line says of a book; what it does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookLine {
    /// What it is called.
    pub title: Clean,
    /// Who wrote it.
    pub author: Clean,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// How many chapters it has.
    pub chapters: Option<u32>,
    /// What kind of book it is.
    pub genre: Option<Genre>,
    /// Why it is proposed.
    pub why: Clean,
}

impl BookLine {
    /// Reads a line. Quotes keep commas in a title; what is neither a number nor a kind is title, author, reason,
    /// in this order.
    ///
    /// # Errors
    /// One sentence when there is no title, more of something than a book has, or too many words.
    pub fn read(line: &str) -> Result<Self, String> {
        let mut read = Self::default();
        let mut words: Vec<String> = Vec::new();
        for part in parts(line) {
            let lower = part.to_lowercase();
            if let Some(pages) = counted(&lower, &["pages", "page", "pp", "p"]) {
                read.pages = Some(pages);
            } else if let Some(chapters) = counted(&lower, &["chapters", "chapter", "ch"]) {
                if usize::try_from(chapters).is_ok_and(|chapters| chapters > MOST_CHAPTERS) {
                    return Err(format!("a book has at most {MOST_CHAPTERS} chapters"));
                }
                read.chapters = Some(chapters);
            } else if let Some(genre) = genre(&lower) {
                read.genre = Some(genre);
            } else if !part.is_empty() {
                words.push(part);
            }
        }
        let mut words = words.into_iter();
        let title = words.next().unwrap_or_default();
        if title.is_empty() {
            return Err("a book needs a title; try Radical Candor, Kim Scott, 16 chapters".into());
        }
        let within =
            |text: &str, limit| Clean::line_within(text, limit).map_err(|why| why.to_string());
        read.title = within(&title, Limit::Name)?;
        read.author = within(&words.next().unwrap_or_default(), Limit::Name)?;
        let why: Vec<String> = words.collect();
        let why = why.join(", ");
        read.why = within(why.strip_prefix("because ").unwrap_or(&why), Limit::Note)?;
        Ok(read)
    }

    /// As many chapters without titles as it says.
    pub fn chapter_list(&self) -> Vec<Chapter> {
        (0..self.chapters.unwrap_or(0))
            .map(|_| Chapter::default())
            .collect()
    }
}

/// The parts between commas that stand in no quotes.
fn parts(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for sign in line.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => parts.push(String::new()),
            sign => {
                if let Some(part) = parts.last_mut() {
                    part.push(sign);
                }
            }
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// `300 pages`, `16 ch`; `None` for everything else, and for 0.
fn counted(part: &str, units: &[&str]) -> Option<u32> {
    let unit = units.iter().find_map(|unit| part.strip_suffix(unit))?;
    unit.trim_end().parse().ok().filter(|number| *number > 0)
}

fn genre(part: &str) -> Option<Genre> {
    match part {
        "novel" | "fiction" | "story" | "stories" => Some(Genre::Fiction),
        "non-fiction" | "nonfiction" => Some(Genre::NonFiction),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_all_that_is_known_in_any_order() {
        let read = BookLine::read("Radical Candor, Kim Scott, 16 chapters, 272 pages").unwrap();
        assert_eq!(read.title.as_str(), "Radical Candor");
        assert_eq!(read.author.as_str(), "Kim Scott");
        assert_eq!((read.chapters, read.pages), (Some(16), Some(272)));
        assert_eq!(read.chapter_list().len(), 16);
        let read = BookLine::read("300p, novel, Emma, because we need to laugh, all of us");
        let read = read.unwrap();
        assert_eq!(read.title.as_str(), "Emma");
        assert_eq!(read.genre, Some(Genre::Fiction));
        assert_eq!(read.author.as_str(), "because we need to laugh");
    }

    #[test]
    fn quotes_keep_the_commas_of_a_title() {
        let read = BookLine::read("\"Eats, Shoots and Leaves\", Lynne Truss, 9 ch, short").unwrap();
        assert_eq!(read.title.as_str(), "Eats, Shoots and Leaves");
        assert_eq!(read.author.as_str(), "Lynne Truss");
        assert_eq!(read.why.as_str(), "short");
    }

    #[test]
    fn a_line_without_a_title_is_no_book() {
        for line in ["", " , ", "300 pages, 12 chapters", "\"\""] {
            assert!(BookLine::read(line).is_err(), "{line}");
        }
        assert!(BookLine::read("Long, Somebody, 9000 chapters").is_err());
        let long = BookLine::read(&format!("{}, Somebody", "x".repeat(300)));
        assert!(long.is_err_and(|why| why.contains("at most 200 fit")));
    }

    #[test]
    fn a_number_in_a_title_stays_there() {
        let read = BookLine::read("1984, George Orwell").unwrap();
        assert_eq!(read.title.as_str(), "1984");
        assert_eq!(read.pages, None);
    }
}
