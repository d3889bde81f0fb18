//! The floor and the drafts: kept in memory and beside the store, never in it.

use std::collections::BTreeMap;

use crate::domain::change::{Act, ActKind, Via};
use crate::domain::circle::Circle;
use crate::domain::clock::Span;
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::id::{ActId, CircleId, Ids};
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
    /// new session, and nobody on it who is away. At the end of a session everything that was kept
    /// beside the store is forgotten.
    pub(super) fn settle_floor(&mut self) {
        let Some((_, session, live)) = self.state.running() else {
            if self.aside.floor.take().is_some() {
                self.aside.drafts.clear();
                self.floor_changed();
            }
            return;
        };
        let at = live.clock.elapsed(self.options.clock.now());
        let block = live.block;
        let fits = self.aside.floor.as_ref();
        if fits.is_none_or(|floor| floor.session != session.id) {
            self.aside.floor = Some(Floor::new(session.id));
            self.floor_changed();
            return;
        }
        let Some(floor) = &mut self.aside.floor else {
            return;
        };
        let before = floor.clone();
        for member in session.away.keys() {
            floor.make(FloorMove::Leave(*member), at, block);
        }
        if *floor != before {
            self.floor_changed();
        }
    }

    pub(super) fn floor_changed(&mut self) {
        self.keep_aside();
        self.news.push_back(News::Floor);
        self.tell_floor();
    }

    /// Hands what belongs beside the store over to be written, if this process owns it and anything
    /// has changed.
    pub(super) fn keep_aside(&mut self) {
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
            title: "something was erased".to_owned(),
            kind: ActKind::Do,
            changes: Vec::new(),
        }
    }

    /// What the room may see now; `None` while there is nothing to show.
    pub fn room(&self) -> Option<RoomPicture> {
        let state = &self.state;
        let circle = self.met_last().or_else(|| {
            let next = |circle: &Circle| Some((state.next_session(circle.id)?.start, circle.id));
            state
                .circles()
                .filter_map(next)
                .min()
                .map(|(_, circle)| circle)
        });
        let mut picture = RoomPicture::of(state, circle, self.blanked);
        if let Some(block) = &mut picture.running {
            block.clock = self.room_clock;
        }
        if let Some(since) = self.held
            && let Some(block) = &mut picture.running
        {
            // Nobody has said yet whether the time since the interruption counts.
            block.timer = block.timer.pause(since);
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
