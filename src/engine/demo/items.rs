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
        let mut extra = serde_json::Map::new();
        if let Some(waits) = &data.waits {
            extra.insert("waits_for".to_owned(), waits.as_str().into());
        }
        let action = Action {
            id,
            number: data.number,
            text: data.text.clone(),
            owner: place.owner(data.owner, data.all),
            due: self.due(data.due_days),
            state: state(data.done),
            priority: 0,
            tags: data.tags.clone(),
            progress: None,
            carried: 0,
            moved_in: None,
            help: false,
            reason: None,
            estimate: None,
            origin: Origin {
                at,
                session: None,
                block: None,
                speaking: None,
            },
            closed: data.done.then_some(self.now - days(3)),
            trashed: None,
            extra,
        };
        place.counter.action = place.counter.action.max(data.number);
        self.put(Key::circle(place.id, Kind::Action, id.0), action);
    }

    pub(super) fn item(&mut self, place: &mut Place<'_>, item: &DemoItem, origin: Origin) {
        let (at, number) = (origin.at, item.number);
        let id = self.made(at);
        let extra = serde_json::Map::new();
        let (text, tags, trashed) = (item.text.clone(), item.tags.clone(), None);
        let space = |kind| Key::circle(place.id, kind, id);
        let counter = &mut place.counter;
        match item.kind {
            ItemKind::Action => {
                counter.action = counter.action.max(number);
                let action = Action {
                    id: ActionId(id),
                    number,
                    text,
                    owner: place.owner(item.owner, false),
                    due: if item.next_session {
                        Due::NextSession
                    } else {
                        self.due(item.due_days)
                    },
                    state: state(item.done),
                    priority: 0,
                    tags,
                    progress: None,
                    carried: 0,
                    moved_in: None,
                    help: false,
                    reason: None,
                    estimate: None,
                    origin,
                    closed: item.done.then_some(at + Span::from_minutes(5)),
                    trashed,
                    extra,
                };
                self.put(Key::circle(place.id, Kind::Action, id), action);
            }
            ItemKind::Decision => {
                counter.decision = counter.decision.max(number);
                let id = DecisionId(id);
                let decision = Decision {
                    id,
                    number,
                    text,
                    tags,
                    origin,
                    trashed,
                    extra,
                };
                self.put(space(Kind::Decision), decision);
            }
            ItemKind::Note => {
                counter.note = counter.note.max(number);
                let note = Note {
                    id: NoteId(id),
                    number,
                    text,
                    audience: match item.audience {
                        DemoAudience::Me => Audience::Me,
                        DemoAudience::Circle => Audience::Circle,
                    },
                    tags,
                    origin,
                    trashed,
                    extra,
                };
                self.put(space(Kind::Note), note);
            }
            ItemKind::Parked => {
                counter.parked = counter.parked.max(number);
                let parked = Parked {
                    id: ParkedId(id),
                    number,
                    text,
                    raised_by: item.by.and_then(|by| place.member(by)),
                    tags,
                    origin,
                    block: None,
                    settled: None,
                    trashed,
                    extra,
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
