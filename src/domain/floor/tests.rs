use std::collections::BTreeMap;

use super::*;
use crate::domain::fixture;
use crate::domain::floor::time::NoTalk;

fn secs(n: i64) -> Span {
    Span::from_secs(n)
}

#[test]
fn direct_replies_go_first_and_a_second_press_lowers() {
    let [a, b, c, d] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    for (member, direct) in [(a, false), (b, true), (c, false), (d, true)] {
        floor.make(FloorMove::Hand { member, direct }, secs(0), 0);
    }
    let order: Vec<_> = floor.queue.iter().map(|hand| hand.member).collect();
    assert_eq!(order, [b, d, a, c]);
    floor.make(
        FloorMove::Hand {
            member: a,
            direct: false,
        },
        secs(0),
        0,
    );
    assert_eq!(floor.hand(a), None);
    floor.make(FloorMove::Next, secs(20), 0);
    assert_eq!((floor.speaker, floor.next()), (Some(b), Some(d)));
}

#[test]
fn a_slip_of_the_finger_joins_the_next_turn() {
    let [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.make(FloorMove::Give(a), secs(30), 0);
    floor.make(FloorMove::Give(b), secs(33), 0);
    assert_eq!(floor.speaking(secs(60)), secs(30));
    assert_eq!(floor.talk(secs(60)).by, BTreeMap::from([(b, secs(30))]));
}

#[test]
fn whoever_leaves_is_neither_speaking_nor_waiting() {
    let [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.make(FloorMove::Give(a), secs(0), 0);
    floor.make(
        FloorMove::Hand {
            member: b,
            direct: false,
        },
        secs(5),
        0,
    );
    floor.make(FloorMove::Leave(a), secs(60), 0);
    floor.make(FloorMove::Leave(b), secs(60), 0);
    assert_eq!((floor.speaker, floor.next()), (None, None));
    assert_eq!(floor.talk(secs(90)).by, BTreeMap::from([(a, secs(60))]));
}

#[test]
fn giving_the_floor_again_changes_nothing() {
    let [a, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.make(FloorMove::Give(a), secs(0), 0);
    let before = floor.clone();
    floor.make(FloorMove::Give(a), secs(90), 0);
    assert_eq!(floor, before);
}

/// A step of ten minutes, the first of the block `block`.
fn scene(block: usize, people: &[MemberId]) -> Scene {
    Scene {
        terms: Terms {
            place: Some(Place { block, step: 0 }),
            limit: Some(scene::LIMIT),
            ends: secs(600),
            rests: false,
            opens: None,
        },
        round: false,
        order: people.to_vec(),
        here: people.to_vec(),
    }
}

fn round_of(people: &[MemberId]) -> (Floor, Scene) {
    let scene = Scene {
        round: true,
        ..scene(0, people)
    };
    let mut floor = Floor::new(fixture::session_id());
    floor.settle(&scene, secs(0));
    (floor, scene)
}

fn round(floor: &Floor) -> &Round {
    floor.round.as_ref().unwrap()
}

#[test]
fn a_round_begins_with_nobody_and_calls_everyone_in_order() {
    let people = fixture::members();
    let (mut floor, _) = round_of(&people);
    assert_eq!((floor.speaker, floor.next()), (None, Some(people[0])));
    for (place, member) in (1..).zip(people) {
        floor.make(FloorMove::Next, secs(60 * place), 0);
        assert_eq!(floor.speaker, Some(member));
    }
    assert!(round(&floor).is_last());
    floor.make(FloorMove::Nobody, secs(400), 0);
    assert!(round(&floor).is_over());
    assert_eq!(floor.next(), None);
}

#[test]
fn whoever_passes_is_asked_again_last_and_heard_at_the_second_time() {
    let people @ [a, b, c, d] = fixture::members();
    let (mut floor, _) = round_of(&people);
    floor.make(FloorMove::Next, secs(1), 0);
    floor.make(FloorMove::Pass, secs(5), 0);
    assert_eq!(floor.speaker, Some(b));
    assert_eq!(round(&floor).waiting, [c, d, a]);
    for at in [60, 120, 180] {
        floor.make(FloorMove::Next, secs(at), 0);
    }
    assert_eq!(floor.speaker, Some(a));
    floor.make(FloorMove::Pass, secs(190), 0);
    assert!(round(&floor).is_over());
    assert_eq!(floor.speaker, None);
}

#[test]
fn when_everyone_passes_everyone_is_asked_twice_and_the_round_is_over() {
    let people = fixture::members();
    let (mut floor, _) = round_of(&people);
    floor.make(FloorMove::Next, secs(1), 0);
    for n in 0..8 {
        assert_eq!(floor.speaker, Some(people[n % 4]));
        floor.make(
            FloorMove::Pass,
            secs(20 * i64::try_from(n).unwrap() + 20),
            0,
        );
    }
    assert!(round(&floor).is_over());
    assert_eq!(round(&floor).heard, people);
}

#[test]
fn a_number_out_of_order_is_that_persons_turn_and_a_quick_second_one_corrects_it() {
    let people @ [a, b, c, d] = fixture::members();
    let (mut floor, _) = round_of(&people);
    floor.make(FloorMove::Give(c), secs(30), 0);
    floor.make(FloorMove::Give(b), secs(32), 0);
    assert_eq!(round(&floor).waiting, [a, c, d]);
    floor.make(FloorMove::Give(d), secs(90), 0);
    assert_eq!(round(&floor).waiting, [a, c]);
    assert_eq!(round(&floor).heard, [b]);
    floor.make(FloorMove::Give(b), secs(150), 0);
    assert_eq!((floor.speaker, round(&floor).now), (Some(b), None));
    assert_eq!(floor.next(), Some(a));
}

#[test]
fn in_the_queue_whoever_passes_goes_last_and_the_second_time_lowers_the_hand() {
    let [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    for member in [a, b] {
        let hand = FloorMove::Hand {
            member,
            direct: false,
        };
        floor.make(hand, secs(0), 0);
    }
    floor.make(FloorMove::Pass, secs(1), 0);
    assert_eq!((floor.speaker, floor.next()), (None, Some(b)));
    floor.make(FloorMove::Next, secs(2), 0);
    floor.make(FloorMove::Pass, secs(20), 0);
    assert_eq!((floor.speaker, floor.next()), (Some(b), None));
}

#[test]
fn a_round_is_divided_anew_when_somebody_comes_or_goes() {
    let people @ [a, b, c, d] = fixture::members();
    let (mut floor, mut scene) = round_of(&people);
    assert_eq!(round(&floor).each(), Some(secs(142)));
    floor.make(FloorMove::Next, secs(0), 0);
    floor.make(FloorMove::Next, secs(142), 0);
    scene.order = vec![a, b, d];
    scene.here.clone_from(&scene.order);
    floor.settle(&scene, secs(150));
    assert_eq!(round(&floor).waiting, [d]);
    assert_eq!(round(&floor).shares(), [secs(224), secs(224)]);
    scene.order = people.to_vec();
    scene.here.clone_from(&scene.order);
    floor.settle(&scene, secs(160));
    assert_eq!(round(&floor).waiting, [d, c]);
    assert_eq!(round(&floor).heard, [a]);
    assert_eq!(floor.speaker, Some(b));
}

#[test]
fn whoever_comes_late_is_asked_before_those_who_have_passed() {
    let people @ [a, b, c, d] = fixture::members();
    let (mut floor, mut scene) = round_of(&people[..3]);
    floor.make(FloorMove::Next, secs(0), 0);
    floor.make(FloorMove::Pass, secs(20), 0);
    scene.order = vec![a, b, c, d];
    scene.here.clone_from(&scene.order);
    floor.settle(&scene, secs(30));
    assert_eq!(
        (floor.speaker, &round(&floor).waiting[..]),
        (Some(b), &[c, d, a][..])
    );
}

#[test]
fn coming_back_to_a_round_finds_it_as_it_was() {
    let people @ [a, b, c, d] = fixture::members();
    let (mut floor, first) = round_of(&people);
    floor.make(FloorMove::Next, secs(10), 0);
    floor.make(FloorMove::Next, secs(70), 0);
    floor.settle(&scene(1, &people), secs(100));
    assert_eq!((floor.next(), floor.round.is_some()), (None, false));
    assert_eq!(floor.speaker, None);
    floor.settle(&first, secs(102));
    assert_eq!(round(&floor).heard, [a]);
    assert_eq!(round(&floor).waiting, [b, c, d]);
}

#[test]
fn a_turn_without_a_key_is_in_doubt_and_its_number_confirms_it() {
    let people @ [a, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.settle(&scene(0, &people), secs(0));
    floor.make(FloorMove::Give(a), secs(20), 0);
    assert!(!floor.is_doubtful(secs(140)) && floor.is_doubtful(secs(141)));
    assert_eq!(floor.speaking(secs(200)), secs(120));
    floor.make(FloorMove::Give(a), secs(200), 0);
    assert!(!floor.is_doubtful(secs(260)));
    let talk = floor.talk(secs(260));
    assert_eq!(talk.by, BTreeMap::from([(a, secs(180))]));
    assert_eq!(talk.unassigned, secs(80));
}

#[test]
fn the_turn_before_goes_with_its_doubtful_tail_to_whoever_speaks_now() {
    let people @ [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.settle(&scene(0, &people), secs(0));
    floor.make(FloorMove::Give(a), secs(0), 0);
    floor.make(FloorMove::Give(b), secs(160), 0);
    let before = floor.before().unwrap();
    assert_eq!((before.of, before.length), (Some(a), secs(160)));
    floor.make(FloorMove::Mend, secs(170), 0);
    assert_eq!(floor.talk(secs(180)).by, BTreeMap::from([(b, secs(180))]));
    assert_eq!(floor.before(), None);
}

#[test]
fn mending_in_a_round_leaves_the_other_one_still_to_speak() {
    let people @ [a, b, c, d] = fixture::members();
    let (mut floor, _) = round_of(&people);
    floor.make(FloorMove::Give(c), secs(0), 0);
    floor.make(FloorMove::Give(a), secs(60), 0);
    floor.make(FloorMove::Mend, secs(61), 0);
    assert_eq!(round(&floor).waiting, [c, b, d]);
    assert_eq!(round(&floor).now, Some(a));
    assert_eq!(floor.talk(secs(70)).by, BTreeMap::from([(a, secs(70))]));
}

#[test]
fn off_the_record_and_in_a_break_time_is_nobodys() {
    let people @ [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.settle(&scene(0, &people), secs(0));
    floor.make(FloorMove::Give(a), secs(0), 0);
    floor.make(FloorMove::Mute(true), secs(30), 0);
    floor.make(FloorMove::Give(b), secs(200), 0);
    assert_eq!(floor.speaker, Some(b));
    floor.make(FloorMove::Mute(false), secs(250), 0);
    let rest = Scene {
        terms: Terms {
            place: Some(Place { block: 1, step: 0 }),
            rests: true,
            ..scene(0, &people).terms
        },
        ..scene(0, &people)
    };
    floor.settle(&rest, secs(270));
    assert_eq!(floor.speaker, None);
    let talk = floor.talk(secs(500));
    assert_eq!(talk.by, BTreeMap::from([(a, secs(30)), (b, secs(20))]));
    assert_eq!(talk.unassigned, Span::ZERO);
}

#[test]
fn what_was_said_before_off_the_record_stays_whose_it_was() {
    let [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.make(FloorMove::Give(a), secs(0), 0);
    floor.make(FloorMove::Mute(true), secs(30), 0);
    floor.make(FloorMove::Give(b), secs(50), 0);
    assert_eq!(floor.before(), None);
    floor.make(FloorMove::Mend, secs(51), 0);
    floor.make(FloorMove::Mute(false), secs(60), 0);
    assert_eq!(floor.before(), None);
    assert_eq!(floor.talk(secs(60)).by, BTreeMap::from([(a, secs(30))]));
}

#[test]
fn silence_ends_with_the_first_word() {
    let [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.make(FloorMove::Give(a), secs(0), 0);
    floor.make(FloorMove::Silence(true), secs(30), 0);
    assert_eq!((floor.speaker, floor.silent), (None, Some(secs(30))));
    floor.make(FloorMove::Give(b), secs(50), 0);
    assert_eq!(floor.silent, None);
}

#[test]
fn speaking_time_is_compared_only_where_that_says_something() {
    let people @ [a, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.settle(&scene(0, &people), secs(0));
    assert_eq!(floor.comparable(secs(60), 5, false), Err(NoTalk::Gaps));
    floor.make(FloorMove::Give(a), secs(20), 0);
    assert_eq!(floor.comparable(secs(99), 5, false), Err(NoTalk::Gaps));
    assert!(floor.comparable(secs(100), 5, false).is_ok());
    assert_eq!(floor.comparable(secs(100), 4, false), Err(NoTalk::Few));
    assert_eq!(floor.comparable(secs(100), 5, true), Err(NoTalk::Seat));
}

#[test]
fn time_that_is_taken_back_was_not_spoken() {
    let people @ [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.settle(&scene(0, &people), secs(0));
    floor.make(FloorMove::Give(a), secs(0), 0);
    floor.make(FloorMove::Give(b), secs(90), 0);
    floor.settle(&scene(0, &people), secs(60));
    assert_eq!(
        floor.talk(secs(70)).by,
        BTreeMap::from([(a, secs(60)), (b, secs(10))])
    );
}

#[test]
fn a_floor_of_an_older_file_is_read() {
    let old = serde_json::json!({
        "session": fixture::session_id(), "speaker": null, "since": 5, "queue": [], "turns": []
    });
    let floor: Floor = serde_json::from_value(old).unwrap();
    assert_eq!((floor.since, floor.round), (Span::from_millis(5), None));
}

#[test]
fn whoever_sits_has_the_floor_when_the_step_is_theirs_and_after_a_swap() {
    let [a, b, ..] = fixture::members();
    let (mut floor, mut step) = (Floor::new(fixture::session_id()), scene(0, &[a, b]));
    floor.settle(&step, secs(0));
    floor.make(FloorMove::Give(b), secs(5), 0);
    step.terms.place = Some(Place { block: 1, step: 0 });
    step.terms.opens = Some(a);
    floor.settle(&step, secs(60));
    assert_eq!(floor.speaker, Some(a));
    floor.make(FloorMove::Give(b), secs(90), 1);
    floor.settle(&step, secs(95));
    assert_eq!(
        floor.speaker,
        Some(b),
        "a digit wins as long as nothing changes"
    );
    step.terms.opens = None;
    floor.settle(&step, secs(100));
    assert_eq!(floor.speaker, Some(b));
    step.terms.opens = Some(a);
    floor.settle(&step, secs(110));
    assert_eq!(floor.speaker, Some(a));
}

#[test]
fn whoever_speaks_goes_on_in_the_next_step_and_another_block_begins_with_nobody() {
    let [a, b, ..] = fixture::members();
    let mut floor = Floor::new(fixture::session_id());
    floor.settle(&scene(0, &[a, b]), secs(0));
    floor.make(FloorMove::Give(a), secs(10), 0);
    let mut second = scene(0, &[a, b]);
    second.terms.place = Some(Place { block: 0, step: 1 });
    floor.settle(&second, secs(60));
    assert_eq!(floor.speaker, Some(a));
    floor.settle(&scene(1, &[a, b]), secs(90));
    assert_eq!(floor.speaker, None);
    // What was said belongs to the block in which it was said.
    assert!(floor.was_heard(a, 0) && !floor.was_heard(a, 1));
}
