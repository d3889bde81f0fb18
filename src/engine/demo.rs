//! Makes the store of the demo: circles that never existed, one of them in the middle of a session.
//! Everything is relative to now, and comes in as one act.

mod items;
mod reading;
mod sessions;
mod talk;

use std::collections::BTreeMap;

use chrono::Datelike as _;

use crate::domain::change::{Act, ActKind, Change};
use crate::domain::circle::{Circle, CircleKind, Counter};
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::document::Document;
use crate::domain::floor::Floor;
use crate::domain::id::{CircleId, Ids, Key, Kind, MemberId, QuestionId, SessionId, Space};
use crate::domain::item::{Due, Owner};
use crate::domain::question::{Asked, DraftQuestion};
use crate::domain::rhythm::{Meets, Rhythm};
use crate::domain::roster::{Label, Member, Role};
use crate::domain::state::counter_key;
use crate::engine::Engine;
use crate::engine::clock::seed;
use crate::engine::jobs::{self, Job};
use crate::packs;
use crate::packs::demo::{Demo, DemoCircle, DemoPerson, Names, demo};

impl Engine {
    /// Fills a new store with the demo.
    pub(super) fn make_demo(&mut self, names: Names) {
        let now = self.options.clock.now();
        let ids = Ids::new(now, seed());
        let (changes, floor) = world(&demo(names), now, (self.options.zone, ids));
        let act = Act {
            id: self.new_act_id(),
            seq: 0,
            revs: BTreeMap::new(),
            at: now,
            by: self.options.by.of_nobody(),
            title: "the demo".to_owned(),
            kind: ActKind::Do,
            changes,
        };
        let job = Job::new(
            jobs::Origin::Inner,
            (act.id, act.by),
            // Never decided: the act is ready.
            crate::command::Command::Redo,
        );
        self.aside.floor = floor;
        self.show(job, act);
    }
}

/// All documents of the demo, and who speaks.
pub(crate) fn world(
    demo: &Demo,
    now: Moment,
    (zone, ids): (Zone, Ids),
) -> (Vec<Change>, Option<Floor>) {
    let mut world = World {
        now,
        zone,
        ids,
        docs: Vec::new(),
        bank: Vec::new(),
        floor: None,
    };
    world.bank = packs::questions()
        .into_iter()
        .map(|draft| (QuestionId(world.ids.make()), draft))
        .collect();
    for circle in &demo.circles {
        world.circle(circle);
    }
    world.number_questions();
    let changes = world.docs.into_iter().map(|(key, document)| Change {
        key,
        before: None,
        after: Some(document.to_body()),
    });
    (changes.collect(), world.floor)
}

struct World {
    now: Moment,
    zone: Zone,
    ids: Ids,
    docs: Vec<(Key, Document)>,
    /// The starter bank; what members wrote follows it.
    bank: Vec<(QuestionId, DraftQuestion)>,
    floor: Option<Floor>,
}

/// A circle while its documents are made.
struct Place<'a> {
    id: CircleId,
    people: Vec<MemberId>,
    data: &'a DemoCircle,
    /// Day on which everything counts.
    day: Moment,
    counter: Counter,
    /// The sessions that are over: the day of each, and which it is.
    held: Vec<(Moment, SessionId)>,
    /// What it was asked.
    asked: BTreeMap<QuestionId, Asked>,
}

impl Place<'_> {
    fn member(&self, number: usize) -> Option<MemberId> {
        self.people.get(number.checked_sub(1)?).copied()
    }

    fn owner(&self, number: Option<usize>, all: bool) -> Owner {
        match number.and_then(|number| self.member(number)) {
            Some(member) => Owner::Member(member),
            None if all => Owner::All,
            None => Owner::Nobody,
        }
    }
}

const fn secs(secs: u32) -> Span {
    Span::from_secs(secs as i64)
}

const fn days(days: i64) -> Span {
    Span::from_minutes(days * 24 * 60)
}

impl World {
    fn put(&mut self, key: Key, document: impl Into<Document>) {
        self.docs.push((key, document.into()));
    }

    fn circle(&mut self, data: &DemoCircle) {
        let id = CircleId(self.ids.make());
        let people = data
            .people
            .iter()
            .map(|_| MemberId(self.ids.make()))
            .collect();
        let mut place = Place {
            id,
            people,
            data,
            day: self.now,
            counter: Counter::default(),
            held: Vec::new(),
            asked: BTreeMap::new(),
        };
        let circle = Circle {
            rhythm: self.rhythm(data),
            kind: if data.book.is_some() {
                CircleKind::BookClub
            } else {
                CircleKind::default()
            },
            ..Circle::new(id, data.name.clone(), self.now - days(200))
        };
        self.put(Key::circle(id, Kind::Circle, id.0), circle);
        for (at, person) in data.people.iter().enumerate() {
            self.member(&place, at, person);
        }
        for past in &data.past {
            self.past(&mut place, past);
        }
        for action in &data.actions {
            self.action(&mut place, action);
        }
        if let Some(live) = &data.live {
            self.live(&mut place, live);
        }
        if let Some(ahead) = data.next_days {
            self.planned(&mut place, ahead);
        }
        for (question, asked) in std::mem::take(&mut place.asked) {
            self.put(Key::circle(id, Kind::Asked, question.0), asked);
        }
        self.put(counter_key(Space::Circle(id)), place.counter);
    }

