use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::agenda::BlockKind;
use crate::domain::clock::Span;
use crate::domain::fixture;
use crate::domain::roster::Label;
use crate::domain::session::Session;
use crate::domain::text::Clean;

fn member(label: u16) -> Member {
    Member::new(
        MemberId(Uuid::from_u128(u128::from(label))),
        Clean::line("Mei"),
        Label(label),
        fixture::start(),
    )
}

fn people(count: u16) -> Vec<Member> {
    (1..=count).map(member).collect()
}

fn week(n: i64) -> Moment {
    fixture::start() + Span::from_minutes(n * 7 * 24 * 60)
}

fn labels(row: &[&Member]) -> Vec<u16> {
    row.iter().map(|member| member.label.0).collect()
}

const SEAT: Seat = Seat::Scribe;

#[test]
fn whoever_never_held_a_seat_comes_first_then_whoever_held_it_longest_ago() {
    let people = people(4);
    let all: Vec<&Member> = people.iter().collect();
    let mut rotation = Rotation::default();
    rotation.take(SEAT, people[0].id, week(2));
    rotation.take(SEAT, people[2].id, week(1));
    assert_eq!(labels(&rotation.order(SEAT, &all)), [2, 4, 3, 1]);
    assert_eq!(labels(&rotation.order(Seat::First, &all)), [1, 2, 3, 4]);
}

#[test]
fn whoever_was_passed_over_comes_first_next_time_and_is_then_paid() {
    let people = people(3);
    let all: Vec<&Member> = people.iter().collect();
    let mut rotation = Rotation::default();
    for (n, member) in (0..).zip(&people) {
        rotation.take(SEAT, member.id, week(n));
    }
    // It is the turn of 1, who lets 2 go first.
    rotation.pass_over(SEAT, people[0].id, Some(people[1].id));
    rotation.take(SEAT, people[1].id, week(3));
    assert_eq!(labels(&rotation.order(SEAT, &all)), [1, 3, 2]);
    rotation.take(SEAT, people[0].id, week(4));
    assert_eq!(rotation.held(SEAT, people[0].id).owed, 0);
    assert_eq!(rotation.held(SEAT, people[1].id).owed, 0);
    assert_eq!(labels(&rotation.order(SEAT, &all)), [3, 2, 1]);
}

#[test]
fn passing_over_again_and_again_asks_everybody_once() {
    let people = people(4);
    let all: Vec<&Member> = people.iter().collect();
    let mut rotation = Rotation::default();
    let mut holder = &people[0];
    let mut asked = vec![1];
    for _ in 0..3 {
        let taker = rotation.instead_of(SEAT, holder.id, &all).unwrap();
        rotation.pass_over(SEAT, holder.id, Some(taker.id));
        holder = taker;
        asked.push(taker.label.0);
    }
    asked.sort_unstable();
    assert_eq!(asked, [1, 2, 3, 4]);
    let alone = [&people[0]];
    assert!(rotation.instead_of(SEAT, people[0].id, &alone).is_none());
}

#[test]
fn the_line_says_why_somebody_is_where_they_are() {
    let today = week(3).date(Zone::UTC);
    let mut rotation = Rotation::default();
    let id = member(1).id;
    let why = |rotation: &Rotation| rotation.held(SEAT, id).why(today, Zone::UTC);
    assert_eq!(why(&rotation), "never yet");
    rotation.take(SEAT, id, week(0));
    rotation.pass_over(SEAT, id, None);
    assert_eq!(why(&rotation), "last 12 Mar, owed one");
    rotation.pass_over(SEAT, id, None);
    let later = week(52).date(Zone::UTC);
    assert_eq!(
        rotation.held(SEAT, id).why(later, Zone::UTC),
        "last 12 Mar 2026, owed 2"
    );
}

/// A session that was led by 1, written by 2, with 3 in a hot seat that was reached and 4 in one that was not.
fn held() -> Session {
    let people = people(4);
    let (mut session, at) = fixture::session(&[10, 10]);
    session.facilitator = Some(people[0].id);
    session.seats.insert(Seat::Scribe, people[1].id);
    for (block, member) in session.blocks.iter_mut().zip(&people[2..]) {
        block.kind = BlockKind::HotSeat;
        block.lead = Some(member.id);
    }
    session.blocks[0].took = Some(Span::from_minutes(8));
    session.started = Some(at);
    session
}

#[test]
fn the_end_of_a_session_counts_seats_that_were_held_and_hot_seats_that_were_reached() {
    let session = held();
    let mut rotation = Rotation::default();
    rotation.count(&session, |_| true);
    let times = |seat, label| rotation.held(seat, member(label).id).times;
    assert_eq!(times(Seat::Facilitator, 1), 1);
    assert_eq!(times(Seat::Scribe, 2), 1);
    assert_eq!(
        (times(Seat::Presenter, 3), times(Seat::Presenter, 4)),
        (1, 0)
    );
    assert_eq!(
        rotation.held(Seat::Scribe, member(2).id).last,
        session.started
    );
    let mut without = Rotation::default();
    without.count(&session, |id| id != member(1).id);
    assert_eq!(without.held(Seat::Facilitator, member(1).id).times, 0);
}

#[test]
fn somebody_who_is_left_out_leaves_no_trace() {
    let mut rotation = Rotation::default();
    rotation.count(&held(), |_| true);
    let gone = member(2).id;
    assert!(rotation.keep(|id| id != gone));
    assert!(
        !serde_json::to_string(&rotation)
            .unwrap()
            .contains(&gone.to_string())
    );
    assert!(!rotation.keep(|id| id != gone));
}

#[test]
fn a_rotation_reads_back_from_what_is_stored() {
    let mut rotation = Rotation::default();
    rotation.count(&held(), |_| true);
    let body = serde_json::to_value(&rotation).unwrap();
    assert_eq!(serde_json::from_value::<Rotation>(body).unwrap(), rotation);
}

proptest! {
    /// Whoever is always there holds the seat at least once in as many sessions as there are members.
    #[test]
    fn nobody_who_is_there_waits_longer_than_there_are_members(
        count in 1u16..13,
        absences in prop::collection::vec(any::<u16>(), 1..60),
    ) {
        let people = people(count);
        let mut rotation = Rotation::default();
        let mut waited = vec![0; people.len()];
        for (n, away) in (0..).zip(absences) {
            let here: Vec<&Member> = people
                .iter()
                .filter(|member| away >> member.label.0 & 1 == 0)
                .collect();
            let Some(next) = rotation.order(SEAT, &here).first().map(|member| member.id) else {
                continue;
            };
            rotation.take(SEAT, next, week(n));
            for (member, waited) in people.iter().zip(&mut waited) {
                let there = here.iter().any(|other| other.id == member.id);
                if member.id == next {
                    *waited = 0;
                } else if there {
                    *waited += 1;
                }
                // Sessions one was away from do not count as waiting.
                prop_assert!(*waited < people.len());
            }
        }
    }

    /// Whatever is passed over and taken, what is owed and what was taken for others add up.
    #[test]
    fn debts_add_up(moves in prop::collection::vec((0usize..5, 0usize..5, any::<bool>()), 0..60)) {
        let people = people(5);
        let mut rotation = Rotation::default();
        for (n, (one, other, pass)) in (0..).zip(moves) {
            if pass && one != other {
                rotation.pass_over(SEAT, people[one].id, Some(people[other].id));
            } else {
                rotation.take(SEAT, people[one].id, week(n));
            }
            let sum: i16 = people.iter().map(|member| rotation.held(SEAT, member.id).owed).sum();
            prop_assert_eq!(sum, 0);
        }
    }
}
