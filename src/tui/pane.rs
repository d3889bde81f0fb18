//! The panes of the live screen, each a pure drawing of one part of a [`Stage`].
//!
//! [`Stage`]: stage::Stage

pub mod agenda;
pub mod clock;
pub mod groups;
pub mod prompt;
pub mod review;
pub mod speaking;
pub mod stage;
pub mod strip;
pub mod written;
