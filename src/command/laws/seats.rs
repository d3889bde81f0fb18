//! Seats from plan to end: who is proposed, who is owed, what the end of a session remembers.

use crate::command::laws::world::World;
use crate::command::plan::BlockDraft;
use crate::command::{Command, Step};
use crate::domain::agenda::BlockKind;
use crate::domain::clock::Span;
use crate::domain::id::MemberId;
use crate::domain::rotation::{Held, Seat, Turns};
use crate::domain::session::Session;
use crate::domain::text::Clean;

/// A session of Ana (1), Bo (2), Cy (3) and Di (4) with two hot seats and a talk.
struct Scene {
    world: World,
    people: Vec<MemberId>,
}

impl Scene {
    fn planned() -> Self {
        let mut world = World::new();
        let block = |title: &str, kind| BlockDraft {
            title: Clean::line(title),
            kind,
            minutes: 15,
            ..BlockDraft::default()
        };
        let edit = Command::EditSession {
            circle: world.circles[0],
            session: world.planned(0),
            start: None,
            minutes: None,
            blocks: Some(vec![
                block("First seat", BlockKind::HotSeat),
                block("Second seat", BlockKind::HotSeat),
                block("Talk", BlockKind::Open),
            ]),
        };
        world.send(&edit).unwrap();
        let members = world.state.members(world.circles[0]);
        let people = members.iter().map(|member| member.id).collect();
        Self { world, people }
    }

    fn running() -> Self {
        let mut scene = Self::planned();
        let start = Command::StartSession {
            circle: scene.world.circles[0],
            session: scene.world.planned(0),
            facilitator: Some(scene.people[3]),
        };
        scene.world.send(&start).unwrap();
        scene
    }

    fn session(&self) -> &Session {
        let circle = self.world.circles[0];
        let mut all = self.world.state.sessions(circle);
        all.next().unwrap()
    }

    fn turns(&self) -> Turns<'_> {
        Turns::of(&self.world.state, self.world.circles[0], self.session())
    }

    /// The number of whoever is proposed.
    fn proposed(&self, seat: Seat) -> u16 {
        self.turns().proposed(seat).unwrap().label.0
    }

    fn held(&self, seat: Seat, person: usize) -> Held {
        self.turns().held(seat, self.people[person])
    }

    fn lead(&mut self, block: usize, person: usize) -> Result<(), String> {
        let set = Command::SetLead {
            circle: self.world.circles[0],
            session: self.session().id,
            block: self.session().blocks[block].id,
            lead: Some(self.people[person]),
            owed: false,
        };
        self.world.send(&set).map_err(|refusal| refusal.reason)
    }

    fn seat(&mut self, seat: Seat, person: usize, owed: bool) -> Result<(), String> {
        let command = Command::SetSeat {
            circle: self.world.circles[0],
            session: self.session().id,
            seat,
            member: Some(self.people[person]),
            owed,
        };
        self.world.send(&command).map_err(|refusal| refusal.reason)
    }

    fn leads(&self) -> Vec<Option<MemberId>> {
        self.session()
            .blocks
            .iter()
            .map(|block| block.lead)
            .collect()
    }

    fn end(&mut self) {
        let end = Command::EndSession {
            next: None,
            figures: None,
            leave_rest: false,
        };
        self.world.send(&end).unwrap();
    }
}

#[test]
fn two_hot_seats_are_proposed_to_two_people() {
    let mut scene = Scene::planned();
    assert_eq!(scene.proposed(Seat::Presenter), 1);
    scene.lead(0, 0).unwrap();
    assert_eq!(scene.proposed(Seat::Presenter), 2);
}

#[test]
fn two_people_who_both_have_a_hot_seat_change_places_and_nobody_is_owed() {
    let mut scene = Scene::running();
    scene.lead(0, 0).unwrap();
    scene.lead(1, 1).unwrap();
    scene.lead(0, 1).unwrap();
    let [ana, bo] = [scene.people[0], scene.people[1]];
    assert_eq!(scene.leads(), [Some(bo), Some(ana), None]);
    assert_eq!(scene.held(Seat::Presenter, 0), Held::default());
}

#[test]
fn whoever_gives_a_hot_seat_away_is_owed_one_until_that_is_taken_back() {
    let mut scene = Scene::running();
    scene.lead(0, 0).unwrap();
    scene.lead(0, 2).unwrap();
    assert_eq!(scene.held(Seat::Presenter, 0).owed, 1);
    assert_eq!(scene.held(Seat::Presenter, 2).owed, -1);
    scene.world.press(false).unwrap().unwrap();
    assert_eq!(scene.leads()[0], Some(scene.people[0]));
    assert_eq!(scene.held(Seat::Presenter, 0), Held::default());
}

