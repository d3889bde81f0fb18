//! The full-screen terminal front-end. Reads the engine's state and sends commands; it never touches the
//! store and never edits state.

pub mod app;
pub mod capture;
pub mod coach;
mod export;
#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod fixture_lists;
pub mod input;
pub mod keys;
pub mod messages;
pub mod overlay;
pub mod pane;
pub mod port;
pub mod present;
pub mod say;
pub mod screen;
pub mod shell;
pub mod start;
pub mod terminal;
pub mod view;
pub mod widget;
