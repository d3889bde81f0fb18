//! The pure core: every rule of circlet, with no IO, no clock, no async, no randomness and no terminal.
//! Time, identity and chance arrive as arguments.
//!
//! # Glossary
//!
//! One noun per concept, here, on screen, on the command line and in JSON:
//!
//! - **circle**: a small group that meets regularly.
//! - **member**: a person of a circle; a *guest* comes to one session.
//! - **session**: one meeting, made of **blocks**; a block may have **steps**.
//! - **prompt**: a **question** put to the room.
//! - **floor**: who speaks now, and who waits.
//! - **action**, **decision**, **note**, **parked item**: what gets written down.
//! - **book**: what a circle reads; a **reading** lays it over the meetings in **instalments**.
//! - **document**: the current value of one entity, under a [`Key`](id::Key).
//! - **change**: a document before and after; **act**: everything one command changed, one step of undo.

pub mod action_list;
pub mod agenda;
pub mod attention;
pub mod body;
pub mod book;
pub mod capture;
pub mod change;
pub mod circle;
pub mod clock;
pub mod document;
pub mod fault;
pub mod filter;
pub mod first;
#[cfg(test)]
pub(crate) mod fixture;
pub mod floor;
pub mod format;
pub mod handover;
pub mod health;
pub mod history;
pub mod id;
pub mod index;
pub mod intake;
pub mod item;
pub mod live;
pub mod look;
pub mod mentions;
pub mod merging;
pub mod minutes;
pub mod names;
pub mod pairing;
pub mod past;
pub mod person;
pub mod programme;
pub mod progress;
pub mod question;
pub mod readiness;
pub mod rehearsal;
pub mod review;
pub mod rhythm;
pub mod room;
pub mod roster;
pub mod rotation;
pub mod search;
pub mod series;
pub mod session;
pub mod share;
pub mod shelf;
pub mod state;
pub mod steps;
pub mod tally;
pub mod template;
pub mod text;
pub mod timer;
pub mod when;
