//! What was written down in the demo, in its sessions and outside them.

use crate::domain::clock::Span;
use crate::domain::id::{ActionId, DecisionId, Key, Kind, NoteId, ParkedId};
use crate::domain::item::{Action, ActionState, Audience, Decision, Due, Note, Origin, Parked};
use crate::engine::demo::{Place, World, days};
use crate::packs::demo::{DemoAction, DemoAudience, DemoItem, ItemKind};

impl World {
    pub(super) fn action(&mut self, place: &mut Place<'_>, data: &DemoAction) {
        let at = self.now - days(data.age_days);
        let id = ActionId(self.made(at));
        let mut held = place.held.iter();
        let origin = Origin {
            session: held.find(|(day, _)| *day == at).map(|(_, id)| *id),
            ..Origin::outside(at)
        };
        let action = Action {
            owner: place.owner(data.owner, data.all),
            due: self.due(data.due_days),
            state: state(data.done),
            tags: data.tags.clone(),
            closed: data.done.then_some(self.now - days(data.closed_days)),
            waits_for: data.waits.clone(),
            ..Action::new(id, data.number, data.text.clone(), origin)
        };
        place.counter.action = place.counter.action.max(data.number);
        self.put(Key::circle(place.id, Kind::Action, id.0), action);
    }

    pub(super) fn item(&mut self, place: &mut Place<'_>, item: &DemoItem, origin: Origin) {
        let (at, number) = (origin.at, item.number);
        let id = self.made(at);
        let (text, tags) = (item.text.clone(), item.tags.clone());
        let space = |kind| Key::circle(place.id, kind, id);
        let counter = &mut place.counter;
        match item.kind {
            ItemKind::Action => {
                counter.action = counter.action.max(number);
                let action = Action {
                    owner: place.owner(item.owner, false),
                    due: if item.next_session {
                        Due::NextSession
                    } else {
                        self.due(item.due_days)
                    },
                    state: state(item.done),
                    tags,
                    closed: item.done.then_some(at + Span::from_minutes(5)),
                    ..Action::new(ActionId(id), number, text, origin)
                };
                self.put(Key::circle(place.id, Kind::Action, id), action);
            }
            ItemKind::Decision => {
                counter.decision = counter.decision.max(number);
                let id = DecisionId(id);
                let decision = Decision {
                    tags,
                    ..Decision::new(id, number, text, origin)
                };
                self.put(space(Kind::Decision), decision);
            }
            ItemKind::Note => {
                counter.note = counter.note.max(number);
                let note = Note {
                    audience: match item.audience {
                        DemoAudience::Me => Audience::Me,
                        DemoAudience::Circle => Audience::Circle,
                    },
                    tags,
                    ..Note::new(NoteId(id), number, text, origin)
                };
                self.put(space(Kind::Note), note);
            }
            ItemKind::Parked => {
                counter.parked = counter.parked.max(number);
                let parked = Parked {
                    raised_by: item.by.and_then(|by| place.member(by)),
                    tags,
                    ..Parked::new(ParkedId(id), number, text, origin)
                };
                self.put(Key::circle(place.id, Kind::Parked, id), parked);
            }
        }
    }
}

const fn state(done: bool) -> ActionState {
    if done {
        ActionState::Done
    } else {
        ActionState::Open
    }
}
