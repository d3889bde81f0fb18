//! What the room sees beside the documents: a question that still waits, a blank screen, its clock. The owner of the
//! store knows all three and tells every front-end.

use crate::domain::room::RoomClock;
use crate::engine::Engine;
#[cfg(unix)]
use crate::engine::Link;
use crate::engine::news::News;
#[cfg(unix)]
use crate::engine::wire;

impl Engine {
    /// Says that the question about an interrupted session was answered: the room sees the clock again.
    pub fn resumed(&mut self) {
        #[cfg(unix)]
        if let Link::There(line) = &self.link {
            line.send(wire::ToOwner::Resumed);
            return;
        }
        self.held = None;
        self.stage_changed();
    }

    /// Whether an interrupted session still waits for that answer.
    pub const fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Blanks the room view, or shows it again. The owner of the store knows which; [`News::Room`] tells
    /// when it has changed.
    pub fn blank(&mut self, blanked: bool) {
        #[cfg(unix)]
        if let Link::There(line) = &self.link {
            line.send(wire::ToOwner::Blank(blanked));
            return;
        }
        self.blanked = blanked;
        self.stage_changed();
    }

    /// Changes what the clock of the room view shows. The owner of the store knows it; [`News::Room`] tells when
    /// it has changed.
    pub fn set_room_clock(&mut self, clock: RoomClock) {
        #[cfg(unix)]
        if let Link::There(line) = &self.link {
            line.send(wire::ToOwner::RoomClock(clock));
            return;
        }
        self.room_clock = clock;
        self.stage_changed();
    }

    /// What the clock of the room view shows.
    pub const fn room_clock(&self) -> RoomClock {
        self.room_clock
    }

    pub(super) fn stage_changed(&mut self) {
        self.news.push_back(News::Room);
        self.show_room();
        self.tell_stage();
    }

    /// Whether the room view is blanked.
    pub const fn is_blanked(&self) -> bool {
        self.blanked
    }
}