    /// The rule by which a circle meets, on the day of the week of the session that runs or is next.
    fn rhythm(&self, data: &DemoCircle) -> Option<Rhythm> {
        let day = self.now + days(data.next_days.unwrap_or(0));
        let meets = data.meets_on(day.date(self.zone).weekday());
        match Meets::parse(&meets, self.now.local(self.zone)) {
            Ok(Meets::Every(rhythm)) => Some(rhythm),
            Ok(Meets::Once { .. }) | Err(_) => None,
        }
    }

    fn member(&mut self, place: &Place<'_>, at: usize, person: &DemoPerson) {
        let Some(id) = place.member(at + 1) else {
            return;
        };
        let facilitates = person
            .role
            .as_ref()
            .is_some_and(|role| role.as_str() == "facilitator");
        let member = Member {
            role: if facilitates {
                Role::Facilitator
            } else {
                Role::Member
            },
            phone: person.phone,
            ..Member::new(
                id,
                person.name.clone(),
                Label(u16::try_from(at + 1).unwrap_or(u16::MAX)),
                self.now - days(200),
            )
        };
        self.put(Key::circle(place.id, Kind::Member, id.0), member);
    }

    fn due(&self, ahead: Option<i64>) -> Due {
        let Some(ahead) = ahead else {
            return Due::None;
        };
        Due::On((self.now + days(ahead)).date(self.zone))
    }

    /// An id that carries the instant at which something was made.
    fn made(&mut self, at: Moment) -> uuid::Uuid {
        Ids::new(at, self.ids.draw()).make()
    }

    /// Everything that is in the bank now, numbered in turn.
    fn number_questions(&mut self) {
        let mut counter = Counter::default();
        for (id, draft) in std::mem::take(&mut self.bank) {
            counter.question += 1;
            let question = draft.into_question(id, counter.question);
            self.put(Key::new(Space::Org, Kind::Question, id.0), question);
        }
        self.put(counter_key(Space::Org), counter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::state::State;

    const NOW: Moment = Moment::from_millis(1_773_327_600_000);

    fn made() -> (State, Floor) {
        let ids = Ids::new(NOW, 1);
        let (changes, floor) = world(&demo(Names::Friendly), NOW, (Zone::UTC, ids));
        let mut state = State::default();
        state.apply_changes(&changes).unwrap();
        (state, floor.unwrap())
    }

    #[test]
    fn the_demo_is_in_the_middle_of_its_third_block() {
        let (state, floor) = made();
        let (circle, session, live) = state.running().unwrap();
        assert_eq!((session.number, live.block), (7, 2));
        assert_eq!(live.clock.elapsed(NOW), Span::from_secs(30 * 60 + 48));
        assert_eq!(live.left(NOW), Span::from_secs(15 * 60 - 438));
        assert_eq!(session.blocks[2].prompts.len(), 4);
        assert!(session.blocks[2].prompts[0].asked.is_some());
        assert_eq!(floor.session, session.id);
        assert_eq!(state.members(circle).len(), 6);
        assert_eq!(session.away.len(), 1);
    }

    #[test]
    fn everybody_in_the_demo_has_spoken_as_long_as_it_says() {
        let (state, floor) = made();
        let data = demo(Names::Friendly);
        let (circle, _, live) = state.running().unwrap();
        let times = floor.talk(live.clock.elapsed(NOW)).by;
        let people = state.members(circle);
        for turns in &data.circles[0].live.as_ref().unwrap().turns {
            let member = people[turns.person - 1].id;
            assert_eq!(times[&member], secs(turns.secs));
        }
        assert!(floor.turns.iter().all(|turn| turn.from <= turn.to));
    }

    #[test]
    fn numbers_go_on_where_the_demo_ends() {
        let (state, _) = made();
        let (circle, ..) = state.running().unwrap();
        let counter = state.counter(Space::Circle(circle));
        assert_eq!((counter.action, counter.session), (13, 7));
        assert_eq!((counter.note, counter.decision, counter.parked), (6, 3, 2));
    }

    #[test]
    fn the_reading_circle_has_its_questions_in_the_plan_of_its_next_session() {
        let (state, _) = made();
        let readers = |circle: &&Circle| circle.kind == CircleKind::BookClub;
        let circle = state.circles().find(readers).unwrap().id;
        let session = state.next_session(circle, NOW).unwrap();
        let reading = state.reading(circle).unwrap().reading.as_ref().unwrap();
        let at = reading.due(NOW.date(Zone::UTC)).unwrap();
        assert_eq!(reading.instalments[at].session, Some(session.id));
        let prompts = session.blocks.iter().flat_map(|block| &block.prompts);
        let asked: Vec<_> = prompts.map(|prompt| prompt.text.clone()).collect();
        let data = demo(Names::Friendly);
        let book = data.circles[2].book.as_ref().unwrap();
        let picked = book.questions.iter().filter(|question| question.picked);
        let wanted: Vec<_> = picked.map(|question| question.text.clone()).collect();
        assert_eq!(asked, wanted);
        assert_eq!(reading.range(at), Some((5, 6)));
    }

    #[test]
    fn hard_names_make_the_same_demo() {
        let ids = Ids::new(NOW, 1);
        let (changes, _) = world(&demo(Names::Hard), NOW, (Zone::UTC, ids));
        assert!(State::default().apply_changes(&changes).is_ok());
    }
}
