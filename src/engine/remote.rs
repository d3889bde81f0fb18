//! Working through the process that owns the store: the same surface, with the state mirrored here.
//! And following it as a second screen that sees no more than the room may.

#[cfg(unix)]
pub use unix::{Follower, RoomNews};
#[cfg(unix)]
pub(super) use unix::{Line, Silence};

#[cfg(unix)]
mod unix;
