#[cfg(unix)]
use std::time::Duration;

use proptest::prelude::*;
#[cfg(unix)]
use rustix::time::{ClockId, clock_gettime};

use super::tests::{id, with_scene};
use super::*;
use crate::domain::id::ActionId;
use crate::domain::item::{Action, Origin};

fn openings() -> impl Strategy<Value = Opening> {
    let kind = prop::sample::select(vec![
        Kind::Action,
        Kind::Decision,
        Kind::Note,
        Kind::CircleNote,
        Kind::Parked,
        Kind::Question,
    ]);
    (kind, any::<bool>()).prop_map(|(kind, is)| {
        if is {
            Opening::Is(kind)
        } else {
            Opening::Letter(kind)
        }
    })
}

/// Words of which many are tokens, nearly tokens, or hard to cut.
fn words() -> impl Strategy<Value = Vec<String>> {
    let known = prop::sample::select(vec![
        "a",
        "n",
        "due",
        "by",
        "fri",
        "31",
        "feb",
        "ns",
        "next",
        "session",
        "due:",
        "due:fri",
        "by=+2w",
        "+3d",
        "in",
        "2",
        "weeks",
        "@ma",
        "@maria",
        "@zoe",
        "@?",
        "@all",
        "@me",
        "@",
        "@@",
        "#tag",
        "#7",
        "tag:x",
        "!",
        "!!!",
        "!!!!",
        "+ladder",
        "+book",
        "est",
        "20m",
        "20",
        "min",
        "for:all",
        "\\due",
        "\\\\",
        "\"",
        "\"a",
        "b\"",
        "@\"Tom",
        "Weiss\"",
        "\u{201C}so",
        "so\u{201D}",
        "Ana,",
        "李",
        "é",
    ]);
    prop::collection::vec(
        prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}"],
        0..14,
    )
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic())
}

proptest! {
    #[test]
    fn reading_never_fails_and_marks_lie_between_letters(line in any::<String>(), opening in openings()) {
        with_scene(None, |scene| {
            let reading = parse(&line, opening, scene);
            let mut end = 0;
            for part in reading.parts() {
                prop_assert!(part.range.start >= end && line.get(part.range.clone()).is_some());
                end = part.range.end;
            }
            let _ = (reading.rows(scene), complete(&line, line.len() / 2, scene));
            Ok(())
        })?;
    }

    #[test]
    fn words_are_never_lost(words in words(), opening in openings()) {
        let line = words.join(" ");
        with_scene(Some(3), |scene| {
            let reading = parse(&line, opening, scene);
            let mut out = reading.text_with(&vec![Choice::Words; reading.asks.len()]).to_string();
            for part in reading.parts() {
                out.push(' ');
                out.push_str(line.get(part.range.clone()).unwrap_or_default());
            }
            for word in words.iter().filter(|word| is_plain(word)) {
                let found = out.split_whitespace().any(|found| found == word);
                prop_assert!(found, "{word:?} of {line:?} is not in {out:?}");
            }
            Ok(())
        })?;
    }

    #[test]
    fn an_action_reads_back_from_its_line(
        words in words(),
        owner in prop_oneof![Just(Owner::Nobody), Just(Owner::All), (1u16..=6).prop_map(|n| Owner::Member(id(n)))],
        due in prop_oneof![Just(Due::None), Just(Due::NextSession), (0i64..5000).prop_map(|n| {
            Due::On(NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + chrono::TimeDelta::days(n))
        })],
        priority in 0u8..=3,
        estimate in prop::option::of(1u16..600),
        tags in prop::sample::subsequence(vec!["feedback", "two words", "e.g.", "Größe"], 0..=4),
    ) {
        let words = words.join(" ");
        let text = Clean::line(if words.trim().is_empty() { "Go" } else { &words });
        let action = Action {
owner,
due,
priority,
tags: tags.into_iter().map(Clean::line).collect(),
estimate,
..Action::new(ActionId(uuid::Uuid::from_u128(1)), 1, text, Origin::outside(crate::domain::clock::Moment::from_millis(0)))
};
        // The floor is somebody else's: what is printed must not need it.
        with_scene(Some(2), |scene| {
            let line = print(&action, scene);
            let reading = parse(&line, Opening::Is(Kind::Action), scene);
            prop_assert_eq!(&reading.text, &action.text, "{}", line);
            prop_assert_eq!(reading.owners, vec![action.owner]);
            prop_assert_eq!(reading.due, action.due);
            prop_assert_eq!(reading.priority, action.priority);
            prop_assert_eq!(reading.estimate, action.estimate);
            prop_assert_eq!(reading.tags, action.tags);
            prop_assert!(reading.asks.is_empty());
            Ok(())
        })?;
    }
}

/// Processor time of this thread: other programs, and other tests, do not lengthen it.
#[cfg(unix)]
fn worked() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap()
}

/// A page of tokens takes time in proportion to its length: eight times as much in at most forty times
/// the time, and never seconds. Both lengths are read in turn, so that what slows the machine down slows
/// both.
#[cfg(unix)]
#[test]
fn a_long_line_takes_time_in_proportion() {
    let pieces = [
        "@ma ",
        "@zoe ",
        "due ",
        "due 31 feb ",
        "\" ",
        "\"a\" ",
        "#x ",
        "+b ",
        "est ",
        "\\",
        "word ",
        "@\"",
    ];
    let time = |line: &str| {
        with_scene(None, |scene| {
            let begun = worked();
            let reading = parse(line, Opening::Is(Kind::Action), scene);
            assert!(reading.parts().count() <= line.len());
            worked().checked_sub(begun).unwrap()
        })
    };
    for piece in pieces {
        let [short, long] = [8, 64].map(|kib| piece.repeat(kib * 1024 / piece.len()));
        let rounds: Vec<_> = (0..5).map(|_| (time(&short), time(&long))).collect();
        let short = rounds.iter().map(|(short, _)| *short).min().unwrap();
        let long = rounds.iter().map(|(_, long)| *long).min().unwrap();
        assert!(long < Duration::from_secs(2), "{piece:?} took {long:?}");
        assert!(
            long < (short * 40).max(Duration::from_millis(50)),
            "{piece:?}: {short:?} became {long:?}"
        );
    }
}
