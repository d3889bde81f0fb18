//! The full-screen terminal front-end. Reads the engine's state and sends commands; it never touches the
//! store and never edits state.

pub mod capture;
pub mod coach;
#[cfg(test)]
mod fixture_lists;
#[cfg(test)]
pub(crate) mod fixture;
pub mod glyphs;
pub mod pane;
pub mod say;
pub mod screen;
pub mod messages;
pub mod overlay;
pub mod port;
pub mod screen;
pub mod input;
pub mod terminal;
pub mod view;
pub mod widget;
