use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::fixture;
use crate::domain::share::CHANGEOVER;

/// Long enough that no number corrects the one before.
const APART: i64 = 4;

#[derive(Clone, Debug)]
enum Move {
    Give(usize),
    Next,
    Pass,
    Nobody,
    Mend,
    Mute,
    Attend(usize),
}

fn moves() -> impl Strategy<Value = Vec<(i64, Move)>> {
    let one = prop_oneof![
        1 => (0usize..12).prop_map(Move::Give),
        3 => Just(Move::Next),
        1 => Just(Move::Pass),
        1 => Just(Move::Nobody),
        1 => Just(Move::Mend),
        1 => Just(Move::Mute),
        1 => (0usize..12).prop_map(Move::Attend),
    ];
    prop::collection::vec((APART..200, one), 0..60)
}

fn member(n: usize) -> MemberId {
    MemberId(Uuid::from_u128(u128::try_from(n).unwrap() + 1))
}

struct Room {
    floor: Floor,
    scene: Scene,
    muted: bool,
    at: Span,
}

impl Room {
    fn of(people: usize) -> Self {
        let order: Vec<MemberId> = (0..people).map(member).collect();
        let mut room = Self {
            floor: Floor::new(fixture::session_id()),
            scene: Scene {
                terms: Terms {
                    place: Some(Place { block: 0, step: 0 }),
                    limit: Some(scene::LIMIT),
                    ends: Span::from_secs(1800),
                    rests: false,
                    opens: None,
                },
                round: true,
                here: order.clone(),
                order,
            },
            muted: false,
            at: Span::ZERO,
        };
        room.floor.settle(&room.scene, room.at);
        room
    }

    fn make(&mut self, step: &Move) {
        let change = match step {
            Move::Give(n) if self.scene.here.contains(&member(*n)) => FloorMove::Give(member(*n)),
            Move::Give(_) | Move::Nobody => FloorMove::Nobody,
            Move::Next => FloorMove::Next,
            Move::Pass => FloorMove::Pass,
            Move::Mend => FloorMove::Mend,
            Move::Mute => {
                self.muted = !self.muted;
                FloorMove::Mute(self.muted)
            }
            Move::Attend(n) => {
                let who = member(*n);
                if self.scene.order.contains(&who) {
                    self.scene.order.retain(|other| *other != who);
                } else {
                    self.scene.order.push(who);
                }
                self.scene.here.clone_from(&self.scene.order);
                return self.floor.settle(&self.scene, self.at);
            }
        };
        self.floor.make(change, self.at, 0);
    }
}

proptest! {
    #[test]
    fn shares_add_up_to_what_is_left(people in 1usize..13, steps in moves()) {
        let mut room = Room::of(people);
        for (wait, step) in steps {
            room.at = room.at + Span::from_secs(wait);
            let was = room.floor.round.clone();
            room.make(&step);
            let round = room.floor.round.as_ref().unwrap();
            prop_assert_eq!(round.shares().len(), round.left());
            if was.as_ref() == Some(round) || round.left() == 0 {
                continue;
            }
            let from = if round.now.is_some() { room.floor.called } else { room.at };
            let left = (room.scene.terms.ends - from).whole_secs().max(0);
            let gaps = (CHANGEOVER.whole_secs() * (i64::try_from(round.left()).unwrap() - 1)).min(left / 4);
            let sum: Span = round.shares().iter().copied().sum();
            prop_assert_eq!(sum.whole_secs() + gaps, left);
            let (most, least) = (round.shares()[0], *round.shares().last().unwrap());
            prop_assert!(most - least <= Span::from_secs(1));
        }
    }

    #[test]
    fn nobody_is_called_twice_before_all_were_called_once(people in 1usize..13, steps in moves()) {
        let mut room = Room::of(people);
        let mut calls: BTreeMap<MemberId, u32> = BTreeMap::new();
        for (wait, step) in steps {
            room.at = room.at + Span::from_secs(wait);
            // A number is pressed for whoever speaks anyway, and mending says that a call was none.
            if matches!(step, Move::Give(_) | Move::Mend) {
                continue;
            }
            let before = room.floor.speaker;
            if let (Move::Attend(n), Some(speaker)) = (&step, before)
                && member(*n) == speaker
            {
                // Whoever leaves in the middle of their turn has it when they are back.
                calls.remove(&speaker);
            }
            room.make(&step);
            let Some(speaker) = room.floor.speaker.filter(|now| Some(*now) != before) else {
                continue;
            };
            let round = room.floor.round.as_ref().unwrap();
            let again = round.passed.contains(&speaker);
            *calls.entry(speaker).or_default() += 1;
            prop_assert!(calls[&speaker] == 1 || again);
            if again && calls[&speaker] > 1 {
                let uncalled = round.waiting.iter().find(|waits| {
                    !calls.contains_key(waits) && !round.passed.contains(waits)
                });
                prop_assert_eq!(uncalled, None);
            }
        }
    }

    #[test]
    fn what_is_somebodys_and_what_is_nobodys_is_the_time_that_counted(
        people in 1usize..13, steps in moves()
    ) {
        let mut room = Room::of(people);
        let mut counted = Span::ZERO;
        for (wait, step) in steps {
            let wait = Span::from_secs(wait);
            room.at = room.at + wait;
            if !room.muted {
                counted = counted + wait;
            }
            room.make(&step);
            let talk = room.floor.talk(room.at);
            prop_assert_eq!(talk.assigned + talk.unassigned, counted);
            prop_assert_eq!(talk.by.values().copied().sum::<Span>(), talk.assigned);
        }
    }

    #[test]
    fn it_reads_back_as_it_was_written(people in 1usize..13, steps in moves()) {
        let mut room = Room::of(people);
        for (wait, step) in steps {
            room.at = room.at + Span::from_secs(wait);
            room.make(&step);
        }
        let text = serde_json::to_string(&room.floor).unwrap();
        prop_assert_eq!(serde_json::from_str::<Floor>(&text).unwrap(), room.floor);
    }
}
