use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn people(count: usize) -> Vec<MemberId> {
    (1..=count as u128)
        .map(|n| MemberId(Uuid::from_u128(n)))
        .collect()
}

fn tie(people: &[MemberId], (one, other): (usize, usize), together: bool) -> Tie {
    Tie {
        one: people[one],
        other: people[other],
        together,
    }
}

fn wish<'a>(people: &'a [MemberId], size: Size, history: &'a History, ties: &'a [Tie]) -> Wish<'a> {
    Wish {
        people,
        size,
        history,
        ties,
    }
}

fn are_together(proposal: &Proposal, one: MemberId, other: MemberId) -> bool {
    let with_both = |group: &Vec<MemberId>| group.contains(&one) && group.contains(&other);
    proposal.groups.iter().any(with_both)
}

/// The fewest repeats of all divisions of `left` into groups of the sizes, tried one by one.
fn fewest(left: &[MemberId], sizes: &[usize], history: &History) -> u32 {
    let Some((first, others)) = left.split_first() else {
        return 0;
    };
    let mut least = u32::MAX;
    let mut tried = Vec::new();
    for (index, size) in sizes.iter().enumerate() {
        if tried.contains(size) {
            continue;
        }
        tried.push(*size);
        let rest: Vec<usize> = [&sizes[..index], &sizes[index + 1..]].concat();
        for bits in 0_u32..1 << others.len() {
            if bits.count_ones() as usize + 1 != *size {
                continue;
            }
            let chosen = |at: usize| bits & (1 << at) != 0;
            let (with, without): (Vec<_>, Vec<_>) = (0..others.len()).partition(|at| chosen(*at));
            let mut group = vec![*first];
            group.extend(with.iter().map(|at| others[*at]));
            let left: Vec<MemberId> = without.iter().map(|at| others[*at]).collect();
            let own: u32 = pairs(&group)
                .iter()
                .map(|(one, other)| history.met(*one, *other).times)
                .sum();
            least = least.min(own + fewest(&left, &rest, history));
        }
    }
    least
}

fn sizes(proposal: &Proposal) -> Vec<usize> {
    let mut sizes: Vec<usize> = proposal.groups.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    sizes
}

fn past(people: &[MemberId], size: Size, outs: usize) -> History {
    let mut history = History::default();
    for seed in 0..outs {
        // Some are away in each of them, as in life.
        let here: Vec<MemberId> = people
            .iter()
            .enumerate()
            .filter(|(index, _)| !(index + seed * 5).is_multiple_of(7))
            .map(|(_, member)| *member)
            .collect();
        let made = propose(&wish(&here, size, &History::default(), &[]), seed as u64);
        history.add(made.groups.iter().map(Vec::as_slice));
    }
    history
}

fn size() -> impl Strategy<Value = Size> {
    prop::sample::select(&Size::ALL[..])
}

proptest! {
    #[test]
    fn everybody_is_in_exactly_one_group_of_fair_size(
        count in 2_usize..=18, size in size(), outs in 0_usize..6, seed in any::<u64>(),
    ) {
        let people = people(count);
        let history = past(&people, size, outs);
        let made = propose(&wish(&people, size, &history, &[]), seed);
        let mut all: Vec<MemberId> = made.groups.concat();
        all.sort_unstable();
        prop_assert_eq!(all, people);
        let sizes = sizes(&made);
        prop_assert!(sizes[0] >= 2 && sizes[sizes.len() - 1] - sizes[0] <= 1);
    }

    #[test]
    fn repeats_are_as_few_as_any_division_has(
        count in 2_usize..=8, size in size(), outs in 0_usize..12, seed in any::<u64>(),
    ) {
        let people = people(count);
        let history = past(&people, size, outs);
        let made = propose(&wish(&people, size, &history, &[]), seed);
        prop_assert_eq!(made.repeats, fewest(&people, &sizes(&made), &history));
    }

    #[test]
    fn the_same_seed_gives_the_same_groups(
        count in 1_usize..=15, size in size(), seed in any::<u64>(),
    ) {
        let people = people(count);
        let history = past(&people, size, 2);
        let once = propose(&wish(&people, size, &history, &[]), seed);
        prop_assert_eq!(once, propose(&wish(&people, size, &history, &[]), seed));
    }

    #[test]
    fn ties_hold_wherever_they_can(
        count in 6_usize..=15, size in size(), outs in 0_usize..6, seed in any::<u64>(),
    ) {
        let people = people(count);
        let history = past(&people, size, outs);
        let ties = [tie(&people, (0, 1), false), tie(&people, (2, 3), true)];
        let made = propose(&wish(&people, size, &history, &ties), seed);
        prop_assert!(!are_together(&made, people[0], people[1]));
        prop_assert!(are_together(&made, people[2], people[3]));
    }
}

