//! The screens. Each keeps its cursors and nothing else; what it shows comes from the view and from answers
//! of the store.

pub mod actions;
mod ballots;
pub mod books;
mod choices;
mod cursor;
mod each;
pub mod home;
pub mod live;
pub mod log;
mod memo;
mod own;
pub mod plan;
pub mod questions;
pub mod review;
pub mod room;
pub mod roster;
pub mod sessions;
pub(in crate::tui) mod table;
mod words;
