//! Counts against published ones that were made by hand, and laws.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn book(letter: char) -> BookId {
    BookId(Uuid::from_u128(u128::from(u32::from(letter))))
}

fn books(letters: &str) -> Vec<BookId> {
    letters.chars().map(book).collect()
}

fn ballots(rows: &[(u16, &str)]) -> Vec<Ballots> {
    let ballot = |(count, letters): &(u16, &str)| Ballots {
        books: books(letters),
        count: *count,
    };
    rows.iter().map(ballot).collect()
}

/// The counts of each round in the order of `letters`, `-` for those that are out.
fn shown(letters: &str, count: &Count) -> Vec<String> {
    let row = |round: &Round| {
        let cell = |letter| {
            let found = round.tally.iter().find(|(id, _)| *id == book(letter));
            found.map_or_else(|| "-".to_owned(), |(_, count)| count.to_string())
        };
        letters.chars().map(cell).collect::<Vec<_>>().join(" ")
    };
    count.rounds.iter().map(row).collect()
}

fn winner(count: &Count) -> Option<BookId> {
    match count.outcome {
        Outcome::Chosen(book) => Some(book),
        Outcome::NoBallots | Outcome::Level(_) | Outcome::LevelLast(_) => None,
    }
}

/// The Tennessee example of Wikipedia's "Instant-runoff voting": Memphis, Nashville, Knoxville, Chattanooga, in
/// percent. Chattanooga goes out, then Nashville; Knoxville is chosen with 58.
#[test]
fn the_capital_of_tennessee_is_knoxville() {
    let rows = [(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")];
    let count = ranked(&books("MNKC"), &ballots(&rows), &[]);
    assert_eq!(
        shown("MNKC", &count),
        ["42 26 17 15", "42 26 32 -", "42 - 58 -"]
    );
    assert_eq!(winner(&count), Some(book('K')));
}

/// Burlington, Vermont, mayor 2009, from the published transfers: Kiss, Wright, Montroll; Smith, Simpson and
/// write-ins, who went out together.
#[test]
fn burlington_2009_is_counted_as_it_was() {
    let rows = [
        (2585, "K"),
        (2951, "W"),
        // Of those for Montroll 1,332 and 767 move on; those that came to him move with them.
        (1332, "MK"),
        (731, "MW"),
        (36, "SMW"),
        (455, "SM"),
        (396, "SK"),
        (343, "SW"),
        (76, "S"),
        (35, "P"),
        (36, "I"),
    ];
    let count = ranked(&books("KWMSPI"), &ballots(&rows), &[]);
    assert_eq!(
        shown("KWMSPI", &count),
        [
            "2585 2951 2063 1306 35 36",
            "2981 3294 2554 - - -",
            "4313 4061 - - - -"
        ]
    );
    let exhausted: Vec<u32> = count.rounds.iter().map(|round| round.exhausted).collect();
    assert_eq!(exhausted, [0, 147, 602]);
    assert_eq!(count.rounds[0].out, books("SPI"));
    assert_eq!(winner(&count), Some(book('K')));
}

/// Ireland, president 1990 (published count): Robinson, Lenihan, Currie. Currie goes out; 205,565 move to Robinson,
/// 36,789 to Lenihan, 25,548 to nobody. In tens, since a club has fewer ballots than a country.
#[test]
fn ireland_1990_is_decided_by_transfers() {
    let rows = [
        (61_227, "R"),
        (58_018, "L"),
        (20_556, "CR"),
        (3_679, "CL"),
        (2_555, "C"),
    ];
    // Lenihan's 694,484 and Robinson's 612,265 are 69,448 and 61,227 tens; 11,430 of Lenihan's stand in a second row.
    let rows = [&rows[..], &[(11_430, "L")]].concat();
    let count = ranked(&books("RLC"), &ballots(&rows), &[]);
    assert_eq!(shown("RLC", &count), ["61227 69448 26790", "81783 73127 -"]);
    assert_eq!(count.rounds[1].exhausted, 2_555);
    assert_eq!(winner(&count), Some(book('R')));
}

/// Wikipedia's example of five voters and three candidates, Bob, Sue and Bill: Bill goes out, Sue has three of five.
#[test]
fn bob_sue_and_bill() {
    let rows = [(1, "BUL"), (1, "UBL"), (1, "LUB"), (1, "BUL"), (1, "ULB")];
    let count = ranked(&books("BUL"), &ballots(&rows), &[]);
    assert_eq!(shown("BUL", &count), ["2 2 1", "2 3 -"]);
    assert_eq!(winner(&count), Some(book('U')));
}

/// The "center squeeze" of Wikipedia: the one who would beat everybody alone has the fewest first choices.
#[test]
fn the_middle_is_squeezed_out() {
    let rows = [(36, "ABC"), (34, "CBA"), (30, "BAC")];
    let count = ranked(&books("ABC"), &ballots(&rows), &[]);
    assert_eq!(shown("ABC", &count), ["36 30 34", "66 - 34"]);
    assert_eq!(winner(&count), Some(book('A')));
}

/// The monotonicity example of Wikipedia: 39 A, 35 B over C, 26 C over A. C goes out and A has 65; when ten of B's
/// rank A first instead, B goes out and C is chosen with 51.
#[test]
fn more_first_choices_can_lose_as_published() {
    let before = [(39, "ABC"), (35, "BCA"), (26, "CAB")];
    let count = ranked(&books("ABC"), &ballots(&before), &[]);
    assert_eq!(shown("ABC", &count), ["39 35 26", "65 35 -"]);
    let after = [(49, "ABC"), (25, "BCA"), (26, "CAB")];
    let count = ranked(&books("ABC"), &ballots(&after), &[]);
    assert_eq!(shown("ABC", &count), ["49 25 26", "49 - 51"]);
    assert_eq!(winner(&count), Some(book('C')));
}

/// Counted by hand: D's one ballot goes to C, so B and C are level with three each; C had two first choices, B three.
#[test]
fn what_is_level_at_the_bottom_goes_by_first_choices() {
    let rows = [(4, "A"), (3, "B"), (2, "C"), (1, "DC")];
    let count = ranked(&books("ABCD"), &ballots(&rows), &[]);
    assert_eq!(shown("ABCD", &count)[1], "4 3 3 -");
    assert_eq!(count.rounds[1].out, books("C"));
    assert_eq!(count.rounds[1].settled, Settled::ByFirstChoices);
}

/// Counted by hand: of 25 ballots E's three go first, one to B and two to A; then D's four, one to C and three to
/// nobody. B and C have six each and began with five each, and in the round before C had five: C goes, and all its six
/// go to B, who has twelve against A's ten.
#[test]
fn what_is_level_goes_by_the_round_before_that_told_them_apart() {
    let rows = [
        (8, "A"),
        (5, "B"),
        (5, "CB"),
        (1, "DCB"),
        (3, "D"),
        (1, "EB"),
        (2, "EA"),
    ];
    let count = ranked(&books("ABCDE"), &ballots(&rows), &[]);
    assert_eq!(
        shown("ABCDE", &count),
        ["8 5 5 4 3", "10 6 5 4 -", "10 6 6 - -", "10 12 - - -"]
    );
    assert_eq!(count.rounds[2].out, books("C"));
    assert_eq!(count.rounds[2].settled, Settled::ByRound(1));
    assert_eq!(winner(&count), Some(book('B')));
}

/// Counted by hand: three for A; B and C have two each, in every round there was. Without C its two go to B, who has
/// four of seven; without B its two go to A, who has five.
#[test]
fn what_nothing_tells_apart_is_asked_of_people() {
    let rows = [(3, "A"), (2, "BA"), (2, "CB")];
    let count = ranked(&books("ABC"), &ballots(&rows), &[]);
    assert_eq!(count.outcome, Outcome::LevelLast(books("BC")));
    let count = ranked(&books("ABC"), &ballots(&rows), &books("C"));
    assert_eq!(count.rounds[0].settled, Settled::ByPeople);
    assert_eq!(winner(&count), Some(book('B')));
    let count = ranked(&books("ABC"), &ballots(&rows), &books("B"));
    assert_eq!(winner(&count), Some(book('A')));
}

#[test]
fn two_that_are_level_to_the_end_are_both_in_front() {
    let count = ranked(&books("AB"), &ballots(&[(2, "A"), (2, "B")]), &[]);
    assert_eq!(count.outcome, Outcome::Level(books("AB")));
    let count = ranked(&books("AB"), &[], &[]);
    assert_eq!(count.outcome, Outcome::NoBallots);
}

/// Brams and Fishburn's kind of approval count: every name on a ballot counts once, most ballots win.
#[test]
fn approval_counts_every_book_of_a_ballot_once() {
    let rows = [(4, "AB"), (3, "B"), (2, "CC"), (1, "")];
    let count = approval(&books("ABC"), &ballots(&rows));
    assert_eq!(shown("ABC", &count), ["4 7 2"]);
    assert_eq!(count.rounds[0].exhausted, 1);
    assert_eq!(winner(&count), Some(book('B')));
    let count = approval(&books("AB"), &ballots(&[(2, "A"), (2, "B")]));
    assert_eq!(count.outcome, Outcome::Level(books("AB")));
}

/// The same rule without letting hopeless books go together.
fn one_by_one(letters: &[BookId], ballots: &[Ballots]) -> Option<BookId> {
    let mut standing = letters.to_vec();
    let mut tallies = Vec::new();
    loop {
        let (tally, _) = first_choices(&standing, ballots);
        let all: u32 = tally.values().sum();
        if all == 0 {
            return None;
        }
        if let Some((book, _)) = tally.iter().find(|(_, count)| **count * 2 > all) {
            return Some(*book);
        }
        let least = *tally.values().min()?;
        let bottom: Vec<BookId> = standing
            .iter()
            .copied()
            .filter(|b| tally[b] == least)
            .collect();
        tallies.push(tally);
        let [one] = bottom.as_slice() else {
            return None;
        };
        standing.retain(|book| book != one);
    }
}

fn ballot() -> impl Strategy<Value = Ballots> {
    let order = Just(books("ABCDE")).prop_shuffle();
    (order, 0usize..=5, 1u16..6).prop_map(|(mut books, length, count)| {
        books.truncate(length);
        Ballots { books, count }
    })
}

proptest! {
    #[test]
    fn no_ballot_is_lost_and_every_round_lets_somebody_go(held in prop::collection::vec(ballot(), 0..12)) {
        let count = ranked(&books("ABCDE"), &held, &books("ABCDE"));
        let all: u32 = held.iter().map(|ballots| u32::from(ballots.count)).sum();
        for (at, round) in count.rounds.iter().enumerate() {
            let sum: u32 = round.tally.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(sum + round.exhausted, all);
            prop_assert_eq!(round.out.is_empty(), at + 1 == count.rounds.len());
        }
        prop_assert!(!matches!(count.outcome, Outcome::LevelLast(_)));
    }

    #[test]
    fn letting_hopeless_books_go_together_changes_no_result(held in prop::collection::vec(ballot(), 0..12)) {
        if let Some(book) = one_by_one(&books("ABCDE"), &held) {
            prop_assert_eq!(winner(&ranked(&books("ABCDE"), &held, &[])), Some(book));
        }
    }

    #[test]
    fn whoever_is_first_on_most_ballots_is_chosen(held in prop::collection::vec(ballot(), 0..8)) {
        let all: u16 = held.iter().map(|ballots| ballots.count).sum();
        let mut held = held;
        held.push(Ballots { books: books("E"), count: all + 1 });
        prop_assert_eq!(winner(&ranked(&books("ABCDE"), &held, &[])), Some(book('E')));
    }

    #[test]
    fn the_order_of_ballots_does_not_matter(held in prop::collection::vec(ballot(), 0..12)) {
        let mut turned = held.clone();
        turned.reverse();
        prop_assert_eq!(ranked(&books("ABCDE"), &held, &[]), ranked(&books("ABCDE"), &turned, &[]));
    }
}