#[test]
fn many_people_come_close_to_what_exact_search_would_find() {
    // 18 people who have met nobody but one, each: a division without repeats exists.
    let people = people(18);
    let mut history = History::default();
    history.add(people.chunks(2));
    for size in Size::ALL {
        let made = propose(&wish(&people, size, &history, &[]), 4);
        assert_eq!(made.repeats, 0, "{size}");
    }
}

#[test]
fn those_who_met_longest_ago_meet_again_first() {
    let people = people(4);
    let mut history = History::default();
    for (one, other) in [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))] {
        let groups = [
            [people[one.0], people[one.1]],
            [people[other.0], people[other.1]],
        ];
        history.add(groups.iter().map(<[MemberId; 2]>::as_slice));
    }
    for seed in 0..20 {
        let made = propose(&wish(&people, Size::Pairs, &history, &[]), seed);
        assert!(are_together(&made, people[0], people[1]));
        assert_eq!(made.reason, Reason::AllMet);
    }
}

#[test]
fn mixing_again_gives_other_groups_where_nothing_speaks_against_it() {
    let people = people(8);
    let none = History::default();
    let first = propose(&wish(&people, Size::Pairs, &none, &[]), 0);
    let differs = |seed| propose(&wish(&people, Size::Pairs, &none, &[]), seed) != first;
    assert!((1..10).filter(|seed| differs(*seed)).count() >= 8);
}

#[test]
fn very_few_people_are_told_in_words() {
    let none = History::default();
    let name = |_| "Ana".to_owned();
    let reason = |count, size| {
        let people = people(count);
        let made = propose(&wish(&people, size, &none, &[]), 1);
        (made.groups.len(), made.reason.words(size, &name))
    };
    assert_eq!(reason(0, Size::Pairs), (0, "nobody is here".to_owned()));
    assert_eq!(
        reason(1, Size::Threes),
        (1, "only one person is here; groups need two".to_owned())
    );
    assert_eq!(
        reason(2, Size::Fours),
        (1, "nobody here has met in a group yet".to_owned())
    );
    assert_eq!(
        reason(3, Size::Fours),
        (1, "3 people are here, so all are in one group".to_owned())
    );
}

#[test]
fn a_tie_that_cannot_hold_is_told() {
    let people = people(3);
    let none = History::default();
    let ties = [tie(&people, (0, 2), false)];
    let made = propose(&wish(&people, Size::Threes, &none, &ties), 1);
    assert_eq!(made.reason, Reason::NotApart(people[0], people[2]));
    let four = [people.as_slice(), &[MemberId(Uuid::from_u128(9))]].concat();
    let ties = [
        tie(&four, (0, 1), true),
        tie(&four, (1, 2), true),
        tie(&four, (2, 3), false),
    ];
    let made = propose(&wish(&four, Size::Pairs, &none, &ties), 1);
    assert!(matches!(made.reason, Reason::NotTogether(..)));
    assert!(!are_together(&made, four[2], four[3]));
}

#[test]
fn somebody_new_is_the_reason_that_is_given() {
    let people = people(4);
    let mut history = History::default();
    history.add([&people[..2]]);
    let made = propose(&wish(&people, Size::Pairs, &history, &[]), 1);
    let name = |member: MemberId| {
        let at = people.iter().position(|found| *found == member).unwrap();
        ["Ana", "Ben", "Cleo", "Dov"][at].to_owned()
    };
    let words = made.reason.words(Size::Pairs, &name);
    assert!(words.starts_with("Ana and "), "{words}");
    assert!(
        words.ends_with(" have never met in a pair, nor 1 more"),
        "{words}"
    );
}

#[test]
fn groups_come_back_as_they_were_with_those_who_are_there() {
    let all = people(7);
    let last = Groups {
        id: crate::domain::id::GroupsId(Uuid::from_u128(1)),
        session: crate::domain::id::SessionId(Uuid::from_u128(2)),
        block: crate::domain::id::BlockId(Uuid::from_u128(3)),
        at: crate::domain::clock::Moment::from_millis(0),
        groups: [&all[..2], &all[2..4], &all[4..6]]
            .map(|members| crate::domain::pairing::Group {
                members: members.to_vec(),
                report: None,
            })
            .to_vec(),
        extra: serde_json::Map::new(),
    };
    let none = History::default();
    // The second is away: the first would be alone. The seventh was not there last time.
    let here = [&all[..1], &all[2..]].concat();
    let made = again(&last, &wish(&here, Size::Pairs, &none, &[]));
    assert_eq!(sizes(&made), [3, 3]);
    assert!(are_together(&made, all[2], all[3]) && are_together(&made, all[4], all[5]));
    assert_eq!(made.reason, Reason::Again);
    let alone = again(&last, &wish(&all[..1], Size::Pairs, &none, &[]));
    assert_eq!(alone.reason, Reason::Alone);
}
