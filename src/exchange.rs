//! Files in and out: what people bring along becomes drafts, what they take away is written safely.
//!
//! Reading never saves: it gives drafts, what was left out and what is wrong, each with its line, for a
//! person to look at first. Parsing is pure over text; only [`input`] and [`out`] touch files. This room
//! knows the domain and no store, terminal or engine.

pub mod actions;
pub mod archive;
pub mod book_record;
pub mod books;
pub mod calendar;
pub mod contents;
mod guard;
mod html;
pub mod input;
mod json;
mod lines;
pub mod minutes;
pub mod notes;
pub mod out;
pub mod packs;
pub mod plan;
pub mod questions;
pub mod roster;
mod table;
pub mod tasks;

pub use crate::exchange::lines::{Fault, Format, LeftOut};
