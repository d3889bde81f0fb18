//! The full-screen terminal front-end. Reads the engine's state and sends commands; it never touches the
//! store and never edits state.

pub mod glyphs;
pub mod input;
pub mod terminal;
pub mod view;
pub mod widget;
