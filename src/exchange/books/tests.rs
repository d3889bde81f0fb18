use proptest::prelude::*;

use super::*;
use crate::exchange::input::decode;

fn input(text: &str) -> Input {
    decode("list.txt", text.as_bytes().to_vec()).unwrap()
}

fn contents(text: &str) -> Vec<(String, Option<u32>)> {
    let taken = chapters(&input(text));
    assert!(taken.faults.is_empty(), "{:?}", taken.faults);
    let row = |chapter: Chapter| (chapter.title.to_string(), chapter.page);
    taken.chapters.into_iter().map(row).collect()
}

#[test]
fn a_pasted_table_of_contents_becomes_chapters() {
    let text =
        "1. Roots ........ 9\n2) Branches\t31\n\nChapter 3: Bark\nChapter 4  77\nLeaves   80\n";
    let expected = [
        ("Roots", Some(9)),
        ("Branches", Some(31)),
        ("Bark", None),
        ("", Some(77)),
        ("Leaves", Some(80)),
    ];
    let expected = expected.map(|(title, page)| (title.to_owned(), page));
    assert_eq!(contents(text), expected);
}

#[test]
fn a_table_of_chapters_names_its_columns() {
    let text = "chapter,page\nRoots,9\n\"Branches, and more\",31\n";
    let expected = [("Roots", Some(9)), ("Branches, and more", Some(31))];
    let expected = expected.map(|(title, page)| (title.to_owned(), page));
    assert_eq!(contents(text), expected);
}

#[test]
fn a_chapter_before_the_one_in_front_of_it_is_told() {
    let taken = chapters(&input("Roots\t40\nBranches\t31\n"));
    let lines: Vec<usize> = taken.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2]);
}

#[test]
fn a_reading_list_has_titles_and_authors() {
    let text = "- Deep Work by Cal Newport\n* Range \u{2014} David Epstein\nMiddlemarch\n";
    let taken = list(&input(text));
    let rows: Vec<(&str, &str)> = taken
        .books
        .iter()
        .map(|book| (book.title.as_str(), book.author.as_str()))
        .collect();
    let expected = [
        ("Deep Work", "Cal Newport"),
        ("Range", "David Epstein"),
        ("Middlemarch", ""),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_table_of_books_may_have_pages_and_faults() {
    let text =
        "title,author,pages\nDeep Work,Cal Newport,304\n,Nobody,10\nRange,David Epstein,many\n";
    let taken = list(&input(text));
    assert_eq!(taken.books.len(), 1);
    assert_eq!(taken.books[0].pages, Some(304));
    let lines: Vec<usize> = taken.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [3, 4]);
}

#[test]
fn pages_that_rise_behind_one_blank_are_pages_and_a_number_in_a_title_stays() {
    let expected = [
        ("Preface", None),
        ("Roots", Some(9)),
        ("Branches", Some(31)),
        ("Bark", Some(80)),
    ];
    let expected = expected.map(|(title, page)| (title.to_owned(), page));
    assert_eq!(
        contents("Preface\nRoots 9\nBranches  31\nBark 80\n"),
        expected
    );
    let titles = [("Catch 22", None), ("Apollo 13", None), ("Area 51", None)];
    let titles = titles.map(|(title, page)| (title.to_owned(), page));
    assert_eq!(contents("Catch 22\nApollo 13\nArea 51\n"), titles);
}

#[test]
fn a_reading_list_may_say_how_long_a_book_is() {
    let taken = list(&input(
        "Quiet Work, 212 pages\nSmall Teams by T. Small (180 p.)\n1984 - George Orwell\nMaps (a story)\n",
    ));
    let rows: Vec<(&str, &str, Option<u32>)> = taken
        .books
        .iter()
        .map(|book| (book.title.as_str(), book.author.as_str(), book.pages))
        .collect();
    let expected = [
        ("Quiet Work", "", Some(212)),
        ("Small Teams", "T. Small", Some(180)),
        ("1984", "George Orwell", None),
        ("Maps (a story)", "", None),
    ];
    assert_eq!(rows, expected);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_stop(text in "(?s).{0,300}") {
        // What is no text at all is refused before.
        let Ok(input) = decode("list.txt", text.into_bytes()) else { return Ok(()) };
        let taken = chapters(&input);
        prop_assert!(taken.chapters.len() <= MOST_CHAPTERS);
        prop_assert!(list(&input).books.iter().all(|book| !book.title.is_empty()));
    }
}

#[test]
fn a_chapter_before_the_one_in_front_of_it_is_told_by_its_line() {
    for (text, line) in [
        ("Roots  9\n\nBranches  4\n", 3),
        ("chapter,page\nRoots,9\nTwigs,12\nBranches,4\n", 4),
    ] {
        let taken = chapters(&input(text));
        let lines: Vec<usize> = taken.faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [line], "{:?}", taken.faults);
    }
}
