//! # circlet
//!
//! A terminal application for running mentorship circles. The house in one sentence: **commands go
//! in, one pure core decides, one act is one atomic commit, every screen is a read-only view.**
//!
//! | room | owns | may name |
//! | --- | --- | --- |
//! | [`domain`] | the rules: circles, sessions, timers, capture, undo; no IO, clock or randomness | nothing of ours |
//! | [`command`] | what people can do, as data; the registry of keys and names; deciding and undo | `domain` |
//! | [`store`] | documents, acts, files, checks and recovery; no async, reads no clock | `domain` |
//! | [`exchange`] | files in and out: drafts from what people bring, safe writing of what they take | `domain` |
//! | [`packs`] | the questions, templates and the demo that come with circlet | `domain` |
//! | [`config`] | what is set up on this machine: the file, folders, formats and packs of one's own | `command`, `domain` |
//! | [`engine`] | the headless application: state, store thread, clock, socket | `command`, `store`, `exchange`, `packs`, `config`, `domain` |
//! | [`theme`] | roles, palettes, and how they become styles | nothing of ours |
//! | [`tui`] | the full-screen front-end | all but `store` and `cli` |
//! | [`cli`] | the command line | all but `store` |

pub mod cli;
pub mod command;
pub mod config;
pub mod domain;
pub mod engine;
pub mod exchange;
pub mod packs;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod theme;
pub mod tui;
