//! The engine: the headless application. State, store, clock and the socket that lets other processes
//! of the same user take part. It knows no terminal.
//!
//! Every front-end does the same three things: submits a [`Command`](crate::command::Command), asks a
//! [`Query`](query::Query), and reads the [`News`](news::News). Whether the store is owned by this process or by
//! another makes no difference to it.

pub mod news;
pub mod query;