#[test]
fn a_plan_that_changes_owes_nobody() {
    let mut scene = Scene::planned();
    scene.lead(0, 0).unwrap();
    scene.lead(0, 2).unwrap();
    assert_eq!(scene.held(Seat::Presenter, 0), Held::default());
    scene.lead(2, 0).unwrap();
    scene.lead(2, 1).unwrap();
    assert_eq!(scene.leads()[2], Some(scene.people[1]));
}

#[test]
fn whoever_is_proposed_and_passed_over_is_owed_the_seat() {
    let mut scene = Scene::running();
    assert_eq!(scene.proposed(Seat::Scribe), 1);
    let instead = scene.turns().instead(Seat::Scribe).unwrap().label.0;
    assert_eq!(instead, 2);
    scene.seat(Seat::Scribe, 1, true).unwrap();
    assert_eq!(scene.held(Seat::Scribe, 0).owed, 1);
    scene.end();
    assert_eq!(scene.held(Seat::Scribe, 1).times, 1);
}

#[test]
fn somebody_who_is_away_is_neither_proposed_nor_named() {
    let mut scene = Scene::running();
    let away = Command::Attend {
        circle: scene.world.circles[0],
        session: scene.session().id,
        member: scene.people[0],
        here: false,
    };
    scene.world.send(&away).unwrap();
    assert_eq!(scene.proposed(Seat::Presenter), 2);
    assert_eq!(scene.proposed(Seat::First), 2);
    let refused = scene.lead(0, 0).unwrap_err();
    assert!(refused.contains("number 1 is away"), "{refused}");
    assert!(scene.seat(Seat::Facilitator, 0, false).is_err());
}

#[test]
fn whoever_only_leads_neither_presents_nor_speaks_first() {
    let mut scene = Scene::running();
    scene.seat(Seat::Facilitator, 0, false).unwrap();
    assert_eq!(scene.proposed(Seat::First), 1);
    let only = Command::TakesPart {
        circle: scene.world.circles[0],
        session: scene.session().id,
        takes_part: false,
    };
    scene.world.send(&only).unwrap();
    assert_eq!(scene.proposed(Seat::First), 2);
    assert_eq!(scene.proposed(Seat::Presenter), 2);
    assert_eq!(scene.proposed(Seat::Timekeeper), 2);
}

#[test]
fn a_handover_changes_who_leads_and_nothing_else() {
    let mut scene = Scene::running();
    let live = scene.world.live().cloned();
    scene.seat(Seat::Facilitator, 1, false).unwrap();
    assert_eq!(scene.session().facilitator, Some(scene.people[1]));
    assert_eq!(scene.world.live(), live.as_ref());
    assert!(scene.world.acts.last().unwrap().title.contains("number 2"));
}

#[test]
fn the_end_remembers_who_held_what_and_taking_it_back_forgets_it() {
    let mut scene = Scene::running();
    scene.lead(0, 0).unwrap();
    scene.lead(1, 1).unwrap();
    scene.world.at = scene.world.at + Span::from_minutes(5);
    scene.end();
    assert_eq!(scene.held(Seat::Facilitator, 3).times, 1);
    assert_eq!(scene.held(Seat::Presenter, 0).times, 1);
    assert_eq!(scene.held(Seat::Presenter, 1).times, 0, "never reached");
    scene.world.press(false).unwrap().unwrap();
    assert_eq!(scene.held(Seat::Facilitator, 3), Held::default());
    assert_eq!(scene.held(Seat::Presenter, 0), Held::default());
}

#[test]
fn no_hot_seat_is_given_away_when_none_is_to_come() {
    let mut scene = Scene::running();
    for _ in 0..2 {
        scene.world.at = scene.world.at + Span::from_minutes(5);
        scene.world.send(&Command::Move(Step::Next)).unwrap();
    }
    let refused = scene.seat(Seat::Presenter, 0, false).unwrap_err();
    assert_eq!(refused, "no hot seat is still to come");
}

#[test]
fn whoever_leads_next_is_whoever_led_longest_ago() {
    let scene = Scene::running();
    let next: Vec<u16> = scene
        .turns()
        .lead_next()
        .iter()
        .map(|(member, _)| member.label.0)
        .collect();
    assert_eq!(next, [1, 2, 3, 4]);
    let mut led = Scene::running();
    led.seat(Seat::Facilitator, 0, false).unwrap();
    let next = led.turns().lead_next();
    assert_eq!(next.last().unwrap().0.label.0, 1);
}
