//! # circlet
//!
//! A terminal application for running mentorship circles. The house in one sentence: **commands go
//! in, one pure core decides, one act is one atomic commit, every screen is a read-only view.**
//!
//! | room | owns | may name |
//! | --- | --- | --- |
//! | [`domain`] | the rules: circles, sessions, timers, capture, undo; no IO, clock or randomness | nothing of ours |

pub mod command;
pub mod config;
pub mod domain;
pub mod engine;
pub mod theme;
pub mod tui;
