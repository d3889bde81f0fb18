//! What was written down in the sessions of the demo.

use crate::domain::clock::Span;
use crate::domain::id::{ActionId, DecisionId, Key, Kind, NoteId, ParkedId};
use crate::domain::item::{Action, Audience, Decision, Due, Note, Origin, Parked};
use crate::engine::demo::{Place, World, state};
use crate::packs::demo::{DemoAudience, DemoItem, ItemKind};

impl World {
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
                    settled: None,
                    trashed,
                    extra,
                };
                self.put(Key::circle(place.id, Kind::Parked, id), parked);
            }
        }
    }
}
