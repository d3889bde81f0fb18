//! The floor and the drafts: kept in memory and beside the store, never in it.

use std::collections::BTreeMap;

use crate::domain::change::{Act, ActKind, Via};
use crate::domain::circle::Circle;
use crate::domain::clock::Span;
use crate::domain::floor::scene::Scene;
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::id::{ActId, CircleId, Ids};
use crate::domain::names::Naming;
use crate::domain::room::RoomPicture;
use crate::engine::clock::seed;
use crate::engine::event::Request;
use crate::engine::news::News;
use crate::engine::{Engine, Link};

/// For this long after a session the same people may still look at the room view.
const STILL_THERE: Span = Span::from_minutes(12 * 60);

impl Engine {
    pub(super) const fn is_app(&self) -> bool {
        matches!(self.options.by.via, Via::App)
    }

    /// Makes a move and tells everybody.
    pub(super) fn make_floor_move(&mut self, change: FloorMove) {
        let now = self.options.clock.now();
        let Some((_, _, live)) = self.state.running() else {
            return;
        };
        let (at, block) = (live.clock.elapsed(now), live.block);
        if let Some(floor) = &mut self.aside.floor {
            floor.make(change, at, block);
            self.floor_changed();
        }
    }

    /// Makes the floor fit the session that is running: none without a session, an empty one for a
    /// new session, a round where the step is one, and nobody on it who is away. At the end of a session everything that was kept
    /// beside the store is forgotten.
    pub(super) fn settle_floor(&mut self) {
        self.settle_voters();
        let Some((_, session, live)) = self.state.running() else {
            if self.aside.floor.is_some() || self.aside.off_record {
                self.forget_session();
            }
            return;
        };
        let at = live.clock.elapsed(self.options.clock.now());
        let session = session.id;
        let Some(scene) = Scene::of(&self.state) else {
            return;
        };
        let fits = |floor: &&mut Floor| floor.session == session;
        let Some(floor) = self.aside.floor.as_mut().filter(fits) else {
            let mut floor = Floor::new(session);
            floor.settle(&scene, at);
            self.aside.floor = Some(floor);
            self.floor_changed();
            return;
        };
        let before = floor.clone();
        floor.settle(&scene, at);
        if *floor != before {
            self.floor_changed();
        }
    }

    pub(super) fn floor_changed(&mut self) {
        self.keep_aside();
        self.news.push_back(News::Floor);
        self.tell_floor();
        self.show_room();
    }

    /// Hands what belongs beside the store over to be written, if this process owns it and anything
    /// has changed. Off the record nothing is written, this neither.
    pub(super) fn keep_aside(&mut self) {
        if !self.aside.off_record {
            self.write_aside();
        }
    }

    pub(super) fn write_aside(&mut self) {
        let Link::Here(writer) = &self.link else {
            return;
        };
        let bytes = self.aside.to_bytes();
        if bytes != self.written {
            writer.send(Request::Aside(bytes.clone()));
            self.written = bytes;
        }
    }

    pub(super) fn new_act_id(&self) -> ActId {
        ActId(Ids::new(self.options.clock.now(), seed()).make())
    }

    /// The act that stands for an erase in history.
    pub(super) fn erasing_act(&self) -> Act {
        Act {
            id: self.new_act_id(),
            seq: 0,
            revs: BTreeMap::new(),
            at: self.options.clock.now(),
            by: self.options.by,
            title: crate::engine::erase::ERASED.to_owned(),
            kind: ActKind::Do,
            changes: Vec::new(),
        }
    }

    /// Masks the names in the room view, or shows them again. The owner of the store knows which; whoever wished
    /// it remembers it too, for an owner that comes after.
    pub fn mask_room(&mut self, masked: bool) {
        self.room_naming = if masked { Naming::Masked } else { Naming::Full };
        #[cfg(unix)]
        if let Link::There(line) = &self.link {
            line.send(crate::engine::wire::ToOwner::MaskRoom(masked));
            return;
        }
        self.stage_changed();
    }

    /// What the room may see now; `None` while there is nothing to show.
    pub fn room(&self) -> Option<RoomPicture> {
        let state = &self.state;
        let circle = self.met_last().or_else(|| {
            let next = |circle: &Circle| {
                Some((state.next_session(circle.id, self.now())?.start, circle.id))
            };
            state
                .circles()
                .filter_map(next)
                .min()
                .map(|(_, circle)| circle)
        });
        let naming = self.room_naming;
        let mut picture = RoomPicture::of(state, circle, self.now(), self.blanked).with_people(
            state,
            self.floor(),
            naming,
        );
        if let Some(block) = &mut picture.running {
            block.clock = self.room_clock;
        }
        if let Some(since) = self.held
            && let Some(block) = &mut picture.running
        {
            // Nobody has said yet whether the time since the interruption counts.
            block.timer = block.timer.pause(since);
        }
        if let Some(block) = &mut picture.running {
            block.off_record = self.aside.off_record;
        }
        (picture.running.is_some() || picture.starts.is_some()).then_some(picture)
    }

    /// The circle that has met just now: the room goes on to see that one, and no other.
    fn met_last(&self) -> Option<CircleId> {
        let now = self.options.clock.now();
        let ended = |circle: &Circle| {
            let ended = self.state.last_session(circle.id)?.ended?;
            (now - ended < STILL_THERE).then_some((ended, circle.id))
        };
        let last = self.state.circles().filter_map(ended).max();
        last.map(|(_, circle)| circle)
    }
}
