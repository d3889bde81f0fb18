use super::*;
use crate::domain::fixture;
use crate::tui::fixture_lists::{SIZES, dark, drawn};

fn rating(here: usize) -> Tally {
    Tally::new(Subject::Rating(Clean::line("the session")), here)
}

fn vote(topics: usize) -> Tally {
    let (session, _) = fixture::session(&[5]);
    let topics = (1..=topics).map(|n| Clean::line(&format!("Topic {n}")));
    Tally::new(Subject::Vote(session.blocks[0].id, topics.collect()), 4)
}

fn digits(tally: &mut Tally, digits: &[u8]) {
    for digit in digits {
        assert_eq!(
            tally.press(Press::Digit(*digit), fixture::start()),
            Outcome::Stay
        );
    }
}

fn press(tally: &mut Tally, press: Press) -> Outcome {
    tally.press(press, fixture::start())
}

fn kept(outcome: Outcome) -> Command {
    match outcome {
        Outcome::Keep(command) => *command,
        other => panic!("not kept: {other:?}"),
    }
}

fn show(tally: &Tally, (w, h): (u16, u16)) -> String {
    let height = tally.height(w).min(h);
    drawn(w, height, |area, buf| tally.draw(area, buf, &dark())).join("\n")
}

#[test]
fn each_digit_is_one_hand_and_zero_is_one_too() {
    let mut tally = rating(4);
    digits(&mut tally, &[0, 5, 3, 3]);
    press(&mut tally, Press::Back);
    assert!(show(&tally, (80, 20)).contains("3 of 4 here   the last one was 3"));
    let Command::Rate(rating) = kept(press(&mut tally, Press::Keep)) else {
        panic!("no rating");
    };
    assert_eq!(rating.counts, [1, 0, 0, 1, 0, 1]);
    assert_eq!(press(&mut tally, Press::Keep), Outcome::Closed);
}

#[test]
fn values_do_not_show_before_they_are_kept_and_no_average_below_five() {
    let mut tally = rating(4);
    digits(&mut tally, &[4, 2, 5]);
    assert!(!show(&tally, (80, 20)).contains("average"));
    kept(press(&mut tally, Press::Keep));
    let shown = show(&tally, (80, 20));
    assert!(shown.contains("3 answers; no average below 5"), "{shown}");
    assert!(shown.contains("what would have added a point?"), "{shown}");
    let mut five = rating(5);
    digits(&mut five, &[4, 2, 5, 5, 4]);
    kept(press(&mut five, Press::Keep));
    let shown = show(&five, (80, 20));
    assert!(
        shown.contains("5 answers, average 4.0, from 2 to 5"),
        "{shown}"
    );
}

#[test]
fn more_answers_than_people_are_asked_about_once() {
    let mut tally = rating(2);
    digits(&mut tally, &[1, 2, 3]);
    assert_eq!(press(&mut tally, Press::Keep), Outcome::Stay);
    assert!(show(&tally, (80, 20)).contains("3 answers, and 2 people are here"));
    // Anything else in between asks again.
    press(&mut tally, Press::Back);
    digits(&mut tally, &[3]);
    assert_eq!(press(&mut tally, Press::Keep), Outcome::Stay);
    kept(press(&mut tally, Press::Keep));
}

#[test]
fn nothing_is_kept_of_nothing_and_a_hand_has_five_fingers() {
    let mut tally = rating(3);
    digits(&mut tally, &[6]);
    assert!(show(&tally, (80, 20)).contains("Hands show 0 to 5"));
    assert_eq!(press(&mut tally, Press::Keep), Outcome::Stay);
    assert!(show(&tally, (80, 20)).contains("Nothing was counted yet"));
}

#[test]
fn votes_go_to_numbered_rows_and_beyond_the_ninth_with_the_mark() {
    let mut tally = vote(11);
    digits(&mut tally, &[9, 2, 2]);
    for _ in 0..20 {
        press(&mut tally, Press::Move(1));
    }
    press(&mut tally, Press::Add);
    assert!(show(&tally, (40, 8)).contains("1  Topic 11"));
    let Command::Vote(vote) = kept(press(&mut tally, Press::Keep)) else {
        panic!("no vote");
    };
    let first: Vec<(&str, u16)> = vote
        .options
        .iter()
        .take(4)
        .map(|count| (count.option.as_str(), count.votes))
        .collect();
    assert_eq!(
        first,
        [
            ("Topic 2", 2),
            ("Topic 9", 1),
            ("Topic 11", 1),
            ("Topic 1", 0)
        ]
    );
}

#[test]
fn what_was_refused_is_counted_on() {
    let mut tally = rating(3);
    digits(&mut tally, &[4]);
    kept(press(&mut tally, Press::Keep));
    tally.refused("No session is running");
    let shown = show(&tally, (80, 20));
    assert!(shown.contains("1 of 3 here") && shown.contains("No session is running"));
}

#[test]
fn everything_stands_within_every_size() {
    let mut whole = rating(3);
    digits(&mut whole, &[5, 4, 4]);
    let typing = whole.clone();
    kept(press(&mut whole, Press::Keep));
    for size in SIZES {
        for (tally, words) in [
            (&typing, "3 of 3 here"),
            (&whole, "3 answers"),
            (&vote(3), "Topic 3"),
        ] {
            let shown = show(tally, size);
            assert!(size.0 < 40 || shown.contains(words), "{size:?}\n{shown}");
        }
    }
    let shown = show(&whole, (40, 11));
    assert!(shown.contains("a point?"), "{shown}");
}
